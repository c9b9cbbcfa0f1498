"""A town that was renamed after a slip: its planned ceremonies say so and follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from app.accounts.models import Role
from app.ceremonies.models import Ceremony
from tests.factories.accounts import make_member, make_own_body
from tests.factories.ceremonies import make_ceremony, make_shared_twinning
from tests.support.forms import filled

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account


def test_a_renamed_town_is_remarked_and_its_new_name_taken_up(
    session: Session, sign_in: Callable[[Account], FlaskClient]
) -> None:
    town = make_own_body(session, name="Bourg-Fictif")
    twinning = make_shared_twinning(session, town)
    partner = twinning.parties[1].body
    details = {"hosts": [{"name": "Misto Fiktivne", "country": "UA", "body": partner.uid}]}
    ceremony = make_ceremony(session, twinning, details=details, timezone="Europe/Kyiv")
    held = make_ceremony(session, twinning, details=details, timezone="Europe/Kyiv", status="held")
    client = sign_in(make_member(session, town, Role.SECRETARY))
    remark = "« Misto Fiktivne » s’appelle maintenant « Misto Fiktyvne »"
    assert remark in client.get(f"/ceremonies/{ceremony.id}").text
    assert remark not in client.get(f"/ceremonies/{held.id}").text, "as it was called then"
    again = client.post(f"/ceremonies/{ceremony.id}/reprendre", data={"title": "Serment retour"})
    assert again.status_code == 302
    typed = {"revision": 1, "title": "Serment de jumelage", "timezone": "Kyïv", "language": "fr"}
    assert client.post(f"/ceremonies/{ceremony.id}/modifier", data=typed).status_code == 302
    session.expire_all()
    for one in session.scalars(select(Ceremony).where(Ceremony.id != held.id)):
        assert one.details["hosts"][0]["name"] == "Misto Fiktyvne"
    assert held.details["hosts"][0]["name"] == "Misto Fiktivne"
    renamed = typed | {"revision": 2, "hosts-0-name": "Une autre ville"}
    page = client.get(f"/ceremonies/{ceremony.id}/modifier").text
    assert client.post(f"/ceremonies/{ceremony.id}/modifier", data=filled(page) | renamed).status_code == 302
    session.expire_all()
    assert ceremony.details["hosts"] == [{"name": "Une autre ville", "country": "UA"}], "what was typed is kept"


def test_spaces_are_no_title_and_no_hour_and_endless_numbers_are_told(
    session: Session, sign_in: Callable[[Account], FlaskClient]
) -> None:
    town = make_own_body(session, name="Bourg-Fictif")
    ceremony = make_ceremony(session, make_shared_twinning(session, town))
    client, address = sign_in(make_member(session, town, Role.SECRETARY)), f"/ceremonies/{ceremony.id}"
    begun = {"title": "Serment", "host": town.id, "kind": "oath", "language": "fr", "model": "five_moments"}
    assert client.post("/ceremonies/nouvelle", data={**begun, "start": "   "}).status_code == 302
    assert client.post(f"{address}/reprendre", data={"title": "   "}).status_code == 422
    assert client.post(f"{address}/moments/nouveau", data={"title": "   "}).status_code == 422
    for name in ("start", "end", "new_start"):
        assert client.post(f"{address}/moments/nouveau", data={"title": "T", name: "   "}).status_code == 302
    for name in ("day", "minutes", "capacity"):
        answer = client.post(f"{address}/moments/nouveau", data={"title": "T", name: "9" * 400, "note": "gardée"})
        assert answer.status_code == 422
        assert "gardée" in answer.text
