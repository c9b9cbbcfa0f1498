"""The French words for kinds of texts, states, clauses of checks; in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.conventions.models import PrintKind, Status
from app.texts.document import Kind, Layout, Numbering

if TYPE_CHECKING:
    from app.texts.document import Document

KIND_NAMES = {
    Kind.OATH: _l("Serment de jumelage"),
    Kind.CHARTER: _l("Charte de jumelage"),
    Kind.PACT: _l("Pacte d’amitié"),
    Kind.CONVENTION: _l("Convention de jumelage"),
    Kind.TOWN_COMMITTEE: _l("Convention entre la ville et le comité"),
    Kind.DEED: _l("Acte de jumelage (Urkunde)"),
    Kind.RENEWAL: _l("Renouvellement"),
    Kind.DELIBERATION: _l("Délibération"),
    Kind.PROTOCOL: _l("Protocole"),
    Kind.DECLARATION: _l("Déclaration"),
    Kind.LETTER_OF_INTENT: _l("Lettre d’intention"),
    Kind.MEMORANDUM: _l("Mémorandum"),
    Kind.AMENDMENT: _l("Avenant"),
    Kind.OTHER: _l("Autre texte"),
}
KIND_HINTS = {
    Kind.OATH: _l("Une promesse solennelle, lue et signée pendant la cérémonie. Aucun montant."),
    Kind.CHARTER: _l("La même promesse, écrite en paragraphes."),
    Kind.PACT: _l("Un premier pas, pour un à trois ans, avec un bilan à la fin."),
    Kind.CONVENTION: _l("Des engagements précis : actions, montants, durée, sortie."),
    Kind.TOWN_COMMITTEE: _l("Ce que la commune donne au comité, et ce que le comité en fait."),
}
WRITABLE = tuple(KIND_HINTS)
STATUS_NAMES = {
    Status.DRAFT: _l("Brouillon"),
    Status.SUBMITTED: _l("Projet figé"),
    Status.CLEARED: _l("À signer"),
    Status.SIGNED: _l("Signé"),
    Status.ENDED: _l("Terminé"),
}
STATUS_TONES = {
    Status.DRAFT: "draft",
    Status.SUBMITTED: "submitted",
    Status.CLEARED: "original",
    Status.SIGNED: "signed",
    Status.ENDED: "closed",
}
PRINT_NAMES = {
    PrintKind.DRAFT: _l("Brouillon"),
    PrintKind.SUBMITTED: _l("Projet soumis au conseil"),
    PrintKind.ORIGINAL: _l("Original à signer"),
}
NUMBERING_NAMES = {
    Numbering.ARTICLE: _l("Article 1, Article 2…"),
    Numbering.PARAGRAPH: _l("§ 1, § 2…"),
    Numbering.TITLE_ARTICLE: _l("Titres, puis articles"),
    Numbering.NONE: _l("Sans numéros"),
}
LAYOUT_NAMES = {
    Layout.COLUMNS: _l("Côte à côte"),
    Layout.SEQUENTIAL: _l("Une langue après l’autre"),
}
ROLE_NAMES = {
    "mayor": _l("Maire"),
    "deputy_mayor": _l("Adjointe ou adjoint au maire"),
    "president": _l("Présidente ou président"),
    "vice_president": _l("Vice-présidente ou vice-président"),
    "head_of_authority": _l("Cheffe ou chef de l’exécutif"),
}
WHO_NAMES = {
    "mairie": _l("la mairie"),
    "comite": _l("le comité"),
    "partenaire": _l("la ville partenaire"),
}
LEVEL_NAMES = {
    "article": _l("Article numéroté"),
    "text": _l("Texte sans numéro"),
    "title": _l("Titre (numérotation par titres)"),
    "chapter": _l("Chapitre, à l’intérieur d’un titre"),
    "closing": _l("Formule de clôture"),
}


def kind_name(document: Document) -> str:
    """What a text is, by the source's own word where the product has none."""
    if document.kind is Kind.OTHER and document.kind_as_written:
        return document.kind_as_written
    return str(KIND_NAMES[document.kind])
