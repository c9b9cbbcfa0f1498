"""What happens to texts, in words."""

from __future__ import annotations

from babel import Locale
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.conventions.labels import KIND_NAMES
from app.people.naming import language_name

SENTENCES = {
    "convention.started": _l("a commencé le texte « %(title)s »"),
    "convention.imported": _l("a importé le texte « %(title)s »"),
    "convention.answered": _l("a complété le texte « %(title)s »"),
    "convention.article_edited": _l("a modifié l’article « %(article)s » de « %(title)s »"),
    "convention.article_added": _l("a ajouté l’article « %(article)s » à « %(title)s »"),
    "convention.article_removed": _l("a retiré l’article « %(article)s » de « %(title)s »"),
    "convention.article_moved": _l("a déplacé l’article « %(article)s » de « %(title)s »"),
    "convention.arranged": _l("a changé la mise en forme de « %(title)s »"),
    "convention.renamed": _l("a repris le nom actuel des parties dans « %(title)s »"),
    "convention.party_joined": _l("a ajouté la partie « %(name)s » à « %(title)s »"),
    "convention.party_left": _l("a retiré la partie « %(name)s » de « %(title)s »"),
    "convention.facts_noted": _l("a noté d’autres faits sur « %(title)s »"),
    "convention.proofread": _l("a relu « %(title)s » (%(language)s)"),
    "convention.submitted": _l("a figé le projet « %(title)s », version %(number)s, empreinte %(seal)s"),
    "convention.cleared": _l(
        "a permis de signer « %(title)s », version %(number)s ; autorisé par %(granted_by)s ; motif : %(reason)s"
    ),
    "convention.kept": _l("a gardé une version de « %(title)s », numéro %(number)s"),
    "convention.scanned": _l("a joint le texte signé de « %(title)s »"),
    "convention.scan_trashed": _l("a mis à la corbeille une numérisation de « %(title)s »"),
    "convention.signed": _l("a noté que « %(title)s » est signé"),
    "convention.unsigned": _l("a repris la signature de « %(title)s », notée par erreur"),
    "convention.trashed": _l("a mis le texte « %(title)s » à la corbeille"),
    "convention.restored": _l("a sorti le texte « %(title)s » de la corbeille"),
    "wording.changed": _l("a modifié le modèle « %(model)s », article « %(article)s »"),
    "wording.reset": _l("a repris le texte d’origine du modèle « %(model)s », article « %(article)s »"),
}
_TWO_LETTERS = [str(code) for code in Locale("fr").languages if len(str(code)) == len("fr")]
WORDS = {
    "language": {code: LazyString(language_name, code) for code in _TWO_LETTERS},
    "model": {kind.value: name for kind, name in KIND_NAMES.items()},
}
