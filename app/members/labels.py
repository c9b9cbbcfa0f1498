"""The French words of the room, in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.members.models import ConsentKind, FieldKind, Leaving, Means, MemberStatus, PaperKind

if TYPE_CHECKING:
    from datetime import date

    from app.members.models import Member

STATUS_NAMES = {
    MemberStatus.ACTIVE: _l("Membre"),
    MemberStatus.APPLICANT: _l("Demande d’adhésion"),
    MemberStatus.SUSPENDED: _l("Suspendu"),
}
LEAVING_NAMES = {
    Leaving.RESIGNED: _l("Démission"),
    Leaving.NOT_RENEWED: _l("Adhésion non renouvelée"),
    Leaving.EXCLUDED: _l("Exclusion, après avoir été entendu"),
    Leaving.MOVED: _l("Déménagement"),
    Leaving.DECEASED: _l("Décès"),
    Leaving.DISSOLVED: _l("Organisation dissoute"),
}
FIELD_KIND_NAMES = {
    FieldKind.TEXT: _l("Texte"),
    FieldKind.NUMBER: _l("Nombre"),
    FieldKind.DATE: _l("Date"),
    FieldKind.YES_NO: _l("Oui ou non"),
    FieldKind.CHOICE: _l("Choix dans une liste"),
}
MEANS_NAMES = {
    Means.CHEQUE: _l("Chèque"),
    Means.CASH: _l("Espèces"),
    Means.TRANSFER: _l("Virement"),
    Means.CARD: _l("Carte"),
    Means.OTHER: _l("Autre moyen"),
}
CONSENT_NAMES = {
    ConsentKind.PHOTO: _l("Photos et vidéos publiées"),
    ConsentKind.NEWSLETTER: _l("Lettre d’information"),
    ConsentKind.PARTNER: _l("Coordonnées transmises au comité partenaire"),
    ConsentKind.KEEP: _l("Coordonnées gardées après le départ"),
    ConsentKind.HEALTH: _l("Santé et régime alimentaire notés pour un séjour"),
}
PAPER_NAMES = {
    PaperKind.PARENTAL: _l("Autorisation parentale pour le séjour"),
    PaperKind.EXIT: _l("Autorisation de sortie du territoire (AST, Cerfa 15646)"),
    PaperKind.IDENTITY: _l("Pièce d’identité de l’enfant ou du voyageur"),
    PaperKind.SIGNATORY: _l("Copie de la pièce d’identité du parent signataire"),
    PaperKind.HEALTH: _l("Fiche sanitaire"),
    PaperKind.HOST: _l("Accord sur la famille d’accueil"),
    PaperKind.INSURANCE: _l("Attestation d’assurance"),
}


def standing_said(member: Member, on: date) -> str:
    """Where somebody stands on a day: who left is a member no longer, whatever the record says besides."""
    if member.until_sort is None or member.until_sort >= on:
        return str(STATUS_NAMES[MemberStatus(member.status)])
    return str(LEAVING_NAMES[Leaving(member.leaving)] if member.leaving else LEAVING_NAMES[Leaving.NOT_RENEWED])
