"""What this room's actions read as in the journal."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.ceremonies.labels import STATUSES

SENTENCES = {
    "ceremonies.created": _l("a créé la cérémonie « %(title)s »"),
    "ceremonies.imported": _l("a importé la cérémonie « %(title)s »"),
    "ceremonies.reimported": _l("a remplacé la cérémonie « %(title)s » par celle d’un fichier"),
    "ceremonies.duplicated": _l("a repris le programme de « %(title)s » à une autre date"),
    "ceremonies.edited": _l("a modifié la cérémonie « %(title)s »"),
    "ceremonies.status_changed": _l("a changé l’état de « %(title)s » : %(status)s"),
    "ceremonies.trashed": _l("a mis à la corbeille la cérémonie « %(title)s »"),
    "ceremonies.restored": _l("a remis en place la cérémonie « %(title)s »"),
    "ceremonies.item_added": _l("a ajouté « %(item)s » au programme de « %(title)s »"),
    "ceremonies.item_edited": _l("a modifié « %(item)s » au programme de « %(title)s »"),
    "ceremonies.item_moved": _l("a déplacé « %(item)s » dans le programme de « %(title)s »"),
    "ceremonies.item_cancelled": _l("a annulé « %(item)s » au programme de « %(title)s »"),
    "ceremonies.item_reinstated": _l("a rétabli « %(item)s » au programme de « %(title)s »"),
    "ceremonies.item_trashed": _l("a mis à la corbeille « %(item)s » du programme de « %(title)s »"),
    "ceremonies.item_restored": _l("a remis « %(item)s » au programme de « %(title)s »"),
    "ceremonies.feed_made": _l("a ouvert l’agenda « %(label)s »"),
    "ceremonies.feed_revoked": _l("a retiré l’agenda « %(label)s »"),
}
WORDS = {"status": {status.value: word for status, word in STATUSES.items()}}
