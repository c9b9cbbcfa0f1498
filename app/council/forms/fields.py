"""Fields that understand what people type; they live in :mod:`app.people.fields`, for the rooms below use them too."""

from __future__ import annotations

from app.people.fields import TOO_LONG, WHOLE, DayField, EuroField, HourField, choices, euros, read_day, typed, whole

__all__ = ["TOO_LONG", "WHOLE", "DayField", "EuroField", "HourField", "choices", "euros", "read_day", "typed", "whole"]
