"""Handing the rules of the adopted statutes to the room of assemblies, where they are dated and counted with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.assemblies.models import AssemblyKind
from app.assemblies.queries import rules_of
from app.assemblies.services.statutes import RecordRule, record_rule
from app.founding import statutes
from app.founding.reckoning import term_of
from app.founding.services.statutes import clauses_of
from app.law.statutes import RESERVED, Statutes

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.founding.models import Founding
    from app.shared.actor import Actor


def hand_rules(session: Session, founding: Founding, since: date, *, by: Actor, at: datetime) -> None:
    """Note what the model’s own words ask of assemblies; an article rewritten by hand is left for a human to read."""
    noted = {one.kind for one in rules_of(session, founding.committee_id)}
    articles = {
        one.id: str(_l("article %(number)s", number=one.number))
        for one in statutes.articles(clauses_of(founding), founding.fields, founding.own_words)
        if not one.is_rewritten
    }
    for kind, asked in (
        (AssemblyKind.ORDINARY, _with_term(founding, _asked(founding, articles, "simple"))),
        (AssemblyKind.EXTRAORDINARY, _asked(founding, articles, "two_thirds_cast")),
        (AssemblyKind.BOARD, _asked_of_board(articles)),
    ):
        if asked is not None and kind not in noted:
            record_rule(
                session, founding.committee_id, RecordRule(kind=kind, since=since, statutes=asked), by=by, at=at
            )


def _with_term(founding: Founding, asked: Statutes | None) -> Statutes | None:
    """How long those hold office whom the assembly elects, where that article stands as the model wrote it."""
    if (term := term_of(founding)) is None:
        return asked
    asked = asked or Statutes()
    return replace(asked, mandate_years=term.years, clauses={**asked.clauses, "term": term.clause})


def _is_remote(founding: Founding, articles: dict[str, str]) -> bool | None:
    """Whether people vote from afar; unknown where the article is somebody’s own."""
    if clauses_of(founding).get("distance") != "yes":
        return False
    return True if "distance" in articles else None


def _asked_of_board(articles: dict[str, str]) -> Statutes | None:
    """The board decides by the majority of those present, the president's vote counting twice; it elects its officers.

    That the assembly elects the board is not kept for it: a place that falls vacant is filled by the board itself.
    """
    asked = Statutes()
    if "conseil" in articles:
        clauses = dict.fromkeys(("majority", "casting"), articles["conseil"])
        asked = Statutes(majority_ordinary="absolute_present", casting_vote=True, clauses=clauses)
    if "bureau" in articles:
        asked = replace(asked, keeps="officers", clauses={**asked.clauses, "keeps": articles["bureau"]})
    return asked if asked.clauses else None


def _asked(founding: Founding, articles: dict[str, str], majority: str) -> Statutes | None:
    """The figures of the articles on assemblies and votes that stand as the model wrote them."""
    if "assemblee" not in articles or "votes" not in articles:
        return None
    values = statutes.values_of(founding.fields)
    share = int(values["quorum_pourcent"])
    clauses = dict.fromkeys(("quorum", "second", "proxies", "majority"), articles["votes"])
    clauses["notice"] = articles["assemblee"]
    if majority != "simple" and "extraordinaire" in articles:
        clauses["majority"] = clauses["keeps"] = articles["extraordinaire"]
    if "distance" in articles:
        clauses["remote"] = articles["distance"]
    clauses["ballot"], clauses["voters"] = articles["votes"], articles["assemblee"]
    return Statutes(
        quorum="fraction" if share else "none",
        quorum_numerator=share or None,
        quorum_denominator=100 if share else None,
        quorum_counts_proxies=True,
        notice_days=int(values["convocation_jours"]),
        second_quorum="none",
        proxies_per_person=int(values["procurations_max"]),
        majority_ordinary="simple",
        majority_statutes=majority if majority != "simple" else "",
        majority_dissolution=majority if majority != "simple" else "",
        voters="members",
        remote_vote=_is_remote(founding, articles),
        keeps=",".join(RESERVED) if "keeps" in clauses else "",
        clauses=clauses,
    )
