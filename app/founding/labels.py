"""The French words for codes of this room, in one place; and what each form of committee brings with it."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from app.founding.models import Attendance, FoundingForm, Stage

FORMS = {
    FoundingForm.ASSOCIATION: _l("Une association"),
    FoundingForm.SERVICE: _l("Une régie : un service de la commune"),
}
FORM_LEADS = {
    FoundingForm.ASSOCIATION: _l(
        "Des habitants se réunissent, écrivent leurs statuts, élisent leur bureau. "
        "La commune les aide par une convention."
    ),
    FoundingForm.SERVICE: _l(
        "Le conseil décide, le maire et ses adjoints conduisent, avec des habitants associés s’ils le souhaitent."
    ),
}
STAGES = {
    Stage.DELIBERATION: _l("La délibération"),
    Stage.STATUTES: _l("Les statuts"),
    Stage.ASSEMBLY: _l("L’assemblée constitutive"),
    Stage.DECLARATION: _l("La déclaration"),
    Stage.CONVENTION: _l("La convention avec la commune"),
}
STATES = {
    "done": _l("fait"),
    "now": _l("à faire"),
    "started": _l("commencé"),
    "later": _l("ensuite"),
    "none": _l("sans objet"),
}
TONES = {"done": "complete", "now": "pending", "started": "planned", "later": "plain", "none": "closed"}
ATTENDANCES = {
    Attendance.PRESENT: _l("présent·e"),
    Attendance.REPRESENTED: _l("représenté·e"),
    Attendance.ABSENT: _l("absent·e"),
}
TOWN_HALL = _l("la mairie")
FOUNDERS = _l("les fondateurs")
BOTH = _l("la mairie et les fondateurs")
CONFIDENCE = {"high": _l("texte lu"), "medium": _l("source secondaire"), "low": _l("usage")}


@dataclass(frozen=True)
class Consequence:
    """One matter, what it is like on each side, and on which text that stands."""

    matter: object
    association: object
    service: object
    source: str
    confidence: str


CONSEQUENCES = (
    Consequence(
        _l("Qui décide"),
        _l("Les membres en assemblée, puis leur conseil d’administration. La commune n’y commande pas."),
        _l("Le conseil municipal ; le maire et ses adjoints exécutent."),
        "CGCT L. 2121-29 ; loi du 1er juillet 1901",
        "high",
    ),
    Consequence(
        _l("L’argent"),
        _l(
            "Son propre budget : cotisations, dons, subventions. Elle en rend compte, "
            "et ne mélange jamais ses recettes avec celles de la commune."
        ),
        _l("Le budget de la commune seul. Les recettes passent par une régie de recettes et le comptable public."),
        "CGCT L. 1611-4",
        "high",
    ),
    Consequence(
        _l("Les contrats"),
        _l("Le président signe, en droit privé, au nom de l’association seule."),
        _l("Le maire signe, selon les règles de la commande publique."),
        "CGCT L. 2122-21",
        "medium",
    ),
    Consequence(
        _l("Qui répond d’un accident ou d’une faute"),
        _l("L’association et ses dirigeants : une assurance est indispensable."),
        _l("La commune."),
        "code civil art. 1240 et suivants",
        "medium",
    ),
    Consequence(
        _l("Au nom de qui"),
        _l(
            "En son propre nom. C’est la commune qui est jumelée : "
            "l’association n’agit pour elle que par une délégation écrite."
        ),
        _l("Au nom de la commune."),
        "CGCT L. 1115-1",
        "high",
    ),
    Consequence(
        _l("Si la majorité change"),
        _l("L’association continue ; mais un désaccord avec les élus peut la priver de moyens."),
        _l("Le jumelage dépend de l’équipe en place : tout peut s’arrêter par un vote."),
        "guide européen du jumelage, étape 3",
        "medium",
    ),
    Consequence(
        _l("Les habitants"),
        _l("Ils adhèrent, votent, se présentent : beaucoup de bras, et du temps."),
        _l("Associés à titre consultatif : commission extra-municipale, bénévoles d’un jour."),
        "guide européen du jumelage, étape 3",
        "medium",
    ),
    Consequence(
        _l("Le travail pour la créer"),
        _l("Cinq étapes : délibération, statuts, assemblée, déclaration, convention."),
        _l("Une délibération suffit."),
        "loi du 1er juillet 1901 ; CGCT L. 2121-29",
        "high",
    ),
)
"""What the guide (step 3) and the law say of each form; a table to read, not advice of a lawyer."""

RISKS = (
    (
        _l("Association transparente"),
        _l(
            "Si la commune la crée, la dirige et paie presque tout, le juge la tient pour un service de la commune : "
            "ses contrats et ses dettes deviennent ceux de la commune."
        ),
        "CE, 21 mars 2007, commune de Boulogne-Billancourt, nᵒ 281796",
        "medium",
    ),
    (
        _l("Gestion de fait"),
        _l(
            "Encaisser ou dépenser l’argent de la commune sans titre – les recettes d’une fête qu’elle organise, par "
            "exemple – engage la personne qui l’a fait, avec amende."
        ),
        "code des juridictions financières, art. L. 131-15",
        "medium",
    ),
)
