"""The dossier, through the browser: who sees it, how it is told, what is noted in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, select

from app.audit.models import JournalEntry
from app.extensions import db
from app.forms.dates import parse
from app.twinnings.models import Stage, Twinning, TwinningEvent, TwinningParty, TwinningPerson
from app.twinnings.panels import Entry, Panel, PanelItem, Suggestion, _makers, register
from tests.factories.twinnings import make_dossier_person, make_event, make_twinning

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from tests.twinnings.conftest import Calvados

    SignIn = Callable[[Account], FlaskClient]


def page(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.text[:2000]
    return answer.text


def send(client: FlaskClient, address: str, status: int = 302, **fields: object) -> str:
    answer = client.post(address, data=fields)
    assert answer.status_code == status, answer.text[:3000]
    return answer.text


def heading(text: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", text, re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]+>", "", found[1]).split())


def test_each_town_sees_itself_first(calvados: Calvados, sign_in: SignIn) -> None:
    address = f"/jumelages/{calvados.twinning.id}"
    four = "Mathieu, Cresserons, Cambes-en-Plaine, Périers-sur-le-Dan"
    assert heading(page(sign_in(calvados.french), address)) == f"{four} et Gerbrunn"
    german = sign_in(calvados.german).get(address, headers={"Accept-Language": "fr"})
    assert heading(german.text) == f"Gerbrunn et {four}"


def test_a_stranger_does_not_learn_that_a_dossier_exists(calvados: Calvados, sign_in: SignIn) -> None:
    client = sign_in(calvados.stranger)
    for end in ("", "/etape", "/modifier", "/journal", "/evenements/nouveau", "/personnes/nouvelle"):
        page(client, f"/jumelages/{calvados.twinning.id}{end}", 404)


def test_a_reader_and_an_adviser_read_but_do_not_write(calvados: Calvados, sign_in: SignIn) -> None:
    for account in (calvados.reader, calvados.adviser):
        client = sign_in(account)
        text = page(client, f"/jumelages/{calvados.twinning.id}")
        assert "Ajouter au fil" not in text
        assert "non de le modifier" in page(client, f"/jumelages/{calvados.twinning.id}/etape", 403)


def test_the_partner_edits_as_an_equal(session: Session, calvados: Calvados, sign_in: SignIn) -> None:
    address = f"/jumelages/{calvados.twinning.id}/evenements/nouveau"
    send(sign_in(calvados.german), address, kind="visit", title="Weinfest", when="09/2003", place="Gerbrunn")
    noted = session.scalars(select(TwinningEvent)).one()
    assert (noted.title, noted.when and noted.when.text, noted.entered_by) == (
        "Weinfest",
        "2003-09",
        "Fiktiv aus Gerbrunn",
    )
    assert "Weinfest" in page(sign_in(calvados.french), f"/jumelages/{calvados.twinning.id}")
    entry = session.scalars(select(JournalEntry)).one()
    assert (entry.action, entry.body_id, entry.twinning_id) == (
        "twinning.event_noted",
        calvados.gerbrunn.id,
        calvados.twinning.id,
    )


def test_history_may_be_a_thousand_years_older_than_the_software(calvados: Calvados, sign_in: SignIn) -> None:
    client, address = sign_in(calvados.french), f"/jumelages/{calvados.twinning.id}"
    send(client, f"{address}/evenements/nouveau", kind="note", title="Fraternité de prière", when="836")
    send(client, f"{address}/evenements/nouveau", kind="gift", title="Une cloche", when="vers 1950")
    text = page(client, address)
    assert "« Une cloche » (vers 1950) est à sa place dans l’histoire" in text
    assert "an 836" in text
    assert text.rindex("vers 1950") < text.rindex("an 836")


def test_an_odd_stage_is_warned_about_and_then_kept(session: Session, calvados: Calvados, sign_in: SignIn) -> None:
    client, address = sign_in(calvados.french), f"/jumelages/{calvados.twinning.id}/etape"
    typed = {"stage": "second_oath", "when": "17/09/2016", "place": "Gerbrunn"}
    warned = client.post(address, data=typed)
    assert "Le second serment vient d’ordinaire après un premier" in warned.text
    assert "Enregistrer quand même" in warned.text
    assert session.scalars(select(TwinningEvent)).all() == []
    seen = re.search(r'name="seen"[^>]*value="([^"]*)"', warned.text)
    assert seen
    send(client, address, **typed, seen=seen[1])
    session.expire_all()
    assert session.get_one(Twinning, calvados.twinning.id).stage == Stage.SECOND_OATH


def test_a_stage_that_somebody_else_has_noted_is_told_with_who_and_when_and_corrected_or_kept_twice(
    session: Session, calvados: Calvados, sign_in: SignIn
) -> None:
    address = f"/jumelages/{calvados.twinning.id}/etape"
    send(sign_in(calvados.french), address, stage="visit", when="17/09/2016", place="Gerbrunn")
    first = session.scalars(select(TwinningEvent)).one()
    second, typed = sign_in(calvados.german), {"stage": "visit", "when": "2016", "reason": "Invités"}
    warned = second.post(address, data=typed)
    assert warned.status_code == 200
    assert "Cette étape est déjà notée" in warned.text
    assert f"{calvados.french.name} l’a notée le" in warned.text
    assert "Gerbrunn" in warned.text
    assert "Invités" in warned.text  # nothing typed is lost
    assert f'href="/jumelages/evenements/{first.id}/modifier"' in warned.text
    session.rollback()
    assert len(session.scalars(select(TwinningEvent)).all()) == 1
    seen = re.search(r'name="seen"[^>]*value="([^"]*)"', warned.text)
    assert seen
    send(second, address, **typed, seen=seen[1])
    session.rollback()
    assert len(session.scalars(select(TwinningEvent)).all()) == 2


def test_an_older_stage_enters_history_without_changing_the_present(
    session: Session, calvados: Calvados, sign_in: SignIn
) -> None:
    make_event(session, calvados.twinning, "2016-09-17", stage="active")
    calvados.twinning.stage = "active"
    session.commit()
    client, address = sign_in(calvados.french), f"/jumelages/{calvados.twinning.id}/etape"
    typed = {"stage": "vote", "when": "2015"}
    warned = client.post(address, data=typed)
    assert "entrera dans l’histoire" in warned.text
    seen = re.search(r'name="seen"[^>]*value="([^"]*)"', warned.text)
    assert seen
    send(client, address, **typed, seen=seen[1])
    session.expire_all()
    assert session.get_one(Twinning, calvados.twinning.id).stage == "active"


def test_taking_back_the_latest_stage_returns_to_the_one_before(
    session: Session, calvados: Calvados, sign_in: SignIn
) -> None:
    make_event(session, calvados.twinning, "2015", stage="vote")
    last = make_event(session, calvados.twinning, "2016", stage="first_oath", place="Mathieu")
    calvados.twinning.stage = "first_oath"
    session.commit()
    client = sign_in(calvados.french)
    send(client, f"/jumelages/evenements/{last.id}/corbeille")
    session.expire_all()
    assert session.get_one(Twinning, calvados.twinning.id).stage == "vote"
    send(client, f"/jumelages/evenements/{last.id}/restaurer")
    session.expire_all()
    assert session.get_one(Twinning, calvados.twinning.id).stage == "first_oath"


def test_a_suspension_says_why_and_when_to_look_again(session: Session, calvados: Calvados, sign_in: SignIn) -> None:
    make_event(session, calvados.twinning, "2000-10-28", stage="active")
    client, address = sign_in(calvados.french), f"/jumelages/{calvados.twinning.id}"
    send(
        client,
        f"{address}/etape",
        stage="suspended",
        when="01/03/2022",
        reason="Désaccord sur les échanges scolaires",
        review_on="2023-03-01",
    )
    text = page(client, address)
    assert "Désaccord sur les échanges scolaires" in text
    assert "La date fixée pour revoir la suspension est passée" in text


def test_two_people_who_correct_the_same_point_both_see_both_texts(
    session: Session, calvados: Calvados, sign_in: SignIn
) -> None:
    visit = make_event(session, calvados.twinning, "2003", title="Visite")
    address = f"/jumelages/evenements/{visit.id}/modifier"
    send(sign_in(calvados.german), address, kind="visit", title="Weinfest", when="2003", revision="1")
    answer = sign_in(calvados.french).post(
        address, data={"kind": "visit", "title": "Fête du vin", "when": "2003", "revision": "1"}
    )
    assert answer.status_code == 409
    assert "Weinfest" in answer.text
    assert 'value="Fête du vin"' in answer.text
    session.expire_all()
    assert session.get_one(TwinningEvent, visit.id).title == "Weinfest"


def test_two_people_who_describe_a_twinning_both_see_both_texts(calvados: Calvados, sign_in: SignIn) -> None:
    address = f"/jumelages/{calvados.twinning.id}/modifier"
    kind = calvados.twinning.kind_id
    send(sign_in(calvados.german), address, kind=kind, summary="Seit 2000", languages="fr, de", revision="1")
    answer = sign_in(calvados.french).post(address, data={"kind": kind, "summary": "Depuis 2000", "revision": "1"})
    assert answer.status_code == 409
    assert "Seit 2000" in answer.text
    assert "Depuis 2000" in answer.text


def test_a_date_that_is_none_is_said_and_nothing_typed_is_lost(calvados: Calvados, sign_in: SignIn) -> None:
    answer = sign_in(calvados.french).post(
        f"/jumelages/{calvados.twinning.id}/evenements/nouveau",
        data={"kind": "visit", "title": "Visite", "when": "31/02/2020", "text": "Trois jours."},
    )
    assert answer.status_code == 422
    assert "31/02/2020" in answer.text
    assert "Trois jours." in answer.text


def test_people_of_both_sides_are_named_with_their_function(
    session: Session, calvados: Calvados, sign_in: SignIn
) -> None:
    client, address = sign_in(calvados.french), f"/jumelages/{calvados.twinning.id}"
    send(
        client,
        f"{address}/personnes/nouvelle",
        body=calvados.communes[0].id,
        given_name="Odile",
        family_name="Fictive",
        duty="coordinator",
        wording="présidente du comité",
        since="2020-06-01",
    )
    text = page(client, address)
    assert "Odile Fictive" in text
    assert "Coordination · présidente du comité" in text
    named = session.scalars(select(TwinningPerson)).one()
    send(client, f"/jumelages/personnes/{named.id}/modifier", body=named.body_id, duty="signatory", revision="1")
    answer = client.post(
        f"/jumelages/personnes/{named.id}/modifier", data={"body": named.body_id, "duty": "contact", "revision": "1"}
    )
    assert answer.status_code == 409


def test_a_commune_that_leaves_no_longer_sees_the_dossier(
    session: Session, calvados: Calvados, sign_in: SignIn
) -> None:
    party = session.scalars(select(TwinningParty).where(TwinningParty.body_id == calvados.communes[1].id)).one()
    client = sign_in(calvados.french)
    send(client, f"/jumelages/organismes/{party.id}/depart", 422, on="2026-01-31")
    send(client, f"/jumelages/organismes/{party.id}/depart", on="2026-01-31", agreed="y")
    assert "parti le 31 janvier 2026" in page(client, f"/jumelages/{calvados.twinning.id}")
    page(sign_in(calvados.reader), f"/jumelages/{calvados.twinning.id}", 404)


def test_the_only_town_of_a_side_cannot_leave(session: Session, calvados: Calvados, sign_in: SignIn) -> None:
    party = session.scalars(select(TwinningParty).where(TwinningParty.body_id == calvados.gerbrunn.id)).one()
    text = send(sign_in(calvados.french), f"/jumelages/organismes/{party.id}/depart", 422, agreed="y")
    assert "son départ est la fin du jumelage" in text


def test_a_dossier_in_the_trash_is_read_restored_and_not_changed(calvados: Calvados, sign_in: SignIn) -> None:
    client, address = sign_in(calvados.french), f"/jumelages/{calvados.twinning.id}"
    send(client, f"{address}/corbeille")
    assert "Gerbrunn" not in page(client, "/jumelages/")
    assert "Gerbrunn" in page(client, "/jumelages/?corbeille=1")
    page(client, f"{address}/etape", 403)
    send(client, f"{address}/restaurer")
    assert "Gerbrunn" in page(client, "/jumelages/")


def test_the_journal_tells_both_sides_what_was_done(calvados: Calvados, sign_in: SignIn) -> None:
    client, address = sign_in(calvados.french), f"/jumelages/{calvados.twinning.id}"
    send(client, f"{address}/evenements/nouveau", kind="visit", title="Marché de Noël", when="2024")
    text = page(sign_in(calvados.german), f"{address}/journal")
    assert "Fictive de Mathieu" in text
    assert "Marché de Noël" in text


def test_an_anniversary_to_come_stands_on_the_line(session: Session, calvados: Calvados, sign_in: SignIn) -> None:
    make_event(session, calvados.twinning, "1977-10-28", stage="first_oath", place="Gerbrunn")
    assert "50 ans : Premier serment à Gerbrunn" in page(sign_in(calvados.french), f"/jumelages/{calvados.twinning.id}")


def test_a_room_above_shows_its_panel_and_its_points(calvados: Calvados, sign_in: SignIn) -> None:
    entry = Entry(when=parse("2003-05-01"), title="Cérémonie de mai", url="/ailleurs")
    step = Suggestion(title="signer à Gerbrunn", weight=5)
    made = Panel(title="Cérémonies", items=(PanelItem(title="Fête"),), entries=(entry,), suggestion=step)

    def panel(session: Session, twinning: Twinning, who: object) -> Panel:
        del session, twinning, who
        return made

    register(panel)
    try:
        text = page(sign_in(calvados.french), f"/jumelages/{calvados.twinning.id}")
    finally:
        _makers.remove(panel)
    assert "signer à Gerbrunn" in text
    assert '<a href="/ailleurs">Cérémonie de mai</a>' in text


def test_a_thick_dossier_costs_as_many_queries_as_a_thin_one(
    session: Session, calvados: Calvados, sign_in: SignIn
) -> None:
    client, address = sign_in(calvados.french), f"/jumelages/{calvados.twinning.id}"
    page(client, address)
    thin = _queries(client, address)
    for number in range(60):
        make_event(session, calvados.twinning, f"{1900 + number}", title=f"Visite {number}")
        make_dossier_person(session, calvados.twinning, calvados.communes[number % 4])
    other = make_twinning(session, calvados.communes[0], calvados.gerbrunn)
    assert other.id
    assert _queries(client, address) == thin
    assert thin <= 25


def test_the_timeline_is_read_a_page_at_a_time_without_a_gap(
    session: Session, calvados: Calvados, sign_in: SignIn
) -> None:
    for number in range(60):
        make_event(session, calvados.twinning, f"{1900 + number // 2}", title=f"Point {number:02d}.")
    make_event(session, calvados.twinning, "", title="Sans date.")
    client, address = sign_in(calvados.french), f"/jumelages/{calvados.twinning.id}"
    seen: list[str] = []
    for _page in range(6):
        text = page(client, address)
        seen += re.findall(r'timeline-title">(Point \d\d|Sans date)\.', text)
        more = re.search(r'href="([^"]*avant=[^"]*)"', text)
        if not more:
            break
        address = more[1].replace("&amp;", "&")
    assert seen == [*(f"Point {number:02d}" for number in range(59, -1, -1)), "Sans date"]


def _queries(client: FlaskClient, address: str) -> int:
    counted: list[str] = []

    def count(*given: object) -> None:
        counted.append(str(given[2]))

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        assert client.get(address).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    return len(counted)


@pytest.mark.parametrize(("language", "today"), [("fr", "Aujourd’hui : premier serment"), ("de", "Heute: Erster Eid")])
def test_the_stage_of_today_is_written_as_the_language_writes_its_nouns(
    calvados: Calvados, session: Session, sign_in: SignIn, language: str, today: str
) -> None:
    calvados.twinning.stage = Stage.FIRST_OATH
    session.commit()
    client = sign_in(calvados.french)
    client.post("/langue", data={"language": language, "suite": "/"})
    assert today in page(client, f"/jumelages/{calvados.twinning.id}")
