"""The journal of a body, page by page."""

from __future__ import annotations

import functools
import operator
import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from app.access.roles import Role
from app.audit.queries import Cursor
from app.audit.sentences import declare, sentence
from app.audit.services import record
from app.extensions import db
from app.shared import clock
from app.shared.actor import Actor
from tests.factories.accounts import make_account, make_member, make_own_body
from tests.factories.audit import BEGIN, make_entries

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]


def entries_of(page: str) -> list[int]:
    return [int(number) for number in re.findall(r"entrée (\d{3})", page)]


def link_of(page: str, rel: str) -> str | None:
    found = re.search(rf'rel="{rel}"\s+href="([^"]+)"', page)
    return found and found[1].replace("&amp;", "&")


def test_one_reads_all_of_it_forwards_and_back(session: Session, sign_in: SignIn) -> None:
    body = make_own_body(session)
    client = sign_in(make_member(session, body, Role.READER))
    make_entries(session, 60, body_id=body.id)
    make_entries(session, 5, body_id=body.id + 1, actor=(2, "Autre"))
    address, seen = f"/organismes/{body.id}/journal", []
    while address:
        page = client.get(address).text
        seen.append(entries_of(page))
        last, address = page, link_of(page, "next")
    assert [len(part) for part in seen] == [25, 25, 10]
    assert functools.reduce(operator.iadd, seen, []) == list(range(59, -1, -1))
    middle = client.get(link_of(last, "prev")).text
    assert entries_of(middle) == seen[1]
    first = client.get(link_of(middle, "prev")).text
    assert entries_of(first) == seen[0]
    assert "Autre" not in first


def test_entries_of_the_same_moment_are_neither_lost_nor_repeated(session: Session, sign_in: SignIn) -> None:
    body = make_own_body(session)
    client = sign_in(make_member(session, body))
    make_entries(session, 40, body_id=body.id, every=timedelta())
    page = client.get(f"/organismes/{body.id}/journal").text
    rest = client.get(link_of(page, "next")).text
    assert entries_of(page) + entries_of(rest) == list(range(39, -1, -1))


def test_filters_stay_in_the_address(session: Session, sign_in: SignIn) -> None:
    body = make_own_body(session)
    client = sign_in(make_member(session, body))
    make_entries(session, 60, body_id=body.id)
    make_entries(session, 30, body_id=body.id, actor=(7, "Olena"))
    page = client.get(f"/organismes/{body.id}/journal?personne=7&du=2026-01-01&au=2026-01-02").text
    assert "seulement ce qu’a fait Olena" in page
    assert len(entries_of(page)) == 25
    rest = link_of(page, "next")
    assert "personne=7" in rest
    assert "du=2026-01-01" in rest
    assert entries_of(client.get(rest).text) == [4, 3, 2, 1, 0]
    empty = client.get(f"/organismes/{body.id}/journal?du=2031-01-01").text
    assert "Rien n’a été fait dans cette période" in empty


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("du=hier", 422),
        ("au=2026-02-30", 422),
        ("avant=x", 200),
        ("apres=99999999999999999999-1", 200),
        ("personne=-1", 200),
        ("avant=%00", 200),
        ("du=9999-12-31", 422),
        ("personne=99999999999", 200),
    ],
)
def test_a_strange_address_is_answered_calmly(session: Session, sign_in: SignIn, query: str, status: int) -> None:
    body = make_own_body(session)
    client = sign_in(make_member(session, body))
    assert client.get(f"/organismes/{body.id}/journal?{query}").status_code == status


def test_only_the_bodys_own_people_read_it(session: Session, sign_in: SignIn) -> None:
    body = make_own_body(session)
    client = sign_in(make_account(session, is_instance_administrator=True))
    assert client.get(f"/organismes/{body.id}/journal").status_code == 404
    assert client.get("/organismes/999999/journal").status_code == 404


def test_a_page_takes_two_statements(session: Session, sign_in: SignIn) -> None:
    body = make_own_body(session)
    client = sign_in(make_member(session, body))
    make_entries(session, 60, body_id=body.id)
    address, asked = f"/organismes/{body.id}/journal", []
    event.listen(db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    client.get(address)
    assert len([one for one in asked if one != "BEGIN"]) == 2, asked


def test_names_are_text_not_markup(session: Session, sign_in: SignIn) -> None:
    body = make_own_body(session)
    client = sign_in(make_member(session, body))
    make_entries(session, 1, body_id=body.id, actor=(3, "<script>alert(1)</script>"))
    assert "<script>alert" not in client.get(f"/organismes/{body.id}/journal").text


def test_a_cursor_reads_back_what_it_wrote() -> None:
    cursor = Cursor(BEGIN + timedelta(microseconds=7), 12)
    assert Cursor.read(str(cursor)) == cursor
    assert Cursor.read("") is None


def test_codes_and_days_read_as_words(session: Session) -> None:
    declare({"test.moved": "a voté « %(mood)s » jusqu’au %(until)s"}, {"mood": {"glad": "contente"}})
    assert (
        sentence("test.moved", {"mood": "glad", "until": "2027-04-06"}) == "a voté « contente » jusqu’au 6 avril 2027"
    )
    declare({"test.met": "a préparé la réunion du %(day)s"})
    assert sentence("test.met", {"day": "2026-11-30"}) == "a préparé la réunion du 30 novembre 2026"
    assert sentence("test.met", {"day": "2026-11-01"}) == "a préparé la réunion du 1er novembre 2026"
    assert sentence("test.met", {"day": "2026-11-11"}) == "a préparé la réunion du 11 novembre 2026"
    assert sentence("test.moved", {}) == "a voté « %(mood)s » jusqu’au %(until)s"
    assert "test.unheard" in sentence("test.unheard", {"by": "x"})
    record(session, "test.moved", by=Actor(None, "x"), at=clock.now(), mood="glad")
    session.rollback()
