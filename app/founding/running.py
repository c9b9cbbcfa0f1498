"""What a régie asks for once the council has decided: who runs it, its money, the people of the town.

Only what the sources say (domain file, 1.4 and 1.5; the council's own model): how a régie de recettes is opened, or
who keeps it, is for the public accountant to tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.law.words import listed
from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.bodies.models import Mandate
    from app.founding.models import Founding

RUNS = _l("Noter qui conduit le service")


@dataclass(frozen=True, kw_only=True)
class Matter:
    """Something to see to; ``code`` tells the page where it is done, ``is_done`` is None where nobody can know."""

    code: str
    title: object
    reason: object
    is_done: bool | None = None


def matters_of(mandates: Sequence[Mandate]) -> list[Matter]:
    """All of them, in the order in which they come up; ``mandates``: who holds an office in the service today."""
    return [
        runs(mandates),
        Matter(
            code="budget",
            title=_l("Prévoir ses moyens au budget de la commune"),
            reason=_l("Le service n’a pas de budget à lui : ses dépenses et ses recettes sont celles de la commune."),
        ),
        Matter(
            code="receipts",
            title=_l("Avant la première recette : la régie de recettes"),
            reason=_l(
                "Un repas payant, une participation au voyage : cet argent est celui de la commune. Il passe par une "
                "régie de recettes ; voyez avec le comptable public comment l’ouvrir. Qui encaisse sans titre s’expose "
                "à une gestion de fait."
            ),
        ),
        Matter(
            code="people",
            title=_l("Associer des habitants, si vous le souhaitez"),
            reason=_l(
                "À titre consultatif : une commission extra-municipale, que le conseil crée par une délibération, ou "
                "des bénévoles d’un jour."
            ),
        ),
    ]


def runs(mandates: Sequence[Mandate]) -> Matter:
    """Who runs the service: the next step after the vote, as long as nobody is noted."""
    names = {fold(one.person.name): one.person.name for one in mandates}
    said = _l(
        "Le maire, ou l’élu qui le représente ; son mandat a un début et une fin. Un adjoint ne signe pour le maire "
        "qu’avec un arrêté de délégation qui couvre la matière."
    )
    told = _l("Sont notés : %(names)s.", names=listed(names.values())) if names else said
    return Matter(code="runs", title=RUNS, reason=told, is_done=bool(names))


def is_running(founding: Founding, *, is_decided: bool) -> bool:
    """Whether a régie stands, so that all this is to be seen to."""
    return not founding.is_association and is_decided and founding.trashed_at is None
