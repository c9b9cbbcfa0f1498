"""What the other rooms know of a year: assemblies, ceremonies, projects, members, volunteers, aids."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from sqlalchemy import select

from app.assemblies.duties import name_of
from app.assemblies.models import Assembly, AssemblyKind, Status
from app.assemblies.registry import is_local
from app.bodies.labels import function_name, office_as_signed
from app.bodies.queries import mandates_in_office
from app.bodies.services.renewal import Occasion, functions_of
from app.ceremonies.queries import listed
from app.members.queries.dues import periods_of, received_between
from app.members.queries.roll import count_by_town
from app.members.queries.volunteers import yearly_totals
from app.shared import clock
from app.shared.clock import day_of
from app.shared.saying import euros, full_day, said
from app.twinnings.models import Twinning, TwinningEvent
from app.twinnings.queries import is_visible_to, parties_of
from app.yearly import queries
from app.yearly.origins import OfficerFacts, homes_of, origin_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from app.bodies.models import Mandate
    from app.council.models import Subsidy
    from app.yearly.models import YearBook
    from app.yearly.origins import Origin

_MOST = 200


@dataclass(frozen=True, kw_only=True)
class YearFacts:
    """Everything known; a number that nobody noted is None, never 0. ``aid_id``: the one that a paper is about.

    ``dues``, ``gifts``: received in the year, by the day of payment; ``dues_apart``: what of it is for other years.
    """

    officers: tuple[Mandate, ...]
    officers_on: date
    members: int | None
    towns: tuple[tuple[str, int], ...]
    hours: Decimal | None
    value: Decimal | None
    givers: int | None
    dues: Decimal | None
    gifts: Decimal | None
    dues_apart: tuple[tuple[str, Decimal], ...]
    aids: tuple[Subsidy, ...]
    events: tuple[tuple[date, str], ...]
    general_meeting: date | None
    origin: Origin
    homes: dict[int, str]
    is_local: bool
    aid_id: int = 0

    def of_officer(self, person_id: int) -> OfficerFacts:
        """What the registry asks of an officer, as it was noted at the foundation; the address as the roll has it."""
        noted = self.origin.officers.get(person_id, OfficerFacts())
        return replace(noted, address=self.homes.get(person_id) or noted.address)


def facts_of(session: Session, book: YearBook) -> YearFacts:
    """Gather what is known of a year, in a fixed number of queries."""
    towns = count_by_town(session, book.body_id, on=book.ends_on)
    given = next((one for one in yearly_totals(session, book.body_id) if one.year == book.year), None)
    paid = received_between(session, book.body_id, book.starts_on, book.ends_on)
    is_asked = bool(paid) or any(_begins_in(book, one.starts_on) for one in periods_of(session, book.body_id))
    functions = set(functions_of(book.body.kind, Occasion.BOARD))
    held, shown_on = _assemblies(session, book), min(book.ends_on, clock.today())
    general = [one for one in held if one.kind in {AssemblyKind.ORDINARY, AssemblyKind.FOUNDING}]
    in_office = [one for one in mandates_in_office(session, book.body_id, on=shown_on) if one.function in functions]
    officers = tuple(one for one in in_office if not _is_succeeded(one, in_office, shown_on))
    return YearFacts(
        officers=officers,
        officers_on=shown_on,
        members=sum(number for _town, number in towns) if towns else None,
        towns=tuple(towns),
        hours=(given.hours or None) if given else None,
        value=(given.value or None) if given else None,
        givers=(given.givers or None) if given else None,
        dues=sum((one.dues for one in paid), Decimal(0)) if is_asked else None,
        gifts=sum((one.gifts for one in paid), Decimal(0)) if is_asked else None,
        dues_apart=tuple((one.period, one.dues) for one in paid if one.dues and not _begins_in(book, one.starts_on)),
        aids=tuple(queries.aids_received(session, book.body_id, {book.year - 2, book.year - 1, book.year})),
        events=tuple(sorted([*_ceremonies(session, book), *_moments(session, book), *_named(held)])),
        general_meeting=day_of(general[-1].starts_at) if general else None,
        origin=origin_of(session, book.body),
        homes=homes_of(session, book.body_id, {one.person_id for one in officers}),
        is_local=is_local(book.body),
    )


def _begins_in(book: YearBook, day: date) -> bool:
    return book.starts_on <= day <= book.ends_on


def dues_said(facts: YearFacts) -> str:
    """The dues of a year as its papers tell them: by the day of payment, with what is for other years."""
    if facts.dues is None:
        return str(_("non renseigné"))
    if not facts.dues_apart:
        return str(_("%(amount)s, selon le jour du paiement", amount=euros(facts.dues)))
    parts = ", ".join(_("%(amount)s pour %(period)s", amount=euros(one), period=name) for name, one in facts.dues_apart)
    return str(_("%(amount)s, selon le jour du paiement, dont %(parts)s", amount=euros(facts.dues), parts=parts))


def _is_succeeded(mandate: Mandate, held: list[Mandate], on: date) -> bool:
    """Whether a mandate ends on the day on which another of its function begins: who comes signs from then on."""
    return mandate.until_sort == on and any(
        one.since_sort == on for one in held if one.function == mandate.function and one.id != mandate.id
    )


def by_person(officers: Sequence[Mandate]) -> list[list[Mandate]]:
    """The offices of each person, who stands once: the board elects its officers among its own."""
    found: dict[int, list[Mandate]] = {}
    for mandate in officers:
        found.setdefault(mandate.person_id, []).append(mandate)
    return list(found.values())


def officer_line(held: Sequence[Mandate]) -> str:
    """« Camille Exemple, présidente, membre du conseil d’administration »."""
    return ", ".join([held[0].person.name, *(office_as_signed(one) or function_name(one) for one in held)])


def _assemblies(session: Session, book: YearBook) -> list[Assembly]:
    found = session.scalars(
        select(Assembly)
        .where(Assembly.body_id == book.body_id, Assembly.status == Status.CLOSED, Assembly.trashed_at.is_(None))
        .order_by(Assembly.starts_at, Assembly.id)
    )
    return [one for one in found if book.starts_on <= day_of(one.starts_at) <= book.ends_on]


def _named(held: list[Assembly]) -> list[tuple[date, str]]:
    return [(day_of(one.starts_at), name_of(one)) for one in held]


def _ceremonies(session: Session, book: YearBook) -> list[tuple[date, str]]:
    found = []
    for one in listed(session, body_ids=[book.body_id], limit=_MOST):
        if book.starts_on <= one.sort_day <= book.ends_on:
            title = str(one.title.get("fr") or next(iter(one.title.values()), ""))
            found.append((one.sort_day, _("%(title)s, %(day)s", title=title, day=full_day(one.sort_day))))
    return found


def _moments(session: Session, book: YearBook) -> list[tuple[date, str]]:
    mine = select(Twinning.id).where(is_visible_to(frozenset({book.body_id})), Twinning.trashed_at.is_(None))
    rows = session.scalars(
        select(TwinningEvent)
        .where(
            TwinningEvent.twinning_id.in_(mine),
            TwinningEvent.trashed_at.is_(None),
            TwinningEvent.when_sort >= book.starts_on,
            TwinningEvent.when_sort <= book.ends_on,
            TwinningEvent.title != "",
        )
        .order_by(TwinningEvent.when_sort, TwinningEvent.id)
        .limit(_MOST)
    )
    found = [one for one in rows if one.when_sort is not None]
    parties = parties_of(session, {one.twinning_id for one in found})
    return [
        (
            one.when_sort or book.starts_on,
            _(
                "%(title)s, %(day)s (%(towns)s)",
                title=one.title,
                day=said(one.when),
                towns=" – ".join(party.body.name for party in parties.get(one.twinning_id, []) if party.is_town),
            ),
        )
        for one in found
    ]
