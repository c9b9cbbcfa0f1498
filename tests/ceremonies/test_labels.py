"""Every name and every code of the published format has words for people."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from babel import Locale

from app.ceremonies import facts, interchange, wording
from app.ceremonies.fieldnames import CODES, FIELDS
from app.ceremonies.labels import ITEM_STATES, STATUSES
from app.ceremonies.models import CeremonyStatus
from tests.ceremonies.whole import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

SCHEMA = json.loads(interchange.schema_text())


def _walk(schema: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(schema, dict):
        yield from schema.items()
        for part in schema.values():
            yield from _walk(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from _walk(part)


def test_every_property_of_the_format_has_a_label() -> None:
    names = {name for key, part in _walk(SCHEMA) if key == "properties" for name in part}
    assert names - set(FIELDS) == set()
    assert set(FIELDS) - names == set()


def test_every_code_of_the_format_has_a_label() -> None:
    codes = {code for key, part in _walk(SCHEMA) if key == "enum" for code in part}
    assert codes == set(CODES)
    assert set(STATUSES) == set(CeremonyStatus)
    assert set(ITEM_STATES) == set(CeremonyStatus) - {CeremonyStatus.UNSAID}


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_the_words_of_every_language_are_the_same_ones(language: str) -> None:
    french = wording.vocabulary("fr").words
    words = wording.vocabulary(language).words
    assert list(words) == list(french)
    assert list(wording.vocabulary(language).parts_of_day) == list(wording.vocabulary("fr").parts_of_day)
    assert all(text.strip() for text in words.values())
    assert {key for key, text in words.items() if "{0}" in text} == {
        key for key, text in french.items() if "{0}" in text
    }
    assert wording.vocabulary(language).to_reread is (language != "fr")
    assert Locale.parse(language)


@pytest.mark.parametrize("kind", ["ceremony", "item"])
def test_a_page_that_lists_facts_shows_no_name_and_no_code_of_the_format(app: Flask, kind: str) -> None:
    thing = WHOLE if kind == "ceremony" else WHOLE["items"][0]
    with app.test_request_context(headers={"Accept-Language": "fr"}):
        rows = facts.rows(thing, kind, ["fr"], but={"items"})
    shown = " ".join(f"{label} {text}" for label, text in rows).replace("\xa0", " ")
    coded = {name for name in [*FIELDS, *CODES] if "_" in name}
    assert {name for name in coded if name in shown} == set()
    assert "{" not in shown
    known = {name for name in thing if name not in {"items", "uid", "number", "sequence", "modified", "moment"}}
    assert len(rows) >= len(known)
