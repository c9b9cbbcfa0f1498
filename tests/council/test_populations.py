"""How many people a commune has, and since when: what met and was published before is not judged anew."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import create_engine

from app.council.casework import meeting_case
from app.council.populations import populations_of
from app.council.queries import council_of
from app.council.reckoning import delay_of, setting_of
from app.council.services import convening
from app.database import migrate
from app.database.connection import prepare
from tests.council.test_modes import POSTED, c32_of
from tests.factories.council import BY, DAY, at, make_act, make_commune, make_meeting, send
from tests.law.asking import ask
from tests.support.forms import filled
from tests.support.pages import as_read, clerk_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.bodies.models import Body
    from app.council.models import Meeting
    from app.council.reckoning import Setting

    SignIn = Callable[[Account], FlaskClient]

UNDER, OVER = 3480, 3520
NEW_YEAR = date(2027, 1, 1)


def setting(session: Session, body: Body) -> Setting:
    """What is known of the commune now."""
    session.expire_all()
    return setting_of(body, council_of(session, body.id))


def convened(session: Session, body: Body, day: date, *, ahead: int) -> Meeting:
    """A meeting that was called so many days ahead."""
    meeting = make_meeting(session, body, make_act(session, body), day=day)
    send(session, meeting, day - timedelta(days=ahead))
    convening.convene(session, meeting, by=BY, at=at(day - timedelta(days=ahead)))
    session.commit()
    return meeting


def told_in(client: FlaskClient, url: str, **given: str) -> dict[str, str]:
    """The page as it is shown, with what is typed."""
    shown = filled(client.get(url).text)
    mode = "" if shown["publication_mode"] == "on" else shown["publication_mode"]  # a choice without a value
    return {**shown, "publication_mode": mode, **given}


def status_of(session: Session, meeting: Meeting, check: str) -> str:
    """How the law judges a meeting."""
    told = meeting_case(meeting, setting(session, meeting.body), on=NEW_YEAR)
    return str(ask(**told)["by_id"][check]["status"])


def test_crossing_the_threshold_judges_no_older_meeting_or_publication_anew(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session, population=UNDER)
    client, url = clerk_of(session, sign_in, body), f"/conseil/{body.id}/modifier"
    assert client.post(url, data=told_in(client, url, **POSTED)).status_code == 302
    meeting = convened(session, body, DAY, ahead=4)
    days = {"voted_on": DAY, "transmitted_on": DAY, "published_on": DAY, "register_year": 2026, "register_rank": 1}
    act = make_act(session, body, status="adopted", publication_mode="posting", **days)
    assert (status_of(session, meeting, "C01"), c32_of(session, act, NEW_YEAR)) == ("ok", "ok")

    crossed = told_in(client, url, reference_population=str(OVER), current_population=str(OVER))
    unsaid = client.post(url, data=crossed)
    assert unsaid.status_code == 422
    assert "Écrivez depuis quel jour ces nombres valent" in as_read(unsaid.text)
    assert filled(unsaid.text)["current_population"] == str(OVER)
    assert client.post(url, data={**crossed, "population_since": "01/01/2027"}).status_code == 302

    assert (status_of(session, meeting, "C01"), c32_of(session, act, NEW_YEAR)) == ("ok", "ok")
    page = as_read(client.get(f"/conseil/deliberations/{act.id}").text)
    assert "Peut-on l’exécuter aujourd’hui ? Oui" in page
    later = make_meeting(session, body, day=NEW_YEAR + timedelta(days=20))
    sent = NEW_YEAR + timedelta(days=16)
    known = setting(session, body)
    assert delay_of(later, known, sent).is_short, "three clear days, and five are asked from then on"
    assert [known.side(day) for day in (DAY, NEW_YEAR - timedelta(days=1), NEW_YEAR)] == ["under", "under", "at_least"]
    page = as_read(client.get(f"/conseil/{body.id}").text)
    assert "Population d’aujourd’hui 3 480" in page
    assert "Autres populations 3 520 au renouvellement, 3 520 en vigueur, à partir du vendredi 1er janvier 2027" in page


def test_numbers_that_were_noted_wrongly_are_put_right_for_the_past_only_on_purpose(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session, population=UNDER)
    client, url = clerk_of(session, sign_in, body), f"/conseil/{body.id}/modifier"
    meeting = convened(session, body, DAY, ahead=4)
    wrong = told_in(client, url, reference_population=str(OVER), current_population=str(OVER))
    asked = client.post(url, data=wrong)
    assert (asked.status_code, 'name="population_was_wrong"' in asked.text) == (422, True)
    assert client.post(url, data={**wrong, "population_was_wrong": "y"}).status_code == 302
    assert status_of(session, meeting, "C01") == "not_ok"
    assert [(one.current, one.since) for one in setting(session, body).populations] == [(OVER, None)]


def test_a_day_that_was_a_slip_is_moved_and_numbers_that_were_are_taken_away(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session, population=UNDER)
    client, url = clerk_of(session, sign_in, body), f"/conseil/{body.id}/modifier"
    convened(session, body, DAY, ahead=10)

    def told(**given: str) -> list[tuple[int | None, str]]:
        assert client.post(url, data=told_in(client, url, **given)).status_code == 302
        return [(one.current, one.mark) for one in setting(session, body).populations]

    first = (UNDER, "toujours")
    assert told(current_population=str(OVER), population_since="01/01/2026") == [first, (OVER, "2026-01-01")]
    assert told(population_since="01/01/2027") == [first, (OVER, "2027-01-01")]
    assert told(court="Lille") == [first, (OVER, "2027-01-01")], "what is saved again changes nothing"
    assert told(without_populations="2027-01-01") == [first]
    body.population = OVER
    session.commit()
    council = council_of(session, body.id)
    assert council is not None
    assert council.current_population == UNDER, "what was told does not follow the list"


def test_before_the_first_day_that_is_noted_the_earliest_numbers_hold(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session, population=UNDER)
    client, url = clerk_of(session, sign_in, body), f"/conseil/{body.id}/modifier"
    dated = told_in(client, url, current_population=str(OVER), population_since="01/01/2026")
    assert client.post(url, data=dated).status_code == 302
    held = setting(session, body)
    assert [held.current_population(day) for day in (date(2025, 12, 31), date(2026, 1, 1))] == [UNDER, OVER]
    council = council_of(session, body.id)
    assert council is not None
    council.former_populations = None
    session.commit()
    assert setting(session, body).current_population(date(2020, 1, 1)) == OVER


def test_the_numbers_of_an_older_database_hold_all_along_and_the_latest_stay_when_it_goes_down(
    session: Session, sign_in: SignIn, database_url: str
) -> None:
    body = make_commune(session, population=UNDER)
    client, url = clerk_of(session, sign_in, body), f"/conseil/{body.id}/modifier"
    told = told_in(client, url, current_population=str(OVER), population_since="01/01/2027")
    assert client.post(url, data=told).status_code == 302
    number = body.id
    session.rollback()
    engine = create_engine(database_url)
    prepare(engine)
    migrate.downgrade(engine, "051_hands")
    migrate.upgrade(engine)
    engine.dispose()
    session.expire_all()
    rows = populations_of(council_of(session, number), None)
    assert [(one.reference, one.current, one.since) for one in rows] == [(UNDER, OVER, None)]


def test_a_number_of_the_list_that_changes_after_a_convocation_judges_it_not_anew(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session, population=UNDER)
    client = clerk_of(session, sign_in, body)
    assert council_of(session, body.id) is None, "nobody told anything of it"
    meeting = convened(session, body, DAY, ahead=4)
    assert "Population sur la fiche de la commune" not in as_read(client.get(f"/conseil/{body.id}").text)
    body.population = OVER
    session.commit()
    assert status_of(session, meeting, "C01") == "ok"
    page = as_read(client.get(f"/conseil/{body.id}").text)
    assert "Population sur la fiche de la commune : 3 520 ; le conseil compte par 3 480." in page
    url = f"/conseil/{body.id}/modifier"
    told = told_in(client, url, current_population=str(OVER), population_since="01/01/2027")
    assert client.post(url, data=told).status_code == 302
    assert "Population sur la fiche de la commune" not in as_read(client.get(f"/conseil/{body.id}").text)
    emptied = told_in(client, url, current_population="")
    assert client.post(url, data=emptied).status_code == 302, "the list says the same"
    body.population = UNDER
    session.commit()
    assert [one.current for one in setting(session, body).populations] == [UNDER, OVER]
