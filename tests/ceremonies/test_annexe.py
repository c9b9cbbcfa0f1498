"""Nothing that is stored of a ceremony is missing from the team's print, and nothing is printed as what it is not."""

from __future__ import annotations

import html
import io
import itertools
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from app.ceremonies import facts, interchange, services
from app.ceremonies.documents import programme_page, programme_pdf
from app.shared import clock
from app.shared.actor import Actor
from tests.ceremonies.whole import WHOLE
from tests.factories.ceremonies import make_ceremony

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from app.ceremonies.models import Ceremony


def _imported(session: Session, plain: dict[str, Any]) -> Ceremony:
    document = {"format": interchange.FORMAT, "version": 1, "ceremonies": [plain]}
    [told] = interchange.read(json.dumps(document).encode())
    done = services.import_ceremonies(
        session, [told], services.ImportOptions(), by=Actor(None, "essai"), at=clock.now()
    )
    return done[0].ceremony


def _words(ceremony: Ceremony, *, for_guests: bool = False) -> str:
    page = programme_page(ceremony, (), for_guests=for_guests).html
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def _marked(value: Any, schema: dict[str, Any], marks: Iterator[int], name: str = "") -> Any:
    """The same value with a word of its own in each text that people write; identifiers stay."""
    if isinstance(value, list):
        return [_marked(one, facts.inner_of(schema), marks, name) for one in value]
    if isinstance(value, dict):
        known = facts.properties_of(schema, value)
        return {
            key: one
            if facts.is_internal(key, (known or {}).get(key, {}))
            else _marked(one, (known or {}).get(key, {"$ref": "#/$defs/text"}), marks, key)
            for key, one in value.items()
        }
    is_text = any(
        option.get("type") == "string" and not {"pattern", "format", "enum"} & set(option)
        for option in facts.options_of(schema)
    )
    kept = name.endswith("timezone") or schema.get("$ref") == "#/$defs/ref" or name in {"url", "start", "end", "number"}
    return f"zq{next(marks):03}z" if isinstance(value, str) and is_text and not kept else value


def test_every_text_of_the_format_is_somewhere_in_the_exported_print(session: Session) -> None:
    marks = itertools.count(1)
    item = _marked(WHOLE["items"][0], interchange.definition("item"), marks)
    own = {name: value for name, value in WHOLE.items() if name != "items"}
    plain = {**_marked(own, interchange.definition("ceremony"), marks), "items": [item, *WHOLE["items"][1:]]}
    ceremony = _imported(session, plain)
    pages = PdfReader(io.BytesIO(programme_pdf(ceremony))).pages
    printed = re.sub(r"\s|\xad", "", "".join(page.extract_text() for page in pages))
    wanted = re.findall(r"zq\d+z", json.dumps(plain))
    assert len(wanted) > 200
    assert [mark for mark in wanted if mark not in printed] == []


def test_what_is_printed_for_the_guests_has_no_annexe(session: Session) -> None:
    ceremony = make_ceremony(session, details={"gaps": ["le lieu du dîner"]}, items=[{"details": {"seating": []}}])
    assert "le lieu du dîner" in _words(ceremony)
    assert "le lieu du dîner" not in _words(ceremony, for_guests=True)


def test_a_programme_that_says_all_has_no_annexe(session: Session) -> None:
    ceremony = make_ceremony(session, items=[{"details": {"place": "mairie"}}])
    assert "Ce que le programme ne dit pas" not in _words(ceremony)


def test_somebody_who_stays_away_is_never_printed_as_present(session: Session) -> None:
    speaker = {"name": "Ilona Fictive", "absent": True, "represented_by": "son adjoint", "language": "hu"}
    party = {"name": "Misto Fiktyvne", "absent": True, "note": "retenue par la tempête"}
    ceremony = make_ceremony(session, details={"guests": [party]}, items=[{"details": {"speakers": [speaker]}}])
    told = _words(ceremony, for_guests=True)
    assert "Ilona Fictive (hongrois) — absence excusée ou constatée, représenté par son adjoint" in told
    assert "Misto Fiktyvne absence excusée ou constatée" in told
    assert "Invités" not in told
    assert "retenue par la tempête" in told


def test_a_number_known_roughly_is_printed_as_rough(session: Session) -> None:
    delegation = {"size": 38, "approximate": True}
    ceremony = make_ceremony(session, details={"guests": [{"name": "Misto Fiktyvne", "delegation": delegation}]})
    assert "environ 38 personnes" in _words(ceremony)


def test_a_contradiction_of_the_whole_is_printed(session: Session) -> None:
    ceremony = make_ceremony(session, details={"conflicts": ["L’affiche dit le 28, le site le 29."]})
    assert "La source se contredit : L’affiche dit le 28" in _words(ceremony, for_guests=True)


def test_a_weekend_without_a_day_is_printed_as_the_source_says_it(session: Session) -> None:
    ceremony = make_ceremony(session, when="2027-09", details={"weekday": "troisième week-end"}, items=[{"day": 1}])
    assert "septembre 2027 (troisième week-end)" in _words(ceremony, for_guests=True)


def test_flags_are_printed_in_their_places(session: Session) -> None:
    flags = [{"entity": "Pays basque", "position": 2}, {"entity": "Sans place"}, {"country": "ES", "position": 1}]
    told = _words(make_ceremony(session, items=[{"details": {"flags": flags}}]))
    assert "Espagne, Pays basque, Sans place" in told


@pytest.mark.parametrize(
    ("details", "said"),
    [
        ({"places": ["port"], "stops": ["port", "église", "mairie"]}, "port → église → mairie"),
        (
            {"performers": [{"name": "Chœur", "size": 30, "works": [{"title": "Marche", "author": "Berlioz"}]}]},
            "Marche, Berlioz",
        ),
        ({"performers": [{"name": "Chœur", "size": 30}]}, "Chœur, 30 personnes"),
        ({"anthems": [{"title": "Chant", "performer": "chœur"}]}, "Chant (chœur)"),
        (
            {"speakers": [{"name": "A. B.", "interpreted": True, "minutes": 5}]},
            "A. B. (5 min, interprétation consécutive)",
        ),
        ({"speakers": [{"name": "A. B.", "text": "lecture d’un message"}]}, "A. B. (lecture d’un message)"),
        ({"gifts": [{"what": "un vase"}]}, "Cadeaux : un vase"),
        ({"as_printed": "12 h pile"}, "Comme imprimé : 12 h pile"),
    ],
)
def test_what_a_moment_holds_is_printed(session: Session, details: dict[str, Any], said: str) -> None:
    assert said in _words(make_ceremony(session, items=[{"details": details}]))
