"""Until when rules hold, and facts that contradict each other: nothing is a yes in silence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from app.rules.answer import answer
from app.rules.choice import edition_or_first
from app.rules.documentation import listed
from app.rules.evaluate import assess
from app.rules.loader import RULES, load, load_texts, read_folder
from app.rules.numbers import common
from app.rules.reading import FactsError, read_facts
from app.rules.told import changed

if TYPE_CHECKING:
    from app.rules.evaluate import Assessment

CATALOGUE = load()
TODAY = date(2026, 11, 23)


def assessed(edition: str, *, unset: tuple[str, ...] = (), **changes: object) -> Assessment:
    conform = CATALOGUE.by_id[edition].examples[0].facts
    put = {name.replace("__", "."): value for name, value in changes.items()}
    return assess(CATALOGUE.by_id[edition], read_facts(changed(conform, put, unset), CATALOGUE.words))


@pytest.mark.parametrize("edition", [one for one in CATALOGUE.editions if one.kind == "cash"], ids=lambda one: one.id)
def test_no_edition_says_yes_to_a_request_of_a_far_year(edition: object) -> None:
    assert assessed(edition.id, submission__date="2041-03-05").verdict != "eligible"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("edition", "day"),
    [
        ("erasmus-ka210/2026", "2028-03-05"),
        ("erasmus-ka152/2024-2026", "2027-02-10"),
        ("fonjep/2018-2025", "2026-05-01"),
    ],
)
def test_rules_of_earlier_years_leave_a_later_request_to_be_checked_and_say_why(edition: str, day: str) -> None:
    told = answer(assessed(edition, submission__date=day), catalogue=CATALOGUE, today=TODAY)

    found = next(one for one in told["criteria"] if one["id"] == "validite")
    assert told["verdict"] in ("to_check", "not_eligible")
    assert found["status"] == "not_met"
    assert "à reconfirmer" in found["sentence"]


def test_a_day_that_is_not_told_does_not_make_a_doubt_but_a_reserve() -> None:
    case = assessed("fonds-citoyen/depuis-2020", unset=("submission.date",))

    assert case.state("validite").status == "unknown"
    assert case.state("validite").effect == 0


ONLINE = ("project.has_online_activities",)
MEETING = {"complete": True, "items": [{"country": "FR", "mode": "in_person"}]}


def test_a_webinar_is_online_whatever_the_meetings_are() -> None:
    case = assessed("cerv-jumelage/guide", unset=ONLINE, events=MEETING, project__activities=["webinar"])

    assert (case.verdict, [one.criterion.id for one in case.failing]) == ("not_eligible", ["en-ligne"])


def test_a_meeting_that_is_a_webinar_is_online() -> None:
    events = {"complete": True, "items": [{"country": "FR", "kind": "webinar"}]}

    assert assessed("cerv-jumelage/guide", unset=ONLINE, events=events).verdict == "not_eligible"


def test_meetings_in_person_leave_open_an_activity_that_is_not_named_yet() -> None:
    case = assessed("cerv-jumelage/guide", unset=ONLINE, events=MEETING)

    assert (case.verdict, [one.criterion.id for one in case.reserved]) == ("eligible", ["en-ligne"])
    named = {"complete": True, "items": ["meeting"]}
    assert not assessed("cerv-jumelage/guide", unset=ONLINE, events=MEETING, project__activities=named).reserved


def test_no_online_activity_beside_a_webinar_is_a_contradiction() -> None:
    with pytest.raises(FactsError, match="webinaire"):
        assessed("cerv-jumelage/guide", project__activities=["webinar"])


def test_more_guests_than_persons_is_a_contradiction() -> None:
    with pytest.raises(FactsError, match="peuvent être invitées"):
        assessed("cerv-jumelage/2024", participants__invited=33)
    assert assessed("cerv-jumelage/2024", participants__invited=32).verdict == "eligible"


def test_two_statements_never_make_a_range_upside_down() -> None:
    assert common((24, 24), (30, 30)) == (24, 30)


def test_a_length_that_the_dates_deny_is_said() -> None:
    told = answer(assessed("cerv-jumelage/guide", project__months=13), catalogue=CATALOGUE, today=TODAY)

    assert any("La durée dite (13 mois)" in one for one in told["warnings"])


def test_a_rule_is_named_once() -> None:
    edition = edition_or_first(CATALOGUE.programmes()["cerv-jumelage"], date(2021, 5, 19))
    assert edition is not None
    facts = changed(
        edition.examples[0].facts, {"submission.date": "2021-05-19", "partners.items.0.role": "co_applicant"}, ()
    )
    told = answer(assess(edition, read_facts(facts, CATALOGUE.words)), catalogue=CATALOGUE, today=TODAY)

    assert told["sentence"].count("Date de dépôt") == 1
    assert [one["id"] for one in told["criteria"]].count("window") == 1


def test_a_programme_is_called_by_its_usual_edition() -> None:
    titles = {one["id"]: one["title"] for one in listed(CATALOGUE)["programmes"]}

    assert titles["fonds-citoyen"] == "Fonds citoyen franco-allemand"


def test_an_amount_that_hangs_on_two_readings_is_to_be_checked() -> None:
    eighteen = {"project__end": "2026-02-28", "money__requested": 40000}
    told = answer(assessed("nouvelle-aquitaine-solidarite/depuis-2021", **eighteen), catalogue=CATALOGUE, today=TODAY)

    assert told["verdict"] == "eligible"
    assert (told["amount"]["max"], told["amount"]["to_check"]) == (60000, True)
    assert told["amount"]["sentence"] == "Montant : au plus 60 000 €, à vérifier.".replace(" €", "\u00a0€").replace(
        "60 000", "60\u202f000"
    )
    assert not assessed("nouvelle-aquitaine-solidarite/depuis-2021").amount.to_check


def test_one_leg_by_plane_costs_its_own_money_and_not_the_project() -> None:
    legs = [
        {"transport": "train", "km": 800, "persons": 19, "group": True, "to": "DE"},
        {"transport": "plane", "km": 800, "persons": 1, "group": True, "to": "DE", "train_minutes": 480},
    ]
    both = assessed("ofaj/directives", journeys={"complete": True, "items": legs})
    alone = assessed("ofaj/directives", journeys={"complete": True, "items": legs[1:]})

    assert (both.verdict, both.amount.exact) == ("eligible", 2432)
    assert alone.verdict == "not_eligible"


def test_a_youth_programme_waits_for_its_public_and_its_session() -> None:
    assert assessed("erasmus-ka154/depuis-2021", project__only_youth=False).verdict == "to_check"
    assert [one.criterion.id for one in assessed("erasmus-ka154/depuis-2021").reserved] == ["session"]


def test_the_formula_of_2007_waits_for_its_scales_and_counts_once_they_are_filled() -> None:
    waiting = assessed("europe-citoyens/2007")
    assert (waiting.verdict, waiting.amount.exact, waiting.amount.to_check) == ("eligible", None, True)

    texts = read_folder(RULES)
    name = "europe-citoyens/2007.toml"
    filled = texts[name].replace("words = {}", "words = { FR = 10 }").replace("rows = []", 'rows = [[0, "", 0.05]]')
    known = load_texts({**texts, name: filled}).by_id["europe-citoyens/2007"]
    facts = changed(known.examples[0].facts, {"participants.groups.0.km": 800}, ())
    found = assess(known, read_facts(facts, CATALOGUE.words)).amount

    assert (found.exact, found.to_check) == (40 * 4 * 10 + 40 * 800 * Decimal("0.05"), False)
