"""The words that programmes and calendars need beside what people wrote, in the language of the document.

A calendar entry is written once and read by many: its words cannot come from the reader's catalogue. Languages
without words here borrow those of the first language that has some, else French.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

WORDS: dict[str, dict[str, str]] = {
    "fr": {
        "programme": "Programme",
        "colon": "\N{NO-BREAK SPACE}: ",
        "about": "vers",
        "from": "à partir de",
        "until": "jusqu’à",
        "between": "entre {0} et {1}",
        "no_hour": "Heure non indiquée",
        "approximate": "Heure approximative",
        "approximate_end": "Fin approximative",
        "end_from": "Fin déduite de",
        "hour": "Heure",
        "part_of_day": "Moment",
        "all_day": "Toute la journée",
        "route": "Parcours",
        "place": "Lieu",
        "organiser": "Organisation",
        "public": "Ouvert à tous",
        "not_public": "Sur invitation",
        "audience": "Public",
        "booking": "Inscription",
        "prices": "Tarifs",
        "free": "gratuit",
        "speakers": "Interventions",
        "interpreters": "Interprètes",
        "languages": "Langues",
        "conflict": "La source se contredit",
        "note": "Note",
        "status_reason": "Raison",
        "cancelled": "ANNULÉ",
        "postponed": "REPORTÉ",
        "day": "Jour {0}",
        "undated": "Jour à fixer",
        "hosts": "Accueil",
        "guests": "Invités",
        "delegation": "{0} personnes",
        "provisional": "Programme provisoire",
        "minutes": "{0} min",
    },
    "en": {
        "programme": "Programme",
        "colon": ": ",
        "about": "about",
        "from": "from",
        "until": "until",
        "between": "between {0} and {1}",
        "no_hour": "Time not given",
        "approximate": "Approximate time",
        "approximate_end": "Approximate end",
        "end_from": "End taken from",
        "hour": "Time",
        "part_of_day": "Part of the day",
        "all_day": "All day",
        "route": "Route",
        "place": "Place",
        "organiser": "Organised by",
        "public": "Open to all",
        "not_public": "By invitation",
        "audience": "Audience",
        "booking": "Booking",
        "prices": "Prices",
        "free": "free",
        "speakers": "Speeches",
        "interpreters": "Interpreters",
        "languages": "Languages",
        "conflict": "The source contradicts itself",
        "note": "Note",
        "status_reason": "Reason",
        "cancelled": "CANCELLED",
        "postponed": "POSTPONED",
        "day": "Day {0}",
        "undated": "Day to be fixed",
        "hosts": "Hosts",
        "guests": "Guests",
        "delegation": "{0} people",
        "provisional": "Provisional programme",
        "minutes": "{0} min",
    },
    "de": {
        "programme": "Programm",
        "colon": ": ",
        "about": "gegen",
        "from": "ab",
        "until": "bis",
        "between": "zwischen {0} und {1}",
        "no_hour": "Uhrzeit nicht angegeben",
        "approximate": "Ungefähre Uhrzeit",
        "approximate_end": "Ungefähres Ende",
        "end_from": "Ende abgeleitet aus",
        "hour": "Uhrzeit",
        "part_of_day": "Tageszeit",
        "all_day": "Ganztägig",
        "route": "Strecke",
        "place": "Ort",
        "organiser": "Veranstalter",
        "public": "Für alle offen",
        "not_public": "Nur auf Einladung",
        "audience": "Publikum",
        "booking": "Anmeldung",
        "prices": "Preise",
        "free": "frei",
        "speakers": "Ansprachen",
        "interpreters": "Dolmetscher",
        "languages": "Sprachen",
        "conflict": "Die Quelle widerspricht sich",
        "note": "Hinweis",
        "status_reason": "Grund",
        "cancelled": "ABGESAGT",
        "postponed": "VERSCHOBEN",
        "day": "Tag {0}",
        "undated": "Tag noch offen",
        "hosts": "Gastgeber",
        "guests": "Gäste",
        "delegation": "{0} Personen",
        "provisional": "Vorläufiges Programm",
        "minutes": "{0} Min.",
    },
    "uk": {
        "programme": "Програма",
        "colon": ": ",
        "about": "близько",
        "from": "від",
        "until": "до",
        "between": "між {0} та {1}",
        "no_hour": "Час не вказано",
        "approximate": "Приблизний час",
        "approximate_end": "Приблизне завершення",
        "end_from": "Завершення за",
        "hour": "Час",
        "part_of_day": "Частина дня",
        "all_day": "Увесь день",
        "route": "Маршрут",
        "place": "Місце",
        "organiser": "Організатор",
        "public": "Відкрито для всіх",
        "not_public": "За запрошенням",
        "audience": "Для кого",
        "booking": "Реєстрація",
        "prices": "Ціни",
        "free": "безкоштовно",
        "speakers": "Виступи",
        "interpreters": "Перекладачі",
        "languages": "Мови",
        "conflict": "Джерело суперечить собі",
        "note": "Примітка",
        "status_reason": "Причина",
        "cancelled": "СКАСОВАНО",
        "postponed": "ПЕРЕНЕСЕНО",
        "day": "День {0}",
        "undated": "День буде визначено",
        "hosts": "Приймаюча сторона",
        "guests": "Гості",
        "delegation": "{0} осіб",
        "provisional": "Попередня програма",
        "minutes": "{0} хв",
    },
}

HOURS = {
    "fr": "{hour}\N{NO-BREAK SPACE}h{minute}",
    "de": "{hour}:{two} Uhr",
    "en": "{hour}:{two}",
    "uk": "{hour}:{two}",
}


def words(languages: Iterable[str]) -> dict[str, str]:
    """Return the words of the first of these languages that has some."""
    for language in languages:
        if found := WORDS.get(language.split("-")[0]):
            return found
    return WORDS["fr"]


def known(language: str) -> bool:
    """Whether the software has words in this language."""
    return language.split("-", maxsplit=1)[0] in WORDS


def said(value: Any, languages: Iterable[str] = ()) -> str:  # noqa: ANN401  # a « words » of the interchange format
    """Say a text, or a text by language: the wanted languages first, then whatever there is."""
    if not value:
        return ""
    if isinstance(value, dict):
        for language in languages:
            if language in value:
                return str(value[language])
        return str(next(iter(value.values())))
    return str(value)


def joined(value: Any, separator: str = " / ") -> str:  # noqa: ANN401  # as above
    """Say a text in all its languages, each wording once."""
    if isinstance(value, dict):
        return separator.join(dict.fromkeys(str(text) for text in value.values()))
    return str(value or "")


def hour(text: str, language: str) -> str:
    """Say an hour: « 15:30 » becomes « 15 h 30 » in French."""
    if not text:
        return ""
    hours, minutes = text.split(":")
    base = language.split("-", maxsplit=1)[0]
    shape = HOURS["fr"] if base == "und" else HOURS.get(base, "{hour}:{two}")
    minute = "" if minutes == "00" else f"\N{NO-BREAK SPACE}{minutes}"
    return shape.format(hour=int(hours), two=minutes, minute=minute)
