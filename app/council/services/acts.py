"""Writing a deliberation, until it goes to the councillors; :mod:`.following` keeps what comes after its vote."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from app.council.models import Act, ActStatus
from app.council.services.meetings import NotPossibleNow
from app.council.services.telling import expect, tell_act
from app.database.unit import alone_on
from app.law import tables
from app.law.words import french
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.conventions.models import ConventionVersion
    from app.shared.actor import Actor

MUTABLE = frozenset({ActStatus.DRAFT, ActStatus.VALIDATED, ActStatus.ADJOURNED})


class BadAct(DomainError):
    """The deliberation cannot be kept as it is told."""


class ActIsVoted(DomainError):
    """What was voted, or sent to the councillors, is not edited."""


@dataclass(frozen=True, kw_only=True)
class ActFacts:
    """A deliberation as it is written."""

    title: str
    model: str = "free"
    rapporteur: str = ""
    twinning_id: int | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    visas: Sequence[Mapping[str, str]] = ()
    recitals: Sequence[str] = ()
    articles: Sequence[str] = ()
    matter: str = ""
    matter_label: str = ""
    version: ConventionVersion | None = None
    revision: int = 0


def begin_act(session: Session, body_id: int, facts: ActFacts, *, by: Actor, at: datetime) -> Act:
    """Begin a deliberation."""
    act = Act(uid=str(uuid.uuid4()), body_id=body_id, created_at=at, changed_at=at)
    _write(act, facts, by, at)
    session.add(act)
    session.flush()
    tell_act(session, "council.act_begun", act, by=by, at=at)
    return act


def edit_act(session: Session, act: Act, facts: ActFacts, *, by: Actor, at: datetime) -> None:
    """Change a deliberation that is not yet sent to the councillors; one that was validated is a draft again.

    :raises ActIsVoted: when it is.
    """
    alone_on(session, act)
    require_mutable(act)
    expect(act.revision, facts.revision, theirs=told(act), yours=told(facts))
    _write(act, facts, by, at)
    if act.status == ActStatus.VALIDATED:
        act.status = ActStatus.DRAFT
    act.revision += 1
    session.flush()
    tell_act(session, "council.act_edited", act, by=by, at=at)


def require_mutable(act: Act) -> None:
    """Refuse to edit what the councillors received, or what was voted.

    :raises ActIsVoted: with what to do.
    """
    if act.status in MUTABLE:
        return
    if act.voted_on is not None:
        raise ActIsVoted(
            _l(
                "Cette délibération est votée\N{NO-BREAK SPACE}: son texte ne change "
                "plus. Une erreur matérielle se corrige avec sa trace."
            )
        )
    raise ActIsVoted(
        _l(
            "Cette délibération est à l’ordre du jour\N{NO-BREAK SPACE}: son texte "
            "ne change plus. Retirez d’abord le point de la séance."
        )
    )


def told(held: Act | ActFacts) -> dict[str, str]:
    """The parts by label, for people who compare two texts."""
    return {
        str(_l("Objet")): held.title,
        str(_l("Rapporteur")): held.rapporteur,
        str(_l("Visas")): "\n".join(one.get("article") or one.get("text", "") for one in held.visas),
        str(_l("Considérants")): "\n".join(held.recitals),
        str(_l("Dispositif")): "\n".join(held.articles),
        str(_l("Matière (nomenclature ACTES)")): f"{held.matter} {held.matter_label}".strip(),
        str(_l("Texte annexé")): f"{held.version.convention.title} ({held.version.number})" if held.version else "",
    }


def _write(act: Act, facts: ActFacts, by: Actor, at: datetime) -> None:
    title = french(" ".join(facts.title.split()))
    if not title:
        raise BadAct(_l("Écrivez l’objet de la délibération, en une ligne."), field="title")
    if facts.matter and facts.matter not in tables.matters():
        raise BadAct(
            _l(
                "Ce code n’est pas l’un des 57 de la nomenclature ACTES\N{NO-BREAK SPACE}: choisissez-le dans la liste."
            ),
            field="matter",
        )
    act.title, act.model, act.rapporteur = title[:300], facts.model, facts.rapporteur.strip()[:200]
    act.twinning_id = facts.twinning_id
    act.answers = dict(facts.answers)
    act.visas = [dict(one) for one in facts.visas]
    act.recitals = [text for text in facts.recitals if text.strip()]
    act.articles = [text for text in facts.articles if text.strip()]
    act.matter, act.matter_label = facts.matter, facts.matter_label.strip()[:200]
    act.version_id = facts.version.id if facts.version else None
    act.convention_id = facts.version.convention_id if facts.version else None
    act.changed_at, act.changed_by = at, by.name


def validate_act(session: Session, act: Act, *, by: Actor, at: datetime) -> None:
    """Declare the draft ready for an agenda: it decides something, and has no blank left.

    :raises BadAct: when something is missing.
    """
    if act.status != ActStatus.DRAFT:
        raise NotPossibleNow(_l("Cette délibération n’est plus un brouillon."))
    if not act.articles:
        raise BadAct(
            _l("Le dispositif est vide\N{NO-BREAK SPACE}: écrivez ce que le conseil décide, un article par ligne."),
            field="articles",
        )
    if blanks := blanks_of(act):
        raise BadAct(
            _l("Il reste des blancs à remplir\N{NO-BREAK SPACE}: %(blanks)s.", blanks=", ".join(blanks[:6])),
            field="articles",
        )
    act.status, act.changed_at, act.changed_by = ActStatus.VALIDATED, at, by.name
    tell_act(session, "council.act_validated", act, by=by, at=at)


def blanks_of(act: Act) -> list[str]:
    """The blanks « […] » that are left in the text, and the matter, without which nothing is transmitted."""
    words = [act.title, *act.recitals, *act.articles, *(one.get("text", "") for one in act.visas)]
    found: list[str] = []
    for text in words:
        for piece in text.split("[")[1:]:
            blank = piece.partition("]")[0]
            if "]" in piece and blank not in found:
                found.append(blank)
    return found if act.matter else [*found, str(_l("matière (nomenclature ACTES)"))]


def reopen_act(session: Session, act: Act, *, by: Actor, at: datetime) -> None:
    """Take a validated or adjourned deliberation back to its draft."""
    if act.status not in {ActStatus.VALIDATED, ActStatus.ADJOURNED, ActStatus.WITHDRAWN} or act.voted_on:
        require_mutable(act)
        raise NotPossibleNow(_l("Cette délibération est déjà un brouillon."))
    act.status, act.changed_at, act.changed_by = ActStatus.DRAFT, at, by.name
    tell_act(session, "council.act_reopened", act, by=by, at=at)


def trash_act(session: Session, act: Act, *, by: Actor, at: datetime) -> None:
    """Put a deliberation that no councillor received in the trash."""
    require_mutable(act)
    if act.trashed_at is None:
        act.trashed_at = at
        tell_act(session, "council.act_trashed", act, by=by, at=at)


def restore_act(session: Session, act: Act, *, by: Actor, at: datetime) -> None:
    """Take a deliberation out of the trash."""
    if act.trashed_at is not None:
        act.trashed_at = None
        tell_act(session, "council.act_restored", act, by=by, at=at)
