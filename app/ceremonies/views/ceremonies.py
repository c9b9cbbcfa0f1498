"""Lists, pages and verbs of ceremonies."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from app.accounts.gate import actor, identity, may, requires, signed_in
from app.ceremonies import annexe, checks, facts, interchange, phrases, programme, queries, services
from app.ceremonies.calendars import calendar_of, is_empty, undated
from app.ceremonies.documents import programme_page, unprintable, write
from app.ceremonies.forms import CreateForm, DuplicateForm, EditForm, StatusForm, choices, titled_languages
from app.ceremonies.labels import ITEM_STATES, KIND_NAMES, LANGUAGE_NAMES, STATUSES
from app.ceremonies.models import NOT_FIXED
from app.ceremonies.policy import CeremonyPermission
from app.ceremonies.views.blueprint import blueprint
from app.ceremonies.views.parts import again, answer, file_answer, file_stem, naming, towns
from app.ceremonies.wording import joined, said, to_reread, words, zone_name
from app.database.unit import writing
from app.extensions import db
from app.members.policy import MemberAction
from app.members.queries.stays import stays_for
from app.shared import clock
from app.shared.conflicts import both_texts
from app.shared.errors import DomainError, EditConflict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from app.ceremonies.models import Ceremony
    from app.ceremonies.queries import Listed
    from app.twinnings.models import Twinning


class BadPage(DomainError):
    """A page mark that the list did not give."""

    status = 400


@dataclass(frozen=True)
class _Pages:
    previous_url: str | None
    next_url: str | None


@blueprint.get("/ceremonies")
@signed_in
def index() -> str:
    """All the ceremonies of one's bodies, latest first, twenty-five a page."""
    trashed = "corbeille" in request.args
    rows, pages = _page(trashed=trashed)
    return render_template(
        "ceremonies/index.html",
        rows=rows,
        pages=pages,
        trashed=trashed,
        today=clock.today(),
        not_fixed=NOT_FIXED,
        statuses=STATUSES,
        said=said,
        joined=joined,
        may_create=bool(identity().written_body_ids),
    )


@blueprint.route("/ceremonies/nouvelle", methods=["GET", "POST"])
@requires(CeremonyPermission.CREATE)
def create() -> str | AnyResponse | tuple[str, int]:
    """Begin a ceremony for one of one's twinnings."""
    twinnings = queries.twinnings_to_choose(db.session(), identity().written_body_ids)
    twinning = _chosen(twinnings)
    if twinning is None:
        return render_template("ceremonies/choose_twinning.html", twinnings=twinnings, towns=towns)
    form = CreateForm()
    form.ask_clock(queries.clocks_to_ask(twinning), str(get_locale() or "fr"))
    form.host.choices = choices((party.body_id, party.body.name) for party in twinning.parties if party.is_town)
    if not form.is_submitted():
        form.host.data = form.host.choices[0].value if form.host.choices else None
        form.language_2.data = next((one for one in twinning.languages if one not in {"fr", ""}), "")
    if form.validate_on_submit():
        own = {party.body_id for party in twinning.parties} & identity().written_body_ids
        grant = identity().current_grant
        owner = grant.body_id if grant and grant.body_id in own else min(own)
        command = form.command(twinning.id, owner)
        with writing() as session:
            made = services.create_ceremony(session, command, by=actor(), at=clock.now())
            made_id = made.id
        flash(_("La cérémonie est créée. Complétez son programme quand vous le souhaitez."), "done")
        return redirect(url_for("ceremonies.show", ceremony_id=made_id))
    return answer("ceremonies/create.html", form, twinning=twinning, towns=towns)


@blueprint.get("/ceremonies/<int:ceremony_id>")
@requires(CeremonyPermission.VIEW, on=queries.ceremony_to_see)
def show(ceremony: Ceremony) -> str:
    """The ceremony with its programme."""
    languages = list(dict.fromkeys([*ceremony.languages, *ceremony.title])) or ["fr"]
    spoken = str(get_locale() or "fr")
    return render_template(
        "ceremonies/show.html",
        ceremony=ceremony,
        title=programme.titles(ceremony.title, languages),
        days=programme.days(ceremony, languages, spoken=[spoken]),
        when=programme.when_text(ceremony, spoken),
        parties=programme.parties(ceremony, [spoken, *languages], headed=[spoken]),
        remarks=[*checks.remarks(ceremony), *filter(None, [unprintable(interchange.write([ceremony]))])],
        zone_name=zone_name(ceremony.timezone, spoken),
        undated=undated(ceremony),
        in_trash=[item for item in ceremony.items if item.trashed_at],
        statuses=STATUSES,
        kinds=KIND_NAMES,
        reread=[str(LANGUAGE_NAMES.get(one, one)) for one in to_reread(programme.print_languages(ceremony))],
        language_list=", ".join(str(LANGUAGE_NAMES.get(one, one)) for one in ceremony.languages),
        stays=[one for one in stays_for(db.session(), f"ceremony:{ceremony.id}") if may(MemberAction.HOST, one)],
        edit_permission=CeremonyPermission.EDIT,
        print_languages=",".join(programme.print_languages(ceremony)),
        said=said,
        joined=joined,
        item_states=ITEM_STATES,
        known=facts.rows(ceremony.details, "ceremony", [spoken, *languages], but=_ELSEWHERE),
        own_words=facts.own_words,
        more=functools.partial(annexe.of_item, languages=[spoken, *languages], but={"status"}),
        languages_shown=languages,
        conflicts=[phrases.conflict_line(one, languages) for one in ceremony.details.get("conflicts", [])],
    )


@blueprint.route("/ceremonies/<int:ceremony_id>/modifier", methods=["GET", "POST"])
@requires(CeremonyPermission.EDIT, on=queries.ceremony_to_see)
def edit(ceremony: Ceremony) -> str | AnyResponse | tuple[str, int]:
    """Change what the ceremony says of itself."""
    form, conflict = EditForm().offer(ceremony) if request.method == "POST" else EditForm.of(ceremony), None
    if form.validate_on_submit():
        ceremony_id, command = ceremony.id, form.command(ceremony)
        try:
            with writing() as session:
                services.edit_ceremony(session, again(ceremony_id), command, by=actor(), at=clock.now())
        except services.ceremonies.ZoneUnknown as error:
            form.timezone.errors = [*form.timezone.errors, str(error)]
        except EditConflict:
            conflict = both_texts(form, EditForm.of(ceremony, formdata=None))
        else:
            flash(_("C’est enregistré. Les agendas abonnés suivront."), "done")
            return redirect(url_for("ceremonies.show", ceremony_id=ceremony_id))
    return answer("ceremonies/edit.html", form, conflict, ceremony=ceremony, **naming(ceremony))


@blueprint.route("/ceremonies/<int:ceremony_id>/etat", methods=["GET", "POST"])
@requires(CeremonyPermission.EDIT, on=queries.ceremony_to_see)
def status(ceremony: Ceremony) -> str | AnyResponse | tuple[str, int]:
    """Confirm, call off, postpone."""
    form, conflict = StatusForm.of(ceremony), None
    if form.validate_on_submit():
        ceremony_id, command = ceremony.id, form.command(ceremony)
        try:
            with writing() as session:
                services.change_status(session, again(ceremony_id), command, by=actor(), at=clock.now())
            flash(_("L’état est changé. Les agendas abonnés le montreront."), "done")
            return redirect(url_for("ceremonies.show", ceremony_id=ceremony_id))
        except EditConflict:
            conflict = both_texts(form, StatusForm.of(ceremony, formdata=None))
    mark = words(ceremony.languages)["cancelled"]
    return answer("ceremonies/status.html", form, conflict, ceremony=ceremony, mark=mark, **naming(ceremony))


@blueprint.route("/ceremonies/<int:ceremony_id>/reprendre", methods=["GET", "POST"])
@requires(CeremonyPermission.EDIT, on=queries.ceremony_to_see)
def duplicate(ceremony: Ceremony) -> str | AnyResponse | tuple[str, int]:
    """Take the programme up again at another date."""
    main, _second = titled_languages(ceremony)
    form = DuplicateForm(title=ceremony.title.get(main, said(ceremony.title)))
    if form.validate_on_submit():
        ceremony_id, command = ceremony.id, form.command(ceremony)
        with writing() as session:
            made = services.duplicate_ceremony(session, again(ceremony_id), command, by=actor(), at=clock.now())
            made_id = made.id
        flash(_("Le programme est repris ; les jours ont suivi la nouvelle date."), "done")
        return redirect(url_for("ceremonies.show", ceremony_id=made_id))
    return answer("ceremonies/duplicate.html", form, ceremony=ceremony, **naming(ceremony))


@blueprint.post("/ceremonies/<int:ceremony_id>/corbeille")
@requires(CeremonyPermission.EDIT, on=queries.ceremony_to_see)
def trash(ceremony: Ceremony) -> AnyResponse:
    """Put the ceremony in the trash."""
    ceremony_id = ceremony.id
    with writing() as session:
        services.trash_ceremony(session, again(ceremony_id), by=actor(), at=clock.now())
    flash(_("La cérémonie est à la corbeille ; vous pouvez la remettre en place."), "done")
    return redirect(url_for("ceremonies.index", corbeille=1))


@blueprint.post("/ceremonies/<int:ceremony_id>/remettre")
@requires(CeremonyPermission.EDIT, on=queries.ceremony_in_trash)
def restore(ceremony: Ceremony) -> AnyResponse:
    """Take the ceremony out of the trash."""
    ceremony_id = ceremony.id
    with writing() as session:
        found = queries.ceremony_in_trash(session, ceremony_id) or abort(404)
        services.restore_ceremony(session, found, by=actor(), at=clock.now())
    flash(_("La cérémonie est remise en place."), "done")
    return redirect(url_for("ceremonies.show", ceremony_id=ceremony_id))


@blueprint.get("/ceremonies/<int:ceremony_id>/programme.pdf")
@requires(CeremonyPermission.VIEW, on=queries.ceremony_to_see)
def programme_pdf(ceremony: Ceremony) -> Response:
    """The programme on paper, in the languages asked for."""
    wanted = [one for one in request.args.get("langues", "").split(",") if one in LANGUAGE_NAMES]
    page = programme_page(ceremony, wanted, for_guests="equipe" not in request.args)
    name = f"{file_stem('programme', ceremony)}{'-equipe' if 'equipe' in request.args else ''}.pdf"
    db.session.rollback()
    return file_answer(write(page), "application/pdf", name)


@blueprint.get("/ceremonies/<int:ceremony_id>/programme.json")
@requires(CeremonyPermission.VIEW, on=queries.ceremony_to_see)
def programme_json(ceremony: Ceremony) -> Response:
    """The ceremony in the product's own format, whole."""
    return file_answer(
        interchange.write([ceremony]).encode(), "application/json", f"{file_stem('ceremonie', ceremony)}.json"
    )


@blueprint.get("/ceremonies/<int:ceremony_id>/agenda.ics")
@requires(CeremonyPermission.VIEW, on=queries.ceremony_to_see)
def download(ceremony: Ceremony) -> AnyResponse:
    """The ceremony as a calendar file, to be opened once; back to its page when there is nothing to put in one."""
    if is_empty(ceremony):
        flash(
            _(
                "Aucun jour n’est encore fixé : il n’y a rien à mettre dans un agenda. Abonnez-vous plutôt : les "
                "moments y viendront d’eux-mêmes."
            ),
            "wait",
        )
        return redirect(url_for("ceremonies.show", ceremony_id=ceremony.id))
    return file_answer(
        calendar_of([ceremony]), "text/calendar; charset=utf-8", f"{file_stem('ceremonie', ceremony)}.ics"
    )


_ELSEWHERE = frozenset({"hosts", "guests", "status_reason", "description", "conflicts"})
"""What the page of a ceremony says in a place of its own."""


def _page(*, trashed: bool) -> tuple[list[Listed], _Pages]:
    after, before = _mark("apres"), _mark("avant")
    rows = queries.listed(
        db.session(), body_ids=identity().readable_body_ids, after=after, before=before, trashed=trashed
    )
    more = len(rows) > queries.PAGE
    rows = rows[1:] if before and more else rows[: queries.PAGE]
    flag = "1" if trashed else None
    has_next = more if before is None else True
    has_previous = (more if before else after is not None) and bool(rows)
    return rows, _Pages(
        url_for("ceremonies.index", avant=_marked(rows[0]), corbeille=flag) if rows and has_previous else None,
        url_for("ceremonies.index", apres=_marked(rows[-1]), corbeille=flag) if rows and has_next else None,
    )


def _marked(row: Listed) -> str:
    return f"{row.sort_day.isoformat()}_{row.id}"


def _mark(name: str) -> tuple[date, int] | None:
    text = request.args.get(name)
    if not text:
        return None
    day, _separator, number = text.partition("_")
    try:
        return date.fromisoformat(day), int(number)
    except ValueError as error:
        raise BadPage(_("Cette page de la liste n’existe pas. Revenez au début de la liste.")) from error


def _chosen(twinnings: Sequence[Twinning]) -> Twinning | None:
    wanted = request.args.get("jumelage", type=int)
    if wanted is None:
        return twinnings[0] if len(twinnings) == 1 else None
    return next((twinning for twinning in twinnings if twinning.id == wanted), None)
