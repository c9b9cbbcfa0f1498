"""Opening a dossier, describing it, letting bodies join and leave, trash."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from app.audit.services import record
from app.bodies.labels import AUTHORITIES
from app.bodies.models import Body, BodyKind
from app.database.unit import alone_on
from app.people.naming import clean, clean_text, language_names
from app.shared.errors import DomainError, EditConflict
from app.twinnings.labels import kind_label, theme_name
from app.twinnings.models import Stage, Twinning, TwinningKind, TwinningParty

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.shared.actor import Actor

LENGTHS = {"title": 200, "summary": 8000}
MOST_PARTIES = 40


class BadTwinning(DomainError):
    """The dossier cannot be kept as it is written; the sentence says why."""


@dataclass(frozen=True)
class Side:
    """The bodies that stand together, towns and committees."""

    body_ids: Sequence[int]


@dataclass(frozen=True, kw_only=True)
class OpenTwinning:
    """A new dossier between the bodies of two sides or more; no side is first."""

    kind_id: int
    sides: Sequence[Side]
    stage: Stage = Stage.IDEA
    title: str = ""
    themes: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TwinningFacts:
    """What describes a twinning."""

    kind_id: int
    title: str = ""
    themes: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    summary: str = ""


def open_twinning(session: Session, command: OpenTwinning, *, by: Actor, at: datetime, acting: int | None) -> Twinning:
    """Open a dossier; ``acting`` is the body in whose name it is done."""
    bodies = _bodies(session, command.sides)
    twinning = Twinning(
        uid=str(uuid.uuid4()),
        kind_id=_kind(session, command.kind_id).id,
        stage=command.stage,
        title=_fits("title", clean(command.title)),
        themes=list(command.themes),
        languages=list(command.languages),
        created_at=at,
    )
    session.add(twinning)
    session.flush()
    for number, side in enumerate(bodies, 1):
        for position, body in enumerate(side):
            _add(session, twinning, body, number, position)
    session.flush()
    tell(session, "twinning.opened", twinning, by, at, acting, name=name_of(twinning))
    return twinning


def describe_twinning(
    session: Session,
    twinning: Twinning,
    facts: TwinningFacts,
    *,
    revision: int,
    by: Actor,
    at: datetime,
    acting: int | None,
) -> None:
    """Correct what describes a twinning.

    :raises EditConflict: when somebody else did since the form was opened.
    """
    alone_on(session, twinning)
    tidy = TwinningFacts(
        kind_id=_kind(session, facts.kind_id).id,
        title=_fits("title", clean(facts.title)),
        themes=tuple(_fits("title", clean(theme)) for theme in facts.themes if clean(theme)),
        languages=facts.languages,
        summary=_fits("summary", clean_text(facts.summary)),
    )
    if twinning.revision != revision:
        raise EditConflict(theirs=told(session, facts_of(twinning)), yours=told(session, tidy))
    twinning.kind_id, twinning.title, twinning.summary = tidy.kind_id, tidy.title, tidy.summary
    twinning.themes, twinning.languages = list(tidy.themes), list(tidy.languages)
    twinning.revision += 1
    tell(session, "twinning.described", twinning, by, at, acting)


def facts_of(twinning: Twinning) -> TwinningFacts:
    """What is kept."""
    return TwinningFacts(
        kind_id=twinning.kind_id,
        title=twinning.title,
        themes=tuple(twinning.themes),
        languages=tuple(twinning.languages),
        summary=twinning.summary,
    )


def told(session: Session, facts: TwinningFacts) -> dict[str, str]:
    """The facts by label, for people who compare two texts."""
    kind = session.get(TwinningKind, facts.kind_id)
    return {
        str(_l("Genre")): kind_label(kind) if kind else "",
        str(_l("Titre du dossier")): facts.title,
        str(_l("Thèmes")): ", ".join(theme_name(theme) for theme in facts.themes),
        str(_l("Langues du jumelage")): language_names(facts.languages),
        str(_l("En quelques phrases")): facts.summary,
    }


def add_party(
    session: Session, twinning: Twinning, body: Body, *, side: int, by: Actor, at: datetime, acting: int | None
) -> TwinningParty:
    """Let a body join on a side; one that had left comes back."""
    party, is_back = seat_party(session, twinning, body, side)
    tell(
        session, "twinning.party_back" if is_back else "twinning.party_joined", twinning, by, at, acting, body=body.name
    )
    return party


def seat_party(session: Session, twinning: Twinning, body: Body, side: int) -> tuple[TwinningParty, bool]:
    """Give a body its place on a side; and whether it had left and comes back."""
    known = next((party for party in twinning.parties if party.body_id == body.id), None)
    if known is not None and known.left_on is None:
        raise BadTwinning(_l("%(name)s est déjà dans ce jumelage.", name=body.name), field="name")
    if len(twinning.parties) >= MOST_PARTIES:
        raise BadTwinning(_l("Un jumelage réunit au plus %(most)s organismes.", most=MOST_PARTIES), field="name")
    if known is not None:
        known.left_on, known.side = None, side
        return known, True
    position = 1 + max((party.position for party in twinning.parties if party.side == side), default=-1)
    party = _add(session, twinning, body, side, position)
    session.flush()
    return party, False


def leave(session: Session, party: TwinningParty, *, on: date, by: Actor, at: datetime, acting: int | None) -> None:
    """Note that a body leaves; from then on it no longer sees the dossier. The last of a side cannot leave.

    :raises BadTwinning: when its side would stand empty: that is the end of the twinning, not a departure.
    """
    others = [
        one for one in party.twinning.parties if one.side == party.side and one is not party and one.left_on is None
    ]
    if not others:
        raise BadTwinning(
            _l(
                "%(name)s est seul de son côté : son départ est la fin du jumelage. Notez plutôt l’étape « Terminé ».",
                name=party.body.name,
            )
        )
    if party.left_on is None:
        party.left_on = on
        tell(
            session, "twinning.party_left", party.twinning, by, at, acting, body=party.body.name, left_on=on.isoformat()
        )


def trash_twinning(session: Session, twinning: Twinning, *, by: Actor, at: datetime, acting: int | None) -> None:
    """Put a dossier in the trash; nothing of it is lost."""
    if twinning.trashed_at is None:
        twinning.trashed_at = at
        twinning.revision += 1
        tell(session, "twinning.trashed", twinning, by, at, acting)


def restore_twinning(session: Session, twinning: Twinning, *, by: Actor, at: datetime, acting: int | None) -> None:
    """Take a dossier out of the trash."""
    if twinning.trashed_at is not None:
        twinning.trashed_at = None
        twinning.revision += 1
        tell(session, "twinning.restored", twinning, by, at, acting)


def name_of(twinning: Twinning) -> str:
    """The towns joined by the hyphen, as no side is first: in the order of the record."""
    towns: dict[int, list[str]] = {}
    for party in twinning.parties:
        if party.is_town:
            towns.setdefault(party.side, []).append(party.body.name)
    return in_one_line([", ".join(names) for _side, names in sorted(towns.items())])


def in_one_line(sides: Sequence[str]) -> str:
    """« Sailly-lez-Lannoy – Semenivka », « Sailly-lez-Lannoy · Semenivka · Musterstadt »."""
    return (" – " if len(sides) < 3 else " · ").join(sides)  # noqa: PLR2004  # a pair has its dash


def tell(
    session: Session,
    action: str,
    twinning: Twinning,
    by: Actor,
    at: datetime,
    acting: int | None,
    **details: Any,  # noqa: ANN401  # what the sentence names
) -> None:
    """Note in the journal of the twinning, and of the body in whose name it was done."""
    session.flush()
    record(
        session,
        action,
        by=by,
        at=at,
        body_id=acting,
        twinning_id=twinning.id,
        subject=("twinning", twinning.id),
        **details,
    )


def _add(session: Session, twinning: Twinning, body: Body, side: int, position: int) -> TwinningParty:
    party = TwinningParty(
        twinning_id=twinning.id, body_id=body.id, side=side, position=position, is_town=_is_town(body)
    )
    party.body = body
    twinning.parties.append(party)
    session.add(party)
    return party


def _is_town(body: Body) -> bool:
    return body.kind in AUTHORITIES and body.kind != BodyKind.COMMITTEE_SERVICE


def _bodies(session: Session, sides: Sequence[Side]) -> list[list[Body]]:
    named = [list(dict.fromkeys(side.body_ids)) for side in sides]
    flat = [number for side in named for number in side]
    if len(named) < 2 or not all(named):  # noqa: PLR2004  # a relation has two ends
        raise BadTwinning(
            _l("Un jumelage relie au moins deux côtés : nommez une ville de chaque côté."), field="partner"
        )
    if len(set(flat)) != len(flat):
        raise BadTwinning(_l("Le même organisme est des deux côtés : retirez-le de l’un des deux."), field="partner")
    if len(flat) > MOST_PARTIES:
        raise BadTwinning(_l("Un jumelage réunit au plus %(most)s organismes.", most=MOST_PARTIES), field="partner")
    return [[session.get_one(Body, number) for number in side] for side in named]


def _kind(session: Session, kind_id: int) -> TwinningKind:
    kind = session.get(TwinningKind, kind_id)
    if kind is None:
        raise BadTwinning(_l("Choisissez un genre de jumelage dans la liste."), field="kind")
    return kind


def _fits(field: str, text: str) -> str:
    if len(text) > LENGTHS[field]:
        raise BadTwinning(
            _l(
                "C’est trop long : %(length)s caractères, gardez-en %(most)s au plus.",
                length=len(text),
                most=LENGTHS[field],
            ),
            field=field,
        )
    return text
