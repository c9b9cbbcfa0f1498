"""The verbs of the council: convening, voting, sealing, following an act to its signature."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from app.access.roles import Role
from app.bodies.models import Body, Function
from app.conventions import services as texts
from app.conventions.queries import document_of, versions_of
from app.conventions.services import keep_version
from app.council.actcase import act_case
from app.council.casework import judged, meeting_case
from app.council.documents.paper import signed_by_both
from app.council.documents.passed import mentions
from app.council.meter import in_force_on, meter_of
from app.council.models import ActEventKind, ActStatus, MeetingStatus, Outcome
from app.council.queries import act_by_id, interested_in, letters_of, overrides_of
from app.council.reckoning import delay_of, setting_of, standing_at
from app.council.sealing import seal_of
from app.council.services import (
    acts,
    appointing,
    candidacies,
    clearing,
    convening,
    correcting,
    evening,
    following,
    meetings,
    money,
    proxies,
    recalling,
    room,
    voting,
)
from app.council.services.convening import NotLawful
from app.council.services.meetings import BadMeeting, NotPossibleNow
from app.council.services.overriding import NoReason, Override, override_check
from app.council.spending import duties_of, year_of
from app.texts.wording import ArticleText
from tests.factories.bodies import make_body, make_mandate
from tests.factories.conventions import make_convention
from tests.factories.council import (
    BY,
    DAY,
    at,
    make_act,
    make_commune,
    make_meeting,
    make_open_meeting,
    make_subsidy,
    send,
)
from tests.factories.people import make_person
from tests.support.pages import as_read, clerk_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.council.models import Act, Meeting


def _vote(session: Session, meeting: Meeting, votes_for: int, votes_against: int = 0, **more: object) -> str:
    ballot = more.pop("ballot", "show_of_hands")
    command = voting.RecordVote(ballot=str(ballot), votes_for=votes_for, votes_against=votes_against, **more)  # type: ignore[arg-type]
    return voting.record_vote(session, meeting.agenda[0], command, by=BY, at=at(DAY, 20))


# --- the convocation ---


@pytest.mark.parametrize(
    ("population", "sent", "held", "met", "latest"),
    [
        (1850, date(2026, 9, 8), date(2026, 9, 11), False, date(2026, 9, 7)),  # worked example 3
        (1850, date(2026, 9, 7), date(2026, 9, 11), True, date(2026, 9, 7)),  # 4
        (6000, date(2026, 9, 4), date(2026, 9, 10), True, date(2026, 9, 4)),  # 5: the weekend counts
        (900, date(2026, 4, 30), date(2026, 5, 4), True, date(2026, 4, 30)),  # 6: so does the holiday
    ],
)
def test_the_delay_is_judged_by_clear_days(
    session: Session, population: int, sent: date, held: date, *, met: bool, latest: date
) -> None:
    body = make_commune(session, population=population)
    meeting = make_meeting(session, body, make_act(session, body), day=held)
    delay = delay_of(meeting, setting_of(body, None), sent)
    assert (delay.is_met, delay.latest_sending) == (met, latest)


def test_an_urgent_meeting_needs_one_clear_day_and_the_councils_ruling(session: Session) -> None:
    body = make_commune(session, population=6000)  # worked example 7
    held = date(2026, 11, 12)
    meeting = make_meeting(
        session, body, make_act(session, body), day=held, is_urgent=True, urgency_reason="Une délégation arrive."
    )
    send(session, meeting, date(2026, 11, 10))
    convening.convene(session, meeting, by=BY, at=at(date(2026, 11, 10)))
    seats = list(meeting.seats)
    evening.note_attendance(
        session,
        meeting,
        {seat.id: "present" for seat in seats},
        president=seats[0].id,
        secretary=seats[1].id,
        opened_at="",
        by=BY,
        at=at(held),
    )
    with pytest.raises(NotLawful, match="urgence"):
        evening.open_meeting(session, meeting, urgency_accepted=None, by=BY, at=at(held))
    evening.open_meeting(session, meeting, urgency_accepted=True, by=BY, at=at(held))
    assert meeting.status == MeetingStatus.OPEN


def test_an_urgency_that_the_council_refused_postpones_the_vote(session: Session) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body), is_urgent=True, urgency_reason="Une visite.")
    assert meeting.urgency_accepted is False
    with pytest.raises(NotLawful) as refused:
        _vote(session, meeting, 5)
    assert refused.value.check_id == "C02"


def test_a_convocation_a_day_too_short_is_refused_unless_somebody_answers_for_it(session: Session) -> None:
    body = make_commune(session)
    meeting = make_meeting(session, body, make_act(session, body))
    send(session, meeting, DAY - timedelta(days=3))
    with pytest.raises(NotLawful, match=r"Jours francs entre l’envoi et la séance.: 2") as refused:
        convening.convene(session, meeting, by=BY, at=at(DAY - timedelta(days=3)))
    assert refused.value.check_id == "C01"
    with pytest.raises(NoReason):
        override_check(
            session, body.id, Override(check_id="C01", reason="ok", meeting_id=meeting.id), by=BY, at=at(DAY)
        )
    command = Override(check_id="C01", reason="Tous ont renoncé au délai par écrit.", meeting_id=meeting.id)
    override_check(session, body.id, command, by=BY, at=at(DAY))
    convening.convene(session, meeting, by=BY, at=at(DAY - timedelta(days=3)))
    assert [one.author for one in overrides_of(session, meeting_id=meeting.id)] == [BY.name]


def test_the_note_is_due_from_the_threshold_on(session: Session) -> None:
    body = make_commune(session, population=3500)
    act = make_act(session, body)
    meeting = make_meeting(session, body)
    meetings.add_point(session, meeting, meetings.PointFacts(title="", act_id=act.id), by=BY, at=at(DAY))
    send(session, meeting, DAY - timedelta(days=10))
    with pytest.raises(NotLawful, match="note explicative"):
        convening.convene(session, meeting, by=BY, at=at(DAY - timedelta(days=10)))


def test_no_note_is_due_for_what_is_not_deliberated(session: Session) -> None:
    body = make_commune(session, population=12_000)
    meeting = make_meeting(session, body, make_act(session, body))  # with its note
    meetings.add_point(session, meeting, meetings.PointFacts(title="Informations du maire"), by=BY, at=at(DAY))
    send(session, meeting, DAY - timedelta(days=10))
    convening.convene(session, meeting, by=BY, at=at(DAY - timedelta(days=10)))
    told = judged(meeting_case(meeting, setting_of(body, None), on=DAY))
    assert told is not None
    found = next(one for one in told["checks"] if one["id"] == "C05")
    assert [one["status"] for one in found["cases"]] == ["not_applicable", "ok"]


def test_what_the_convocation_carried_is_frozen(session: Session) -> None:
    body = make_commune(session)
    act = make_act(session, body)
    meeting = make_meeting(session, body, act)
    send(session, meeting, DAY - timedelta(days=10))
    convening.convene(session, meeting, by=BY, at=at(DAY - timedelta(days=10)))
    assert act.status == ActStatus.CONVENED
    with pytest.raises(acts.ActIsVoted):
        acts.edit_act(session, act, acts.ActFacts(title="Autre"), by=BY, at=at(DAY))
    with pytest.raises(meetings.AgendaIsFrozen):
        meetings.add_point(session, meeting, meetings.PointFacts(title="En plus"), by=BY, at=at(DAY))
    facts = meetings.PointFacts(title="En plus", added_reason="Un courrier reçu hier.")
    added = meetings.add_point(session, meeting, facts, by=BY, at=at(DAY))
    assert added.id not in {row["point"] for row in meeting.convened_agenda}


def test_a_proof_may_come_later_but_never_another_day(session: Session) -> None:
    body = make_commune(session)
    meeting = make_meeting(session, body, make_act(session, body))
    send(session, meeting, DAY - timedelta(days=10))
    convening.convene(session, meeting, by=BY, at=at(DAY - timedelta(days=10)))
    seat = meeting.seats[0]
    later = convening.Dispatch(channel="hand", sent_on=DAY - timedelta(days=1), proof="signature")
    convening.record_dispatch(session, meeting, {seat.id: later}, posted_on=None, by=BY, at=at(DAY))
    assert (seat.proof, seat.sent_on) == ("signature", DAY - timedelta(days=10))


# --- the evening ---


def test_proxies_vote_but_never_make_a_quorum(session: Session) -> None:
    body = make_commune(session, members=19)  # worked examples 8 and 9, with other numbers
    meeting = make_open_meeting(session, body, make_act(session, body), absent=9)
    seats = list(meeting.seats)
    for giver, holder in zip(seats[10:14], seats[:4], strict=True):
        proxies.note_proxy(session, meeting, (giver, holder), is_written=True, illness=False, by=BY, at=at(DAY))
    standing = standing_at(meeting, meeting.agenda[0])
    assert (len(standing.present), standing.quorum, standing.voters, standing.has_quorum) == (10, 10, 14, True)
    room.note_movement(session, meeting.agenda[0], seats[9], "", by=BY, at=at(DAY))
    with pytest.raises(NotLawful, match="quorum") as refused:
        _vote(session, meeting, 13)
    assert refused.value.check_id == "C11"


@pytest.mark.parametrize("second", ["too_many", "given_twice", "to_oneself", "not_written"])
def test_a_proxy_that_the_law_refuses_is_refused(session: Session, second: str) -> None:
    body = make_commune(session, members=5)
    meeting = make_open_meeting(session, body, make_act(session, body), absent=2)
    first, holder, other, giver, another = meeting.seats
    del first
    proxies.note_proxy(session, meeting, (giver, holder), is_written=True, illness=False, by=BY, at=at(DAY))
    pair = {
        "too_many": (another, holder),  # worked example 14
        "given_twice": (giver, other),
        "to_oneself": (another, another),
        "not_written": (another, other),
    }[second]
    with pytest.raises(NotLawful) as refused:
        proxies.note_proxy(session, meeting, pair, is_written=second != "not_written", illness=False, by=BY, at=at(DAY))
    assert refused.value.check_id == "C13"
    assert len(meeting.proxies) == 1


def test_who_sits_there_gives_no_proxy_and_who_is_away_carries_none(session: Session) -> None:
    body = make_commune(session, members=5)
    meeting = make_open_meeting(session, body, make_act(session, body), absent=2)
    seats, facts = list(meeting.seats), {"is_written": True, "illness": False, "by": BY, "at": at(DAY)}
    for pair in ((seats[1], seats[2]), (seats[3], seats[4])):
        with pytest.raises(NotLawful) as refused:
            proxies.note_proxy(session, meeting, pair, reasons={"C13": "Tant pis."}, **facts)
        assert refused.value.check_id == "C13"
    assert not meeting.proxies
    room.note_movement(session, meeting.agenda[0], seats[4], "19:10", by=BY, at=at(DAY))
    proxies.note_proxy(session, meeting, (seats[3], seats[4]), **facts)
    assert len(meeting.proxies) == 1


def test_a_meeting_closes_after_it_opened_past_midnight_at_need(session: Session) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body))
    with pytest.raises(BadMeeting, match="avant d’avoir été ouverte"):
        evening.close_meeting(session, meeting, "18:00", by=BY, at=at(DAY, 22))
    evening.close_meeting(session, meeting, "0:30", by=BY, at=at(DAY, 22))
    assert meeting.closed_at == "00:30"


def test_a_withdrawal_may_break_the_quorum_of_one_item(session: Session) -> None:
    body = make_commune(session, population=300, members=11)  # worked example 15
    meeting = make_open_meeting(session, body, make_act(session, body), absent=5)
    room.note_recusal(session, meeting.agenda[0], meeting.seats[2], "préside le comité", by=BY, at=at(DAY))
    standing = standing_at(meeting, meeting.agenda[0])
    assert (len(standing.present), standing.quorum, standing.has_quorum) == (5, 6, False)
    assert standing_at(meeting, None).has_quorum


def test_whoever_withdraws_neither_gives_nor_holds_a_proxy(session: Session) -> None:
    body = make_commune(session, members=5)
    meeting = make_open_meeting(session, body, make_act(session, body), absent=1)
    proxies.note_proxy(
        session, meeting, (meeting.seats[4], meeting.seats[2]), is_written=True, illness=False, by=BY, at=at(DAY)
    )
    assert standing_at(meeting, meeting.agenda[0]).voters == 5
    room.note_recusal(session, meeting.agenda[0], meeting.seats[2], "", by=BY, at=at(DAY))
    assert standing_at(meeting, meeting.agenda[0]).voters == 3


def test_without_quorum_a_second_convocation_takes_up_the_same_items(session: Session) -> None:
    body = make_commune(session, members=5)
    act = make_act(session, body)
    monday = date(2026, 9, 14)
    first = make_meeting(session, body, act, day=monday)
    send(session, first, monday - timedelta(days=10))
    convening.convene(session, first, by=BY, at=at(monday - timedelta(days=10)))
    convening.note_no_quorum(session, first, by=BY, at=at(monday))
    facts = meetings.MeetingFacts(starts_at=at(date(2026, 9, 17)))
    second = recalling.call_second(session, first, facts, by=BY, at=at(monday))
    delay = delay_of(second, setting_of(body, None), monday)  # worked example 10
    assert (delay.is_met, delay.notice.earliest_meeting(monday)) == (False, date(2026, 9, 18))
    assert [point.title for point in second.agenda] == [point.title for point in first.agenda]
    assert not standing_at(second, None).needs_quorum
    with pytest.raises(NotPossibleNow, match="déjà préparée"):
        recalling.call_second(session, first, facts, by=BY, at=at(monday))


def test_a_second_convocation_follows_the_meeting_that_failed_and_takes_nothing_new(session: Session) -> None:
    body, monday = make_commune(session, members=5), date(2026, 9, 14)
    first = make_meeting(session, body, make_act(session, body), day=monday)
    send(session, first, monday - timedelta(days=10))
    convening.convene(session, first, by=BY, at=at(monday - timedelta(days=10)))
    convening.note_no_quorum(session, first, by=BY, at=at(monday))
    facts = meetings.MeetingFacts(starts_at=at(date(2026, 9, 18)))
    second = recalling.call_second(session, first, facts, by=BY, at=at(monday))
    convening.fill_seats(session, second)
    send(session, second, monday - timedelta(days=1))
    with pytest.raises(NotLawful, match="part après la séance sans quorum") as refused:
        convening.convene(session, second, by=BY, at=at(monday))
    assert refused.value.check_id == "C12"
    recalling.take_dispatch_back(session, second, by=BY, at=at(monday))
    new = meetings.add_point(session, second, meetings.PointFacts(title="Point neuf"), by=BY, at=at(monday))
    send(session, second, monday)
    with pytest.raises(NotLawful, match="Point neuf"):
        convening.convene(session, second, by=BY, at=at(monday))
    recalling.take_dispatch_back(session, second, by=BY, at=at(monday))
    meetings.withdraw_point(session, new, by=BY, at=at(monday))
    send(session, second, monday)
    convening.convene(session, second, by=BY, at=at(monday))


def test_a_vote_keeps_the_voters_that_it_was_counted_with(session: Session) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body), make_act(session, body), absent=1)
    _vote(session, meeting, 4)
    session.commit()
    absent, gone, giver = meeting.seats[3], meeting.seats[2], meeting.seats[4]
    said = {seat.id: "absent" if seat is absent else seat.attendance for seat in meeting.seats}
    roles = {"president": meeting.seats[0].id, "secretary": meeting.seats[1].id, "opened_at": "19:00"}
    with pytest.raises(NotPossibleNow, match="ses présents et ses représentés"):
        evening.note_attendance(session, meeting, said, **roles, by=BY, at=at(DAY, 20))
    session.rollback()
    with pytest.raises(NotPossibleNow, match="ses présents et ses représentés"):
        proxies.note_proxy(
            session, meeting, (giver, gone), since=meeting.agenda[0], is_written=True, illness=False, by=BY, at=at(DAY)
        )
    session.rollback()
    room.note_movement(session, meeting.agenda[1], gone, "20:10", by=BY, at=at(DAY, 20))
    assert [len(standing_at(meeting, point).present) for point in meeting.agenda] == [4, 3]
    leaver = (gone, meeting.seats[0])
    proxies.note_proxy(session, meeting, leaver, is_written=True, illness=False, by=BY, at=at(DAY, 20))
    assert [standing_at(meeting, point).voters for point in meeting.agenda] == [4, 4]


def test_the_mayor_signs_even_where_a_deputy_presided(session: Session) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body))
    mayor, deputy = meeting.seats[0], meeting.seats[2]
    mayor.presides, deputy.presides = False, True
    parties = [(one.party, one.name) for one in signed_by_both(session, meeting).signatures]
    assert parties[0] == ("Le maire", mayor.name)
    mayor.attendance = "absent"
    parties = [(one.party, one.name) for one in signed_by_both(session, meeting).signatures]
    assert parties[0] == ("Pour le maire empêché, qui a présidé la séance", deputy.name)


def test_a_namesake_on_the_committees_board_is_a_question_for_a_human(session: Session) -> None:
    body = make_commune(session, members=1)
    person = make_person(session, given_name="Claude", family_name="Échantillon")
    make_mandate(session, body, person, Function.COUNCILLOR)
    committee = make_body(session, "Comité fictif", "committee", parent_id=body.id)
    namesake = make_person(session, given_name="Claude", family_name="Échantillon")
    make_mandate(session, committee, namesake, Function.TREASURER)
    asked = interested_in(session, body.id, [person], [committee], on=DAY)
    assert [one.is_same for one in asked] == [None]
    pair = (person.id, namesake.id)
    meetings.decide_same_person(session, body.id, pair, is_same=True, name="Claude", by=BY, at=at(DAY))
    session.flush()
    assert [one.is_same for one in interested_in(session, body.id, [person], [committee], on=DAY)] == [True]


# --- the vote ---


def test_counts_that_do_not_add_up_are_refused_and_nobody_goes_past_it(session: Session) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body))
    with pytest.raises(NotLawful, match="Le compte n’y est pas") as refused:
        _vote(session, meeting, 3, 1)
    assert refused.value.check_id == "C14"
    with pytest.raises(NoReason, match="Aucun motif ne remplace un compte"):
        override_check(session, body.id, Override(check_id="C14", reason="Nous en sommes sûrs."), by=BY, at=at(DAY))


@pytest.mark.parametrize(
    ("ballot", "president", "expected"),
    [
        ("show_of_hands", "for", Outcome.ADOPTED),
        ("show_of_hands", "against", Outcome.REJECTED),
        ("secret", "", Outcome.REJECTED),
    ],
)
def test_a_tie_is_broken_by_the_president_except_in_secret(
    session: Session, ballot: str, president: str, expected: str
) -> None:
    body = make_commune(session)  # worked example 12, with other numbers
    meeting = make_open_meeting(session, body, make_act(session, body))
    assert _vote(session, meeting, 2, 2, abstentions=1, ballot=ballot, president_vote=president) == expected


def test_a_tie_without_the_presidents_vote_is_not_guessed(session: Session) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body))
    with pytest.raises(NotLawful) as refused:
        _vote(session, meeting, 2, 2, abstentions=1)
    assert refused.value.check_id == "C15"


def test_in_a_public_ballot_the_names_make_the_counts(session: Session) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body))
    senses = dict(zip([seat.id for seat in meeting.seats], ["for", "for", "against", "abstained", "for"], strict=True))
    with pytest.raises(meetings.BadMeeting, match="scrutin public"):
        _vote(session, meeting, 0, ballot="public", votes=dict(list(senses.items())[:3]))
    with pytest.raises(meetings.BadMeeting, match=r"3 pour et 1 contre.*4 pour et 1 contre"):
        _vote(session, meeting, 4, 1, ballot="public", votes=senses)
    with pytest.raises(meetings.BadMeeting, match="président"):
        _vote(session, meeting, 0, ballot="public", votes=senses, president_vote="against")
    assert _vote(session, meeting, 0, ballot="public", votes=senses) == Outcome.ADOPTED
    point = meeting.agenda[0]
    assert (point.votes_for, point.votes_against, point.abstentions, point.president_vote) == (3, 1, 1, "for")


def test_each_vote_takes_the_next_number_of_the_register(session: Session) -> None:
    body = make_commune(session)
    numbers = []
    for _ in range(2):
        act = make_act(session, body)
        meeting = make_open_meeting(session, body, act)
        _vote(session, meeting, 0, 5)
        numbers.append(act.number)
    assert numbers == ["2026-001", "2026-002"]


def test_what_was_voted_is_corrected_only_with_its_trace(session: Session) -> None:
    act = _adopted(session)
    with pytest.raises(acts.ActIsVoted):
        acts.edit_act(session, act, acts.ActFacts(title="Autre"), by=BY, at=at(DAY))
    following.transmit_act(session, act, DAY, "AR-1", by=BY, at=at(DAY))
    changes = {"receipt": "AR-2"}
    correcting.correct_act(session, act, changes, "Une faute de frappe dans l’accusé.", by=BY, at=at(DAY))
    assert (act.receipt, act.events[-1].before, act.events[-1].author) == ("AR-2", {"receipt": "AR-1"}, BY.name)


# --- after the vote ---


def _adopted(session: Session) -> Act:
    body = make_commune(session)
    act = make_act(session, body)
    meeting = make_open_meeting(session, body, act)
    _vote(session, meeting, 5)
    return act_by_id(session, act.id)  # type: ignore[return-value]


def test_an_act_binds_from_the_later_of_two_dates_in_any_order(session: Session) -> None:
    act = _adopted(session)  # worked example 16
    following.publish_act(session, act, date(2026, 9, 14), "electronic", by=BY, at=at(date(2026, 9, 14)))
    assert not meter_of(act, date(2026, 9, 15)).is_enforceable
    following.transmit_act(session, act, date(2026, 9, 16), "AR", by=BY, at=at(date(2026, 9, 16)))
    assert not meter_of(act, date(2026, 9, 15)).is_enforceable
    assert meter_of(act, date(2026, 9, 16)).is_enforceable
    assert meter_of(act, date(2026, 9, 16)).enforceable_from == date(2026, 9, 16)


def test_third_parties_have_two_clear_months(session: Session) -> None:
    act = _adopted(session)  # worked example 18
    following.publish_act(session, act, date(2026, 9, 15), "electronic", by=BY, at=at(date(2026, 9, 15)))
    ends = meter_of(act, date(2026, 9, 15)).recourse.third_parties
    assert ends is not None
    assert ends.day == date(2026, 11, 16)


def test_silence_on_an_appeal_refuses_it_and_starts_the_delay_again(session: Session) -> None:
    act = _adopted(session)
    following.publish_act(session, act, date(2026, 9, 15), "electronic", by=BY, at=at(date(2026, 9, 15)))
    following.transmit_act(session, act, date(2026, 9, 15), "AR", by=BY, at=at(date(2026, 9, 15)))
    following.note_event(
        session, act, ActEventKind.GRACIOUS_APPEAL, date(2026, 10, 10), "", by=BY, at=at(date(2026, 10, 10))
    )
    told = meter_of(act, date(2026, 10, 11))
    assert told.recourse.silence_refuses_on == date(2026, 12, 10)
    assert told.recourse.third_parties is not None
    assert told.recourse.third_parties.day == date(2027, 2, 11)
    assert told.recourse.final_on == date(2027, 2, 12)
    answer = judged(act_case(act, setting_of(act.body, None), on=date(2026, 10, 11)))
    assert answer is not None
    assert answer["results"]["acts"][0]["third_party_last_day"] == "2027-02-11"


def test_a_date_before_the_vote_or_ahead_of_today_is_refused(session: Session) -> None:
    act = _adopted(session)
    for day in (DAY - timedelta(days=1), DAY + timedelta(days=9)):
        with pytest.raises(acts.BadAct):
            following.transmit_act(session, act, day, "", by=BY, at=at(DAY + timedelta(days=1)))


@pytest.mark.parametrize("kind", [ActEventKind.ANNULMENT, ActEventKind.REVOCATION, ActEventKind.SUSPENSION])
def test_a_judgment_or_a_revocation_takes_the_force_away(session: Session, kind: ActEventKind) -> None:
    act = _adopted(session)
    for verb, word in ((following.transmit_act, "AR"), (following.publish_act, "electronic")):
        verb(session, act, DAY, word, by=BY, at=at(DAY))
    assert meter_of(act, DAY).is_enforceable
    following.note_event(session, act, kind, DAY + timedelta(days=2), "", by=BY, at=at(DAY + timedelta(days=3)))
    assert meter_of(act, DAY).is_enforceable
    assert not meter_of(act, DAY + timedelta(days=2)).is_enforceable


# --- the seal ---


def _voted_text(session: Session) -> Act:
    """A complete text, frozen, annexed, voted; the commune is that of the text."""
    text, _account = make_convention(session, languages=("fr",))
    body = text.bodies[0].body
    for number in range(4):
        make_mandate(session, body, make_person(session, family_name=f"Fictif {number}"), Function.COUNCILLOR)
    version = texts.keep_version(session, text, "Essai", by=BY, at=at(DAY - timedelta(days=30)))
    version.kind = "submitted"
    act = make_act(session, body, model="convention", convention_id=text.id, version_id=version.id)
    meeting = make_open_meeting(session, body, act)
    _vote(session, meeting, 5)
    for verb, word in ((following.transmit_act, "AR"), (following.publish_act, "electronic")):
        verb(session, act, DAY, word, by=BY, at=at(DAY))
    session.commit()
    return act_by_id(session, act.id)  # type: ignore[return-value]


def test_a_text_changed_after_the_vote_is_shown_and_may_not_be_signed(session: Session) -> None:
    act = _voted_text(session)
    assert seal_of(session, act).is_intact
    text = act.convention
    assert text is not None
    article = next(one for one in document_of(text).articles if one.level == "article")
    words = {"fr": ArticleText(heading="Objet", body="Tout autre chose.")}
    texts.edit_article(session, text, texts.EditArticle(article.id, words, text.revision), by=BY, at=at(DAY))
    seal = seal_of(session, act)
    assert not seal.is_intact
    assert [change.article for change in seal.changes] == [article.id]
    with pytest.raises(NotLawful) as refused:
        clearing.clear_signature(session, act, by=BY, at=at(DAY))
    assert refused.value.check_id == "SEAL"
    with pytest.raises(NotLawful, match="a changé depuis le vote"):
        following.note_event(session, act, "text_signed", DAY, "", by=BY, at=at(DAY))


def test_a_correction_that_makes_a_signature_too_early_is_told_and_takes_a_reason(session: Session) -> None:
    act, later = _voted_text(session), DAY + timedelta(days=1)
    clearing.clear_signature(session, act, by=BY, at=at(DAY))
    following.note_event(session, act, "text_signed", DAY, "", by=BY, at=at(DAY))
    changes = {"transmitted_on": later}
    with pytest.raises(NotLawful, match="n’était pas encore exécutoire ce jour-là") as refused:
        correcting.correct_act(session, act, changes, "L’accusé est du lendemain.", by=BY, at=at(later))
    assert refused.value.check_id == "C25"
    act.transmitted_on = DAY
    given = Override(check_id="C25", reason="Le texte est déjà signé.", sentence=str(refused.value), act_id=act.id)
    override_check(session, act.body_id, given, by=BY, at=at(later))
    correcting.correct_act(session, act, changes, "L’accusé est du lendemain.", by=BY, at=at(later))
    assert act.transmitted_on == later


def test_the_voted_text_is_cleared_word_for_word_once_nothing_blocks(session: Session) -> None:
    act = _voted_text(session)
    original = clearing.clear_signature(session, act, by=BY, at=at(DAY))
    assert (original.kind, original.sha256) == ("original", act.sealed_sha256)
    assert original.clearance["deliberation"].startswith(act.number)


def test_an_original_that_was_cleared_stays_the_text_to_sign_when_the_draft_changes(
    session: Session, sign_in: Callable[[Account], FlaskClient]
) -> None:
    act = _voted_text(session)
    clearing.clear_signature(session, act, by=BY, at=at(DAY))
    text = act.convention
    assert text is not None
    article = next(one for one in document_of(text).articles if one.level == "article")
    words = {"fr": ArticleText(heading="Objet", body="Tout autre chose.")}
    texts.edit_article(session, text, texts.EditArticle(article.id, words, text.revision), by=BY, at=at(DAY))
    session.commit()
    client, url = clerk_of(session, sign_in, act.body), f"/conseil/deliberations/{act.id}"
    page = as_read(client.get(url).text)
    assert "Le texte a changé depuis le vote." in page
    assert "L’original déjà autorisé est, mot pour mot, le texte que le conseil a voté" in page
    assert "La signature est suspendue" not in page
    following.note_event(session, act, "text_signed", DAY, "", by=BY, at=at(DAY))


def test_who_answers_for_a_changed_text_signs_what_was_voted_and_any_refusal_is_said(
    session: Session, sign_in: Callable[[Account], FlaskClient]
) -> None:
    act = _voted_text(session)
    text, version = act.convention, act.version
    assert text is not None
    assert version is not None
    article = next(one for one in document_of(text).articles if one.level == "article")
    words = {"fr": ArticleText(heading="Objet", body="Tout autre chose.")}
    texts.edit_article(session, text, texts.EditArticle(article.id, words, text.revision), by=BY, at=at(DAY))
    version.kind, number, convention_id = "draft", act.id, text.id
    session.commit()
    client = clerk_of(session, sign_in, act.body, Role.MAYOR)
    url = f"/conseil/deliberations/{number}/autoriser-la-signature"
    why = {"override_check": "SEAL", "override_reason": "L’ancien texte, et lui seul, engage la commune."}
    refused = client.post(url)
    page = as_read(refused.text)
    assert (refused.status_code, "Le sceau du texte voté s’y oppose" in page) == (422, True)
    assert "on signera alors le texte voté, mot pour mot, sans ce qui a changé" in page
    assert "seront écrits sur l’acte" in page
    refused = client.post(url, data=why)
    assert (refused.status_code, "Seul un projet figé complet" in as_read(refused.text)) == (422, True)
    session.expire_all()
    version.kind = "submitted"
    session.commit()
    assert client.post(url, data=why).status_code == 302
    session.expire_all()
    original = max(versions_of(session, convention_id), key=lambda one: one.number)
    assert (original.kind, original.sha256) == ("original", act.sealed_sha256)
    assert why["override_reason"] in as_read(client.get(f"/conseil/deliberations/{number}").text)
    printed = str(mentions(session, overrides_of(session, act_id=number), act=act))
    assert "reste, mot pour mot, le texte que le conseil municipal a voté" in printed
    assert "n’est plus, mot pour mot" not in printed


def test_an_aid_whose_act_has_a_convention_signed_must_annex_it(session: Session) -> None:
    body = make_commune(session)
    article = "Le maire est autorisé à signer la convention avec les amis de Nulle-Part."
    for articles, expected in (([article], "not_ok"), (["Une aide est attribuée."], "not_applicable")):
        act = make_act(session, body, model="subsidy", articles=articles)
        told = judged(act_case(act, setting_of(body, None), on=DAY))
        assert told is not None
        assert next(one["status"] for one in told["checks"] if one["id"] == "C21") == expected


# --- money ---


@pytest.mark.parametrize(("in_kind", "needed"), [(9000, True), (8000, False)])
def test_a_convention_is_due_above_the_threshold_not_at_it(session: Session, in_kind: int, *, needed: bool) -> None:
    body = make_commune(session)  # worked example 19
    aid = make_subsidy(session, body, cash=15_000, in_kind=in_kind)
    assert year_of([aid], on=DAY).needs_convention is needed
    duties = {duty.check_id: duty.state for duty in duties_of(aid, [aid], [aid], None, DAY)}
    assert duties["C42"] == ("stop" if needed else "done")
    assert (duties["C39"], duties["C41"], duties["C44"]) == ("stop", "stop", "wait")


def test_a_total_below_the_threshold_asks_for_what_is_given_in_kind(session: Session, app: Flask) -> None:
    body = make_commune(session)
    below = "ne dépasse pas le seuil"
    for in_kind, expected, state in ((None, "0 si rien ne l’est", "wait"), (0, below, "done"), (100, below, "done")):
        aid = make_subsidy(session, body, cash=15_000, in_kind=in_kind)
        (told,) = [one for one in duties_of(aid, [aid], [aid], None, DAY) if one.check_id == "C42"]
        with app.test_request_context():
            assert expected in str(told.sentence)
        assert told.state == state


def test_a_proxy_serves_three_meetings_in_a_row_and_no_more_without_illness(session: Session) -> None:
    body = make_commune(session)
    for number in range(4):
        day = DAY + timedelta(days=30 * number)
        meeting = make_open_meeting(session, body, make_act(session, body), day=day, absent=1)
        pair = (meeting.seats[4], meeting.seats[2])
        if number == 3:
            with pytest.raises(NotLawful, match="trois séances"):
                proxies.note_proxy(session, meeting, pair, is_written=True, illness=False, by=BY, at=at(day))
        proxies.note_proxy(session, meeting, pair, is_written=True, illness=number == 3, by=BY, at=at(day))
        evening.close_meeting(session, meeting, "", by=BY, at=at(day))
        session.commit()


def test_a_proxy_that_was_revoked_before_it_counted_is_no_meeting_of_the_three(session: Session) -> None:
    body = make_commune(session)
    for number in range(4):
        day = DAY + timedelta(days=30 * number)
        meeting = make_open_meeting(session, body, make_act(session, body), day=day, absent=1)
        pair = (meeting.seats[4], meeting.seats[2])
        given = proxies.note_proxy(session, meeting, pair, is_written=True, illness=False, by=BY, at=at(day))
        if number == 1:
            proxies.revoke_proxy(session, given, meeting.agenda[0], by=BY, at=at(day))
        evening.close_meeting(session, meeting, "", by=BY, at=at(day))
        session.commit()


def _payable(session: Session, body: Body, **dates: date | None) -> dict[str, Any]:
    """An aid that nothing keeps from being paid: voted, enforceable, with SIRET and contract."""
    days = {"voted_on": DAY, "transmitted_on": DAY, "published_on": DAY, **dates}
    act = make_act(session, body, model="subsidy", status="adopted", register_year=2026, register_rank=1, **days)
    committee = make_body(session, "Comité aidé", "committee", parent_id=body.id, siret="73282932000074")
    told = {"beneficiary_id": committee.id, "year": 2026, "purpose": "Accueil", "act_id": act.id}
    return {**told, "contract_signed_on": DAY - timedelta(days=30)}


@pytest.mark.parametrize(
    ("without", "check_id", "said"),
    [
        ({"act_id": None}, "C38", "Versée sans qu’une délibération soit notée"),
        ({"siret": ""}, "C39", "Le SIRET de l’association n’est pas noté"),
        ({"siret": "73282932000075"}, "C39", "est faux"),
        ({"contract_signed_on": None}, "C41", "Contrat d’engagement républicain"),
    ],
)
def test_nothing_is_paid_without_its_vote_siret_and_contract_unless_somebody_answers_for_it(
    session: Session, without: dict[str, Any], check_id: str, said: str
) -> None:
    body = make_commune(session)
    facts = {**_payable(session, body), "cash": Decimal(500), **without}
    siret = facts.pop("siret", None)
    if siret is not None:
        session.get_one(Body, facts["beneficiary_id"]).siret = siret
    unpaid = money.note_subsidy(session, body.id, money.SubsidyFacts(**facts), by=BY, at=at(DAY))
    paid = money.SubsidyFacts(**facts, paid_on=DAY)
    session.commit()
    for refuse in (
        lambda: money.note_subsidy(session, body.id, paid, by=BY, at=at(DAY)),
        lambda: money.edit_subsidy(session, unpaid, paid, revision=unpaid.revision, by=BY, at=at(DAY)),
    ):
        with pytest.raises(NotLawful, match=said) as refused:
            refuse()
        assert refused.value.check_id == check_id
        session.rollback()
    reasons = {check_id: "Versée par erreur, le trésorier est prévenu."}
    kept = money.note_subsidy(session, body.id, paid, reasons=reasons, by=BY, at=at(DAY))
    assert [(one.check_id, one.author) for one in overrides_of(session, subsidy_id=kept.id)] == [(check_id, BY.name)]


def test_an_aid_of_before_the_republican_contract_is_paid_without_it(session: Session) -> None:
    body, day = make_commune(session), date(2021, 3, 1)
    facts = _payable(session, body, voted_on=day, transmitted_on=day, published_on=day)
    told = {**facts, "year": 2021, "contract_signed_on": None, "cash": Decimal(500), "paid_on": day}
    kept = money.note_subsidy(session, body.id, money.SubsidyFacts(**told), by=BY, at=at(DAY))
    states = {one.check_id: one.state for one in duties_of(kept, [kept], [], None, DAY)}
    assert (states["C38"], states["C39"], states["C41"]) == ("done", "done", "done")


def test_above_the_threshold_nothing_is_paid_before_the_convention_unless_somebody_answers_for_it(
    session: Session,
) -> None:
    body = make_commune(session)
    facts = {**_payable(session, body), "paid_on": DAY}
    exact = money.SubsidyFacts(**facts, cash=Decimal(14000), in_kind=Decimal(9000))
    money.note_subsidy(session, body.id, exact, by=BY, at=at(DAY))
    more = money.SubsidyFacts(**facts, cash=Decimal("0.01"))
    with pytest.raises(NotLawful, match="la convention se signe avant") as refused:
        money.note_subsidy(session, body.id, more, by=BY, at=at(DAY))
    assert refused.value.check_id == "C42"
    reasons = {"C42": "Versée par erreur, le trésorier est prévenu."}
    kept = money.note_subsidy(session, body.id, more, reasons=reasons, by=BY, at=at(DAY))
    assert [one.author for one in overrides_of(session, subsidy_id=kept.id)] == [BY.name]


def test_an_aid_is_paid_once_its_vote_binds(session: Session) -> None:
    body = make_commune(session)
    facts = {**_payable(session, body, transmitted_on=None), "cash": Decimal(100)}
    early = money.SubsidyFacts(**{**facts, "paid_on": DAY, "contract_signed_on": DAY + timedelta(days=1)})
    with pytest.raises(NotLawful, match="avant que la délibération 2026-001 soit exécutoire") as refused:
        money.note_subsidy(session, body.id, early, by=BY, at=at(DAY + timedelta(days=1)))
    assert refused.value.check_id == "C38"
    reasons = {"C38": "Acompte décidé dans l’urgence par le maire.", "C41": "Le contrat était promis par courriel."}
    kept = money.note_subsidy(session, body.id, early, reasons=reasons, by=BY, at=at(DAY + timedelta(days=1)))
    assert [one.check_id for one in overrides_of(session, subsidy_id=kept.id)] == ["C38", "C41"]
    states = {one.check_id: one.state for one in duties_of(kept, [kept], [], None, DAY)}
    assert (states["C38"], states["C41"]) == ("done", "stop")  # the contract came after the award


def _designation(session: Session, *, absent: int = 0) -> Meeting:
    body = make_commune(session)
    act = make_act(session, body, model="representatives", articles=["Le conseil désigne.", "Transmise."])
    return make_open_meeting(session, body, act, absent=absent)


def _round(session: Session, meeting: Meeting, blank: int = 0, **votes: int) -> object:
    told = appointing.BallotRound(votes=votes, blank=blank)
    return appointing.record_round(session, meeting.agenda[0], told, by=BY, at=at(DAY, 20))


def test_a_designation_takes_three_rounds_and_the_elder_in_a_tie(session: Session) -> None:
    meeting = _designation(session, absent=1)
    point = meeting.agenda[0]
    names = candidacies.read_candidates("Jeune ; 31\nAînée ; 67\n")
    candidacies.note_candidates(session, point, candidacies.Candidacies(names=names), by=BY, at=at(DAY, 20))
    with pytest.raises(NotLawful, match="5 bulletins et refus de vote pour 4 votants"):
        _round(session, meeting, Jeune=5)
    for _number in range(2):
        _round(session, meeting, Jeune=2, Aînée=2)
        assert point.outcome == Outcome.UNSAID
    _round(session, meeting, Jeune=2, Aînée=2)
    assert (point.outcome, point.appointment["elected"], point.ballot) == (Outcome.ADOPTED, ["Aînée"], "secret")
    act = point.act
    assert act is not None
    assert act.number == "2026-001"
    assert (
        act.articles[1].replace("\N{NO-BREAK SPACE}", " ")
        == "Est désigné : Aînée (au troisième tour, à égalité de voix, au bénéfice de l’âge)."
    )
    told = meeting_case(meeting, setting_of(meeting.body, None), on=DAY)
    found = {one["id"]: one for one in judged(told)["checks"]}  # type: ignore[index]
    assert found["C15"]["status"] == "ok"
    assert found["C16"]["status"] == "ok"
    with pytest.raises(NotPossibleNow):
        _round(session, meeting, Jeune=4)


def test_a_majority_settles_a_designation_and_one_candidate_a_seat_needs_no_vote(session: Session) -> None:
    meeting = _designation(session)
    point = meeting.agenda[0]
    names = candidacies.read_candidates("A\nB")
    candidacies.note_candidates(session, point, candidacies.Candidacies(names=names), by=BY, at=at(DAY, 20))
    _round(session, meeting, blank=3, A=2, B=0)
    assert point.appointment["elected"] == ["A"]  # two of two votes cast: blank papers are none
    other = _designation(session)
    single = candidacies.Candidacies(names=[("A", None), ("B", None)], seats=2)
    candidacies.note_candidates(session, other.agenda[0], single, by=BY, at=at(DAY, 20))
    with pytest.raises(NotPossibleNow, match="immédiate"):
        _round(session, other, A=5)
    appointing.appoint_at_once(session, other.agenda[0], by=BY, at=at(DAY, 20))
    assert other.agenda[0].appointment["elected"] == ["A", "B"]


@pytest.mark.parametrize("text", ["", "A ; vieux", "A\nA", "A ; 7"])
def test_candidates_that_cannot_be_read_are_said_at_once(text: str) -> None:
    with pytest.raises(BadMeeting):
        candidacies.read_candidates(text)


def _binding(session: Session) -> Act:
    text, _account = make_convention(session, languages=("fr",))
    body = text.bodies[0].body
    version = keep_version(session, text, "Essai", by=BY, at=at(DAY))
    return make_act(
        session, body, model="convention", status="adopted", voted_on=DAY, convention_id=text.id,
        version_id=version.id, sealed_sha256=version.sha256,
    )  # fmt: skip


def test_a_text_is_signed_once_its_act_binds_and_binds_once_it_is_transmitted_signed(session: Session) -> None:
    act, soon = _binding(session), DAY + timedelta(days=10)
    with pytest.raises(NotLawful, match="ne peut pas encore signer") as refused:
        following.note_event(session, act, ActEventKind.TEXT_SIGNED, DAY, "", by=BY, at=at(soon))
    assert refused.value.check_id == "C25"
    act.transmitted_on, act.published_on = DAY + timedelta(days=4), DAY + timedelta(days=2)
    with pytest.raises(NotLawful):
        following.note_event(session, act, ActEventKind.TEXT_SIGNED, DAY + timedelta(days=3), "", by=BY, at=at(soon))
    with pytest.raises(acts.BadAct):
        following.note_event(session, act, ActEventKind.TEXT_TRANSMITTED, soon, "", by=BY, at=at(soon))
    following.note_event(session, act, ActEventKind.TEXT_SIGNED, DAY + timedelta(days=5), "", by=BY, at=at(soon))
    assert in_force_on(act) is None
    following.note_event(session, act, ActEventKind.TEXT_TRANSMITTED, DAY + timedelta(days=8), "", by=BY, at=at(soon))
    assert in_force_on(act) == DAY + timedelta(days=8)  # worked example 17
    found = judged(act_case(act, setting_of(act.body, None), on=soon))
    assert found is not None
    assert {one["id"]: one["status"] for one in found["checks"]}["C27"] == "ok"


def test_papers_that_the_prefect_asks_for_restart_the_two_months_once_they_are_given(session: Session) -> None:
    act = make_act(session, make_commune(session), status="adopted", voted_on=DAY)
    act.transmitted_on = act.published_on = date(2026, 9, 16)
    assert meter_of(act, DAY).recourse.prefect.day == date(2026, 11, 17)  # type: ignore[union-attr]
    with pytest.raises(acts.BadAct):
        following.note_event(session, act, "papers_given", date(2026, 10, 20), "", by=BY, at=at(date(2026, 10, 20)))
    following.note_event(session, act, "papers_asked", date(2026, 10, 1), "", by=BY, at=at(date(2026, 10, 20)))
    assert meter_of(act, DAY).recourse.prefect is None
    following.note_event(session, act, "papers_given", date(2026, 10, 20), "", by=BY, at=at(date(2026, 10, 20)))
    assert meter_of(act, DAY).recourse.prefect.day == date(2026, 12, 21)  # type: ignore[union-attr]


def test_who_signs_instead_of_the_mayor_needs_an_order_that_binds(session: Session) -> None:
    act = _binding(session)
    with pytest.raises(acts.BadAct, match="arrêté"):
        following.name_signatory(session, act, following.Signatory(name="Ada", capacity="deputy"), by=BY, at=at(DAY))
    told = following.Signatory(
        name="Ada Fictive", capacity="deputy", number="2026-12", decided_on=DAY, transmitted_on=DAY, published_on=DAY
    )
    following.name_signatory(session, act, told, by=BY, at=at(DAY))
    case = act_case(act, setting_of(act.body, None), on=DAY)
    assert case["texts"][0]["signatory"]["delegation_number"] == "2026-12"
    following.name_signatory(session, act, following.Signatory(name="", capacity="mayor"), by=BY, at=at(DAY))
    assert act.signatory == {}


def test_a_proxy_that_the_law_refuses_counts_once_somebody_answers_for_it(session: Session) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body), absent=2)
    seats, facts = list(meeting.seats), {"is_written": True, "illness": False, "by": BY, "at": at(DAY)}
    proxies.note_proxy(session, meeting, (seats[3], seats[0]), **facts)
    with pytest.raises(NotLawful):
        proxies.note_proxy(session, meeting, (seats[4], seats[0]), **facts)
    reasons = {"C13": "Le conseil l’a admise à l’unanimité."}
    proxies.note_proxy(session, meeting, (seats[4], seats[0]), reasons=reasons, **facts)
    assert standing_at(meeting, None).voters == 5
    assert [one.check_id for one in overrides_of(session, meeting_id=meeting.id)] == ["C13"]
    with pytest.raises(NotLawful):
        proxies.note_proxy(session, meeting, (seats[1], seats[1]), reasons=reasons, **facts)


def test_the_convocation_goes_by_mail_and_its_letter_is_the_proof(session: Session) -> None:
    body = make_commune(session)
    meeting = make_meeting(session, body, make_act(session, body))
    for seat in meeting.seats[1:]:
        seat.address = f"conseil{seat.id}@exemple.test"
    sent = at(DAY - timedelta(days=8))
    missing = convening.mail_convocation(session, meeting, by=BY, at=sent)
    assert missing == [meeting.seats[0].name]
    letters = letters_of(session, meeting)
    assert len(letters) == 4
    letter = letters[meeting.seats[1].letter]
    assert "1. Délibération d’essai" in letter.text
    assert "Une note." in letter.text
    assert {seat.sent_on for seat in meeting.seats[1:]} == {DAY - timedelta(days=8)}
    assert convening.mail_convocation(session, meeting, by=BY, at=sent) == missing  # nobody gets it twice
    assert len(letters_of(session, meeting)) == 4
    with pytest.raises(BadMeeting):
        convening.mail_convocation(session, meeting, by=BY, at=at(DAY))


def test_items_of_a_common_object_take_one_vote_where_the_same_people_vote(session: Session) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, *(make_act(session, body) for _ in range(3)))
    first, second, third = meeting.agenda
    room.note_recusal(session, third, meeting.seats[4], "trésorier", by=BY, at=at(DAY, 20))
    command = voting.RecordVote(ballot="show_of_hands", votes_for=5)
    with pytest.raises(BadMeeting, match="votez-le à part"):
        voting.record_votes(session, first, [second, third], command, by=BY, at=at(DAY, 20))
    assert voting.record_votes(session, first, [second], command, by=BY, at=at(DAY, 20)) == Outcome.ADOPTED
    assert (second.outcome, second.voted_with_id, third.outcome) == (Outcome.ADOPTED, first.id, Outcome.UNSAID)
    found = judged(meeting_case(meeting, setting_of(meeting.body, None), on=DAY))
    assert found is not None
    assert {one["id"]: one["status"] for one in found["checks"]}["C20"] == "ok"


def test_two_councillors_of_one_name_are_two_for_the_checks(session: Session) -> None:
    body = make_commune(session, members=5)
    meeting = make_open_meeting(session, body, make_act(session, body))
    for seat in meeting.seats[3:]:
        seat.name = "Jean Fictif"
    answer = judged(meeting_case(meeting, setting_of(body, None), on=DAY))
    assert answer is not None
    assert answer["results"]["meeting"]["present"] == 5
    assert answer["results"]["council"]["members_in_office"] == 5
