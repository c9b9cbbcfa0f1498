"""What this room's actions read as in the journal; nobody who is called is named: not all its readers see the sheet."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.audit.sentences import Counting

SENTENCES: dict[str, object] = {
    "assemblies.rule_recorded": _l("a noté ce que disent les statuts depuis le %(since)s"),
    "assemblies.rule_corrected": _l("a corrigé ce qui est noté des statuts depuis le %(since)s"),
    "assemblies.rule_trashed": _l("a retiré ce qui était noté des statuts depuis le %(since)s"),
    "assemblies.called": _l("a préparé la réunion du %(day)s"),
    "assemblies.edited": _l("a modifié la réunion du %(day)s"),
    "assemblies.cancelled": _l("a annulé la réunion du %(day)s"),
    "assemblies.trashed": _l("a mis à la corbeille la réunion du %(day)s"),
    "assemblies.restored": _l("a remis en place la réunion du %(day)s"),
    "assemblies.item_added": _l("a inscrit « %(title)s » à l’ordre du jour du %(day)s"),
    "assemblies.item_edited": _l("a modifié le point « %(title)s »"),
    "assemblies.item_withdrawn": _l("a retiré le point « %(title)s » de l’ordre du jour"),
    "assemblies.people_called": Counting(
        "number",
        lambda number, told: ngettext(
            "a ajouté %(number)s personne à la liste de la réunion du %(day)s",
            "a ajouté %(number)s personnes à la liste de la réunion du %(day)s",
            number,
            **told,
        ),
    ),
    "assemblies.person_changed": _l("a corrigé la ligne d’une personne convoquée à la réunion du %(day)s"),
    "assemblies.person_uncalled": _l("a retiré une personne de la liste de la réunion du %(day)s"),
    "assemblies.convened": Counting(
        "number",
        lambda number, told: ngettext(
            "a envoyé la convocation du %(day)s (%(number)s courriel)",
            "a envoyé la convocation du %(day)s (%(number)s courriels)",
            number,
            **told,
        ),
    ),
    "assemblies.dispatch_noted": Counting(
        "number",
        lambda number, told: ngettext(
            "a noté %(number)s convocation remise pour le %(day)s",
            "a noté %(number)s convocations remises pour le %(day)s",
            number,
            **told,
        ),
    ),
    "assemblies.roll_noted": Counting(
        "number",
        lambda number, told: ngettext(
            "a noté les présences du %(day)s (%(number)s présent)",
            "a noté les présences du %(day)s (%(number)s présents)",
            number,
            **told,
        ),
    ),
    "assemblies.came": _l("a noté une arrivée avant « %(title)s »"),
    "assemblies.left": _l("a noté un départ avant « %(title)s »"),
    "assemblies.proxy_noted": _l("a noté un pouvoir pour le %(day)s"),
    "assemblies.proxy_noted_from": _l("a noté un pouvoir à partir de « %(title)s »"),
    "assemblies.proxy_taken_back": _l("a retiré un pouvoir pour le %(day)s"),
    "assemblies.proxy_ended": _l("a mis fin à un pouvoir avant « %(title)s »"),
    "assemblies.answered": _l("a répondu à la convocation du %(day)s"),
    "assemblies.opened": Counting(
        "number",
        lambda number, told: ngettext(
            "a ouvert la réunion du %(day)s (%(number)s présent)",
            "a ouvert la réunion du %(day)s (%(number)s présents)",
            number,
            **told,
        ),
    ),
    "assemblies.no_quorum": _l("a constaté l’absence de quorum le %(day)s"),
    "assemblies.closed": _l("a clos la réunion du %(day)s"),
    "assemblies.counted": _l("a consigné les voix de la salle sur « %(title)s »"),
    "assemblies.voted": _l("a noté un vote reçu à distance sur « %(title)s »"),
    "assemblies.voice_united": _l("a retiré sur « %(title)s » la seconde voix d’une personne inscrite deux fois"),
    "assemblies.voted_online": _l("a voté en ligne sur « %(title)s »"),
    "assemblies.distance_opened": _l("a ouvert le vote en ligne sur « %(title)s »"),
    "assemblies.distance_closed": _l("a fermé le vote en ligne sur « %(title)s »"),
    "assemblies.decided": _l("a proclamé le résultat de « %(title)s »"),
    "assemblies.adjourned": _l("a ajourné « %(title)s »"),
    "assemblies.reopened": _l("a repris le vote de « %(title)s »"),
    "assemblies.candidate_noted": _l("a noté une candidature à « %(title)s »"),
    "assemblies.candidate_withdrawn": _l("a noté le retrait d’une candidature à « %(title)s »"),
    "assemblies.round_closed": _l("a clos le tour %(number)s de « %(title)s »"),
    "assemblies.debated": _l("a écrit les débats de « %(title)s »"),
    "assemblies.installed": Counting(
        "number",
        lambda number, told: ngettext(
            "a ouvert %(number)s mandat après l’élection du %(day)s",
            "a ouvert %(number)s mandats après l’élection du %(day)s",
            number,
            **told,
        ),
    ),
    "assemblies.declared": _l("a noté la déclaration du changement décidé le %(day)s"),
    "assemblies.officers_declared": _l("a noté la déclaration des dirigeants, faite le %(day)s"),
    "assemblies.minutes_noted": _l("a complété le procès-verbal du %(day)s"),
}
