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
    read_languages,
    read_order,
    read_words,
    wording_form,
)
from app.conventions.forms.fields import choices_of, read_amount, read_number
from app.conventions.forms.meantime import followed, marks_of
from app.conventions.forms.recording import asked_parties, further_form, read_further, signing_rows
from app.conventions.forms.signers import Moved, Person, followed_rows, moved, people_of

__all__ = [
    "AddArticleForm",
    "AnswersForm",
    "ChooseForm",
    "ClearForm",
    "FreezeForm",
    "Moved",
    "Person",
    "ScanForm",
    "TransferForm",
    "answers_form",
    "arrange_form",
    "article_form",
    "asked_parties",
    "choices_of",
    "followed",
    "followed_rows",
    "further_form",
    "marks_of",
    "moved",
    "people_of",
    "questions_form",
    "read_amount",
    "read_answers",
    "read_further",
    "read_languages",
    "read_number",
    "read_order",
    "read_words",
    "signing_rows",
    "wording_form",
]
