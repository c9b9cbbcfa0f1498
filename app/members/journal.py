"""What happens to members, dues and stays, in words that name no member."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.audit.sentences import Counting

if TYPE_CHECKING:
    from collections.abc import Mapping

from app.members.labels import CONSENT_NAMES


def _imported(told: Mapping[str, Any]) -> str:
    added = ngettext("%(num)s membre inscrit", "%(num)s membres inscrits", told["added"])
    changed = ngettext("%(num)s fiche corrigée", "%(num)s fiches corrigées", told["changed"])
    said = {"file": told["file"], "added": added, "changed": changed}
    return str(_("a importé la liste « %(file)s » : %(added)s, %(changed)s", **said))


SENTENCES: dict[str, object] = {
    "members.added": _l("a inscrit le membre no %(number)s"),
    "members.corrected": _l("a modifié la fiche du membre no %(number)s"),
    "members.left": _l("a noté le départ du membre no %(number)s"),
    "members.came_back": _l("a noté le retour du membre no %(number)s (membre de %(since)s à %(until)s)"),
    "members.trashed": _l("a mis à la corbeille la fiche du membre no %(number)s"),
    "members.period_opened": _l("a ouvert la période de cotisation « %(name)s »"),
    "members.period_corrected": _l("a modifié la période de cotisation « %(name)s »"),
    "members.paid": _l("a noté un paiement pour %(period)s (reçu no %(receipt)s)"),
    "members.payment_cancelled": _l("a annulé le reçu no %(receipt)s"),
    "members.waived": _l("a dispensé un foyer d’une somme de la cotisation %(period)s"),
    "members.waiver_ended": _l("a retiré une dispense de la cotisation %(period)s"),
    "members.reminded": Counting(
        "number",
        lambda number, told: ngettext(
            "a rappelé la cotisation %(period)s à %(number)s foyer",
            "a rappelé la cotisation %(period)s à %(number)s foyers",
            number,
            **told,
        ),
    ),
    "members.category": _l("a enregistré la catégorie de membres « %(name)s »"),
    "members.category_retired": _l("ne propose plus la catégorie de membres « %(name)s »"),
    "members.field": _l("a posé la question « %(name)s » sur les fiches des membres"),
    "members.field_retired": _l("ne pose plus la question « %(name)s » sur les fiches des membres"),
    "members.group_made": _l("a créé le groupe « %(name)s »"),
    "members.group_ended": _l("a terminé le travail du groupe « %(name)s »"),
    "members.group_resumed": _l("a repris le travail du groupe « %(name)s »"),
    "members.group_joined": _l("a ajouté le membre no %(number)s au groupe « %(name)s »"),
    "members.group_quit": _l("a sorti le membre no %(number)s du groupe « %(name)s »"),
    "members.imported": Counting("added", lambda _number, told: _imported(told)),
    "members.exported": Counting(
        "number",
        lambda number, told: ngettext(
            "a exporté la liste des membres (%(number)s fiche, %(form)s)",
            "a exporté la liste des membres (%(number)s fiches, %(form)s)",
            number,
            **told,
        ),
    ),
    "members.consent_given": _l("a noté un accord (%(agreement)s)"),
    "members.consent_withdrawn": _l("a noté qu’un accord est repris (%(agreement)s)"),
    "members.erased": _l("a effacé ce qui était connu du membre no %(number)s"),
    "members.stay_cleared": _l("a effacé les données délicates du séjour « %(name)s »"),
    "members.host_kept": _l("a enregistré une famille d’accueil"),
    "members.host_cleared": _l("a effacé la fiche d’une famille d’accueil qui s’est retirée"),
    "members.guest_erased": _l("a effacé ce qui était connu de quelqu’un qui logeait ou voyageait, sans être membre"),
    "members.stay_kept": _l("a enregistré le séjour « %(name)s »"),
    "members.traveller_kept": _l("a modifié les voyageurs du séjour « %(name)s »"),
    "members.paper_seen": _l("a noté un papier vu pour le séjour « %(name)s »"),
    "members.volunteer": _l("a noté un don de temps ou en nature"),
    "members.united": _l("a réuni les fiches des membres no %(number)s et no %(other)s"),
    "members.restored": _l("a sorti de la corbeille la fiche du membre no %(number)s"),
}
WORDS = {"agreement": {kind.value: label for kind, label in CONSENT_NAMES.items()}}
