"""The verbs of this room."""

from __future__ import annotations

from app.accounts.services import roles
from app.handover.models import Fate
from app.handover.services.ground import BadHandover, NoSecretsHere
from app.handover.services.preparing import (
    HandoverFacts,
    ThingFacts,
    add_thing,
    choose_rights,
    edit,
    prepare,
    remove_thing,
    seal,
    trash,
)
from app.handover.services.signing import Proof, Signing, contest, erase_proofs, may_erase_proofs, sign

__all__ = [
    "BadHandover",
    "Fate",
    "HandoverFacts",
    "NoSecretsHere",
    "Proof",
    "Signing",
    "ThingFacts",
    "add_thing",
    "choose_rights",
    "contest",
    "edit",
    "erase_proofs",
    "may_erase_proofs",
    "prepare",
    "remove_thing",
    "roles",
    "seal",
    "sign",
    "trash",
]
