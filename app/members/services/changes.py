"""What a list would correct of a member who is known: field by field, to be told before it is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from app.members.answers import shown_answer
from app.members.headings import MEANING_NAMES, Meaning
from app.members.services.roll import differs
from app.people.services import PersonFacts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.members.lines import ReadLine
    from app.members.models import Member, MemberField


@dataclass
class Change:
    """A known member whose record the list would correct: what, field by field.

    ``read``: the revisions of the records that it was compared with.
    """

    member_id: int
    line: int
    name: str
    told: list[tuple[str, str, str]]
    person: PersonFacts | None = None
    address: dict[str, str] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    note: str | None = None
    read: tuple[int, ...] = ()


def revisions(member: Member) -> tuple[int, ...]:
    """Those of a member, of the person and of the household."""
    return tuple(one.revision if one is not None else 0 for one in (member, member.person, member.household))


def change_of(
    member: Member, line: ReadLine, rank: int, answers: Sequence[tuple[MemberField, Any]] = ()
) -> Change | None:
    """What a line says otherwise than the record of a member; None when nothing.

    ``answers``: what the line answers to the body's own questions; a cell left empty takes no answer away.
    """
    change = Change(member.id, line.line, member.name, [], read=revisions(member))
    if member.person is not None and not member.organisation:
        facts = _updated(member, line, rank)
        if differs(member.person, facts):
            change.person = facts
            change.told += [
                (str(label), getattr(member.person, name), getattr(facts, name))
                for name, label in (("email", _l("Adresse électronique")), ("phone", _l("Téléphone")))
                if getattr(member.person, name) != getattr(facts, name)
            ]
    home = member.household
    for meaning, label in (
        (Meaning.STREET, _l("Adresse")),
        (Meaning.POSTCODE, _l("Code postal")),
        (Meaning.TOWN, _l("Commune")),
        (Meaning.COUNTRY, _l("Pays")),
    ):
        text, before = line.cell(meaning), getattr(home, meaning.value) if home else ""
        if text and text != before.replace("\n", ", "):
            change.address[meaning.value] = text
            change.told.append((str(label), before, text))
    if member.person is None:
        _tell_reached(change, member, line)
    for question, answer in answers:
        before = member.answers.get(str(question.id))
        if answer != before:
            change.answers[str(question.id)] = answer
            change.told.append((question.label, shown_answer(question, before), shown_answer(question, answer)))
    _tell_note(change, member, line)
    return change if change.told else None


def _tell_note(change: Change, member: Member, line: ReadLine) -> None:
    """What a list remarks and the record does not comes under what the record says."""
    if noted := [one for one in line.cell(Meaning.NOTE).splitlines() if one.strip() and one not in member.note]:
        change.note = "\n".join(filter(None, (member.note, *noted)))
        change.told.append((str(MEANING_NAMES[Meaning.NOTE]), "…" if member.note else "", "\n".join(noted)))


def _tell_reached(change: Change, member: Member, line: ReadLine) -> None:
    """How an organisation for which nobody speaks is reached: its household keeps it."""
    for name, label, text in (
        ("email", _l("Adresse électronique"), line.email_of(0)),
        ("phone", _l("Téléphone"), line.phone_of(0)),
    ):
        before = getattr(member, name)
        if text and text != before:
            change.address[name] = text
            change.told.append((str(label), before, text))


def _updated(member: Member, line: ReadLine, rank: int) -> PersonFacts:
    person, home = member.person, member.household
    assert person is not None  # noqa: S101  # the caller looked
    email, phone = line.emails[rank] if rank < len(line.emails) else "", line.phone_of(rank)
    is_shared = home is not None and email == home.email
    is_home = home is not None and not person.phone and _digits(phone) == _digits(home.phone)
    return PersonFacts(
        title=person.title,
        given_name=person.given_name,
        family_name=person.family_name,
        name_as_written=person.name_as_written,
        email=person.email if is_shared or not email else email,
        phone=person.phone if is_home or not phone else phone,
        languages=tuple(person.languages),
    )


def _digits(phone: str) -> str:
    return "".join(letter for letter in phone if letter.isdigit())
