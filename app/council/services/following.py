"""Following an act after its vote: signed, transmitted, published, contested, corrected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from app.conventions.services import SignedWords, note_signed, note_unsigned
from app.council.contests import ASKED_OF_THE_COMMUNE, BEFORE_THE_JUDGE, happened
from app.council.labels import EVENTS, MODES
from app.council.models import ActEvent, ActEventKind, ActStatus, PublicationMode
from app.council.queries import acts_on_convention, council_of, is_cleared
from app.council.reckoning import setting_of
from app.council.services.acts import BadAct
from app.council.services.clearing import refusal_of, require_force, require_seal
from app.council.services.convening import NotLawful
from app.council.services.meetings import NotPossibleNow
from app.council.services.overriding import SHORTEST, is_overridden
from app.council.services.telling import tell_act
from app.database.unit import alone_on
from app.law.acts import online_until
from app.shared.clock import day_of
from app.shared.saying import full_day

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.conventions.models import ConventionVersion
    from app.council.models import Act
    from app.shared.actor import Actor


WHO_SIGNED = _l("Écrivez qui a signé : le maire et le secrétaire de séance (CGCT, art. L. 2121-23).")


def require_vote(act: Act) -> date:
    """What follows a vote needs one; give its day."""
    if act.voted_on is None:
        raise NotPossibleNow(_l("Cette délibération n’est pas votée."))
    return act.voted_on


def require_voted(act: Act, day: date, at: datetime, field_name: str) -> None:
    """What follows a vote comes on its day or after, and has happened."""
    voted_on = require_vote(act)
    if day < voted_on:
        raise BadAct(
            _l(
                "Le %(day)s est avant le vote du %(voted)s. Vérifiez la date.",
                day=full_day(day),
                voted=full_day(voted_on),
            ),
            field=field_name,
        )
    if day > day_of(at):
        raise BadAct(
            _l(
                "Le %(day)s n’est pas encore arrivé\N{NO-BREAK SPACE}: notez le fait quand il a eu lieu.",
                day=full_day(day),
            ),
            field=field_name,
        )


def require_unsigned(act: Act) -> None:
    """A deliberation is signed once, after its vote."""
    require_vote(act)
    if act.signed_on is not None:
        raise NotPossibleNow(_l("La signature est déjà notée. Une erreur se corrige avec sa trace."))


def sign_act(session: Session, act: Act, day: date, signed_by: str, *, by: Actor, at: datetime) -> None:
    """Note that the mayor and the secretary of the meeting signed the deliberation."""
    require_unsigned(act)
    require_voted(act, day, at, "day")
    if not signed_by.strip():
        raise BadAct(WHO_SIGNED, field="words")
    act.signed_on, act.signed_by = day, signed_by.strip()[:200]
    touch(act, by, at)
    tell_act(session, "council.act_signed", act, by=by, at=at)


def require_untransmitted(act: Act) -> None:
    """What the council adopted goes to the State once."""
    require_adopted(act)
    if act.transmitted_on is not None:
        raise NotPossibleNow(_l("La transmission est déjà notée. Une erreur se corrige avec sa trace."))


def transmit_act(session: Session, act: Act, day: date, receipt: str, *, by: Actor, at: datetime) -> None:
    """Note the day on the State's receipt; the receipt is the proof (CGCT, L2131-1)."""
    require_untransmitted(act)
    require_voted(act, day, at, "day")
    act.transmitted_on, act.receipt = day, receipt.strip()[:120]
    touch(act, by, at)
    tell_act(session, "council.act_transmitted", act, by=by, at=at)


def require_unpublished(act: Act) -> None:
    """What the council adopted is published once."""
    require_adopted(act)
    if act.published_on is not None:
        raise NotPossibleNow(_l("La publication est déjà notée. Une erreur se corrige avec sa trace."))


def publish_act(session: Session, act: Act, day: date, mode: str, *, by: Actor, at: datetime) -> None:
    """Note the day on which the act came to the public's knowledge, and how.

    :raises NotLawful: when the commune must publish otherwise (C32).
    """
    require_unpublished(act)
    require_voted(act, day, at, "day")
    if mode not in {"electronic", "posting", "paper"}:
        raise BadAct(_l("Choisissez comment l’acte est publié."), field="mode")
    require_lawful_mode(session, act, day, mode)
    act.published_on, act.publication_mode = day, mode
    act.published_until = online_until(day) if mode == "electronic" else None
    touch(act, by, at)
    tell_act(session, "council.act_published", act, by=by, at=at)


def require_lawful_mode(session: Session, act: Act, day: date, mode: str) -> None:
    """An act is published as its commune must publish it, where that is known.

    :raises NotLawful: C32.
    """
    lawful = setting_of(act.body, council_of(session, act.body_id)).lawful_mode(day)
    if lawful is None or mode == lawful or is_overridden(session, "C32", act_id=act.id):
        return
    raise NotLawful(
        _l(
            "La commune doit publier autrement\N{NO-BREAK SPACE}: %(mode)s (CGCT, art. L. 2131-1). Publié autrement, "
            "l’acte n’est pas exécutoire. Si le conseil a changé de mode, corrigez d’abord la page du conseil.",
            mode=MODES[PublicationMode(lawful)],
        ),
        "C32",
    )


def require_adopted(act: Act) -> None:
    """Only what the council adopted leaves the town hall."""
    if act.status != ActStatus.ADOPTED:
        raise NotPossibleNow(_l("Seule une délibération adoptée se transmet et se publie."))


def touch(act: Act, by: Actor, at: datetime) -> None:
    """Somebody changed what is noted of an act."""
    act.changed_at, act.changed_by = at, by.name
    act.revision += 1


def note_event(  # noqa: PLR0913  # what happened, when, in words; a letter also went on a day
    session: Session, act: Act, kind: str, day: date, text: str, *, by: Actor, at: datetime, sent_on: date | None = None
) -> ActEvent:
    """Note what happened to an act after the vote: a letter, an appeal, a judgment, a repeal.

    ``sent_on`` is the day on which the prefect's letter went; ``day`` then is that of its receipt.
    """
    if kind == ActEventKind.TEXT_SIGNED and act.convention is not None:
        alone_on(session, act.convention)
    require_voted(act, day, at, "day")
    if kind not in set(ActEventKind) or kind == ActEventKind.CORRECTION:
        raise BadAct(_l("Choisissez ce qui s’est passé."), field="kind")
    if act.status != ActStatus.ADOPTED and kind in _OF_ADOPTED:
        raise BadAct(
            _l("Le conseil a rejeté cette délibération\N{NO-BREAK SPACE}: ce fait ne peut pas l’avoir suivie."),
            field="kind",
        )
    _require_order(session, act, kind, day)
    if sent_on is not None:
        _require_sending(act, kind, sent_on, day, at)
    event = ActEvent(act_id=act.id, kind=kind, happened_on=day, text=text.strip()[:4000], author=by.name, created_at=at)
    event.sent_on = sent_on
    _keep(session, act, event, by=by, at=at)
    if kind == ActEventKind.TEXT_SIGNED and act.convention is not None:
        note_signed(session, act.convention, SignedWords(act.sealed_sha256, before_its_date=True), by=by, at=at)
    return event


def witness_signature(session: Session, version: ConventionVersion, day: date | None, by: Actor, at: datetime) -> None:
    """Note on the acts that let these words be signed that they were, when the page of the text says so.

    :raises BadAct: without the day, from which the transmission of the signed text is counted.
    """
    for act in acts_on_convention(session, version.convention_id):
        if act.status != ActStatus.ADOPTED or act.sealed_sha256 != version.sha256:
            continue
        if happened(act, ActEventKind.TEXT_SIGNED) is not None:
            continue
        if day is None:
            raise BadAct(
                _l("Écrivez le jour de la signature\N{NO-BREAK SPACE}: la délibération le note."), field="jour"
            )
        if refusal_of(session, act, day) is None:
            event = ActEvent(act_id=act.id, kind=ActEventKind.TEXT_SIGNED, happened_on=day, text="", author=by.name)
            event.created_at = at
            _keep(session, act, event, by=by, at=at)


def _keep(session: Session, act: Act, event: ActEvent, *, by: Actor, at: datetime) -> None:
    session.add(event)
    touch(act, by, at)
    session.flush()
    session.refresh(act, ["events"])
    tell_act(session, "council.act_event", act, by=by, at=at)


def _require_order(session: Session, act: Act, kind: str, day: date) -> None:
    """What follows something else comes after it; a text is not signed before its act binds (C25)."""
    before = _AFTER.get(ActEventKind(kind), frozenset())
    earlier = [one for one in act.facts if one.kind in before and one.happened_on <= day]
    if before and not earlier:
        raise BadAct(
            _l(
                "Ce fait en suit un autre (%(what)s), qui n’est pas noté à cette date ou avant\N{NO-BREAK SPACE}: "
                "notez-le d’abord, ou vérifiez la date.",
                what=_named(before),
            ),
            field="kind",
        )
    if kind == ActEventKind.PAPERS_ASKED and (act.transmitted_on is None or day < act.transmitted_on):
        raise BadAct(
            _l(
                "Le préfet demande des pièces d’un acte qu’il a reçu\N{NO-BREAK SPACE}: notez d’abord la transmission, "
                "ou vérifiez la date."
            ),
            field="day",
        )
    if kind in _ONCE and happened(act, ActEventKind(kind)) is not None:
        raise BadAct(_l("Ce fait est déjà noté."), field="kind")
    if kind != ActEventKind.TEXT_SIGNED:
        return
    if act.version_id is None:
        raise BadAct(_l("Aucun texte n’est annexé à cette délibération\N{NO-BREAK SPACE}: il n’y a rien à signer."))
    require_force(session, act, day)
    if not is_cleared(session, act):
        require_seal(session, act)


def _require_sending(act: Act, kind: str, sent_on: date, day: date, at: datetime) -> None:
    """Only a letter has a day of sending, after the vote and not after its receipt."""
    if kind != ActEventKind.PREFECT_LETTER:
        raise BadAct(_l("Seule la lettre du préfet a un jour d’envoi : laissez-le vide."), field="sent_on")
    require_voted(act, sent_on, at, "sent_on")
    if sent_on > day:
        raise BadAct(
            _l("Cette lettre serait reçue avant d’être envoyée. Corrigez l’un des deux jours."), field="sent_on"
        )


def strike_event(session: Session, act: Act, event_id: int, reason: str, *, by: Actor, at: datetime) -> None:
    """Strike out a fact that was noted by mistake: it stays to be read, and counts no more.

    :raises BadAct: without a reason, or for a correction, which is a trace itself.
    """
    event = next((one for one in act.facts if one.id == event_id), None)
    if event is None or event.kind == ActEventKind.CORRECTION:
        raise BadAct(_l("Ce fait ne se biffe pas."), field="reason")
    why = " ".join(reason.split())[:2000]
    if len(why) < SHORTEST:
        raise BadAct(
            _l("Écrivez en une phrase ce qui était faux\N{NO-BREAK SPACE}: la correction garde sa trace."),
            field="reason",
        )
    if _is_followed(act, event):
        raise BadAct(_l("Un autre fait suit celui-ci\N{NO-BREAK SPACE}: biffez-le d’abord."), field="reason")
    event.before = {"struck": why, "by": by.name, "on": day_of(at).isoformat()}
    touch(act, by, at)
    session.flush()
    if event.kind == ActEventKind.TEXT_SIGNED and act.convention is not None:
        _take_signature_back(session, act, event.happened_on, by=by, at=at)
    tell_act(session, "council.act_corrected", act, by=by, at=at)


def _take_signature_back(session: Session, act: Act, day: date, *, by: Actor, at: datetime) -> None:
    """A text that no act notes as signed any more waits to be signed again."""
    text = act.convention
    if text is None:
        return
    others = [one for one in acts_on_convention(session, text.id) if one.id != act.id]
    if not any(happened(one, ActEventKind.TEXT_SIGNED) for one in others):
        note_unsigned(session, text, day, by=by, at=at)


def _is_followed(act: Act, event: ActEvent) -> bool:
    """Whether another fact would stand without the one it follows."""
    left = {one.kind for one in act.facts if one is not event}
    needed = [_AFTER.get(ActEventKind(one.kind), frozenset()) for one in act.facts]
    return any(event.kind in before and not before & left for before in needed)


def _named(kinds: frozenset[ActEventKind]) -> str:
    return ", ".join(str(EVENTS[kind]) for kind in ActEventKind if kind in kinds)


_AFTER = {
    ActEventKind.PAPERS_GIVEN: frozenset({ActEventKind.PAPERS_ASKED}),
    ActEventKind.TEXT_TRANSMITTED: frozenset({ActEventKind.TEXT_SIGNED}),
    ActEventKind.APPEAL_DISMISSED: BEFORE_THE_JUDGE | {ActEventKind.SUSPENSION},
    ActEventKind.LETTER_REFUSED: frozenset({ActEventKind.PREFECT_LETTER}),
    ActEventKind.GRACIOUS_REFUSED: ASKED_OF_THE_COMMUNE,
}
"""What a fact follows: one of these at least is noted, on its day or before."""
_OF_ADOPTED = frozenset({ActEventKind.REPEAL, ActEventKind.REVOCATION, ActEventKind.SUSPENSION})
"""What befalls only an act that decided something: nobody repeals, withdraws or suspends a proposal that fell."""
_ONCE = frozenset({ActEventKind.TEXT_SIGNED, ActEventKind.TEXT_TRANSMITTED})


@dataclass(frozen=True, kw_only=True)
class Signatory:
    """Who signs the text for the commune; with what arrêté, where it is not the mayor (CGCT, L2122-17, L2122-18)."""

    name: str
    capacity: str
    number: str = ""
    decided_on: date | None = None
    transmitted_on: date | None = None
    published_on: date | None = None


CAPACITIES = ("mayor", "replaces", "deputy", "councillor")


def require_text(act: Act) -> None:
    """Where no text is annexed, nobody signs one."""
    if act.version_id is None:
        raise NotPossibleNow(
            _l("Aucun texte n’est annexé à cette délibération\N{NO-BREAK SPACE}: il n’y a rien à signer.")
        )


def name_signatory(session: Session, act: Act, told: Signatory, *, by: Actor, at: datetime) -> None:
    """Say who signs the text instead of the mayor, with the arrêté that delegates; the mayor again with ``mayor``.

    :raises BadAct: without a name, or without its arrêté.
    """
    require_text(act)
    if told.capacity not in CAPACITIES:
        raise BadAct(_l("Choisissez à quel titre cette personne signe."), field="capacity")
    if told.capacity == "mayor":
        act.signatory = {}
    else:
        if not told.name.strip():
            raise BadAct(_l("Écrivez qui signe."), field="name")
        if told.capacity != "replaces" and (not told.number.strip() or told.decided_on is None):
            raise BadAct(
                _l("Écrivez le numéro et la date de l’arrêté de délégation (CGCT, art. L. 2122-18)."), field="number"
            )
        _require_order_of(told, day_of(at))
        act.signatory = {
            "name": " ".join(told.name.split())[:200],
            "capacity": told.capacity,
            "number": told.number.strip()[:60],
            **{name: _plain(getattr(told, name)) for name in ("decided_on", "transmitted_on", "published_on")},
        }
    touch(act, by, at)
    session.flush()
    tell_act(session, "council.act_signatory", act, by=by, at=at)


def _require_order_of(told: Signatory, on: date) -> None:
    """The arrêté is made, then transmitted and published; none of it in days to come."""
    for name in ("decided_on", "transmitted_on", "published_on"):
        day = getattr(told, name)
        if day is None:
            continue
        if day > on:
            raise BadAct(
                _l(
                    "Le %(day)s n’est pas encore arrivé\N{NO-BREAK SPACE}: notez le fait quand il a eu lieu.",
                    day=full_day(day),
                ),
                field=name,
            )
        if told.decided_on is not None and day < told.decided_on:
            raise BadAct(
                _l(
                    "Le %(day)s précède l’arrêté du %(decided)s. Corrigez l’une des deux dates.",
                    day=full_day(day),
                    decided=full_day(told.decided_on),
                ),
                field=name,
            )


def _plain(value: Any) -> str:  # noqa: ANN401  # a column's value
    return "" if value is None else str(value)
