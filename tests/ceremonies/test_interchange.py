"""The product's own format carries real programmes whole, and gives back what it took, to the byte."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from sqlalchemy import func, select

from app.ceremonies import interchange, services, telling
from app.ceremonies.calendars import calendar_of
from app.ceremonies.documents import programme_page
from app.ceremonies.models import Ceremony, ProgrammeItem
from app.ceremonies.queries import ceremonies_by_uid
from app.documents import ics
from app.shared.actor import Actor
from tests.ceremonies.records import records, told
from tests.ceremonies.whole import WHOLE

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
BY = Actor(None, "Essai")
RECORDS = records()


def _document(*ceremonies: dict[str, Any]) -> bytes:
    document = {"format": interchange.FORMAT, "version": 1, "ceremonies": list(ceremonies)}
    return json.dumps(document, ensure_ascii=False).encode()


def _moments(*moments: dict[str, Any]) -> bytes:
    items = [{"title": {"fr": f"M{rank}"}, **moment} for rank, moment in enumerate(moments, 1)]
    return _document({"title": {"fr": "x"}, "timezone": "Europe/Paris", "items": items})


def _import(session: Session, data: bytes) -> list[services.Imported]:
    done = services.import_ceremonies(session, interchange.read(data), services.ImportOptions(), by=BY, at=AT)
    session.commit()
    return done


def _export(session: Session) -> str:
    session.expire_all()
    return interchange.write(ceremonies_by_uid(session))


def _empty(session: Session) -> None:
    for row in [*session.scalars(select(ProgrammeItem)), *session.scalars(select(Ceremony))]:
        session.delete(row)
    session.commit()


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["id"])
def test_a_real_programme_is_carried_whole_and_nothing_is_made_up(session: Session, record: dict[str, Any]) -> None:
    given = told(record)
    _import(session, _document(given))
    kept = json.loads(_export(session))["ceremonies"][0]
    for thing in (kept, *kept["items"]):
        del thing["modified"]
        del thing["sequence"]
    for item in kept["items"]:
        assert item.pop("uid") == f"{record['id']}-{item['number']}"
    assert kept == given


def test_export_import_export_gives_the_same_bytes(session: Session) -> None:
    _import(session, _document(*(told(record) for record in RECORDS)))
    first = _export(session)
    _empty(session)
    _import(session, first.encode())
    assert _export(session) == first


def test_importing_the_same_file_twice_adds_and_changes_nothing(session: Session) -> None:
    data = _document(*(told(record) for record in RECORDS))
    _import(session, data)
    first = _export(session)
    assert {one.outcome for one in _import(session, data)} == {"same"}
    assert _export(session) == first
    assert session.scalar(select(func.count(Ceremony.id))) == len(RECORDS)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["id"])
def test_a_real_programme_gives_a_calendar_with_its_instants(session: Session, record: dict[str, Any]) -> None:
    _import(session, _document(told(record)))
    read = {entry.uid: entry for entry in ics.read(calendar_of(ceremonies_by_uid(session))).entries}
    for item in record["items"]:
        entry = read[f"{record['id']}-{item['n']}@trait-d-union"]
        assert entry.summary == item["title"]
        if "expected_start_utc" in item:
            assert isinstance(entry.start, datetime)
            assert interchange.instant(entry.start.astimezone(UTC)) == item["expected_start_utc"]
        else:
            assert entry.start.isoformat() == item["date"]
        end = item.get("expected_end_utc")
        assert (entry.end and interchange.instant(entry.end.astimezone(UTC))) == end


def test_a_visit_of_several_days_is_one_entry_of_whole_days(session: Session) -> None:
    record = next(one for one in RECORDS if "published_range" in one)
    _import(session, _document(told(record)))
    whole = ics.read(calendar_of(ceremonies_by_uid(session))).entries[0]
    assert (whole.start.isoformat(), whole.end.isoformat()) == ("2024-05-09", "2024-05-13")


def test_every_field_of_the_format_comes_back(session: Session) -> None:
    """A document that uses every field once, with texts in two languages and free facts."""
    words = {"fr": "Accueil", "uk": "Зустріч"}
    person = {"name": "Léa Exemple", "function": words, "languages": ["fr"], "facts": [{"name": "rang", "value": 2}]}
    item = {
        "uid": "moment-1",
        "number": "1 bis",
        "title": words,
        "date": "2027-06-12",
        "end_date": "2027-06-13",
        "start": "22:00",
        "end": "24:00",
        "start_until": "22:30",
        "approximate": False,
        "approximate_end": "vers minuit",
        "as_printed": {"start": "22 h"},
        "place": {"fr": "mairie"},
        "places": ["mairie", words],
        "route": True,
        "stops": ["gare", "mairie"],
        "responsible": [person],
        "booking": {"text": "obligatoire", "required": True, "until": "2027-05-05"},
        "prices": [
            {"category": "enfant", "free": True},
            {"amount": "10.50", "currency": "EUR", "as_printed": "10,50 €"},
        ],
        "speakers": [{"function": "maire", "subject": words, "minutes": 10, "interpreted": True}],
        "interpreters": [{"name": "O. Exemple", "from": "uk", "to": "fr"}],
        "performers": [{"name": "l’harmonie"}],
        "conflicts": [{"text": "deux heures", "values": [{"value": "15:00", "source": "page fr"}]}],
        "facts": [{"name": "tenue", "value": {"fr": "libre"}}, {"name": "vu", "value": True}],
        "public": False,
        "overlaps": [2, "3"],
        "within": 2,
    }
    other = {"uid": "moment-3", "number": 3, "title": {"fr": "Autre"}}
    later = {
        "number": 2,
        "title": {"fr": "Plus tard"},
        "day": 2,
        "minutes": 45,
        "part_of_day": words,
        "status": "cancelled",
    }
    given = {
        "uid": "complete",
        "title": words,
        "kind": "anniversary",
        "anniversary": {"number": 50, "since": "1973~", "celebrated": words},
        "status": "postponed",
        "date": "2027-06",
        "timezone": "Europe/Kyiv",
        "hosts": [{"name": "Semenivka", "country": "UA", "former": ["Старе"], "people": [person]}],
        "guests": [
            {"name": "Exemple", "delegation": {"size": 12, "approximate": True, "groups": [{"name": "jeunes"}]}}
        ],
        "twinnings": [{"title": "Exemple – Semenivka", "since": "2016-09-17"}],
        "languages": ["fr", "uk"],
        "related": [{"uid": "retour", "relation": "return"}],
        "sources": ["page", {"text": "journal", "url": "https://example.org/a", "consulted": "2026-11-22"}],
        "facts": [{"name": "jumelle", "value": ["a", "b"]}],
        "items": [item, later, other],
    }
    _import(session, _document(given))
    first = _export(session)
    _empty(session)
    _import(session, first.encode())
    assert _export(session) == first
    kept = json.loads(first)["ceremonies"][0]
    assert kept["items"][0].items() >= item.items()
    assert kept["items"][1].items() >= later.items()
    assert {name: value for name, value in kept.items() if name != "items"}.items() >= {
        name: value for name, value in given.items() if name != "items"
    }.items()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xff\xfe", "vide"),
        (b"\xff\xff", "UTF-8"),
        (b"", "vide"),
        (b"\x1f\x8b\x08", "compressé"),
        (b"{", "ligne 1"),
        (b'{"format": 1, "format": 2}', "deux fois"),
        (b"[" * 100_000, "profondeur"),
        (b'{"a": NaN}', "ne permet pas"),
        (b'{"a": "\\ud800"}', "ne permet pas"),
        (b'{"format": "autre", "version": 1, "ceremonies": []}', "format"),
        (_document({"title": {"fr": "x"}, "inconnu": 1}), "champ inconnu « inconnu »"),
        (_document({"title": {"fr": "x"}, "timezone": "Europe/Nulle"}), "Europe/Nulle"),
        (_document({"title": {"fr": "x"}, "items": [{"title": {"fr": "y"}, "start": "25:00"}]}), "items[0].start"),
        (_document({"title": {"fr": "x"}, "date": "2027-02-30"}), "forme attendue"),
        (_document({"title": {"fr": "x"}, "published_range": {"start": "2027-13-01"}}), "jour du calendrier"),
        (_document({"uid": "a", "title": {"fr": "x"}}, {"uid": "a", "title": {"fr": "y"}}), "déjà"),
        (_document({"items": []}), "il manque « title »"),
        (_document({"title": {"fr": "a\x00b"}}), "nul"),
    ],
)
def test_a_file_that_is_not_in_the_format_is_refused_in_words(session: Session, data: bytes, words: str) -> None:
    with pytest.raises(interchange.UnreadableProgramme, match=r"[a-z]") as refused:
        interchange.read(data)
    assert words in str(refused.value)
    assert session.scalar(select(func.count(Ceremony.id))) == 0


def test_every_fault_is_told_with_its_line_in_the_order_of_the_file() -> None:
    moments = [{"title": {"fr": "Discours"}, "start": "10:00"} for _ in range(12)]
    moments[2]["start"], moments[11]["start"] = "25:00", "26:00"
    document = {**json.loads(_document({"title": {"fr": "Fête"}, "timezone": 3, "items": moments}))}
    text = json.dumps(document, indent=1)
    with pytest.raises(interchange.UnreadableProgramme) as refused:
        interchange.read(text.encode())
    told = str(refused.value).split("\n")[1:]
    lines = [1 + text[: text.index(f'"{hour}"')].count("\n") for hour in ("25:00", "26:00")]
    wanted = [f"Ligne {lines[0]}, ceremonies[0].items[2].start", f"Ligne {lines[1]}, ceremonies[0].items[11].start"]
    assert [one.replace("\xa0", " ").split(" : ")[0] for one in told[-2:]] == wanted
    assert told[0].startswith("Ligne"), told


def test_one_of_everything_that_the_format_can_say_comes_back(session: Session) -> None:
    _import(session, _document(WHOLE))
    first = _export(session)
    kept = json.loads(first)["ceremonies"][0]
    assert {name: value for name, value in kept.items() if name != "items"} == {
        name: value for name, value in WHOLE.items() if name != "items"
    }
    assert kept["items"][0] == WHOLE["items"][0]
    _empty(session)
    _import(session, first.encode())
    assert _export(session) == first


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_file_that_says_how_it_is_written_is_read(encoding: str) -> None:
    assert interchange.read(_document({"title": {"fr": "Fête"}}).decode().encode(encoding))[0]["title"] == {
        "fr": "Fête"
    }


@pytest.mark.parametrize(
    "moment",
    [
        {"start": "22:00", "end": "02:00", "end_next_day": True},
        {"start": "22:00", "end": "02:00", "day": 1, "end_day": 2},
        {
            "start": "09:00",
            "end": "08:00",
            "date": "2027-06-12",
            "timezone": "Europe/Kyiv",
            "end_timezone": "Europe/London",
        },
        {"date": "2027-10-31", "start": "02:30", "start_occurrence": "second"},
        {"date": "2027-10-31", "start": "02:30"},
        {"date": "2027-03-28", "start": "02:30"},
        {"date": "2027-03-28", "start": "01:30", "end": "02:30"},
        {"links": [{"url": "www.exemple.fr:8080/a"}]},
        {"date": "2016-06~"},
        {"date": "2027-22"},
        {"date": "XXXX-07-14"},
        {"date": "2027-06-12/..", "end_date": "2027-06"},
        {"start_until": "10:00"},
    ],
)
def test_what_a_programme_may_say_is_taken_and_given_back(session: Session, moment: dict[str, Any]) -> None:
    _import(session, _moments(moment))
    first = _export(session)
    assert json.loads(first)["ceremonies"][0]["items"][0].items() >= moment.items()
    _empty(session)
    _import(session, first.encode())
    assert _export(session) == first


def test_each_of_two_hosts_keeps_its_own_time_zone(session: Session) -> None:
    hosts = [{"name": "Plouha", "country": "FR"}, {"name": "Vila do Porto", "timezone": "Atlantic/Azores"}]
    plain = json.loads(_moments({"start": "10:00", "date": "2027-06-12"}))
    plain["ceremonies"][0]["hosts"] = hosts
    _import(session, json.dumps(plain).encode())
    assert json.loads(_export(session))["ceremonies"][0]["hosts"] == hosts


def test_a_moment_of_another_ceremony_is_not_taken_away(session: Session) -> None:
    _import(session, _document({"uid": "a", "title": {"fr": "A"}, "items": [{"uid": "m", "title": {"fr": "M"}}]}))
    with pytest.raises(services.imports.TakenElsewhere, match="« m »"):
        _import(session, _document({"uid": "b", "title": {"fr": "B"}, "items": [{"uid": "m", "title": {"fr": "M"}}]}))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"prices": [{"amount": "-5", "currency": "EUR"}]}, r"prices\[0\].amount : -5 est négatif"),
        ({"prices": [{"amount": "5", "currency": "ZZZ"}]}, "« ZZZ » n’est le code d’aucune monnaie"),
        ({"languages": ["fr", "xx"]}, "« xx » n’est le code d’aucune langue"),
        ({"languages": ["ua"]}, "Vouliez-vous « uk »"),
        ({"title": {"xx": "Fête"}}, "« xx » n’est le code d’aucune langue"),
        ({"hosts": [{"name": "Bourg", "country": "QQ"}]}, "« QQ » n’est le code d’aucun pays"),
        ({"links": [{"url": "javascript:alert(1)"}]}, "n’est pas un lien"),
        ({"links": [{"url": " data:text/html,x"}]}, "n’est pas un lien"),
    ],
)
def test_codes_amounts_and_links_that_mean_nothing_are_refused(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(
        interchange.UnreadableProgramme,
        match=said.replace(" : ", "\xa0: ").replace("« ", "«\xa0").replace(" »", "\xa0»"),
    ):
        interchange.read(_document({"title": {"fr": "Fête"}, **fields}))


def test_a_number_of_hundreds_of_digits_is_told_by_its_first() -> None:
    moments = [{"title": {"fr": "A"}, "number": 1, "after": [10**400]}]
    with pytest.raises(interchange.UnreadableProgramme, match="n’est pas dans le programme") as refused:
        interchange.read(_document({"title": {"fr": "Fête"}, "items": moments}))
    assert "0" * 61 not in str(refused.value)


def test_the_published_schema_takes_no_amount_below_nothing() -> None:
    document = json.loads(_document({"title": {"fr": "Fête"}, "prices": [{"amount": "5"}]}))
    validator = jsonschema.Draft202012Validator(json.loads(interchange.schema_text()))
    validator.validate(document)
    document["ceremonies"][0]["prices"][0]["amount"] = "-0.5"
    with pytest.raises(jsonschema.ValidationError):
        validator.validate(document)


@pytest.mark.parametrize(
    "links",
    [
        [{"after": [2]}, {"after": [1]}],
        [{"after": [2]}, {"after": [3]}, {"before": [2], "after": [1]}],
        [{"before": [2]}, {"before": [1]}],
    ],
)
def test_moments_that_follow_one_another_in_a_ring_are_refused(links: list[dict[str, Any]]) -> None:
    moments = [{"number": rank, "title": {"fr": f"M{rank}"}, **link} for rank, link in enumerate(links, 1)]
    with pytest.raises(interchange.UnreadableProgramme, match="en rond"):
        interchange.read(_document({"title": {"fr": "Fête"}, "items": moments}))


def test_an_hour_that_no_clock_showed_is_kept_as_stated_and_shown_as_doubtful(session: Session) -> None:
    moment = {"title": {"fr": "Bal"}, "date": "2027-03-28", "start": "02:30"}
    _import(session, _document({"uid": "a", "title": {"fr": "A"}, "timezone": "Europe/Paris", "items": [moment]}))
    ceremony = session.scalars(select(Ceremony)).one()
    [item] = ceremony.programme
    assert "DTSTART;VALUE=DATE:20270328" in item.vevent
    told = " ".join(telling.describe(item, ["fr"])).replace("\xa0", " ")
    assert "La source se contredit : 2 h 30, cette heure n’existe pas cette nuit-là" in told


@pytest.mark.parametrize(
    ("moment", "field", "shown"),
    [
        ({"date": "2027-06-12", "start": "10:00", "end": "09:30"}, "end", "10 h – 9 h 30"),
        ({"date": "2027-06-12", "end_date": "2027-06-11", "start": "10:00"}, "end_date", "jusqu’au vendredi 11 juin"),
        ({"date": "2027-06-12", "start": "10:00", "start_until": "09:00"}, "start_until", "entre 10 h et 9 h"),
    ],
)
def test_an_end_that_the_source_puts_before_the_start_is_kept_and_shown(
    session: Session, moment: dict[str, Any], field: str, shown: str
) -> None:
    with pytest.raises(interchange.UnreadableProgramme, match="précède"):
        interchange.read(_moments(moment))
    conflict = {"text": "La fin imprimée précède le début.", "field": field}
    _import(session, _moments({**moment, "conflicts": [conflict]}))
    written = _export(session)
    _empty(session)
    _import(session, written.encode())
    assert _export(session) == written
    ceremony = ceremonies_by_uid(session)[0]
    page = programme_page(ceremony, ("fr",)).html.replace("\xa0", " ")
    assert shown in page
    assert "La fin imprimée précède le début." in page
    (entry,) = [one for one in ics.read(calendar_of([ceremony])).entries if one.summary == "M1"]
    assert entry.end is None, "a calendar is told no end that cannot be"
    assert "La fin imprimée précède le début." in entry.description


def test_the_anniversary_of_a_town_founded_before_our_era_is_carried_and_said(session: Session) -> None:
    """Marseille and Foça kept in 1999 the 2600 years since people of Phocaea founded Massalia."""
    years = {"number": 2600, "of": {"fr": "fondation de Massalia"}, "since": "-0599~", "due": "1999"}
    _import(session, _document({"uid": "massalia", "title": {"fr": "Fête"}, "anniversary": years}))
    written = _export(session)
    assert json.loads(written)["ceremonies"][0]["anniversary"] == years
    _empty(session)
    _import(session, written.encode())
    assert _export(session) == written
    page = programme_page(ceremonies_by_uid(session)[0], ("fr",)).html.replace("\xa0", " ").replace("\u202f", " ")
    assert "vers 600 av. J.-C." in page
    assert "2 600" in page or "2600" in page
