"""The pages of handovers: begin, complete, seal, sign, print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from app.access.gate import actor, identity, may, requires
from app.accounts.policy import AccountAction
from app.accounts.queries import likely_person_of, roles_of_body
from app.accounts.services.roles import LastAdministrator
from app.bodies.labels import office_shown
from app.database.unit import writing
from app.documents.downloads import disposition
from app.extensions import db
from app.handover import queries, services
from app.handover.changes import changes_without, missing
from app.handover.documents import handover_paper
from app.handover.forms import HandoverForm, StartForm, ThingForm
from app.handover.hands import hands_of
from app.handover.labels import FATES, SIDES, SIGNED, SIGNING, THINGS, state_of, tone_of
from app.handover.models import Fate, Side, Stage
from app.handover.pack import pack_of, plain, read
from app.handover.policy import HandoverAction
from app.handover.signing import ways
from app.handover.views.blueprint import again, answer, blueprint
from app.people.fields import whole
from app.people.forms import blame
from app.printing import print_paper
from app.shared import clock
from app.shared.errors import DomainError, EditConflict

if TYPE_CHECKING:
    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response as Answer

    from app.accounts.models import RoleGrant
    from app.bodies.models import Body
    from app.handover.models import Handover, HandoverThing

    Page = Answer | str | tuple[str, int]


@blueprint.get("/")
@requires(HandoverAction.LIST)
def index() -> str:
    """The handovers of one's associations, and the changes of officers that wait for one."""
    session, who = db.session(), identity()
    waiting = [
        one
        for one in changes_without(session, who.written_body_ids, today=clock.today())
        if may(HandoverAction.EDIT, one.body)
    ]
    bodies = [queries.association_by_id(session, number) for number in sorted(who.written_body_ids)]
    rows = [one for one in queries.handovers_of(session, who.body_ids) if may(HandoverAction.VIEW, one)]
    return render_template(
        "handover/index.html",
        rows=rows,
        lacking=missing(session, rows),
        waiting=waiting,
        bodies=[body for body in bodies if body is not None and may(HandoverAction.EDIT, body)],
        state_of=state_of,
        tone_of=tone_of,
    )


@blueprint.route("/preparer/<int:body_id>", methods=["GET", "POST"])
@requires(HandoverAction.EDIT, on=queries.association_by_id)
def start(body: Body) -> Page:
    """Begin the handover of a board that changed on a day."""
    number, form = body.id, StartForm()
    if not form.is_submitted():
        form.on.data = request.args.get("jour", "")
    elif form.validate():
        day = form.on.sure
        try:
            with writing() as session:
                fresh = queries.association_by_id(session, number) or abort(404)
                made = services.prepare(session, fresh, day, by=actor(), at=(now := clock.now()))
                made_id, is_new = made.id, made.created_at == now
        except DomainError as error:
            blame(form, error.field, error.sentence)
        else:
            begun = _("Le dossier de ce jour est déjà commencé, entre les mêmes personnes : le voici.")
            done = _("Le dossier est commencé : il s’est rempli de ce que le logiciel sait déjà.")
            flash(*((done, "done") if is_new else (begun, "wait")))
            return redirect(url_for("handover.page", handover_id=made_id))
    return answer("handover/start.html", form, body=queries.association_by_id(db.session(), number))


@blueprint.get("/<int:handover_id>")
@requires(HandoverAction.VIEW, on=queries.handover_by_id)
def page(handover: Handover) -> Page:
    """The pack, what is missing, who signed."""
    return shown(handover)


def shown(handover: Handover, error: DomainError | None = None) -> Page:
    """The page, or why what was asked of it is refused."""
    session = db.session()
    may_edit, is_draft = may(HandoverAction.EDIT, handover), handover.stage == Stage.DRAFT and not handover.trashed_at
    mine = {one.id for one in handover.people if may(HandoverAction.SIGN, one)}
    hands = hands_of(session, handover, on=clock.today())
    lacks = [] if handover.trashed_at else missing(session, [handover])[handover.id]
    untied = _untied(session, handover) if may_edit else []
    sections = read(handover.content) if handover.content else pack_of(session, handover, at=clock.now())
    found = render_template(
        "handover/page.html",
        handover=handover,
        sections=sections,
        error=error,
        state=state_of(handover, lacks),
        tone=tone_of(handover, lacks),
        lacks=lacks,
        function_name=office_shown,
        sides=[(_heading(handover, side), handover.side(side)) for side in Side],
        signed=SIGNED,
        fates=FATES,
        things=THINGS,
        is_draft=is_draft,
        may_edit=may_edit,
        mine=mine,
        reader=actor().id,
        signable={one.id for one in handover.people if one.id in mine and hands.speaks_for(one, actor().id)},
        ways=ways(handover, hands, actor().id, may_note=may_edit),
        untied=untied,
        alike=_alike(handover, untied),
        forgotten=queries.grants_forgotten(session, handover, on=clock.today()) if not handover.trashed_at else [],
        tied={one.person_id for one in queries.accounts_of(session, [one.person_id for one in handover.people])},
        may_tie=may(AccountAction.TIE, handover.body),
        double=queries.double_of(session, handover),
        may_see_access=may(AccountAction.SEE_ACCESS, handover.body),
        heirs=_heirs(handover),
        may_erase_proofs=may_edit and services.may_erase_proofs(handover, on=clock.today()),
    )
    return (found, 422) if error is not None else found


def _untied(session: Session, handover: Handover) -> list[tuple[RoleGrant, list[str]]]:
    """The accounts that are nobody's record, each with its roles, as long as somebody has to sign."""
    found: dict[int, tuple[RoleGrant, list[str]]] = {}
    for grant in queries.untied_grants(session, handover.body_id, on=clock.today()) if handover.unsigned else []:
        found.setdefault(grant.account_id, (grant, []))[1].append(grant.role)
    return list(found.values())


def _alike(handover: Handover, untied: list[tuple[RoleGrant, list[str]]]) -> dict[int, RoleGrant]:
    """For who has to sign and has no account, one that bears their name: a human says whether it is theirs."""
    people = {one.person_id: one.person.name for one in handover.unsigned}
    found = {likely_person_of(grant.account, people): grant for grant, _roles in untied}
    return {person: grant for person, grant in found.items() if person is not None}


def _heading(handover: Handover, side: Side) -> object:
    """« Sortants », or « Remet le dossier » where somebody stands in."""
    return (SIGNING if any(one.stands_in for one in handover.side(side)) else SIDES)[side]


def _heirs(handover: Handover) -> list[tuple[int, str]]:
    """Who may take a role over: whoever has an account in the association, and those who come."""
    session = db.session()
    held = {one.account_id: one.account.name for one in roles_of_body(session, handover.body_id, on=clock.today())}
    incoming = {one.person_id: one.person.name for one in handover.side(Side.INCOMING)}
    held |= {account.id: account.name for account in queries.accounts_of(session, incoming)}
    return sorted(held.items(), key=lambda pair: pair[1])


@blueprint.route("/<int:handover_id>/modifier", methods=["GET", "POST"])
@requires(HandoverAction.EDIT, on=queries.handover_by_id)
def edit(handover: Handover) -> Page:
    """Change the words and the last day of access."""
    number, form = handover.id, HandoverForm()
    if not form.is_submitted():
        form.show(handover)
    elif form.validate():
        facts = form.command()
        try:
            with writing() as session:
                services.edit(session, again(number), facts, by=actor(), at=clock.now())
        except EditConflict:
            raise
        except DomainError as error:
            blame(form, error.field, error.sentence)
        else:
            flash(_("C’est enregistré."), "done")
            return redirect(url_for("handover.page", handover_id=number))
    return answer("handover/edit.html", form, handover=again(number))


@blueprint.route("/<int:handover_id>/transmettre", methods=["GET", "POST"])
@requires(HandoverAction.EDIT, on=queries.handover_by_id)
def add_thing(handover: Handover) -> Page:
    """Note something that is handed on by hand."""
    number, form = handover.id, ThingForm()
    if form.validate_on_submit():
        facts = form.command()
        try:
            with writing() as session:
                services.add_thing(session, again(number), facts, by=actor(), at=clock.now())
        except DomainError as error:
            blame(form, error.field, error.sentence)
        else:
            flash(_("C’est noté."), "done")
            if "another" in request.form:
                return redirect(url_for("handover.add_thing", handover_id=number))
            return redirect(url_for("handover.page", handover_id=number))
    return answer("handover/thing.html", form, handover=again(number))


@blueprint.post("/choses/<int:thing_id>/retirer")
@requires(HandoverAction.EDIT, on=queries.thing_by_id)
def remove_thing(thing: HandoverThing) -> Answer:
    """Take something off the list."""
    number, back = thing.id, thing.handover_id
    with writing() as session:
        fresh = queries.thing_by_id(session, number) or abort(404)
        services.remove_thing(session, fresh, by=actor(), at=clock.now())
    flash(_("C’est retiré."), "done")
    return redirect(url_for("handover.page", handover_id=back))


@blueprint.post("/<int:handover_id>/acces")
@requires(HandoverAction.EDIT, on=queries.handover_by_id)
def rights(handover: Handover) -> Page:
    """Say what becomes of each role of those who leave."""
    number, chosen = handover.id, {}
    for right in handover.rights:
        raw = request.form.get(f"fate-{right.id}", "")
        if raw not in set(Fate):
            abort(400)
        chosen[right.id] = (Fate(raw), whole(request.form.get(f"heir-{right.id}")) or None)
    try:
        with writing() as session:
            services.choose_rights(session, again(number), chosen, by=actor(), at=clock.now())
    except DomainError as error:
        return shown(again(number), error)
    flash(_("C’est noté. Les accès changent quand le dossier est figé."), "done")
    return redirect(url_for("handover.page", handover_id=number))


@blueprint.post("/<int:handover_id>/figer")
@requires(HandoverAction.EDIT, on=queries.handover_by_id)
def seal(handover: Handover) -> Page:
    """Freeze the pack and hand the rights on."""
    number = handover.id
    if not request.form.get("sure"):
        return shown(
            handover, services.BadHandover(_("Cochez que tout est relu : une fois figé, rien ne change plus."))
        )
    with force_locale("fr"):
        content = plain(pack_of(db.session(), handover, at=clock.now()))
    try:
        with writing() as session:
            services.seal(session, again(number), content, by=actor(), at=clock.now())
    except LastAdministrator:
        return shown(again(number), services.BadHandover(_nobody_left(again(number))))
    except DomainError as error:
        return shown(again(number), error)
    flash(_("Le dossier est figé et les accès sont transmis. Chacun peut signer."), "done")
    return redirect(url_for("handover.page", handover_id=number))


def _nobody_left(handover: Handover) -> str:
    """Whose access would end last, and what to choose instead."""
    ends = (one for one in handover.rights if one.grant.is_administrator and one.fate != Fate.STAYS)
    return str(
        _(
            "Plus personne n’administrerait les accès après %(names)s. Plus bas, choisissez « passe à quelqu’un » ou "
            "« reste », ou nommez d’abord quelqu’un d’autre sur la page « Accès ».",
            names=", ".join(dict.fromkeys(one.grant.account.name for one in ends)),
        )
    )


@blueprint.post("/<int:handover_id>/corbeille")
@requires(HandoverAction.EDIT, on=queries.handover_by_id)
def trash(handover: Handover) -> Page:
    """Put a handover in the trash that nobody has sealed, or that is there twice."""
    number = handover.id
    try:
        with writing() as session:
            services.trash(session, again(number), by=actor(), at=clock.now())
    except DomainError as error:
        return shown(again(number), error)
    flash(_("La passation est à la corbeille ; le journal en garde la trace."), "done")
    return redirect(url_for("handover.index"))


@blueprint.get("/<int:handover_id>/dossier.pdf")
@requires(HandoverAction.VIEW, on=queries.handover_by_id)
def document(handover: Handover) -> Response:
    """The pack on paper."""
    content = print_paper(handover_paper(db.session(), handover, at=clock.now()))
    found = Response(content, mimetype="application/pdf")
    name = f"passation-{handover.takes_over_on.isoformat()}.pdf"
    found.headers["Content-Disposition"] = disposition(name, inline="telecharger" not in request.args)
    return found
