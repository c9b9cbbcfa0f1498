"""Runs every check on a case and tells the answer, for machines and for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import app.law.checks  # noqa: F401  # fills the register
from app.law import results, tables
from app.law.findings import REGISTER, apart
from app.law.situation import Situation
from app.law.words import french

if TYPE_CHECKING:
    from datetime import date

    from app.law.findings import Finding, Status
    from app.law.tables import CheckRule, Severity
    from app.law.vocabulary.case import Case, Override

_WORST: tuple[Status, ...] = ("not_ok", "unknown", "ok", "not_applicable")
_GRAVEST: tuple[Severity, ...] = ("blocking", "warning", "information")
_SUBJECTS = {
    "meeting": "de séance",
    "item": "de point de l'ordre du jour qui la concerne",
    "council": "de conseil",
    "act": "d'acte qui la concerne",
    "text": "de texte à signer qui la concerne",
    "subsidy": "de subvention",
    "association": "d'association qui la concerne",
    "wording": "de texte à relire (wording)",
    "member_list": "de liste de membres",
    "kept_data": "de données conservées",
    "mission": "de voyage payé par la commune",
    "tour": "de voyage de l'association",
    "stay": "de séjour qui la concerne",
    "export": "de lignes à publier",
}


@dataclass(frozen=True)
class CheckAnswer:
    """One check, and what it found on each subject (the worst makes its status)."""

    rule: CheckRule
    findings: tuple[Finding, ...]
    asked: Override | None = None

    @property
    def override(self) -> Override | None:
        """The reason that goes past this check; none goes past what no reason covers."""
        return self.asked if self.may_pass else None

    @property
    def may_pass(self) -> bool:
        """Whether a reason may go past this check: what cannot be true is not made true by one."""
        return self.rule.override == "reason" and not any(one.is_final for one in self.worst)

    @property
    def status(self) -> Status:
        """The worst of the subjects: not_ok, unknown, ok, not_applicable."""
        return next(status for status in _WORST if any(one.status == status for one in self.findings))

    @property
    def worst(self) -> list[Finding]:
        """The findings that make the status."""
        return [one for one in self.findings if one.status == self.status]

    def severity_of(self, finding: Finding) -> Severity:
        """How grave a finding is: what is disputed or little known never blocks."""
        told = finding.severity or self.rule.severity
        is_weak = finding.is_disputed or self.rule.confidence == "low"
        return "warning" if told == "blocking" and is_weak else told

    @property
    def severity(self) -> Severity:
        """The gravest of the worst findings."""
        told = {self.severity_of(one) for one in self.worst}
        return next(severity for severity in _GRAVEST if severity in told)

    @property
    def is_blocking(self) -> bool:
        """Whether something is forbidden until mended or overridden."""
        return self.status == "not_ok" and self.severity == "blocking" and self.override is None

    @property
    def dates(self) -> dict[str, date]:
        """The dates of the worst findings; of all, where those have none."""
        found: dict[str, date] = {}
        for one in [one for one in self.worst if one.dates] or self.findings:
            for name, day in one.dates.items():
                found.setdefault(name, day)
        return found


@dataclass(frozen=True)
class Answer:
    """All the checks on a case, and the values worked out on the way."""

    checks: tuple[CheckAnswer, ...]
    results: dict[str, Any]

    def __getitem__(self, id_: str) -> CheckAnswer:
        """Return a check by its number."""
        return next(one for one in self.checks if one.rule.id == id_)


def judge(case: Case) -> Answer:
    """Run C01 to C58 on the facts of a case."""
    situation = Situation(case)
    rules = tables.local_check_rules() if situation.is_local else tables.check_rules()
    overrides = {one.check: one for one in case.overrides or ()}
    checks = tuple(
        CheckAnswer(rule, tuple(REGISTER[id_](situation)) or (_nothing(rule),), overrides.get(id_))
        for id_, rule in rules.items()
    )
    return Answer(checks, results.of(situation))


def _nothing(rule: CheckRule) -> Finding:
    return apart(f"Rien à vérifier : les faits ne décrivent pas {_SUBJECTS[rule.about]}.")


def as_json(answer: Answer) -> dict[str, Any]:
    """Return the answer as plain values: ``checks[]``, ``results``, ``summary``."""
    return {
        "checks": [_check(one) for one in answer.checks],
        "results": answer.results,
        "summary": _summary(answer),
    }


def _check(one: CheckAnswer) -> dict[str, Any]:
    worst = one.worst
    told: dict[str, Any] = {
        "id": one.rule.id,
        "title": french(one.rule.title),
        "status": one.status,
        "severity": one.severity,
        "sentence": " ".join(dict.fromkeys(finding.sentence for finding in worst)),
        "article": next((finding.article for finding in worst if finding.article), one.rule.article),
        "confidence": one.rule.confidence,
        "conflict": any(finding.is_disputed for finding in worst),
        "dates": {name: day.isoformat() for name, day in one.dates.items()},
        "missing": list(dict.fromkeys(path for finding in one.findings for path in finding.missing)),
        "may_override": one.may_pass,
        "override_note": french(one.rule.override_note),
        "cases": [_case(one, finding) for finding in one.findings],
    }
    if one.override and one.status == "not_ok":
        by = one.override
        told["override"] = _reason(by)
    elif one.asked and one.status == "not_ok":
        told["override_refused"] = _reason(one.asked)
    return told


def _reason(by: Override) -> dict[str, str | None]:
    return {"reason": by.reason, "author": by.author, "on": by.on.isoformat() if by.on else None}


def _case(one: CheckAnswer, finding: Finding) -> dict[str, Any]:
    return {
        "at": finding.at,
        "status": finding.status,
        "severity": one.severity_of(finding),
        "sentence": finding.sentence,
        "dates": {name: day.isoformat() for name, day in finding.dates.items()},
        "missing": list(finding.missing),
    }


def _summary(answer: Answer) -> dict[str, list[str]]:
    def ids(status: str, severity: str | None = None) -> list[str]:
        return [
            one.rule.id
            for one in answer.checks
            if one.status == status and (severity is None or one.severity == severity) and one.override is None
        ]

    return {
        "blocking": ids("not_ok", "blocking"),
        "warning": ids("not_ok", "warning"),
        "information": ids("not_ok", "information"),
        "overridden": [one.rule.id for one in answer.checks if one.override and one.status == "not_ok"],
        "unknown": ids("unknown"),
        "ok": ids("ok"),
        "not_applicable": ids("not_applicable"),
    }
