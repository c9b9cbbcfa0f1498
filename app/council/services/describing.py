"""What the council of a commune is: its populations, how it publishes and since when, its court."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.audit.services import record
from app.council.dated import with_row
from app.council.labels import MODES
from app.council.models import Council, PublicationMode
from app.council.modes import ON_PAPER, Choice, choices_of, kept_beside, with_choice
from app.council.populations import Populations, populations_of
from app.council.populations import kept_beside as populations_beside
from app.council.publicity import owed_instead
from app.council.queries import council_of
from app.council.queries.councils import has_met, has_published, published_acts
from app.council.reckoning import setting_of
from app.council.services.meetings import BadMeeting
from app.council.services.overriding import SHORTEST
from app.database.unit import alone_on
from app.shared.errors import EditConflict
from app.shared.saying import full_day

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.council.models import Act
    from app.council.reckoning import Setting
    from app.shared.actor import Actor

NAMED = 6
"""How many acts a sentence names."""


@dataclass(frozen=True, kw_only=True)
class CouncilFacts:
    """What is told of a council; the revision that was read.

    ``without`` are the other choices of publication to take away, by their mark, ``without_populations`` other numbers;
    ``population_was_wrong``: the numbers that are noted of that day were a slip. ``mode_reason`` says why a choice is
    noted by which published acts become wrong.
    """

    reference_population: int | None = None
    current_population: int | None = None
    population_since: date | None = None
    without_populations: frozenset[str] = frozenset()
    population_was_wrong: bool = False
    seats: int | None = None
    in_office: int | None = None
    publication_mode: str = ""
    mode_decided_by: str = ""
    mode_since: date | None = None
    without: frozenset[str] = frozenset()
    mode_reason: str = ""
    has_website: bool = False
    court: str = ""
    prefecture: str = ""
    revision: int = 0


def describe_council(session: Session, body: Body, facts: CouncilFacts, *, by: Actor, at: datetime) -> Council:
    """Write down what the council of a commune is.

    :raises BadMeeting: when it publishes on paper without the deliberation that chose to, when other numbers or
        another choice of publication do not say since when, or by it published acts become wrong and nobody says why.
    """
    alone_on(session, body)
    if facts.publication_mode in ON_PAPER and not facts.mode_decided_by.strip():
        raise BadMeeting(
            _l(
                "Écrivez la délibération qui a choisi ce mode, son numéro ou sa date\N{NO-BREAK SPACE}: sans ce choix "
                "du conseil, les actes se publient par voie électronique (CGCT, art. L. 2131-1)."
            ),
            field="mode_decided_by",
        )
    council = council_of(session, body.id)
    if council is not None and council.revision != facts.revision:
        raise EditConflict(theirs={}, yours={})  # the page compares every field of its form
    before, chosen = setting_of(body, council), _chosen(session, body.id, council, facts)
    counted = _counted(session, body.id, before, facts)
    after = setting_of(body, _written(Council(), facts, chosen, counted))
    wrong = _made_wrong(session, body, before, after)
    if wrong:
        _require_reason(wrong, after, facts.mode_reason)
    if council is None:
        council = Council(body_id=body.id, created_at=at, revision=0)
        session.add(council)
    _written(council, facts, chosen, counted)
    council.revision += 1
    session.flush()
    subject = ("council", council.id)
    record(session, "council.described", by=by, at=at, body_id=body.id, subject=subject)
    if wrong:
        record(
            session,
            "council.mode_confirmed",
            by=by,
            at=at,
            body_id=body.id,
            subject=subject,
            acts=_named(wrong),
            reason=" ".join(facts.mode_reason.split())[:2000],
        )
    return council


def keep_populations(session: Session, body: Body, *, at: datetime) -> None:
    """Write down the numbers by which a council is convened, where nobody told any: a later list judges it no more."""
    council, listed = council_of(session, body.id), setting_of(body, None).listed
    if listed is None:
        return
    if council is None:
        council = Council(body_id=body.id, created_at=at, revision=0)
        session.add(council)
    now = populations_of(council, listed)[-1]
    council.reference_population, council.current_population = now.reference, now.current
    session.flush()


_TOLD = ("seats", "in_office", "has_website", "court", "prefecture")


def _written(
    council: Council, facts: CouncilFacts, chosen: tuple[Choice, ...], counted: tuple[Populations, ...]
) -> Council:
    for name in _TOLD:
        setattr(council, name, getattr(facts, name))
    now = counted[-1]
    council.reference_population, council.current_population, council.population_since = (
        now.reference, now.current, now.since
    )  # fmt: skip
    council.former_populations = populations_beside(counted) or None
    last = chosen[-1]
    council.publication_mode, council.mode_decided_by, council.mode_since = last.mode, last.decided_by, last.since
    council.former_modes = kept_beside(chosen) or None
    return council


def _chosen(session: Session, body_id: int, council: Council | None, facts: CouncilFacts) -> tuple[Choice, ...]:
    """The choices of publication, with the one that is told: what was published by one of before stays lawful.

    :raises BadMeeting: when acts are published already and another choice does not say since when it holds, or it
        bears the deliberation that made another one.
    """
    before = choices_of(council) or (Choice(),)
    new = Choice(facts.publication_mode, facts.mode_decided_by.strip(), since=facts.mode_since)
    turns = before[-1].mode != new.mode and not (before[-1].is_electronic and new.is_electronic)
    is_open = new.since is None and before[-1] != new
    if is_open and (turns or len(before) > 1) and has_published(session, body_id):
        raise BadMeeting(
            _l(
                "Écrivez depuis quel jour ce choix vaut\N{NO-BREAK SPACE}: les délibérations déjà publiées se jugent "
                "selon le choix qui valait leur jour. Si l’ancien choix était mal noté, écrivez le jour du vrai choix."
            ),
            field="mode_since",
        )
    chosen = with_choice(before, new, without=facts.without)
    other = next((one for one in chosen if one.mode != new.mode and one.decided_by == new.decided_by), None)
    if other is not None and new.decided_by and new not in before:
        raise BadMeeting(
            _l(
                "«\N{NO-BREAK SPACE}%(number)s\N{NO-BREAK SPACE}» a fait un autre choix (%(mode)s). Écrivez la "
                "délibération qui a fait celui-ci.",
                number=new.decided_by,
                mode=MODES[PublicationMode(other.mode)],
            ),
            field="mode_decided_by",
        )
    return chosen


def _counted(session: Session, body_id: int, setting: Setting, facts: CouncilFacts) -> tuple[Populations, ...]:
    """The numbers of inhabitants, with those that are told: what met by those of before is not judged anew.

    What nobody told goes on following the list until the council meets.

    :raises BadMeeting: when the council has met and other numbers do not say since when they hold.
    """
    told = Populations(facts.reference_population, facts.current_population, since=facts.population_since)
    new = told.filled(setting.listed)
    same_day = next((one for one in setting.populations if one.since == new.since), new)
    if same_day != new and not facts.population_was_wrong and has_met(session, body_id):
        raise BadMeeting(
            _l(
                "Écrivez depuis quel jour ces nombres valent, par exemple le 1er janvier\N{NO-BREAK SPACE}: les "
                "séances et les délibérations d’avant ce jour se jugent selon les nombres d’alors. Si le nombre noté "
                "était faux, cochez «\N{NO-BREAK SPACE}Le nombre noté était faux\N{NO-BREAK SPACE}»."
            ),
            field="population_since",
        )
    rows = with_row(setting.populations, new, empty=Populations(), without=facts.without_populations)
    return (*rows[:-1], told) if rows[-1] == new and not has_met(session, body_id) else rows


def _made_wrong(session: Session, body: Body, before: Setting, after: Setting) -> list[Act]:
    """The acts that were published as they had to, and by what is told now were not."""
    return [
        act
        for act in published_acts(session, body.id)
        if owed_instead(after, act.published_on, act.publication_mode)
        and not owed_instead(before, act.published_on, act.publication_mode)
    ]


def _require_reason(wrong: list[Act], after: Setting, reason: str) -> None:
    """Published acts become wrong only knowingly.

    :raises BadMeeting: naming them, without a reason.
    """
    if len(" ".join(reason.split())) >= SHORTEST:
        return
    first = wrong[0].published_on
    mode = after.lawful_mode(first) if first else None
    raise BadMeeting(
        ngettext(
            "Avec ce que vous notez, %(num)s délibération déjà publiée l’aurait été autrement que la commune ne le "
            "devait (%(mode)s)\N{NO-BREAK SPACE}: %(acts)s. Elle ne serait plus exécutoire. Corrigez le choix ou son "
            "jour\N{NO-BREAK SPACE}; si c’est bien ce qui est arrivé, écrivez pourquoi, puis enregistrez de nouveau.",
            "Avec ce que vous notez, %(num)s délibérations déjà publiées l’auraient été autrement que la commune ne le "
            "devait (%(mode)s)\N{NO-BREAK SPACE}: %(acts)s. Elles ne seraient plus exécutoires. Corrigez le choix ou "
            "son jour\N{NO-BREAK SPACE}; si c’est bien ce qui est arrivé, écrivez pourquoi, puis enregistrez de "
            "nouveau.",
            len(wrong),
            mode=MODES[PublicationMode(mode or "")],
            acts=", ".join(_told(act) for act in wrong[:NAMED]) + (", …" if len(wrong) > NAMED else ""),
        ),
        field="mode_reason",
    )


def _told(act: Act) -> str:
    day = act.published_on
    return str(_l("%(number)s (publiée le %(day)s)", number=act.number or act.title, day=full_day(day) if day else ""))


def _named(acts: list[Act]) -> str:
    return ", ".join(act.number or act.title for act in acts[:NAMED]) + (", …" if len(acts) > NAMED else "")
