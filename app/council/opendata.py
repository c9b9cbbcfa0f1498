"""The SCDL files « délibérations » and « subventions », from what the council room holds, and such files read back.

A file is judged by ``app.law.opendata``, where the columns and the checks of the public validator stand; nothing is
published that it refuses. Columns, order and formats: schemas 2.1.5 and 2.1.1 of OpenDataFrance.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _ln
from sqlalchemy import extract, select
from sqlalchemy.orm import joinedload

from app.council.models import Act, ActStatus, AgendaPoint, Meeting, Outcome, Seat, Subsidy
from app.council.moving import in_office_at
from app.council.spending import year_of
from app.law import tables
from app.law.opendata import columns, judge_row
from app.law.words import counted, french
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.documents.sheets import Sheet


class Schema(StrEnum):
    """The two files."""

    DELIBERATIONS = "deliberations"
    SUBSIDIES = "subventions"


class BadFile(DomainError):
    """A file that the schema refuses."""


@dataclass(frozen=True)
class Fault:
    """What is wrong in a line: ``remedy`` says where it is mended; not ``is_official``: only we are stricter."""

    column: str
    sentence: str
    remedy: object
    is_official: bool = True


@dataclass(frozen=True)
class Line:
    """One line of a file: where it comes from (``endpoint``, ``number``) and what is wrong with it."""

    name: str
    row: Mapping[str, str]
    faults: tuple[Fault, ...]
    kind: str = ""
    id: int = 0


REMEDIES = {
    "COLL_SIRET": _l("Écrivez le SIRET de la commune dans la fiche de l’organisme."),
    "idAttribuant": _l("Écrivez le SIRET de la commune dans la fiche de l’organisme."),
    "DELIB_ID": _l("Le numéro vient du registre\N{NO-BREAK SPACE}: il est donné avec le vote."),
    "DELIB_MATIERE_CODE": _l("Choisissez la matière de la nomenclature ACTES dans la délibération."),
    "DELIB_MATIERE_NOM": _l("Choisissez la matière de la nomenclature ACTES dans la délibération."),
    "DELIB_DATE": _l("La date vient du vote consigné en séance."),
    "DELIB_OBJET": _l("Écrivez l’objet de la délibération."),
    "PREF_DATE": _l("Corrigez la date de réception en préfecture dans la délibération, avec sa raison."),
    "VOTE_EFFECTIF": _l("Corrigez le vote consigné au point de l’ordre du jour."),
    "VOTE_REEL": _l("Corrigez le vote consigné au point de l’ordre du jour."),
    "dateConvention": _l(
        "Notez la signature de la convention, obligatoire au-dessus du seuil ; en dessous, la délibération qui accorde "
        "l’aide suffit."
    ),
    "idBeneficiaire": _l("Écrivez le SIRET ou le numéro RNA dans la fiche de l’association."),
    "rnaBeneficiaire": _l("Corrigez le numéro RNA dans la fiche de l’association (W et neuf chiffres)."),
    "objet": _l("Écrivez l’action aidée, en 256 signes au plus."),
    "conditionsVersement": _l("Écrivez les conditions de versement dans l’aide\N{NO-BREAK SPACE}: unique, échelonné…"),
    "datesPeriodeVersement": _l("Notez le jour du versement dans l’aide."),
    "nature": _l("Écrivez un montant en argent, ou la valeur de ce qui est prêté ou fourni."),
}
_ELSEWHERE = _l("Corrigez cette valeur là où elle est écrite.")


def lines_of(session: Session, schema: Schema, body: Body, *, year: int | None = None) -> list[Line]:
    """The lines of a file, each with its faults: adopted acts in the order of the register, or aids noted."""
    if schema == Schema.DELIBERATIONS:
        return _deliberations(session, body, year)
    return _subsidies(session, body, year)


def _line(schema: Schema, name: str, row: dict[str, str], kind: str = "", number: int = 0) -> Line:
    return Line(name, row, faults_of(schema, row), kind, number)


def faults_of(schema: Schema, row: Mapping[str, str]) -> tuple[Fault, ...]:
    """What the schema and its custom checks refuse in a row, and the required columns that it does not have."""
    verdict = judge_row(schema, row)
    told = [
        Fault(one.column, french(one.sentence), REMEDIES.get(one.column, _ELSEWHERE), one.is_official)
        for one in verdict.faults
    ]
    told += [Fault(name, "cette colonne obligatoire manque", _ELSEWHERE) for name in verdict.absent]
    return tuple(told)


# --- deliberations ---


def _deliberations(session: Session, body: Body, year: int | None) -> list[Line]:
    statement = (
        select(Act)
        .where(Act.body_id == body.id, Act.trashed_at.is_(None), Act.status == ActStatus.ADOPTED)
        .order_by(Act.register_year, Act.register_rank, Act.id)
    )
    if year is not None:
        statement = statement.where(extract("year", Act.voted_on) == year)
    acts = session.scalars(statement).all()
    points = _points(session, [act.id for act in acts])
    schema = Schema.DELIBERATIONS
    return [
        _line(schema, act.number or act.title, deliberation_row(body, act, points.get(act.id)), "act", act.id)
        for act in acts
    ]


def _points(session: Session, acts: Sequence[int]) -> dict[int, AgendaPoint]:
    """The item in which each act was adopted."""
    statement = (
        select(AgendaPoint)
        .where(AgendaPoint.act_id.in_(acts), AgendaPoint.trashed_at.is_(None))
        .where(AgendaPoint.outcome == Outcome.ADOPTED)
        .options(
            joinedload(AgendaPoint.meeting).selectinload(Meeting.points),
            joinedload(AgendaPoint.meeting).selectinload(Meeting.seats).selectinload(Seat.movements),
        )
        .order_by(AgendaPoint.id)
    )
    return {point.act_id: point for point in session.scalars(statement) if point.act_id is not None}


def deliberation_row(body: Body, act: Act, point: AgendaPoint | None) -> dict[str, str]:
    """An adopted act as a line of the file."""
    matter = tables.matters().get(act.matter)
    row = dict.fromkeys((column["name"] for column in columns(Schema.DELIBERATIONS)), "")
    row |= {
        "COLL_NOM": body.name,
        "COLL_SIRET": body.siret,
        "DELIB_ID": act.number,
        "DELIB_DATE": _iso(act.voted_on),
        "DELIB_MATIERE_CODE": act.matter,
        "DELIB_MATIERE_NOM": matter.scdl if matter else act.matter_label,
        "DELIB_OBJET": " ".join(act.title.split()),
        "PREF_DATE": _iso(act.transmitted_on),
    }
    return row | _votes(point)


def _votes(point: AgendaPoint | None) -> dict[str, str]:
    """The five counts, or none: those who did not take part, blank and void ballots are no votes cast."""
    if point is None or point.votes_for is None:
        return {}
    cast = (point.votes_for, point.votes_against or 0, point.abstentions or 0)
    counts = (in_office_at(point.meeting, point), sum(cast), *cast)
    names = ("VOTE_EFFECTIF", "VOTE_REEL", "VOTE_POUR", "VOTE_CONTRE", "VOTE_ABSTENTION")
    return dict(zip(names, map(str, counts), strict=True))


# --- subsidies ---


def _subsidies(session: Session, body: Body, year: int | None) -> list[Line]:
    statement = (
        select(Subsidy)
        .where(Subsidy.body_id == body.id, Subsidy.trashed_at.is_(None))
        .options(joinedload(Subsidy.beneficiary), joinedload(Subsidy.act))
        .order_by(Subsidy.year, Subsidy.id)
    )
    if year is not None:
        statement = statement.where(Subsidy.year == year)
    aids = [one for one in session.scalars(statement) if one.act is None or one.act.status == ActStatus.ADOPTED]
    return [
        _line(
            Schema.SUBSIDIES,
            f"{one.beneficiary.name}, {one.year}, {one.purpose}",
            subsidy_row(body, one, [other for other in aids if _is_same_year(one, other)]),
            "subsidy",
            one.id,
        )
        for one in aids
    ]


def _is_same_year(one: Subsidy, other: Subsidy) -> bool:
    return (one.beneficiary_id, one.year) == (other.beneficiary_id, other.year)


def subsidy_row(body: Body, aid: Subsidy, aids: Iterable[Subsidy]) -> dict[str, str]:
    """An aid as a line of the file; ``aids`` are all those of its year to the same association."""
    natures = [word for amount, word in ((aid.cash, "aide en numéraire"), (aid.in_kind, "aide en nature")) if amount]
    row = dict.fromkeys((column["name"] for column in columns(Schema.SUBSIDIES)), "")
    return row | {
        "nomAttribuant": body.name,
        "idAttribuant": body.siret,
        "dateConvention": _iso(_decided_on(aid, aids)),
        "referenceDecision": aid.act.number if aid.act else "",
        "nomBeneficiaire": aid.beneficiary.name,
        "idBeneficiaire": aid.beneficiary.siret,
        "rnaBeneficiaire": aid.beneficiary.rna,
        "objet": " ".join(aid.purpose.split()),
        "montant": f"{aid.cash + (aid.in_kind or 0):.2f}",
        "nature": ";".join(natures),
        "conditionsVersement": " ".join(aid.payment_terms.split()) or ("unique" if aid.paid_on else ""),
        "datesPeriodeVersement": _period(aid),
        "notificationUE": "non",
        "pourcentageSubvention": "1",
    }


def _decided_on(aid: Subsidy, aids: Iterable[Subsidy]) -> date | None:
    """The day of the convention; where the law asks for none, that of the vote."""
    if aid.convention_signed_on is not None or aid.act is None or aid.act.voted_on is None:
        return aid.convention_signed_on
    return None if year_of(list(aids), on=aid.act.voted_on).needs_convention else aid.act.voted_on


def _period(aid: Subsidy) -> str:
    """The day of payment; what is lent or given in kind lasts the year."""
    if aid.paid_on is not None:
        return aid.paid_on.isoformat()
    return f"{aid.year}-01-01/{aid.year}-12-31" if aid.in_kind and not aid.cash else ""


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


# --- files ---


def write_csv(schema: Schema, rows: Iterable[Mapping[str, Any]]) -> bytes:
    """A file as the schema asks for: UTF-8, commas, the columns in their order."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, [column["name"] for column in columns(schema)])
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8")


def export(lines: Sequence[Line], schema: Schema, *, only_right: bool = False) -> bytes:
    """The file of these lines.

    :raises BadFile: when a line has a fault and the person did not ask to leave such lines out.
    """
    wrong = [line for line in lines if line.faults]
    if wrong and not only_right:
        first = wrong[0]
        raise BadFile(
            _ln(
                "Rien n’est exporté\N{NO-BREAK SPACE}: une ligne est à compléter (%(name)s), colonne %(column)s, "
                "%(sentence)s. %(remedy)s",
                "Rien n’est exporté\N{NO-BREAK SPACE}: %(num)s lignes sont à compléter. La première (%(name)s), "
                "colonne %(column)s, %(sentence)s. %(remedy)s",
                len(wrong),
                name=first.name,
                column=first.faults[0].column,
                sentence=first.faults[0].sentence,
                remedy=first.faults[0].remedy,
            )
        )
    return write_csv(schema, [line.row for line in lines if not line.faults])


def filename(schema: Schema, body: Body, year: int | None = None) -> str:
    """What the file is called."""
    return "_".join([*([str(year)] if year else []), schema, body.siret or f"commune-{body.id}"]) + ".csv"


def judge_file(schema: Schema, sheet: Sheet) -> list[Line]:
    """Read a file back: each of its lines with its faults; a column that is there twice counts as a fault."""
    known = [column["name"] for column in columns(schema)]
    header = [cell.strip() for cell in sheet.header]
    twice = sorted({name for name in header if name and header.count(name) > 1})
    judged = []
    for row in sheet.records:
        told = {name: cell.strip() for name, cell in zip(header, row.cells, strict=False) if name}
        faults = faults_of(schema, told)
        faults += tuple(Fault(name, "cette colonne est écrite deux fois", _ELSEWHERE) for name in twice)
        extra = [cell for cell in row.cells[len(header) :] if cell.strip()]
        if extra:
            faults += (Fault("", counted(len(extra), "cellule") + " de trop au bout de la ligne", _ELSEWHERE),)
        judged.append(Line(f"{row.line}", {name: told.get(name, "") for name in known}, faults))
    return judged
