"""The enforceability meter: whether the act may be executed today, what is missing, and when it will be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.council.contests import contest_of, dated_facts, happened
from app.council.labels import MODES
from app.council.models import ActEventKind, ActStatus, PublicationMode
from app.council.publicity import published_otherwise
from app.council.reckoning import article_for, setting_of
from app.law.acts import binds_from, enforceable_on
from app.law.recourse import Recourse, recourse
from app.shared.saying import full_day

if TYPE_CHECKING:
    from datetime import date

    from app.council.models import Act, ActEvent

ARTICLE = "CGCT, art. L. 2131-1"
ENDED = {
    ActEventKind.ANNULMENT: _l("annulée par le juge"),
    ActEventKind.REVOCATION: _l("retirée par le conseil"),
    ActEventKind.REPEAL: _l("abrogée par le conseil"),
    ActEventKind.SUSPENSION: _l("suspendue par le juge"),
}


@dataclass(frozen=True)
class Step:
    """One condition: what it is, whether it is met, the day, the article, what to do."""

    label: object
    is_met: bool
    day: date | None
    article: str
    advice: object = ""


@dataclass(frozen=True)
class Meter:
    """The answer for one day."""

    steps: tuple[Step, ...]
    enforceable_from: date | None
    is_enforceable: bool
    sentence: object
    refusal: object
    recourse: Recourse
    is_final: bool


def meter_of(act: Act, on: date) -> Meter:
    """Say whether an act may be executed on a day, what is missing, and when it will be final."""
    is_rejected = act.status == ActStatus.REJECTED
    owed = published_otherwise(act) if act.status == ActStatus.ADOPTED else None
    published = _published(act, owed)
    steps = (_refused(act),) if is_rejected else (_voted(act), _signed(act), _transmitted(act), published)
    stopped = contest_of(act, on).stopped_by
    begins = None
    if act.status == ActStatus.ADOPTED and act.transmitted_on and act.published_on and owed is None:
        begins = enforceable_on(act.transmitted_on, act.published_on)
    can = begins is not None and begins <= on and stopped is None
    delays = recourse_of(act)
    is_final = can and delays.final_on is not None and delays.final_on <= on
    return Meter(
        steps=steps,
        enforceable_from=begins,
        is_enforceable=can,
        sentence=_sentence(act, begins, stopped, owed, can=can),
        refusal=_refusal(act, begins, stopped, owed),
        recourse=delays,
        is_final=is_final,
    )


def _voted(act: Act) -> Step:
    return Step(
        _l("Adoptée par le conseil"),
        act.status == ActStatus.ADOPTED,
        act.voted_on,
        f"CGCT, art. {article_for(act.body, 'L2121-29')}",
        _l("Inscrivez-la à l’ordre du jour d’une séance, puis consignez le vote."),
    )


def _signed(act: Act) -> Step:
    return Step(
        _l("Signée par le maire et le secrétaire de séance"),
        act.signed_on is not None,
        act.signed_on,
        "CGCT, art. L. 2121-23",
        _l(
            "Faites-la signer, puis notez le jour : l’acte doit l’être, même si son caractère "
            "exécutoire n’en dépend pas."
        ),
    )


def _refused(act: Act) -> Step:
    return Step(_l("Mise aux voix et rejetée par le conseil"), True, act.voted_on, "CGCT, art. L. 2121-20")  # noqa: FBT003  # met


def _transmitted(act: Act) -> Step:
    return Step(
        _l("Transmise au représentant de l’État"),
        act.transmitted_on is not None,
        act.transmitted_on,
        ARTICLE,
        _l("Envoyez le dossier de transmission à la préfecture, puis notez la date de l’accusé de réception."),
    )


def _published(act: Act, owed: PublicationMode | None) -> Step:
    if owed is not None and act.published_on is not None:
        advice = _l(
            "Notée le %(day)s (%(mode)s), alors que la commune devait publier autrement ce jour-là (%(owed)s). "
            "Corrigez la publication, ou le choix du conseil et le jour depuis lequel il vaut.",
            day=full_day(act.published_on),
            mode=MODES[PublicationMode(act.publication_mode)],
            owed=MODES[owed],
        )
        return Step(_l("Publiée"), False, None, ARTICLE, advice)  # noqa: FBT003  # not met
    return Step(
        _l("Publiée"),
        act.published_on is not None,
        act.published_on,
        ARTICLE,
        _l("Mettez-la en ligne, ou affichez-la si le conseil l’a choisi, puis notez le jour."),
    )


def _sentence(
    act: Act, begins: date | None, stopped: ActEvent | None, owed: PublicationMode | None, *, can: bool
) -> object:
    if stopped is not None:
        return _l(
            "Cette délibération ne peut plus être exécutée\N{NO-BREAK SPACE}: %(what)s le %(day)s.",
            what=ENDED[ActEventKind(stopped.kind)],
            day=full_day(stopped.happened_on),
        )
    if can and begins is not None and act.transmitted_on and act.published_on:
        return _l(
            "Exécutoire depuis le %(day)s\N{NO-BREAK SPACE}: transmise le "
            "%(transmitted)s, publiée le %(published)s (%(article)s).",
            day=full_day(begins),
            transmitted=full_day(act.transmitted_on),
            published=full_day(act.published_on),
            article=ARTICLE,
        )
    if act.status == ActStatus.REJECTED:
        return _l(
            "Rien à exécuter\N{NO-BREAK SPACE}: le conseil l’a rejetée. Elle figure sur la liste des délibérations."
        )
    if begins is not None:
        return _l("Exécutoire à partir du %(day)s (%(article)s).", day=full_day(begins), article=ARTICLE)
    return _l(
        "Pas encore exécutoire\N{NO-BREAK SPACE}: %(missing)s (%(article)s).",
        missing=_missing(act, owed),
        article=ARTICLE,
    )


def _missing(act: Act, owed: PublicationMode | None) -> object:
    if act.status != ActStatus.ADOPTED:
        return _l("le conseil ne l’a pas encore votée")
    if owed is not None:
        otherwise = _l("elle est notée comme publiée autrement que la commune ne le devait ce jour-là")
        if act.transmitted_on is not None:
            return otherwise
        return _l("il manque la transmission à l’État, et %(otherwise)s", otherwise=otherwise)
    if act.transmitted_on is None and act.published_on is None:
        return _l("il manque la transmission à l’État et la publication")
    if act.transmitted_on is None:
        return _l("il manque la transmission à l’État")
    return _l("il manque la publication")


def _refusal(act: Act, begins: date | None, stopped: ActEvent | None, owed: PublicationMode | None) -> object:
    if stopped is not None:
        return _withdrawn(stopped)
    if begins is not None or act.status == ActStatus.REJECTED:
        return _sentence(act, begins, stopped, owed, can=False)
    return _l(
        "Le maire ne peut pas encore signer\N{NO-BREAK SPACE}: "
        "%(missing)s. Une signature avant que la délibération soit "
        "exécutoire est irrégulière (%(article)s ; Conseil d’État, avis, 10 juin 1996, Préfet de la Côte-d’Or, "
        "nᵒ 176873).",
        missing=_missing(act, owed),
        article=ARTICLE,
    )


def _withdrawn(stopped: ActEvent) -> object:
    """Why an act that lost its force lets nobody sign, and what to do."""
    kind, day = ActEventKind(stopped.kind), full_day(stopped.happened_on)
    if kind == ActEventKind.SUSPENSION:
        return _l(
            "Le maire ne peut pas signer\N{NO-BREAK SPACE}: cette délibération est suspendue par le juge depuis le "
            "%(day)s et ne s’exécute pas (CJA, art. L. 521-1 ; CGCT, art. L. 2131-6). Quand la suspension prend fin, "
            "notez-le sur la délibération\N{NO-BREAK SPACE}; sinon, faites voter une nouvelle délibération.",
            day=day,
        )
    return _l(
        "Le maire ne peut pas signer\N{NO-BREAK SPACE}: cette délibération ne peut plus être exécutée, elle est "
        "%(what)s le %(day)s (%(article)s). Faites voter une nouvelle délibération, puis autorisez la signature "
        "depuis celle-ci.",
        what=ENDED[kind],
        day=day,
        article=ARTICLE,
    )


def recourse_of(act: Act) -> Recourse:
    """Until when the act may be contested; final the day after, when nobody did."""
    if act.status != ActStatus.ADOPTED:
        return Recourse()
    setting = setting_of(act.body, None)
    is_local = setting.is_local_law
    return recourse(dated_facts(act, is_local=is_local), alsace_moselle=is_local, overseas=setting.is_overseas)


def in_force_on(act: Act) -> date | None:
    """The day from which a convention signed abroad binds: that of its transmission, once signed (CGCT, L1115-1)."""
    signed, sent = happened(act, ActEventKind.TEXT_SIGNED), happened(act, ActEventKind.TEXT_TRANSMITTED)
    return binds_from(signed, sent)
