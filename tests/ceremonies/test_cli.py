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
        (("import", "/nulle/part.json"), "n’existe pas"),
        (("import", "."), "est un dossier"),
        (("import",), "Nommez le fichier"),
        (("import", "-", "--format", "xml"), "Formats"),
        (("export", "--format", "docx"), "Formats"),
        (("export", "--languages", "xx"), "« xx » n’est pas une langue"),
        (("export", "-o", "."), "est un dossier"),
        (("export", "-o", "/nulle/part.json"), "ne peut pas être écrit"),
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
    assert said in done.output.replace("\xa0", " ")
    assert "Traceback" not in done.output


def test_a_file_without_ceremonies_says_so(app: Flask) -> None:
    data = b'{"format": "trait-d-union.ceremonies", "version": 1, "ceremonies": []}'
    done = _run(app, "import", "-", data=data)
    assert done.exit_code == 0
    assert "aucune cérémonie" in done.output


def test_a_calendar_of_two_zones_keeps_both_and_says_what_it_could_not_read(app: Flask) -> None:
    event = (
        *("BEGIN:VEVENT", "UID:1", "SUMMARY:Route", "DTSTART;TZID=Europe/Paris:20270612T090000"),
        *("DTEND;TZID=Europe/Kyiv:20270612T233000", "ceci n'est pas une ligne", "END:VEVENT"),
        *("BEGIN:VEVENT", "UID:2", "SUMMARY:Appel", "DTSTART:20270613T080000Z", "ATTENDEE:mailto:a@b.c", "END:VEVENT"),
    )
    data = "\r\n".join(["BEGIN:VCALENDAR", *event, "END:VCALENDAR", ""]).encode()
    done = _run(app, "import", "-", "--format", "ics", data=data)
    told = done.output.replace("\xa0", " ")
    for words in ("Ligne 7, dans « Route »", "temps universel", "autre fuseau", "les participants"):
        assert words in told
    assert "Content line" not in told
    uid = told.split(" ", 1)[0]
    first, second = json.loads(_run(app, "export", uid).stdout_bytes)["ceremonies"][0]["items"]
    assert (first["start"], first["end"], first["end_timezone"]) == ("09:00", "23:30", "Europe/Kyiv")
    assert "timezone" not in first
    assert (second["start"], second.get("timezone")) == ("10:00", None)
    text = _run(app, "export", uid, "--format", "ics").stdout_bytes.decode()
    assert "DTSTART;TZID=Europe/Paris:20270612T090000" in text
    assert "DTEND;TZID=Europe/Kyiv:20270612T233000" in text
    assert text.count("BEGIN:VTIMEZONE") == 2


def test_an_hour_of_a_zone_that_the_file_defines_is_not_called_universal(app: Flask) -> None:
    zone = ("BEGIN:VTIMEZONE", "TZID:Chez nous", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0300")
    zone = (*zone, "TZOFFSETTO:+0300", "END:STANDARD", "END:VTIMEZONE")
    event = ("BEGIN:VEVENT", "UID:1", "SUMMARY:Fête", "DTSTART;TZID=Chez nous:20270612T090000", "END:VEVENT")
    data = "\r\n".join(["BEGIN:VCALENDAR", *zone, *event, "END:VCALENDAR", ""]).encode()
    told = _run(app, "import", "-", "--format", "ics", data=data).output.replace("\xa0", " ")
    assert "temps universel" not in told
    assert "fuseau propre au fichier (Chez nous)" in told
    assert "ajoutée, 1 moment." in told
    item = json.loads(_run(app, "export", told.split(" ", 1)[0]).stdout_bytes)["ceremonies"][0]["items"][0]
    assert item["start"] == "08:00", "nine o'clock there is eight in Paris"


def test_a_calendar_with_markup_in_a_name_is_refused(app: Flask) -> None:
    event = ("BEGIN:VEVENT", "UID:1", "SUMMARY:<script>x</script>", "DTSTART:20270612T180000Z", "END:VEVENT")
    data = "\r\n".join(["BEGIN:VCALENDAR", *event, "END:VCALENDAR", ""]).encode()
    done = _run(app, "import", "-", "--format", "ics", data=data)
    assert done.exit_code == 2
    assert "une balise ou une formule" in done.output


@pytest.mark.parametrize("number", ["8 bis", "3/a", "n° 2 #1 ?", "x" * 500])
def test_a_moment_numbered_as_printed_comes_back_from_its_own_export(app: Flask, number: str) -> None:
    items = [{"number": number, "title": {"fr": "Hymnes"}}, {"number": 9, "title": {"fr": "Bal"}, "after": [number]}]
    ceremony = {"uid": "numéros", "title": {"fr": "Fête"}, "items": items}
    data = json.dumps({"format": "trait-d-union.ceremonies", "version": 1, "ceremonies": [ceremony]}).encode()
    assert _run(app, "import", "-", data=data).exit_code == 0
    written = _run(app, "export").stdout_bytes
    again = _run(app, "import", "-", data=written)
    assert again.exit_code == 0, again.output
    assert "inchangée" in again.output
    assert _run(app, "export").stdout_bytes == written


def test_signs_that_no_font_draws_are_named_when_a_programme_is_printed(app: Flask, tmp_path: Path) -> None:
    ceremony = {"uid": "uji", "title": {"fr": "Fête", "am": "ሀገር"}, "languages": ["fr", "am"]}
    data = json.dumps({"format": "trait-d-union.ceremonies", "version": 1, "ceremonies": [ceremony]}).encode()
    assert _run(app, "import", "-", data=data).exit_code == 0
    done = _run(app, "export", "uji", "--format", "pdf", "-o", str(tmp_path / "uji.pdf"))
    assert done.exit_code == 0
    assert "ሀ ገ ር" in done.stderr


def test_a_calendar_keeps_the_language_that_its_texts_say_they_are_in(app: Flask) -> None:
    words = ("SUMMARY;LANGUAGE=de:Empfang", "DESCRIPTION;LANGUAGE=de-at:Im Hof", "LOCATION;LANGUAGE=martien:Hof")
    event = ("BEGIN:VEVENT", "UID:1", *words, "DTSTART:20270612T180000Z", "END:VEVENT")
    data = "\r\n".join(["BEGIN:VCALENDAR", *event, "END:VCALENDAR", ""]).encode()
    done = _run(app, "import", "-", "--format", "ics", data=data)
    assert "LANGUAGE=martien" in done.output
    written = json.loads(_run(app, "export").stdout_bytes)["ceremonies"][0]
    assert written["languages"] == ["de", "de-AT"]
    item = written["items"][0]
    assert (item["title"], item["description"], item["place"]) == ({"de": "Empfang"}, {"de-AT": "Im Hof"}, "Hof")


def test_a_calendar_that_leaves_a_ceremony_out_for_want_of_a_day_says_so(app: Flask, tmp_path: Path) -> None:
    ceremony = {"uid": "sans-jour", "title": {"fr": "Noces d’or"}}
    data = json.dumps({"format": "trait-d-union.ceremonies", "version": 1, "ceremonies": [ceremony]}).encode()
    assert _run(app, "import", "-", data=data).exit_code == 0
    done = _run(app, "export", "--format", "ics", "-o", str(tmp_path / "x.ics"))
    assert "« Noces d’or » n’est pas dans l’agenda" in done.stderr.replace("\xa0", " ")
