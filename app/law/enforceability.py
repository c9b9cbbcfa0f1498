"""What an act lacks to be executed, as far as its facts tell, and all its dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.law import acts
from app.law.recourse import recourse
from app.law.words import full_day, listed

if TYPE_CHECKING:
    from datetime import date

    from app.law.situation import Situation
    from app.law.vocabulary.acts import Act
    from app.law.vocabulary.meeting import When

_STEPS = {"transmitted_on": "la transmission", "published_on": "la publication"}


@dataclass(frozen=True)
class Enforceability:
    """The two dates that make an act enforceable; False: not done, None: not known. ``stopped_on``: no more since."""

    transmitted_on: When | None
    published_on: When | None
    stopped_on: date | None = None

    @property
    def on(self) -> date | None:
        """The day from which the act binds, once both dates are known."""
        if self.transmitted_on and self.published_on:
            return acts.enforceable_on(self.transmitted_on, self.published_on)
        return None

    def is_stopped(self, day: date) -> bool:
        """Say whether the act had lost its force by that day."""
        return self.stopped_on is not None and self.stopped_on <= day

    def is_before(self, day: date) -> bool:
        """Say whether that day surely comes too early, even where a date is not known."""
        told = (self.transmitted_on, self.published_on)
        return any(step is False or (step is not None and day < step) for step in told)

    def why(self, day: date) -> str:
        """Tell what is missing on that day."""
        told = []
        for name, word in _STEPS.items():
            step: When | None = getattr(self, name)
            if step is False:
                told.append(f"{word} n'est pas faite")
            elif step is not None and day < step:
                told.append(f"{word} n'est que du {full_day(step)}")
        return listed(told)

    def missing(self, at: str) -> list[str]:
        """Return the paths of the dates that are not known."""
        return [f"{at}.{name}" for name in _STEPS if getattr(self, name) is None]


def enforceability(act: Act) -> Enforceability:
    """Read the two dates of an act."""
    return Enforceability(act.transmitted_on, act.published_on, act.stopped_on)


def dates_of(situation: Situation, act: Act) -> dict[str, date | None]:
    """Return every date that follows from an act's facts; what was rejected is contested, never executed."""
    told = recourse(act, alsace_moselle=situation.is_local, overseas=situation.is_overseas)
    silent = told.letter if told.letter and told.letter.is_silent else None
    return {
        "enforceable_on": None if act.outcome == "rejected" else enforceability(act).on,
        "third_party_last_day": told.third_parties.day if told.third_parties else None,
        "silence_refuses_on": told.silence_refuses_on,
        "prefect_last_day": told.prefect.day if told.prefect else None,
        "letter_silence_refuses_on": silent.refused_on if silent else None,
        "final_on": told.final_on,
        "online_until_at_least": acts.online_until(act.published_on) if act.published_on else None,
    }
