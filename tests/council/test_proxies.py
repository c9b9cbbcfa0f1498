"""Proxies in the course of an evening: given, ended, revoked and given again; at no item does anybody count twice."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from app.council.casework import judged, meeting_case
from app.council.documents import meeting_paper
from app.council.models import BallotKind, MovementKind
from app.council.moving import room_at, vacant_at
from app.council.reckoning import setting_of, standing_at
from app.council.services import evening, proxies, room, voting
from app.council.services.convening import NotLawful
from app.documents.textdoc import Paragraph, plain
from app.shared.errors import DomainError
from tests.factories.council import BY, DAY, at, make_act, make_commune, make_open_meeting
from tests.support.pages import as_read, clerk_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.council.models import AgendaPoint, Meeting, Proxy, Seat

    SignIn = Callable[[Account], FlaskClient]


def the_meeting(session: Session, *, members: int = 11, items: int = 3, absent: int = 3) -> Meeting:
    """An evening with several items, the last ones of the table not there."""
    body = make_commune(session, members=members, population=700)
    return make_open_meeting(session, body, *(make_act(session, body) for _ in range(items)), absent=absent)


def gives(session: Session, giver: Seat, holder: Seat, since: AgendaPoint | None = None) -> Proxy:
    """A written proxy, noted at an item or at the one in hand."""
    made = proxies.note_proxy(
        session, giver.meeting, (giver, holder), is_written=True, illness=False, since=since, by=BY, at=at(DAY)
    )
    session.commit()
    return made


def moves(session: Session, seat: Seat, point: AgendaPoint, kind: MovementKind | None = None) -> None:
    """Somebody comes or goes before an item."""
    room.note_movement(session, point, seat, "", kind=kind, by=BY, at=at(DAY))
    session.commit()


def votes(session: Session, point: AgendaPoint) -> None:
    """Everybody who may votes for it."""
    counted = standing_at(point.meeting, point).voters
    told = voting.RecordVote(ballot=BallotKind.SHOW_OF_HANDS, votes_for=counted)
    voting.record_vote(session, point, told, by=BY, at=at(DAY, 20))
    session.commit()


def pairs(meeting: Meeting, point: AgendaPoint | None) -> list[tuple[int, int]]:
    """Who is represented by whom at an item, by their places in the table."""
    place = {seat.id: number for number, seat in enumerate(meeting.seats)}
    return [(place[one.giver_id], place[one.holder_id]) for one in standing_at(meeting, point).represented]


def minutes_of(session: Session, meeting: Meeting) -> str:
    """The minutes as one line."""
    session.expire_all()
    blocks = meeting_paper(session, meeting, "proces-verbal").blocks
    return as_read(" ".join(plain(one.words) for one in blocks if isinstance(one, Paragraph)))


def c13_of(meeting: Meeting) -> list[str]:
    """How the law's check of the proxies judges what was recorded."""
    case = meeting_case(meeting, setting_of(meeting.body, None), runs={}, on=DAY)
    told = judged(case)
    assert told is not None
    return [one["status"] for one in told["checks"] if one["id"] in {"C13", "C14"}]


def test_whose_holder_left_the_council_gives_a_second_proxy_and_the_vote_keeps_its_count(
    session: Session, sign_in: SignIn
) -> None:
    meeting, client = the_meeting(session), None
    seats, (first, second, third) = list(meeting.seats), meeting.agenda
    gives(session, seats[9], seats[0])
    gives(session, seats[10], seats[1])
    votes(session, first)
    client = clerk_of(session, sign_in, meeting.body)
    url = f"/conseil/points/{second.id}"

    # 9 dies: whoever carried his proxy may carry another one
    client.post(f"{url}/mouvement", data={"mover": f"{seats[9].id} vacancy"})
    carried = client.post(f"{url}/procuration", data={"giver": seats[8].id, "holder": seats[0].id, "written": "oui"})
    assert carried.status_code == 302
    # 1 dies: whoever gave him a proxy gives another one
    client.post(f"{url}/mouvement", data={"mover": f"{seats[1].id} vacancy"})
    given = client.post(f"{url}/procuration", data={"giver": seats[10].id, "holder": seats[2].id, "written": "oui"})
    assert given.status_code == 302

    session.expire_all()
    assert [pairs(meeting, point) for point in (first, second, third)] == [
        [(9, 0), (10, 1)],
        [(8, 0), (10, 2)],
        [(8, 0), (10, 2)],
    ]
    assert "Présents : 7. Représentés : 2. Votants : 9." in as_read(client.get(url).text)
    sheet = as_read(client.get(f"/conseil/seances/{meeting.id}/soir").text)
    assert f"{seats[10].name} a donné procuration à {seats[1].name} ne compte plus à partir du point 2" in sheet
    assert f"{seats[10].name} a donné procuration à {seats[2].name} à partir du point 2" in sheet
    words = minutes_of(session, meeting)
    for told in (
        f"Procurations : {seats[9].name} à {seats[0].name} ; {seats[10].name} à {seats[1].name}.",
        f"{seats[9].name} n’est plus membre du conseil ; la procuration donnée à {seats[0].name} prend fin.",
        f"{seats[1].name} n’est plus membre du conseil ; la procuration de {seats[10].name} n’est plus portée.",
        f"{seats[8].name} donne procuration à {seats[0].name} à compter de cette affaire.",
        f"{seats[10].name} donne procuration à {seats[2].name} à compter de cette affaire.",
    ):
        assert words.count(told) == 1
    assert set(c13_of(meeting)) == {"ok"}


def test_whose_holder_went_out_gives_a_second_proxy_and_the_first_does_not_come_back_with_him(
    session: Session,
) -> None:
    meeting = the_meeting(session)
    seats, (first, second, third) = list(meeting.seats), meeting.agenda
    gives(session, seats[10], seats[3])
    votes(session, first)
    moves(session, seats[3], second)

    gives(session, seats[10], seats[4])
    votes(session, second)
    moves(session, seats[3], third)

    assert [pairs(meeting, point) for point in (first, second, third)] == [[(10, 3)], [(10, 4)], [(10, 4)]]
    words = minutes_of(session, meeting)
    assert f"{seats[3].name} quitte la séance ; la procuration de {seats[10].name} n’est plus portée." in words
    assert f"{seats[10].name} donne procuration à {seats[4].name} à compter de cette affaire." in words
    assert f"{seats[3].name} revient en séance." in words
    assert set(c13_of(meeting)) == {"ok"}


def test_whoever_goes_out_with_a_proxy_brings_it_back_where_no_other_was_given(session: Session) -> None:
    meeting = the_meeting(session)
    seats, (first, second, third) = list(meeting.seats), meeting.agenda
    gives(session, seats[10], seats[3])
    votes(session, first)
    moves(session, seats[3], second)
    votes(session, second)
    moves(session, seats[3], third)
    assert [pairs(meeting, point) for point in (first, second, third)] == [[(10, 3)], [], [(10, 3)]]
    assert set(c13_of(meeting)) == {"ok"}


def test_whose_giver_came_in_carries_another_and_the_giver_who_leaves_gives_anew(session: Session) -> None:
    meeting = the_meeting(session)
    seats, (first, second, third) = list(meeting.seats), meeting.agenda
    gives(session, seats[10], seats[3])
    votes(session, first)
    moves(session, seats[10], second)
    gives(session, seats[9], seats[3])
    votes(session, second)
    moves(session, seats[10], third)
    assert pairs(meeting, third) == [(9, 3)]  # nobody wrote that the first proxy holds again

    gives(session, seats[10], seats[5])

    assert [pairs(meeting, point) for point in (first, second, third)] == [[(10, 3)], [(9, 3)], [(9, 3), (10, 5)]]
    words = minutes_of(session, meeting)
    assert f"{seats[10].name} arrive ; la procuration donnée à {seats[3].name} prend fin." in words
    assert f"{seats[9].name} donne procuration à {seats[3].name} à compter de cette affaire." in words
    assert f"{seats[10].name} quitte la séance et donne procuration à {seats[5].name}." in words
    assert set(c13_of(meeting)) == {"ok"}


def test_an_arrival_taken_back_lets_the_proxy_hold_on(session: Session) -> None:
    meeting = the_meeting(session)
    seats, (first, second, _third) = list(meeting.seats), meeting.agenda
    gives(session, seats[10], seats[3])
    votes(session, first)
    moves(session, seats[10], second)
    assert meeting.proxies[0].until_id == second.id
    room.erase_movement(session, seats[10].movements[0], by=BY, at=at(DAY))
    assert pairs(meeting, second) == [(10, 3)]


def test_a_proxy_that_served_is_revoked_from_the_item_in_hand_and_another_one_given(
    session: Session, sign_in: SignIn
) -> None:
    meeting = the_meeting(session)
    seats, (first, second, third) = list(meeting.seats), meeting.agenda
    served = gives(session, seats[10], seats[3])
    client, sheet = clerk_of(session, sign_in, meeting.body), f"/conseil/seances/{meeting.id}/soir"
    anew = {"giver": seats[10].id, "holder": seats[4].id, "written": "oui"}
    early = client.post(f"{sheet}/procurations", data=anew)
    assert "aucun vote n’est encore consigné avec elle" in as_read(early.text)
    assert "Révoquer" not in as_read(early.text), "nothing to revoke where nothing was voted: it is removed"
    votes(session, first)

    refused = client.post(f"{sheet}/procurations", data=anew)
    assert refused.status_code == 422
    told = f"{seats[10].name} a déjà donné procuration à {seats[3].name}. Si cette personne l’a révoquée, pressez"
    assert told in as_read(refused.text)
    page = client.get(sheet).text
    assert f"/conseil/procurations/{served.id}/revoquer" in page
    assert f"/conseil/procurations/{served.id}/retirer" not in page
    assert "qui ne compte plus à partir du point 2" in as_read(page)
    assert client.post(f"/conseil/procurations/{served.id}/revoquer").status_code == 302
    session.expire_all()
    assert [pairs(meeting, point) for point in (first, second)] == [[(10, 3)], []]
    assert client.post(f"/conseil/procurations/{served.id}/retablir").status_code == 302  # it was a slip
    session.expire_all()
    assert pairs(meeting, second) == [(10, 3)]
    client.post(f"/conseil/procurations/{served.id}/revoquer")
    assert client.post(f"{sheet}/procurations", data=anew).status_code == 302

    session.expire_all()
    assert [pairs(meeting, point) for point in (first, second, third)] == [[(10, 3)], [(10, 4)], [(10, 4)]]
    late = client.post(f"/conseil/procurations/{served.id}/retablir")
    assert late.status_code == 422
    assert "une autre a pris sa place" in as_read(late.text)
    kept = client.post(f"/conseil/procurations/{served.id}/retirer")
    assert "elle reste au procès-verbal. Si elle est révoquée, pressez « Révoquer »" in as_read(kept.text)
    words = minutes_of(session, meeting)
    revoked = f"{seats[10].name} révoque la procuration donnée à {seats[3].name} ; elle ne compte plus à compter de"
    begun = f"{seats[10].name} donne procuration à {seats[4].name} à compter de cette affaire."
    assert words.index(revoked) < words.index(begun)
    assert set(c13_of(meeting)) == {"ok"}


def test_a_proxy_is_revoked_on_the_page_of_an_item_and_its_holder_carries_another_one(
    session: Session, sign_in: SignIn
) -> None:
    meeting = the_meeting(session)
    seats, (first, second, third) = list(meeting.seats), meeting.agenda
    served = gives(session, seats[10], seats[3])
    votes(session, first)
    client, url = clerk_of(session, sign_in, meeting.body), f"/conseil/points/{third.id}"
    which = f"(procuration de {seats[10].name} à {seats[3].name})"
    assert f"Révoquer à partir de ce point {which}" in as_read(client.get(url).text), "told apart from its like"
    assert f"Révoquer {which}" in as_read(client.get(f"/conseil/seances/{meeting.id}/soir").text)
    assert client.post(f"{url}/procuration/revoquer", data={"revoked": served.id}).status_code == 302
    other = {"giver": seats[9].id, "holder": seats[3].id, "written": "oui"}
    early = client.post(f"/conseil/points/{second.id}/procuration", data=other)
    assert f"{seats[3].name} porte déjà la procuration donnée par {seats[10].name}" in as_read(early.text)
    assert client.post(f"{url}/procuration", data=other).status_code == 302
    session.expire_all()
    assert [pairs(meeting, point) for point in (first, second, third)] == [[(10, 3)], [(10, 3)], [(9, 3)]]
    votes(session, second)
    late = client.post(f"/conseil/points/{second.id}/procuration/revoquer", data={"revoked": served.id})
    assert late.status_code == 422
    gone = client.post(f"{url}/procuration/revoquer", data={"revoked": 999})
    assert (gone.status_code, "Cette procuration n’est plus notée" in as_read(gone.text)) == (422, True)


def test_nobody_who_went_out_takes_a_proxy_and_nobody_who_left_the_council_gives_one(session: Session) -> None:
    meeting = the_meeting(session)
    seats, (first, second, _third) = list(meeting.seats), meeting.agenda
    moves(session, seats[3], first)
    moves(session, seats[10], first, MovementKind.VACANCY)
    with pytest.raises(NotLawful, match="doit être présente"):
        gives(session, seats[9], seats[3], second)
    with pytest.raises(DomainError, match="n’est plus membre du conseil à ce point"):
        gives(session, seats[10], seats[4], second)


def test_the_minutes_part_a_proxy_that_was_revoked_from_the_next_one_of_its_holder(session: Session) -> None:
    meeting = the_meeting(session)
    seats, (first, second, _third) = list(meeting.seats), meeting.agenda
    served = gives(session, seats[10], seats[3])
    votes(session, first)
    proxies.revoke_proxy(session, served, second, by=BY, at=at(DAY))
    moves(session, seats[5], second)
    gives(session, seats[5], seats[3], second)
    words = minutes_of(session, meeting)
    revoked = f"{seats[10].name} révoque la procuration donnée à {seats[3].name}"
    left = f"{seats[5].name} quitte la séance et donne procuration à {seats[3].name}."
    assert words.index(revoked) < words.index(left)
    assert words.count(f"à {seats[3].name}") == 3  # at the opening, revoked, given anew


def test_the_minutes_tell_a_proxy_revoked_while_its_holder_is_out(session: Session) -> None:
    meeting = the_meeting(session)
    seats, (first, second, third) = list(meeting.seats), meeting.agenda
    served = gives(session, seats[10], seats[3])
    votes(session, first)
    moves(session, seats[3], second)
    votes(session, second)
    proxies.revoke_proxy(session, served, third, by=BY, at=at(DAY))
    moves(session, seats[3], third)
    words = minutes_of(session, meeting)
    revoked = f"{seats[10].name} révoque la procuration donnée à {seats[3].name}"
    assert words.index(f"{seats[3].name} quitte la séance ; la procuration de") < words.index(revoked)
    assert words.index(revoked) < words.index(f"{seats[3].name} revient en séance.")
    assert words.count(revoked) == 1


@pytest.mark.parametrize("seed", range(6))
def test_whatever_the_evening_nobody_counts_twice_and_nobody_carries_two(session: Session, seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311  # a game, not a secret
    meeting = the_meeting(session, items=4, absent=4)
    number, voted = meeting.id, dict[int, tuple[int, int]]()
    done = Counter[str]()
    for _ in range(70):
        agenda, seats = meeting.agenda, list(meeting.seats)
        open_still = [one for one in agenda if one.voted_at is None] or agenda
        point = draw.choice([open_still[0], open_still[0], *agenda])
        what = draw.choice(["move", "move", "give", "give", "give", "revoke", "erase", "restore", "vacate", "vote"])
        if what in {"vacate", "vote", "erase"} and draw.random() < 0.7:
            continue
        try:
            _happens(session, draw, what, point, seats)
            session.commit()
            done[what] += 1
        except DomainError:
            session.rollback()
        session.expire_all()
        assert meeting.id == number
        for one in meeting.agenda:
            _is_sound(meeting, one)
            count = (len(standing_at(meeting, one).present), len(standing_at(meeting, one).represented))
            if one.voted_at is not None:
                assert voted.setdefault(one.id, count) == count
    assert done["give"] > 3
    assert done["move"] > 3
    assert "not_ok" not in c13_of(meeting)
    minutes_of(session, meeting)
    evening.close_meeting(session, meeting, "", by=BY, at=at(DAY, 22))


def _happens(session: Session, draw: random.Random, what: str, point: AgendaPoint, seats: list[Seat]) -> None:
    """One thing of the evening, which may be refused."""
    seat, held = draw.choice(seats), point.meeting.proxies
    match what:
        case "move" | "vacate":
            kind = MovementKind.VACANCY if what == "vacate" else None
            room.note_movement(session, point, seat, "", kind=kind, by=BY, at=at(DAY))
        case "give":
            there = room_at(point.meeting, point)
            pair = (
                draw.choice([one for one in seats if one.id not in there] or seats),
                draw.choice([one for one in seats if one.id in there] or seats),
            )
            proxies.note_proxy(
                session, point.meeting, pair, is_written=True, illness=False, since=point, by=BY, at=at(DAY)
            )
        case "vote":
            counted = standing_at(point.meeting, point).voters
            told = voting.RecordVote(ballot=BallotKind.SHOW_OF_HANDS, votes_for=counted)
            voting.record_vote(session, point, told, by=BY, at=at(DAY, 20))
        case _ if held:
            one = draw.choice(held)
            if what == "revoke":
                proxies.revoke_proxy(session, one, point, by=BY, at=at(DAY))
            elif what == "restore":
                proxies.restore_proxy(session, one, by=BY, at=at(DAY))
            else:
                proxies.erase_proxy(session, one, by=BY, at=at(DAY))


def _is_sound(meeting: Meeting, point: AgendaPoint) -> None:
    standing = standing_at(meeting, point)
    there, gone = room_at(meeting, point), vacant_at(meeting, point)
    givers = [one.giver_id for one in standing.represented]
    holders = [one.holder_id for one in standing.represented]
    assert len(set(givers)) == len(givers)
    assert len(set(holders)) == len(holders)
    assert not set(givers) & (there | gone)
    assert set(holders) <= there
    assert standing.voters <= standing.in_office
