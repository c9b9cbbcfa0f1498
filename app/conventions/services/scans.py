"""The scan of the signed original: kept as it came, under a name of ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.conventions.models import ConventionScan
from app.conventions.queries import scans_of
from app.conventions.services.saving import tell

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.conventions.models import Convention
    from app.shared.actor import Actor


@dataclass(frozen=True)
class AttachScan:
    """A scan that was checked and stored; ``file`` is its name in the folder of files."""

    filename: str
    file: str
    media_type: str
    size: int
    pages: int
    sha256: str
    version_id: int | None = None


def attach_scan(
    session: Session, convention: Convention, command: AttachScan, *, by: Actor, at: datetime
) -> ConventionScan:
    """Attach a scan to a text; the same file is attached once."""
    held = next((one for one in scans_of(session, convention.id) if one.sha256 == command.sha256), None)
    if held is not None:
        return held
    scan = ConventionScan(
        convention_id=convention.id,
        version_id=command.version_id,
        filename=command.filename[:200],
        file=command.file,
        media_type=command.media_type,
        size=command.size,
        pages=command.pages,
        sha256=command.sha256,
        added_by=by.name,
        added_at=at,
    )
    session.add(scan)
    session.flush()
    tell(session, "convention.scanned", convention, by=by, at=at)
    return scan


def trash_scan(session: Session, scan: ConventionScan, *, by: Actor, at: datetime) -> None:
    """Put a scan in the trash; the file stays."""
    scan.trashed_at = at
    tell(session, "convention.scan_trashed", scan.convention, by=by, at=at)
