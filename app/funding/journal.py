"""What happens to checks, ticks and rule files, in words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "funding.checked": _l("a gardé la vérification de « %(title)s » pour %(edition)s"),
    "funding.check_trashed": _l("a mis à la corbeille une vérification de « %(title)s »"),
    "funding.check_restored": _l("a remis en place une vérification de « %(title)s »"),
    "funding.ticked": _l("a attesté pour « %(title)s » : %(says)s"),
    "funding.unticked": _l("a retiré son attestation pour « %(title)s » : %(says)s"),
    "funding.advised": _l("a appliqué un conseil à une copie du projet « %(title)s » : %(change)s"),
    "funding.rules_uploaded": _l("a déposé le fichier de règles « %(name)s »"),
    "funding.rules_on": _l("a mis en service les règles « %(name)s »"),
    "funding.rules_off": _l("a mis hors service les règles « %(name)s »"),
    "funding.rules_trashed": _l("a mis à la corbeille les règles « %(name)s »"),
    "funding.rules_restored": _l("a sorti de la corbeille les règles « %(name)s »"),
    "funding.feed_made": _l("a ouvert l’agenda d’échéances « %(label)s »"),
    "funding.feed_revoked": _l("a retiré l’agenda d’échéances « %(label)s »"),
}
