"""What the law makes of a meeting: the commune's rule set, delays, who is there at each item, quorum, voters.

No figure of the law stands here: all come from :mod:`app.law`, at the day of the meeting.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.council.models import MeetingStatus, Outcome
from app.council.modes import choice_on, choices_of
from app.council.moving import in_office_at, room_at, vacant_at, withdrawn_at
from app.council.populations import populations_of, populations_on
from app.council.powers import proxies_at, proxies_served
from app.law import acts as law_acts
from app.law import convocation, tables
from app.law import council as law_council
from app.law.situation import OVERSEAS, department_of, special_status_of
from app.law.words import article
from app.shared.clock import day_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from app.bodies.models import Body
    from app.council.models import AgendaPoint, Council, Meeting, Proxy, Seat
    from app.council.modes import Choice
    from app.council.populations import Populations
    from app.law.convocation import Notice
    from app.law.council import Side


@dataclass(frozen=True)
class Setting:
    """The rule set of one commune: its populations, its department, how it publishes; ``listed`` is what lists say."""

    populations: tuple[Populations, ...]
    department: str
    choices: tuple[Choice, ...]
    elected: int | None = None
    in_office: int | None = None
    has_website: bool = False
    code: str = ""
    listed: int | None = None

    @property
    def is_local_law(self) -> bool:
        """Whether the law of Alsace-Moselle holds."""
        return self.department in tables.local_departments()

    @property
    def is_overseas(self) -> bool:
        """Whether the commune lies overseas, where the end of a delay of recourse is not known."""
        return special_status_of(self.code, self.department) == OVERSEAS

    @property
    def is_told_by_hand(self) -> bool:
        """Whether no table gives the strength here: Paris, Lyon, Marseille, overseas."""
        return special_status_of(self.code, self.department) is not None

    def reference_population(self, on: date) -> int | None:
        """The number of the last general renewal, as it holds on a day."""
        return populations_on(self.populations, on).reference

    def current_population(self, on: date) -> int | None:
        """The number that is in force on a day."""
        return populations_on(self.populations, on).current

    def side(self, on: date) -> Side | None:
        """On which side of the threshold of population the commune stands; the doubt only warns."""
        told = populations_on(self.populations, on)
        known = [number for number in (told.reference, told.current) if number is not None]
        return law_council.side_of_threshold(known, tables.number("seuil_population", on))

    def strength(self, on: date) -> int | None:
        """The legal strength of the council; None without a population, or where only the commune can tell it."""
        told, population = self.told_strength(on), self.reference_population(on)
        if told is not None or population is None or self.is_told_by_hand:
            return told
        return law_council.legal_strength(population, on=on, elected=self.elected).members

    def told_strength(self, on: date) -> int | None:
        """The strength that the commune tells where no table numbers it: Paris, overseas, a new commune's transition.

        The table gives the most that an ordinary council has: one that has more is not ordinary.
        """
        if self.elected is None or self.is_told_by_hand:
            return self.elected
        population = self.reference_population(on)
        if population is None:
            return None
        table = law_council.legal_strength(population, on=on).members
        return self.elected if self.elected > table else None

    def choice(self, on: date) -> Choice:
        """How the council chose to publish what is published on a day."""
        return choice_on(self.choices, on)

    def lawful_mode(self, on: date) -> str | None:
        """How acts published on a day must be; None when a fact is missing."""
        chosen = self.choice(on).told
        return law_acts.lawful_mode(self.side(on), chosen)  # type: ignore[arg-type]  # one of the words


def setting_of(body: Body, council: Council | None) -> Setting:
    """What is known of a commune; the list of communes fills in what nobody told yet."""
    listed = body.population if body.population is not None else (body.place.population if body.place else None)
    code = body.code or (body.place.code if body.place else "")
    department = department_of(code) or ""
    populations = populations_of(council, listed)
    if council is None:
        return Setting(populations, department, (), code=code, listed=listed)
    return Setting(
        populations=populations,
        department=department,
        choices=choices_of(council),
        elected=council.seats,
        in_office=council.in_office,
        has_website=council.has_website,
        code=code,
        listed=listed,
    )


def article_for(body: Body, code: str) -> str:
    """« L. 2121-15 », or « L. 2541-6 » where the law of Alsace-Moselle puts another article in its place."""
    is_local = setting_of(body, None).is_local_law
    return article(tables.local_articles().get(code, code) if is_local else code)


@dataclass(frozen=True)
class Delay:
    """The delay of a convocation: what the law asks, what there is, and what to do."""

    notice: Notice
    sent_on: date | None
    held_on: date
    outcome: str
    check_id: str
    article: str

    @property
    def days(self) -> int | None:
        """The days there are, counted as the law counts them here."""
        return None if self.sent_on is None else self.notice.days_between(self.sent_on, self.held_on)

    @property
    def is_over(self) -> bool:
        """Whether the day of sending is not before that of the meeting."""
        return self.sent_on is not None and self.sent_on >= self.held_on

    @property
    def latest_sending(self) -> date:
        """The last day for sending that no reading forbids."""
        return self.notice.latest_sending(self.held_on)

    @property
    def is_met(self) -> bool:
        """Whether every reading of the law is met."""
        return self.outcome == "met"

    @property
    def is_short(self) -> bool:
        """Whether every reading of the law is broken: nothing less blocks."""
        return self.outcome == "short"


def delay_of(meeting: Meeting, setting: Setting, sent_on: date | None) -> Delay:
    """The verdict on the convocation's delay, live: with the day it went or would go."""
    held_on = day_of(meeting.starts_at)
    local = setting.is_local_law
    side = setting.side(held_on)
    if meeting.second_of_id is not None:
        notice, check_id = convocation.second_notice(on=held_on, alsace_moselle=local), "C12"
        article = "CGCT, art. L. 2541-4" if local else "CGCT, art. L. 2121-17"
    elif meeting.is_urgent:
        notice, check_id = convocation.urgent_notice(side, on=held_on, alsace_moselle=local), "C02"
        article = _convocation_article(side, is_local=local)
    else:
        notice = convocation.ordinary_notice(side, on=held_on, alsace_moselle=local, is_first=meeting.is_first)
        check_id = "C01"
        article = "CGCT, art. L. 2121-7" if meeting.is_first else _convocation_article(side, is_local=local)
    outcome = notice.judge(sent_on, held_on) if sent_on else "unknown"
    return Delay(notice, sent_on, held_on, outcome, check_id, article)


def urgency_article(meeting: Meeting, council: Council | None = None) -> str:
    """The article on a convocation in an emergency: « L. 2121-12 » from 3 500 inhabitants on."""
    return urgency_law(setting_of(meeting.body, council), day_of(meeting.starts_at))


def urgency_law(setting: Setting, on: date) -> str:
    """The same for a commune, on a day."""
    if setting.is_local_law:
        return article(tables.local_articles().get("L2121-11", "L2121-11"))
    return article("L2121-12" if setting.side(on) == "at_least" else "L2121-11")


def _convocation_article(side: Side | None, *, is_local: bool) -> str:
    if is_local:
        return "CGCT, art. L. 2541-2"
    return "CGCT, art. L. 2121-12" if side == "at_least" else "CGCT, art. L. 2121-11"


def last_dispatch(meeting: Meeting) -> date | None:
    """The day on which the last councillor was sent the convocation; None while one was not.

    Once it is closed, one who joined the council since, and was not called yet, takes nothing from that day.
    """
    days = [seat.sent_on for seat in meeting.seats]
    if meeting.status != MeetingStatus.DRAFT and any(days):
        days = [day for day in days if day is not None]
    if not days or any(day is None for day in days):
        return None
    return max(day for day in days if day is not None)


def needs_note(setting: Setting, on: date) -> bool | None:
    """Whether the note de synthèse is due; None when that is disputed, or no population is known."""
    side = setting.side(on)
    return None if side is None or is_note_disputed(setting, on) else side == "at_least"


def is_note_disputed(setting: Setting, on: date) -> bool:
    """Whether the sources conflict on the note: populations on two sides, or Alsace-Moselle from the threshold on."""
    side = setting.side(on)
    return side == "unsure" or (side == "at_least" and setting.is_local_law)


@dataclass(frozen=True)
class Standing:
    """Who is there at one item, who is represented, who withdrew, and whether there are enough."""

    present: tuple[Seat, ...]
    represented: tuple[Proxy, ...]
    absent: tuple[Seat, ...]
    recused: tuple[Seat, ...]
    in_office: int
    quorum: int
    needs_quorum: bool
    chair: Seat | None = None
    is_chair_elected: bool = False

    @property
    def has_quorum(self) -> bool:
        """Whether the council may deliberate: proxies never count."""
        return not self.needs_quorum or len(self.present) >= self.quorum

    @property
    def voters(self) -> int:
        """Those present and those represented."""
        return len(self.present) + len(self.represented)

    @property
    def margin(self) -> int:
        """How many may still leave before the quorum is lost; negative when it is."""
        return len(self.present) - self.quorum


def standing_at(meeting: Meeting, point: AgendaPoint | None) -> Standing:
    """Who is there when an item is called; without one, at the opening."""
    there, vacant = room_at(meeting, point), vacant_at(meeting, point)
    gone = withdrawn_at(meeting, point)
    away = {one.seat_id for one in gone}
    there_now = there - away
    held = [proxy for proxy in proxies_at(meeting, point) if proxy.giver_id not in vacant]
    served = proxies_served(held, there, away)
    excluded = sum(1 for one in gone if one.is_delegate)
    in_office = in_office_at(meeting, point)
    by_id = {seat.id: seat for seat in meeting.seats}
    present = tuple(seat for seat in meeting.seats if seat.id in there_now)
    elected = next((seat for seat in present if point is not None and seat.id == point.chair_id), None)
    return Standing(
        present=present,
        represented=served,
        absent=tuple(seat for seat in meeting.seats if seat.id not in there | vacant),
        recused=tuple(by_id[one.seat_id] for one in gone if one.seat_id in by_id),
        in_office=in_office,
        quorum=law_council.quorum(in_office, excluded=excluded),
        needs_quorum=meeting.second_of is None or (point is not None and not _was_called(meeting.second_of, point)),
        chair=elected or _chair(present),
        is_chair_elected=elected is not None,
    )


def served_votes(meeting: Meeting, proxy: Proxy) -> list[AgendaPoint]:
    """The items that were voted with a proxy."""
    return [point for point in meeting.agenda if point.voted_at and proxy in standing_at(meeting, point).represented]


def point_in_hand(meeting: Meeting) -> AgendaPoint | None:
    """The item that the council has come to: the first of which nothing became yet, else the last."""
    agenda = meeting.agenda
    return next((point for point in agenda if not point.outcome), agenda[-1] if agenda else None)


def _chair(present: Sequence[Seat]) -> Seat | None:
    """Who presides: the one chosen at the opening, else the next in the order of the table (CGCT, L2122-17)."""
    return next((seat for seat in present if seat.presides), next(iter(present), None))


def _was_called(first: Meeting, point: AgendaPoint) -> bool:
    """Whether the first meeting left this item without quorum: only then is it no longer needed (L2121-17)."""
    left = left_without_quorum(first)
    same_act = point.act_id is not None and point.act_id in {one.act_id for one in left}
    return same_act or point.title in {one.title for one in left}


def left_without_quorum(meeting: Meeting) -> list[AgendaPoint]:
    """What a second convocation takes up: all of a meeting that never began, else what was adjourned for want of it.

    What was added to its agenda after the dispatch waits for a convocation of its own.
    """
    sent = {row.get("point") for row in meeting.convened_agenda}
    called = [one for one in meeting.agenda if one.id in sent and one.outcome != Outcome.WITHDRAWN]
    if meeting.status == MeetingStatus.NO_QUORUM:
        return called
    if meeting.status != MeetingStatus.CLOSED:
        return []
    adjourned = [one for one in called if one.outcome == Outcome.ADJOURNED and one.voted_at is None]
    at_each = [(one, standing_at(meeting, one)) for one in adjourned]
    return [one for one, standing in at_each if standing.needs_quorum and not standing.has_quorum]


def was_lost_on_the_way(first: Meeting) -> bool:
    """Whether a meeting that is convened anew had its quorum at the opening, and lost it at some items."""
    return first.status == MeetingStatus.CLOSED


def standings(meeting: Meeting) -> dict[int, Standing]:
    """Who is there at each item of the agenda."""
    return {point.id: standing_at(meeting, point) for point in meeting.agenda}


def wait_days(delay: Delay) -> int:
    """How many days the convocation is short of what every reading asks."""
    if delay.sent_on is None:
        return 0
    return max((delay.sent_on - delay.latest_sending).days, 0)


__all__ = [
    "Delay",
    "Setting",
    "Standing",
    "article_for",
    "delay_of",
    "is_note_disputed",
    "last_dispatch",
    "needs_note",
    "point_in_hand",
    "served_votes",
    "setting_of",
    "standing_at",
    "standings",
    "urgency_article",
    "urgency_law",
    "wait_days",
    "was_lost_on_the_way",
]
