"""A page that was opened before somebody was erased, or a record binned: what is pressed there changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from app.access.roles import Role
from app.audit.models import JournalEntry
from app.members.models import Consent, DuesWaiver, GroupMember, HostFamily, Payment, Traveller, VolunteerEntry
from app.shared import clock
from tests.factories.accounts import make_member
from tests.factories.members import enrol, make_committee, make_group, make_household, make_period, make_stay
from tests.support.forms import filled
from tests.support.pages import as_read
from tests.support.together import another_browser, at_the_same_moment

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.bodies.models import Body
    from app.members.models import Member

    SignIn = Callable[[Account], FlaskClient]

ERASED = "Cette fiche a été effacée : il n’y a plus rien à y noter."
BINNED = "Cette fiche est à la corbeille : sortez-la d’abord de la corbeille, puis recommencez."


@pytest.fixture
def committee(session: Session) -> Body:
    return make_committee(session)


@pytest.fixture
def keeper(session: Session, sign_in: SignIn, committee: Body) -> FlaskClient:
    return sign_in(make_member(session, committee, Role.PRESIDENT))


def leave_and_erase(keeper: FlaskClient, member: Member) -> None:
    """The last day is today: whoever left today is still on the lists that a page offers."""
    typed = {"until": f"{clock.today():%d/%m/%Y}", "why": "resigned", "revision": str(member.revision)}
    keeper.post(f"/membres/fiche/{member.id}/depart", data=typed)
    assert keeper.post(f"/membres/fiche/{member.id}/effacer").status_code == 302


def written(session: Session) -> list[int | None]:
    session.expire_all()
    kinds = (Consent, GroupMember, HostFamily, Traveller, VolunteerEntry, Payment, DuesWaiver)
    return [session.scalar(select(func.count()).select_from(kind)) for kind in kinds]


def presses(session: Session, body: Body, member: Member) -> dict[str, dict[str, str]]:
    """What an open page lets one press, and what it sends."""
    today, number = f"{clock.today():%d/%m/%Y}", str(member.id)
    period, group = make_period(session, body, clock.today().year), make_group(session, enrol(session, body, "Zoé"))
    stay, page = make_stay(session, enrol(session, body, "Léa")), f"/membres/fiche/{member.id}"
    return {
        f"{page}/retour": {},
        f"{page}/foyer": {},
        f"{page}/foyer/rejoindre": {"member": str(enrol(session, body, "Ida").id)},
        f"{page}/accords": {"kind": "newsletter", "given_on": today, "proof": "bulletin signé"},
        f"/membres/groupes/{group.id}": {"member": number},
        f"/membres/{body.id}/accueil/famille": {"member": number, "beds": "2"},
        f"/membres/accueil/sejour/{stay.id}/voyageur": {"member": number},
        f"/membres/{body.id}/benevolat": {"member": number, "given_on": today, "what": "Repas", "hours": "3"},
        f"/membres/cotisations/{period.id}/paiement/{member.id}": {
            "members": number,
            "amount": "15",
            "paid_on": today,
            "means": "cash",
        },
        f"/membres/cotisations/{period.id}/dispense/{member.id}": {
            "members": number,
            "amount": "15",
            "decided": "Bureau du 3 mars",
        },
    }


def test_nothing_more_is_noted_of_somebody_who_was_erased(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    home = make_household(session, committee)
    member = enrol(session, committee, "Jeanne", "Fictive", household=home)
    enrol(session, committee, "Luc", "Fictif", household=home)
    pages = presses(session, committee, member)
    leave_and_erase(keeper, member)
    before = written(session)
    for page, typed in pages.items():
        answer = keeper.post(page, data=typed, follow_redirects=True)
        told = as_read(answer.text)
        assert ERASED in told or answer.status_code == 404, page
        session.expire_all()
        assert (member.until is not None, member.household_id) == (True, None), page
    assert written(session) == before
    shown = as_read(keeper.get(f"/membres/fiche/{member.id}").text)
    assert "Modifier la fiche" not in shown
    assert "Revient" not in shown


def test_nothing_more_is_noted_of_a_record_in_the_trash(session: Session, keeper: FlaskClient, committee: Body) -> None:
    member = enrol(session, committee, "Jeanne", "Fictive", household=make_household(session, committee))
    pages = presses(session, committee, member)
    keeper.post(f"/membres/fiche/{member.id}/corbeille")
    before = written(session)
    for page, typed in pages.items():
        answer = keeper.post(page, data=typed, follow_redirects=True)
        assert BINNED in as_read(answer.text) or answer.status_code == 404, page
    assert written(session) == before
    assert "Noter l’accord" not in keeper.get(f"/membres/fiche/{member.id}/accords").text


def test_a_record_that_was_erased_in_the_trash_comes_back_as_no_member(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    member = enrol(session, committee, "Jeanne", "Fictive")
    keeper.post(f"/membres/fiche/{member.id}/corbeille")
    keeper.post(f"/membres/fiche/{member.id}/effacer")
    told = keeper.post(f"/membres/fiche/{member.id}/restaurer", follow_redirects=True)
    assert ERASED in as_read(told.text)
    session.expire_all()
    assert member.trashed_at is not None
    assert "Remettre en place" not in told.text


def test_who_is_erased_at_the_moment_of_coming_back_is_a_member_no_more(
    app: Flask, session: Session, committee: Body
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    member = enrol(session, committee, "Jeanne", "Fictive", until="2026-01-31")
    page = f"/membres/fiche/{member.id}"
    ada, basile = (make_member(session, committee, Role.PRESIDENT, name=name) for name in ("Ada", "Basile"))
    browsers = another_browser(app, ada), another_browser(app, basile)
    typed = filled(browsers[0].get(f"{page}/effacer").text)
    erased, back = at_the_same_moment(
        app,
        JournalEntry,
        lambda: browsers[0].post(f"{page}/effacer", data=typed),
        lambda: browsers[1].post(f"{page}/retour", follow_redirects=True),
    )
    assert erased.status_code == 302
    assert ERASED in as_read(back.text)
    session.rollback()
    session.expire_all()
    assert (member.erased_at is not None, member.until is not None) == (True, True)
