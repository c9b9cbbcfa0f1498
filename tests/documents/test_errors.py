"""Every failure is told in the three languages, with the same blanks to fill."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.documents import errors


@pytest.mark.parametrize("code", sorted(errors.codes()))
def test_each_sentence_stands_in_three_languages_with_the_same_blanks(code: str) -> None:
    said = errors._texts()["sentences"][code]

    assert set(said) == {"fr", "en", "de"}
    assert len({frozenset(re.findall(r"\{(\w+)\}", sentence)) for sentence in said.values()}) == 1
    assert not re.search(r" [:;!?»]|« ", said["fr"]), "a no-break space is wanted"


def test_every_code_that_is_raised_has_its_sentence() -> None:
    folder = Path(errors.__file__).parent
    raised = {
        code
        for path in folder.glob("*.py")
        if path.name not in {"ics.py", "zones.py"}
        for code in re.findall(
            r"(?:DocumentError|UnreadableFile|PdfUnavailable|kind)\(\s*\"([a-z-]+)\"", path.read_text("utf-8")
        )
    }

    assert raised <= errors.codes()
    assert raised


def test_an_unknown_language_hears_french() -> None:
    assert errors.DocumentError("empty-file").sentence("uk").startswith("Le fichier est vide")
