"""What the page of a committee says of its members: figures for its town, the list for who keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from app.access.gate import may
from app.bodies.models import BodyKind
from app.bodies.panels import BodyPanel, PanelLink
from app.members.models import GroupMember, Member, MemberGroup
from app.members.policy import MemberAction
from app.members.queries.roll import HAVE_MEMBERS, Roll, count_by_category
from app.shared import clock

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy.orm import Session

    from app.access.table import Identity
    from app.bodies.models import Body


def members_panel(session: Session, body: Body, who: Identity) -> BodyPanel | None:
    """How many members there are, never who; nothing for those who may not know that there is a list."""
    del who
    roll = Roll(body)
    if body.kind not in HAVE_MEMBERS or not may(MemberAction.FIGURES, roll):
        return None
    total = sum(number for _name, number in count_by_category(session, body.id, on=clock.today()))
    actions = [PanelLink(label=_("Les membres en nombres"), url=url_for("members.figures", body_id=body.id))]
    if may(MemberAction.READ, roll):
        actions.insert(
            0, PanelLink(label=_("Ouvrir la liste des membres"), url=url_for("members.roll", body_id=body.id))
        )
    if may(MemberAction.HOST, roll):
        actions.append(PanelLink(label=_("Accueil et voyages"), url=url_for("members.hosts", body_id=body.id)))
    text = ngettext("%(num)s membre aujourd’hui.", "%(num)s membres aujourd’hui.", total)
    if body.kind == BodyKind.COMMITTEE_SERVICE and not total:
        text = _("Personne n’adhère à une régie ; les habitants associés et les familles d’accueil s’y notent.")
    return BodyPanel(title=_("Membres"), text=text, actions=tuple(actions))


def enrolled_twice(session: Session, people: Collection[int]) -> list[object]:
    """The bodies of which people would be members twice over, for who keeps the list there."""
    found: dict[int, list[Member]] = {}
    for one in session.scalars(
        select(Member)
        .where(Member.person_id.in_(people), Member.trashed_at.is_(None), Member.erased_at.is_(None))
        .where(Member.organisation == "")
        .order_by(Member.body_id, Member.number)
    ):
        if may(MemberAction.EDIT, one):
            found.setdefault(one.body_id, []).append(one)
    return [
        _(
            "%(body)s : cette personne y aura deux fiches de membre (nos %(numbers)s). Réunissez-les ensuite, depuis "
            "l’une d’elles : sinon elle compte et doit sa cotisation deux fois.",
            body=records[0].body.name,
            numbers=", ".join(str(one.number) for one in records),
        )
        for records in found.values()
        if len(records) > 1
    ]


def groups_left(session: Session, body_id: int, people: Mapping[int, str]) -> list[tuple[int, str, str]]:
    """The groups that people lead: somebody else must when they leave."""
    found = session.execute(
        select(Member.person_id, MemberGroup.id, MemberGroup.name)
        .join(GroupMember, GroupMember.member_id == Member.id)
        .join(MemberGroup, MemberGroup.id == GroupMember.group_id)
        .where(
            MemberGroup.body_id == body_id,
            MemberGroup.ended_on.is_(None),
            GroupMember.is_lead,
            GroupMember.until.is_(None),
            Member.person_id.in_(list(people)),
        )
        .order_by(MemberGroup.id)
    )
    return [
        (person, _("Anime le groupe « %(name)s »", name=name), url_for("members.group", group_id=number))
        for person, number, name in found
        if person is not None
    ]
