"""Telling those who follow a programme that it opens, closes soon or changed; nobody is told twice.

Run daily by the worker, by hand with ``flask funding alerts``. The first run learns the editions and tells nothing
about their rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from app.funding import queries
from app.funding.models import SeenEdition, SentAlert, Watch
from app.funding.rounds import rounds_of
from app.funding.sheet import closes_at, is_closed, opens_at
from app.mail.services import Letter, enqueue
from app.rules.saying import Speaker
from app.shared.clock import day_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.funding.catalogue import Rules
    from app.rules.model import Edition

STEPS = (60, 30, 7)
_LATE = 10
"""An opening that is older than this many days is no news any more."""


@dataclass(frozen=True)
class News:
    """Something to tell about an edition; ``mark`` names it once and for all."""

    mark: str
    edition: Edition
    kind: str
    days: int = 0
    deadline: datetime | None = None


def send_alerts(session: Session, rules: Rules, *, address: str, at: datetime) -> int:
    """Write what is new into the outbox; gives how many letters. Two runs at once wait for each other."""
    session.execute(select(Watch.id).order_by(Watch.id).with_for_update())
    news = [*_dated(rules, at), *_changed(session, rules, at)]
    count = 0
    for watch, account in queries.watchers(session):
        told = queries.sent_marks(session, account.id)
        for one in news:
            if one.edition.programme == watch.programme and one.mark not in told:
                _tell(session, watch, account, one, address=address, at=at)
                count += 1
    _remember(session, rules, at=at)
    return count


def _dated(rules: Rules, at: datetime) -> list[News]:
    """Openings, and closings that are 60, 30 or 7 days away, or less for one who missed the day."""
    today = day_of(at)
    found = []
    for edition in rules.catalogue.editions:
        if is_closed(edition, at):
            continue
        opens, closes = opens_at(edition), closes_at(edition)
        if opens is not None and 0 <= (today - opens.date()).days <= _LATE:
            found.append(News(f"opens:{edition.id}", edition, "opens"))
        for deadline in [one for one in (closes, *rounds_of(edition, today)) if one is not None]:
            left = (deadline.date() - today).days
            step = min((one for one in STEPS if 0 <= left <= one), default=None)
            if step is not None and at <= deadline:
                mark = f"closes:{edition.id}:{deadline.date().isoformat()}:{step}"
                found.append(News(mark, edition, "closes", left, deadline))
    return found


def _changed(session: Session, rules: Rules, at: datetime) -> list[News]:
    """Editions that are new or whose file changed since they were last looked at.

    The first edition of a programme is no news: who follows it has seen it.
    """
    seen = queries.seen_editions(session)
    programmes = {one.partition("/")[0] for one in seen}
    found = []
    for edition in rules.catalogue.editions:
        mark = rules.fingerprint(edition)
        if edition.id not in seen:
            if edition.programme in programmes and not is_closed(edition, at):
                found.append(News(f"new:{edition.id}", edition, "new"))
        elif seen[edition.id].sha256 != mark:
            found.append(News(f"changed:{edition.id}:{mark[:16]}", edition, "changed"))
    return found


def _remember(session: Session, rules: Rules, *, at: datetime) -> None:
    seen = queries.seen_editions(session)
    for edition in rules.catalogue.editions:
        mark = rules.fingerprint(edition)
        known = seen.get(edition.id)
        if known is None:
            session.add(SeenEdition(edition=edition.id, sha256=mark, seen_at=at))
        elif known.sha256 != mark:
            known.sha256, known.seen_at = mark, at


def _tell(session: Session, watch: Watch, account: Account, news: News, *, address: str, at: datetime) -> None:
    with force_locale(account.language or "fr"):
        subject, text = _words(news)
        greeting = _("Bonjour %(name)s,", name=account.name)
        ending = _(
            "Vous recevez ce message parce que vous suivez ce programme. Pour ne plus le suivre, ouvrez sa page."
        )
    page = f"{address}/financements/{news.edition.programme}/{news.edition.edition}"
    letter = Letter(
        to=account.email,
        name=account.name,
        subject=subject,
        text=f"{greeting}\n\n{text}\n\n{page}\n\n{ending}\n",
        language=account.language or "fr",
        body_id=watch.body_id,
    )
    enqueue(session, letter, at=at)
    session.add(SentAlert(account_id=account.id, mark=news.mark, sent_at=at))


def _words(news: News) -> tuple[str, str]:
    edition, speaker = news.edition, Speaker()
    closes = edition.window.closes or news.deadline
    until = speaker.day(closes, edition.window.zone) if closes is not None else ""
    title = edition.title
    match news.kind:
        case "opens":
            subject = _("Ouvert\N{NO-BREAK SPACE}: %(title)s", title=title)
            text = _("L’appel est ouvert. Date limite\N{NO-BREAK SPACE}: %(until)s.", until=until or _("aucune"))
        case "closes":
            subject = _soon(news.days, title)
            text = _("La demande doit partir au plus tard le %(until)s.", until=until)
        case "new":
            subject = _("Nouvelle édition\N{NO-BREAK SPACE}: %(title)s", title=title)
            text = _("Une nouvelle édition est au catalogue. Sa page dit ce qui change pour vos projets.")
        case _:
            subject = _("Règles changées\N{NO-BREAK SPACE}: %(title)s", title=title)
            text = _("Les règles de cette édition ont été mises à jour. Vérifiez à nouveau vos projets.")
    return str(subject), str(text)


def _soon(days: int, title: str) -> str:
    match days:
        case 0:
            return str(_("Dernier jour\N{NO-BREAK SPACE}: %(title)s", title=title))
        case 1:
            return str(_("Demain au plus tard\N{NO-BREAK SPACE}: %(title)s", title=title))
        case _:
            return str(_("Dans %(days)s jours\N{NO-BREAK SPACE}: %(title)s", days=days, title=title))
