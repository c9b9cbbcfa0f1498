"""``flask ceremonies import | export | schema``, as the town's volunteer at a keyboard uses it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema
import pytest

from app.documents import ics
from tests.ceremonies.records import records, told

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result
    from flask import Flask


def _run(app: Flask, *words: str, data: bytes | None = None) -> Result:
    return app.test_cli_runner().invoke(args=["ceremonies", *words], input=data)


def _file(folder: Path) -> Path:
    path = folder / "cérémonies.json"
    document = {"format": "trait-d-union.ceremonies", "version": 1, "ceremonies": [told(one) for one in records()]}
    path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    return path


def test_what_is_imported_is_exported_and_fits_the_published_schema(app: Flask, tmp_path: Path) -> None:
    done = _run(app, "import", str(_file(tmp_path)))
    assert done.exit_code == 0, done.output
    assert done.output.count("ajoutée") == 5
    out = tmp_path / "out.json"
    assert _run(app, "export", "-o", str(out)).exit_code == 0
    schema = json.loads(_run(app, "schema").output)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(out.read_text("utf-8")), schema)
    again = _run(app, "import", "-", data=out.read_bytes())
    assert again.output.count("inchangée") == 5
    assert _run(app, "export").stdout_bytes == out.read_bytes()


def test_an_exported_calendar_comes_back_with_a_report_of_what_it_cannot_say(app: Flask, tmp_path: Path) -> None:
    _run(app, "import", str(_file(tmp_path)))
    path = tmp_path / "pleudihen.ics"
    assert _run(app, "export", "prog-pleudihen-2018", "--format", "ics", "-o", str(path)).exit_code == 0
    before = ics.read(path.read_bytes()).entries
    done = _run(app, "import", str(path), "--timezone", "Europe/Paris")
    assert done.exit_code == 0, done.output
    assert "tarifs" in done.output
    uid = done.output.split(" ", 1)[0]
    again = tmp_path / "again.ics"
    _run(app, "export", uid, "--format", "ics", "-o", str(again))
    after = ics.read(again.read_bytes()).entries
    instants = {(entry.summary, str(entry.start), str(entry.end)) for entry in after}
    assert {(entry.summary, str(entry.start), str(entry.end)) for entry in before} <= instants
    assert "inchangée" in _run(app, "import", str(path)).output


def test_a_moment_without_a_day_is_named_when_a_calendar_cannot_hold_it(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    moment = {"title": {"fr": "Bal"}, "day": 2, "start": "20:00"}
    ceremony = {"uid": "a", "title": {"fr": "Fête"}, "items": [moment]}
    path.write_text(json.dumps({"format": "trait-d-union.ceremonies", "version": 1, "ceremonies": [ceremony]}))
    _run(app, "import", str(path))
    assert "« Bal »" in _run(app, "export", "--format", "ics").stderr


def test_a_programme_prints_from_the_command_line(app: Flask, tmp_path: Path) -> None:
    _run(app, "import", str(_file(tmp_path)))
    out = tmp_path / "out.pdf"
    done = _run(app, "export", "prog-boissise-2002", "--format", "pdf", "--languages", "fr", "-o", str(out))
    assert done.exit_code == 0, done.output
    assert out.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("import", "/nulle/part.json"), "ne peut pas être lu"),
        (("import", "-", "--format", "ics"), "n’est pas un agenda"),
        (("import", "-", "--format", "json"), "JSON"),
        (("import", "-", "--body", "inconnu"), "Aucun organisme"),
        (("import", "-", "--twinning", "inconnu"), "Aucun jumelage"),
        (("import", "-", "--format", "ics", "--timezone", "Lune"), "fuseau"),
        (("export", "inconnu"), "Aucune cérémonie"),
        (("export", "--format", "pdf"), "un seul"),
    ],
)
def test_a_mistake_is_answered_in_words(app: Flask, words: tuple[str, ...], said: str) -> None:
    done = _run(app, *words, data=b"bonjour")
    assert done.exit_code == 2
    assert said in done.output
    assert "Traceback" not in done.output
