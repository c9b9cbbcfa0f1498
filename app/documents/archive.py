"""Zip archives: opening those of strangers with care, and writing ours always the same way."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING
from xml.parsers import expat

from app.documents.errors import UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PARTS = 2_000
_UNPACKED = 300 * 1024**2
_RATIO = 200
_SMALL = 1024**2  # below this a high ratio is only a repetitive table
_EPOCH = (1980, 1, 1, 0, 0, 0)


class _Seen(Exception):
    """The prologue is over."""


def open_office(content: bytes) -> zipfile.ZipFile:
    """Open an office file, refusing bombs, passwords and XML with a document type (where entities explode).

    :raises UnreadableFile: with the reason.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableFile("broken-file", reason="not-a-zip") from error
    infos = archive.infolist()
    if len(infos) > _PARTS:
        raise UnreadableFile("suspect-archive", reason="too-many-parts")
    if any(info.flag_bits & 1 for info in infos):
        raise UnreadableFile("protected-file")
    unpacked = sum(info.file_size for info in infos)
    if unpacked > _UNPACKED or any(info.file_size > max(_SMALL, _RATIO * max(info.compress_size, 1)) for info in infos):
        raise UnreadableFile("suspect-archive", reason="zip-bomb")
    for info in infos:
        if info.filename.lower().endswith((".xml", ".rels")):
            _check_prologue(archive, info)
    return archive


def _check_prologue(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    def refuse(*_: object) -> None:
        raise UnreadableFile("suspect-archive", reason="doctype")

    def enough(*_: object) -> None:
        raise _Seen

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = enough
    try:
        with archive.open(info) as part:
            while piece := part.read(65_536):
                parser.Parse(piece)
    except _Seen:
        return
    except (expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise UnreadableFile("broken-file", reason="not-xml") from error


def pack(parts: Mapping[str, bytes], *, stored: Iterable[str] = ()) -> bytes:
    """Return a zip whose bytes depend on its parts alone: fixed dates, fixed order, fixed rights."""
    kept = frozenset(stored)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.external_attr = 0o600 << 16
            info.create_system = 0
            info.compress_type = zipfile.ZIP_STORED if name in kept else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return buffer.getvalue()


def unpack(content: bytes) -> dict[str, bytes]:
    """Return the parts of an archive that we made ourselves, in their order."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}
