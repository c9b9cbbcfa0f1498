"""What belongs to the archive of a body: which rows of which table, and what never leaves.

A new table joins here with one line; a test refuses a table that is neither a part nor left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, or_, select

from app.accounts.models import Account, RoleGrant
from app.actions.models import Project, ProjectFact
from app.assemblies.declared import OfficersDeclaration
from app.assemblies.models import (
    Assembly,
    AssemblyAbsence,
    AssemblyCandidate,
    AssemblyCount,
    AssemblyItem,
    AssemblyProxy,
    AssemblySeat,
    AssemblyVoice,
    StatutesRule,
)
from app.audit.models import JournalEntry
from app.bodies.models import Body, FederationMember, Mandate
from app.ceremonies.models import Ceremony, ProgrammeItem, ceremony_twinning
from app.conventions.models import (
    Convention,
    ConventionBody,
    ConventionScan,
    ConventionVersion,
    OwnWording,
    convention_twinning,
)
from app.council.models import (
    Act,
    ActEvent,
    AgendaPoint,
    CheckOverride,
    Council,
    Meeting,
    Movement,
    PastDeliberation,
    Proxy,
    Recusal,
    SamePerson,
    Seat,
    Subsidy,
)
from app.database.base import Base
from app.founding.models import Delegation, Founder, Founding, FoundingProof
from app.funding.models import Check, RuleFile, RuleText, Tick
from app.handover.models import Handover, HandoverPerson, HandoverRight, HandoverThing
from app.mailing.models import Delivery, KnownAddress, Mailing, MailingModel
from app.members.models import (
    Consent,
    DuesPeriod,
    DuesRate,
    DuesReminder,
    DuesWaiver,
    GroupMember,
    HostFamily,
    Household,
    Member,
    MemberCategory,
    MemberField,
    MemberGroup,
    Payment,
    PaymentLine,
    Stay,
    Traveller,
    TravelPaper,
    VolunteerEntry,
)
from app.people.models import Person
from app.places.models import Place
from app.twinnings.models import Twinning, TwinningEvent, TwinningKind, TwinningParty, TwinningPerson
from app.web.takeaway.scope import mandates_shown
from app.yearly.models import YearBook, YearLine

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy import Column, ColumnElement, Table

    from app.web.takeaway.scope import Scope

KEYS: Mapping[str, tuple[str, ...]] = {
    "place": ("country", "code", "kind"),
    "twinning_kind": ("code",),
    "account": ("email",),
    "funding_text": ("sha256",),
}
"""Tables that another installation may hold already: their rows are named by these columns."""


@dataclass(frozen=True)
class Part:
    """One table: which of its rows, which columns stay behind, which hold a file or a plain reference.

    ``private``: columns that are empty for people whose record others keep.
    """

    table: Table
    rows: Callable[[Scope], ColumnElement[bool]]
    omit: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()
    references: Mapping[str, str] = field(default_factory=dict)
    private: frozenset[str] = frozenset()

    @property
    def order(self) -> list[Column[Any]]:
        """What its rows are sorted by: its own key, else its identifier."""
        return [self.table.c[name] for name in KEYS.get(self.table.name, ())] or list(self.table.primary_key)

    @property
    def kept(self) -> list[str]:
        """The columns that leave."""
        return [column.name for column in self.table.c if column.name not in self.omit]


def _table(model: type[Base]) -> Table:
    return Base.metadata.tables[model.__tablename__]


def _twinned(model: type[Base]) -> Part:
    table = _table(model)
    return Part(table, lambda scope: table.c.twinning_id.in_(scope.twinnings))


def _shared_ceremonies(scope: Scope) -> ColumnElement[bool]:
    held = select(ceremony_twinning.c.ceremony_id).where(ceremony_twinning.c.twinning_id.in_(scope.twinnings))
    return or_(_table(Ceremony).c.id.in_(held), _table(Ceremony).c.owner_body_id.in_(scope.own))


def _shared_conventions(scope: Scope) -> ColumnElement[bool]:
    held = select(convention_twinning.c.convention_id).where(convention_twinning.c.twinning_id.in_(scope.twinnings))
    signed = select(ConventionBody.convention_id).where(ConventionBody.body_id.in_(scope.own))
    column = _table(Convention).c
    return or_(column.id.in_(held), column.id.in_(signed), column.owner_body_id.in_(scope.own))


def _shared_projects(scope: Scope) -> ColumnElement[bool]:
    return _table(Project).c.twinning_id.in_(scope.twinnings)


def _of_project(model: type[Base]) -> Part:
    table = _table(model)
    return Part(
        table, lambda scope: table.c.project_id.in_(select(_table(Project).c.id).where(_shared_projects(scope)))
    )


def _kept_texts(scope: Scope) -> ColumnElement[bool]:
    """Rule files hold nobody's data: whoever kept a check takes all of them along."""
    kept = select(_table(Check).c.id).where(
        _table(Check).c.project_id.in_(select(_table(Project).c.id).where(_shared_projects(scope)))
    )
    return exists(kept)


def _of_convention(model: type[Base], *, files: frozenset[str] = frozenset()) -> Part:
    table = _table(model)
    return Part(
        table,
        lambda scope: table.c.convention_id.in_(select(_table(Convention).c.id).where(_shared_conventions(scope))),
        files=files,
    )


def _of_own(model: type[Base]) -> Part:
    table = _table(model)
    return Part(table, lambda scope: table.c.body_id.in_(scope.own))


def _of_meetings(model: type[Base]) -> Part:
    table, meeting = _table(model), _table(Meeting)
    return Part(
        table, lambda scope: table.c.meeting_id.in_(select(meeting.c.id).where(meeting.c.body_id.in_(scope.own)))
    )


def _of_points(model: type[Base]) -> Part:
    """What hangs on an item of the agenda."""
    table, point, meeting = _table(model), _table(AgendaPoint), _table(Meeting)
    held = select(point.c.id).join(meeting, meeting.c.id == point.c.meeting_id)
    return Part(table, lambda scope: table.c.point_id.in_(held.where(meeting.c.body_id.in_(scope.own))))


def _of_parent(model: type[Base], column: str, parent: type[Base], *, files: frozenset[str] = frozenset()) -> Part:
    """What hangs on something that a body owns."""
    table, above = _table(model), _table(parent)
    held = select(above.c.id)
    return Part(table, lambda scope: table.c[column].in_(held.where(above.c.body_id.in_(scope.own))), files=files)


def _travel_papers(scope: Scope) -> ColumnElement[bool]:
    held = select(Traveller.id).join(Stay).where(Stay.body_id.in_(scope.own))
    return _table(TravelPaper).c.traveller_id.in_(held)


def _of_assemblies(model: type[Base], *, omit: frozenset[str] = frozenset()) -> Part:
    table, assembly = _table(model), _table(Assembly)
    held = select(assembly.c.id)
    return Part(table, lambda scope: table.c.assembly_id.in_(held.where(assembly.c.body_id.in_(scope.own))), omit=omit)


def _of_agenda(model: type[Base]) -> Part:
    """What hangs on an item of an assembly."""
    table, item, assembly = _table(model), _table(AssemblyItem), _table(Assembly)
    held = select(item.c.id).join(assembly, assembly.c.id == item.c.assembly_id)
    return Part(table, lambda scope: table.c.item_id.in_(held.where(assembly.c.body_id.in_(scope.own))))


def _own_acts(scope: Scope) -> ColumnElement[bool]:
    return _table(Act).c.body_id.in_(scope.own)


def _own_foundings(scope: Scope) -> ColumnElement[bool]:
    column = _table(Founding).c
    return or_(column.body_id.in_(scope.own), column.committee_id.in_(scope.own))


def _of_founding(model: type[Base], *, files: frozenset[str] = frozenset()) -> Part:
    table = _table(model)
    return Part(
        table,
        lambda scope: table.c.founding_id.in_(select(_table(Founding).c.id).where(_own_foundings(scope))),
        files=files,
    )


def _own_delegations(scope: Scope) -> ColumnElement[bool]:
    column = _table(Delegation).c
    return or_(column.commune_id.in_(scope.own), column.delegate_id.in_(scope.own))


PARTS: tuple[Part, ...] = (
    Part(_table(Place), lambda s: _table(Place).c.id.in_(s.places), omit=frozenset({"id"})),
    Part(_table(TwinningKind), lambda s: _table(TwinningKind).c.id.in_(s.kinds), omit=frozenset({"id"})),
    Part(
        _table(Person),
        lambda s: _table(Person).c.id.in_(s.people),
        references={"kept_by_body_id": "body"},
        private=frozenset({"email", "phone"}),
    ),
    Part(_table(Body), lambda s: _table(Body).c.id.in_(s.bodies), files=frozenset({"arms_file"})),
    Part(_table(FederationMember), lambda s: _table(FederationMember).c.body_id.in_(s.own)),
    Part(_table(Mandate), lambda s: mandates_shown(s.held, s.bodies)),
    Part(
        _table(Account),
        lambda s: _table(Account).c.id.in_(s.accounts),
        omit=frozenset(
            {"id", "password_hash", "totp_secret", "totp_last_step", "session_epoch", "is_instance_administrator"}
            | {"tied_by_id"}
        ),
        references={"current_body_id": "body"},
    ),
    Part(_table(RoleGrant), lambda s: _table(RoleGrant).c.body_id.in_(s.own)),
    Part(_table(Twinning), lambda s: _table(Twinning).c.id.in_(s.twinnings)),
    _twinned(TwinningParty),
    _twinned(TwinningEvent),
    _twinned(TwinningPerson),
    Part(_table(Convention), _shared_conventions),
    Part(convention_twinning, lambda s: convention_twinning.c.twinning_id.in_(s.twinnings)),
    _of_convention(ConventionBody),
    _of_convention(ConventionVersion, files=frozenset({"words"})),
    _of_convention(ConventionScan, files=frozenset({"file"})),
    Part(_table(OwnWording), lambda s: _table(OwnWording).c.body_id.in_(s.own)),
    Part(_table(Ceremony), _shared_ceremonies),
    Part(ceremony_twinning, lambda s: ceremony_twinning.c.twinning_id.in_(s.twinnings)),
    Part(
        _table(ProgrammeItem),
        lambda s: _table(ProgrammeItem).c.ceremony_id.in_(select(_table(Ceremony).c.id).where(_shared_ceremonies(s))),
    ),
    Part(_table(Project), _shared_projects),
    Part(
        _table(ProjectFact),
        lambda s: _table(ProjectFact).c.project_id.in_(select(_table(Project).c.id).where(_shared_projects(s))),
    ),
    Part(_table(RuleText), _kept_texts, omit=frozenset({"id"})),
    _of_project(Check),
    _of_project(Tick),
    Part(_table(RuleFile), lambda s: _table(RuleFile).c.body_id.in_(s.own)),
    _of_own(Council),
    _of_own(SamePerson),
    _of_own(Meeting),
    Part(_table(Act), _own_acts),
    Part(
        _table(ActEvent),
        lambda s: _table(ActEvent).c.act_id.in_(select(_table(Act).c.id).where(_own_acts(s))),
    ),
    _of_meetings(Seat),
    _of_meetings(AgendaPoint),
    _of_meetings(Proxy),
    _of_points(Movement),
    _of_points(Recusal),
    _of_own(Subsidy),
    _of_own(CheckOverride),
    _of_own(StatutesRule),
    _of_own(OfficersDeclaration),
    _of_own(Assembly),
    _of_assemblies(AssemblyItem),
    _of_assemblies(AssemblySeat, omit=frozenset({"link_hash"})),
    _of_assemblies(AssemblyAbsence),
    _of_assemblies(AssemblyProxy),
    _of_agenda(AssemblyCandidate),
    _of_agenda(AssemblyCount),
    _of_agenda(AssemblyVoice),
    _of_own(YearBook),
    _of_parent(YearLine, "book_id", YearBook),
    _of_own(Handover),
    _of_parent(HandoverPerson, "handover_id", Handover, files=frozenset({"proof_file"})),
    *(_of_parent(model, "handover_id", Handover) for model in (HandoverThing, HandoverRight)),
    _of_own(PastDeliberation),
    _of_own(MemberCategory),
    _of_own(MemberField),
    _of_own(Household),
    _of_own(Member),
    _of_own(MemberGroup),
    _of_parent(GroupMember, "group_id", MemberGroup),
    _of_own(DuesPeriod),
    _of_parent(DuesRate, "period_id", DuesPeriod),
    _of_own(Payment),
    _of_parent(PaymentLine, "payment_id", Payment),
    _of_parent(DuesReminder, "period_id", DuesPeriod),
    _of_parent(DuesWaiver, "period_id", DuesPeriod),
    _of_own(VolunteerEntry),
    _of_own(Consent),
    _of_own(HostFamily),
    _of_own(Stay),
    _of_parent(Traveller, "stay_id", Stay),
    Part(_table(TravelPaper), _travel_papers),
    _of_own(Mailing),
    _of_parent(Delivery, "mailing_id", Mailing),
    _of_own(MailingModel),
    _of_own(KnownAddress),
    Part(_table(Founding), _own_foundings),
    Part(_table(Founder), lambda s: _table(Founder).c.founding_id.in_(s.foundings)),
    _of_founding(FoundingProof, files=frozenset({"file"})),
    Part(_table(Delegation), _own_delegations),
    Part(
        _table(JournalEntry),
        lambda s: or_(_table(JournalEntry).c.body_id.in_(s.own), _table(JournalEntry).c.twinning_id.in_(s.twinnings)),
        references={"actor_id": "account", "body_id": "body", "twinning_id": "twinning"},
    ),
)

LEFT_OUT: Mapping[str, str] = {
    "place_name": "made again from the places",
    "place_list": "made again from the places",
    "token": "a secret",
    "recovery_code": "a secret",
    "calendar_feed": "secret addresses: people subscribe anew",
    "funding_feed": "secret addresses: people subscribe anew",
    "funding_watch": "people follow programmes where they work",
    "funding_alert": "what was told from this installation",
    "funding_seen": "made again from the rule files",
    "attempt_counter": "of this installation alone",
    "outbox_message": "sent or to be sent by this installation",
}
"""Tables that never leave, and why."""
