"""Addresses of pages, as people copy them: « https://www.exemple.fr/actes ». Nothing else is a link to anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString


def is_web_address(text: str) -> bool:
    """Whether a browser opens a page there: http or https, the name of a site, no blank."""
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and "." in (parts.hostname or "") and text.split() == [text]
    except ValueError:
        return False


def no_address(text: str) -> LazyString:
    """What to say of a text that is none."""
    return _l("« %(text)s » n’est pas une adresse. Copiez-la entière : elle commence par https://.", text=text[:60])
