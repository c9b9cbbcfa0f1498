"""What the commune lets its committee do in its name: noted, corrected, ended."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.audit.services import record
from app.council.meter import ARTICLE, meter_of
from app.database.unit import alone_on
from app.founding.models import Delegation
from app.founding.services.ground import BadFounding
from app.shared.errors import EditConflict
from app.shared.folding import fold
from app.shared.saying import full_day

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.council.models import Act
    from app.shared.actor import Actor


_MONEY = re.compile(r"\b(?:encaiss|recettes?\b|percevoir|percoi|caisse|regler les depenses|payer)")
_PUBLIC_MONEY = _l(
    "Encaisser les recettes de la commune ou payer ses dépenses revient à son comptable, ou à un régisseur qu’elle "
    "nomme : une association qui le fait s’expose à une gestion de fait (code des juridictions financières, "
    "art. L. 131-15). Vérifiez ce point avec le comptable public."
)


def money_said(about: str) -> object:
    """What is to be known where a delegation speaks of the commune's money; nothing where it does not."""
    return _PUBLIC_MONEY if _MONEY.search(fold(about)) else ""


@dataclass(frozen=True)
class DelegationFacts:
    """What is delegated, by which deliberation, from a day to a day."""

    about: str
    since: date
    until: date | None = None
    act: Act | None = None
    act_reference: str = ""


def delegate(
    session: Session, commune: Body, committee: Body, facts: DelegationFacts, *, by: Actor, at: datetime
) -> Delegation:
    """Note what the commune delegates to its committee."""
    if committee.parent_id != commune.id:
        raise BadFounding(_l("Ce comité ne travaille pas pour cette commune."), field="delegate")
    made = Delegation(uid=str(uuid.uuid4()), commune_id=commune.id, delegate_id=committee.id, created_at=at)
    made.commune, made.delegate = commune, committee
    _write(made, facts)
    session.add(made)
    session.flush()
    _tell(session, "founding.delegated", made, by=by, at=at)
    return made


def correct_delegation(
    session: Session, held: Delegation, facts: DelegationFacts, *, revision: int, by: Actor, at: datetime
) -> None:
    """Correct or end a delegation.

    :raises EditConflict: when somebody else did in the meantime.
    """
    alone_on(session, held)
    if held.revision != revision:
        raise EditConflict(
            theirs={str(_l("Ce qui est délégué")): held.about}, yours={str(_l("Ce qui est délégué")): facts.about}
        )
    _write(held, facts)
    held.revision += 1
    _tell(session, "founding.delegation_corrected", held, by=by, at=at)


def trash_delegation(session: Session, held: Delegation, *, by: Actor, at: datetime) -> None:
    """Take back a delegation that was noted by mistake."""
    if held.trashed_at is None:
        held.trashed_at = at
        held.revision += 1
        _tell(session, "founding.delegation_trashed", held, by=by, at=at)


def restore_delegation(session: Session, held: Delegation, *, by: Actor, at: datetime) -> None:
    """Take a delegation out of the trash."""
    if held.trashed_at is not None:
        held.trashed_at = None
        held.revision += 1
        _tell(session, "founding.delegation_restored", held, by=by, at=at)


def _write(held: Delegation, facts: DelegationFacts) -> None:
    about = facts.about.strip()
    if not about:
        raise BadFounding(
            _l("Écrivez ce que la commune délègue : une délégation sans objet ne vaut rien."), field="about"
        )
    if facts.act is None and not facts.act_reference.strip():
        raise BadFounding(
            _l(
                "Dites par quelle délibération : sans elle, le comité n’agit pas au nom de la commune "
                "(CGCT, art. L. 2121-29)."
            ),
            field="act",
        )
    if facts.until is not None and facts.until < facts.since:
        raise BadFounding(_l("La délégation finirait avant d’avoir commencé."), field="until")
    voted = facts.act.voted_on if facts.act else None
    if voted is not None and facts.since < voted:
        raise BadFounding(
            _l("La délégation commencerait avant le vote du %(day)s.", day=full_day(voted)), field="since"
        )
    begins = meter_of(facts.act, facts.since).enforceable_from if facts.act else None
    if begins is not None and facts.since < begins:
        raise BadFounding(
            _l(
                "La délibération n’est exécutoire que depuis le %(day)s (%(article)s) : la délégation ne peut pas "
                "commencer avant.",
                day=full_day(begins),
                article=ARTICLE,
            ),
            field="since",
        )
    held.about, held.since, held.until = about[:2000], facts.since, facts.until
    held.act_id, held.act = (facts.act.id, facts.act) if facts.act else (None, None)
    held.act_reference = " ".join(facts.act_reference.split())[:200]


def _tell(session: Session, action: str, held: Delegation, *, by: Actor, at: datetime) -> None:
    for body_id in (held.commune_id, held.delegate_id):
        record(
            session,
            action,
            by=by,
            at=at,
            body_id=body_id,
            subject=("delegation", held.id),
            commune=held.commune.name,
            name=held.delegate.name,
        )
