"""``flask conventions``: documents in and out, whole; what cannot be read is refused with a sentence."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from app.audit.models import JournalEntry
from app.conventions.models import Convention, ConventionVersion, Status
from app.texts import interchange
from tests.texts.carrying import carry, records

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result
    from flask import Flask
    from sqlalchemy.orm import Session

START = {"format": "traitdunion/convention", "version": 1, "id": "essai", "kind": "oath"}


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["conventions", *words])


def keep(path: Path, value: Any) -> str:
    path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    return str(path)


def test_export_import_export_is_equal_to_the_byte(app: Flask, tmp_path: Path) -> None:
    given = keep(tmp_path / "given.json", [carry(record) for record in records()])
    first = run(app, "import", given)
    assert first.exit_code == 0, first.output
    assert first.output.count("ajouté") == len(records())
    written = tmp_path / "out.json"
    assert run(app, "export", "--output", str(written)).exit_code == 0
    once = written.read_bytes()
    again = run(app, "import", str(written))
    assert again.output.count("inchangé") == len(records()), "the same file twice adds nothing"
    assert run(app, "export", "--output", str(written)).exit_code == 0
    assert written.read_bytes() == once


def test_somebody_with_several_offices_keeps_each_with_its_mandate(app: Flask, tmp_path: Path) -> None:
    made = carry(records()[0])
    made["signatories"][0]["offices"] = [
        {"role": "maire", "party": made["parties"][0]["id"], "mandate": {"since": {"date": "2008-03"}}},
        {"role": "vice-président", "body_as_written": "Grand Lyon", "mandate": {"since": {"date": "2014"}}},
    ]
    assert run(app, "import", keep(tmp_path / "given.json", made)).exit_code == 0
    given = json.loads(run(app, "export", made["id"]).output)
    kept = given[0] if isinstance(given, list) else given
    assert kept["signatories"][0]["offices"] == made["signatories"][0]["offices"]
    page = run(app, "export", made["id"], "--format", "html").output
    assert all(word in page for word in ("vice-président", "Grand Lyon", "mars 2008"))


@pytest.mark.parametrize("record", records(), ids=lambda record: record["id"])
def test_every_record_prints_with_all_its_facts(app: Flask, tmp_path: Path, record: dict[str, Any]) -> None:
    run(app, "import", keep(tmp_path / "given.json", carry(record)))
    page = run(app, "export", record["id"], "--format", "html")
    assert page.exit_code == 0, page.output
    for need in [*record["needs"], *record["gaps"], *record["clauses"]]:
        assert need.split('"')[0][:40] in page.output, need
    for party in record["parties"]:
        assert all(word in page.output for word in party["name"].replace("'", "&#39;").split()), party["name"]


def test_a_record_prints_as_pdf(app: Flask, tmp_path: Path) -> None:
    record = next(record for record in records() if record["id"] == "doc-gerbrunn-four-communes")
    run(app, "import", keep(tmp_path / "given.json", carry(record)))
    pdf = run(app, "export", record["id"], "--format", "pdf")
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.stdout_bytes)).pages)
    assert "Cambes-en-Plaine" in text
    assert "28 octobre 2000" in text.replace("\xa0", " ")


def test_the_schema_accepts_what_the_product_writes(app: Flask) -> None:
    import jsonschema  # noqa: PLC0415  # only here

    schema = json.loads(run(app, "schema").output)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)  # jsonschema.validate would judge the schema each time
    for record in records():
        document = interchange.read(json.dumps(carry(record)).encode())
        validator.validate(json.loads(interchange.write(document)))
    with pytest.raises(jsonschema.ValidationError):
        validator.validate(START | {"partis": []})


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (START | {"partis": []}, "« partis » n’existe pas"),
        (START | {"parties": [{"id": "a", "nom": "x"}]}, "$.parties[0]"),
        (START | {"signings": [{"date": {"date": "2016-02-30"}}]}, "« 2016-02-30 » n’est pas une date"),
        (START | {"signatories": [{"parties": ["personne"]}]}, "« personne » ne désigne rien"),
        (START | {"parties": [{"id": "a"}, {"id": "a"}]}, "sert déjà"),
        (START | {"kind": "contrat"}, "n’est pas une des valeurs permises"),
        ({**START, "version": 2}, "n’est pas une des valeurs permises"),
        ([START, START], "$[1]"),
        ([START, START | {"id": "x", "title": {"fr": 3}}], "$[1].title"),
    ],
)
def test_a_bad_document_is_refused_with_its_place(
    app: Flask, session: Session, tmp_path: Path, value: Any, said: str
) -> None:
    answer = run(app, "import", keep(tmp_path / "bad.json", value))
    assert answer.exit_code == 2
    assert said in answer.output, answer.output
    assert session.scalar(select(func.count(Convention.id))) == 0, "nothing is half written"


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"\xff\xfe{", b"[" * 100_000, b'{"a":' * 50_000, b'{"format": "\\ud800"}', b" " * 30_000_000],
    ids=["empty", "cut", "utf-16", "brackets", "braces", "surrogate", "huge"],
)
def test_hostile_bytes_are_refused_with_a_sentence(app: Flask, tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(raw)
    answer = run(app, "import", str(path))
    assert answer.exit_code == 2
    assert answer.output.startswith("Erreur"), answer.output
    assert "Traceback" not in answer.output


def test_an_unknown_text_is_named(app: Flask) -> None:
    answer = run(app, "export", "nulle-part")
    assert answer.exit_code == 2
    assert "« nulle-part »" in answer.output


def test_an_import_is_in_the_journal(app: Flask, session: Session, tmp_path: Path) -> None:
    run(app, "import", keep(tmp_path / "given.json", START))
    entry = session.scalars(select(JournalEntry).where(JournalEntry.action == "convention.imported")).one()
    assert entry.details["title"] == "Serment de jumelage"


def test_the_text_that_an_import_replaces_stays_among_the_versions(
    app: Flask, session: Session, tmp_path: Path
) -> None:
    run(app, "import", keep(tmp_path / "given.json", START | {"title": {"fr": "Le premier"}}))
    given = keep(tmp_path / "given.json", START | {"title": {"fr": "Le second"}})
    assert "remplacé" in run(app, "import", given).output
    [version] = session.scalars(select(ConventionVersion))
    assert (version.document["title"], version.reason) == ({"fr": "Le premier"}, "remplacé par import")
    assert "inchangé" in run(app, "import", given).output
    assert session.scalar(select(func.count(ConventionVersion.id))) == 1, "what did not change needs no version"


def test_an_import_does_not_replace_a_signed_text(app: Flask, session: Session, tmp_path: Path) -> None:
    run(app, "import", keep(tmp_path / "given.json", START))
    session.scalars(select(Convention)).one().status = Status.SIGNED
    session.commit()
    answer = run(app, "import", keep(tmp_path / "given.json", START | {"title": {"fr": "Autre"}}))
    assert answer.exit_code != 0
    assert "est signé" in answer.output


def test_a_key_written_twice_is_refused_for_one_value_would_be_lost(app: Flask, tmp_path: Path) -> None:
    text = json.dumps(START)
    path = tmp_path / "double.json"
    path.write_text(text[:-1] + ', "kind": "pact"}', "utf-8")
    answer = run(app, "import", str(path))
    assert answer.exit_code == 2
    assert "écrite deux fois" in answer.output
