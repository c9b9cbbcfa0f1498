"""What happens to bodies and mandates, in words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.bodies.labels import FUNCTION_NAMES, KIND_NAMES
from app.bodies.services.records import LABELS

SENTENCES = {
    "body.registered": _l("a inscrit l’organisme %(name)s (%(kind)s)"),
    "body.edited": _l("a modifié la fiche de %(name)s : %(fields)s"),
    "body.place_matched": _l("a relié %(name)s au lieu %(place)s (%(country)s)"),
    "body.place_removed": _l("a défait le lien de %(name)s avec un lieu des listes"),
    "body.placed_roughly": _l("a noté la position approchée de %(name)s"),
    "body.position_removed": _l("a retiré la position approchée de %(name)s"),
    "body.parent_set": _l("a dit pour quelle ville travaille %(name)s : %(town)s"),
    "body.handed_over": _l("a confié à %(name)s la tenue de sa propre fiche"),
    "body.arms_set": _l("a ajouté les armoiries de %(name)s"),
    "body.arms_removed": _l("a retiré les armoiries de %(name)s"),
    "body.trashed": _l("a mis %(name)s à la corbeille"),
    "body.restored": _l("a sorti %(name)s de la corbeille"),
    "mandate.opened": _l("a noté un mandat : %(name)s, %(function)s (%(body)s)"),
    "mandate.corrected": _l("a corrigé le mandat de %(name)s, %(function)s (%(body)s)"),
    "mandate.closed": _l("a noté la fin du mandat de %(name)s, %(function)s : %(until)s (%(why)s)"),
    "mandate.trashed": _l("a mis à la corbeille le mandat de %(name)s, %(function)s (%(body)s)"),
    "mandate.restored": _l("a sorti de la corbeille le mandat de %(name)s, %(function)s (%(body)s)"),
    "offices.renewed": _l("a renouvelé les fonctions de %(name)s : mandats terminés %(closed)s, ouverts %(opened)s"),
    "federation.joined": _l("a fait entrer %(name)s dans %(federation)s"),
    "federation.left": _l("a fait sortir %(name)s de %(federation)s"),
}

WORDS = {
    "kind": {kind.value: name for kind, name in KIND_NAMES.items()},
    "function": {function.value: name for function, name in FUNCTION_NAMES.items()},
    "fields": LABELS,
}
