"""Permissions as a table: who may do what, closed unless opened.

A room's ``policy.py`` declares its permissions (members of a :class:`Permission` subclass, each with a
sentence) and a ``POLICY`` mapping each of them to *ways*; a way is a tuple of :class:`Condition` that
must all hold. The factory registers every room's table; a permission without a table refuses everybody.

To add a door: a member, a row in ``POLICY``, ``@requires`` on the view; the matrix test shows the diff.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from flask_babel import lazy_gettext as _l

from app.access.roles import WRITERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from app.access.roles import Role


class Permission(Enum):
    """Base of every room's permissions: ``NAME = ("room.name", _l("sentence"))``."""

    def __new__(cls, code: str, sentence: object) -> Self:
        """Keep the code as the value, the sentence beside it."""
        member = object.__new__(cls)
        member._value_ = code
        member.sentence = sentence  # type: ignore[attr-defined]  # Enum members take attributes here
        return member


@dataclass(frozen=True)
class Grant:
    """A role that holds today in one body."""

    body_id: int
    body_name: str
    body_kind: str
    role: Role
    is_administrator: bool

    @property
    def may_write(self) -> bool:
        """Whether the role lets its holder change the body's dossiers."""
        return self.role in WRITERS


@dataclass(frozen=True)
class Identity:
    """Who asks: an account with the roles that hold today, or nobody.

    ``advised`` are the bodies that the person's federations advise: they may be read, never changed.
    ``current_body_id`` is the body in whose name the person looks at the pages just now.
    ``laid_aside`` are bodies in the trash whose accounts the person manages: nothing of them but the way back.
    """

    account_id: int | None = None
    name: str = ""
    language: str = "fr"
    grants: tuple[Grant, ...] = ()
    advised: frozenset[int] = frozenset()
    is_instance_administrator: bool = False
    current_body_id: int | None = None
    laid_aside: frozenset[int] = frozenset()
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_signed_in(self) -> bool:
        """Whether there is an account at all."""
        return self.account_id is not None

    @property
    def is_unnamed(self) -> bool:
        """Whether the person is known by an address alone, as the first who administers an installation."""
        return self.is_signed_in and (not self.name or "@" in self.name)

    @property
    def body_ids(self) -> frozenset[int]:
        """Bodies in which the person holds any role today."""
        return frozenset(grant.body_id for grant in self.grants)

    @property
    def written_body_ids(self) -> frozenset[int]:
        """Bodies for which the person may write."""
        return frozenset(grant.body_id for grant in self.grants if grant.may_write)

    @property
    def administered_body_ids(self) -> frozenset[int]:
        """Bodies whose accounts the person manages."""
        return frozenset(grant.body_id for grant in self.grants if grant.is_administrator)

    @property
    def readable_body_ids(self) -> frozenset[int]:
        """Own bodies and those advised by the person's federations."""
        return self.body_ids | self.advised

    @property
    def current_grant(self) -> Grant | None:
        """The grant in whose name the person acts just now."""
        for grant in self.grants:
            if grant.body_id == self.current_body_id:
                return grant
        return self.grants[0] if self.grants else None


NOBODY = Identity()


@dataclass(frozen=True)
class Condition:
    """A named predicate with the reason given when it does not hold."""

    name: str
    check: Callable[[Identity, Any], bool]
    reason: object


def condition(reason: object) -> Callable[[Callable[[Identity, Any], bool]], Condition]:
    """Make a condition of a predicate ``(who, object) -> bool``; its name is the function's."""

    def made(check: Callable[[Identity, Any], bool]) -> Condition:
        return Condition(check.__name__, check, reason)

    return made


Way = tuple[Condition, ...]
Policy: TypeAlias = "Mapping[Permission, tuple[Way, ...]]"


@dataclass(frozen=True)
class Verdict:
    """Whether something is allowed; if not, the reason of the way that came nearest."""

    allowed: bool
    reason: object = ""

    def __bool__(self) -> bool:
        """Return whether it is allowed."""
        return self.allowed


class Table:
    """All the rooms' policies together."""

    def __init__(self) -> None:
        self._ways: dict[Permission, tuple[Way, ...]] = {}
        self._views: dict[type, Permission] = {}

    def add(self, policy: Policy, *, visible: Mapping[type, Permission] | None = None) -> None:
        """Register a room's policy, and which permission lets a person know that an object exists."""
        if double := set(policy) & set(self._ways):
            raise ValueError(f"declared twice: {double}")
        self._ways.update(policy)
        self._views.update(visible or {})

    def __iter__(self) -> Iterator[Permission]:
        """Every declared permission, in order of declaration."""
        return iter(self._ways)

    def ways(self, permission: Permission) -> tuple[Way, ...]:
        """The ways of one permission; none when it was never declared."""
        return self._ways.get(permission, ())

    def judge(self, who: Identity, permission: Permission, thing: object = None) -> Verdict:
        """Say whether ``who`` may do ``permission`` to ``thing``, and if not, why."""
        nearest: tuple[int, object] = (-1, _l("Cette action n’est ouverte à personne."))
        for way in self.ways(permission):
            for held, needed in enumerate(way):
                if not needed.check(who, thing):
                    if held > nearest[0]:
                        nearest = (held, needed.reason)
                    break
            else:
                return Verdict(allowed=True)
        return Verdict(allowed=False, reason=nearest[1])

    def may_know(self, who: Identity, thing: object) -> bool:
        """Whether ``who`` may know that ``thing`` exists; a stranger gets « not found », not « refused »."""
        permission = self._views.get(type(thing))
        return permission is not None and self.judge(who, permission, thing).allowed


@condition(_l("Il faut être connecté."))
def is_signed_in(who: Identity, thing: object) -> bool:
    """Anybody with an account."""
    del thing
    return who.is_signed_in


@condition(_l("Cette page est réservée à l’administration de l’installation."))
def is_instance_administrator(who: Identity, thing: object) -> bool:
    """The person who runs the installation."""
    del thing
    return who.is_instance_administrator
