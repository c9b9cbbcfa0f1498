"""The figures of law that a founding meets: dated rows of :mod:`app.law`, never numbers of ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.assemblies.queries.terms import Term
from app.bodies.queries import mandates_in_office
from app.bodies.services.renewal import Occasion, functions_of
from app.founding import statutes
from app.founding.queries import is_local
from app.law import tables

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.founding.models import Founding
    from app.law.tables import Figure


@dataclass(frozen=True)
class SmallBoard:
    """A board smaller than the statutes want: how many sit, how many it takes, and the article."""

    seated: int
    least: int
    article: int


def small_board(session: Session, founding: Founding, *, on: date) -> SmallBoard | None:
    """Whether fewer people hold office than the adopted statutes want; an article rewritten by hand is not read."""
    if founding.held_on is None:
        return None
    clauses = statutes.clauses_of(founding.clauses, is_local=is_local(founding.body))
    written = statutes.articles(clauses, founding.fields, founding.own_words)
    board = next((one for one in written if one.id == "conseil" and not one.is_rewritten), None)
    least = int(statutes.values_of(founding.fields)["ca_min"])
    offices = set(functions_of(founding.committee.kind, Occasion.BOARD))
    held = mandates_in_office(session, founding.committee_id, on=on)
    seated = len({one.person_id for one in held if one.function in offices})
    return SmallBoard(seated, least, board.number) if board is not None and seated < least else None


def term_of(founding: Founding) -> Term | None:
    """How long mandates last; an article rewritten by hand is not read."""
    clauses = statutes.clauses_of(founding.clauses, is_local=is_local(founding.body))
    written = statutes.articles(clauses, founding.fields, founding.own_words)
    board = next((one for one in written if one.id == "conseil" and not one.is_rewritten), None)
    years = statutes.values_of(founding.fields)["mandat_ans"]
    return Term(int(years), str(_l("article %(number)s", number=board.number))) if board is not None else None


def founders_needed(commune: Body, on: date | None = None) -> Figure:
    """How many found an association there: two under the law of 1901, seven in Alsace-Moselle."""
    return figure("fondateurs_minimum_local" if is_local(commune) else "fondateurs_minimum", on)


def figure(name: str, on: date | None = None) -> Figure:
    """A figure in force on a day, or the newest one where our tables do not reach that day."""
    found = tables.figure(name, on) or tables.figure(name)
    assert found is not None  # noqa: S101  # an unknown name has raised
    return found
