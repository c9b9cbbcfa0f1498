"""What happens to persons, in words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "person.noted": _l("a ajouté %(name)s au carnet de personnes"),
    "person.corrected": _l("a corrigé la fiche de %(name)s"),
    "person.trashed": _l("a mis la fiche de %(name)s à la corbeille"),
    "person.merged": _l("a réuni deux fiches de la même personne : %(other)s et %(name)s"),
    "person.restored": _l("a sorti la fiche de %(name)s de la corbeille"),
}
