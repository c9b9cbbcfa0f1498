"""What this room's actions read as in the journal."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "handover.prepared": _l("a préparé la passation du %(on)s"),
    "handover.edited": _l("a modifié la passation du %(on)s"),
    "handover.thing_added": _l("a noté à transmettre : %(label)s"),
    "handover.thing_removed": _l("a retiré de la passation : %(label)s"),
    "handover.rights_chosen": _l("a choisi ce que deviennent les accès des sortants"),
    "handover.sealed": _l("a figé le dossier de passation du %(on)s et transmis les accès"),
    "handover.signed": _l("a noté la signature de %(who)s sur la passation du %(on)s"),
    "handover.own_signed": _l("a signé pour %(who)s, depuis son compte, la passation du %(on)s"),
    "handover.signed_with_proof": _l(
        "a noté la signature de %(who)s sur la passation du %(on)s, copie du papier jointe : %(file)s"
    ),
    "handover.contested": _l(
        "a contesté la note de %(noter)s à la place de %(who)s sur la passation du %(on)s : la note est retirée"
    ),
    "handover.own_contested": _l(
        "a contesté la signature donnée depuis un compte pour %(who)s sur la passation du %(on)s : elle est retirée"
    ),
    "handover.taken_back": _l("a repris la signature de %(who)s sur la passation du %(on)s, pour signer de nouveau"),
    "handover.reopened": _l("a rouvert la passation du %(on)s : elle est de nouveau à signer"),
    "handover.proofs_erased": _l("a effacé les copies des papiers signés de la passation du %(on)s"),
    "handover.waived": _l("a noté que %(who)s ne signera pas la passation du %(on)s"),
    "handover.complete": _l("a achevé la passation du %(on)s : tout le monde a signé"),
    "handover.trashed": _l("a mis à la corbeille la passation du %(on)s"),
}
