"""What happens to members, dues and stays, in words that name no member."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "members.added": _l("a inscrit le membre no %(number)s"),
    "members.corrected": _l("a modifié la fiche du membre no %(number)s"),
    "members.left": _l("a noté le départ du membre no %(number)s"),
    "members.came_back": _l("a noté le retour du membre no %(number)s (membre de %(since)s à %(until)s)"),
    "members.trashed": _l("a mis à la corbeille la fiche du membre no %(number)s"),
    "members.period_opened": _l("a ouvert la période de cotisation « %(name)s »"),
    "members.period_corrected": _l("a modifié la période de cotisation « %(name)s »"),
    "members.paid": _l("a noté un paiement pour %(period)s (reçu no %(receipt)s)"),
    "members.payment_cancelled": _l("a annulé le reçu no %(receipt)s"),
    "members.reminded": _l("a rappelé la cotisation %(period)s à %(number)s foyers"),
    "members.restored": _l("a sorti de la corbeille la fiche du membre no %(number)s"),
}
