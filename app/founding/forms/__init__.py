"""What is asked while a committee is created."""

from __future__ import annotations

from app.founding.forms.beginning import (
    ArticleForm,
    BeginForm,
    DeliberationForm,
    questions_form,
    read_statutes,
    show_statutes,
)
from app.founding.forms.following import ConventionForm, DeclarationForm, DelegationForm, IndependenceForm, ProofForm
from app.founding.forms.meeting import CallForm, FounderForm, HeldForm, TakeOverForm, fill_call, held_form

__all__ = [
    "ArticleForm",
    "BeginForm",
    "CallForm",
    "ConventionForm",
    "DeclarationForm",
    "DelegationForm",
    "DeliberationForm",
    "FounderForm",
    "HeldForm",
    "IndependenceForm",
    "ProofForm",
    "TakeOverForm",
    "fill_call",
    "held_form",
    "questions_form",
    "read_statutes",
    "show_statutes",
]
