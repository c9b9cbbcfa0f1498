"""Letting the voted text be signed: the act may be executed, and the words are those that were voted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.bodies.queries import signatory_on
from app.conventions.models import Status
from app.conventions.services import Clearance, ClearOriginal, clear_original
from app.council.actcase import act_case
from app.council.casework import contradictions, judged
from app.council.contests import contest_of
from app.council.mandate import NO_MANDATE, lets_sign
from app.council.meter import meter_of
from app.council.queries import acts_on_convention, council_of, original_of, overrides_of
from app.council.reckoning import setting_of
from app.council.sealing import seal_of, voted_later
from app.council.services.convening import NotLawful
from app.council.services.overriding import is_overridden
from app.council.services.telling import tell_act
from app.database.unit import alone_on
from app.shared.clock import day_of
from app.shared.errors import DomainError
from app.shared.saying import full_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.conventions.models import ConventionVersion
    from app.council.models import Act
    from app.shared.actor import Actor


class NothingToSign(DomainError):
    """The act carries no text to be signed, or facts that cannot be true together."""


def clear_signature(session: Session, act: Act, *, by: Actor, at: datetime) -> ConventionVersion:
    """Make the original to be signed from what the council voted.

    :raises NotLawful: C25 as long as the act may not be executed; SEAL when the text is not the one voted any more.
    """
    if act.version is None or act.convention is None:
        raise NothingToSign(
            _l("Aucun texte n’est annexé à cette délibération\N{NO-BREAK SPACE}: il n’y a rien à signer.")
        )
    alone_on(session, act.convention)
    require_force(session, act, day_of(at))
    if act.convention.status == Status.SIGNED:
        raise NothingToSign(_l("Ce texte est déjà signé\N{NO-BREAK SPACE}: il n’y a plus d’original à préparer."))
    require_seal(session, act, gives_original=True)
    held = original_of(session, act)
    if held is not None:  # made once, however often it is asked for
        act.convention.status = Status.CLEARED
        session.flush()
        return held
    _require_lawful(session, act, on=day_of(at))
    meter = meter_of(act, day_of(at))
    mandate = signatory_on(session, act.body_id, day_of(at))
    signatory = f"{mandate.person.name}, {mandate.wording or _l('maire')}" if mandate else by.name
    if act.signatory:
        signatory = act.signatory["name"]
        if act.signatory["number"]:
            signatory += str(_l(", par l’arrêté nᵒ %(number)s", number=act.signatory["number"]))
    clearance = Clearance(
        granted_by=by.name,
        signatory=signatory,
        reason=" ".join([str(meter.sentence), *_gone_past(session, act)]),
        granted_at=at,
        sha256=act.sealed_sha256,
        deliberation=str(_l("%(number)s du %(day)s", number=act.number, day=full_day(act.voted_on or day_of(at)))),
    )
    original = clear_original(session, act.convention, ClearOriginal(act.version.number, clearance), by=by, at=at)
    tell_act(session, "council.cleared", act, by=by, at=at)
    return original


def _gone_past(session: Session, act: Act) -> list[str]:
    """On what the clearance rests beside the vote: the reasons of those who went past what withheld it."""
    return [
        str(_l("Passé outre par %(author)s\N{NO-BREAK SPACE}: %(reason)s", author=one.author, reason=one.reason))
        for one in overrides_of(session, act_id=act.id)
        if one.check_id in {"C25", "C26", "SEAL"}
    ]


def refusal_of(session: Session, act: Act, on: date, *, beside: Sequence[Act] | None = None) -> NotLawful | None:
    """What withholds the clearance of the annexed text on a day; every page and verb that is about signing asks this.

    A reason that was written down goes past it, unless the act lost its force since: who wrote it did not know that.
    No reason undoes a later vote of the council on other words. ``beside``: the acts on the same text, where known.
    """
    if beside is None:
        beside = acts_on_convention(session, act.convention_id) if act.convention_id else ()
    again = voted_later(act, beside, on)
    if again is not None:
        return NotLawful(
            _l(
                "Le conseil a voté depuis d’autres mots de ce texte\N{NO-BREAK SPACE}: c’est la délibération nᵒ "
                "%(number)s qui permet de signer, et non celle-ci. Autorisez la signature depuis elle.",
                number=again.number,
            ),
            "SEAL",
            is_final=True,
        )
    meter = meter_of(act, on)
    stopped = contest_of(act, on).stopped_by
    since = stopped.created_at if stopped else None
    if not meter.is_enforceable and not is_overridden(session, "C25", act_id=act.id, since=since):
        return NotLawful(meter.refusal, "C25")
    if lets_sign(act) or is_overridden(session, "C26", act_id=act.id):
        return None
    return NotLawful(_l("%(fault)s Faites voter cet article.", fault=NO_MANDATE), "C26")


def require_force(session: Session, act: Act, on: date) -> None:
    """Refuse what an act does not allow on a day.

    :raises NotLawful: C25; SEAL where the council voted other words since.
    """
    refused = refusal_of(session, act, on)
    if refused is not None:
        raise refused


def require_seal(session: Session, act: Act, *, gives_original: bool = False) -> None:
    """Refuse a text whose words are not those that the council voted; an original is made of the voted words alone.

    :raises NotLawful: SEAL.
    """
    seal = seal_of(session, act)
    if not seal.is_intact and not is_overridden(session, "SEAL", act_id=act.id):
        if gives_original:
            raise NotLawful(
                _l(
                    "Le texte a changé depuis le vote (articles changés\N{NO-BREAK SPACE}: %(count)s). "
                    "Faites voter le nouveau texte, ou passez outre avec un motif\N{NO-BREAK SPACE}: on signera alors "
                    "le texte voté, mot pour mot, sans ce qui a changé.",
                    count=len(seal.changes),
                ),
                "SEAL",
            )
        raise NotLawful(
            _l(
                "Le texte a changé depuis le vote (articles changés\N{NO-BREAK SPACE}: %(count)s). "
                "Faites voter le nouveau texte, ou passez outre avec un motif.",
                count=len(seal.changes),
            ),
            "SEAL",
        )


def _require_lawful(session: Session, act: Act, *, on: date) -> None:
    """Nothing else that blocks: the annex, object and amount, the partner, the signatory, the French version."""
    setting = setting_of(act.body, council_of(session, act.body_id))
    case = act_case(act, setting, overrides_of(session, act_id=act.id), on=on)
    for text in case.get("texts", []):
        text["signed_on"] = on.isoformat()
    told = judged(case)
    if told is None:
        raise NothingToSign(
            _l(
                "Les faits consignés se contredisent\N{NO-BREAK SPACE}: rien ne peut être vérifié avant la signature. "
                "%(faults)s",
                faults=" ".join(contradictions(case)),
            )
        )
    for check in told["checks"]:
        blocks = check["status"] == "not_ok" and check["severity"] == "blocking" and "override" not in check
        if blocks and check["id"] not in {"C25", "C27"}:  # the one is asked above, the other follows the signature
            raise NotLawful(f"{check['sentence']} ({check['article']})", check["id"])
