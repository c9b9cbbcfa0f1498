"""``flask rules …``: what it prints, and with which code it ends."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from flask import Flask

from app.cli.rules import commands, install
from app.rules.editionfile import parse_toml
from app.rules.loader import RULES, load
from app.rules.schema import edition_schema, facts_schema
from app.rules.told import changed, plain

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

CATALOGUE = load()
CRITERION = {"id", "status", "value", "threshold", "severity", "source", "confidence", "sentence"}


def ran(*arguments: str, text: str | None = None) -> Result:
    app = Flask("rules")
    install(app)
    return app.test_cli_runner().invoke(commands, list(arguments), input=text)


def conform(edition: str = "cerv-jumelage/2024", **put: object) -> dict[str, Any]:
    facts = next(one.facts for one in CATALOGUE.by_id[edition].examples if one.verdict == "eligible")
    return changed(facts, {name.replace("__", "."): value for name, value in put.items()}, [])


def told(facts: dict[str, Any], *arguments: str) -> dict[str, Any]:
    done = ran("assess", "--facts", "-", "--format", "json", *arguments, text=json.dumps(facts))
    assert done.exit_code == 0, done.output
    answer: dict[str, Any] = json.loads(done.output)
    return answer


def test_an_assessment_answers_in_the_published_shape() -> None:
    answer = told(conform(), "--programme", "cerv-jumelage")

    assert (answer["edition"], answer["verdict"]) == ("2024", "eligible")
    assert {"min", "max", "exact", "lines"} <= answer["amount"].keys()
    assert (answer["amount"]["min"], answer["amount"]["max"], answer["amount"]["exact"]) == (8455, 50745, None)
    assert all(answer["criteria"] and one.keys() >= CRITERION for one in answer["criteria"])
    assert all(one["status"] in ("met", "not_met", "unknown", "not_applicable") for one in answer["criteria"])
    assert all(key in answer for key in ("missing", "advice", "margins"))
    assert answer["margins"]


def test_a_refusal_says_what_is_missing_and_how_to_mend_it() -> None:
    facts = conform(participants__groups=[{"country": "DE", "count": 24}, {"country": "FR", "count": 40}])
    answer = told(facts, "--programme", "cerv-jumelage", "--edition", "2024")
    failing = next(one for one in answer["criteria"] if one["status"] == "not_met")

    assert answer["verdict"] == "not_eligible"
    assert (failing["id"], failing["value"], failing["threshold"]) == ("invites", 24, 25)
    assert failing["sentence"] == "Participants invités : 24\u00a0personnes ; il faut au moins 25\u00a0personnes."
    first = answer["advice"][0]
    assert first["verdict"] == "eligible"
    assert first["changes"][0] == {
        "path": "participants.groups.0.count",
        "value": 25,
        "also": [],
        "lever": "plus-de-participants",
        "sentence": first["sentence"],
    }


def test_a_list_that_does_not_say_whether_it_is_complete_is_asked_about() -> None:
    facts = conform("erasmus-ka152/2024-2026", project__activities=["youth_exchange"])
    answer = told(facts, "--programme", "erasmus-ka152", "--edition", "2024-2026")

    assert answer["verdict"] == "to_check"
    assert answer["missing"][0]["question"] == "Activités du projet ? Dites aussi si la liste est complète."


def test_an_applicant_that_stands_among_the_partners_as_well_is_counted_once() -> None:
    facts = conform()
    facts["applicant"] = {**facts["applicant"], "id": "a"}
    others = facts["partners"]["items"]
    facts["partners"] = {"complete": True, "items": [{"id": "a", "country": facts["applicant"]["country"]}, *others]}
    answer = told(facts, "--programme", "cerv-jumelage", "--edition", "guide")
    bodies = next(one for one in answer["criteria"] if one["id"] == "partenaires")

    assert bodies["value"] == len(others) + 1


def test_the_edition_is_that_of_the_submission_and_not_of_today() -> None:
    assert told(conform(submission__date="2022-03-20"), "--programme", "cerv-jumelage")["edition"] == "2022"
    assert told(conform(), "--programme", "cerv-jumelage", "--on", "2023-09-15")["edition"] == "2023"


def test_when_no_call_is_open_the_last_one_answers_that_it_is_late() -> None:
    answer = told(conform(submission__date="2024-11-02"), "--programme", "cerv-jumelage")

    assert (answer["edition"], answer["verdict"]) == ("2024", "not_eligible")
    assert [one["id"] for one in answer["criteria"] if one["status"] == "not_met"] == ["window"]


def test_before_the_first_call_the_answer_is_that_none_was_open() -> None:
    facts = conform("fonds-citoyen/depuis-2020", submission__date="2019-05-01", project__start="2019-08-01")
    facts["project"]["end"] = "2019-08-03"
    answer = told(facts, "--programme", "fonds-citoyen")

    assert answer["verdict"] == "not_eligible"
    assert [one["id"] for one in answer["criteria"] if one["status"] == "not_met"] == ["opening"]


def test_the_whole_call_identifier_names_an_edition() -> None:
    assert told(conform(), "--edition", "CERV-2024-CITIZENS-TOWN-TT")["edition"] == "2024"
    assert told(conform(), "--edition", "cerv-jumelage/guide")["edition"] == "guide"


def test_all_programmes_come_in_order_of_use() -> None:
    groups = ["eligible", "nearly", "to_check", "not_eligible", "not_concerned"]
    answer = told(conform())
    seen = [groups.index(one["group"]) for one in answer["assessments"]]

    assert seen == sorted(seen)
    assert answer["assessments"][0]["programme"] == "cerv-jumelage"
    assert len({one["programme"] for one in answer["assessments"]}) == len(seen)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "n’est pas du JSON correct"),
        ("[]", "attend un objet"),
        ('{"submissio": {}}', "Vouliez-vous dire « submission »"),
        ('{"applicant": {"kind": "comune"}}', "Vouliez-vous dire « commune »"),
        ('{"applicant": {"country": "UK"}}', "« GB »"),
        ('{"submission": {"date": "2024-09-19T17:00"}}', "sans fuseau"),
        ('{"submission": {"date": "2024-09-19T17:00+02:00[Europe/London]"}}', "ne vont pas ensemble"),
        ('{"submission": {"date": "2024-03-31T02:30[Europe/Brussels]"}}', "n’existe pas"),
        ('{"submission": {"date": "19/09/2024"}}', "attend une date"),
        ('{"money": {"requested": "6000"}}', "attend un nombre"),
        ('{"money": {"requested": -1}}', "négatif"),
        ('{"money": {"requested": 1e99999999}}', "attend un nombre ordinaire"),
        ('{"money": {"requested": NaN}}', "NaN n’est pas un nombre"),
        ('{"money": {"requested": 1, "requested": 2}}', "« requested » y est dit deux fois"),
        ('{"events": {"items": [{"id": "e"}, {"id": "e"}]}}', "est déjà l’identifiant d’une autre rencontre"),
        (
            '{"events": {"complete": true, "items": [{"id": "e"}]}, "participants": [{"event": "f", "count": 3}]}',
            "aucune rencontre n’a l’identifiant « f »",
        ),
        ('{"money": {"requested": ' + "9" * 5000 + "}}", "un nombre est trop long"),
        ('{"title": "a",}', "colonne 15, "),
        ("[" * 100_000, "crochets"),
        ("", "il est vide"),
        ("null", "attend un objet"),
        ('{"title": 3}', "attend un texte"),
        ('{"submission": {"date": "2024-W37"}}', "attend une date"),
        ('{"participants": {"total": 3, "complete": true, "groups": [{"count": 4}]}}', "ne correspond pas"),
        ('{"project": {"start": "2025-02-01", "end": "2025-01-01"}}', "finit avant de commencer"),
    ],
)
def test_bad_facts_are_refused_with_code_two_and_a_sentence(text: str, said: str) -> None:
    done = ran("assess", "--facts", "-", text=text)

    assert done.exit_code == 2
    assert said in done.output
    assert "Traceback" not in done.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--programme", "cerv-jumlage"), "« cerv-jumelage »"),
        (("--programme", "cerv-jumelage", "--edition", "2042"), "n’existe pas"),
        (("--on", "hier"), "n’est pas une date"),
        (("--edition", "cerv-jumelage/2024", "--on", "2024-09-10"), "ne vont pas ensemble"),
    ],
)
def test_a_wrong_option_is_refused_with_code_two(arguments: tuple[str, ...], said: str) -> None:
    done = ran("assess", "--facts", "-", *arguments, text="{}")

    assert (done.exit_code, said in done.output) == (2, True)


def test_a_file_may_begin_with_a_byte_order_mark_but_is_in_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "faits.json"
    path.write_bytes(b"\xef\xbb\xbf{}")
    assert ran("assess", "--facts", str(path), "--programme", "fonds-citoyen").exit_code == 0

    path.write_bytes('{"title": "é"}'.encode("utf-16"))
    done = ran("assess", "--facts", str(path))
    assert (done.exit_code, "n’est pas en UTF-8" in done.output) == (2, True)


def test_a_folder_that_is_not_there_is_said() -> None:
    for command in (("list",), ("check",), ("assess", "--facts", "-")):
        done = ran(*command, "--folder", "/nulle-part", text="{}")
        assert (done.exit_code, "n’existe pas" in done.output) == (2, True)


def test_a_list_without_its_elements_is_unknown_however_complete() -> None:
    for put in ({"partners": {"complete": True}}, {"participants": {"complete": True}}):
        answer = told({**conform(), **put}, "--programme", "cerv-jumelage")
        assert answer["verdict"] == "to_check"


def test_an_applicant_of_whom_nothing_is_said_may_still_have_any_role() -> None:
    facts = {**conform("erasmus-ka152/2021-2023"), "applicant": None}
    answer = told(facts, "--edition", "erasmus-ka152/2021-2023")
    assert next(one["status"] for one in answer["criteria"] if one["id"] == "roles") == "unknown"


def test_a_missing_file_is_said() -> None:
    assert ran("assess", "--facts", "/nowhere.json").exit_code == 2


def test_the_list_names_programmes_and_editions() -> None:
    listed = json.loads(ran("list", "--format", "json").output)
    found = {one["id"]: [edition["id"] for edition in one["editions"]] for one in listed["programmes"]}

    assert {"guide", "2024"} <= set(found["cerv-jumelage"])
    assert "fonds-citoyen" in ran("list").output


def test_the_shipped_files_pass_the_check() -> None:
    done = ran("check")

    assert (done.exit_code, "tout est juste" in done.output) == (0, True), done.output


def test_a_wrong_file_fails_the_check_with_its_line(tmp_path: Path) -> None:
    assert ran("new", "essai", "2026", "--folder", str(tmp_path)).exit_code == 0
    assert ran("check", "--folder", str(tmp_path)).exit_code == 0
    path = tmp_path / "essai" / "2026.toml"
    path.write_text(path.read_text("utf-8").replace("severity", "severty"), "utf-8")
    done = ran("check", "--folder", str(tmp_path))

    assert done.exit_code == 1
    assert "essai/2026.toml:" in done.output
    assert ran("new", "essai", "2026", "--folder", str(tmp_path)).exit_code == 2
    assert ran("new", "../x", "2026", "--folder", str(tmp_path)).exit_code == 2


def test_two_editions_are_compared_and_what_it_means_for_a_project(tmp_path: Path) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text(json.dumps(conform(money__requested=45000, submission__date="2022-03-20")), "utf-8")
    both = ("cerv-jumelage/2022", "cerv-jumelage/2024")

    assert "30 000" in ran("diff", *both).output
    assert "Aucun changement" in ran("diff", both[1], both[1]).output
    meant = json.loads(ran("diff", *both, "--facts", str(facts), "--format", "json").output)
    assert meant["old"]["verdict"] == "not_eligible"
    assert {"montant"} <= {one["id"] for one in meant["changes"]}


def test_the_documentation_tells_every_condition_quantity_and_fact() -> None:
    page = ran("doc").output

    for name in ("between", "each_group", "window_for_start", "band", "participants", "`EUR`", "fundable-by-ofaj"):
        assert name in page
    legend = page.partition("## Types")[2].partition("\n## ")[0]
    assert "| `quantity` | un nombre avec son unité" in legend
    assert not re.search(r"\|  \|", legend), "each type says what is written there"


@pytest.mark.parametrize("edition", CATALOGUE.editions, ids=lambda one: one.id)
def test_every_file_and_every_example_keeps_to_the_published_schemas(edition: Any) -> None:
    raw = plain(parse_toml((RULES / f"{edition.id}.toml").read_text("utf-8"), "x"))
    jsonschema.Draft202012Validator(edition_schema()).validate(json.loads(json.dumps(raw, default=float)))
    validator = jsonschema.Draft202012Validator(facts_schema(CATALOGUE.words))
    for example in edition.examples:
        validator.validate(json.loads(json.dumps(example.facts, default=float)))


def test_the_schemas_are_printed() -> None:
    for of in ("facts", "edition"):
        jsonschema.Draft202012Validator.check_schema(json.loads(ran("schema", "--of", of).output))
