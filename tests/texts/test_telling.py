"""The facts of a document in words: every field has its label, and none is left out."""

from __future__ import annotations

import itertools
import json
from typing import Any, get_args, get_origin

import msgspec
import pytest
from msgspec import Struct

from app.texts import formats, interchange, labels, telling
from app.texts.document import Article, Document, Kind, Model, Party, TextValue
from app.texts.faults import allowed
from app.texts.unsaid import unsaid
from app.texts.walk import bare, hints, is_union, role_of

PLAIN = {"day": "2001-02-03", "language": "it", "country": "IT", "currency": "PLN", "amount": "77.50", "hour": "09:30"}
KEPT_BY_THE_PROGRAM = {"model", "articles", "fields", "format", "version", "id"}


def structures(hint: Any, seen: set[type[Struct]]) -> set[type[Struct]]:
    """Every structure of the format."""
    kind = bare(hint)
    if isinstance(kind, type) and issubclass(kind, Struct):
        if kind not in seen:
            seen.add(kind)
            for name, inner in hints(kind).items():
                if not name.startswith("__"):
                    structures(inner, seen)
        return seen
    for inner in get_args(kind):
        if not isinstance(inner, str | int):
            structures(inner, seen)
    return seen


def words_of(hint: Any) -> list[str]:
    kind = bare(hint)
    found = allowed(kind)
    return found + [word for inner in get_args(kind) if not isinstance(inner, str | int) for word in words_of(inner)]


FIELDS = [
    (kind.__name__, name, hint)
    for kind in sorted(structures(Document, set()), key=lambda kind: kind.__name__)
    for name, hint in hints(kind).items()
    if not name.startswith("__")
]


@pytest.mark.parametrize("language", sorted(labels.languages()))
def test_every_field_and_every_word_of_a_list_has_a_label(language: str) -> None:
    for owner, name, hint in FIELDS:
        assert labels.field(owner, name, language), (owner, name)
        for word in words_of(hint):
            said = labels.value(owner, name, word, language)
            assert said, (owner, name, word)
            assert "_" not in said, said


def test_every_language_that_texts_are_written_in_has_every_label() -> None:
    spoken = {file.stem for file in (labels.FILE.parent / "wording" / "common").glob("*.toml")}
    assert len(spoken) == 8
    for table in labels.tables().values():
        for key, said in table.items():
            assert set(said) == spoken, key
            assert all(text.strip() for text in said.values()), key


def test_no_label_names_what_the_format_does_not_know() -> None:
    known = {name for _owner, name, _hint in FIELDS} | {f"{owner}.{name}" for owner, name, _hint in FIELDS}
    assert set(labels.tables()["fields"]) <= known


class Filler:
    """Fills every field of a structure with something of its own."""

    def __init__(self) -> None:
        self.markers: list[str] = []
        self._numbers = itertools.count(101)

    def fill(self, hint: Any, owner: str, name: str) -> Any:
        kind = bare(hint)
        if is_union(kind):
            return self.fill(get_args(kind)[0], owner, name)
        if isinstance(kind, type) and issubclass(kind, Struct):
            fields = {one: inner for one, inner in hints(kind).items() if not one.startswith("__")}
            return kind(**{one: self.fill(inner, kind.__name__, one) for one, inner in fields.items()})
        if get_origin(kind) is list:
            return [self.fill(get_args(kind)[0], owner, name)]
        if get_origin(kind) is dict:
            return {
                "it" if role_of(get_args(kind)[0]) == "language" else "ref": self.fill(get_args(kind)[1], owner, name)
            }
        return self.plain(hint, kind, name)

    def plain(self, hint: Any, kind: Any, name: str) -> Any:  # noqa: PLR0911  # one line a sort of value
        if choice := allowed(kind):
            return kind(choice[0]) if isinstance(kind, type) else choice[-1]
        if kind is bool:
            return True
        if kind is int:
            return next(self._numbers)
        role = role_of(hint)
        if role in PLAIN:
            return PLAIN[role]
        if role == "slug":
            return f"id-{next(self._numbers)}" if name == "id" else "ref"
        if name == "on":
            return "2002-03-04"
        marker = f"mot{next(self._numbers)}"
        self.markers.append(marker)
        return marker


def filled() -> tuple[Document, list[str]]:
    """A document that says something in every field, and the words that it says."""
    filler = Filler()
    made = {
        name: filler.fill(hint, "Document", name)
        for name, hint in hints(Document).items()
        if not name.startswith("__") and name not in KEPT_BY_THE_PROGRAM
    }
    made["parties"].append(Party(id="ref", name="Sailly"))
    return Document(format="traitdunion/convention", version=1, id="plein", **made), filler.markers


def told(document: Document, language: str = "fr") -> str:
    return "\n".join(
        f"{section.title}\n{fact.line(' : ')}"
        for section in telling.sections(document, language)
        for fact in section.facts
    )


@pytest.mark.parametrize("language", sorted(labels.languages()))
def test_nothing_that_a_document_can_say_is_left_out(language: str) -> None:
    document, markers = filled()
    text = told(document, language)
    assert [marker for marker in markers if marker not in text] == []


def test_what_is_filled_everywhere_is_equal_to_the_byte_after_a_round_trip() -> None:
    document = msgspec.structs.replace(filled()[0], id="plein")
    raw = msgspec.json.encode(document)
    again = interchange.from_plain(msgspec.json.decode(raw))
    assert again == document


def test_no_identifier_and_no_code_of_the_program_is_shown() -> None:
    text = told(filled()[0])
    assert "id-1" not in text
    assert " ref" not in text
    assert not [word for word in text.split() if "_" in word]


def test_beside_a_text_only_what_its_words_do_not_say_is_told() -> None:
    document, _markers = filled()
    document = msgspec.structs.replace(document, articles=[Article(id="a", body={"fr": "Deux mots."})])
    everything = told(document)
    left = unsaid(document, "fr", everything)
    assert len("\n".join(fact.line(" : ") for one in left for fact in one.facts)) < len(everything)
    whole = unsaid(document, "fr", "")
    assert sum(len(one.facts) for one in whole) == sum(len(one.facts) for one in telling.sections(document, "fr"))


def test_what_the_product_fills_in_itself_is_no_recorded_fact() -> None:
    party = Party(id="a", name="Sailly", country="FR", body="commune", languages=["fr"])
    document = Document(
        format="traitdunion/convention",
        version=1,
        id="neuf",
        kind=Kind.OATH,
        parties=[party],
        fields={"objet": TextValue(value="rencontres")},
        model=Model(kind="oath"),
    )
    assert unsaid(document, "fr", "Sailly") == []


@pytest.mark.parametrize(
    ("language", "name", "said"),
    [
        ("fr", "Communauté de communes du Pic", "la Communauté de communes du Pic"),
        ("de", "Stadt Werne", "die Stadt Werne"),
        ("en", "City of York", "the City of York"),
        ("it", "Comune di Alba", "il Comune di Alba"),
    ],
)
def test_a_name_that_says_what_the_body_is_gets_its_article_only(language: str, name: str, said: str) -> None:
    assert formats.names_its_kind(name, language)
    assert formats.with_article(name, language) == said


@pytest.mark.parametrize(
    ("language", "name"),
    [("pt", "Vila Nova de Gaia"), ("es", "Ciudad Real"), ("it", "Città di Castello"), ("de", "Werne")],
)
def test_a_town_whose_name_begins_like_a_kind_stays_a_town(language: str, name: str) -> None:
    assert not formats.names_its_kind(name, language)


def test_a_name_from_right_to_left_does_not_draw_the_date_beside_it_along() -> None:
    place = {"places": [{"name": "נתניה"}], "date": {"date": "5759-07-01", "calendar": "hebrew"}}
    start = {"format": "traitdunion/convention", "version": 1, "id": "essai", "kind": "oath"}
    document = interchange.read(json.dumps(start | {"signings": [place]}).encode())
    told = telling.sections(document, "fr")
    line = next(fact.line(": ") for section in told for fact in section.facts if "נתניה" in fact.line(": "))
    assert line.startswith("\N{FIRST STRONG ISOLATE}נתניה\N{POP DIRECTIONAL ISOLATE}, 5759-07-01")
