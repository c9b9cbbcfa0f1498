"""Correcting a clerical error of an act after its vote: what stood before is kept with the reason."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from app.council.contests import happened
from app.council.models import ActEvent, ActEventKind
from app.council.services.acts import BadAct
from app.council.services.convening import NotLawful
from app.council.services.following import require_adopted, require_lawful_mode, require_voted, touch
from app.council.services.meetings import NotPossibleNow
from app.council.services.overriding import SHORTEST, is_overridden
from app.council.services.telling import tell_act
from app.law.acts import online_until
from app.shared.clock import day_of
from app.shared.folding import fold
from app.shared.saying import full_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.council.models import Act
    from app.shared.actor import Actor


_DAYS = ("transmitted_on", "published_on", "signed_on")


def _require_days(act: Act, days: Mapping[str, date | None], at: datetime) -> None:
    """A corrected day is one that the act may have: after its vote, and of an act that leaves the town hall."""
    for name, day in days.items():
        if day is None:
            continue
        require_voted(act, day, at, name)
        if name != "signed_on":
            require_adopted(act)


_PAIRS = {"transmitted_on": "receipt", "published_on": "publication_mode", "signed_on": "signed_by"}


def _require_pairs(told: Mapping[str, Any]) -> None:
    """A receipt, a way of publishing and a signer go with their day; a publication says how."""
    for day, word in _PAIRS.items():
        if told[word] and told[day] is None:
            raise BadAct(
                _l("Sans le jour, effacez aussi ce qui va avec lui\N{NO-BREAK SPACE}: il resterait seul."), field=word
            )
    if told["published_on"] is not None and not told["publication_mode"]:
        raise BadAct(_l("Choisissez comment l’acte est publié."), field="publication_mode")


CORRECTABLE = ("transmitted_on", "published_on", "receipt", "signed_on", "signed_by", "publication_mode", "title")


_ALIKE = 0.7
"""How much of an object stays when a slip is mended: our choice, for no text says it."""


def is_slip(was: str, now: str) -> bool:
    """Whether two objects differ as a slip of the pen does, not as two decisions do."""
    return SequenceMatcher(None, fold(was), fold(now), autojunk=False).ratio() >= _ALIKE


def require_correctable(act: Act) -> None:
    """What is not voted yet is simply written otherwise."""
    if act.voted_on is None:
        raise NotPossibleNow(_l("Cette délibération n’est pas votée\N{NO-BREAK SPACE}: modifiez-la simplement."))


def correct_act(
    session: Session, act: Act, changes: Mapping[str, Any], reason: str, *, by: Actor, at: datetime
) -> ActEvent:
    """Correct a clerical error after the vote; what stood before is kept with the reason.

    :raises BadAct: without a reason or a change, or when the object would be another one.
    :raises NotLawful: a way of publishing that is not the commune's (C32), a day after the signature it allowed (C25).
    """
    require_correctable(act)
    if len(" ".join(reason.split())) < SHORTEST:
        raise BadAct(
            _l("Écrivez en une phrase ce qui était faux\N{NO-BREAK SPACE}: la correction garde sa trace."),
            field="reason",
        )
    before = {
        name: _plain(getattr(act, name))
        for name, value in changes.items()
        if name in CORRECTABLE and getattr(act, name) != value
    }
    if not before:
        raise BadAct(_l("Rien n’est changé."), field="reason")
    _require_correct(session, act, changes, before, at)
    for name in before:
        setattr(act, name, changes[name])
    if {"transmitted_on", "published_on"} & set(before):
        _require_signed_after(session, act)
    if "published_on" in before or "publication_mode" in before:
        online = act.published_on is not None and act.publication_mode == "electronic"
        act.published_until = online_until(act.published_on) if online and act.published_on else None
    event = ActEvent(
        act_id=act.id,
        kind=ActEventKind.CORRECTION,
        happened_on=day_of(at),
        text=reason.strip()[:4000],
        before=before,
        author=by.name,
        created_at=at,
    )
    session.add(event)
    touch(act, by, at)
    session.flush()
    session.refresh(act, ["events"])
    tell_act(session, "council.act_corrected", act, by=by, at=at)
    return event


def _require_correct(
    session: Session, act: Act, changes: Mapping[str, Any], before: Mapping[str, str], at: datetime
) -> None:
    """What an act says after the correction is what it may say."""
    _require_days(act, {name: changes[name] for name in _DAYS if name in before}, at)
    _require_pairs({name: changes.get(name, getattr(act, name)) for name in CORRECTABLE})
    if "title" in before and not is_slip(_voted_title(act), changes["title"]):
        raise BadAct(
            _l(
                "L’objet voté ne se réécrit pas\N{NO-BREAK SPACE}: une erreur matérielle se corrige d’un mot ou d’un "
                "chiffre. Pour un autre objet, le conseil délibère de nouveau."
            ),
            field="title",
        )
    if {"published_on", "publication_mode"} & set(before) and changes["published_on"] is not None:
        require_lawful_mode(session, act, changes["published_on"], changes["publication_mode"])


def _voted_title(act: Act) -> str:
    """The object as the council voted it, before any correction: slip after slip makes no other object."""
    told = [one for one in act.events if one.kind == ActEventKind.CORRECTION and "title" in one.before]
    first = min(told, key=lambda one: (one.created_at, one.id), default=None)
    return first.before["title"] if first is not None else act.title


def _require_signed_after(session: Session, act: Act) -> None:
    """A corrected day must not come after the signature that it allowed.

    :raises NotLawful: C25.
    """
    signed = happened(act, ActEventKind.TEXT_SIGNED)
    days = (act.transmitted_on, act.published_on)
    if signed is None or all(day is not None and day <= signed for day in days):
        return
    if not is_overridden(session, "C25", act_id=act.id):
        raise NotLawful(
            _l(
                "Le texte annexé est noté signé le %(signed)s\N{NO-BREAK SPACE}: à ces dates, la délibération "
                "n’était pas encore exécutoire ce jour-là (CGCT, art. L. 2131-1). Vérifiez la date de la signature, "
                "ou passez outre avec un motif.",
                signed=full_day(signed),
            ),
            "C25",
        )


def _plain(value: Any) -> str:  # noqa: ANN401  # a column's value
    return "" if value is None else str(value)
