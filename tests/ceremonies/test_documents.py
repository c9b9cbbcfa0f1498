"""The printed programme: archival, accessible, the same bytes each time, and every word in it."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from app.bodies import arms
from app.ceremonies import checks, programme, wording
from app.ceremonies.documents import CannotPrint, programme_page, programme_pdf, write
from app.documents.errors import DocumentError
from app.documents.images import Picture
from app.documents.workshop import PdfWorkshop
from app.shared.fuzzydate import FuzzyDate
from tests.factories.bodies import make_body
from tests.factories.ceremonies import make_ceremony, make_shared_twinning
from tests.support import verapdf

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask
    from sqlalchemy.orm import Session

    from app.ceremonies.models import Ceremony
    from app.documents.page import PrintPage

_ITEMS = [
    {"title": {"fr": "Répétition"}, "kind": "preparation", "details": {"minutes": 30}},
    {
        "title": {"fr": "Accueil des délégations", "uk": "Зустріч делегацій"},
        "details": {"place": "mairie", "approximate": True, "minutes": 30},
        "public": True,
    },
    {
        "title": {"fr": "Dîner", "uk": "Вечеря"},
        "day": 2,
        "start": "20:15",
        "details": {"prices": [{"category": "enfant", "amount": "5", "currency": "EUR"}], "booking": "avant le 5 mai"},
    },
]


@pytest.fixture
def ceremony(session: Session) -> Ceremony:
    title = {"fr": "Serment de jumelage", "uk": "Присяга побратимства"}
    return make_ceremony(session, title=title, languages=["fr", "uk"], when="2027-06-12/2027-06-13", items=_ITEMS)


def _text(content: bytes) -> str:
    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return " ".join(words.split())


def test_the_programme_is_read_back_in_both_languages(ceremony: Ceremony) -> None:
    text = _text(programme_pdf(ceremony, ("fr", "uk")))
    for words in ("Serment de jumelage", "Присяга побратимства", "samedi 12 juin 2027", "vers 10 h", "20 h 15"):
        assert words in text
    for words in ("Зустріч делегацій", "enfant 5 €", "avant le 5 mai", "Ouvert à tous", "Programme provisoire"):
        assert words in text


@pytest.mark.parametrize(
    ("when", "item", "headed"),
    [
        ("2016-05-14/2016-05-15", {"day": 2}, "dimanche 15 mai 2016"),
        ("2016-05-14/2016-05-15", {"day": 1}, "samedi 14 mai 2016"),
        ("2016-05-14/2016-05-15", {"day": None}, "Jour à fixer"),
        ("2016-05-14", {"day": None, "own_date": FuzzyDate("2016-07-26")}, "mardi 26 juillet 2016"),
        (None, {"day": 2}, "Jour 2"),
        ("2016-05-14", {"day": 1}, ""),
        ("2016-05-14", {"day": None}, ""),
        (None, {"day": 1}, ""),
        (None, {"day": None, "own_date": FuzzyDate("2016-05-14")}, ""),
    ],
)
def test_the_programme_names_the_day_of_its_moments_wherever_its_head_does_not(
    session: Session, when: str | None, item: dict[str, Any], headed: str
) -> None:
    page = programme_page(make_ceremony(session, when=when, items=[item]), ("fr",)).html
    found = re.findall(r"<h2>.*?>([^<>]+)</span></h2>", page)
    assert found == ([headed] if headed else [])


def test_french_writes_the_first_of_a_month_as_an_ordinal(session: Session) -> None:
    text = _text(programme_pdf(make_ceremony(session, when="2024-06-01/2024-07-01", items=[{}]), ("fr",)))
    assert "samedi 1er juin 2024 – lundi 1er juillet 2024" in text


def test_what_guests_are_given_leaves_out_the_team_s_work(ceremony: Ceremony) -> None:
    guests = programme_page(ceremony, ("fr",), for_guests=True).html
    team = programme_page(ceremony, ("fr",)).html
    assert "Répétition" in team
    assert "30 min" in team
    assert "Répétition" not in guests
    assert "30 min" not in guests


def test_the_same_programme_gives_the_same_bytes(ceremony: Ceremony) -> None:
    assert programme_pdf(ceremony, ("fr",)) == programme_pdf(ceremony, ("fr",))


@pytest.mark.once
def test_the_programme_is_archival_and_accessible(ceremony: Ceremony, tmp_path: Path) -> None:
    path = tmp_path / "programme.pdf"
    path.write_bytes(programme_pdf(ceremony, ("fr", "uk")))
    assert verapdf.complaints(path) == ""


def test_a_programme_in_a_language_without_words_still_prints(session: Session) -> None:
    ceremony = make_ceremony(session, title={"it": "Gemellaggio"}, languages=["it"], items=[{"title": {"it": "Cena"}}])
    assert "Gemellaggio" in _text(programme_pdf(ceremony))


def test_the_arms_of_the_towns_stand_at_its_head(app: Flask, session: Session) -> None:
    town, other = make_body(session, "Bourg-Fictif"), make_body(session, "Misto Fiktyvne")
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z" fill="#a5312a"/></svg>'
    town.arms_file = arms.keep(
        app.config["SETTINGS"].files, Picture(media_type="image/svg+xml", suffix="svg", content=drawing)
    )
    twinning = make_shared_twinning(session, town, other)
    details = {"hosts": [{"name": "Bourg-Fictif", "body": town.uid}], "guests": [{"name": "Misto Fiktyvne"}]}
    page = programme_page(make_ceremony(session, twinning, details=details))
    assert list(page.assets) == ["arms-1"]
    assert page.html.count("asset:arms-1") == 1
    assert write(page).startswith(b"%PDF")


@pytest.mark.parametrize("language", ["it", "es", "pt", "pl", "en", "de"])
def test_the_words_around_a_programme_are_in_its_language(session: Session, language: str) -> None:
    item = {"title": {language: "Xyz"}, "start": "", "public": True, "details": {"fallback": "hall"}}
    ceremony = make_ceremony(session, title={language: "Abc"}, languages=[language], items=[item])
    text = _text(programme_pdf(ceremony, (language,)))
    french = wording.words(["fr"])
    for key in ("public", "fallback", "provisional"):
        assert wording.words([language])[key] in text
        assert french[key] not in text


def test_a_language_without_words_here_is_not_told_hours_in_those_of_another(session: Session) -> None:
    ball = {"title": {"fr": "Bal", "hu": "Bál"}, "start": "22:00", "end": "04:00", "details": {"end_next_day": True}}
    noon = {"title": {"fr": "Repas"}, "start": "12:00", "end": "", "details": {"approximate": True}}
    text = _text(programme_pdf(make_ceremony(session, languages=["fr", "hu"], items=[ball, noon]), ("fr", "hu")))
    assert "jusqu’au" in text
    assert "jusqu’au 20" not in text, "a French word before a Hungarian date"
    assert "vers 12:00" not in text.replace("\xa0", " ")


def test_two_languages_are_told_side_by_side_and_what_they_share_once(session: Session) -> None:
    details = {
        "booking": {"text": {"fr": "obligatoire", "de": "erforderlich"}, "until": "2027-05-05"},
        "prices": [{"category": {"fr": "adulte", "de": "Erwachsene"}, "free": True}],
        "dress": {"fr": "tenue de ville", "de": "festlich"},
        "payer": "Sailly",
        "approximate": True,
    }
    item = {"title": {"fr": "Bal", "de": "Ball"}, "status": "cancelled", "public": True, "details": details}
    later = {"details": {"end_day": 3}, "start": "20:00", "end": "01:00"}
    guests = [{"name": "Nirgendsheim", "country": "DE", "delegation": {"size": 24, "approximate": True}}]
    whole = {"dress": details["dress"], "guests": guests, "hosts": [{"name": "Bourg-Fictif", "country": "FR"}]}
    ceremony = make_ceremony(session, when=None, languages=["fr", "de"], details=whole, items=[item, later])
    text = _text(programme_pdf(ceremony, ("fr", "de"))).replace("\xa0", " ")
    for said in (
        "Inscription / Anmeldung : obligatoire, jusqu’au 5 mai 2027 / erforderlich, bis 5. Mai 2027",
        "Tarifs / Preise : adulte gratuit / Erwachsene frei",
        "À la charge de / Kosten trägt : Sailly",
        "Ouvert à tous / Für alle offen",
        "ANNULÉ / ABGESAGT",
        "vers 10 h gegen 10:00 Uhr",
        "jusqu’au Jour 3 / bis Tag 3",
        "Gäste · Allemagne / Deutschland · environ 24 personnes / etwa 24 Personen",
    ):
        assert said in text
    assert text.count("Tenue / Kleidung : tenue de ville / festlich") == 2


def test_every_hour_and_part_of_the_day_is_said_in_both_languages(session: Session) -> None:
    items: list[dict[str, Any]] = [
        {"title": {"fr": "Discours", "en": "Speeches"}, "start": "14:30", "end": "17:00"},
        {"title": {"fr": "Marché", "en": "Market"}, "start": "", "details": {"part_of_day": "en matinée"}},
        {"title": {"fr": "Bal", "en": "Ball"}, "start": "", "details": {"part_of_day": "au clair de lune"}},
    ]
    ceremony = make_ceremony(session, languages=["fr", "en"], items=items)
    days = programme.days(ceremony, ["fr", "en"])
    assert [line.hours.replace("\xa0", " ") for line in days[0].lines] == [
        "14 h 30 – 17 h\n14:30 – 17:00",
        "en matinée\nmorning",
        "au clair de lune",
    ]
    assert [line.hours for line in programme.days(ceremony, ["de"])[0].lines][1] == "vormittags"


def test_what_holds_for_the_whole_ceremony_is_printed_once(session: Session) -> None:
    details = {"dress": "tenue de ville", "fallback": "salle des fêtes", "postponed_to": {"date": "2027-09"}}
    ceremony = make_ceremony(session, status="postponed", details=details, items=[{}])
    text = _text(programme_pdf(ceremony)).replace("\xa0", " ")
    for said in ("REPORTÉ", "Nouvelle date : septembre 2027", "Tenue : tenue de ville", "En cas de pluie : salle"):
        assert text.count(said) >= 1


def test_a_programme_that_cannot_be_written_says_what_to_do(app: Flask, ceremony: Ceremony) -> None:
    class Late(PdfWorkshop):
        def write(self, page: PrintPage) -> bytes:
            del page
            raise DocumentError("pdf-too-slow", seconds=30)

    app.extensions["pdf_workshop"] = Late()
    with pytest.raises(CannotPrint, match="30"):
        programme_pdf(ceremony)


@pytest.mark.parametrize(
    ("anthems", "said"),
    [
        ([{"country": "FR"}, {"country": "UA"}], "Marseillaise clôt"),
        ([{"country": "UA"}, {"country": "FR"}, {"european": True}], "Marseillaise clôt"),
        ([{"country": "UA"}, {"country": "DE"}, {"country": "FR"}], "ordre alphabétique"),
        ([{"country": "DE"}, {"country": "UA"}, {"european": True}, {"country": "FR"}], ""),
    ],
)
def test_the_order_of_anthems_is_advised_and_never_imposed(
    session: Session, anthems: list[dict[str, Any]], said: str
) -> None:
    details = {"hosts": [{"name": "Bourg-Fictif", "country": "FR"}]}
    ceremony = make_ceremony(session, details=details, items=[{"details": {"anthems": anthems}}])
    told = " ".join(checks.remarks(ceremony))
    assert said in told if said else "hymne" not in told


def test_every_party_stands_at_the_head_by_its_name_in_each_language(session: Session) -> None:
    names = ("Sailly-Fictif", "Toufflers-Fictif", "Lys-Fictif", "Saint-Martin-Fictif")
    communes = [make_body(session, name) for name in names]
    host = make_body(session, "Werne-Fictif", country="DE", names={"de": "Stadt Werne-Fictif"})
    twinning = make_shared_twinning(session, host, *communes)
    speaker = {"name": "Alix Spécimen", "interpreted": True}
    quiet = {"name": "Camille Spécimen", "interpretation": "none"}
    ceremony = make_ceremony(
        session,
        twinning,
        languages=["fr", "de"],
        items=[{"details": {"speakers": [speaker, quiet]}}],
        details={
            "hosts": [{"name": host.name, "body": host.uid, "country": "DE"}],
            "guests": [{"name": one.name, "body": one.uid, "country": "FR"} for one in communes],
        },
    )
    text = _text(programme_pdf(ceremony)).replace("\xa0", " ")
    for name in (*names, "Werne-Fictif / Stadt Werne-Fictif"):
        assert name in text
    assert "interprétation consécutive) / Alix Spécimen (Konsekutivdolmetschen)" in text
    assert "sans interprétation) / Camille Spécimen (ohne Verdolmetschung)" in text
    assert "Programme / Programm — samedi 12 juin 2027 / Samstag, 12. Juni 2027" in text
    assert "Stadt Werne" in _text(programme_pdf(ceremony, ("de",)))
    assert "Stadt Werne" not in _text(programme_pdf(ceremony, ("fr",)))


def test_a_speech_without_a_speaker_is_a_speech_and_what_happened_otherwise_is_told(session: Session) -> None:
    facts = {
        "speakers": [
            {"minutes": 8, "interpreted": True},
            {"name": "Alix Spécimen", "absent": True, "read_by": "Camille", "languages": ["fr", "de"]},
        ],
        "places": ["Kiosque", "Halle"],
        "places_uncertain": True,
        "actual": {"start": "11:20", "place": "Salle des fêtes", "reason": {"fr": "averse", "de": "Schauer"}},
        "flags": [{"country": "FR", "half_mast": True}],
    }
    twinning = make_shared_twinning(session, make_body(session, "Bourg-Fictif"))
    ceremony = make_ceremony(session, twinning, languages=["fr", "de"], items=[{"details": facts}])

    text = _text(programme_pdf(ceremony)).replace("\xa0", " ")

    assert "Discours / Ansprache : 8 min, interprétation consécutive / 8 Min., Konsekutivdolmetschen" in text
    assert "— 8 min" not in text
    assert "— Alix Spécimen (français, allemand, lu par Camille) — absence excusée" in text
    assert "En fait / Tatsächlich : 11 h 20, Salle des fêtes, averse" in text
    assert "Dans l’un de ces lieux, sans qu’on sache lequel" in text
    assert "France (en berne)" in text


def test_the_paragraphs_of_a_description_stay_apart(session: Session) -> None:
    text = "Premier.\r\nDeuxième.\n\nTroisième."
    details = {"description": text}
    html = programme_page(make_ceremony(session, details=details, items=[{"details": details}])).html
    assert html.replace("\r", "").count("Premier.<br>Deuxième.<br><br>Troisième.") == 2
