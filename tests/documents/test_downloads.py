"""What a downloaded file is called: speaking, whole in new browsers, plain in old ones, harmless in all."""

from __future__ import annotations

from pathlib import Path

import pytest
from werkzeug.http import parse_options_header

import app as house
from app.documents.downloads import disposition, file_name


@pytest.mark.parametrize(
    ("parts", "name", "plain"),
    [
        (
            ["Convention de jumelage", "Sailly-lez-Lannoy", "Semenivka", "brouillon"],
            "Convention de jumelage – Sailly-lez-Lannoy – Semenivka – brouillon.pdf",
            "Convention de jumelage - Sailly-lez-Lannoy - Semenivka - brouillon.pdf",
        ),
        (
            ["Pacte d’amitié", "Kőszeg", "Семенівка"],
            "Pacte d’amitié – Kőszeg – Семенівка.pdf",
            "Pacte d'amitie - Koszeg.pdf",
        ),
        (["宇治市"], "宇治市.pdf", "document.pdf"),
        (['a/b\\c:"d"', "x\r\ny", "..."], "a b c d – x y.pdf", "a b c d - x y.pdf"),
        ([], "document.pdf", "document.pdf"),
    ],
)
def test_a_download_has_a_name_for_people_and_one_for_old_browsers(parts: list[str], name: str, plain: str) -> None:
    made = file_name(parts, "pdf")
    assert made == name
    header = disposition(made)
    assert header.isascii()
    assert f'filename="{plain}"' in header
    kind, read = parse_options_header(header)
    assert (kind, read["filename"]) == ("attachment", name)


def test_a_name_is_never_longer_than_a_disk_takes() -> None:
    assert len(file_name(["Convention", *["Sailly-lez-Lannoy"] * 40], "docx")) < 200


def test_an_order_inside_a_name_cannot_leave_its_header() -> None:
    header = disposition('a".pdf\r\nSet-Cookie: x=1.pdf', inline=True)
    assert header.startswith('inline; filename="a .pdf Set-Cookie')
    assert not {"\r", "\n"} & set(header)


def test_every_room_names_its_downloads_alike() -> None:
    folder = Path(house.__file__).parent
    own = [str(file.relative_to(folder)) for file in folder.rglob("*.py") if 'filename="' in file.read_text("utf-8")]
    assert own == ["documents/downloads.py"]
