"""A deliberation that suspends, ends or renews the twinning: the dossier is asked to say so, once it is in force."""

from __future__ import annotations

import html
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.council.services import following
from app.shared import clock
from app.shared.fuzzydate import FuzzyDate
from app.twinnings.models import EventKind, Stage
from app.twinnings.services.timeline import EventFacts, note_event
from tests.council.test_services import _voted_text
from tests.factories.council import BY, DAY, at, make_act
from tests.support.forms import filled
from tests.support.pages import as_read, clerk_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.council.models import Act

    SignIn = Callable[[Account], FlaskClient]


def _decided(session: Session, decision: str, effect: str) -> Act:
    """An act in force on the twinning of a text."""
    text = _voted_text(session).convention
    assert text is not None
    given = {"status": "adopted", "voted_on": DAY, "transmitted_on": DAY, "published_on": DAY}
    given |= {"twinning_id": text.twinnings[0].id, "register_year": DAY.year, "register_rank": 77}
    answers = {"decision": decision, "effet": effect}
    act = make_act(session, text.bodies[0].body, model="ending", answers=answers, **given)
    session.commit()
    return act


def _link(page: str, label: str) -> str:
    """Where the link of a label leads."""
    before = page.partition(label)[0]
    return html.unescape(before.rpartition('href="')[2].partition('"')[0])


def test_what_the_deliberation_knows_is_carried_over_to_the_dossier(session: Session, sign_in: SignIn) -> None:
    act = _decided(session, "suspension", f"{DAY:%d/%m/%Y}")
    act.answers = {**act.answers, "motif": "Le comité n’a plus de bureau."}
    session.commit()
    client = clerk_of(session, sign_in, act.body)
    form = client.get(_link(client.get(f"/jumelages/{act.twinning_id}").text, "Le noter au dossier")).text
    told = filled(form)
    assert (told["stage"], told["reason"], told["place"]) == (
        "suspended",
        "Le comité n’a plus de bureau.",
        act.body.name,
    )
    assert f"{DAY:%d/%m/%Y}" in told.values()
    assert f"Délibération nᵒ {act.number}" in told["source"]
    odd = client.get(f"/jumelages/{act.twinning_id}/etape?vers=suspended&le=jamais")
    assert odd.status_code == 200, "a link that was mended by hand begins with nothing"


def test_a_renewal_noted_of_a_twinning_that_slept_asks_for_its_stage(session: Session, sign_in: SignIn) -> None:
    act = _decided(session, "renewal", f"{DAY:%d/%m/%Y}")
    assert act.twinning is not None
    act.twinning.stage = Stage.DORMANT
    session.commit()
    client, url = clerk_of(session, sign_in, act.body), f"/jumelages/{act.twinning_id}"
    told = EventFacts(kind=EventKind.RENEWAL, stage=None, when=FuzzyDate(DAY.isoformat()))
    note_event(session, act.twinning, told, by=BY, at=clock.now(), acting=None)
    session.commit()
    assert "La suite : noter que le jumelage a repris" in as_read(client.get(url).text)
    assert "Noter que le jumelage a repris" in as_read(client.get("/").text)
    woken = EventFacts(kind=EventKind.STAGE, stage=Stage.ACTIVE, when=FuzzyDate(DAY.isoformat()))
    note_event(session, act.twinning, woken, by=BY, at=clock.now(), acting=None)
    session.commit()
    assert "a repris" not in as_read(client.get(url).text)


@pytest.mark.parametrize(
    ("decision", "words", "stage"),
    [
        ("suspension", "noter que le jumelage est suspendu", "suspended"),
        ("end", "noter que le jumelage est terminé", "ended"),
        ("renewal", "noter que le jumelage est renouvelé", ""),
    ],
)
def test_the_dossier_is_asked_to_say_what_the_council_decided_of_the_twinning(
    session: Session, sign_in: SignIn, decision: str, words: str, stage: str
) -> None:
    act = _decided(session, decision, f"{DAY:%d/%m/%Y}")
    client, url = clerk_of(session, sign_in, act.body), f"/jumelages/{act.twinning_id}"
    assert f"La suite : {words}" in as_read(client.get(url).text)
    assert words[0].upper() + words[1:] in as_read(client.get("/").text)
    assert act.twinning is not None
    kind = EventKind.STAGE if stage else EventKind.RENEWAL
    facts = EventFacts(kind=kind, stage=Stage(stage) if stage else None, when=FuzzyDate(DAY.isoformat()))
    note_event(session, act.twinning, facts, by=BY, at=clock.now(), acting=None)
    session.commit()
    assert words not in as_read(client.get(url).text)
    assert words[1:] not in as_read(client.get("/").text)


def test_an_effect_to_come_or_one_that_a_judge_suspended_asks_for_nothing(session: Session, sign_in: SignIn) -> None:
    later = clock.today() + timedelta(days=40)
    act = _decided(session, "end", f"{later:%d/%m/%Y}")
    client, url = clerk_of(session, sign_in, act.body), f"/jumelages/{act.twinning_id}"
    assert "noter que le jumelage" not in as_read(client.get(url).text)
    act.answers = {**act.answers, "effet": "1er janvier 2020"}
    session.commit()
    assert "noter que le jumelage" in as_read(client.get(url).text)
    following.note_event(session, act, "suspension", DAY, "", by=BY, at=at(DAY))
    session.commit()
    assert "noter que le jumelage" not in as_read(client.get(url).text)
