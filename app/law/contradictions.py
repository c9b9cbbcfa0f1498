"""Facts that cannot be true together: they are refused before anything is judged."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from app.law import chronology, tables
from app.law.checks.money import amounts_of, year_of
from app.law.council import quorum
from app.law.presence import Crowd
from app.law.situation import Situation, department_of
from app.law.tables import check_rules
from app.law.vocabulary.kinds import Fault
from app.law.words import euros, listed, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.law.vocabulary.case import Case, Override
    from app.law.vocabulary.item import BallotRound
    from app.law.vocabulary.meeting import GivenProxy, People
    from app.law.vocabulary.money import Subsidy


def find(case: Case) -> list[Fault]:
    """Return every contradiction, each with its place and what to do."""
    situation = Situation(case)
    return [
        *_place(situation),
        *_council(situation),
        *_people(situation),
        *_comings(situation),
        *_ballots(situation),
        *_money(situation),
        *chronology.find(situation),
        *_overrides(case),
        *_links(situation),
    ]


def _place(situation: Situation) -> Iterator[Fault]:
    told = situation.commune
    local, department = tables.local_departments(), situation.department
    if told.alsace_moselle is not None and department and told.alsace_moselle != (department in local):
        yield Fault(
            "commune.alsace_moselle",
            f"le droit local vaut dans les départements {listed(sorted(local))}, et la commune est du "
            f"{department} : corrigez l'un des deux.",
        )
    if not told.insee or not told.department:
        return
    if (department_of(told.insee) or "").upper() != told.department.upper().zfill(2):
        yield Fault(
            "commune.department",
            f"le code {told.insee} n'est pas du département {told.department} : corrigez l'un des deux.",
        )


def _council(situation: Situation) -> Iterator[Fault]:
    told, strength = situation.council, situation.strength
    if twice := _repeated(situation.member_names or ()):
        yield Fault(
            "council.members", f"{listed(twice)} : donné deux fois. Distinguez les homonymes, ou corrigez la liste."
        )
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


def _repeated(names: Iterable[str]) -> list[str]:
    counts = Counter(name for name in names if name)
    return sorted(name for name, count in counts.items() if count > 1)


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
        before, came, most = presence.before, Crowd.of(item.arrived), situation.in_office_at(index)
        if most is not None and before and before.count > most:
            yield Fault(where, f"{before.count} présents pour {most} membres en exercice : vérifiez les arrivées.")
        told, gone = Crowd.of(item.withdrawn), Crowd.of(item.left)
        if before and told and told.count > before.count:
            yield Fault(f"{where}.withdrawn", f"{told.count} retraits pour {before.count} présents : c'est impossible.")
        if room and gone and item.present is None and gone.count > room.count + (came.count if came else 0):
            yield Fault(f"{where}.left", f"{gone.count} départs pour {room.count} présents : c'est impossible.")
        room = before


def _comings(situation: Situation) -> Iterator[Fault]:
    """Who comes in is not there yet, who leaves is there; by names, and only councillors."""
    meeting = situation.meeting
    room = _names(meeting.present)
    yield from _twice(meeting.present, "meeting.present")
    yield from _unknown(situation, room, "meeting.present")
    yield from _unknown(situation, _names((meeting.president,) if meeting.president else None), "meeting.president")
    yield from _proxies(situation, meeting.proxies, "meeting.proxies")
    for place, one in enumerate(situation.convocation.dispatches or ()):
        named = _names((one.member,) if one.member else None)
        yield from _unknown(situation, named, f"meeting.convocation.dispatches[{place}].member")
    yield from _urgency(situation)
    for index, (item, presence) in enumerate(zip(situation.items, situation.presences, strict=True)):
        where = f"items[{index}]"
        arrived, left = _names(item.arrived), _names(item.left)
        for name in ("present", "arrived", "left", "withdrawn"):
            yield from _twice(getattr(item, name), f"{where}.{name}")
        if item.present is None and room is not None:
            yield from _fault(arrived & room if arrived else None, f"{where}.arrived", "déjà dans la salle")
            yield from _fault(left - room if left else None, f"{where}.left", "hors de la salle avant ce point")
        room = presence.before.names if presence.before else None
        for name in ("present", "arrived", "left", "withdrawn", "excluded_representatives"):
            yield from _unknown(situation, _names(getattr(item, name)), f"{where}.{name}")
        yield from _proxies(situation, item.proxies, f"{where}.proxies")
        for place, interested in enumerate(item.interested or ()):
            named = _names((interested.name,) if interested.name else None)
            yield from _unknown(situation, named, f"{where}.interested[{place}].name")


def _proxies(situation: Situation, told: int | tuple[GivenProxy, ...] | None, at: str) -> Iterator[Fault]:
    for place, one in enumerate(told if isinstance(told, tuple) else ()):
        for side in ("giver", "holder"):
            name = getattr(one, side)
            yield from _unknown(situation, _names((name,) if name else None), f"{at}[{place}].{side}")


def _urgency(situation: Situation) -> Iterator[Fault]:
    meeting, first = situation.meeting, situation.meeting.second_convocation_of
    if meeting.urgent is False and (meeting.urgency_vote in {"accepted", "refused"} or meeting.urgency_reason):
        yield Fault("meeting.urgent", "pas d'urgence, mais un motif ou un vote sur l'urgence : corrigez l'un des deux.")
    if first and first.quorum_reached is not None and first.present is not None and situation.in_office is not None:
        asked = quorum(situation.in_office)
        if first.quorum_reached != (first.present >= asked):
            yield Fault(
                "meeting.second_convocation_of.quorum_reached",
                f"{first.present} présents pour un quorum de {asked} disent le contraire : corrigez l'un des deux.",
            )


def _names(people: People | None) -> frozenset[str] | None:
    return None if people is None or isinstance(people, int) else frozenset(people)


def _fault(names: frozenset[str] | None, at: str, what: str) -> Iterator[Fault]:
    if names:
        yield Fault(at, f"{listed(sorted(names))} : {what}. Corrigez les noms ou les mouvements.")


def _twice(people: People | None, at: str) -> Iterator[Fault]:
    if isinstance(people, tuple):
        yield from _fault(frozenset(_repeated(people)), at, "deux fois dans la liste")


def _unknown(situation: Situation, names: frozenset[str] | None, at: str) -> Iterator[Fault]:
    members = situation.council.members
    if members is None or names is None:
        return
    known = {one if isinstance(one, str) else one.name for one in members}
    yield from _fault(frozenset(names - known), at, "hors de la liste council.members")


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
        seats = item.appointment.seats if item.appointment else None
        for place, one in enumerate(rounds):
            yield from _papers(one, seats, presence.entitled, f"{at}.appointment.rounds[{place}]")


def _papers(told: BallotRound, seats: int | None, entitled: int | None, at: str) -> Iterator[Fault]:
    """A paper names each candidate once, and with one seat each vote is a paper; C14 compares them with the voters."""
    voices = tuple((told.votes or {}).values())
    most, least = max(voices, default=0), sum(voices)
    if told.cast is not None and most > told.cast:
        yield Fault(at, f"{most} voix pour un candidat et {told.cast} suffrages exprimés : c'est impossible.")
    elif told.cast is not None and seats == 1 and least > told.cast:
        yield Fault(at, f"{least} voix et {told.cast} suffrages exprimés pour un seul siège : c'est impossible.")
    if entitled is not None and most > entitled:
        yield Fault(at, f"{most} voix pour un candidat et {entitled} votants : c'est impossible.")


def _money(situation: Situation) -> Iterator[Fault]:
    """The aids of a year are told once: as totals, or one by one; and alike wherever they are told again."""
    totals: dict[tuple[str | None, int], Decimal] = {}
    for index, told in enumerate(situation.subsidies):
        at = f"subsidies[{index}]"
        yield from _told_twice(told, at)
        known, lacks = amounts_of(told)
        year = year_of(told)
        if lacks or year is None or (told.beneficiary is None and situation.case.association is None):
            continue
        total = sum(known, Decimal(0))
        before = totals.setdefault((told.beneficiary, year), total)
        if before != total:
            yield Fault(
                at,
                f"{euros(total)} d'aides en {year}, et {euros(before)} plus haut pour la même association : donnez "
                "partout le total de l'année, ou la même liste « aids ».",
            )


def _told_twice(told: Subsidy, at: str) -> Iterator[Fault]:
    for name in ("cash", "in_kind") if told.aids else ():
        total = getattr(told, name)
        parts = [one.amount for one in told.aids or () if one.kind == name]
        if total is not None and None not in parts and sum(filter(None, parts)) != total:
            yield Fault(f"{at}.{name}", f"{euros(total)} ne sont pas la somme de « aids » : gardez l'un des deux.")


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
