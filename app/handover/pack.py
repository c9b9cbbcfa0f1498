"""What a board hands to the next: duties and dates, mandates, contacts, accesses, documents, what hangs on a person."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from app.access.roles import ROLE_NAMES, Role
from app.access.table import Grant, Identity
from app.accounts.queries import invitations_of_body, likely_person_of, roles_of_body
from app.accounts.services.roles import lasting_administrators
from app.accounts.views.leaving import kept_roles
from app.actions.queries import current_projects
from app.assemblies import queries as assemblies
from app.assemblies.duties import assembly_duties, name_of
from app.assemblies.models import AssemblyKind
from app.assemblies.models import Status as Held
from app.bodies.inside import inside
from app.bodies.labels import held_dates, office_shown
from app.bodies.pending import pending_of
from app.bodies.queries import mandates_in_office
from app.ceremonies.models import NOT_FIXED
from app.ceremonies.queries import feeds_of, upcoming_events
from app.conventions.models import Convention, Status
from app.conventions.queries import is_visible_to as text_is_visible_to
from app.funding.duties import funding_duties
from app.handover.labels import FATES, THINGS
from app.handover.models import Fate, ThingKind
from app.handover.sources import Line, handed_on
from app.mail.queries import waiting_letters
from app.members.duties import member_duties
from app.members.queries.dues import debts_of, periods_of
from app.members.words import say_amount
from app.shared.clock import day_of
from app.shared.saying import full_day, said
from app.twinnings.models import Twinning, TwinningPerson
from app.twinnings.queries import is_visible_to, parties_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.handover.models import Handover

_MOST = 60
_RECENT = timedelta(days=366)


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of the pack."""

    title: str
    empty: str
    lines: tuple[Line, ...]


def pack_of(session: Session, handover: Handover, *, at: datetime) -> list[Section]:
    """The whole pack as it stands; a fixed number of queries, and one for each outgoing person and room."""
    body = handover.body
    return [
        Section(
            title=_("Ce qui attend, et les dates"),
            empty=_("Rien n’attend."),
            lines=tuple(_duties(session, body, handover, at)),
        ),
        Section(
            title=_("Ce qui tient encore à une personne qui part"),
            empty=_("Rien ne reste attaché au compte ou au nom d’une personne qui part."),
            lines=tuple(_hanging(session, handover)),
        ),
        Section(
            title=_("Qui est en fonction"),
            empty=_("Personne n’est noté en fonction."),
            lines=tuple(_mandates(session, body, handover)),
        ),
        Section(
            title=_("Les accès à ce logiciel"),
            empty=_("Personne n’a de compte."),
            lines=tuple(_accesses(session, body, handover, at)),
        ),
        Section(
            title=_("Ce qui se remet de la main à la main"),
            empty=_("Rien n’est noté : clés, banque, site, messagerie, archives ?"),
            lines=tuple(_things(handover)),
        ),
        Section(
            title=_("Les personnes à connaître"),
            empty=_("Aucun contact n’est noté dans les jumelages."),
            lines=tuple(_contacts(session, body)),
        ),
        Section(
            title=_("Les documents"), empty=_("Aucun document."), lines=tuple(_documents(session, body, day_of(at)))
        ),
    ]


def plain(sections: list[Section]) -> list[dict[str, Any]]:
    """The pack as plain data, to be frozen."""
    return [asdict(section) | {"lines": [asdict(line) for line in section.lines]} for section in sections]


def read(content: list[dict[str, Any]]) -> list[Section]:
    """A frozen pack."""
    return [
        Section(title=one["title"], empty=one["empty"], lines=tuple(Line(**line) for line in one["lines"]))
        for one in content
    ]


def _duties(session: Session, body: Body, handover: Handover, at: datetime) -> Iterator[Line]:
    """What the home page tells whoever writes for the association, without being anybody in particular."""
    who = Identity(grants=(Grant(body.id, body.name, body.kind, Role.PRESIDENT, is_administrator=False),))
    for duty in (*assembly_duties(session, who, at=at), *member_duties(session, who, at=at)):
        yield Line(title=duty.title, reason=duty.reason, date=_by(duty.day, at), url=duty.url)
    for money in funding_duties(session, who, at=at):
        yield Line(title=money.title, reason=money.reason, date=_by(money.day, at), url=money.url)
    yield from _dues(session, body, handover, at)
    if letters := waiting_letters(session, body.id):
        title = ngettext("%(num)s courrier n’est pas parti", "%(num)s courriers ne sont pas partis", letters)
        yield Line(title=title, reason=_("en attente, ou refusé par un serveur"), url=url_for("mail.outbox"))
    for known in handed_on(session, body, day_of(at)):
        yield from known.waiting
    yield from _ahead(session, body, at)
    for thing in handover.things:
        if thing.kind == ThingKind.TASK:
            yield Line(title=thing.label, reason=thing.detail, date=_by(thing.due_on, at))


def _ahead(session: Session, body: Body, at: datetime) -> Iterator[Line]:
    """The ceremonies to come and the projects that run."""
    for event in upcoming_events(session, body_ids=[body.id], on=day_of(at), limit=_MOST):
        title = event.title.get("fr") or next(iter(event.title.values()), "")
        day = _("jour à fixer") if event.sort_day >= NOT_FIXED else said(event.sort_day)
        yield Line(title=str(title), reason=_("Cérémonie ou visite"), date=day)
    for project in current_projects(session, bodies=frozenset({body.id}), limit=_MOST):
        yield Line(title=project.title, reason=_("Projet en cours"))


def _by(day: date | None, at: datetime) -> str:
    """By when; a day that is past is said to be."""
    if day is None:
        return ""
    return full_day(day) if day >= day_of(at) else _("en retard, c’était pour le %(day)s", day=full_day(day))


def _dues(session: Session, body: Body, handover: Handover, at: datetime) -> Iterator[Line]:
    """The periods that run now, or when the new board takes over, with what is still to receive; nobody is named.

    One that ended within the year is there as long as something of it is still to receive.
    """
    days = {day_of(at), handover.takes_over_on}
    for period in periods_of(session, body.id):
        runs = any(period.starts_on <= day <= period.ends_on for day in days)
        if not runs and not day_of(at) - _RECENT <= period.ends_on < day_of(at):
            continue
        left = [one.counted for one in debts_of(session, period, on=day_of(at))]
        if not (runs or left):
            continue
        reason = _("Tout est reçu.")
        if left:
            reason = ngettext(
                "Il reste %(amount)s à recevoir, de %(num)s foyer.",
                "Il reste %(amount)s à recevoir, de %(num)s foyers.",
                len(left),
                amount=say_amount(sum(left, start=Decimal(0))),
            )
        url = url_for("members.period", period_id=period.id)
        title = _("Cotisations : %(period)s", period=period.name)
        yield Line(
            title=title, reason=reason, date=_by(period.due_on, at) if left else full_day(period.due_on), url=url
        )


def _hanging(session: Session, handover: Handover) -> Iterator[Line]:
    settled = _settled_roles(session, handover)
    for one in handover.leaving:
        for thing in pending_of(session, one.person_id, one.person.name, handover.body_id):
            if (one.person_id, thing.sentence) in settled:
                continue
            yield Line(title=thing.sentence, reason=one.person.name, url=thing.url)


def _settled_roles(session: Session, handover: Handover) -> set[tuple[int, str]]:
    """What is said of roles whose end the handover itself settles."""
    people = {one.person_id: one.person.name for one in handover.leaving}
    staying = {likely_person_of(right.grant.account, people) for right in handover.rights if right.fate == Fate.STAYS}
    return {
        (person, sentence)
        for person, sentence, _url in kept_roles(session, handover.body_id, people)
        if person not in staying
    }


def _mandates(session: Session, body: Body, handover: Handover) -> Iterator[Line]:
    for mandate in mandates_in_office(session, body.id, on=handover.takes_over_on):
        if mandate.until is not None and mandate.until.latest == handover.takes_over_on:
            continue
        yield Line(
            title=f"{mandate.person.name}, {inside(office_shown(mandate))}",
            reason=" · ".join(part for part in (mandate.person.email, mandate.person.phone) if part),
            date=held_dates(mandate),
        )
    for one in handover.leaving:
        yield Line(
            title=f"{one.person.name}, {inside(one.function)}",
            reason=" · ".join(part for part in (one.person.email, one.person.phone) if part),
            date=_("jusqu’au %(day)s", day=said(handover.takes_over_on)),
        )


def _accesses(session: Session, body: Body, handover: Handover, at: datetime) -> Iterator[Line]:
    fates = {right.grant_id: right for right in handover.rights}
    today = day_of(at)
    for grant in roles_of_body(session, body.id, on=today):
        about = [str(ROLE_NAMES[Role(grant.role)])]
        if grant.is_administrator:
            about.append(_("administre les accès"))
        day = _("jusqu’au %(day)s", day=said(grant.until)) if grant.until else ""
        right = fates.get(grant.id)
        if right is not None and right.fate != Fate.STAYS:
            day = _("jusqu’au %(day)s", day=said(handover.access_ends_on))
            if right.heir is not None:
                about.append(_("passe à %(name)s", name=right.heir.name))
        elif right is not None:
            about.append(str(FATES[Fate.STAYS]))
        yield Line(title=grant.account.name, reason=", ".join(about), date=day)
    yield from _agendas(session, body, handover)
    for token in invitations_of_body(session, body.id, at=at):
        yield Line(title=token.name or token.email, reason=_("invité·e, n’a pas encore répondu"))
    if not lasting_administrators(session, body.id, on=today):
        yield Line(title=_("Personne n’administre durablement les accès : nommez quelqu’un."))


def _agendas(session: Session, body: Body, handover: Handover) -> Iterator[Line]:
    """The agendas of the team whose secret address somebody who leaves knows; they end with that person's access."""
    leaving = {right.grant.account_id for right in handover.rights if right.fate != Fate.STAYS}
    for feed in feeds_of(session, account_id=0, body_ids=frozenset({body.id})):
        if feed.twinning_id and feed.revoked_at is None and feed.created_by_id in leaving:
            yield Line(
                title=_("Agenda à suivre « %(label)s »", label=feed.label),
                reason=_(
                    "ouvert par %(name)s : il ne montre plus rien dès la fin de cet accès ; ouvrez-en un autre pour "
                    "qui s’en sert",
                    name=feed.created_by_name,
                ),
                date=_("jusqu’au %(day)s", day=said(handover.access_ends_on)),
                url=url_for("ceremonies.feeds"),
            )


def _things(handover: Handover) -> Iterator[Line]:
    for thing in handover.things:
        if thing.kind == ThingKind.TASK:
            continue
        kind = str(THINGS[ThingKind(thing.kind)])
        about = [kind, thing.detail, _("pour %(name)s", name=thing.goes_to) if thing.goes_to else ""]
        yield Line(
            title=thing.label,
            reason=" – ".join(part for part in about if part),
            date=full_day(thing.due_on) if thing.due_on else "",
        )


def _contacts(session: Session, body: Body) -> Iterator[Line]:
    twinnings = session.scalars(
        select(Twinning)
        .where(is_visible_to(frozenset({body.id})), Twinning.trashed_at.is_(None))
        .order_by(Twinning.id)
        .limit(_MOST)
    ).all()
    parties = parties_of(session, [one.id for one in twinnings])
    for twinning in twinnings:
        towns = " – ".join(one.body.name for one in parties.get(twinning.id, []) if one.is_town)
        rows = session.scalars(
            select(TwinningPerson)
            .where(TwinningPerson.twinning_id == twinning.id, TwinningPerson.trashed_at.is_(None))
            .order_by(TwinningPerson.id)
        )
        for row in rows:
            reach = " · ".join(part for part in (row.person.email, row.person.phone) if part)
            yield Line(title=row.person.name, reason=" – ".join(part for part in (towns, reach) if part))


def _documents(session: Session, body: Body, on: date) -> Iterator[Line]:
    for known in handed_on(session, body, on):
        yield from known.documents
    if body.rna:
        yield Line(title=_("Numéro RNA"), reason=body.rna)
    if body.siret:
        yield Line(title=_("SIRET"), reason=body.siret)
    texts = session.scalars(
        select(Convention)
        .where(text_is_visible_to(frozenset({body.id})), Convention.trashed_at.is_(None))
        .order_by(Convention.changed_at.desc(), Convention.id.desc())
        .limit(_MOST)
    )
    for text in texts:
        state = _("signé") if text.status == Status.SIGNED else _("en cours")
        yield Line(title=text.title, reason=state)
    held = assemblies.page_of_assemblies(session, [body.id], drafts_of=())
    for assembly in [one for one in held if one.status in {Held.CLOSED, Held.NO_QUORUM}][:_MOST]:
        yield Line(title=_("Procès-verbal : %(name)s", name=name_of(assembly)))
    for year in assemblies.years_of_register(session, body.id):
        number = len(assemblies.resolutions_of_year(session, body.id, year))
        counted = ngettext("%(num)s résolution", "%(num)s résolutions", number)
        yield Line(title=_("Registre des résolutions %(year)s", year=year), reason=counted)
    yield from _statutes(session, body, on)


def _statutes(session: Session, body: Body, on: date) -> Iterator[Line]:
    """Since when the statutes in force hold, and from when a version noted for later will."""
    rules = [one for one in assemblies.rules_of(session, body.id) if one.kind != AssemblyKind.FOUNDING]
    if known := [rule.since for rule in rules if rule.since <= on]:
        reason = _("en vigueur depuis le %(day)s", day=said(max(known)))
        yield Line(title=_("Ce que disent les statuts"), reason=reason)
    for later in sorted({rule.since for rule in rules if rule.since > on}):
        reason = _("une version vaudra à partir du %(day)s", day=said(later))
        yield Line(title=_("Ce que disent les statuts"), reason=reason)
