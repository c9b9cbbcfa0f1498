"""What happens to twinnings, in words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.twinnings.labels import DUTY_NAMES, EVENT_NAMES, STAGE_NAMES

SENTENCES = {
    "twinning.opened": _l("a ouvert le dossier %(name)s"),
    "twinning.imported": _l("a inscrit le dossier %(name)s depuis la liste « %(file)s »"),
    "twinning.described": _l("a complété la description du jumelage"),
    "twinning.stage_changed": _l("a noté l’étape « %(stage)s »"),
    "twinning.party_joined": _l("a ajouté %(body)s au jumelage"),
    "twinning.party_left": _l("a noté le départ de %(body)s, le %(left_on)s"),
    "twinning.party_replaced": _l("a mis la fiche de %(body)s à la place d’une autre fiche du même organisme"),
    "twinning.party_back": _l("a noté le retour de %(body)s"),
    "twinning.trashed": _l("a mis le dossier à la corbeille"),
    "twinning.restored": _l("a sorti le dossier de la corbeille"),
    "twinning.event_noted": _l("a ajouté au fil « %(title)s »"),
    "twinning.event_corrected": _l("a corrigé dans le fil « %(title)s »"),
    "twinning.event_trashed": _l("a mis à la corbeille « %(title)s »"),
    "twinning.event_restored": _l("a sorti de la corbeille « %(title)s »"),
    "twinning.person_named": _l("a ajouté %(name)s au dossier (%(duty)s)"),
    "twinning.person_corrected": _l("a corrigé le rôle de %(name)s dans le dossier"),
    "twinning.person_trashed": _l("a retiré %(name)s du dossier"),
    "twinning.person_restored": _l("a remis %(name)s dans le dossier"),
    "twinning.kind_added": _l("a ajouté le genre de jumelage « %(name)s »"),
    "twinning.kind_changed": _l("a changé le genre de jumelage « %(name)s »"),
}
WORDS = {
    "stage": {stage.value: name for stage, name in STAGE_NAMES.items()},
    "duty": {duty.value: name for duty, name in DUTY_NAMES.items()},
    "event_kind": {kind.value: name for kind, name in EVENT_NAMES.items()},
}
