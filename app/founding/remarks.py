"""Where the articles of the statutes contradict each other, or an answer: told while they may still be changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.founding import statutes
from app.founding.services.statutes import clauses_of
from app.law.words import listed
from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.founding.models import Founding
    from app.founding.statutes import StatuteArticle

_OFFICERS = 3
"""The model lets the board elect so many: who presides, who keeps the money, who writes."""
_FEE = re.compile(r"\bcotisations?\b")
_VOTING = re.compile(r"\b(?:pouvoirs?|procurations?|quorum)\b")


def remarks_of(founding: Founding) -> list[object]:
    """What does not go together, a sentence each; nothing is blocked."""
    clauses = clauses_of(founding)
    written = statutes.articles(clauses, founding.fields, founding.own_words)
    return [
        *(_fee(written) if clauses.get("cotisation") == "no" else ()),
        *_board(written, int(statutes.values_of(founding.fields)["ca_max"])),
        *_twice(written),
    ]


def _said(article: StatuteArticle) -> str:
    return fold("\n".join("".join(text for text, _blank in line) for one in article.body for line in one.lines))


def _fee(written: list[StatuteArticle]) -> Iterator[object]:
    told = [str(one.number) for one in written if one.id != "ressources" and _FEE.search(_said(one))]
    if told:
        yield _l(
            "Vous avez répondu qu’il n’y a pas de cotisation, et des articles en parlent (%(numbers)s) : enlevez-y ces "
            "mots, ou répondez « oui ».",
            numbers=listed(told),
        )


def _board(written: list[StatuteArticle], most: int) -> Iterator[object]:
    bureau = next((one for one in written if one.id == "bureau" and not one.is_rewritten), None)
    if bureau is not None and most < _OFFICERS:
        yield _l(
            "L’article %(number)s fait élire un président, un trésorier et un secrétaire, et le conseil "
            "s’arrête à %(most)s : prévoyez plus de monde, ou dites dans cet article qui peut cumuler.",
            number=bureau.number,
            most=most,
        )


def _twice(written: list[StatuteArticle]) -> Iterator[object]:
    votes = next((one for one in written if one.id == "votes"), None)
    own = [str(one.number) for one in written if one.is_rewritten and one is not votes and _VOTING.search(_said(one))]
    if votes is not None and own:
        yield _l(
            "Vos mots (article %(numbers)s) parlent de pouvoirs ou de quorum, comme l’article %(votes)s : vérifiez "
            "qu’ils disent la même chose, ou ne le dites qu’une fois.",
            numbers=listed(own),
            votes=votes.number,
        )
