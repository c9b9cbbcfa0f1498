"""What the council prints, and what its pages say of the law, as a lawyer of the prefecture reads it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from app.council import drafting
from app.council.documents import act_paper, meeting_paper, register_paper
from app.council.models import Act
from app.council.reckoning import standing_at
from app.council.services import convening, evening, following, mending, proxies, recalling, room, voting
from app.council.services.describing import CouncilFacts, describe_council
from app.council.services.meetings import MeetingFacts
from app.council.services.overriding import Override, override_check
from app.documents.textdoc import Heading, ItemList, Paragraph, Signatures, Table, plain
from app.shared import clock
from app.shared.clock import day_of
from tests.factories.council import (
    BY,
    DAY,
    at,
    make_act,
    make_commune,
    make_meeting,
    make_open_meeting,
    send,
)
from tests.support.forms import filled
from tests.support.pages import as_read, clerk_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.bodies.models import Body
    from app.council.models import AgendaPoint, Meeting
    from app.printing import Paper

    SignIn = Callable[[Account], FlaskClient]


# --- the law of Alsace-Moselle on the pages ---


def test_the_pages_of_a_commune_of_moselle_speak_its_own_law(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session, population=900, code="57650")
    client = clerk_of(session, sign_in, body)
    meeting = make_meeting(session, body, make_act(session, body))
    send(session, meeting, DAY - timedelta(days=3))
    session.commit()
    page = as_read(client.get(f"/conseil/seances/{meeting.id}/convocation").text)
    assert "3 jours avant la séance, il en faut 3 (CGCT, art. L. 2541-2)" in page
    assert "compte de date à date, et non en jours francs" in page
    assert "Ni le jour de l’envoi ni celui de la séance ne comptent" not in page
    assert "L. 2121-10" not in page
    assert client.post(f"/conseil/seances/{meeting.id}/convocation/arreter").status_code == 302
    said = {f"attendance_{seat.id}": "present" for seat in meeting.seats}
    client.post(f"/conseil/seances/{meeting.id}/soir/presences", data={**said, "president": meeting.seats[0].id})
    refused = as_read(client.post(f"/conseil/seances/{meeting.id}/soir/ouvrir").text)
    assert "nomme un secrétaire au début de la séance (CGCT, art. L. 2541-6)" in refused


def test_a_second_convocation_in_moselle_cites_its_own_article(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session, population=900, code="57650")
    client = clerk_of(session, sign_in, body)
    first = make_meeting(session, body, make_act(session, body))
    send(session, first, DAY - timedelta(days=10))
    convening.convene(session, first, by=BY, at=at(DAY - timedelta(days=10)))
    session.commit()
    client.post(f"/conseil/seances/{first.id}/soir/sans-quorum")
    assert "sans condition de quorum (CGCT, art. L. 2541-4)" in as_read(client.get(f"/conseil/seances/{first.id}").text)
    page = as_read(client.get(f"/conseil/seances/{first.id}/seconde-convocation").text)
    assert "(CGCT, art. L. 2541-4)" in page


def test_a_meeting_that_is_past_says_in_a_sentence_that_its_convocation_is_too_late(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    today = clock.today()
    meeting = make_meeting(session, body, make_act(session, body), day=min(today, date(2026, 1, 16)))
    page = as_read(clerk_of(session, sign_in, body).get(f"/conseil/seances/{meeting.id}").text)
    assert "La convocation ne peut plus partir pour cette séance. La séance est prévue le " in page
    assert "Si la convocation part aujourd’hui" not in page


# --- the papers ---


def _said(paper: Paper) -> str:
    """The words of a paper in a row, as it will be printed."""
    rows = [paper.title, paper.subtitle, paper.state]
    for block in paper.blocks:
        if isinstance(block, Paragraph | Heading):
            rows.append(plain(block.words))
        elif isinstance(block, ItemList):
            rows += [plain(item) for item in block.items]
        elif isinstance(block, Signatures):
            rows += [f"{plain(one.party)} {one.name}" for one in block.signatures]
    return re.sub(r"\s+", " ", " ".join(rows).replace("\N{NO-BREAK SPACE}", " "))


def _act(session: Session, act: Act, document: str = "deliberation") -> str:
    session.expire_all()
    return _said(act_paper(session, act, document, today=DAY))


def _minutes(session: Session, meeting: Meeting) -> str:
    session.expire_all()
    return _said(meeting_paper(session, meeting, "proces-verbal"))


def _vote(session: Session, point: AgendaPoint, votes_for: int, votes_against: int, **more: Any) -> None:
    command = voting.RecordVote(
        ballot=more.pop("ballot", "show_of_hands"), votes_for=votes_for, votes_against=votes_against, **more
    )
    voting.record_vote(session, point, command, by=BY, at=at(DAY, 20))
    session.commit()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (
            {"president_vote": "for"},
            "00, qui a voté pour, est prépondérante : la proposition est adoptée (CGCT, art. L. 2121-20).",
        ),
        (
            {"president_vote": "against"},
            "00, qui a voté contre, est prépondérante : la proposition est rejetée (CGCT, art. L. 2121-20).",
        ),
        ({"ballot": "secret"}, "au scrutin secret, la voix du président n’est pas prépondérante"),
    ],
)
def test_a_tie_is_explained_with_its_article_in_the_act_the_extract_and_the_minutes(
    session: Session, more: dict[str, str], said: str
) -> None:
    act = make_act(session, make_commune(session))
    meeting = make_open_meeting(session, act.body, act)
    _vote(session, meeting.agenda[0], 2, 2, not_voting=1, **more)
    for words in (_act(session, act), _act(session, act, "extrait"), _minutes(session, meeting)):
        assert said in words
        assert "2 pour, 2 contre, 0 abstention, 1 membre ne prenant pas part au vote." in words
        assert "bulletin" not in words


def test_the_act_says_who_presided_who_reported_and_who_was_excused(session: Session) -> None:
    act = make_act(session, make_commune(session))
    meeting = make_open_meeting(session, act.body, act, absent=2)
    meeting.seats[4].attendance, meeting.agenda[0].rapporteur = "excused", "Conseil Fictif 01"
    session.commit()
    _vote(session, meeting.agenda[0], 3, 0)
    words = _act(session, act, "extrait")
    assert re.search(r"11 septembre 2026, sous la présidence \w+ Conseil Fictif 00\. Convocation", words)
    assert "Rapporteur : Conseil Fictif 01" in words
    assert "Absents excusés : Conseil Fictif 04. Absents : Conseil Fictif 03." in words
    assert "Article 1er. Le conseil décide un essai." in words
    assert "adoptée à l’unanimité des suffrages exprimés" in words


def test_a_check_gone_past_is_told_in_words_and_never_by_its_number(session: Session) -> None:
    act = make_act(session, make_commune(session))
    meeting = make_meeting(session, act.body, act)
    send(session, meeting, DAY - timedelta(days=6))
    late = meeting.seats[3]
    late.sent_on = DAY - timedelta(days=3)
    session.commit()
    override_check(
        session, act.body_id, Override(check_id="C01", reason="Renonciation écrite.", meeting_id=meeting.id,
                                       sentence="Whole days"), by=BY, at=at(DAY - timedelta(days=3)),
    )  # fmt: skip
    convening.convene(session, meeting, by=BY, at=at(DAY - timedelta(days=3)))
    evening.note_attendance(
        session, meeting, {seat.id: "present" for seat in meeting.seats}, president=meeting.seats[0].id,
        secretary=meeting.seats[1].id, opened_at="19:00", by=BY, at=at(DAY),
    )  # fmt: skip
    evening.open_meeting(session, meeting, urgency_accepted=None, by=BY, at=at(DAY))
    _vote(session, meeting.agenda[0], 5, 0)
    for words in (_act(session, act), _minutes(session, meeting)):
        assert (
            "Le délai de convocation n’a pas été observé pour Conseil Fictif 03 : la convocation lui a été envoyée le "
            "mardi 8 septembre 2026, soit 2 jours francs avant la séance au lieu de 3 jours francs (CGCT, art. L. "
            "2121-11). Camille Fictive a décidé, le mardi 8 septembre 2026, de passer outre, pour le motif suivant : "
            "« Renonciation écrite »."
        ) in words
        assert "le samedi 5 septembre 2026 et, pour Conseil Fictif 03, le mardi 8 septembre 2026" in words
        assert "C01" not in words
        assert "Whole days" not in words


def test_the_minutes_tell_movements_by_the_hour_with_the_proxies_that_begin_and_end(session: Session) -> None:
    body = make_commune(session, members=7)
    meeting = make_open_meeting(session, body, make_act(session, body), make_act(session, body), absent=1)
    first, second, seats = meeting.agenda[0], meeting.agenda[1], list(meeting.seats)
    proxies.note_proxy(session, meeting, (seats[6], seats[1]), is_written=True, illness=False, by=BY, at=at(DAY))
    _vote(session, first, 7, 0)
    for seat, hour in ((seats[6], "19:52"), (seats[4], "19:50")):
        room.note_movement(session, second, seat, hour, by=BY, at=at(DAY, 20))
    proxies.note_proxy(session, meeting, (seats[4], seats[2]), is_written=True, illness=False, by=BY, at=at(DAY, 20))
    session.commit()
    words = _minutes(session, meeting)
    assert "Procurations : Conseil Fictif 06 à Conseil Fictif 01." in words
    left = "Conseil Fictif 04 quitte la séance à 19 h 50 et donne procuration à Conseil Fictif 02."
    came = "Conseil Fictif 06 arrive à 19 h 52 ; la procuration donnée à Conseil Fictif 01 prend fin."
    assert words.index("Procurations") < words.index("7 pour") < words.index(left) < words.index(came)


def test_the_minutes_tell_a_vote_taken_back_a_proxy_that_begins_and_who_was_elected_to_preside(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body), make_act(session, body), absent=1)
    client, seats, (first, second) = clerk_of(session, sign_in, body), list(meeting.seats), meeting.agenda
    url = f"/conseil/points/{first.id}"
    client.post(f"{url}/presidence", data={"chair": seats[2].id})
    client.post(f"{url}/vote", data={"ballot": "show_of_hands", "votes_for": "1", "votes_against": "3"})
    client.post(f"{url}/vote/reprendre", data={"reason": "Les colonnes étaient inversées."})
    client.post(f"{url}/vote", data={"ballot": "show_of_hands", "votes_for": "2", "votes_against": "2",
                                     "president_vote": "for"})  # fmt: skip
    proxies.note_proxy(session, meeting, (seats[4], seats[1]), is_written=True, illness=False, by=BY, at=at(DAY, 20))
    session.commit()
    words = _minutes(session, meeting)
    assert f"Le conseil municipal élit {seats[2].name} pour présider la séance pendant l’examen de" in words
    assert (
        "Le vote a d’abord été consigné ainsi : vote à main levée, 1 pour, 3 contre, 0 abstention, "
        "proposition rejetée. Il a été repris le"
    ) in words
    assert "pour le motif suivant : « Les colonnes étaient inversées »." in words
    assert f"la voix du président de séance, {seats[2].name}, qui a voté pour, est prépondérante" in words
    begun = f"{seats[4].name} donne procuration à {seats[1].name} à compter de cette affaire."
    assert words.index("Les colonnes") < words.index(f"2. {second.title}") < words.index(begun)


def test_the_minutes_do_not_make_an_absent_councillor_leave_the_room(session: Session) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body), make_act(session, body), absent=1)
    seats, (first, second) = list(meeting.seats), meeting.agenda
    proxies.note_proxy(session, meeting, (seats[4], seats[1]), is_written=True, illness=False, by=BY, at=at(DAY, 20))
    room.note_recusal(session, first, seats[4], "trésorier", by=BY, at=at(DAY, 20))
    room.note_recusal(session, second, seats[1], "", by=BY, at=at(DAY, 20))
    session.commit()
    words = _minutes(session, meeting)
    away = f"{seats[4].name}, qui n’est pas dans la salle, fait connaître son intérêt à l’affaire et ne prend part"
    assert f"{away} ni au débat ni au vote (trésorier)." in words
    assert f"{seats[4].name} fait connaître" not in words
    unused = f"La procuration donnée par {seats[4].name} à {seats[1].name} n’est pas exercée pour cette affaire."
    assert words.count(unused) == 2
    assert f"{seats[1].name} fait connaître son intérêt à l’affaire et se retire" in words
    assert seats[4] in standing_at(meeting, first).absent


def test_the_minutes_count_the_voters_of_each_round_when_somebody_comes_between_two(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    act = make_act(session, body, model="representatives", articles=["Désigne."])
    meeting = make_open_meeting(session, body, act, absent=1)
    client, point = clerk_of(session, sign_in, body), meeting.agenda[0]
    url, late = f"/conseil/points/{point.id}", meeting.seats[4].id
    client.post(f"{url}/candidats", data={"seats": "1", "candidates": "Ada\nBéa"})
    client.post(f"{url}/tour", data={"candidate_0": "2", "candidate_1": "2"})
    client.post(f"{url}/mouvement", data={"mover": late, "moved_at": "19:20"})
    client.post(f"{url}/tour", data={"candidate_0": "3", "candidate_1": "2"})
    session.expire_all()
    words = _minutes(session, meeting)
    assert "Votants : 5. Quorum : 3. Ces nombres sont ceux du dernier tour." in words
    assert "Premier tour : Ada 2 voix, Béa 2 voix ; 4 suffrages exprimés. Votants à ce tour : 4." in words
    assert "Deuxième tour : Ada 3 voix, Béa 2 voix ; 5 suffrages exprimés. Votants à ce tour : 5." in words


def test_what_was_voted_keeps_the_name_that_the_commune_bore_whatever_it_is_called_since(session: Session) -> None:
    body = make_commune(session, name="Essai-les-Bains")
    act = make_act(session, body)
    meeting = make_open_meeting(session, body, act)
    _vote(session, meeting.agenda[0], 5, 0)

    def printed() -> list[object]:
        session.expire_all()
        acts = [act_paper(session, act, name, today=DAY) for name in ("deliberation", "extrait")]
        names = ("convocation", "note-de-synthese", "proces-verbal", "liste")
        return [*acts, *(meeting_paper(session, meeting, name) for name in names)]

    before = printed()
    assert all(one.body == "Essai-les-Bains" for one in before)  # type: ignore[attr-defined]
    body.name = "Essai-la-Neuve"
    session.commit()
    assert printed() == before
    assert make_meeting(session, body).town_name == ""  # the next one is convened under the new name


def test_the_note_keeps_what_was_sent_though_the_adjourned_act_is_written_anew(session: Session) -> None:
    body = make_commune(session)
    act = make_act(session, body, articles=["Le conseil achète un carillon."])
    meeting = make_open_meeting(session, body, act)
    voting.set_aside(session, meeting.agenda[0], "adjourned", "", by=BY, at=at(DAY, 20))
    act.articles = ["Le conseil achète un orgue."]
    session.commit()
    words = _said(meeting_paper(session, meeting, "note-de-synthese"))
    assert "Le conseil achète un carillon." in words
    assert "orgue" not in words


def test_the_minutes_keep_the_words_that_were_rejected_and_an_urgency_ends_with_one_full_stop(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    act = make_act(session, body, articles=["Le conseil achète un carillon."])
    meeting = make_open_meeting(session, body, act)
    meeting.is_urgent, meeting.urgency_reason, meeting.urgency_accepted = True, "Une crue.", True
    session.commit()
    told = {"ballot": "show_of_hands", "votes_for": "1", "votes_against": "4"}
    clerk_of(session, sign_in, body).post(f"/conseil/points/{meeting.agenda[0].id}/vote", data=told)
    session.expire_all()
    words = _minutes(session, meeting)
    assert f"Délibération nᵒ {act.number}. Le conseil municipal n’adopte pas la proposition suivante :" in words
    assert "Le conseil achète un carillon." in words
    assert "Urgence : Une crue. Le conseil l’a admise." in words


def test_one_person_comes_and_goes_several_times_within_one_item(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session, members=5)
    meeting = make_open_meeting(session, body, make_act(session, body), make_act(session, body), absent=2)
    client, seats, (first, second) = clerk_of(session, sign_in, body), list(meeting.seats), meeting.agenda
    url = f"/conseil/points/{first.id}"

    def move(what: str, hour: str, address: str = url) -> str:
        sent = {"mover": f"{seats[2].id} {what}", "moved_at": hour}
        return as_read(client.post(f"{address}/mouvement", data=sent, follow_redirects=True).text)

    proxy = {"giver": str(seats[3].id), "holder": str(seats[2].id), "written": "oui"}
    client.post(f"{url}/procuration", data=proxy, follow_redirects=True)
    assert "Présents : 2." in move("departure", "19:10")  # of 5: below the quorum
    twice = f"{seats[2].name} partirait deux fois sans être revenu·e entre-temps : à 19:10 (point 1), puis à 19:10"
    assert twice in move("departure", "19:10")  # pressed twice
    assert "Présents : 3. Représentés : 1. Votants : 4." in move("arrival", "19:20")
    assert "à 19:05 (point 1), puis à 19:10" in move("departure", "19:05")
    assert f"{seats[2].name} revient" in move("departure", "19:30")
    assert "Présents : 3. Représentés : 1. Votants : 4." in move("arrival", "")  # no hour: after what is noted of them
    refused = client.post(f"/conseil/mouvements/{seats[2].movements[0].id}/effacer")
    assert "est noté·e présent·e à l’ouverture et n’arrive donc pas à 19:20" in as_read(refused.text)
    absent = {f"attendance_{seats[2].id}": "absent", "opened_at": "19:00"}
    page = filled(client.get(f"/conseil/seances/{meeting.id}/soir").text)
    refused = client.post(f"/conseil/seances/{meeting.id}/soir/presences", data={**page, **absent})
    assert "n’est pas noté·e présent·e à l’ouverture et ne part donc pas à 19:10" in as_read(refused.text)
    counts = {"ballot": "show_of_hands", "votes_for": "4"}
    page = filled(client.get(url).text)
    assert client.post(f"{url}/vote", data={**page, **counts}).status_code == 302
    assert "Présents : 2." in move("departure", "19:50", f"/conseil/points/{second.id}")
    session.expire_all()
    assert [one.kind for one in seats[2].movements] == ["departure", "arrival"] * 2 + ["departure"]
    words = _minutes(session, meeting)
    name, giver = seats[2].name, seats[3].name
    dropped = f" ; la procuration de {giver} n’est plus portée."
    told = [
        f"{name} quitte la séance à 19 h 10{dropped}",
        f"{name} revient en séance à 19 h 20, avec la procuration de {giver}.",
        f"{name} quitte la séance à 19 h 30{dropped}",
        f"{name} revient en séance, avec la procuration de {giver}.",
        "Présents : 3. Représentés : 1. Votants : 4.",
        f"{name} quitte la séance à 19 h 50",
    ]
    places = [words.index(line) for line in told]
    assert places == sorted(places)


def test_the_list_of_deliberations_holds_what_was_voted_and_tells_the_rest_apart(session: Session) -> None:
    body = make_commune(session)
    acts = [make_act(session, body, title=f"Affaire {name}") for name in ("une", "deux", "trois", "quatre")]
    meeting = make_open_meeting(session, body, *acts)
    first, second, third, fourth = meeting.agenda
    _vote(session, first, 5, 0)
    _vote(session, second, 1, 4)
    voting.set_aside(session, third, "adjourned", "", by=BY, at=at(DAY, 20))
    voting.set_aside(session, fourth, "withdrawn", "", by=BY, at=at(DAY, 20))
    session.commit()
    paper = meeting_paper(session, meeting, "liste")
    assert "sur le site de la commune s’il existe" in _said(paper)
    describe_council(session, body, CouncilFacts(has_website=True), by=BY, at=at(DAY))
    assert "mise en ligne sur le site de la commune (CGCT" in _said(meeting_paper(session, meeting, "liste"))
    table = next(block for block in paper.blocks if isinstance(block, Table))
    assert [tuple(map(plain, row)) for row in table.rows] == [
        (acts[0].number, "Affaire une", "adoptée"),
        (acts[1].number, "Affaire deux", "rejetée"),
    ]
    assert (
        "n’ont pas été mises aux voix Affaire trois : affaire ajournée Affaire quatre : affaire retirée de l’ordre du "
        "jour Affichée à la mairie"
    ) in _said(paper)


def test_the_register_follows_the_dates_of_the_votes_not_the_order_of_writing_down(session: Session) -> None:
    body = make_commune(session)
    later, earlier = make_act(session, body, title="Plus tard"), make_act(session, body, title="Plus tôt")
    for act, day in ((later, DAY), (earlier, DAY - timedelta(days=30))):
        meeting = make_open_meeting(session, body, act, day=day)
        _vote(session, meeting.agenda[0], 5, 0)
    paper = register_paper(session, body, DAY.year, at=at(DAY))
    table = next(block for block in paper.blocks if isinstance(block, Table))
    assert [plain(row[2]) for row in table.rows] == ["Plus tôt", "Plus tard"]
    assert earlier.number > later.number
    following.note_event(session, earlier, "annulment", DAY, "", by=BY, at=at(DAY))
    again = next(
        block for block in register_paper(session, body, DAY.year, at=at(DAY)).blocks if isinstance(block, Table)
    )
    assert [plain(row[3]) for row in again.rows] == ["adoptée (annulation par le juge)", "adoptée"]


def test_an_item_adjourned_for_want_of_a_quorum_says_so_with_the_numbers(session: Session) -> None:
    act = make_act(session, make_commune(session))
    meeting = make_open_meeting(session, act.body, act, absent=2)
    point = meeting.agenda[0]
    room.note_movement(session, point, meeting.seats[2], "20:10", by=BY, at=at(DAY, 20))
    voting.set_aside(session, point, "adjourned", "", by=BY, at=at(DAY, 20))
    session.commit()
    assert (
        "À l’appel de cette affaire, la séance réunit 2 membres présents sur 5 en exercice, pour un quorum de 3. Le "
        "quorum n’étant plus réuni (CGCT, art. L. 2121-17), le conseil municipal n’a pas pu en délibérer : l’affaire "
        "est ajournée."
    ) in _minutes(session, meeting)


@pytest.mark.parametrize(("code", "article"), [("59999", "L. 2121-17, al. 2"), ("57650", "L. 2541-4")])
def test_a_meeting_without_quorum_and_the_second_one_tell_what_happened(
    session: Session, code: str, article: str
) -> None:
    act = make_act(session, make_commune(session, code=code))
    first = make_meeting(session, act.body, act)
    send(session, first, DAY - timedelta(days=10))
    convening.convene(session, first, by=BY, at=at(DAY - timedelta(days=10)))
    told = {seat.id: "present" if rank < 2 else "absent" for rank, seat in enumerate(first.seats)}
    evening.note_attendance(
        session, first, told, president=first.seats[0].id, secretary=first.seats[1].id, opened_at="19:00", by=BY,
        at=at(DAY),
    )  # fmt: skip
    convening.note_no_quorum(session, first, by=BY, at=at(DAY))
    session.commit()
    failed = _minutes(session, first)
    assert "2 membres présents sur 5 en exercice, pour un quorum de 3 (CGCT, art. L. 2121-17)" in failed
    assert "n’a délibéré d’aucune des affaires inscrites" in failed
    assert f"quel que soit le nombre des membres présents (CGCT, art. {article})" in failed
    assert "La séance est ouverte" not in failed
    assert day_of(meeting_paper(session, first, "proces-verbal").created) == DAY
    assert day_of(meeting_paper(session, first, "convocation").created) == DAY - timedelta(days=10)
    again = DAY + timedelta(days=7)
    second = recalling.call_second(session, first, MeetingFacts(starts_at=at(again), place=""), by=BY, at=at(DAY))
    convening.fill_seats(session, second)
    send(session, second, DAY)
    convening.convene(session, second, by=BY, at=at(DAY))
    evening.note_attendance(
        session, second, {seat.id: "present" for seat in second.seats[:2]}, president=second.seats[0].id,
        secretary=second.seats[1].id, opened_at="19:00", by=BY, at=at(again),
    )  # fmt: skip
    evening.open_meeting(session, second, urgency_accepted=None, by=BY, at=at(again))
    _vote(session, second.agenda[0], 2, 0)
    sentence = (
        "Le quorum n’ayant pas été réuni à la séance du vendredi 11 septembre 2026 (2 présents pour un quorum de 3), "
        "le conseil municipal a été convoqué une seconde fois pour les mêmes affaires : il en délibère valablement "
        f"quel que soit le nombre des membres présents (CGCT, art. {article})."
    )
    session.expire_all()
    for words in (_act(session, act), _act(session, act, "extrait"), _minutes(session, second)):
        assert sentence in words
    assert f"(CGCT, art. {article})" in _said(meeting_paper(session, second, "convocation"))


def test_an_act_of_usual_length_keeps_to_one_sheet_with_its_signatures(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session, members=19)
    made = drafting.draft("convention", {"partenaire": "Musterdorf", "texte": "Convention", "origine": "des échanges",
                                         "montant": "3 000 €"})  # fmt: skip
    act = make_act(
        session, body, title=made.title, visas=list(made.visas), recitals=list(made.recitals),
        articles=list(made.articles), matter="9.1", matter_label=made.matter_label,
    )  # fmt: skip
    meeting = make_open_meeting(session, body, act, absent=2)
    _vote(session, meeting.agenda[0], 17, 0)
    pdf = clerk_of(session, sign_in, body).get(f"/conseil/deliberations/{act.id}/deliberation.pdf").data
    sheets = PdfReader(BytesIO(pdf)).pages
    assert len(sheets) == 1
    assert "Le secrétaire de séance" in sheets[0].extract_text()


# --- what the models write ---


def _drafted(client: FlaskClient, body: Body, model: str, answers: dict[str, str]) -> tuple[str, str]:
    address = f"/conseil/deliberations/remplir?commune={body.id}&modele={model}"
    made = client.post(address, data=answers)
    assert made.status_code == 302, as_read(made.text)
    return made.location, as_read(client.get(made.location).text)


@pytest.mark.parametrize(
    ("decision", "title", "article"),
    [
        ("suspension", "Suspension du jumelage avec", "décide de suspendre le jumelage avec"),
        ("end", "Fin du jumelage avec", "décide de mettre fin au jumelage avec"),
        ("renewal", "Renouvellement du jumelage avec", "décide de renouveler le jumelage avec"),
    ],
)
def test_the_model_of_an_end_asks_one_of_three_and_writes_whole_sentences(
    session: Session, sign_in: SignIn, decision: str, title: str, article: str
) -> None:
    body = make_commune(session)
    client = clerk_of(session, sign_in, body)
    form = client.get(f"/conseil/deliberations/remplir?commune={body.id}&modele=ending").text
    assert form.count('type="radio"') == 6
    answers = {"decision": decision, "motif": "bilan favorable.", "effet": "01/01/2027", "sort": "continued"}
    _url, words = _drafted(client, body, "ending", answers)
    assert title in words
    assert "Considérant le motif suivant : bilan favorable ;" in words
    assert article in words
    assert ", à compter du 1er janvier 2027." in words
    assert "Les actions engagées avant cette date se poursuivent jusqu’à leur terme." in words
    refused = client.post(
        f"/conseil/deliberations/remplir?commune={body.id}&modele=ending", data={**answers, "decision": "reconduction"}
    )
    assert refused.status_code == 422


def test_an_answer_that_ends_with_a_full_stop_leaves_the_sentence_whole(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    client = clerk_of(session, sign_in, body)
    url, words = _drafted(client, body, "principle", {"origine": "Des échanges depuis 2019.", "montant": "1500"})
    assert "Des échanges depuis 2019 ;" in words
    act = session.get(Act, int(url.rsplit("/", 1)[1]))
    assert act is not None
    act.recitals = ["Considérant que tout va bien."]
    session.commit()
    assert "Considérant que tout va bien ; LE CONSEIL" in as_read(client.get(url).text)


def test_an_act_of_no_model_is_not_validated_before_it_says_something(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    client = clerk_of(session, sign_in, body)
    url, words = _drafted(client, body, "free", {})
    assert "[objet de la délibération]" in words
    assert (
        "Il reste : objet de la délibération, ce que le conseil municipal décide, matière (nomenclature ACTES)."
        in words
    )
    assert "Valider le projet" not in words
    refused = client.post(f"{url}/valider")
    assert refused.status_code == 422
    assert "Il reste des blancs à remplir" in as_read(refused.text)


def test_two_texts_that_differ_by_their_spaces_alone_are_no_conflict(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    act = make_act(session, body, status="draft", visas=[{"text": "la loi du 1er juillet\N{NO-BREAK SPACE};"}])
    given = {"revision": "0", "title": "Un autre objet", "visas": "la loi du 1er juillet ;", "articles": "Un essai."}
    answer = clerk_of(session, sign_in, body).post(f"/conseil/deliberations/{act.id}/modifier", data=given)
    assert answer.status_code == 409
    assert answer.text.count("la loi du 1er juillet") == 1


def test_an_act_of_moselle_rests_on_the_articles_that_hold_there(session: Session, sign_in: SignIn) -> None:
    act = make_act(session, make_commune(session, code="57650"), visas=[{"article": "L2121-29"}])
    meeting = make_open_meeting(session, act.body, act)
    _vote(session, meeting.agenda[0], 5, 0)
    assert "notamment son article L. 2541-12 ;" in _act(session, act)
    page = as_read(clerk_of(session, sign_in, act.body).get(f"/conseil/deliberations/{act.id}").text)
    assert "notamment son article L. 2541-12 ;" in page
    checks = as_read(clerk_of(session, sign_in, act.body).get(f"/conseil/deliberations/{act.id}/verifications").text)
    assert "L2541-12 est en vigueur." in checks
    assert "L2121-29 est" not in checks


def test_the_checks_judge_an_article_under_the_number_that_the_act_cites(session: Session, sign_in: SignIn) -> None:
    cited = [{"article": "L2311-7"}, {"article": "L1612-25"}]
    act = make_act(session, make_commune(session), visas=cited, status="adopted", voted_on=DAY)
    page, url = clerk_of(session, sign_in, act.body), f"/conseil/deliberations/{act.id}"
    assert "notamment son article L. 1612-25 ;" in as_read(page.get(url).text)
    checks = as_read(page.get(f"{url}/verifications").text)
    assert "L1612-25 est en vigueur (date d’effet à confirmer)." in checks
    assert "L2311-7" not in checks


def test_a_vote_that_was_written_down_wrongly_keeps_its_trace_on_the_act(session: Session) -> None:
    act = make_act(session, make_commune(session))
    meeting = make_open_meeting(session, act.body, act)
    _vote(session, meeting.agenda[0], 3, 2)
    mending.take_back_vote(session, meeting.agenda[0], "Un vote avait été compté deux fois.", by=BY, at=at(DAY, 20))
    _vote(session, meeting.agenda[0], 4, 1)
    words = _act(session, act)
    assert (
        "Le vendredi 11 septembre 2026 : rectification du vote, d’abord consigné ainsi : vote à main levée, 3 pour, "
        "2 contre, 0 abstention, proposition adoptée (Un vote avait été compté deux fois)."
    ) in words
    assert "4 pour, 1 contre" in words


def test_the_act_says_that_it_was_first_written_down_as_rejected_by_another_ballot(session: Session) -> None:
    act = make_act(session, make_commune(session))
    meeting = make_open_meeting(session, act.body, act)
    point = meeting.agenda[0]
    secret = voting.RecordVote(ballot="secret", votes_for=2, votes_against=2, blank=1)
    voting.record_vote(session, point, secret, by=BY, at=at(DAY, 20))
    mending.take_back_vote(session, point, "Mauvais mode de scrutin noté.", by=BY, at=at(DAY, 20))
    open_ = voting.RecordVote(ballot="show_of_hands", votes_for=2, votes_against=2, abstentions=1, president_vote="for")
    voting.record_vote(session, point, open_, by=BY, at=at(DAY, 20))
    told = (
        "rectification du vote, d’abord consigné ainsi : vote au scrutin secret, 2 pour, 2 contre, 0 abstention, "
        "1 bulletin blanc, proposition rejetée (Mauvais mode de scrutin noté)."
    )
    assert told in _act(session, act)
    assert told in _said(register_paper(session, act.body, DAY.year, at=at(DAY)))


def test_the_papers_of_a_meeting_that_is_not_convened_say_so(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_meeting(session, body, make_act(session, body))
    assert "projet, la convocation n’est pas arrêtée" in _said(meeting_paper(session, meeting, "convocation"))
    assert "Membres en exercice : 5. Quorum : 3 présents." in _said(meeting_paper(session, meeting, "feuille"))
    for seat in list(meeting.seats):
        session.delete(seat)
    session.commit()
    client = clerk_of(session, sign_in, body)
    assert "feuille.pdf" not in client.get(f"/conseil/seances/{meeting.id}").text, "nobody is led to a refusal"
    refused = client.get(f"/conseil/seances/{meeting.id}/feuille.pdf")
    assert refused.status_code == 422
    assert "La feuille de séance porte le nom des conseillers : reprenez-les d’abord" in as_read(refused.text)


@pytest.mark.parametrize(
    ("form", "title", "visa", "said"),
    [
        (
            "association",
            "Création d’un comité de jumelage",
            "Vu la loi du 1er juillet 1901",
            "régie par la loi du 1er juillet 1901, dont la mission est la suivante : animer le jumelage.",
        ),
        (
            "local_association",
            "Création d’un comité de jumelage",
            "Vu les articles 21 à 79 du code civil local",
            "les élus qui la représentent n’y exercent ni la présidence ni la trésorerie",
        ),
        (
            "commission",
            "Création d’une commission extra-municipale de jumelage",
            "Vu l’article L. 2143-2 du code général",
            "un membre du conseil municipal, désigné par le maire, la préside",
        ),
    ],
)
def test_a_committee_and_an_extra_municipal_commission_are_created_each_by_its_law(  # what is chosen, what is read
    session: Session, sign_in: SignIn, form: str, title: str, visa: str, said: str
) -> None:
    body = make_commune(session, code="57650" if form == "local_association" else "59999")
    client = clerk_of(session, sign_in, body)
    _url, words = _drafted(client, body, "committee", {"forme": form, "mission": "animer le jumelage"})
    assert title in words
    assert visa in words
    assert said in words
    assert ("association" in words) is (form != "commission")
