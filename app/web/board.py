"""The three lists of the home page: à faire, en attente des autres, à venir. A fixed number of queries.

Each source gives the duties it knows of; a duty always says why it stands there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.accounts import queries as accounts
from app.assemblies.duties import assembly_duties
from app.bodies.pending import left_behind
from app.bodies.queries import holds
from app.ceremonies.models import NOT_FIXED, CeremonyStatus
from app.ceremonies.queries import upcoming_events
from app.conventions import guards
from app.conventions.models import Convention, Status
from app.conventions.queries import document_of
from app.conventions.queries import is_visible_to as text_is_visible_to
from app.council.duties import council_duties
from app.founding.duties import founding_duties
from app.funding.duties import funding_duties
from app.handover.duties import handover_duties
from app.members.duties import member_duties
from app.shared.clock import day_of
from app.shared.saying import full_day, said
from app.texts.checks import examine
from app.texts.merge import missing
from app.twinnings.anniversaries import upcoming_anniversaries
from app.twinnings.labels import stage_name
from app.twinnings.models import EventKind, Stage, Twinning, TwinningEvent
from app.twinnings.queries import is_visible_to, parties_of
from app.twinnings.steps import next_step
from app.web.shell import language
from app.yearly.duties import yearly_duties

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime, timedelta

    from sqlalchemy.orm import Session

    from app.access.table import Identity
    from app.bodies.duty import BodyDuty
    from app.conventions.guards import Standing
    from app.funding.duties import FundingDuty
    from app.twinnings.models import TwinningParty

    Parties = Mapping[int, Sequence[TwinningParty]]

MOST = 8
ENOUGH = 2
UNREAD = "unread"
_AT_REST = frozenset({Stage.ACTIVE, Stage.ENDED})


@dataclass(frozen=True, kw_only=True)
class Duty:
    """One line: what, why, by when; ``state`` is a word, ``kind`` its tone."""

    title: str
    url: str
    reason: str = ""
    date: str = ""
    qualifier: str = ""
    state: str = ""
    kind: str = "plain"
    bodies: frozenset[int] = frozenset()
    """Whom it concerns, where that is told: an adviser reads the duties by body."""


class _About(TypedDict):
    title: str
    url: str
    bodies: frozenset[int]


@dataclass(frozen=True, kw_only=True)
class Board:
    """What the home page shows."""

    todo: Sequence[Duty]
    waiting: Sequence[Duty]
    coming: Sequence[Duty]
    has_twinnings: bool
    is_cut: bool = False
    """Whether one of the lists is longer than what is shown."""


def board_of(session: Session, who: Identity, *, at: datetime, most: int = MOST) -> Board:
    """Gather the three lists for a person, the most pressing first, so many lines each."""
    day, limit = at.date(), most + 1
    dossiers = dossiers_of(session, who, limit)
    parties = parties_of(session, [twinning.id for twinning in dossiers])
    todo, waiting = of_texts(session, who, limit)
    for duty, is_mine in of_dossiers(session, dossiers, parties, who, day):
        (todo if is_mine else waiting).append(duty)
    todo += _of_accounts(session, who, day)
    left = _of_leavers(session, who, day)
    todo = [*(duty for duty, is_mine in left if is_mine), *todo]
    waiting += [duty for duty, is_mine in left if not is_mine]
    waiting += _of_invitations(session, who, at)
    council = council_duties(session, who, at=at, limit=limit)
    money = funding_duties(session, who, at=at)
    meetings: list[BodyDuty] = [*assembly_duties(session, who, at=at)]
    meetings += handover_duties(session, who, today=day_of(at))
    meetings += yearly_duties(session, who, at=at)
    meetings += member_duties(session, who, at=at)
    meetings.sort(key=lambda one: one.day is None or one.day > day_of(at))
    creations = founding_duties(session, who, at=at)
    pressing = [
        *(of_body(one) for one in meetings if one.is_todo and not one.is_own),
        *(of_body(one) for one in council if one.is_todo),
        *(of_funding(one) for one in money if one.is_todo),
        *(of_body(one) for one in creations if one.is_todo),
    ]
    waiting += [of_body(one) for one in creations if not one.is_todo]
    if who.written_body_ids:
        todo = [*pressing, *todo]
    else:
        waiting = [*pressing, *waiting]
    todo = [*(of_body(one) for one in meetings if one.is_own), *todo]
    coming = [
        *(of_body(one) for one in meetings if not one.is_todo),
        *(of_body(one) for one in council if not one.is_todo),
        *_of_ceremonies(session, who, day, limit),
        *(of_funding(one) for one in money if not one.is_todo),
        *_of_anniversaries(session, who, parties, day),
    ]
    return Board(
        todo=todo[:most],
        waiting=waiting[:most],
        coming=coming[:most],
        has_twinnings=bool(dossiers),
        is_cut=max(len(todo), len(waiting), len(coming)) > most,
    )


def of_body(duty: BodyDuty) -> Duty:
    """What somebody has to do in the name of a body, as a line."""
    return Duty(
        title=duty.title,
        url=duty.url,
        reason=duty.reason,
        date=full_day(duty.day) if duty.day else "",
        qualifier=_("au plus tard") if duty.is_todo and duty.day else "",
        state=_("en retard") if duty.is_late else "",
        kind="late",
        bodies=frozenset({duty.body_id}),
    )


def of_funding(duty: FundingDuty) -> Duty:
    """A duty of funding as a line."""
    return Duty(
        title=duty.title,
        url=duty.url,
        reason=duty.reason,
        date=full_day(duty.day),
        qualifier=_("au plus tard") if duty.is_todo else "",
        bodies=frozenset({duty.body_id}),
    )


def dossiers_of(session: Session, who: Identity, limit: int) -> list[Twinning]:
    """The latest dossiers that somebody may read."""
    visible = (
        select(Twinning)
        .where(is_visible_to(who.readable_body_ids), Twinning.trashed_at.is_(None))
        .order_by(Twinning.created_at.desc(), Twinning.id.desc())
        .limit(limit)
    )
    return list(session.scalars(visible))


def _name(parties: Sequence[TwinningParty], who: Identity) -> str:
    """The towns on the other side, or all of them when the reader is on none."""
    towns = [party for party in parties if party.is_town and party.left_on is None]
    own = {party.side for party in parties if party.body_id in who.readable_body_ids}
    others = [party.body.name for party in towns if party.side not in own]
    return ", ".join(others or [party.body.name for party in towns])


def of_dossiers(
    session: Session, dossiers: Sequence[Twinning], parties: Parties, who: Identity, day: date
) -> list[tuple[Duty, bool]]:
    """The next step of each twinning that is on its way; a living or an ended one asks for nothing by itself.

    With whether the reader may take it.
    """
    moving = [twinning for twinning in dossiers if twinning.stage not in _AT_REST]
    history: dict[int, list[TwinningEvent]] = {}
    marks = (
        select(TwinningEvent)
        .where(TwinningEvent.twinning_id.in_([twinning.id for twinning in moving]))
        .where(TwinningEvent.kind == EventKind.STAGE, TwinningEvent.trashed_at.is_(None))
        .order_by(TwinningEvent.when_sort, TwinningEvent.id)
    )
    for event in session.scalars(marks):
        history.setdefault(event.twinning_id, []).append(event)
    duties = []
    for twinning in moving:
        step = next_step(twinning, history.get(twinning.id, []), today=day)
        there = parties.get(twinning.id, [])
        duty = Duty(
            title=_name(there, who) + _("\N{NO-BREAK SPACE}: ") + str(step.title),
            url=url_for("twinnings.dossier", twinning_id=twinning.id),
            reason=step.text,
            state=str(stage_name(twinning.stage)),
            kind=twinning.stage,
            bodies=frozenset(party.body_id for party in there),
        )
        duties.append((duty, any(holds(who.written_body_ids, party.body) for party in there)))
    return duties


def of_texts(session: Session, who: Identity, limit: int) -> tuple[list[Duty], list[Duty]]:
    """Texts to complete, to have read and to sign; and those that wait for a council or for those who write."""
    shown = (
        select(Convention)
        .where(text_is_visible_to(who.readable_body_ids), Convention.trashed_at.is_(None))
        .where(Convention.status.in_([Status.DRAFT, Status.SUBMITTED, Status.CLEARED]))
        .options(selectinload(Convention.bodies))
        .order_by(Convention.changed_at.desc(), Convention.id.desc())
        .limit(limit)
    )
    todo: list[Duty] = []
    waiting: list[Duty] = []
    texts = session.scalars(shown).all()
    written = select(Convention.id).where(text_is_visible_to(who.written_body_ids))
    mine = set(session.scalars(written.where(Convention.id.in_([text.id for text in texts]))))
    standings = guards.standings(session, [text.id for text in texts])
    for text in texts:
        standing = standings.get(text.id)
        if standing is not None and standing.state:
            is_mine = (standing.is_ready or standing.holds_back) and standing.body_id in who.written_body_ids
            (todo if is_mine else waiting).append(_voted(text, standing))
            continue
        duty = _of_text(text)
        (todo if text.id in mine and text.status != Status.SUBMITTED else waiting).append(duty)
    return todo, waiting


def _voted(text: Convention, standing: Standing) -> Duty:
    """A text that was voted: its next step is the council's, or its signature is withheld."""
    return Duty(
        title=text.title,
        url=standing.url or url_for("conventions.page", convention_id=text.id),
        reason=str(standing.sentence),
        state=str(standing.state),
        kind=standing.tone,
        bodies=frozenset({standing.body_id}),
    )


def _of_text(text: Convention) -> Duty:
    about: _About = {
        "title": text.title,
        "url": url_for("conventions.page", convention_id=text.id),
        "bodies": frozenset(one.body_id for one in text.bodies),
    }
    if text.status == Status.SUBMITTED:
        reason = _("Le texte est soumis au conseil ; il ne change plus d’ici le vote.")
        return Duty(**about, reason=reason, state=_("au conseil"), kind="submitted")
    if text.status == Status.CLEARED:
        reason = _("L’original est prêt : imprimez-le, faites-le signer, joignez le texte signé.")
        return Duty(**about, reason=reason, state=_("à signer"), kind="original")
    return _draft(text, about)


def _draft(text: Convention, about: _About) -> Duty:
    document = document_of(text)
    blanks = len(missing(document))
    if blanks:
        reason = ngettext("Il reste un blanc à compléter.", "Il reste %(num)s blancs à compléter.", blanks)
        return Duty(**about, reason=reason, state=_("incomplet"), kind="incomplete")
    if any(remark.code == UNREAD for remark in examine(document)):
        reason = _("Une personne nommée doit relire la traduction.")
        return Duty(**about, reason=reason, state=_("à relire"), kind="to_review")
    reason = _("Le texte est complet : il peut être soumis au conseil.")
    return Duty(**about, reason=reason, state=_("complet"), kind="complete")


def _of_accounts(session: Session, who: Identity, day: date) -> list[Duty]:
    """A body that a single person administers is one lost mailbox away from being locked."""
    return [
        Duty(
            title=_("Nommer une seconde personne qui administre %(body)s", body=grant.body_name),
            url=url_for("accounts.body_access", body_id=grant.body_id),
            reason=_("Si l’unique adresse se perd, personne d’autre ne peut rétablir l’accès."),
        )
        for grant in who.grants
        if grant.is_administrator and len(accounts.administrators(session, grant.body_id, on=day)) < ENOUGH
    ]


def _of_leavers(session: Session, who: Identity, day: date) -> list[tuple[Duty, bool]]:
    """What people whose office is over have left, until somebody takes it over; whether the reader may do so."""
    bodies = {grant.body_id: grant.body_name for grant in who.grants if grant.may_write}
    return [
        (
            Duty(
                title=thing.sentence,
                url=thing.url or url_for("bodies.page", body_id=body_id),
                reason=_("%(name)s n’est plus en fonction (%(body)s).", name=left.name, body=bodies[body_id]),
                state=_("à transmettre"),
                kind="late",
            ),
            bool(thing.url),
        )
        for body_id in sorted(bodies)
        for left in left_behind(session, body_id, on=day)
        for thing in left.things
    ]


def _of_invitations(session: Session, who: Identity, at: datetime) -> list[Duty]:
    return [
        Duty(
            title=token.name or token.email,
            url=url_for("accounts.body_access", body_id=body_id),
            reason=_("n’a pas encore répondu à l’invitation"),
            date=_days(at - token.created_at),
        )
        for body_id in sorted(who.administered_body_ids)
        for token in accounts.invitations_of_body(session, body_id, at=at)
    ]


def _days(wait: timedelta) -> str:
    return str(ngettext("%(num)s jour", "%(num)s jours", max(wait.days, 1)))


def _of_ceremonies(session: Session, who: Identity, day: date, limit: int) -> list[Duty]:
    duties = []
    for ceremony in upcoming_events(session, body_ids=who.readable_body_ids, on=day, limit=limit):
        titles = ceremony.title
        called_off = ceremony.status in {CeremonyStatus.CANCELLED, CeremonyStatus.POSTPONED}
        duties.append(
            Duty(
                title=str(titles.get(language()) or next(iter(titles.values()), "")),
                url=url_for("ceremonies.show", ceremony_id=ceremony.id),
                date=_("jour à fixer") if ceremony.sort_day >= NOT_FIXED else full_day(ceremony.sort_day),
                state=_("annulée ou reportée") if called_off else "",
                kind="cancelled",
            )
        )
    return duties


def _of_anniversaries(session: Session, who: Identity, parties: Parties, day: date) -> list[Duty]:
    return [
        Duty(
            title=_("%(years)s ans avec %(town)s", years=one.years, town=_name(parties.get(one.twinning_id, []), who)),
            url=url_for("twinnings.dossier", twinning_id=one.twinning_id),
            reason=_("Un anniversaire se prépare un an à l’avance."),
            date=said(one.when),
        )
        for one in upcoming_anniversaries(session, who.readable_body_ids, on=day)
        if one.twinning_id in parties
    ]
