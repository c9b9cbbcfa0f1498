"""C30 to C33: what must be put before the public, how and when."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.law import acts, tables
from app.law.findings import apart, broken, check, disputed, ok, unknown, within
from app.law.vocabulary.commune import MODES
from app.law.words import full_day, listed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from app.law.findings import Finding
    from app.law.situation import Situation
    from app.law.vocabulary.acts import Act, Online
    from app.law.vocabulary.meeting import Minutes

_OLD = "notre table ne tient cette règle que depuis le 1er juillet 2022"


@check("C30")
def list_of_acts(situation: Situation) -> Iterator[Finding]:
    """Judge the list of deliberations, put up within a week."""
    meeting, held = situation.meeting, situation.held_on
    if situation.case.meeting is None:
        return
    if held is None:
        yield unknown("Donnez la date de la séance.", "meeting.date")
        return
    rule = tables.figure("delai_liste_jours", held)
    if rule is None:
        yield unknown(f"Liste des délibérations : {_OLD}.")
        return
    due = acts.list_due(held)
    yield within(
        meeting.list_posted_on, due, on=situation.case.on, what="Affichage de la liste", path="meeting.list_posted_on"
    )
    if situation.commune.website or (situation.commune.website is None and meeting.list_online_on is not None):
        yield within(
            meeting.list_online_on,
            due,
            on=situation.case.on,
            what="Mise en ligne de la liste",
            path="meeting.list_online_on",
        )
    elif situation.commune.website is None:
        yield unknown("La liste va aussi sur le site de la commune, si elle en a un.", "commune.website")


@check("C31")
def minutes(situation: Situation) -> Iterator[Finding]:
    """Judge the minutes: adopted at the next meeting, published within a week after it."""
    if situation.case.meeting is None:
        return
    if situation.is_local:
        yield disputed(
            "l'article L2121-15 ne s'applique pas en Alsace-Moselle, et nos tables ne tiennent pas la règle locale.",
            is_broken=False,
        )
        return
    told = situation.meeting.minutes
    if told is None:
        yield unknown("Donnez la séance suivante et les dates du procès-verbal.", "meeting.minutes")
        return
    if told.adopted_on and told.next_meeting_on and told.adopted_on != told.next_meeting_on:
        yield broken(
            f"Procès-verbal arrêté le {full_day(told.adopted_on)} : il s'arrête au commencement de la séance suivante, "
            f"celle du {full_day(told.next_meeting_on)}."
        )
    elif told.adopted_on is False:
        yield broken("Le procès-verbal s'arrête au commencement de la séance suivante.")
    elif told.adopted_on and told.next_meeting_on:
        yield ok(f"Procès-verbal arrêté le {full_day(told.adopted_on)}.")
    else:
        asked = {
            "adopted_on": "quand le procès-verbal a été arrêté",
            "next_meeting_on": "la date de la séance suivante",
        }
        lacks = {name: words for name, words in asked.items() if getattr(told, name) is None}
        yield unknown(f"Dites {listed(lacks.values())}.", *(f"meeting.minutes.{name}" for name in lacks))
    if told.adopted_on:
        yield _minutes_published(situation, told, told.adopted_on)


def _minutes_published(situation: Situation, told: Minutes, adopted_on: date) -> Finding:
    what = "Publication du procès-verbal"
    rule = tables.figure("delai_pv_jours", adopted_on)
    if rule is None:
        return unknown(f"{what} : {_OLD}.")
    if told.published_on and told.published_on < adopted_on:
        return broken(
            f"{what} avant qu'il soit arrêté, le {full_day(adopted_on)} : c'est le texte arrêté qui se publie."
        )
    due = adopted_on + timedelta(days=rule.value)
    return within(told.published_on, due, on=situation.case.on, what=what, path="meeting.minutes.published_on")


@check("C32")
def mode(situation: Situation) -> Iterator[Finding]:
    """Judge how the act was published."""
    for index, act in enumerate(situation.acts):
        yield _mode(situation, act, f"acts[{index}]")


def _mode(situation: Situation, act: Act, at: str) -> Finding:
    day = act.published_on or situation.adopted_on(act)
    if day and tables.figure("duree_publication_mois", day) is None:
        return unknown(f"Mode de publication : {_OLD}.", at=at)
    lawful = lawful_mode(situation, act)
    if act.publication_mode is None:
        told = f"L'acte se publie par voie {_word(lawful)}. " if lawful else ""
        return unknown(f"{told}Dites comment l'acte a été publié.", f"{at}.publication_mode", at=at)
    if situation.side == "unsure":
        return _unsure_mode(act, at)
    if lawful is None:
        path = "commune.population" if situation.side is None else "commune.publication_mode"
        return unknown("Le mode de publication dépend de la population et du choix de la commune.", path, at=at)
    return _known_mode(situation, act, lawful, at)


def _unsure_mode(act: Act, at: str) -> Finding:
    if act.publication_mode == "electronic":
        return ok("Publication électronique : régulière des deux côtés du seuil.", at=at)
    return disputed("les deux populations ne sont pas du même côté du seuil ; par prudence, publiez en ligne.", at=at)


def _known_mode(situation: Situation, act: Act, lawful: acts.Mode, at: str) -> Finding:
    if act.publication_mode == lawful:
        return ok(f"Publication par voie {_word(lawful)} : régulière.{_on_the_epci_site(situation)}", at=at)
    why = "3 500 habitants et plus" if situation.side == "at_least" else "choix de la commune, ou absence de choix"
    return broken(f"L'acte devait être publié par voie {_word(lawful)} ({why}).", at=at)


def _on_the_epci_site(situation: Situation) -> str:
    """The reminder for a small commune without a website, since a decree of 2026."""
    rule = tables.figure("publicite_site_epci", situation.law_day)
    if situation.side != "under" or situation.commune.website is not False or rule is None:
        return ""
    return " Commune sans site : la délibération qui choisit ce mode se publie sur celui de l'intercommunalité."


def lawful_mode(situation: Situation, act: Act | None = None) -> acts.Mode | None:
    """Return how this commune must publish; a choice without its deliberation, or made later, is no choice."""
    chosen, decided_on = situation.commune.publication_mode, situation.commune.publication_mode_decided_on
    is_later = bool(decided_on and act and act.published_on and act.published_on < decided_on)
    if chosen and (decided_on is False or is_later):
        chosen = "none"
    return acts.lawful_mode(situation.side, chosen)


def _word(mode: acts.Mode | None) -> str:
    return {"electronic": "électronique", "posting": "d'affichage", "paper": "de papier"}[mode] if mode else ""


@check("C33")
def online(situation: Situation) -> Iterator[Finding]:
    """Judge the electronic publication."""
    for index, act in enumerate(situation.acts):
        at = f"acts[{index}]"
        if act.publication_mode in {"posting", "paper"}:
            yield apart(f"Publication par {MODES[act.publication_mode]}.", at=at)
        elif act.online is None:
            if act.publication_mode == "electronic":
                yield unknown("Décrivez la publication en ligne.", f"{at}.online", at=at)
        else:
            yield _quality(act.online, at)
            yield from _duration(situation, act, act.online, at)


_WANTED = {
    "whole_text": "le texte entier",
    "unmodifiable": "un format non modifiable",
    "downloadable": "le téléchargement",
    "author_first_name": "le prénom de l'auteur",
    "author_name": "son nom",
    "author_quality": "sa qualité",
    "date_shown": "la date de mise en ligne",
}


def _quality(told: Online, at: str) -> Finding:
    values = {name: getattr(told, name) for name in _WANTED}
    if told.format in {"pdf", "pdf_a"}:
        values |= {name: values[name] is not False for name in ("unmodifiable", "downloadable")}
    faults = [word for name, word in _WANTED.items() if values[name] is False]
    if told.format not in {None, "pdf", "pdf_a"}:
        faults.insert(0, "un PDF, au mieux un PDF/A")
    if faults:
        return broken(f"Publication en ligne : il manque {listed(faults)}.", at=at)
    if lacks := [f"{at}.online.{name}" for name in _WANTED if values[name] is None]:
        return unknown("Publication en ligne : des faits manquent.", *lacks, at=at)
    return ok("Publication en ligne complète.", at=at)


def _duration(situation: Situation, act: Act, told: Online, at: str) -> Iterator[Finding]:
    start = told.online_on or act.published_on
    if not start:
        return
    until = acts.online_until(start)
    dates = {"online_until_at_least": until}
    if told.removed_on and told.removed_on < until:
        yield broken(f"Retiré trop tôt : deux mois en ligne, jusqu'au {full_day(until)}.", at=at, dates=dates)
    elif not told.removed_on and (situation.case.on is None or situation.case.on < until):
        yield ok(f"À laisser en ligne jusqu'au {full_day(until)} au moins.", at=at, dates=dates)
