"""Writing persons: note, correct, put in the trash and take out again, make two records of one human being one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import UniqueConstraint, exists, update

from app.audit.services import record
from app.database.base import Base
from app.database.unit import alone_on
from app.people.merging import unite_everywhere
from app.people.models import Person
from app.people.naming import clean, language_names, objection
from app.people.queries import is_guarded
from app.shared.errors import DomainError, EditConflict

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Column
    from sqlalchemy.orm import Session

    from app.shared.actor import Actor

LENGTHS = {"title": 40, "given_name": 120, "family_name": 120, "name_as_written": 240, "email": 254, "phone": 40}
_NAMES = frozenset({"given_name", "family_name", "name_as_written"})
LABELS = {
    "title": _l("Civilité ou titre"),
    "given_name": _l("Prénom"),
    "family_name": _l("Nom de famille"),
    "name_as_written": _l("Nom tel que la personne l’écrit"),
    "email": _l("Adresse électronique"),
    "phone": _l("Téléphone"),
}


class SamePerson(DomainError):
    """Two records cannot become one; the sentence says why."""


class NamelessPerson(DomainError):
    """A person needs some name."""


class NotAName(DomainError):
    """What was typed is code for a page or a spreadsheet, and nobody's name."""


class NameTooLong(DomainError):
    """A field holds more than can be kept."""


class PersonInTrash(DomainError):
    """The record is in the trash: it must be taken out before it is changed."""


@dataclass(frozen=True)
class PersonFacts:
    """What is noted of a person; all of it may be empty but one name."""

    title: str = ""
    given_name: str = ""
    family_name: str = ""
    name_as_written: str = ""
    email: str = ""
    phone: str = ""
    languages: tuple[str, ...] = ()

    def cleaned(self) -> PersonFacts:
        """The same without control characters.

        :raises NamelessPerson: when no name is left.
        :raises NameTooLong: when a field holds more than can be kept.
        :raises NotAName: when a name is none.
        """
        texts = {field: clean(getattr(self, field)) for field in LENGTHS}
        tidy = PersonFacts(**texts, languages=self.languages)
        for field, most in LENGTHS.items():
            if (length := len(getattr(tidy, field))) > most:
                raise NameTooLong(
                    _l(
                        "%(field)s : %(length)s caractères, c’est trop. Gardez-en %(most)s au plus.",
                        field=LABELS[field],
                        length=length,
                        most=most,
                    ),
                    field=field,
                )
            if field in _NAMES and (why := objection(getattr(tidy, field))) is not None:
                raise NotAName(why, field=field)
        if not (tidy.given_name or tidy.family_name or tidy.name_as_written):
            raise NamelessPerson(_l("Écrivez au moins un nom ou un prénom."), field="family_name")
        return tidy


def note_person(
    session: Session, facts: PersonFacts, *, kept_by: int | None, by: Actor, at: datetime, quiet: bool = False
) -> Person:
    """Note a new person in the name of a body; ``quiet`` when the caller journals the greater fact."""
    person = new_person(facts, kept_by=kept_by, at=at)
    session.add(person)
    session.flush()
    if not quiet:
        _tell(session, "person.noted", person, by, at)
    return person


def new_person(facts: PersonFacts, *, kept_by: int | None, at: datetime) -> Person:
    """A record that the caller writes together with others."""
    person = Person(kept_by_body_id=kept_by, created_at=at, languages=[])
    _write(person, facts.cleaned())
    return person


def correct_person(
    session: Session,
    person: Person,
    facts: PersonFacts,
    *,
    revision: int,
    by: Actor,
    at: datetime,
    quiet: bool = False,
) -> Person:
    """Correct a person's record; ``quiet`` when the caller journals the greater fact.

    :raises EditConflict: when somebody else corrected it since it was read.
    :raises PersonInTrash: when it is in the trash.
    """
    alone_on(session, person)
    tidy = facts.cleaned()
    if person.trashed_at is not None:
        raise PersonInTrash(_l("Cette fiche est à la corbeille : restaurez-la avant de la modifier."))
    if person.revision != revision:
        raise EditConflict(theirs=_told(_facts(person)), yours=_told(tidy))
    _write(person, tidy)
    person.revision += 1
    if not quiet:
        session.flush()
        _tell(session, "person.corrected", person, by, at)
    return person


def rewrite_person(person: Person, facts: PersonFacts) -> None:
    """Correct the record of a person on whom the caller is alone and who is unchanged, within a greater fact.

    :raises PersonInTrash: when it is in the trash.
    """
    tidy = facts.cleaned()
    if person.trashed_at is not None:
        raise PersonInTrash(_l("Cette fiche est à la corbeille : restaurez-la avant de la modifier."))
    _write(person, tidy)
    person.revision += 1


def trash_person(session: Session, person: Person, *, by: Actor, at: datetime) -> None:
    """Put a person in the trash; mandates and signatures of the past keep naming them."""
    if person.trashed_at is None:
        person.trashed_at = at
        person.revision += 1
        _tell(session, "person.trashed", person, by, at)


def restore_person(session: Session, person: Person, *, by: Actor, at: datetime) -> None:
    """Take a person out of the trash."""
    if person.trashed_at is not None:
        person.trashed_at = None
        person.revision += 1
        _tell(session, "person.restored", person, by, at)


def merge_persons(session: Session, kept: Person, double: Person, *, by: Actor, at: datetime) -> None:
    """Make two records of one human being one: what names the double names the one kept; a human decided it.

    Of two people who unite the same pair at once, whichever way round, the second is told that it is done.
    Empty fields are filled from the double, which goes to the trash; the journal tells what moved.

    :raises SamePerson: when both are the same record, or one lies in the trash.
    :raises DomainError: when a room above cannot make one of both yet; its sentence says what to do first.
    """
    alone_on(session, kept, double)
    if kept.id == double.id:
        raise SamePerson(_l("C’est la même fiche : choisissez l’autre fiche de cette personne."), field="other")
    if kept.trashed_at is not None or double.trashed_at is not None:
        raise SamePerson(
            _l(
                "L’une des deux fiches est à la corbeille. Si quelqu’un vient de les réunir, il n’y a plus rien à "
                "faire ; sinon, sortez-la d’abord de la corbeille."
            ),
            field="other",
        )
    moved = sum(_move(session, column, kept.id, double.id) for column in _naming_columns())
    for field in LENGTHS:
        if not getattr(kept, field):
            setattr(kept, field, getattr(double, field))
    kept.languages = list(dict.fromkeys([*kept.languages, *double.languages]))
    kept.revision += 1
    double.trashed_at = at
    double.revision += 1
    session.flush()
    session.expire_all()
    unite_everywhere(session, kept.id, by=by, at=at)
    _tell(session, "person.merged", kept, by, at, other=double.name, other_id=double.id, moved=moved)


def side_by_side(kept: Person, double: Person) -> list[tuple[str, str, str]]:
    """What two records say, label by label."""
    one, other = _told(_facts(kept)), _told(_facts(double))
    return [(label, one[label], other[label]) for label in one if one[label] or other[label]]


def _naming_columns() -> list[Column[Any]]:
    """Every column of every room that names a person."""
    tables = Base.metadata.sorted_tables
    person = Person.__table__
    return [
        column
        for table in tables
        for column in table.columns
        if any(key.column.table is person for key in column.foreign_keys)
    ]


def _move(session: Session, column: Column[Any], kept: int, double: int) -> int:
    """Let a column name the person kept; where that would say the same thing twice, the row stays as it is."""
    table = column.table
    statement = update(table).where(column == double).values({column.name: kept})
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint) and column.name in constraint.columns:
            twin = table.alias()
            same = [twin.c[one.name] == one for one in constraint.columns if one.name != column.name]
            statement = statement.where(~exists().where(twin.c[column.name] == kept, *same))
    return int(session.connection().execute(statement).rowcount)


def _tell(  # what happened to whom
    session: Session,
    action: str,
    person: Person,
    by: Actor,
    at: datetime,
    **more: Any,  # noqa: ANN401  # what the sentence says
) -> None:
    """Write it in the journal; everybody of the body reads it, so that who is seen by few is not named there."""
    told = {**more, "name": person.name}
    if is_guarded(session, person):
        action, told = f"{action}_unnamed", {key: told[key] for key in told if key not in {"name", "other"}}
    record(session, action, by=by, at=at, body_id=person.kept_by_body_id, subject=("person", person.id), **told)


def _write(person: Person, facts: PersonFacts) -> None:
    for field in LENGTHS:
        setattr(person, field, getattr(facts, field))
    person.languages = list(facts.languages)


def _facts(person: Person) -> PersonFacts:
    return PersonFacts(**{field: getattr(person, field) for field in LENGTHS}, languages=tuple(person.languages))


def _told(facts: PersonFacts) -> dict[str, str]:
    told = {str(label): getattr(facts, field) for field, label in LABELS.items()}
    return {**told, str(_l("Langues parlées")): language_names(facts.languages)}
