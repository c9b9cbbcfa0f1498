"""What people typed keeps its language on a page in another one (WCAG 3.1.2); what a programme refers to has a name."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.factories.ceremonies import make_ceremony
from tests.factories.council import make_subsidy
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


@pytest.mark.parametrize(
    ("language", "sum_", "cents", "people"),
    [
        (
            "fr",
            "23_000 €",
            "1_500,50 €",
            "12_345",
        ),
        ("de", "23.000 €", "1.500,50 €", "12.345"),
        ("en", "€23,000", "€1,500.50", "12,345"),
    ],
)
def test_sums_and_numbers_are_written_as_the_reader_writes_them(
    session: Session, sign_in: SignIn, language: str, sum_: str, cents: str, people: str
) -> None:
    world = World(session)
    world.own.population = 12345
    aid = make_subsidy(session, world.own, cash=Decimal("1500.50"))
    client = sign_in(world.clerk)
    client.post("/langue", data={"language": language, "suite": "/"})
    sum_, cents, people = (one.replace("_", "\N{NARROW NO-BREAK SPACE}") for one in (sum_, cents, people))
    page = client.get(f"/conseil/subventions/{aid.id}").text
    assert sum_ in page
    assert cents in page
    assert cents in client.get("/conseil/subventions").text
    assert people in client.get(f"/organismes/{world.own.id}").text
