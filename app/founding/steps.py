"""The five steps of a founding as they stand on a day: state, date, who acts, what stands in the way.

Steps 3 to 5 of a régie do not apply, and say why. The order is the usual one; only what the law or common sense makes
impossible stands in the way.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _ln

from app.assemblies.models import Status as MeetingStatus
from app.conventions.models import Status
from app.council.labels import ACT_STATUSES
from app.council.meter import meter_of
from app.council.models import ActStatus
from app.founding import statutes
from app.founding.labels import BOTH, FOUNDERS, STAGES, TOWN_HALL
from app.founding.models import Stage
from app.founding.queries import is_local
from app.founding.reckoning import figure, founders_needed
from app.founding.services.statutes import clauses_of
from app.shared.clock import day_of
from app.shared.saying import euros, full_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from app.assemblies.models import Assembly
    from app.founding.models import Founding


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step: ``state`` is a key of the labels; ``hindrances`` say what comes first."""

    stage: Stage
    state: str
    sentence: object
    who: object
    day: date | None = None
    hindrances: tuple[object, ...] = ()

    @property
    def title(self) -> object:
        """What it is called."""
        return STAGES[self.stage]

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do here."""
        return self.state in {"done", "none"}


def steps_of(founding: Founding, *, on: date) -> list[Step]:
    """The five steps; the first that is not over is the one to take now."""
    if not founding.is_association:
        steps = [_deliberation(founding, on), *_of_service()]
    else:
        steps = [
            _deliberation(founding, on),
            _statutes(founding),
            _assembly(founding, on),
            _declaration(founding, on),
            _convention(founding),
        ]
    return _with_now(steps)


def now_step(steps: Sequence[Step]) -> Step | None:
    """The step to take now; None when all is done."""
    return next((step for step in steps if not step.is_over), None)


def deliberation_day(founding: Founding, on: date) -> date | None:
    """The day of the vote, once the deliberation may be executed, or as it was noted from paper."""
    act = founding.deliberation
    if act is not None and act.status == ActStatus.ADOPTED and meter_of(act, on).is_enforceable:
        return act.voted_on
    return founding.deliberated_on


def met_before(founding: Founding, on: date) -> object:
    """That the founders met before the council decided, where both days are noted; it is lawful, and often a slip."""
    voted, held = deliberation_day(founding, on), founding.held_on
    if voted is None or held is None or held >= voted:
        return ""
    return _l(
        "L’assemblée constitutive est notée au %(held)s, et la délibération au %(voted)s : d’ordinaire le conseil "
        "décide d’abord. Vérifiez ces deux jours ; s’ils sont justes, rien ne bloque.",
        held=full_day(held),
        voted=full_day(voted),
    )


def _with_now(steps: list[Step]) -> list[Step]:
    current = now_step(steps)
    return [replace(step, state="now") if step is current and step.state == "later" else step for step in steps]


def _deliberation(founding: Founding, on: date) -> Step:
    act, day = founding.deliberation, deliberation_day(founding, on)
    if day is not None:
        return Step(
            stage=Stage.DELIBERATION,
            state="done",
            sentence=_l("Votée le %(day)s.", day=full_day(day)),
            who=TOWN_HALL,
            day=day,
        )
    if act is None:
        sentence = _l("Le conseil municipal décide de créer le comité, et de ce qu’il attend de lui.")
        return Step(stage=Stage.DELIBERATION, state="later", sentence=sentence, who=TOWN_HALL)
    hindrances: tuple[object, ...] = ()
    if act.status in {ActStatus.REJECTED, ActStatus.WITHDRAWN}:
        hindrances = (_l("Le conseil ne l’a pas adoptée : préparez-en une autre."),)
    elif act.status == ActStatus.ADOPTED:
        hindrances = (meter_of(act, on).refusal,)
    sentence = _l("Le projet existe : %(state)s.", state=ACT_STATUSES[ActStatus(act.status)])
    return Step(stage=Stage.DELIBERATION, state="started", sentence=sentence, who=TOWN_HALL, hindrances=hindrances)


def _statutes(founding: Founding) -> Step:
    missing = statutes.blanks(clauses_of(founding), founding.fields, founding.own_words)
    hindrances: tuple[object, ...] = ()
    if missing:
        names = ", ".join(statutes.label_of(name, "fr") for name in missing)
        hindrances = (_l("Il reste à remplir : %(blanks)s.", blanks=names),)
    if founding.held_on is not None and founding.statutes_on is not None:
        sentence = _l("Adoptés le %(day)s par l’assemblée constitutive.", day=full_day(founding.held_on))
        return Step(stage=Stage.STATUTES, state="done", sentence=sentence, who=FOUNDERS, day=founding.held_on)
    if founding.statutes_on is not None:
        sentence = _l("Prêts le %(day)s. L’assemblée constitutive les adopte.", day=full_day(founding.statutes_on))
        return Step(stage=Stage.STATUTES, state="done", sentence=sentence, who=FOUNDERS, day=founding.statutes_on)
    if founding.clauses or founding.own_words:
        return Step(
            stage=Stage.STATUTES,
            state="started",
            sentence=_l("Le texte est commencé : relisez-le, puis déclarez-le prêt."),
            who=FOUNDERS,
            hindrances=hindrances,
        )
    return Step(
        stage=Stage.STATUTES,
        state="later",
        sentence=_l("Quelques questions courtes, et les statuts sont écrits ; chaque article se change."),
        who=FOUNDERS,
    )


def _assembly(founding: Founding, on: date) -> Step:
    if founding.held_on is not None:
        sentence = _l("Tenue le %(day)s : statuts adoptés, bureau élu.", day=full_day(founding.held_on))
        return Step(stage=Stage.ASSEMBLY, state="done", sentence=sentence, who=FOUNDERS, day=founding.held_on)
    needed, count = founders_needed(founding.body, on), len(founding.founders_now)
    hindrances: list[object] = []
    if count < needed.value:
        hindrances.append(
            _ln(
                "%(num)s fondateur noté : il en faut au moins %(needed)s (%(article)s).",
                "%(num)s fondateurs notés : il en faut au moins %(needed)s (%(article)s).",
                count,
                needed=needed.value,
                article=needed.article,
            )
        )
    if founding.statutes_on is None:
        hindrances.append(_l("Les statuts ne sont pas encore prêts."))
    if founding.assembly_at is not None:
        sentence = _said_of(founding.meeting) or _l(
            "Convoquée pour le %(day)s.", day=full_day(day_of(founding.assembly_at))
        )
        return Step(
            stage=Stage.ASSEMBLY,
            state="started",
            sentence=sentence,
            who=FOUNDERS,
            day=day_of(founding.assembly_at),
            hindrances=tuple(hindrances),
        )
    return Step(
        stage=Stage.ASSEMBLY,
        state="started" if count else "later",
        sentence=_l("Les fondateurs se réunissent, adoptent les statuts et élisent le bureau."),
        who=FOUNDERS,
        hindrances=tuple(hindrances),
    )


def _said_of(meeting: Assembly | None) -> object:
    """How far the assembly itself has come; nothing as long as it is only called."""
    match meeting.status if meeting is not None else "":
        case MeetingStatus.OPEN:
            return _l("Elle est en cours : ses présences et ses votes se notent sur sa page.")
        case MeetingStatus.CLOSED:
            return _l("Elle est close : reprenez ce qu’elle a décidé, et l’association est fondée.")
        case MeetingStatus.NO_QUORUM:
            return _l("Trop peu de fondateurs sont venus : convoquez-la de nouveau.")
        case MeetingStatus.CANCELLED:
            return _l("Elle a été annulée : convoquez-la de nouveau.")
        case MeetingStatus.DRAFT:
            return _l("Elle est préparée : envoyez la convocation depuis sa page, ou imprimez-la.")
        case _:
            return ""


def _declaration(founding: Founding, on: date) -> Step:
    local = is_local(founding.body)
    done_on = founding.registered_on if local else founding.published_on
    waits = _waits_for(founding, local=local, on=on)
    if done_on is not None and not waits:
        sentence = (
            _l("Inscrite au registre le %(day)s : l’association existe.", day=full_day(done_on))
            if local
            else _l("Publiée le %(day)s : l’association existe.", day=full_day(done_on))
        )
        return Step(stage=Stage.DECLARATION, state="done", sentence=sentence, who=FOUNDERS, day=done_on)
    sentence = (
        _l("L’inscription au registre des associations du tribunal lui donne la personnalité.")
        if local
        else _l("La déclaration au greffe des associations, puis la publication, lui donnent la personnalité.")
    )
    started = founding.filed_on is not None or founding.receipt_on is not None or done_on is not None
    return Step(
        stage=Stage.DECLARATION,
        state="started" if started else "later",
        sentence=sentence,
        who=FOUNDERS,
        day=founding.filed_on,
        hindrances=tuple(waits),
    )


def _waits_for(founding: Founding, *, local: bool, on: date) -> list[object]:
    if founding.held_on is None:
        return [_l("L’assemblée constitutive n’a pas encore eu lieu.")]
    if founding.filed_on is None and founding.receipt_on is None and founding.registered_on is None:
        return [_l("Le dossier n’est pas encore déposé.")]
    waits: list[object] = []
    if local:
        if founding.registered_on is None:
            waits.append(_l("L’inscription au registre n’est pas notée."))
        return waits
    if founding.receipt_on is None:
        days = figure("delai_recepisse_jours", on)
        waits.append(
            _l(
                "Le récépissé n’est pas noté : il vient dans les %(days)s jours d’un dossier complet (%(article)s).",
                days=days.value,
                article=days.article,
            )
        )
    if not founding.committee.rna:
        waits.append(_l("Le numéro RNA n’est pas noté : il figure sur le récépissé."))
    if founding.published_on is None:
        waits.append(_l("La publication au Journal officiel n’est pas notée."))
    return waits


def _convention(founding: Founding) -> Step:
    held = founding.convention
    if founding.convention_on is not None:
        sentence = _l("Signée le %(day)s.", day=full_day(founding.convention_on))
        return Step(stage=Stage.CONVENTION, state="done", sentence=sentence, who=BOTH, day=founding.convention_on)
    if held is not None and held.status == Status.SIGNED:
        return Step(stage=Stage.CONVENTION, state="done", sentence=_l("Signée."), who=BOTH, day=day_of(held.changed_at))
    hindrances = (
        () if _exists(founding) else (_l("L’association n’a pas encore la personnalité : elle ne peut rien signer."),)
    )
    threshold = figure("seuil_convention_subvention")
    sentence = _l(
        "Elle dit les missions, les moyens et les comptes rendus ; "
        "obligatoire au-delà de %(most)s par an (%(article)s).",
        most=euros(Decimal(threshold.value)),
        article=threshold.article,
    )
    return Step(
        stage=Stage.CONVENTION,
        state="started" if held is not None else "later",
        sentence=sentence,
        who=BOTH,
        hindrances=hindrances,
    )


def _exists(founding: Founding) -> bool:
    return (founding.registered_on if is_local(founding.body) else founding.published_on) is not None


def _of_service() -> list[Step]:
    why = {
        Stage.STATUTES: _l(
            "Une régie n’est pas une personne : elle n’a pas de statuts. La délibération dit ses règles."
        ),
        Stage.ASSEMBLY: _l("Personne n’y adhère : il n’y a pas d’assemblée. Des habitants peuvent être associés."),
        Stage.DECLARATION: _l("Rien ne se déclare : le service appartient à la commune."),
        Stage.CONVENTION: _l("La commune ne signe pas avec elle-même : ses moyens se votent au budget."),
    }
    return [Step(stage=stage, state="none", sentence=text, who=TOWN_HALL) for stage, text in why.items()]
