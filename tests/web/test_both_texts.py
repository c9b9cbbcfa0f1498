"""Two people change the same thing: the second reads both texts in plain words, and loses nothing."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from flask import url_for

from app.access.roles import Role
from tests.factories.accounts import make_member
from tests.factories.members import make_committee, make_period
from tests.factories.samples import World
from tests.support.forms import filled

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]
CASES = {
    "bodies.edit": {"note": "une note", "country": "PT"},
    "people.edit": {"given_name": "Prénom"},
    "twinnings.describe": {"summary": "un résumé", "title": "un titre"},
    "twinnings.edit_event": {"text": "un récit", "title": "un titre"},
    "assemblies.edit_item": {"resolution": "une résolution", "title": "un objet"},
    "assemblies.edit_rule": {"clause_quorum": "art. 9"},
    "council.describe": {"prefecture": "Lille", "court": "Lille", "publication_mode": "electronic"},
    "members.edit": {"note": "une remarque"},
    "members.edit_period": {"decided": "en assemblée"},
    "members.host": {"address": "une adresse"},
    "members.edit_stay": {"title": "un séjour"},
    "mailing.edit": {"text": "un texte"},
    "handover.edit": {"message": "un mot"},
    "yearly.figures": {"planned-60": "120,50"},
}
_RAW = re.compile(r"\b[a-z]+_[a-z_]+\b|\d{4}-\d\d-\d\d|T\d\d:\d\d|\bNone\b|\bTrue\b|\bFalse\b|\w+\(\w+=|Decimal\(")


def complaints(page: str) -> str:
    """What a page has against what was sent."""
    return re.sub(r"<[^>]+>", " ", page.partition('class="error-summary"')[2].partition("</div>")[0])


def _opened(app: Flask, session: Session, endpoint: str) -> tuple[dict[str, Any], Account]:
    """A thing that the page changes, and somebody who may change it; dues are an association's."""
    if endpoint == "members.edit_period":
        committee = make_committee(session)
        period = make_period(session, committee)
        return {"period_id": period.id}, make_member(session, committee, Role.TREASURER)
    world = World(session)
    rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)
    return {name: world.value(endpoint, name) for name in rule.arguments}, world.clerk


@pytest.mark.parametrize("endpoint", CASES)
def test_both_texts_are_told_in_plain_words(app: Flask, session: Session, sign_in: SignIn, endpoint: str) -> None:
    values, writer = _opened(app, session, endpoint)
    with app.test_request_context():
        address = url_for(endpoint, **values)
    client = sign_in(writer)
    opened = filled(client.get(address).text)
    typed = {name: text for name, text in CASES[endpoint].items() if name in opened}
    assert typed, sorted(opened)
    mine = opened | {name: f"{text} de moi" if " " in text else text for name, text in typed.items()}
    one = next(iter(typed))
    first = client.post(address, data=mine | {one: "99,50" if mine[one][:1].isdigit() else f"{mine[one]} !"})
    assert first.status_code == 302, complaints(first.text)
    late = client.post(address, data=mine)
    assert late.status_code == 409, complaints(late.text)
    compared = re.findall(r'class="conflict-field">(.*?)</section>', late.text, re.DOTALL)
    told = unescape(re.sub(r"<[^>]+>", " ", " ".join(compared)))
    assert compared
    assert not _RAW.findall(told), told
    for text in mine.values():
        if len(text) > 5:
            assert text in unescape(late.text).replace("\r\n", "\n"), text
