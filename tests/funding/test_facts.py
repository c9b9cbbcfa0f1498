"""From the house to the engine: every fact says its source, and none is made up."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from app.bodies.models import BodyKind
from app.funding import catalogue
from app.funding.facts import LISTS, composed, project_facts, store_path, taken_apart
from app.funding.groups import GROUPS, group_of, scalars
from app.rules.reading import read_facts
from app.rules.vocabulary.fields import COLLECTIONS
from tests.factories.actions import make_project
from tests.factories.bodies import make_body
from tests.factories.ceremonies import make_ceremony
from tests.factories.twinnings import make_twinning

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.twinnings.models import Twinning

WORDS = catalogue.shipped().catalogue.words


@pytest.fixture
def twinning(session: Session) -> Twinning:
    committee = make_body(session, "Comité d’essai", BodyKind.COMMITTEE)
    town = make_body(session, "Bourg-Essai")
    partner = make_body(session, "Musterdorf", BodyKind.FOREIGN_AUTHORITY, country="DE")
    return make_twinning(session, [town, committee], partner, stage="active")


def test_what_the_records_say_is_filled_in_and_says_where_it_comes_from(session: Session, twinning: Twinning) -> None:
    known = project_facts(make_project(session, twinning))
    assert known.values["applicant.kind"] == "commune"
    assert known.sources["applicant.kind"].kind == "body"
    assert known.values["project.formal_twinning"] is True
    assert known.sources["project.formal_twinning"].kind == "twinning"
    partners = {one["name"]: one for one in known.values["partners"]["items"]}
    assert partners["Musterdorf"]["country"] == "DE"
    assert partners["Comité d’essai"]["kind"] == "twinning_committee"
    assert known.values["partners"]["complete"] is False


def test_the_days_of_the_ceremony_are_those_of_the_meeting(session: Session, twinning: Twinning) -> None:
    ceremony = make_ceremony(session, twinning, host_body_id=twinning.parties[0].body_id)
    known = project_facts(make_project(session, twinning, ceremony_id=ceremony.id))
    event = known.values["events"]["items"][0]
    assert (event["start"], event["country"]) == ("2027-06-12", "FR")
    assert known.sources["events"].kind == "ceremony"


def test_what_somebody_said_wins_and_what_nobody_knows_stays_unknown(session: Session, twinning: Twinning) -> None:
    said = {"applicant.kind": "association", "project.formal_twinning": None, "money.total_cost": Decimal("10.50")}
    known = project_facts(make_project(session, twinning, facts=said))
    assert known.values["applicant.kind"] == "association"
    assert known.sources["applicant.kind"].who == "Essai"
    assert known.unknown == {"project.formal_twinning"}
    assert "formal_twinning" not in known.plain.get("project", {})
    assert known.plain["money"]["total_cost"] == Decimal("10.50")


def test_the_engine_reads_what_the_house_knows(session: Session, twinning: Twinning) -> None:
    ceremony = make_ceremony(session, twinning)
    known = project_facts(make_project(session, twinning, ceremony_id=ceremony.id, kind="youth"))
    facts, problems = known.read(WORDS)
    assert problems == ()
    assert facts.flat["applicant.country"] == "FR"


def test_answers_that_contradict_each_other_are_named_and_the_rest_is_read(
    session: Session, twinning: Twinning
) -> None:
    said = {"project.start": "2027-06-12", "project.end": "2027-06-01", "money.requested": 10}
    known = project_facts(make_project(session, twinning, facts=said))
    facts, problems = known.read(WORDS)
    assert any("finit avant de commencer" in one for one in problems)
    assert facts.flat["money.requested"] == 10


def test_a_word_that_the_engine_does_not_know_any_more_breaks_nothing(session: Session, twinning: Twinning) -> None:
    said = {"project.fields": {"items": ["juggling"]}, "answers.gone": True, "money.requested": 10}
    facts, problems = project_facts(make_project(session, twinning, facts=said)).read(WORDS)
    assert len(problems) == 2
    assert facts.flat["money.requested"] == 10


def test_nested_facts_and_facts_by_path_are_the_same_thing(session: Session, twinning: Twinning) -> None:
    said = {
        "participants": {"groups": [{"country": "FR", "count": 3}], "complete": True},
        "participants.total": 3,
        "score.parts.relevance": 20,
        "documents": {"items": [{"kind": "budget"}], "complete": False},
    }
    known = project_facts(make_project(session, twinning, facts=said))
    assert taken_apart(known.plain) == dict(known.values)
    assert composed(taken_apart(known.plain)) == known.plain
    read_facts(known.plain, WORDS)


def test_every_fact_has_its_page_of_questions() -> None:
    asked = {path for group in GROUPS for path in scalars(group, WORDS)} | {group.listed for group in GROUPS}
    for path in WORDS.paths():
        if path not in {"applicant.id", "applicant.role"} and not path.endswith(".part_of"):
            assert path in asked, path
    for name in LISTS:
        assert name in asked
    for name in COLLECTIONS:
        assert group_of(f"{name}.country").listed == store_path(name)
    assert group_of("participants.total").key == "participants"
