"""Kept checks, ticks, own rule files and calendars of deadlines for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from app.actions.models import write_value
from app.funding import catalogue
from app.funding.facts import project_facts
from app.funding.models import DeadlineFeed, RuleFile, Tick
from app.funding.overview import told_by
from app.funding.services.checks import KeepCheck, keep_check
from app.shared.actor import Actor

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.actions.models import Project
    from app.bodies.models import Body
    from app.funding.models import Check

LONG_AGO = datetime(2026, 1, 5, 12, tzinfo=UTC)
SOMEBODY = Actor(None, "Essai")
OWN_RULES = """\
programme = "local-essai"
edition = "2026"
title = "Fonds d’essai"
kind = "cash"
funder = "Commune d’essai"
summary = "Une petite aide inventée pour essayer."
since = 2026-01-01
consulted = 2026-10-01
expires = 2036-12-31

[window]
rolling = true
source = "R1"

[sources.R1]
title = "Règlement d’essai"
url = "https://exemple.test/reglement"
confidence = "A"

[[criteria]]
id = "cout"
label = "Coût total"
says = "Le projet coûte au moins 1 000 euros."
severity = "bloquant"
source = "R1"
condition = "between"
value = "money.total_cost"
min = "1000 EUR"

[[criteria]]
id = "esprit"
label = "Esprit"
says = "Le projet est ouvert à tous les habitants."
severity = "information"
source = "R1"
condition = "note"

[amount]

[[amount.lines]]
id = "forfait"
says = "Forfait"
role = "formula"
value = "500 EUR"
source = "R1"

[conform]
money = { total_cost = 2000 }

[[examples]]
name = "Mille euros suffisent"
set = { "money.total_cost" = 1000 }
verdict = "eligible"

[[examples]]
name = "En dessous, non"
set = { "money.total_cost" = 999 }
verdict = "not_eligible"

[[examples]]
name = "Sans le coût, à vérifier"
unset = ["money.total_cost"]
verdict = "to_check"
"""


def make_check(
    session: Session,
    project: Project,
    programme: str = "cerv-jumelage",
    edition: str = "2024",
    on: date = date(2026, 11, 22),
) -> Check:
    """A kept check of a project against a shipped edition."""
    rules = catalogue.shipped()
    found = rules.edition(programme, edition)
    assert found is not None
    known = project_facts(project)
    facts, _problems = known.read(rules.catalogue.words)
    command = KeepCheck(
        edition=found.id,
        title=found.title,
        told=told_by(rules, found, facts, today=on),
        facts=write_value(dict(known.plain)),
        sources={},
        files=rules.files_of(found),
        on=on,
    )
    kept = keep_check(session, project, command, by=SOMEBODY, at=LONG_AGO)
    session.commit()
    return kept


def make_tick(session: Session, project: Project, **given: Any) -> Tick:
    """A condition that somebody attested."""
    fields = {"edition": "cerv-jumelage/2024", "condition": "jumelage", "says": "Jumelage signé", "ticked_by": "Essai"}
    tick = Tick(project_id=project.id, ticked_at=LONG_AGO, **{**fields, **given})
    session.add(tick)
    session.commit()
    return tick


def make_rule_file(session: Session, body: Body | None = None, **given: Any) -> RuleFile:
    """A rule file of this installation, a draft."""
    fields = {"name": "local-essai/2026", "title": "Fonds d’essai", "text": OWN_RULES, "uploaded_by": "Essai"}
    kept = RuleFile(body_id=body.id if body else None, uploaded_at=LONG_AGO, **{**fields, **given})
    session.add(kept)
    session.commit()
    return kept


def make_deadline_feed(session: Session, **given: Any) -> DeadlineFeed:
    """An open calendar of deadlines."""
    fields = {"token": "e" * 32, "label": "Dates limites", "created_by_name": "Essai", "created_at": LONG_AGO}
    feed = DeadlineFeed(**{**fields, **given})
    session.add(feed)
    session.commit()
    return feed
