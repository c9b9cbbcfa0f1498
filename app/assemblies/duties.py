"""What assemblies ask of somebody today: a convocation to send, minutes, mandates, a change to declare; what comes.

A fixed number of queries. Each duty says why it stands there and until when.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from app.assemblies import queries
from app.assemblies.labels import CHANGES, KINDS
from app.assemblies.models import AssemblyKind, Status
from app.assemblies.policy import pens_of
from app.assemblies.queries import waiting
from app.assemblies.queries.officers import officers_to_declare
from app.assemblies.queries.terms import endings
from app.assemblies.reckoning import changed_on
from app.assemblies.registry import OFFICERS, due_of, local_article
from app.assemblies.reserves import doubts
from app.assemblies.services.convening import notice_required, notice_source
from app.bodies.duty import BodyDuty
from app.bodies.labels import function_name
from app.law.assembly import latest_sending
from app.shared.clock import day_of
from app.shared.saying import full_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.access.table import Identity
    from app.assemblies.models import Assembly, AssemblyProxy
    from app.assemblies.queries.terms import Ending
    from app.bodies.models import Body, Mandate


_AHEAD = timedelta(days=90)
"""From when on the end of the mandates is told before it comes."""


def assembly_duties(session: Session, who: Identity, *, at: datetime) -> list[BodyDuty]:
    """The duties of those who hold an association's pen, then the assemblies that its people may expect.

    A treasurer writes for it too, but neither calls a meeting nor reads one that is being prepared.
    """
    return [
        *open_duties(session, pens_of(who), at=at),
        *(
            _to_come(one)
            for one in waiting.assemblies_ahead(session, who.body_ids, at=at - timedelta(hours=6))
            if one.status != Status.DRAFT
        ),
    ]


def open_duties(session: Session, body_ids: frozenset[int], *, at: datetime) -> list[BodyDuty]:
    """What waits to be done in these associations."""
    if not body_ids:
        return []
    today = day_of(at)
    ahead = waiting.assemblies_ahead(session, body_ids, at=at)
    drafts = [one for one in ahead if one.status == Status.DRAFT]
    return [
        *(_to_send(session, one, today) for one in drafts),
        *_to_tell_givers(waiting.proxies_adrift(session, body_ids)),
        *(_to_end(one) for one in waiting.offices_of_who_left(session, body_ids, on=today)),
        *(_to_install(one) for one in waiting.elections_to_install(session, body_ids)),
        *(_to_declare(one, today) for one in waiting.changes_to_declare(session, body_ids)),
        *(_to_elect(one, today) for one in endings(session, body_ids, on=today) if one.day <= today + _AHEAD),
        *(_to_tell(body, day, today) for body, day in officers_to_declare(session, body_ids, on=today)),
        *(_to_finish(one) for one in waiting.assemblies_to_finish(session, body_ids, before=at - timedelta(hours=12))),
    ]


def _to_elect(one: Ending, today: date) -> BodyDuty:
    is_over = one.day < today
    name, where = one.body.name, one.clause or _("l’article n’est pas noté")
    if is_over:
        title = _("Élire de nouveau : les mandats de %(name)s sont arrivés à terme", name=name)
    else:
        title = _("Les mandats de %(name)s arrivent à terme", name=name)
    return BodyDuty(
        title=title,
        url=url_for("bodies.page", body_id=one.body.id),
        reason=run_out_said(one) if is_over else _("Selon les statuts (%(clause)s).", clause=where),
        day=one.day,
        is_late=is_over,
        is_todo=is_over,
        body_id=one.body.id,
    )


def run_out_said(one: Ending) -> str:
    """Since when, by which clause, and that nothing was closed."""
    return str(
        _(
            "Selon les statuts (%(clause)s), ils se terminaient le %(day)s. Rien ne s’est fermé : mandats et accès "
            "durent jusqu’à ce que vous notiez une élection ou une fin.",
            clause=one.clause or _("l’article n’est pas noté"),
            day=full_day(one.day),
        )
    )


def name_of(assembly: Assembly) -> str:
    """« Assemblée générale ordinaire du mardi 12 janvier 2027 »."""
    day = full_day(day_of(assembly.starts_at))
    return str(_("%(kind)s du %(day)s", kind=KINDS[AssemblyKind(assembly.kind)], day=day))


def _to_send(session: Session, assembly: Assembly, today: date) -> BodyDuty:
    held_on = day_of(assembly.starts_at)
    statutes = queries.statutes_of(session, assembly, held_on)
    day = latest_sending(notice_required(assembly, statutes), held_on)
    clause = statutes.clause(notice_source(assembly, statutes))
    return BodyDuty(
        title=_("Envoyer la convocation : %(name)s", name=name_of(assembly)),
        url=url_for("assemblies.page", assembly_id=assembly.id),
        reason=_("Le délai est celui des statuts (%(clause)s).", clause=clause) if clause else assembly.body.name,
        day=day or held_on,
        is_late=(day or held_on) < today,
        body_id=assembly.body_id,
    )


def _to_tell_givers(adrift: Iterable[AssemblyProxy]) -> Iterator[BodyDuty]:
    """That people gave their vote to somebody who is gone, and do not know it."""
    by_meeting: dict[Assembly, list[AssemblyProxy]] = {}
    for one in adrift:
        by_meeting.setdefault(one.assembly, []).append(one)
    for assembly, proxies in by_meeting.items():
        yield BodyDuty(
            title=_("Pouvoirs qui ne comptent plus : %(name)s", name=name_of(assembly)),
            url=url_for("assemblies.sheet", assembly_id=assembly.id),
            reason=_(
                "Qui devait les porter ne vote plus. Prévenez : %(names)s.",
                names=", ".join(dict.fromkeys(one.giver.name for one in proxies)),
            ),
            day=day_of(assembly.starts_at),
            body_id=assembly.body_id,
        )


def _to_end(mandate: Mandate) -> BodyDuty:
    return BodyDuty(
        title=_("Terminer un mandat : %(name)s n’est plus membre", name=mandate.person.name),
        url=url_for("bodies.close", mandate_id=mandate.id),
        reason=_("%(function)s, sans date de fin", function=function_name(mandate)),
        body_id=mandate.body_id,
    )


def _to_install(assembly: Assembly) -> BodyDuty:
    return BodyDuty(
        title=_("Ouvrir les mandats des élus : %(name)s", name=name_of(assembly)),
        url=url_for("assemblies.install", assembly_id=assembly.id),
        reason=assembly.body.name,
        body_id=assembly.body_id,
    )


def _to_declare(assembly: Assembly, today: date) -> BodyDuty:
    due = due_of(assembly.body, changed_on(assembly))
    what = ", ".join(str(CHANGES[one]) for one in assembly.change_of.split(",") if one in CHANGES)
    title, reason = _telling(assembly.body, assembly.change_of, what)
    if unsure := doubts(assembly):
        reason = _("Sous réserve : %(why)s %(reason)s", why=" ".join(unsure), reason=reason)
    return BodyDuty(
        title=title,
        url=url_for("assemblies.declaration", assembly_id=assembly.id),
        reason=reason,
        day=due,
        is_late=due is not None and due < today,
        body_id=assembly.body_id,
    )


def _telling(body: Body, change_of: str, what: str) -> tuple[str, str]:
    """What to do and why, by the law of the place."""
    if article := local_article(body, change_of):
        return (
            _("Déclarer le changement au registre du tribunal : %(what)s", what=what),
            _("Droit local d’Alsace-Moselle (%(article)s). %(body)s", article=article, body=body.name),
        )
    return (
        _("Déclarer le changement au greffe des associations : %(what)s", what=what),
        _("Dans les trois mois (loi du 1er juillet 1901, art. 5). %(body)s", body=body.name),
    )


def _to_tell(body: Body, day: date, today: date) -> BodyDuty:
    due = due_of(body, day)
    title, reason = _telling(body, OFFICERS, str(CHANGES[OFFICERS]))
    return BodyDuty(
        title=title,
        url=url_for("assemblies.declare_officers", body_id=body.id),
        reason=reason,
        day=due,
        is_late=due is not None and due < today,
        body_id=body.id,
    )


def _to_finish(assembly: Assembly) -> BodyDuty:
    return BodyDuty(
        title=_("Consigner la réunion : %(name)s", name=name_of(assembly)),
        url=url_for("assemblies.page", assembly_id=assembly.id),
        reason=_("Sa date est passée et elle n’est pas close : présences, votes, procès-verbal."),
        body_id=assembly.body_id,
    )


def _to_come(assembly: Assembly) -> BodyDuty:
    return BodyDuty(
        title=name_of(assembly),
        url=url_for("assemblies.page", assembly_id=assembly.id),
        reason=assembly.body.name,
        day=day_of(assembly.starts_at),
        is_todo=False,
        body_id=assembly.body_id,
    )
