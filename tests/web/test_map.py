"""The map of the twinnings: what stands where, and what it owns to know only about."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from app.access.roles import Role
from app.bodies.models import BodyKind
from app.web.atlas import FRAME, THREE_LETTERS, Link, Spot, draw, is_shown, middle_of_country, project
from tests.factories.accounts import make_account, make_member
from tests.factories.bodies import make_body
from tests.factories.places import make_place
from tests.factories.twinnings import make_twinning

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.bodies.models import Body

    SignIn = Callable[[Account], FlaskClient]

LILLE = {"latitude": 50.63, "longitude": 3.06}
KYIV = {"latitude": 50.45, "longitude": 30.52}


@pytest.fixture
def town(session: Session) -> Body:
    return make_body(session, "Sailly-lez-Lannoy", place_id=make_place(session, **LILLE).id)


def ring_at(point: tuple[float, float]) -> str:
    """How the picture draws a town that stands about there."""
    return f'cx="{point[0]:.0f}" cy="{point[1]:.0f}" r="'


def shown(client: FlaskClient) -> tuple[str, str]:
    assert 'href="/carte"' in client.get("/jumelages/").text
    page = client.get("/carte")
    picture = client.get("/carte.svg")
    assert (page.status_code, picture.status_code) == (200, 200)
    return page.text, picture.text


def test_two_places_with_coordinates_are_two_full_dots(session: Session, town: Body, sign_in: SignIn) -> None:
    place = make_place(session, "Kyiv", country="UA", **KYIV)
    make_twinning(session, town, make_body(session, "Kyiv", "foreign_authority", country="UA", place_id=place.id))
    session.commit()
    page, picture = shown(sign_in(make_member(session, town)))
    assert "stroke-dasharray" not in picture
    assert picture.count("<circle") == 2
    assert ">Kyiv</text>" in picture
    assert 'class="state' not in page.split("en liste")[1].split("</ul>")[0]


def test_a_partner_without_a_place_stands_in_the_middle_of_its_country_and_the_map_says_so(
    session: Session, town: Body, sign_in: SignIn
) -> None:
    make_twinning(session, town, make_body(session, "Semenivka", "foreign_authority", country="UA"))
    session.commit()
    page, picture = shown(sign_in(make_member(session, town)))
    middle = middle_of_country("UA")
    assert middle is not None
    assert ring_at(middle) in picture
    assert "position approchée" in page


def test_a_commune_whose_coordinates_are_unknown_stands_in_the_middle_of_its_departement(
    session: Session, sign_in: SignIn
) -> None:
    make_place(session, **LILLE)
    ally = make_body(session, "Périers", place_id=make_place(session, "Périers", admin="59").id)
    make_twinning(session, ally, make_body(session, "Kyiv", "foreign_authority", country="UA"))
    session.commit()
    assert ring_at(project(**LILLE)) in shown(sign_in(make_member(session, ally)))[1]


def test_a_country_that_the_map_does_not_show_stays_in_the_list(session: Session, town: Body, sign_in: SignIn) -> None:
    make_twinning(session, town, make_body(session, "Toyota", "foreign_authority", country="JP"))
    session.commit()
    page, picture = shown(sign_in(make_member(session, town)))
    assert "hors de la carte" in page
    assert "<circle" not in picture


def test_somebody_who_keeps_the_record_says_about_where_the_body_is(
    session: Session, town: Body, sign_in: SignIn
) -> None:
    partner = make_body(session, "Semenivka", BodyKind.FOREIGN_AUTHORITY, country="UA", kept_by_id=town.id)
    make_twinning(session, town, partner)
    session.commit()
    client, address = sign_in(make_member(session, town, Role.CLERK)), f"/organismes/{partner.id}/position"
    for typed in ("50,25 ; 28,66", "50.25, 28.66", "50.25 28.66"):
        assert client.post(address, data={"position": typed}).status_code == 302
        session.expire_all()
        assert (partner.latitude, partner.longitude) == (50.25, 28.66)
    assert ring_at(project(50.25, 28.66)) in shown(client)[1]
    for typed in ("ici", "50,25", "280 ; 50", "<b>", "1;2;3"):
        refused = client.post(address, data={"position": typed})
        assert refused.status_code == 422
        assert 'id="position-error"' in refused.text
    assert "50,25 ; 28,66" in client.get(f"/organismes/{partner.id}/lieu").text
    assert client.post(address, data={"position": ""}).status_code == 302
    session.expire_all()
    assert partner.latitude is None


def test_the_middle_of_a_country_lies_on_the_map_or_is_not_shown() -> None:
    middles = {code: middle_of_country(code) for code in THREE_LETTERS}
    assert {"FR", "DE", "UA", "PL", "IT", "ES", "GB", "RO", "MA", "TN"} <= {code for code in middles if middles[code]}
    assert all(is_shown(Spot("x", middle)) for middle in middles.values() if middle)
    assert middle_of_country("JP") is None
    germany = middles["DE"]
    assert germany is not None
    x, y = project(51.1, 10.4)
    assert abs(germany[0] - x) + abs(germany[1] - y) < FRAME[0] / 30


def test_who_may_open_no_dossier_is_offered_none(session: Session, sign_in: SignIn) -> None:
    runs = make_account(session, is_instance_administrator=True)
    assert 'href="/jumelages/nouveau"' not in sign_in(runs).get("/carte").text
    writes = make_member(session, make_body(session))
    assert 'href="/jumelages/nouveau"' in sign_in(writes).get("/carte").text


@pytest.mark.parametrize("size", [1, 1.7])
def test_towns_that_are_near_each_other_bear_their_names_side_by_side(size: float) -> None:
    lille, mons, ruethen = (project(*at) for at in ((50.65, 3.22), (50.45, 3.95), (51.5, 8.4)))
    home = Spot("Sailly-lez-Lannoy", lille)
    links = [Link((home, Spot("Vieux Mons", mons, is_rough=True))), Link((home, Spot("Rüthen", ruethen)))]
    picture = draw(links, title="", size=size)
    left, top, wide, high = (float(one) for one in re.search(r'viewBox="(.*?)"', picture)[1].split())
    assert wide < FRAME[0] / 2, "the part of the map that is shown is the one with the towns"
    assert left < lille[0] < ruethen[0] < left + wide
    assert top < ruethen[1] < lille[1] < top + high
    letters = float(re.search(r'font-size="(.*?)"', picture)[1])
    assert letters / wide == pytest.approx(size * 0.03, rel=0.02)
    names = [
        (text, float(x), float(y)) for x, y, text in re.findall(r'<text x="(.*?)" y="(.*?)">(.*?)</text>', picture)
    ]
    assert {name for name, _x, _y in names} == {"Sailly-lez-Lannoy", "Vieux Mons", "Rüthen"}
    for (one, x1, y1), (other, x2, y2) in combinations(names, 2):
        is_aside = abs(x1 - x2) > (len(one) + len(other)) * letters * 0.28
        assert is_aside or abs(y1 - y2) > letters, (one, other)
