"""A list that a person sends: read what it holds, put it aside for the next page, take it up again.

The file is kept under the person's own account, a day at most, and found by nobody else.
"""

from __future__ import annotations

import re
import secrets
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from flask import abort, current_app
from flask_babel import get_locale
from flask_babel import gettext as _

from app.access.gate import identity
from app.documents.errors import UnreadableFile
from app.documents.sheets import read_sheet
from app.people.naming import clean
from app.shared import clock
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from werkzeug.datastructures import FileStorage

    from app.documents.sheets import Sheet

KEPT = timedelta(days=1)
_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)


class UnreadableList(DomainError):
    """What was sent is no list that can be read; the sentence says why and what to do."""


def received(given: FileStorage | None) -> tuple[bytes, str]:
    """What was sent, and its name.

    :raises UnreadableList: when nothing was.
    """
    name = clean(given.filename or "")[:120] if given else ""
    if given is None or not name:
        raise UnreadableList(_("Choisissez un fichier : CSV, Excel (XLSX, XLS) ou LibreOffice (ODS)."), field="list")
    return given.read(), name


def read_upload(content: bytes, name: str, *, sheet: str = "") -> Sheet:
    """The sheet that was sent; ``sheet`` chooses one of a workbook.

    :raises UnreadableList: saying what is wrong and what to do.
    """
    if _PAGE.match(content.removeprefix(b"\xef\xbb\xbf")[:4096]):
        raise UnreadableList(
            _("Ce fichier est une page web, pas une liste. Envoyez la liste elle-même : CSV, Excel ou ODS."),
            field="list",
        )
    try:
        return read_sheet(content, name, sheet=sheet)
    except UnreadableFile as error:
        locale = get_locale()
        raise UnreadableList(error.sentence(locale.language if locale else "fr"), field="list") from error


def put_aside(content: bytes, name: str) -> str:
    """Keep the file for the next page and give the word that finds it again; those of yesterday go."""
    forget_old()
    folder, token = _folder(), secrets.token_urlsafe(16)
    safe = "".join(letter if letter.isalnum() or letter in "-_. " else "_" for letter in name)[-80:]
    (folder / f"{identity().account_id}~{token}~{safe}").write_bytes(content)
    return token


def forget_old() -> None:
    """Throw away what nobody took up within a day; the worker does it too, so that no list lies about."""
    oldest = (clock.now() - KEPT).timestamp()
    for old in _folder().iterdir():
        if old.stat().st_mtime < oldest:
            old.unlink(missing_ok=True)


def taken_up(token: str) -> Path:
    """The file put aside by the same person; anybody else's, and one older than a day, is not found."""
    forget_old()
    if not token.replace("-", "").replace("_", "").isalnum():
        abort(404)
    found = next(iter(_folder().glob(f"{identity().account_id}~{token}~*")), None)
    return found or abort(404)


def name_of(path: Path) -> str:
    """The name that the file had."""
    return path.name.split("~", 2)[2]


def _folder() -> Path:
    folder = Path(current_app.config["SETTINGS"].instance) / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
