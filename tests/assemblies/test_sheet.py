"""The sheet of an assembly: who is there, who presides and writes; names that are alike; thousands of people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from app.accounts.models import Role
from app.assemblies.models import ItemKind, Presence, Status
from app.assemblies.services import answering, calling, holding
from app.extensions import db
from app.law.statutes import Statutes
from app.shared.typography import NO_BREAK
from tests.factories.accounts import make_member
from tests.factories.assemblies import BY, add_item, make_assembly, make_association, open_with, record_statutes
from tests.factories.members import enrol
from tests.factories.people import make_person
from tests.support.forms import filled

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.assemblies.models import Assembly, AssemblySeat
    from app.bodies.models import Body

NOT_THERE = "n’est pas noté·e présent·e : qui préside, écrit le procès-verbal ou compte les voix est là"


@pytest.fixture
def body(session: Session) -> Body:
    made = make_association(session)
    record_statutes(session, made, Statutes(proxies_per_person=2))
    return made


@pytest.fixture
def secretary(session: Session, sign_in: Callable[[Account], FlaskClient], body: Body) -> FlaskClient:
    return sign_in(make_member(session, body, Role.SECRETARY))


def note(session: Session, assembly: Assembly, presences: dict[int, Presence], **duties: object) -> None:
    """Note on the sheet, at the hour of the meeting."""
    roll = holding.Roll(presences=presences, **duties)
    holding.note_roll(session, assembly, roll, by=BY, at=assembly.starts_at)


@pytest.mark.parametrize("away", [Presence.ABSENT, Presence.EXCUSED])
@pytest.mark.parametrize("duty", ["president", "secretary", "teller"])
def test_whoever_presides_writes_or_counts_is_not_away(
    session: Session, secretary: FlaskClient, body: Body, duty: str, away: Presence
) -> None:
    assembly = make_assembly(session, body, people=3)
    ada, bea, _chloe = (seat.id for seat in assembly.members)
    url = f"/assemblees/{assembly.id}/feuille"
    said = {f"presence-{ada}": Presence.PRESENT, f"presence-{bea}": away}
    answer = secretary.post(url, data=said | {duty: str(bea)})
    assert answer.status_code == 422
    assert f"Membre Fictif 01 {NOT_THERE}" in answer.text
    assert secretary.post(url, data=said | {duty: str(ada)}).status_code == 302
    assert secretary.post(url, data=said | {f"presence-{bea}": Presence.REMOTE, duty: str(bea)}).status_code == 302


def test_who_was_to_write_and_is_excused_keeps_nobody_from_being_noted(session: Session, body: Body) -> None:
    assembly = make_assembly(session, body, people=3)
    ada, bea, chloe = assembly.members
    note(session, assembly, {ada.id: Presence.PRESENT}, president_id=ada.id, secretary_id=bea.id)
    assembly.status = Status.CONVENED
    answering.answer(session, bea, Presence.EXCUSED, None, by=BY, at=assembly.starts_at)
    note(session, assembly, {chloe.id: Presence.PRESENT})
    assert chloe.presence == Presence.PRESENT
    with pytest.raises(holding.NotThere):
        note(session, assembly, {}, teller_ids=frozenset({bea.id}))
    session.rollback()


def test_who_presides_may_be_named_before_the_day_and_is_noted_as_there_to_open(session: Session, body: Body) -> None:
    assembly = make_assembly(session, body, people=3)
    ada, bea, _chloe = assembly.members
    note(session, assembly, {bea.id: Presence.PRESENT}, president_id=ada.id)
    with pytest.raises(holding.NotThere) as error:
        holding.open_assembly(session, assembly, "18:00", by=BY, at=assembly.starts_at)
    assert f"{ada.name} {NOT_THERE}" in str(error.value).replace(NO_BREAK, " ")
    note(session, assembly, {ada.id: Presence.PRESENT}, president_id=ada.id)
    holding.open_assembly(session, assembly, "18:00", by=BY, at=assembly.starts_at)


def test_minutes_are_not_closed_in_the_name_of_somebody_who_did_not_come(session: Session, body: Body) -> None:
    assembly = make_assembly(session, body, people=3)
    item = add_item(session, assembly, kind=ItemKind.INFORMATION)
    open_with(session, assembly, 2)
    ada, bea, chloe = assembly.members
    with pytest.raises(holding.NotThere):
        note(session, assembly, {}, president_id=ada.id, secretary_id=chloe.id)
    session.rollback()
    note(session, assembly, {chloe.id: Presence.UNSAID}, president_id=ada.id, secretary_id=chloe.id)
    with pytest.raises(holding.NotThere) as error:
        holding.close_assembly(session, assembly, "20:00", by=BY, at=assembly.starts_at)
    assert f"{chloe.name} {NOT_THERE}" in str(error.value).replace(NO_BREAK, " ")
    note(session, assembly, {}, president_id=ada.id, secretary_id=bea.id)
    holding.note_move(session, chloe, item, comes=True, by=BY, at=assembly.starts_at)
    note(session, assembly, {}, president_id=ada.id, secretary_id=chloe.id)
    with pytest.raises(holding.NotThere):
        holding.note_move(session, chloe, item, comes=False, by=BY, at=assembly.starts_at)
    session.rollback()


MANY = 120


@pytest.fixture
def great(session: Session, body: Body) -> Assembly:
    """An assembly of more people than stand on one sheet; two of them are father and son."""
    assembly = make_assembly(session, body, people=MANY)
    for name in ("Zoé Durand", "Jean Durand", "Jean Durand", "Jeanne Martin"):
        given, family = name.split()
        person = make_person(session, given, family, kept_by_body_id=body.id)
        seat = calling.SeatFacts(name=name, person_id=person.id, quality="membre actif")
        calling.call_people(session, assembly, [seat], by=BY, at=assembly.starts_at)
    session.commit()
    return assembly


def shown_on(page: str) -> list[str]:
    """The names whose presence may be noted on a page."""
    return [one.strip() for one in re.findall(r'<legend class="seat-name">([^<]+)<', page)]


def seat_of(session: Session, assembly: Assembly, name: str) -> AssemblySeat:
    session.expire_all()
    return next(one for one in session.get_one(type(assembly), assembly.id).seats if one.name == name)


def test_at_the_door_of_a_great_assembly_one_name_is_found_and_noted(
    session: Session, secretary: FlaskClient, great: Assembly
) -> None:
    url = f"/assemblees/{great.id}/feuille"
    page = secretary.get(f"{url}?q=dur+zo").text
    assert shown_on(page) == ["Zoé Durand"]
    assert "1 personne répond à cette recherche" in page
    zoe, ada = seat_of(session, great, "Zoé Durand"), great.members[0]
    note(session, great, {ada.id: Presence.PRESENT}, president_id=ada.id)
    session.commit()
    form = {**filled(page), f"presence-{zoe.id}": "present", "secretary": str(zoe.id)}
    answer = secretary.post(f"{url}?q=dur+zo", data=form)
    assert answer.status_code == 302
    assert "q=" not in answer.location, "the next name is looked for"
    assert seat_of(session, great, "Zoé Durand").presence == Presence.PRESENT
    assert seat_of(session, great, "Zoé Durand").is_secretary
    assert seat_of(session, great, ada.name).presides, "the other door named who presides meanwhile"
    assert seat_of(session, great, ada.name).presence == Presence.PRESENT
    assert shown_on(secretary.get(f"{url}?q=nessuno").text) == []
    assert "Aucune personne convoquée ne répond" in secretary.get(f"{url}?q=nessuno").text


def test_the_sheet_of_a_great_assembly_has_pages_and_that_of_a_small_one_none(
    session: Session, secretary: FlaskClient, body: Body, great: Assembly
) -> None:
    url, seen = f"/assemblees/{great.id}/feuille", []
    while url:
        page = secretary.get(url).text
        assert "rel=" in page
        seen += shown_on(page)
        url = next(iter(re.findall(r'rel="next"\s+href="([^"]+)"', page)), "").replace("&amp;", "&")
    assert len(seen) == len(set(seen)) == MANY + 4
    small = make_assembly(session, body, people=50)
    page = secretary.get(f"/assemblees/{small.id}/feuille").text
    assert len(shown_on(page)) == 50
    assert "Chercher une personne" not in page


def test_a_sheet_asks_the_database_as_often_for_many_people_as_for_few(
    session: Session, secretary: FlaskClient, body: Body
) -> None:
    asked: list[int] = []
    event.listen(db.engine, "before_cursor_execute", lambda *_all: asked.append(1))
    found, sizes = [], []
    for people in (60, 60, 240):
        number = make_assembly(session, body, people=people).id
        session.expire_all()
        session.rollback()
        asked.clear()
        sizes.append(len(secretary.get(f"/assemblees/{number}/feuille").data))
        found.append(len(asked))
    assert found[1] == found[2]
    assert sizes[2] < 1.05 * sizes[1]


def test_in_a_great_assembly_a_proxy_is_noted_by_names_and_who_is_meant_is_asked(
    session: Session, secretary: FlaskClient, great: Assembly
) -> None:
    url = f"/assemblees/{great.id}/pouvoirs"
    for giver, sentence in (
        ("", "Choisissez qui donne le pouvoir"),
        ("Nessuno", "Aucune personne qui vote ne porte le nom « Nessuno »"),
        ("durand", "Plusieurs noms répondent à « durand »"),
    ):
        answer = secretary.post(url, data={"giver_name": giver, "holder_name": "Jeanne Martin"})
        assert answer.status_code == 422
        assert sentence in answer.text, giver
    choice = answer.text.partition('id="giver"')[2].partition("</select>")[0]
    assert choice.count("<option") == 3
    assert 'value="Jeanne Martin"' in answer.text
    zoe = seat_of(session, great, "Zoé Durand").id
    assert secretary.post(url, data={"giver": str(zoe), "holder_name": "martin"}).status_code == 302
    page = secretary.get(f"/assemblees/{great.id}/feuille?q=martin").text
    assert "Zoé Durand donne pouvoir à Jeanne Martin" in page
    assert "Aucun pouvoir ne concerne" in secretary.get(f"/assemblees/{great.id}/feuille?q=fictif+03").text


def test_two_people_of_one_name_are_told_apart_where_one_chooses(
    session: Session, secretary: FlaskClient, body: Body
) -> None:
    assembly = make_assembly(session, body, people=2)
    for number in (31, 32):
        member = enrol(session, body, "Jean", "Durand", number=number)
        facts = calling.SeatFacts(name="Jean Durand", person_id=member.person_id, quality="membre actif")
        calling.call_people(session, assembly, [facts], by=BY, at=assembly.starts_at)
    guest = calling.SeatFacts(name="Jean DURAND", quality="maire", may_vote=False)
    calling.call_people(session, assembly, [guest], by=BY, at=assembly.starts_at)
    election = add_item(session, assembly, "Conseil", kind=ItemKind.ELECTION, places=1)
    session.commit()
    page = secretary.get(f"/assemblees/{assembly.id}/feuille").text
    told = ["Jean DURAND (maire)", "Jean Durand (membre no 31)", "Jean Durand (membre no 32)"]
    assert sorted(one for one in shown_on(page) if "urand" in one.lower()) == told
    for field in ("president", "giver", "holder"):
        offered = page.partition(f'<select id="{field}"')[2].partition("</select>")[0]
        assert told[1] in offered, field
        assert told[2] in offered, field
    item = secretary.get(f"/assemblees/points/{election.id}").text
    for one in told:
        assert one in item.partition('id="candidate-seat"')[2].partition("</select>")[0]


def test_who_is_called_and_what_was_sent_have_pages_and_a_search_of_their_own(
    session: Session, secretary: FlaskClient, great: Assembly
) -> None:
    great.status = Status.CONVENED
    session.commit()
    for page, section in (("personnes", "personnes"), ("convocation", "envois")):
        url, seen = f"/assemblees/{great.id}/{page}", 0
        found = secretary.get(f"{url}?q=durand").text.partition(f'id="{section}"')[2]
        assert found.count('class="person"') == 3, page
        while url:
            text = secretary.get(url).text.partition(f'id="{section}"')[2]
            seen += text.count('class="person"')
            url = next(iter(re.findall(r'rel="next"\s+href="([^"]+)"', text)), "").replace("&amp;", "&")
        assert seen == MANY + 4, page


def test_in_a_great_assembly_a_ballot_sent_on_paper_is_noted_by_a_name(
    session: Session, secretary: FlaskClient, great: Assembly
) -> None:
    item = add_item(session, great, "Budget")
    open_with(session, great, 100)
    holder = seat_of(session, great, "Jeanne Martin")
    page = f"/assemblees/points/{item.id}"
    assert 'name="seat_name"' in secretary.get(page).text
    refused = secretary.post(f"{page}/vote", data={"seat_name": "Jean Durand", "choice": "for"})
    assert "Plusieurs noms répondent à « Jean Durand »" in refused.text
    assert refused.text.partition('<select id="seat"')[2].partition("</select>")[0].count("<option") == 2
    assert secretary.post(f"{page}/vote", data={"seat_name": "martin", "choice": "for"}).status_code == 302
    assert f">{holder.name} " in secretary.get(page).text


def test_father_and_son_stand_in_one_election_of_a_great_assembly_by_their_names(
    session: Session, secretary: FlaskClient, great: Assembly
) -> None:
    item = add_item(session, great, "Conseil", kind=ItemKind.ELECTION, places=2)
    page = f"/assemblees/points/{item.id}"
    assert "candidate-seat" not in secretary.get(page).text
    refused = secretary.post(f"{page}/candidatures", data={"name": "durand jean"})
    assert refused.status_code == 422
    choice = refused.text.partition('id="candidate-seat"')[2].partition("</select>")[0]
    both = re.findall(r'value="(\d+)">Jean Durand \(fiche n° \d+\)', choice.replace("\N{NO-BREAK SPACE}", " "))
    assert len(both) == 2
    for one in both:
        assert secretary.post(f"{page}/candidatures", data={"seat": one}).status_code == 302
    assert secretary.post(f"{page}/candidatures", data={"name": "Martin Jeanne"}).status_code == 302
    assert secretary.post(f"{page}/candidatures", data={"name": "Nora Nouvelle"}).status_code == 302
    session.expire_all()
    standing = session.get_one(type(item), item.id).candidates
    assert len({one.person_id for one in standing} - {None}) == 3
    assert len({one.name for one in standing}) == 4
    assert standing[2].name == "Jeanne Martin"
