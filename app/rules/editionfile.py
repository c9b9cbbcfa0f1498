"""Reads one edition file: strict, with the line of whatever is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from app.rules import parts
from app.rules.filekeys import CRITERION, HEAD, KINDS, READING, SOURCE, WINDOW
from app.rules.language.arithmetic import when_reader
from app.rules.language.conditions import CONDITIONS
from app.rules.language.registry import compile_condition
from app.rules.language.rounds import zone_named
from app.rules.language.syntax import Context
from app.rules.language.timing import window_condition
from app.rules.listfile import own_lists
from app.rules.model import CONFIDENCES, Criterion, Edition, Origin, Reading, Severity, Source, Window
from app.rules.places import Places
from app.rules.strict import check_types, items_of, parse_toml
from app.rules.tails import parted
from app.rules.words import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.rules.lists import NamedList
    from app.rules.model import Example
    from app.rules.words import Words

_CRITERION = {one.name: one for one in CRITERION}
_REQUIRED = [one for one in CRITERION if one.required]
_READING = {one.name: one for one in READING}
_CRITERION_KEYS = frozenset(_CRITERION)
_SUBMISSION = frozenset({"submission.date"})
_READING_KEYS = frozenset(_READING)


class EditionReader:
    """Reads one file into an edition."""

    def __init__(
        self, text: str, *, file: str, words: Words, lists: Mapping[str, NamedList], names: tuple[str, str], whole: bool
    ) -> None:
        self.names = names
        head, self.tail = (text, "") if whole else parted(text)
        self.raw = parse_toml(head, file)
        places = Places(text)
        self.context = Context(file=file, line_of=places.line, words=words, lists=lists)

    def read(self) -> Edition:
        """The edition.

        :raises RuleError: at the first thing that is wrong.
        """
        raw, context = self.raw, self.context
        context.table(raw, HEAD)
        self._check_head()
        self.sources = self._sources()
        if "lists" in raw:
            self.context = self.context.but(lists={**self.context.lists, **self._lists()})
        self.context = context = parts.with_tables(raw, self._zoned(), self)
        criteria = (
            *self._window_criteria(),
            *self._criteria(),
            *parts.document_criteria(raw, self),
            *self._year_criteria(),
        )
        parts.no_duplicates(criteria, context)
        return Edition(
            programme=raw["programme"],
            edition=raw["edition"],
            title=raw["title"],
            kind=raw["kind"],
            criteria=criteria,
            lines=parts.amount_lines(raw, self),
            window=self.window,
            since=raw["since"],
            until=raw.get("until"),
            consulted=raw["consulted"],
            expires=raw["expires"],
            sources=self.sources,
            call=raw.get("call", ""),
            funder=raw["funder"],
            summary=raw["summary"],
            url=raw.get("url", ""),
            automatic=raw.get("automatic", True),
            amount_note=raw.get("amount", {}).get("note", ""),
            currency=raw.get("currency", "EUR"),
            tables=context.tables,
            file=context.file,
            **parts.others(raw, self),
            read_examples=self._examples(),
        )

    def _examples(self) -> Callable[[], tuple[Example, ...]]:
        """How to read the examples: already read, or when they are looked at."""
        context, tail = self.context, self.tail
        if not tail:
            examples = parts.examples(self.raw, context)
            return lambda: examples
        return lambda: parts.examples(parse_toml(tail, context.file), context)

    def _zoned(self) -> Context:
        life = (self.raw["since"], self.raw.get("until", date.max))
        return self.context.but(zone=zone_named(self.raw.get("zone"), self.context.inside("zone")), life=life)

    def _check_head(self) -> None:
        for name, expected in zip(("programme", "edition"), self.names, strict=True):
            if self.raw[name] != expected:
                self.context.inside(name).fail(f"« {name} » doit être « {expected} », comme le nom du fichier.")
        if self.raw["kind"] not in KINDS:
            self.context.inside("kind").fail(
                f"« {self.raw['kind']} » n’est pas un genre.{nearest(str(self.raw['kind']), KINDS)}"
            )

        if self.raw.get("until", date.max) < self.raw["since"]:
            self.context.inside("until").fail("« until » vient avant « since ».")

    def _sources(self) -> dict[str, Source]:
        here = self.context.inside("sources")
        found = {}
        for code, raw in items_of(self.raw["sources"], here):
            there = here.inside(code)
            there.table(raw, SOURCE)
            consulted = raw.get("consulted", self.raw["consulted"])
            found[code] = Source(
                code, raw["title"], raw.get("url", ""), consulted, raw["confidence"], raw.get("page", "")
            )
        return found

    def _lists(self) -> dict[str, NamedList]:
        for name, one in items_of(self.raw["lists"], self.context.inside("lists")):
            if isinstance(one, dict) and "source" in one:
                self.origin(one, self.context.inside("lists", name))
        return own_lists(self.raw, self.context)

    def origin(self, raw: Mapping[str, Any], context: Context) -> Origin:
        """Sources, confidence and expiry of a table of the file."""
        codes = raw["source"] if isinstance(raw["source"], list) else [raw["source"]]
        for code in codes:
            if not isinstance(code, str) or code not in self.sources:
                problem = f"« {code} » n’est pas une source de ce fichier.{nearest(str(code), self.sources)}"
                context.inside("source").fail(problem)
        if not codes:
            context.inside("source").fail("chaque règle a au moins une source.")
        sources = tuple(self.sources[code] for code in codes)
        confidence = raw.get("confidence") or min((one.confidence for one in sources), key=CONFIDENCES.index)
        return Origin(sources, confidence, raw.get("expires", self.raw["expires"]))

    def _criteria(self) -> list[Criterion]:
        found = []
        for rank, raw in enumerate(self.raw.get("criteria", [])):
            here = self.context.inside("criteria", rank)
            if not isinstance(raw, dict):
                here.fail("une règle s’écrit [[criteria]].")
            found.append(self._criterion(raw, here))
        return found

    def _criterion(self, raw: dict[str, Any], here: Context) -> Criterion:
        for one in _REQUIRED:
            if one.name not in raw:
                self._misspelt(raw, here)
                here.fail(f"il manque « {one.name} » ({one.says}).")
        check_types(raw, _CRITERION, here)
        here = here.apart()
        when, unless = (
            compile_condition(raw[name], here.inside(name)) if name in raw else None for name in ("when", "unless")
        )
        readings = self._readings(raw, here)
        return Criterion(
            id=raw["id"],
            label=raw["label"],
            says=raw["says"],
            severity=Severity(raw["severity"]),
            readings=readings,
            when=when,
            unless=unless,
            scope=raw.get("scope", False),
            remedy=raw.get("remedy", ""),
            raw=raw,
            place=here.place,
            reads=frozenset(here.used_paths),
            later=raw.get("later", False),
        )

    def _misspelt(self, raw: dict[str, Any], here: Context) -> None:
        """Where a key is missing, another that is none may be the same with a fault: that one is told first."""
        kind = CONDITIONS.get(str(raw.get("condition")))
        known = {*_CRITERION_KEYS, "condition", *(one.name for one in (kind.params if kind else ()))}
        for key in raw:
            if key not in known and (hint := nearest(key, known)):
                here.inside(key).fail(f"« {key} » n’est pas une clé d’ici.{hint}")

    def _readings(self, raw: dict[str, Any], here: Context) -> tuple[Reading, ...]:
        origin = self.origin(raw, here)
        if "readings" not in raw:
            return (Reading(compile_condition(raw, here, besides=_CRITERION_KEYS), origin, raw["says"]),)
        said = {key: value for key, value in raw.items() if key not in _CRITERION_KEYS}
        found = []
        for rank, one in enumerate(raw["readings"]):
            there = here.inside("readings", rank)
            self._check_reading(one, there)
            merged = {**said, **{key: value for key, value in one.items() if key not in _READING_KEYS}}
            found.append(Reading(compile_condition(merged, there), self.origin(one, there), one["says"]))
        if len(found) == 1:  # a disagreement takes two
            here.inside("readings").fail("« readings » attend au moins deux lectures.")
        return tuple(found)

    def _check_reading(self, raw: object, here: Context) -> None:
        if not isinstance(raw, dict):
            here.fail("une lecture est une table { source, says, … }.")
        for one in READING:
            if one.required and one.name not in raw:
                here.fail(f"il manque « {one.name} » ({one.says}).")
        check_types(raw, _READING, here)

    def _end_criteria(self, raw: Mapping[str, Any], here: Context) -> list[Criterion]:
        """An edition that ended takes no request after its last day, even where no deadline was found."""
        until = self.raw.get("until")
        if until is None or not raw["source"]:
            return []
        condition = window_condition(when_reader("submission.date", here), None, until, self.context.zone)
        says = f"Cette édition a pris fin le {until.day:02}/{until.month:02}/{until.year}."
        reading = Reading(condition, self.origin(raw, here), says)
        found = Criterion(
            "window", "Date de dépôt", says, Severity.BLOCKING, (reading,), place=here.place, reads=_SUBMISSION
        )
        return [found]

    def _year_criteria(self) -> list[Criterion]:
        """Rules without an end hold for the years of which they were read; a later request is to be checked."""
        raw, window = self.raw, self.raw.get("window", {})
        is_ended = "until" in raw or "closes" in window or any("closes" in one for one in window.get("readings", ()))
        if is_ended or raw["kind"] == "contact":
            return []
        here, last = self.context.inside("confirmed"), raw.get("confirmed", raw["expires"])
        condition = window_condition(when_reader("submission.date", here), None, last, self.context.zone)
        condition = replace(condition, kind="year")  # no deadline: there is nothing to gain by filing earlier
        says = (
            f"Les règles lues valent jusqu’au {last.day:02}/{last.month:02}/{last.year} : "
            "pour une demande plus tardive, elles et l’existence même de l’aide sont à reconfirmer."
        )
        origin = Origin(tuple(self.sources.values())[:1], "C", raw["expires"])
        found = Criterion(
            "validite",
            "Année de la demande",
            says,
            Severity.WARNING,
            (Reading(condition, origin, says),),
            remedy="Demandez au financeur si l’aide existe encore, et à quelles conditions.",
            place=here.place,
            later=True,
        )
        return [found]

    def _window_criteria(self) -> list[Criterion]:
        raw, here = self.raw.get("window"), self.context.inside("window")
        self.window = Window(zone=self.context.zone)
        if raw is None:
            return self._end_criteria({"source": list(self.sources)[:1]}, here)
        here.table(raw, WINDOW)
        zone = zone_named(raw.get("zone"), here) if "zone" in raw else self.context.zone
        self.window = Window(raw.get("opens"), raw.get("closes"), zone, rolling=raw.get("rolling", False))
        if self.window.rolling or not (raw.get("opens") or raw.get("closes") or raw.get("readings")):
            return self._end_criteria(raw, here)
        read = when_reader("submission.date", here)
        said = raw.get("says", "")
        for rank, one in enumerate(raw.get("readings", [])):
            here.inside("readings", rank).table(one, (*READING, *WINDOW[:2]))
        readings = [
            Reading(
                window_condition(read, one.get("opens", raw.get("opens")), one.get("closes", raw.get("closes")), zone),
                self.origin(one, here),
                one.get("says", said),
            )
            for one in raw.get("readings", [raw])
        ]
        severity = Severity(raw.get("severity", "bloquant"))
        return [
            Criterion(
                "window",
                "Date de dépôt",
                said,
                severity,
                tuple(readings),
                raw=raw,
                place=here.place,
                reads=_SUBMISSION,
            )
        ]
