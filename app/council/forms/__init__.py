"""The questions of this room."""

from __future__ import annotations

from app.council.forms.acts import (
    ActForm,
    CorrectionForm,
    DayForm,
    EventForm,
    OnlineForm,
    PublishForm,
    SignatoryForm,
    SignForm,
    StartActForm,
)
from app.council.forms.fields import DayField, EuroField, HourField, choices, euros, read_day, typed, whole
from app.council.forms.meetings import AfterForm, CouncilForm, MeetingForm, PointForm, ReasonForm
from app.council.forms.money import SubsidyForm
from app.council.forms.questions import answers_of, facts_told, is_below_threshold, questions_form
from app.council.forms.votes import VoteForm

__all__ = [
    "ActForm",
    "AfterForm",
    "CorrectionForm",
    "CouncilForm",
    "DayField",
    "DayForm",
    "EuroField",
    "EventForm",
    "HourField",
    "MeetingForm",
    "OnlineForm",
    "PointForm",
    "PublishForm",
    "ReasonForm",
    "SignForm",
    "SignatoryForm",
    "StartActForm",
    "SubsidyForm",
    "VoteForm",
    "answers_of",
    "choices",
    "euros",
    "facts_told",
    "is_below_threshold",
    "questions_form",
    "read_day",
    "typed",
    "whole",
]
