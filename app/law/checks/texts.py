"""C22 to C29: the text to sign, with whom, by whom, in which languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.law import acts, tables
from app.law.enforceability import Enforceability, enforceability
from app.law.findings import apart, broken, check, ok, unknown
from app.law.signed import is_convention, is_with_association
from app.law.vocabulary.acts import ALERTS
from app.law.words import euros, full_day, listed
from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from app.law.findings import Finding
    from app.law.situation import Situation
    from app.law.vocabulary.acts import Act, Partner, Signatory, SignedText


_FRENCH = "Convention avec une association française : L1115-1 ne vise que les collectivités étrangères."


@check("C22")
def object_and_amount(situation: Situation) -> Iterator[Finding]:
    """Judge what a convention must state."""
    for index, text in enumerate(situation.texts):
        at = f"texts[{index}]"
        is_one = is_convention(text)
        if is_one is None:
            yield unknown("Dites quelle est la nature du texte.", f"{at}.kind", at=at)
        elif is_with_association(text):
            yield apart(_FRENCH, at=at)
        elif not is_one:
            yield apart("Ni argent ni obligation de service : le texte n'est pas une convention.", at=at)
        else:
            yield _stated(text, at)
        yield from _as_in_the_act(situation, text, at)


def _as_in_the_act(situation: Situation, text: SignedText, at: str) -> Iterator[Finding]:
    """The amount that the council voted beside that of the text: a year's and a whole convention's may differ."""
    act, amount = situation.act_of(text), text.estimated_amount
    if act is None or act.estimated_amount is None or amount is None or amount is False:
        return
    if amount != act.estimated_amount:
        yield broken(
            f"La délibération dit {euros(act.estimated_amount)}, le texte annexé {euros(amount)} : accordez les deux, "
            "ou dites ce que chacun compte.",
            at=at,
            severity="warning",
        )


def _stated(text: SignedText, at: str) -> Finding:
    faults = [
        word
        for value, word in ((text.object, "son objet"), (text.estimated_amount, "le montant prévisionnel"))
        if value is False
    ]
    if faults:
        return broken(f"La convention doit indiquer {listed(faults)} (0 € s'écrit).", at=at)
    lacks = [f"{at}.{name}" for name in ("object", "estimated_amount") if getattr(text, name) is None]
    if lacks:
        return unknown("Une convention indique son objet et le montant prévisionnel, 0 € compris.", *lacks, at=at)
    return ok(f"Objet indiqué, montant prévisionnel {euros(text.estimated_amount or 0)}.", at=at)


@check("C23")
def partner(situation: Situation) -> Iterator[Finding]:
    """Judge whether the partner may sign with a commune."""
    for index, text in enumerate(situation.texts):
        at = f"texts[{index}].partner"
        told = text.partner
        if is_with_association(text):
            yield apart(_FRENCH, at=at)
        elif told is None:
            yield unknown("Donnez la nature du partenaire et son pays.", at, at=at)
        else:
            yield _partner(told, at)


def _partner(told: Partner, at: str) -> Finding:
    if told.kind in {"state", "ministry"}:
        return broken(
            "Le partenaire est un État ou un ministère : une commune ne conclut qu'avec une collectivité.", at=at
        )
    recognised = told.recognised
    if recognised is None and told.country and told.country.upper() in _countries():
        recognised = True
    if recognised is False or "non_recognised" in (told.alerts or ()):
        return broken("Le partenaire relève d'un territoire que la France ne reconnaît pas.", at=at)
    if told.kind in {"association", "company", "other"}:
        return broken(
            "Le partenaire n'est pas une collectivité locale : L1115-1 ne permet pas cette convention.", at=at
        )
    lacks = [f"{at}.kind"] if told.kind is None else []
    lacks += [f"{at}.recognised"] if recognised is None else []
    if lacks:
        return unknown("Dites ce qu'est le partenaire, et si la France reconnaît son État.", *lacks, at=at)
    return ok("Le partenaire est une collectivité locale d'un État reconnu.", at=at)


def _countries() -> frozenset[str]:
    return frozenset(tables.load("countries")["recognised"]["codes"])


@check("C24")
def sensitive(situation: Situation) -> Iterator[Finding]:
    """Alert on sanctions, conflict, unrecognised territory, travel advice."""
    for index, text in enumerate(situation.texts):
        if text.partner is None or is_with_association(text):
            continue
        at = f"texts[{index}].partner"
        told = [ALERTS[alert] for alert in text.partner.alerts or ()]
        told += _known_alerts(situation, text.partner)
        country = (text.partner.country or "").upper()
        if told:
            yield broken(
                f"Vigilance : {listed(told)}. Consultez la préfecture ou le ministère avant de décider.", at=at
            )
        elif text.partner.alerts == () or country in _countries():
            yield ok("Aucun point de vigilance connu de nos tables.", at=at)
        else:
            yield unknown("Dites les points de vigilance connus ([] : aucun).", f"{at}.alerts", at=at)


def _known_alerts(situation: Situation, told: Partner) -> list[str]:
    day = situation.law_day
    found = []
    for row in tables.load("countries")["alert"]:
        is_there = row.get("country") == (told.country or "").upper() or any(
            fold(name) in fold(told.name or "") for name in row.get("names", ())
        )
        if is_there and (day is None or "from" not in row or row["from"] <= day):
            found.append(row["what"])
    return found


@check("C25")
def enforceable_first(situation: Situation) -> Iterator[Finding]:
    """Judge whether the deliberation was enforceable on the day of the signature."""
    for index, text in enumerate(situation.texts):
        at = f"texts[{index}]"
        if text.signed_on is False and text.signing_planned_on is None:
            yield apart("Le texte n'est pas signé et aucune date n'est prévue.", at=at)
            continue
        act = situation.act_of(text)
        if act is None:
            path = f"{at}.authorised_by" if situation.acts else "acts"
            yield unknown("Donnez l'acte qui autorise la signature.", path, at=at)
            continue
        yield _judged(situation, text, act, at)
    yield from _effects(situation)


def _effects(situation: Situation) -> Iterator[Finding]:
    """Warn of an act that says it takes effect before it binds: only what was published and transmitted does."""
    for index, act in enumerate(situation.acts):
        at, effect = f"acts[{index}]", act.takes_effect_on
        if effect is None or act.outcome == "rejected":
            continue
        adopted, binds = situation.adopted_on(act), enforceability(act).on
        dates = {"takes_effect_on": effect, "adopted_on": adopted, "enforceable_on": binds}
        if adopted is None:
            yield unknown(
                f"Effet le {full_day(effect)} : donnez la date du vote.", f"{at}.adopted_on", at=at, dates=dates
            )
        elif effect < adopted:
            yield _too_early(f"avant le vote du {full_day(adopted)}", effect, at, dates)
        elif binds and effect < binds:
            yield _too_early(f"mais il n'est exécutoire que le {full_day(binds)}", effect, at, dates)
        else:
            yield ok(f"L'acte prend effet le {full_day(effect)}, pas avant son vote.", at=at, dates=dates)


def _too_early(why: str, effect: date, at: str, dates: Mapping[str, date | None]) -> Finding:
    return broken(
        f"L'acte dit prendre effet le {full_day(effect)}, {why} : un acte n'oblige qu'une fois transmis et publié.",
        at=at,
        dates=dates,
        severity="warning",
    )


def _judged(situation: Situation, text: SignedText, act: Act, at: str) -> Finding:
    adopted = situation.adopted_on(act)
    if act.outcome == "rejected":
        return broken("La délibération a été rejetée : le texte ne peut pas être signé.", at=at)
    signed = _signing_day(text)
    if signed and adopted and signed < adopted:
        return broken(
            f"{_told(text)[0].upper()}{_told(text)[1:]} le {full_day(signed)}, "
            f"avant la délibération du {full_day(adopted)}.",
            at=at,
            dates={_dated(text): signed, "adopted_on": adopted},
        )
    return _signature(text, enforceability(act), at, f"acts[{situation.acts.index(act)}]")


def _signing_day(text: SignedText) -> date | None:
    """The day of the signature; as long as nobody signed, the one that is planned."""
    return text.signed_on or text.signing_planned_on


def _dated(text: SignedText) -> str:
    return "signing_planned_on" if not text.signed_on and text.signing_planned_on else "signed_on"


def _told(text: SignedText) -> str:
    return "texte signé" if text.signed_on else "signature prévue"


def _signature(text: SignedText, found: Enforceability, at: str, act_at: str) -> Finding:
    signed = _signing_day(text)
    dates = {_dated(text): signed, "enforceable_on": found.on, "may_sign_from": found.on}
    if found.stopped_on and (signed is None or found.is_stopped(signed)):
        told = f"L'acte ne s'exécute plus depuis le {full_day(found.stopped_on)} : le texte ne se signe pas."
        return broken(told, at=at, dates={_dated(text): signed, "enforceable_on": found.on})
    if signed is None:
        sentence = f"L'acte est exécutoire le {full_day(found.on)}." if found.on else "Donnez la date de signature."
        return unknown(sentence, f"{at}.signed_on", *found.missing(act_at), at=at, dates=dates)
    if found.is_before(signed):
        when = f" Signature possible à partir du {full_day(found.on)}." if found.on else ""
        what = "Signature" if text.signed_on else "Signature prévue"
        told = f"{what} trop tôt, le {full_day(signed)} : {found.why(signed)}.{when}"
        return broken(told, at=at, dates=dates, severity=None if text.signed_on else "warning")
    if found.on is None:
        return unknown(
            "Donnez la transmission et la publication de l'acte.", *found.missing(act_at), at=at, dates=dates
        )
    return ok(f"Acte exécutoire le {full_day(found.on)}, {_told(text)} le {full_day(signed)}.", at=at, dates=dates)


@check("C26")
def signatory(situation: Situation) -> Iterator[Finding]:
    """Judge who signs."""
    for index, text in enumerate(situation.texts):
        at = f"texts[{index}].signatory"
        told, act = text.signatory, situation.act_of(text)
        if act is not None and act.authorises_signature is False and act.outcome != "rejected":
            yield broken(
                "La délibération n'autorise personne à signer ce texte : le maire signe ce que le conseil l'a chargé "
                "de signer (L2122-21).",
                at=at,
            )
        elif told is None or told.capacity is None:
            yield unknown("Dites qui signe pour la commune, et en quelle qualité.", f"{at}.capacity", at=at)
        elif told.capacity == "mayor":
            yield ok("Le maire signe.", at=at)
        elif told.capacity in {"deputy", "councillor"}:
            yield _delegate(text, told, at)
        elif told.capacity == "deputy_mayor_of_merged_commune":
            yield broken("Le maire délégué n'engage pas seul la commune nouvelle : le maire signe.", at=at)
        else:
            yield broken("Seul le maire, ou un élu muni d'une délégation, signe pour la commune.", at=at)


def _delegate(text: SignedText, told: Signatory, at: str) -> Finding:
    if told.replaces_mayor:
        return ok("L'élu remplace le maire absent ou empêché (L2122-17) : gardez-en la preuve.", at=at)
    if told.delegation_on is False or told.delegation_covers is False:
        return broken("L'élu qui signe n'a pas d'arrêté de délégation pour cette matière.", at=at)
    signed = text.signed_on or None
    act = Enforceability(told.delegation_transmitted_on, told.delegation_published_on)
    if signed and told.delegation_on and signed < told.delegation_on:
        return broken("L'arrêté de délégation est postérieur à la signature.", at=at)
    if signed and act.is_before(signed):
        return broken(f"L'arrêté de délégation n'était pas exécutoire : {act.why(signed)}.", at=at)
    names = ("delegation_on", "delegation_transmitted_on", "delegation_published_on", "delegation_covers")
    lacks = [f"{at}.{name}" for name in names if getattr(told, name) is None]
    if lacks:
        return unknown("Donnez l'arrêté de délégation : date, transmission, publication, matière.", *lacks, at=at)
    return ok("L'élu signe par une délégation exécutoire.", at=at)


@check("C27")
def in_force(situation: Situation) -> Iterator[Finding]:
    """Judge the transmission of the signed convention, from which it is in force."""
    for index, text in enumerate(situation.texts):
        at = f"texts[{index}]"
        is_one = is_convention(text)
        if is_one is None:
            yield unknown("Dites quelle est la nature du texte.", f"{at}.kind", at=at)
        elif is_with_association(text):
            yield apart(f"{_FRENCH} Son entrée en vigueur ne dépend pas de sa transmission.", at=at)
        elif not is_one:
            yield apart("Serment ou charte : transmettre le texte signé avec la délibération est prudent.", at=at)
        else:
            yield _transmitted(situation, text, at)


def _transmitted(situation: Situation, text: SignedText, at: str) -> Finding:
    act = situation.act_of(text)
    signed, sent = text.signed_on or None, text.transmitted_on
    if act is not None and act.outcome == "rejected":
        return apart("La délibération a été rejetée : aucune convention n'entre en vigueur.", at=at)
    if sent and signed:
        dates = {"signed_on": signed, "transmitted_on": sent, "in_force_on": acts.binds_from(signed, sent)}
        if sent < signed:
            return broken(
                "La convention se transmet signée : elle a été transmise avant sa signature.", at=at, dates=dates
            )
        return ok(f"Convention en vigueur le {full_day(sent)}, jour de sa transmission.", at=at, dates=dates)
    if sent is False and signed:
        return broken("La convention signée n'est pas transmise : elle n'est pas en vigueur.", at=at)
    if text.signed_on is False:
        return apart("La convention n'est pas encore signée.", at=at)
    lacks = [f"{at}.{name}" for name in ("signed_on", "transmitted_on") if getattr(text, name) is None]
    return unknown("Donnez la signature et la transmission de la convention signée.", *lacks, at=at)
