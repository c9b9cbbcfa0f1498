"""The verbs of this room, one use case a file."""

from __future__ import annotations

from app.ceremonies.services.ceremonies import (
    ChangeStatus,
    CreateCeremony,
    DuplicateCeremony,
    EditCeremony,
    change_status,
    create_ceremony,
    duplicate_ceremony,
    edit_ceremony,
    restore_ceremony,
    trash_ceremony,
)
from app.ceremonies.services.feeds import MakeFeed, make_feed, revoke_feed, rewrite_agendas
from app.ceremonies.services.imports import Imported, ImportOptions, import_calendar, import_ceremonies
from app.ceremonies.services.items import (
    ItemFields,
    MomentInTheTrash,
    add_item,
    cancel_item,
    edit_item,
    move_item,
    reinstate_item,
    restore_item,
    trash_item,
)

__all__ = [
    "ChangeStatus",
    "CreateCeremony",
    "DuplicateCeremony",
    "EditCeremony",
    "ImportOptions",
    "Imported",
    "ItemFields",
    "MakeFeed",
    "MomentInTheTrash",
    "add_item",
    "cancel_item",
    "change_status",
    "create_ceremony",
    "duplicate_ceremony",
    "edit_ceremony",
    "edit_item",
    "import_calendar",
    "import_ceremonies",
    "make_feed",
    "move_item",
    "reinstate_item",
    "restore_ceremony",
    "restore_item",
    "revoke_feed",
    "rewrite_agendas",
    "trash_ceremony",
    "trash_item",
]
