"""How the council chose to publish, and since when: what was published by an older choice stays lawful."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.audit.models import JournalEntry
from app.council.actcase import act_case
from app.council.casework import judged
from app.council.modes import choices_of
from app.council.queries import council_of
from app.council.reckoning import setting_of
from tests.factories.council import DAY, make_act, make_commune
from tests.support.pages import as_read, clerk_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.council.models import Act

    SignIn = Callable[[Account], FlaskClient]

POSTED = {"publication_mode": "posting", "mode_decided_by": "nᵒ 2022-07 du 1er juillet 2022"}
ONLINE = {"publication_mode": "electronic", "mode_decided_by": "nᵒ 2026-09 du 20 septembre 2026"}
CHANGE = DAY + timedelta(days=20)


def c32_of(session: Session, act: Act, on: date) -> str:
    """How the law's check of the publication judges an act."""
    session.expire_all()
    setting = setting_of(act.body, council_of(session, act.body_id))
    told = judged(act_case(act, setting, on=on))
    assert told is not None
    return next(str(one["status"]) for one in told["checks"] if one["id"] == "C32")


def test_an_act_that_was_rightly_posted_stays_right_once_the_council_chooses_otherwise(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    client, url = clerk_of(session, sign_in, body), f"/conseil/{body.id}/modifier"
    assert client.post(url, data={"revision": "0", **POSTED}).status_code == 302
    days = {"voted_on": DAY, "transmitted_on": DAY, "published_on": DAY, "register_year": 2026}
    old = make_act(session, body, status="adopted", publication_mode="posting", register_rank=1, **days)
    late = {**days, "published_on": CHANGE}
    new = make_act(session, body, status="adopted", publication_mode="posting", register_rank=2, **late)
    assert [c32_of(session, act, CHANGE) for act in (old, new)] == ["ok", "ok"]

    unsaid = client.post(url, data={"revision": "1", **ONLINE})
    assert unsaid.status_code == 422
    assert "Écrivez depuis quel jour ce choix vaut" in as_read(unsaid.text)
    told = {"revision": "1", **ONLINE, "mode_since": f"{CHANGE:%d/%m/%Y}"}
    warned = client.post(url, data=told)
    assert warned.status_code == 422, "an act that is noted already becomes wrong by it"
    assert "2026-002 (publiée le jeudi 1er octobre 2026). Elle ne serait plus exécutoire" in as_read(warned.text)
    assert "2026-001" not in as_read(warned.text)
    assert client.post(url, data={**told, "mode_reason": "Affichée par habitude, à republier."}).status_code == 302

    assert [c32_of(session, act, CHANGE) for act in (old, new)] == ["ok", "not_ok"]
    assert client.get(f"/conseil/deliberations/{old.id}/certificat.pdf").status_code == 200
    page = as_read(client.get(f"/conseil/{body.id}").text)
    told_before = "Autres choix affichage à la mairie (nᵒ 2022-07 du 1er juillet 2022) jusqu’au jeudi 1er octobre 2026"
    assert told_before in page
    journal = session.scalars(select(JournalEntry).where(JournalEntry.action == "council.mode_confirmed")).one()
    assert journal.details == {"acts": "2026-002", "reason": "Affichée par habitude, à republier."}
    for act, says in ((old, "Oui"), (new, "Non")):
        read = as_read(client.get(f"/conseil/deliberations/{act.id}").text)
        assert f"Peut-on l’exécuter aujourd’hui ? {says}" in read, "the meter and C32 say the same"
    assert "alors que la commune devait publier autrement ce jour-là (publication électronique)" in read
    council = council_of(session, body.id)
    assert council is not None
    assert [row["mode"] for row in council.former_modes or []] == ["posting"]
    # a later slip in the same choice keeps the history; emptying its day does not undo it silently
    again = {"revision": "2", **ONLINE, "mode_since": f"{CHANGE:%d/%m/%Y}", "court": "Lille"}
    assert client.post(url, data=again).status_code == 302
    assert client.post(url, data={"revision": "3", **ONLINE}).status_code == 422
    assert c32_of(session, old, CHANGE) == "ok"


def test_no_certificate_goes_out_for_an_act_published_otherwise_than_the_commune_must(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session, population=5780)
    days = {"voted_on": DAY, "transmitted_on": DAY, "published_on": DAY, "register_year": 2026}
    act = make_act(session, body, status="adopted", publication_mode="posting", register_rank=1, **days)
    client = clerk_of(session, sign_in, body)
    refused = client.get(f"/conseil/deliberations/{act.id}/certificat.pdf")
    assert refused.status_code != 200
    assert "Ce certificat ne se délivre pas : la délibération est notée comme publiée autrement" in as_read(
        refused.text
    )
    act.publication_mode = "electronic"
    session.commit()
    assert client.get(f"/conseil/deliberations/{act.id}/certificat.pdf").status_code == 200


def test_a_choice_of_an_earlier_day_takes_no_later_one_away_and_each_has_its_deliberation(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    client, url = clerk_of(session, sign_in, body), f"/conseil/{body.id}/modifier"
    assert client.post(url, data={"revision": "0", **POSTED, "mode_since": "01/07/2022"}).status_code == 302
    later = {"publication_mode": "electronic", "mode_decided_by": "", "mode_since": "01/12/2026"}
    assert client.post(url, data={"revision": "1", **later}).status_code == 302
    paper = {"publication_mode": "paper", "mode_decided_by": POSTED["mode_decided_by"], "mode_since": "21/11/2026"}
    refused = client.post(url, data={"revision": "2", **paper})
    assert refused.status_code == 422, "the deliberation of another choice is not carried over"
    assert "Écrivez la délibération qui a fait celui-ci" in as_read(refused.text)
    assert client.post(url, data={"revision": "2", **paper, "mode_decided_by": "nᵒ 2026-12"}).status_code == 302

    def held() -> list[tuple[str, str, str]]:
        session.expire_all()
        return [(one.mode, one.decided_by, one.mark) for one in choices_of(council_of(session, body.id))]

    first = ("posting", POSTED["mode_decided_by"], "2022-07-01")
    assert held() == [first, ("paper", "nᵒ 2026-12", "2026-11-21"), ("electronic", "", "2026-12-01")]
    assert "publication électronique à partir du mardi 1er décembre 2026" in as_read(client.get(url).text)
    moved = {"revision": "3", **later, "mode_since": "02/12/2026", "without": "2026-11-21"}
    assert client.post(url, data=moved).status_code == 302
    assert held() == [first, ("electronic", "", "2026-12-02")], "moved, and one taken away because it was asked"
    away = {"revision": "4", **later, "mode_since": "02/12/2026", "without": "2026-12-02"}
    assert client.post(url, data=away).status_code == 302
    assert held() == [first]
