"""The printed documents of the council, written from what was recorded.

Their words stand in ``data/documents.toml``: an act of a council is French whatever the language of the screen.
"""

from __future__ import annotations

from app.council.documents.act import act_paper
from app.council.documents.meeting import meeting_paper
from app.council.documents.package import package
from app.council.documents.paper import NotYet
from app.council.documents.register import register_paper

__all__ = ["NotYet", "act_paper", "meeting_paper", "package", "register_paper"]
