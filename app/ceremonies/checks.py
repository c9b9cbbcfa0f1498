"""Calm remarks on a programme: usage and protocol, never a block.

Lengths and the limit before the buffet are usage (AFCCRE, town halls' habits; confidence low). Order of
speeches: décret 89-655 of 13 September 1989, art. 19. Anthems: French protocol guides, and for the anthem of Europe in
twinnings the answer to question 15-9096 of 3 July 2018 (confidence medium).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from app.ceremonies import hours, naming
from app.ceremonies.agenda import AROUND, PREPARATION
from app.ceremonies.models import CeremonyStatus
from app.ceremonies.wording import said
from app.places import clocks
from app.places.telling import country_name
from app.shared.folding import fold
from app.shared.saying import said as said_date
from app.texts import formats

if TYPE_CHECKING:
    from app.ceremonies.models import Ceremony, ProgrammeItem

_LONG = 120
_TOLD = 5


def remarks(ceremony: Ceremony) -> list[str]:
    """What somebody who has done this before would say on reading the programme."""
    told = [
        sentence for item in ceremony.programme if item.status != "cancelled" for sentence in _speeches(item, ceremony)
    ]
    return [
        *_clock(ceremony),
        *_renamed(ceremony),
        *_put_off(ceremony),
        *_far_away(ceremony),
        *_contradictions(ceremony),
        *told,
        *_anthems(ceremony),
        *_interpreters(ceremony),
        *_length(ceremony),
    ]


def _clock(ceremony: Ceremony) -> list[str]:
    """Whose clock the hours are: never silently another town's."""
    hosts = ceremony.details.get("hosts") or [{}]
    country, language = hosts[0].get("country", ""), str(get_locale() or "fr")
    if not ceremony.timezone:
        return [
            _(
                "On ne sait pas de quelle ville les heures sont données. Dites-le dans « Modifier », à « Fuseau "
                "horaire » : d’ici là, les agendas donnent les jours sans les heures."
            )
        ]
    if clocks.same_clock(ceremony.timezone, country):
        return []
    return [
        _(
            "Les heures sont données pour %(zone)s, mais la commune qui accueille est dans un autre pays "
            "(%(country)s) : vérifiez le « Fuseau horaire » dans « Modifier ».",
            zone=clocks.told(ceremony.timezone, language),
            country=country_name(country, language),
        )
    ]


def _renamed(ceremony: Ceremony) -> list[str]:
    return [
        _(
            "« %(old)s » s’appelle maintenant « %(new)s » : ouvrez « Modifier » et enregistrez, le "
            "programme et les agendas suivront.",
            old=old,
            new=new,
        )
        for old, new in naming.renamed(ceremony)
    ]


def _put_off(ceremony: Ceremony) -> list[str]:
    """What a ceremony that is put off still tells, and how to go on."""
    if ceremony.status != CeremonyStatus.POSTPONED:
        return []
    return [
        _(
            "La cérémonie est reportée : dans les agendas, chaque moment garde son ancien jour et s’ouvre par "
            "« REPORTÉ ». Quand la nouvelle date est sûre, changez les jours dans « Modifier », puis l’état."
        )
    ]


def _far_away(ceremony: Ceremony) -> list[str]:
    """Moments outside the days of the visit, the team's preparations before it excepted."""
    first, last = ceremony.first_day, ceremony.final_day
    if first is None or last is None:
        return []
    margin = timedelta() if last > first else AROUND
    days = [
        (item, day)
        for item in ceremony.programme
        if item.status != CeremonyStatus.CANCELLED and not item.details.get("repeats")
        if (day := item.actual_day(first)) is not None
    ]
    return [
        _(
            "« %(title)s » est le %(day)s, hors des jours de la cérémonie (%(when)s) : vérifiez sa date, ou changez "
            "ces jours dans « Modifier ».",
            title=said(item.title, ceremony.languages),
            day=said_date(day),
            when=said_date(ceremony.when),
        )
        for item, day in days
        if day - last > margin or (first - day > margin and item.kind != PREPARATION)
    ][:_TOLD]


def _contradictions(ceremony: Ceremony) -> list[str]:
    """Moments whose hours and whose length cannot both be right."""
    running = [item for item in ceremony.programme if item.status != CeremonyStatus.CANCELLED]
    return [
        _("« %(title)s » : %(fault)s", title=said(item.title, ceremony.languages), fault=fault)
        for item in running
        if (fault := hours.length_note(item))
    ][:_TOLD]


def _anthems(ceremony: Ceremony) -> list[str]:
    """In France the Marseillaise comes last, after the anthem of Europe; the guest's comes last in their own town."""
    lists = [item.details.get("anthems", []) for item in ceremony.programme if item.status != "cancelled"]
    return [
        sentence for played in [ceremony.details.get("anthems", []), *lists] for sentence in _order(played, ceremony)
    ]


def _order(played: list[dict[str, Any]], ceremony: Ceremony) -> list[str]:
    host = next((party.get("country") for party in ceremony.details.get("hosts", []) if party.get("country")), "")
    ranks = {country: rank for rank, one in enumerate(played) if (country := one.get("country"))}
    told = []
    if host in ranks and ranks[host] != len(played) - 1:
        told.append(
            _("L’hymne du pays qui accueille se joue le dernier : en France, la Marseillaise clôt les hymnes.")
            if host == "FR"
            else _("L’usage veut que l’hymne du pays qui accueille soit joué le dernier.")
        )
    guests = [country for country in ranks if country != host]
    if guests != sorted(guests, key=lambda country: fold(formats.country(country, "fr"))):
        told.append(_("Les hymnes des invités se jouent dans l’ordre alphabétique des noms de pays en français."))
    return [str(sentence) for sentence in told]


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
                "« %(title)s » dure %(slot)s, mais les discours en demandent %(needed)s "
                "(une interprétation consécutive double le temps).",
                title=title,
                slot=ngettext("%(num)s minute", "%(num)s minutes", slot),
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
