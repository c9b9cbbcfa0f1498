"""The catalogues of translation: French sentences out of the code, into one .po file a language.

The files carry neither dates nor line numbers, so that a change shows the sentences it touches and nothing else.
A sentence that changed is a new sentence, left empty: a guess taken from its neighbour would go unread.
Only its spaces may change without losing the translation.
"""

from __future__ import annotations

import os
import sys
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from babel.messages.catalog import Message

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "app" / "translations"
_IN_CONTEXT = ((1, "c"), 2)
KEYWORDS = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "_n": (1, 2),
    "_ln": (1, 2),
    "pgettext": _IN_CONTEXT,
    "lazy_pgettext": _IN_CONTEXT,
}
HEADER = "# Trait d’union: sentences of the pages. Written by script/translate; the lines msgstr are yours."
_UNSTABLE = tuple(
    f'"{name}:'
    for name in (
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Generated-By",
        "Last-Translator",
        "Project-Id-Version",
        "Report-Msgid-Bugs-To",
        "Language-Team",
    )
)


def languages() -> list[str]:
    """Every language that has a catalogue."""
    return sorted(path.parent.parent.name for path in TRANSLATIONS.glob("*/LC_MESSAGES/messages.po"))


def path_of(language: str) -> Path:
    """Return where the catalogue of this language is."""
    return TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"


def extract() -> Catalog:
    """Collect every sentence that the code and the templates say."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    catalog = Catalog(charset="utf-8")
    found = extract_from_dir(
        ROOT, methods, options, KEYWORDS, directory_filter=lambda path: Path(path).name != "__pycache__"
    )
    for name, line, message, _comments, context in sorted(found, key=lambda one: (one[0], one[1])):
        catalog.add(message, locations=[(Path(name).as_posix(), line)], context=context)
    return catalog


def read(language: str) -> Catalog:
    """Read a catalogue; one that is not there yet is empty."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def write(language: str, catalog: Catalog) -> None:
    """Write a catalogue in one piece, sentence after sentence as the files have them."""
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalog.header_comment = HEADER
    catalog.fuzzy = False
    for message in catalog:  # without lines, so that reading and writing again keeps the order
        message.locations = [(name, None) for name in dict.fromkeys(name for name, _line in message.locations)]
    new = path.with_name(f".{path.name}.{os.getpid()}")
    with new.open("wb") as file:
        write_po(file, catalog, width=0, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    lines = new.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = "".join(line for line in lines if not line.startswith(_UNSTABLE))
    new.write_text(kept, encoding="utf-8")
    if path.exists() and path.read_text(encoding="utf-8") == kept:
        new.unlink()
    else:
        new.replace(path)


def update(language: str, template: Catalog) -> Catalog:
    """Bring a catalogue up to the sentences of today and return it."""
    catalog = read(language)
    known = {_without_spaces(message): message.string for message in catalog if message.id and _is_said(message)}
    catalog.update(deepcopy(template), no_fuzzy_matching=True)  # a new sentence would be one object for all languages
    for message in missing(catalog):
        message.string = known.get(_without_spaces(message), message.string)
    write(language, catalog)
    return catalog


def _without_spaces(message: Message) -> str:
    """Return what a sentence says and in which sense, whichever breaking or no-break spaces it stands with."""
    return "".join(repr((message.context, message.id)).replace("\\xa0", " ").replace("\\u202f", " ").split())


def missing(catalog: Catalog) -> list[Message]:
    """Return the sentences that this language does not say yet, or only by a guess."""
    return [message for message in catalog if message.id and (message.fuzzy or not _is_said(message))]


def _is_said(message: Message) -> bool:
    said = message.string
    return all(said) if isinstance(said, (tuple, list)) else bool(said)


def compile_newer() -> None:
    """Write the .mo files, which the product reads, wherever the .po is newer."""
    for language in languages():
        source = path_of(language)
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        new = target.with_name(f".{target.name}.{os.getpid()}")
        with new.open("wb") as file:
            write_mo(file, read(language))
        new.replace(target)


def main(chosen: list[str]) -> int:
    """Update, compile, and say how many sentences each language lacks."""
    template = extract()
    for language in chosen or languages():
        catalog = update(language, template)
        lacking = len(missing(catalog))
        told = "tout est traduit" if not lacking else f"{lacking} phrases à traduire"
        print(f"{language} : {len(catalog)} phrases, {told} – {path_of(language).relative_to(ROOT)}")
    compile_newer()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
