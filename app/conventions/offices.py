"""What dossiers call the people who sign, in the languages of the towns, to recognise their function."""

from __future__ import annotations

SPOKEN_ROLES = {
    **dict.fromkeys(("maire", "madame la maire", "monsieur le maire", "mayor", "sindaco", "sindaca"), "mayor"),
    **dict.fromkeys(("bürgermeister", "bürgermeisterin", "oberbürgermeister", "oberbürgermeisterin"), "mayor"),
    **dict.fromkeys(("alcalde", "alcaldesa", "burmistrz", "wójt", "primar", "starosta"), "mayor"),
    **dict.fromkeys(("burgemeester", "міський голова", "селищний голова", "сільський голова"), "mayor"),
    **dict.fromkeys(("président", "présidente", "president", "vorsitzender", "vorsitzende"), "president"),
}
"""What a dossier calls its signatories, as functions (documents-and-ceremony.md, §§ 7 and 8.2)."""
PLAIN_ROLES = {"maire", "président", "présidente"}
