"""Bodies, twinnings and persons: found by their folded names in the database, however many there are."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from flask import url_for
from sqlalchemy import and_, case, false, or_, select
from sqlalchemy.orm import joinedload

from app.bodies import queries as bodies
from app.bodies.models import Body, Mandate
from app.people.models import Person
from app.people.queries import is_known_to
from app.places.models import PlaceName
from app.places.queries import END, found_places
from app.twinnings import queries as twinnings
from app.twinnings.models import Twinning, TwinningEvent, TwinningParty, TwinningPerson
from app.web.searching.asked import MOST_LINES, MOST_LOOKED_AT, Hit, holds, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import ColumnElement

    from app.web.searching.asked import Asked, Word

_MOST_TWINNINGS = 50
_SHORTEST = 3
"""Letters of a word from which it is compared with the names of all places."""


def find_bodies(asked: Asked) -> Iterator[Hit]:
    """Bodies by their names in every language, their place, its postcode, their own numbers."""
    full = [number for number, told in _bodies_by_word(asked).items() if len(told) == len(asked.words)]
    shown = select(Body).where(Body.id.in_(full[:MOST_LOOKED_AT])).order_by(Body.folded, Body.id)
    for body in asked.session.scalars(shown.options(joinedload(Body.place))):
        yield Hit(body.name, url_for("bodies.page", body_id=body.id), is_sure=True)


def _bodies_by_word(asked: Asked) -> dict[int, set[int]]:
    """The bodies that the person may know and that answer a word or more, with the numbers of these words."""
    known = [_is_known_by(word) for word in asked.words]
    near = _near_places(asked) if asked.is_near else false()
    rows = asked.session.execute(
        select(Body.id, Body.folded, near, *known)
        .where(bodies.is_visible_to(asked.who.readable_body_ids), Body.trashed_at.is_(None))
        .where(or_(near, asked.may_answer(Body.folded), *known))
        .order_by(case((near, 0), else_=1), asked.fullest_first(Body.folded), Body.folded, Body.id)
        .limit(MOST_LINES)
    )
    return {
        number: {at for at in range(len(known)) if is_near or flags[at]} | asked.told_in(words_of(folded))
        for number, folded, is_near, *flags in rows
    }


def _is_known_by(word: Word) -> ColumnElement[bool]:
    """A body whose place is called so (its former and foreign names, its postcode, its code), or with this number."""
    starts = [spelling for spelling in word.spellings if len(spelling) >= _SHORTEST]
    named = or_(false(), *(and_(PlaceName.folded >= start, PlaceName.folded < start + END) for start in starts))
    return or_(
        holds(Body.folded, word),
        Body.place_id.in_(select(PlaceName.place_id).where(named)),
        *(Body.division.icontains(spelling, autoescape=True) for spelling in word.spellings),
        *(column == word.spellings[0].upper() for column in (Body.siret, Body.rna, Body.code)),
    )


def _near_places(asked: Asked) -> ColumnElement[bool]:
    found = found_places(asked.session, asked.typed)
    return Body.place_id.in_([place.value for place in found])


def _told_of_twinnings(asked: Asked) -> dict[int, set[int]]:
    """Which words, by number, a twinning answers: one may name its town, another what happened."""
    told: dict[int, set[int]] = defaultdict(set)
    by_body = _bodies_by_word(asked)
    parties = select(TwinningParty.twinning_id, TwinningParty.body_id).where(
        TwinningParty.body_id.in_(list(by_body)), TwinningParty.left_on.is_(None)
    )
    for twinning_id, body_id in asked.session.execute(parties):
        told[twinning_id] |= by_body[body_id]
    visible = select(Twinning.id).where(twinnings.is_visible_to(asked.who.readable_body_ids))
    events = select(TwinningEvent.twinning_id, TwinningEvent.title, TwinningEvent.text, TwinningEvent.place).where(
        TwinningEvent.trashed_at.is_(None), TwinningEvent.twinning_id.in_(visible)
    )
    texts = (TwinningEvent.title, TwinningEvent.text, TwinningEvent.place)
    for twinning_id, *said in asked.session.execute(asked.read(events, texts, TwinningEvent.id.desc())):
        told[twinning_id] |= asked.told_in(words_of(*said))
    return told


def _visible(asked: Asked, found: Sequence[int]) -> list[int]:
    """Those of the twinnings that the person may open; asked of few, as asking it of all takes long."""
    shown = select(Twinning.id).where(
        Twinning.id.in_(found[:MOST_LINES]),
        Twinning.trashed_at.is_(None),
        twinnings.is_visible_to(asked.who.readable_body_ids),
    )
    return list(asked.session.scalars(shown.order_by(Twinning.id).limit(_MOST_TWINNINGS)))


def find_twinnings(asked: Asked) -> Iterator[Hit]:
    """Twinnings by their towns and committees, and by what their timeline tells."""
    readable = asked.who.readable_body_ids
    full = _visible(asked, [number for number, told in _told_of_twinnings(asked).items() if told >= asked.all])
    towns = twinnings.parties_of(asked.session, full)
    for number in full:
        present = sorted(
            (party for party in towns.get(number, []) if party.left_on is None),
            key=lambda party: (party.body_id not in readable, party.position),
        )
        sides: dict[int, list[str]] = {}
        for party in present:
            if party.is_town:
                sides.setdefault(party.side, []).append(party.body.name)
        label = " — ".join(", ".join(names) for names in sides.values())
        yield Hit(label, url_for("twinnings.dossier", twinning_id=number), is_sure=True)


def find_persons(asked: Asked) -> Iterator[Hit]:
    """Persons whose record may be opened, with what they do."""
    doing = _duties(asked)
    rows = asked.session.execute(
        select(Person.id, Person.folded, Person.family_name, Person.given_name, Person.name_as_written)
        .where(Person.trashed_at.is_(None), is_known_to(asked.who))
        .where(or_(asked.may_answer(Person.folded), Person.id.in_(list(doing)[:MOST_LINES])))
        .order_by(asked.fullest_first(Person.folded), Person.folded, Person.id)
        .limit(MOST_LINES)
    )
    for number, folded, family_name, given_name, written in rows:
        if len(asked.told_in(words_of(folded)) | doing.get(number, set())) == len(asked.words):
            label = written or f"{given_name} {family_name}".strip()
            yield Hit(label, url_for("people.page", person_id=number), is_sure=True)


def _duties(asked: Asked) -> dict[int, set[int]]:
    """Which words are told by the offices that people hold where the person may see them."""
    readable, session = asked.who.readable_body_ids, asked.session
    shared = select(TwinningPerson.person_id, TwinningPerson.wording).where(
        TwinningPerson.trashed_at.is_(None),
        TwinningPerson.wording != "",
        TwinningPerson.twinning_id.in_(twinnings.twinning_ids_of(readable)),
    )
    held = select(Mandate.person_id, Mandate.wording).where(
        Mandate.trashed_at.is_(None), Mandate.wording != "", Mandate.body_id.in_(readable)
    )
    found: dict[int, set[int]] = defaultdict(set)
    for statement, wording, number in (
        (shared, TwinningPerson.wording, TwinningPerson.id),
        (held, Mandate.wording, Mandate.id),
    ):
        for person_id, said in session.execute(asked.read(statement, [wording], number.desc())):
            if told := asked.told_in(words_of(said)):
                found[person_id] |= told
    return found
