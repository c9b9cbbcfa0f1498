"""The worked examples of the law, with their own numbers, as a clerk types them into the pages and reads them there."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from app.conventions.services import keep_version
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
from tests.support.forms import filled
from tests.support.pages import as_read, clerk_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.bodies.models import Body
    from app.council.models import Meeting

    SignIn = Callable[[Account], FlaskClient]


def _convened(session: Session, client: FlaskClient, body: Body, held: date, sent: date) -> Meeting:
    """A meeting whose convocation is sent and closed on its page."""
    meeting = make_meeting(session, body, make_act(session, body), day=held)
    send(session, meeting, sent)
    session.commit()
    assert client.post(f"/conseil/seances/{meeting.id}/convocation/arreter").status_code == 302
    return meeting


def _attend(client: FlaskClient, meeting: Meeting, present: int) -> None:
    seats = list(meeting.seats)
    said = {f"attendance_{seat.id}": "present" if place < present else "absent" for place, seat in enumerate(seats)}
    given = {**said, "president": seats[0].id, "secretary": seats[1].id}
    assert client.post(f"/conseil/seances/{meeting.id}/soir/presences", data=given).status_code == 302


def _proxies(client: FlaskClient, meeting: Meeting, count: int) -> None:
    seats = list(meeting.seats)
    for place in range(count):
        given = {"giver": seats[-1 - place].id, "holder": seats[place].id, "written": "oui"}
        assert client.post(f"/conseil/seances/{meeting.id}/soir/procurations", data=given).status_code == 302


@pytest.mark.parametrize(
    ("population", "members", "quorum", "days"),
    [
        pytest.param(1850, 19, 10, 3, id="example-01"),
        pytest.param(3499, 23, 12, 3, id="example-02-below"),
        pytest.param(3500, 27, 14, 5, id="example-02-from"),
    ],
)
def test_strength_quorum_and_delay_stand_on_the_pages(  # the columns of the example
    session: Session, sign_in: SignIn, population: int, members: int, quorum: int, days: int
) -> None:
    body = make_commune(session, population=population, members=members)
    meeting = make_meeting(session, body, make_act(session, body))
    for point in meeting.points:
        point.note = ""
    send(session, meeting, DAY - timedelta(days=30))
    session.commit()
    client = clerk_of(session, sign_in, body)
    council = as_read(client.get(f"/conseil/{body.id}").text)
    assert f"Effectif légal (CGCT, art. L. 2121-2) {members} " in council
    assert f"Quorum, conseil sans vacance de plus (CGCT, art. L. 2121-17) {quorum} " in council
    page = as_read(client.get(f"/conseil/seances/{meeting.id}/convocation").text)
    assert f"il en faut {days} " in page
    assert ("Une note explicative de synthèse est due" in page) is (days == 5)


@pytest.mark.parametrize(
    ("population", "sent", "held", "days"),
    [
        pytest.param(1850, "08/09/2026", date(2026, 9, 11), (2, 3), id="example-03"),
        pytest.param(1850, "07/09/2026", date(2026, 9, 11), (3, 3), id="example-04"),
        pytest.param(6000, "04/09/2026", date(2026, 9, 10), (5, 5), id="example-05"),
        pytest.param(900, "30/04/2026", date(2026, 5, 4), (3, 3), id="example-06"),
    ],
)  # fmt: skip
def test_the_dispatch_typed_on_the_page_is_counted_in_clear_days(  # the same
    session: Session, sign_in: SignIn, population: int, sent: str, held: date, days: tuple[int, int]
) -> None:
    body = make_commune(session, population=population)
    meeting = make_meeting(session, body, make_act(session, body), day=held)
    client, url = clerk_of(session, sign_in, body), f"/conseil/seances/{meeting.id}/convocation"
    client.post(f"{url}/envois", data={"all_sent_on": sent})
    page = as_read(client.get(url).text)
    assert f"{days[0]} jours francs avant la séance, il en faut {days[1]}" in page
    is_short = sent == "08/09/2026"
    assert ("le délai est trop court. Dernier jour pour l’envoi : lundi 7 septembre 2026" in page) is is_short
    assert client.post(f"{url}/arreter").status_code == (422 if is_short else 302)


@pytest.mark.parametrize("ruling", [pytest.param("oui", id="example-07"), pytest.param("", id="example-07-unruled")])
def test_one_clear_day_is_enough_in_an_emergency_that_the_council_admits(
    session: Session, sign_in: SignIn, ruling: str
) -> None:
    body, held = make_commune(session, population=6000), date(2026, 11, 12)
    client = clerk_of(session, sign_in, body)
    meeting = make_meeting(session, body, make_act(session, body), day=held, is_urgent=True, urgency_reason="Une crue.")
    send(session, meeting, date(2026, 11, 10))
    session.commit()
    page = as_read(client.get(f"/conseil/seances/{meeting.id}/convocation").text)
    assert "1 jour franc avant la séance, il en faut 1" in page
    assert client.post(f"/conseil/seances/{meeting.id}/convocation/arreter").status_code == 302
    _attend(client, meeting, 5)
    opened = client.post(f"/conseil/seances/{meeting.id}/soir/ouvrir", data={"urgency": ruling})
    assert opened.status_code == (302 if ruling else 422)
    assert ruling or 'name="override_check" value="C02"' in opened.text


def test_vacant_seats_lower_the_quorum_and_proxies_help_to_vote_never_to_open(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session, members=17)  # example 8: 19, of whom two are missing
    client = clerk_of(session, sign_in, body)
    meeting = _convened(session, client, body, DAY, DAY - timedelta(days=6))
    _attend(client, meeting, 9)
    _proxies(client, meeting, 4)
    page = as_read(client.get(f"/conseil/seances/{meeting.id}/soir").text)
    assert "quorum réuni Présents : 9. Représentés : 4. Votants : 13. Quorum : 9 sur 17 en exercice." in page
    assert client.post(f"/conseil/seances/{meeting.id}/soir/ouvrir").status_code == 302
    full = make_commune(session, name="Bourg-Complet", members=19)  # example 9
    client = clerk_of(session, sign_in, full)
    meeting = _convened(session, client, full, DAY, DAY - timedelta(days=6))
    _attend(client, meeting, 9)
    _proxies(client, meeting, 8)
    refused = client.post(f"/conseil/seances/{meeting.id}/soir/ouvrir")
    assert refused.status_code == 422
    assert "Le quorum n’est pas réuni : 9 présents, il en faut 10" in as_read(refused.text)


def test_a_second_convocation_waits_three_clear_days_then_needs_no_quorum(session: Session, sign_in: SignIn) -> None:
    body, monday = make_commune(session, members=19), date(2026, 9, 14)  # example 10
    client = clerk_of(session, sign_in, body)
    first = _convened(session, client, body, monday, monday - timedelta(days=6))
    _attend(client, first, 5)
    client.post(f"/conseil/seances/{first.id}/soir/sans-quorum")
    given = {"day": "17/09/2026", "hour": "19:00", "place": "Mairie"}
    second = int(client.post(f"/conseil/seances/{first.id}/seconde-convocation", data=given).location.split("/")[-1])
    url = f"/conseil/seances/{second}/convocation"
    client.post(f"{url}/conseillers")
    client.post(f"{url}/envois", data={"all_sent_on": "14/09/2026"})
    assert "2 jours francs avant la séance, il en faut 3" in as_read(client.get(url).text)
    assert client.post(f"{url}/arreter").status_code == 422
    client.post(f"{url}/reprendre")  # what has gone says the 17th: another day is convened anew
    edit = f"/conseil/seances/{second}/modifier"
    revision = re.search(r'name="revision"[^>]*value="(\d+)"', client.get(edit).text)
    assert revision
    assert client.post(edit, data={**given, "day": "18/09/2026", "revision": revision[1]}).status_code == 302
    client.post(f"{url}/envois", data={"all_sent_on": "14/09/2026"})
    assert "3 jours francs avant la séance, il en faut 3" in as_read(client.get(url).text)
    assert client.post(f"{url}/arreter").status_code == 302
    assert "sans condition de quorum" in client.get(f"/conseil/seances/{second}/soir").text


@pytest.mark.parametrize(
    ("population", "members", "given", "said"),
    [
        pytest.param(
            3000, 23, {"votes_for": "10", "votes_against": "9", "abstentions": "4"}, "adopté", id="example-11"
        ),
        pytest.param(
            1850, 19, {"votes_for": "8", "votes_against": "8", "abstentions": "3", "president_vote": "for"}, "adopté",
            id="example-12",
        ),
        pytest.param(
            1850, 19, {"votes_for": "8", "votes_against": "8", "abstentions": "3", "ballot": "secret"}, "rejeté",
            id="example-12-secret",
        ),
        pytest.param(1850, 19, {"unanimity": "1"}, "adopté", id="unanimity"),
    ],
)  # fmt: skip
def test_the_vote_typed_on_the_page_is_decided_by_the_law(  # the same
    session: Session, sign_in: SignIn, population: int, members: int, given: dict[str, str], said: str
) -> None:
    body = make_commune(session, population=population, members=members)
    meeting = make_open_meeting(session, body, make_act(session, body))
    client, url = clerk_of(session, sign_in, body), f"/conseil/points/{meeting.agenda[0].id}/vote"
    told = client.post(url, data={"ballot": "show_of_hands", **given}, follow_redirects=True)
    assert f"Le vote est consigné : {said}." in as_read(told.text)


def test_both_requests_for_a_ballot_are_told_and_the_conflict_of_sources_too(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session, population=4000, members=27)  # example 13
    meeting = make_open_meeting(session, body, make_act(session, body), absent=7)
    client, url = clerk_of(session, sign_in, body), f"/conseil/points/{meeting.agenda[0].id}/vote"
    given = {"ballot": "show_of_hands", "votes_for": "1", "asked_public": "5", "asked_secret": "7"}
    page = as_read(client.post(url, data=given).text)
    assert "Les deux demandes sont recevables : sources en conflit, le règlement intérieur tranche" in page
    page = as_read(client.post(url, data={**given, "asked_public": "4", "asked_secret": "6"}).text)
    assert "demandé par assez de membres" not in page


def test_the_second_proxy_of_one_holder_is_refused(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session, members=19)  # example 14
    meeting = make_open_meeting(session, body, make_act(session, body), absent=2)
    client, seats = clerk_of(session, sign_in, body), list(meeting.seats)
    url = f"/conseil/seances/{meeting.id}/soir/procurations"
    holder = {"holder": seats[0].id, "written": "oui"}
    assert client.post(url, data={**holder, "giver": seats[17].id}).status_code == 302
    refused = client.post(url, data={**holder, "giver": seats[18].id})
    assert refused.status_code == 422
    assert 'name="override_check" value="C13"' in refused.text
    assert "Représentés : 1." in as_read(client.get(f"/conseil/points/{meeting.agenda[0].id}").text)


def test_the_president_of_the_committee_leaves_and_the_item_loses_its_quorum(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session, population=300, members=11)  # example 15
    meeting = make_open_meeting(session, body, make_act(session, body), absent=5)
    client, url = clerk_of(session, sign_in, body), f"/conseil/points/{meeting.agenda[0].id}"
    client.post(f"{url}/deport", data={"recused": meeting.seats[2].id, "recusal_reason": "préside le comité"})
    refused = client.post(f"{url}/vote", data={"ballot": "show_of_hands", "votes_for": "5"})
    assert "Le quorum n’est plus réuni pour ce point : 5 présents, il en faut 6" in as_read(refused.text)
    assert client.post(f"{url}/sans-vote", data={"outcome": "adjourned"}).status_code == 302


def test_the_text_is_signed_once_both_dates_are_there_and_binds_once_it_is_sent(
    session: Session, sign_in: SignIn
) -> None:
    text, _account = make_convention(session, languages=("fr",))
    body, voted = text.bodies[0].body, date(2026, 9, 10)
    version = keep_version(session, text, "Essai", by=BY, at=at(voted))
    act = make_act(
        session, body, model="convention", status="adopted", voted_on=voted, convention_id=text.id,
        version_id=version.id, sealed_sha256=version.sha256, register_year=2026, register_rank=1,
    )  # fmt: skip
    client, url = clerk_of(session, sign_in, body), f"/conseil/deliberations/{act.id}"
    mode = {"day": "14/09/2026", "mode": "electronic"}
    assert client.post(f"{url}/publication", data=mode).status_code == 302  # example 16
    assert client.post(f"{url}/transmission", data={"day": "16/09/2026", "words": "AR"}).status_code == 302
    assert "Exécutoire depuis le mercredi 16 septembre 2026" in as_read(client.get(url).text)
    early = client.post(f"{url}/fait", data={"kind": "text_signed", "day": "15/09/2026"})
    assert early.status_code == 422
    assert 'name="override_check" value="C25"' in early.text
    for kind, day in (("text_signed", "20/09/2026"), ("text_transmitted", "23/09/2026")):  # example 17
        assert client.post(f"{url}/fait", data={"kind": kind, "day": day}).status_code == 302
    page = as_read(client.get(url).text)
    assert "En vigueur depuis sa transmission (CGCT, art. L. 1115-1) mercredi 23 septembre 2026" in page


def test_the_last_day_of_third_parties_is_clear_and_a_working_day(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)  # example 18
    act = make_act(session, body, status="adopted", voted_on=date(2026, 9, 10), register_year=2026, register_rank=1)
    client, url = clerk_of(session, sign_in, body), f"/conseil/deliberations/{act.id}"
    mode = {"day": "15/09/2026", "mode": "electronic"}
    assert client.post(f"{url}/publication", data=mode).status_code == 302
    page = as_read(client.get(url).text)
    assert "Dernier jour du recours des tiers (CJA, art. R. 421-1) lundi 16 novembre 2026" in page


@pytest.mark.parametrize(
    ("cash", "said"),
    [
        pytest.param("15 000", "Le total dépasse le seuil : une convention est obligatoire", id="example-19"),
        pytest.param("14 000", "Le total ne dépasse pas le seuil", id="example-19-exactly"),
    ],
)
def test_cash_and_kind_of_the_year_are_compared_with_the_threshold(
    session: Session, sign_in: SignIn, cash: str, said: str
) -> None:
    body = make_commune(session)
    committee = make_subsidy(session, body, year=2025).beneficiary
    given = {"body": body.id, "beneficiary": committee.id, "year": "2026", "purpose": "Accueil", "cash": cash,
             "in_kind": "9000", "in_kind_note": "Une salle"}  # fmt: skip
    page = clerk_of(session, sign_in, body).post("/conseil/subventions/nouvelle", data=given, follow_redirects=True)
    assert said in as_read(page.text)


def test_an_aid_whose_value_in_kind_is_left_empty_is_no_yes_until_it_is_told(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    clerk = clerk_of(session, sign_in, body)
    committee = make_subsidy(session, body, year=2025).beneficiary
    given = {"body": body.id, "beneficiary": committee.id, "year": "2026", "purpose": "Accueil", "cash": "14 000"}
    page = clerk.post("/conseil/subventions/nouvelle", data={**given, "in_kind": ""}, follow_redirects=True)
    assert "en nature, non noté" in as_read(page.text)
    assert "n’est pas obligatoire" not in as_read(page.text)
    address = f"{page.request.path}/modifier"
    form = filled(clerk.get(address).text)
    assert form["in_kind"] == ""
    page = clerk.post(address, data={**form, "in_kind": "0"}, follow_redirects=True)
    assert "n’est pas obligatoire" in as_read(page.text)
    assert filled(clerk.get(address).text)["in_kind"] == "0"
