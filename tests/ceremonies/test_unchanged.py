"""What was imported is opened in its forms and saved as it stands: nothing is refused, nothing is lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.accounts.models import Role
from app.ceremonies import interchange, services
from app.ceremonies.models import Ceremony
from app.shared.actor import Actor
from app.shared.fuzzydate import FuzzyDate
from tests.ceremonies.records import records, told
from tests.ceremonies.whole import WHOLE
from tests.factories.accounts import make_member, make_own_body
from tests.factories.ceremonies import LONG_AGO, make_ceremony, make_shared_twinning
from tests.support.forms import filled

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]

INVENTED = Path(__file__).parents[1] / "data" / "programmes" / "invented_programmes.json"


def _stated(ceremony: Ceremony) -> dict[str, Any]:
    """What a ceremony says, without the marks that every save leaves."""
    plain = interchange.plain(ceremony)
    return {
        name: [
            {key: value for key, value in item.items() if key not in {"sequence", "modified"}}
            for item in plain["items"]
        ]
        if name == "items"
        else value
        for name, value in plain.items()
        if name not in {"sequence", "modified"}
    }


def test_what_was_imported_is_saved_as_it_stands_without_a_word_lost(session: Session, sign_in: SignIn) -> None:
    town = make_own_body(session)
    secretary = sign_in(make_member(session, town, Role.SECRETARY))
    options = services.ImportOptions(twinning_id=make_shared_twinning(session, town).id)
    invented = json.loads(INVENTED.read_text("utf-8"))["ceremonies"]
    given = interchange.read(
        json.dumps(
            {
                "format": interchange.FORMAT,
                "version": 1,
                "ceremonies": [*invented, *(told(one) for one in records()), WHOLE],
            }
        ).encode()
    )
    services.import_ceremonies(session, given, options, by=Actor(None, "Essai"), at=LONG_AGO)
    session.commit()
    refused: list[str] = []
    for number in session.scalars(select(Ceremony.id)).all():
        before = _stated(session.get_one(Ceremony, number))
        moments = [item.id for item in session.get_one(Ceremony, number).programme]
        for page in [
            "modifier",
            *(["etat"] if before.get("status") else []),
            *(f"moments/{one}/modifier" for one in moments),
        ]:
            address = f"/ceremonies/{number}/{page}"
            answer = secretary.post(address, data=filled(secretary.get(address).text))
            if answer.status_code != 302:
                errors = [line.strip() for line in answer.text.splitlines() if 'href="#' in line]
                refused.append(f"{before['uid']} {page}: {errors[:6]}")
            session.expire_all()
            after = _stated(session.get_one(Ceremony, number))
            if after != before:
                refused.append(f"{before['uid']} {page}: {_differences(before, after)}")
                before = after
    assert "\n".join(refused) == ""


def test_an_hour_that_no_clock_showed_is_edited_under_its_warning_and_never_typed_anew(
    session: Session, sign_in: SignIn
) -> None:
    town = make_own_body(session)
    secretary = sign_in(make_member(session, town, Role.SECRETARY))
    twinning = make_shared_twinning(session, town)
    item = {"own_date": FuzzyDate("2027-03-28"), "day": None, "start": "02:30"}
    ceremony = make_ceremony(session, twinning, when="2027-03-27/2027-03-28", items=[item, {"start": "01:00"}])
    address = f"/ceremonies/{ceremony.id}/moments/{ceremony.items[0].id}/modifier"
    shown = secretary.get(address).text
    assert "cette heure n’existe pas cette nuit-là" in shown
    typed = {**filled(shown), "title": "Retour en navette"}
    assert secretary.post(address, data=typed).status_code == 302
    session.expire_all()
    assert (ceremony.items[0].title, ceremony.items[0].start) == ({"fr": "Retour en navette"}, "02:30")
    other = f"/ceremonies/{ceremony.id}/moments/{ceremony.items[1].id}/modifier"
    typed = {**filled(secretary.get(other).text), "date": "28/03/2027", "start": "2 h 15"}
    assert secretary.post(other, data=typed).status_code == 422


def test_hours_and_a_length_that_contradict_each_other_are_told_and_kept_until_one_of_them_changes(
    session: Session, sign_in: SignIn
) -> None:
    town = make_own_body(session)
    secretary = sign_in(make_member(session, town, Role.SECRETARY))
    moment = {"title": {"fr": "Bal"}, "start": "09:00", "end": "10:00"}
    items = [moment | {"details": {"minutes": 500}}, moment | {"details": {"minutes": 45, "approximate_end": True}}]
    ceremony = make_ceremony(session, make_shared_twinning(session, town), items=items)
    told = "De 09:00 à 10:00, il y a 60 minutes, mais la durée dit 500."
    assert secretary.get(f"/ceremonies/{ceremony.id}").text.count(told) == 1
    address = f"/ceremonies/{ceremony.id}/moments/{ceremony.items[0].id}/modifier"
    shown = secretary.get(address).text
    assert told in shown
    typed = filled(shown)
    assert secretary.post(address, data={**typed, "title": "Grand bal"}).status_code == 302
    typed = filled(secretary.get(address).text)
    assert secretary.post(address, data={**typed, "minutes": "70"}).status_code == 422
    assert secretary.post(address, data={**typed, "minutes": "60"}).status_code == 302
    assert "mais la durée dit" not in secretary.get(f"/ceremonies/{ceremony.id}").text


def _differences(before: Any, after: Any, where: str = "") -> list[str]:
    if isinstance(before, dict) and isinstance(after, dict):
        return [
            one
            for name in sorted(before.keys() | after.keys())
            for one in _differences(before.get(name), after.get(name), f"{where}.{name}")
        ]
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        pairs = enumerate(zip(before, after, strict=True))
        return [one for rank, (mine, yours) in pairs for one in _differences(mine, yours, f"{where}[{rank}]")]
    return [] if before == after else [f"{where}: {before!r} -> {after!r}"]
