"""The drafts that only one person has worked on, so that they are not forgotten when that person leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import func, select

from app.accounts.models import Account
from app.accounts.queries import likely_person_of
from app.audit.models import JournalEntry
from app.conventions.models import Convention, Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session


def lonely_drafts(session: Session, body_id: int, people: Mapping[int, str]) -> list[tuple[int, str, str]]:
    """The drafts of a body in whose journal these people stand alone."""
    alone = (
        select(JournalEntry.subject_id, func.min(JournalEntry.actor_id).label("author"))
        .join(Convention, Convention.id == JournalEntry.subject_id)
        .where(JournalEntry.subject_type == "convention", JournalEntry.actor_id.is_not(None))
        .where(Convention.owner_body_id == body_id, Convention.status == Status.DRAFT, Convention.trashed_at.is_(None))
        .group_by(JournalEntry.subject_id)
        .having(func.min(JournalEntry.actor_id) == func.max(JournalEntry.actor_id))
        .subquery()
    )
    found = session.execute(
        select(Convention.id, Convention.title, Account)
        .join(alone, alone.c.subject_id == Convention.id)
        .join(Account, Account.id == alone.c.author)
        .order_by(Convention.id)
    )
    return [
        (
            person,
            str(_("Personne d’autre n’a travaillé au brouillon « %(title)s »", title=title)),
            url_for("conventions.page", convention_id=number),
        )
        for number, title, account in found
        if (person := likely_person_of(account, people)) is not None
    ]
