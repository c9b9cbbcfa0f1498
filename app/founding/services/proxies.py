"""The proxies of the constitutive assembly, under the article on votes of the statutes that it is to adopt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _ln

from app.founding import statutes
from app.founding.models import Attendance
from app.founding.services.ground import BadFounding
from app.founding.services.statutes import clauses_of
from app.law.assembly import Proxy, proxy_fault
from app.shared.folding import fold

if TYPE_CHECKING:
    from app.founding.models import Founder, Founding
    from app.founding.services.decided import HeldAssembly


def limit_of(founding: Founding) -> tuple[int | None, str]:
    """How many proxies one person carries at most, and the article; an article rewritten by hand is not read."""
    if not (article := article_of(founding, "votes")):
        return None, ""
    return int(statutes.values_of(founding.fields)["procurations_max"]), article


def article_of(founding: Founding, name: str) -> str:
    """« article 16 » of the statutes to adopt; empty where it was rewritten by hand, and is not read."""
    written = statutes.articles(clauses_of(founding), founding.fields, founding.own_words)
    found = next((one for one in written if one.id == name and not one.is_rewritten), None)
    return str(_l("article %(number)s", number=found.number)) if found is not None else ""


def proxies_noted(founding: Founding, command: HeldAssembly) -> list[tuple[int, int]]:
    """Who voted for whom, found by name among the founders who were there.

    :raises BadFounding: for somebody who was not there, or a proxy more than the statutes allow.
    """
    people = {one.id: one for one in founding.founders_now}
    present = {
        fold(people[number].person.name): people[number]
        for number, seat in command.seats.items()
        if seat.attendance == Attendance.PRESENT
    }
    most, article = limit_of(founding)
    noted: list[Proxy] = []
    for number, seat in command.seats.items():
        if seat.attendance != Attendance.REPRESENTED:
            continue
        giver, name = people[number], seat.represented_by.strip()
        holder = present.get(fold(name))
        if holder is None:
            raise BadFounding(
                _l(
                    "%(holder)s n’est pas parmi les fondateurs présents : écrivez le nom comme dans la liste, "
                    "ou notez %(giver)s comme absente ou absent.",
                    holder=name,
                    giver=giver.person.name,
                ),
                field="seats",
            )
        proxy = Proxy(giver.person_id, holder.person_id)
        entitled = {one.person_id for one in people.values()}
        if proxy_fault(proxy, noted, entitled=entitled, limit=most) == "too_many":
            raise BadFounding(_too_many(giver, holder, most or 0, article), field="seats")
        noted.append(proxy)
    return [(one.giver, one.holder) for one in noted]


def _too_many(giver: Founder, holder: Founder, most: int, article: str) -> object:
    names = {"giver": giver.person.name, "holder": holder.person.name, "article": article}
    if not most:
        return _l(
            "Les statuts à adopter (%(article)s) n’admettent aucun pouvoir : notez %(giver)s comme absente ou absent, "
            "ou corrigez cet article des statuts.",
            **names,
        )
    return _l(
        "C’est un pouvoir de trop : les statuts à adopter (%(article)s) permettent %(limit)s par personne, et "
        "%(holder)s en porterait un de plus avec celui de %(giver)s. Corrigez qui représente %(giver)s, ou notez "
        "une absence.",
        limit=_ln("%(num)s pouvoir", "%(num)s pouvoirs", most),
        **names,
    )
