"""The French words for codes of this room, in one place."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.mail.models import MessageState
from app.mailing.models import AudienceKind, MailingKind

KINDS = {
    MailingKind.NOTICE: _l("Vie de l’association"),
    MailingKind.NEWS: _l("Nouvelles"),
}
AUDIENCES = {
    AudienceKind.MEMBERS: _l("Tous les membres"),
    AudienceKind.PAID_UP: _l("Les membres à jour de cotisation"),
    AudienceKind.BOARD: _l("Le bureau et le conseil d’administration"),
    AudienceKind.HOSTS: _l("Les familles d’accueil"),
    AudienceKind.GROUP: _l("Un groupe"),
}
STATES = {
    MessageState.WAITING: (_l("en attente"), "wait"),
    MessageState.SENDING: (_l("en cours d’envoi"), "info"),
    MessageState.SENT: (_l("parti"), "done"),
    MessageState.FAILED: (_l("refusé"), "stop"),
    MessageState.SHOWN: (_l("montré, pas envoyé"), "info"),
    "returned": (_l("revenu"), "stop"),
    "unknown": (_l("oublié"), "plain"),
}
REASONS = {
    "no_address": _l("sans adresse : à prévenir par courrier ou par téléphone"),
    "bad_address": _l("adresse à corriger : elle ne peut pas recevoir"),
    "no_consent": _l("n’a pas accepté la lettre d’information"),
    "opposed": _l("ne veut plus de la lettre d’information"),
    "refused": _l("adresse refusée la dernière fois : à vérifier"),
}
