"""Who sees the letters that leave: those who administer a body see its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.access.table import Permission, condition, is_instance_administrator
from app.mail.models import OutboxMessage

if TYPE_CHECKING:
    from app.access.table import Identity, Policy


class MailAction(Permission):
    """What is done with letters."""

    LIST = ("mail.list", _l("voir les courriers partis"))
    RESEND = ("mail.resend", _l("faire repartir un courrier"))


@condition(_l("Les courriers se voient par les personnes qui administrent un organisme."))
def administers_a_body(who: Identity, thing: object) -> bool:
    """Somebody who administers at least one body."""
    del thing
    return bool(who.administered_body_ids)


@condition(_l("Ce courrier est parti au nom d’un autre organisme."))
def administers_its_body(who: Identity, thing: OutboxMessage) -> bool:
    """The letter was sent in the name of a body that the person administers."""
    return thing.body_id in who.administered_body_ids


POLICY: Policy = {
    MailAction.LIST: ((administers_a_body,), (is_instance_administrator,)),
    MailAction.RESEND: ((administers_its_body,), (is_instance_administrator,)),
}
VISIBLE = {OutboxMessage: MailAction.RESEND}
