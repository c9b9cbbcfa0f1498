"""Recording what the statutes say; nothing is ever guessed."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.assemblies.models import StatutesRule
from app.assemblies.queries import rule_on
from app.audit.services import record
from app.database.unit import alone_on
from app.law.statutes import Statutes
from app.people.naming import clean
from app.shared.errors import DomainError, EditConflict
from app.shared.saying import full_day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.assemblies.models import AssemblyKind
    from app.shared.actor import Actor

_MOST = 100_000
_DETAILS = frozenset({"quorum_numerator", "quorum_denominator", "quorum_is_more_than", "quorum_number", "clauses"})
"""What belongs to a quorum of one kind, and goes with it."""
_KNOWN = tuple(one.name for one in fields(Statutes) if one.name not in _DETAILS)
_WRITTEN: Mapping[str, tuple[str, ...]] = {
    "quorum": ("quorum",),
    "notice": ("notice_days",),
    "second": ("second_quorum", "second_notice_days"),
    "proxies": ("proxies_per_person",),
    "majority": ("majority_ordinary", "majority_statutes", "majority_dissolution"),
    "election": ("absolute_rounds", "tie"),
    "term": ("mandate_years",),
    "ballot": (),
    "casting": ("casting_vote",),
    "voters": ("voters",),
    "remote": ("remote_vote",),
    "keeps": ("keeps",),
}
"""What each clause is about: where that itself becomes unknown, its article needs no word of its own."""


class BadRule(DomainError):
    """What was noted of the statutes cannot be meant."""


class WouldForget(DomainError):
    """What is known of the statutes in force would be known no more; ``names``: what, clauses as ``clause_…``.

    ``since``: from when the statutes in force hold.
    """

    def __init__(self, since: date, names: Sequence[str]) -> None:
        super().__init__(
            _l(
                "Rien n’est encore enregistré : ces statuts prendraient la place de ceux qui valent depuis le %(day)s, "
                "et ce qui suit deviendrait inconnu.",
                day=full_day(since),
            )
        )
        self.since, self.names = since, names


@dataclass(frozen=True, kw_only=True)
class RecordRule:
    """What the statutes say for a kind of assembly, from a day on.

    ``may_forget``: that what was known before becomes unknown is meant.
    """

    kind: AssemblyKind
    since: date
    statutes: Statutes
    revision: int = 0
    may_forget: bool = False


def record_rule(session: Session, body_id: int, command: RecordRule, *, by: Actor, at: datetime) -> StatutesRule:
    """Note the rule of a kind of assembly from a day on; the former one keeps its days.

    :raises WouldForget: when something that the former one says is left out, and nobody said that this is meant.
    """
    _check(command.statutes)
    _refuse_same_day(session, body_id, command)
    before = rule_on(session, body_id, command.kind, command.since)
    if before is not None and not command.may_forget and (names := forgotten(before.statutes, command.statutes)):
        raise WouldForget(before.since, names)
    rule = StatutesRule(body_id=body_id, created_at=at)
    _write(rule, command)
    session.add(rule)
    session.flush()
    _tell(session, "assemblies.rule_recorded", rule, by, at)
    return rule


def correct_rule(session: Session, rule: StatutesRule, command: RecordRule, *, by: Actor, at: datetime) -> None:
    """Correct what was noted; assemblies already opened keep what they were held under.

    :raises EditConflict: when somebody else corrected it since it was read.
    """
    alone_on(session, rule)
    _check(command.statutes)
    if rule.revision != command.revision:
        raise EditConflict(theirs={}, yours={})  # the page compares every field of its form
    _refuse_same_day(session, rule.body_id, command, but=rule.id)
    _write(rule, command)
    rule.revision += 1
    _tell(session, "assemblies.rule_corrected", rule, by, at)


def trash_rule(session: Session, rule: StatutesRule, *, by: Actor, at: datetime) -> None:
    """Take a rule back that was noted by mistake."""
    rule.trashed_at = at
    _tell(session, "assemblies.rule_trashed", rule, by, at)


def forgotten(before: Statutes, after: Statutes) -> list[str]:
    """What was known and is no more; where something is written, as long as it is still said."""
    names = [one for one in _KNOWN if _is_known(before, one) and not _is_known(after, one)]
    if after.quorum == "none":
        names = [one for one in names if one != "quorum_counts_proxies"]
    lost = [one for one, text in before.clauses.items() if text and not after.clause(one)]
    return names + [f"clause_{one}" for one in lost if one in _WRITTEN and not set(_WRITTEN[one]) & set(names)]


def _is_known(statutes: Statutes, name: str) -> bool:
    return getattr(statutes, name) not in (None, "")


def _refuse_same_day(session: Session, body_id: int, command: RecordRule, *, but: int = 0) -> None:
    statement = select(StatutesRule).where(
        StatutesRule.body_id == body_id,
        StatutesRule.kind == command.kind,
        StatutesRule.since == command.since,
        StatutesRule.id != but,
    )
    found = session.scalar(statement)
    if found is None:
        return
    if found.trashed_at is not None:
        session.delete(found)
        session.flush()
        return
    raise BadRule(
        _l("Une règle est déjà notée depuis ce jour pour ces réunions. Modifiez-la, ou choisissez un autre jour."),
        field="since",
    )


def _write(rule: StatutesRule, command: RecordRule) -> None:
    rule.kind, rule.since = command.kind.value, command.since
    for one in fields(Statutes):
        setattr(rule, one.name, getattr(command.statutes, one.name))
    rule.clauses = {name: clean(text)[:160] for name, text in command.statutes.clauses.items() if clean(text)}


def _check(statutes: Statutes) -> None:
    """Refuse what no statutes can mean; a quorum that is merely too high for today's members is said, not refused."""
    top, bottom = statutes.quorum_numerator, statutes.quorum_denominator
    if statutes.quorum == "fraction" and not (top and bottom and 0 < top <= bottom <= _MOST):
        raise BadRule(_l("Une part s’écrit comme 1/4 ou 25 % (une fraction, ou un pourcentage)."), field="quorum")
    if statutes.quorum == "fraction" and statutes.quorum_is_more_than and top == bottom:
        raise BadRule(
            _l(
                "Plus que tous les membres, personne ne peut les réunir : décochez « plus que cette part », ou écrivez "
                "une autre part."
            ),
            field="quorum_is_more_than",
        )
    if statutes.quorum == "number" and not (statutes.quorum_number and 0 < statutes.quorum_number <= _MOST):
        raise BadRule(_l("Écrivez combien de membres doivent être là."), field="quorum")


def _tell(session: Session, action: str, rule: StatutesRule, by: Actor, at: datetime) -> None:
    record(
        session,
        action,
        by=by,
        at=at,
        body_id=rule.body_id,
        subject=("statutes_rule", rule.id),
        kind=rule.kind,
        since=rule.since.isoformat(),
    )
