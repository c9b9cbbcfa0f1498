"""The forms of this room. The questions of a model make their own form."""

from __future__ import annotations

from app.conventions.forms.answers import AnswersForm, ChooseForm, answers_form, questions_form, read_answers
from app.conventions.forms.editing import (
    AddArticleForm,
    ClearForm,
    FreezeForm,
    ScanForm,
    TransferForm,
    arrange_form,
    article_form,
    read_order,
    read_words,
    wording_form,
)
from app.conventions.forms.fields import choices_of, read_amount, read_number

__all__ = [
    "AddArticleForm",
    "AnswersForm",
    "ChooseForm",
    "ClearForm",
    "FreezeForm",
    "ScanForm",
    "TransferForm",
    "answers_form",
    "arrange_form",
    "article_form",
    "choices_of",
    "questions_form",
    "read_amount",
    "read_answers",
    "read_number",
    "read_order",
    "read_words",
    "wording_form",
]
