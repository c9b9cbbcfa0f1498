"""Each check on a case that keeps the rule, one that breaks it, one that does not say enough."""

from __future__ import annotations

from typing import Any

import pytest

from app.law.tables import check_rules
from tests.law.asking import ask, check, status

DAY = "2026-09-11"
NO = False


def _meeting(**facts: Any) -> dict[str, Any]:
    return {"meeting": {"date": DAY, **facts}}


def _called(population: int, sent: str, **facts: Any) -> dict[str, Any]:
    return {"commune": {"population": population}, **_meeting(convocation={"sent_on": sent}, **facts)}


def _local(population: int, sent: str, department: str = "67", **facts: Any) -> dict[str, Any]:
    commune = {"population": population, "department": department}
    return {"commune": commune, **_meeting(convocation={"sent_on": sent}, **facts)}


def _convocation(population: int = 6000, **facts: Any) -> dict[str, Any]:
    return {"commune": {"population": population}, **_meeting(convocation=facts)}


def _second(**facts: Any) -> dict[str, Any]:
    first = {"date": "2026-09-04", "quorum_reached": False, "agenda": ["A"]}
    convocation = {"sent_on": "2026-09-07", "agenda": ["A"], **facts.pop("convocation", {})}
    return _meeting(convocation=convocation, second_convocation_of={**first, **facts})


def _recalled(*, told: bool | None) -> dict[str, Any]:
    case = _second(convocation={"recalls_no_quorum": told})
    case["meeting"] |= {"present": 3, "date": "2026-09-18"}
    return {"commune": {"department": "57"}, "council": {"in_office": 11}, **case}


def _room(present: Any, in_office: int = 19, **item: Any) -> dict[str, Any]:
    return {"council": {"in_office": in_office}, **_meeting(present=present), "item": item}


def _proxy(**facts: Any) -> dict[str, Any]:
    proxy = {"giver": "B", "holder": "A", "written": True, "meetings": 1, **facts}
    return _meeting(present=["A", "D"], proxies=[proxy])


def _vote(**facts: Any) -> dict[str, Any]:
    return {"item": {"vote": facts}}


def _election(*rounds: dict[str, Any]) -> dict[str, Any]:
    appointment = {"seats": 1, "candidates": [{"name": "A"}, {"name": "B"}], "rounds": list(rounds)}
    item = {"vote": {"ballot": "secret"}, "appointment": appointment}
    return {**_meeting(present=4, proxies=0), "item": item}


def _called_again(day: str) -> dict[str, Any]:
    item = {"title": "Subvention", "added_on": "2026-09-03", "new_convocation_on": day}
    return {**_convocation(900, sent_on="2026-09-01", agenda=["Voirie"]), "item": item}


def _asked(ballot: str | None = None, **facts: Any) -> dict[str, Any]:
    return _room(20, 27, vote={**facts, **({"ballot": ballot} if ballot else {})})


def _interest(day: str = DAY, **facts: Any) -> dict[str, Any]:
    return {"meeting": {"date": day}, "item": {"interested": {"name": "A", "office": "president", **facts}}}


def _text(**facts: Any) -> dict[str, Any]:
    return {"text": {"kind": "convention", **facts}}


def _partner(**facts: Any) -> dict[str, Any]:
    return _text(partner={"kind": "local_authority", "country": "DE", **facts})


def _signed(day: Any, **act: Any) -> dict[str, Any]:
    dates = {"transmitted_on": "2026-09-16", "published_on": "2026-09-14"}
    return {"act": {"adopted_on": "2026-09-10", **dates, **act}, **_text(signed_on=day)}


def _signatory(**facts: Any) -> dict[str, Any]:
    return _text(signed_on="2026-09-20", signatory=facts)


def _versions(**second: Any) -> dict[str, Any]:
    first = {"language": "fr", "articles": 5, "amounts": [100], "dates": [DAY]}
    return _text(versions=[first, {**first, "language": "de", **second}], authentic_clause=True)


def _published(population: int, mode: str, chosen: str | None = None) -> dict[str, Any]:
    commune = {"population": population, **({"publication_mode": chosen} if chosen else {})}
    return {"commune": commune, "act": {"adopted_on": DAY, "publication_mode": mode}}


def _online(**facts: Any) -> dict[str, Any]:
    told = {
        "format": "pdf_a",
        "whole_text": True,
        "author_first_name": "Anne",
        "author_name": "Untel",
        "author_quality": "maire",
        "date_shown": True,
    }
    return {"act": {"publication_mode": "electronic", "online": told | facts}}


def _aid(**facts: Any) -> dict[str, Any]:
    return {"subsidy": {"awarded_on": "2026-05-04", **facts}}


def _big(**facts: Any) -> dict[str, Any]:
    return _aid(cash=20000, in_kind="3000.01", **facts)


def _committee(**facts: Any) -> dict[str, Any]:
    return {"on": "2026-11-22", "association": facts}


def _leaver(**facts: Any) -> dict[str, Any]:
    one = {"name": "Z", "age": 15, "with_parent": False, "exit_authorisation": True, "parent_identity_copy": True}
    return {"stay": {"leaves_france": True, "participants": [one | {"own_identity": True} | facts]}}


def _minors(declared: Any, **facts: Any) -> dict[str, Any]:
    stay = {"minors": 7, "nights": 5, "starts_on": "2026-07-10", "declared_on": declared, "completed_on": "2026-07-01"}
    return {"stay": stay | facts}


def _row(**cells: Any) -> dict[str, Any]:
    return {"export": {"schema": "subventions", "extract": True, "rows": [cells]}}


_VAGUE = {"title": "Questions diverses"}
NEW_MEETING = {
    "meeting": {
        "date": DAY,
        "urgent": True,
        "present": 5,
        "convocation": {"sent_on": "2026-09-09", "agenda": ["A"]},
        "second_convocation_of": {"date": "2026-09-04", "quorum_reached": False, "agenda": ["A"]},
    }
}
CASES: list[tuple[str, str, dict[str, Any]]] = [
    ("C01", "ok", _called(3499, "2026-09-07")),
    ("C01", "not_ok", _called(3500, "2026-09-07")),
    ("C01", "ok", _called(6000, "2026-09-07", first_after_renewal=True)),
    ("C01", "not_ok", _called(100, "2026-09-12")),
    ("C01", "unknown", _meeting(convocation={"sent_on": "2026-09-07"})),
    ("C01", "ok", _meeting(convocation={"sent_on": "2026-09-05"})),
    ("C01", "not_ok", _meeting(convocation={"sent_on": "2026-09-08"})),
    ("C01", "ok", _local(900, "2026-09-08")),
    ("C01", "not_ok", _local(900, "2026-09-09")),
    ("C01", "not_ok", _local(6000, "2026-09-08")),
    ("C01", "ok", _local(6000, "2026-09-05")),
    ("C02", "ok", _called(900, "2026-09-09", urgent=True, urgency_reason="crue", urgency_vote="accepted")),
    ("C02", "not_ok", _called(900, "2026-09-10", urgent=True, urgency_reason="crue", urgency_vote="accepted")),
    ("C02", "not_ok", _called(900, "2026-09-09", urgent=True, urgency_reason="crue", urgency_vote="refused")),
    ("C02", "not_ok", _called(900, "2026-09-09", urgent=True, urgency_reason=False, urgency_vote="accepted")),
    ("C02", "ok", _local(900, "2026-09-10", urgent=True, urgency_reason="crue", urgency_vote="accepted")),
    ("C02", "not_applicable", _called(900, "2026-09-01", urgent=True)),
    ("C03", "ok", {**_convocation(agenda=["Création d’un comité"]), "item": {"title": "création d'un comité"}}),
    ("C03", "not_ok", {**_convocation(agenda=["Questions diverses"]), "item": {"title": "Subvention"}}),
    ("C03", "unknown", {"item": {"title": "Subvention"}}),
    ("C03", "ok", _called_again("2026-09-07")),
    ("C03", "not_ok", _called_again("2026-09-08")),
    ("C04", "not_ok", {**_called(900, "2026-09-01"), "item": {"added_on": "2026-09-03"}}),
    ("C04", "ok", {**_called(900, "2026-09-01"), "item": {"added_on": "2026-09-01"}}),
    (
        "C04",
        "ok",
        {**_called(900, "2026-09-01"), "item": {"added_on": "2026-09-03", "new_convocation_on": "2026-09-04"}},
    ),
    ("C05", "ok", _convocation(explanatory_note=True)),
    ("C05", "not_ok", _convocation(explanatory_note=["A"], agenda=["A", "B"])),
    ("C05", "not_applicable", _convocation(3499, explanatory_note=False)),
    ("C05", "unknown", _convocation()),
    ("C05", "not_applicable", {**_convocation(), "item": {"kind": "information", "explanatory_note": False}}),
    (
        "C05",
        "not_ok",
        {**_convocation(), "item": {"kind": "information", "explanatory_note": False, "vote": {"for": 1}}},
    ),
    ("C06", "ok", {"council": {"in_office": 2}, **_convocation(addressees=2)}),
    ("C06", "not_ok", {"council": {"members": ["A", "B"]}, **_convocation(dispatches=[{"member": "A"}])}),
    (
        "C06",
        "not_ok",
        {"council": {"in_office": 1}, **_convocation(dispatches=[{"channel": "pigeonhole", "consent": False}])},
    ),
    (
        "C06",
        "not_ok",
        {"council": {"in_office": 1}, **_convocation(dispatches=[{"form_asked": "paper", "channel": "email"}])},
    ),
    ("C07", "ok", _convocation(posted_on="2026-09-05")),
    ("C07", "not_ok", _convocation(posted_on=False)),
    ("C08", "ok", {"commune": {"population": 1850}, "council": {"in_office": 19}}),
    ("C08", "not_ok", {"commune": {"population": 1850}, "council": {"in_office": 20}}),
    ("C08", "unknown", {"commune": {"population": 1850}, "council": {"in_office": 17}}),
    ("C08", "ok", {"commune": {"population": 1850}, "council": {"in_office": 17, "vacancies_explained": "démissions"}}),
    ("C08", "ok", {"commune": {"population": 90}, "council": {"elected": 5, "in_office": 5}}),
    ("C09", "ok", {"commune": {"population": 1600, "population_at_renewal": 1400}}),
    ("C09", "unknown", {"commune": {"population": 1490, "population_total": 1510}}),
    ("C10", "ok", _room(10)),
    ("C10", "not_ok", _room(9)),
    ("C10", "unknown", {"commune": {"population": 1850}, **_meeting(present=9)}),
    ("C10", "ok", {"commune": {"population": 1850}, **_meeting(present=10)}),
    ("C11", "not_ok", _room(10, left=1)),
    ("C11", "ok", _room(9, arrived=1)),
    ("C11", "ok", {"council": {"in_office": 18}, **_meeting(present=9), "items": [{"in_office": 17}, {"title": "B"}]}),
    ("C11", "not_ok", {"council": {"in_office": 18}, **_meeting(present=9), "items": [{}, {"in_office": 17}]}),
    ("C11", "ok", {"commune": {"population": 1850}, **_meeting(present=9), "item": {"in_office": 17}}),
    (
        "C11",
        "ok",
        _room(list("ABCDEFGHIJ"), 20, excluded_representatives=["Z"]),
    ),
    ("C12", "ok", _second()),
    ("C12", "not_ok", _second(convocation={"sent_on": "2026-09-08"})),
    ("C12", "not_ok", _second(convocation={"agenda": ["A", "B"]})),
    ("C12", "not_ok", _second(quorum_reached=True)),
    ("C12", "ok", _second(quorum_reached=True, agenda=["A", "B"], left_without_quorum=["A"])),
    ("C12", "not_ok", _second(quorum_reached=True, agenda=["A", "B"], left_without_quorum=["B"])),
    ("C12", "not_ok", _second(quorum_reached=True, left_without_quorum=[])),
    ("C12", "not_ok", _second(date="2026-09-08")),  # sent before the meeting that failed
    ("C12", "unknown", {"commune": {"department": "57"}, **_second()}),
    ("C03", "not_ok", {**_convocation(900, agenda=["Questions diverses"]), "item": _VAGUE | {"kind": "subsidy"}}),
    ("C03", "not_ok", {"item": _VAGUE | {"on_agenda": True, "vote": {"ballot": "secret"}}}),
    ("C03", "ok", {"item": _VAGUE | {"on_agenda": True, "kind": "information"}}),
    ("C03", "ok", {"item": _VAGUE | {"on_agenda": True}}),
    ("C12", "not_ok", {"commune": {"department": "57"}, **_second(convocation={"recalls_no_quorum": False})}),
    # in Alsace-Moselle a convocation that does not recall it leaves the quorum as it is
    ("C10", "not_ok", _recalled(told=False)),
    ("C10", "not_applicable", _recalled(told=True)),
    ("C10", "unknown", _recalled(told=None)),
    ("C12", "not_applicable", NEW_MEETING),
    ("C10", "not_ok", NEW_MEETING | {"council": {"in_office": 11}}),
    ("C01", "not_ok", _convocation(900, sent_on="2026-09-01", dispatches=[{"member": "A", "sent_on": "2026-09-08"}])),
    ("C25", "not_ok", _signed("2026-09-09", transmitted_on=None, published_on=None)),
    ("C25", "not_ok", _signed("2026-09-20", outcome="rejected")),
    ("C13", "ok", _proxy()),
    ("C13", "not_ok", _proxy(holder="C")),
    ("C13", "not_ok", _proxy(giver="D")),
    ("C13", "not_ok", _proxy(written=False)),
    ("C13", "not_ok", _proxy(meetings=4, illness=False)),
    ("C13", "ok", _proxy(meetings=4, illness=True)),
    ("C13", "unknown", _proxy(meetings=4)),
    ("C13", "not_ok", _meeting(present=4, proxies=5)),
    ("C14", "ok", _vote(**{"for": 3, "against": 1, "abstentions": 0, "voters": 4, "ballot": "public"})),
    ("C14", "not_ok", _vote(**{"for": 3, "against": 1, "abstentions": 1, "voters": 4})),
    ("C14", "not_ok", _vote(**{"for": 8, "against": 7, "blank": 1, "voters": 16, "ballot": "show_of_hands"})),
    ("C14", "unknown", _vote(**{"for": 3, "against": 0, "abstentions": 0, "voters": 4, "ballot": "secret"})),
    ("C14", "ok", _election({"votes": {"A": 3, "B": 0}, "blank": 1, "null": 0})),
    ("C14", "ok", _election({"votes": {"A": 3, "B": 1}})),
    ("C14", "unknown", _election({"votes": {"A": 2, "B": 1}})),
    ("C14", "not_ok", _election({"votes": {"A": 3, "B": 2}})),
    ("C14", "not_ok", _election({"votes": {"A": 2, "B": 1}, "blank": 1, "null": 1})),
    ("C14", "unknown", _election({"votes": {"A": 3, "B": 2}}, {"votes": {"A": 3, "B": 1}})),
    ("C15", "ok", _vote(**{"for": 3, "against": 1, "declared": "adopted"})),
    (
        "C15",
        "not_ok",
        _vote(**{"for": 3, "against": 3, "ballot": "secret", "president_vote": "for", "declared": "adopted"}),
    ),
    ("C15", "unknown", _vote(**{"for": 3, "against": 3})),
    ("C16", "ok", _asked("public", public_requested_by=5)),
    ("C16", "not_ok", _asked("show_of_hands", public_requested_by=5)),
    ("C16", "ok", _asked("show_of_hands", public_requested_by=4, secret_requested_by=6)),
    ("C16", "not_ok", _asked("public", secret_requested_by=7)),
    ("C16", "unknown", _asked(secret_requested_by=7)),
    ("C16", "not_ok", _asked("secret", secret_requested_by=6)),
    ("C16", "unknown", _asked("secret", public_requested_by=4)),
    (
        "C16",
        "not_ok",
        {"item": {"kind": "appointment", "vote": {"ballot": "public"}, "appointment": {"unanimous_waiver": False}}},
    ),
    ("C17", "not_ok", _vote(ballot="public", names={})),
    ("C17", "not_ok", _vote(**{"ballot": "public", "for": 2, "names": {"A": "for"}})),
    ("C17", "ok", _vote(**{"ballot": "public", "for": 1, "names": {"A": "for"}})),
    (
        "C17",
        "not_ok",
        {
            **_meeting(present=["A"], proxies=[]),
            "item": {"vote": {"ballot": "public", "for": 1, "names": {"Z": "for"}}},
        },
    ),
    ("C18", "not_ok", _interest(conduct="voted")),
    ("C18", "ok", _interest(conduct="left")),
    ("C18", "ok", _interest(conduct="stayed")),
    ("C18", "not_ok", _interest("2025-12-23", conduct="stayed")),
    ("C18", "ok", _interest(office="member")),
    ("C18", "unknown", _interest()),
    ("C18", "unknown", _interest(like_name_only=True)),
    ("C18", "unknown", _interest(like_name_only=True, conduct="voted")),
    ("C18", "ok", _interest(like_name_only=True, conduct="left")),
    ("C19", "not_ok", _room(10, withdrawn=1)),
    ("C19", "ok", _room(11, withdrawn=1)),
    ("C20", "not_ok", {"item": {"kind": ["twinning", "subsidy"], "common_object": True, "objection": True}}),
    ("C20", "ok", {"item": {"kind": ["twinning", "subsidy"], "common_object": True, "objection": False}}),
    ("C20", "unknown", {"item": {"kind": ["twinning", "subsidy"]}}),
    ("C21", "not_ok", {"act": {"kind": "twinning", "annexes": []}}),
    ("C21", "ok", {"act": {"kind": "twinning", "annexes": ["text", "translation"]}}),
    ("C21", "unknown", {"act": {"kind": "twinning"}}),
    ("C22", "ok", _text(object="échanges", estimated_amount=0)),
    ("C22", "not_ok", _text(object="échanges", estimated_amount=False)),
    ("C22", "not_ok", {"text": {"kind": "oath", "contains": "money", "object": False}}),
    ("C22", "not_applicable", {"text": {"kind": "oath"}}),
    ("C22", "ok", {**_text(object="échanges", estimated_amount=1500), "act": {"estimated_amount": 1500}}),
    ("C22", "not_ok", {**_text(object="échanges", estimated_amount=0), "act": {"estimated_amount": 1500}}),
    ("C23", "ok", _partner()),
    ("C23", "not_ok", _partner(kind="ministry")),
    ("C23", "not_ok", _partner(country="AZ", recognised=False)),
    ("C23", "unknown", _partner(country="JP")),
    ("C24", "ok", _partner()),
    ("C24", "not_ok", _partner(country="UA")),
    ("C24", "not_ok", _partner(name="Chekher (Haut-Karabagh)", country="AZ")),
    ("C24", "unknown", _partner(country="JP")),
    ("C25", "ok", {"act": {"adopted_on": DAY, "takes_effect_on": "2026-10-01"}}),
    ("C25", "ok", {"act": {"adopted_on": DAY, "takes_effect_on": DAY}}),
    ("C25", "not_ok", {"act": {"adopted_on": DAY, "takes_effect_on": "2019-03-15"}}),
    ("C25", "not_ok", _signed("2026-09-16", takes_effect_on="2026-09-12")),
    ("C25", "unknown", {"act": {"takes_effect_on": "2019-03-15"}}),
    ("C25", "not_applicable", {"act": {"adopted_on": DAY, "outcome": "rejected", "takes_effect_on": "2019-03-15"}}),
    ("C25", "ok", _signed("2026-09-16")),
    ("C25", "not_ok", _signed("2026-09-15")),
    ("C25", "not_ok", _signed("2026-09-30", published_on=False)),
    ("C25", "unknown", _signed("2026-09-30", published_on=None)),
    ("C26", "ok", _signatory(capacity="mayor")),
    ("C26", "not_ok", _signatory(capacity="deputy", delegation_on=False)),
    ("C26", "not_ok", _signatory(capacity="deputy_mayor_of_merged_commune")),
    ("C26", "unknown", _signatory(capacity="deputy", delegation_on="2026-04-01")),
    ("C27", "ok", _text(signed_on="2026-09-20", transmitted_on="2026-09-20")),
    ("C27", "not_ok", _text(signed_on="2026-09-20", transmitted_on=False)),
    ("C27", "not_ok", _text(signed_on="2026-09-20", transmitted_on="2026-09-19")),
    ("C28", "ok", _text(languages=["fr", "de"], authentic_languages=["de", "fr"])),
    ("C28", "not_ok", _text(languages=["de"])),
    ("C28", "not_ok", _text(languages=["fr", "de"], authentic_languages=["de"])),
    ("C29", "ok", _versions()),
    ("C29", "not_ok", _versions(amounts=[101])),
    ("C29", "unknown", _text(languages=["fr", "de"])),
    ("C30", "ok", {"commune": {"website": False}, **_meeting(list_posted_on="2026-09-18")}),
    ("C30", "not_ok", {"commune": {"website": False}, **_meeting(list_posted_on="2026-09-19")}),
    (
        "C31",
        "ok",
        _meeting(minutes={"next_meeting_on": "2026-10-16", "adopted_on": "2026-10-16", "published_on": "2026-10-23"}),
    ),
    (
        "C31",
        "not_ok",
        _meeting(minutes={"next_meeting_on": "2026-10-16", "adopted_on": "2026-10-16", "published_on": "2026-10-24"}),
    ),
    ("C31", "not_ok", _meeting(minutes={"next_meeting_on": "2026-10-16", "adopted_on": "2026-12-04"})),
    ("C31", "not_ok", _meeting(minutes={"next_meeting_on": "2026-10-16", "adopted_on": "2026-10-15"})),
    ("C32", "not_ok", _published(3500, "posting", "posting")),
    ("C32", "ok", _published(3499, "posting", "posting")),
    ("C32", "not_ok", _published(3499, "posting", "none")),
    ("C32", "unknown", _published(3499, "posting")),
    (
        "C32",
        "not_ok",  # the choice came after the publication
        {
            "commune": {
                "population": 900,
                "publication_mode": "posting",
                "publication_mode_decided_on": "2026-09-20",
            },
            "act": {"adopted_on": "2026-09-10", "published_on": "2026-09-14", "publication_mode": "posting"},
        },
    ),
    ("C33", "ok", _online()),
    ("C33", "not_ok", _online(author_first_name=False)),
    ("C33", "not_ok", _online(format="html")),
    ("C33", "not_ok", _online(online_on="2026-09-14", removed_on="2026-11-13")),
    ("C34", "ok", {"act": {"transmitted_on": "2026-09-16", "published_on": "2026-09-14"}}),
    (
        "C34",
        "unknown",
        {"act": {"transmitted_on": "2026-01-12", "published_on": "2026-01-12", "prefect_request_on": "2026-02-10"}},
    ),
    (
        "C34",
        "unknown",
        {"act": {"transmitted_on": "2026-01-12", "published_on": "2026-01-12", "appeal": {"lodged_on": "2026-02-10"}}},
    ),
    ("C35", "ok", {"act": {"actes_code": "7.5", "actes_label": "Subventions"}}),
    ("C35", "not_ok", {"act": {"actes_code": "9.5"}}),
    ("C35", "not_ok", {"act": {"actes_code": "9.1", "actes_label": "Subventions"}}),
    ("C36", "not_ok", {"act": {"adopted_on": "2026-02-01", "visas": "article L. 2311-7 du CGCT"}}),
    ("C36", "ok", {"act": {"adopted_on": "2025-02-01", "visas": ["L2311-7", "L. 2121-29"]}}),
    ("C36", "unknown", {"act": {"adopted_on": "2026-02-01", "visas": ["L9999-1"]}}),
    ("C37", "not_ok", _signed(NO, certified_on="2026-09-15")),
    ("C37", "ok", _signed(NO, certified_on="2026-09-16")),
    ("C37", "not_ok", _signed(NO, certified_on="2026-09-16", outcome="rejected")),
    ("C27", "not_applicable", _signed("2026-09-20", outcome="rejected")),
    ("C38", "ok", _aid(distinct_deliberation=True)),
    ("C38", "not_ok", _aid(distinct_deliberation=True, awarded_on="2026-08-04", paid_on="2026-08-01")),
    ("C42", "ok", _aid(cash=22000, convention_signed_on="2026-05-05", paid_on="2026-05-06")),
    ("C42", "unknown", _aid(cash=22000, convention_signed_on="2026-05-05", paid_on="2026-05-04")),
    ("C38", "not_ok", _aid(distinct_deliberation=False, conditions_attached=True)),
    ("C38", "ok", _aid(distinct_deliberation=False, conditions_attached=False, listed_in_budget=True)),
    ("C39", "ok", {"association": {"siret": "732 829 320 00074"}}),
    ("C39", "not_ok", {"association": {"siret": "73282932000075"}}),
    ("C39", "not_ok", {"association": {"siret": False}}),
    ("C40", "ok", {"association": {"rna": "W593001234"}}),
    ("C40", "not_ok", {"association": {"rna": "W59300123"}}),
    ("C40", "not_ok", {"association": {"rna": "W671001234", "department": "67"}}),
    ("C41", "ok", _aid(cer_signed_on="2026-05-04")),
    ("C41", "not_ok", _aid(cer_signed_on="2026-05-05")),
    ("C41", "not_applicable", {"subsidy": {"awarded_on": "2021-05-04", "cer_signed_on": False}}),
    ("C42", "ok", _big(convention_signed_on="2026-05-06", paid_on="2026-05-06")),
    ("C42", "not_ok", _big(convention_signed_on="2026-05-06", paid_on="2026-05-05")),
    ("C42", "unknown", _aid(cash=20000)),
    ("C42", "not_applicable", _aid(aids=[{"kind": "cash", "amount": 20000}, {"kind": "in_kind", "amount": 3000}])),
    (
        "C43",
        "ok",
        {"commune": {"population": 3501}, **_big(convention_signed_on="2026-05-06", data_published_on="2026-08-06")},
    ),
    (
        "C43",
        "not_ok",
        {"commune": {"population": 3501}, **_big(convention_signed_on="2026-05-06", data_published_on="2026-08-07")},
    ),
    ("C43", "not_applicable", {"commune": {"population": 3500}, **_big(convention_signed_on="2026-05-06")}),
    ("C44", "ok", _aid(earmarked=True, report_received_on="2027-06-30")),
    ("C44", "not_ok", _aid(earmarked=True, report_received_on="2027-07-01")),
    ("C44", "not_ok", {"on": "2027-07-01", **_aid(earmarked=True, report_received_on=False)}),
    ("C45", "not_ok", _aid(previous=[{"year": 2024, "earmarked": True, "report_received_on": False}])),
    ("C45", "ok", _aid(previous=[{"year": 2025, "earmarked": True, "report_received_on": False}])),
    ("C46", "not_ok", _aid(redistributes=True, redistribution_clause=False)),
    ("C46", "ok", _aid(redistributes=False)),
    ("C47", "ok", _aid(action="puits de Sâ", period="2026", conditions_of_use="achat de pompes")),
    ("C47", "not_ok", _aid(action="puits de Sâ", period=False, conditions_of_use=True)),
    ("C47", "not_ok", _aid(abroad=True, general_support=True)),
    ("C48", "not_ok", {"act": {"wording": "Le conseil condamne l’agression."}}),
    ("C48", "ok", {"act": {"wording": "Le conseil approuve l’échange scolaire."}}),
    ("C49", "ok", _committee(changes={"what": "officers", "decided_on": "2026-01-31", "declared_on": "2026-04-30"})),
    (
        "C49",
        "not_ok",
        _committee(changes={"what": "officers", "decided_on": "2026-01-31", "declared_on": "2026-05-01"}),
    ),
    ("C49", "not_ok", _committee(changes={"what": "statutes", "decided_on": "2026-01-31", "declared_on": False})),
    ("C50", "not_ok", {"association": {"papers": {"kind": "statutes", "text": "Mme Untel, née le 3 mai 1960"}}}),
    ("C50", "ok", {"association": {"papers": {"kind": "statutes", "has_birth_dates": False}}}),
    ("C50", "ok", {"association": {"department": "68", "papers": {"kind": "officer_list", "has_birth_dates": True}}}),
    ("C51", "not_ok", _committee(resources=1000, municipal_subsidy=501)),
    ("C51", "ok", _committee(resources=1000, municipal_subsidy=500)),
    ("C51", "not_ok", _committee(board_size=10, ex_officio_members=5)),
    ("C51", "not_ok", _committee(last_general_meeting_on="2025-08-01")),
    ("C52", "not_ok", {"member_list": {"content": "names", "recipient": "commune"}}),
    ("C52", "ok", {"member_list": {"content": "totals", "recipient": "commune"}}),
    (
        "C53",
        "not_ok",
        {"kept_data": {"kind": "former_member", "since": "2026-01-01", "agreement": False, "deleted_on": False}},
    ),
    ("C53", "not_ok", {"kept_data": {"kind": "accounts", "since": "2016-12-31", "deleted_on": "2026-12-30"}}),
    ("C53", "ok", {"kept_data": {"kind": "accounts", "since": "2016-12-31", "deleted_on": "2026-12-31"}}),
    ("C54", "ok", {"mission": {"traveller": "elected", "mandate_voted_on": "2026-05-01", "departs_on": "2026-05-08"}}),
    (
        "C54",
        "not_ok",
        {"mission": {"traveller": "elected", "mandate_voted_on": "2026-05-09", "departs_on": "2026-05-08"}},
    ),
    ("C54", "not_applicable", {"mission": {"traveller": "employee"}}),
    ("C55", "not_ok", {"tour": {"services": 2, "nights": 1, "per_year": 4, "members_only": True, "sold": True}}),
    ("C55", "ok", {"tour": {"services": 2, "nights": 1, "per_year": 2, "members_only": True, "sold": True}}),
    ("C56", "ok", _minors("2026-05-10")),
    ("C56", "not_ok", _minors("2026-05-11")),
    ("C56", "not_applicable", _minors("2026-05-11", minors=6)),
    ("C57", "ok", _leaver()),
    ("C57", "not_ok", _leaver(exit_authorisation=False)),
    ("C57", "not_applicable", _leaver(age=18, exit_authorisation=False)),
    ("C58", "ok", _row(idAttribuant="35600000049837", notificationUE="non", pourcentageSubvention=1, montant="12.5")),
    ("C58", "not_ok", _row(idAttribuant="35600000049838")),
    ("C58", "not_ok", _row(notificationUE="faux")),
    ("C58", "ok", _row(pourcentageSubvention="0.01")),
]


@pytest.mark.parametrize(
    ("id_", "expected", "facts"), CASES, ids=[f"{one[0]} {one[1]} {i}" for i, one in enumerate(CASES)]
)
def test_a_check_answers_as_the_law_says(id_: str, expected: str, facts: dict[str, Any]) -> None:
    found = check(id_, **facts)
    assert (found["status"], found["sentence"]) == (expected, found["sentence"])


def test_every_check_is_tried_broken_and_kept() -> None:
    tried = {(id_, expected) for id_, expected, _ in CASES}
    informs = {"C09", "C34"}  # they only tell
    assert {id_ for id_ in check_rules() if (id_, "not_ok") not in tried} - informs == set()
    assert {id_ for id_ in check_rules() if not {(id_, "ok"), (id_, "not_applicable")} & tried} == set()


@pytest.mark.parametrize(
    ("id_", "facts"),
    [("C01", _local(6000, "2026-09-08")), ("C05", {**_local(6000, "2026-09-01"), "item": {"explanatory_note": False}})],
)
def test_what_is_disputed_only_warns(id_: str, facts: dict[str, Any]) -> None:
    found = check(id_, **facts)
    assert (found["status"], found["severity"], found["conflict"]) == ("not_ok", "warning", True)


def test_a_council_of_alsace_may_be_half_prevented_by_interest() -> None:
    facts = _room(11, 11, withdrawn=6)
    assert status("C11", **facts) == "not_ok"
    assert status("C11", **facts, commune={"alsace_moselle": True}) == "unknown"


def test_a_small_commune_without_a_site_is_told_of_its_epci() -> None:
    facts = _published(900, "posting", "posting")
    facts["commune"]["website"] = False
    assert "intercommunalité" in check("C32", **facts, on="2026-09-11")["sentence"]
    assert "intercommunalité" not in check("C32", **facts, on="2025-09-11")["sentence"]


def test_a_subsidy_tells_its_dates_and_what_may_be_verified() -> None:
    facts = _aid(cash=1500, in_kind=0, notified_on="2026-05-10")
    told = ask(**facts)["results"]["subsidies"][0]
    assert (told["payment_due_on"], told["audit_chamber_may_verify"]) == ("2026-07-09", False)
    assert ask(**_aid(cash=1501))["results"]["subsidies"][0]["audit_chamber_may_verify"] is True
    assert ask(**_aid(cash=1500))["results"]["subsidies"][0]["audit_chamber_may_verify"] is None


def test_a_missing_matter_is_proposed() -> None:
    assert "7.5 (Subventions)" in check("C35", act={"kind": "subsidy"})["sentence"]
    assert "à confirmer" in check("C35", act={"kind": "twinning"})["sentence"]


def test_a_proxy_half_told_represents_nobody_for_sure() -> None:
    facts = _proxy(holder=None)
    assert ask(**facts)["results"]["meeting"]["represented"] is None
    assert status("C13", **facts) == "unknown"


def test_a_list_put_online_is_judged_even_if_the_site_is_not_told() -> None:
    assert status("C30", **_meeting(list_posted_on="2026-09-15", list_online_on="2026-09-19")) == "not_ok"


def test_a_new_item_at_a_second_convocation_wants_its_quorum() -> None:
    facts = {
        "council": {"in_office": 19},
        **_second(convocation={"agenda": ["A", "B"]}, date="2026-09-04"),
    }
    facts["meeting"]["present"] = 3
    assert "Il l’est pour «\N{NO-BREAK SPACE}B" in check("C10", **facts)["sentence"]
    at_item = check("C11", **facts)
    assert (at_item["status"], at_item["severity"]) == ("not_ok", "blocking")
    assert "3 présents pour un quorum de 10" in at_item["sentence"].replace("\u00a0", " ")


def test_the_local_delay_in_an_emergency_is_not_told_in_clear_days() -> None:
    told = ask(**_local(900, "2026-09-10"))["results"]["convocation"]
    assert (told["required_clear_days_if_urgent"], told["required_days_if_urgent"]) == (None, 1)
    told = ask(**_called(900, "2026-09-10"))["results"]["convocation"]
    assert (told["required_clear_days_if_urgent"], told["required_days_if_urgent"]) == (1, 1)


def test_a_convocation_of_the_day_itself_is_told_in_words() -> None:
    sentence = check("C01", **_called(900, DAY))["sentence"]
    assert "elle est partie le jour même de la séance. Il fallait l’envoyer le lundi 7 septembre 2026" in sentence
    assert "-1" not in sentence


def test_what_an_interested_councillor_did_is_told_in_one_sentence() -> None:
    told = check("C18", **_interest(conduct=["debated", "voted"]))["sentence"]
    assert told.startswith("A a un intérêt à l’affaire et n’aurait pas dû débattre ni voter. ")


def test_what_was_rejected_has_no_day_on_which_it_may_be_executed_or_signed() -> None:
    results = ask(**_signed("2026-09-20", outcome="rejected"))["results"]

    assert results["acts"][0]["enforceable_on"] is None
    assert results["acts"][0]["may_sign_from"] is None
    assert results["texts"][0]["may_sign_from"] is None
    assert results["acts"][0]["third_party_last_day"] == "2026-11-16"


def test_the_elder_is_found_by_birth_though_another_told_only_an_age() -> None:
    candidates = [
        {"name": "A", "born_on": "1970-02-28"},
        {"name": "B", "born_on": "1970-03-01"},
        {"name": "C", "age": 30},
    ]
    level = {"votes": {"A": 10, "B": 10}, "cast": 20}
    rounds = [{"votes": {"A": 10, "B": 9, "C": 11}, "cast": 21}, level, level]
    told = {"seats": 2, "candidates": candidates, "rounds": rounds}

    answer = ask(meeting={"date": "2026-10-05"}, item={"appointment": told})

    assert answer["results"]["items"][0]["elected"] == ["C", "A"]


def test_twins_who_are_level_are_not_asked_again_for_their_birth() -> None:
    twins = [{"name": "A", "born_on": "1960-01-01"}, {"name": "B", "born_on": "1960-01-01"}]
    told = {"seats": 1, "candidates": twins, "rounds": [{"votes": {"A": 9, "B": 9}}] * 3}

    found = check("C15", meeting={"date": "2026-10-05"}, item={"appointment": told})

    assert found["status"] == "unknown"
    assert "nés le même jour" in found["sentence"]


def test_only_the_fact_that_is_missing_is_asked_for() -> None:
    vote = {"for": 10, "against": 1, "abstentions": 0, "blank": 1, "ballot": "secret"}
    told = check("C14", **_meeting(present=12), item={"vote": vote})
    assert told["missing"] == ["items[0].vote.voters", "meeting.proxies"]
    assert "ou les procurations" in told["sentence"]


@pytest.mark.parametrize(("name", "others"), [("VOTE_POUR", 4), ("BUDGET_NOM", 1)])
def test_columns_that_go_together_are_asked_for_where_one_is_given_alone(name: str, others: int) -> None:
    told = {
        "COLL_NOM": "Sailly-lez-Lannoy",
        "COLL_SIRET": "73282932000074",
        "DELIB_ID": "2026-1",
        "DELIB_DATE": "2026-09-18",
        "DELIB_MATIERE_CODE": "9.1",
        "DELIB_MATIERE_NOM": "Autres domaines de competences/Autres domaines de competences des communes",
        "DELIB_OBJET": "Jumelage",
    }
    whole = check("C58", export={"schema": "deliberations", "rows": [told]})
    alone = check("C58", export={"schema": "deliberations", "rows": [told | {name: "3"}]})
    assert len(alone["missing"]) == len(whole["missing"]) + others
    assert alone["status"] == "unknown"


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ({"act": {"adopted_on": DAY, "takes_effect_on": "2019-03-15"}}, "prendre effet le vendredi 15 mars 2019"),
        (
            {**_text(object="échanges", estimated_amount=0), "act": {"estimated_amount": 1500}},
            "La délibération dit 1 500 €, le texte annexé 0 €",
        ),
    ],
)
def test_what_an_act_says_otherwise_than_its_text_or_its_vote_only_warns(case: dict[str, Any], words: str) -> None:
    answer = ask(**case)
    told = next(one for one in answer["checks"] if words in one["sentence"].replace("\u202f", " ").replace("\xa0", " "))
    assert (told["status"], told["severity"]) == ("not_ok", "warning")
    assert answer["summary"]["blocking"] == []


def test_a_tie_is_told_by_what_the_president_voted() -> None:
    vote = {"ballot": "show_of_hands", "votes_for": 6, "votes_against": 6}
    told = {
        voice: check("C15", items=[{"title": "Beta", "vote": {**vote, "president_vote": voice}}])["sentence"]
        for voice in ("for", "against", "abstained")
    }
    assert "adoptée (partage des voix, celle du président est prépondérante)" in told["for"]
    assert "rejetée (partage des voix, celle du président, qui a voté contre, est prépondérante)" in told["against"]
    assert "rejetée (partage des voix que celle du président ne départage pas)" in told["abstained"]
