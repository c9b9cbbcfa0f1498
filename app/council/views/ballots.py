"""What the law asks of the kind of a ballot, before it is held and after (CGCT, L2121-21)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.council.models import BallotKind
from app.council.reckoning import article_for, standing_at
from app.law.votes import is_public_request_valid, is_secret_request_valid
from app.shared.clock import day_of

if TYPE_CHECKING:
    from app.council.forms import VoteForm
    from app.council.models import AgendaPoint


def ballot_advice(point: AgendaPoint, form: VoteForm, present: int) -> list[str]:
    """What the requests for a kind of ballot lead to (CGCT, L2121-21)."""
    on = day_of(point.meeting.starts_at)
    public, secret = form.asked_public.data or 0, form.asked_secret.data or 0
    found = [] if point.act_id else [_no_act(point)]
    if _appoints(point):
        found.append(
            _(
                "Une désignation se vote au scrutin secret, sauf si le conseil décide à l’unanimité d’y renoncer ; "
                "une seule candidature par siège prend effet aussitôt (CGCT, art. L. 2121-21)."
            )
        )
    is_public = is_public_request_valid(public, present, on=on)
    is_secret = is_secret_request_valid(secret, present, on=on)
    if is_public:
        found.append(
            _("Le scrutin public est demandé par assez de membres : les noms s’inscrivent (CGCT, art. L. 2121-21).")
        )
    if is_secret:
        found.append(_("Le scrutin secret est demandé par assez de membres (CGCT, art. L. 2121-21)."))
    if is_public and is_secret:
        found.append(
            _(
                "Les deux demandes sont recevables : sources en conflit, le "
                "règlement intérieur tranche ; on retient en général le secret."
            )
        )
    return found


def ballot_warnings(point: AgendaPoint) -> list[str]:
    """What the law asked of the ballot and was not done: it warns, and stands in the checks (C16, C17)."""
    on, present = day_of(point.meeting.starts_at), len(standing_at(point.meeting, point).present)
    found = [] if point.act_id else [_no_act(point)]
    wants_secret = is_secret_request_valid(point.asked_secret or 0, present, on=on)
    wants_public = is_public_request_valid(point.asked_public or 0, present, on=on)
    if wants_secret and not wants_public and point.ballot != BallotKind.SECRET:
        found.append(
            _("Un tiers des présents a demandé le scrutin secret : ce vote devait l’être (CGCT, art. L. 2121-21).")
        )
    if wants_public and not wants_secret and point.ballot != BallotKind.PUBLIC:
        found.append(
            _("Un quart des présents a demandé le scrutin public : ce vote devait l’être (CGCT, art. L. 2121-21).")
        )
    if point.ballot == BallotKind.SECRET and not (wants_secret or wants_public or _appoints(point)):
        found.append(
            _(
                "Scrutin secret, sans qu’un tiers des présents soit noté comme l’ayant demandé : le vote d’une affaire "
                "qui n’est pas une désignation devait être ordinaire (CGCT, art. L. 2121-21)."
            )
        )
    if point.ballot == BallotKind.PUBLIC and not point.votes:
        found.append(
            _("Scrutin public : le procès-verbal doit porter les noms et le sens des votes (CGCT, art. L. 2121-15).")
        )
    return found


def _appoints(point: AgendaPoint) -> bool:
    return point.act is not None and point.act.elects


def _no_act(point: AgendaPoint) -> str:
    sentence: str = _(
        "Ce point ne porte aucune délibération : son vote ne fait pas d’acte. Ce que le conseil décide s’inscrit "
        "à l’ordre du jour avec son texte (CGCT, art. %(article)s).",
        article=article_for(point.meeting.body, "L2121-10"),
    )
    return sentence
