"""Taking in a file from the browser: a calendar, or the product's own format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, render_template
from flask_babel import gettext as _

from app.accounts.gate import actor, identity, requires
from app.ceremonies import interchange, queries, remarks, services
from app.ceremonies.forms import ImportForm, choices
from app.ceremonies.policy import CeremonyPermission
from app.ceremonies.views.blueprint import blueprint
from app.ceremonies.views.parts import answer, towns, zone_names
from app.database.unit import writing
from app.extensions import db
from app.shared import clock
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from werkzeug.wrappers import Response


@blueprint.route("/ceremonies/importer", methods=["GET", "POST"])
@requires(CeremonyPermission.CREATE)
def import_file() -> str | Response | tuple[str, int]:
    """Choose a file and a twinning; what was read and what was left is told line by line."""
    form = ImportForm()
    found = queries.twinnings_to_choose(db.session(), identity().written_body_ids)
    form.twinning.choices = choices([(twinning.id, " – ".join(towns(twinning))) for twinning in found])
    if not form.is_submitted() and found:
        form.twinning.data = found[0].id
    if form.validate_on_submit():
        bodies = {twinning.id: {party.body_id for party in twinning.parties} for twinning in found}
        try:
            told = _take(form, bodies[form.twinning.data])
        except DomainError as error:
            form.file.errors = [*form.file.errors, str(error)]
        else:
            flash(_("Le fichier est importé."), "done")
            return render_template("ceremonies/imported.html", told=told)
    return answer("ceremonies/import.html", form, zones=zone_names())


def _take(form: ImportForm, bodies: set[int]) -> list[str]:
    who, data = identity(), form.file.data.read()
    options = services.ImportOptions(
        owner_body_id=min(bodies & who.written_body_ids),
        twinning_id=form.twinning.data,
        within=who.written_body_ids,
    )
    if form.is_own_format():
        plain = interchange.read(data)
        if not plain:
            raise interchange.UnreadableProgramme(_("Le fichier ne contient aucune cérémonie : rien n’a été importé."))
        with writing() as session:
            done = services.import_ceremonies(session, plain, options, by=actor(), at=clock.now())
            return [remarks.outcome(one) for one in done]
    reading, timezone = remarks.read_calendar(data), form.timezone.data.strip()
    with writing() as session:
        one = services.import_calendar(
            session,
            reading,
            options,
            title=(form.title.data or "").strip(),
            timezone=timezone,
            by=actor(),
            at=clock.now(),
        )
        told = [remarks.outcome(one)]
    return [*told, *remarks.report(reading, timezone)]
