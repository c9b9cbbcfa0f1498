"""Open data of the council: what goes out is what the official schemas accept, and real files are read back."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from app.access.roles import Role
from app.bodies.models import BodyKind
from app.council.opendata import Schema, faults_of, judge_file
from app.council.services import voting
from app.documents.sheets import read_sheet
from app.law import tables
from app.law.opendata import columns
from tests.factories.accounts import make_member
from tests.factories.bodies import make_body
from tests.factories.council import BY, DAY, at, make_act, make_commune, make_open_meeting, make_subsidy
from tests.support import tools

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result
    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.bodies.models import Body
    from app.council.models import Act, Subsidy

SCHEMAS = Path(__file__).parents[1] / "data" / "scdl"
SHEETS = Path(__file__).parents[1] / "data" / "sheets"
JUDGE = Path(__file__).parents[1] / "validata" / "judge.py"
OFFICIAL = {
    Schema.DELIBERATIONS: json.loads((SCHEMAS / "deliberations-2.1.5.schema.json").read_text("utf-8")),
    Schema.SUBSIDIES: json.loads((SCHEMAS / "subventions-2.1.1.schema.json").read_text("utf-8")),
}
SIRET = "21590522500011"
COMMITTEE = "80000000200017"
"""Numbers with a right key; the second is nobody's."""


def _luhn(text: str) -> bool:
    doubled = (int(digit) * (2 - (rank + len(text)) % 2) for rank, digit in enumerate(text))
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


def _fits(kind: str, text: str) -> bool:
    match kind:
        case "date":
            return re.fullmatch(r"\d{4}-\d\d-\d\d", text) is not None and bool(date.fromisoformat(text))
        case "integer":
            return text.isdecimal()
        case "number":
            return bool(Decimal(text) + 1)
        case "boolean":
            return text in {"oui", "non"}
    return True


def _refused(schema: Schema, content: bytes) -> list[str]:
    """What the official Table Schema and its custom checks refuse in a file, each check written anew here."""
    official = OFFICIAL[schema]
    reader = csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))
    rows = list(reader)
    found = [] if reader.fieldnames == [one["name"] for one in official["fields"]] else ["columns"]
    for row in rows:
        for one in official["fields"]:
            found += _cell_refused(one, row[one["name"]])
        for check in official["custom_checks"]:
            found += [f"{check['name']} {check['params']}"] if not _holds(check, row) else []
    return found


def _cell_refused(column: dict[str, Any], text: str) -> list[str]:
    rules, name = column.get("constraints") or {}, column["name"]
    if not text:
        return [f"{name} required"] if rules.get("required") else []
    found = [] if _fits(column["type"], text) else [f"{name} {column['type']}"]
    if "pattern" in rules and not re.fullmatch(rules["pattern"], text):
        found.append(f"{name} pattern")
    if len(text) > rules.get("maxLength", 10_000) or text not in rules.get("enum", [text]):
        found.append(f"{name} length or enum")
    if "minimum" in rules and not rules["minimum"] <= float(text) <= rules["maximum"]:
        found.append(f"{name} bounds")
    return found


def _holds(check: dict[str, Any], row: dict[str, str]) -> bool:  # noqa: C901, PLR0911  # one a check
    told = check["params"]
    match check["name"]:
        case "french-siret-value":
            return not row[told["column"]] or (
                len(row[told["column"]]) == 14 and _luhn(row[told["column"]]) and _luhn(row[told["column"]][:9])
            )
        case "cohesive-columns-value":
            filled = {bool(row[name]) for name in (told["column"], *told["othercolumns"])}
            return len(filled) == 1
        case "compare-columns-value":
            one, other = row[told["column"]], row[told["column2"]]
            if not one or not other:
                return True
            return int(one) >= int(other) if one.isdecimal() else one >= other
        case "sum-columns-value":
            return not row[told["column"]] or int(row[told["column"]]) == sum(int(row[n]) for n in told["columns"])
        case "one-of-required":
            return bool(row[told["column1"]] or row[told["column2"]])
        case "year-interval-value":
            return not row[told["column"]]
        case "nomenclature-actes-value":
            level, slash, rest = row[told["column"]].partition("/")
            known = {one.level1.lower() for one in tables.matters().values()}
            return bool(slash) and level in known and not rest.startswith(" ")
    raise AssertionError(check["name"])


def _voted(session: Session, body: Body, **fields: Any) -> Act:
    """A deliberation that four councillors voted for, one abstaining."""
    act = make_act(session, body, **{"matter": "7.5", "matter_label": "un autre libellé", **fields})
    meeting = make_open_meeting(session, body, act)
    ballot = voting.RecordVote(ballot="show_of_hands", votes_for=4, abstentions=1, revision=meeting.agenda[0].revision)
    voting.record_vote(session, meeting.agenda[0], ballot, by=BY, at=at(DAY, 20))
    session.commit()
    return act


def _commune(session: Session, **given: Any) -> Body:
    return make_commune(session, **{"siret": SIRET, "population": 90, "code": "59522", **given})


def _aid(session: Session, body: Body, **given: Any) -> Subsidy:
    committee = make_body(session, "Comité fictif", BodyKind.COMMITTEE, parent_id=body.id, siret=COMMITTEE)
    told = {"convention_signed_on": date(2026, 9, 20), "paid_on": date(2026, 10, 1), "cash": 1500}
    return make_subsidy(session, body, beneficiary=committee, **{**told, **given})


def _run(app: Flask, *arguments: str, status: int = 0) -> Result:
    done = app.test_cli_runner().invoke(args=["council", *arguments])
    assert done.exit_code == status, (done.output, done.exception)
    return done


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def test_the_columns_are_those_of_the_official_schemas_in_their_order() -> None:
    for schema, official in OFFICIAL.items():
        assert [one["name"] for one in columns(schema)] == [one["name"] for one in official["fields"]]
        required = {one["name"] for one in official["fields"] if (one.get("constraints") or {}).get("required")}
        assert {one["name"] for one in columns(schema) if one.get("required")} == required


def test_an_adopted_act_goes_out_as_the_official_schema_asks(app: Flask, session: Session) -> None:
    act = _voted(session, _commune(session), title="Jumelage, « Misto »\n; suite", transmitted_on=date(2026, 9, 16))
    content = _run(app, "export", "--schema", "deliberations", "--body", "59522").stdout_bytes
    assert _refused(Schema.DELIBERATIONS, content) == []
    (row,) = _rows(content)
    assert row["DELIB_ID"] == act.number
    assert row["DELIB_MATIERE_NOM"] == "finances locales/subventions"
    assert row["DELIB_OBJET"] == "Jumelage, « Misto » ; suite"
    assert row["PREF_DATE"] == "2026-09-16"
    votes = [row[name] for name in row if name.startswith("VOTE_")]
    assert votes == ["5", "5", "4", "0", "1"]


def test_what_is_not_adopted_does_not_go_out(app: Flask, session: Session) -> None:
    body = _commune(session)
    make_act(session, body)
    make_act(session, body, status="rejected", voted_on=DAY, register_year=2026, register_rank=9)
    content = _run(app, "export", "--schema", "deliberations", "--body", "59522").stdout_bytes
    assert _rows(content) == []


def test_an_aid_goes_out_as_the_official_schema_asks(app: Flask, session: Session) -> None:
    body = _commune(session)
    _aid(session, body, in_kind=Decimal("250.50"), act_id=_voted(session, body).id)
    content = _run(app, "export", "--schema", "subventions", "--body", "59522", "--year", "2026").stdout_bytes
    assert _refused(Schema.SUBSIDIES, content) == []
    (row,) = _rows(content)
    assert row["montant"] == "1750.50"
    assert row["nature"] == "aide en numéraire;aide en nature"
    assert (row["conditionsVersement"], row["datesPeriodeVersement"]) == ("unique", "2026-10-01")
    assert row["referenceDecision"] == "2026-001"


def test_below_the_threshold_the_day_of_the_vote_stands_for_that_of_a_convention(app: Flask, session: Session) -> None:
    body = _commune(session)
    act = _voted(session, body)
    _aid(session, body, convention_signed_on=None, act_id=act.id)
    content = _run(app, "export", "--schema", "subventions", "--body", "59522").stdout_bytes
    assert [row["dateConvention"] for row in _rows(content)] == [DAY.isoformat()]


def test_above_the_threshold_a_convention_that_is_not_signed_is_missing(app: Flask, session: Session) -> None:
    body = _commune(session)
    _aid(session, body, convention_signed_on=None, cash=24_000, act_id=_voted(session, body).id)
    said = _run(app, "export", "--schema", "subventions", "--body", "59522", status=2).output
    assert "dateConvention" in said
    assert "Notez la signature de la convention" in said


def test_what_is_missing_is_said_and_nothing_is_written(app: Flask, session: Session, tmp_path: Path) -> None:
    _voted(session, _commune(session, siret=""), matter="")
    out = tmp_path / "out.csv"
    said = _run(
        app, "export", "--schema", "deliberations", "--body", "59522", "--output", str(out), status=2
    ).output.replace("\N{NO-BREAK SPACE}", " ")
    assert "2026-001 : COLL_SIRET, cette cellule est obligatoire. Écrivez le SIRET de la commune" in said
    assert "Choisissez la matière de la nomenclature ACTES" in said
    assert not out.exists()


def test_the_page_lists_what_is_missing_and_refuses_the_file(
    session: Session, sign_in: Callable[[Account], FlaskClient]
) -> None:
    body = _commune(session, siret="")
    _voted(session, body)
    client = sign_in(make_member(session, body, Role.CLERK))
    assert "COLL_SIRET" in client.get(f"/conseil/{body.id}/donnees-ouvertes").text
    refused = client.get(f"/conseil/{body.id}/donnees-ouvertes/deliberations.csv")
    assert refused.status_code == 422
    assert "Le fichier n’est pas écrit." in refused.text
    right = client.get(f"/conseil/{body.id}/donnees-ouvertes/deliberations.csv?justes=1")
    assert _rows(right.data) == []


def test_the_page_gives_the_files_when_nothing_is_missing(
    session: Session, sign_in: Callable[[Account], FlaskClient]
) -> None:
    body = _commune(session)
    _aid(session, body, act_id=_voted(session, body).id)
    client = sign_in(make_member(session, body, Role.CLERK))
    page = client.get(f"/conseil/{body.id}/donnees-ouvertes").text
    assert page.count("1 ligne, aucune faute.") == 2
    for schema in Schema:
        found = client.get(f"/conseil/{body.id}/donnees-ouvertes/{schema}.csv")
        assert found.headers["Content-Disposition"] == f'attachment; filename="{schema}_{SIRET}.csv"'
        assert _refused(schema, found.data) == []
        assert len(_rows(found.data)) == 1
    assert client.get(f"/conseil/{body.id}/donnees-ouvertes/autre.csv").status_code == 404


def test_another_commune_does_not_read_them(session: Session, sign_in: Callable[[Account], FlaskClient]) -> None:
    body, other = _commune(session), make_body(session, "Ailleurs-Essai")
    client = sign_in(make_member(session, other, Role.CLERK))
    assert client.get(f"/conseil/{body.id}/donnees-ouvertes").status_code in {403, 404}
    assert client.get(f"/conseil/{body.id}/donnees-ouvertes/deliberations.csv").status_code in {403, 404}


def test_the_official_valid_example_is_read_back_without_an_official_fault(app: Flask) -> None:
    judged = judge_file(Schema.SUBSIDIES, read_sheet((SHEETS / "scdl-exemple-valide.csv").read_bytes()))
    assert len(judged) == 29
    assert not [fault for line in judged for fault in line.faults if fault.is_official]
    said = _run(app, "check", str(SHEETS / "scdl-exemple-valide.csv"), "--schema", "subventions").output
    assert "29 lignes lues, 0 avec une faute." in said
    assert "la fin précède le début (remarque : le schéma l’accepte)" in said


def _judged(schema: Schema, contents: list[bytes], folder: Path) -> list[list[str]]:
    """What the public validator finds wrong in each of these files."""
    files = [folder / f"{number}.csv" for number in range(len(contents))]
    for file, content in zip(files, contents, strict=True):
        file.write_bytes(content)
    name = {Schema.DELIBERATIONS: "deliberations-2.1.5", Schema.SUBSIDIES: "subventions-2.1.1"}[schema]
    command = [tools.validata_python(), "-I", JUDGE, SCHEMAS / f"{name}.schema.json", *files]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
    found: list[list[str]] = json.loads(done.stdout.splitlines()[-1])
    return found


SPOILED = {
    Schema.DELIBERATIONS: (("2026-09-16", "2026-09-01"), ("locales/", "locales / "), (",5,5,", ",5,6,")),
    Schema.SUBSIDIES: (("1750.50", "beaucoup"), (COMMITTEE, "80000000200018"), ("aide en numéraire", "un don")),
}


@pytest.mark.once
@pytest.mark.parametrize("schema", list(Schema))
def test_the_public_validator_accepts_what_goes_out_and_refuses_what_we_refuse(
    app: Flask, session: Session, tmp_path: Path, schema: Schema
) -> None:
    body = _commune(session)
    act = _voted(session, body, title="Jumelage, « Misto »", transmitted_on=date(2026, 9, 16))
    _aid(session, body, in_kind=Decimal("250.50"), act_id=act.id)
    content = _run(app, "export", "--schema", schema.value, "--body", "59522", "--year", "2026").stdout_bytes
    spoiled = [content.replace(right.encode(), wrong.encode()) for right, wrong in SPOILED[schema]]
    assert content not in spoiled
    for bad in spoiled:
        assert any(line.faults for line in judge_file(schema, read_sheet(bad)))
    good, *others = _judged(schema, [content, *spoiled], tmp_path)
    assert (good, all(others)) == ([], True)


@pytest.mark.parametrize("name", ["cellules", "colonnes"])
def test_the_official_invalid_examples_are_refused(app: Flask, name: str) -> None:
    said = _run(
        app, "check", str(SCHEMAS / f"scdl-exemple-invalide-{name}.csv"), "--schema", "subventions", status=1
    ).output
    assert "29 lignes lues, 29 avec une faute." in said


def test_a_real_regional_file_is_read_back_with_what_it_lacks() -> None:
    judged = judge_file(Schema.DELIBERATIONS, read_sheet((SHEETS / "normandie-scdl-extrait.csv").read_bytes()))
    assert len(judged) == 10
    official = {(fault.column, fault.is_official) for line in judged for fault in line.faults}
    assert ("COLL_SIRET", True) in official
    assert ("DELIB_MATIERE_CODE", False) in official


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"VOTE_REEL": "16", "VOTE_ABSTENTION": "2"}, "VOTE_REEL"),
        ({"VOTE_EFFECTIF": "15"}, "VOTE_EFFECTIF"),
        ({"VOTE_CONTRE": ""}, "VOTE_CONTRE"),
        ({"BUDGET_ANNEE": "2027/2026", "BUDGET_NOM": "principal"}, "BUDGET_ANNEE"),
        ({"BUDGET_NOM": "principal"}, "BUDGET_ANNEE"),
        ({"PREF_DATE": "2026-09-01"}, "PREF_DATE"),
        ({"COLL_SIRET": "21590522500012"}, "COLL_SIRET"),
        ({"COLL_SIRET": "21590522700017"}, "COLL_SIRET"),  # the key of the whole is right, that of the SIREN is not
        ({"DELIB_MATIERE_NOM": "finances locales / subventions"}, "DELIB_MATIERE_NOM"),
        ({"DELIB_MATIERE_NOM": "finances locales"}, "DELIB_MATIERE_NOM"),
        ({"DELIB_DATE": "10/09/2026"}, "DELIB_DATE"),
        ({"DELIB_OBJET": ""}, "DELIB_OBJET"),
    ],
)
def test_each_custom_check_refuses_here_as_it_does_there(changed: dict[str, str], column: str) -> None:
    right = dict.fromkeys((one["name"] for one in columns(Schema.DELIBERATIONS)), "") | {
        "COLL_NOM": "Bourg-Fictif", "COLL_SIRET": SIRET, "DELIB_ID": "2026-001", "DELIB_DATE": "2026-09-10",
        "DELIB_MATIERE_CODE": "7.5", "DELIB_MATIERE_NOM": "finances locales/subventions", "DELIB_OBJET": "Essai",
        "VOTE_EFFECTIF": "19", "VOTE_REEL": "16", "VOTE_POUR": "12", "VOTE_CONTRE": "1", "VOTE_ABSTENTION": "3",
    }  # fmt: skip
    assert faults_of(Schema.DELIBERATIONS, right) == ()
    assert column in {fault.column for fault in faults_of(Schema.DELIBERATIONS, right | changed) if fault.is_official}
