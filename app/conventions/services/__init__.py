"""The verbs of this room."""

from __future__ import annotations

from app.conventions.services.bringing import ImportConvention, bring_in
from app.conventions.services.freezing import (
    Clearance,
    ClearOriginal,
    SignedTooEarly,
    SubmitText,
    clear_original,
    fix_words,
    keep_version,
    note_signed,
    submit,
)
from app.conventions.services.parties import add_party, may_join, remove_party
from app.conventions.services.scans import AttachScan, attach_scan, trash_scan
from app.conventions.services.wordings import ReviseWording, own_words, reset_wording, revise_wording
from app.conventions.services.writing import (
    ArrangeText,
    EditArticle,
    StartConvention,
    add_article,
    answer_questions,
    arrange_text,
    edit_article,
    move_article,
    note_facts,
    proofread,
    remove_article,
    restore_convention,
    start_convention,
    take_up_names,
    trash_convention,
)

__all__ = [
    "ArrangeText",
    "AttachScan",
    "ClearOriginal",
    "Clearance",
    "EditArticle",
    "ImportConvention",
    "ReviseWording",
    "SignedTooEarly",
    "StartConvention",
    "SubmitText",
    "add_article",
    "add_party",
    "answer_questions",
    "arrange_text",
    "attach_scan",
    "bring_in",
    "clear_original",
    "edit_article",
    "fix_words",
    "keep_version",
    "may_join",
    "move_article",
    "note_facts",
    "note_signed",
    "own_words",
    "proofread",
    "remove_article",
    "remove_party",
    "reset_wording",
    "restore_convention",
    "revise_wording",
    "start_convention",
    "submit",
    "take_up_names",
    "trash_convention",
    "trash_scan",
]
