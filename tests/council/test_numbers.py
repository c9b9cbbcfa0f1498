"""The numbers of the register: each serves once, whatever is voted, put off, taken back or written down afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.council.models import Act
from app.council.queries import meeting_by_id
from app.council.services import evening, mending, numbering, voting
from app.council.services.meetings import BadMeeting
from app.shared.errors import DomainError
from tests.factories.council import BY, DAY, at, make_act, make_commune, make_open_meeting
from tests.support.pages import as_read, clerk_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.council.models import AgendaPoint, Meeting

    SignIn = Callable[[Account], FlaskClient]

DEEDS = st.sampled_from(["vote", "number", "take back", "adjourn", "close", "reopen"])
TRIES = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _vote(session: Session, point: AgendaPoint, day: date = DAY) -> None:
    voting.record_vote(session, point, voting.RecordVote(ballot="show_of_hands", votes_for=5), by=BY, at=at(day, 21))


def test_a_meeting_written_down_late_says_so_and_takes_the_numbers_of_the_paper_register(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    later = make_open_meeting(session, body, make_act(session, body), day=DAY + timedelta(days=14))
    _vote(session, later.agenda[0], DAY + timedelta(days=14))
    session.commit()
    first, second = make_act(session, body), make_act(session, body)
    meeting = make_open_meeting(session, body, first, second)
    point, other = meeting.agenda
    client = clerk_of(session, sign_in, body)
    warning = "Une séance tenue après celle-ci a déjà ses numéros. Son dernier numéro est 2026-001"
    assert warning in as_read(client.get(f"/conseil/seances/{meeting.id}/soir").text)
    page = as_read(client.get(f"/conseil/points/{point.id}").text)
    assert warning in page
    assert "le vote prend le numéro qui suit le dernier : 2026-002" in page
    url = f"/conseil/points/{point.id}/numero"
    for text, why in (
        ("1", f"Le numéro 2026-001 est déjà celui de « {later.agenda[0].title} » (vendredi 25 septembre 2026)"),
        ("2025-014", "La séance est de 2026"),
        ("quatorze", "Écrivez le numéro comme au registre, par exemple 14 ou 2026-014."),
        ("0", "Écrivez le numéro comme au registre"),
    ):
        refused = client.post(url, data={"register_number": text, "draft": "0"})
        assert refused.status_code == 422
        assert why in as_read(refused.text)
        assert f'value="{text}"' in refused.text
    waiting = client.post(f"/conseil/points/{point.id}/vote", data={"unanimity": "1", "register_number": "14"})
    assert "le numéro au registre" in as_read(waiting.text)
    assert client.post(url, data={"register_number": "2026-014"}).status_code == 302
    assert "Délibération nᵒ 2026-014" in as_read(client.get(f"/conseil/points/{point.id}").text)
    for one in (point, other):
        assert client.post(f"/conseil/points/{one.id}/vote", data={"unanimity": "1", "ballot": "show_of_hands"})
    session.expire_all()
    assert (first.number, second.number) == ("2026-014", "2026-015")
    assert "Une séance tenue après" not in as_read(client.get(f"/conseil/seances/{later.id}/soir").text)


@given(st.lists(st.tuples(DEEDS, st.integers(0, 5), st.integers(1, 8)), max_size=24))
@TRIES
def test_no_two_acts_of_one_register_share_a_number(session: Session, deeds: list[tuple[str, int, int]]) -> None:
    body = make_commune(session)
    days = (DAY + timedelta(days=14), DAY)
    meetings = [make_open_meeting(session, body, *(make_act(session, body) for _ in range(3)), day=day) for day in days]
    for deed, place, number in deeds:
        meeting = meeting_by_id(session, meetings[place // 3].id)
        assert meeting is not None
        try:
            _do(session, meeting, meeting.agenda[place % 3], deed, number)
            session.commit()
        except DomainError:
            session.rollback()
        held = session.scalars(select(Act).where(Act.body_id == body.id, Act.register_rank.is_not(None))).all()
        assert len({one.number for one in held}) == len(held)
        voted = session.scalars(select(Act).where(Act.body_id == body.id, Act.voted_on.is_not(None))).all()
        assert all(one.number for one in voted)


def _do(session: Session, meeting: Meeting, point: AgendaPoint, deed: str, number: int) -> None:
    late = {"by": BY, "at": at(DAY + timedelta(days=14), 22)}
    if deed == "vote":
        _vote(session, point, DAY + timedelta(days=14))
    elif deed == "number":
        numbering.give_number(session, point, str(number), **late)
    elif deed == "take back":
        mending.take_back_vote(session, point, "Le compte était faux.", **late)
    elif deed == "adjourn":
        voting.set_aside(session, point, "adjourned", "", **late)
    elif deed == "close":
        evening.close_meeting(session, meeting, "22:00", **late)
    else:
        mending.reopen_meeting(session, meeting, **late)


def test_an_item_without_a_deliberation_takes_no_number(session: Session) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body))
    point = meeting.agenda[0]
    point.act = None
    session.flush()
    with pytest.raises(BadMeeting, match="aucune délibération"):
        numbering.give_number(session, point, "1", by=BY, at=at(DAY))
