"""The list of members as a sheet: columns of one's choice in French, or as Paheko and Galette read it.

Paheko names its columns as its default record does (``users_fields_presets.ini`` of Paheko 1.3); Galette wants the
eighteen columns of its default import model, in their order (``CsvIn`` of Galette 1.1 and later).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from app.documents.tables import TableSheet, write_csv, write_ods, write_xlsx
from app.members.answers import shown_answer
from app.members.labels import LEAVING_NAMES, standing_said
from app.members.models import Leaving
from app.members.restored import country_of
from app.people.naming import language_names
from app.shared import clock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from app.documents.tables import Cell
    from app.members.models import Member, MemberField

FORMS = ("xlsx", "ods", "csv", "paheko", "galette", "partner")
MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv; charset=utf-8",
    "paheko": "text/csv; charset=utf-8",
    "galette": "text/csv; charset=utf-8",
    "partner": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_GALETTE_ACTIVE, _GALETTE_BODY, _GALETTE_FORMER = "4", "8", "7"  # « Membre actif », « Personne morale », « Ancien »

_GALETTE = (
    *("nom_adh", "prenom_adh", "ddn_adh", "adresse_adh", "cp_adh", "ville_adh", "pays_adh", "tel_adh", "gsm_adh"),
    *("email_adh", "prof_adh", "pseudo_adh", "societe_adh", "login_adh", "date_crea_adh", "id_statut"),
    *("info_public_adh", "info_adh"),
)


def _person(name: str) -> Callable[[Member], Cell]:
    return lambda member: getattr(member.person, name) if member.person else ""


def _home(name: str) -> Callable[[Member], Cell]:
    return lambda member: getattr(member.household, name).replace("\n", ", ") if member.household else ""


def _day(name: str) -> Callable[[Member], Cell]:
    """A date as it is known: a whole day stays a day, a year a year."""

    def read(member: Member) -> Cell:
        when = getattr(member, name)
        return "" if when is None else when.day or when.text

    return read


def _family(member: Member) -> str:
    person = member.person
    if person is None:
        return ""
    return person.family_name or (person.name_as_written if not person.given_name else "")


COLUMNS: dict[str, tuple[str, Callable[[Member], Cell]]] = {
    "number": ("Numéro de membre", lambda one: one.number),
    "title": ("Civilité", _person("title")),
    "given": ("Prénom", _person("given_name")),
    "family": ("Nom", _family),
    "organisation": ("Organisation", lambda one: one.organisation),
    "email": ("Adresse électronique", lambda one: one.email),
    "phone": ("Téléphone", lambda one: one.phone),
    "street": ("Adresse", _home("street")),
    "postcode": ("Code postal", _home("postcode")),
    "town": ("Commune", _home("town")),
    "country": ("Pays", _home("country")),
    "household": ("Foyer", lambda one: one.household_id),
    "category": ("Catégorie", lambda one: one.category.name),
    "status": ("Situation", lambda one: standing_said(one, clock.today())),
    "since": ("Membre depuis", _day("since")),
    "until": ("Parti le", _day("until")),
    "leaving": ("Motif du départ", lambda one: str(LEAVING_NAMES[Leaving(one.leaving)]) if one.leaving else ""),
    "languages": ("Langues parlées", lambda one: language_names(one.person.languages) if one.person else ""),
    "note": ("Remarque", lambda one: one.note),
}
_DAYS = frozenset({COLUMNS["since"][0], COLUMNS["until"][0]})
_MONTH = re.compile(r"(?P<year>[0-9]{4})-(?P<month>0[1-9]|1[0-2])")
USUAL = tuple(key for key in COLUMNS if key not in {"languages", "leaving", "note"})


def table_of(
    members: Iterable[Member], chosen: Sequence[str], questions: Sequence[MemberField], *, name: str
) -> TableSheet:
    """The sheet of these members, with the chosen columns and questions (« field:12 »)."""
    own = {f"field:{one.id}": one for one in questions}
    columns = [one for one in chosen if one in COLUMNS or one in own] or list(USUAL)
    rows = [
        tuple(COLUMNS[one][1](member) if one in COLUMNS else _answer(own[one], member) for one in columns)
        for member in members
    ]
    header = tuple(COLUMNS[one][0] if one in COLUMNS else own[one].label for one in columns)
    return TableSheet(name=name, header=header, rows=rows)


def _answer(question: MemberField, member: Member) -> str:
    return shown_answer(question, member.answers.get(str(question.id)))


def written(sheet: TableSheet, form: str, *, at: datetime) -> bytes:
    """The sheet as a file."""
    if form in {"xlsx", "partner"}:
        return write_xlsx([sheet], created=at)
    if form == "ods":
        return write_ods([sheet], created=at)
    return write_csv(_in_french_days(sheet) if form == "csv" else sheet)


def _in_french_days(sheet: TableSheet) -> TableSheet:
    """Days as people here write them, in a file that knows no days: « 01/09/2020 », « 10/2024 »."""
    days = {rank for rank, title in enumerate(sheet.header) if title in _DAYS}
    rows = [tuple(_french(cell) if rank in days else cell for rank, cell in enumerate(row)) for row in sheet.rows]
    return replace(sheet, rows=rows)


def _french(cell: Cell) -> Cell:
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    month = _MONTH.fullmatch(cell) if isinstance(cell, str) else None
    return f"{month['month']}/{month['year']}" if month else cell


def paheko(members: Iterable[Member], subscribed: frozenset[int]) -> TableSheet:
    """The list for Paheko; ``subscribed`` are the persons who want the newsletter."""
    header = (
        "Numéro de membre",
        "Nom & prénom",
        "Adresse E-Mail",
        "Adresse postale",
        "Code postal",
        "Ville",
        "Numéro de téléphone",
        "Inscription à la lettre d'information",
        "Date d'inscription",
    )
    rows: list[tuple[Cell, ...]] = [
        (
            one.number,
            one.name if one.organisation else _family_first(one),
            one.email,
            _home("street")(one),
            _home("postcode")(one),
            _home("town")(one),
            one.phone,
            "1" if one.person_id in subscribed else "",
            _french_day(one),
        )
        for one in members
    ]
    return TableSheet(name="Paheko", header=header, rows=rows)


def partner(members: Iterable[Member], agreed: frozenset[int]) -> TableSheet:
    """The list for the partner committee: only who agreed to it today, and only how to reach them."""
    chosen = ("title", "given", "family", "email", "phone", "languages")
    return table_of([one for one in members if one.person_id in agreed], chosen, (), name="Partenaire")


def _family_first(member: Member) -> str:
    person = member.person
    if person is None:
        return ""
    return person.name_as_written or f"{person.family_name} {person.given_name}".strip()


def _french_day(member: Member) -> str:
    day = member.since.earliest if member.since else None
    return f"{day:%d/%m/%Y}" if day else ""


def galette(members: Iterable[Member]) -> TableSheet:
    """The list for Galette, which refuses the whole of it where a login is missing or an address is there twice.

    So everybody gets a login, and an address that several share is the first one's: the remark of the others says it.
    It wants a date of creation as year, month, day.
    """
    rows: list[tuple[Cell, ...]] = []
    first: dict[str, Member] = {}
    for one in members:
        person: Any = one.person
        holder = first.setdefault(one.email.lower(), one)
        rows.append(
            (
                (person.family_name or person.name) if person else one.organisation,
                person.given_name if person else "",
                "",
                _home("street")(one),
                _home("postcode")(one),
                _home("town")(one),
                country_of(str(_home("postcode")(one)), str(_home("country")(one))),
                one.phone,
                "",
                one.email if holder is one else "",
                "",
                "",
                one.organisation,
                f"membre-{one.number}",
                one.since.earliest.isoformat() if one.since else "",
                _galette_status(one),
                "",
                _galette_remark(one, holder),
            )
        )
    return TableSheet(name="Galette", header=_GALETTE, rows=rows)


def _galette_remark(member: Member, holder: Member) -> str:
    """What is noted of a member, on one line, and the address that stands on somebody else's."""
    shared = ""
    if member.email and holder is not member:
        shared = f"Même adresse électronique que {holder.name} : {member.email}"
    return " / ".join(part for part in (*member.note.splitlines(), shared) if part.strip())


def _galette_status(member: Member) -> str:
    if member.until is not None:
        return _GALETTE_FORMER
    return _GALETTE_BODY if member.organisation else _GALETTE_ACTIVE
