"""Projects of a twinning: begun, completed, copied, shared, put away."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from app.access.roles import Role
from app.actions import queries, services
from app.actions.models import FactOrigin, ProjectKind, read_value, write_value
from app.audit.models import JournalEntry
from app.bodies.models import BodyKind
from app.shared.actor import Actor
from app.shared.errors import EditConflict
from tests.factories.accounts import make_member
from tests.factories.actions import make_project
from tests.factories.bodies import make_body
from tests.factories.ceremonies import make_ceremony
from tests.factories.twinnings import make_twinning

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.actions.models import Project

    SignIn = Callable[[Account], FlaskClient]

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
CAMILLE = Actor(1, "Camille Exemple")


@pytest.fixture
def project(session: Session) -> Project:
    return make_project(session, make_twinning(session))


def test_a_title_is_enough_to_begin_a_project(session: Session, sign_in: SignIn) -> None:
    twinning = make_twinning(session)
    client = sign_in(make_member(session, twinning.parties[0].body, Role.PRESIDENT))
    made = client.post(
        "/projets/nouveau", data={"title": "Fête d’été", "kind": "event", "owner": twinning.parties[0].body_id}
    )
    page = client.get(made.location)
    assert "Fête d’été" in page.text
    assert "Fête d’été" in client.get(f"/jumelages/{twinning.id}").text


def test_a_form_that_lacks_its_title_keeps_what_was_typed(session: Session, sign_in: SignIn) -> None:
    twinning = make_twinning(session)
    client = sign_in(make_member(session, twinning.parties[0].body, Role.PRESIDENT))
    data = {"title": " ", "kind": "juggling", "owner": "x", "summary": "Un bal."}
    answer = client.post("/projets/nouveau", data=data)
    assert answer.status_code == 422
    assert "Écrivez un titre" in answer.text
    assert "Choisissez une réponse de la liste" in answer.text
    assert "Un bal." in answer.text


def test_both_towns_see_and_change_the_project_and_nobody_else(session: Session, sign_in: SignIn) -> None:
    twinning = make_twinning(session)
    project = make_project(session, twinning)
    ours, theirs = (make_member(session, party.body, Role.CLERK) for party in twinning.parties)
    reader = make_member(session, twinning.parties[1].body, Role.READER)
    stranger = make_member(session, make_body(session, "Ailleurs"), Role.CLERK)
    for account, sees, changes in ((ours, 200, 200), (theirs, 200, 200), (reader, 200, 403), (stranger, 404, 404)):
        client = sign_in(account)
        assert client.get(f"/projets/{project.id}").status_code == sees
        assert client.get(f"/projets/{project.id}/modifier").status_code == changes


def test_a_fact_says_who_stated_it_and_when(session: Session, project: Project) -> None:
    command = services.StateFacts(
        values={"money.total_cost": Decimal("10000.50")}, unknown=frozenset({"project.signing"})
    )
    changed = services.state_facts(session, project, command, by=CAMILLE, at=NOW)
    session.commit()
    facts = queries.facts_of(project)
    assert sorted(changed) == ["money.total_cost", "project.signing"]
    assert facts["money.total_cost"].plain == Decimal("10000.50")
    assert (facts["money.total_cost"].said_by, facts["money.total_cost"].said_at) == ("Camille Exemple", NOW)
    assert not facts["project.signing"].is_known


def test_saying_the_same_again_changes_nothing(session: Session, project: Project) -> None:
    command = services.StateFacts(values={"money.total_cost": 10_000, "money.requested": None})
    services.state_facts(session, project, command, by=CAMILLE, at=NOW)
    version = project.facts_version
    assert services.state_facts(session, project, command, by=CAMILLE, at=NOW) == []
    assert project.facts_version == version


def test_a_fact_that_is_taken_back_is_not_the_project_s_any_more(session: Session, project: Project) -> None:
    say = services.StateFacts(values={"money.total_cost": 10_000})
    unsay = services.StateFacts(values={"money.total_cost": None})
    services.state_facts(session, project, say, by=CAMILLE, at=NOW)
    services.state_facts(session, project, unsay, by=CAMILLE, at=NOW)
    assert queries.facts_of(project) == {}
    assert len(project.facts) == 1


def test_two_people_who_state_the_same_fact_otherwise_see_both(session: Session, project: Project) -> None:
    first = services.StateFacts(values={"money.total_cost": 10_000}, seen={})
    second = services.StateFacts(
        values={"money.total_cost": 12_000}, seen={}, labels={"money.total_cost": "Coût total"}
    )
    services.state_facts(session, project, first, by=CAMILLE, at=NOW)
    with pytest.raises(EditConflict) as conflict:
        services.state_facts(session, project, second, by=Actor(2, "Dominique"), at=NOW)
    assert conflict.value.theirs == {"Coût total": "10000"}
    assert conflict.value.yours == {"Coût total": "12000"}
    assert queries.facts_of(project)["money.total_cost"].plain == 10_000


def test_two_people_who_state_different_facts_do_not_meet(session: Session, project: Project) -> None:
    for path in ("money.total_cost", "money.requested"):
        services.state_facts(session, project, services.StateFacts(values={path: 1}, seen={}), by=CAMILLE, at=NOW)
    assert len(queries.facts_of(project)) == 2


def test_a_copy_has_every_fact_and_leaves_the_project_alone(session: Session) -> None:
    project = make_project(session, make_twinning(session), facts={"money.total_cost": 10_000, "project.signing": None})
    copy = services.copy_project(session, project, title="Essai", by=CAMILLE, at=NOW)
    services.state_facts(session, copy, services.StateFacts(values={"money.total_cost": 1}), by=CAMILLE, at=NOW)
    session.commit()
    assert queries.facts_of(project)["money.total_cost"].plain == 10_000
    assert queries.facts_of(copy)["money.total_cost"].plain == 1
    assert queries.facts_of(copy)["project.signing"].origin == FactOrigin.COPIED
    assert copy.copied_from_id == project.id


def test_an_old_form_overwrites_nothing(session: Session, sign_in: SignIn) -> None:
    twinning = make_twinning(session)
    project = make_project(session, twinning)
    client = sign_in(make_member(session, twinning.parties[0].body, Role.PRESIDENT))
    data = {"title": "Premier", "kind": "event", "owner": project.owner_body_id, "revision": "1", "summary": ""}
    assert client.post(f"/projets/{project.id}/modifier", data=data).status_code == 302
    typed = {**data, "title": "Second", "kind": "exchange", "summary": "Longue présentation"}
    late = client.post(f"/projets/{project.id}/modifier", data=typed)
    assert late.status_code == 409
    assert "Premier" in late.text
    assert late.text.count("Second") >= 2, "beside what was kept, and in the form"
    assert late.text.count("Longue présentation") == 2
    assert client.post(f"/projets/{project.id}/modifier", data={**typed, "revision": "2"}).status_code == 302


def test_an_endless_number_of_a_twinning_is_no_page(session: Session, sign_in: SignIn) -> None:
    twinning = make_twinning(session)
    client = sign_in(make_member(session, twinning.parties[0].body, Role.PRESIDENT))
    for number in ("9" * 20, "9" * 400, "-1"):
        assert client.get(f"/projets/nouveau?jumelage={number}").status_code in {200, 404}
        assert client.get(f"/projets/?jumelage={number}").status_code == 200


def test_the_trash_loses_nothing(session: Session, sign_in: SignIn) -> None:
    twinning = make_twinning(session)
    project = make_project(session, twinning, title="Bal de printemps")
    client = sign_in(make_member(session, twinning.parties[0].body, Role.PRESIDENT))
    assert client.post(f"/projets/{project.id}/corbeille").status_code == 302
    assert "Bal de printemps" not in client.get("/projets/").text
    assert "Bal de printemps" in client.get("/projets/?corbeille=1").text
    assert client.get(f"/projets/{project.id}/modifier").status_code == 403
    client.post(f"/projets/{project.id}/remettre")
    assert "Bal de printemps" in client.get("/projets/").text


def test_what_is_done_stands_in_the_journal(session: Session, project: Project) -> None:
    services.trash_project(session, project, by=CAMILLE, at=NOW)
    session.flush()
    entry = session.query(JournalEntry).order_by(JournalEntry.id.desc()).first()
    assert (entry.action, entry.twinning_id) == ("actions.trashed", project.twinning_id)


def test_a_project_can_take_the_days_of_a_ceremony(session: Session, sign_in: SignIn) -> None:
    twinning = make_twinning(session)
    ceremony = make_ceremony(session, twinning)
    client = sign_in(make_member(session, twinning.parties[0].body, Role.PRESIDENT))
    data = {"title": "Serment", "kind": "ceremony", "owner": twinning.parties[0].body_id, "ceremony": ceremony.id}
    made = client.post(f"/projets/nouveau?jumelage={twinning.id}", data=data)
    assert "Serment de jumelage" in client.get(made.location).text


def test_the_list_goes_on_from_page_to_page(session: Session, sign_in: SignIn) -> None:
    twinning = make_twinning(session)
    for number in range(30):
        make_project(session, twinning, title=f"Projet {number:02d}", kind=ProjectKind.EVENT)
    client = sign_in(make_member(session, twinning.parties[0].body, Role.PRESIDENT))
    first = client.get("/projets/?genre=event")
    further = re.search(r'rel="next"\s+href="([^"]+)"', first.text)[1].replace("&amp;", "&")
    second = client.get(further)
    assert "Projet 29" in first.text
    assert "Projet 00" in second.text
    assert "Projet 29" not in second.text
    assert client.get("/projets/?apres=nonsense&jumelage=zzz").status_code == 200


def test_a_partner_without_account_is_written_for_by_who_keeps_its_record(session: Session, sign_in: SignIn) -> None:
    own = make_body(session, "Bourg")
    partner = make_body(session, "Misto", BodyKind.FOREIGN_AUTHORITY, country="UA")
    partner.kept_by_id = own.id
    project = make_project(session, make_twinning(session, own, partner), partner)
    client = sign_in(make_member(session, own, Role.CLERK))
    assert client.get(f"/projets/{project.id}/modifier").status_code == 200


@pytest.mark.parametrize(
    "value", [Decimal("0.10"), 10_000, True, None, "été", ["FR", "DE"], {"b": [1], "a": Decimal(2)}]
)
def test_a_value_is_kept_as_it_was_said(value: object) -> None:
    assert read_value(write_value(value)) == value


def test_what_nobody_can_see_is_not_kept(session: Session, sign_in: SignIn) -> None:
    twinning = make_twinning(session)
    client = sign_in(make_member(session, twinning.parties[0].body, Role.PRESIDENT))
    data = {"title": "Bal\x00 masqué\x07", "kind": "event", "owner": twinning.parties[0].body_id, "summary": "\x00"}
    made = client.post("/projets/nouveau", data=data)
    assert "Bal masqué" in client.get(made.location).text
