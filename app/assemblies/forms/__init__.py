"""What is asked about assemblies, their statutes and what they change."""

from __future__ import annotations

from app.assemblies.forms.calling import AssemblyForm, ItemForm, NamesForm, SeatForm, SecondForm
from app.assemblies.forms.closing import DeclarationForm, InstallForm, MinutesForm, ReasonForm
from app.assemblies.forms.rules import RuleForm

__all__ = [
    "AssemblyForm",
    "DeclarationForm",
    "InstallForm",
    "ItemForm",
    "MinutesForm",
    "NamesForm",
    "ReasonForm",
    "RuleForm",
    "SeatForm",
    "SecondForm",
]
