"""What the page of a body shows of this room: its foundings, its delegations; and the guard of signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from app.access.gate import may
from app.bodies.inside import inside
from app.bodies.models import BodyKind
from app.bodies.panels import BodyPanel, PanelLine, PanelLink
from app.conventions.guards import Hindrance
from app.council.meter import meter_of
from app.founding import queries
from app.founding.labels import TOWN_HALL
from app.founding.policy import FoundingAction
from app.founding.running import RUNS, is_running
from app.founding.steps import now_step, steps_of
from app.shared import clock
from app.shared.saying import full_day
from app.texts.document import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from app.access.table import Identity
    from app.bodies.models import Body
    from app.conventions.guards import Question
    from app.founding.models import Delegation, Founding


def founding_panel(session: Session, body: Body, who: Identity) -> BodyPanel | None:
    """The committees that a commune founds, and how a committee is being founded."""
    if body.id not in who.body_ids and body.kept_by_id not in who.body_ids:
        return None
    rows = [one for one in queries.foundings_of_body(session, body.id) if may(FoundingAction.VIEW, one)]
    today = clock.today()
    services = [one for one in rows if is_running(one, is_decided=steps_of(one, on=today)[0].is_over)]
    unrun = queries.unrun_services(session, services, on=today)
    may_begin = body.kind == BodyKind.COMMUNE and body.country == "FR" and not body.trashed_at
    actions: tuple[PanelLink, ...] = ()
    if may_begin and may(FoundingAction.BEGIN, body):
        actions = (PanelLink(label=_("Créer un comité"), url=url_for("founding.new", body_id=body.id)),)
    if not rows and not actions:
        return None
    return BodyPanel(
        title=_("Création du comité"),
        items=tuple(_line(row, body, is_unrun=row.committee_id in unrun) for row in rows),
        actions=actions,
        empty=_("Régie ou association : un chemin en cinq étapes, avec ses documents.") if actions else "",
    )


def _line(founding: Founding, body: Body, *, is_unrun: bool) -> PanelLine:
    step = now_step(steps_of(founding, on=clock.today()))
    title, who = (step.title, step.who) if step else (inside(RUNS) if is_unrun else "", TOWN_HALL)
    name = (
        founding.committee.name if body.id == founding.body_id else _("Création par %(town)s", town=founding.body.name)
    )
    return PanelLine(
        title=name,
        url=url_for("founding.page", founding_id=founding.id),
        reason=_("La suite : %(step)s (%(who)s)", step=title, who=who) if title else "",
        state=_("en cours") if step else _("créé"),
        kind="pending" if step else "complete",
    )


def delegation_panel(session: Session, body: Body, who: Identity) -> BodyPanel | None:
    """What the commune lets the committee do in its name, today and before."""
    if body.id not in who.body_ids and body.kept_by_id not in who.body_ids:
        return None
    if body.kind not in {BodyKind.COMMUNE, BodyKind.COMMITTEE}:
        return None
    held = queries.delegations_of(session, body.id)
    may_add = body.kind == BodyKind.COMMUNE and may(FoundingAction.DELEGATE, body)
    has_committee = may_add and bool(queries.committees_to_delegate_to(session, body.id))
    if not held and body.kind == BodyKind.COMMUNE and not has_committee:
        return None
    link = PanelLink(label=_("Noter une délégation"), url=url_for("founding.delegate", body_id=body.id))
    return BodyPanel(
        title=_("Au nom de la commune"),
        text=_(
            "Le comité n’agit pour la commune que dans ce qu’une délibération lui délègue ; "
            "pour le reste, il agit en son nom."
        ),
        items=tuple(_told(one) for one in held),
        actions=(link,) if has_committee else (),
        empty=_("Aucune délégation n’est notée : le comité agit en son seul nom."),
    )


def _told(held: Delegation) -> PanelLine:
    today = clock.today()
    if held.holds(today):
        word, kind = _("en vigueur"), "complete"
    else:
        word, kind = (_("à venir"), "planned") if held.since > today else (_("terminée"), "closed")
    if held.holds(today) and held.act is not None and not meter_of(held.act, today).is_enforceable:
        word, kind = _("en vigueur si la délibération est exécutoire, ce qui n’est pas noté"), "pending"
    by = held.act.title if held.act is not None else held.act_reference
    until = _("jusqu’au %(day)s", day=full_day(held.until)) if held.until else _("sans terme")
    return PanelLine(
        title=held.about,
        url=url_for("founding.edit_delegation", delegation_id=held.id)
        if may(FoundingAction.EDIT_DELEGATION, held)
        else "",
        reason=_(
            "%(committee)s, depuis le %(since)s, %(until)s. Délibération : %(act)s.",
            committee=held.delegate.name,
            since=full_day(held.since),
            until=until,
            act=by,
        ),
        state=word,
        kind=kind,
    )


def declarations_left(session: Session, body_id: int, people: Mapping[int, str]) -> list[tuple[int, str, str]]:
    """The declarations that wait for people who were to make them."""
    return [
        (
            one.declarant_id,
            _("La déclaration de « %(name)s »", name=one.committee.name),
            url_for("founding.declaration", founding_id=one.id),
        )
        for one in queries.waiting_for(session, body_id, people)
        if one.declarant_id is not None
    ]


def delegation_guard(session: Session, question: Question) -> Hindrance | None:
    """Hold back a text between towns that a committee would sign in the place of its commune without a delegation."""
    convention = question.version.convention
    if convention.kind == Kind.TOWN_COMMITTEE:
        return None
    parties = {one.body_id for one in convention.bodies}
    for one in convention.bodies:
        committee = one.body
        stands_in = committee.kind == BodyKind.COMMITTEE and committee.parent_id is not None
        if not stands_in or committee.parent_id in parties:
            continue
        if queries.delegation_in_force(session, committee.id, question.on) is None:
            return Hindrance(
                _(
                    "%(committee)s signerait à la place de la commune, mais aucune délégation en vigueur n’est notée : "
                    "c’est la commune qui est jumelée. Faites-la entrer parmi les parties, ou notez la délégation.",
                    committee=committee.name,
                ),
                _("Voir les délégations"),
                url_for("bodies.page", body_id=committee.id),
            )
    return None
