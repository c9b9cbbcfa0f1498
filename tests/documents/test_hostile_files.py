"""Whatever bytes arrive, the answer is a list, a picture, or a sentence; never another failure."""

from __future__ import annotations

import contextlib
import io
import random
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from app.documents.archive import pack, unpack
from app.documents.errors import UnreadableFile
from app.documents.images import check_image, check_scan
from app.documents.sheets import read_sheet
from app.documents.tables import TableSheet, write_csv, write_ods, write_xlsx
from tests.documents import samples

if TYPE_CHECKING:
    from collections.abc import Callable

_LIST = TableSheet(name="x", header=("a", "b"), rows=[("c", 1)] * 5)
_DAY = datetime(2026, 1, 1, tzinfo=UTC)


def damaged(content: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(spoilt) or 1)
        spoilt[place : place + chance.choice((0, 1, 1, 20))] = bytes(
            chance.choices(range(256), k=chance.choice((0, 1, 5)))
        )
    return bytes(spoilt)


def damaged_inside(content: bytes, chance: random.Random) -> bytes:
    parts = unpack(content)
    name = chance.choice([name for name in parts if parts[name]])
    return pack({**parts, name: damaged(parts[name], chance)})


def png() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (30, 30)).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    ("read", "content", "spoil"),
    [
        (read_sheet, write_xlsx([_LIST], created=_DAY), damaged_inside),
        (read_sheet, write_xlsx([_LIST], created=_DAY), damaged),
        (read_sheet, write_ods([_LIST], created=_DAY), damaged_inside),
        (read_sheet, write_ods([_LIST], created=_DAY), damaged),
        (read_sheet, write_csv(_LIST), damaged),
        (check_image, png(), damaged),
        (check_image, samples.ARMS_LEFT, damaged),
        (check_scan, b"%PDF-1.7\n1 0 obj<</Pages 1 0 R>>endobj trailer<</Root 1 0 R>>", damaged),
    ],
    ids=["xlsx-part", "xlsx", "ods-part", "ods", "csv", "png", "svg", "pdf"],
)
def test_damaged_files_are_answered_with_a_sentence(
    read: Callable[[bytes], object], content: bytes, spoil: Callable[[bytes, random.Random], bytes], seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311  (a seed makes the damage repeat)
    for _ in range(40):
        with contextlib.suppress(UnreadableFile):
            read(spoil(content, chance))
