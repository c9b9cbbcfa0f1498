"""What the journal tells of an assembly to those who may not see who is called."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.accounts.models import Role
from app.assemblies.models import Channel, ItemKind
from app.assemblies.services import calling, electing, holding, voting
from app.audit.models import JournalEntry
from tests.factories.accounts import make_member
from tests.factories.assemblies import (
    BY,
    DAY,
    add_item,
    at,
    make_assembly,
    make_association,
    open_with,
    record_statutes,
)
from tests.support.pages import as_read

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]


def test_the_journal_names_nobody_who_is_called_comes_gives_a_proxy_or_votes(
    app: Flask, session: Session, sign_in: SignIn
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    body = make_association(session)
    record_statutes(session, body)
    assembly = make_assembly(session, body, people=10)
    item, other = add_item(session, assembly, "Budget"), add_item(session, assembly, "Bilan")
    election = add_item(session, assembly, "Conseil", kind=ItemKind.ELECTION, function="board_member", places=2)
    extra = calling.call_people(session, assembly, [calling.SeatFacts(name="Ida Fictive")], by=BY, at=at(DAY))
    calling.uncall(session, extra[0], by=BY, at=at(DAY))
    open_with(session, assembly, 7)
    seats = assembly.members
    voter = seats[9]
    voter.link_hash = hashlib.sha256(b"lien").hexdigest()
    holding.give_proxy(session, assembly, seats[7], seats[0], since=None, channel=Channel.PAPER, by=BY, at=at(DAY))
    holding.take_back_proxy(session, assembly.proxies[0], by=BY, at=at(DAY))
    holding.note_move(session, seats[3], other, comes=False, by=BY, at=at(DAY))
    electing.stand_down(session, electing.stand(session, election, seats[4].name, by=BY, at=at(DAY)), by=BY, at=at(DAY))
    voting.open_distance(session, item, is_open=True, by=BY, at=at(DAY))
    voting.cast(session, item, seats[8], ["for"], Channel.PAPER, by=BY, at=at(DAY))
    session.commit()
    answer = app.test_client().post(f"/assemblees/reponse/lien/vote/{item.id}", data={"choice": "for"})
    assert answer.status_code == 302

    page = as_read(sign_in(make_member(session, body, Role.READER)).get(f"/organismes/{body.id}/journal").text)
    assert "Une personne convoquée" in page
    assert "a voté en ligne sur « Budget »" in page
    assert "a noté un vote reçu à distance sur « Budget »" in page
    names = {seat.name for seat in assembly.seats} | {"Ida Fictive"}
    assert not [name for name in names if name in page]
    kept = session.scalars(select(JournalEntry)).all()
    assert not [one for one in kept if names & {one.actor_name, *map(str, (one.details or {}).values())}]
