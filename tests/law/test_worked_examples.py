"""The twenty worked examples of the law file, asked through the vocabulary of the command line."""

from __future__ import annotations

import pytest

from tests.law.asking import ask, check, status


def _convened(population: int, sent: str, held: str, **more: object) -> dict[str, object]:
    return {
        "commune": {"population": population},
        "meeting": {"date": held, "convocation": {"sent_on": sent}, **more},
    }


def _voted(**vote: object) -> dict[str, object]:
    return {"item": {"title": "Subvention au comité", "vote": vote}}


def test_01_a_commune_of_1850_has_19_councillors_and_a_quorum_of_10() -> None:
    council = ask(commune={"population": 1850})["results"]["council"]
    assert (council["legal_strength"], council["quorum"]) == (19, 10)


@pytest.mark.parametrize(
    ("population", "strength", "quorum", "days", "note"), [(3499, 23, 12, 3, False), (3500, 27, 14, 5, True)]
)
def test_02_everything_changes_at_3500(population: int, strength: int, quorum: int, days: int, *, note: bool) -> None:
    results = ask(commune={"population": population}, meeting={"date": "2026-09-11"})["results"]
    assert (results["council"]["legal_strength"], results["council"]["quorum"]) == (strength, quorum)
    assert results["convocation"]["required_clear_days"] == days
    assert results["convocation"]["explanatory_note_required"] is note


def test_03_two_clear_days_are_not_three() -> None:
    answer = ask(**_convened(1850, "2026-09-08", "2026-09-11"))
    assert answer["by_id"]["C01"]["status"] == "not_ok"
    assert answer["by_id"]["C01"]["severity"] == "blocking"
    assert answer["by_id"]["C01"]["dates"]["latest_sending_date"] == "2026-09-07"
    assert answer["results"]["convocation"]["clear_days"] == 2


@pytest.mark.parametrize(
    ("population", "sent", "held", "days"),
    [
        (1850, "2026-09-07", "2026-09-11", 3),
        (6000, "2026-09-04", "2026-09-10", 5),
        (900, "2026-04-30", "2026-05-04", 3),
    ],
    ids=["example 04", "example 05", "example 06"],
)
def test_04_to_06_weekends_and_holidays_count(population: int, sent: str, held: str, days: int) -> None:
    answer = ask(**_convened(population, sent, held))
    assert answer["by_id"]["C01"]["status"] == "ok"
    assert answer["results"]["convocation"]["clear_days"] == days


def test_07_an_emergency_takes_one_clear_day_a_reason_and_a_vote() -> None:
    facts = _convened(
        6000, "2026-11-10", "2026-11-12", urgent=True, urgency_reason="Crue de la rivière", urgency_vote="accepted"
    )
    answer = ask(**facts)
    assert answer["results"]["convocation"]["clear_days"] == 1
    assert answer["by_id"]["C02"]["status"] == "ok"
    assert answer["by_id"]["C01"]["status"] == "not_applicable"
    assert status("C02", **_convened(6000, "2026-11-10", "2026-11-12", urgent=True)) == "unknown"


def test_08_the_quorum_counts_members_in_office() -> None:
    answer = ask(
        commune={"population": 1850},
        council={"vacancies": 2},
        meeting={"date": "2026-09-11", "present": 9, "proxies": 4},
    )
    assert answer["results"]["meeting"]["quorum"] == 9
    assert answer["results"]["meeting"]["quorum_reached"] is True
    assert answer["results"]["meeting"]["voters"] == 13
    assert answer["by_id"]["C10"]["status"] == "ok"


def test_09_proxies_never_make_a_quorum() -> None:
    answer = ask(council={"in_office": 19}, meeting={"date": "2026-09-11", "present": 9, "proxies": 8})
    assert answer["results"]["meeting"]["quorum"] == 10
    assert answer["by_id"]["C10"]["status"] == "not_ok"


@pytest.mark.parametrize(("held", "expected"), [("2026-09-17", "not_ok"), ("2026-09-18", "ok")])
def test_10_a_second_convocation_takes_three_clear_days(held: str, expected: str) -> None:
    answer = ask(
        commune={"population": 1850},
        council={"in_office": 19},
        meeting={
            "date": held,
            "convocation": {"sent_on": "2026-09-14", "agenda": ["Jumelage"]},
            "second_convocation_of": {"date": "2026-09-14", "quorum_reached": False, "agenda": ["Jumelage", "Budget"]},
            "present": 4,
        },
    )
    assert answer["by_id"]["C12"]["status"] == expected
    assert answer["by_id"]["C12"]["dates"]["earliest_meeting_date"] == "2026-09-18"
    assert answer["results"]["second_convocation"]["quorum_required"] is (expected == "not_ok")
    assert answer["by_id"]["C10"]["status"] == ("not_ok" if expected == "not_ok" else "not_applicable")


def test_11_abstentions_are_not_votes_cast() -> None:
    answer = ask(**_voted(**{"for": 10, "against": 9, "abstentions": 4, "voters": 23, "ballot": "show_of_hands"}))
    item = answer["results"]["items"][0]
    assert (item["votes_cast"], item["outcome"]) == (19, "adopted")
    assert answer["by_id"]["C14"]["status"] == "ok"


@pytest.mark.parametrize(("ballot", "outcome"), [("public", "adopted"), ("secret", "rejected")])
def test_12_the_casting_vote_does_not_work_in_secret(ballot: str, outcome: str) -> None:
    vote = {"for": 8, "against": 8, "abstentions": 3, "ballot": ballot, "president_vote": "for"}
    assert ask(**_voted(**vote))["results"]["items"][0]["outcome"] == outcome
    assert status("C15", **_voted(**vote, declared=outcome)) == "ok"
    assert status("C15", **_voted(**vote, declared="adopted")) == ("ok" if outcome == "adopted" else "not_ok")


def test_13_two_valid_requests_are_left_to_the_chair() -> None:
    answer = ask(
        council={"in_office": 27},
        meeting={"date": "2026-09-11", "present": 20},
        item={"vote": {"public_requested_by": 5, "secret_requested_by": 7}},
    )
    item = answer["results"]["items"][0]
    assert (item["public_request_valid"], item["secret_request_valid"]) == (True, True)
    found = answer["by_id"]["C16"]
    assert (found["severity"], found["conflict"]) == ("warning", True)
    assert "Sources en conflit" in found["sentence"]


def test_14_the_second_proxy_of_a_holder_is_refused() -> None:
    proxies = [{"giver": "B", "holder": "A"}, {"giver": "C", "holder": "A"}]
    answer = ask(meeting={"date": "2026-09-11", "present": ["A", "D", "E"], "proxies": proxies})
    assert answer["by_id"]["C13"]["status"] == "not_ok"
    assert answer["by_id"]["C13"]["severity"] == "blocking"
    assert answer["results"]["meeting"]["represented"] == 1


def test_15_a_withdrawal_may_take_the_quorum_away() -> None:
    answer = ask(
        council={"in_office": 11},
        meeting={"date": "2026-09-11", "present": 6},
        items=[{"title": "Voirie"}, {"title": "Subvention", "withdrawn": 1}],
    )
    assert [one["status"] for one in answer["by_id"]["C11"]["cases"]] == ["ok", "not_ok"]
    assert answer["by_id"]["C19"]["status"] == "not_ok"
    assert answer["results"]["items"][1]["quorum_reached"] is False


def test_16_one_signs_once_the_act_is_enforceable() -> None:
    act = {"adopted_on": "2026-09-10", "published_on": "2026-09-14", "transmitted_on": "2026-09-16"}
    early = ask(act=act, text={"kind": "convention", "signed_on": "2026-09-15"})
    assert early["results"]["acts"][0]["enforceable_on"] == "2026-09-16"
    assert early["summary"]["blocking"] == ["C25"]
    assert status("C25", act=act, text={"kind": "convention", "signed_on": "2026-09-16"}) == "ok"


def test_17_a_convention_is_in_force_on_its_transmission() -> None:
    answer = ask(text={"kind": "convention", "signed_on": "2026-09-20", "transmitted_on": "2026-09-23"})
    assert answer["by_id"]["C27"]["status"] == "ok"
    assert answer["results"]["texts"][0]["in_force_on"] == "2026-09-23"


def test_18_third_parties_have_two_clear_months() -> None:
    found = check("C34", act={"published_on": "2026-09-15"})
    assert found["dates"]["third_party_last_day"] == "2026-11-16"


@pytest.mark.parametrize(("in_kind", "is_required"), [(9000, True), (8000, False)])
def test_19_cash_and_kind_add_up(in_kind: int, *, is_required: bool) -> None:
    answer = ask(subsidy={"year": 2026, "cash": 15000, "in_kind": in_kind, "convention_signed_on": False})
    assert answer["results"]["subsidies"][0]["convention_required"] is is_required
    assert answer["by_id"]["C42"]["status"] == ("not_ok" if is_required else "not_applicable")


@pytest.mark.parametrize(("abstentions", "expected"), [(2, "not_ok"), (3, "ok")])
def test_20_the_votes_of_an_open_data_row_add_up(abstentions: int, expected: str) -> None:
    row = {"VOTE_EFFECTIF": 19, "VOTE_REEL": 16, "VOTE_POUR": 12, "VOTE_CONTRE": 1, "VOTE_ABSTENTION": abstentions}
    assert status("C58", export={"schema": "deliberations", "rows": row, "extract": True}) == expected
