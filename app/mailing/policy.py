"""Who may write to many: those who keep the list of members. Nobody else sees a letter's addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from app.access.table import Permission, condition
from app.mailing.models import AudienceKind, Delivery, Mailing, MailingModel
from app.members.policy import (
    has_an_account,
    is_of_the_committee,
    is_of_the_committee_or_its_town,
    keeps_the_roll,
    places_guests,
)

if TYPE_CHECKING:
    from app.access.table import Identity, Policy


class MailingAction(Permission):
    """The doors of this room."""

    LIST = ("mailing.list", _l("voir les lettres de ses comités"))
    WRITE = ("mailing.write", _l("écrire aux membres d’un comité"))
    VIEW = ("mailing.view", _l("voir une lettre aux membres"))
    EDIT = ("mailing.edit", _l("modifier, envoyer ou mettre à la corbeille une lettre aux membres"))
    VIEW_DELIVERY = ("mailing.view_delivery", _l("voir ce qu’un envoi est devenu"))
    EDIT_DELIVERY = ("mailing.edit_delivery", _l("noter ce qu’un envoi est devenu"))


def _of_mailing(delivery: Delivery) -> Mailing:
    return delivery.mailing


@condition(_l("Ce comité n’est pas le vôtre."))
def is_of_its_committee(who: Identity, delivery: Delivery) -> bool:
    """Somebody of the committee that sent it."""
    return is_of_the_committee.check(who, _of_mailing(delivery))


@condition(_l("Les envois sont tenus par la présidente, le secrétaire et le trésorier."))
def keeps_its_roll(who: Identity, delivery: Delivery) -> bool:
    """Whoever keeps the list of the committee that sent it."""
    return keeps_the_roll.check(who, _of_mailing(delivery))


@condition(_l("Les lettres aux familles d’accueil ne sont vues que de qui place les voyageurs."))
def may_see_its_readers(who: Identity, thing: Any) -> bool:  # noqa: ANN401  # a letter, or one that left
    """A letter to the host families names them."""
    mailing = _of_mailing(thing) if isinstance(thing, Delivery) else thing
    to_hosts = isinstance(mailing, Mailing) and mailing.audience == AudienceKind.HOSTS
    return not to_hosts or places_guests.check(who, mailing)


_KEEP = (is_of_the_committee_or_its_town, is_of_the_committee, keeps_the_roll)
POLICY: Policy = {
    MailingAction.LIST: ((has_an_account,),),
    MailingAction.WRITE: (_KEEP,),
    MailingAction.VIEW: ((is_of_the_committee, keeps_the_roll, may_see_its_readers),),
    MailingAction.EDIT: ((is_of_the_committee, keeps_the_roll, may_see_its_readers),),
    MailingAction.VIEW_DELIVERY: ((is_of_its_committee, keeps_its_roll, may_see_its_readers),),
    MailingAction.EDIT_DELIVERY: ((is_of_its_committee, keeps_its_roll, may_see_its_readers),),
}
VISIBLE = {Mailing: MailingAction.VIEW, MailingModel: MailingAction.VIEW, Delivery: MailingAction.VIEW_DELIVERY}
