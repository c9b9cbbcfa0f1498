"""The papers of an assembly, written from what was recorded."""

from __future__ import annotations

from app.assemblies.documents.calling import convocation_paper, convocation_text, letters_paper, proxy_paper
from app.assemblies.documents.minutes import minutes_paper
from app.assemblies.documents.paper import paper_of
from app.assemblies.documents.register import register_paper
from app.assemblies.documents.sheet import sheet_paper

__all__ = [
    "MEETING",
    "convocation_paper",
    "convocation_text",
    "letters_paper",
    "minutes_paper",
    "paper_of",
    "proxy_paper",
    "register_paper",
    "sheet_paper",
]

MEETING = {
    "convocation": convocation_paper,
    "courriers": letters_paper,
    "pouvoir": proxy_paper,
    "feuille-de-presence": sheet_paper,
    "proces-verbal": minutes_paper,
}
"""The documents of an assembly, by the word in their address."""
