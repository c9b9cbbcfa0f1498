"""Every record of a real document is carried into the format: nothing lost, nothing made up."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from app.texts import interchange
from app.texts.document import Layout, Numbering
from tests.texts.carrying import carry, leaves, records

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.texts.document import Document

RECORDS = records()
PRECISIONS = {"day", "month", "year", "range"}
OWN = {  # words of the format, not facts
    "traitdunion/convention", "1", "charter", "oath", "town_committee", "deed", "deliberation", "renewal", "insee",
    "association", "other", "translated", "abbreviation", "fr", "suspension", "paragraph", "title_article", "none",
    "sequential", "undated", "unknown", "True", "False", "council_decision", "council_mandate", "board_mandate",
    "earlier_protocol", "original", "amendment", "unanimous", "family_first", "return", "town hall",
    "district", "region", "state", "nation", "admin", "",
}  # fmt: skip


def read(record: dict[str, Any]) -> Document:
    return interchange.read(json.dumps(carry(record)).encode())


@pytest.fixture(params=RECORDS, ids=[record["id"] for record in RECORDS])
def record(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = request.param
    return found


def test_nothing_is_lost(record: dict[str, Any]) -> None:
    kept = leaves(interchange.plain(read(record)))
    joined = "\n".join(kept)
    for fact in leaves(record):
        assert fact in kept or fact in joined or fact in PRECISIONS, fact


def test_nothing_is_made_up(record: dict[str, Any]) -> None:
    said = "\n".join(leaves(record))
    for fact in leaves(interchange.plain(read(record))):
        known = fact in said or fact in OWN or fact.startswith(("partie-", "lien-", "ville-", "acte-"))
        spelt = fact.replace("’", "'") in said or fact in said.replace("-", " ")
        dated = fact == "Nesmy / Burggen, le 10 septembre 1993" or "/" in fact
        assert known or spelt or dated, fact


def test_it_is_equal_to_the_byte_after_a_round_trip(record: dict[str, Any]) -> None:
    written = interchange.write(read(record))
    assert interchange.write(interchange.read(written)) == written


def test_dates_keep_their_precision(record: dict[str, Any]) -> None:
    dates = {leaf for leaf in leaves(interchange.plain(read(record))) if leaf[:4].isdigit() and leaf[4:5] in {"-", ""}}
    given = {raw for raw in leaves(record["dates"]) if raw[:4].isdigit()}
    assert all(any(raw in date for date in dates) for raw in given)


def by_id(name: str) -> Document:
    return read(next(record for record in RECORDS if record["id"] == name))


NEEDS: list[tuple[str, str, Callable[[Document], object]]] = [
    ("doc-fleurieu-lichtenwald", "one charter, two identical ceremonies", lambda d: d.signings[1].identical),
    ("doc-fleurieu-lichtenwald", "paragraphs numbered with §", lambda d: d.numbering is Numbering.PARAGRAPH),
    (
        "doc-fleurieu-lichtenwald",
        "district of the foreign town",
        lambda d: d.parties[1].divisions[0].name == "Esslingen",
    ),
    ("doc-fleurieu-lichtenwald", "district shown after its name", lambda d: d.parties[1].show_division),
    ("doc-fleurieu-lichtenwald", "country in full", lambda d: d.parties[1].country_in_full),
    ("doc-les-marches-convention", "committee of any name", lambda d: d.parties[1].name == "Jumelage en Marches"),
    ("doc-les-marches-convention", "mandate to the month", lambda d: d.signatories[0].mandate.since.date == "2001-03"),
    (
        "doc-les-marches-convention",
        "mandate older than the decision",
        lambda d: d.signatories[0].mandate.since.date < d.about[0].acts[0].date.date,
    ),
    ("doc-les-marches-convention", "undated signature", lambda d: d.signings[0].date.state == "undated"),
    ("doc-les-marches-convention", "seat at the town hall", lambda d: d.parties[1].seat.at == "town hall"),
    ("doc-les-marches-convention", "former commune", lambda d: d.parties[0].codes[0].current_name == "Porte-de-Savoie"),
    ("doc-pont-douilly-convention", "two twinnings", lambda d: len(d.about) == 2),
    ("doc-pont-douilly-convention", "two signatures each", lambda d: [len(one.signings) for one in d.about] == [2, 2]),
    ("doc-pont-douilly-convention", "decision after the charter", lambda d: len(d.notes.conflicts) == 2),
    (
        "doc-pont-douilly-convention",
        "same decision date twice",
        lambda d: d.about[0].acts[0].date == d.about[1].acts[0].date,
    ),
    ("doc-pont-douilly-convention", "amended", lambda d: any(act.kind == "amendment" for act in d.acts)),
    ("doc-pont-douilly-convention", "both apostrophes", lambda d: d.parties[0].names[0].text == "Pont-d’Ouilly"),
    ("doc-pont-douilly-convention", "numbering not known", lambda d: d.numbering is None),
    ("doc-nesmy-burggen", "one decision a town", lambda d: [act.by for act in d.acts] == ["partie-1", "partie-2"]),
    ("doc-nesmy-burggen", "unanimous", lambda d: all(act.unanimous for act in d.acts)),
    ("doc-nesmy-burggen", "two places on one line", lambda d: len(d.signings[0].places) == 2 and d.signings[0].wording),
    (
        "doc-nesmy-burggen",
        "title in partner language",
        lambda d: d.signatories[1].role_as_written == "Le Bürgermeister",
    ),
    ("doc-nesmy-burggen", "no articles", lambda d: d.numbering is Numbering.NONE and not d.articles),
    ("doc-venerque-hodosa", "partner first", lambda d: d.signatories[0].parties == ["partie-2"]),
    ("doc-venerque-hodosa", "family name first", lambda d: d.signatories[0].name == "ORBÁN Sándor"),
    (
        "doc-venerque-hodosa",
        "cedilla and comma",
        lambda d: {d.parties[1].name, d.parties[1].names[0].text} == {"Hodoşa", "Hodoșa"},
    ),
    ("doc-venerque-hodosa", "separate agreement", lambda d: d.related[0].kind == "accord_de_jumelage"),
    ("doc-venerque-hodosa", "accent misplaced", lambda d: "accent" in d.signatories[1].note),
    ("doc-gerbrunn-four-communes", "five parties", lambda d: len(d.parties) == 5),
    ("doc-gerbrunn-four-communes", "one after the other", lambda d: d.layout is Layout.SEQUENTIAL),
    (
        "doc-gerbrunn-four-communes",
        "without hyphens",
        lambda d: "Cambes en Plaine" in [n.text for p in d.parties for n in p.names],
    ),
    (
        "doc-gerbrunn-four-communes",
        "unnamed for all",
        lambda d: d.signatories[0].many and len(d.signatories[0].parties) == 5,
    ),
    ("doc-antibes-nola-deliberation", "earlier protocol", lambda d: d.acts[1].date.date == "1994-04-16"),
    ("doc-antibes-nola-deliberation", "suspension", lambda d: d.same_session[0].kind == "suspension"),
    ("doc-antibes-nola-deliberation", "vote", lambda d: d.acts[0].vote.as_written == "unanimité"),
    (
        "doc-montlhery-stetten-renewal",
        "first signatories stay",
        lambda d: {act for one in d.signatories for act in one.acts} == {"acte-1982", "acte-2022"},
    ),
    (
        "doc-montlhery-stetten-renewal",
        "return ceremony",
        lambda d: d.signings[0].order == "return" and d.signings[0].date is None,
    ),
    ("doc-montlhery-stetten-renewal", "abbreviated name", lambda d: d.parties[1].names[0].text == "Stetten a. k. M."),
]


@pytest.mark.parametrize(("name", "need", "holds"), NEEDS, ids=[f"{name}: {need}" for name, need, _ in NEEDS])
def test_each_need_has_its_place(name: str, need: str, holds: Callable[[Document], object]) -> None:
    assert holds(by_id(name)), need
