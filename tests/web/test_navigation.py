"""The navigation shows each person what they may open, on one calm line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.access.roles import Role
from app.bodies.models import BodyKind
from tests.factories.accounts import make_account, make_adviser, make_member
from tests.factories.bodies import make_body
from tests.factories.samples import World

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]
LONGEST_LINE = 7


def rooms(page: str) -> tuple[list[str], list[str]]:
    """The addresses on the line, and those one step away."""
    shown = page.partition('class="site-nav"')[2].partition("</nav>")[0]
    before, _, after = shown.partition("<details")
    rest, _, end = after.partition("</details>")
    return re.findall(r'href="([^"]+)"', before + end), re.findall(r'href="([^"]+)"', rest)


def test_everybody_may_open_every_room_shown_and_reads_them_on_one_line(session: Session, sign_in: SignIn) -> None:
    world = World(session)
    committee = make_body(session, "Comité-Essai", BodyKind.COMMITTEE, parent_id=world.own.id)
    lines = {}
    for name, account in {
        "town": world.clerk,
        "reader": make_member(session, world.own, Role.READER),
        "committee": make_member(session, committee, Role.PRESIDENT),
        "adviser": make_adviser(session, world.own),
        "installation": make_account(session, is_instance_administrator=True),
        "nobody yet": make_account(session),
    }.items():
        client = sign_in(account)
        for page in ("/", "/financements/"):
            line, rest = rooms(client.get(page, follow_redirects=True).text)
            assert line[0] == "/"
            assert line[-1] == "/recherche"
            assert len(line) <= LONGEST_LINE
            for link in line + rest:
                assert client.get(link, follow_redirects=True).status_code == 200, (name, link)
            lines[name] = line, rest
    assert "/conseil/" in lines["town"][0]
    assert "/assemblees/" not in lines["town"][0] + lines["town"][1]
    assert "/membres/" in lines["committee"][0]
    assert "/assemblees/" in lines["committee"][1]
    assert lines["installation"] == (["/", "/jumelages/", "/financements/", "/organismes/", "/recherche"], [])
    assert "nav-more--here" in sign_in(world.clerk).get("/financements/").text
    assert "nav-more--here" not in sign_in(world.clerk).get("/").text
