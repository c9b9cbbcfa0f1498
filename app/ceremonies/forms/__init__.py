"""The questions of this room, one use case a file. What a page does not ask of a moment stays as it was."""

from __future__ import annotations

from app.ceremonies.forms.agendas import FeedForm, ImportForm
from app.ceremonies.forms.create import CreateForm
from app.ceremonies.forms.duplicate import DuplicateForm
from app.ceremonies.forms.edit import EditForm
from app.ceremonies.forms.fields import choices, titled_languages
from app.ceremonies.forms.item import ItemForm
from app.ceremonies.forms.status import StatusForm

__all__ = [
    "CreateForm",
    "DuplicateForm",
    "EditForm",
    "FeedForm",
    "ImportForm",
    "ItemForm",
    "StatusForm",
    "choices",
    "titled_languages",
]
