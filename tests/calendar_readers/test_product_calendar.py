"""The calendars that the product serves are read alike by everybody, from the real programmes to the feed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from app.ceremonies import services
from app.shared.actor import Actor
from tests.calendar_readers.readers import READERS
from tests.ceremonies.records import records, told
from tests.ceremonies.test_unchanged import INVENTED
from tests.factories.accounts import make_own_body
from tests.factories.ceremonies import make_feed, make_shared_twinning

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@pytest.mark.once
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


# Zones, nights on which clocks change and journeys of the invented programmes, in UTC, worked out by hand.
_INVENTED = {
    "inv-1-fr-uk-1": ("2027-03-25T16:00:00Z", "2027-03-26T14:30:00Z"),
    "inv-1-fr-uk-3": ("2027-03-27T21:00:00Z", None),  # it ends at an hour that the clocks skip
    "inv-1-fr-uk-4": ("2027-03-28", None),
    "inv-1-fr-uk-5": ("2027-03-28T08:00:00Z", None),
    "inv-2-sans-fin-4": ("2027-09-11T13:00:00Z", None),
    "inv-2-sans-fin-3": ("2027-09-11", None),
    "inv-4-reporte-2": ("2026-11-14T19:30:00Z", "2026-11-14T21:00:00Z"),
    "inv-6-samoa-1": ("2027-12-30T09:30:00Z", "2027-12-30T13:10:00Z"),
    "inv-6-samoa-2": ("2027-12-30T21:00:00Z", "2027-12-30T22:30:00Z"),
    "inv-6-samoa-3": ("2027-12-31T07:00:00Z", "2027-12-31T11:00:00Z"),
    "inv-7-chatham-1": ("2027-04-03T14:15:00Z", "2027-04-03T16:30:00Z"),
    "inv-7-chatham-2": ("2027-04-04", None),
    "inv-7-chatham-3": ("2027-09-26", None),
    "inv-7-chatham-4": ("2027-04-04T00:00:00Z", "2027-04-04T01:15:00Z"),
    "inv-8-austral-1": ("2027-09-05T01:00:00Z", "2027-09-05T04:00:00Z"),
    "inv-8-austral-2": ("2027-09-05", None),
    "inv-8-austral-3": ("2027-09-05T09:45:00Z", "2027-09-05T10:30:00Z"),
    "inv-9-ukraine-1": ("2027-10-30T11:00:00Z", "2027-10-30T11:20:00Z"),
    "inv-9-ukraine-3": ("2027-10-31", None),
    "inv-9-ukraine-4": ("2027-10-31T06:00:00Z", "2027-10-31T07:00:00Z"),
}


@pytest.mark.once
@pytest.mark.parametrize("name", READERS)
def test_a_reader_of_a_twinning_s_feed_finds_the_instants_of_programmes_in_odd_shapes(
    session: Session, client: FlaskClient, tmp_path: Path, name: str
) -> None:
    twinning = make_shared_twinning(session, make_own_body(session))
    options = services.ImportOptions(twinning_id=twinning.id)
    given = json.loads(INVENTED.read_text("utf-8"))["ceremonies"]
    services.import_ceremonies(session, given, options, by=Actor(None, "Essai"), at=AT)
    session.commit()
    path = tmp_path / "feed.ics"
    path.write_bytes(client.get(f"/agenda/{make_feed(session, twinning_id=twinning.id).token}.ics").data)
    read = {uid.partition("@")[0]: told for uid, told in READERS[name](path).items()}
    if "khal" in name:  # it tells no ends, and events by their titles
        assert {start for start, _ in _INVENTED.values()} <= {told["start"] for told in read.values()}
        return
    found = {uid: (read[uid]["start"], read[uid]["end"] if end else None) for uid, (_, end) in _INVENTED.items()}
    assert found == _INVENTED


def _key(name: str, record: dict[str, Any], item: dict[str, Any]) -> str:
    return str(item["title"]) if "khal" in name else f"{record['id']}-{item['n']}@trait-d-union"
