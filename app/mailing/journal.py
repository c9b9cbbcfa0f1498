"""What happens to letters to many, in words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.audit.sentences import Counting

SENTENCES: dict[str, object] = {
    "mailing.begun": _l("a commencé la lettre « %(title)s »"),
    "mailing.edited": _l("a modifié la lettre « %(title)s »"),
    "mailing.sent": Counting(
        "count",
        lambda number, told: ngettext(
            "a envoyé la lettre « %(title)s » à %(count)s adresse",
            "a envoyé la lettre « %(title)s » à %(count)s adresses",
            number,
            **told,
        ),
    ),
    "mailing.trashed": _l("a mis à la corbeille la lettre « %(title)s »"),
    "mailing.restored": _l("a sorti de la corbeille la lettre « %(title)s »"),
    "mailing.returned": _l("a noté qu’un envoi de « %(title)s » est revenu"),
    "mailing.address_good": _l("a noté qu’une adresse est de nouveau bonne"),
    "mailing.unsubscribed": _l("ne veut plus de la lettre d’information (%(how)s)"),
    "mailing.subscribed": _l("veut de nouveau la lettre d’information (%(how)s)"),
    "mailing.model_kept": _l("a gardé le modèle de lettre « %(name)s »"),
    "mailing.model_trashed": _l("a mis à la corbeille le modèle de lettre « %(name)s »"),
    "mailing.model_restored": _l("a sorti de la corbeille le modèle de lettre « %(name)s »"),
}
