"""Calm remarks on a programme: usage and protocol, never a block.

Lengths and the limit before the buffet are usage (AFCCRE, town halls' habits; confidence low). Anthems and the order
of speeches: décret 89-655 of 13 September 1989, art. 19, and French protocol guides (confidence medium).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.ceremonies.wording import said

if TYPE_CHECKING:
    from app.ceremonies.models import Ceremony, ProgrammeItem

_LONG = 120


def remarks(ceremony: Ceremony) -> list[str]:
    """What somebody who has done this before would say on reading the programme."""
    told = [
        sentence for item in ceremony.programme if item.status != "cancelled" for sentence in _speeches(item, ceremony)
    ]
    return [*told, *_interpreters(ceremony), *_length(ceremony)]


def _speeches(item: ProgrammeItem, ceremony: Ceremony) -> list[str]:
    slot = item.details.get("minutes") or _minutes(item)
    needed = sum(
        speaker.get("minutes", 0) * (2 if speaker.get("interpreted") else 1)
        for speaker in item.details.get("speakers", [])
    )
    if not slot or needed <= slot:
        return []
    title = said(item.title, ceremony.languages)
    return [
        str(
            _(
                "« %(title)s » dure %(slot)s minutes, mais les discours en demandent %(needed)s "
                "(une interprétation consécutive double le temps).",
                title=title,
                slot=slot,
                needed=needed,
            )
        )
    ]


def _interpreters(ceremony: Ceremony) -> list[str]:
    if len(ceremony.languages) < 2 or ceremony.details.get("interpreters"):  # noqa: PLR2004  # one language needs none
        return []
    spoken = [item for item in ceremony.programme if item.kind in {"speech", "oath", "ceremony"}]
    if not spoken or any(item.details.get("interpreters") for item in ceremony.programme):
        return []
    return [
        str(
            _(
                "Le programme est en deux langues et aucun interprète n’est nommé : comptez-en un par cheffe ou chef "
                "de délégation, deux au-delà de deux heures."
            )
        )
    ]


def _length(ceremony: Ceremony) -> list[str]:
    """The time between the hymns and the buffet, when the programme gives lengths."""
    running = [item for item in ceremony.programme if item.details.get("moment") and item.status != "cancelled"]
    before = [
        item.details.get("minutes") or _minutes(item) or 0
        for item in running
        if item.kind not in {"meal", "preparation", "reception"}
    ]
    if sum(before) <= _LONG:
        return []
    return [
        str(
            _(
                "De l’entrée au buffet, la cérémonie dure %(minutes)s minutes ; au-delà de deux heures debout, "
                "le public se lasse. Raccourcissez un discours.",
                minutes=sum(before),
            )
        )
    ]


def _minutes(item: ProgrammeItem) -> int:
    if not item.start or not item.end:
        return 0
    start, end = ([int(part) for part in text.split(":")] for text in (item.start, item.end))
    return max(0, (end[0] * 60 + end[1]) - (start[0] * 60 + start[1]))
