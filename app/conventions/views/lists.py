"""The list of texts, its trash, and bringing a document in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.access.gate import actor, identity, may, requires
from app.bodies.apart import bodies_apart
from app.bodies.queries import bodies_visible_to
from app.conventions import guards, queries, services
from app.conventions.forms import TransferForm, choices_of
from app.conventions.labels import KIND_NAMES, STATUS_NAMES, STATUS_TONES
from app.conventions.policy import ConventionAction
from app.conventions.refusals import fault_sentences
from app.conventions.views.blueprint import blueprint, language
from app.database.unit import writing
from app.extensions import db
from app.shared import clock
from app.shared.errors import DomainError
from app.texts import formats, interchange
from app.texts.interchange import BadDocument

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Response

    from app.texts.document import Document

_DONE = {
    "added": _l("Le texte est importé."),
    "changed": _l("Le texte remplace celui qui portait le même identifiant ; l’ancien est gardé dans les versions."),
    "same": _l("Ce texte est déjà là, mot pour mot : rien n’a changé."),
}


@blueprint.get("/")
@requires(ConventionAction.LIST)
def index() -> str:
    """The texts of one's bodies, the last changed first."""
    trashed = "corbeille" in request.args
    found = queries.page_of_conventions(
        db.session(), identity().readable_body_ids, after=_after(request.args.get("apres", "")), trashed=trashed
    )
    page, more = found[: queries.PAGE], len(found) > queries.PAGE
    kept: dict[str, Any] = {"corbeille": "1"} if trashed else {}
    last = f"{page[-1].changed_at.isoformat()}~{page[-1].id}" if page else ""
    return render_template(
        "conventions/index.html",
        rows=page,
        trashed=trashed,
        kinds=KIND_NAMES,
        statuses=STATUS_NAMES,
        tones=STATUS_TONES,
        standings=guards.standings(db.session(), [row.id for row in page]),
        language_name=lambda code: formats.language_name(code, language()),
        pages={
            "previous_url": url_for("conventions.index", **kept) if "apres" in request.args else None,
            "next_url": url_for("conventions.index", **kept, apres=last) if more else None,
        },
        may_add=may(ConventionAction.CREATE),
        wordings=wordings_of_mine(),
    )


@blueprint.route("/importer", methods=["GET", "POST"])
@requires(ConventionAction.CREATE)
def bring_in() -> Response | str | tuple[str, int]:
    """Bring in a document of the interchange format; it is read whole before anything is written."""
    form = TransferForm()
    found = queries.twinnings_to_choose(db.session(), identity().written_body_ids)
    names = [(str(one.id), queries.twinning_name(one)) for one in found]
    form.twinning.choices = choices_of([("", _("— aucun —")), *names])
    faults: list[str] = []
    if form.is_submitted() and form.validate():
        try:
            documents = interchange.read_many(form.file.data.read() if form.file.data else b"")
            made = _bring_in(documents, form.twinning.data)
            if len(made) > 1:
                flash(_("%(number)s textes sont importés.", number=len(made)), "done")
                return redirect(url_for("conventions.index"))
            flash(str(_DONE[made[0][1]]), "done")
            return redirect(url_for("conventions.page", convention_id=made[0][0]))
        except BadDocument as error:
            faults = fault_sentences(error)
            several = _("Le fichier contient plusieurs fautes : leur liste est sur cette page.")
            form.file.errors = faults if len(faults) == 1 else [several]
        except DomainError as error:
            form.file.errors = [*form.file.errors, str(error)]
    return render_template("conventions/import.html", form=form, faults=faults), 422 if form.errors else 200


def _bring_in(documents: Sequence[Document], chosen: str) -> list[tuple[int, str]]:
    """Keep documents, all or none; return their numbers, and whether each was added, changed or there already."""
    for document in documents:
        _refuse_others(document.id)
    with writing() as session:
        found = queries.twinnings_to_choose(session, identity().written_body_ids)
        twinnings = [one for one in found if str(one.id) == chosen]
        commands = [services.ImportConvention(one, owner_body_id=owner(), twinnings=twinnings) for one in documents]
        made = [services.bring_in(session, command, by=actor(), at=clock.now()) for command in commands]
        return [(convention.id, state) for convention, state in made]


def _refuse_others(name: str) -> None:
    """A text that is there already is replaced by whoever may write it; what it was stays among its versions."""
    known = queries.convention_named(db.session(), name)
    if known is not None and not may(ConventionAction.EDIT, known):
        raise DomainError(
            _(
                "Un texte porte déjà l’identifiant « %(name)s ». Changez « id » dans le fichier, "
                "ou demandez à l’administration de remplacer le texte par la ligne de commande.",
                name=name,
            )
        )


def owner() -> int | None:
    """The body in whose name the person writes just now."""
    who = identity()
    if who.current_body_id in who.written_body_ids:
        return who.current_body_id
    return min(who.written_body_ids, default=None)


def wordings_of_mine() -> list[tuple[str, str]]:
    """Where each body of the person keeps its models, by name; a body that is only read has none to show."""
    who = identity()
    found = bodies_visible_to(db.session(), who.body_ids)
    mine = [body for body in found if body.id in who.body_ids and may(ConventionAction.SEE_WORDING, body)]
    return [(name, url_for("conventions.wordings", body_id=number)) for number, name in bodies_apart(mine).items()]


def _after(raw: str) -> tuple[datetime, int] | None:
    moment, _tilde, number = raw.partition("~")
    try:
        read = datetime.fromisoformat(moment)
    except ValueError:
        return None
    if read.tzinfo is None or not number.isdecimal() or len(number) > 9:  # noqa: PLR2004  # digits of an identifier
        return None
    return read, int(number)
