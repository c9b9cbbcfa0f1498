"""What people typed keeps its language on a page in another one (WCAG 3.1.2); what a programme refers to has a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.factories.ceremonies import make_ceremony
from tests.factories.samples import World

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]


def test_typed_words_carry_their_language_on_a_page_in_another(session: Session, sign_in: SignIn) -> None:
    world = World(session)
    act, project, letter = (world.value("", name) for name in ("act_id", "project_id", "mailing_id"))
    client = sign_in(world.clerk)
    marks = {
        f"/conseil/deliberations/{act}": '<h1><span lang="fr">',
        f"/projets/{project}": '<h1><span lang="fr">Rencontre d’essai</span></h1>',
        f"/lettres/{letter}": '<h1><span lang="fr">',
    }
    for address in marks:
        assert '<span lang="fr">' not in client.get(address).text.partition("<h1")[2].partition("</h1>")[0]
    client.post("/langue", data={"language": "de", "suite": "/"})
    for address, mark in marks.items():
        assert mark in client.get(address).text, address


def test_a_moment_names_those_that_it_refers_to(session: Session, sign_in: SignIn) -> None:
    world = World(session)
    told = {"number": 2, "overlaps": [6], "materials": ["table de signature"]}
    ceremony = make_ceremony(
        session,
        world.twinning,
        items=[
            {"title": {"fr": "Discours"}, "details": told},
            {"title": {"fr": "Vin d’honneur"}, "details": {"number": 6}},
        ],
    )
    client = sign_in(world.clerk)
    page = client.get(f"/ceremonies/{ceremony.id}").text
    assert "En même temps que : Vin d’honneur</p>" in page
    client.post("/langue", data={"language": "en", "suite": "/"})
    assert '<span lang="fr">table de signature</span>' in client.get(f"/ceremonies/{ceremony.id}").text
