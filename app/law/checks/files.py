"""C58: the rows of an open-data export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.law import opendata
from app.law.findings import broken, check, ok, unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.law.findings import Finding
    from app.law.situation import Situation
    from app.law.vocabulary.money import Export


@check("C58")
def rows(situation: Situation) -> Iterator[Finding]:
    """Judge each row against its schema."""
    for index, export in enumerate(situation.case.exports or ()):
        at = f"exports[{index}]"
        if export.schema is None or export.rows is None:
            lacks = [f"{at}.{name}" for name in ("schema", "rows") if getattr(export, name) is None]
            yield unknown("Donnez le schéma et les lignes.", *lacks, at=at)
        elif not export.rows:
            yield ok("Aucune ligne.", at=at)
        else:
            yield from _rows(export, export.schema, at)


def _rows(export: Export, schema: str, at: str) -> Iterator[Finding]:
    for index, row in enumerate(export.rows or ()):
        where = f"{at}.rows[{index}]"
        verdict = opendata.judge_row(schema, row)
        if verdict.faults:
            told = " ; ".join(f"{fault.column} : {fault.sentence}" for fault in verdict.faults)
            yield broken(f"Ligne refusée. {told}.", at=where)
        elif verdict.absent and not export.extract:
            lacks = [f"{where}.{name}" for name in verdict.absent]
            yield unknown("Rien de faux dans ce qui est donné ; il manque des colonnes obligatoires.", *lacks, at=where)
        else:
            yield ok("Ligne conforme au schéma.", at=where)
