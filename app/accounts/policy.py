"""Who may manage the accounts of a body, read its journal and see its letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.accounts.access import Permission, is_instance_administrator

if TYPE_CHECKING:
    from app.accounts.access import Policy


class AccountAction(Permission):
    """What is done with accounts."""

    RUN_INSTALLATION = ("accounts.run_installation", _l("administrer l’installation"))


POLICY: Policy = {
    AccountAction.RUN_INSTALLATION: ((is_instance_administrator,),),
}
