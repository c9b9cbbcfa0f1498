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
    Role.DEPUTY: _l("Adjointe ou adjoint"),
    Role.CLERK: _l("Secrétaire de mairie"),
    Role.PRESIDENT: _l("Présidente ou président"),
    Role.SECRETARY: _l("Secrétaire"),
    Role.TREASURER: _l("Trésorière ou trésorier"),
    Role.COORDINATOR: _l("Coordinatrice ou coordinateur"),
    Role.MEMBER: _l("Membre"),
    Role.READER: _l("Lecture seule"),
    Role.ADVISER: _l("Conseil de la fédération"),
}
