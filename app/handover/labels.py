"""The French words for codes of this room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.handover.models import Fate, Side, Signed, Stage, ThingKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.bodies.models import Mandate
    from app.handover.models import Handover

STAGES = {
    Stage.DRAFT: _l("en préparation"),
    Stage.SEALED: _l("à signer"),
    Stage.SIGNED: _l("signée des deux côtés"),
}
TONES = {Stage.DRAFT: "draft", Stage.SEALED: "planned", Stage.SIGNED: "complete"}
SIDES = {Side.OUTGOING: _l("Sortants"), Side.INCOMING: _l("Arrivants")}
SIGNING = {Side.OUTGOING: _l("Remet le dossier"), Side.INCOMING: _l("Reçoit le dossier")}
SIGNED = {
    Signed.NOT_YET: _l("pas encore signé"),
    Signed.ACCOUNT: _l("signé depuis son compte"),
    Signed.PAPER: _l("signé sur papier"),
    Signed.WAIVED: _l("ne signe pas"),
}
FATES = {
    Fate.ENDS: _l("prend fin"),
    Fate.PASSES: _l("passe à quelqu’un, puis prend fin"),
    Fate.STAYS: _l("reste : cette personne continue d’aider"),
}
THINGS = {
    ThingKind.TASK: _l("Chose à faire"),
    ThingKind.ACCESS: _l("Accès (banque, site, messagerie…), sans mot de passe"),
    ThingKind.OBJECT: _l("Objet (clés, caisse, drapeaux…)"),
    ThingKind.DOCUMENT: _l("Document (registre, statuts, archives…)"),
    ThingKind.CONTACT: _l("Personne à connaître"),
}


def tone_of(handover: Handover, missing: Sequence[Mandate] = ()) -> str:
    """The colour of its state: closed without a side, or without somebody, is not complete."""
    is_complete = state_of(handover, missing) == STAGES[Stage.SIGNED]
    return TONES[Stage(handover.stage)] if handover.stage != Stage.SIGNED or is_complete else "closed"


def state_of(handover: Handover, missing: Sequence[Mandate] = ()) -> object:
    """How far it has come; once closed, whether both sides signed, by more hands than one, all of them.

    ``missing``: who leaves or comes on its day and is in none; whoever's mandate was noted before it was sealed was
    put aside for it, what was noted since is no fault of those who signed.
    """
    if handover.stage != Stage.SIGNED:
        return STAGES[Stage(handover.stage)]
    hands = {
        side: {one.person_id for one in handover.side(side) if one.signed_how in {Signed.ACCOUNT, Signed.PAPER}}
        for side in Side
    }
    one_sided = {
        (False, False): _l("close sans signature"),
        (False, True): _l("close sans la signature des sortants"),
        (True, False): _l("close sans la signature des arrivants"),
    }
    if (closed := one_sided.get((bool(hands[Side.OUTGOING]), bool(hands[Side.INCOMING])))) is not None:
        return closed
    if len(hands[Side.OUTGOING] | hands[Side.INCOMING]) == 1:
        return _l("signée par une seule personne, des deux côtés")
    sealed = handover.sealed_at
    was_known = any(sealed is None or one.created_at <= sealed for one in missing)
    if was_known or any(one.signed_how == Signed.WAIVED for one in handover.people):
        return _l("signée des deux côtés, pas par tout le monde")
    if any(one.contested_on is not None and one.signed_how == Signed.PAPER for one in handover.people):
        return _l("signée des deux côtés, après une contestation")
    return STAGES[Stage.SIGNED]
