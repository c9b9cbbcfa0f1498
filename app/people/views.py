"""The persons that a body keeps: list, page, form, trash."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, identity, may, requires
from app.database.unit import writing
from app.extensions import db
from app.people import queries, services
from app.people.forms import PersonForm, blame
from app.people.merging import told_before
from app.people.naming import language_names
from app.people.policy import PersonAction
from app.shared import clock
from app.shared.errors import DomainError, EditConflict
from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flask import Flask
    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response

    from app.people.models import Person

blueprint = Blueprint("people", __name__, url_prefix="/personnes")

_also: list[Callable[[Session, Person], list[PersonLine]]] = []
_left: list[Callable[[Session, Person], list[PersonLine]]] = []
_doubled: list[Callable[[Session, Sequence[Person]], list[PersonLine]]] = []


@dataclass(frozen=True)
class PersonLine:
    """Something that another room knows of a person: « Maire », « Sailly-lez-Lannoy · depuis 2020 »."""

    title: str
    detail: str
    url: str = ""


def told_by(query: Callable[[Session, Person], list[PersonLine]]) -> None:
    """Register what a room above knows of a person, to be shown on the person's page."""
    if query not in _also:
        _also.append(query)


def left_told_by(query: Callable[[Session, Person], list[PersonLine]]) -> None:
    """Register what a room above knows of things that a person whose office is over has left to nobody."""
    if query not in _left:
        _left.append(query)


def doubled_told_by(query: Callable[[Session, Sequence[Person]], list[PersonLine]]) -> None:
    """Register what a room above knows to be held twice once some persons are one: two mandates on the same days."""
    if query not in _doubled:
        _doubled.append(query)


def install(app: Flask) -> None:
    """Open the pages."""
    app.register_blueprint(blueprint)


@blueprint.get("/")
@requires(PersonAction.LIST)
def index() -> str:
    """Persons kept by one's bodies, by name."""
    words = request.args.get("q", "")[:200]
    trashed = "corbeille" in request.args
    after = _after(request.args.get("apres", ""))
    who = identity()
    found = queries.held_persons(db.session(), who.body_ids, words=words, after=after, trashed=trashed, who=who)
    page, more = found[: queries.PAGE], len(found) > queries.PAGE
    kept: dict[str, Any] = {"q": words} if words else {}
    if trashed:
        kept["corbeille"] = "1"
    following = url_for("people.index", **kept, apres=f"{page[-1].id}~{page[-1].folded}") if more else None
    return render_template(
        "people/index.html",
        persons=page,
        words=words,
        trashed=trashed,
        pages={"previous_url": url_for("people.index", **kept) if after else None, "next_url": following},
        may_add=may(PersonAction.CREATE),
    )


@blueprint.get("/<int:person_id>")
@requires(PersonAction.VIEW, on=queries.person_by_id)
def page(person: Person) -> str:
    """What is known of a person; contacts only for who keeps them."""
    session = db.session()
    return render_template(
        "people/page.html",
        person=person,
        is_held=queries.holds(session, identity().body_ids, person, identity()),
        spoken=language_names(person.languages),
        lines=[line for query in _also for line in query(session, person)],
        left=[line for query in _left for line in query(session, person)],
        doubled=_held_twice(session, person),
        may_edit=may(PersonAction.EDIT, person),
    )


@blueprint.route("/nouvelle", methods=["GET", "POST"])
@requires(PersonAction.CREATE)
def new() -> Response | str | tuple[str, int]:
    """Add a person; likely doubles are proposed before anything is written."""
    form = PersonForm()
    doubles: list[Person] = []
    if form.validate_on_submit():
        try:
            facts = form.facts().cleaned()
            doubles = _doubles(facts) if "confirmed" not in request.form else []
            if not doubles:
                with writing() as session:
                    person = services.note_person(session, facts, kept_by=_keeper(), by=actor(), at=clock.now())
                    number, name = person.id, person.name
                flash(_("%(name)s est dans votre carnet.", name=name), "done")
                return redirect(url_for("people.page", person_id=number))
        except DomainError as error:
            blame(form, error.field, error.sentence)
    status = 422 if form.errors else 200
    return render_template("people/form.html", form=form, person=None, doubles=doubles, conflict=None), status


@blueprint.route("/<int:person_id>/modifier", methods=["GET", "POST"])
@requires(PersonAction.EDIT, on=queries.person_by_id)
def edit(person: Person) -> Response | str | tuple[str, int]:
    """Correct a person; a correction made by somebody else in the meantime is shown, not overwritten."""
    number = person.id
    form = PersonForm()
    conflict: EditConflict | None = None
    if not form.is_submitted():
        form.read(person)
    elif form.validate():
        try:
            with writing() as session:
                services.correct_person(
                    session, person, form.facts(), revision=form.known_revision(), by=actor(), at=clock.now()
                )
            flash(_("La fiche est enregistrée."), "done")
            return redirect(url_for("people.page", person_id=number))
        except EditConflict as error:
            conflict = error
            form.revision.data = str(person.revision)
        except DomainError as error:
            blame(form, error.field, error.sentence)
    status = 409 if conflict else 422 if form.errors else 200
    return render_template("people/form.html", form=form, person=person, doubles=[], conflict=conflict), status


@blueprint.post("/<int:person_id>/corbeille")
@requires(PersonAction.EDIT, on=queries.person_by_id)
def trash(person: Person) -> Response:
    """Put a person in the trash."""
    with writing() as session:
        services.trash_person(session, person, by=actor(), at=clock.now())
    flash(_("La fiche est à la corbeille ; elle peut en être sortie à tout moment."), "done")
    return redirect(url_for("people.index"))


@blueprint.post("/<int:person_id>/restaurer")
@requires(PersonAction.EDIT, on=queries.person_by_id)
def restore(person: Person) -> Response:
    """Take a person out of the trash."""
    number = person.id
    with writing() as session:
        services.restore_person(session, person, by=actor(), at=clock.now())
    flash(_("La fiche est sortie de la corbeille."), "done")
    return redirect(url_for("people.page", person_id=number))


@blueprint.route("/<int:person_id>/reunir", methods=["GET", "POST"])
@requires(PersonAction.EDIT, on=queries.person_by_id)
def merge(person: Person) -> Response | str | tuple[str, int]:
    """Say that another record is of the same person; both are shown before anything moves."""
    session, number, error = db.session(), person.id, ""
    other = _held(request.form.get("other") or request.args.get("autre", ""))
    if request.method == "POST" and other is not None:
        try:
            with writing() as unit:
                services.merge_persons(unit, person, other, by=actor(), at=clock.now())
            flash(_("Les deux fiches n’en font plus qu’une."), "done")
            return redirect(url_for("people.page", person_id=number))
        except DomainError as refused:
            error = str(refused)
    words, who = request.args.get("q", "")[:200], identity()
    found = (
        queries.held_persons(session, who.body_ids, words=words, who=who)
        if words
        else queries.likely_doubles(session, who.body_ids, person.name, but=[number], who=who)
    )
    page_text = render_template(
        "people/merge.html",
        person=person,
        other=other,
        rows=services.side_by_side(person, other) if other else [],
        words=words,
        doubled=_held_twice(session, person, other) if other and other.id != number else [],
        told=told_before(session, [number, other.id]) if other and other.id != number and not error else [],
        found=[one for one in found[: queries.PAGE] if one.id != number],
        error=error,
    )
    return page_text, 422 if error else 200


def _held_twice(session: Session, *persons: Person) -> list[PersonLine]:
    return [line for query in _doubled for line in query(session, persons)]


def _held(raw: str) -> Person | None:
    """Another person whose record one may change; any other is not found."""
    if not raw:
        return None
    number = int(raw) if raw.isascii() and raw.isdecimal() and len(raw) < 10 else 0  # noqa: PLR2004  # an identifier
    person = queries.person_by_id(db.session(), number)
    if person is None or not may(PersonAction.EDIT, person):
        abort(404)
    return person


def _keeper() -> int | None:
    """The body in whose name the person writes just now."""
    who = identity()
    if who.current_body_id in who.written_body_ids:
        return who.current_body_id
    return min(who.written_body_ids, default=None)


def _doubles(facts: services.PersonFacts) -> list[Person]:
    name = facts.name_as_written or f"{facts.given_name} {facts.family_name}"
    return queries.likely_doubles(db.session(), identity().body_ids, name, who=identity())


def _after(raw: str) -> tuple[str, int] | None:
    number, found, folded = raw.partition("~")
    if not found or not number.isdecimal() or len(number) > 9:  # noqa: PLR2004  # digits of an identifier
        return None
    return fold(folded)[:500], int(number)
