"""What this room's actions read as in the journal."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "council.described": _l("a décrit le conseil municipal"),
    "council.meeting_called": _l("a préparé la séance du %(day)s"),
    "council.meeting_edited": _l("a modifié la séance du %(day)s"),
    "council.meeting_trashed": _l("a mis à la corbeille la séance du %(day)s"),
    "council.meeting_restored": _l("a remis en place la séance du %(day)s"),
    "council.convened": _l("a arrêté la convocation du conseil pour le %(day)s"),
    "council.opened": _l("a ouvert la séance du %(day)s"),
    "council.closed": _l("a clos la séance du %(day)s"),
    "council.no_quorum": _l("a constaté l’absence de quorum le %(day)s"),
    "council.recorded": _l("a complété le procès-verbal de la séance du %(day)s"),
    "council.point_added": _l("a inscrit « %(title)s » à l’ordre du jour"),
    "council.point_edited": _l("a modifié le point « %(title)s »"),
    "council.point_withdrawn": _l("a retiré le point « %(title)s » de l’ordre du jour"),
    "council.voted": _l("a consigné le vote de « %(title)s »"),
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
    "council.act_corrected": _l("a corrigé la délibération « %(title)s », avec trace"),
    "council.cleared": _l("a autorisé la signature du texte voté par « %(title)s »"),
    "council.subsidy_noted": _l("a noté une aide à %(name)s pour %(year)s"),
    "council.subsidy_edited": _l("a modifié une aide à %(name)s pour %(year)s"),
    "council.subsidy_trashed": _l("a mis à la corbeille une aide à %(name)s pour %(year)s"),
    "council.subsidy_restored": _l("a remis en place une aide à %(name)s pour %(year)s"),
}
