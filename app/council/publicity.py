"""Whether an act was published as its commune had to on that day: the meter, the certificate and C32 say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.orm import object_session

from app.council.models import PublicationMode
from app.council.queries import council_of, overrides_of
from app.council.reckoning import setting_of
from app.law import tables

if TYPE_CHECKING:
    from datetime import date

    from app.council.models import Act
    from app.council.reckoning import Setting


def owed_instead(setting: Setting, day: date | None, mode: str) -> PublicationMode | None:
    """How what was published on a day had to be, where that is known and it was published otherwise (C32)."""
    if day is None or not mode or tables.figure("duree_publication_mois", day) is None:
        return None
    lawful = setting.lawful_mode(day)
    return None if lawful is None or lawful == mode else PublicationMode(lawful)


def published_otherwise(act: Act) -> PublicationMode | None:
    """How an act that is noted as published otherwise had to be; None too where somebody answers for it."""
    session = object_session(act)
    if session is None or act.published_on is None:
        return None
    owed = owed_instead(setting_of(act.body, council_of(session, act.body_id)), act.published_on, act.publication_mode)
    if owed is None or any(one.check_id == "C32" for one in overrides_of(session, act_id=act.id)):
        return None
    return owed
