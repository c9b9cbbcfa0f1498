"""The quick reader of plain lines says what the standard reader says, or leaves the file to it."""

from __future__ import annotations

import tomllib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.loader import RULES, read_folder
from app.rules.plainly import read_plainly
from app.rules.tails import parted

_HEADS = {name: parted(text)[0] for name, text in read_folder(RULES).items()}
_LINES = st.sampled_from((
    "a = 1", 'b = "x"', 'c = ["x", "y"]', "a = [", "]", "[1]", "  [1],", "[a]", "[[a]]", "[a.b]", "[[a.b]]", '["end"]',
    "[ a ]", "[[a]", "a.b = 1", " a = 1", 'b = ""', "c = { a = 1 }", "d = { a = 1", "}", "e = 1.5", "f = 2024-01-01",
    "f = 2024-01-01T10:00:00", "g = 01", "h = true # x", r'i = "\n"', "# x", "", "j = 2024-13-01", 'k = """', '"""',
    "q = { a = 2024-01-01, b = [2024-01-01] }", "r = [{ a = 2024-02-30 }]", "s = { a = 2024-01-01 10:00:00 }",
    "t = [{ a = 2024-01-01}, { b = 2024-12-31 }]", "u = 2024-01-01T10:00:00.5", "w = 2024-01-01T25:00:00",
    "l = 'x'", "v0 = 1", "end = 0", 'm = "a" "b"', "n = [ # x", 'o = "\t"', 'p = "\x01"',
))  # fmt: skip


def test_nearly_every_shipped_file_is_plain() -> None:
    left = [name for name, text in _HEADS.items() if read_plainly(text, Decimal) is None]
    assert len(left) * 20 < len(_HEADS), left


@pytest.mark.parametrize("name", _HEADS)
def test_a_shipped_file_reads_as_with_the_standard_reader(name: str) -> None:
    found = read_plainly(_HEADS[name], Decimal)
    assert found is None or repr(found) == repr(tomllib.loads(_HEADS[name], parse_float=Decimal))


@given(st.lists(_LINES, max_size=8).map("\n".join))
def test_whatever_is_read_plainly_is_what_the_standard_reader_reads(text: str) -> None:
    found = read_plainly(text, Decimal)
    if found is not None:
        assert repr(found) == repr(tomllib.loads(text, parse_float=Decimal))
