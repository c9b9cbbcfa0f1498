"""A button pressed twice, or by two people at the same moment: nobody is a member twice."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from app.access.roles import Role
from app.audit.models import JournalEntry
from app.bodies.models import Mandate
from app.council.models import PastDeliberation
from app.members.models import DuesPeriod, Member, MemberGroup
from app.people.models import Person
from app.shared import clock
from app.yearly.models import YearBook
from app.yearly.services import open_year
from tests.factories.accounts import make_member
from tests.factories.council import make_commune
from tests.factories.mailing import make_mailing, make_model
from tests.factories.members import BY, enrol, make_category, make_host, make_period
from tests.support.forms import filled
from tests.support.pages import as_read
from tests.support.together import another_browser, at_the_same_moment

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session
    from werkzeug.test import TestResponse

    from app.accounts.models import Account
    from app.bodies.models import Body

LIST = "Nom;Prénom;Courriel\n" + "".join(f"FICTIF{one};Zoé;zoe{one}@exemple.fr\n" for one in range(20))
OTHER = LIST + "SEULE;Ida;ida@exemple.fr\n"


def put_aside(app: Flask, account: Account, address: str, content: str) -> tuple[FlaskClient, str]:
    """A browser whose person has sent a list, and the page where it is checked."""
    app.config["WTF_CSRF_ENABLED"] = False
    browser = another_browser(app, account)
    sent = browser.post(address, data={"list": (io.BytesIO(content.encode()), "liste.csv")})
    return browser, sent.location


def bring(browser: FlaskClient, page: str, **said: str) -> TestResponse:
    """Press « Importer » and follow to the page that comes then."""
    answer = browser.post(page, data={"do": "import", "together": "1", **said})
    return browser.get(answer.location) if answer.status_code == 302 else answer


def count(session: Session, what: type = Member) -> int | None:
    session.rollback()
    return session.scalar(select(func.count()).select_from(what))


def test_a_list_that_is_imported_by_a_double_click_comes_in_once(app: Flask, session: Session, committee: Body) -> None:
    account = make_member(session, committee, Role.SECRETARY)
    browser, page = put_aside(app, account, f"/membres/{committee.id}/importer", LIST)
    again = another_browser(app, account)
    first, second = at_the_same_moment(app, Member, lambda: bring(browser, page), lambda: bring(again, page))
    assert "20 membres sont inscrits." in as_read(first.text)
    assert "Cette liste vient d’être importée : personne n’est inscrit deux fois." in as_read(second.text)
    assert count(session) == 20


def test_who_imports_a_longer_list_at_the_same_moment_is_asked_again_and_loses_nothing(
    app: Flask, session: Session, committee: Body
) -> None:
    url = f"/membres/{committee.id}/importer"
    ada, basile = (make_member(session, committee, Role.SECRETARY, name=name) for name in ("Ada", "Basile"))
    browser, page = put_aside(app, ada, url, LIST)
    other, its_page = put_aside(app, basile, url, OTHER)
    _first, second = at_the_same_moment(app, Member, lambda: bring(browser, page), lambda: bring(other, its_page))
    assert second.status_code == 409
    told = as_read(second.text)
    assert "La liste des membres a changé entre-temps : relisez ce qui serait fait, puis importez." in told
    assert "Membres à inscrire : 1. Déjà là : 20." in told
    assert count(session) == 20
    assert "1 membre est inscrit." in as_read(bring(other, its_page).text)
    assert count(session) == 21


def test_a_member_who_is_added_by_a_double_click_is_shown_before_being_added_again(
    app: Flask, session: Session, committee: Body
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    account = make_member(session, committee, Role.SECRETARY)
    first, second = (another_browser(app, account) for _ in range(2))
    url, typed = f"/membres/{committee.id}/ajouter", {"given_name": "Ada", "family_name": "Fictive", "since": "2026"}
    made, shown = at_the_same_moment(
        app, Member, lambda: first.post(url, data=typed), lambda: second.post(url, data=typed)
    )
    assert made.status_code == 302
    assert "Ada Fictive" in as_read(shown.text)
    assert count(session) == 1


def test_a_list_of_former_deliberations_comes_in_once(app: Flask, session: Session) -> None:
    body = make_commune(session)
    account = make_member(session, body, Role.CLERK)
    past = "Numéro;Date;Objet\n" + "".join(f"2019-{one:02d};12/03/2019;Jumelage {one}\n" for one in range(1, 9))
    browser, page = put_aside(app, account, "/conseil/archives/importer", past)
    again, said = another_browser(app, account), {"body": str(body.id)}
    first, second = at_the_same_moment(
        app,
        JournalEntry,
        lambda: bring(browser, page, **said),
        lambda: bring(again, page, **said),
    )
    assert "8 délibérations importées." in as_read(first.text)
    assert "Cette liste vient d’être importée" in as_read(second.text)
    assert count(session, PastDeliberation) == 8


def test_a_period_a_group_and_a_year_that_two_people_begin_at_the_same_moment_are_there_once(
    app: Flask, session: Session, committee: Body
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    enrol(session, committee)
    first, second = (another_browser(app, make_member(session, committee, Role.PRESIDENT)) for _ in range(2))
    days = {"starts_on": "01/01/2027", "ends_on": "31/12/2027", "due_on": "31/03/2027"}
    category = make_category(session, committee).id
    for url, data, wrote, said in (
        (
            f"/membres/{committee.id}/cotisations/nouvelle",
            {"name": "2027", **days, f"each_{category}": "15"},
            DuesPeriod,
            "Une période porte déjà ce nom",
        ),
        (f"/membres/{committee.id}/groupes", {"name": "Accueil"}, MemberGroup, "Un groupe porte déjà ce nom"),
        ("/annees/", {"body": str(committee.id), "year": "2027"}, YearBook, ""),
    ):
        session.rollback()
        made, late = at_the_same_moment(
            app,
            wrote,
            lambda url=url, data=data: first.post(url, data=data),
            lambda url=url, data=data: second.post(url, data=data),
        )
        assert made.status_code == 302, url
        assert late.status_code == (422 if said else 302), url
        assert said in as_read(late.text)
        assert count(session, wrote) == 1


def test_a_mandate_of_a_newcomer_that_is_noted_by_a_double_click_makes_one_person(
    app: Flask, session: Session, committee: Body
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    account = make_member(session, committee, Role.PRESIDENT)
    first, second = (another_browser(app, account) for _ in range(2))
    url = f"/organismes/{committee.id}/mandats/nouveau"
    typed = {"given_name": "Ada", "family_name": "Fictive", "function": "vice_president", "since": "2026"}
    before = count(session, Person) or 0
    made, shown = at_the_same_moment(
        app, Mandate, lambda: first.post(url, data=typed), lambda: second.post(url, data=typed)
    )
    assert made.status_code == 302
    assert "Ada Fictive" in as_read(shown.text)
    assert count(session, Person) == before + 1


def test_of_two_people_who_save_one_record_at_the_same_moment_the_second_reads_both_texts(
    app: Flask, session: Session, committee: Body
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    member = enrol(session, committee, "Camille", "Fictif")
    letter, family = make_mailing(session, committee), make_host(session, member)
    book = open_year(session, committee, 2026, by=BY, at=clock.now())
    session.commit()
    pages = {
        f"/membres/fiche/{member.id}/modifier": "phone",
        f"/personnes/{member.person_id}/modifier": "phone",
        f"/lettres/{letter.id}/modifier": "text",
        f"/lettres/modeles/{make_model(session, committee).id}": "text",
        f"/membres/accueil/famille/{family.id}": "note",
        f"/membres/cotisations/{make_period(session, committee).id}/modifier": "decided",
        f"/annees/{book.id}/rapports": "moral",
        f"/annees/{book.id}/papiers": "insurer",
    }
    ada, basile = (make_member(session, committee, Role.PRESIDENT, name=name) for name in ("Ada", "Basile"))
    browsers = another_browser(app, ada), another_browser(app, basile)
    for page, name in pages.items():
        typed = [{**filled(browser.get(page).text), name: said} for browser, said in zip(browsers, "12", strict=True)]
        first, second = at_the_same_moment(
            app,
            JournalEntry,
            lambda page=page, typed=typed: browsers[0].post(page, data=typed[0]),
            lambda page=page, typed=typed: browsers[1].post(page, data=typed[1]),
        )
        assert (first.status_code, second.status_code) == (302, 409), page
        assert "Enregistré entre-temps" in as_read(second.text), page


def test_two_people_who_unite_the_same_two_records_each_their_own_way_round_keep_one_of_them(
    app: Flask, session: Session, committee: Body
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    one, other = (enrol(session, committee, "Camille", "Fictif").id for _ in range(2))
    people = session.scalars(select(Member.person_id).order_by(Member.id)).all()
    browsers = [another_browser(app, make_member(session, committee, Role.SECRETARY, name=name)) for name in "AB"]
    for (kept, double), path, field in (
        (people, "/personnes/{0}/reunir", "{1}"),
        ((one, other), "/membres/fiche/{0}/reunir/{1}", ""),
    ):
        session.rollback()
        answers = at_the_same_moment(
            app,
            JournalEntry,
            lambda path=path, field=field, kept=kept, double=double: _unite(browsers[0], path, field, kept, double),
            lambda path=path, field=field, kept=kept, double=double: _unite(browsers[1], path, field, double, kept),
        )
        assert "n’en font plus qu’une" in as_read(answers[0])
        assert "Si quelqu’un vient de les réunir, il n’y a plus rien à faire" in as_read(answers[1])
    session.rollback()
    kept_members, kept_people = (
        session.scalars(select(kind).where(kind.trashed_at.is_(None), kind.id.in_(pair))).all()
        for kind, pair in ((Member, (one, other)), (Person, people))
    )
    assert [member.id for member in kept_members] == [one]
    assert [person.id for person in kept_people] == [people[0]]
    assert kept_members[0].person_id == kept_people[0].id


def test_a_record_that_was_united_already_is_not_united_again_from_a_page_left_open(
    session: Session, committee: Body, keeper: FlaskClient
) -> None:
    one, other = (enrol(session, committee, "Camille", "Fictif") for _ in range(2))
    other.person_id = one.person_id
    session.commit()
    keeper.post(f"/membres/fiche/{one.id}/reunir/{other.id}")
    said = keeper.post(f"/membres/fiche/{other.id}/reunir/{one.id}", follow_redirects=True).text
    assert "L’une des deux fiches est à la corbeille" in as_read(said)
    session.expire_all()
    assert one.trashed_at is None


def _unite(browser: FlaskClient, path: str, field: str, kept: int, double: int) -> str:
    data = {"other": field.format(kept, double)} if field else {}
    return browser.post(path.format(kept, double), data=data, follow_redirects=True).text


def test_what_no_lock_holds_apart_is_told_calmly_and_not_as_a_breakdown(app: Flask, session: Session) -> None:
    body = make_commune(session)
    with app.test_request_context("/"):
        with pytest.raises(IntegrityError) as refused:
            session.execute(insert(MemberGroup), [_group(body.id), _group(body.id)])
        told, status = app.handle_user_exception(refused.value)  # type: ignore[misc]  # a page and its status
        assert status == 409
        assert "La même chose vient d’être enregistrée" in as_read(str(told))


def _group(body_id: int) -> dict[str, object]:
    return {"body_id": body_id, "name": "Accueil", "created_at": clock.now()}
