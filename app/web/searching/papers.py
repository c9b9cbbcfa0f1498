"""Texts, deliberations, meetings of the council, ceremonies, projects, committees in creation: by all their words."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.actions import queries as actions
from app.actions.models import Project
from app.ceremonies import queries as ceremonies
from app.ceremonies.models import Ceremony, ProgrammeItem
from app.conventions import queries as conventions
from app.conventions.models import Convention
from app.council.models import Act, AgendaPoint, Meeting
from app.council.queries import acts
from app.founding import queries as foundings
from app.founding.models import Founding
from app.funding import catalogue
from app.shared.clock import day_of
from app.shared.saying import full_day
from app.web.searching.asked import Hit, strings_in, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.web.searching.asked import Asked


def find_conventions(asked: Asked) -> Iterator[Hit]:
    """Texts, by all their words in all their languages."""
    shown = select(Convention.id, Convention.title, Convention.document).where(
        conventions.is_visible_to(asked.who.readable_body_ids), Convention.trashed_at.is_(None)
    )
    texts = (Convention.title, Convention.document)
    latest = (Convention.changed_at.desc(), Convention.id.desc())
    for number, title, document in asked.session.execute(asked.read(shown, texts, *latest)):
        yield Hit(title, url_for("conventions.page", convention_id=number), words_of(title, *strings_in(document)))


def find_acts(asked: Asked) -> Iterator[Hit]:
    """Deliberations of one's own council, and those that were voted on a shared twinning."""
    shown = select(Act).where(acts.is_visible_to(asked.who.readable_body_ids), Act.trashed_at.is_(None))
    texts = (Act.title, Act.rapporteur, Act.matter_label, Act.recitals, Act.articles)
    kind = _("délibération")
    for act in asked.session.scalars(asked.read(shown, texts, Act.changed_at.desc(), Act.id.desc())):
        told = (kind, act.title, act.rapporteur, act.matter_label, *act.recitals, *act.articles)
        yield Hit(act.title, url_for("council.act", act_id=act.id), words_of(*told))


def find_meetings(asked: Asked) -> Iterator[Hit]:
    """Meetings of one's own council, by what stands on their agenda."""
    shown = select(Meeting.id, Meeting.starts_at, Meeting.place).where(
        Meeting.body_id.in_(asked.who.readable_body_ids), Meeting.trashed_at.is_(None)
    )
    points = select(AgendaPoint.meeting_id, AgendaPoint.title, AgendaPoint.rapporteur).where(
        AgendaPoint.trashed_at.is_(None),
        AgendaPoint.meeting_id.in_(shown.with_only_columns(Meeting.id)),
    )
    told: dict[int, list[str]] = defaultdict(list)
    texts = (AgendaPoint.title, AgendaPoint.rapporteur)
    for number, *said in asked.session.execute(asked.read(points, texts, AgendaPoint.id.desc())):
        told[number].extend(said)
    for number, starts_at, place in asked.session.execute(
        asked.read(shown, [Meeting.place], Meeting.id.in_(list(told)).desc(), Meeting.starts_at.desc())
    ):
        label = _("Conseil du %(day)s", day=full_day(day_of(starts_at)))
        yield Hit(label, url_for("council.meeting", meeting_id=number), words_of(label, place, *told[number]))


def find_ceremonies(asked: Asked) -> Iterator[Hit]:
    """Ceremonies, by their titles, their moments and all that is told of them."""
    shown = select(Ceremony.id, Ceremony.title, Ceremony.details).where(
        ceremonies.is_visible_to(asked.who.readable_body_ids), Ceremony.trashed_at.is_(None)
    )
    texts = (Ceremony.title, Ceremony.details)
    moments = select(ProgrammeItem.ceremony_id, ProgrammeItem.title).where(
        ProgrammeItem.trashed_at.is_(None), ProgrammeItem.ceremony_id.in_(shown.with_only_columns(Ceremony.id))
    )
    told: dict[int, list[str]] = defaultdict(list)
    for number, title in asked.session.execute(asked.read(moments, [ProgrammeItem.title], ProgrammeItem.id.desc())):
        told[number].extend(strings_in(title))
    latest = (Ceremony.id.in_(list(told)).desc(), Ceremony.id.desc())
    for number, title, details in asked.session.execute(asked.read(shown, texts, *latest)):
        titles = [str(each) for each in title.values()]
        label = titles[0] if titles else _("Cérémonie sans titre")
        yield Hit(
            label,
            url_for("ceremonies.show", ceremony_id=number),
            words_of(*titles, *told[number], *strings_in(details)),
        )


def find_projects(asked: Asked) -> Iterator[Hit]:
    """Projects, by their titles and what they are about."""
    shown = select(Project.id, Project.title, Project.summary).where(
        actions.is_visible_to(asked.who.readable_body_ids), Project.trashed_at.is_(None)
    )
    texts = (Project.title, Project.summary)
    latest = (Project.changed_at.desc(), Project.id.desc())
    for number, title, summary in asked.session.execute(asked.read(shown, texts, *latest)):
        yield Hit(title, url_for("actions.page", project_id=number), words_of(title, summary))


def find_foundings(asked: Asked) -> Iterator[Hit]:
    """Committees in creation, of one's own town hall or among whose founders one is."""
    shown = select(Founding).where(foundings.is_visible_to(asked.who.body_ids), Founding.trashed_at.is_(None))
    kind = _("création d’un comité")
    latest = (Founding.changed_at.desc(), Founding.id.desc())
    whole = shown.options(joinedload(Founding.body), joinedload(Founding.committee))
    for founding in asked.session.scalars(asked.read(whole, [Founding.fields], *latest)):
        told = (kind, founding.committee.name, founding.body.name, founding.assembly_place)
        said = words_of(*told, *strings_in(founding.fields), *strings_in(founding.own_words))
        yield Hit(founding.committee.name, url_for("founding.page", founding_id=founding.id), said)


def find_programmes(asked: Asked) -> Iterator[Hit]:
    """Programmes of funding, the newest edition of each."""
    kind = _("aide subvention financement")
    for programme, editions in catalogue.current(asked.session).catalogue.programmes().items():
        newest = editions[-1]
        told = words_of(kind, programme, newest.title, newest.funder, newest.summary)
        yield Hit(newest.title, url_for("funding.programme", programme=programme), told)
