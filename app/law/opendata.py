"""Rows of the SCDL exports: what the schemas and the public validator's own checks ask (data/scdl.toml)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from app.law import tables
from app.law.money import is_siret
from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

Row = Mapping[str, Any]
_OFFICE = re.compile(r"(PREF|SGAR)(\d{3}|02[AB])|SPREF(\d{3}|02[AB])\d")
_VOTES = ("VOTE_EFFECTIF", "VOTE_REEL", "VOTE_POUR", "VOTE_CONTRE", "VOTE_ABSTENTION")
_TOGETHER = (("BUDGET_ANNEE", "BUDGET_NOM"), _VOTES)
"""Columns of which all are filled in, or none."""


@dataclass(frozen=True)
class RowFault:
    """What is wrong in a row; ``is_official`` when the schema or the public validator refuses it, else only we do."""

    column: str
    sentence: str
    is_official: bool = True


@dataclass(frozen=True)
class RowVerdict:
    """The faults of a row, and the columns that it must have and does not have at all."""

    faults: tuple[RowFault, ...]
    absent: tuple[str, ...]


def columns(schema: str) -> list[dict[str, Any]]:
    """Return the columns of a schema, in order."""
    found: list[dict[str, Any]] = tables.load("scdl")[schema]["columns"]
    return found


def judge_row(schema: str, row: Row) -> RowVerdict:
    """Judge one row. An empty cell is ``""`` or null; a column that is not there at all is not judged."""
    known = {column["name"]: column for column in columns(schema)}
    faults = [RowFault(name, "cette colonne n'est pas du schéma") for name in row if name not in known]
    for name, column in known.items():
        if name in row:
            faults += [RowFault(name, told) for told in _cell_faults(column, _text(row[name]))]
    told = {name: _text(value) for name, value in row.items()}
    faults += _deliberation(told) if schema == "deliberations" else _subsidy(told)
    absent = [name for name, column in known.items() if column.get("required") and name not in row]
    if schema == "deliberations":
        absent += [name for group in _TOGETHER if any(map(told.get, group)) for name in group if name not in row]
    return RowVerdict(tuple(faults), tuple(absent))


def _text(value: Any) -> str:  # noqa: ANN401  # any JSON scalar
    if value is None:
        return ""
    return ("oui" if value else "non") if isinstance(value, bool) else str(value).strip()


def _cell_faults(column: Mapping[str, Any], text: str) -> Iterator[str]:
    if not text:
        if column.get("required"):
            yield "cette cellule est obligatoire"
        return
    if (pattern := column.get("pattern")) and not re.fullmatch(pattern, text):
        yield f"« {text} » n'a pas la forme attendue ({column.get('form', pattern)})"
    if (most := column.get("max_length")) and len(text) > most:
        yield f"{len(text)} caractères, {most} au plus"
    if (words := column.get("enum")) and text not in words:
        yield f"« {text} » n'est pas l'une des valeurs {', '.join(words)}"
    yield from _type_faults(column, text)
    if column.get("siret") and re.fullmatch(r"\d{14}", text) and not is_siret(text):
        yield f"« {text} » n'est pas un SIRET : la clé de contrôle est fausse"


def _type_faults(column: Mapping[str, Any], text: str) -> Iterator[str]:
    kind = column["type"]
    if kind == "date" and _day(text) is None:
        yield f"« {text} » n'est pas une date AAAA-MM-JJ"
    elif kind == "integer" and not re.fullmatch(r"-?\d+", text):
        yield f"« {text} » n'est pas un nombre entier"
    elif kind == "number":
        number = _number(text)
        if number is None:
            yield f"« {text} » n'est pas un nombre à point décimal"
        elif not column.get("minimum", number) <= number <= column.get("maximum", number):
            yield f"« {text} » sort de l'intervalle {column['minimum']} à {column['maximum']}"
    elif kind == "boolean" and text not in {"oui", "non"}:
        yield f"« {text} » : seuls « oui » et « non » sont admis"
    elif kind == "uri" and not re.match(r"https?://\S+$", text):
        yield f"« {text} » n'est pas une adresse"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
    except ValueError:
        return None


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _deliberation(told: Mapping[str, str]) -> Iterator[RowFault]:
    for group in _TOGETHER:
        yield from _together(told, group)
    years = told.get("BUDGET_ANNEE", "").split("/")
    if len(years) == 2 and years[1] <= years[0]:  # noqa: PLR2004  # an interval has two ends
        yield RowFault("BUDGET_ANNEE", "la seconde année vient après la première")
    adopted, received = _day(told.get("DELIB_DATE", "")), _day(told.get("PREF_DATE", ""))
    if adopted and received and received < adopted:
        yield RowFault("PREF_DATE", "la réception en préfecture précède l'adoption")
    yield from _control(told)
    yield from _vote_counts(told)
    yield from _matter(told)


def _together(told: Mapping[str, str], names: tuple[str, ...]) -> Iterator[RowFault]:
    """All filled or all empty, among the columns that are there."""
    filled = [name for name in names if told.get(name)]
    empty = [name for name in names if name in told and not told[name]]
    if filled and empty:
        yield RowFault(empty[0], f"à remplir avec {', '.join(filled)}, ou tout laisser vide")


def _vote_counts(told: Mapping[str, str]) -> Iterator[RowFault]:
    counts = {name: int(told[name]) for name in _VOTES if re.fullmatch(r"-?\d+", told.get(name, ""))}
    real = counts.get("VOTE_REEL")
    if real is None:
        return
    if counts.get("VOTE_EFFECTIF", real) < real:
        yield RowFault("VOTE_EFFECTIF", f"{counts['VOTE_EFFECTIF']} est plus petit que VOTE_REEL ({real})")
    parts = [name for name in _VOTES[2:] if name in counts]
    for name in parts:
        if counts[name] > real:
            yield RowFault(name, f"{counts[name]} dépasse VOTE_REEL ({real})")
    total = sum(counts[name] for name in parts)
    if len(parts) == len(_VOTES[2:]) and total != real:
        yield RowFault("VOTE_REEL", f"pour, contre et abstentions font {total}, et non {real}")


def _control(told: Mapping[str, str]) -> Iterator[RowFault]:
    office = told.get("PREF_ID", "")
    if office and not _OFFICE.fullmatch(office):
        yield RowFault(
            "PREF_ID",
            f"« {office} » n'est pas de la forme PREF059, SPREF0592 ou SGAR059 (département sur trois caractères)",
            is_official=False,
        )


def _matter(told: Mapping[str, str]) -> Iterator[RowFault]:
    name, code = told.get("DELIB_MATIERE_NOM", ""), told.get("DELIB_MATIERE_CODE", "")
    if code and re.fullmatch(r"\d\.\d{1,2}", code) and code not in tables.matters():
        yield RowFault("DELIB_MATIERE_CODE", f"« {code} » n'est pas l'un des 57 codes ACTES", is_official=False)
    if not name:
        return
    if "/" not in name:
        yield RowFault("DELIB_MATIERE_NOM", "il manque le signe « / » entre les deux niveaux")
    if " /" in name or "/ " in name:
        yield RowFault("DELIB_MATIERE_NOM", "pas de blanc autour de « / »")
    if "," in name or "(" in name:
        yield RowFault("DELIB_MATIERE_NOM", "ni virgule, ni parenthèse", is_official=False)
    if fold(name.split("/", maxsplit=1)[0]) not in {fold(matter.level1) for matter in tables.matters().values()}:
        yield RowFault("DELIB_MATIERE_NOM", f"« {name.split('/', maxsplit=1)[0]} » n'est pas un premier niveau connu")


def _subsidy(told: Mapping[str, str]) -> Iterator[RowFault]:
    keys = ("idBeneficiaire", "rnaBeneficiaire")
    if all(name in told for name in keys) and not any(told[name] for name in keys):
        yield RowFault(keys[0], "donnez le SIRET ou le numéro RNA du bénéficiaire")
    period = told.get("datesPeriodeVersement", "")
    days = [_day(part) for part in period.split("/")]
    if period and None in days:
        yield RowFault("datesPeriodeVersement", f"« {period} » contient une date impossible", is_official=False)
    elif len(days) == 2 and days[0] and days[1] and days[1] < days[0]:  # noqa: PLR2004  # an interval has two ends
        yield RowFault("datesPeriodeVersement", "la fin précède le début", is_official=False)
