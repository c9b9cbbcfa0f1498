"""The programmes as people see them: search, filters, the reader's page of each edition, following one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.access.gate import identity, may, requires
from app.database.unit import writing
from app.extensions import db
from app.funding import catalogue, labels, queries
from app.funding.asked import shown as shown_on
from app.funding.policy import FundingAction
from app.funding.rounds import next_round
from app.funding.services import watches
from app.funding.sheet import closes_at, opens_at, prose_of
from app.funding.views.blueprint import blueprint, current_body_id, file_answer
from app.rules.choice import edition_on
from app.rules.comparing import changes
from app.rules.saying import Speaker
from app.shared import clock
from app.shared.folding import fold

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session
    from werkzeug.wrappers import Response as AnyResponse

    from app.funding.asked import Shown
    from app.funding.catalogue import Rules
    from app.rules.model import Criterion, Edition
    from app.rules.scales import Row

_ALWAYS = ("advice", "contact")
_LATE = 23
STATES = ("open", "coming", "unknown", "closed")


@dataclass(frozen=True)
class Entry:
    """One programme of the catalogue, by the edition that holds today."""

    edition: Edition
    state: str
    date: str
    is_own: bool
    editions: int


@blueprint.get("/financements/")
@requires(FundingAction.BROWSE)
def index() -> str:
    """Every programme, searched and filtered."""
    rules = catalogue.current(db.session())
    words = request.args.get("q", "").strip()[:100]
    kind, state = request.args.get("nature", ""), request.args.get("etat", "")
    every = entries(rules)
    found = [
        one
        for one in every
        if (not kind or one.edition.kind == kind) and (not state or one.state == state) and _matches(one.edition, words)
    ]
    return render_template(
        "funding/index.html",
        entries=found,
        total=len(every),
        wanted={"q": words, "nature": kind, "etat": state},
        words=labels,
        states=list(labels.WINDOWS.items()),
        followed=queries.watches_of(db.session(), identity().account_id or 0),
        problems=rules.problems,
        may_keep_rules=may(FundingAction.RULES),
    )


def entries(rules: Rules) -> list[Entry]:
    """The programmes, those that can be asked for first."""
    now, speaker = clock.now(), Speaker()
    found = []
    for programme, editions in rules.catalogue.programmes().items():
        edition = edition_on(editions, clock.today()) or editions[-1]
        state = state_of(edition, now)
        window = edition.window
        said = speaker.day(window.opens, window.zone) if state == "coming" and window.opens else ""
        said = said or _closing(edition, now, speaker)
        found.append(Entry(edition, state, said, programme.startswith(catalogue.OWN), len(editions)))
    return sorted(found, key=lambda one: (STATES.index(one.state), one.edition.kind != "cash", fold(one.edition.title)))


def _closing(edition: Edition, now: datetime, speaker: Speaker) -> str:
    """The deadline of an edition, or the next of those that come back."""
    window, following = edition.window, next_round(edition, now)
    if window.closes is not None or following is None:
        return speaker.day(window.closes, window.zone) if window.closes else ""
    return speaker.day(following if following.hour < _LATE else following.date(), str(following.tzinfo))


def state_of(edition: Edition, now: datetime) -> str:
    """Whether requests are taken: open, coming, closed, or unknown where no date was found."""
    opens, closes, window = opens_at(edition), closes_at(edition), edition.window
    if (closes is not None and now > closes) or (edition.until is not None and clock.day_of(now) > edition.until):
        return "closed"
    if opens is not None and now < opens:
        return "coming"
    if window.rolling or (opens is not None and closes is not None) or edition.kind in _ALWAYS:
        return "open"
    return "open" if next_round(edition, now) is not None else "unknown"


def _matches(edition: Edition, words: str) -> bool:
    text = fold(f"{edition.title} {edition.funder} {edition.summary} {edition.call} {edition.programme}")
    return all(word in text for word in fold(words).split())


def programme_shown(session: Session, programme: str) -> Shown | None:
    """The edition of a programme that holds today."""
    rules = catalogue.current(session)
    editions = rules.catalogue.programmes().get(programme)
    if not editions:
        return None
    edition = edition_on(editions, clock.today()) or editions[-1]
    return shown_on(session, programme, edition.edition)


@blueprint.get("/financements/<string:programme>")
@requires(FundingAction.BROWSE, on=programme_shown)
def programme(shown: Shown) -> AnyResponse:
    """Lead to the edition of a programme that holds today."""
    one = shown.edition
    return redirect(url_for("funding.edition", programme=one.programme, edition=one.edition))


@blueprint.get("/financements/<string:programme>/<string:edition>")
@requires(FundingAction.BROWSE, on=shown_on)
def edition(shown: Shown) -> str:
    """The reader's page of an edition, made from its file."""
    one, rules = shown.edition, shown.rules
    editions = rules.catalogue.programmes()[one.programme]
    before = editions[editions.index(one) - 1] if editions.index(one) > 0 else None
    speaker, today = Speaker(), clock.today()
    window = one.window
    return render_template(
        "funding/edition.html",
        edition=one,
        words=labels,
        state=state_of(one, clock.now()),
        opens=speaker.day(window.opens, window.zone) if window.opens else "",
        closes=_closing(one, clock.now(), speaker),
        criteria=[_criterion(criterion, today) for criterion in one.criteria],
        prose=prose_of(one),
        tables=[(table, [_row(row, table.unit, speaker) for row in table.rows]) for table in one.tables.values()],
        editions=editions,
        before=before,
        changes=changes(before, one) if before is not None else [],
        is_followed=one.programme in queries.watches_of(db.session(), identity().account_id or 0),
        fingerprint=rules.fingerprint(one),
        speaker=speaker,
        is_stale=today > one.expires,
        is_own=one.programme.startswith(catalogue.OWN),
    )


def _criterion(criterion: Criterion, today: date) -> dict[str, object]:
    return {
        "id": criterion.id,
        "label": criterion.label,
        "says": criterion.says,
        "severity": str(criterion.severity),
        "readings": [
            (one.says, one.origin.sources, one.origin.shown(today), one.origin.is_stale(today))
            for one in criterion.readings
        ],
        "remedy": criterion.remedy,
    }


def _row(row: Row, unit: str, speaker: Speaker) -> tuple[str, str]:
    low, high = row.low, row.high
    return speaker.bounds((low, high), ""), speaker.number(row.value, unit)


@blueprint.get("/financements/<string:programme>/<string:edition>/regles.toml")
@requires(FundingAction.BROWSE, on=shown_on)
def edition_file(shown: Shown) -> AnyResponse:
    """The rule file itself, to read or to begin another one from."""
    text = shown.rules.texts[f"{shown.edition.id}.toml"]
    name = f"{shown.edition.programme}-{shown.edition.edition}.toml"
    return file_answer(text.encode(), "application/toml; charset=utf-8", name)


@blueprint.post("/financements/<string:programme>/suivre")
@requires(FundingAction.BROWSE, on=programme_shown)
def follow(shown: Shown) -> AnyResponse:
    """Be told when the programme opens, closes or changes; or not any more."""
    account_id = identity().account_id or abort(404)
    one, on = shown.edition, "fin" not in request.form
    with writing() as session:
        watches.follow(session, account_id, one.programme, on=on, body_id=current_body_id(), at=clock.now())
    if on:
        flash(
            _("Vous serez prévenu à l’ouverture, 60, 30 et 7 jours avant la date limite, et si une règle change."),
            "done",
        )
    else:
        flash(_("Vous ne serez plus prévenu pour ce programme."), "done")
    return redirect(url_for("funding.edition", programme=one.programme, edition=one.edition))
