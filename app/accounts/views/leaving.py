"""What people who leave keep or leave behind: accounts, invitations; and all of it on the page where they leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from app.access.gate import identity
from app.access.roles import ROLE_NAMES, WRITERS, Role
from app.accounts.queries import invitations_of_body, likely_person_of, roles_of_body
from app.bodies.pending import Heirs, pending_of
from app.bodies.queries import mandates_of_bodies
from app.people.naming import compared
from app.shared import clock

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from app.accounts.models import RoleGrant
    from app.bodies.pending import Pending


def kept_roles(session: Session, body_id: int, people: Mapping[int, str]) -> list[tuple[int, str, str]]:
    """The roles that people keep in a body and that end on no day; an address only for who may change them."""
    may_change = body_id in identity().administered_body_ids
    return [
        (person, _sentence(grant), url_for("accounts.role", body_id=body_id, grant_id=grant.id) if may_change else "")
        for grant in roles_of_body(session, body_id, on=clock.today())
        if grant.until is None and (person := likely_person_of(grant.account, people)) is not None
    ]


def unanswered_invitations(session: Session, body_id: int, people: Mapping[int, str]) -> list[tuple[int, str, str]]:
    """The invitations that people sent and nobody has answered: somebody else may withdraw or renew them."""
    may_see = body_id in identity().administered_body_ids
    url = url_for("accounts.body_access", body_id=body_id) if may_see else ""
    return [
        (person, str(_("A invité %(name)s, qui n’a pas encore répondu", name=token.name)), url)
        for token in invitations_of_body(session, body_id, at=clock.now())
        for person, name in people.items()
        if compared(name) == compared(token.invited_by)
    ]


def left_with(session: Session, grant: RoleGrant) -> list[tuple[Pending, str]]:
    """What waits for the person of a role in the name of its body, each with those who may take it over."""
    account, today = grant.account, clock.today()
    others = [one for one in roles_of_body(session, grant.body_id, on=today) if one.account_id != account.id]
    heirs = {
        Heirs.WRITERS: [one.account.name for one in others if one.role in WRITERS],
        Heirs.ADMINISTRATORS: [one.account.name for one in others if one.is_administrator],
    }
    own = url_for("accounts.role", body_id=grant.body_id, grant_id=grant.id)
    things = pending_of(session, _record_of(session, grant), account.name, grant.body_id)
    return [(one, ", ".join(dict.fromkeys(heirs[one.heirs]))) for one in things if one.url != own]


def _record_of(session: Session, grant: RoleGrant) -> int:
    """The person an account is: by its tie, else by the name of a mandate in the body; 0 when there is no record."""
    if grant.account.person_id is not None:
        return grant.account.person_id
    name = compared(grant.account.name)
    held = mandates_of_bodies(session, {grant.body_id})
    return next((one.person_id for one in held if compared(one.person.name) == name), 0)


def _sentence(grant: RoleGrant) -> str:
    role = str(ROLE_NAMES[Role(grant.role)])
    if grant.is_administrator:
        return str(_("Le compte garde le rôle « %(role)s » et administre l’organisme.", role=role))
    return str(_("Le compte garde le rôle « %(role)s ».", role=role))
