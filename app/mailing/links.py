"""The link by which one leaves a list: signed, so that nobody leaves for somebody else; it never expires."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app, url_for
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeSerializer

from app.mailing.queries import body_by_uid

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.bodies.models import Body

_SALT = "mailing-unsubscribe"


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=_SALT)


def token_for(body: Body, address: str) -> str:
    """What names a body and an address; only this installation can have written it."""
    return str(_signer().dumps([body.uid, address]))


def unsubscribe_url(body: Body, address: str) -> str:
    """The address that ends the news of a body to somebody."""
    base: str = current_app.config["SETTINGS"].base_url
    path: str = url_for("mailing.leave", token=token_for(body, address), _external=False)
    return f"{base.rstrip('/')}{path}"


def read_token(session: Session, token: str) -> tuple[Body, str] | None:
    """Whose news, to which address; None when it was not written here."""
    try:
        uid, address = _signer().loads(token)
    except (BadSignature, ValueError, TypeError):
        return None
    body = body_by_uid(session, str(uid))
    return None if body is None else (body, str(address))


def footer_of(body: Body, link: str) -> str:
    """What stands under a letter: who writes, why, and how to leave."""
    if link:
        told = _(
            "%(body)s vous écrit parce que vous avez accepté ses nouvelles. Pour ne plus les recevoir : %(link)s",
            body=body.name,
            link=link,
        )
        return str(told)
    return str(_("%(body)s vous écrit parce que vous en êtes membre ou que vous l’aidez.", body=body.name))
