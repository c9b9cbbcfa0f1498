"""What happens to projects, in words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "actions.created": _l("a commencé le projet « %(title)s »"),
    "actions.edited": _l("a modifié le projet « %(title)s »"),
    "actions.copied": _l("a fait une copie d’essai du projet « %(title)s »"),
    "actions.answered": _l("a complété le projet « %(title)s » (%(about)s)"),
    "actions.trashed": _l("a mis à la corbeille le projet « %(title)s »"),
    "actions.restored": _l("a sorti de la corbeille le projet « %(title)s »"),
}
