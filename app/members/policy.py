"""Who may see and keep the people of a committee.

An association keeps its own list: whoever presides, writes or keeps the money. Its other members see their own
record. The town hall sees figures, never names (Conseil d’État, 28 mars 1997, Solana, no 182912); a régie is the
commune itself, whose people keep its list. Another body knows nothing of it, even across a shared twinning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import object_session

from app.access.roles import WRITERS, Role
from app.access.table import Permission, condition
from app.accounts.models import Account
from app.bodies.models import BodyKind
from app.members.models import DuesPeriod, DuesWaiver, HostFamily, Member, MemberGroup, Payment, Stay, Traveller
from app.members.queries.guests import Guest
from app.members.queries.roll import Roll, persons_hidden_from
from app.members.queries.stays import guests_hidden_from, mere_travellers
from app.people.queries import guard_through, passing_through

if TYPE_CHECKING:
    from sqlalchemy import Select

    from app.access.table import Identity, Policy
    from app.bodies.models import Body

KEEPERS = frozenset({Role.PRESIDENT, Role.SECRETARY, Role.TREASURER})
HOSTS = frozenset({Role.PRESIDENT, Role.SECRETARY, Role.COORDINATOR})
TOWN_HOSTS = frozenset({Role.CLERK, Role.COORDINATOR})
"""Who places guests for a régie, which is the commune itself."""


class MemberAction(Permission):
    """What can be done with the people of a committee."""

    LIST = ("members.list", _l("voir de quels comités on est membre ou tient la liste"))
    KNOW = ("members.know", _l("savoir qu’un comité tient une liste de membres"))
    FIGURES = ("members.figures", _l("voir le nombre des membres d’un comité, sans aucun nom"))
    READ = ("members.read", _l("lire la liste des membres d’un comité"))
    KEEP = ("members.keep", _l("tenir la liste des membres, les cotisations et les consentements d’un comité"))
    VIEW = ("members.view", _l("voir la fiche d’un membre"))
    EDIT = ("members.edit", _l("modifier la fiche d’un membre, la mettre à la corbeille ou l’en sortir"))
    ASK_DUES = ("members.ask_dues", _l("demander et encaisser les cotisations d’un comité"))
    HOST = ("members.host", _l("voir et tenir les familles d’accueil, les séjours et les voyageurs d’un comité"))


def _body(thing: Any) -> Body:  # noqa: ANN401  # a roll, a member, a group, a payment…
    body: Body = thing.stay.body if isinstance(thing, Traveller) else thing.body
    return body


def _keeps(who: Identity, body: Body, roles: frozenset[Role], of_town: frozenset[Role]) -> bool:
    """Whether somebody holds one of the roles in the body, or, for a régie, one of those in its commune."""
    town = body.parent_id if body.kind == BodyKind.COMMITTEE_SERVICE else None
    return any(
        (grant.body_id == body.id and grant.role in roles)
        or (town is not None and grant.body_id == town and grant.role in of_town)
        for grant in who.grants
    )


@condition(_l("Il faut être connecté."))
def has_an_account(who: Identity, thing: object) -> bool:
    """Anybody who signs in: a member sees the own record."""
    del thing
    return who.is_signed_in


@condition(_l("Ce comité n’est pas le vôtre."))
def is_of_the_committee_or_its_town(who: Identity, thing: Any) -> bool:  # noqa: ANN401  # as above
    """Somebody of the committee, or of the town it works for."""
    body = _body(thing)
    return body.id in who.body_ids or (body.parent_id is not None and body.parent_id in who.body_ids)


@condition(
    _l(
        "La liste des membres d’une association n’est connue que d’elle : la mairie peut demander des nombres, "
        "jamais des noms (Conseil d’État, 28 mars 1997, Solana)."
    )
)
def is_of_the_committee(who: Identity, thing: Any) -> bool:  # noqa: ANN401  # as above
    """Somebody of the committee itself; a régie is its commune."""
    body = _body(thing)
    own = body.id in who.body_ids
    return own or (body.kind == BodyKind.COMMITTEE_SERVICE and body.parent_id in who.body_ids)


@condition(
    _l(
        "La liste des membres est tenue par la présidente, le secrétaire et le trésorier ; "
        "votre propre fiche est dans « Membres »."
    )
)
def keeps_the_roll(who: Identity, thing: Any) -> bool:  # noqa: ANN401  # as above
    """Whoever presides, writes or keeps the money; for a régie, who writes for the commune."""
    return _keeps(who, _body(thing), KEEPERS, WRITERS)


@condition(
    _l(
        "Les familles d’accueil et les voyageurs ne sont vus que de la présidente, du secrétaire "
        "et de la coordinatrice."
    )
)
def places_guests(who: Identity, thing: Any) -> bool:  # noqa: ANN401  # as above
    """The few who place guests and keep the papers of minors."""
    return _keeps(who, _body(thing), HOSTS, TOWN_HOSTS)


def keeps_travellers(who: Identity, body: Body) -> bool:
    """Whether somebody is among those few, where no page asks for it."""
    return _keeps(who, body, HOSTS, TOWN_HOSTS)


def _members_hidden(bodies: frozenset[int], who: Identity | None) -> Select[int]:
    return persons_hidden_from(bodies if who is None else who.written_body_ids)


def _guests_hidden(bodies: frozenset[int], who: Identity | None) -> Select[int]:
    """What :data:`MemberAction.HOST` says of stays, said of the persons."""
    if who is None:
        return guests_hidden_from(bodies, bodies)
    own, towns = (
        frozenset(grant.body_id for grant in who.grants if grant.role in roles) for roles in (HOSTS, TOWN_HOSTS)
    )
    return guests_hidden_from(own, towns)


@condition(_l("Cette fiche est celle de quelqu’un d’autre."))
def is_the_own_record(who: Identity, member: Member) -> bool:
    """The record of the person who asks."""
    session = object_session(member)
    if session is None or who.account_id is None or member.person_id is None or member.trashed_at is not None:
        return False
    account = session.get(Account, who.account_id)
    return account is not None and account.person_id == member.person_id


@condition(
    _l(
        "Un service de la commune n’a pas de cotisations : ses recettes passent par une régie de recettes et le "
        "comptable public. Les encaisser soi-même serait une gestion de fait (code des juridictions financières, "
        "art. L. 131-15)."
    )
)
def is_an_association(who: Identity, thing: Any) -> bool:  # noqa: ANN401  # as above
    """Whether the committee has money of its own; a régie has none."""
    del who
    return _body(thing).kind != BodyKind.COMMITTEE_SERVICE


_KEEP = (is_of_the_committee_or_its_town, is_of_the_committee, keeps_the_roll)
_HOST = (is_of_the_committee_or_its_town, is_of_the_committee, places_guests)

POLICY: Policy = {
    MemberAction.LIST: ((has_an_account,),),
    MemberAction.KNOW: ((is_of_the_committee_or_its_town,),),
    MemberAction.FIGURES: ((is_of_the_committee_or_its_town,),),
    MemberAction.READ: (_KEEP,),
    MemberAction.KEEP: (_KEEP,),
    MemberAction.VIEW: (_KEEP, (is_the_own_record,)),
    MemberAction.EDIT: (_KEEP,),
    MemberAction.ASK_DUES: ((*_KEEP, is_an_association),),
    MemberAction.HOST: (_HOST,),
}
VISIBLE = {
    Roll: MemberAction.KNOW,
    Member: MemberAction.VIEW,
    MemberGroup: MemberAction.READ,
    DuesPeriod: MemberAction.READ,
    DuesWaiver: MemberAction.READ,
    Payment: MemberAction.READ,
    HostFamily: MemberAction.HOST,
    Stay: MemberAction.HOST,
    Traveller: MemberAction.HOST,
    Guest: MemberAction.HOST,
}
guard_through(_members_hidden)
guard_through(_guests_hidden)
passing_through(mere_travellers)
