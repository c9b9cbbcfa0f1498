"""The seal: whether a text is still, word for word, the one that the council voted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from app.conventions.models import Status
from app.conventions.queries.words import seal_now, texts_now, words_of
from app.council.contests import contest_of, happened
from app.council.models import ActEventKind, ActStatus
from app.council.queries import acts_on_convention
from app.shared.folding import fold
from app.texts import difference

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from app.council.models import Act
    from app.texts.difference import ArticleChange


@dataclass(frozen=True)
class Seal:
    """Whether the text is still, word for word, the one that was voted; if not, which articles differ."""

    voted_sha256: str
    now_sha256: str
    changes: tuple[ArticleChange, ...]

    @property
    def is_intact(self) -> bool:
        """Whether nothing changed since the vote."""
        return bool(self.voted_sha256) and self.voted_sha256 == self.now_sha256


def seal_of(session: Session, act: Act) -> Seal:
    """Compare the text as it stands with the words of the version that was voted.

    A text of which nobody changed a word stands in the words that it was frozen with, whatever a release says since.
    """
    if act.version is None or act.convention is None or not act.sealed_sha256:
        return Seal(act.sealed_sha256, "", ())
    current = seal_now(session, act.convention)
    if current == act.sealed_sha256:
        return Seal(act.sealed_sha256, current, ())
    voted, now = words_of(session, act.version).texts, texts_now(session, act.convention)
    changes = tuple(one for one in difference.compare_texts(voted, now) if one.state != "same")
    return Seal(act.sealed_sha256, current, changes)


@dataclass(frozen=True)
class SignedBefore:
    """That the annexed text was signed without this act: on what day and by which act, where that is noted."""

    day: date | None = None
    act: Act | None = None

    def is_of(self, body_id: int) -> bool:
        """Whether this council itself had let it be signed."""
        return self.act is not None and self.act.body_id == body_id


def signed_before(session: Session, act: Act) -> SignedBefore | None:
    """Whether the text of an act bears its signatures already, on the strength of another act or of none."""
    text = act.convention
    if text is None or text.status not in {Status.SIGNED, Status.ENDED} or happened(act, ActEventKind.TEXT_SIGNED):
        return None
    others = ((happened(one, ActEventKind.TEXT_SIGNED), one) for one in acts_on_convention(session, text.id))
    noted = sorted(
        ((day, one.body_id != act.body_id, one.id, one) for day, one in others if day), key=lambda it: it[:3]
    )
    return next((SignedBefore(day, one) for day, _is_other, _id, one in noted), SignedBefore())


def decision_told(act: Act, held_on: date | None) -> date | None:
    """The day of the council's decision as the annexed text tells it, where it is not the day of this vote."""
    if act.version is None or held_on is None or act.status == ActStatus.REJECTED:
        return None
    document = act.version.document
    ours = _own_parties(document.get("parties", []), act.body.name)
    days = [
        str((one.get("date") or {}).get("date") or "")
        for one in document.get("acts", [])
        if one.get("kind") in _DECISIONS and one.get("by") in ours
    ]
    told = [date.fromisoformat(day) for day in days if _WHOLE_DAY.fullmatch(day)]
    return None if held_on in told else next(iter(told), None)


_DECISIONS = frozenset({"council_decision", "council_mandate", "ratification"})
_WHOLE_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _own_parties(parties: Sequence[Mapping[str, Any]], name: str) -> set[str]:
    """The commune among the parties: the only French one, else the one of this name."""
    communes = [one for one in parties if one.get("body") == "commune" and one.get("country") in {None, "FR"}]
    if len(communes) > 1:
        communes = [one for one in communes if fold(str(one.get("name", ""))) == fold(name)]
    return {str(one["id"]) for one in communes}


def voted_again(session: Session, act: Act) -> Act | None:
    """The last act by which the same council has since voted other words of the text, and which nothing stopped."""
    if act.convention_id is None:
        return None
    return voted_later(act, acts_on_convention(session, act.convention_id))


def voted_later(act: Act, beside: Iterable[Act], on: date | None = None) -> Act | None:
    """Of the acts on the same text, the last by which the council voted other words since; up to a day."""
    if act.voted_on is None:
        return None
    since = [
        one
        for one in beside
        if one.body_id == act.body_id and one.status == ActStatus.ADOPTED and one.sealed_sha256 != act.sealed_sha256
        if one.voted_on and (one.voted_on, one.id) > (act.voted_on, act.id) and contest_of(one, on).stopped_by is None
        if on is None or one.voted_on <= on
    ]
    return max(since, key=lambda one: (one.voted_on, one.id), default=None)
