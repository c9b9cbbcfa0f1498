"""What an act lacks to be executed, as far as its facts tell, and all its dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from app.law import acts
from app.law.words import full_day, listed

if TYPE_CHECKING:
    from datetime import date

    from app.law.situation import Situation
    from app.law.vocabulary.acts import Act
    from app.law.vocabulary.meeting import When

_STEPS = {"transmitted_on": "la transmission", "published_on": "la publication"}


@dataclass(frozen=True)
class Enforceability:
    """The two dates that make an act enforceable; False: not done, None: not known."""

    transmitted_on: When | None
    published_on: When | None

    @property
    def on(self) -> date | None:
        """The day from which the act binds, once both dates are known."""
        if self.transmitted_on and self.published_on:
            return acts.enforceable_on(self.transmitted_on, self.published_on)
        return None

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
    return Enforceability(act.transmitted_on, act.published_on)


def dates_of(situation: Situation, act: Act) -> dict[str, date | None]:
    """Return every date that follows from an act's facts."""
    is_local = situation.is_local
    third = _third_party(act, is_local=is_local)
    prefect = None
    if act.transmitted_on:
        found = acts.prefect_end(
            act.transmitted_on,
            asked_on=act.prefect_request_on,
            completed_on=act.completed_on,
            alsace_moselle=is_local,
        )
        prefect = found.day if found else None
    is_open = bool(act.contested) or (act.appeal is not None and act.appeal.answered_on is None)
    final = max(third, prefect) + timedelta(days=1) if third and prefect and not is_open else None
    return {
        "enforceable_on": enforceability(act).on,
        "third_party_last_day": third,
        "silence_refuses_on": silence_of(act),
        "prefect_last_day": prefect,
        "final_on": final,
        "online_until_at_least": acts.online_until(act.published_on) if act.published_on else None,
    }


def _third_party(act: Act, *, is_local: bool) -> date | None:
    if not act.published_on:
        return None
    if act.appeal is None or act.appeal.lodged_on is None:
        return acts.third_party_end(act.published_on, alsace_moselle=is_local).day
    found = acts.appeal_end(act.published_on, act.appeal.lodged_on, act.appeal.answered_on, alsace_moselle=is_local)
    return found.day if found else None


def silence_of(act: Act) -> date | None:
    """Return the day on which silence refuses an appeal that nobody answered."""
    if act.appeal is None or act.appeal.lodged_on is None or act.appeal.answered_on is not False:
        return None
    return acts.silence_ends(act.appeal.lodged_on)
