"""What happens to persons, in words; the last ones tell of those whose records few may see."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "person.noted": _l("a ajouté %(name)s au carnet de personnes"),
    "person.corrected": _l("a corrigé la fiche de %(name)s"),
    "person.trashed": _l("a mis la fiche de %(name)s à la corbeille"),
    "person.merged": _l("a réuni deux fiches de la même personne : %(other)s et %(name)s"),
    "person.restored": _l("a sorti la fiche de %(name)s de la corbeille"),
    "person.noted_unnamed": _l("a ajouté quelqu’un au carnet de personnes"),
    "person.corrected_unnamed": _l("a corrigé une fiche du carnet de personnes"),
    "person.trashed_unnamed": _l("a mis une fiche du carnet de personnes à la corbeille"),
    "person.merged_unnamed": _l("a réuni deux fiches de la même personne"),
    "person.restored_unnamed": _l("a sorti une fiche du carnet de personnes de la corbeille"),
}
