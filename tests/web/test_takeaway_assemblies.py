"""Who came, went and gave a proxy at an assembly leaves with « Tout exporter » and comes back the same."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from app.assemblies.models import Assembly
from app.assemblies.reckoning import room_at
from app.assemblies.services import holding
from app.database import migrate
from app.database.connection import prepare
from app.web.takeaway.pack import pack
from app.web.takeaway.unpack import unpack
from tests.factories.assemblies import BY, DAY, STATUTES, add_item, at, make_assembly, make_association, open_with
from tests.factories.assemblies import record_statutes as record
from tests.support.release import another_release

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

NOW = at(DAY)


def _votes(assembly: Assembly) -> list[tuple[int, int]]:
    rooms = [room_at(assembly, STATUTES, item) for item in (None, *assembly.agenda)]
    return [(len(room.present), len(room.represented)) for room in rooms]


def _empty(tmp_path: Path) -> Iterator[Session]:
    engine = create_engine(f"sqlite:///{tmp_path / 'empty.db'}")
    prepare(engine)
    migrate.upgrade(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


def test_a_meeting_with_its_comings_and_proxies_is_taken_along_and_an_older_archive_is_read_without_them(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = make_association(session)
    record(session, body)
    assembly = make_assembly(session, body, people=8)
    items = [add_item(session, assembly, title) for title in ("Rapport", "Comptes", "Budget")]
    open_with(session, assembly, 5)
    first, second = assembly.members[:2]
    holding.note_move(session, first, items[0], comes=False, by=BY, at=NOW)
    holding.give_proxy(session, assembly, first, second, by=BY, at=NOW)
    holding.note_move(session, first, items[1], comes=True, by=BY, at=NOW)
    holding.note_move(session, first, items[2], comes=False, by=BY, at=NOW)
    session.commit()
    told = _votes(assembly)
    assert told == [(5, 0), (4, 1), (5, 0), (4, 0)]
    archive = pack(session, body.id, files=tmp_path, at=NOW, revision=migrate.head())
    older = _older(pack(session, body.id, files=tmp_path, at=NOW, revision="044_handover_proofs"))
    with another_release(monkeypatch, tmp_path):
        for number, (source, expected) in enumerate(((archive, told), (older, [(5, 0), (5, 0), (5, 0), (4, 0)]))):
            (folder := tmp_path / str(number)).mkdir()
            for empty in _empty(folder):
                unpack(empty, io.BytesIO(source), revision=migrate.head())
                assert _votes(empty.scalars(select(Assembly)).one()) == expected


def _older(archive: bytes) -> bytes:
    """The same archive as it was written before somebody could come back."""
    with zipfile.ZipFile(io.BytesIO(archive)) as old:
        content = {name: old.read(name) for name in old.namelist()}
    del content["donnees/assembly_absence.jsonl"]
    name = "donnees/assembly_proxy.jsonl"
    rows = [json.loads(line) for line in content[name].splitlines()]
    plain = [{key: row[key] for key in row if key not in {"from_item_id", "until_item_id"}} for row in rows]
    content[name] = "".join(json.dumps(row) + "\n" for row in plain).encode()
    manifest = json.loads(content["manifeste.json"])
    del manifest["files"]["donnees/assembly_absence.jsonl"]
    manifest["files"][name] = {"bytes": len(content[name]), "sha256": hashlib.sha256(content[name]).hexdigest()}
    content["manifeste.json"] = json.dumps(manifest).encode()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as new:
        for one, data in content.items():
            new.writestr(one, data)
    return target.getvalue()
