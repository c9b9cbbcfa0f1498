"""The pages of the room, as a secretary, a reader and a stranger see them."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event, select

from app.accounts.models import Role
from app.audit.models import JournalEntry
from app.ceremonies import services
from app.ceremonies.fieldnames import CODES, FIELDS
from app.ceremonies.models import Ceremony, ProgrammeItem
from app.documents import ics
from app.extensions import db
from app.shared.actor import Actor
from tests.ceremonies.whole import WHOLE
from tests.factories.accounts import make_member, make_own_body
from tests.factories.ceremonies import LONG_AGO, make_ceremony, make_shared_twinning
from tests.support.forms import filled

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.bodies.models import Body
    from app.twinnings.models import Twinning

    SignIn = Callable[[Account], FlaskClient]


@pytest.fixture
def town(session: Session) -> Body:
    return make_own_body(session, name="Bourg-Fictif")


@pytest.fixture
def twinning(session: Session, town: Body) -> Twinning:
    return make_shared_twinning(session, town)


@pytest.fixture
def secretary(session: Session, town: Body, sign_in: SignIn) -> FlaskClient:
    return sign_in(make_member(session, town, Role.SECRETARY))


def _one(session: Session) -> Ceremony:
    session.expire_all()
    return session.scalars(select(Ceremony).order_by(Ceremony.id.desc())).first()  # type: ignore[return-value]


def test_a_secretary_makes_a_ceremony_with_the_five_moments_and_takes_it_to_a_calendar(
    session: Session, town: Body, twinning: Twinning, secretary: FlaskClient
) -> None:
    page = secretary.get("/ceremonies/nouvelle")
    assert page.status_code == 200
    typed = {
        "title": "Serment de jumelage",
        "title_2": "Присяга побратимства",
        "host": town.id,
        "kind": "oath",
        "first": "12/06/2027",
        "start": "15 h",
        "place": "salle des fêtes",
        "language": "fr",
        "language_2": "uk",
        "model": "five_moments",
    }
    answer = secretary.post(f"/ceremonies/nouvelle?jumelage={twinning.id}", data=typed)
    assert answer.status_code == 302, answer.text
    ceremony = _one(session)
    assert len(ceremony.programme) == 12
    shown = secretary.get(answer.location)
    assert "Échange de symboles et de cadeaux" in shown.text
    assert "Обмін символами та подарунками" in shown.text
    read = ics.read(secretary.get(f"/ceremonies/{ceremony.id}/agenda.ics").data)
    oath = next(entry for entry in read.entries if entry.summary.startswith("Lecture du serment"))
    assert oath.start.isoformat() == "2027-06-12T16:16:00+02:00"
    assert secretary.get("/ceremonies").text.count("Serment de jumelage") >= 1
    actions = [entry.action for entry in session.scalars(select(JournalEntry))]
    assert "ceremonies.created" in actions


@pytest.mark.usefixtures("twinning")
def test_a_programme_may_be_made_before_the_day_is_fixed(session: Session, town: Body, secretary: FlaskClient) -> None:
    typed = {"title": "Serment", "host": town.id, "kind": "oath", "language": "fr", "model": "five_moments"}
    answer = secretary.post("/ceremonies/nouvelle", data=typed)
    assert answer.status_code == 302
    ceremony = _one(session)
    assert "Jour 1" in secretary.get(answer.location).text
    assert secretary.get(f"/ceremonies/{ceremony.id}/agenda.ics").status_code == 302
    form = {"revision": 1, "title": "Serment", "first": "2027-06-12", "timezone": "Europe/Paris", "language": "fr"}
    assert secretary.post(f"/ceremonies/{ceremony.id}/modifier", data=form).status_code == 302
    assert len(ics.read(secretary.get(f"/ceremonies/{ceremony.id}/agenda.ics").data).entries) == 12


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", "", "Écrivez un titre"),
        ("first", "le douze", "n’est pas une date"),
        ("start", "25 h", "n’est pas une heure"),
        ("host", "", "Choisissez qui accueille"),
        ("host", "999999", ""),
        ("language", "xx", ""),
    ],
)
@pytest.mark.usefixtures("twinning")
def test_a_fault_is_told_and_nothing_typed_is_lost(  # fixtures
    session: Session, town: Body, secretary: FlaskClient, field: str, value: str, words: str
) -> None:
    typed = {"title": "Serment", "host": town.id, "kind": "oath", "language": "fr", "model": "blank", "place": "halle"}
    answer = secretary.post("/ceremonies/nouvelle", data={**typed, field: value})
    assert answer.status_code == 422
    assert words in answer.text
    assert "halle" in answer.text
    assert session.scalar(select(Ceremony)) is None


def test_a_moment_is_added_changed_moved_cancelled_and_brought_back(
    session: Session, twinning: Twinning, secretary: FlaskClient
) -> None:
    ceremony = make_ceremony(
        session, twinning, items=[{"start": "09:00"}, {"start": "18:00", "title": {"fr": "Dîner"}}]
    )
    base = f"/ceremonies/{ceremony.id}/moments"
    typed = {
        "title": "Vin d’honneur",
        "day": "1",
        "start": "11 h 30",
        "approximate": "y",
        "approximate_words": "à partir de",
        "place": "mairie",
        "public": "yes",
        "prices": "adulte : 10 €\nenfant -12 ans : gratuit",
        "speakers": "Léa Exemple, maire : l’Europe",
        "kind": "meal",
    }
    assert secretary.post(f"{base}/nouveau", data=typed).status_code == 302
    ceremony = _one(session)
    assert [item.title["fr"] for item in ceremony.programme] == ["Accueil", "Vin d’honneur", "Dîner"]
    item = ceremony.programme[1]
    assert item.details["prices"][0] == {"category": "adulte", "amount": "10", "currency": "EUR"}
    assert item.details["speakers"] == [{"name": "Léa Exemple", "function": "maire", "subject": "l’Europe"}]
    page = secretary.get(f"{base}/{item.id}/modifier").text
    assert "enfant -12 ans : gratuit" in page
    assert "à partir de 11 h 30" in secretary.get(f"/ceremonies/{ceremony.id}").text
    secretary.post(f"{base}/{item.id}/monter")
    assert _one(session).programme[0].id == item.id
    secretary.post(f"{base}/{item.id}/annuler", data={"reason": "pluie"})
    entry = next(e for e in ics.read(secretary.get(f"/ceremonies/{ceremony.id}/agenda.ics").data).entries if e.sequence)
    assert entry.summary == "ANNULÉ – Vin d’honneur"
    secretary.post(f"{base}/{item.id}/retablir")
    secretary.post(f"{base}/{item.id}/corbeille")
    assert len(_one(session).programme) == 2
    secretary.post(f"{base}/{item.id}/remettre")
    assert len(_one(session).programme) == 3
    actions = {one.action for one in session.scalars(select(JournalEntry))}
    assert {f"ceremonies.item_{verb}" for verb in ("added", "moved", "cancelled", "trashed", "restored")} <= actions


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"start": "21 h", "end": "2 h"}, "La fin (02:00) précède le début (21:00)"),
        ({"date": "13/06/2027", "end_date": "11/06/2027"}, "Le dernier jour (11/06/2027) précède le premier"),
        ({"date": "28/03/2027", "start": "2 h 30"}, "02:30 n’existe pas le 28/03/2027"),
        ({"date": "28/03/2027", "start": "1 h 30", "end": "2 h 30"}, "02:30 n’existe pas le 28/03/2027"),
        ({"date": "27/03/2027", "start": "22 h", "end": "2 h", "end_next_day": "y"}, "02:00 n’existe pas le 28/03"),
        ({"date": "31/10/2027", "start": "2 h 30"}, "vient deux fois"),
        ({"date": "30/10/2027", "start": "23 h", "end": "2 h 30", "end_next_day": "y"}, "vient deux fois"),
        ({"start": "9 h", "end": "10 h", "end_occurrence": "first", "date": "12/06/2027"}, "n’a lieu qu’une fois"),
        ({"kind": "bal"}, "Cette réponse n’est pas proposée. Choisissez-en une dans « Nature »."),
        ({"start": "9 h", "end": "10 h", "minutes": "500"}, "il y a 60 minutes, mais la durée dit 500"),
        ({"start": "22 h", "end": "1 h", "end_next_day": "y", "date": "12/06/2027", "minutes": "60"}, "il y a 180 min"),
        ({"minutes": "une heure"}, "« une heure » n’est pas un nombre entier"),
        ({"title": "=SOMME(A1)"}, "une balise ou une formule"),
        ({"place": "<b>halle</b>"}, "une balise ou une formule"),
        ({"end_timezone": "Lune"}, "« Lune » ne dit pas de quelle ville"),
        ({"new_date": "12/07/2027"}, "ne va qu’avec « reporté »"),
    ],
)
def test_what_contradicts_itself_is_told_where_it_was_typed(
    session: Session, twinning: Twinning, secretary: FlaskClient, typed: dict[str, str], words: str
) -> None:
    ceremony = make_ceremony(session, twinning)
    answer = secretary.post(f"/ceremonies/{ceremony.id}/moments/nouveau", data={"title": "Bal", **typed})
    assert answer.status_code == 422
    assert words in answer.text
    assert session.scalar(select(ProgrammeItem)) is None


@pytest.mark.parametrize(
    ("typed", "details"),
    [
        ({"start": "21 h", "end": "2 h", "end_next_day": "y"}, {"end_next_day": True}),
        ({"date": "31/10/2027", "start": "2 h 30", "start_occurrence": "second"}, {"start_occurrence": "second"}),
        (
            {"date": "31/10/2027", "start": "1 h", "end": "2 h 30", "end_occurrence": "second"},
            {"end_occurrence": "second"},
        ),
        ({"start": "9 h", "end": "8 h", "end_timezone": "Europe/London"}, {"end_timezone": "Europe/London"}),
        ({"date": "été 2027", "end_date": "24/09/2027"}, {"end_date": "2027-09-24"}),
        ({"public": "invitation", "capacity": "40"}, {"invitation": True, "capacity": 40}),
        (
            {"status": "postponed", "new_date": "13/06/2027", "new_start": "11 h", "status_reason": "orage"},
            {"postponed_to": {"date": "2027-06-13", "start": "11:00"}, "status_reason": "orage"},
        ),
        ({"after_words": "à l’issue de la messe"}, {"after_words": "à l’issue de la messe"}),
    ],
)
def test_what_a_programme_may_say_is_typed_kept_and_shown_again(
    session: Session, twinning: Twinning, secretary: FlaskClient, typed: dict[str, str], details: dict[str, Any]
) -> None:
    ceremony = make_ceremony(session, twinning)
    address = f"/ceremonies/{ceremony.id}/moments"
    assert secretary.post(f"{address}/nouveau", data={"title": "Bal", **typed}).status_code == 302
    item = _one(session).items[0]
    assert item.details == details
    assert secretary.get(f"/ceremonies/{ceremony.id}").status_code == 200
    shown = secretary.get(f"{address}/{item.id}/modifier").text
    again = {"title": "Bal", "revision": 1, **typed}
    assert 'value="Bal"' in shown
    assert secretary.post(f"{address}/{item.id}/modifier", data=again).status_code == 302
    assert _one(session).items[0].details == details


def test_reversed_days_are_told_in_words(session: Session, twinning: Twinning, secretary: FlaskClient) -> None:
    ceremony = make_ceremony(session, twinning)
    form = {"revision": 1, "title": "x", "first": "13/06/2027", "last": "11/06/2027", "timezone": "Europe/Paris"}
    answer = secretary.post(f"/ceremonies/{ceremony.id}/modifier", data=form)
    assert answer.status_code == 422
    assert "Le dernier jour (11 juin 2027) précède le premier (13 juin 2027)" in answer.text


def test_a_ceremony_put_off_says_its_new_date(session: Session, twinning: Twinning, secretary: FlaskClient) -> None:
    ceremony = make_ceremony(session, twinning, when="2027-06-11/2027-06-12")
    typed = {"revision": 1, "status": "postponed", "new_date": "septembre 2027", "reason": "crue"}
    assert secretary.post(f"/ceremonies/{ceremony.id}/etat", data=typed).status_code == 302
    assert _one(session).details["postponed_to"] == {"date": "2027-09"}
    assert "septembre 2027" in secretary.get(f"/ceremonies/{ceremony.id}").text
    assert "septembre 2027" in _one(session).vevent.replace("\r\n ", "")
    typed = {"revision": 2, "status": "confirmed", "new_date": "septembre 2027"}
    assert secretary.post(f"/ceremonies/{ceremony.id}/etat", data=typed).status_code == 422


def test_a_whole_programme_shows_every_fact_and_no_code(
    session: Session, twinning: Twinning, secretary: FlaskClient
) -> None:
    options = services.ImportOptions(twinning_id=twinning.id)
    services.import_ceremonies(session, [WHOLE], options, by=Actor(None, "Essai"), at=LONG_AGO)
    session.commit()
    page = secretary.get(f"/ceremonies/{_one(session).id}").text
    shown = " ".join(re.sub(r"<[^>]+>", " ", page.partition("<main")[2]).split())
    assert {name for name in [*FIELDS, *CODES] if "_" in name and name in shown} == set()
    assert "Mot de dress" in shown
    assert secretary.get(f"/ceremonies/{_one(session).id}/programme.pdf").data.startswith(b"%PDF")


def test_saving_a_moment_unchanged_keeps_facts_that_the_page_does_not_ask(
    session: Session, twinning: Twinning, secretary: FlaskClient
) -> None:
    details = {
        "place": {"fr": "mairie", "uk": "ратуша"},
        "prices": [{"category": "adulte", "amount": "10", "currency": "EUR", "note": "sur place"}],
        "speakers": [{"minutes": 8, "interpreted": True}, {"name": "Léa", "facts": [{"name": "a", "value": 1}]}],
        "booking": {"text": "obligatoire", "until": "2027-05-05"},
        "approximate": False,
        "conflicts": ["deux heures"],
    }
    ceremony = make_ceremony(session, twinning, languages=["fr", "uk"], items=[{"details": details}])
    item = ceremony.items[0]
    address = f"/ceremonies/{ceremony.id}/moments/{item.id}/modifier"
    typed = {
        "revision": 1,
        "title": "Accueil",
        "day": 1,
        "start": "10:00",
        "place": "mairie",
        "prices": "adulte : 10 €",
        "speakers": "Léa",
        "booking": "obligatoire",
    }
    assert secretary.post(address, data=typed).status_code == 302
    assert _one(session).items[0].details == details


def test_two_people_who_change_the_same_moment_see_both_texts(
    session: Session, twinning: Twinning, secretary: FlaskClient
) -> None:
    ceremony = make_ceremony(session, twinning, items=[{}])
    address = f"/ceremonies/{ceremony.id}/moments/{ceremony.items[0].id}/modifier"
    assert secretary.post(address, data={"revision": 1, "title": "Accueil au perron"}).status_code == 302
    late = secretary.post(address, data={"revision": 1, "title": "Accueil à la gare"})
    assert late.status_code == 409
    assert "Accueil au perron" in late.text
    assert "Accueil à la gare" in late.text


def test_a_cancelled_ceremony_says_so_in_the_calendar_with_its_reason(
    session: Session, twinning: Twinning, secretary: FlaskClient
) -> None:
    ceremony = make_ceremony(session, twinning, items=[{}])
    typed = {"revision": 1, "status": "cancelled", "reason": "routes fermées"}
    assert secretary.post(f"/ceremonies/{ceremony.id}/etat", data=typed).status_code == 302
    entry = ics.read(secretary.get(f"/ceremonies/{ceremony.id}/agenda.ics").data).entries[0]
    assert (entry.status, entry.summary, entry.sequence) == (ics.Status.CANCELLED, "ANNULÉ – Accueil", 1)
    assert "routes fermées" in secretary.get(f"/ceremonies/{ceremony.id}").text


@pytest.mark.parametrize(("language", "mark"), [("fr", "ANNULÉ"), ("en", "CANCELLED"), ("uk", "СКАСОВАНО")])
def test_the_page_promises_the_mark_that_the_agenda_bears(
    session: Session, twinning: Twinning, secretary: FlaskClient, language: str, mark: str
) -> None:
    ceremony = make_ceremony(session, twinning, languages=[language], title={language: "Xyz"}, items=[{}])
    page = secretary.get(f"/ceremonies/{ceremony.id}/etat").text.replace("\xa0", " ")
    assert f"avec la mention « {mark} »" in page
    secretary.post(f"/ceremonies/{ceremony.id}/etat", data={"revision": 1, "status": "cancelled"})
    assert f"SUMMARY:{mark} – " in secretary.get(f"/ceremonies/{ceremony.id}/agenda.ics").text


def test_the_reason_of_a_cancellation_ends_with_it(
    session: Session, twinning: Twinning, secretary: FlaskClient
) -> None:
    ceremony = make_ceremony(session, twinning, items=[{}], details={"status_date": "2027-06-01"})
    address = f"/ceremonies/{ceremony.id}/etat"

    def change(status: str, **typed: str) -> str:
        sent = filled(secretary.get(address).text) | {"status": status} | typed
        assert secretary.post(address, data=sent).status_code == 302
        return secretary.get(f"/ceremonies/{ceremony.id}").text + secretary.get(
            f"/ceremonies/{ceremony.id}/agenda.ics"
        ).text.replace("\r\n ", "")

    assert "routes fermées" in change("cancelled", reason="routes fermées")
    assert "routes fermées" in change("postponed"), "still off, and for the same reason"
    assert "routes fermées" not in change("confirmed")
    session.expire_all()
    assert "status_date" not in session.get_one(Ceremony, ceremony.id).details
    change("cancelled", reason="grève")
    assert "salle trouvée" in change("confirmed", reason="salle trouvée"), "a new reason is that of the new state"


def test_the_reason_of_a_cancelled_moment_ends_with_it(
    session: Session, twinning: Twinning, secretary: FlaskClient
) -> None:
    off = {"status": "cancelled", "details": {"status_reason": "orage"}}
    ceremony = make_ceremony(session, twinning, items=[off])
    address = f"/ceremonies/{ceremony.id}/moments/{ceremony.items[0].id}/modifier"
    sent = filled(secretary.get(address).text) | {"status": "confirmed"}
    assert sent["status_reason"] == "orage"
    assert secretary.post(address, data=sent).status_code == 302
    assert "orage" not in secretary.get(f"/ceremonies/{ceremony.id}").text


def test_a_programme_taken_up_again_moves_every_day_alike(
    session: Session, twinning: Twinning, secretary: FlaskClient
) -> None:
    ceremony = make_ceremony(session, twinning, when="2027-06-11/2027-06-13", items=[{"day": 1}, {"day": 3}])
    typed = {"title": "Retour", "first": "09/06/2028", "last": "11/06/2028"}
    assert secretary.post(f"/ceremonies/{ceremony.id}/reprendre", data=typed).status_code == 302
    copy = _one(session)
    days = [item.actual_day(copy.first_day) for item in copy.programme]
    assert [day.isoformat() for day in days if day] == ["2028-06-09", "2028-06-11"]
    assert copy.uid != ceremony.uid


def test_a_ceremony_goes_to_the_trash_and_comes_back(
    session: Session, twinning: Twinning, secretary: FlaskClient
) -> None:
    ceremony = make_ceremony(session, twinning)
    secretary.post(f"/ceremonies/{ceremony.id}/corbeille")
    assert secretary.get(f"/ceremonies/{ceremony.id}").status_code == 404
    assert "Serment de jumelage" in secretary.get("/ceremonies?corbeille=1").text
    secretary.post(f"/ceremonies/{ceremony.id}/remettre")
    assert secretary.get(f"/ceremonies/{ceremony.id}").status_code == 200


def test_a_reader_reads_and_a_stranger_knows_nothing(
    session: Session, town: Body, twinning: Twinning, sign_in: SignIn
) -> None:
    ceremony = make_ceremony(session, twinning, items=[{}])
    reader = sign_in(make_member(session, town, Role.READER))
    assert reader.get(f"/ceremonies/{ceremony.id}").status_code == 200
    assert "Ajouter un moment" not in reader.get(f"/ceremonies/{ceremony.id}").text
    assert reader.get(f"/ceremonies/{ceremony.id}/modifier").status_code == 403
    stranger = sign_in(make_member(session, make_own_body(session)))
    assert stranger.get(f"/ceremonies/{ceremony.id}").status_code == 404
    assert stranger.get(f"/ceremonies/{ceremony.id}/modifier").status_code == 404
    assert ceremony.title["fr"] not in stranger.get("/ceremonies").text


def test_the_partner_town_works_on_the_same_programme_as_an_equal(
    session: Session, twinning: Twinning, sign_in: SignIn
) -> None:
    ceremony = make_ceremony(session, twinning, items=[{}])
    partner = sign_in(make_member(session, twinning.parties[1].body, Role.COORDINATOR))
    assert partner.get(f"/ceremonies/{ceremony.id}/modifier").status_code == 200


def test_the_list_pages_by_key_and_reads_a_fixed_number_of_times(
    session: Session, twinning: Twinning, secretary: FlaskClient
) -> None:
    for number in range(60):
        make_ceremony(session, twinning, title={"fr": f"Fête {number:02d}"}, when=f"2027-01-{number % 28 + 1:02d}")
    seen: list[str] = []
    address = "/ceremonies"
    for _page in range(3):
        counted, page = _counted(secretary, address)
        assert counted <= 8
        seen += [f"Fête {number:02d}" for number in range(60) if f"Fête {number:02d}" in page]
        address = next((part.split('"')[0] for part in page.split('href="') if "apres=" in part.split('"')[0]), "")
    assert len(seen) == len(set(seen)) == 60
    assert address == ""


def test_a_long_programme_is_read_in_as_few_questions_as_a_short_one(
    session: Session, twinning: Twinning, secretary: FlaskClient
) -> None:
    short = make_ceremony(session, twinning, items=[{}])
    long = make_ceremony(session, twinning, items=[{} for _ in range(80)])
    addresses = [f"/ceremonies/{ceremony.id}" for ceremony in (short, long)]
    first, second = (_counted(secretary, address)[0] for address in addresses)
    assert first == second


def test_a_bad_page_mark_is_answered_in_words(secretary: FlaskClient) -> None:
    assert secretary.get("/ceremonies?apres=nimporte").status_code == 400


def test_imported_facts_show_on_the_page(session: Session, twinning: Twinning, secretary: FlaskClient) -> None:
    details = {"sources": ["bulletin 2018"], "conflicts": ["14 h ou 15 h"], "gaps": ["fin non vue"]}
    details["facts"] = [{"name": "Tenue", "value": ["écharpe", "gants"]}]
    ceremony = make_ceremony(session, twinning, details=details)
    page = secretary.get(f"/ceremonies/{ceremony.id}").text
    for words in ("bulletin 2018", "14 h ou 15 h", "fin non vue", "écharpe, gants"):
        assert words in page


def test_published_days_are_said_in_words_and_a_state_stands_apart_from_its_title(
    session: Session, twinning: Twinning, secretary: FlaskClient
) -> None:
    bounds = {"start": "2027-05-14", "end": "2027-05-17T18:00", "whole_days": True}
    ceremony = make_ceremony(session, twinning, details={"published_range": bounds}, items=[{"status": "cancelled"}])
    page = secretary.get(f"/ceremonies/{ceremony.id}").text
    assert "début : 14 mai 2027 ; fin : 17 mai 2027, 18:00" in page
    assert re.search(r">Accueil</span>\s+<span[^>]*>annulé", page)


def test_a_hostile_title_is_shown_as_text(session: Session, twinning: Twinning, secretary: FlaskClient) -> None:
    title = {"fr": "<script>alert(1)</script>"}
    ceremony = make_ceremony(session, twinning, title=title, items=[{"title": title}])
    page = secretary.get(f"/ceremonies/{ceremony.id}").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_the_programme_prints(session: Session, twinning: Twinning, secretary: FlaskClient) -> None:
    ceremony = make_ceremony(
        session, twinning, languages=["fr", "uk"], items=[{"title": {"fr": "Accueil", "uk": "Зустріч"}}]
    )
    answer = secretary.get(f"/ceremonies/{ceremony.id}/programme.pdf?langues=fr,uk")
    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF")


def test_the_page_names_the_signs_that_no_font_draws_before_anybody_prints(
    session: Session, twinning: Twinning, secretary: FlaskClient
) -> None:
    item = {"details": {"note": {"fr": "Feu d’artifice \N{PARTY POPPER}"}}}
    ceremony = make_ceremony(session, twinning, items=[item])
    shown = secretary.get(f"/ceremonies/{ceremony.id}").text
    assert "Ces signes ne se dessinent pas avec nos polices : \N{PARTY POPPER}" in shown
    plain = make_ceremony(session, twinning, title={"fr": "Œuvre à deux", "uk": "Зустріч"})
    assert "ne se dessinent pas" not in secretary.get(f"/ceremonies/{plain.id}").text


@pytest.mark.parametrize(
    ("title", "day", "name"),
    [
        ("Serment d’été & amis", "2027-06-12", "ceremonie-serment-d-ete-amis-2027-06-12.ics"),
        ("Зустріч", None, "ceremonie-{id}.json"),
    ],
)
def test_a_download_is_named_by_its_title_and_day(
    session: Session, twinning: Twinning, secretary: FlaskClient, title: str, day: str | None, name: str
) -> None:
    ceremony = make_ceremony(session, twinning, title={"fr": title}, when=day)
    kind = name.rpartition(".")[2]
    address = f"/ceremonies/{ceremony.id}/{'agenda.ics' if kind == 'ics' else 'programme.json'}"
    told = secretary.get(address).headers["Content-Disposition"]
    assert told == f'attachment; filename="{name.format(id=ceremony.id)}"'


def test_the_thread_of_the_dossier_says_that_a_ceremony_is_called_off(
    session: Session, twinning: Twinning, secretary: FlaskClient
) -> None:
    make_ceremony(session, twinning, title={"fr": "Fête maintenue"})
    make_ceremony(session, twinning, title={"fr": "Fête supprimée"}, status="cancelled")
    thread = secretary.get(f"/jumelages/{twinning.id}").text.partition('id="fil"')[2].partition("</ol>")[0]
    called_off = thread.partition("Fête supprimée")[2].partition("</li>")[0]
    held = thread.partition("Fête maintenue")[2].partition("</li>")[0]
    assert "annulée" in called_off
    assert "annulée" not in held


def test_no_language_at_all_is_not_a_language_to_choose(
    session: Session, twinning: Twinning, secretary: FlaskClient
) -> None:
    assert "langue non précisée" not in secretary.get(f"/ceremonies/nouvelle?jumelage={twinning.id}").text
    ceremony = make_ceremony(session, twinning)
    assert "langue non précisée" not in secretary.get(f"/ceremonies/{ceremony.id}/modifier").text
    read = make_ceremony(session, twinning, languages=["und"], title={"und": "Bal"})
    assert "langue non précisée" in secretary.get(f"/ceremonies/{read.id}/modifier").text


def _counted(client: FlaskClient, address: str) -> tuple[int, str]:
    asked: list[Any] = []
    db.session.remove()

    def count(*words: Any) -> None:
        if not words[2].startswith(("BEGIN", "ROLLBACK", "PRAGMA")):
            asked.append(words[2])

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        answer = client.get(address)
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    assert answer.status_code == 200
    return len(asked), answer.text


def _calendar_file(*lines: str) -> bytes:
    event = ("BEGIN:VEVENT", "UID:1", "SUMMARY:Bal", "DTSTART:20270612T180000Z", *lines, "END:VEVENT")
    return "\r\n".join(["BEGIN:VCALENDAR", *event, "END:VCALENDAR", ""]).encode()


def test_a_calendar_sent_by_the_browser_becomes_a_programme_and_says_what_it_left(
    session: Session, twinning: Twinning, secretary: FlaskClient
) -> None:
    file = (io.BytesIO(_calendar_file("RRULE:FREQ=DAILY")), "fête.ics")
    typed = {"twinning": twinning.id, "title": "Fête d’été", "timezone": "Europe/Paris", "file": file}
    answer = secretary.post("/ceremonies/importer", data=typed)
    assert answer.status_code == 200
    assert "répétition" in answer.text
    ceremony = _one(session)
    assert [(item.title, item.start) for item in ceremony.programme] == [({"und": "Bal"}, "20:00")]
    assert ceremony.twinnings == [twinning]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.ics", b"bonjour", "pas un agenda"),
        ("a.ics", b"", "pas un agenda"),
        ("a.json", b"{", "JSON"),
        ("a.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "Rien n’a été importé"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(  # fixtures
    session: Session, twinning: Twinning, secretary: FlaskClient, name: str, content: bytes, words: str
) -> None:
    typed = {"twinning": twinning.id, "timezone": "Europe/Paris", "file": (io.BytesIO(content), name)}
    answer = secretary.post("/ceremonies/importer", data=typed)
    assert answer.status_code == 422
    assert words in answer.text
    assert session.scalar(select(Ceremony)) is None


def test_a_file_replaces_nothing_that_others_share(
    session: Session, twinning: Twinning, secretary: FlaskClient
) -> None:
    theirs = make_ceremony(session, make_shared_twinning(session), title={"fr": "La leur"})
    ceremony = {"uid": theirs.uid, "title": {"fr": "La mienne"}}
    document = {"format": "trait-d-union.ceremonies", "version": 1, "ceremonies": [ceremony]}
    file = (io.BytesIO(json.dumps(document).encode()), "a.json")
    typed = {"twinning": twinning.id, "timezone": "Europe/Paris", "file": file}
    assert secretary.post("/ceremonies/importer", data=typed).status_code == 422
    assert _one(session).title == {"fr": "La leur"}


def test_a_ceremony_is_exported_from_its_page(session: Session, twinning: Twinning, secretary: FlaskClient) -> None:
    ceremony = make_ceremony(session, twinning, items=[{}])
    answer = secretary.get(f"/ceremonies/{ceremony.id}/programme.json")
    assert json.loads(answer.data)["ceremonies"][0]["uid"] == ceremony.uid
