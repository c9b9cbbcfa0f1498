"""Facts that cannot be true together: they are refused before anything is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.law import tables
from app.law.presence import Crowd
from app.law.situation import Situation
from app.law.tables import check_rules
from app.law.vocabulary.kinds import Fault
from app.law.words import full_day, listed, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from app.law.vocabulary.case import Case, Override
    from app.law.vocabulary.meeting import People, When


def find(case: Case) -> list[Fault]:
    """Return every contradiction, each with its place and what to do."""
    situation = Situation(case)
    return [
        *_place(situation),
        *_council(situation),
        *_people(situation),
        *_comings(situation),
        *_ballots(situation),
        *_days(situation),
        *_overrides(case),
        *_links(situation),
    ]


def _place(situation: Situation) -> Iterator[Fault]:
    told = situation.commune
    if not told.insee or not told.department:
        return
    width = 3 if told.insee.startswith("97") else 2
    if told.insee[:width].upper() != told.department.upper().zfill(2):
        yield Fault(
            "commune.department",
            f"le code {told.insee} n'est pas du département {told.department} : corrigez l'un des deux.",
        )


def _council(situation: Situation) -> Iterator[Fault]:
    told, strength = situation.council, situation.strength
    if told.in_office is None:
        return
    if told.members is not None and told.in_office != len(told.members):
        yield Fault(
            "council.in_office",
            f"{told.in_office} membres en exercice, mais {len(told.members)} dans la liste : corrigez l'un des deux.",
        )
    is_sure = told.legal_strength is not None or situation.commune.population_at_renewal is not None
    if told.vacancies is not None and strength and is_sure and strength.members - told.vacancies != told.in_office:
        yield Fault(
            "council.vacancies",
            f"un effectif de {strength.members} avec {told.vacancies} sièges vacants ne fait pas {told.in_office} "
            "membres en exercice : corrigez l'un des nombres.",
        )


def _people(situation: Situation) -> Iterator[Fault]:
    most = situation.in_office
    room = Crowd.of(situation.meeting.present)
    if most is not None and room and room.count > most:
        yield Fault(
            "meeting.present",
            f"{room.count} présents pour {most} membres en exercice : c'est impossible. Corrigez l'un des nombres.",
        )
    for index, (item, presence) in enumerate(zip(situation.items, situation.presences, strict=True)):
        where = f"items[{index}]"
        before = presence.before
        if most is not None and before and before.count > most:
            yield Fault(where, f"{before.count} présents pour {most} membres en exercice : vérifiez les arrivées.")
        told = Crowd.of(item.withdrawn)
        if before and told and told.count > before.count:
            yield Fault(f"{where}.withdrawn", f"{told.count} retraits pour {before.count} présents : c'est impossible.")


def _comings(situation: Situation) -> Iterator[Fault]:
    """Who comes in is not there yet, who leaves is there; by names, and only councillors."""
    room = _names(situation.meeting.present)
    yield from _unknown(situation, room, "meeting.present")
    for index, (item, presence) in enumerate(zip(situation.items, situation.presences, strict=True)):
        where = f"items[{index}]"
        arrived, left = _names(item.arrived), _names(item.left)
        if item.present is None and room is not None:
            yield from _fault(arrived & room if arrived else None, f"{where}.arrived", "déjà présents")
            yield from _fault(left - room if left else None, f"{where}.left", "absents avant ce point")
        room = presence.before.names if presence.before else None
        for name in ("present", "arrived", "left", "withdrawn"):
            yield from _unknown(situation, _names(getattr(item, name)), f"{where}.{name}")


def _names(people: People | None) -> frozenset[str] | None:
    return None if people is None or isinstance(people, int) else frozenset(people)


def _fault(names: frozenset[str] | None, at: str, what: str) -> Iterator[Fault]:
    if names:
        yield Fault(at, f"{listed(sorted(names))} : {what}. Corrigez les noms ou les mouvements.")


def _unknown(situation: Situation, names: frozenset[str] | None, at: str) -> Iterator[Fault]:
    members = situation.council.members
    if members is None or names is None:
        return
    known = {one if isinstance(one, str) else one.name for one in members}
    yield from _fault(frozenset(names - known), at, "ne figurent pas parmi « council.members »")


def _ballots(situation: Situation) -> Iterator[Fault]:
    limit = tables.number("tours_majorite_absolue", situation.law_day) + 1
    for index, (item, presence) in enumerate(zip(situation.items, situation.presences, strict=True)):
        at, room = f"items[{index}]", presence.taking_part
        for name in ("public_requested_by", "secret_requested_by"):
            asked = getattr(item.vote, name) if item.vote else None
            if room and asked is not None and asked > room.count:
                yield Fault(f"{at}.vote.{name}", f"{asked} demandes pour {room.count} présents : c'est impossible.")
        rounds = (item.appointment.rounds if item.appointment else None) or ()
        if len(rounds) > limit:
            yield Fault(f"{at}.appointment.rounds", f"{len(rounds)} tours : il y en a {limit} au plus (L2121-21).")
        for place, one in enumerate(rounds):
            most = max((one.votes or {}).values(), default=0)
            if presence.entitled is not None and most > presence.entitled:
                yield Fault(
                    f"{at}.appointment.rounds[{place}]",
                    f"{most} voix pour un candidat et {presence.entitled} votants : c'est impossible.",
                )


def _days(situation: Situation) -> Iterator[Fault]:
    for index, act in enumerate(situation.acts):
        adopted = situation.adopted_on(act)
        for name in ("transmitted_on", "published_on", "certified_on"):
            yield from _before(getattr(act, name), adopted, f"acts[{index}].{name}", "l'adoption de l'acte")
        yield from _before(
            act.completed_on, act.prefect_request_on, f"acts[{index}].completed_on", "la demande du préfet"
        )
        if act.appeal:
            yield from _before(
                act.appeal.answered_on, act.appeal.lodged_on, f"acts[{index}].appeal.answered_on", "le dépôt du recours"
            )
    minutes = situation.meeting.minutes
    if minutes:
        yield from _before(minutes.adopted_on, situation.held_on, "meeting.minutes.adopted_on", "la séance")


def _before(later: When | None, earlier: date | None, at: str, what: str) -> Iterator[Fault]:
    if later and earlier and later < earlier:
        yield Fault(at, f"le {full_day(later)} précède {what} ({full_day(earlier)}). Corrigez l'une des deux dates.")


def _overrides(case: Case) -> Iterator[Fault]:
    for index, one in enumerate(case.overrides or ()):
        at = f"overrides[{index}]"
        if one.check is None or one.check not in check_rules():
            near = nearest((one.check or "").upper(), check_rules())
            hint = f" Vouliez-vous dire « {near} » ?" if near else ""
            yield Fault(f"{at}.check", f"« {one.check or ''} » n'est pas une vérification (C01 à C58).{hint}")
        if lacks := _lacking(one):
            yield Fault(
                at, f"une vérification s'écarte avec un motif, un auteur et une date : il manque {listed(lacks)}."
            )


def _lacking(one: Override) -> list[str]:
    return [name for name in ("reason", "author", "on") if getattr(one, name) is None]


def _links(situation: Situation) -> Iterator[Fault]:
    numbers = [act.number for act in situation.acts if act.number]
    for index, text in enumerate(situation.texts):
        if text.authorised_by is not None and numbers and text.authorised_by not in numbers:
            near = nearest(text.authorised_by, numbers)
            hint = f" Vouliez-vous dire « {near} » ?" if near else ""
            yield Fault(
                f"texts[{index}].authorised_by", f"aucun acte ne porte le numéro « {text.authorised_by} ».{hint}"
            )
