"""What the council says of a text: whether it may be signed, where it stands after the vote, that it is signed."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from app.access.gate import may
from app.conventions.guards import Hindrance, Standing
from app.conventions.models import Status
from app.conventions.queries import newest_project, originals_made
from app.conventions.queries.words import seal_now
from app.council.contests import FOR_GOOD, contest_of, happened
from app.council.meter import ENDED, meter_of
from app.council.models import ActEventKind, ActStatus
from app.council.policy import CouncilAction
from app.council.queries import acts_on_convention, adopted_on_conventions
from app.council.services.clearing import refusal_of
from app.council.services.overriding import Override, override_check, override_note
from app.shared import clock
from app.shared.saying import full_day

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.conventions.guards import GoPast, Question
    from app.council.models import Act
    from app.council.services.convening import NotLawful
    from app.shared.actor import Actor

_OVER = frozenset({ActStatus.REJECTED, ActStatus.WITHDRAWN})


def council_guard(session: Session, question: Question) -> Hindrance | None:
    """Hold the signature back while no deliberation lets these words be signed.

    A text on which no council was asked is left to the named person who answers for it. Where several councils were
    asked, each lets its own mayor sign; that all have signed takes each of those that voted.
    """
    acts = [act for act in acts_on_convention(session, question.version.convention_id) if act.status not in _OVER]
    voted = [act for act in acts if act.status == ActStatus.ADOPTED]
    by_body = groupby(sorted(voted or acts, key=lambda act: act.body_id), key=lambda act: act.body_id)
    found = [_held_back(session, list(of_body), question) for _body, of_body in by_body]
    blocked = [one for one in found if one is not None]
    if not blocked or (len(blocked) < len(found) and not question.by_all):
        return None
    return blocked[0]


def _held_back(session: Session, acts: Sequence[Act], question: Question) -> Hindrance | None:
    """What one council says, by the act that lets the words be signed, else by its latest."""
    same = [act for act in acts if act.sealed_sha256 == question.version.sha256]
    refusals = [(act, refusal_of(session, act, question.on, beside=acts)) for act in same]
    if any(refused is None for _act, refused in refusals):
        return None
    act, refused = max(refusals, key=lambda one: one[0].id, default=(acts[0], None))
    if refused is not None:
        may_pass = act.status == ActStatus.ADOPTED and not refused.is_final and may(CouncilAction.EDIT_ACT, act)
        go_past = _passing(act, refused) if may_pass else None
        return Hindrance(
            refused.sentence, _("Voir la délibération"), address(act), override_note(refused.check_id), go_past
        )
    meter = meter_of(act, question.on)
    sentence = (
        _("Ce n’est pas le texte que le conseil a voté : préparez l’original depuis la délibération.")
        if meter.is_enforceable
        else meter.refusal
    )
    return Hindrance(sentence, _("Voir la délibération"), address(act))


def address(act: Act) -> str:
    """Where the act is read, by those who may."""
    return url_for("council.act", act_id=act.id) if may(CouncilAction.READ_ACT, act) else ""


def _passing(act: Act, refused: NotLawful) -> GoPast:
    def go_past(session: Session, reason: str, by: Actor, at: datetime) -> None:
        command = Override(check_id=refused.check_id, reason=reason, sentence=str(refused), act_id=act.id)
        override_check(session, act.body_id, command, by=by, at=at)

    return go_past


def council_standings(session: Session, convention_ids: Collection[int]) -> dict[int, Standing]:
    """Where voted texts stand: still to be made enforceable, to be cleared, withheld."""
    by_text: dict[int, list[Act]] = {}
    for act in adopted_on_conventions(session, convention_ids) if convention_ids else ():
        if act.convention_id is not None:
            by_text.setdefault(act.convention_id, []).append(act)
    frozen = newest_project(session, by_text)
    changing = [number for number, acts in by_text.items() if _is_in_writing(acts, frozen.get(number, ""))]
    originals = originals_made(session, changing) if changing else {}
    today = clock.today()
    made = {
        number: _changed(session, acts, originals, today)
        if number in changing
        else _standing(session, acts, frozen.get(number, ""), today)
        for number, acts in by_text.items()
    }
    return {number: standing for number, standing in made.items() if standing is not None}


def _is_in_writing(acts: Sequence[Act], frozen: str) -> bool:
    """Whether the text of these acts is being written again, or was frozen in words that no council voted yet."""
    text = acts[0].convention
    if text is None or text.status not in {Status.DRAFT, Status.SUBMITTED}:
        return False
    return text.status == Status.DRAFT or not any(act.sealed_sha256 == frozen for act in acts)


def _changed(
    session: Session, acts: Sequence[Act], originals: Mapping[tuple[int, str], int], today: date
) -> Standing | None:
    """A text that somebody writes again after its vote: the voted words are those that are signed, and they alone."""
    text = acts[0].convention
    now = seal_now(session, text) if text is not None else ""
    for act in acts:
        stopped = contest_of(act, today).stopped_by
        if act.sealed_sha256 == now or (stopped is not None and stopped.kind in FOR_GOOD):
            continue
        refused = refusal_of(session, act, today, beside=acts)
        if refused is not None and refused.is_final:
            continue
        number = originals.get((act.convention_id or 0, act.sealed_sha256))
        if number is None:
            return _voted_otherwise(act)
        if refused is not None:
            return _said(act, refused.sentence, state=_("signature retenue"), tone="stop", holds_back=True)
        return _still_to_sign(act, number)
    return None


def _still_to_sign(act: Act, number: int) -> Standing:
    sentence = _(
        "Ce texte a changé depuis le vote. L’original déjà autorisé (version %(version)s, délibération nᵒ %(number)s) "
        "reste celui qui se signe, et lui seul : ce qui a changé depuis n’y est pas et n’engage pas la commune avant "
        "d’être voté.",
        version=number,
        number=act.number,
    )
    state, todo = _("changé depuis le vote"), _("faire signer l’original autorisé")
    return _said(act, sentence, state=state, tone="pending", todo=todo, is_ready=True)


def _voted_otherwise(act: Act) -> Standing:
    sentence = _(
        "Ce texte a changé depuis que le conseil l’a voté (délibération nᵒ %(number)s), et aucun original n’en est "
        "autorisé : faites voter le nouveau texte, ou voyez sur la délibération comment signer le texte voté, sans ce "
        "qui a changé.",
        number=act.number,
    )
    state, todo = _("changé depuis le vote"), _("faire voter le nouveau texte")
    return _said(act, sentence, state=state, tone="pending", todo=todo, is_ready=True)


def _standing(session: Session, acts: Sequence[Act], frozen: str, today: date) -> Standing | None:
    """What the acts on one text say of it today."""
    text = acts[0].convention
    asked = [act for act in acts if act.sealed_sha256 == frozen]
    if text is None or text.status not in {Status.SUBMITTED, Status.CLEARED, Status.SIGNED} or not asked:
        return None
    answers = [(one, refusal_of(session, one, today, beside=acts)) for one in asked]
    act = next((one for one, refused in answers if refused is None), None)
    if act is not None:
        return _ready(act) if text.status == Status.SUBMITTED else None
    latest, refused = answers[0]
    stopped = contest_of(latest, today).stopped_by
    if stopped is None:
        return _waiting(latest, refused, today, text.status)
    what, day = ENDED[ActEventKind(stopped.kind)], full_day(stopped.happened_on)
    if text.status == Status.SIGNED:
        sentence = _(
            "Ce texte est signé, mais la délibération qui l’autorisait est %(what)s le %(day)s : voyez avec la "
            "préfecture ce qu’il en reste, et faites voter de nouveau s’il doit continuer.",
            what=what,
            day=day,
        )
        return _said(latest, sentence)
    return _said(latest, meter_of(latest, today).refusal, state=_("signature retenue"), tone="stop", holds_back=True)


def _ready(act: Act) -> Standing:
    signed = happened(act, ActEventKind.TEXT_SIGNED)
    if signed is not None:
        told = _(
            "La délibération nᵒ %(number)s note que ce texte est signé (%(day)s), sans original autorisé ici : "
            "vérifiez-le mot pour mot, puis joignez le texte signé.",
            number=act.number,
            day=full_day(signed),
        )
        joined = _said(act, told, state=_("signé"), tone="complete", todo=_("joindre le texte signé"), is_ready=True)
        return replace(joined, is_signed=True)
    sentence = _(
        "Le conseil a voté ce texte et la délibération est exécutoire : autorisez la signature depuis celle-ci."
    )
    return _said(act, sentence, state=_("voté"), tone="complete", todo=_("autoriser la signature"), is_ready=True)


def _waiting(act: Act, refused: NotLawful | None, today: date, status: str) -> Standing | None:
    """A voted text whose act may not be executed yet; one that is signed is left to the checks of its act."""
    meter = meter_of(act, today)
    if status == Status.SIGNED or refused is None:
        return None
    if status == Status.CLEARED:
        return _said(act, refused.sentence, state=_("signature retenue"), tone="stop", holds_back=True)
    if meter.is_enforceable:
        return _said(act, refused.sentence, state=_("voté"), tone="submitted", todo=_("signer l’autre texte voté"))
    return _said(act, meter.sentence, state=_("voté"), tone="submitted", todo=_("rendre exécutoire la délibération"))


def _said(  # what is told beside the act
    act: Act,
    sentence: object,
    *,
    state: object = "",
    tone: str = "",
    todo: object = "",
    is_ready: bool = False,
    holds_back: bool = False,
) -> Standing:
    return Standing(
        sentence=sentence,
        label=_("Voir la délibération"),
        url=address(act),
        body_id=act.body_id,
        state=state,
        tone=tone,
        todo=todo,
        is_ready=is_ready,
        holds_back=holds_back,
    )
