"""The scan of the signed original, and the word that the text is signed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.utils import secure_filename

from app import attached
from app.access.gate import actor, may, requires
from app.conventions import guards, queries, services
from app.conventions.forms import ScanForm
from app.conventions.models import PrintKind, Status
from app.conventions.policy import ConventionAction
from app.conventions.views.blueprint import about, blueprint, language
from app.conventions.views.clearing import Withheld, may_be_signed
from app.database.unit import alone_on, writing
from app.documents.errors import DocumentError
from app.documents.images import check_scan
from app.extensions import db
from app.people.fields import typed
from app.people.forms import blame
from app.shared import clock
from app.shared.errors import DomainError
from app.shared.fuzzydate import understand

if TYPE_CHECKING:
    from collections.abc import Collection

    from flask import Response
    from sqlalchemy.orm import Session
    from werkzeug.datastructures import FileStorage
    from werkzeug.wrappers import Response as Answer

    from app.conventions.models import Convention, ConventionScan


@blueprint.route("/<int:convention_id>/texte-signe", methods=["GET", "POST"])
@requires(ConventionAction.SCAN, on=queries.convention_by_id)
def scan(convention: Convention) -> Answer | str | tuple[str, int]:
    """Attach the scan of the signed original; with « signé » ticked the text does not change any more."""
    number, form = convention.id, ScanForm()
    told: dict[str, Any] = {"early": False, "withheld": None}
    if not form.is_submitted():
        form.jour.data = "" if _is_signed(convention) else _day_told(convention)
    elif not form.scan.data and not (form.signe.data and queries.scans_of(db.session(), number)):
        form.validate()
        form.scan.errors = [_("Choisissez un fichier.")]
    elif form.validate():
        told = _taken(convention, form)
        if not form.errors:
            flash(_("Le texte signé est joint.") if form.scan.data else _("Le texte est signé."), "done")
            return redirect(url_for("conventions.page", convention_id=number))
    held = queries.scans_of(db.session(), number)
    return render_template(
        "conventions/scan.html", **about(convention), form=form, scans=held, is_signed=_is_signed(convention), **told
    ), (422 if form.errors else 200)


def _is_signed(convention: Convention) -> bool:
    return convention.status in {Status.SIGNED, Status.ENDED}


def _taken(convention: Convention, form: ScanForm) -> dict[str, Any]:
    """Take what was sent, all of it or nothing; what stands against it is said in the form."""
    upload: tuple[services.AttachScan, bytes] | None = None
    told: dict[str, Any] = {"early": False, "withheld": None}
    if _is_signed(convention) and form.jour.data:
        form.jour.errors = [
            _("La signature de ce texte est déjà notée : laissez ce jour vide. Il se corrige là où il a été noté.")
        ]
        return told
    noted = _day_told(convention, statuses={"held"})
    if noted and form.jour.data and typed(form.jour.day) != noted:
        form.jour.errors = [
            _(
                "La signature est déjà notée, le %(day)s : écrivez ce jour, ou corrigez-le d’abord là où il est noté.",
                day=noted,
            )
        ]
        return told
    try:
        upload = _checked(form.scan.data) if form.scan.data else None
        with writing() as session:
            alone_on(session, convention)
            if not _is_signed(convention):
                _require_clearance(session, convention, form)
            _attach(session, convention, upload)
    except DocumentError as error:
        form.scan.errors = [*form.scan.errors, error.sentence(language())]
    except services.SignedTooEarly as error:
        told["early"] = True
        form.signe.errors = [*form.signe.errors, str(error)]
        with writing() as session:
            _attach(session, convention, upload)
    except Withheld as error:
        told["withheld"] = error.hindrance
        form.form_errors.append(_("La signature est retenue : lisez plus bas pourquoi, et ce qui reste possible."))
    except DomainError as error:
        blame(form, error.field, error.sentence)
    return told


def _require_clearance(session: Session, convention: Convention, form: ScanForm) -> None:
    """Note that the text is signed, or take what somebody signed: both only when it may be signed on that day.

    What came before any original was made is only kept: nobody says yet that the commune signed.

    :raises Withheld: with what to do.
    """
    signs, at = bool(form.signe.data), clock.now()
    cleared = any(one.kind == PrintKind.ORIGINAL for one in queries.versions_of(session, convention.id))
    if not cleared and not signs:
        return
    day = form.jour.day
    reason = (form.motif.data or "").strip()
    version = may_be_signed(session, convention, day or clock.today(), reason, by_all=signs, by=actor(), at=at)
    if not signs:
        return
    decided = cleared or convention.id in guards.standings(session, [convention.id])
    told = services.SignedWords(
        version.sha256 if version is not None and decided else "", before_its_date=bool(form.avant_date.data)
    )
    services.note_signed(session, convention, told, by=actor(), at=at)
    if version is not None:
        guards.bear_witness(session, version, day, by=actor(), at=at)


def _day_told(
    convention: Convention, *, statuses: Collection[str | None] = frozenset({None, "held", "planned"})
) -> str:
    """The day on which the text says that it was signed, once that day has come."""
    signings = [one for one in queries.document_of(convention).signings if one.status in statuses]
    known = [understand(one.date.gregorian or one.date.date or "") for one in signings if one.date]
    days = [one.earliest for one in known if one is not None and one.earliest == one.latest]
    last = max(days, default=None)
    return f"{last:%d/%m/%Y}" if last is not None and last <= clock.today() else ""


def _checked(upload: FileStorage) -> tuple[services.AttachScan, bytes]:
    """A scan as it came.

    :raises DocumentError: when it is none.
    """
    content = upload.read(attached.LARGEST + 1)
    checked = check_scan(content, max_size=attached.LARGEST)
    digest = hashlib.sha256(content).hexdigest()
    command = services.AttachScan(
        filename=secure_filename(upload.filename or "") or f"texte-signe.{checked.suffix}",
        file=f"scan-{digest[:40]}.{checked.suffix}",
        media_type=checked.media_type,
        size=len(content),
        pages=checked.pages,
        sha256=digest,
    )
    return command, content


def _attach(session: Session, convention: Convention, upload: tuple[services.AttachScan, bytes] | None) -> None:
    if upload is not None:
        command, content = upload
        attached.keep(command.file, content)
        services.attach_scan(session, convention, command, by=actor(), at=clock.now())


@blueprint.get("/<int:convention_id>/textes-signes/<int:scan_id>")
@requires(ConventionAction.VIEW, on=queries.scan_by_id)
def read_scan(scan: ConventionScan) -> Response:
    """The scan as it came, always as a download."""
    return attached.handed_out(scan.file, scan.filename, scan.media_type)


@blueprint.post("/<int:convention_id>/textes-signes/<int:scan_id>/corbeille")
@requires(ConventionAction.VIEW, on=queries.scan_by_id)
def trash_scan(scan: ConventionScan) -> Answer:
    """Put a scan in the trash."""
    number = scan.convention_id
    if not may(ConventionAction.SCAN, scan):
        abort(403)
    with writing() as session:
        services.trash_scan(session, scan, by=actor(), at=clock.now())
    flash(_("La numérisation est à la corbeille."), "done")
    return redirect(url_for("conventions.page", convention_id=number))
