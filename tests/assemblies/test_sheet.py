"""The sheet of an assembly: who is there, who presides and writes; names that are alike; thousands of people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.accounts.models import Role
from app.assemblies.models import ItemKind, Presence
from app.assemblies.services import holding
from app.law.statutes import Statutes
from app.shared.typography import NO_BREAK
from tests.factories.accounts import make_member
from tests.factories.assemblies import BY, add_item, make_assembly, make_association, open_with, record_statutes

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.assemblies.models import Assembly
    from app.bodies.models import Body

NOT_THERE = "n’est pas noté·e présent·e : qui préside, écrit le procès-verbal ou compte les voix est là"


@pytest.fixture
def body(session: Session) -> Body:
    made = make_association(session)
    record_statutes(session, made, Statutes(proxies_per_person=2))
    return made


@pytest.fixture
def secretary(session: Session, sign_in: Callable[[Account], FlaskClient], body: Body) -> FlaskClient:
    return sign_in(make_member(session, body, Role.SECRETARY))


def note(session: Session, assembly: Assembly, presences: dict[int, Presence], **duties: object) -> None:
    """Note on the sheet, at the hour of the meeting."""
    roll = holding.Roll(presences=presences, **duties)
    holding.note_roll(session, assembly, roll, by=BY, at=assembly.starts_at)


@pytest.mark.parametrize("away", [Presence.ABSENT, Presence.EXCUSED])
@pytest.mark.parametrize("duty", ["president", "secretary", "teller"])
def test_whoever_presides_writes_or_counts_is_not_away(
    session: Session, secretary: FlaskClient, body: Body, duty: str, away: Presence
) -> None:
    assembly = make_assembly(session, body, people=3)
    ada, bea, _chloe = (seat.id for seat in assembly.members)
    url = f"/assemblees/{assembly.id}/feuille"
    said = {f"presence-{ada}": Presence.PRESENT, f"presence-{bea}": away}
    answer = secretary.post(url, data=said | {duty: str(bea)})
    assert answer.status_code == 422
    assert f"Membre Fictif 01 {NOT_THERE}" in answer.text
    assert secretary.post(url, data=said | {duty: str(ada)}).status_code == 302
    assert secretary.post(url, data=said | {f"presence-{bea}": Presence.REMOTE, duty: str(bea)}).status_code == 302


def test_who_presides_may_be_named_before_the_day_and_is_noted_as_there_to_open(session: Session, body: Body) -> None:
    assembly = make_assembly(session, body, people=3)
    ada, bea, _chloe = assembly.members
    note(session, assembly, {bea.id: Presence.PRESENT}, president_id=ada.id)
    with pytest.raises(holding.NotThere) as error:
        holding.open_assembly(session, assembly, "18:00", by=BY, at=assembly.starts_at)
    assert f"{ada.name} {NOT_THERE}" in str(error.value).replace(NO_BREAK, " ")
    note(session, assembly, {ada.id: Presence.PRESENT}, president_id=ada.id)
    holding.open_assembly(session, assembly, "18:00", by=BY, at=assembly.starts_at)


def test_minutes_are_not_closed_in_the_name_of_somebody_who_did_not_come(session: Session, body: Body) -> None:
    assembly = make_assembly(session, body, people=3)
    item = add_item(session, assembly, kind=ItemKind.INFORMATION)
    open_with(session, assembly, 2)
    ada, bea, chloe = assembly.members
    with pytest.raises(holding.NotThere):
        note(session, assembly, {}, president_id=ada.id, secretary_id=chloe.id)
    session.rollback()
    note(session, assembly, {chloe.id: Presence.UNSAID}, president_id=ada.id, secretary_id=chloe.id)
    with pytest.raises(holding.NotThere) as error:
        holding.close_assembly(session, assembly, "20:00", by=BY, at=assembly.starts_at)
    assert f"{chloe.name} {NOT_THERE}" in str(error.value).replace(NO_BREAK, " ")
    note(session, assembly, {}, president_id=ada.id, secretary_id=bea.id)
    holding.note_move(session, chloe, item, comes=True, by=BY, at=assembly.starts_at)
    note(session, assembly, {}, president_id=ada.id, secretary_id=chloe.id)
    with pytest.raises(holding.NotThere):
        holding.note_move(session, chloe, item, comes=False, by=BY, at=assembly.starts_at)
    session.rollback()
