"""The cells of one line of a list of members: what each says, and what it cannot say, which goes to the remark."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.forms.dates import parse
from app.mail.addresses import BadAddress
from app.mail.addresses import clean as clean_address
from app.members.alike import birth_noted
from app.members.headings import MEANING_NAMES, Meaning
from app.members.lines import BadLine, ReadLine
from app.members.models import Leaving, MemberStatus
from app.members.restored import apart, phone, postcode
from app.members.situations import Situation, apart_of_date, kind_of, says_more, situation_of, who_died
from app.people.naming import clean, read_languages
from app.shared.folding import fold
from app.shared.fuzzydate import BadDate, FuzzyDate
from app.shared.saying import said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.members.lines import ReadRoll
    from app.people.couples import Named

_SERIAL = re.compile(r"[1-7]\d{4}(?:\.0+)?")
_DAY_ZERO = date(1899, 12, 30)
_MAILS = re.compile(r"[;,/\s]+(?:et\s+)?|\s+ou\s+")
_LONGEST = {Meaning.STREET: 400, Meaning.POSTCODE: 12, Meaning.TOWN: 120, Meaning.COUNTRY: 80, Meaning.PHONE: 40}
_A_YEAR, OLDEST = timedelta(days=366), 1850
_SHORT_YEAR = re.compile(r"(?P<day>\d{1,2}[/.-]\d{1,2}[/.-])(?P<year>\d{2})")
_OF_SECOND = (Meaning.SPOUSE_MOBILE, Meaning.SPOUSE_PHONE)
PHONES = frozenset({Meaning.PHONE, Meaning.MOBILE, *_OF_SECOND})


class Cells:
    """The cells of a line; what one of them cannot say is told, and kept in ``lost``."""

    def __init__(
        self,
        line: int,
        cells: dict[str, str],
        read: ReadRoll,
        people: tuple[Named, ...],
        spouse: int,
        *,
        dead: frozenset[int] = frozenset(),
    ) -> None:
        self.line, self.cells, self.read = line, cells, read
        self.people, self.spouse, self.dead = people, spouse, dead
        self.lost: list[str] = []

    def read_line(self, organisation: str) -> ReadLine:
        """The line as it is understood."""
        if all(self.cells.get(one) for one in (Meaning.SPOUSE, Meaning.SPOUSE_GIVEN, Meaning.SPOUSE_FAMILY)):
            self.lost.append(f"{MEANING_NAMES[Meaning.SPOUSE]} : {clean(self.cells[Meaning.SPOUSE])[:200]}")
        emails, phones = self._emails(), self._phones()
        situation, category, dated = self._situation()
        why = self._leaving() or situation.leaving
        until = self._day(Meaning.UNTIL) or (self._date(dated, Meaning.STATUS) if dated else None)
        until = until or self._until_noted(why)
        since = self._day(Meaning.SINCE)
        if since is not None and until is not None and until.latest < since.earliest:
            sentence = _l("parti·e avant d’être entré·e d’après la liste : vérifiez les deux dates sur la fiche")
            self.read.doubts.append(BadLine(self.line, sentence))
        return ReadLine(
            line=self.line,
            people=self.people,
            emails=emails,
            phones=phones,
            organisation=organisation,
            category=category,
            cells=self._tidy(),
            born=self._born(),
            since=since,
            until=until,
            number=self._number(),
            situation=replace(situation, leaving=why),
            gone=self._gone(why, until),
            languages=self._languages(),
            lost=tuple(self.lost),
        )

    def _emails(self) -> tuple[str, ...]:
        """The addresses of the people in turn; those that are too many are kept in the remark."""
        most = max(len(self.people), 1)
        found = self._addresses(Meaning.EMAIL)
        kept, surplus = found[:most], found[most:]
        theirs = self._addresses(Meaning.SPOUSE_EMAIL)
        if theirs and self.spouse >= 0:
            kept += [""] * (self.spouse + 1 - len(kept))
            surplus += [one for one in (kept[self.spouse],) if one and one != theirs[0]]
            kept[self.spouse] = theirs.pop(0)
        self.lost += [f"{MEANING_NAMES[Meaning.EMAIL]} : {one}" for one in surplus]
        self._keep_of_nobody(Meaning.SPOUSE_EMAIL, theirs)
        return tuple(dict.fromkeys(kept)) if len(set(kept)) == 1 else tuple(kept)

    def _addresses(self, meaning: Meaning) -> list[str]:
        found: list[str] = []
        cell = self.cells.get(meaning, "")
        for raw in filter(None, _MAILS.split(cell) if "@" in cell else [cell]):
            try:
                found.append(clean_address(raw))
            except BadAddress as error:
                self._lose(meaning, raw, error.sentence)
        return list(dict.fromkeys(found))

    def _keep_of_nobody(self, meaning: Meaning, texts: Iterable[str]) -> None:
        """What a column of the second person says on a line that names none, or says twice."""
        for text in texts:
            self._lose(meaning, text, _l("« %(text)s » est gardé dans la remarque : à qui est-ce ?", text=text[:60]))

    def _phones(self) -> tuple[str, ...]:
        """The telephones of the people in turn, where the second has one of their own; else nothing."""
        country = self.cells.get(Meaning.COUNTRY, "")
        theirs = [phone(self.cells[one], country) for one in _OF_SECOND if self.cells.get(one)]
        if not theirs or self.spouse < 0:
            self._keep_of_nobody(Meaning.SPOUSE_PHONE, theirs)
            return ()
        self.lost += [f"{MEANING_NAMES[Meaning.SPOUSE_PHONE]} : {one}" for one in theirs[1:]]
        found = [""] * len(self.people)
        found[self.spouse] = theirs[0]
        mobile, fixed = self.cells.pop(Meaning.MOBILE, ""), self.cells.get(Meaning.PHONE, "")
        if not mobile:
            self.cells.pop(Meaning.PHONE, "")
        first = next((rank for rank in range(len(found)) if rank != self.spouse), None)
        if first is not None:
            found[first] = phone(mobile or fixed, country)
        return tuple(found)

    def _day(self, meaning: Meaning) -> FuzzyDate | None:
        return self._date(self.cells.get(meaning, ""), meaning)

    def _born(self) -> FuzzyDate | None:
        """When somebody was born, from whatever column says it: it only tells two people of one name apart."""
        text = self.cells.get(Meaning.BORN, "")
        try:
            return _day(whole_year(text, self.read.on)) if text else birth_noted(self.cells.get(Meaning.NOTE, ""))
        except BadDate:
            return None

    def _date(self, text: str, meaning: Meaning) -> FuzzyDate | None:
        if not text or text.startswith("0000"):
            return None
        try:
            when = _day(whole_year(text, self.read.on))
        except BadDate:
            reason = _l("« %(text)s » n’est pas une date comprise : 17/09/2016, juin 1998, 1998.", text=text[:40])
            self._lose(meaning, text, reason)
            return None
        if when.earliest > self.read.on + _A_YEAR or when.latest.year < OLDEST:
            self._lose(meaning, text, _l("« %(text)s » : vérifiez l’année.", text=text[:40]))
            return None
        if text != whole_year(text, self.read.on):
            self.read.doubts.append(BadLine(self.line, short_year_told(text, when)))
        return when

    def _situation(self) -> tuple[Situation, str, str]:
        """Where they stand, the word for their category, and the day that stands beside « décédé »."""
        text, category = self.cells.get(Meaning.STATUS, ""), self.cells.get(Meaning.CATEGORY, "")
        found = situation_of(text)
        if found is not None:
            return found, category, ""
        word, dated = apart_of_date(text)
        if (found := situation_of(word)) is not None and found.leaving is not None:
            return found, category, dated
        kind = kind_of(text)
        if fold(text) in self.read.categories or kind is not None:
            if category and fold(category) != fold(text):
                self.lost.append(f"{MEANING_NAMES[Meaning.CATEGORY]} : {clean(category)[:300]}")
            return Situation(), text, ""
        if (told := says_more(text)) is not None:
            self._lose(Meaning.STATUS, text, told)
            return Situation(), category, ""
        reason = _l(
            "« %(text)s » n’est pas une situation connue : inscrit comme suspendu, sans vote ni cotisation. "
            "Corrigez la fiche ; si la colonne dit autre chose, choisissez « Remarque » pour elle.",
            text=text[:40],
        )
        self._lose(Meaning.STATUS, text, reason)
        return Situation(MemberStatus.SUSPENDED), category, ""

    def _leaving(self) -> Leaving | None:
        """Why they left, as a column of its own says it; words of nobody's list are kept in the remark."""
        text = self.cells.get(Meaning.LEAVING, "")
        found = situation_of(text) if text else None
        if text and (found is None or found.leaving is None):
            self.lost.append(f"{MEANING_NAMES[Meaning.LEAVING]} : {clean(text)[:300]}")
        return found.leaving if found else None

    def _until_noted(self, why: Leaving | None) -> FuzzyDate | None:
        """When they left as the remark says it, « décédé le 12/05/2023 »; where nothing else says so, that is told."""
        for text in re.split(r"[\n;]", self.cells.get(Meaning.NOTE, "")):
            word, dated = apart_of_date(text)
            found = situation_of(word) if word else None
            if found is None or found.leaving is None:
                continue
            if why == found.leaving and dated:
                return self._date(dated, Meaning.NOTE)
            if why is None:
                sentence = _l(
                    "la remarque dit « %(text)s », la liste non : inscrit·e comme membre. Si c’est un départ, notez-le "
                    "sur la fiche.",
                    text=clean(text)[:60],
                )
                self.read.doubts.append(BadLine(self.line, sentence))
        return None

    def _gone(self, why: Leaving | None, until: FuzzyDate | None) -> frozenset[int]:
        """Who of the people left: all of them, or the one who died."""
        if why is None and until is None:
            return frozenset()
        if self.dead and why == Leaving.DECEASED:
            return self.dead
        everybody = frozenset(range(max(len(self.people), 1)))
        said = f"{self.cells.get(Meaning.STATUS, '')} {self.cells.get(Meaning.LEAVING, '')}"
        return who_died(said, self.people, self.spouse) if why == Leaving.DECEASED and self.people else everybody

    def _languages(self) -> tuple[str, ...]:
        codes, unknown = read_languages(self.cells.get(Meaning.LANGUAGES, ""))
        if unknown:
            told = ", ".join(unknown)
            self._lose(Meaning.LANGUAGES, told, _l("« %(text)s » n’est pas une langue connue.", text=told[:40]))
        return tuple(codes)

    def _number(self) -> int | None:
        text = self.cells.get(Meaning.NUMBER, "").removesuffix(".0")
        if text.isascii() and text.isdecimal() and 0 < len(text) < 9:  # noqa: PLR2004  # an integer
            return int(text) or None
        if text:
            self._lose(Meaning.NUMBER, text, _l("« %(text)s » n’est pas un numéro.", text=text[:40]))
        return None

    def _tidy(self) -> dict[str, str]:
        kept = dict(self.cells)
        street = ", ".join(kept[one] for one in (Meaning.STREET_MORE, Meaning.STREET) if kept.get(one))
        kept[Meaning.STREET.value] = street
        if (mobile := kept.get(Meaning.MOBILE)) and kept.get(Meaning.PHONE):
            self.lost.append(f"{MEANING_NAMES[Meaning.PHONE]} : {kept[Meaning.PHONE]}")
        country = kept.get(Meaning.COUNTRY, "")
        kept[Meaning.PHONE.value] = phone(mobile or kept.get(Meaning.PHONE, ""), country)
        code, town = apart(kept.pop(Meaning.POSTCODE_TOWN, "") or kept.get(Meaning.TOWN, ""))
        kept[Meaning.POSTCODE.value] = postcode(kept.get(Meaning.POSTCODE, "") or code, country)
        kept[Meaning.TOWN.value] = town if code else kept.get(Meaning.TOWN, "") or town
        for meaning, most in _LONGEST.items():
            text = kept.get(meaning, "")
            if len(text) > most:
                self._lose(meaning, text, _l("une cellule est trop longue : sa fin est dans la remarque."))
            kept[meaning.value] = text[:most]
        return {str(meaning): text for meaning, text in kept.items() if text}

    def _lose(self, meaning: Meaning, text: str, reason: object) -> None:
        self.lost.append(f"{MEANING_NAMES[meaning]} : {clean(text)[:300]}")
        self.read.doubts.append(BadLine(self.line, reason))


def _day(text: str) -> FuzzyDate:
    if _SERIAL.fullmatch(text):
        return FuzzyDate((_DAY_ZERO + timedelta(days=int(float(text)))).isoformat())
    return parse(text.removesuffix(" 00:00:00").removesuffix(" 00:00")[:40])


def whole_year(text: str, on: date) -> str:
    """A day with its whole year: « 01/02/98 » is one of 1998, for no list of today speaks of 2098."""
    found = _SHORT_YEAR.fullmatch(text.strip())
    if found is None:
        return text
    century = on.year // 100 * 100
    year = century + int(found["year"])
    return f"{found['day']}{year if year <= on.year else year - 100}"


def short_year_told(text: str, when: FuzzyDate) -> object:
    """That a year of two digits was completed."""
    return _l("« %(text)s » est lu comme %(day)s : est-ce bien cette année ?", text=text[:40], day=said(when))
