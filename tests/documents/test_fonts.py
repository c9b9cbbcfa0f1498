"""The fonts that travel with the product are the ones listed, and draw what our partners write."""

from __future__ import annotations

import hashlib
import json

import pytest

from app.documents.fonts import FOLDER, families_for, missing_glyphs, spelled_out


def test_each_font_is_listed_with_its_licence_and_its_hash() -> None:
    listed = json.loads((FOLDER / "manifest.json").read_text("utf-8"))["fonts"]

    assert {font["file"] for font in listed} == {path.name for path in FOLDER.glob("*.ttf")}
    for font in listed:
        assert hashlib.sha256((FOLDER / font["file"]).read_bytes()).hexdigest() == font["sha256"], font["file"]
        head = {"OFL-1.1": "SIL OPEN FONT LICENSE", "Apache-2.0": "Apache License"}[font["licence"]]
        assert head in (FOLDER / font["licence_file"]).read_text("utf-8")
        assert font["version"]


@pytest.mark.parametrize(
    "text",
    [
        "Où qu’ait été l’Œuvre : « à Sailly-lez-Lannoy » — 1 450,50 € n° 3, ½ №",
        "Zażółć gęślą jaźń · Ľubotín · Győr · Hódmezővásárhely · Brăila · Çanakkale",
        "Ґалаґан, їжак, єнот; Београд; Търново; Мiнск",
        "Αθήνα, Ἰθάκη, ᾧ",
        "Երևան · თბილისი · ירושלים · بيروت · Đà Nẵng",
        "→ 14 h ☐ ✓ ★ ☎",
        "宇治市 · 友好都市提携 · 北京市 · 臺北 · 한국어",
        "a\u00ad\u200b\u202f\u00a0b\n\t",
    ],
)
def test_what_our_partners_write_prints_without_a_square(text: str) -> None:
    assert missing_glyphs(text) == ()


def test_what_cannot_be_drawn_is_named_once() -> None:
    assert missing_glyphs("東京 ไทย 🎉🎉") == ("ไ", "ท", "ย", "🎉")


def test_what_cannot_be_drawn_is_given_by_its_code_and_the_rest_stays() -> None:
    assert spelled_out("Fête 🎉!") == ("Fête [U+1F389]!", ("🎉",))
    assert spelled_out("กขคงจฉชซฌญฎฏฐ")[0] == "[U+0E01 … U+0E10 (13)]"
    assert spelled_out("Kőszeg, 宇治市") == ("Kőszeg, 宇治市", ())


def test_only_the_fonts_that_a_text_needs_are_loaded() -> None:
    assert families_for("Sailly et Семенівка") == {"Noto Sans", "Noto Serif"}
    assert "Amiri" in families_for("بيروت")
