"""The French words for stages, events and duties, in one place; and the usual order of stages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.twinnings.models import Duty, EventKind, Stage

if TYPE_CHECKING:
    from app.twinnings.models import TwinningEvent, TwinningKind

STAGE_NAMES = {
    Stage.IDEA: _l("Idée"),
    Stage.SEARCH: _l("Recherche d’un partenaire"),
    Stage.CONTACT: _l("Premiers contacts"),
    Stage.VISIT: _l("Visites"),
    Stage.VOTE: _l("Vote des conseils"),
    Stage.FIRST_OATH: _l("Premier serment"),
    Stage.SECOND_OATH: _l("Second serment"),
    Stage.ACTIVE: _l("Actif"),
    Stage.DORMANT: _l("En sommeil"),
    Stage.SUSPENDED: _l("Suspendu"),
    Stage.ENDED: _l("Terminé"),
}
STAGE_HINTS = {
    Stage.IDEA: _l("On en parle, rien n’est décidé."),
    Stage.SEARCH: _l("On cherche une ville, on compare."),
    Stage.CONTACT: _l("Lettres et visioconférences avec la ville pressentie."),
    Stage.VISIT: _l("Les délégations se sont rencontrées."),
    Stage.VOTE: _l("Un conseil a voté le principe."),
    Stage.FIRST_OATH: _l("Le serment est signé dans une première ville : dites laquelle."),
    Stage.SECOND_OATH: _l("Le serment est signé dans l’autre ville : dites laquelle."),
    Stage.ACTIVE: _l("Les échanges ont lieu."),
    Stage.DORMANT: _l("Le lien existe, plus rien ne se passe."),
    Stage.SUSPENDED: _l("Mis en pause pour une raison, à revoir un jour dit."),
    Stage.ENDED: _l("Une décision y a mis fin."),
}
EVENT_NAMES = {
    EventKind.STAGE: _l("Étape"),
    EventKind.SIGNATURE: _l("Signature"),
    EventKind.RENEWAL: _l("Renouvellement"),
    EventKind.ANNIVERSARY: _l("Anniversaire fêté"),
    EventKind.CONTACT: _l("Contact"),
    EventKind.VISIT: _l("Visite ou rencontre"),
    EventKind.DECISION: _l("Décision"),
    EventKind.GIFT: _l("Don ou symbole"),
    EventKind.NOTE: _l("Souvenir ou note"),
}
DUTY_NAMES = {
    Duty.COORDINATOR: _l("Coordination"),
    Duty.SIGNATORY: _l("Signataire"),
    Duty.INTERPRETER: _l("Interprète"),
    Duty.CONTACT: _l("Contact"),
}
KIND_NAMES = {
    "jumelage": _l("Jumelage"),
    "pacte": _l("Pacte d’amitié"),
    "partenariat": _l("Partenariat"),
    "cooperation": _l("Coopération décentralisée"),
}
THEMES = {
    "culture": _l("Art et culture"),
    "ecoles": _l("Écoles"),
    "jeunesse": _l("Jeunesse"),
    "sport": _l("Sport"),
    "economie": _l("Économie locale"),
    "environnement": _l("Environnement"),
    "europe": _l("Europe et citoyenneté"),
    "memoire": _l("Mémoire et paix"),
    "solidarite": _l("Solidarité"),
    "patrimoine": _l("Patrimoine et tourisme"),
    "langues": _l("Langues"),
    "sante": _l("Santé et âge"),
}
OATHS = frozenset({Stage.FIRST_OATH, Stage.SECOND_OATH})
PATH = (
    Stage.IDEA,
    Stage.SEARCH,
    Stage.CONTACT,
    Stage.VISIT,
    Stage.VOTE,
    Stage.FIRST_OATH,
    Stage.SECOND_OATH,
    Stage.ACTIVE,
)
"""The usual way; real ones jump, turn back and start in the middle."""


def kind_label(kind: TwinningKind) -> str:
    """The name of a kind: translated when it is one of ours and still has our name."""
    ours = KIND_NAMES.get(kind.code)
    return str(ours) if ours is not None and kind.label == _FRENCH[kind.code] else kind.label


_FRENCH = {
    "jumelage": "Jumelage",
    "pacte": "Pacte d’amitié",
    "partenariat": "Partenariat",
    "cooperation": "Coopération décentralisée",
}


def stage_name(stage: str) -> str:
    """The name of a stage."""
    return str(STAGE_NAMES[Stage(stage)])


def event_title(event: TwinningEvent) -> str:
    """What a point of the timeline is called: its own title, else its stage or kind, with the place of an oath."""
    if event.title:
        return event.title
    if event.kind != EventKind.STAGE:
        return str(EVENT_NAMES[EventKind(event.kind)])
    if event.place:
        return str(_l("%(stage)s à %(place)s", stage=STAGE_NAMES[Stage(event.stage)], place=event.place))
    return stage_name(event.stage)


def theme_name(theme: str) -> str:
    """A theme: one of ours, else as it was written."""
    return str(THEMES.get(theme, theme))
