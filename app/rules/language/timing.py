"""Conditions on dates: windows with their zone, recurring deadlines, a deadline chosen by the start of the project."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from app.rules.language.arithmetic import when_reader
from app.rules.language.conditions import condition_kind
from app.rules.language.quantities import compile_quantity, in_unit
from app.rules.language.rounds import read_rounds, yearly, zone_named
from app.rules.language.syntax import Condition, Param, Shown
from app.rules.logic import MET, NOT_MET, UNKNOWN
from app.rules.when import When, closing, opening

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.rules.facts import Facts
    from app.rules.language.rounds import Round
    from app.rules.language.syntax import Context
    from app.rules.logic import Status
    from app.rules.numbers import Number

_DAY = 86400
_ZONE = Param("zone", "zone", "le fuseau horaire ; celui du fichier si rien n’est dit")


def _day(raw: object, context: Context) -> date | datetime | None:
    if raw is not None and not isinstance(raw, date):
        context.fail("il faut ici une date ou une date avec l’heure, sans guillemets.")
    return raw


@condition_kind(
    "date",
    "Une date est dans une période ; l’heure et le fuseau comptent, le dernier jour est compris.",
    Param("value", "path", "la date", required=True),
    Param("from", "when", "premier jour ou instant"),
    Param("until", "when", "dernier jour ou instant"),
    Param(
        "round", "when", "la date limite d’une session : si la session visée (submission.round) est dite, elle décide"
    ),
    _ZONE,
    example='condition = "date"\nvalue = "submission.date"\nuntil = 2024-09-19T17:00:00\nzone = "Europe/Brussels"',
)
def _date(raw: dict[str, Any], context: Context) -> Condition:
    since, until, session = (_day(raw.get(name), context.inside(name)) for name in ("from", "until", "round"))
    if since is None and until is None:
        context.fail("« date » attend « from » ou « until ».")
    zone = zone_named(raw.get("zone"), context.inside("zone"))
    read = when_reader(raw["value"], context.inside("value"))
    window = window_condition(read, since, until, zone, str(raw["value"]))
    if session is None:
        return window
    context.used_paths.add("submission.round")

    def judge(facts: Facts) -> Status:
        target = facts.flat.get("submission.round")
        if not isinstance(target, When):
            status = UNKNOWN if facts.doubting else window.judge(facts)
            if status is UNKNOWN and facts.flat.get("submission.date") is not None:
                facts.ask("submission.round")
            return status
        day = session.date() if isinstance(session, datetime) else session
        first, last = target.days(zone)
        if not first <= day <= last:
            return NOT_MET
        return MET if first == last else UNKNOWN

    return replace(window, judge=judge, gap=lambda _facts: None)


def window_condition(
    read: Callable[[Facts], When | None],
    since: date | datetime | None,
    until: date | datetime | None,
    zone: str,
    path: str = "submission.date",
) -> Condition:
    """A date is not before and not after; one that is told too roughly to say is asked for again."""
    earliest = None if since is None else opening(since, zone)
    latest = None if until is None else closing(until, zone)

    def judge(facts: Facts) -> Status:
        value = read(facts)
        status = UNKNOWN if value is None else _inside(value.seconds(zone), earliest, latest)
        if status is UNKNOWN:
            facts.ask(path)
        return status

    def gap(facts: Facts) -> Number | None:
        value = read(facts)
        if value is None:
            return None
        first, last = value.seconds(zone)
        sides = [first - earliest] if earliest is not None else []
        sides += [latest - last] if latest is not None else []
        return min(sides) // _DAY

    wanted = Shown("window", (since, until, zone))
    return Condition("date", judge, lambda facts: _shown(read(facts), zone), lambda _facts: wanted, gap)


def _inside(moment: tuple[int, int], earliest: int | None, latest: int | None) -> Status:
    first, last = moment
    if (earliest is not None and last < earliest) or (latest is not None and first > latest):
        return NOT_MET
    inside = (earliest is None or first >= earliest) and (latest is None or last <= latest)
    return MET if inside else UNKNOWN


def _shown(value: When | None, zone: str) -> Shown:
    return Shown("unknown") if value is None else Shown("when", value, zone)


@condition_kind(
    "recurring",
    "La demande est déposée pour l’une des dates limites qui reviennent chaque année. La session visée "
    "(submission.round) compte si elle est dite ; sinon c’est la prochaine.",
    Param("deadlines", "yearly", "les jours de l’année, « mm-jj » ou « mm-jjThh:mm »", required=True),
    Param("opens_before", "quantity", "combien de jours avant chaque date limite la session s’ouvre"),
    _ZONE,
    example='condition = "recurring"\ndeadlines = ["02-01T12:00", "06-01T12:00", "10-01T12:00"]\n'
    'zone = "Europe/Prague"',
)
def _recurring(raw: dict[str, Any], context: Context) -> Condition:
    here = context.inside("deadlines")
    if not isinstance(raw["deadlines"], list) or not raw["deadlines"]:
        here.fail("il faut une liste de jours.")
    days = [yearly(one, here) for one in raw["deadlines"]]
    opens = _opening_days(raw.get("opens_before"), context.inside("opens_before"))
    zone = zone_named(raw.get("zone"), context.inside("zone"))
    submitted = when_reader("submission.date", context)

    def deadlines(first: date, last: date) -> list[date | datetime]:
        years = range(first.year, last.year + 2)
        return sorted((one.in_year(year) for year in years for one in days), key=lambda day: closing(day, zone))

    def judge(facts: Facts) -> Status:
        told, target = submitted(facts), facts.flat.get("submission.round")
        if told is None:
            return UNKNOWN
        moment = told.seconds(zone)
        if isinstance(target, When):
            wanted = [day for day in deadlines(target.first, target.last) if _same_day(day, target, zone)]
            return _inside(moment, None, closing(wanted[0], zone)) if wanted else NOT_MET
        if facts.doubting:
            facts.ask("submission.round")
            return UNKNOWN
        if opens is None:
            return MET
        following = next(day for day in deadlines(*told.days(zone)) if closing(day, zone) >= moment[0])
        return _inside(moment, closing(following, zone) - opens * _DAY, closing(following, zone))

    shown = Shown("yearly", (tuple(days), zone))
    return Condition("recurring", judge, lambda facts: _shown(submitted(facts), zone), lambda _facts: shown)


def _opening_days(raw: object, context: Context) -> int | None:
    if raw is None:
        return None
    days = in_unit(compile_quantity(raw, context), "jours", context).constant
    if days is None or days < 1:
        context.fail("il faut ici un nombre de jours.")
    return int(days)


def _same_day(day: date | datetime, target: When, zone: str) -> bool:
    known = day.date() if isinstance(day, datetime) else day
    first, last = target.days(zone)
    return first <= known <= last


@condition_kind(
    "window_for_start",
    "La date limite dépend du jour où le projet commence.",
    Param("rounds", "rounds", "les périodes de début et leur date limite", required=True),
    Param("start", "path", "la date de début ; project.start si rien n’est dit"),
    _ZONE,
    example='condition = "window_for_start"\nzone = "Europe/Brussels"\nrounds = [ { start_from = "09-01", '
    'start_until = "12-31", deadline = "03-05T12:00", years_before = 0 } ]',
)
def _window_for_start(raw: dict[str, Any], context: Context) -> Condition:
    rounds = read_rounds(raw["rounds"], context.inside("rounds"))
    zone = zone_named(raw.get("zone"), context.inside("zone"))
    start = when_reader(raw.get("start", "project.start"), context.inside("start"))
    submitted = when_reader("submission.date", context)

    def judge(facts: Facts) -> Status:
        begun, told = start(facts), submitted(facts)
        if begun is None or told is None:
            return UNKNOWN
        seen = {_for_round(one, begun, told, zone) for one in rounds}
        if MET in seen:
            return MET
        if UNKNOWN in seen:
            facts.ask("submission.date")
            return UNKNOWN
        return NOT_MET

    shown = Shown("rounds", (tuple((one.since, one.until, one.deadline) for one in rounds), zone))
    return Condition("window_for_start", judge, lambda facts: _shown(submitted(facts), zone), lambda _facts: shown)


def _for_round(one: Round, begun: When, told: When, zone: str) -> Status:
    first, last = begun.days(zone)
    if first.year != last.year:
        return UNKNOWN
    year = first.year
    starts = _inside(
        begun.seconds(zone), opening(one.since.in_year(year), zone), closing(one.until.in_year(year), zone)
    )
    if starts is NOT_MET:
        return NOT_MET
    limit = one.deadline.in_year(year - one.years_before)
    since = None if one.opens is None else opening(one.opens.in_year(year - one.years_before), zone)
    in_time = _inside(told.seconds(zone), since, closing(limit, zone))
    return in_time if starts is MET or in_time is NOT_MET else UNKNOWN
