"""Which organisations and which places a rule counts: towns, parts of a country, territories far from Europe."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from app.rules.evaluate import assess
from app.rules.loader import load
from app.rules.reading import read_facts
from app.rules.told import changed

if TYPE_CHECKING:
    from app.rules.evaluate import Assessment

CATALOGUE = load()
CALLS = ("2021", "2022", "2023", "2024", "2025", "2026")


def assessed(edition: str, **changes: object) -> Assessment:
    """The conform project of an edition, with what is changed in it."""
    conform = CATALOGUE.by_id[edition].examples[0].facts
    put = {name.replace("__", "."): value for name, value in changes.items()}
    return assess(CATALOGUE.by_id[edition], read_facts(changed(conform, put, ()), CATALOGUE.words))


def partner(**told: object) -> dict[str, Any]:
    return {"complete": True, "items": [{"country": "DE", **told}]}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("kind", ["company", "natural_person", "political_party", "school"])
def test_only_a_town_and_those_who_act_for_towns_make_a_country_take_part(call: str, kind: str) -> None:
    for role in ("partner", "co_applicant", "associated"):
        case = assessed(f"cerv-jumelage/{call}", partners=partner(kind=kind, role=role))
        assert (case.verdict, case.state("deux-pays").status) == ("not_eligible", "not_met")


@pytest.mark.parametrize("call", CALLS)
def test_a_partner_of_a_kind_that_is_not_told_is_unknown_and_not_a_no(call: str) -> None:
    case = assessed(f"cerv-jumelage/{call}", partners=partner(role="partner"))

    assert case.state("deux-pays").status == "unknown"


@pytest.mark.parametrize(("call", "verdict"), [("2022", "eligible"), ("2023", "to_check"), ("2024", "to_check"),
    ("2025", "to_check"), ("2026", "to_check")])  # fmt: skip
def test_one_applicant_alone_is_to_be_checked_since_2023(call: str, verdict: str) -> None:
    case = assessed(f"cerv-jumelage/{call}", partners=partner(kind="commune", role="associated"))

    assert case.verdict == verdict


@pytest.mark.parametrize("role", ["partner", None])
def test_a_partner_who_may_sign_leaves_a_yes_with_its_reserve(role: str | None) -> None:
    case = assessed("cerv-jumelage/2024", partners=partner(kind="commune", role=role))

    assert case.verdict == "eligible"
    assert [one.criterion.id for one in case.reserved] == ["demandeurs"]


@pytest.mark.parametrize("code", ["RE", "GP", "MQ", "GF", "YT", "MF", "NC", "PF", "PM", "WF", "BL", "FR-971"])
def test_overseas_france_is_eligible_as_france_and_is_no_second_country(code: str) -> None:
    assert assessed("cerv-jumelage/2024", applicant__country=code).verdict == "eligible"
    beside = assessed(
        "cerv-jumelage/2024", partners={"complete": True, "items": [{"kind": "commune", "country": code}]}
    )
    assert beside.state("deux-pays").status == "not_met"
    assert beside.state("pays-eligible").status == "met"


@pytest.mark.parametrize(("code", "status"), [("IC", "met"), ("AX", "met"), ("GL", "unknown"), ("AW", "unknown"),
    ("NC", "unknown"), ("FO", "not_met"), ("CH", "not_met")])  # fmt: skip
def test_a_territory_is_of_the_union_only_where_the_treaties_say_so(code: str, status: str) -> None:
    case = assessed(
        "cerv-jumelage/2024",
        applicant__country="RS",
        partners=partner(kind="commune", country=code, role="co_applicant"),
    )

    assert case.state("un-pays-ue").status == status


@pytest.mark.parametrize(("day", "status"), [("2011-12-31", "met"), ("2012-01-01", "unknown")])
def test_saint_barthelemy_left_the_territory_of_the_union_in_2012(day: str, status: str) -> None:
    on = date.fromisoformat(day)

    assert CATALOGUE.lists["ue"].contains("FR-BL", (on, on)) == status


@pytest.mark.parametrize("edition", ["meae-general/2025", "jsi-vvv-si/depuis-2023"])
def test_an_applicant_of_overseas_france_is_established_in_france(edition: str) -> None:
    for code in ("RE", "NC"):
        assert assessed(edition, applicant__country=code).verdict != "not_concerned"


def test_canada_does_not_prove_that_it_is_not_quebec() -> None:
    assert assessed("ofqj/relance-jeunesse-2022", project__target_country="CA").verdict == "to_check"
    assert assessed("ofqj/relance-jeunesse-2022", project__target_country="US").verdict == "not_concerned"
    case = assessed("ffqcd/2023-2024", partners={"complete": True, "items": [{"kind": "commune", "country": "CA"}]})
    assert case.state("projet-commun").status == "unknown"


def test_a_place_and_its_country_are_one_country() -> None:
    facts = assessed(
        "cerv-jumelage/2024",
        partners={
            "complete": True,
            "items": [{"kind": "commune", "country": "RE"}, {"kind": "commune", "country": "DE"}],
        },
        participants={"complete": True, "groups": [{"country": "DE", "count": 25}, {"country": "RE", "count": 35}]},
    )

    assert facts.state("invites").criterion.readings[0].condition.value(facts.facts).value == (25, 25)
