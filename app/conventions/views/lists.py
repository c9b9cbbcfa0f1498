"""The list of texts, its trash, and bringing a document in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.gate import actor, identity, may, requires
from app.conventions import queries, services
from app.conventions.forms import TransferForm
from app.conventions.labels import KIND_NAMES, STATUS_NAMES, STATUS_TONES
from app.conventions.policy import ConventionAction
from app.conventions.sentences import bad_document
from app.conventions.views.blueprint import blueprint, language
from app.database.unit import writing
from app.extensions import db
from app.shared import clock
from app.shared.errors import DomainError
from app.texts import formats, interchange
from app.texts.interchange import BadDocument

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


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
        language_name=lambda code: formats.language_name(code, language()),
        pages={
            "previous_url": url_for("conventions.index", **kept) if "apres" in request.args else None,
            "next_url": url_for("conventions.index", **kept, apres=last) if more else None,
        },
        may_add=may(ConventionAction.CREATE),
    )


@blueprint.route("/importer", methods=["GET", "POST"])
@requires(ConventionAction.CREATE)
def bring_in() -> Response | str | tuple[str, int]:
    """Bring in a document of the interchange format; it is read whole before anything is written."""
    form = TransferForm()
    if form.is_submitted() and form.validate():
        try:
            document = interchange.read(form.file.data.read() if form.file.data else b"")
            _refuse_double(document.id)
            command = services.ImportConvention(document, owner_body_id=owner())
            with writing() as session:
                convention, _state = services.bring_in(session, command, by=actor(), at=clock.now())
                number = convention.id
            flash(_("Le texte est importé."), "done")
            return redirect(url_for("conventions.page", convention_id=number))
        except BadDocument as error:
            form.form_errors.append(str(bad_document(error)))
        except DomainError as error:
            form.form_errors.append(str(error))
    return render_template("conventions/import.html", form=form), 422 if form.errors else 200


def _refuse_double(name: str) -> None:
    if queries.conventions_by_uid(db.session(), [name]):
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


def _after(raw: str) -> tuple[datetime, int] | None:
    moment, _tilde, number = raw.partition("~")
    try:
        read = datetime.fromisoformat(moment)
    except ValueError:
        return None
    if read.tzinfo is None or not number.isdecimal() or len(number) > 9:  # noqa: PLR2004  # digits of an identifier
        return None
    return read, int(number)
