"""The page of a twinning: as many questions to the database for a long history as for a short one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from sqlalchemy import event

from app.bodies.models import Body
from app.extensions import db
from bench.data import installation
from bench.table import Result
from tests.factories.ceremonies import make_ceremony, make_shared_twinning
from tests.factories.people import make_person
from tests.factories.twinnings import make_dossier_person, make_event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.twinnings.models import Twinning
    from bench.data import Installation

SMALL, LARGE = 1, 60


def queries() -> Iterator[Result]:
    """A dossier with one of each thing, then with sixty."""
    with installation("sqlite") as place:
        few, many = _count(place, SMALL), _count(place, LARGE)
    yield Result("dossier, requêtes d’un grand ÷ d’un petit", many / few, 1.0, detail=f"({many} et {few})")


def _count(place: Installation, size: int) -> int:
    with place.app.app_context():
        path = _dossier(db.session(), place, size)
        engine = db.engine
        db.session.remove()
    client = place.app.test_client(use_cookies=False)
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            asked.append(statement)

    client.get(path, headers=place.cookie)
    event.listen(engine, "before_cursor_execute", note)
    answer = client.get(path, headers=place.cookie)
    event.remove(engine, "before_cursor_execute", note)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answers {answer.status_code}")
    return len(asked)


def _dossier(session: db.Session, place: Installation, size: int) -> str:
    body = session.get_one(Body, place.body)
    twinning: Twinning = make_shared_twinning(session, body)
    for number in range(size):
        make_event(session, twinning, f"{1950 + number}-05-08", title=f"Visite {number}")
        make_dossier_person(session, twinning, body, make_person(session, family_name=f"ESSAI{number}"))
        make_ceremony(session, twinning, title={"fr": f"Cérémonie {number}"}, items=[{"title": {"fr": "Accueil"}}])
    with place.app.test_request_context():
        return url_for("twinnings.dossier", twinning_id=twinning.id)
