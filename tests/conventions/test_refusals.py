"""What a file cannot be, said in French: which place, what is wrong, what to do; nothing is half written."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from app.conventions.models import Convention
from app.conventions.refusals import bad_document, fault_sentences
from app.texts import interchange
from app.texts.interchange import BadDocument

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask
    from sqlalchemy.orm import Session

START = {"format": "traitdunion/convention", "version": 1, "id": "essai", "kind": "oath"}
ENGLISH = (
    "Expecting",
    "Expected",
    "expected",
    "Invalid",
    "truncated",
    "recursion",
    "object",
    "array",
    "« int",
    "« str",
)


def said(app: Flask, raw: bytes) -> str:
    with app.test_request_context(), pytest.raises(BadDocument) as caught:
        interchange.read_many(raw)
    with app.test_request_context():
        return str(bad_document(caught.value)).replace("\xa0", " ")


def party(**facts: Any) -> dict[str, Any]:
    return {"parties": [{"id": "a", **facts}]}


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "Le fichier est vide"),
        (b"[]", "La liste est vide"),
        (b"{", "Le fichier n’est pas entier : il s’arrête ligne 1, colonne 2"),
        (b'{\n "a": 1,\n}', "Ligne 3, colonne 1 : une clé entre guillemets est attendue"),
        (b'{"a" 1}', "il manque « : »"),
        (b'{"a": 1 "b": 2}', "Ligne 1, colonne 9 : il manque une virgule"),
        (b'{"a": tru}', "une valeur est attendue ici"),
        (b'{"a": "x', "n’est pas fermé par un guillemet"),
        (b"{} {}", "ce qui suit est de trop"),
        (b"[" * 100_000, "emboîte trop de listes"),
        (b'{"a":' * 80 + b"1" + b"}" * 80, "emboîte trop de listes"),
        (b'{"a": NaN}', "« NaN » n’est pas un nombre JSON"),
        (b"1" * 5000, "beaucoup trop de chiffres"),
        (gzip.compress(b"{}", mtime=0), "décompressez-le d’abord"),
        (b"PK\x03\x04rest", "décompressez-le d’abord"),
        (b"%PDF-1.7", "C’est un PDF"),
        (json.dumps(START).encode("utf-16-le"), "UTF-16. Enregistrez-le en UTF-8"),
        (b"\xff\xfe{", "UTF-16. Enregistrez-le en UTF-8"),
        ("café".encode("cp1252"), "n’est pas en UTF-8 (ligne 1, octet 4)"),
        (b'"un texte"', "Le fichier : il faut ici un objet entre accolades ; le fichier donne un texte"),
        (b"[1]", "$[0] : il faut ici un objet entre accolades ; le fichier donne un nombre entier"),
        (b'{"id": "a", "id": "b"}', "la clé « id » est écrite deux fois"),
        (b'{"format": "\\ud800"}', "caractère de commande"),
    ],
)
def test_a_file_that_is_none_is_refused_in_a_french_sentence(app: Flask, raw: bytes, sentence: str) -> None:
    told = said(app, raw)
    assert sentence in told
    assert not any(word in told for word in ENGLISH), told


def test_a_file_in_utf_16_that_says_so_is_read() -> None:
    raw = json.dumps(START, ensure_ascii=False)
    assert interchange.read(raw.encode("utf-16")) == interchange.read(raw.encode())


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (
            {"kind": "charte"},
            "$.kind : « charte » n’est pas une des valeurs permises. Vouliez-vous « charter (charte de jumelage) » ?",
        ),
        ({"version": True}, "$.version : « true » n’est pas une des valeurs permises. Sont permises : 1."),
        (party(population=10**399), f"population : {'1' + '0' * 78}… n’est pas possible"),
        ({"kind": "serment"}, "Vouliez-vous « oath (serment de jumelage) » ? Sont permises : oath (serment"),
        ({"partis": []}, "la clé « partis » n’existe pas dans le format. Vouliez-vous « parties » ?"),
        (party(population=-3), "$.parties[0].population : -3 est négatif"),
        (party(population="1200"), "Écrivez 1200 sans guillemets."),
        (party(population=80_000_000), "écrivez un nombre entre 0 et 50000000"),
        (party(population=True), "il faut ici un nombre entier"),
        ({"acts": [{"kind": "council_decision", "vote": {"votes_for": -1}}]}, "vote.votes_for : -1 est négatif"),
        ({"acts": [{"kind": "council_decision", "vote": {"votes_for": "12"}}]}, "Écrivez 12 sans guillemets."),
        ({"commitments": [{"what": "x", "amount": "-5"}]}, "$.commitments[0].amount : -5 est négatif"),
        ({"commitments": [{"what": "x", "amount": 12.5}]}, "Écrivez 12.5 entre guillemets."),
        ({"commitments": [{"what": "x", "currency": "ABC"}]}, "« ABC » n’est le code d’aucune monnaie"),
        ({"signings": [{"date": {"timezone": "Mars/Phobos"}}]}, "« Mars/Phobos » n’est pas un fuseau horaire"),
        ({"signings": [{"date": {"timezone": "Europe/Kiyv"}}]}, "Vouliez-vous « Europe/Kyiv » ?"),
        ({"signings": [{"date": {"date": "2018/2016"}}]}, "la fin vient avant le début"),
        (
            {"signings": [{"date": {"time": "11:30", "time_end": "10:00"}}]},
            "la fin (10:00) vient avant le début",
        ),
        ({"term": {"since": {"date": "2020"}, "until": {"date": "2019"}}}, "la fin (2019) vient avant le début (2020)"),
        ({"title": {"ua": "x"}}, "« ua » n’est le code d’aucune langue (BCP 47 : fr, de, uk). Vouliez-vous « uk » ?"),
        ({"languages": ["xx"]}, "$.languages[0] : « xx » n’est le code d’aucune langue"),
        (party(country="UK"), "Vouliez-vous « GB » ?"),
        (party(country="QQ"), "« QQ » n’est le code d’aucun pays"),
        (party(name="<script>alert(1)</script>"), "contient une balise ; un nom n’en a pas"),
        (party(name='=HYPERLINK("http://x")'), "commence comme une formule de tableur"),
        (party(names=[{"text": "@SUM(A1)"}]), "$.parties[0].names[0].text : « @SUM(A1) » commence comme une formule"),
        ({"signatories": [{"name": "+cmd|' /C calc'!A0"}]}, "commence comme une formule"),
        ({"signings": [{"places": [{"name": "<b>Nesmy</b>"}]}]}, "contient une balise"),
        (party(note="sonnerie\x07"), "$.parties[0].note : le texte contient un caractère de commande"),
        (party(name="Nes\u202emy"), "caractère de commande"),
        ({"fields": {"a": {"type": "date", "value": "hier"}}}, "$.fields.a.value : « hier » n’est pas une date"),
        (
            {"fields": {"a": {"type": "montant", "value": "1"}}},
            ".a.type : « montant » n’est pas une des valeurs",
        ),
        ({"acts": [{"kind": "visit", "about": "personne"}]}, "« personne » ne désigne rien dans ce document"),
        ({"title": {"fr": 3}}, "$.title.fr : il faut ici un texte entre guillemets"),
    ],
)
def test_a_fact_that_makes_no_sense_is_refused_at_its_place(app: Flask, facts: dict[str, Any], sentence: str) -> None:
    told = said(app, json.dumps(START | facts).encode())
    assert sentence in told
    assert not any(word in told for word in ENGLISH), told


@pytest.mark.parametrize(
    "facts",
    [
        party(name="Nesmy < Burggen"),
        party(name="-Saint-Paul-"),
        party(name="+ de liens"),
        party(name="@home Jumelages"),
        party(country="DD"),
        party(population=0),
        {"languages": ["szl", "hsb", "sr-Latn"]},
        {"commitments": [{"what": "x", "amount": "100", "currency": "DEM"}]},
        {"signings": [{"date": {"date": "1900-02-29", "calendar": "julian", "gregorian": "1900-03-13"}}]},
    ],
)
def test_what_only_looks_odd_is_kept(facts: dict[str, Any]) -> None:
    document = interchange.read(json.dumps(START | facts).encode())
    assert interchange.read(interchange.write(document)) == document


def run(app: Flask, *words: str) -> Any:
    return app.test_cli_runner().invoke(args=["conventions", *words])


def test_a_file_that_is_not_there_is_named(app: Flask, tmp_path: Path) -> None:
    for path, sentence in (
        (tmp_path / "rien.json", "n’existe pas. Vérifiez le nom"),
        (tmp_path / "nulle" / "part.json", "Le dossier"),
        (tmp_path, "est un dossier : nommez un fichier"),
    ):
        answer = run(app, "import", str(path))
        assert answer.exit_code != 0
        assert sentence in answer.output.replace("\xa0", " "), answer.output
    assert run(app, "export", "--output", str(tmp_path)).exit_code != 0


def test_a_list_with_one_bad_text_writes_none(app: Flask, session: Session, tmp_path: Path) -> None:
    path = tmp_path / "liste.json"
    path.write_text(json.dumps([START, START | {"id": "b", "kind": "x"}]), "utf-8")
    answer = run(app, "import", str(path))
    assert answer.exit_code != 0
    assert "Rien n’est importé" in answer.output
    assert session.scalar(select(func.count(Convention.id))) == 0


def test_everything_that_is_wrong_is_told_at_once_in_the_order_of_the_file(app: Flask) -> None:
    wrong = START | {
        "kind": "serment",
        "partis": [],
        "parties": [{"id": "a", "population": -3, "name": "<b>"}, {"name": "Nesmy"}],
        "signings": [{"date": {"date": "hier"}}],
        "commitments": [{"what": "x", "currency": "ABC", "amount": 12.5}],
        "acts": [{"kind": "visit", "by": "personne"}],
        "fields": {"a": {"type": "montant"}},
    }
    raw = json.dumps([wrong], indent=1).encode()
    with app.test_request_context(), pytest.raises(BadDocument) as caught:
        interchange.read_many(raw)
    with app.test_request_context():
        told = [one.replace("\xa0", " ") for one in fault_sentences(caught.value)]
    places = [
        "Ligne 6, $[0].kind : « serment »",
        "Ligne 7, $[0] : la clé « partis »",
        "Ligne 11, $[0].parties[0].population : -3",
        "Ligne 12, $[0].parties[0].name : « <b> »",
        "Ligne 14, $[0].parties[1] : il manque la clé « id »",
        "Ligne 21, $[0].signings[0].date.date : « hier »",
        "Ligne 28, $[0].commitments[0].currency : « ABC »",
        "Ligne 29, $[0].commitments[0].amount : il faut",
        "Ligne 35, $[0].acts[0].by : « personne »",
        "Ligne 40, $[0].fields.a.type : « montant »",
    ]
    assert [one[: len(place)] for one, place in zip(told, places, strict=True)] == places


@pytest.mark.parametrize(
    ("many", "last"), [(21, "Et une autre faute."), (50, "Et 30 autres"), (10_000, "au moins 180")]
)
def test_of_very_many_faults_the_first_are_told_and_the_rest_counted(app: Flask, many: int, last: str) -> None:
    raw = json.dumps(START | {"kept_at": list(range(many))}).encode()
    with app.test_request_context(), pytest.raises(BadDocument) as caught:
        interchange.read_many(raw)
    with app.test_request_context():
        told = fault_sentences(caught.value)
    assert len(told) == 21
    assert last in told[-1]


def test_the_command_line_lists_every_fault_and_says_that_nothing_is_kept(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "texte.json"
    path.write_text(json.dumps(START | {"kind": "x", "languages": ["xx"]}, indent=1), "utf-8")
    answer = run(app, "import", str(path))
    assert answer.exit_code != 0
    assert answer.output.count("Rien n’est importé") == 1
    assert answer.output.count("\n  Ligne ") == 2, answer.output
