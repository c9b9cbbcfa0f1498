"""The signed session cookie, without deriving its key anew at every request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask.sessions import SecureCookieSessionInterface

if TYPE_CHECKING:
    from flask import Flask
    from itsdangerous import URLSafeTimedSerializer


class Sessions(SecureCookieSessionInterface):
    """Flask's own sessions; the key of an installation never changes while it runs."""

    def __init__(self) -> None:
        self._serializer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """The one that signs and reads the cookie, made at the first request."""
        if self._serializer is None:
            self._serializer = super().get_signing_serializer(app)
        return self._serializer


def install(app: Flask) -> None:
    """Give the application its sessions."""
    app.session_interface = Sessions()
