"""After the meeting: where the list was put up, and when its minutes were adopted, by the meeting that came next."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.council.documents import meeting_paper
from app.council.models import Council
from app.council.services import evening
from app.documents.textdoc import Paragraph, plain
from tests.factories.council import BY, DAY, LONG_AGO, at, make_act, make_commune, make_open_meeting
from tests.law.asking import ask
from tests.support.pages import as_read, clerk_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.bodies.models import Body
    from app.council.models import Meeting

    SignIn = Callable[[Account], FlaskClient]

NEXT = DAY + timedelta(days=28)


def _held(session: Session, body: Body, day: date = DAY) -> Meeting:
    meeting = make_open_meeting(session, body, make_act(session, body), day=day)
    evening.close_meeting(session, meeting, "21:00", by=BY, at=at(day))
    session.commit()
    return meeting


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def test_the_minutes_are_adopted_by_the_meeting_that_came_next(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = _held(session, body)
    client, url = clerk_of(session, sign_in, body), f"/conseil/seances/{meeting.id}"
    own = client.post(f"{url}/suites", data={"minutes_adopted_on": _day(DAY)})
    assert own.status_code == 422
    assert "pas à la séance qu’il raconte" in as_read(own.text)
    _held(session, body, NEXT)
    early = client.post(f"{url}/suites", data={"minutes_adopted_on": _day(DAY + timedelta(days=1))})
    assert early.status_code == 422
    assert "au commencement de la séance suivante, celle du vendredi 9 octobre 2026" in as_read(early.text)
    assert client.post(f"{url}/suites", data={"minutes_adopted_on": _day(NEXT)}).status_code == 302
    checks = as_read(client.get(f"{url}/verifications").text)
    assert "Dites quand le procès-verbal a été arrêté" not in checks
    given = {"minutes_adopted_on": _day(NEXT), "minutes_published_on": _day(NEXT + timedelta(days=2))}
    assert client.post(f"{url}/suites", data=given).status_code == 302
    assert ask(**client.get(f"{url}/verifications.json").json)["by_id"]["C31"]["status"] == "ok"
    later = {"minutes_adopted_on": _day(NEXT + timedelta(days=3))}
    warned = as_read(client.post(f"{url}/suites", data=later, follow_redirects=True).text)
    assert "n’est pas celui de la séance suivante connue ici" in warned
    told = ask(**client.get(f"{url}/verifications.json").json)["by_id"]["C31"]
    assert (told["status"], "celle du vendredi 9 octobre 2026" in told["sentence"]) == ("not_ok", True)


def test_the_minutes_of_a_commune_of_alsace_follow_no_article_of_the_general_law(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session, code="57650")
    meeting = _held(session, body)
    client = clerk_of(session, sign_in, body)
    given = {"minutes_adopted_on": _day(DAY)}
    assert client.post(f"/conseil/seances/{meeting.id}/suites", data=given).status_code == 302


def test_the_list_is_put_up_and_put_online_on_days_of_their_own(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    session.add(Council(body_id=body.id, created_at=LONG_AGO, has_website=True))
    meeting = _held(session, body)
    client, url = clerk_of(session, sign_in, body), f"/conseil/seances/{meeting.id}"
    posted, online = DAY + timedelta(days=2), DAY + timedelta(days=9)
    given = {"list_posted_on": _day(posted), "list_online_on": _day(online)}
    assert client.post(f"{url}/suites", data=given).status_code == 302
    page = as_read(client.get(url).text)
    assert "Liste des délibérations mise en ligne dimanche 20 septembre 2026" in page
    told = ask(**client.get(f"{url}/verifications.json").json)["by_id"]["C30"]
    assert told["status"] == "not_ok", "it was put online after the week"
    session.expire_all()
    paper = meeting_paper(session, meeting, "affichage")
    said = as_read(" ".join(plain(one.words) for one in paper.blocks if isinstance(one, Paragraph)))
    assert "affichée à la mairie le dimanche 13 septembre 2026 et mise en ligne le dimanche 20 septembre 2026" in said
    assert client.post(f"{url}/suites", data=given | {"list_online_on": "10/09/2026"}).status_code == 422


def test_a_sign_that_no_paper_prints_is_told_on_the_page_of_the_meeting(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body))
    client, url = clerk_of(session, sign_in, body), f"/conseil/seances/{meeting.id}"
    assert "Des signes ne s’impriment pas" not in as_read(client.get(url).text)
    meeting.agenda[0].note = "Une fête \N{PARTY POPPER} pour tous."
    session.commit()
    assert "\N{PARTY POPPER} : les documents les écrivent par leur code" in as_read(client.get(url).text)
