"""C21 and C34 to C37: the act after its vote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.law import tables, visas
from app.law.enforceability import dates_of, enforceability
from app.law.findings import apart, broken, check, disputed, ok, unknown
from app.law.recourse import letter_said
from app.law.recourse import recourse as recourse_of
from app.law.signed import languages_of
from app.law.situation import OVERSEAS
from app.law.words import full_day, listed
from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from app.law.findings import Finding
    from app.law.recourse import Recourse
    from app.law.situation import Situation
    from app.law.vocabulary.acts import Act

_SIGNS = {"twinning", "convention"}


@check("C21")
def annexed(situation: Situation) -> Iterator[Finding]:
    """Judge whether the text to sign was before the council."""
    for index, act in enumerate(situation.acts):
        at = f"acts[{index}]"
        signs = act.authorises_signature
        if signs is None and act.kind and _SIGNS & set(act.kind):
            signs = True
        if signs is None and any(situation.act_of(text) is act for text in situation.texts):
            signs = True
        if signs is None:
            yield unknown("Dites si l'acte autorise la signature d'un texte.", f"{at}.authorises_signature", at=at)
        elif not signs:
            yield apart("L'acte n'autorise aucune signature.", at=at)
        else:
            yield _annexes(situation, act, at)


def _annexes(situation: Situation, act: Act, at: str) -> Finding:
    if act.annexes is None:
        return unknown("Donnez les pièces annexées.", f"{at}.annexes", at=at)
    if "text" not in act.annexes:
        return broken("Le texte à signer n'est pas annexé : le conseil doit avoir voté le texte même.", at=at)
    languages = {
        language for text in situation.texts if situation.act_of(text) is act for language in languages_of(text) or ()
    }
    if "translation" in act.annexes or languages == {"fr"}:
        return ok("Le texte à signer est annexé.", at=at)
    if languages - {"fr"}:
        return broken("La traduction du texte n'est pas annexée.", at=at)
    return unknown(
        "Le texte est annexé ; sa traduction l'est-elle, ou n'est-il qu'en français ?", "texts[0].languages", at=at
    )


@check("C34")
def recourse(situation: Situation) -> Iterator[Finding]:
    """Tell the last days for third parties and the prefect."""
    for index, act in enumerate(situation.acts):
        yield _recourse(situation, act, f"acts[{index}]")


def _recourse(situation: Situation, act: Act, at: str) -> Finding:
    dates = dates_of(situation, act)
    found = recourse_of(act, alsace_moselle=situation.is_local, overseas=situation.is_overseas)
    lacks = [f"{at}.{name}" for name in ("published_on", "transmitted_on") if not getattr(act, name)]
    if found.is_overseas:
        return unknown(_overseas(found) + _silence(found.silence_refuses_on), *lacks, at=at, dates=dates)
    if found.letter:
        lacks += [f"{at}.prefect_letter.{name}" for name in found.letter.lacks]
    elif act.transmitted_on and not found.prefect:
        lacks.append(f"{at}.completed_on")
    if act.published_on and not found.third_parties:
        lacks.append(f"{at}.appeal.answered_on")
    days = (("tiers", found.third_parties), ("préfet", found.prefect))
    told = [f"{word} jusqu'au {full_day(last.day)}" for word, last in days if last]
    why = _silence(found.silence_refuses_on)
    if found.letter:
        why += f" {letter_said(found.letter)}"
    if lacks or not told:
        sentence = f"Délais de recours : {listed(told) or 'publication et transmission à donner'}.{why}"
        return unknown(sentence, *lacks, at=at, dates=dates)
    if found.letter and found.letter.is_disputed:
        return disputed(f"délais de recours, {listed(told)}.{why}", at=at, dates=dates, is_broken=False)
    return ok(f"Délais de recours : {listed(told)}.{why}", at=at, dates=dates)


def _overseas(found: Recourse) -> str:
    """Neither the holidays of the territory nor the delays of distance are in our tables: never a day that is false."""
    days = (("les tiers", found.third_parties_not_before), ("le préfet", found.prefect_not_before))
    bounds = [f"le {full_day(day)} pour {word}" for word, day in days if day]
    after = f" ; ce n'est pas avant {listed(bounds)}" if bounds else ""
    law = tables.special_statuses()[OVERSEAS].delays
    return (
        "Délais de recours : outre-mer, nos tables ne tiennent ni les jours fériés du territoire ni les délais de "
        f"distance ({law}) ; le dernier jour n'est pas connu{after}."
    )


def _silence(refused_on: date | None) -> str:
    return f" Recours gracieux sans réponse : refus le {full_day(refused_on)} (CJA R421-2)." if refused_on else ""


@check("C35")
def matter(situation: Situation) -> Iterator[Finding]:
    """Judge the ACTES code and its label."""
    for index, act in enumerate(situation.acts):
        at = f"acts[{index}]"
        if act.actes_code is None:
            yield unknown(f"Donnez le code matière ACTES.{_suggestion(act)}", f"{at}.actes_code", at=at)
        elif (known := tables.matters().get(act.actes_code)) is None:
            yield broken(f"« {act.actes_code} » n'est pas l'un des 57 codes ACTES (1.1 à 9.4).", at=at)
        else:
            yield _label(known, act.actes_label, at)


def _suggestion(act: Act) -> str:
    for kind in act.kind or ():
        if proposed := tables.suggested_matters().get(kind):
            doubt = "" if proposed.confidence == "high" else ", à confirmer par la préfecture"
            return f" D'usage : {proposed.code} ({tables.matters()[proposed.code].level2}{doubt})."
    return ""


def _label(known: tables.Matter, label: str | None, at: str) -> Finding:
    if label is None or fold(label) in {fold(known.level2), fold(known.scdl)}:
        return ok(f"Matière {known.code} : {known.level2}.", at=at)
    others = [one.code for one in tables.matters().values() if fold(label) in {fold(one.level2), fold(one.scdl)}]
    if others:
        return broken(
            f"« {label} » est le libellé du code {listed(others)} ; {known.code} se nomme « {known.level2} ».", at=at
        )
    return unknown(
        f"« {label} » n'est pas dans notre table ; {known.code} se nomme « {known.level2} » : libellé local ?", at=at
    )


@check("C36")
def fresh_visas(situation: Situation) -> Iterator[Finding]:
    """Judge whether each article cited is in force on the day of the act."""
    for index, act in enumerate(situation.acts):
        day = situation.adopted_on(act)
        for place, cited in enumerate(act.visas or ()):
            at = f"acts[{index}].visas[{place}]"
            if day is None:
                yield unknown("Donnez la date de l'acte.", f"acts[{index}].adopted_on", at=at)
            else:
                yield _visa(visas.judge(cited, day), cited, at)


def _visa(found: visas.Visa, cited: str, at: str) -> Finding:
    if found.article is None:
        return unknown(f"« {cited} » n'est pas dans notre table d'articles : à vérifier sur Légifrance.", at=at)
    is_dated = found.article.starts is not None or found.article.ends is not None
    doubt = " (date d'effet à confirmer)" if is_dated and found.article.confidence != "high" else ""
    if found.is_in_force:
        return ok(f"{found.article.code} est en vigueur{doubt}.", at=at)
    other = f" ; citez {found.instead}" if found.instead else ""
    return broken(f"{found.article.code} n'est pas en vigueur à cette date{doubt}{other}.", at=at)


@check("C37")
def certificate(situation: Situation) -> Iterator[Finding]:
    """Judge the certificate of enforceability."""
    for index, act in enumerate(situation.acts):
        at = f"acts[{index}]"
        if not act.certified_on:
            continue
        if act.outcome == "rejected":
            yield broken("La proposition a été rejetée : rien n'est exécutoire, rien ne se certifie.", at=at)
            continue
        found = enforceability(act)
        dates = {"certified_on": act.certified_on, "enforceable_on": found.on}
        if found.stopped_on and found.is_stopped(act.certified_on):
            yield broken(f"L'acte ne s'exécute plus depuis le {full_day(found.stopped_on)}.", at=at, dates=dates)
        elif found.on and act.certified_on >= found.on:
            yield ok("Le certificat est postérieur au caractère exécutoire.", at=at, dates=dates)
        elif found.is_before(act.certified_on):
            yield broken(f"Certificat daté trop tôt : {found.why(act.certified_on)}.", at=at, dates=dates)
        else:
            yield unknown("Donnez la transmission et la publication.", *found.missing(at), at=at, dates=dates)
