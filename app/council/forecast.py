"""What the law says of an act before its vote, from its text, its annex and what people told in its model.

The same checks as the command's: those that a vote would break block until somebody goes past them with a reason,
the others only warn. Without a meeting the act is judged as if it were voted today, and its day blocks nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.council.actcase import act_case
from app.council.casework import judged
from app.council.mandate import NO_MANDATE, lets_sign
from app.council.models import ActModel
from app.council.queries import council_of
from app.council.queries.around import around_act
from app.council.reckoning import setting_of
from app.council.sealing import signed_before
from app.council.told import DAYS, is_said, said_days, told_day
from app.law.words import cited, french
from app.shared.saying import full_day

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sqlalchemy.orm import Session

    from app.council.models import Act

BEFORE_THE_VOTE = frozenset({"C21", "C22", "C23", "C28", "C41", "C54"})
"""What a vote that comes too early, or on the wrong text, cannot mend afterwards."""

_WARNS = frozenset({"C24", "C25", "C29", "C35", "C42", "C45", "C47", "C48", "C51"})
"""What is worth knowing while the text may still change; the aid's own page holds its payment back."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, or may be; ``blocks`` until somebody goes past it."""

    check_id: str
    sentence: object
    blocks: bool = False


def faults_of_act(session: Session, act: Act, on: date) -> list[Fault]:
    """What stands against the vote of an act: that of its meeting, else one of today."""
    around = around_act(session, act, on)
    is_supposed = around.held_on is None
    case = act_case(
        act, setting_of(act.body, council_of(session, act.body_id)), (), replace(around, held_on=around.held_on or on),
        on=on,
    )  # fmt: skip
    told = judged(case)
    found = [_fault(check) for check in (told["checks"] if told else ()) if check["status"] == "not_ok"]
    kept = [one for one in found if one is not None and not (is_supposed and one.check_id == "C41")]
    if is_supposed:
        kept = [_if_voted_today(one) if one.check_id in {"C25", "C54"} else one for one in kept]
    mandate = [] if lets_sign(act) else [Fault("C26", NO_MANDATE, blocks=True)]
    return [*kept, *mandate, *_signed(session, act), *_not_arrived(act, on, is_supposed=is_supposed), *_unsaid(act)]


def _fault(check: dict[str, str]) -> Fault | None:
    blocks = check["severity"] == "blocking"
    if check["id"] in BEFORE_THE_VOTE or (check["id"] in _WARNS and not (check["id"] == "C25" and blocks)):
        sentence = french(f"{check['sentence'].rstrip('.')} ({cited(check['article'])}).")
        return Fault(check["id"], sentence, blocks=blocks and check["id"] in BEFORE_THE_VOTE)
    return None


def _if_voted_today(fault: Fault) -> Fault:
    """What depends on the day of the vote warns as long as no meeting tells it: it may have been voted before."""
    said = str(fault.sentence)
    told = _l("Même voté aujourd’hui\N{NO-BREAK SPACE}: %(fault)s", fault=said[:1].lower() + said[1:])
    return Fault(fault.check_id, told)


def _signed(session: Session, act: Act) -> Iterator[Fault]:
    """A text that bears its signatures already: another vote on the same words lets nobody sign it once more."""
    signed = signed_before(session, act)
    if signed is None:
        return
    advice = _l("Pour le changer, annexez un autre texte\N{NO-BREAK SPACE}: un avenant, ou une nouvelle convention.")
    if signed.day is None or signed.act is None:
        yield Fault("", _l("Le texte annexé est déjà signé. %(advice)s", advice=advice))
        return
    sentence = _l(
        "Le texte annexé est déjà signé, le %(day)s (délibération nᵒ %(number)s). %(advice)s",
        day=full_day(signed.day),
        number=signed.act.number,
        advice=advice,
    )
    yield Fault("", sentence)


def _not_arrived(act: Act, on: date, *, is_supposed: bool) -> Iterator[Fault]:
    """A contract dated of a day to come, while no meeting says yet whether that is before the vote."""
    signed = told_day(act.answers, "contrat") if act.model == ActModel.SUBSIDY else None
    if signed is not None and signed > on and is_supposed:
        sentence = _l(
            "Le contrat d’engagement républicain est daté du %(day)s, qui n’est pas encore arrivé\N{NO-BREAK SPACE}: "
            "il se signe avant le vote (loi nᵒ 2000-321, art. 10-1).",
            day=full_day(signed),
        )
        yield Fault("C41", sentence)


def _unsaid(act: Act) -> Iterator[Fault]:
    """A day that was told and that the text does not say, or no longer."""
    days = {name: told_day(act.answers, name) for name in DAYS if act.answers.get("facts")}
    for words in said_days(days).values():
        if not is_said(act, words):
            sentence = _l(
                "Le texte ne dit pas « %(words)s », le jour noté\N{NO-BREAK SPACE}: "
                "modifiez le projet pour que les deux disent le même.",
                words=words,
            )
            yield Fault("", sentence)
