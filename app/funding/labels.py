"""What this room's codes read as: a word and a mark for each state, so that colour is never alone."""

from __future__ import annotations

from datetime import date

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.funding.models import RuleFileState
from app.funding.overview import Group
from app.law.words import french as set_as_french
from app.shared.saying import said

GROUPS = {
    Group.ELIGIBLE: (_l("Possible"), _l("Le projet remplit toutes les règles.")),
    Group.NEARLY: (_l("Presque"), _l("Un seul changement ouvrirait la porte.")),
    Group.TO_CHECK: (_l("À vérifier"), _l("Il manque une réponse, ou les sources ne s’accordent pas.")),
    Group.NOT_ELIGIBLE: (_l("Pas possible en l’état"), _l("Une règle au moins n’est pas remplie.")),
    Group.NOT_CONCERNED: (_l("Sans rapport avec ce projet"), _l("Ces programmes s’adressent à d’autres projets.")),
}
HELPERS = (_l("Conseils et interlocuteurs"), _l("Ils ne versent pas d’argent, ou leurs règles sont ailleurs."))
CLOSED = (_l("Appels clos"), _l("Ils ne prennent plus de demande ; le suivant leur ressemble souvent."))
VERDICTS = {
    "eligible": _l("Éligible"),
    "not_eligible": _l("Non éligible"),
    "to_check": _l("À vérifier"),
    "not_concerned": _l("Non concerné"),
}
VERDICT_TONES = {"eligible": "done", "not_eligible": "stop", "to_check": "wait", "not_concerned": "plain"}
STATUSES = {
    "met": _l("remplie"),
    "not_met": _l("non remplie"),
    "unknown": _l("à préciser"),
    "not_applicable": _l("sans objet"),
}
STATUS_TONES = {"met": "done", "not_met": "stop", "unknown": "wait", "not_applicable": "plain"}
MARKS = {"met": "✓", "not_met": "✗", "unknown": "?", "not_applicable": "–"}
SEVERITIES = {
    "bloquant": _l("règle qui décide"),
    "avertissement": _l("normalement demandé"),
    "information": _l("pour information"),
}
CONFIDENCES = {
    "A": _l("texte officiel"),
    "B": _l("résumé d’un tiers"),
    "C": _l("déduit"),
    "G": _l("guide de jumelage"),
    "U": _l("non vérifié"),
}
ROLES = {
    "formula": _l("s’ajoute"),
    "cap": _l("plafond"),
    "floor": _l("plancher"),
    "payable_from": _l("minimum payé"),
}
EDITION_KINDS = {
    "cash": _l("aide en argent"),
    "advice": _l("conseil, sans argent"),
    "information": _l("pour information"),
    "contact": _l("interlocuteur"),
}
RULE_FILE_STATES = {
    RuleFileState.DRAFT: _l("à l’essai"),
    RuleFileState.ON: _l("en service"),
    RuleFileState.OFF: _l("hors service"),
}
RULE_FILE_TONES = {RuleFileState.DRAFT: "wait", RuleFileState.ON: "done", RuleFileState.OFF: "plain"}
WINDOWS = {
    "open": _l("ouvert"),
    "coming": _l("à venir"),
    "unknown": _l("dates à vérifier"),
    "closed": _l("clos"),
}
WINDOW_TONES = {"open": "done", "coming": "info", "unknown": "wait", "closed": "plain"}


def day(iso: str) -> str:
    """A day of a kept answer, in the language of the page."""
    return said(date.fromisoformat(iso))


def french(text: str) -> str:
    """What the rules say, set as French is set, and marked where the page speaks another language (WCAG 3.1.2)."""
    locale, said = get_locale(), set_as_french(text)
    if not said or locale is None or locale.language == "fr":
        return said
    return Markup('<span lang="fr">{}</span>').format(said)
