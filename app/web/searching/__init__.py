"""One search over all that a person may see, room by room; it forgives a slip and reads Cyrillic in Latin letters.

What lies in many lines (twinnings, bodies, persons, members) is looked up by its folded columns in the database,
however many there are. Of what is long to read (texts, deliberations, programmes) the things that hold a word as it
was typed are read, then the latest. A thing that holds every word comes first; only where none does, those that hold
words one or two slips away. Every source asks a constant number of questions.
"""

from __future__ import annotations

from app.web.searching.search import Group, search_all

__all__ = ["Group", "search_all"]
