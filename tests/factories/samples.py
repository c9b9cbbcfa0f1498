"""One small world and one object of every kind in it, for tests that walk through every door.

Two towns, A (« own ») and B (« shared »), share a twinning; C is a stranger; a federation advises A;
a partner's record is kept by A. Every sample belongs to A, or to the twinning of A and B.

A room with new endpoints adds to ``SAMPLES`` how to find the value of each argument of its addresses
(``world -> value``); an endpoint that means something else by an argument gets a key of its own, ``endpoint:argument``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from app.access.roles import Role
from app.accounts import queries
from app.accounts.models import Token, TokenPurpose
from app.assemblies.models import ItemKind
from app.assemblies.queries import rules_of
from app.assemblies.services import holding
from app.bodies.models import BodyKind, Function
from app.conventions.models import Convention, ConventionBody, ConventionScan, ConventionVersion
from app.council.models import Attendance, MeetingStatus
from app.council.services import proxies, room
from app.founding.queries import delegations_of
from app.handover import services as handovers
from app.handover.models import Handover, HandoverPerson, Side, ThingKind
from app.mail.services import Letter, enqueue
from app.shared import clock
from app.texts import interchange
from app.texts.document import Article, Document, Kind
from app.texts.wording import load_model
from app.yearly.services import open_year
from tests.factories.accounts import LONG_AGO, make_account, make_adviser, make_member
from tests.factories.actions import make_project
from tests.factories.assemblies import add_item, make_assembly, open_with, record_statutes
from tests.factories.bodies import make_body, make_mandate
from tests.factories.ceremonies import make_ceremony, make_feed
from tests.factories.council import BY, make_act, make_meeting, make_subsidy
from tests.factories.founding import make_delegation, make_proof, make_ready
from tests.factories.funding import make_check, make_deadline_feed, make_rule_file, make_tick
from tests.factories.mailing import make_delivery, make_mailing, make_model
from tests.factories.members import (
    enrol,
    make_consent,
    make_gift,
    make_group,
    make_guest,
    make_host,
    make_payment,
    make_period,
    make_stay,
    make_waiver,
)
from tests.factories.past import make_past
from tests.factories.people import make_person
from tests.factories.twinnings import make_dossier_person, make_event, make_twinning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session

    from app.access.table import Identity
    from app.accounts.models import Account, RoleGrant
    from app.actions.models import Project
    from app.assemblies.models import Assembly
    from app.bodies.models import Body
    from app.ceremonies.models import CalendarFeed, Ceremony
    from app.council.models import Meeting
    from app.founding.models import Founding
    from app.funding.models import DeadlineFeed
    from app.mailing.models import Delivery
    from app.members.models import DuesPeriod, Member, Stay
    from app.twinnings.models import Twinning


@dataclass
class World:
    """What the samples are taken from; each is made once, when first asked for."""

    session: Session
    own: Body = field(init=False)
    shared: Body = field(init=False)
    stranger: Body = field(init=False)
    twinning: Twinning = field(init=False)
    clerk: Account = field(init=False)
    made: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.own = make_body(self.session, "Bourg-Essai", languages=["fr"])
        self.shared = make_body(
            self.session, "Misto-Essai", BodyKind.FOREIGN_AUTHORITY, country="UA", languages=["uk", "en"]
        )
        self.stranger = make_body(self.session, "Ailleurs-Essai", languages=["fr"])
        self.twinning = make_twinning(self.session, self.own, self.shared)
        self.clerk = make_member(self.session, self.own, Role.CLERK, is_administrator=True)

    def once(self, name: str, make: Callable[[World], Any]) -> Any:
        """The object of this name, made the first time."""
        if name not in self.made:
            self.made[name] = make(self)
            self.session.commit()
        return self.made[name]

    def value(self, endpoint: str, argument: str) -> Any:
        """The sample of an address's argument."""
        find = SAMPLES.get(f"{endpoint}:{argument}") or SAMPLES.get(argument)
        if find is None:
            raise LookupError(
                f"{endpoint} : tests/factories/samples.py ne sait pas ce qu’est « {argument} » ; ajoutez-le à SAMPLES"
            )
        return find(self)


@dataclass(frozen=True)
class Visitor:
    """Somebody in a relation to the samples, with one role."""

    relation: str
    role: str
    account: Account | None
    identity: Identity


def visitors(world: World) -> Iterator[Visitor]:
    """Nobody, every role in every relation, the adviser, whoever runs the installation."""
    session = world.session
    yield from _known(session, "personne", "", None)
    for relation, body in (("le sien", world.own), ("partagé", world.shared), ("étranger", world.stranger)):
        yield from _known(
            session, relation, "administre", make_member(session, body, Role.CLERK, is_administrator=True)
        )
        for role in Role:
            yield from _known(session, relation, role.value, make_member(session, body, role))
    yield from _known(session, "fédération", "", make_adviser(session, world.own))
    yield from _known(session, "installation", "", make_account(session, is_instance_administrator=True))


def _known(session: Session, relation: str, role: str, account: Account | None) -> Iterator[Visitor]:
    if account is None:
        yield Visitor(relation, role, None, queries.NOBODY)
    else:
        found = queries.identity(session, account_id=account.id, epoch=account.session_epoch, on=clock.today())
        yield Visitor(relation, role, account, found)


def _grant(world: World) -> RoleGrant:
    """The role of a treasurer of A, which its administrators may change."""
    account = make_member(world.session, world.own, Role.TREASURER)
    return account.grants[0]


def _token(world: World, purpose: TokenPurpose) -> Token:
    token = Token(
        purpose=purpose,
        link_hash=f"hash of {purpose}",
        email="invitee@exemple.test",
        body_id=world.own.id,
        role=Role.SECRETARY,
        name="Invitée Fictive",
        created_at=clock.now(),
        expires_at=clock.now() + timedelta(days=1),
    )
    world.session.add(token)
    world.session.commit()
    return token


def _message(world: World) -> Any:
    letter = Letter(to="mairie@exemple.test", subject="Essai", text="Essai", body_id=world.own.id)
    message = enqueue(world.session, letter, at=clock.now())
    world.session.commit()
    return message


def _convention(world: World) -> Convention:
    document = Document(
        format="traitdunion/convention",
        version=1,
        id="convention-essai",
        kind=Kind.CONVENTION,
        title={"fr": "Convention d’essai"},
        languages=["fr", "en"],
        articles=[Article(id="objet", heading={"fr": "Objet"}, body={"fr": "Un essai."})],
    )
    plain = interchange.plain(document)
    convention = Convention(
        uid="convention-essai",
        kind=Kind.CONVENTION,
        title="Convention d’essai",
        languages=["fr", "en"],
        document=plain,
        owner_body_id=world.own.id,
        created_at=LONG_AGO,
        changed_at=LONG_AGO,
        twinnings=[world.twinning],
        bodies=[ConventionBody(body_id=world.own.id, party="partie-1")],
    )
    convention.versions = [
        ConventionVersion(
            number=1,
            kind="draft",
            document=plain,
            text="Un essai.",
            sha256="0" * 64,
            made_by="x",
            made_at=LONG_AGO,
            revision=1,
        )
    ]
    convention.scans = [
        ConventionScan(
            filename="s.pdf",
            file="s",
            media_type="application/pdf",
            size=1,
            sha256="0" * 64,
            added_by="x",
            added_at=LONG_AGO,
        )
    ]
    world.session.add(convention)
    world.session.commit()
    return convention


def _ceremony(world: World) -> Ceremony:
    return make_ceremony(world.session, world.twinning, items=[{}])


def _feed(world: World) -> CalendarFeed:
    return make_feed(
        world.session,
        token="a" * 32,  # as long as the address wants it
        ceremony=world.once("ceremony", _ceremony),
        created_by_id=world.clerk.id,
    )


def _meeting(world: World) -> Meeting:
    """A convened meeting of A with everything that may hang on it."""
    session = world.session
    for function in (Function.MAYOR, Function.COUNCILLOR, Function.COUNCILLOR):
        make_mandate(session, world.own, function=function)
    meeting = make_meeting(session, world.own, make_act(session, world.own, twinning_id=world.twinning.id))
    meeting.status = MeetingStatus.CONVENED
    for seat in meeting.seats[:2]:
        seat.attendance = Attendance.PRESENT
    point = meeting.points[0]
    session.flush()
    proxies.note_proxy(
        session, meeting, (meeting.seats[2], meeting.seats[1]), is_written=True, illness=False, by=BY, at=LONG_AGO
    )
    room.note_movement(session, point, meeting.seats[1], "", by=BY, at=LONG_AGO)
    room.note_recusal(session, point, meeting.seats[1], "", by=BY, at=LONG_AGO)
    return meeting


def _project(world: World) -> Project:
    return world.once("project", lambda _: make_project(world.session, world.twinning, world.own))


def _deadlines(world: World) -> DeadlineFeed:
    return make_deadline_feed(
        world.session, token="d" * 32, project_id=_project(world).id, created_by_id=world.clerk.id
    )


def _regie(world: World) -> Body:
    """The service of A that keeps a list of members; associations have doors of their own in tests/members."""
    return world.once(
        "regie",
        lambda _: make_body(world.session, "Service des jumelages", BodyKind.COMMITTEE_SERVICE, parent_id=world.own.id),
    )


def _of_regie(world: World) -> int:
    return _regie(world).id


def _enrolled(world: World) -> Member:
    return world.once("member", lambda _: enrol(world.session, _regie(world)))


def _dues(world: World) -> DuesPeriod:
    _enrolled(world)
    return world.once("period", lambda _: make_period(world.session, _regie(world)))


def _assembly(world: World) -> Assembly:
    """An assembly of A that is open, with an election, a proxy and a rule of the statutes."""
    session = world.session
    assembly = make_assembly(session, world.own, people=4)
    add_item(session, assembly)
    add_item(session, assembly, "Élection", kind=ItemKind.ELECTION, function=Function.PRESIDENT)
    record_statutes(session, world.own)
    open_with(session, assembly, 3)
    holding.give_proxy(session, assembly, assembly.seats[3], assembly.seats[0], by=BY, at=LONG_AGO)
    return assembly


def _assembled(world: World) -> Assembly:
    return world.once("assembly", _assembly)


def _committee(world: World) -> int:
    """An association of A's town: its statutes and resolutions are not the town's to read."""
    return world.once(
        "committee",
        lambda _: make_body(world.session, "Comité d’essai", BodyKind.COMMITTEE, parent_id=world.own.id),
    ).id


def _handover(world: World) -> Handover:
    """What A's president hands to the next one."""
    session, today = world.session, clock.today()
    handover = Handover(
        uid="passation-essai", body_id=world.own.id, takes_over_on=today, access_ends_on=today, created_at=LONG_AGO
    )
    for side in Side:
        person = make_person(session, kept_by_body_id=world.own.id)
        handover.people.append(HandoverPerson(person_id=person.id, side=side))
    session.add(handover)
    session.commit()
    facts = handovers.ThingFacts(kind=ThingKind.OBJECT, label="Clé")
    handovers.add_thing(session, handover, facts, by=BY, at=clock.now())
    return handover


def _handed(world: World) -> Handover:
    return world.once("handover", _handover)


_ITEM_PAGES = (
    "item", "edit_item", "raise_item", "lower_item", "withdraw_item", "count", "cast", "distance", "stand",
    "stand_down", "end_election", "adjourn", "reopen", "debate", "vote",
)  # fmt: skip


def _stay(world: World) -> Stay:
    return world.once("stay", lambda _: make_stay(world.session, _enrolled(world)))


def _guest(world: World) -> int:
    """Somebody who comes along on a stay and is no member."""
    return world.once("guest", lambda _: make_guest(world.session, _stay(world))).person_id


def _group(world: World) -> int:
    return world.once("group", lambda _: make_group(world.session, _enrolled(world))).id


def _delivery(world: World) -> Delivery:
    return make_delivery(world.session, make_mailing(world.session, _regie(world)))


def _founding(world: World) -> Founding:
    """An association that A founds, with its founders, a proof of a step, and a delegation to it."""
    made = make_ready(world.session, world.own, founders=2)
    make_proof(world.session, made)
    make_delegation(world.session, made)
    return made


def _founded(world: World) -> Founding:
    return world.once("founding", _founding)


_LISTS = (
    "roll",
    "add",
    "figures",
    "dues",
    "new_period",
    "settings",
    "keep_category",
    "keep_field",
    "retire",
    "groups",
    "import_list",
    "check_list",
    "care",
    "register",
    "hosts",
    "add_host",
    "add_stay",
    "volunteers",
    "trash_volunteer",
    "export_list",
)

SAMPLES: dict[str, Callable[[World], Any]] = {
    "account_id": lambda world: world.clerk.id,
    "book_id": lambda world: (
        world.once("book", lambda _: open_year(world.session, world.own, 2026, by=BY, at=clock.now())).id
    ),
    "yearly.document:document": lambda _: "rapport",
    "handover_id": lambda world: _handed(world).id,
    "handover_person_id": lambda world: _handed(world).people[0].id,
    "handover.start:body_id": _committee,
    "thing_id": lambda world: _handed(world).things[0].id,
    "assembly_id": lambda world: _assembled(world).id,
    "assemblies.assembly_document:document": lambda _: "proces-verbal",
    "seat_id": lambda world: _assembled(world).seats[0].id,
    "rule_id": lambda world: _assembled(world) and rules_of(world.session, world.own.id)[0].id,
    "assemblies.take_back_proxy:proxy_id": lambda world: _assembled(world).proxies[0].id,
    **{f"assemblies.{page}:item_id": lambda world: _assembled(world).items[1].id for page in _ITEM_PAGES},
    **{f"assemblies.{page}:body_id": _committee for page in ("rules", "add_rule", "register", "register_document")},
    **{f"assemblies.{page}:token": lambda _: "un-lien-qui-n-ouvre-rien" for page in ("personal", "respond", "vote")},
    "act_id": lambda world: world.once("meeting", _meeting).points[0].act_id,
    "article_id": lambda world: world.once("convention", _convention) and "objet",
    "body_id": lambda world: world.own.id,
    "ceremony_id": lambda world: world.once("ceremony", _ceremony).id,
    "council.act_document:document": lambda _: "deliberation",
    "council.meeting_document:document": lambda _: "convocation",
    "convention_id": lambda world: world.once("convention", _convention).id,
    "conventions.edit_wording:article_id": lambda _: load_model("oath").slots[0].id,
    "conventions.reset_wording:article_id": lambda _: load_model("oath").slots[0].id,
    "conventions.draft:form": lambda _: "pdf",
    "conventions.frozen:form": lambda _: "pdf",
    "dossier_person_id": lambda world: (
        world.once("dossier person", lambda _: make_dossier_person(world.session, world.twinning, world.own)).id
    ),
    "event_id": lambda world: world.once("event", lambda _: make_event(world.session, world.twinning)).id,
    "feed_id": lambda world: world.once("feed", _feed).id,
    "filename": lambda _: "css/base.css",
    "grant_id": lambda world: world.once("grant", _grant).id,
    "item_id": lambda world: world.once("ceremony", _ceremony).items[0].id,
    "kind_id": lambda world: world.twinning.kind_id,
    "link": lambda _: "un-lien-qui-n-ouvre-rien",
    "mandate_id": lambda world: world.once("mandate", lambda _: make_mandate(world.session, world.own)).id,
    "meeting_id": lambda world: world.once("meeting", _meeting).id,
    "movement_id": lambda world: world.once("meeting", _meeting).seats[1].movements[0].id,
    "message_id": lambda world: world.once("message", _message).id,
    "model": lambda _: "oath",
    "number": lambda world: world.once("convention", _convention) and 1,
    "occasion": lambda _: "conseil",
    "party_id": lambda world: world.twinning.parties[0].id,
    "check_id": lambda world: world.once("check", lambda _: make_check(world.session, _project(world))).id,
    "edition": lambda _: "2024",
    "funding.feed:token": lambda world: world.once("deadlines", _deadlines).token,
    "funding.revoke:feed_id": lambda world: world.once("deadlines", _deadlines).id,
    "group": lambda _: "projet",
    "programme": lambda _: "cerv-jumelage",
    "rule_file_id": lambda world: world.once("rule file", lambda _: make_rule_file(world.session, world.own)).id,
    "tick_id": lambda world: world.once("tick", lambda _: make_tick(world.session, _project(world))).id,
    "project_id": lambda world: _project(world).id,
    "person_id": lambda world: (
        world.once("person", lambda _: make_person(world.session, kept_by_body_id=world.own.id)).id
    ),
    "point_id": lambda world: world.once("meeting", _meeting).points[0].id,
    "proxy_id": lambda world: world.once("meeting", _meeting).proxies[0].id,
    "recusal_id": lambda world: world.once("meeting", _meeting).points[0].recusals[0].id,
    "scan_id": lambda world: world.once("convention", _convention).scans[0].id,
    "past_id": lambda world: world.once("past", lambda _: make_past(world.session, world.own)).id,
    "council.opendata_file:schema": lambda _: "deliberations",
    "subsidy_id": lambda world: world.once("subsidy", lambda _: make_subsidy(world.session, world.own)).id,
    "token": lambda world: world.once("feed", _feed).token,
    "token_id": lambda world: world.once("token", lambda _: _token(world, TokenPurpose.INVITATION)).id,
    "twinning_id": lambda world: world.twinning.id,
    "twinnings.export:form": lambda _: "csv",
    "year": lambda _: 2026,
    **{f"mailing.{page}:body_id": _of_regie for page in ("new", "models", "new_model")},
    "mailing_id": lambda world: world.once("mailing", lambda _: make_mailing(world.session, _regie(world))).id,
    "model_id": lambda world: world.once("model", lambda _: make_model(world.session, _regie(world))).id,
    "delivery_id": lambda world: world.once("delivery", _delivery).id,
    "handover.doubt:token": lambda _: "un-lien-qui-n-ouvre-rien",
    "handover.doubted:token": lambda _: "un-lien-qui-n-ouvre-rien",
    "mailing.leave:token": lambda _: "un-lien-qui-n-ouvre-rien",
    "mailing.left:token": lambda _: "un-lien-qui-n-ouvre-rien",
    "founding_id": lambda world: _founded(world).id,
    "founder_id": lambda world: _founded(world).founders[0].id,
    "proof_id": lambda world: _founded(world).proofs[0].id,
    "stage": lambda _: "statutes",
    "founding.edit_article:article": lambda _: "objet",
    "founding.document:document": lambda _: "statuts",
    "founding.statutes_file:form": lambda _: "odt",
    "delegation_id": lambda world: delegations_of(world.session, _founded(world).committee_id)[0].id,
    **{f"members.{page}:body_id": _of_regie for page in _LISTS},
    **{f"members.{page}:group_id": _group for page in ("group", "quit_group", "end_group")},
    "consent_id": lambda world: world.once("consent", lambda _: make_consent(world.session, _enrolled(world))).id,
    "entry_id": lambda world: world.once("gift", lambda _: make_gift(world.session, _enrolled(world))).id,
    "double_id": lambda world: _enrolled(world).id,
    "family_id": lambda world: world.once("family", lambda _: make_host(world.session, _enrolled(world))).id,
    "stay_id": lambda world: _stay(world).id,
    "traveller_id": lambda world: _stay(world).travellers[0].id,
    "members.known:form": lambda _: "json",
    "members.known_guest:form": lambda _: "json",
    **{f"members.{page}:body_id": _of_regie for page in ("known_guest", "erase_guest")},
    **{f"members.{page}:person_id": _guest for page in ("known_guest", "erase_guest")},
    "members.retire:kind": lambda _: "categorie",
    "members.retire:number": lambda world: _enrolled(world).category_id,
    "member_id": lambda world: _enrolled(world).id,
    "period_id": lambda world: _dues(world).id,
    "payment_id": lambda world: (
        world.once("payment", lambda _: make_payment(world.session, _dues(world), _enrolled(world))).id
    ),
    "waiver_id": lambda world: (
        world.once("waiver", lambda _: make_waiver(world.session, _dues(world), _enrolled(world))).id
    ),
}
