"""The kinds of condition that the study of the programmes lists, each with its real example and where it is written."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from typing import Any

import pytest

from app.rules.evaluate import assess
from app.rules.loader import RULES, load
from app.rules.reading import read_facts

CATALOGUE = load()


@dataclass(frozen=True)
class Kind:
    """``number``: in the study; ``marks``: what its written rule must hold, in JSON; ``sides``: both states shown."""

    number: int
    says: str
    edition: str
    criterion: str
    marks: tuple[str, ...]
    sides: frozenset[str] = frozenset({"met", "not_met"})


NOT_FOR_ALL = frozenset({"met", "not_applicable"})
KINDS = (
    Kind(1, "CERV 2024: 8 455 ≤ grant ≤ 50 745", "cerv-jumelage/2024", "montant", ('"8455 EUR"', '"50745 EUR"')),
    Kind(2, "KA210: 30 000 or 60 000", "erasmus-ka210/2026", "montant", ('"equals": "30000 EUR"', '"equals": "60000')),
    Kind(3, "Creative Europe: the smaller of 200 000 and 80 %", "europe-creative/2024", "subvention", ('"smallest"',)),
    Kind(4, "80 % of eligible costs", "fonds-citoyen/depuis-2020", "part-du-fonds", ('"of": "money.eligible_cost"',)),
    Kind(10, "Visegrad+: 3 + 1, or 2 + 2", "visegrad-plus/2024", "partenariat", ('"condition": "any"', '"v4"')),
    Kind(11, "Visegrad+: Ukraine, one call only", "visegrad-plus/2024", "partenariat", ('"condition": "date"', '"UA"')),
    Kind(12, "towns of two different countries", "cerv-jumelage/2024", "deux-pays", ('"distinct"',)),
    Kind(13, "one of them in the Union", "cerv-jumelage/2024", "un-pays-ue", ('"in": "ue"',)),
    Kind(14, "four applicants, associated ones left out", "cerv-reseaux/2025", "demandeurs", ('"co_applicant"',)),
    Kind(15, "invited: from another country than the host", "cerv-jumelage/2024", "invites", ('"invited": true',)),
    Kind(16, "KA152: four in each national group", "erasmus-ka152/2024-2026", "groupes", ('"each_group"',)),
    Kind(17, "KA152: every participant from 13 to 30", "erasmus-ka152/2024-2026", "age", ('"every"', '"min": 13')),
    Kind(18, "OFAJ: one third of each country", "ofaj/directives", "equilibre", ('"min_share": "1/3"',)),
    Kind(19, "KA152: 5 to 21 days without travel", "erasmus-ka152/2024-2026", "activite", ('"difference"', '"event"')),
    Kind(23, "Erasmus: a flat rate under 70 %", "erasmus-ka152/2024-2026", "voyage-cher", ('"below"', '"70 %"')),
    Kind(24, "KA210: cost above the lump sum", "erasmus-ka210/2026", "cout", ('"above": "money.requested"',)),
    Kind(25, "CERV: 17:00 in Brussels", "cerv-jumelage/2024", "window", ("2024-09-19T17:00:00",)),
    Kind(26, "Visegrad: three dates a year, at noon", "visegrad/2024", "echeance", ('"recurring"', '"06-01T12:00"')),
    Kind(27, "citizens' fund: six weeks before", "fonds-citoyen/depuis-2020", "delai", ('"6 semaines"',)),
    Kind(28, "KA210: the deadline follows the start", "erasmus-ka210/2026", "echeance", ('"window_for_start"',)),
    Kind(
        29,
        "countries of CERV, a dated list",
        "cerv-jumelage/2026",
        "pays-eligible",
        ('"list": "cerv-eligibles"',),
        NOT_FOR_ALL,
    ),
    Kind(31, "OFAJ: no plane unless 8 hours by train", "ofaj/directives", "avion", ('"above": "8 heures"',)),
    Kind(32, "an informal group has four young people", "erasmus-ka154/depuis-2021", "groupe-informel", ('"when"',)),
    Kind(33, "KA210: five requests", "erasmus-ka210/2026", "cinq-demandes", ('"count": "requests"',)),
    Kind(35, "what OFAJ can fund", "fonds-citoyen/depuis-2020", "ofaj", ("answers.fundable-by-ofaj",)),
    Kind(37, "KA210: 60 and half of each part", "erasmus-ka210/2026", "note", ('"score"', '"min_part": "50 %"')),
    Kind(40, "CERV: should normally last", "cerv-jumelage/2024", "duree", ('"avertissement"',)),
    Kind(
        41,
        "FSE+: the rate is in the action sheet",
        "fse-plus/2021-2027",
        "taux",
        ('"unwritten"',),
        frozenset({"unknown"}),
    ),
)


def written(edition: str) -> dict[str, Any]:
    return tomllib.loads((RULES / f"{edition}.toml").read_text("utf-8"))


def rule(edition: str, name: str) -> dict[str, Any]:
    told = written(edition)
    return told["window"] if name == "window" else next(one for one in told["criteria"] if one["id"] == name)


@pytest.mark.parametrize("kind", KINDS, ids=[f"{one.number}-{one.edition}" for one in KINDS])
def test_a_kind_of_condition_is_written_with_its_real_example(kind: Kind) -> None:
    said = json.dumps(rule(kind.edition, kind.criterion), ensure_ascii=False, default=lambda value: value.isoformat())

    for mark in kind.marks:
        assert mark in said


@pytest.mark.parametrize("kind", KINDS, ids=[f"{one.number}-{one.edition}" for one in KINDS])
def test_its_examples_show_both_sides_of_it(kind: Kind) -> None:
    edition = CATALOGUE.by_id[kind.edition]
    shown = {
        str(assess(edition, read_facts(one.facts, CATALOGUE.words)).state(kind.criterion).status)
        for one in edition.examples
    }

    assert kind.sides <= shown


def amount_of(edition: str, facts: dict[str, Any]) -> Any:
    return assess(CATALOGUE.by_id[edition], read_facts(facts, CATALOGUE.words)).amount


def conform(edition: str) -> dict[str, Any]:
    return json.loads(json.dumps(written(edition)["conform"], default=lambda value: value.isoformat()))


@pytest.mark.parametrize(("km", "rate"), [(99, 20), (100, 180), (499, 180), (500, 275), (1999, 275), (2000, 360)])
def test_kind_20_a_band_has_both_its_bounds(km: int, rate: int) -> None:
    facts = conform("erasmus-ka152/2014-2020")
    facts["journeys"] = {"complete": True, "items": [{"km": km, "persons": 10, "green": False}]}

    assert amount_of("erasmus-ka152/2014-2020", facts).low == 10 * rate


def test_kind_21_a_rate_for_each_kilometre_and_person() -> None:
    assert amount_of("ofaj/directives", conform("ofaj/directives")).exact == 2560


def test_kind_22_a_scale_times_a_factor_waits_for_its_scale() -> None:
    line = written("ofaj/anciennes-directives")["amount"]["lines"][0]

    assert {"value": "3/2"}.items() <= line["value"]["of"]["product"][2]["cases"][1].items()
    amount = amount_of("ofaj/anciennes-directives", conform("ofaj/anciennes-directives"))
    assert (amount.exact, amount.lines[0].needs_table) == (None, "land-academie")


def test_kind_36_documents_by_stage_and_by_applicant() -> None:
    documents = {one["document"]: one for one in written("cerv-jumelage/2026")["documents"]}

    assert documents["municipalities_role"]["when"]["value"] == "applicant.represents_local_authorities"
    assert documents["participants_list"]["stage"] == "report"


def test_kind_38_payments_by_stage() -> None:
    payments = written("fonds-citoyen/depuis-2020")["payments"]

    assert [(one["share"], one["moment"]) for one in payments] == [("75 %", "before_start"), ("25 %", "report")]


def test_kind_39_a_preference_never_changes_the_verdict() -> None:
    facts = conform("fonds-citoyen/depuis-2020")
    facts["applicant"] |= {"is_first_time": False, "is_volunteer_run": False}
    case = assess(CATALOGUE.by_id["fonds-citoyen/depuis-2020"], read_facts(facts, CATALOGUE.words))

    assert str(case.state("premiere-fois").status) == "not_met"
    assert case.verdict == "eligible"


def test_kind_42_every_rule_has_a_source_a_confidence_and_a_day() -> None:
    for edition in CATALOGUE.editions:
        for one in edition.criteria:
            assert one.origin.sources
            assert one.origin.confidence in ("A", "B", "C", "G", "U")
            assert one.origin.expires > edition.consulted


def test_kind_43_a_rule_does_not_hold_for_a_class() -> None:
    facts = conform("cerv-jumelage/2026")
    facts["applicant"] |= {"kind": "international_organisation", "country": "CH"}
    case = assess(CATALOGUE.by_id["cerv-jumelage/2026"], read_facts(facts, CATALOGUE.words))

    assert str(case.state("pays-eligible").status) == "not_applicable"


@pytest.mark.parametrize(("final", "paid"), [(999.99, 0), (1000, 1000), (1000.01, 1000.01)])
def test_kind_44_below_a_thousand_nothing_is_paid(final: float, paid: float) -> None:
    facts = conform("europe-citoyens/2007")
    facts["money"]["final_grant"] = final

    assert float(amount_of("europe-citoyens/2007", facts).exact) == paid
