"""The declaration: what was filed, the receipt or the register, the publication, the numbers; then the convention."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.bodies.services.records import edit_body, facts_of
from app.database.unit import alone_on
from app.founding.queries import is_local
from app.founding.services.ground import BadFounding, NotNow, expect, require_order, require_past, tell, touch
from app.shared.saying import full_day

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.conventions.models import Convention
    from app.founding.models import Founding
    from app.shared.actor import Actor


@dataclass(frozen=True)
class Declared:
    """What happened with the declaration; everything may still be empty."""

    filed_on: date | None = None
    receipt_on: date | None = None
    receipt_reference: str = ""
    registered_on: date | None = None
    register_reference: str = ""
    published_on: date | None = None
    publication_reference: str = ""
    rna: str = ""
    siret: str = ""


_ORDER = (
    ("filed_on", "receipt_on", _l("Le récépissé ne peut pas précéder le dépôt.")),
    ("filed_on", "registered_on", _l("L’inscription au registre ne peut pas précéder le dépôt.")),
    ("filed_on", "published_on", _l("La publication ne peut pas précéder le dépôt du dossier.")),
    ("receipt_on", "published_on", _l("La publication ne peut pas précéder le récépissé.")),
    ("registered_on", "published_on", _l("La publication ne peut pas précéder l’inscription au registre.")),
)
"""What comes before what."""


def note_declaration(
    session: Session, founding: Founding, command: Declared, *, revision: int, by: Actor, at: datetime
) -> None:
    """Note how far the declaration has come; RNA and SIRET are checked and stand on the committee's record.

    :raises BadRecord: when a number is none.
    """
    alone_on(session, founding)
    expect(founding, revision, theirs=told(told_of(founding)), yours=told(command))
    if founding.held_on is None:
        raise NotNow(_l("L’assemblée constitutive n’a pas encore eu lieu : rien ne peut être déclaré."))
    for name in ("filed_on", "receipt_on", "registered_on", "published_on"):
        day = getattr(command, name)
        require_past(day, at, name)
        require_order(
            founding.held_on,
            day,
            _l("C’est avant l’assemblée constitutive du %(day)s.", day=full_day(founding.held_on)),
            name,
        )
    for before, after, sentence in _ORDER:
        require_order(getattr(command, before), getattr(command, after), sentence, after)
    if is_local(founding.body) and command.rna:
        raise BadFounding(
            _l("Une association de droit local d’Alsace-Moselle n’a pas de numéro RNA : laissez ce champ vide."),
            field="rna",
        )
    committee = founding.committee
    kept = facts_of(committee)
    if (kept.rna, kept.siret) != (command.rna, command.siret):
        facts = replace(kept, rna=command.rna, siret=command.siret)
        edit_body(session, committee, facts, revision=committee.revision, by=by, at=at)
    for name in ("filed_on", "receipt_on", "registered_on", "published_on"):
        setattr(founding, name, getattr(command, name))
    for name in ("receipt_reference", "register_reference", "publication_reference"):
        setattr(founding, name, " ".join(getattr(command, name).split())[:120])
    touch(founding, by, at)
    tell(session, "founding.declaration_noted", founding, by=by, at=at)


def told_of(founding: Founding) -> Declared:
    """What is kept of the declaration."""
    return Declared(
        filed_on=founding.filed_on,
        receipt_on=founding.receipt_on,
        receipt_reference=founding.receipt_reference,
        registered_on=founding.registered_on,
        register_reference=founding.register_reference,
        published_on=founding.published_on,
        publication_reference=founding.publication_reference,
        rna=founding.committee.rna,
        siret=founding.committee.siret,
    )


def told(held: Declared) -> dict[str, str]:
    """The values by label, for people who compare two texts."""
    return {
        str(_l("Dossier déposé le")): full_day(held.filed_on) if held.filed_on else "",
        str(_l("Récépissé du")): full_day(held.receipt_on) if held.receipt_on else "",
        str(_l("Inscription au registre le")): full_day(held.registered_on) if held.registered_on else "",
        str(_l("Publication le")): full_day(held.published_on) if held.published_on else "",
        str(_l("Numéro RNA")): held.rna,
        str(_l("SIRET")): held.siret,
    }


def link_convention(session: Session, founding: Founding, convention: Convention, *, by: Actor, at: datetime) -> None:
    """Say which text binds the commune and its committee."""
    founding.convention_id, founding.convention = convention.id, convention
    touch(founding, by, at)
    tell(session, "founding.convention_begun", founding, by=by, at=at)


def note_convention(session: Session, founding: Founding, day: date, *, by: Actor, at: datetime) -> None:
    """Note that a convention was signed on paper.

    :raises BadFounding: when that day is to come, or the association was not a person yet.
    """
    require_past(day, at, "day")
    born = founding.registered_on if is_local(founding.body) else founding.published_on
    if born is not None:
        sentence = _l(
            "L’association n’a la personnalité que depuis le %(day)s : elle ne pouvait rien signer avant.",
            day=full_day(born),
        )
        require_order(born, day, sentence, "day")
    founding.convention_on = day
    touch(founding, by, at)
    tell(session, "founding.convention_noted", founding, by=by, at=at)
