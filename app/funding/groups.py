"""The small groups of questions, one a page; their fields come from the vocabulary of the facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.funding.facts import LISTS, store_path
from app.rules.vocabulary.fields import COLLECTIONS, SECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.rules.vocabulary.fields import Field
    from app.rules.words import Words

HIDDEN = frozenset({"id", "part_of"})
"""Identifiers that refer from one list to another; no person is asked for them."""


@dataclass(frozen=True)
class Group:
    """One page. ``core`` are the facts always shown; the rest folds away unless something needs it.

    ``listed`` is the list that the page asks for, if any; ``section`` the section all of whose facts it holds.
    """

    key: str
    title: object
    intro: object
    core: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    listed: str = ""
    columns: tuple[str, ...] = ()
    least: int = 1


GROUPS = (
    Group(
        "domaines",
        _l("De quoi parle le projet"),
        _l("Cochez tout ce qui convient ; un seul domaine suffit."),
        core=("project.fields",),
    ),
    Group(
        "activites",
        _l("Ce que l’on y fait"),
        _l("Cochez tout ce qui convient."),
        core=("project.activities",),
    ),
    Group(
        "projet",
        _l("Le projet"),
        _l("Quelques questions par oui ou non."),
        core=("project.formal_twinning", "project.only_youth", "project.has_online_activities"),
        sections=("project",),
    ),
    Group(
        "dates",
        _l("Les dates"),
        _l("Quand le projet commence, finit, et quand la demande partira."),
        core=("project.start", "project.end", "submission.date"),
        sections=("submission",),
    ),
    Group(
        "demandeur",
        _l("Le demandeur"),
        _l("L’organisme qui signe la demande. Sa fiche remplit ce qu’elle sait."),
        core=("applicant.kind", "applicant.country", "applicant.non_profit", "applicant.is_first_time"),
        sections=("applicant",),
    ),
    Group(
        "partenaires",
        _l("Les partenaires"),
        _l("Les autres organismes du projet. Ceux du jumelage sont déjà là."),
        listed="partners",
        columns=("name", "kind", "country", "role"),
    ),
    Group(
        "rencontres",
        _l("Les rencontres"),
        _l("Où et quand les gens se voient."),
        listed="events",
        columns=("name", "country", "place", "start", "end", "mode"),
    ),
    Group(
        "participants",
        _l("Les participants"),
        _l("Une ligne par groupe semblable : même pays, même rôle. Un nombre prévu suffit."),
        core=("participants.total", "participants.invited"),
        listed="participants",
        columns=("country", "count", "role", "age_min", "age_max"),
        least=2,
    ),
    Group(
        "argent",
        _l("L’argent"),
        _l("En euros. Un ordre de grandeur aide déjà."),
        core=("money.total_cost", "money.eligible_cost", "money.requested", "money.own_cash", "money.other_income"),
        sections=("money",),
    ),
    Group(
        "documents",
        _l("Les documents"),
        _l("Ce qui est prêt, et ce qui ne l’est pas encore."),
        listed="documents",
        columns=("kind", "stage", "ready", "signed"),
    ),
    Group(
        "autres-aides",
        _l("Les autres aides de ce projet"),
        _l("Reçues ou demandées ailleurs : certaines ne se cumulent pas."),
        listed="fundings",
        columns=("programme", "funder", "level", "state", "amount", "same_costs"),
    ),
    Group(
        "demandes",
        _l("Les demandes déjà faites"),
        _l("Celles du demandeur pour d’autres projets ou d’autres années."),
        listed="requests",
        columns=("programme", "year", "state", "same_project", "amount"),
    ),
    Group(
        "trajets",
        _l("Les trajets"),
        _l("Utile pour les aides qui se comptent au kilomètre."),
        listed="journeys",
        columns=("transport", "from", "to", "km", "persons"),
    ),
    Group(
        "budget",
        _l("Le budget ligne par ligne"),
        _l("Facultatif : les totaux de la page « L’argent » suffisent le plus souvent."),
        listed="budget",
        columns=("side", "kind", "amount", "eligible"),
    ),
    Group(
        "autres-appels",
        _l("Les autres appels"),
        _l("Un autre appel du même financeur couvre-t-il déjà ce projet ?"),
        listed="other_calls",
        columns=("programme", "covers"),
    ),
    Group(
        "poste",
        _l("Poste et formation"),
        _l("Seulement pour l’aide à un emploi ou à une formation de bénévoles."),
        core=("post.units", "post.years", "training.trainees", "training.days"),
        sections=("post", "training", "score"),
    ),
    Group(
        "precisions",
        _l("Questions propres à un programme"),
        _l("Chacune n’est posée que par un programme ou deux."),
        sections=("answers",),
    ),
)
BY_KEY = {group.key: group for group in GROUPS}
_BY_LIST = {group.listed: group for group in GROUPS if group.listed}
_PEOPLE = ("count", "age_min", "age_max")


def group_of(path: str) -> Group:
    """The page that asks for a fact of the engine."""
    kept = store_path(path)
    for group in GROUPS:
        if kept in group.core:
            return group
    if kept in LISTS:
        return _BY_LIST[kept]
    section = kept.partition(".")[0]
    return next((group for group in GROUPS if section in group.sections), BY_KEY["projet"])


def scalars(group: Group, words: Words) -> tuple[str, ...]:
    """The facts of one value that a page may ask for, those always shown first."""
    found = list(group.core)
    for section in group.sections:
        found += [path for path in _paths(section, words) if path not in found and group_of(path) is group]
    return tuple(found)


def _paths(section: str, words: Words) -> Iterable[str]:
    if section == "answers":
        return [f"answers.{name}" for name in words.answers]
    fields = COLLECTIONS["organisations"] if section == "applicant" else SECTIONS[section]
    parts = [f"score.parts.{name}" for name in words.marks] if section == "score" else []
    return [f"{section}.{one.name}" for one in fields if one.name not in HIDDEN] + parts


def columns(group: Group) -> tuple[Sequence[str], Sequence[str]]:
    """The fields of a row: those always shown, and the others."""
    collection = "organisations" if group.listed == "partners" else group.listed
    names = [one.name for one in COLLECTIONS[collection] if one.name not in HIDDEN]
    if group.listed == "participants":
        names = [*_PEOPLE, *(name for name in names if name != "age")]
    return group.columns, [name for name in names if name not in group.columns]


def element_field(group: Group, name: str, words: Words) -> Field | None:
    """A field of the rows of a page."""
    collection = "organisations" if group.listed == "partners" else group.listed
    return words.element(collection, name)
