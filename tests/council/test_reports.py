"""The minutes hold the reports behind the deliberations; the register closes each meeting behind its own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from app.council.documents import meeting_paper, register_paper
from app.council.services import voting
from app.documents.textdoc import Heading, PageBreak, Paragraph, Signatures, plain
from tests.factories.council import BY, DAY, at, make_act, make_commune, make_open_meeting, today_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.council.models import Meeting
    from app.documents.textdoc import Block
    from app.printing import Paper

REPORT = "Contexte : quatre rencontres depuis 2021.\n\nProposition : voter la convention, sans dépense."


def _words(block: Block) -> str:
    return plain(block.words).replace("\N{NO-BREAK SPACE}", " ") if isinstance(block, Heading | Paragraph) else ""


def _said(paper: Paper) -> list[str]:
    return [_words(block) for block in paper.blocks]


def _vote_all(session: Session, meeting: Meeting, *, votes_for: int = 5) -> None:
    for point in meeting.agenda:
        command = voting.RecordVote(ballot="show_of_hands", votes_for=votes_for, votes_against=5 - votes_for)
        voting.record_vote(session, point, command, by=BY, at=at(today_of(meeting), 20))
    session.commit()


def test_the_minutes_hold_the_report_behind_a_deliberation_and_its_reasons(session: Session) -> None:
    body = make_commune(session)
    act = make_act(session, body, recitals=["que des liens unissent les deux villes ;", "l’avis du comité"])
    meeting = make_open_meeting(session, body, act)
    meeting.agenda[0].note = REPORT
    meeting.agenda[0].debate = "M. Fictif rappelle l’accueil de 2021."
    _vote_all(session, meeting)
    said = _said(meeting_paper(session, meeting, "proces-verbal"))
    number = act.number
    in_order = [
        "Rapport présenté au conseil",
        "Contexte : quatre rencontres depuis 2021.",
        "Proposition : voter la convention, sans dépense.",
        "Teneur des débats",
        f"Délibération nᵒ {number}.",
        "Considérant que des liens unissent les deux villes ;",
        "Considérant l’avis du comité ;",
        "Le conseil municipal décide :",
    ]
    assert [line for line in said if line in in_order] == in_order


def test_a_rejected_proposal_keeps_its_report_and_its_reasons_in_the_minutes(session: Session) -> None:
    body = make_commune(session)
    act = make_act(session, body, recitals=["que la dépense est trop forte ;"])
    meeting = make_open_meeting(session, body, act)
    _vote_all(session, meeting, votes_for=0)
    said = _said(meeting_paper(session, meeting, "proces-verbal"))
    assert "Une note." in said
    assert "Considérant que la dépense est trop forte ;" in said
    assert "Le conseil municipal n’adopte pas la proposition suivante :" in said


def test_an_item_without_report_or_reasons_has_no_empty_heading_for_them(session: Session) -> None:
    body = make_commune(session)
    act = make_act(session, body)
    meeting = make_open_meeting(session, body, act)
    meeting.agenda[0].note = " "
    _vote_all(session, meeting)
    said = _said(meeting_paper(session, meeting, "proces-verbal"))
    assert "Rapport présenté au conseil" not in said
    assert f"Délibération nᵒ {act.number}. Le conseil municipal décide :" in said


def test_an_item_that_was_adjourned_keeps_its_report_for_the_meeting_that_decides(session: Session) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body))
    voting.set_aside(session, meeting.agenda[0], "adjourned", "", by=BY, at=at(DAY, 20))
    assert "Une note." not in _said(meeting_paper(session, meeting, "proces-verbal"))


def test_the_register_closes_each_meeting_behind_its_own_deliberations(session: Session) -> None:
    body = make_commune(session)
    first = make_open_meeting(session, body, make_act(session, body), make_act(session, body))
    _vote_all(session, first)
    later = DAY + timedelta(days=60)
    second = make_open_meeting(session, body, make_act(session, body), day=later)
    _vote_all(session, second)
    paper = register_paper(session, body, DAY.year, at=at(later))
    headings = [_words(block) for block in paper.blocks if isinstance(block, Heading)]
    assert headings[2:] == [
        "Délibération nᵒ 2026-001",
        "Délibération nᵒ 2026-002",
        "Feuillet clôturant la séance du vendredi 11 septembre 2026",
        "Délibération nᵒ 2026-003",
        "Feuillet clôturant la séance du mardi 10 novembre 2026",
    ]
    sheets = [at for at, block in enumerate(paper.blocks) if _words(block).startswith("Feuillet clôturant")]
    for place, numbers in zip(sheets, ("nᵒˢ 2026-001, 2026-002.", "nᵒ 2026-003."), strict=True):
        assert isinstance(paper.blocks[place - 1], PageBreak)
        assert numbers in _words(paper.blocks[place + 1])
        assert isinstance(paper.blocks[place + 2], Signatures)


def test_two_meetings_of_one_day_are_each_closed_in_one_piece(session: Session) -> None:
    body = make_commune(session)
    meetings = [make_open_meeting(session, body, make_act(session, body), make_act(session, body)) for _ in range(2)]
    for turn in (0, 1):
        for meeting in meetings:
            command = voting.RecordVote(ballot="show_of_hands", votes_for=5)
            voting.record_vote(session, meeting.agenda[turn], command, by=BY, at=at(DAY, 20))
    session.commit()
    said = _said(register_paper(session, body, DAY.year, at=at(date(2026, 12, 31))))
    numbers = [line for line in said if line.startswith(("Délibérations nᵒˢ", "Délibération nᵒˢ"))]
    assert ["2026-001, 2026-003" in numbers[0], "2026-002, 2026-004" in numbers[1]] == [True, True]
