"""What happens while a committee is created, in words; founders are never named in a journal that all may read."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "founding.begun": _l("a commencé la création de « %(name)s »"),
    "founding.deliberation_drafted": _l("a écrit le projet de délibération qui crée « %(name)s »"),
    "founding.deliberation_linked": _l("a relié une délibération à la création de « %(name)s »"),
    "founding.deliberation_noted": _l("a noté la délibération qui crée « %(name)s »"),
    "founding.statutes_written": _l("a répondu aux questions des statuts de « %(name)s »"),
    "founding.article_rewritten": _l("a réécrit un article des statuts de « %(name)s »"),
    "founding.statutes_ready": _l("a déclaré prêts les statuts de « %(name)s »"),
    "founding.founder_added": _l("a ajouté une personne aux fondateurs de « %(name)s »"),
    "founding.founder_edited": _l("a complété la fiche d’une personne qui fonde « %(name)s »"),
    "founding.founder_removed": _l("a retiré une personne des fondateurs de « %(name)s »"),
    "founding.assembly_called": _l("a convoqué l’assemblée constitutive de « %(name)s »"),
    "founding.assembly_held": _l("a consigné l’assemblée constitutive de « %(name)s » du %(day)s"),
    "founding.assembly_taken_back": _l(
        "a repris, pour la corriger, l’assemblée constitutive de « %(name)s » du %(day)s"
    ),
    "founding.declaration_noted": _l("a noté où en est la déclaration de « %(name)s »"),
    "founding.convention_begun": _l("a commencé la convention entre la commune et « %(name)s »"),
    "founding.convention_noted": _l("a noté la signature de la convention avec « %(name)s »"),
    "founding.independence_told": _l("a noté les indices d’indépendance de « %(name)s »"),
    "founding.proof_attached": _l("a joint une preuve à la création de « %(name)s »"),
    "founding.proof_trashed": _l("a mis à la corbeille une preuve de la création de « %(name)s »"),
    "founding.trashed": _l("a mis à la corbeille la création de « %(name)s »"),
    "founding.restored": _l("a sorti de la corbeille la création de « %(name)s »"),
    "founding.delegated": _l("a noté une délégation de %(commune)s à « %(name)s »"),
    "founding.delegation_corrected": _l("a corrigé une délégation de %(commune)s à « %(name)s »"),
    "founding.delegation_trashed": _l("a mis à la corbeille une délégation de %(commune)s à « %(name)s »"),
    "founding.delegation_restored": _l("a sorti de la corbeille une délégation de %(commune)s à « %(name)s »"),
}
