"""Hours as volunteers type them, in French, English or German: « 18 h 30 », « vers 10 h », « midi », « matin »."""

from __future__ import annotations

import re
from typing import NamedTuple

from flask_babel import gettext as _
from wtforms.validators import ValidationError

_HOUR = re.compile(
    r"(\d{1,2})\s*(?:(?:heures?|h|:|\.)\s*(\d{2})?|uhr(?:\s*(\d{2}))?|год\.?)?"
    r"\s*(am|pm|a\.m\.|p\.m\.|du matin|du soir|de l['’]après-midi)?"
)
_LATER = {"pm", "p.m.", "du soir", "de l'après-midi", "de l’après-midi"}
_NOON = re.compile(r"(?:midi|noon|12 noon|mittags?)(?:\s*(?:et\s*)?(quart|demie?|\d{2}))?")
_PAST = {"quart": 15, "demi": 30, "demie": 30}
_MIDNIGHT = {"minuit", "midnight", "mitternacht"}
_EXACT = re.compile(r"^(?:à|at|um)\s+")
_ABOUT = re.compile(
    r"(vers|environ|env\.|aux environs de|autour de|about|around|circa|ca\.?|gegen|etwa"
    r"|à partir de|dès|from|ab)\s+(.+)"
)
_PLAIN = {"vers", "environ", "env.", "aux environs de", "autour de", "about", "around", "circa", "ca", "ca."}
_PLAIN |= {"gegen", "etwa"}
"""What the programme says by itself of an hour that is not exact; other words are kept."""
_AFTERWARDS = re.compile(r"(.+?),?\s*(?:environ|env\.|circa|ca\.?)")
_PART = re.compile(
    r"(?:(?:le|en|dans|au|début|fin|milieu|in|the|am|late|early|this|de|du|d['’]|l['’]|la)\s*)*"
    r"(?:matin|matinée|midi|après-midi|soir|soirée|journée|nuit"
    r"|morning|afternoon|evening|night|morgens?|vormittags?|nachmittags?|abends?)"
)


class Hour(NamedTuple):
    """An hour as HH:MM; whether it is about then, and the word for that where it is not the usual one."""

    text: str
    about: bool = False
    words: str = ""


def read_spoken_hour(text: str, *, end: bool = False) -> Hour:
    """Read an hour as people say it; midnight ends a day or begins one.

    :raises ValidationError: when it is none.
    """
    raw = " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())
    if not raw:
        return Hour("")
    if about := _ABOUT.fullmatch(raw.lower()):
        return Hour(_read(about[2], raw, end=end), about=True, words="" if about[1] in _PLAIN else about[1])
    said = _EXACT.sub("", raw.lower(), count=1)
    if about := _AFTERWARDS.fullmatch(said):
        return Hour(_read(about[1], raw, end=end), about=True)
    return Hour(_read(said, raw, end=end))


def is_part_of_day(text: str) -> bool:
    """Whether somebody wrote « matin » or « en soirée » for an hour; « midi » is one."""
    raw = " ".join(text.lower().split())
    return bool(_PART.fullmatch(raw)) and raw != "midi"


def _read(said: str, raw: str, *, end: bool) -> str:
    if said in _MIDNIGHT or (end and said in {"24:00", "24 h", "24h", "24"}):
        return "24:00" if end else "00:00"
    if noon := _NOON.fullmatch(said):
        past = noon[1] or "0"
        hours, minutes = 12, _PAST[past] if past in _PAST else int(past)
    elif match := _HOUR.fullmatch(said):
        hours, minutes = int(match[1]), int(match[2] or match[3] or 0)
        if match[4] and hours <= 12:  # noqa: PLR2004  # a clock's face
            hours = hours % 12 + (12 if match[4] in _LATER else 0)
    else:
        raise _unread(raw)
    if hours > 23 or minutes > 59:  # noqa: PLR2004  # a clock's face
        raise _unread(raw)
    return f"{hours:02d}:{minutes:02d}"


def _unread(text: str) -> ValidationError:
    return ValidationError(
        _("« %(text)s » n’est pas une heure. Écrivez par exemple 18:30, 18 h 30, vers 18 h ou midi.", text=text[:40])
    )
