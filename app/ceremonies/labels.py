"""What codes read as on the screen."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.ceremonies.models import CeremonyStatus

STATUSES = {
    CeremonyStatus.UNSAID: _l("état non précisé"),
    CeremonyStatus.PLANNED: _l("prévue"),
    CeremonyStatus.TENTATIVE: _l("à confirmer"),
    CeremonyStatus.CONFIRMED: _l("confirmée"),
    CeremonyStatus.CANCELLED: _l("annulée"),
    CeremonyStatus.POSTPONED: _l("reportée"),
    CeremonyStatus.HELD: _l("passée"),
}

ITEM_STATES = {
    CeremonyStatus.PLANNED: _l("prévu"),
    CeremonyStatus.TENTATIVE: _l("à confirmer"),
    CeremonyStatus.CONFIRMED: _l("confirmé"),
    CeremonyStatus.CANCELLED: _l("annulé"),
    CeremonyStatus.POSTPONED: _l("reporté"),
    CeremonyStatus.HELD: _l("passé"),
}

KINDS = [
    ("oath", _l("serment de jumelage")),
    ("return", _l("serment retour, dans l’autre ville")),
    ("anniversary", _l("anniversaire")),
    ("exchange", _l("échange")),
    ("visit", _l("visite")),
    ("inauguration", _l("inauguration")),
    ("other", _l("autre")),
]

ITEM_KINDS = [
    ("", _l("non précisée")),
    ("preparation", _l("préparation")),
    ("reception", _l("accueil")),
    ("ceremony", _l("cérémonie")),
    ("speech", _l("discours")),
    ("oath", _l("serment")),
    ("signature", _l("signature")),
    ("symbols", _l("échange de symboles")),
    ("inauguration", _l("inauguration")),
    ("tribute", _l("hommage")),
    ("service", _l("office religieux")),
    ("parade", _l("défilé")),
    ("artistic", _l("moment artistique")),
    ("concert", _l("concert")),
    ("market", _l("marché")),
    ("meal", _l("repas")),
    ("visit", _l("visite")),
    ("travel", _l("trajet")),
    ("photo", _l("photo")),
    ("free", _l("temps libre")),
    ("other", _l("autre")),
]

LANGUAGES = [
    ("fr", _l("français")),
    ("de", _l("allemand")),
    ("en", _l("anglais")),
    ("es", _l("espagnol")),
    ("it", _l("italien")),
    ("nl", _l("néerlandais")),
    ("pl", _l("polonais")),
    ("pt", _l("portugais")),
    ("uk", _l("ukrainien")),
    ("ar", _l("arabe")),
    ("cs", _l("tchèque")),
    ("da", _l("danois")),
    ("el", _l("grec")),
    ("et", _l("estonien")),
    ("fi", _l("finnois")),
    ("he", _l("hébreu")),
    ("hr", _l("croate")),
    ("hu", _l("hongrois")),
    ("lt", _l("lituanien")),
    ("lv", _l("letton")),
    ("ro", _l("roumain")),
    ("sk", _l("slovaque")),
    ("sl", _l("slovène")),
    ("sv", _l("suédois")),
    ("und", _l("langue non précisée")),
]

TO_CHOOSE = LANGUAGES[:-1]
"""Languages that somebody may ask for; that none was said comes only from a file."""

LANGUAGE_NAMES = dict(LANGUAGES)
ITEM_KIND_NAMES = dict(ITEM_KINDS)
KIND_NAMES = dict(KINDS)
