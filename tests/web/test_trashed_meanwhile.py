"""Something that another puts in the trash while I write: I am told, and my text is not lost."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest
from flask import url_for

from tests.factories.samples import World
from tests.support.forms import filled

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]
TYPED = "Ce que j’écrivais depuis une heure"
CASES = {
    "a moment": ("ceremonies.edit_item", "ceremonies.trash_item", "title", "Ce moment est à la corbeille"),
    "a ceremony": ("ceremonies.edit", "ceremonies.trash", "title", "n’est plus là"),
    "an article": ("conventions.edit_article", "conventions.remove_article", "body_fr", "n’est plus là"),
    "a text": ("conventions.edit_article", "conventions.trash", "body_fr", "texte est à la corbeille"),
    "a person": ("people.edit", "people.trash", "phone", "fiche est à la corbeille"),
    "a body": ("bodies.edit", "bodies.trash", "note", "organisme est à la corbeille"),
    "a twinning": ("twinnings.describe", "twinnings.trash", "summary", "à la corbeille"),
    "a point of the thread": ("twinnings.edit_event", "twinnings.trash_event", "text", "à la corbeille"),
    "a project": ("actions.edit", "actions.trash", "summary", "projet est à la corbeille"),
    "an item of an agenda": ("assemblies.edit_item", "assemblies.withdraw_item", "resolution", "a retiré ce point"),
    "a letter": ("mailing.edit", "mailing.trash", "text", "lettre est à la corbeille"),
    "a member": ("members.edit", "members.trash", "note", "fiche est à la corbeille"),
}


@pytest.mark.parametrize("case", CASES)
def test_what_was_typed_survives_the_trash_and_the_page_says_what_happened(
    app: Flask, session: Session, sign_in: SignIn, case: str
) -> None:
    edit, trash, field, sentence = CASES[case]
    world, addresses = World(session), []
    for endpoint in (edit, trash):
        rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)
        values = {name: world.value(endpoint, name) for name in rule.arguments}
        with app.test_request_context():
            addresses.append(url_for(endpoint, **values))
    client = sign_in(world.clerk)
    sent = filled(client.get(addresses[0]).text) | {field: TYPED}
    assert client.post(addresses[1]).status_code == 302
    answer = client.post(addresses[0], data=sent)
    told = unescape(re.sub(r"<[^>]+>", " ", answer.text.partition("<main")[2]).replace("\xa0", " "))
    assert answer.status_code in {403, 404, 409, 422}
    assert TYPED in unescape(answer.text)
    assert sentence in told
    for way in re.findall(r'<a class="button button--primary" href="([^"]+)"', answer.text):
        assert client.get(way).status_code == 200, way


def test_a_moment_in_the_trash_comes_back_with_what_was_typed(session: Session, sign_in: SignIn) -> None:
    world = World(session)
    number, ceremony = world.value("ceremonies.edit_item", "item_id"), world.value("", "ceremony_id")
    address = f"/ceremonies/{ceremony}/moments/{number}"
    client = sign_in(world.clerk)
    sent = filled(client.get(f"{address}/modifier").text) | {"title": TYPED}
    client.post(f"{address}/corbeille")
    assert client.post(f"{address}/monter").status_code == 302
    page = client.post(f"{address}/modifier", data=sent).text
    again = filled(page)
    assert again["title"] == TYPED
    assert client.post(f"{address}/modifier", data=again).status_code == 302
    assert TYPED in client.get(f"/ceremonies/{ceremony}").text.partition('id="corbeille"')[0]
