"""A release of the software that words the standard phrases, the numbers and the dates of texts otherwise."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from app.texts import formats, wording

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

OTHERWISE = {
    "Fait {at}": "Établi {at}",
    "Nous, {people}": "Les soussignés, {people}",
    "représenté·e par": "qui agit par",
    "décision du {date}": "délibération du {date}",
    "Pour {party}": "Au nom de {party}",
    "Article {n}": "Art. {n}",
    "Article 1er": "Art. 1",
    "la commune {of}": "la municipalité {of}",
    "Projet soumis au conseil": "Texte pour le conseil",
    "Original à signer": "Exemplaire à signer",
}


@contextmanager
def another_release(patch: pytest.MonkeyPatch, folder: Path) -> Iterator[None]:
    """Serve with other phrases until the end of the block."""
    shutil.copytree(wording.FOLDER, folder / "wording")
    french = folder / "wording" / "common" / "fr.toml"
    words = french.read_text("utf-8")
    for old, new in OTHERWISE.items():
        assert old in words, old
        words = words.replace(old, new)
    french.write_text(words, "utf-8")
    day = formats.day
    with patch.context() as changed:
        changed.setattr(wording, "FOLDER", folder / "wording")
        changed.setattr(formats, "day", lambda text, language: f"{day(text, language)} E.C.")
        _forget()
        yield
    _forget()


def _forget() -> None:
    for known in (wording.load_phrases, wording.load_model, wording.written_languages):
        known.cache_clear()
