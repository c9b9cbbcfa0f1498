"""The page of an item is one form: nothing typed is lost by another button, and each count belongs to its moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.council.queries import overrides_of
from app.council.reckoning import standing_at
from app.council.services import meetings
from tests.factories.council import BY, DAY, at, make_act, make_commune, make_meeting, make_open_meeting, opened
from tests.support.forms import filled
from tests.support.pages import as_read, clerk_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session
    from werkzeug.test import TestResponse

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]

TYPED = {
    "ballot": "secret",
    "votes_for": "3",
    "votes_against": "un",
    "blank": "1",
    "asked_secret": "2",
    "debate": "Le coût est discuté.\r\nLa fin aussi.",
}


def test_what_is_typed_stays_while_others_come_go_withdraw_and_give_proxies(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session, members=7)
    meeting = make_open_meeting(session, body, make_act(session, body), make_act(session, body), absent=2)
    client, seats, first = clerk_of(session, sign_in, body), list(meeting.seats), meeting.agenda[0]
    url, voice = f"/conseil/points/{first.id}", f"vote_{seats[1].id}"
    typed = {**TYPED, voice: "against", "together": str(meeting.agenda[1].id), "recusal_reason": "trésorier"}
    pressed = [
        ("mouvement", {"mover": seats[5].id, "moved_at": "19:20"}),
        ("procuration", {"giver": seats[6].id, "holder": seats[5].id, "written": "oui"}),
        ("deport", {"recused": seats[2].id}),
        ("presidence", {"chair": seats[3].id}),
        ("brouillon", {}),
    ]
    page = client.get(url).text
    for button, chosen in pressed:
        sent = {**filled(page), **typed, **{name: str(value) for name, value in chosen.items()}}
        page = client.post(f"{url}/{button}", data=sent, follow_redirects=True).text
        kept, reason = filled(page), typed.get("recusal_reason")
        if button == "deport":
            del typed["recusal_reason"]
            reason = None
        assert {name: kept.get(name) for name in typed} == typed, button
        assert kept["recusal_reason"] == (reason or "")
        assert not any(kept[name] for name in chosen if name != "written"), button
    words = as_read(page)
    assert "Présents : 5. Représentés : 1. Votants : 6." in words
    assert f"{seats[3].name}, élu·e par le conseil, préside pour cette affaire (CGCT, art. L. 2121-14)." in words
    assert client.post(f"{url}/brouillon", data={**filled(page), "next": "feuille"}).location.endswith("/soir")
    move = seats[5].movements[0]
    refused = client.post(f"/conseil/mouvements/{move.id}/effacer", data={**filled(page), "debate": "Autre."})
    assert refused.status_code == 302
    session.expire_all()
    assert (seats[5].movements, first.debate) == ([], "Autre.")
    done = {**filled(client.get(url).text), "ballot": "show_of_hands", "votes_for": "4", "votes_against": "0",
            "blank": "", "together": ""}  # fmt: skip
    assert client.post(f"{url}/vote", data=done).status_code == 302
    session.expire_all()
    assert (first.outcome, first.debate, first.draft["typed"]) == ("adopted", "Autre.", {})


def test_a_refused_button_shows_all_that_was_typed_and_writes_nothing(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body), absent=1)  # opened at 19:00
    client, seats, point = clerk_of(session, sign_in, body), list(meeting.seats), meeting.agenda[0]
    url = f"/conseil/points/{point.id}"
    page = filled(client.get(url).text)
    for button, chosen, why in (
        ("mouvement", {"mover": f"{seats[4].id} arrival", "moved_at": "18:20"}, "est avant l’ouverture de la séance"),
        ("mouvement", {"moved_at": "20:00"}, "Choisissez une personne de ce conseil."),
        ("deport", {"recusal_reason": "trésorier"}, "Choisissez une personne de ce conseil."),
        (
            "sans-vote",
            {"mover": f"{seats[4].id} arrival", "outcome": "adjourned"},
            "une arrivée ou un départ sans le noter",
        ),
        ("vote", {"votes_against": "1", "recused": str(seats[2].id)}, "un déport sans le noter"),
        ("procuration", {"giver": str(seats[4].id), "holder": str(seats[0].id)}, "Une procuration doit être écrite"),
    ):
        sent = {**page, **TYPED, **chosen}
        sent.pop("written", None)
        refused = client.post(f"{url}/{button}", data=sent)
        shown = filled(refused.text)
        assert refused.status_code == 422
        assert why in as_read(refused.text), button
        expected = {name: value for name, value in sent.items() if name not in {"csrf_token", "outcome", "revision"}}
        assert {name: shown.get(name) for name in expected} == expected, button
    away = client.post(f"{url}/presidence", data={**page, "chair": seats[4].id})
    assert "n’est pas dans la salle à ce point" in as_read(away.text)
    session.expire_all()
    assert (point.debate, point.draft, meeting.proxies) == ("", {}, [])


def test_two_clerks_at_one_item_do_not_write_over_each_others_debate(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body))
    client, url = clerk_of(session, sign_in, body), f"/conseil/points/{meeting.agenda[0].id}"
    page = filled(client.get(url).text)
    assert client.post(f"{url}/brouillon", data={**page, "debate": "Le premier récit."}).status_code == 302
    stale = client.post(f"{url}/brouillon", data={**page, "debate": "Un autre récit.", "votes_for": "5"})
    assert stale.status_code == 409
    assert "Quelqu’un d’autre a écrit la teneur des débats entre-temps : « Le premier récit. »" in as_read(stale.text)
    assert filled(stale.text)["debate"] == "Un autre récit."
    assert client.post(f"{url}/vote", data={**page, "votes_for": "5"}).status_code == 302
    session.expire_all()
    assert meeting.agenda[0].debate == "Le premier récit."


def test_a_withdrawal_that_a_second_clerk_notes_is_no_other_debate(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session, members=7)
    meeting = make_open_meeting(session, body, make_act(session, body))
    client, point = clerk_of(session, sign_in, body), meeting.agenda[0]
    url = f"/conseil/points/{point.id}"
    client.post(f"{url}/brouillon", data={**filled(client.get(url).text), "debate": "Le coq est cher."})
    first = filled(client.get(url).text)
    second = {**first, "recused": str(meeting.seats[2].id), "recusal_reason": "trésorier", "votes_for": "6"}
    assert client.post(f"{url}/deport", data=second).status_code == 302
    assert client.post(f"{url}/brouillon", data={**first, "debate": "Le coq est cher et beau."}).status_code == 302
    kept = filled(client.get(url).text)
    assert (kept["debate"], kept["votes_for"]) == ("Le coq est cher et beau.", "6")
    assert client.post(f"{url}/brouillon", data={**first, "debate": "Autre récit."}).status_code == 409


def test_a_secret_ballot_shows_its_papers_and_warns_where_nobody_asked_for_it(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body), make_act(session, body))
    client, (secret, public) = clerk_of(session, sign_in, body), meeting.agenda
    told = {"ballot": "secret", "votes_for": "2", "votes_against": "1", "blank": "1", "void": "1", "asked_secret": "1"}
    url = f"/conseil/points/{secret.id}"
    said = as_read(client.post(f"{url}/vote", data=told, follow_redirects=True).text)
    assert "Scrutin secret, sans qu’un tiers des présents soit noté comme l’ayant demandé" in said
    assert "Bulletins blancs 1 Bulletins nuls 1" in as_read(client.get(url).text)
    assert "0 abstention · Bulletins blancs : 1 · Bulletins nuls : 1" in as_read(
        client.get(f"/conseil/seances/{meeting.id}").text
    )
    checks = as_read(client.get(f"/conseil/seances/{meeting.id}/verifications").text)
    assert "le scrutin n’avait pas à être secret, et il l’a été" in checks
    assert secret.act is not None
    secret.act.matter = "5.3"
    session.commit()
    checks = as_read(client.get(f"/conseil/seances/{meeting.id}/verifications").text)
    assert "le scrutin n’avait pas à être secret" not in checks
    names = {f"vote_{seat.id}": "for" if number else "against" for number, seat in enumerate(meeting.seats)}
    client.post(f"/conseil/points/{public.id}/vote", data={"ballot": "public", **names})
    assert f"contre {meeting.seats[0].name}" in as_read(client.get(f"/conseil/points/{public.id}").text)


def test_two_clerks_who_count_otherwise_hear_of_each_other(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body))
    client, url = clerk_of(session, sign_in, body), f"/conseil/points/{meeting.agenda[0].id}"
    page = filled(client.get(url).text)
    client.post(f"{url}/brouillon", data={**page, "votes_for": "3", "votes_against": "2", "ballot": "secret"})
    late = client.post(f"{url}/brouillon", data={**page, "votes_for": "5", "votes_against": "0"})
    assert late.status_code == 409
    assert "Quelqu’un d’autre a compté autrement entre-temps : pour 3, contre 2." in as_read(late.text)
    again = filled(late.text)
    assert again["votes_for"] == "5"
    assert client.post(f"{url}/brouillon", data=again).status_code == 302
    assert filled(client.get(url).text)["votes_for"] == "5"


def test_names_and_numbers_that_contradict_each_other_are_no_vote(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body))
    client, point = clerk_of(session, sign_in, body), meeting.agenda[0]
    url, names = f"/conseil/points/{point.id}/vote", {f"vote_{seat.id}": "for" for seat in meeting.seats}
    apart = client.post(url, data={"ballot": "public", "votes_for": "2", "votes_against": "3", **names})
    assert "Les noms font 5 pour et 0 contre" in as_read(apart.text)
    session.expire_all()
    assert (apart.status_code, point.outcome) == (422, "")
    assert client.post(url, data={"ballot": "public", "votes_for": "5", **names}).status_code == 302


def test_the_debate_and_the_reason_of_a_voted_item_do_not_lose_each_other(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body))
    client, point = clerk_of(session, sign_in, body), meeting.agenda[0]
    url = f"/conseil/points/{point.id}"
    client.post(f"{url}/vote", data={"votes_for": "5"})
    page = filled(client.get(url).text)
    typed = {"debate": "Le récit.", "reason": "Un vote contre était oublié."}
    kept = filled(client.post(f"{url}/debats", data={**page, **typed}, follow_redirects=True).text)
    assert {name: kept[name] for name in typed} == typed
    stale = client.post(f"{url}/debats", data={**page, **typed, "debate": "Un autre récit."})
    assert stale.status_code == 409
    assert {name: filled(stale.text)[name] for name in typed} == {**typed, "debate": "Un autre récit."}
    short = client.post(f"{url}/vote/reprendre", data={**kept, "debate": "Le long récit.", "reason": "non"})
    assert filled(short.text)["debate"] == "Le long récit."
    client.post(f"{url}/vote/reprendre", data={**kept, "debate": "Le long récit."})
    session.expire_all()
    assert (point.voted_at, point.debate) == (None, "Le long récit.")


def test_the_round_that_is_being_typed_stays_too(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body, model="representatives", articles=["Désigne."]))
    client, url = clerk_of(session, sign_in, body), f"/conseil/points/{meeting.agenda[0].id}"
    page = filled(client.get(url).text)
    candidates = {"seats": "1", "candidates": "Ada\r\nBéa", "debate": "Deux candidates."}
    page = filled(client.post(f"{url}/candidats", data={**page, **candidates}, follow_redirects=True).text)
    voices = {"candidate_0": "3", "candidate_1": "1"}
    moved = {**page, **voices, "mover": str(meeting.seats[4].id)}
    page = filled(client.post(f"{url}/mouvement", data=moved, follow_redirects=True).text)
    assert {name: page[name] for name in (*voices, "debate")} == {**voices, "debate": "Deux candidates."}
    told = client.post(f"{url}/tour", data=page, follow_redirects=True)
    assert "Est désigné : Ada" in as_read(told.text)


def test_a_round_is_counted_once_and_for_the_candidates_that_the_page_showed(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body, model="representatives", articles=["Désigne."]))
    client, url = clerk_of(session, sign_in, body), f"/conseil/points/{meeting.agenda[0].id}"

    def sent(to: str, page: dict[str, str], **more: str) -> TestResponse:
        return client.post(f"{url}/{to}", data={**page, **more}, follow_redirects=True)

    first = filled(sent("candidats", filled(client.get(url).text), seats="1", candidates="Ada\r\nBéa").text)
    unsaid = sent("tour", first, candidates="Ada\r\nBéa\r\nCléo", candidate_0="4", candidate_1="1")
    assert "sans les noter" in as_read(unsaid.text)
    turned = filled(sent("candidats", first, candidates="Béa\r\nAda").text)
    late = sent("tour", first, candidate_0="4", candidate_1="1")  # this clerk still sees Ada first
    assert (late.status_code, filled(late.text)["candidate_0"]) == (409, "4")
    assert '<label class="field-label" for="candidate_0">Ada</label>' in late.text
    assert sent("candidats", first, candidates="Dora\r\nBéa").status_code == 409
    tie = {"candidate_0": "2", "candidate_1": "2", "blank": "1"}
    second = filled(sent("tour", turned, **tie).text)
    twice = sent("tour", turned, **tie)
    assert "un bouton pressé deux fois" in as_read(twice.text)
    third = filled(sent("tour", second, **tie).text)
    undone = filled(sent("tour/effacer", third).text)
    assert sent("tour/effacer", third).status_code == 409
    third = filled(sent("tour", undone, **tie).text)
    assert "Écrivez l’âge des candidats à égalité" in as_read(sent("tour", third, **tie).text)
    done = sent("tour", third, **tie, age_0="61", age_1="12/03/1971")
    assert "Est désigné : Ada (au troisième tour, à égalité de voix, au bénéfice de l’âge)" in as_read(done.text)


def test_the_sheet_of_the_evening_is_saved_by_each_of_its_buttons(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body), absent=1)
    client, seats, url = clerk_of(session, sign_in, body), list(meeting.seats), f"/conseil/seances/{meeting.id}/soir"
    page = filled(client.get(url).text)
    typed = {"opened_at": "19:05", f"attendance_{seats[3].id}": "excused", "closed_at": "21:00"}
    proxy = {"giver": str(seats[4].id), "holder": str(seats[2].id), "written": "oui"}
    page = client.post(f"{url}/procurations", data={**page, **typed, **proxy}, follow_redirects=True).text
    kept = filled(page)
    assert {name: kept[name] for name in typed} == typed
    session.expire_all()
    assert (meeting.opened_at, seats[3].attendance, len(meeting.proxies)) == ("19:05", "excused", 1)
    early = filled(client.post(f"{url}/presences", data={**kept, "opened_at": "11:00"}, follow_redirects=True).text)
    assert "convoqué pour 19:00 ; la séance est notée ouverte à 11:00" in as_read(client.get(url).text)
    assert "à vérifier" not in as_read(client.post(f"{url}/presences", data=typed, follow_redirects=True).text)
    session.expire_all()
    assert early["closed_at"] == "21:00"


def test_without_scripts_a_page_says_which_way_out_keeps_what_is_typed(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body), absent=1)
    client, sheet = clerk_of(session, sign_in, body), f"/conseil/seances/{meeting.id}/soir"
    url = f"/conseil/points/{meeting.agenda[0].id}"
    page = client.get(url).text
    assert page.index("Garder et revenir à la feuille") < page.index("Qui arrive ou part")
    for address in (url, sheet):
        assert "Les liens quittent la page sans rien garder" in as_read(client.get(address).text)
    unchanged = client.post(f"{sheet}/garder", data=filled(client.get(sheet).text))
    assert unchanged.location.endswith(f"/seances/{meeting.id}")
    late = {**filled(client.get(sheet).text), f"attendance_{meeting.seats[4].id}": "present"}
    assert client.post(f"{sheet}/garder", data=late).status_code == 302
    session.expire_all()
    assert meeting.seats[4].attendance == "present"
    away = {**filled(client.get(sheet).text), f"attendance_{meeting.seats[0].id}": "absent"}
    wrong = client.post(f"{sheet}/garder", data=away)
    assert wrong.status_code == 422
    assert "qui préside et qui tient le secrétariat sont présents" in as_read(wrong.text)


def test_the_hours_of_movements_follow_the_order_of_the_items(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session, members=9)
    meeting = make_open_meeting(session, body, *(make_act(session, body) for _ in range(3)), absent=2)
    client, seats, items = clerk_of(session, sign_in, body), list(meeting.seats), meeting.agenda

    def move(place: int, seat: int, hour: str) -> str:
        sent = {"mover": seats[seat].id, "moved_at": hour}
        return as_read(client.post(f"/conseil/points/{items[place].id}/mouvement", data=sent).text)

    move(2, 8, "19:50")
    assert f"20:10 au point 2, alors que le mouvement de {seats[8].name} est noté à 19:50 au point 3" in move(
        1, 7, "20:10"
    )
    move(1, 7, "19:45")
    assert "19:30 au point 3, alors que" in move(2, 7, "19:30")  # would leave before having come
    move(2, 7, "0:10")  # past midnight
    session.expire_all()
    assert [(one.kind, one.at) for one in seats[7].movements] == [("arrival", "19:45"), ("departure", "00:10")]
    sheet = f"/conseil/seances/{meeting.id}/soir"
    assert "avant un mouvement noté à 00:10" in as_read(client.post(f"{sheet}/clore", data={"closed_at": "23:55"}).text)
    late = client.post(f"{sheet}/presences", data={"opened_at": "19:48"})
    assert "Ouverte à 19:48, la séance le serait après un mouvement noté à 19:45" in as_read(late.text)
    assert client.post(f"{sheet}/clore", data={"closed_at": "0:30"}).status_code == 302


def test_movements_of_one_item_read_by_the_hour(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session, members=7)
    meeting = make_open_meeting(session, body, make_act(session, body), absent=2)
    client, seats, point = clerk_of(session, sign_in, body), list(meeting.seats), meeting.agenda[0]
    for seat, hour in ((seats[6], "20:15"), (seats[5], "20:12")):
        client.post(f"/conseil/points/{point.id}/mouvement", data={"mover": seat.id, "moved_at": hour})
    page = as_read(client.get(f"/conseil/points/{point.id}").text)
    assert page.index("(20:12)") < page.index("(20:15)")


def test_an_item_without_a_deliberation_says_so_where_items_are_voted_together(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    meeting = make_meeting(session, body, make_act(session, body))
    meetings.add_point(session, meeting, meetings.PointFacts(title="Questions diverses"), by=BY, at=at(DAY))
    meeting = opened(session, meeting)
    page = as_read(clerk_of(session, sign_in, body).get(f"/conseil/points/{meeting.agenda[0].id}").text)
    assert "Questions diverses sans délibération : ce vote n’en fait pas un acte" in page


def test_a_proxy_noted_later_leaves_an_earlier_item_its_count(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body), make_act(session, body), absent=1)
    client, seats, (first, second) = clerk_of(session, sign_in, body), list(meeting.seats), meeting.agenda
    client.post(f"/conseil/points/{first.id}/sans-vote", data={"outcome": "adjourned"})
    sent = {"giver": seats[4].id, "holder": seats[1].id, "written": "oui"}
    sheet = f"/conseil/seances/{meeting.id}/soir"
    noted = as_read(client.post(f"{sheet}/procurations", data=sent, follow_redirects=True).text)
    assert f"Elle compte à partir de « {second.title} »" in noted
    assert "à partir du point 2" in noted
    counts = ["Présents : 4. Représentés : 0. Votants : 4.", "Présents : 4. Représentés : 1. Votants : 5."]
    for point, count in zip((first, second), counts, strict=True):
        assert count in as_read(client.get(f"/conseil/points/{point.id}").text)
    session.expire_all()
    client.post(f"/conseil/procurations/{meeting.proxies[0].id}/retirer")
    client.post(f"{sheet}/procurations", data={**sent, "from_opening": "oui"})
    session.expire_all()
    assert [standing_at(meeting, point).voters for point in (first, second)] == [5, 5]
    client.post(f"/conseil/procurations/{meeting.proxies[0].id}/retirer")
    client.post(f"{sheet}/procurations", data=sent)
    client.post(f"/conseil/points/{second.id}/vote", data={"votes_for": "5"})
    session.expire_all()
    kept = client.post(f"/conseil/procurations/{meeting.proxies[0].id}/retirer")
    assert "elle reste au procès-verbal" in as_read(kept.text)
    assert [standing_at(meeting, point).voters for point in (first, second)] == [4, 5]


def test_nobody_convened_is_no_irregularity_that_a_reason_covers(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_meeting(session, body, make_act(session, body))
    client, url = clerk_of(session, sign_in, body), f"/conseil/seances/{meeting.id}/convocation/arreter"
    why = {"override_check": "C06", "override_reason": "Tout le monde était au courant."}
    for given in ({}, why):
        refused = client.post(url, data=given)
        assert refused.status_code == 422
        assert "un conseil que personne n’a convoqué ne peut pas délibérer" in as_read(refused.text)
        assert "CGCT, art. L. 2121-10" in as_read(refused.text)
        assert 'name="override_reason"' not in refused.text
    assert not overrides_of(session, meeting_id=meeting.id)


def test_a_voted_item_tells_who_came_and_withdrew_and_one_to_be_voted_its_text(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session, members=7)
    act = make_act(session, body, articles=["Le serment annexé est approuvé."])
    meeting = make_open_meeting(session, body, act, absent=2)
    client, point, seats = clerk_of(session, sign_in, body), meeting.agenda[0], list(meeting.seats)
    url = f"/conseil/points/{point.id}"
    before = client.get(url).text
    assert "Le serment annexé est approuvé." in as_read(before)
    assert f"/conseil/deliberations/{act.id}" in before
    assert "written" not in filled(before)
    unwritten = {"giver": seats[6].id, "holder": seats[1].id}
    assert "Une procuration doit être écrite" in as_read(client.post(f"{url}/procuration", data=unwritten).text)
    assert client.post(f"{url}/procuration", data={**unwritten, "written": "oui"}).status_code == 302
    client.post(f"{url}/mouvement", data={"mover": seats[5].id, "moved_at": "19:20"})
    client.post(f"{url}/deport", data={"recused": seats[2].id, "recusal_reason": "trésorier du comité"})
    client.post(f"{url}/vote", data={"ballot": "show_of_hands", "votes_for": "6"})
    voted = as_read(client.get(url).text)
    for told in (
        f"{seats[5].name} arrive (19:20)",
        f"{seats[6].name} a donné procuration à {seats[1].name}",
        f"{seats[2].name} se retire trésorier du comité",
    ):
        assert told in voted


def test_an_hour_far_from_the_opening_is_asked_for_twice_and_then_taken(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body), make_act(session, body), absent=1)
    meeting.starts_at, meeting.opened_at = at(DAY, 9), "09:00"
    session.commit()
    client, late = clerk_of(session, sign_in, body), list(meeting.seats)[-1]
    url, sheet = f"/conseil/points/{meeting.agenda[0].id}", f"/conseil/seances/{meeting.id}/soir"
    sent = {**filled(client.get(url).text), "mover": f"{late.id} arrival", "moved_at": "23:50"}
    doubted = client.post(f"{url}/mouvement", data=sent)
    words = as_read(doubted.text)
    assert (doubted.status_code, "23:50, c’est plus de douze heures après le début de la séance" in words) == (
        422,
        True,
    )
    assert late.movements == []
    again = filled(doubted.text)
    assert (again["moved_at"], again["mover"]) == ("23:50", f"{late.id} arrival")
    other = client.post(f"{url}/mouvement", data={**again, "moved_at": "23:55"})
    assert other.status_code == 422, "another hour is another question"
    assert client.post(f"{url}/mouvement", data=again).status_code == 302
    session.expire_all()
    (move,) = late.movements
    assert move.at == "23:50"
    early = client.post(f"{sheet}/clore", data={**filled(client.get(sheet).text), "closed_at": "10:00"})
    said = "avant un mouvement noté à 23:50, au point 1. Corrigez l’heure ; si c’est le mouvement qui est faux"
    assert (early.status_code, said in as_read(early.text)) == (422, True)
    end = {**filled(client.get(sheet).text), "closed_at": "23:58"}
    assert client.post(f"{sheet}/clore", data=end).status_code == 302, "beside an hour that was meant"


def test_the_end_of_an_evening_is_doubted_as_an_arrival_is(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body))  # opened at 19:00
    client, sheet = clerk_of(session, sign_in, body), f"/conseil/seances/{meeting.id}/soir"
    meeting.starts_at, meeting.opened_at = at(DAY, 9), "09:00"
    session.commit()
    doubted = client.post(f"{sheet}/clore", data={**filled(client.get(sheet).text), "closed_at": "22:00"})
    assert (doubted.status_code, "22:00, c’est plus de douze heures" in as_read(doubted.text)) == (422, True)
    assert client.post(f"{sheet}/clore", data=filled(doubted.text)).status_code == 302
    session.expire_all()
    assert (meeting.status, meeting.closed_at) == ("closed", "22:00")


def test_an_evening_may_go_past_midnight_without_a_question(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body), absent=1)  # opened at 19:00
    client, late = clerk_of(session, sign_in, body), list(meeting.seats)[-1]
    url = f"/conseil/points/{meeting.agenda[0].id}"
    sent = {**filled(client.get(url).text), "mover": f"{late.id} arrival", "moved_at": "00:30"}
    assert client.post(f"{url}/mouvement", data=sent).status_code == 302
