"""What a person may do at each step, and which documents it has: labels and addresses for the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from app.access.gate import may
from app.assemblies.models import Status
from app.assemblies.policy import AssemblyAction
from app.bodies.panels import PanelLink
from app.conventions.policy import ConventionAction
from app.council.policy import CouncilAction
from app.extensions import db
from app.founding.models import Stage
from app.founding.papers import needs_mandate
from app.founding.policy import FoundingAction
from app.founding.queries import NOMINATIVE, is_local
from app.founding.services.enrolling import not_enrolled
from app.members.policy import MemberAction
from app.members.queries.roll import Roll

if TYPE_CHECKING:
    from app.assemblies.models import Assembly
    from app.founding.models import Founding
    from app.founding.steps import Step


@dataclass(frozen=True, kw_only=True)
class StepAction:
    """A verb: a page to open, or a button that does it at once."""

    label: str
    url: str
    is_post: bool = False


def actions_of(founding: Founding, step: Step) -> list[StepAction]:
    """The verbs of a step for the person of this request, the main one first."""
    if step.state == "none" or founding.trashed_at is not None:
        return []
    if step.stage is Stage.DELIBERATION:
        return _deliberation(founding, is_over=step.is_over)
    return _ACTIONS[step.stage](founding)


def _url(endpoint: str, founding: Founding) -> str:
    return url_for(f"founding.{endpoint}", founding_id=founding.id)


def _deliberation(founding: Founding, *, is_over: bool) -> list[StepAction]:
    made: list[StepAction] = []
    if founding.deliberation is not None and may(CouncilAction.READ_ACT, founding.deliberation):
        made.append(StepAction(label=_("Voir la délibération"), url=url_for("council.act", act_id=founding.act_id)))
    if may(FoundingAction.DECIDE, founding):
        if founding.deliberation is None and not is_over:
            made.append(
                StepAction(
                    label=_("Écrire le projet de délibération"), url=_url("draft_deliberation", founding), is_post=True
                )
            )
        label = _("Corriger ce qui est noté") if is_over else _("Elle existe déjà")
        made.append(StepAction(label=label, url=_url("deliberation", founding)))
    return made


def _statutes(founding: Founding) -> list[StepAction]:
    made = [StepAction(label=_("Lire les statuts"), url=_url("statutes", founding))]
    if may(FoundingAction.EDIT, founding) and founding.held_on is None:
        made.insert(0, StepAction(label=_("Répondre aux questions"), url=_url("answer_statutes", founding)))
    return made


def _assembly(founding: Founding) -> list[StepAction]:
    made = []
    if may(FoundingAction.SEE_FOUNDERS, founding):
        made.append(StepAction(label=_("Les fondateurs"), url=_url("founders", founding)))
    if may(FoundingAction.EDIT, founding) and founding.held_on is None:
        made += _meeting(founding)
    elif may(FoundingAction.EDIT, founding) and founding.held_on is not None:
        if not (founding.filed_on or founding.receipt_on or founding.registered_on or founding.published_on):
            made.append(
                StepAction(label=_("Corriger ce qui est consigné"), url=_url("take_back", founding), is_post=True)
            )
        made += _members(founding)
    return made


def _members(founding: Founding) -> list[StepAction]:
    """The founders become members, for who keeps the association's own list."""
    if not may(MemberAction.KEEP, Roll(founding.committee)) or not not_enrolled(db.session(), founding):
        return []
    return [
        StepAction(label=_("Inscrire les fondateurs comme membres"), url=_url("enrol_founders", founding), is_post=True)
    ]


def _meeting(founding: Founding) -> list[StepAction]:
    """What may be done now with the constitutive assembly; it is held on its own page, or written down afterwards."""
    meeting = founding.meeting
    call = StepAction(label=_("Convoquer"), url=_url("call", founding))
    hold = StepAction(label=_("Elle s’est tenue sur papier : la consigner"), url=_url("hold", founding))
    if meeting is None:
        return [call, hold]
    page = url_for("assemblies.page", assembly_id=meeting.id)
    match meeting.status:
        case Status.DRAFT | Status.CONVENED:
            there = StepAction(label=_("Ordre du jour, convocations, présences"), url=page)
            return [there, StepAction(label=_("Changer le jour ou le lieu"), url=call.url), hold]
        case Status.OPEN:
            return [StepAction(label=_("Tenir l’assemblée"), url=page)]
        case Status.CLOSED:
            taken = StepAction(label=_("Reprendre ses décisions"), url=_url("take_over", founding))
            return [taken, StepAction(label=_("Voir l’assemblée"), url=page)]
        case _:
            return [
                StepAction(label=_("Convoquer de nouveau"), url=call.url),
                StepAction(label=_("Voir la réunion"), url=page),
            ]


def _declaration(founding: Founding) -> list[StepAction]:
    return [StepAction(label=_("Les pièces et le suivi"), url=_url("declaration", founding))]


def _convention(founding: Founding) -> list[StepAction]:
    held = founding.convention
    if held is not None and may(ConventionAction.VIEW, held):
        return [StepAction(label=_("Voir la convention"), url=url_for("conventions.page", convention_id=held.id))]
    if may(FoundingAction.EDIT, founding):
        return [StepAction(label=_("Préparer la convention"), url=_url("convention", founding))]
    return []


_ACTIONS = {
    Stage.STATUTES: _statutes,
    Stage.ASSEMBLY: _assembly,
    Stage.DECLARATION: _declaration,
    Stage.CONVENTION: _convention,
}


def documents_of(founding: Founding, step: Step) -> list[PanelLink]:
    """The documents of a step that the person may open."""
    if step.state == "none":
        return []
    sees_founders = may(FoundingAction.SEE_FOUNDERS, founding)

    def papers(*named: tuple[str, str]) -> list[PanelLink]:
        return [
            PanelLink(label=label, url=url_for("founding.document", founding_id=founding.id, document=name))
            for name, label in named
            if sees_founders or name not in NOMINATIVE
        ]

    match step.stage:
        case Stage.DELIBERATION if founding.deliberation is not None and may(
            CouncilAction.READ_ACT, founding.deliberation
        ):
            url = url_for("council.act_document", act_id=founding.act_id, document="deliberation")
            return [PanelLink(label=_("Délibération (PDF)"), url=url)]
        case Stage.STATUTES:
            return [
                *papers(("statuts", _("Statuts (PDF)"))),
                *(PanelLink(label=label, url=url_for("founding.statutes_file", founding_id=founding.id, form=form))
                  for form, label in (("docx", _("Statuts (Word)")), ("odt", _("Statuts (OpenDocument)")))),
            ]  # fmt: skip
        case Stage.ASSEMBLY:
            held = founding.meeting
            return [
                *_in_its_room(held),
                *papers(
                    ("convocation", _("Convocation (PDF)")),
                    ("feuille-de-presence", _("Feuille de présence (PDF)")),
                    ("proces-verbal", _("Procès-verbal (PDF)")),
                ),
            ]
        case Stage.DECLARATION:
            asked = [("inscription", _("Demande d’inscription (PDF)"))] if is_local(founding.body) else []
            return papers(
                ("pieces", _("Liste des pièces (PDF)")),
                *asked,
                ("dirigeants", _("Liste des dirigeants (PDF)")),
                *([("mandat", _("Mandat pour déclarer (PDF)"))] if needs_mandate(founding) else []),
            )
        case _:
            return []


def _in_its_room(held: Assembly | None) -> list[PanelLink]:
    """The way to the assembly itself: who was there, what was voted, who was elected."""
    if held is None or not may(AssemblyAction.VIEW, held):
        return []
    return [PanelLink(label=_("L’assemblée constitutive"), url=url_for("assemblies.page", assembly_id=held.id))]
