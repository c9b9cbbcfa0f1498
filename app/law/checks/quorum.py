"""C08 to C13 and C19: how many councillors, how many present, who stands for whom."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.law import council, proxies, tables
from app.law.dispensation import is_new_meeting, second_meeting, without_quorum
from app.law.findings import apart, broken, check, disputed, ok, unknown
from app.law.presence import given
from app.law.vocabulary.commune import STATUSES
from app.law.words import counted, french

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.law.findings import Finding
    from app.law.presence import Crowd, Presence
    from app.law.situation import Situation
    from app.law.vocabulary.item import AgendaItem
    from app.law.vocabulary.meeting import GivenProxy

_IN_OFFICE = "council.in_office"
_FAULTS = {
    "too_many": "un conseiller ne porte qu'une procuration : la seconde reçue est refusée",
    "holder_absent": "le porteur n'est pas dans la salle",
    "giver_present": "celui qui la donne est présent",
    "given_twice": "elle a déjà été donnée à un autre",
    "to_oneself": "on ne se donne pas procuration à soi-même",
    "not_written": "elle n'est pas écrite",
    "too_long": "elle sert depuis plus de trois séances, sans maladie constatée",
}


@check("C08")
def strength(situation: Situation) -> Iterator[Finding]:
    """Judge the members in office against the legal strength."""
    if situation.case.council is None:
        return
    legal, in_office = situation.strength, situation.in_office
    if legal is None:
        if situation.special_status:
            yield unknown(_by_hand(situation), "council.legal_strength")
        else:
            yield unknown("L'effectif légal n'est pas connu.", "commune.population_at_renewal")
    elif in_office is None:
        yield unknown(f"Effectif légal {legal.members} ; donnez les membres en exercice.", _IN_OFFICE)
    elif in_office > legal.members:
        yield broken(f"{counted(in_office, 'membre')} en exercice pour un effectif légal de {legal.members}.")
    elif in_office == legal.members:
        why = " (conseil réputé complet, L2121-2-1)" if legal.is_deemed_complete else ""
        yield ok(f"Conseil au complet : {legal.members} membres{why}.", article=legal.article)
    else:
        yield _vacancies(situation, legal.members - in_office)


def _by_hand(situation: Situation) -> str:
    named = STATUSES[situation.special_status or ""]
    return f"L'effectif légal n'est pas dans notre tableau ({named}) : donnez-le."


def _vacancies(situation: Situation, count: int) -> Finding:
    told = situation.council.vacancies_explained
    if told is None:
        return unknown(f"{counted(count, 'siège vacant')} : donnez-en le motif.", "council.vacancies_explained")
    if told is False:
        return broken(f"{counted(count, 'siège vacant')} sans motif.")
    return ok(f"{counted(count, 'siège vacant')}, motif donné.")


@check("C09")
def crossed(situation: Situation) -> Iterator[Finding]:
    """Tell when the population has crossed a step since the renewal."""
    then, now = situation.commune.population_at_renewal, situation.commune.population
    other = situation.commune.population_total
    if situation.case.commune is None or (then is None and now is None):
        return
    if situation.special_status:
        if situation.council.legal_strength is None:
            yield unknown(_by_hand(situation), "council.legal_strength")
        else:
            yield apart("L'effectif est saisi à la main : aucun seuil de population ne le fixe.")
        return
    if then is None and now is not None and other is not None and council.crosses_step(now, other):
        few, many = sorted(council.legal_strength(number).members for number in (now, other))
        yield disputed(
            f"les populations municipale et totale donnent deux effectifs, {few} et {many} ; donnez la population de "
            "référence du renouvellement.",
            is_broken=False,
        )
        return
    if then is None or now is None:
        path = "commune.population_at_renewal" if then is None else "commune.population"
        yield unknown("Donnez la population au renouvellement et la population actuelle.", path)
    elif council.crosses_step(then, now):
        kept = council.legal_strength(then).members
        yield ok(f"Un seuil a été franchi depuis le renouvellement : l'effectif reste {kept} jusqu'au prochain.")
    else:
        yield ok("Aucun seuil d'effectif franchi depuis le renouvellement.")


@check("C10")
def opening(situation: Situation) -> Iterator[Finding]:
    """Judge the quorum at the opening."""
    if situation.case.meeting is None:
        return
    if free := without_quorum(situation, None, ""):
        yield free
        return
    room = situation.opening.before
    if room is None:
        yield unknown("Donnez les présents à l'ouverture.", "meeting.present")
        return
    yield judge_quorum(situation, room, 0)


def judge_quorum(situation: Situation, room: Crowd, excluded: int, index: int | None = None) -> Finding:
    """Compare the people in the room with more than half of those in office, at an item or at the opening."""
    at, most = "", situation.most_in_office
    if index is not None:
        at, most = f"items[{index}]", situation.most_in_office_at(index)
    if most is None:
        or_else = "" if situation.special_status else " (ou la population)"
        return unknown(f"Donnez les membres en exercice{or_else}.", _IN_OFFICE, at=at)
    asked = council.quorum(most, excluded=excluded)
    told = f"{counted(room.count, 'présent')} pour un quorum de {asked}"
    out = counted(excluded, "représentant non compté", "représentants non comptés")
    less = f", {out}" if excluded else ""
    if room.count >= asked:
        return ok(f"{told} ({most} en exercice{less}) : atteint.", at=at)
    if situation.in_office is None and (index is None or situation.in_office_at(index) is None):
        return unknown(f"{told} si aucun siège n'est vacant : donnez les membres en exercice.", _IN_OFFICE, at=at)
    return broken(f"{told} ({most} en exercice{less}) : non atteint. Les procurations ne comptent pas.", at=at)


def excluded_count(situation: Situation, presence: Presence) -> int:
    """Return how many representatives are not counted: none before the law that says so."""
    in_force = not tables.number("presence_vaut_participation", situation.law_day)
    return presence.excluded.count if in_force else 0


@check("C11")
def at_each_item(situation: Situation) -> Iterator[Finding]:
    """Judge the quorum again at each item."""
    yield from _new_at_second(situation)
    for index, (item, presence) in enumerate(zip(situation.items, situation.presences, strict=True)):
        at = f"items[{index}]"
        room = presence.taking_part
        if free := without_quorum(situation, item.title, at):
            yield free
        elif room is None:
            yield unknown("Donnez les présents à ce point.", "meeting.present", f"{at}.present", at=at)
        elif _prevented_by_interest(situation, presence, index):
            yield disputed(
                "en Alsace-Moselle, quand la moitié des conseillers ou plus est empêchée par un intérêt personnel, le "
                "conseil délibère quel que soit le nombre (L2541-4) ; le rappeler sur la convocation.",
                at=at,
                is_broken=False,
            )
        else:
            yield _or_adjourned(item, judge_quorum(situation, room, excluded_count(situation, presence), index))


def _or_adjourned(item: AgendaItem, found: Finding) -> Finding:
    """An item that was put off for want of a quorum was not voted without one: that is what the law asks."""
    if found.status != "not_ok" or not item.adjourned or item.vote is not None or item.appointment is not None:
        return found
    return ok(f"{found.sentence} Le point est ajourné, comme il se doit.", at=found.at)


def _new_at_second(situation: Situation) -> Iterator[Finding]:
    """Judge what a second convocation adds, where the items themselves are not told: there the quorum is asked."""
    second = second_meeting(situation)
    if second is None or situation.items:
        return
    for title in second.new_items or ():
        at, room = "meeting.convocation.agenda", situation.opening.before
        if room is None:
            yield unknown(f"« {title} » : donnez les présents.", "meeting.present", at=at)
            continue
        found = replace(judge_quorum(situation, room, 0), at=at)
        told = f"« {title} » n'était pas à l'ordre du jour de la première séance, le quorum y est exigé : "
        yield replace(found, sentence=french(told) + found.sentence)


def _prevented_by_interest(situation: Situation, presence: Presence, index: int) -> bool:
    most = situation.in_office_at(index)
    return situation.is_local and most is not None and 0 < most <= presence.withdrawn.count * 2


@check("C12")
def second_convocation(situation: Situation) -> Iterator[Finding]:
    """Judge the second convocation."""
    second = second_meeting(situation)
    if second:
        yield from second.findings()
    elif is_new_meeting(situation):
        yield apart("Convoquée en urgence, cette séance est nouvelle : le quorum y est exigé.")


@check("C13")
def proxy_limits(situation: Situation) -> Iterator[Finding]:
    """Judge the proxies: one each, written, from absent to present, three meetings at most."""
    lists = [("meeting.proxies", situation.meeting.proxies, situation.opening)]
    lists += [
        (f"items[{index}].proxies", item.proxies, presence)
        for index, (item, presence) in enumerate(zip(situation.items, situation.presences, strict=True))
    ]
    for at, told, presence in lists:
        if isinstance(told, int):
            yield _proxy_count(situation, told, presence, at)
        elif told is not None:
            yield from _proxy_list(situation, told, presence, at)


def _proxy_count(situation: Situation, count: int, presence: Presence, at: str) -> Finding:
    if count == 0:
        return ok("Aucune procuration.", at=at)
    room, most = presence.before, situation.in_office
    limit = tables.number("procurations_par_conseiller", situation.law_day)
    if room and count > room.count * limit:
        return broken(
            f"{counted(count, 'procuration')} pour {counted(room.count, 'présent')} : une au plus chacun.", at=at
        )
    if room and most is not None and count > most - room.count:
        return broken(
            f"{counted(count, 'procuration')} pour {counted(most - room.count, 'absent')}.", at=at, is_final=True
        )
    return unknown("Le nombre est possible ; donnez qui donne procuration à qui.", at, at=at)


def _proxy_list(situation: Situation, told: tuple[GivenProxy, ...], presence: Presence, at: str) -> Iterator[Finding]:
    if not told:
        yield ok("Aucune procuration.", at=at)
        return
    listed_proxies = [given(one) for one in told if one.giver is not None and one.holder is not None]
    present = presence.before.names if presence.before else None
    refused = proxies.refusals(listed_proxies, present, on=situation.law_day)
    for one in refused:
        name = f"Procuration de {one.proxy.giver} à {one.proxy.holder} refusée"
        yield broken(f"{name} : {_FAULTS[one.fault]}.", at=at, is_final=one.fault in proxies.IMPOSSIBLE)
    missing = [*_missing(told, at)]
    if present is None:
        missing.append("meeting.present")
    if missing:
        yield unknown("Procurations : des faits manquent pour toutes les juger.", *missing, at=at)
    elif not refused:
        yield ok(f"{counted(len(told), 'procuration régulière')}.", at=at)


def _missing(told: tuple[GivenProxy, ...], at: str) -> Iterator[str]:
    limit = tables.number("procuration_seances")
    for index, one in enumerate(told):
        where = f"{at}[{index}]"
        for name in ("giver", "holder", "written", "meetings"):
            if getattr(one, name) is None:
                yield f"{where}.{name}"
        if one.meetings is not None and one.meetings > limit and one.illness is None:
            yield f"{where}.illness"


@check("C19")
def after_withdrawal(situation: Situation) -> Iterator[Finding]:
    """Judge whether a withdrawal takes the quorum away."""
    for index, (item, presence) in enumerate(zip(situation.items, situation.presences, strict=True)):
        at = f"items[{index}]"
        if not presence.withdrawn.count and not presence.excluded.count:
            continue
        if (free := without_quorum(situation, item.title, at)) or presence.taking_part is None:
            yield free or unknown("Donnez les présents à ce point.", "meeting.present", at=at)
            continue
        if _prevented_by_interest(situation, presence, index):
            yield apart("Empêchement de la moitié du conseil en Alsace-Moselle : voir C11.", at=at)
            continue
        judged = judge_quorum(situation, presence.taking_part, excluded_count(situation, presence), index)
        found = _or_adjourned(item, judged)
        if found.status == "not_ok":
            yield broken(f"Après retrait, {found.sentence} Reporter le point.", at=at)
        else:
            yield found
