"""A body's own list of categories, its own questions, its groups and working parties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from app.database.unit import alone_on
from app.members.headings import is_built_in
from app.members.models import FieldKind, GroupMember, MemberCategory, MemberField, MemberGroup
from app.members.queries.roll import categories_of
from app.members.services.desk import settle_category
from app.members.services.ground import BadMember, refuse_gone, tell
from app.people.naming import clean, clean_text, objection
from app.shared.clock import day_of
from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.members.models import Member
    from app.shared.actor import Actor

_MOST_CHOICES = 40


def _named(text: str, longest: int, field: str) -> str:
    name = clean(text)[:longest]
    if not name:
        raise BadMember(_l("Donnez un nom."), field=field)
    if (why := objection(name)) is not None:
        raise BadMember(why, field=field)
    return name


def keep_category(  # a category and who says so
    session: Session,
    body: Body,
    name: str,
    *,
    is_voting: bool,
    category: MemberCategory | None = None,
    by: Actor,
    at: datetime,
) -> MemberCategory:
    """Add a category, or change one; a body that has none starts with the usual ones first.

    :raises BadMember: when another has this name.
    """
    alone_on(session, body)
    tidy = _named(name, 80, "name")
    if category is None and not categories_of(session, body.id, retired=True):
        settle_category(session, body.id, "")
    same = next((one for one in categories_of(session, body.id, retired=True) if fold(one.name) == fold(tidy)), None)
    if same is not None and same is not category:
        if category is not None or same.retired_at is None:
            raise BadMember(_l("Une catégorie porte déjà ce nom : donnez-en un autre."), field="name")
        same.retired_at = None
        category = same
    if category is None:
        last = session.scalar(select(func.max(MemberCategory.position)).where(MemberCategory.body_id == body.id))
        category = MemberCategory(body_id=body.id, position=(last or 0) + 1)
        session.add(category)
    category.name, category.is_voting = tidy, is_voting
    session.flush()
    tell(session, "members.category", body.id, ("member_category", category.id), by=by, at=at, name=tidy)
    return category


def retire_category(session: Session, category: MemberCategory, *, by: Actor, at: datetime) -> None:
    """Offer a category no longer; its members keep it."""
    if category.retired_at is None:
        category.retired_at = at
        subject = ("member_category", category.id)
        tell(session, "members.category_retired", category.body_id, subject, by=by, at=at, name=category.name)


def keep_field(  # a question and who asks it
    session: Session,
    body: Body,
    label: str,
    kind: FieldKind,
    choices: Sequence[str],
    *,
    by: Actor,
    at: datetime,
) -> MemberField:
    """Ask a question about every member; one that was retired is asked again.

    :raises BadMember: when the same question is asked already, a column is called so, or a list has no choices.
    """
    alone_on(session, body)
    tidy = _named(label, 80, "label")
    if is_built_in(tidy):
        raise BadMember(
            _l("« %(name)s » est déjà une colonne de la liste : donnez un autre nom à cette question.", name=tidy),
            field="label",
        )
    listed = _each_once(one for raw in choices if (one := clean(raw)[:80]))[:_MOST_CHOICES]
    if kind == FieldKind.CHOICE and len(listed) < 2:  # noqa: PLR2004  # one is no choice
        raise BadMember(_l("Écrivez au moins deux choix, un par ligne."), field="choices")
    asked = session.scalars(select(MemberField).where(MemberField.body_id == body.id).order_by(MemberField.id)).all()
    same = next((one for one in asked if fold(one.label) == fold(tidy)), None)
    if same is not None and same.retired_at is None:
        raise BadMember(_l("Cette question est déjà posée."), field="label")
    question = same
    if question is None or question.kind != kind:
        if same is not None:
            raise BadMember(
                _l("Cette question a été posée autrement : donnez-lui un autre nom, les anciennes réponses restent."),
                field="label",
            )
        last = session.scalar(select(func.max(MemberField.position)).where(MemberField.body_id == body.id))
        question = MemberField(body_id=body.id, label=tidy, kind=kind, position=(last or 0) + 1)
        session.add(question)
    question.label, question.choices, question.retired_at = tidy, listed, None
    session.flush()
    tell(session, "members.field", body.id, ("member_field", question.id), by=by, at=at, name=tidy)
    return question


def _each_once(choices: Iterable[str]) -> list[str]:
    """The choices, each once: « M » and « m » cannot be told apart in a list that is read again."""
    found: dict[str, str] = {}
    for one in choices:
        found.setdefault(one.casefold(), one)
    return list(found.values())


def retire_field(session: Session, question: MemberField, *, by: Actor, at: datetime) -> None:
    """Ask a question no longer; its answers are kept."""
    if question.retired_at is None:
        question.retired_at = at
        subject = ("member_field", question.id)
        tell(session, "members.field_retired", question.body_id, subject, by=by, at=at, name=question.label)


def make_group(session: Session, body: Body, name: str, purpose: str, *, by: Actor, at: datetime) -> MemberGroup:
    """Begin a group or a working party.

    :raises BadMember: when another has this name.
    """
    alone_on(session, body)
    tidy = _named(name, 120, "name")
    known = session.scalars(select(MemberGroup.name).where(MemberGroup.body_id == body.id))
    if fold(tidy) in {fold(one) for one in known}:
        raise BadMember(_l("Un groupe porte déjà ce nom : donnez-en un autre."), field="name")
    group = MemberGroup(body_id=body.id, name=tidy, purpose=clean_text(purpose)[:2000], created_at=at)
    session.add(group)
    session.flush()
    tell(session, "members.group_made", body.id, ("member_group", group.id), by=by, at=at, name=tidy)
    return group


def end_group(session: Session, group: MemberGroup, *, by: Actor, at: datetime) -> None:
    """Say that a group's work is done, or take that back."""
    group.ended_on = None if group.ended_on else day_of(at)
    action = "members.group_ended" if group.ended_on else "members.group_resumed"
    tell(session, action, group.body_id, ("member_group", group.id), by=by, at=at, name=group.name)


def join_group(session: Session, group: MemberGroup, member: Member, *, is_lead: bool, by: Actor, at: datetime) -> None:
    """Let a member join a group, or lead it.

    :raises BadMember: when the member is of another body, was erased or is in the trash.
    """
    alone_on(session, member)
    if member.body_id != group.body_id:
        raise BadMember(_l("Ce membre n’est pas de ce comité : choisissez-en un de la liste."), field="member")
    refuse_gone(member, field="member")
    place = next((one for one in group.places if one.member_id == member.id), None)
    if place is None:
        place = GroupMember(member_id=member.id, since=day_of(at))
        group.places.append(place)
    place.is_lead, place.until = is_lead, None
    session.flush()
    details = {"name": group.name, "number": member.number}
    tell(session, "members.group_joined", group.body_id, ("member_group", group.id), by=by, at=at, **details)


def quit_group(session: Session, group: MemberGroup, member_id: int, *, by: Actor, at: datetime) -> None:
    """Let a member quit a group; the days they were in it are kept."""
    for place in group.places:
        if place.member_id == member_id and place.until is None:
            place.until = day_of(at)
            details = {"name": group.name, "number": place.member.number}
            tell(session, "members.group_quit", group.body_id, ("member_group", group.id), by=by, at=at, **details)
