"""How a published act stands on the website: what the law asks of it, and what nobody said stays unknown (C33)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from app.council.labels import ONLINE_FORMATS
from app.council.models import PublicationMode
from app.council.services.acts import BadAct
from app.council.services.following import touch
from app.council.services.meetings import NotPossibleNow
from app.council.services.telling import tell_act
from app.forms.addresses import is_web_address, no_address
from app.shared.clock import day_of
from app.shared.saying import full_day

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.council.models import Act
    from app.shared.actor import Actor


@dataclass(frozen=True, kw_only=True)
class OnlineFacts:
    """The act as it stands on the website (CGCT, R2131-1); None and empty: not known. ``address`` is for people."""

    address: str = ""
    format: str = ""
    whole_text: bool | None = None
    date_shown: bool | None = None
    author_first_name: str = ""
    author_name: str = ""
    author_quality: str = ""
    removed_on: date | None = None


def require_online(act: Act) -> date:
    """Only what stands on a website is described; give the day since when it does.

    :raises NotPossibleNow: when it was not published online.
    """
    if act.published_on is None or act.publication_mode != PublicationMode.ELECTRONIC:
        raise NotPossibleNow(
            _l("Cette délibération n’est pas notée publiée en ligne\N{NO-BREAK SPACE}: rien à décrire.")
        )
    return act.published_on


def describe_online(session: Session, act: Act, told: OnlineFacts, *, by: Actor, at: datetime) -> None:
    """Note how an act that was published online stands there.

    :raises NotPossibleNow: when it was not published online.
    :raises BadAct: for what is no address, a format that we do not know, or a day that it cannot have been taken off.
    """
    published_on = require_online(act)
    if told.address and not is_web_address(told.address):
        raise BadAct(no_address(told.address), field="address")
    if told.format and told.format not in ONLINE_FORMATS:
        raise BadAct(_l("Choisissez le format du fichier."), field="format")
    if told.removed_on is not None and not published_on <= told.removed_on <= day_of(at):
        raise BadAct(
            _l(
                "Elle n’a pu être retirée qu’après sa publication du %(day)s, et au plus tard aujourd’hui.",
                day=full_day(published_on),
            ),
            field="removed_on",
        )
    kept: dict[str, Any] = {name: value for name, value in asdict(told).items() if value is not None and value != ""}
    if told.removed_on is not None:
        kept["removed_on"] = told.removed_on.isoformat()
    act.answers = {**act.answers, "online": kept}
    touch(act, by, at)
    session.flush()
    tell_act(session, "council.act_online", act, by=by, at=at)
