"""What this room's actions read as in the journal."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.audit.sentences import Counting

SENTENCES: dict[str, object] = {
    "council.described": _l("a décrit le conseil municipal"),
    "council.mode_confirmed": _l(
        "a confirmé une façon de publier qui n’est pas celle d’actes déjà publiés (%(acts)s)\N{NO-BREAK SPACE}: "
        "%(reason)s"
    ),
    "council.meeting_called": _l("a préparé la séance du %(day)s"),
    "council.meeting_edited": _l("a modifié la séance du %(day)s"),
    "council.meeting_trashed": _l("a mis à la corbeille la séance du %(day)s"),
    "council.meeting_restored": _l("a remis en place la séance du %(day)s"),
    "council.convened": _l("a arrêté la convocation du conseil pour le %(day)s"),
    "council.mailed": _l("a envoyé par courriel la convocation du conseil pour le %(day)s"),
    "council.dispatch_taken_back": _l("a repris l’envoi de la convocation pour le %(day)s, à refaire pour chacun"),
    "council.members_changed": _l(
        "a mis à jour les membres du conseil pour la séance du %(day)s\N{NO-BREAK SPACE}: %(number)s en exercice"
    ),
    "council.opened": _l("a ouvert la séance du %(day)s"),
    "council.closed": _l("a clos la séance du %(day)s"),
    "council.reopened": _l("a rouvert la séance du %(day)s"),
    "council.no_quorum": _l("a constaté l’absence de quorum le %(day)s"),
    "council.recorded": _l("a complété le procès-verbal de la séance du %(day)s"),
    "council.point_added": _l("a inscrit « %(title)s » à l’ordre du jour"),
    "council.point_edited": _l("a modifié le point « %(title)s »"),
    "council.point_withdrawn": _l("a retiré le point « %(title)s » de l’ordre du jour"),
    "council.voted": _l("a consigné le vote de « %(title)s »"),
    "council.vote_taken_back": _l("a repris le vote de « %(title)s », avec sa trace : %(reason)s"),
    "council.overridden": _l("a passé outre la vérification %(check)s\N{NO-BREAK SPACE}: %(reason)s"),
    "council.same_person": _l("a confirmé que %(name)s siège aussi au comité"),
    "council.other_person": _l("a indiqué que %(name)s et le membre du comité sont deux personnes"),
    "council.act_begun": _l("a commencé la délibération « %(title)s »"),
    "council.act_edited": _l("a modifié la délibération « %(title)s »"),
    "council.act_validated": _l("a validé la délibération « %(title)s »"),
    "council.act_reopened": _l("a rouvert la délibération « %(title)s »"),
    "council.act_trashed": _l("a mis à la corbeille la délibération « %(title)s »"),
    "council.act_restored": _l("a remis en place la délibération « %(title)s »"),
    "council.act_signed": _l("a noté la signature de la délibération « %(title)s »"),
    "council.act_transmitted": _l("a noté la transmission de la délibération « %(title)s » à l’État"),
    "council.act_published": _l("a noté la publication de la délibération « %(title)s »"),
    "council.act_event": _l("a noté un fait sur la délibération « %(title)s »"),
    "council.act_signatory": _l("a noté qui signe le texte voté par « %(title)s »"),
    "council.act_online": _l("a décrit la publication en ligne de « %(title)s »"),
    "council.act_corrected": _l("a corrigé la délibération « %(title)s », avec trace"),
    "council.cleared": _l("a autorisé la signature du texte voté par « %(title)s »"),
    "council.subsidy_noted": _l("a noté une aide à %(name)s pour %(year)s"),
    "council.subsidy_edited": _l("a modifié une aide à %(name)s pour %(year)s"),
    "council.subsidy_trashed": _l("a mis à la corbeille une aide à %(name)s pour %(year)s"),
    "council.subsidy_restored": _l("a remis en place une aide à %(name)s pour %(year)s"),
    "council.past_imported": Counting(
        "number",
        lambda number, told: ngettext(
            "a importé %(number)s délibération passée (%(file)s)",
            "a importé %(number)s délibérations passées (%(file)s)",
            number,
            **told,
        ),
    ),
    "council.past_import_trashed": Counting(
        "number",
        lambda number, told: ngettext(
            "a mis à la corbeille l’import de %(number)s délibération passée (%(file)s)",
            "a mis à la corbeille l’import de %(number)s délibérations passées (%(file)s)",
            number,
            **told,
        ),
    ),
    "council.past_import_restored": Counting(
        "number",
        lambda number, told: ngettext(
            "a remis en place l’import de %(number)s délibération passée (%(file)s)",
            "a remis en place l’import de %(number)s délibérations passées (%(file)s)",
            number,
            **told,
        ),
    ),
    "council.past_attached": _l("a rattaché à un jumelage la délibération passée « %(title)s »"),
    "council.past_detached": _l("a détaché du jumelage la délibération passée « %(title)s »"),
    "council.past_trashed": _l("a mis à la corbeille la délibération passée « %(title)s »"),
    "council.past_restored": _l("a remis en place la délibération passée « %(title)s »"),
}
