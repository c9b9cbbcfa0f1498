"""What somebody else changed while a form was open: a field that was left as it was follows the text as it now is."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from werkzeug.datastructures import MultiDict
from wtforms import SelectField, SelectMultipleField

if TYPE_CHECKING:
    from wtforms import Field

    from app.forms import Form

_OURS = {"revision", "before", "csrf_token"}


def marks_of(form: Form) -> str:
    """Return a short mark of what each field holds, for the form to carry until it is sent."""
    return json.dumps({field.name: _mark(_values(field)) for field in form if field.name not in _OURS})


def followed(typed: MultiDict[str, str], fresh: Form) -> MultiDict[str, str]:
    """Return what was typed, with the fields that were left alone as ``fresh`` has them."""
    before = _read(typed.get("before", ""))
    made = MultiDict(typed)
    for field in fresh:
        if field.name in _OURS:
            continue
        sent = typed.getlist(field.name)
        is_new = not sent and field.name not in before
        if is_new or before.get(field.name) == _mark(sent):
            made.setlist(field.name, _values(field))
    return made


def touched(typed: MultiDict[str, str]) -> set[str]:
    """The names of the fields that hold something else than when the form was opened."""
    before = _read(typed.get("before", ""))
    return {name for name in typed if name not in _OURS and before.get(name) != _mark(typed.getlist(name))}


def _read(raw: str) -> dict[str, object]:
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _values(field: Field) -> list[str]:
    """What a browser sends for a field that nobody touches."""
    if isinstance(field, SelectMultipleField):
        return [str(one) for one in field.data or ()]
    if isinstance(field, SelectField):
        return [str(field.data)] if field.data else []
    return [field._value()]  # noqa: SLF001  # what the field writes into the page


def _mark(values: list[str]) -> str:
    said = sorted(text for one in values if (text := one.replace("\r\n", "\n").strip()))
    return hashlib.sha256("\x00".join(said).encode(errors="replace")).hexdigest()[:12]
