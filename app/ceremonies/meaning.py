"""What a schema cannot say of a programme: whatever contradicts itself is refused with its place and what to do.

A contradiction of the source belongs to « conflicts », where it is kept and shown; what is refused here would make a
calendar tell an hour, a day or a link that nobody wrote.
"""

from __future__ import annotations

import re
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.ceremonies import codes, times
from app.ceremonies.times import Showing
from app.ceremonies.wording import said
from app.documents.zones import is_zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from zoneinfo import ZoneInfo

Thing = dict[str, Any]

REFERENCES = ("overlaps", "after", "before", "alternative_to", "within", "replaces")
_NAMES = frozenset(
    {
        *("title", "subtitle", "name", "function", "body", "role", "place", "places", "town", "stops", "former"),
        *("meeting_point", "organiser", "organisers", "departure_place", "arrival_place", "fallback_place"),
        *("part_of", "division", "category", "kind", "represented_by", "sponsors", "patronage", "parties", "entity"),
        *("platform", "where", "who", "guide", "board"),
    }
)
_MARKUP = re.compile(r"<\s*[/!?]?\s*[a-zA-Z][^<]*|\{\{|\{%|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_ABOUT = ("approximate", "approximate_end", "approximate_length", "start_until", "end_until", "all_day")
"""What makes an hour or a length a loose one."""
_ENDS = ("start", "end", "start_until", "end_until", "date", "end_date", "day", "end_day", "end_next_day")
"""What tells when a moment begins and ends."""
_DAY_LIKE = re.compile(r"\d{4}-\d{2}-\d{2}(?![~?%/])")
_LONGEST = 60
_FORMULA = re.compile(r"\s*(?:[=@|]|[+-]\s*[\w.]*\()")


def is_hostile(name: str) -> bool:
    """Whether a name holds markup, begins a formula, or gives a screen invisible orders."""
    return bool(_MARKUP.search(name) or _FORMULA.match(name))


def faults(ceremonies: list[Thing]) -> Iterator[str]:
    """Every fault of a file that its schema let through, each in a sentence."""
    seen: set[str] = set()
    for number, ceremony in enumerate(ceremonies):
        where = f"ceremonies[{number}]"
        yield from _zone_faults(ceremony, where)
        yield from _name_faults(ceremony, where)
        yield from _uid_faults(ceremony, where, seen)
        yield from codes.faults(ceremony, where)
        yield from _own_faults(ceremony, where)
        yield from _programme_faults(ceremony, where)


def clock_fault(day: date | None, hour: str, place: ZoneInfo | None, occurrence: str) -> str:
    """Say that the clock of a place never shows an hour on a day, or shows it once only; nothing when all is well."""
    if day is None or place is None or not hour:
        return ""
    match times.showing(day, hour, place):
        case Showing.NEVER:
            return str(
                _(
                    "%(hour)s n’existe pas le %(day)s à l’heure de %(zone)s : la nuit du changement d’heure, "
                    "l’horloge saute une heure. Écrivez l’heure d’avant ou celle d’après.",
                    hour=hour,
                    day=f"{day:%d/%m/%Y}",
                    zone=place.key,
                )
            )
        case Showing.ONCE if occurrence:
            return str(
                _(
                    "%(hour)s n’a lieu qu’une fois le %(day)s à l’heure de %(zone)s : ne dites pas laquelle des deux.",
                    hour=hour,
                    day=f"{day:%d/%m/%Y}",
                    zone=place.key,
                )
            )
        case _:
            return ""


def end_fault(
    thing: Thing, begins: date | None, ends: date | None, *, same_clock: bool = True, remedy: str = ""
) -> str:
    """Say that the end comes before the start; nothing when it does not, or when that cannot be known.

    ``remedy`` says how the night after is told here; by default as a file tells it.
    """
    start, end = thing.get("start"), thing.get("end")
    if begins is not None and ends is not None and ends < begins:
        return str(
            _(
                "le dernier jour (%(last)s) précède le premier (%(first)s). Corrigez l’un des deux.",
                first=f"{begins:%d/%m/%Y}",
                last=f"{ends:%d/%m/%Y}",
            )
        )
    is_one_day = ends in {None, begins} and not thing.get("end_next_day")
    if (thing.get("end_date") and ends is None) or thing.get("end_day") not in {None, thing.get("day")}:
        is_one_day = False
    if not (start and end and same_clock and is_one_day) or times.minutes_between(start, end) >= 0:
        return ""
    return str(
        _(
            "la fin (%(end)s) précède le début (%(start)s). Corrigez l’une des deux ; "
            "si le moment finit dans la nuit, %(remedy)s.",
            start=start,
            end=end,
            remedy=remedy or _("écrivez « end_next_day » : true"),
        )
    )


def length_fault(thing: Thing, days: tuple[date | None, date | None], zones: tuple[str, str]) -> str:
    """Say that the length is not that from the start to the end; nothing where one is only about, or not known."""
    least, most = thing.get("minutes") or 0, thing.get("minutes_max") or thing.get("minutes") or 0
    is_loose = any(thing.get(name) for name in _ABOUT) or (_ends_later(thing) and days[1] is None)
    lasts = None if is_loose else times.lasting(thing.get("start") or "", thing.get("end") or "", days, zones)
    if not most or lasts is None or lasts < 0 or least <= lasts <= most:
        return ""
    return str(
        _(
            "De %(start)s à %(end)s, il y a %(lasts)s, mais la durée dit %(stated)s. "
            "Corrigez l’une ou l’autre, ou laissez la durée vide.",
            start=thing["start"],
            end=thing["end"],
            lasts=ngettext("%(num)s minute", "%(num)s minutes", lasts),
            stated=least if least == most else f"{least} – {most}",
        )
    )


def _ends_later(thing: Thing) -> bool:
    return any(thing.get(name) for name in ("end_next_day", "end_date", "end_day"))


def is_told(thing: Thing, *names: str) -> bool:
    """Whether « conflicts » tells that the source contradicts itself in one of these fields: kept and shown, then."""
    told = (one.get("field", "") for one in thing.get("conflicts", []) if isinstance(one, dict))
    return any(field.partition(".")[0] in names for field in told)


def _own_faults(ceremony: Thing, where: str) -> Iterator[str]:
    """The ceremony's own hours and the range it was published with."""
    if (fault := end_fault(ceremony, None, None)) and not is_told(ceremony, *_ENDS):
        yield _at(where, fault)
    if is_told(ceremony, "published_range"):
        return
    bounds = ceremony.get("published_range", {})
    first, last = (str(bounds.get(name, "")) for name in ("start", "end"))
    days = [times.exact_day(text.partition("T")[0]) for text in (first, last)]
    for name, text, day in (("start", first, days[0]), ("end", last, days[1])):
        if _DAY_LIKE.match(text) and day is None:
            yield _at(
                f"{where}.published_range.{name}", _("« %(text)s » n’est pas un jour du calendrier.", text=text[:10])
            )
    if days[0] and days[1] and (days[1] < days[0] or (days[0] == days[1] and "T" in first and last < first)):
        yield _at(
            f"{where}.published_range", _("la fin (%(end)s) précède le début (%(start)s).", start=first, end=last)
        )


def _programme_faults(ceremony: Thing, where: str) -> Iterator[str]:
    items = ceremony.get("items", [])
    yield from _number_faults(items, where)
    yield from _circle_faults(items, where)
    known = {str(item[name]) for item in items for name in ("number", "uid") if name in item}
    for rank, item in enumerate(items):
        place = _place(where, rank, item)
        yield from _reference_faults(item, place, known)
        yield from _hour_faults(item, place, ceremony)
        yield from _repeat_faults(item, place, ceremony)


def _number_faults(items: list[Thing], where: str) -> Iterator[str]:
    first: dict[str, Thing] = {}
    for rank, item in enumerate(items):
        number = str(item.get("number", ""))
        if number and number in first:
            yield _at(
                _place(where, rank, item),
                _(
                    "le numéro %(number)s sert déjà au moment « %(title)s ». Donnez à chaque moment le sien.",
                    number=_cut(number),
                    title=said(first[number]["title"]),
                ),
            )
        first.setdefault(number, item)


def _reference_faults(item: Thing, where: str, known: set[str]) -> Iterator[str]:
    own = {str(item[name]) for name in ("number", "uid") if name in item}
    for name in REFERENCES:
        value = item.get(name)
        for one in value if isinstance(value, list) else [] if value is None else [value]:
            if str(one) in own:
                yield _at(where, _("« %(name)s » renvoie au moment lui-même. Retirez ce renvoi.", name=name))
            elif str(one) not in known:
                yield _at(
                    where,
                    _(
                        "« %(name)s » renvoie au moment %(number)s, qui n’est pas dans le programme. "
                        "Corrigez ce numéro ou retirez le renvoi.",
                        name=name,
                        number=_cut(one),
                    ),
                )


def _circle_faults(items: list[Thing], where: str) -> Iterator[str]:
    """Moments that follow one another round and round, each once."""
    ranks = {str(item[name]): rank for rank, item in enumerate(items) for name in ("number", "uid") if name in item}
    follows: dict[int, set[int]] = {rank: set() for rank in range(len(items))}
    for rank, item in enumerate(items):
        follows[rank] |= {ranks[str(one)] for one in item.get("after", []) if str(one) in ranks} - {rank}
        for one in item.get("before", []):
            if str(one) in ranks and ranks[str(one)] != rank:
                follows[ranks[str(one)]].add(rank)
    try:
        TopologicalSorter(follows).prepare()
    except CycleError as error:
        titles = " → ".join(str(_("« %(name)s »", name=said(items[rank]["title"])[:60])) for rank in error.args[1])
        yield _at(
            where,
            _(
                "ces moments viennent chacun après l’autre, en rond : %(titles)s. Retirez l’un des renvois.",
                titles=titles,
            ),
        )


def _hour_faults(item: Thing, where: str, ceremony: Thing) -> Iterator[str]:
    zones = [item.get("timezone") or ceremony.get("timezone", "")]
    zones.append(item.get("end_timezone") or zones[0])
    begins, ends = _days(item, times.first_day(ceremony.get("date", "")))
    fault = end_fault(item, begins, ends, same_clock=zones[0] == zones[1]) or _journey_fault(item, begins, ends, zones)
    is_kept = is_told(item, *_ENDS)
    if fault and not is_kept:
        yield _at(where, fault)
    if (
        not is_kept
        and item.get("end_day") is not None
        and item.get("day") is not None
        and item["end_day"] < item["day"]
    ):
        yield _at(
            where,
            _(
                "le dernier jour (jour %(last)s) précède le premier (jour %(first)s). Corrigez l’un des deux.",
                first=item["day"],
                last=item["end_day"],
            ),
        )
    for name, until in (("start", "start_until"), ("end", "end_until")):
        if not is_kept and item.get(name) and item.get(until) and times.minutes_between(item[name], item[until]) < 0:
            yield _at(
                where,
                _("« %(until)s » précède « %(name)s ». Corrigez l’une des deux heures.", name=name, until=until),
            )
    for name, day, zone in (("start", begins, zones[0]), ("end", ends or begins, zones[1])):
        place = times.place_zone(zone)
        skips = day and place and item.get(name) and times.showing(day, item[name], place) is Showing.NEVER
        fault = clock_fault(day, item.get(name, ""), place, item.get(f"{name}_occurrence", ""))
        if fault and not skips:  # an hour that no clock shows is kept as the source states it, and shown as doubtful
            yield _at(where, fault)


def _repeat_faults(item: Thing, where: str, ceremony: Thing) -> Iterator[str]:
    """A pattern without its beat, days of the week outside a week, an end before the beginning."""
    told = item.get("repeats", {})
    if "every" not in told and {"interval", "weekdays", "until", "count"} & set(told):
        yield _at(f"{where}.repeats", _("« every » manque : chaque jour, semaine, mois ou année ?"))
    if told.get("weekdays") and told.get("every") in {"month", "year"}:
        yield _at(f"{where}.repeats.weekdays", _("des jours de la semaine ne vont qu’avec un jour ou une semaine."))
    begins = _days(item, times.first_day(ceremony.get("date", "")))[0]
    last = times.last_day(told.get("until", ""))
    if begins is not None and last is not None and last < begins and not is_told(item, "repeats"):
        yield _at(
            f"{where}.repeats.until",
            _(
                "le dernier jour (%(last)s) précède le premier (%(first)s). Corrigez l’un des deux.",
                first=f"{begins:%d/%m/%Y}",
                last=f"{last:%d/%m/%Y}",
            ),
        )


def _journey_fault(item: Thing, begins: date | None, ends: date | None, zones: list[str]) -> str:
    """Two clocks are compared at their instants."""
    places = [times.place_zone(zone) for zone in zones]
    if zones[0] == zones[1] or begins is None or not (item.get("start") and item.get("end") and all(places)):
        return ""
    start = times.instant(begins, item["start"], places[0], "first")  # type: ignore[arg-type]  # none is missing
    end = times.instant(ends or begins, item["end"], places[1], "second")  # type: ignore[arg-type]  # as above
    if start is None or end is None or end >= start:
        return ""
    return str(
        _(
            "la fin (%(end)s, %(there)s) précède le début (%(start)s, %(here)s), chacune à l’heure de sa ville. "
            "Corrigez l’une des deux, ou dites le jour de la fin.",
            start=item["start"],
            end=item["end"],
            here=zones[0],
            there=zones[1],
        )
    )


def _days(item: Thing, first: date | None) -> tuple[date | None, date | None]:
    """The first and the last day of a moment, where they are known."""
    begins = times.first_day(item.get("date", ""))
    if not item.get("date") and item.get("day") is not None:
        begins = times.shifted(first, item["day"] - 1)
    if item.get("end_date"):
        return begins, times.last_day(item["end_date"])
    if item.get("end_day") is not None:
        return begins, times.shifted(first, item["end_day"] - 1)
    if item.get("end_next_day"):
        return begins, times.shifted(begins, 1)
    return begins, times.last_day(item["date"]) if "/" in item.get("date", "") else None


def _zone_faults(thing: Any, where: str) -> Iterator[str]:  # noqa: ANN401  # any part of a file
    for place, key, value in _texts(thing, where):
        if key.endswith("timezone") and not is_zone(value):
            yield _at(place, _("le fuseau « %(name)s » n’existe pas. Exemple : Europe/Paris.", name=value))


def _name_faults(thing: Any, where: str) -> Iterator[str]:  # noqa: ANN401  # any part of a file
    for place, key, value in _texts(thing, where):
        if key in _NAMES and is_hostile(value):
            yield _at(
                place,
                _(
                    "« %(name)s » contient une balise ou une formule : ce n’est pas un nom. Écrivez le nom seul.",
                    name=value[:60],
                ),
            )


def _texts(thing: Any, where: str, key: str = "") -> Iterator[tuple[str, str, str]]:  # noqa: ANN401  # as above
    """Every text with its place and the name of its field; a text by language bears the field's name."""
    if isinstance(thing, str):
        yield where, key, thing
    elif isinstance(thing, list):
        for rank, one in enumerate(thing):
            yield from _texts(one, f"{where}[{rank}]", key)
    elif isinstance(thing, dict):
        is_known = any(name in thing for name in _FIELDS_OF_THINGS) or not key
        for name, one in thing.items():
            yield from _texts(one, f"{where}.{name}", name if is_known or len(name) > _LANGUAGE else key)


_LANGUAGE = 3
_FIELDS_OF_THINGS = frozenset({"name", "title", "url", "uid", "what", "text", "country", "label", "category"})


def _uid_faults(ceremony: Thing, where: str, seen: set[str]) -> Iterator[str]:
    named: Iterable[tuple[str, Thing]] = [
        (where, ceremony),
        *((_place(where, rank, item), item) for rank, item in enumerate(ceremony.get("items", []))),
    ]
    for place, thing in named:
        uid = thing.get("uid")
        if uid and uid in seen:
            yield _at(
                place, _("l’identifiant « %(uid)s » sert déjà dans ce fichier. Donnez à chacun le sien.", uid=uid)
            )
        if uid:
            seen.add(uid)


def _cut(number: int | str) -> str:
    """A number as a sentence can hold it."""
    text = str(number)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _place(where: str, rank: int, item: Thing) -> str:
    title = said(item.get("title"))
    return f"{where}.items[{rank}] ({title[:60]})" if title else f"{where}.items[{rank}]"


def _at(where: str, fault: str) -> str:
    return str(_("%(where)s : %(fault)s", where=where, fault=fault))
