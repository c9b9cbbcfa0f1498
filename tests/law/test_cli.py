"""``flask law check`` and ``flask law schema``, as a person types them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result
    from flask import Flask

CASE = {
    "commune": {"population": 1850},
    "meeting": {"date": "2026-09-11", "convocation": {"sent_on": "2026-09-08"}},
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "cas.json"
    path.write_text(json.dumps(CASE), "utf-8")
    return path


def _run(app: Flask, *words: object, given: str | None = None) -> Result:
    return app.test_cli_runner().invoke(args=["law", *map(str, words)], input=given)


def test_a_case_is_answered_in_json(app: Flask, file: Path) -> None:
    done = _run(app, "check", file, "--format", "json")
    assert done.exit_code == 0
    told = json.loads(done.output)
    assert len(told["checks"]) == 58
    first = told["checks"][0]
    assert {"id", "status", "severity", "sentence", "article", "dates"} <= first.keys()
    assert (first["id"], first["status"], first["dates"]["latest_sending_date"]) == ("C01", "not_ok", "2026-09-07")


def test_a_case_is_answered_in_words(app: Flask, file: Path) -> None:
    done = _run(app, "check", file)
    assert done.exit_code == 0
    assert "À corriger avant d’aller plus loin" in done.output
    assert "lundi 7 septembre 2026" in done.output
    assert "Sans objet" not in done.output
    assert "Sans objet" in _run(app, "check", file, "--all").output


def test_a_case_may_come_through_the_pipe(app: Flask) -> None:
    done = _run(app, "check", "-", given=json.dumps(CASE))
    assert done.exit_code == 0
    assert "C01" in done.output


@pytest.mark.parametrize("text", ["{", '{"seance": {}}', "[1]", ""])
def test_bad_facts_end_with_2_and_a_sentence(app: Flask, file: Path, text: str) -> None:
    file.write_text(text, "utf-8")
    done = _run(app, "check", file, "--format", "json")
    assert done.exit_code == 2
    assert done.stderr.strip()
    assert not done.stdout
    assert "Traceback" not in done.output


@pytest.mark.parametrize(("name", "words"), [("rien.json", "n’existe pas"), (".", "un dossier")])
def test_a_file_that_cannot_be_opened_ends_with_2(app: Flask, tmp_path: Path, name: str, words: str) -> None:
    done = _run(app, "check", tmp_path / name)
    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr


def test_a_wrong_format_or_no_file_ends_with_2(app: Flask, file: Path) -> None:
    for words in (("check", file, "--format", "xml"), ("check",)):
        assert _run(app, *words).exit_code == 2, words


def test_the_vocabulary_is_published(app: Flask) -> None:
    done = _run(app, "schema")
    assert done.exit_code == 0
    told = json.loads(done.output)
    assert "meeting" in told["properties"]
    assert told["additionalProperties"] is False
