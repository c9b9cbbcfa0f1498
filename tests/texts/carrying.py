"""Carries the records of real documents into the interchange format: each fact to its place, none made up."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent.parent / "data" / "documents" / "twinning_documents.json"
KINDS = {
    "charte_de_jumelage": "charter",
    "serment_de_jumelage": "oath",
    "convention_ville_comite": "town_committee",
    "urkunde_acte_officiel": "deed",
    "deliberation": "deliberation",
    "renouvellement": "renewal",
}
NUMBERINGS = {"§ n": "paragraph", "Titre > Article": "title_article", "none": "none"}
DIVISIONS = ("district", "region", "state", "nation", "admin")
Record = dict[str, Any]


def records() -> list[Record]:
    """The records as they were taken from public pages."""
    found: list[Record] = json.loads(FILE.read_text("utf-8"))
    return found


def carry(record: Record) -> Record:
    """One record as a document of the format, before it is read by it."""
    made: Record = {
        "format": "traitdunion/convention",
        "version": 1,
        "id": record["id"],
        "kind": KINDS[record["kind"]],
        "kind_as_written": record["kind"],
        "languages": record["languages"],
        "parties": [_party(party, f"partie-{number}") for number, party in enumerate(record["parties"], 1)],
        "about": [{"id": f"lien-{n}", "towns": [_party(town, f"ville-{n}")]} for n, town in _from_one(record, "about")],
        "acts": [],
        "signings": [],
        "structure": record["structure"],
        "clauses": [{"summary": clause} for clause in record["clauses"]],
        "related": [{"kind": one["kind"], "note": one["note"], "seen": False} for one in record.get("related", ())],
        "same_session": [_subject(one) for one in record.get("same_session", ())],
        "notes": {"needs": record["needs"], "gaps": record["gaps"]},
        "source": {"text": record["source"]},
    }
    if "numbering" in record:
        made |= {"numbering": NUMBERINGS[record["numbering"]], "numbering_as_written": record["numbering"]}
    made["signatories"] = [_signatory(one, made["parties"]) for one in record["signatories"]]
    for name, value in record["dates"].items():
        _DATES[name](made, value)
    if "vote" in record:
        made["acts"][0]["vote"] = {"result": "unanimous", "as_written": record["vote"]["result"]}
        made["acts"][0]["unanimous"] = True
    for need in record["needs"]:
        if need in _SAID:
            _SAID[need](made)
    return made


def _from_one(record: Record, name: str) -> list[tuple[int, Any]]:
    return list(enumerate(record.get(name, ()), 1))


def _party(raw: Record, name: str) -> Record:
    made: Record = {"id": name, "name": raw["name"], "country": raw["country"]}
    made["divisions"] = [{"kind": kind, "name": raw[kind]} for kind in DIVISIONS if kind in raw]
    if "code_insee" in raw:
        code = {"system": "insee", "value": raw["code_insee"], "kind": raw.get("code_type", "")}
        made["codes"] = [code | {"current": raw.get("code_insee_current", "")}]
    forms = (("alt", "other", None), ("fr", "translated", "fr"), ("short", "abbreviation", None))
    made["names"] = [
        {"text": raw[key], "kind": kind} | ({"language": language} if language else {})
        for key, kind, language in forms
        if key in raw
    ]
    if "type" in raw:
        made |= {"body": "association", "body_as_written": raw["type"]}
    return made | ({"role": raw["role"]} if "role" in raw else {})


def _signatory(raw: Record, parties: list[Record]) -> Record:
    meant = raw["for"]
    exact = [party["id"] for party in parties if party["name"] == meant]
    begun = [party["id"] for party in parties if party["name"].casefold().startswith(meant.casefold())]
    everybody = [party["id"] for party in parties] if meant == "all five" else []
    made: Record = {"role": raw["role"], "parties": exact or begun[:1] or everybody}
    made |= {key: raw[key] for key in ("name", "initials", "note") if raw.get(key)}
    if not exact:
        made["for_as_written"] = meant
    if everybody:
        made["many"] = True
    if raw["role"].startswith("Le "):
        made["role_as_written"] = raw["role"]
    if "act" in raw:
        made["acts"] = [f"acte-{raw['act']}"]
    return made


def _subject(raw: Record) -> Record:
    return {"subject": raw["subject"], "outcome": raw["outcome"], "kind": "suspension"}


def _when(raw: Record) -> Record:
    date = raw["date"]
    return {"date": f"{date}/{raw['date_end']}" if "date_end" in raw else date}


def _spots(raw: Record) -> list[Record]:
    return [{"name": name} for name in ([raw["place"]] if "place" in raw else raw.get("places", []))]


def _signing(raw: Record) -> Record:
    return {"places": _spots(raw), "date": _when(raw)}


def _signature(made: Record, raw: Record | None) -> None:
    made["signings"].append({"date": {"state": "undated"}} if raw is None else _signing(raw))


def _signatures(made: Record, raw: list[Record]) -> None:
    made["signings"].extend(_signing(one) for one in raw)


def _mandate(place: int) -> Any:
    def kept(made: Record, raw: Record | None) -> None:
        since = {"state": "unknown"} if raw is None else _when(raw)
        made["signatories"][place]["mandate"] = {"since": since}

    return kept


def _act(kind: str, party: int | None = None) -> Any:
    def kept(made: Record, raw: Record) -> None:
        act = {"kind": kind, "date": _when(raw)}
        if party is not None:
            act["by"] = made["parties"][party]["id"]
        if kind in {"original", "renewal"}:
            act["id"] = f"acte-{raw['date']}"
        made["acts"].append(act)

    return kept


def _twinning_decision(made: Record, raw: Record) -> None:
    made["about"][0]["acts"] = [{"kind": "council_decision", "by": made["parties"][0]["id"], "date": _when(raw)}]


def _decisions(made: Record, raw: list[Record]) -> None:
    ids = {party["name"]: party["id"] for party in made["parties"]}
    for one in raw:
        made["acts"].append({"kind": "council_decision", "by": ids[one["by"]], "date": _when(one)})


def _twinnings(made: Record, raw: list[Record]) -> None:
    for one in raw:
        relation = next(rel for rel in made["about"] if rel["towns"][0]["name"] == one["with"])
        relation["acts"] = [{"kind": "council_decision", "date": {"date": one["council_decision"]}}]
        relation["signings"] = [_signing(signing) for signing in one["charter_signatures"]]


_DATES: dict[str, Any] = {
    "signature": _signature,
    "signatures": _signatures,
    "mandate_of_mayor": _mandate(0),
    "mandate_of_president": _mandate(1),
    "council_decision_twinning": _twinning_decision,
    "council_mandate": _act("council_mandate", 0),
    "board_mandate": _act("board_mandate", 1),
    "twinnings": _twinnings,
    "council_decisions": _decisions,
    "council_decision": _act("council_decision", 0),
    "earlier_protocol": _act("earlier_protocol"),
    "original": _act("original"),
    "renewal": _act("renewal"),
}


def _conflict(made: Record, statement: str) -> None:
    made["notes"].setdefault("conflicts", []).append({"statement": statement})


def _unanimous(made: Record) -> None:
    for act in made["acts"]:
        act["unanimous"] = True


_LATE = "council decision six years AFTER the charter (data to accept with a warning, not refuse)"
_COPIED = "same decision date copied for both twinnings (likely clerical error in the source)"
_SAID: dict[str, Any] = {
    "one charter, two identical ceremonies, one in each town": lambda made: made["signings"][1].update(identical=True),
    "district of the foreign town shown after its name": lambda made: made["parties"][1].update(show_division=True),
    "country written in full official form": lambda made: made["parties"][1].update(country_in_full=True),
    "seat of the association at the town hall": lambda made: made["parties"][1].update(seat={"at": "town hall"}),
    "former commune: now part of Porte-de-Savoie": lambda made: made["parties"][0]["codes"][0].update(
        current_name="Porte-de-Savoie"
    ),
    _LATE: lambda made: _conflict(made, _LATE),
    _COPIED: lambda made: _conflict(made, _COPIED),
    "convention amended after its first signature (2016 dates in a 2012 mandate)": lambda made: made["acts"].append(
        {"kind": "amendment", "note": "convention amended after its first signature (2016 dates in a 2012 mandate)"}
    ),
    "apostrophe in the commune name, typographic and straight": lambda made: made["parties"][0]["names"].append(
        {"text": made["parties"][0]["name"].replace("'", "’"), "kind": "other"}
    ),
    "unanimous decisions": _unanimous,
    '"Place A / Place B, le date" on one line': lambda made: made["signings"][0].update(
        wording={"fr": "Nesmy / Burggen, le 10 septembre 1993"}
    ),
    "two languages one after the other in one document": lambda made: made.update(layout="sequential"),
    "names without hyphens in the source": lambda made: [
        party["names"].append({"text": party["name"].replace("-", " "), "kind": "other"})
        for party in made["parties"]
        if "-" in party["name"]
    ],
    "family name first and in capitals for one signatory": lambda made: made["signatories"][0].update(
        name_order="family_first"
    ),
    "return ceremony the next year": lambda made: made["signings"].append(
        {"order": "return", "act": "acte-2022", "note": "return ceremony the next year"}
    ),
    "earlier protocol of agreement never made official": lambda _made: None,
}


def leaves(value: Any) -> list[str]:
    """Every value of a record or document, as text in one Unicode form."""
    if isinstance(value, dict):
        return [leaf for inner in value.values() for leaf in leaves(inner)]
    if isinstance(value, list):
        return [leaf for inner in value for leaf in leaves(inner)]
    return [] if value is None else [unicodedata.normalize("NFC", str(value))]
