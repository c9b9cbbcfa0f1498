"""What follows at once from the facts of a case: the law that applies, the members in office, who is there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from app.law import council, tables
from app.law.convocation import ordinary_notice, second_notice
from app.law.presence import at_opening, follow
from app.law.vocabulary.commune import Commune, Council, Member
from app.law.vocabulary.meeting import Convocation, Meeting
from app.shared.folding import fold

if TYPE_CHECKING:
    from datetime import date

    from app.law.convocation import Notice
    from app.law.council import Side, Strength
    from app.law.presence import Presence
    from app.law.vocabulary.acts import Act, SignedText
    from app.law.vocabulary.case import Case
    from app.law.vocabulary.item import AgendaItem
    from app.law.vocabulary.money import Subsidy


@dataclass(frozen=True)
class Situation:
    """A case, and what one reads from it without judging. Every property may be None: not known."""

    case: Case

    @property
    def commune(self) -> Commune:
        """The commune; without any fact where none is told."""
        return self.case.commune or Commune()

    @property
    def council(self) -> Council:
        """The council."""
        return self.case.council or Council()

    @property
    def meeting(self) -> Meeting:
        """The meeting."""
        return self.case.meeting or Meeting()

    @property
    def convocation(self) -> Convocation:
        """Its convocation."""
        return self.meeting.convocation or Convocation()

    @property
    def items(self) -> tuple[AgendaItem, ...]:
        """The items."""
        return self.case.items or ()

    @property
    def held_on(self) -> date | None:
        """The meeting's day, which is also the day of the law that applies."""
        return self.meeting.date

    @property
    def law_day(self) -> date | None:
        """The day whose law applies: the meeting's, else the day of judgement."""
        return self.meeting.date or self.case.on

    @property
    def department(self) -> str | None:
        """The department, told or read from the commune's code."""
        return self.commune.department or department_of(self.commune.insee)

    @property
    def is_local(self) -> bool:
        """Whether the law of Alsace-Moselle applies; the general law unless something says otherwise."""
        told = self.commune.alsace_moselle
        return told if told is not None else self.department in tables.local_departments()

    @property
    def special_status(self) -> str | None:
        """Why the strength is told by hand: told, or read from the commune's code, department or bare name."""
        told = self.commune
        return told.special_status or special_status_of(told.insee, self.department, told.name or "")

    @property
    def is_overseas(self) -> bool:
        """Whether the commune lies overseas, whatever else is told of it."""
        return OVERSEAS in {self.commune.special_status, special_status_of(self.commune.insee, self.department)}

    @property
    def populations(self) -> list[int]:
        """The one or two populations told."""
        return [n for n in (self.commune.population, self.commune.population_total) if n is not None]

    @property
    def side(self) -> Side | None:
        """On which side of the 3 500 inhabitants the commune stands."""
        return council.side_of_threshold(self.populations, tables.number("seuil_population", self.law_day))

    @property
    def strength_population(self) -> int | None:
        """The population that fixes the strength: that of the last renewal, else today's."""
        told = self.commune.population_at_renewal
        return told if told is not None else self.commune.population

    @cached_property
    def strength(self) -> Strength | None:
        """The legal strength: told by hand, or from the table."""
        if self.council.legal_strength is not None:
            return council.Strength(self.council.legal_strength, is_deemed_complete=False, article="CGCT L2121-2")
        population = self.strength_population
        if self.special_status or population is None:
            return None
        day = self.council.renewed_on or self.law_day
        return council.legal_strength(population, on=day, elected=self.council.elected)

    @property
    def member_names(self) -> list[str] | None:
        """The names of the members in office, if told."""
        if self.council.members is None:
            return None
        return [(one.name or "") if isinstance(one, Member) else one for one in self.council.members]

    @property
    def in_office(self) -> int | None:
        """The members in office: told, counted, or the strength less the vacancies."""
        if self.council.in_office is not None:
            return self.council.in_office
        if self.council.members is not None:
            return len(self.council.members)
        if self.council.vacancies is not None and self.strength:
            return max(self.strength.members - self.council.vacancies, 0)
        return None

    @property
    def most_in_office(self) -> int | None:
        """No more members than this may be in office."""
        return self.in_office if self.in_office is not None else (self.strength.members if self.strength else None)

    def in_office_at(self, index: int) -> int | None:
        """The members in office at an item: as told there or at the one before, else as at the opening."""
        told = [item.in_office for item in self.items[: index + 1] if item.in_office is not None]
        return told[-1] if told else self.in_office

    def most_in_office_at(self, index: int) -> int | None:
        """No more members than this may be in office at an item."""
        told = self.in_office_at(index)
        return told if told is not None else self.most_in_office

    @property
    def sent_on(self) -> date | None:
        """The sending day: the latest of those told, for each councillor must be called in time."""
        days = [one.sent_on for one in self.convocation.dispatches or () if one.sent_on]
        return max([*days, *filter(None, [self.convocation.sent_on])], default=None)

    @property
    def notice(self) -> Notice:
        """The delay that an ordinary meeting of this commune asks."""
        return ordinary_notice(
            self.side,
            on=self.law_day,
            alsace_moselle=self.is_local,
            is_first=bool(self.meeting.first_after_renewal),
        )

    @property
    def second_notice(self) -> Notice:
        """The delay of a second convocation here."""
        return second_notice(on=self.law_day, alsace_moselle=self.is_local)

    @cached_property
    def presences(self) -> list[Presence]:
        """Who is there and represented at each item, arrivals and departures followed in order."""
        return follow(self.meeting, self.items)

    @property
    def opening(self) -> Presence:
        """Who is there at the opening."""
        return at_opening(self.meeting)

    @property
    def acts(self) -> tuple[Act, ...]:
        """The acts."""
        return self.case.acts or ()

    @property
    def texts(self) -> tuple[SignedText, ...]:
        """The texts to sign."""
        return self.case.texts or ()

    @property
    def subsidies(self) -> tuple[Subsidy, ...]:
        """The subsidies."""
        return self.case.subsidies or ()

    def adopted_on(self, act: Act) -> date | None:
        """The day of an act: told, else the meeting's."""
        return act.adopted_on or self.held_on

    def act_of(self, text: SignedText) -> Act | None:
        """The act that allows a text to be signed: named, or the only one."""
        if text.authorised_by is None:
            return self.acts[0] if len(self.acts) == 1 else None
        return next((act for act in self.acts if act.number == text.authorised_by), None)

    @property
    def association_is_local(self) -> bool:
        """Whether the association lives under the local law: told, from its seat, else as the commune."""
        told = self.case.association
        if told is None:
            return self.is_local
        if told.alsace_moselle is not None:
            return told.alsace_moselle
        return told.department in tables.local_departments() if told.department else self.is_local


OVERSEAS = "overseas"


def special_status_of(insee: str | None, department: str | None, name: str = "") -> str | None:
    """Return the special status that a code or a department tells; a name only where neither is told."""
    for row in tables.special_statuses().values():
        is_named = not insee and not department and fold(name) in {fold(one) for one in row.names}
        is_there = bool(row.prefixes) and (department or insee or "").startswith(row.prefixes)
        if is_named or is_there or insee in row.codes or department in row.departments:
            return row.status
    return None


def department_of(insee: str | None) -> str | None:
    """Return the department of an official commune code: two characters, three overseas."""
    if not insee:
        return None
    return insee[:3] if insee.startswith(("97", "98")) else insee[:2]
