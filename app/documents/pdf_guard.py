"""What in a PDF would act or carry something along: looked for in the whole of it, never run.

Objects are read as a reader would read them – from the root, through object streams and names written in hexadecimal –
so that nothing hides from a search of the bytes. A file attached is let in only when it is JSON: that is what our own
originals carry, and what nobody can start.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

_RUNS = frozenset({"/JavaScript", "/JS"})
_STARTS = frozenset({"/Launch"})
_LEAVES = frozenset({"/GoToR", "/GoToE", "/SubmitForm", "/ImportData"})
_PLAYS = frozenset({"/Rendition", "/Movie", "/Sound", "/RichMediaExecute"})
_PLAYERS = frozenset({"/RichMedia", "/3D", "/Movie", "/Sound", "/Screen"})
_BY_ITSELF, _ON_OCCASIONS = "by itself", "on occasions"
_LARGEST = 10 * 1024**2


@dataclass(frozen=True)
class Found:
    """What acts: the name of its words in ``errors.toml``; an attached file also by its own name."""

    what: str
    name: str = ""


def what_acts(reader: Any) -> Found | None:  # noqa: ANN401  # a PdfReader of pypdf, loaded when it is needed
    """Return the first thing in a PDF that would act or go along, if there is any."""
    waiting: list[tuple[Any, str]] = [(reader.trailer["/Root"], "")]
    seen: set[tuple[int, str]] = set()
    while waiting:
        item, done = waiting.pop()
        if (number := getattr(item, "idnum", None)) is not None:
            if (number, done) in seen:
                continue
            seen.add((number, done))
            item = item.get_object()
        if isinstance(item, dict):
            if found := _acts(item, by_itself=done == _BY_ITSELF):
                return found
            waiting.extend((value, _done(key, done)) for key, value in item.items())
        elif isinstance(item, list):
            waiting.extend((value, done) for value in item)
    return None


def _done(key: str, above: str) -> str:
    """How what stands under a key is done: without a click (on opening, on an occasion, just after that), or not."""
    if key == "/AA":
        return _ON_OCCASIONS
    return _BY_ITSELF if key in {"/OpenAction", "/Next"} or above == _ON_OCCASIONS else ""


def _acts(item: dict[str, Any], *, by_itself: bool) -> Found | None:
    action, kind = str(_plain(item.get("/S"))), str(_plain(item.get("/Subtype")))
    if "/JS" in item or "/JavaScript" in item or action in _RUNS:
        return Found("javascript")
    if "/Launch" in item or action in _STARTS:
        return Found("launch")
    if action in _LEAVES or (by_itself and action == "/URI"):
        return Found("outward")
    if "/XFA" in item:
        return Found("live-form")
    if action in _PLAYS or (kind in _PLAYERS and "/Rect" in item):
        return Found("player")
    return _attached(item)


def _attached(item: dict[str, Any]) -> Found | None:
    """Return a file attached that is anything but JSON."""
    files = _plain(item.get("/EF"))
    if not isinstance(files, dict):
        return None
    name = str(_plain(item.get("/UF") or item.get("/F") or ""))
    held = [_plain(one) for one in files.values()]
    return None if held and all(_is_json(one) for one in held) else Found("attachment", name[:80])


def _is_json(stream: Any) -> bool:  # noqa: ANN401  # a stream of pypdf
    try:
        content = stream.get_data()
        if len(content) > _LARGEST:
            return False
        json.loads(content.decode("utf-8"))
    except (AttributeError, ValueError, RecursionError):
        return False
    return True


def _plain(value: Any) -> Any:  # noqa: ANN401  # whatever stands in the file
    return value.get_object() if hasattr(value, "get_object") else value
