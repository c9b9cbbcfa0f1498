"""A national data set for measuring: a thousand French bodies with users, real pairs, a long journal.

The towns and their pairs are real (``data/PROVENANCE.md``); every person and every journal entry is invented.
The same rows come out each time. Rows are written in bulk, past the services: a million of them in minutes.
"""

from __future__ import annotations

import csv
import gzip
import io
import itertools
import uuid
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, text

from app.access.roles import Role
from app.accounts.models import Account, RoleGrant
from app.audit.models import JournalEntry
from app.bodies.models import Body, BodyKind
from app.shared.folding import fold
from app.twinnings.countries import country_code
from app.twinnings.models import EventKind, Stage, Twinning, TwinningEvent, TwinningKind, TwinningParty

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager

    from sqlalchemy.orm import Session

    Writing = Callable[[], AbstractContextManager[Session]]

PAIRS = Path(__file__).parent / "data" / "twinning_pairs.csv.gz"
USERS = 1000
ENTRIES = 1_000_000
_CHUNK = 20_000
_NAMES = uuid.UUID("4ad0c1f0-6c0e-4b8a-9f57-b2f07a9c2e55")
_BEGIN = datetime(2020, 1, 6, 8, tzinfo=UTC)
_MARK = "national"

Town = tuple[str, str]


def load(writing: Writing, *, entries: int = ENTRIES, users: int = USERS) -> bool:
    """Write what is missing of the data set; False when all of it was there."""
    pairs = list(_pairs())
    towns = list(dict.fromkeys(town for pair in pairs for town in pair))
    with writing() as session:
        first = session.scalar(select(Body.id).where(Body.uid == _uid("body", towns[0])))
        if first is None:
            first = _write_spine(session, towns, pairs, users)
    with writing() as session:
        held = session.scalar(select(func.count()).where(JournalEntry.subject_type == _MARK)) or 0
        french = _with_users(session, towns, users)
    for start in range(held, entries, _CHUNK * 10):
        rows = _entries(french, range(start, min(start + _CHUNK * 10, entries)))
        with writing() as session:
            _bulk(session, JournalEntry, rows)
            _advance(session)
    return held < entries


def _pairs() -> Iterator[tuple[Town, Town]]:
    """Every pair once, whatever its direction, countries unified; self pairs left out."""
    seen = set()
    with gzip.open(PAIRS) as packed:
        for row in csv.DictReader(io.TextIOWrapper(packed, "utf-8", newline="")):
            one = (row["city1"].strip()[:200], country_code(row["country1"]) or "")
            other = (row["city2"].strip()[:200], country_code(row["country2"]) or "")
            key = frozenset(((fold(one[0]), one[1]), (fold(other[0]), other[1])))
            if len(key) == 2 and key not in seen:  # noqa: PLR2004  # a pair
                seen.add(key)
                yield one, other


def _write_spine(session: Session, towns: list[Town], pairs: list[tuple[Town, Town]], users: int) -> int:
    """Bodies, accounts, roles, twinnings, their parties and one dated event each."""
    first = _next(session, Body)
    numbers = {town: first + rank for rank, town in enumerate(towns)}
    _bulk(session, Body, (_body(number, town) for town, number in numbers.items()))
    account, grant = _next(session, Account), _next(session, RoleGrant)
    french = [numbers[town] for town in towns if town[1] == "FR"][:users]
    _bulk(session, Account, (_account(account + rank, body, rank) for rank, body in enumerate(french)))
    _bulk(session, RoleGrant, (_grant(grant + rank, account + rank, body) for rank, body in enumerate(french)))
    kind = session.scalars(select(TwinningKind.id).order_by(TwinningKind.position)).first() or 1
    twinning, party = _next(session, Twinning), _next(session, TwinningParty)
    _bulk(session, Twinning, (_twinning(twinning + rank, kind, pair) for rank, pair in enumerate(pairs)))
    sides = ((rank, side, numbers[town]) for rank, pair in enumerate(pairs) for side, town in enumerate(pair, 1))
    rows = (
        {
            "id": party + count,
            "twinning_id": twinning + rank,
            "body_id": body,
            "side": side,
            "position": 0,
            "is_town": True,
        }
        for count, (rank, side, body) in enumerate(sides)
    )
    _bulk(session, TwinningParty, rows)
    event = _next(session, TwinningEvent)
    _bulk(session, TwinningEvent, (_event(event + rank, twinning + rank) for rank in range(len(pairs))))
    _advance(session)
    return first


def _with_users(session: Session, towns: list[Town], users: int) -> list[tuple[int, int, str, int | None]]:
    """The French bodies that have a user: body, account, the account's name, one of the body's twinnings."""
    uids = [_uid("body", town) for town in towns if town[1] == "FR"][:users]
    twinning = (
        select(func.min(TwinningParty.twinning_id))
        .where(TwinningParty.body_id == Body.id)
        .correlate(Body)
        .scalar_subquery()
    )
    statement = (
        select(Body.id, Account.id, Account.name, twinning)
        .join(RoleGrant, RoleGrant.body_id == Body.id)
        .join(Account, Account.id == RoleGrant.account_id)
        .where(Body.uid.in_(uids), Account.email.like("%@national.test"))
        .order_by(Body.id)
    )
    return [tuple(row) for row in session.execute(statement)]


def _body(number: int, town: Town) -> dict[str, Any]:
    name, country = town
    is_french = country == "FR"
    return {
        "id": number,
        "uid": _uid("body", town),
        "kind": str(BodyKind.COMMUNE if is_french else BodyKind.FOREIGN_AUTHORITY),
        "name": name,
        "folded": fold(name)[:200],
        "names": {},
        "country": country,
        "languages": ["fr"] if is_french else [],
        "created_at": _BEGIN,
    }


def _account(number: int, body: int, rank: int) -> dict[str, Any]:
    return {
        "id": number,
        "email": f"personne{rank + 1}@national.test",
        "name": f"Camille Fictive {rank + 1}",
        "current_body_id": body,
        "created_at": _BEGIN,
    }


def _grant(number: int, account: int, body: int) -> dict[str, Any]:
    return {
        "id": number,
        "account_id": account,
        "body_id": body,
        "role": str(Role.CLERK),
        "is_administrator": True,
        "since": date(2020, 1, 6),
        "created_at": _BEGIN,
    }


def _twinning(number: int, kind: int, pair: tuple[Town, Town]) -> dict[str, Any]:
    return {
        "id": number,
        "uid": _uid("twinning", pair),
        "kind_id": kind,
        "stage": str(Stage.ACTIVE),
        "themes": [],
        "languages": [],
        "created_at": _BEGIN,
    }


def _event(number: int, twinning: int) -> dict[str, Any]:
    """The opening of the dossier, which is all that the list lets one say."""
    return {
        "id": number,
        "twinning_id": twinning,
        "kind": str(EventKind.NOTE),
        "title": "Inscrit depuis une liste publique, sans date",
        "created_at": _BEGIN,
    }


def _entries(french: list[tuple[int, int, str, int | None]], numbers: Iterable[int]) -> Iterator[dict[str, Any]]:
    """Entries of the journal, one every two minutes, body after body."""
    for number in numbers:
        body, account, name, twinning = french[number % len(french)]
        yield {
            "at": _BEGIN + timedelta(minutes=2 * number),
            "actor_id": account,
            "actor_name": name,
            "action": "twinning.event_noted",
            "details": {"title": f"Souvenir fictif {number + 1}"},
            "body_id": body,
            "twinning_id": twinning,
            "subject_type": _MARK,
            "subject_id": number,
        }


def _uid(kind: str, what: object) -> str:
    return str(uuid.uuid5(_NAMES, f"{kind} {what!r}"))


def _next(session: Session, model: type[Any]) -> int:
    return 1 + (session.scalar(select(func.max(model.id))) or 0)


def _bulk(session: Session, model: type[Any], rows: Iterable[dict[str, Any]]) -> None:
    """Insert through the tables, past the mapper, a chunk at a time."""
    left = iter(rows)
    while chunk := list(itertools.islice(left, _CHUNK)):
        session.connection().execute(insert(model.__table__), chunk)


def _advance(session: Session) -> None:
    """Tell PostgreSQL which identifiers are taken."""
    if session.get_bind().dialect.name != "postgresql":
        return
    for model in (Body, Account, RoleGrant, Twinning, TwinningParty, TwinningEvent, JournalEntry):
        table = model.__tablename__
        session.execute(
            text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT coalesce(max(id), 1) FROM {table}))")  # noqa: S608  # our own names
        )
