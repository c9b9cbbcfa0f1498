"""The calendars that the product serves are read alike by everybody, from the real programmes to the feed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from app.ceremonies import services
from app.shared.actor import Actor
from tests.calendar_readers.readers import READERS
from tests.ceremonies.records import records, told
from tests.factories.ceremonies import make_feed

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize("name", READERS)
def test_a_reader_of_the_feed_finds_every_instant_of_a_real_programme(
    session: Session, client: FlaskClient, tmp_path: Path, name: str
) -> None:
    record = next(one for one in records() if one["id"] == "prog-boissise-2002")
    (done,) = services.import_ceremonies(
        session, [told(record)], services.ImportOptions(), by=Actor(None, "Essai"), at=AT
    )
    session.commit()
    path = tmp_path / "feed.ics"
    path.write_bytes(client.get(f"/agenda/{make_feed(session, ceremony_id=done.ceremony.id).token}.ics").data)
    read = READERS[name](path)
    wanted = {_key(name, record, item): item["expected_start_utc"] for item in record["items"]}
    assert {key: read[key]["start"] for key in wanted} == wanted
    whole = read[record["title"] if "khal" in name else f"{record['id']}@trait-d-union"]
    assert whole["start"] == "2002-09-13"
    assert len(read) == len(wanted) + 1


def _key(name: str, record: dict[str, Any], item: dict[str, Any]) -> str:
    return str(item["title"]) if "khal" in name else f"{record['id']}-{item['n']}@trait-d-union"
