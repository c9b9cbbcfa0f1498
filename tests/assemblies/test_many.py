"""An association of some thousand members: what a page asks of the machine grows with the people, no faster."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from app.accounts.models import Role
from app.assemblies.models import AssemblyProxy, Ballot, ItemKind, Presence
from app.assemblies.services import electing, holding
from app.bodies.models import Function
from app.law.statutes import Statutes
from app.shared import clock
from tests.factories.accounts import make_member
from tests.factories.assemblies import BY, add_item, at, make_assembly, make_association, open_with, record_statutes

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.assemblies.models import Assembly
    from app.bodies.models import Body

    SignIn = Callable[[Account], FlaskClient]

FEW = 60


def hold(session: Session, body: Body, people: int) -> Assembly:
    """An assembly that is open: a third is there, a third is represented, somebody left and came back."""
    assembly = make_assembly(session, body, people=people)
    items = [add_item(session, assembly, f"Point {number}") for number in range(4)]
    elects = {"kind": ItemKind.ELECTION, "function": Function.BOARD_MEMBER, "places": 3, "ballot": Ballot.SECRET}
    election = add_item(session, assembly, "Conseil", **elects)
    open_with(session, assembly, people // 3)
    seats, now = assembly.members, clock.now()
    for number in range(people // 3):
        giver, holder = seats[people // 3 + number], seats[number]
        session.add(AssemblyProxy(assembly_id=assembly.id, giver_id=giver.id, holder_id=holder.id, noted_at=now))
    for item, comes in ((items[1], False), (items[2], True)):
        holding.note_move(session, seats[0], item, comes=comes, by=BY, at=at(clock.day_of(assembly.starts_at)))
    electing.stand(session, election, seats[2].name, person_id=seats[2].person_id, by=BY, at=now)
    session.commit()
    assert seats[0].presence == Presence.PRESENT
    return assembly


def steps(browser: FlaskClient, session: Session, url: str) -> int:
    """How many functions are called to answer."""
    session.rollback()
    session.expire_all()
    found = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal found
        found += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        answer = browser.get(url)
    finally:
        sys.setprofile(before)
    assert answer.status_code == 200
    return found


@pytest.mark.parametrize("page", ["decision", "election", "feuille", ""])
def test_four_times_the_people_ask_for_no_more_than_four_times_the_work(
    session: Session, sign_in: SignIn, page: str
) -> None:
    body = make_association(session)
    record_statutes(session, body, Statutes(proxies_per_person=2))
    browser = sign_in(make_member(session, body, Role.PRESIDENT))
    found = []
    for people in (FEW, 4 * FEW):
        assembly = hold(session, body, people)
        first, *_others, last = assembly.items
        pages = {"decision": f"points/{first.id}", "election": f"points/{last.id}"}
        url = f"/assemblees/{pages.get(page, f'{assembly.id}/{page}'.rstrip('/'))}"
        steps(browser, session, url)
        found.append(steps(browser, session, url))
    assert found[1] < 4.2 * found[0], found
