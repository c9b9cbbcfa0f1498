"""A kept check made again from its own facts and its own files: it gives the same, whatever changed since."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.actions.models import read_value
from app.funding.catalogue import NAMES
from app.funding.queries import texts_of
from app.funding.services.checks import canonical
from app.rules.answer import answer
from app.rules.errors import RuleError
from app.rules.evaluate import assess
from app.rules.loader import load_texts
from app.rules.reading import FactsError, read_facts
from app.rules.vocabulary.programmes import Names

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.funding.models import Check
    from app.rules.facts import Facts
    from app.rules.model import Edition


@dataclass(frozen=True)
class Replay:
    """The edition and the facts as they were; ``is_same``: the answer comes out letter for letter."""

    edition: Edition
    facts: Facts
    is_same: bool


def replayed(session: Session, check: Check) -> Replay | None:
    """Make a kept check again; None when today's engine cannot read those rules any more."""
    texts = texts_of(session, check.files.values())
    if any(mark not in texts for mark in check.files.values()):
        return None
    try:
        files = {name: texts[mark] for name, mark in check.files.items()}
        named = Names.read(files.pop(NAMES)) if NAMES in files else None
        catalogue = load_texts(files)
        words = replace(catalogue.words, editions=(), kept_names=named)
        catalogue = replace(catalogue, words=words)
        edition = catalogue.by_id[check.edition]
        facts = read_facts(read_value(check.facts), catalogue.words)
    except (RuleError, FactsError, KeyError, ValueError):
        return None
    told = answer(assess(edition, facts), catalogue=catalogue, today=check.checked_on)
    return Replay(edition, facts, canonical(told) == check.answer)
