"""What this room's codes read as."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.actions.models import ProjectKind

KINDS = {
    ProjectKind.EXCHANGE: _l("Rencontre d’habitants"),
    ProjectKind.CEREMONY: _l("Cérémonie ou anniversaire"),
    ProjectKind.EVENT: _l("Fête, marché ou manifestation"),
    ProjectKind.YOUTH: _l("Échange de jeunes"),
    ProjectKind.CULTURE: _l("Projet culturel"),
    ProjectKind.NETWORK: _l("Réseau de villes"),
    ProjectKind.COOPERATION: _l("Solidarité et coopération décentralisée"),
    ProjectKind.TRAINING: _l("Formation de bénévoles"),
    ProjectKind.POST: _l("Emploi d’une association"),
    ProjectKind.OTHER: _l("Autre projet"),
}
