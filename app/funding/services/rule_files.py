"""Rule files of this installation: read strictly, tried before they are switched on, never executed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.audit.services import record
from app.funding import queries
from app.funding.catalogue import OWN, with_own
from app.funding.models import RuleFile, RuleFileState
from app.funding.overview import told_by
from app.rules import checking
from app.rules.choice import edition_on
from app.rules.comparing import changes
from app.rules.errors import RuleError
from app.rules.loader import read_edition
from app.rules.strict import parse_toml
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.funding.catalogue import Rules
    from app.funding.facts import ProjectFacts
    from app.rules.comparing import Change
    from app.rules.model import Edition
    from app.shared.actor import Actor

LARGEST = 150_000  # bytes
MOST_RULES = 150
MOST_EXAMPLES = 600
"""Far more than any shipped edition has; a page tries them all."""


class BadRuleFile(DomainError):
    """A rule file that cannot be taken; the sentence says file, line and what to write."""


class Stale(DomainError):
    """Somebody changed the state of this file in the meantime."""


@dataclass(frozen=True)
class Effect:
    """What a rule file would change for a project."""

    project_id: int
    title: str
    before: str
    after: str
    sentence: str


@dataclass(frozen=True)
class Trial:
    """A rule file tried: its examples, what differs from what it would replace, what it does to projects."""

    edition: Edition
    problems: tuple[str, ...]
    before: Edition | None
    changes: tuple[Change, ...]
    effects: tuple[Effect, ...] = ()
    tried: int = 0


def read_rule_file(text: str, rules: Rules) -> Edition:
    """Read a rule file strictly; nothing in it is ever executed.

    :raises BadRuleFile: with file, line and the nearest right word.
    """
    if len(text.encode()) > LARGEST:
        raise too_long()
    programme, edition = _names(text)
    try:
        found = read_edition(
            f"{programme}/{edition}.toml", text, words=rules.catalogue.words, lists=rules.catalogue.lists
        )
    except RuleError as error:
        where = _("ligne %(line)s", line=error.line) if error.line else _("fichier")
        raise BadRuleFile(f"{where}\N{NO-BREAK SPACE}: {error.problem}", field="text") from error
    if len(found.criteria) > MOST_RULES or len(found.examples) > MOST_EXAMPLES:
        raise BadRuleFile(
            _(
                "Ce fichier a trop de règles ou d’exemples\N{NO-BREAK SPACE}: au plus %(rules)s règles, et "
                "%(examples)s exemples et valeurs essayées.",
                rules=MOST_RULES,
                examples=MOST_EXAMPLES,
            ),
            field="text",
        )
    return found


def too_long() -> BadRuleFile:
    """A file of more bytes than are read."""
    sentence = _("Ce fichier est trop long pour un fichier de règles : %(most)s Ko au plus.", most=LARGEST // 1000)
    return BadRuleFile(sentence, field="file")


def _names(text: str) -> tuple[str, str]:
    try:
        head = parse_toml(text, "")
    except RuleError as error:
        raise BadRuleFile(_("ligne %(line)s", line=error.line) + f"\N{NO-BREAK SPACE}: {error.problem}") from error
    names = head.get("programme"), head.get("edition")
    for key, name in zip(("programme", "edition"), names, strict=True):
        if not isinstance(name, str) or not _is_name(name):
            raise BadRuleFile(
                _(
                    "« %(key)s » doit être un identifiant\N{NO-BREAK SPACE}: minuscules, chiffres et traits d’union.",
                    key=key,
                )
            )
    programme, edition = str(names[0]), str(names[1])
    if not programme.startswith(OWN):
        raise BadRuleFile(
            _(
                "Donnez à vos règles un identifiant à elles, qui commence par « %(own)s »\N{NO-BREAK SPACE}: "
                'programme = "%(own)s%(name)s". Elles ne remplacent ainsi jamais celles du logiciel.',
                own=OWN,
                name=programme,
            )
        )
    return programme, edition


def _is_name(name: str) -> bool:
    parts = name.split("-")
    return len(name) <= 70 and all(part.isascii() and part.isalnum() and part == part.lower() for part in parts)  # noqa: PLR2004


def try_rule_file(
    edition: Edition, text: str, rules: Rules, projects: Iterable[tuple[int, str, ProjectFacts]], *, today: date
) -> Trial:
    """Try a rule file on its own examples and on current projects, without switching it on."""
    own = {edition.id: text}
    tried = with_own(rules, own)
    before = _replaced(edition, rules)
    catalogue = tried.catalogue
    mark = f"{edition.file}:"
    problems = [
        _("ligne %(line)s", line=one.removeprefix(mark))
        for each in catalogue.editions
        if each.file == edition.file
        for one in checking.problems_of(each, catalogue, today=today)
    ]
    effects, count = [], 0
    for number, title, known in projects:
        facts, _problems = known.read(catalogue.words)
        count += 1
        after = told_by(tried, edition, facts, today=today)
        was = told_by(rules, before, facts, today=today)["verdict"] if before is not None else ""
        if was != after["verdict"]:
            effects.append(Effect(number, title, was, after["verdict"], after["sentence"]))
    found = tuple(changes(before, edition)) if before is not None else ()
    return Trial(edition, tuple(problems), before, found, tuple(effects), count)


def _replaced(edition: Edition, rules: Rules) -> Edition | None:
    """What this file is compared with: its version in use, else the shipped programme it is named after."""
    same = rules.catalogue.by_id.get(edition.id)
    if same is not None:
        return same
    programmes = rules.catalogue.programmes()
    candidates = programmes.get(edition.programme) or programmes.get(edition.programme.removeprefix(OWN)) or []
    return edition_on(candidates, edition.since) or (candidates[-1] if candidates else None)


def keep_rule_file(
    session: Session, edition: Edition, text: str, *, body_id: int | None, by: Actor, at: datetime
) -> RuleFile:
    """Keep a rule file as a draft: it decides nothing yet."""
    kept = RuleFile(
        name=edition.id, title=edition.title[:300], text=text, body_id=body_id, uploaded_by=by.name, uploaded_at=at
    )
    session.add(kept)
    session.flush()
    _record(session, "funding.rules_uploaded", kept, by=by, at=at)
    return kept


def switch(session: Session, kept: RuleFile, *, on: bool, revision: int, by: Actor, at: datetime) -> None:
    """Put a rule file into use, or out of it; another version of the same name goes out of use.

    :raises Stale: when its state changed since the page was shown.
    """
    session.execute(select(RuleFile.id).where(RuleFile.name == kept.name).order_by(RuleFile.id).with_for_update())
    session.refresh(kept)  # one version of a name in use, whoever else is switching (PostgreSQL)
    if revision != kept.revision:
        raise Stale(_l("Quelqu’un d’autre a changé l’état de ce fichier entre-temps. Relisez la page."))
    if on:
        for other in queries.rule_files_on(session):
            if other.name == kept.name and other.id != kept.id:
                _turn(session, other, on=False, by=by, at=at)
    _turn(session, kept, on=on, by=by, at=at)


def _turn(session: Session, kept: RuleFile, *, on: bool, by: Actor, at: datetime) -> None:
    kept.state = RuleFileState.ON if on else RuleFileState.OFF
    kept.switched_by, kept.switched_at = by.name, at
    kept.revision += 1
    _record(session, "funding.rules_on" if on else "funding.rules_off", kept, by=by, at=at)


def put_away(session: Session, kept: RuleFile, *, away: bool, by: Actor, at: datetime) -> None:
    """Put a rule file in the trash, where it decides nothing, or take it out."""
    kept.trashed_at = at if away else None
    if away:
        kept.state = RuleFileState.OFF
    kept.revision += 1
    _record(session, "funding.rules_trashed" if away else "funding.rules_restored", kept, by=by, at=at)


def _record(session: Session, action: str, kept: RuleFile, *, by: Actor, at: datetime) -> None:
    record(session, action, by=by, at=at, body_id=kept.body_id, subject=("funding_rule_file", kept.id), name=kept.name)
