"""Two people who changed the same thing: every field in which their texts differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from wtforms import BooleanField, HiddenField

from app.shared.errors import EditConflict

if TYPE_CHECKING:
    from wtforms import Field

    from app.forms import Form


def both_texts(sent: Form, kept: Form) -> EditConflict:
    """What was sent beside what is kept by now; the form keeps what was typed, and may be sent again."""
    theirs, yours = _in_words(kept), _in_words(sent)
    differing = [label for label in theirs if theirs[label].split() != yours[label].split()]
    sent["revision"].data = kept["revision"].data
    return EditConflict(
        theirs={label: theirs[label] for label in differing}, yours={label: yours[label] for label in differing}
    )


def _in_words(form: Form) -> dict[str, str]:
    return {str(field.label.text): said(field) for field in form if not isinstance(field, HiddenField)}


def said(field: Field) -> str:
    """What a field holds, as people read it: the words of a choice, yes or no."""
    if isinstance(field, BooleanField):
        return str(_("oui") if field.data else _("non"))
    if hasattr(field, "in_words"):
        return str(field.in_words())
    offered = {str(one.value): str(one.label) for one in getattr(field, "choices", None) or ()}
    held = field.data if isinstance(field.data, list | tuple) else [field.data]
    texts = ["" if one is None else "\n".join(str(one).splitlines()) for one in held]
    return ", ".join(offered.get(text, text) for text in texts)
