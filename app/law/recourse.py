"""Until when an act may be contested, with everything that keeps a delay open: papers asked, an appeal, a letter.

A letter by which the prefect asks the commune to take an act back keeps his own delay open, as an appeal keeps that of
a third party. Its refusal, told or silent, lets two months run again: case law, not a text (see ``data/figures.toml``).
A second letter on the same act keeps nothing open (TA Versailles, 6 December 1988): the facts tell the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from app.law import tables
from app.law.acts import appeal_end, prefect_end, silence_ends, third_party_end
from app.law.days import add_months, last_day_of_months
from app.law.words import full_day

if TYPE_CHECKING:
    from datetime import date

    from app.law.days import LastDay
    from app.law.vocabulary.acts import Act, PrefectLetter

Timing = Literal["in_time", "late", "disputed", "unknown"]


@dataclass(frozen=True)
class LetterEffect:
    """What a letter makes of the prefect's delay. ``last`` is None while a fact is missing: ``lacks`` names it.

    ``refused_on`` is the day of the refusal, told or silent (``is_silent``). ``is_disputed``: one reading has the
    letter come too late; the other, which gives the later day, is kept.
    """

    last: LastDay | None
    timing: Timing
    refused_on: date | None = None
    is_silent: bool = False
    lacks: tuple[str, ...] = ()

    @property
    def is_disputed(self) -> bool:
        """Whether two readings of the law give two last days."""
        return self.timing == "disputed"


@dataclass(frozen=True)
class Recourse:
    """The last days to contest an act; ``final_on`` is an indicator of ours, None while something is open.

    ``is_overseas``: no last day is known, only those before which none falls.
    """

    third_parties: LastDay | None = None
    prefect: LastDay | None = None
    final_on: date | None = None
    silence_refuses_on: date | None = None
    letter: LetterEffect | None = None
    is_overseas: bool = False
    third_parties_not_before: date | None = None
    prefect_not_before: date | None = None


def recourse(act: Act, *, alsace_moselle: bool = False, overseas: bool = False) -> Recourse:
    """Return the last days of an act, as far as its facts tell; none overseas, whose calendar we do not hold."""
    found = _recourse(act, alsace_moselle=alsace_moselle)
    if not overseas:
        return found
    third, prefect = found.third_parties, found.prefect
    return Recourse(
        silence_refuses_on=found.silence_refuses_on,
        is_overseas=True,
        third_parties_not_before=third.day if third else None,
        prefect_not_before=prefect.day if prefect else None,
    )


def _recourse(act: Act, *, alsace_moselle: bool) -> Recourse:
    third, prefect, effect = _third_party(act, is_local=alsace_moselle), None, None
    if act.transmitted_on:
        prefect = prefect_end(
            act.transmitted_on,
            asked_on=act.prefect_request_on,
            completed_on=act.completed_on,
            alsace_moselle=alsace_moselle,
        )
    if prefect is not None and act.prefect_letter is not None:
        effect = letter_effect(prefect, act.prefect_letter, alsace_moselle=alsace_moselle)
        prefect = effect.last
    is_open = bool(act.contested) or (act.appeal is not None and act.appeal.answered_on is None)
    final = None if is_open or not (third and prefect) else max(third.day, prefect.day) + timedelta(days=1)
    return Recourse(third, prefect, final, _silence_of(act), effect)


def _third_party(act: Act, *, is_local: bool) -> LastDay | None:
    if not act.published_on:
        return None
    if act.appeal is None or act.appeal.lodged_on is None:
        return third_party_end(act.published_on, alsace_moselle=is_local)
    return appeal_end(act.published_on, act.appeal.lodged_on, act.appeal.answered_on, alsace_moselle=is_local)


def _silence_of(act: Act) -> date | None:
    """The day on which silence refuses an appeal that nobody answered."""
    if act.appeal is None or act.appeal.lodged_on is None or act.appeal.answered_on is not False:
        return None
    return silence_ends(act.appeal.lodged_on)


def letter_effect(first: LastDay, letter: PrefectLetter, *, alsace_moselle: bool = False) -> LetterEffect:
    """Return the prefect's last day after a letter, ``first`` being the one without it: never an earlier one.

    Silence refuses two months after the commune received the letter; an answer that comes after the delay which
    that silence opened is no new refusal.
    """
    timing, lacks = _timing(first, letter)
    if timing == "late":
        return LetterEffect(first, timing)
    silent_on = silence_on_letter(letter.received_on) if letter.received_on else None
    if letter.answered_on is None:
        lacks = (*lacks, "answered_on")
    elif letter.answered_on is False and silent_on is None:
        lacks = (*lacks, "received_on")
    if lacks:
        return LetterEffect(None, timing, lacks=tuple(dict.fromkeys(lacks)))
    after_silence = _again(silent_on, is_local=alsace_moselle) if silent_on else None
    told = letter.answered_on or None
    if silent_on and after_silence and (told is None or told > after_silence.day):
        return LetterEffect(_later(first, after_silence), timing, silent_on, is_silent=True)
    assert told is not None  # noqa: S101  # neither an answer nor a day of silence has returned above
    return LetterEffect(_later(first, _again(told, is_local=alsace_moselle)), timing, told)


def silence_on_letter(received_on: date) -> date:
    """Return the day on which the commune's silence refuses the prefect's letter (CJA R421-2)."""
    return add_months(received_on, tables.number("silence_lettre_prefet_mois", received_on))


def _again(refused_on: date, *, is_local: bool) -> LastDay:
    months = tables.number("delai_defere_apres_refus_mois", refused_on)
    return last_day_of_months(refused_on, months, alsace_moselle=is_local)


def _later(first: LastDay, again: LastDay) -> LastDay:
    return max(first, again, key=lambda last: last.day)


def _timing(first: LastDay, letter: PrefectLetter) -> tuple[Timing, tuple[str, ...]]:
    """Say whether a letter came within the delay, and which facts that lacks. An answer says that it had come."""
    sent, received = letter.sent_on, letter.received_on
    there_by = received or letter.answered_on or None
    if there_by and there_by <= first.day:
        return "in_time", ()
    if sent is None:
        if received is None:
            return "unknown", ("received_on",)
        return ("unknown", ("sent_on",)) if _dispatch_counts(received) else ("late", ())
    if sent > first.day or (received and not _dispatch_counts(sent)):
        return "late", ()
    return ("disputed", ()) if received else ("unknown", ("received_on",))


def _dispatch_counts(day: date) -> bool:
    """Whether a reading of the law has a letter come on the day it was sent."""
    return bool(tables.number("recours_gracieux_expedition", day))


def letter_said(effect: LetterEffect) -> str:
    """Tell what a letter makes of the prefect's delay, and on which ground: one sentence for page, check and paper."""
    if effect.timing == "late":
        return "Lettre du préfet venue après son délai : elle ne le rouvre pas."
    if "sent_on" in effect.lacks:
        return "Lettre du préfet reçue après son délai : partie avant, elle le garderait ouvert ; dites quand."
    if effect.lacks or effect.refused_on is None:
        return "Lettre du préfet : dites quand elle est reçue, et refusée (ou laissée sans réponse)."
    rule = tables.figure("delai_defere_apres_refus_mois", effect.refused_on)
    ground = f" ({rule.article})" if rule else ""
    how = "sans réponse, elle est refusée" if effect.is_silent else "refusée"
    doubt = " Partie dans le délai, reçue après : la date la plus lointaine est retenue." if effect.is_disputed else ""
    return f"Lettre du préfet : {how} le {full_day(effect.refused_on)}, son délai repart alors{ground}.{doubt}"
