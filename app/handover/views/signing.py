"""Signing a handover: for oneself, on paper for somebody else; contesting what was noted for oneself."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from werkzeug.utils import secure_filename
from wtforms.fields.choices import SelectChoice

from app.access.gate import actor, may, public, requires
from app.attached import LARGEST, handed_out, keep
from app.database.unit import writing
from app.documents.errors import DocumentError
from app.documents.images import check_scan
from app.extensions import db
from app.handover import queries, services
from app.handover.forms import PaperForm
from app.handover.hands import hands_of
from app.handover.labels import SIGNED
from app.handover.letters import signer_of, signing_letters
from app.handover.models import Signed
from app.handover.policy import HandoverAction
from app.handover.views.blueprint import again, answer, blueprint
from app.handover.views.pages import shown
from app.people.fields import typed
from app.people.forms import blame
from app.shared import clock
from app.shared.actor import Actor
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Response
    from werkzeug.datastructures import FileStorage
    from werkzeug.wrappers import Response as Answer

    from app.handover.models import HandoverPerson

    Page = Answer | str | tuple[str, int]


@blueprint.post("/signatures/<int:handover_person_id>")
@requires(HandoverAction.SIGN, on=queries.person_by_id)
def sign(person: HandoverPerson) -> Page:
    """Sign for oneself, from one's own account."""
    number, back = person.id, person.handover_id
    letters = signing_letters(db.session(), person, Signed.ACCOUNT, by=actor())
    remark = request.form.get("remark", "")
    command = services.Signing(how=Signed.ACCOUNT, on=clock.today(), remark=remark, letters=letters)
    try:
        with writing() as session:
            fresh = queries.person_by_id(session, number) or abort(404)
            services.sign(session, fresh, command, by=actor(), at=clock.now())
    except DomainError as error:
        return shown(again(back), error)
    flash(_("Votre signature est notée. Merci."), "done")
    return redirect(url_for("handover.page", handover_id=back))


@blueprint.route("/signatures/<int:handover_person_id>/papier", methods=["GET", "POST"])
@requires(HandoverAction.NOTE, on=queries.person_by_id)
def sign_on_paper(person: HandoverPerson) -> Page:
    """Note a signature on paper, in one's own name as the one who saw it, with its copy for the other side.

    Whoever's account does not sign by itself joins the copy of the paper they signed themselves.
    """
    number, back, form = person.id, person.handover_id, _paper_form(person)
    if not form.is_submitted():
        form.day.data = typed(clock.today())
    elif form.validate():
        try:
            noted = _note(form, person)
        except DocumentError as error:
            form.proof.errors = [*form.proof.errors, error.sentence(str(get_locale() or "fr")[:2])]
        except DomainError as error:
            blame(form, error.field, error.sentence)
        else:
            _say_noted(queries.person_by_id(db.session(), number) or abort(404), noted)
            return redirect(url_for("handover.page", handover_id=back))
    signer = queries.person_by_id(db.session(), number) or abort(404)
    hands = hands_of(db.session(), signer.handover, on=clock.today())
    is_own = hands.is_own(signer, actor().id)
    reached = bool(signing_letters(db.session(), signer, Signed.PAPER, by=actor()))
    return answer("handover/paper.html", form, person=signer, is_own=is_own, is_reached=reached)


def _paper_form(person: HandoverPerson) -> PaperForm:
    form = PaperForm()
    if may(HandoverAction.EDIT, person.handover):
        form.also.choices = _on_the_same_paper(person)
    if may(HandoverAction.SIGN, person):
        form.for_oneself()
    return form


def _note(form: PaperForm, person: HandoverPerson) -> dict[int, services.Signing]:
    """Write what the sheet shows of everybody who signed it, or nothing of anybody."""
    copy = _checked(form.proof.data) if form.proof.data else None
    meant = [person, *(one for one in person.handover.people if one.id in (form.also.data or []))]
    noted = {one.id: _noted(form, one, copy) for one in meant}
    with writing() as session:
        for line, command in noted.items():
            fresh = queries.person_by_id(session, line) or abort(404)
            services.sign(session, fresh, command, by=actor(), at=clock.now())
        if copy is not None:
            keep(copy.proof.file, copy.content)  # nothing refused it, and no row names what is not there
    return noted


def _on_the_same_paper(person: HandoverPerson) -> list[SelectChoice]:
    """Who else may have signed the sheet whose copy is joined."""
    hands = hands_of(db.session(), person.handover, on=clock.today())
    return [
        SelectChoice(one.id, f"{one.name}, {one.function}" if one.function else one.name)
        for one in person.handover.unsigned
        if one.id != person.id
        and not hands.speaks_for(one, actor().id)
        and (not one.is_contested or hands.stands_beside(one, actor().id))
    ]


class _Copy(NamedTuple):
    """A scan that was checked and is not stored yet."""

    proof: services.Proof
    content: bytes


def _noted(form: PaperForm, person: HandoverPerson, copy: _Copy | None) -> services.Signing:
    """What was written, and the letters to the one for whom it is noted."""
    how, proof = Signed(form.how.data), copy.proof if copy is not None else None
    letters = signing_letters(db.session(), person, how, by=actor(), has_proof=proof is not None)
    return services.Signing(how=how, on=form.day.sure, remark=form.remark.data or "", proof=proof, letters=letters)


def _checked(upload: FileStorage) -> _Copy:
    """The copy, to be stored once nothing refuses it.

    :raises DocumentError: when it is no scan that may be kept.
    """
    content = upload.read(LARGEST + 1)
    checked = check_scan(content, max_size=LARGEST)
    name = f"passation-{hashlib.sha256(content).hexdigest()[:40]}.{checked.suffix}"
    filename = secure_filename(upload.filename or "") or f"signatures.{checked.suffix}"
    return _Copy(services.Proof(name, filename, checked.media_type), content)


def _say_noted(signer: HandoverPerson, noted: Mapping[int, services.Signing]) -> None:
    """What is written, who is told of it by letter, and whom one has to tell."""
    hands = hands_of(db.session(), signer.handover, on=clock.today())
    lines = [one for one in signer.handover.people if one.id in noted]
    names = ", ".join(one.person.name for one in lines)
    if signer.signed_how == Signed.PAPER:
        told = ngettext(
            "La signature de %(names)s est notée.", "Ces signatures sont notées : %(names)s.", len(lines), names=names
        )
        flash(told, "done")
    else:
        flash(_("C’est noté."), "done")
    others = [one for one in lines if not hands.is_own(one, actor().id)]
    if reached := ", ".join(one.person.name for one in others if noted[one.id].letters):
        flash(_("Un courriel le dit, avec de quoi le contester, à : %(names)s.", names=reached), "done")
    if unreached := ", ".join(one.person.name for one in others if not noted[one.id].letters):
        flash(_("Sans adresse électronique ici, à prévenir vous-même : %(names)s.", names=unreached), "wait")


@blueprint.post("/signatures/<int:handover_person_id>/contester")
@requires(HandoverAction.SIGN, on=queries.person_by_id)
def contest(person: HandoverPerson) -> Page:
    """Say from one's own account that what somebody noted is not so."""
    number, back = person.id, person.handover_id
    try:
        with writing() as session:
            fresh = queries.person_by_id(session, number) or abort(404)
            services.contest(session, fresh, by=actor(), at=clock.now())
    except DomainError as error:
        return shown(again(back), error)
    flash(_("C’est retiré et la passation est de nouveau à signer. Le journal en garde la trace."), "done")
    return redirect(url_for("handover.page", handover_id=back))


@blueprint.get("/contester/<string:token>")
@public
def doubt(token: str) -> str:
    """What was noted for somebody whose access is over, or who never had one; looking changes nothing."""
    return _doubted(signer_of(db.session(), token) or abort(404), token)


@blueprint.get("/contester/<string:token>/copie")
@public
def doubted_copy(token: str) -> Response:
    """The copy of the paper that is said to bear their signature, for whom the letter's link names."""
    signer = signer_of(db.session(), token) or abort(404)
    if not signer.is_proven:
        abort(404)
    return handed_out(signer.proof_file or "", signer.proof_name or "", signer.proof_type or "")


@blueprint.post("/contester/<string:token>")
@public
def doubted(token: str) -> Page:
    """Say by the link of the letter that what somebody noted is not so."""
    try:
        with writing() as session:
            signer = signer_of(session, token) or abort(404)
            services.contest(session, signer, by=Actor(None, signer.person.name), at=clock.now())
    except DomainError as error:
        return _doubted(signer_of(db.session(), token) or abort(404), token, error), error.status
    return _doubted(signer_of(db.session(), token) or abort(404), token)


def _doubted(signer: HandoverPerson, token: str, error: DomainError | None = None) -> str:
    return render_template("handover/doubt.html", one=signer, token=token, signed=SIGNED, error=error)
