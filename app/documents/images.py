"""Pictures and scans that people send: known by what they hold, bounded, and cleaned of anything that acts."""

from __future__ import annotations

import io
import logging
import warnings
from dataclasses import dataclass

from app.documents.errors import UnreadableFile

_MEGA = 1024**2
_KINDS = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp", "GIF": "image/gif"}
_PIXELS = 40_000_000
_ARMS = 600  # points: 17 mm in a letterhead at more than 800 dpi


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture that may be kept. ``content`` is what to keep: the same bytes, or a drawing cleaned."""

    media_type: str
    suffix: str
    content: bytes
    width: int = 0
    height: int = 0


@dataclass(frozen=True, kw_only=True)
class Scan:
    """A scanned document that may be kept as it is."""

    media_type: str
    suffix: str
    pages: int


def check_image(content: bytes, *, max_size: int = 10 * _MEGA, max_pixels: int = _PIXELS) -> Picture:
    """Return what a picture is, whatever its name says.

    :raises UnreadableFile: with what is wrong and what to do.
    """
    _check_weight(content, max_size)
    if _looks_like_svg(content):
        from app.documents.drawing import clean_svg  # noqa: PLC0415  # what reads XML is loaded for a drawing alone

        return Picture(media_type="image/svg+xml", suffix="svg", content=clean_svg(content))
    kind, width, height = _measured(content, max_pixels)
    suffix = {"JPEG": "jpg"}.get(kind, kind.lower())
    return Picture(media_type=_KINDS[kind], suffix=suffix, content=content, width=width, height=height)


def check_scan(content: bytes, *, max_size: int = 25 * _MEGA, max_pages: int = 200) -> Scan:
    """Return what a scan is: a PDF that does nothing, or a JPEG or PNG picture.

    :raises UnreadableFile: with what is wrong and what to do.
    """
    _check_weight(content, max_size)
    if b"%PDF-" in content[:1024]:
        return Scan(media_type="application/pdf", suffix="pdf", pages=_pages(content, max_pages))
    try:
        picture = check_image(content, max_size=max_size, max_pixels=2 * _PIXELS)
    except UnreadableFile as error:
        if error.code == "not-an-image":
            raise UnreadableFile("not-a-scan", **error.values) from error
        raise
    if picture.suffix not in {"png", "jpg"}:
        raise UnreadableFile("not-a-scan", kind=picture.suffix.upper())
    return Scan(media_type=picture.media_type, suffix=picture.suffix, pages=1)


def scale_arms(content: bytes, *, side: int = _ARMS) -> Picture:
    """Return arms ready for the letterhead: a clean drawing, or a PNG of bounded size without hidden notes."""
    picture = check_image(content)
    if picture.suffix == "svg":
        return picture
    from PIL import Image, ImageOps  # noqa: PLC0415  (slow to load, rarely needed)

    with Image.open(io.BytesIO(content)) as image:
        upright = ImageOps.exif_transpose(image).convert("RGBA")
    if upright.getchannel("A").getbbox() is None:
        raise UnreadableFile("empty-drawing")
    upright.thumbnail((side, side), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    upright.save(buffer, "PNG", optimize=False)
    return Picture(
        media_type="image/png", suffix="png", content=buffer.getvalue(), width=upright.width, height=upright.height
    )


def _check_weight(content: bytes, limit: int) -> None:
    if not content:
        raise UnreadableFile("empty-file")
    if len(content) > limit:
        size, most = (f"{weight / _MEGA:.1f} Mio".replace(".", ",") for weight in (len(content), limit))
        raise UnreadableFile("file-too-big", size=size, limit=most)


def _looks_like_svg(content: bytes) -> bool:
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<") and b"<svg" in content[:65_536]


def _measured(content: bytes, max_pixels: int) -> tuple[str, int, int]:
    """Return kind, width and height, after the picture was opened whole."""
    from PIL import Image, ImageFile, UnidentifiedImageError  # noqa: PLC0415  (slow to load, rarely needed)

    lenient = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint sets it for the whole process: half a picture would pass

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=tuple(_KINDS)) as image:
                kind, (width, height) = str(image.format), image.size
                if width * height > max_pixels:
                    limit = max_pixels // 1_000_000
                    raise UnreadableFile("image-too-large", width=width, height=height, limit=limit)
                image.load()
    except UnidentifiedImageError as error:
        raise UnreadableFile("not-an-image", kind="unknown-kind") from error
    except Image.DecompressionBombError as error:
        raise UnreadableFile("image-far-too-large", limit=max_pixels // 1_000_000) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise UnreadableFile("broken-image") from error
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    return kind, width, height


def _pages(content: bytes, limit: int) -> int:
    from pypdf import PdfReader  # noqa: PLC0415  (slow to load, rarely needed)

    from app.documents.pdf_guard import what_acts  # noqa: PLC0415  (as above)

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # a broken file must not fill the journal
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        locked = bool(reader.is_encrypted and not reader.decrypt(""))
        pages = 0 if locked else len(reader.pages)
        found = None if locked else what_acts(reader)
    except Exception as error:
        # pypdf raises whatever the broken part made it raise
        raise UnreadableFile("broken-pdf") from error
    if locked:
        raise UnreadableFile("protected-file")
    if not pages:
        raise UnreadableFile("broken-pdf")
    if pages > limit:
        raise UnreadableFile("pdf-too-many-pages", pages=pages, limit=limit)
    if found is not None and found.name:
        raise UnreadableFile("pdf-with-attachment", name=found.name)
    if found is not None:
        raise UnreadableFile("active-pdf", what=found.what)
    return pages
