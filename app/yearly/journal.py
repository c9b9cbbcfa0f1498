"""What this room's actions read as in the journal."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "yearly.opened": _l("a ouvert les papiers de l’année %(year)s"),
    "yearly.written": _l("a écrit les rapports de l’année %(year)s"),
    "yearly.figured": _l("a noté le budget et les comptes de l’année %(year)s"),
    "yearly.papers_noted": _l("a noté le contrat d’engagement et l’assurance de l’année %(year)s"),
}
