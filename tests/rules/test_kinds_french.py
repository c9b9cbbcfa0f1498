"""The kinds of condition (§ 12 of the study) whose real example is a French programme, each where it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from app.rules.evaluate import assess
from app.rules.loader import load
from app.rules.reading import read_facts
from app.rules.told import changed

if TYPE_CHECKING:
    from app.rules.evaluate import Assessment

CATALOGUE = load()
MEAE = "meae-general/2025"
JSI = "jsi-vvv-si/depuis-2023"
NEW_AQUITAINE = "nouvelle-aquitaine-solidarite/depuis-2021"
TWIN = "calvados-twin-14/sans-date"
CHARTER = "calvados-charte/sans-date"
FDVA = "fdva-2-eure-et-loir/sans-date"
FONJEP = "fonjep/2018-2025"
YOUTH = "meae-jeunesse/v"


def asking(amount: float, **more: object) -> dict[str, Any]:
    return {"money.requested": amount} | {name.replace("__", "."): value for name, value in more.items()}


def spent(**by_country: int) -> dict[str, Any]:
    """An action in several countries, with what is spent in each."""
    items = [{"side": "expense", "country": name, "amount": amount} for name, amount in by_country.items()]
    return {"project.several_countries": True, "budget": {"complete": True, "items": items}}


def earlier(year: int) -> dict[str, Any]:
    return {"requests.items": [{"programme": "calvados-twin-14", "year": year}]}


def for_country(code: str) -> dict[str, Any]:
    return {"project.target_country": code}


#: Number of the kind, edition and rule that encode it, facts that meet it, facts that do not.
KINDS: tuple[tuple[int, str, str, dict[str, Any], dict[str, Any]], ...] = (
    (5, MEAE, "apport-en-nature", {"money.own_in_kind": 6000}, {"money.own_in_kind": 6000.01}),
    (6, MEAE, "taux", asking(56000, project__target_country="BF"), asking(40000.01)),
    (7, JSI, "montant", asking(11500, applicant__territory="overseas"), asking(10000.01)),
    (7, NEW_AQUITAINE, "part", asking(72000, applicant__vulnerable_area=True), asking(60000.01)),
    (8, NEW_AQUITAINE, "montant", asking(90000, project__end="2027-08-31"), asking(60000.01)),
    (9, MEAE, "taux", spent(BF=60000, UA=20000) | asking(52000), spent(DE=60000, UA=20000) | asking(48000.01)),
    (16, TWIN, "jeunes-par-pays", {"participants.groups.0.count": 8}, {"participants.groups.0.count": 7}),
    (19, JSI, "action", {"events.items.1.days": 10}, {"events.items.1.days": 9}),
    (19, JSI, "sejour", {"events.items.0.days": 15}, {"events.items.0.days": 14}),
    (21, FONJEP, "duree", {"post.years": 3}, {"post.years": 4}),
    (27, CHARTER, "delai", {"submission.date": "2026-03-08"}, {"submission.date": "2026-03-09"}),
    (29, MEAE, "taux", asking(56000) | for_country("ML"), asking(56000) | for_country("ST")),
    (30, YOUTH, "pays-exclus", for_country("UA"), for_country("CA-QC")),
    (33, TWIN, "une-par-an", earlier(2025), earlier(2026)),
    (34, FDVA, "un-axe", {"submission.axis": "1"}, {"submission.axis": "1+2"}),
    (34, MEAE, "autre-appel", {}, {"other_calls.items": [{"programme": "meae-sport", "covers": True}]}),
    (35, FONJEP, "non-cumul", {"post.state_aids": 0}, {"post.state_aids": 1}),
    (36, CHARTER, "lettre-du-maire", {}, {"documents.items": []}),
)


def assessed(edition: str, put: dict[str, Any]) -> Assessment:
    base = next(one.facts for one in CATALOGUE.by_id[edition].examples if one.verdict in ("eligible", "to_check"))
    return assess(CATALOGUE.by_id[edition], read_facts(changed(base, put, []), CATALOGUE.words))


@pytest.mark.parametrize(
    ("kind", "edition", "criterion", "met", "not_met"), KINDS, ids=[f"{one[0]}-{one[1]}-{one[2]}" for one in KINDS]
)
def test_a_kind_of_condition_is_written_with_its_real_example(
    kind: int, edition: str, criterion: str, met: dict[str, Any], not_met: dict[str, Any]
) -> None:
    assert str(assessed(edition, met).state(criterion).status) == "met", kind
    assert str(assessed(edition, not_met).state(criterion).status) == "not_met", kind


def test_kind_21_a_unit_rate_times_units_times_years() -> None:
    assert assessed(FONJEP, {"post.units": 2}).amount.exact == 42984


def test_kind_36_the_mayor_writes_only_when_the_committee_asks() -> None:
    without = {"documents.items": []}

    assert assessed(CHARTER, without).verdict == "not_eligible"
    assert assessed(CHARTER, without | {"applicant.kind": "commune"}).verdict == "eligible"


def test_kind_38_the_last_part_is_paid_by_eighty_and_twenty() -> None:
    assert [one["share"] for one in CATALOGUE.by_id[MEAE].payments if one.get("share")] == ["80 %", "20 %"]


def test_kind_41_an_unwritten_rule_is_doubt_and_an_empty_scale_doubts_the_amount_only() -> None:
    unwritten = assessed("fdva-2-cote-d-or/2024", {})
    empty = assessed(CHARTER, {})

    assert unwritten.verdict == "to_check"
    assert (empty.verdict, empty.amount.to_check, empty.amount.exact) == ("eligible", True, None)


def test_kind_42_every_rule_and_line_has_its_source_and_the_day_it_was_read() -> None:
    for edition in CATALOGUE.editions:
        assert str(edition.consulted) == "2026-11-15", edition.id
        for origin in [*(one.origin for one in edition.criteria), *(one.origin for one in edition.lines)]:
            assert origin.sources
            assert origin.confidence in ("A", "B", "C", "G", "U")
            assert origin.expires >= edition.consulted


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, "to_check"),
        ({"project.several_countries": True}, "eligible"),
        ({"project.several_countries": False}, "not_eligible"),
    ],
)
def test_a_budget_that_spends_in_another_country_asks_whether_there_are_several(
    more: dict[str, Any], expected: str
) -> None:
    put = {"budget": spent(BF=60000, UA=20000)["budget"], "money.requested": 52000}

    assert assessed(MEAE, {**put, **more}).verdict == expected
