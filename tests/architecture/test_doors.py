"""Every door of the house: who may pass, in which relation to what lies behind it.

The matrix endpoint × role × relation is kept in ``doors.txt``; a new or changed door is a visible difference.
Write it anew with ``UPDATE_DOORS=1 .venv/bin/pytest tests/architecture/test_doors.py -k matrix`` and read the
difference before it is committed. What an address's arguments stand for is in ``tests/factories/samples.py``.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from flask import g
from sqlalchemy import event
from werkzeug.exceptions import NotFound

from app import create_app
from app.access.gate import ASKS, MARK, check
from app.access.roles import WRITERS, Role
from app.access.table import Permission
from app.extensions import db
from app.shared.errors import NotAllowed
from tests.factories.samples import World, visitors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session
    from werkzeug.routing import Rule

    from app.accounts.models import Account
    from app.config import Settings
    from tests.factories.samples import Visitor

KEPT = Path(__file__).with_name("doors.txt")
SEGMENT = re.compile(
    r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)?"  # a word in kebab-case, or a file
    r"|([a-z0-9-]+\.)?<(int|string|path|any|uuid)(\([^)]*\))?:[a-z_]+>(\.[a-z]+|\.<(string|any)(\([^)]*\))?:[a-z_]+>)?"
)
BY_DESIGN = {"static"}  # Flask's own


def doors(app: Flask) -> list[Rule]:
    return sorted(
        (rule for rule in app.url_map.iter_rules() if rule.endpoint not in BY_DESIGN), key=lambda rule: rule.endpoint
    )


def methods(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


def address(app: Flask, rule: Rule, world: World) -> tuple[str, dict[str, Any]]:
    arguments = {name: world.value(rule.endpoint, name) for name in sorted(rule.arguments)}
    with app.test_request_context():
        return app.url_for(rule.endpoint, **arguments), arguments


Asked = dict[tuple[Any, ...], str]
NOTHING = object()  # behind the door of a permission that is asked of no thing


def answer(permission: Permission, thing: object, visitor: Visitor, question: tuple[Any, ...], known: Asked) -> str:
    """What the gate answers: « entre », « connexion », « refus », « inconnu ».

    Two views that ask the same permission of the same thing are asked once: ``known`` remembers.
    """
    if not visitor.identity.is_signed_in:
        return "connexion"
    question = (*question, visitor.account)
    if question not in known:
        known[question] = _asked(permission, thing, visitor)
    return known[question]


def _asked(permission: Permission, thing: object, visitor: Visitor) -> str:
    if thing is None:
        return "inconnu"
    g.identity = visitor.identity
    try:
        check(permission, None if thing is NOTHING else thing)
    except NotFound:
        return "inconnu"
    except NotAllowed:
        return "refus"
    return "entre"


def behind(app: Flask, rule: Rule, arguments: dict[str, Any]) -> object:
    """What the gate finds for these arguments before it asks anybody: it looks for it alone, for all visitors."""
    _permission, on = getattr(app.view_functions[rule.endpoint], ASKS)
    return on(db.session(), **arguments) if on is not None else NOTHING


def drawn(app: Flask, world: World) -> Iterator[str]:
    people = list(visitors(world))
    known: Asked = {}
    for rule in doors(app):
        mark = getattr(app.view_functions[rule.endpoint], MARK)
        told = mark.value if isinstance(mark, Permission) else mark
        yield f"{rule.endpoint}  {' '.join(methods(rule))}  {rule.rule}  [{told}]"
        if told in {"public", "signed_in"}:
            continue
        _, arguments = address(app, rule, world)
        question = (*getattr(app.view_functions[rule.endpoint], ASKS), *sorted(arguments.items()))
        found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        with app.test_request_context():
            thing = behind(app, rule, arguments)
            for visitor in people:
                found[visitor.relation][answer(mark, thing, visitor, question, known)].append(visitor.role)
        db.session.rollback()  # all who stood at this door asked at one moment
        for relation, answers in found.items():
            if len(answers) == 1:
                yield f"    {relation} : {next(iter(answers))}"
            else:
                told = (f"{said} {named(roles)}" for said, roles in sorted(answers.items()))
                yield f"    {relation} : {' ; '.join(told)}"
        yield ""


def named(roles: list[str]) -> str:
    """The roles, or the words for those that always go together."""
    writers = {"administre", *WRITERS}
    if set(roles) == writers:
        return "qui écrit"
    if set(roles) == {*Role} - writers:
        return "qui lit"
    if set(roles) == {*Role}:
        return "les autres"
    return ", ".join(roles)


@pytest.mark.slow
def test_the_matrix_of_doors_is_the_one_that_was_read(app: Flask, session: Session) -> None:
    now = "\n".join(drawn(app, World(session))).rstrip() + "\n"
    if os.environ.get("UPDATE_DOORS"):
        KEPT.write_text(now, "utf-8")
    assert now == KEPT.read_text("utf-8"), "relisez la différence, puis : UPDATE_DOORS=1 pytest … -k matrix"


def test_every_endpoint_carries_a_mark(app: Flask) -> None:
    unmarked = [rule.endpoint for rule in doors(app) if not hasattr(app.view_functions[rule.endpoint], MARK)]
    assert unmarked == []


def test_an_endpoint_without_a_mark_stays_closed(settings: Settings) -> None:
    app = create_app(settings)
    app.add_url_rule("/sans-marque", "unmarked", lambda: "secret")
    with pytest.raises(RuntimeError, match="carries no mark"):
        app.test_client().get("/sans-marque")


def test_every_required_permission_is_declared(app: Flask) -> None:
    table = app.extensions["permissions"]
    asked = {getattr(view, MARK, None) for view in app.view_functions.values()}
    assert [mark for mark in asked if isinstance(mark, Permission) and not table.ways(mark)] == []


def test_nobody_passes_a_door_that_is_not_public(app: Flask, client: FlaskClient, session: Session) -> None:
    world = World(session)
    for rule in doors(app):
        if getattr(app.view_functions[rule.endpoint], MARK) == "public":
            continue
        path, _ = address(app, rule, world)
        for method in methods(rule):
            given = client.open(path, method=method)
            if method == "GET":
                assert (given.status_code, given.location.split("?")[0]) == (302, "/connexion"), path
            else:
                assert given.status_code == 401, path


WITHOUT_A_TOKEN = frozenset({"mailing.left"})
"""A mail program leaves a list with one POST, signed in its address, without having been here (RFC 8058)."""


def test_every_post_wants_its_token(app: Flask, session: Session) -> None:
    world = World(session)
    client = app.test_client()
    for rule in doors(app):
        if "POST" in (rule.methods or ()):
            path, _ = address(app, rule, world)
            if rule.endpoint in WITHOUT_A_TOKEN:
                assert client.post(path).status_code == 404
                continue
            assert client.post(path).status_code == 400, f"{path} takes a POST without a token"


def test_the_token_is_of_this_session(app: Flask, session: Session) -> None:
    """A token that somebody else was given opens nothing here: nobody signs another person in (login CSRF)."""
    del session
    theirs, ours = app.test_client(), app.test_client()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', theirs.get("/connexion").text)[1]
    ours.get("/connexion")
    given = {"email": "a@exemple.test", "csrf_token": token}
    assert ours.post("/connexion", data=given).status_code == 400
    assert theirs.post("/connexion", data=given).status_code == 302


@pytest.mark.slow
def test_no_get_writes_and_none_fails(app: Flask, session: Session, sign_in: Callable[[Account], FlaskClient]) -> None:
    world = World(session)
    paths = [address(app, rule, world)[0] for rule in doors(app) if "GET" in (rule.methods or ())]
    client = sign_in(world.clerk)
    wrong: list[str] = []
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.testing = False
    path = ""

    @event.listens_for(db.engine, "before_cursor_execute")
    def watch(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.lstrip()[:6].upper() in {"INSERT", "UPDATE", "DELETE"} or "IMMEDIATE" in statement:
            wrong.append(f"{path} writes: {statement[:60]}")

    for path in paths:
        status = client.get(path).status_code
        if status >= 500 and not (path.endswith("sante") and status == 503):
            wrong.append(f"{path} answers {status}")
    assert "\n".join(wrong) == ""


@pytest.mark.parametrize("part", ["address", "name"])
def test_addresses_are_french_words_in_kebab_case_with_typed_arguments(app: Flask, part: str) -> None:
    if part == "name":
        assert [rule.endpoint for rule in doors(app) if not re.fullmatch(r"[a-z_]+\.[a-z_]+", rule.endpoint)] == []
        return
    wrong = [
        rule.rule
        for rule in doors(app)
        if not all(SEGMENT.fullmatch(segment) for segment in rule.rule.strip("/").split("/") if segment)
    ]
    assert "\n".join(wrong) == ""


def test_cookies_are_kept_from_scripts_and_other_sites(settings: Settings) -> None:
    for secure in (False, True):
        app = create_app(replace(settings, secure_cookies=secure))
        given = app.test_client().get("/connexion")
        cookie = given.headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert ("Secure" in cookie) is secure
        assert ("Strict-Transport-Security" in given.headers) is secure
        with app.app_context():
            db.engine.dispose()
