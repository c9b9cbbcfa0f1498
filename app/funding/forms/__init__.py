"""Questions as forms, made from the vocabulary; they read what people type and refuse in words."""

from __future__ import annotations

from app.funding.forms.answers import AnswerForm, answer_form
from app.funding.forms.plain import FeedForm, RuleFileForm, TickForm

__all__ = ["AnswerForm", "FeedForm", "RuleFileForm", "TickForm", "answer_form"]
