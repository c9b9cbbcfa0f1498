"""Roles in a body, named as in life."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class Role(StrEnum):
    """What somebody is in a body, as far as the software is concerned."""

    MAYOR = "maire"
    DEPUTY = "adjointe"
    CLERK = "secretaire_de_mairie"
    PRESIDENT = "presidente"
    SECRETARY = "secretaire"
    TREASURER = "tresorier"
    COORDINATOR = "coordinatrice"
    MEMBER = "membre"
    READER = "lecteur"
    ADVISER = "conseiller"


WRITERS = frozenset(
    {
        Role.MAYOR,
        Role.DEPUTY,
        Role.CLERK,
        Role.PRESIDENT,
        Role.SECRETARY,
        Role.TREASURER,
        Role.COORDINATOR,
    }
)

ROLE_NAMES = {
    Role.MAYOR: _l("Maire"),
    Role.DEPUTY: _l("Adjointe"),
    Role.CLERK: _l("Secrétaire de mairie"),
    Role.PRESIDENT: _l("Présidente"),
    Role.SECRETARY: _l("Secrétaire"),
    Role.TREASURER: _l("Trésorier"),
    Role.COORDINATOR: _l("Coordinatrice"),
    Role.MEMBER: _l("Membre"),
    Role.READER: _l("Lecteur"),
    Role.ADVISER: _l("Conseiller"),
}
