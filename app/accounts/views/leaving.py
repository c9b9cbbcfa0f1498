"""The accounts that people who have left office keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from app.access.gate import identity
from app.access.roles import ROLE_NAMES, Role
from app.accounts.queries import roles_of_body
from app.people.naming import compared
from app.shared import clock

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from app.accounts.models import RoleGrant


def kept_roles(session: Session, body_id: int, people: Mapping[int, str]) -> list[tuple[int, str, str]]:
    """The roles that people keep in a body and that end on no day; an address only for who may change them."""
    may_change = body_id in identity().administered_body_ids
    return [
        (person, _sentence(grant), url_for("accounts.role", body_id=body_id, grant_id=grant.id) if may_change else "")
        for grant in roles_of_body(session, body_id, on=clock.today())
        if grant.until is None and (person := _who(grant, people)) is not None
    ]


def _who(grant: RoleGrant, people: Mapping[int, str]) -> int | None:
    """Whose role it is; an account that is tied to no record is known by its name."""
    account = grant.account
    if account.person_id is not None:
        return account.person_id if account.person_id in people else None
    name = compared(account.name)
    return next((person for person, known in people.items() if compared(known) == name), None)


def _sentence(grant: RoleGrant) -> str:
    role = str(ROLE_NAMES[Role(grant.role)])
    if grant.is_administrator:
        return str(_("Le compte garde le rôle « %(role)s » et administre l’organisme.", role=role))
    return str(_("Le compte garde le rôle « %(role)s ».", role=role))
