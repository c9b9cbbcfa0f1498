"""Whether a deliberation lets anybody sign the text annexed to it: the mayor signs what the council said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.shared.folding import fold

if TYPE_CHECKING:
    from app.council.models import Act

_SIGNS = re.compile(r"\bsign(er|e|ent|ature|ataire)\b")


def lets_sign(act: Act) -> bool:
    """Whether one of its articles speaks of signing, where a text is annexed; without one there is nothing to sign."""
    return act.version_id is None or any(_SIGNS.search(fold(article)) for article in act.articles)


NO_MANDATE = _l(
    "Un texte est annexé, et aucun article n’autorise à le signer\N{NO-BREAK SPACE}: le maire signe ce que le conseil "
    "l’a chargé de signer (CGCT, art. L. 2122-21). Il y faut un article comme «\N{NO-BREAK SPACE}Le texte annexé est "
    "approuvé\N{NO-BREAK SPACE}; le maire, ou son représentant, est autorisé à le signer quand la délibération sera "
    "exécutoire\N{NO-BREAK SPACE}»."
)
"""What to do about it, before the vote and after."""
