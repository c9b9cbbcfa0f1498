"""The whole language: importing this fills both registries."""

from __future__ import annotations

from app.rules.language import arithmetic, composing, counting, dossier, grouping, stating, timing
from app.rules.language.conditions import CONDITIONS, ConditionKind, compile_condition
from app.rules.language.quantities import QUANTITIES, QuantityKind, compile_quantity

__all__ = ["CONDITIONS", "QUANTITIES", "ConditionKind", "QuantityKind", "compile_condition", "compile_quantity"]
SHELVES = (arithmetic, composing, counting, dossier, grouping, stating, timing)
