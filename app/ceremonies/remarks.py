"""What people are told of a calendar file: what was read, what was left, what calendars can never say."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.ceremonies.meaning import is_hostile
from app.ceremonies.services.imports import language_of, own_zone
from app.ceremonies.wording import city, said
from app.documents import ics
from app.documents.ics import Refusal, RemarkCode
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from app.ceremonies.services.imports import Imported


class NothingToRead(DomainError):
    """The file is not there, is a folder, or may not be read."""


class CalendarRefused(DomainError):
    """The file cannot be read as a calendar."""


_REFUSALS = {
    Refusal.TOO_LARGE: _l("Le fichier dépasse 5 Mio. Exportez une période plus courte de votre agenda."),
    Refusal.TOO_MANY: _l("Le fichier contient plus de 10 000 éléments. Exportez une période plus courte."),
    Refusal.TOO_DEEP: _l("Le fichier est imbriqué d’une façon qu’aucun agenda n’utilise : il n’a pas été lu."),
    Refusal.CUT_OFF: _l(
        "Le fichier est coupé : la fin de l’agenda (« END:VCALENDAR ») manque. "
        "Exportez-le ou téléchargez-le de nouveau."
    ),
    Refusal.NOT_A_CALENDAR: _l("Ce fichier n’est pas un agenda. Choisissez un fichier « .ics »."),
}

_REMARKS = {
    RemarkCode.ODD_ENCODING: _l("Le fichier est écrit en %(detail)s ; il a été lu ainsi."),
    RemarkCode.CONTROL_CHARACTERS: _l("Des signes invisibles ont été retirés."),
    RemarkCode.OTHER_COMPONENT: _l("Laissé de côté : %(detail)s (ce ne sont pas des événements)."),
    RemarkCode.CUT_SHORT: _l("« %(where)s » : l’événement n’est pas terminé dans le fichier ; lu jusque-là."),
    RemarkCode.BROKEN: _l("« %(where)s » : l’événement ne peut pas être lu, il a été laissé de côté."),
    RemarkCode.NO_START: _l("« %(where)s » : ni jour ni heure de début ; l’événement a été laissé de côté."),
    RemarkCode.BAD_VALUE: _l("« %(where)s » : laissé de côté, faute de pouvoir être lu : %(detail)s."),
    RemarkCode.BAD_LINE: _l(
        "Ligne %(detail)s, dans « %(where)s » : elle n’a pas la forme « NOM:valeur », laissée de côté."
    ),
    RemarkCode.NOT_TAKEN: _l("« %(where)s » : laissé de côté : %(detail)s."),
    RemarkCode.REPEATS: _l(
        "« %(where)s » : la répétition (%(detail)s) n’a pas été reprise, seule la première fois l’est."
    ),
    RemarkCode.FORMATTED: _l("« %(where)s » : la description était mise en forme ; seul son texte est repris."),
    RemarkCode.OCCURRENCE: _l(
        "« %(where)s » : c’est une fois d’un événement répété ; elle est reprise comme un moment à part."
    ),
    RemarkCode.UNKNOWN_ZONE: _l("« %(where)s » : fuseau inconnu (%(detail)s) ; l’heure est gardée comme écrite."),
    RemarkCode.OWN_ZONE: _l("« %(where)s » : heure convertie depuis un fuseau propre au fichier (%(detail)s)."),
    RemarkCode.NO_ZONE: _l("« %(where)s » : heure sans fuseau ; elle est gardée comme écrite."),
    RemarkCode.END_BEFORE_START: _l("« %(where)s » : la fin précède le début ; elle a été laissée de côté."),
    RemarkCode.REPLACED: _l(
        "« %(where)s » : l’événement est plusieurs fois dans le fichier ; seul son dernier état a été repris."
    ),
    RemarkCode.SAME_UID: _l(
        "« %(where)s » : l’événement porte le même identifiant que « %(detail)s » ; les deux ont été repris."
    ),
    RemarkCode.NO_EVENT: _l("Le fichier ne contient aucun événement."),
}


_WORDS = {
    "DTSTART": _l("le début"),
    "DTEND": _l("la fin"),
    "DURATION": _l("la durée"),
    "SECONDS": _l("les secondes de l’heure"),
    "SUMMARY": _l("le titre"),
    "DESCRIPTION": _l("la description"),
    "LOCATION": _l("le lieu"),
    "STATUS": _l("l’état"),
    "CATEGORIES": _l("les catégories"),
    "URL": _l("le lien"),
    "ORGANIZER": _l("l’organisateur"),
    "ATTENDEE": _l("les participants"),
    "GEO": _l("la position sur la carte"),
    "CLASS": _l("la confidentialité"),
    "PRIORITY": _l("la priorité"),
    "COMMENT": _l("le commentaire"),
    "CONTACT": _l("le contact"),
    "ATTACH": _l("la pièce jointe"),
    "VALARM": _l("le rappel"),
    "RRULE": _l("une règle"),
    "RDATE": _l("des dates de plus"),
    "EXDATE": _l("des dates de moins"),
    "EXRULE": _l("une règle d’exception"),
    "TRANSP": _l("l’occupation du temps (libre ou occupé)"),
    "RELATED-TO": _l("le lien avec un autre événement"),
    "RESOURCES": _l("le matériel"),
    "REQUEST-STATUS": _l("l’état de la demande"),
    "CONFERENCE": _l("la visioconférence"),
    "COLOR": _l("la couleur"),
    "IMAGE": _l("l’image"),
    "SEQUENCE": _l("le numéro de version"),
    "DTSTAMP": _l("la date d’écriture"),
    "CREATED": _l("la date de création"),
    "LAST-MODIFIED": _l("la date du dernier changement"),
    "UID": _l("l’identifiant"),
    "X-ALT-DESC": _l("la description mise en forme"),
    "VTODO": _l("tâches"),
    "VJOURNAL": _l("notes"),
    "VFREEBUSY": _l("disponibilités"),
}


_UNIVERSAL = frozenset({"UTC", "GMT"})
"""What the universal clock is called; an hour turned from a file's own zone bears that zone's name."""


def read_calendar(data: bytes) -> ics.Reading:
    """Read a calendar file.

    :raises CalendarRefused: with the reason and what to do, also when nothing in it can be taken.
    """
    try:
        reading = ics.read(data)
    except ics.UnreadableCalendar as error:
        raise CalendarRefused(_REFUSALS[error.reason], field="file") from error
    for entry in reading.entries:
        for name in (entry.summary, entry.location):
            if is_hostile(name):
                raise CalendarRefused(
                    _l(
                        "« %(name)s » contient une balise ou une formule : ce n’est pas un nom. Corrigez cet événement "
                        "dans votre agenda, puis exportez-le de nouveau. Rien n’a été importé.",
                        name=name[:60],
                    ),
                    field="file",
                )
    if not reading.entries:
        raise CalendarRefused(
            _l(
                "Rien n’a été importé : aucun événement du fichier ne peut être lu. %(why)s",
                why=" ".join(sentence(one) for one in reading.remarks[:5]),
            ),
            field="file",
        )
    return reading


def read_file(path: str) -> bytes:
    """Read a file named on the command line, « - » being what is typed in.

    :raises NothingToRead: with the reason and what to do.
    """
    if not path:
        raise NothingToRead(_l("Nommez le fichier à importer, ou « - » pour l’entrée standard."))
    if path == "-":
        return sys.stdin.buffer.read()
    file = Path(path)
    if file.is_dir():
        raise NothingToRead(_l("« %(name)s » est un dossier. Nommez un fichier « .json » ou « .ics ».", name=path))
    try:
        return file.read_bytes()
    except FileNotFoundError as error:
        raise NothingToRead(
            _l("Le fichier « %(name)s » n’existe pas. Vérifiez son nom et son dossier.", name=path)
        ) from error
    except (OSError, ValueError) as error:
        raise NothingToRead(
            _l("Le fichier « %(name)s » ne peut pas être lu. Vérifiez que vous en avez le droit.", name=path)
        ) from error


def sentence(remark: ics.Remark) -> str:
    """Tell one remark, with the words of people for those of calendars."""
    where = remark.where or "?"
    if where.startswith("#") and where[1:].isdigit():
        where = str(_("ligne %(number)s", number=where[1:]))
    return str(_REMARKS[remark.code]) % {"where": where, "detail": _WORDS.get(remark.detail, remark.detail)}


def report(reading: ics.Reading, timezone: str) -> list[str]:
    """Everything to tell of a calendar that was read: what was left, what was turned, what no calendar says."""
    told = [sentence(one) for one in (*reading.remarks, *_tongues(reading))]
    moments = [moment for entry in reading.entries for moment in (entry.start, entry.end)]
    timed = [moment for moment in moments if isinstance(moment, datetime) and moment.tzinfo is not None]
    if any(not own_zone(moment) and moment.tzname() in _UNIVERSAL for moment in timed):
        told.append(
            _("Les heures données en temps universel sont dites à l’heure de %(zone)s.", zone=city(timezone, "fr"))
        )
    if others := sorted({own_zone(moment) for moment in timed} - {"", timezone}):
        told.append(
            _(
                "Des heures sont données dans un autre fuseau ; elles le gardent, "
                "début et fin chacun le sien : %(zones)s.",
                zones=", ".join(others),
            )
        )
    return [*told, *limits_of_calendars()]


def _tongues(reading: ics.Reading) -> list[ics.Remark]:
    """The languages that a file names and nobody knows: their texts are kept, as those of no language."""
    return [
        ics.Remark(RemarkCode.BAD_VALUE, entry.summary, f"LANGUAGE={tag}")
        for entry in reading.entries
        for tag in dict.fromkeys(tag for _name, tag in entry.languages)
        if not language_of(tag)
    ]


def outcome(imported: Imported) -> str:
    """Tell what became of one ceremony."""
    ceremony = imported.ceremony
    told = {
        "added": _("ajoutée"),
        "replaced": _("remplacée"),
        "same": _("inchangée"),
    }[imported.outcome]
    line = ngettext(
        "%(uid)s — « %(title)s » : %(outcome)s, %(num)s moment.",
        "%(uid)s — « %(title)s » : %(outcome)s, %(num)s moments.",
        len(ceremony.programme),
        uid=ceremony.uid,
        title=said(ceremony.title, ceremony.languages),
        outcome=told,
    )
    return str(line)


def limits_of_calendars() -> list[str]:
    """Tell what no calendar file can say, so that people complete it on the page."""
    return [
        _(
            "Un agenda ne dit pas : la commune qui accueille, les invités et la taille des délégations, les langues, "
            "les intervenants et interprètes, les tarifs et l’inscription, une heure approximative, "
            "un moment de la journée sans heure, un jour qui n’est pas encore fixé. Complétez-les sur la page."
        )
    ]
