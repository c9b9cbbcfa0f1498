"""Bad input is refused with what is wrong, where, and what to do; the vocabulary is published as JSON Schema."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import jsonschema
import pytest

from app.law.answer import judge
from app.law.reading import LARGEST_FILE, UnreadableFacts, read_case, schema
from app.law.tables import check_rules
from app.law.telling import as_text
from tests.law.asking import ask, refusals


def _election(round_: dict[str, Any], seats: int = 1) -> dict[str, Any]:
    item = {"vote": {"ballot": "secret"}, "appointment": {"seats": seats, "rounds": [round_]}}
    return {"meeting": {"present": 4, "proxies": 0}, "item": item}


def _refused(content: bytes) -> str:
    with pytest.raises(UnreadableFacts) as caught:
        read_case(content)
    return " ".join(caught.value.sentences())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "ligne 1, colonne 1"),
        (b"{", "ligne 1"),
        (b"[]", "un objet"),
        (b"3", "un objet"),
        (b'{"meeting": {"present": NaN}}', "NaN"),
        (b'{"on": "2026-01-01", "on": "2026-01-02"}', "deux fois"),
        (b"\xff\xfe{}", "UTF-8"),
        (b"[" * 100_000, "emboîte"),
        (b'{"council": {"in_office": ' + b"9" * 5000 + b"}}", "trop long"),
        (b" " * (LARGEST_FILE + 1), "5 Mo"),
        (b'{"title": "\\ud800"}', "moitié"),
    ],
    ids=[
        "empty",
        "cut",
        "a list",
        "a number",
        "NaN",
        "twice",
        "not UTF-8",
        "deep",
        "long number",
        "too large",
        "half a character",
    ],
)
def test_a_file_that_is_no_case_is_refused_in_words(content: bytes, words: str) -> None:
    assert words in _refused(content)


def test_a_byte_order_mark_does_no_harm() -> None:
    assert read_case(b'\xef\xbb\xbf{"title": "x"}').title == "x"


@pytest.mark.parametrize(
    ("facts", "at", "words"),
    [
        ({"metting": {}}, "metting", "« meeting »"),
        ({"seance": {}}, "seance", "« meeting »"),
        ({"meeting": {"prezent": 3}}, "meeting.prezent", "« present »"),
        ({"meeting": {"date_envoi": "x"}}, "meeting.date_envoi", "meeting.convocation.sent_on"),
        ({"meeting": {"date": "11/09/2026"}}, "meeting.date", "2026-09-11"),
        ({"meeting": {"date": "2026-02-30"}}, "meeting.date", "une date est attendue"),
        ({"meeting": {"date": "0026-02-20"}}, "meeting.date", "hors de portée"),
        ({"meeting": {"present": -1}}, "meeting.present", "impossible"),
        ({"meeting": {"present": "neuf"}}, "meeting.present", "un nombre ou une liste de noms"),
        ({"meeting": {"urgent": "oui"}}, "meeting.urgent", "true ou false"),
        ({"council": {"in_office": 19.5}}, "council.in_office", "nombre entier"),
        ({"subsidy": {"cash": "beaucoup"}}, "subsidy.cash", "15000.50"),
        ({"subsidy": {"cash": -5}}, "subsidy.cash", "nulle ou positive"),
        ({"item": {"vote": {"ballot": "vote à main levée"}}}, "item.vote.ballot", "show_of_hands (main levée)"),
        ({"items": [{}, {"vote": {"pour": 3}}]}, "items[1].vote.pour", "« for »"),
        ({"act": {}, "acts": []}, "acts", "déjà donné"),
        ({"title": ""}, "title", "vide"),
        ({"item": 3}, "item", "un objet"),
        ({"meeting": {"present": 20}, "council": {"in_office": 19}}, "meeting.present", "impossible"),
        ({"act": {"adopted_on": "2026-09-10", "published_on": "2026-09-09"}}, "acts[0].published_on", "précède"),
        ({"overrides": [{"check": "C25", "reason": "x"}]}, "overrides[0]", "author et on"),
        ({"overrides": [{"check": "C60"}]}, "overrides[0].check", "C01 à C58"),
        ({"act": {"number": "2026-1"}, "text": {"authorised_by": "2026-2"}}, "texts[0].authorised_by", "2026-1"),
        ({"council": {"in_office": 3, "members": ["A"]}}, "council.in_office", "dans la liste"),
        ({"meeting": {"date": "2026-W10-1"}}, "meeting.date", "2026-09-11"),
        ({"text": {"partner": {"country": "Allemagne"}}}, "text.partner.country", "deux lettres ISO"),
        ({"commune": {"name": "a\x00b"}}, "commune.name", "signe invisible"),
        (
            {"council": {"members": ["A"]}, "meeting": {"present": ["A"], "proxies": [{"giver": "Z", "holder": "A"}]}},
            "meeting.proxies[0].giver",
            "Z : hors de la liste council.members.",
        ),
        ({"stay": {"participants": [{"age": 300}]}}, "stay.participants[0].age", "0 à 130"),
    ],
)
def test_a_fault_names_the_place_and_the_way_out(facts: dict[str, Any], at: str, words: str) -> None:
    told = refusals(**facts)
    assert any(one.startswith(at) and words in one.replace("\u00a0", " ") for one in told), told


@pytest.mark.parametrize(
    ("facts", "at"),
    [
        ({"council": {"members": ["A", "B"]}, "meeting": {"present": ["Z"]}}, "meeting.present"),
        ({"meeting": {"present": ["A"]}, "item": {"left": ["B"]}}, "items[0].left"),
        ({"meeting": {"present": ["A"]}, "item": {"arrived": ["A"]}}, "items[0].arrived"),
        (
            {"meeting": {"present": 4}, "item": {"vote": {"secret_requested_by": 5}}},
            "items[0].vote.secret_requested_by",
        ),
        ({"item": {"appointment": {"rounds": [{}, {}, {}, {}]}}}, "items[0].appointment.rounds"),
        (
            {"meeting": {"present": 4, "proxies": 0}, "item": {"appointment": {"rounds": [{"votes": {"A": 5}}]}}},
            "items[0].appointment.rounds[0]",
        ),
        (_election({"votes": {"A": 2, "B": 2}, "cast": 3}), "items[0].appointment.rounds[0]"),
        (_election({"votes": {"A": 4, "B": 2}, "cast": 3}, seats=2), "items[0].appointment.rounds[0]"),
        ({"commune": {"insee": "67482", "department": "59"}}, "commune.department"),
        ({"commune": {"department": "59", "alsace_moselle": True}}, "commune.alsace_moselle"),
        ({"commune": {"insee": "67482", "alsace_moselle": False}}, "commune.alsace_moselle"),
        ({"council": {"members": ["A", "A"]}}, "council.members"),
        ({"council": {"members": ["A", "B"]}, "meeting": {"president": "Z"}}, "meeting.president"),
        (
            {"council": {"members": ["A", "B"]}, "meeting": {"proxies": [{"giver": "Z", "holder": "A"}]}},
            "meeting.proxies[0].giver",
        ),
        (
            {"council": {"members": ["A", "B"]}, "item": {"proxies": [{"giver": "B", "holder": "Z"}]}},
            "items[0].proxies[0].holder",
        ),
        (
            {"council": {"members": ["A"]}, "meeting": {"convocation": {"dispatches": [{"member": "Z"}]}}},
            "meeting.convocation.dispatches[0].member",
        ),
        (
            {"council": {"members": ["A"]}, "item": {"interested": {"name": "Z", "office": "president"}}},
            "items[0].interested[0].name",
        ),
        ({"meeting": {"present": ["A", "A"]}}, "meeting.present"),
        ({"meeting": {"present": 10}, "item": {"left": 11}}, "items[0].left"),
        ({"meeting": {"urgent": False, "urgency_vote": "accepted"}}, "meeting.urgent"),
        (
            {
                "council": {"in_office": 19},
                "meeting": {"second_convocation_of": {"quorum_reached": True, "present": 3}},
            },
            "meeting.second_convocation_of.quorum_reached",
        ),
        ({"meeting": {"date": "2026-09-14", "second_convocation_of": {"date": "2026-09-20"}}}, "meeting.date"),
        ({"meeting": {"date": "2026-09-14", "list_posted_on": "2026-09-13"}}, "meeting.list_posted_on"),
        (
            {"meeting": {"date": "2026-09-14", "minutes": {"next_meeting_on": "2026-09-01"}}},
            "meeting.minutes.next_meeting_on",
        ),
        (
            {"act": {"online": {"online_on": "2026-10-10", "removed_on": "2026-10-01"}}},
            "acts[0].online.removed_on",
        ),
        (
            {"act": {"adopted_on": "2026-10-10", "appeal": {"lodged_on": "2026-10-01"}}},
            "acts[0].appeal.lodged_on",
        ),
        (
            {"item": {"appointment": {"seats": 1, "declared_elected": ["X", "Y"]}}},
            "items[0].appointment.declared_elected",
        ),
        ({"subsidy": {"cash": 100, "aids": [{"kind": "cash", "amount": 200}]}}, "subsidies[0].cash"),
        (
            {"subsidies": [{"beneficiary": "C", "year": 2026, "cash": n, "in_kind": 0} for n in (15000, 9000)]},
            "subsidies[1]",
        ),
        ({"association": {"resources": 10, "municipal_subsidy": 11}}, "association.municipal_subsidy"),
        ({"association": {"board_size": 3, "ex_officio_members": 4}}, "association.ex_officio_members"),
        (
            {"association": {"changes": {"decided_on": "2026-02-01", "declared_on": "2026-01-01"}}},
            "association.changes[0].declared_on",
        ),
        ({"mission": {"departs_on": "2026-09-10", "returns_on": "2026-09-01"}}, "missions[0].returns_on"),
        ({"kept_data": {"since": "2026-01-01", "deleted_on": "2025-01-01"}}, "kept_data[0].deleted_on"),
        (
            {"stay": {"starts_on": "2026-07-10", "participants": [{"age": 18, "born_on": "2015-01-01"}]}},
            "stays[0].participants[0].age",
        ),
        (
            {"stay": {"starts_on": "2026-07-10", "participants": [{"born_on": "2027-01-01"}]}},
            "stays[0].participants[0].born_on",
        ),
    ],
)
def test_facts_that_cannot_be_true_together_are_refused(facts: dict[str, Any], at: str) -> None:
    assert [one for one in refusals(**facts) if one.startswith(at)]


def test_every_fault_is_told_at_once_and_no_more_than_twenty_in_full() -> None:
    assert len(refusals(a=1, b=2, c=3)) == 3
    assert len(refusals(**{f"x{index}": 1 for index in range(40)})) == 21


def test_a_single_object_stands_for_a_list_under_either_name() -> None:
    act = {"published_on": "2026-09-15"}
    answers = [
        ask(**facts)["results"]["acts"] for facts in ({"act": act}, {"acts": act}, {"acts": [act]}, {"act": [act]})
    ]
    assert all(one == answers[0] for one in answers)


def test_the_schema_is_a_schema_and_refuses_what_the_reader_refuses() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    validator = jsonschema.Draft202012Validator(schema())
    assert validator.is_valid({"meeting": {"date": "2026-09-11", "present": ["A"]}, "act": {"published_on": False}})
    assert validator.is_valid({"meeting": None})
    for bad in ({"metting": {}}, {"meeting": {"present": -1}}, {"item": {"vote": {"ballot": "x"}}}):
        assert not validator.is_valid(bad)


def test_every_word_of_the_schema_is_explained_in_french() -> None:
    for name, told in schema()["$defs"].items():
        for word, one in told["properties"].items():
            assert len(one["description"]) > 3, f"{name}.{word}"


def test_an_override_answers_for_itself_and_is_told() -> None:
    override = {"check": "C25", "reason": "accord du préfet", "author": "la maire", "on": "2026-09-15"}
    facts = {"act": {"adopted_on": "2026-09-10", "published_on": False}, "text": {"signed_on": "2026-09-15"}}
    answer = ask(**facts, overrides=override)
    assert answer["summary"]["blocking"] == []
    assert answer["summary"]["overridden"] == ["C25"]
    assert answer["by_id"]["C25"]["status"] == "not_ok"
    assert answer["by_id"]["C25"]["override"]["author"] == "la maire"


@pytest.mark.parametrize("called", [{"dispatches": []}, {"addressees": 0}])
@pytest.mark.parametrize("council", [{"in_office": 11}, {}])
def test_no_reason_covers_a_council_that_nobody_convened(called: dict[str, Any], council: dict[str, Any]) -> None:
    why = {"check": "C06", "reason": "Tout le monde savait", "author": "la maire", "on": "2026-09-15"}
    answer = ask(council=council, meeting={"date": "2026-09-11", "convocation": called}, overrides=why)
    assert (answer["summary"]["blocking"], answer["summary"]["overridden"]) == (["C06"], [])
    assert "aucun motif n’en dispense" in answer["by_id"]["C06"]["sentence"]
    assert "override" not in answer["by_id"]["C06"]


_SECOND = {"giver": "Bo", "holder": "Al", "written": True, "meetings": 1}
_UNREAL: dict[str, dict[str, Any]] = {
    "C13": {"meeting": {"present": ["Al"], "proxies": [{**_SECOND, "giver": "Al"}]}},
    "C14": {"item": {"vote": {"for": 3, "against": 1, "abstentions": 1, "voters": 4}}},
    "C15": {"item": {"vote": {"for": 4, "against": 6, "ballot": "show_of_hands", "declared": "adopted"}}},
    "C37": {"act": {"certified_on": "2026-09-14", "transmitted_on": False, "published_on": "2026-09-13"}},
    "C58": {"export": {"schema": "subventions", "extract": True, "rows": [{"idAttribuant": "12345"}]}},
}


@pytest.mark.parametrize("check_id", _UNREAL)
def test_no_reason_makes_true_what_cannot_be(check_id: str) -> None:
    why = {"check": check_id, "reason": "Nous en sommes sûrs", "author": "la maire", "on": "2026-09-15"}
    facts = {**_UNREAL[check_id], "overrides": why}
    answer = ask(**facts)
    told = answer["by_id"][check_id]
    assert (told["status"], told["severity"], told["may_override"]) == ("not_ok", "blocking", False)
    assert check_id in answer["summary"]["blocking"]
    assert check_id not in answer["summary"]["overridden"]
    assert "override" not in told
    assert told["override_refused"]["author"] == "la maire"
    assert (
        told["override_note"]
        in as_text(judge(read_case(json.dumps(facts).encode()))).split("malgré le motif de la maire")[1]
    )


def test_a_second_proxy_or_a_quorum_that_another_text_allows_is_gone_past_with_a_reason() -> None:
    proxies = [{**_SECOND, "giver": giver} for giver in ("Bo", "Cé")]
    facts = {"council": {"in_office": 7}, "meeting": {"present": ["Al", "Do"], "proxies": proxies}}
    whys = [
        {"check": one, "reason": "loi d’urgence", "author": "la maire", "on": "2026-09-15"} for one in ("C10", "C13")
    ]
    answer = ask(**facts, overrides=whys)
    assert answer["summary"]["overridden"] == ["C10", "C13"]
    assert answer["by_id"]["C10"]["may_override"]
    assert "ne délibère pas valablement" in answer["by_id"]["C10"]["override_note"]


def test_each_check_says_whether_a_reason_goes_past_it_and_each_that_blocks_which_one() -> None:
    rules = check_rules().values()
    assert [rule.id for rule in rules if rule.override == "never"] == ["C14", "C15", "C37", "C58"]
    assert all(bool(rule.override_note) == (rule.severity == "blocking") for rule in rules)


def test_the_law_loads_without_flask_without_a_database_and_without_a_clock() -> None:
    code = (
        "import sys, pkgutil, importlib, app.law\n"
        "for found in pkgutil.walk_packages(app.law.__path__, 'app.law.'):\n"
        "    importlib.import_module(found.name)\n"
        "bad = {'flask', 'sqlalchemy', 'wtforms', 'app.shared.clock'} & set(sys.modules)\n"
        "sys.exit(f'loaded: {bad}' if bad else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_answers_are_the_same_for_the_same_facts() -> None:
    facts = {"commune": {"population": 1850}, "meeting": {"date": "2026-09-11", "present": ["B", "A", "C"]}}
    assert json.dumps(ask(**facts)) == json.dumps(ask(**facts))
