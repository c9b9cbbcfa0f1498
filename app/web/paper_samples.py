"""The sheet that /composants/papier shows: one block of each kind that documents are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.documents import textdoc
from app.web import shell

if TYPE_CHECKING:
    from datetime import datetime

    from app.documents.textdoc import Block


def sample_document(at: datetime, arms: str) -> textdoc.TextDocument:
    """Return the head of a document: three towns, two with arms, at that address; two titles; a state."""
    return textdoc.TextDocument(
        title="Sailly-lez-Lannoy – Semenivka",
        lang=shell.language(),
        created=at,
        blocks=(),
        subtitles=(("uk", "Саї-ле-Ланнуа – Семенівка"),),
        emblems=(
            textdoc.Emblem("Sailly-lez-Lannoy", arms=arms, under="Nord"),
            textdoc.Emblem("Семенівка", lang="uk", arms=arms),
            textdoc.Emblem(_("Comité de jumelage")),
        ),
        state=_("Brouillon"),
    )


def sample_runs() -> tuple[textdoc.Run, ...]:
    """Return words in every manner."""
    return (
        textdoc.Run(_("Le maire"), bold=True),
        textdoc.Run(" · "),
        textdoc.Run("мер", lang="uk", italic=True),
        textdoc.Run(" · "),
        textdoc.Run(_("date du vote"), blank=True),
    )


def sample_blocks() -> list[tuple[tuple[str, ...], Block]]:
    """Return each block with the names of the macros that it shows."""
    heading = textdoc.Heading(_("Les échanges"), level=3)
    articles = textdoc.Pair(
        (
            textdoc.Side("fr", (textdoc.Heading("Article 1", level=3), textdoc.Paragraph("Les villes se visitent."))),
            textdoc.Side("en", (textdoc.Heading("Article 1", level=3), textdoc.Paragraph("Towns visit each other."))),
        )
    )
    table = textdoc.Table(
        (_("Nom"), _("Habitants")),
        (("Sailly-lez-Lannoy", "1763"), ("Semenivka", "")),
        caption=_("Communes"),
        numeric=frozenset({1}),
    )
    signing = textdoc.Signatures(
        (
            textdoc.Signature("Sailly-lez-Lannoy", _("Jo Exemple"), _("Maire"), "Semenivka", caption=_("Signature")),
            textdoc.Signature("Semenivka", lang="uk"),
            textdoc.Signature(_("Comité de jumelage"), _("Jo Exemple"), signed=_("Signé")),
        )
    )
    return [
        (("block",), heading),
        (("item_list",), textdoc.ItemList((_("Écoles"), _("Culture"), _("Sport")), ordered=True, start=2)),
        (("facts",), table),
        (("pair",), articles),
        (("signatures",), signing),
    ]
