"""Agendas to subscribe to: secret, revocable, exact, and cheap when nothing changed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import MetaData, create_engine, insert, inspect, select

from app.accounts.models import Role
from app.ceremonies import queries, services
from app.ceremonies.models import CalendarFeed, Ceremony
from app.database import migrate
from app.database.connection import prepare
from app.documents import ics
from app.shared.actor import Actor
from tests.factories.accounts import make_account, make_grant, make_member, make_own_body
from tests.factories.ceremonies import make_ceremony, make_feed, make_shared_twinning

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.bodies.models import Body
    from app.twinnings.models import Twinning

    SignIn = Callable[[Account], FlaskClient]

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
BY = Actor(None, "Essai")


@pytest.fixture
def town(session: Session) -> Body:
    return make_own_body(session, name="Bourg-Fictif")


@pytest.fixture
def twinning(session: Session, town: Body) -> Twinning:
    return make_shared_twinning(session, town)


def _uids(client: FlaskClient, feed: CalendarFeed) -> set[str]:
    answer = client.get(f"/agenda/{feed.token}.ics")
    assert answer.status_code == 200
    return {str(entry.uid) for entry in ics.read(answer.data).entries}


def _over(feed: CalendarFeed) -> set[str]:
    return {f"agenda-{feed.id}@trait-d-union"}


def _told(client: FlaskClient, feed: CalendarFeed) -> str:
    return " ".join(one.description for one in ics.read(client.get(f"/agenda/{feed.token}.ics").data).entries)


def test_a_subscriber_needs_no_account_and_is_told_what_did_not_change(
    session: Session, client: FlaskClient, twinning: Twinning
) -> None:
    ceremony = make_ceremony(session, twinning, items=[{}])
    address = f"/agenda/{make_feed(session, ceremony_id=ceremony.id).token}.ics"
    first = client.get(address)
    assert first.content_type == "text/calendar; charset=utf-8"
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert first.headers["Last-Modified"].endswith("GMT")


def test_a_change_reaches_the_subscriber_with_a_greater_sequence(
    session: Session, client: FlaskClient, twinning: Twinning
) -> None:
    ceremony = make_ceremony(session, twinning, items=[{}, {"start": "12:00"}])
    address = f"/agenda/{make_feed(session, ceremony_id=ceremony.id).token}.ics"
    first = client.get(address)
    item = queries.item_to_edit(session, ceremony.id, ceremony.items[0].id)
    assert item is not None
    fields = services.ItemFields(revision=1, title={"fr": "Accueil"}, day=1, start="10:30")
    services.edit_item(session, item, fields, by=BY, at=AT)
    session.commit()
    second = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert second.status_code == 200
    before, after = (ics.read(answer.data).entries for answer in (first, second))
    assert [entry.uid for entry in before] == [entry.uid for entry in after]
    assert [entry.sequence for entry in after] == [1, 0]
    assert "LAST-MODIFIED:20261122T090000Z" in second.text


def test_a_twinning_s_agenda_gains_what_is_added_to_it_and_nothing_else(
    session: Session, client: FlaskClient, twinning: Twinning
) -> None:
    feed = make_feed(session, twinning_id=twinning.id)
    make_ceremony(session, make_shared_twinning(session), items=[{"uid": "ailleurs"}])
    empty = client.get(f"/agenda/{feed.token}.ics")
    make_ceremony(session, twinning, items=[{"uid": "ici"}])
    assert client.get(f"/agenda/{feed.token}.ics", headers={"If-None-Match": empty.headers["ETag"]}).status_code == 200
    assert _uids(client, feed) == {"ici@trait-d-union"}


def test_a_person_s_agenda_follows_the_roles_they_hold(
    session: Session, client: FlaskClient, town: Body, twinning: Twinning
) -> None:
    make_ceremony(session, twinning, items=[{"uid": "ici"}])
    account = make_account(session)
    feed = make_feed(session, account_id=account.id)
    assert _uids(client, feed) == _over(feed)
    grant = make_grant(session, account, town, Role.READER)
    assert _uids(client, feed) == {"ici@trait-d-union"}
    grant.until = date(2026, 1, 1)
    session.commit()
    assert _uids(client, feed) == _over(feed)
    assert "n’a plus de rôle dans aucun organisme" in _told(client, feed)


def test_a_closed_account_has_no_agenda(session: Session, client: FlaskClient, town: Body, twinning: Twinning) -> None:
    make_ceremony(session, twinning, items=[{"uid": "ici"}])
    account = make_member(session, town)
    feed = make_feed(session, account_id=account.id)
    account.closed_at = AT
    session.commit()
    assert _uids(client, feed) == _over(feed)


@pytest.mark.parametrize("token", ["x" * 32, "0" * 32, "a" * 31, "'; DROP TABLE feed; --"])
def test_an_address_that_was_never_given_answers_nothing(client: FlaskClient, token: str) -> None:
    assert client.get(f"/agenda/{token}.ics").status_code == 404


def test_a_cancelled_moment_stays_in_the_agenda_and_one_in_the_trash_leaves_it(
    session: Session, client: FlaskClient, twinning: Twinning
) -> None:
    ceremony = make_ceremony(session, twinning, items=[{"uid": "a"}, {"uid": "b", "start": "12:00"}])
    feed = make_feed(session, twinning_id=twinning.id)
    services.cancel_item(session, ceremony.items[0], "pluie", by=BY, at=AT)
    services.trash_item(session, ceremony.items[1], by=BY, at=AT)
    session.commit()
    entries = ics.read(client.get(f"/agenda/{feed.token}.ics").data).entries
    assert [(entry.uid, entry.status) for entry in entries] == [("a@trait-d-union", ics.Status.CANCELLED)]


def test_each_moment_says_where_it_is_and_of_which_ceremony(
    session: Session, client: FlaskClient, twinning: Twinning
) -> None:
    hall = {"place": "Mairie"}
    items = [{"uid": "a"}, {"uid": "b", "details": {"place": "Église"}}, {"uid": "c", "details": {"legs": [{}]}}]
    items.append({"uid": "e", "details": {"end_timezone": "Europe/Dublin"}})
    title = "Serment d’été & amis ; суміжні міста, und alle anderen Freunde der beiden Städte"
    ceremony = make_ceremony(session, twinning, title={"fr": title}, details=hall, items=items)
    make_ceremony(session, twinning, title={"fr": "Accueil"}, when="2027-08-01/2027-08-02", items=[{"uid": "d"}])
    answer = client.get(f"/agenda/{make_feed(session, twinning_id=twinning.id).token}.ics")
    found = {entry.uid: entry for entry in ics.read(answer.data).entries}
    summaries = {uid.partition("@")[0]: entry.summary for uid, entry in found.items() if uid}
    assert {summaries[uid] for uid in "abc"} == {f"Accueil – {title}"}
    assert summaries["d"] == "Accueil"
    assert [found[f"{uid}@trait-d-union"].location for uid in "abcde"] == ["Mairie", "Église", "", "", ""]
    assert max(map(len, answer.data.split(b"\r\n"))) <= 75
    alone = client.get(f"/agenda/{make_feed(session, ceremony_id=ceremony.id).token}.ics")
    assert {entry.summary for entry in ics.read(alone.data).entries} == {"Accueil"}


def test_a_moment_elsewhere_or_on_another_day_is_not_said_to_be_at_the_ceremony(
    session: Session, client: FlaskClient, twinning: Twinning
) -> None:
    hall = {"place": "Town Hall & Arts Centre"}
    flight = {"day": 1, "start": "08:10", "end": "09:05", "details": {"timezone": "Europe/Paris"}}
    items = [
        {"uid": "vol", **flight},
        {"uid": "bal", "day": 2, "start": "20:00"},
        {"uid": "train", "kind": "travel"},
        {"uid": "serment"},
    ]
    ceremony = make_ceremony(session, twinning, timezone="Europe/Dublin", details=hall, items=items)
    visit = make_ceremony(session, twinning, when="2027-08-01/2027-08-03", details=hall, items=[{"uid": "accueil"}])
    told: dict[str, str] = {}
    for one in (ceremony, visit):
        answer = client.get(f"/agenda/{make_feed(session, ceremony_id=one.id).token}.ics")
        told |= {(entry.uid or "").partition("@")[0]: entry.location for entry in ics.read(answer.data).entries}
    assert {uid: told[uid] for uid in ("vol", "bal", "train", "accueil")} == dict.fromkeys(
        ("vol", "bal", "train", "accueil"), ""
    )
    assert told["serment"] == told[visit.uid] == "Town Hall & Arts Centre"


def test_entries_that_an_older_version_wrote_say_where_they_are_once_the_database_is_brought_up_to_date(
    app: Flask, session: Session, client: FlaskClient, twinning: Twinning
) -> None:
    old = make_ceremony(session, twinning, details={"place": "Mairie"}, items=[{"uid": "a"}])
    same = make_ceremony(session, twinning, items=[{"uid": "b"}])
    for thing, name in ((old.items[0], "vevent"), (old, "calendar_text")):
        setattr(thing, name, getattr(thing, name).replace("LOCATION:Mairie\r\n", ""))
    old.calendar_shape = same.calendar_shape = 0
    session.commit()
    address = f"/agenda/{make_feed(session, twinning_id=twinning.id).token}.ics"
    before = client.get(address)
    assert "LOCATION" not in before.text
    assert app.test_cli_runner().invoke(args=["database", "upgrade"]).exit_code == 0
    after = client.get(address, headers={"If-None-Match": before.headers["ETag"]})
    found = {entry.uid: entry for entry in ics.read(after.data).entries}
    assert (found["a@trait-d-union"].location, found["a@trait-d-union"].sequence) == ("Mairie", 1)
    assert found["b@trait-d-union"].sequence == 0


def test_columns_that_nothing_read_go_and_come_back_with_the_moments_kept(database_url: str) -> None:
    engine = create_engine(database_url)
    prepare(engine)
    moment = {"ceremony_id": 1, "uid": "a", "position": 0, "title": {"fr": "Bal"}, "kind": "", "status": ""}
    moment |= {"start": "10:00", "end": "", "details": {}, "sequence": 0, "modified": AT, "vevent": "", "revision": 1}
    ceremony = {"uid": "c", "title": {}, "kind": "", "status": "", "timezone": "", "languages": [], "details": {}}
    ceremony |= {"sort_day": AT.date(), "last_day": AT.date(), "sequence": 0, "modified": AT, "vevent": ""}
    ceremony |= {"calendar_text": "", "calendar_zones": {}, "calendar_version": 1, "calendar_changed_at": AT}
    ceremony |= {"created_at": AT, "revision": 1, "id": 1}
    migrate.downgrade(engine, "017_founding")
    with engine.begin() as connection:
        tables = MetaData()
        tables.reflect(connection, only=["ceremony", "programme_item"])
        connection.execute(insert(tables.tables["ceremony"]), ceremony)
        connection.execute(insert(tables.tables["programme_item"]), {**moment, "zone": "Europe/Paris", "year": 2027})
    migrate.upgrade(engine)
    columns = {one["name"] for one in inspect(engine).get_columns("programme_item")}
    assert not {"zone", "year"} & columns
    migrate.downgrade(engine, "017_founding")
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT uid, start, zone, year FROM programme_item").all()
    engine.dispose()
    assert [tuple(row) for row in rows] == [("a", "10:00", "", None)]


def test_a_new_title_reaches_the_moments_of_an_agenda_of_several_ceremonies(
    session: Session, client: FlaskClient, twinning: Twinning
) -> None:
    ceremony = make_ceremony(session, twinning, items=[{}])
    address = f"/agenda/{make_feed(session, twinning_id=twinning.id).token}.ics"
    etag = client.get(address).headers["ETag"]
    fields = services.EditCeremony(
        revision=1,
        title={"fr": "Retrouvailles"},
        kind="",
        when=ceremony.when,
        timezone="Europe/Paris",
        languages=("fr",),
    )
    services.edit_ceremony(session, ceremony, fields, by=BY, at=AT)
    session.commit()
    (entry,) = ics.read(client.get(address, headers={"If-None-Match": etag}).data).entries
    assert (entry.summary, entry.sequence) == ("Accueil – Retrouvailles", 1)


def test_the_guests_agenda_leaves_out_what_only_the_team_needs_and_its_page_says_so(
    session: Session, town: Body, twinning: Twinning, sign_in: SignIn
) -> None:
    contacts = {"contacts": [{"name": "Léa Exemple", "phone": "+33 1 99 00 12 34"}]}
    items = [{"uid": "salle", "kind": "preparation"}, {"uid": "accueil", "details": contacts}]
    ceremony = make_ceremony(session, twinning, items=items)
    browser = sign_in(make_member(session, town, Role.READER))
    guests, team = make_feed(session, ceremony_id=ceremony.id), make_feed(session, twinning_id=twinning.id)
    assert _uids(browser, guests) == {"accueil@trait-d-union"}
    assert _uids(browser, team) == {"salle@trait-d-union", "accueil@trait-d-union"}
    assert "99 00 12 34" not in browser.get(f"/agenda/{guests.token}.ics").text
    assert "99 00 12 34" in browser.get(f"/agenda/{team.token}.ics").text
    assert "Cet agenda est pour les invités" in browser.get(f"/ceremonies/{ceremony.id}/agenda").text
    assert "Cet agenda est pour l’équipe" in browser.get(f"/jumelages/{twinning.id}/agenda").text
    assert "pour les invités, sans les préparatifs" in browser.get("/ceremonies/agendas").text


def test_somebody_opens_an_agenda_finds_it_and_closes_it(
    session: Session, town: Body, twinning: Twinning, sign_in: SignIn
) -> None:
    browser = sign_in(make_member(session, town, Role.READER))
    assert browser.post("/ceremonies/agendas/le-mien", data={"label": ""}).status_code == 422
    assert browser.post("/ceremonies/agendas/le-mien", data={"label": "téléphone de Claire"}).status_code == 302
    ceremony = make_ceremony(session, twinning)
    assert browser.post(f"/ceremonies/{ceremony.id}/agenda", data={"label": "site"}).status_code == 302
    assert browser.post(f"/jumelages/{twinning.id}/agenda", data={"label": "mairie"}).status_code == 302
    page = browser.get("/ceremonies/agendas").text
    feeds = session.scalars(select(CalendarFeed)).all()
    assert len(feeds) == 3
    for feed in feeds:
        assert len(feed.token) == 32
        assert f"/agenda/{feed.token}.ics" in page
    assert browser.post(f"/ceremonies/agendas/{feeds[0].id}/retirer").status_code == 302
    assert browser.get(f"/agenda/{feeds[0].token}.ics").status_code == 404


def test_only_people_of_the_twinning_find_and_close_its_agendas(
    session: Session, twinning: Twinning, sign_in: SignIn
) -> None:
    feed = make_feed(session, twinning_id=twinning.id, created_by_id=999)
    mine = make_feed(session, account_id=make_account(session).id)
    stranger = sign_in(make_member(session, make_own_body(session)))
    assert feed.token not in stranger.get("/ceremonies/agendas").text
    assert stranger.post(f"/ceremonies/agendas/{feed.id}/retirer").status_code == 404
    assert stranger.post(f"/jumelages/{twinning.id}/agenda", data={"label": "x"}).status_code == 404
    partner = sign_in(make_member(session, twinning.parties[1].body))
    assert feed.token in partner.get("/ceremonies/agendas").text
    assert partner.post(f"/ceremonies/agendas/{mine.id}/retirer").status_code == 404
    assert partner.post(f"/ceremonies/agendas/{feed.id}/retirer").status_code == 302


def test_an_agenda_stays_to_its_body_when_its_opener_leaves_but_shows_the_team_s_work_no_more(
    session: Session, town: Body, twinning: Twinning, sign_in: SignIn
) -> None:
    make_ceremony(session, twinning, items=[{"uid": "ici"}])
    leaver = make_member(session, town, name="Odette Partante")
    browser = sign_in(leaver)
    browser.post(f"/jumelages/{twinning.id}/agenda", data={"label": "mairie"})
    ceremony_id = session.scalars(select(Ceremony.id)).one()
    browser.post(f"/ceremonies/{ceremony_id}/agenda", data={"label": "invités"})
    of_team, of_guests = session.scalars(select(CalendarFeed).order_by(CalendarFeed.id))
    assert _uids(browser, of_team) == _uids(browser, of_guests) == {"ici@trait-d-union"}
    leaver.grants[0].until = date(2026, 1, 1)
    session.commit()
    assert _uids(browser, of_team) == _over(of_team)
    assert "La personne qui a ouvert cet agenda n’a plus de rôle dans l’organisme." in _told(browser, of_team)
    assert _uids(browser, of_guests) == {"ici@trait-d-union"}, "guests are given no more than before"
    page = sign_in(make_member(session, town)).get("/ceremonies/agendas").text.replace("\xa0", " ")
    assert (
        "Odette Partante n’a plus de rôle ici et connaît cette adresse : depuis, l’agenda ne montre plus rien" in page
    )
    assert "Odette Partante n’a plus de rôle ici et connaît toujours cette adresse" in page
    leaver.grants[0].until = None
    session.commit()
    assert _uids(browser, of_team) == {"ici@trait-d-union"}, "who comes back finds it again"


def test_an_agenda_is_its_body_s_when_its_opener_leaves_and_ends_in_a_word_when_the_body_leaves(
    session: Session, town: Body, twinning: Twinning, sign_in: SignIn
) -> None:
    make_ceremony(session, twinning, items=[{"uid": "ici"}])
    elsewhere = make_own_body(session)
    leaver = make_member(session, town, name="Odette Partante")
    make_grant(session, leaver, elsewhere)
    browser = sign_in(leaver)
    assert browser.post(f"/jumelages/{twinning.id}/agenda", data={"label": "mairie"}).status_code == 302
    feed = session.scalars(select(CalendarFeed)).one()
    assert feed.body_id == town.id
    ceremony_id = session.scalars(select(Ceremony.id)).one()
    of_one = make_feed(session, ceremony_id=ceremony_id, body_id=town.id)
    assert _uids(browser, of_one) == {"ici@trait-d-union"}
    leaver.grants[0].until = date(2026, 1, 1)
    session.commit()
    assert feed.token not in browser.get("/ceremonies/agendas").text
    assert browser.post(f"/ceremonies/agendas/{feed.id}/retirer").status_code == 404
    stays = sign_in(make_member(session, town))
    page = stays.get("/ceremonies/agendas").text
    assert feed.token in page
    assert "Odette Partante n’a plus de rôle ici" in page
    next(one for one in twinning.parties if one.body_id == town.id).left_on = date(2026, 10, 1)
    session.commit()
    assert _uids(stays, feed) == _over(feed)
    assert _uids(stays, of_one) == _over(of_one)
    assert "ne fait plus partie de ce jumelage" in _told(stays, feed)
    kept = stays.get(f"/agenda/{feed.token}.ics").headers["ETag"]
    assert stays.get(f"/agenda/{feed.token}.ics", headers={"If-None-Match": kept}).status_code == 304
    assert feed.token in stays.get("/ceremonies/agendas").text
    assert stays.post(f"/ceremonies/agendas/{feed.id}/retirer").status_code == 302
    assert stays.get(f"/agenda/{feed.token}.ics").status_code == 404


def test_the_home_page_is_given_what_is_not_over(session: Session, town: Body, twinning: Twinning) -> None:
    make_ceremony(session, twinning, title={"fr": "Passée"}, when="2026-01-01")
    make_ceremony(session, twinning, title={"fr": "En cours"}, when="2026-11-20/2026-11-23")
    make_ceremony(session, twinning, title={"fr": "À fixer"}, when=None)
    make_ceremony(session, twinning, title={"fr": "À venir"})
    found = queries.upcoming_events(session, body_ids=[town.id], on=date(2026, 11, 22))
    assert [one.title["fr"] for one in found] == ["En cours", "À venir", "À fixer"]


def test_a_ceremony_that_is_put_off_says_so_before_every_title_and_goes_on_when_it_is_fixed_again(
    session: Session, town: Body, twinning: Twinning, sign_in: SignIn
) -> None:
    items = [{"status": "confirmed"}, {"start": "12:00", "status": "cancelled"}]
    ceremony = make_ceremony(session, twinning, title={"fr": "Fête"}, when="2027-06-12/2027-06-13", items=items)
    ceremony_id = ceremony.id
    feeds = [make_feed(session, ceremony_id=ceremony_id), make_feed(session, twinning_id=twinning.id)]
    browser = sign_in(make_member(session, town))
    late = {"revision": "1", "status": "postponed", "new_date": "printemps 2028", "reason": "Grippe"}
    assert browser.post(f"/ceremonies/{ceremony_id}/etat", data=late).status_code == 302
    for feed in feeds:
        answer = browser.get(f"/agenda/{feed.token}.ics")
        found = ics.read(answer.data).entries
        assert [one.summary.split(" – ")[:2] for one in found] == [
            ["REPORTÉ", "Fête"],
            ["REPORTÉ", "Accueil"],
            ["ANNULÉ", "Accueil"],
        ]
        assert {one.sequence for one in found} == {1}
        assert all("Grippe" in one.description and "printemps 2028" in one.description for one in found)
        assert answer.text.count("TRANSP:TRANSPARENT") == 2
    assert "s’ouvre par « REPORTÉ »" in browser.get(f"/ceremonies/{ceremony_id}").text
    again = {"revision": "2", "status": "planned", "new_date": "", "reason": ""}
    assert browser.post(f"/ceremonies/{ceremony_id}/etat", data=again).status_code == 302
    found = ics.read(browser.get(f"/agenda/{feeds[0].token}.ics").data).entries
    assert [(one.summary, one.sequence) for one in found] == [("Fête", 2), ("Accueil", 2), ("ANNULÉ – Accueil", 2)]


def test_an_agenda_without_an_entry_has_the_clock_of_the_host(
    session: Session, client: FlaskClient, twinning: Twinning
) -> None:
    ceremony = make_ceremony(session, twinning, when=None, timezone="Europe/Berlin", items=[{}])
    answer = client.get(f"/agenda/{make_feed(session, ceremony_id=ceremony.id).token}.ics")
    assert "TZID:Europe/Berlin" in answer.text
    assert "Paris" not in answer.text
