"""After the council has decided: what a régie asks for, and what becomes of a draft that serves no more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from app.accounts.models import Role
from app.bodies.models import Function
from app.council.models import Act, ActStatus
from tests.factories.accounts import make_member
from tests.factories.bodies import make_mandate
from tests.factories.council import make_act, make_commune
from tests.factories.founding import make_founding
from tests.factories.people import make_person

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.bodies.models import Body

    SignIn = Callable[[Account], FlaskClient]

ROOM = "/comites-en-creation"
VOTED = {"day": "02/03/2026", "reference": "2026-008"}


@pytest.fixture
def commune(session: Session) -> Body:
    return make_commune(session)


@pytest.fixture
def clerk(session: Session, sign_in: SignIn, commune: Body) -> FlaskClient:
    return sign_in(make_member(session, commune, Role.CLERK))


def _words(page: str) -> str:
    text = re.sub(r"<[^>]+>", " ", page).replace("\N{NO-BREAK SPACE}", " ")
    return re.sub(r"\s+", " ", text)


def test_a_regie_that_is_decided_says_what_comes_next_until_somebody_runs_it(
    session: Session, clerk: FlaskClient, commune: Body
) -> None:
    made = make_founding(session, commune, form="service")
    page, committee = f"{ROOM}/{made.id}", made.committee
    assert "Pour faire vivre le service" not in _words(clerk.get(page).text)
    clerk.post(f"{page}/deliberation", data=VOTED)
    words = _words(clerk.get(page).text)
    assert "Le comité est créé." in words
    assert "La suite : Noter qui conduit le service" in words
    assert f"/organismes/{committee.id}/mandats/nouveau" in clerk.get(page).text
    for said in ("budget de la commune", "régie de recettes ; voyez avec le comptable public", "gestion de fait"):
        assert said in words
    step = "noter qui conduit le service"
    assert step in _words(clerk.get("/").text)
    assert f"La suite : {step} (la mairie)" in _words(clerk.get(f"/organismes/{commune.id}").text)
    person = make_person(session, "Ada", "Fictif", kept_by_body_id=commune.id)
    make_mandate(session, committee, person, Function.PRESIDENT, since="2026-03-10")
    session.commit()
    words = _words(clerk.get(page).text)
    assert "La suite" not in words
    assert "Noter qui conduit le service fait Sont notés : Ada Fictif." in words
    for elsewhere in ("/", f"/organismes/{commune.id}"):
        assert step not in _words(clerk.get(elsewhere).text), elsewhere


def test_an_association_is_not_told_what_a_regie_needs(session: Session, clerk: FlaskClient, commune: Body) -> None:
    made = make_founding(session, commune)
    clerk.post(f"{ROOM}/{made.id}/deliberation", data=VOTED)
    assert "régie de recettes" not in _words(clerk.get(f"{ROOM}/{made.id}").text)


@pytest.mark.parametrize("drops", [True, False])
def test_a_draft_that_serves_no_more_goes_to_the_trash_or_is_said_to_stay(
    session: Session, clerk: FlaskClient, commune: Body, *, drops: bool
) -> None:
    made = make_founding(session, commune, form="service")
    page = f"{ROOM}/{made.id}"
    number = int(clerk.post(f"{page}/deliberation/projet").location.rsplit("/", 1)[1])
    form = clerk.get(f"{page}/deliberation").text
    assert "Mettre le projet écrit ici à la corbeille" in form
    assert f'value="{number}" selected' not in form, "nobody says yet that the draft is the one"
    data = VOTED | ({"drop": "y"} if drops else {})
    told = _words(clerk.post(f"{page}/deliberation", data=data, follow_redirects=True).text)
    session.expire_all()
    draft = session.get_one(Act, number)
    assert (draft.trashed_at is not None) is drops
    assert f"le projet « {draft.title} » {'est à la corbeille' if drops else 'reste parmi les délibérations'}" in told
    assert "Votée le lundi 2 mars 2026" in told


def test_another_deliberation_of_the_council_takes_the_place_of_the_draft_and_of_what_was_noted_from_paper(
    session: Session, clerk: FlaskClient, commune: Body
) -> None:
    made = make_founding(session, commune, form="service")
    page = f"{ROOM}/{made.id}"
    clerk.post(f"{page}/deliberation", data=VOTED)
    act = make_act(session, commune, model="committee")
    session.commit()
    both = clerk.post(f"{page}/deliberation", data=VOTED | {"act": str(act.id)})
    assert both.status_code == 422
    assert "l’une ou l’autre" in both.text
    assert clerk.post(f"{page}/deliberation", data={"act": str(act.id)}).status_code == 302
    words = _words(clerk.get(page).text)
    assert "Votée le lundi 2 mars 2026" not in words
    assert "Le projet existe" in words


def test_a_draft_in_the_trash_is_no_draft_and_one_on_an_agenda_is_said_to_stay(
    session: Session, clerk: FlaskClient, commune: Body
) -> None:
    made = make_founding(session, commune, form="service")
    page = f"{ROOM}/{made.id}"
    number = int(clerk.post(f"{page}/deliberation/projet").location.rsplit("/", 1)[1])
    act = session.get_one(Act, number)
    act.status = ActStatus.ON_AGENDA
    session.commit()
    form = clerk.get(f"{page}/deliberation").text
    assert "est à l’ordre du jour d’une séance" in form
    assert "Mettre le projet écrit ici à la corbeille" not in form
    session.get_one(Act, number).status = ActStatus.DRAFT
    session.commit()
    clerk.post(f"/conseil/deliberations/{number}/corbeille")
    assert "Écrire le projet de délibération" in clerk.get(page).text
    again = int(clerk.post(f"{page}/deliberation/projet").location.rsplit("/", 1)[1])
    assert again != number
