"""What people answer in a model is fact: judged at the draft, the agenda, the vote and among all the checks."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from app.bodies.models import BodyKind, Function
from app.conventions import services as texts
from app.council.documents import act_paper, meeting_paper
from app.council.forecast import faults_of_act
from app.council.models import Act
from app.council.queries import councillors
from app.council.queries.around import around_act
from app.council.services import room, voting
from app.council.services.convening import NotLawful
from app.council.services.overriding import Override, override_check
from app.council.told import journey, told_day, told_sum
from app.shared import clock
from tests.factories.bodies import make_body, make_mandate
from tests.factories.conventions import make_convention
from tests.factories.council import (
    BY,
    DAY,
    at,
    make_act,
    make_commune,
    make_meeting,
    make_open_meeting,
    make_subsidy,
    opened,
    send,
)
from tests.factories.people import make_person
from tests.support.forms import filled
from tests.support.pages import as_read, clerk_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.bodies.models import Body

    SignIn = Callable[[Account], FlaskClient]

TRAVEL = {
    "lieu": "Semenivka",
    "personnes": "Alix Spécimen, maire",
    "mission": "signer la convention de jumelage",
    "plafond": "120 € par personne et par jour",
    "ligne": "à l’article 65312 du budget 2026",
}
WHY = "Le voyage a été avancé par la ville partenaire, après la convocation."


def _typed(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _begun(client: FlaskClient, session: Session, body: Body, model: str, told: dict[str, str]) -> Act:
    page = client.post(f"/conseil/deliberations/remplir?commune={body.id}&modele={model}", data=told)
    assert page.status_code == 302, as_read(page.text)
    session.expire_all()
    return session.query(Act).order_by(Act.id.desc()).first()  # type: ignore[return-value]  # just made


def _journey(departs: date, returns: date | None = None) -> dict[str, str]:
    return {**TRAVEL, "depart": _typed(departs), "retour": _typed(returns) if returns else ""}


@pytest.mark.parametrize(
    ("departs", "returns", "said"),
    [
        (date(2027, 6, 11), date(2027, 6, 14), "du 11 au 14 juin 2027"),
        (date(2027, 6, 11), date(2027, 6, 11), "le 11 juin 2027"),
        (date(2027, 5, 30), date(2027, 6, 1), "du 30 mai au 1er juin 2027"),
        (date(2026, 12, 30), date(2027, 1, 2), "du 30 décembre 2026 au 2 janvier 2027"),
        (date(2026, 6, 11), date(2027, 6, 14), "du 11 juin 2026 au 14 juin 2027"),
    ],
)
def test_a_journey_is_said_as_people_say_it(departs: date, returns: date, said: str) -> None:
    assert journey(departs, returns) == said


# --- the special mandate (C54) ---


def test_a_mandate_for_a_journey_of_the_past_warns_at_the_draft_for_it_may_have_been_voted_before(
    session: Session, sign_in: SignIn
) -> None:
    body, today = make_commune(session), clock.today()
    client = clerk_of(session, sign_in, body)
    left = today - timedelta(days=500)
    act = _begun(client, session, body, "travel", _journey(left, left + timedelta(days=3)))
    assert told_day(act.answers, "depart") == left
    assert journey(left, left + timedelta(days=3)) in act.articles[0]
    page = as_read(client.get(f"/conseil/deliberations/{act.id}").text)
    assert "Vérification C54" in page
    assert "Même voté aujourd’hui : mandat spécial voté le" in page
    assert "après le départ : il se vote avant (CGCT, art. L. 2123-18)" in page
    assert client.post(f"/conseil/deliberations/{act.id}/valider").status_code == 302
    data = {"act": str(act.id), "title": "Mandat spécial"}
    late = make_meeting(session, body, day=left + timedelta(days=5))
    held = client.post(f"/conseil/seances/{late.id}/points/nouveau", data=data)
    assert held.status_code == 422, "the day of the meeting is known: after the departure it takes a reason"
    assert "Le motif, votre nom et la date seront écrits au procès-verbal et sur l’acte" in as_read(held.text)
    before = make_meeting(session, body, day=left - timedelta(days=5))
    assert client.post(f"/conseil/seances/{before.id}/points/nouveau", data=data).status_code == 302
    assert "Vérification C54" not in client.get(f"/conseil/deliberations/{act.id}").text


def test_a_reason_whose_fault_was_gone_at_the_vote_is_printed_in_no_paper(session: Session) -> None:
    body = make_commune(session)
    act = _travel_act(session, body, DAY + timedelta(days=2))
    command = Override(check_id="C54", reason=WHY, sentence="voté après le départ", act_id=act.id)
    override_check(session, body.id, command, by=BY, at=at(DAY - timedelta(days=15)))
    meeting = make_open_meeting(session, body, act)
    voting.record_vote(
        session,
        meeting.agenda[0],
        voting.RecordVote(ballot="show_of_hands", votes_for=5),
        by=BY,
        at=at(DAY, 20),
    )
    session.commit()
    for paper in (meeting_paper(session, meeting, "proces-verbal"), act_paper(session, act, "deliberation", today=DAY)):
        assert WHY.rstrip(".") not in repr(paper.blocks)


def test_a_mandate_before_the_journey_goes_its_way_without_a_word(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    client = clerk_of(session, sign_in, body)
    leaves = clock.today() + timedelta(days=90)
    act = _begun(client, session, body, "travel", _journey(leaves, leaves + timedelta(days=3)))
    assert "Vérification C54" not in client.get(f"/conseil/deliberations/{act.id}").text
    assert client.post(f"/conseil/deliberations/{act.id}/valider").status_code == 302


def test_a_meeting_after_the_departure_does_not_take_the_mandate_on_its_agenda(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    client = clerk_of(session, sign_in, body)
    leaves = clock.today() + timedelta(days=20)
    act = _begun(client, session, body, "travel", _journey(leaves, leaves))
    client.post(f"/conseil/deliberations/{act.id}/valider")
    late = make_meeting(session, body, day=leaves + timedelta(days=5))
    data = {"act": str(act.id), "title": "Mandat spécial"}
    refused = client.post(f"/conseil/seances/{late.id}/points/nouveau", data=data)
    assert refused.status_code == 422
    assert "Vérification C54 : la loi s’y oppose" in as_read(refused.text)
    passed = client.post(
        f"/conseil/seances/{late.id}/points/nouveau",
        data={**data, "override_check": "C54", "override_reason": WHY},
    )
    assert passed.status_code == 302
    early = make_meeting(session, body, day=leaves - timedelta(days=5))
    other = _begun(client, session, body, "travel", _journey(leaves, leaves))
    client.post(f"/conseil/deliberations/{other.id}/valider")
    data = {"act": str(other.id), "title": "Mandat spécial"}
    assert client.post(f"/conseil/seances/{early.id}/points/nouveau", data=data).status_code == 302


def _travel_act(session: Session, body: Body, departs: date) -> Act:
    words = journey(departs, departs)
    return make_act(
        session,
        body,
        model="travel",
        title="Mandat spécial pour Semenivka",
        matter="5.6",
        articles=[f"Un mandat spécial est donné à Alix Spécimen pour se rendre à Semenivka {words}."],
        answers={**TRAVEL, "dates": words, "facts": {"depart": departs.isoformat(), "retour": departs.isoformat()}},
    )


def test_a_convocation_and_a_vote_after_the_departure_are_held_back_and_the_papers_say_who_went_past(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    client = clerk_of(session, sign_in, body)
    act = _travel_act(session, body, DAY - timedelta(days=2))
    meeting = make_meeting(session, body, act)
    send(session, meeting, DAY - timedelta(days=10))
    session.commit()
    page = as_read(client.get(f"/conseil/seances/{meeting.id}/convocation").text)
    assert (
        "« Mandat spécial pour Semenivka » : Mandat spécial voté le vendredi 11 septembre 2026, après le départ" in page
    )
    arrest = f"/conseil/seances/{meeting.id}/convocation/arreter"
    assert client.post(arrest).status_code == 422
    assert "Vérification C54" in client.get(f"/conseil/deliberations/{act.id}").text
    assert client.post(arrest, data={"override_check": "C54", "override_reason": WHY}).status_code == 302
    assert "Vérification C54" not in client.get(f"/conseil/deliberations/{act.id}").text
    checks = as_read(client.get(f"/conseil/seances/{meeting.id}/verifications").text)
    assert "Mandat spécial voté le vendredi 11 septembre 2026, après le départ" in checks


def test_the_page_of_an_item_says_what_stands_in_the_way_before_the_vote_is_pressed(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    act = _travel_act(session, body, DAY + timedelta(days=2))
    meeting = make_open_meeting(session, body, act, make_act(session, body))
    late, plain = meeting.agenda
    act.answers = {**act.answers, "facts": {"depart": (DAY - timedelta(days=2)).isoformat()}}
    session.commit()
    client = clerk_of(session, sign_in, body)
    page = as_read(client.get(f"/conseil/points/{late.id}").text)
    assert page.count("Vérification C54") == 1
    assert "après le départ : il se vote avant (CGCT, art. L. 2123-18)" in page
    assert "Vérification C" not in as_read(client.get(f"/conseil/points/{plain.id}").text)
    pressed = client.post(f"/conseil/points/{late.id}/vote", data={"ballot": "show_of_hands", "votes_for": "5"})
    told = as_read(pressed.text)
    assert (pressed.status_code, told.count("Vérification C54")) == (422, 1), "told once, with the way past it"
    for seat in list(meeting.seats)[2:]:
        room.note_movement(session, plain, seat, "", by=BY, at=at(DAY, 20))
    session.commit()
    page = as_read(client.get(f"/conseil/points/{plain.id}").text)
    assert "Vérification C11 Le quorum n’est plus réuni pour ce point : 2 présents, il en faut 3" in page
    override_check(session, body.id, Override(check_id="C54", reason=WHY, act_id=act.id), by=BY, at=at(DAY, 20))
    session.commit()
    assert "Vérification C54" not in as_read(client.get(f"/conseil/points/{late.id}").text)


def test_a_vote_that_comes_after_the_departure_takes_a_reason_that_minutes_and_act_repeat(session: Session) -> None:
    body = make_commune(session)
    act = _travel_act(session, body, DAY + timedelta(days=2))
    meeting = make_open_meeting(session, body, act)
    act.answers = {**act.answers, "facts": {"depart": (DAY - timedelta(days=2)).isoformat()}}
    session.commit()
    command = voting.RecordVote(ballot="show_of_hands", votes_for=5)
    with pytest.raises(NotLawful) as refused:
        voting.record_vote(session, meeting.agenda[0], command, by=BY, at=at(DAY, 20))
    assert refused.value.check_id == "C54"
    session.rollback()
    override_check(session, body.id, Override(check_id="C54", reason=WHY, act_id=act.id), by=BY, at=at(DAY, 20))
    voting.record_vote(session, meeting.agenda[0], command, by=BY, at=at(DAY, 20))
    session.commit()
    for paper in (meeting_paper(session, meeting, "proces-verbal"), act_paper(session, act, "deliberation", today=DAY)):
        words = repr(paper.blocks)
        assert "mandat spécial (CGCT, art. L." in words.replace("\\xa0", " ").replace("\N{NO-BREAK SPACE}", " ")
        assert WHY.rstrip(".") in words


def test_a_mandate_without_a_told_departure_stays_unknown_and_holds_nothing_back(session: Session) -> None:
    body = make_commune(session)
    act = make_act(session, body, model="travel", matter="5.6", answers={"dates": "au printemps"})
    assert [one.check_id for one in faults_of_act(session, act, clock.today()) if one.blocks] == []


def test_nobody_comes_back_before_leaving(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    client = clerk_of(session, sign_in, body)
    told = {**TRAVEL, "depart": "14/06/2027", "retour": "11/06/2027"}
    page = client.post(f"/conseil/deliberations/remplir?commune={body.id}&modele=travel", data=told)
    assert page.status_code == 422
    assert "Le retour" in as_read(page.text)


def test_a_day_that_is_told_again_is_written_again_in_the_text(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    client = clerk_of(session, sign_in, body)
    act = _begun(client, session, body, "travel", _journey(date(2027, 6, 11), date(2027, 6, 14)))
    address = f"/conseil/deliberations/{act.id}/modifier"
    data = filled(client.get(address).text) | {"depart": "12/06/2027", "retour": "15/06/2027"}
    assert client.post(address, data=data).status_code == 302
    session.expire_all()
    act = session.get(Act, act.id)  # type: ignore[assignment]
    assert "du 12 au 15 juin 2027" in act.articles[0]
    assert "du 12 au 15 juin 2027" in act.recitals[0]
    assert told_day(act.answers, "depart") == date(2027, 6, 12)


def test_a_text_that_no_longer_says_the_day_is_told_on_the_page(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    client = clerk_of(session, sign_in, body)
    act = _begun(client, session, body, "travel", _journey(date(2027, 6, 11), date(2027, 6, 14)))
    address = f"/conseil/deliberations/{act.id}/modifier"
    data = filled(client.get(address).text) | {"articles": "Un mandat est donné au maire.", "recitals": "la mission"}
    client.post(address, data=data)
    page = as_read(client.get(f"/conseil/deliberations/{act.id}").text)
    assert "Le texte ne dit pas « du 11 au 14 juin 2027 », le jour noté" in page


# --- the aid (C41, C42…) ---


def _aid(session: Session, body: Body, contract: date | None = None, **answers: Any) -> Act:
    facts = {"contrat": contract.isoformat()} if contract else {}
    return make_act(
        session,
        body,
        model="subsidy",
        matter="7.5",
        articles=["Une subvention de 1 500 € est attribuée à l’association « Comité fictif » pour « Accueil »."],
        answers={"beneficiaire": "l’association « Comité fictif »", "action": "Accueil", "periode": "en 2026",
                 "montant_chiffres": "1 500 €", **answers, "facts": {**facts, "montant_chiffres": "1500.00"}},
    )  # fmt: skip


def test_a_republican_contract_signed_after_the_meeting_holds_the_aid_back(session: Session) -> None:
    body = make_commune(session)
    act = _aid(session, body, date(2030, 11, 16))
    warned = [one for one in faults_of_act(session, act, clock.today()) if one.check_id == "C41"]
    assert [one.blocks for one in warned] == [False]
    assert "qui n’est pas encore arrivé" in str(warned[0].sentence)
    make_meeting(session, body, act)
    held = [one for one in faults_of_act(session, act, DAY - timedelta(days=20)) if one.blocks]
    assert [one.check_id for one in held] == ["C41"]
    assert "Contrat signé le samedi 16 novembre 2030, après l’attribution" in str(held[0].sentence)


def test_a_republican_contract_signed_before_the_meeting_says_nothing(session: Session) -> None:
    body = make_commune(session)
    act = _aid(session, body, DAY - timedelta(days=30))
    meeting = opened(session, make_meeting(session, body, act))
    voting.record_vote(
        session, meeting.agenda[0], voting.RecordVote(ballot="show_of_hands", votes_for=5), by=BY, at=at(DAY, 20)
    )
    assert act.status == "adopted"


def test_the_checks_of_an_aid_know_the_association_and_what_it_receives_that_year(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    client = clerk_of(session, sign_in, body)
    committee = make_body(session, "Comité fictif", BodyKind.COMMITTEE, parent_id=body.id)
    make_subsidy(session, body, beneficiary=committee, year=DAY.year, cash=22_000, in_kind=0)
    act = _aid(session, body, DAY - timedelta(days=30), nature="0 €")
    act.articles = [*act.articles, "Les aides en nature sont évaluées à 0 €."]
    act.answers = {**act.answers, "facts": {**act.answers["facts"], "nature": "0.00"}}
    make_meeting(session, body, act)
    page = as_read(client.get(f"/conseil/deliberations/{act.id}/verifications").text)
    assert "Contrat signé le mercredi 12 août 2026." in page
    assert "23 500 € dans l’année, plus de 23 000 € : une convention écrite est obligatoire" in page
    assert "Délibération distincte du budget" in page
    facts = client.get(f"/conseil/deliberations/{act.id}/verifications.json").get_json()
    assert (facts["subsidies"][0]["cash"], facts["subsidies"][0]["year"]) == ("23500.00", 2026)


# --- days and sums of the other models ---


def test_an_effect_before_the_vote_is_said_and_does_not_block(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    client = clerk_of(session, sign_in, body)
    told = {"decision": "suspension", "motif": "la guerre", "effet": "15/03/2019", "sort": "continued"}
    act = _begun(client, session, body, "ending", told)
    page = as_read(client.get(f"/conseil/deliberations/{act.id}").text)
    assert "l’acte dit prendre effet le vendredi 15 mars 2019, avant le vote" in page
    assert [one.blocks for one in faults_of_act(session, act, clock.today()) if one.check_id == "C25"] == [False]


@pytest.mark.parametrize(
    ("decision", "sort", "status"),
    [("renewal", "ended", 422), ("renewal", "suspended", 422), ("renewal", "continued", 302),
     ("end", "suspended", 422), ("end", "ended", 302), ("suspension", "suspended", 302)],
)  # fmt: skip
def test_what_is_renewed_does_not_end_what_it_began(
    session: Session, sign_in: SignIn, decision: str, sort: str, status: int
) -> None:
    body = make_commune(session)
    client = clerk_of(session, sign_in, body)
    told = {"decision": decision, "motif": "le temps", "effet": "01/01/2030", "sort": sort}
    page = client.post(f"/conseil/deliberations/remplir?commune={body.id}&modele=ending", data=told)
    assert page.status_code == status


@pytest.mark.parametrize(
    ("typed_in", "amount"),
    [("1 500 € par an", "1500"), ("1500", "1500"), ("1 500 € par an pendant 3 ans", None), ("23 000,50 €", "23000.50")],
)
def test_a_sum_is_a_fact_as_long_as_the_text_says_it(
    session: Session, sign_in: SignIn, typed_in: str, amount: str | None
) -> None:
    body = make_commune(session)
    client = clerk_of(session, sign_in, body)
    act = _begun(client, session, body, "principle", {"origine": "des collectes", "montant": typed_in})
    found = told_sum(act, "montant")
    assert found == (Decimal(amount) if amount else None)
    act.recitals = ["que le montant prévisionnel est de 21 500 € par an ;"]
    assert told_sum(act, "montant") is None


@pytest.mark.parametrize(
    ("annexed", "said"),
    [
        ({"model": {"answers": {"argent": "rien"}}}, "La délibération dit 1 500 €, le texte annexé 0 €"),
        (
            {"model": {"answers": {"argent": "rien"}},
             "articles": [{"id": "financement_nul", "body": {"fr": "Le montant prévisionnel est de 40 000 €."}}]},
            "La délibération dit 1 500 €, le texte annexé 40 000 €",
        ),
        ({"fields": {"budget": {"lines": [{"shares": {"partie-1": "1500"}}]}}}, ""),
        (
            {"fields": {"subvention_eur": {"type": "eur", "value": "900"}}},
            "La délibération dit 1 500 €, le texte annexé 900 €",
        ),
    ],
)  # fmt: skip
def test_an_act_and_its_annex_that_name_two_sums_are_told_apart_before_the_vote(
    session: Session, annexed: dict[str, Any], said: str
) -> None:
    text, _account = make_convention(session, languages=("fr",))
    version = texts.keep_version(session, text, "Essai", by=BY, at=at(DAY - timedelta(days=30)))
    version.document = {"kind": "convention", "languages": ["fr"], **annexed}
    act = make_act(
        session,
        text.bodies[0].body,
        model="convention",
        matter="9.1",
        convention_id=text.id,
        version_id=version.id,
        recitals=["que le montant prévisionnel des engagements de la commune est de 1 500 € par an ;"],
        answers={"montant": "1 500 € par an", "facts": {"montant": "1500.00"}},
    )
    found = [one for one in faults_of_act(session, act, DAY) if one.check_id == "C22"]
    assert [one.blocks for one in found] == ([False] if said else [])
    assert all(said in as_read(str(one.sentence)) for one in found)


def test_an_aid_and_a_journey_stand_among_the_checks_of_their_meeting(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    client = clerk_of(session, sign_in, body)
    meeting = make_meeting(
        session, body, _aid(session, body, date(2030, 11, 16)), _aid(session, body), _travel_act(session, body, DAY)
    )
    session.commit()
    page = as_read(client.get(f"/conseil/seances/{meeting.id}/verifications").text)
    assert "Contrat signé le samedi 16 novembre 2030, après l’attribution" in page
    assert "Mandat voté le jour du départ" in page


def test_a_contract_of_a_draft_from_before_is_read_in_its_words(session: Session) -> None:
    act = make_act(session, make_commune(session), model="subsidy", answers={"contrat": "1er\u00a0décembre 2030"})
    assert told_day(act.answers, "contrat") == date(2030, 12, 1)
    assert told_day({"contrat": "bientôt"}, "contrat") is None
    assert told_day({"contrat": "2030"}, "contrat") is None


def test_a_convention_without_its_text_is_validated_only_with_a_reason(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    client = clerk_of(session, sign_in, body)
    act = make_act(session, body, model="convention", matter="9.1", status="draft", title="Convention avec Semenivka")
    refused = as_read(client.post(f"/conseil/deliberations/{act.id}/valider").text)
    assert "Vérification C21 : la loi s’y oppose" in refused
    passed = {"override_check": "C21", "override_reason": "Le texte sera distribué sur table."}
    assert client.post(f"/conseil/deliberations/{act.id}/valider", data=passed).status_code == 302


@pytest.mark.parametrize(
    ("function", "said"),
    [(Function.MAYOR, "Le président est maire ou adjoint"), (Function.COUNCILLOR, "")],
)
def test_an_association_that_the_mayor_presides_is_told_before_the_vote_of_its_aid(
    session: Session, function: Function, said: str
) -> None:
    body = make_commune(session)
    committee = make_body(session, "Comité fictif", BodyKind.COMMITTEE, parent_id=body.id)
    elected = next(one for one in councillors(session, body.id, on=DAY) if one.function == function)
    make_mandate(session, committee, elected.person, Function.PRESIDENT, since="2026-03")
    act = _aid(session, body)
    found = [one for one in faults_of_act(session, act, DAY) if one.check_id == "C51"]
    assert [one.blocks for one in found] == ([False] if said else [])
    assert all(said in as_read(str(one.sentence)) for one in found)


def test_a_president_who_bears_the_name_of_a_councillor_is_unknown_until_somebody_says_who_it_is(
    session: Session,
) -> None:
    body = make_commune(session)
    committee = make_body(session, "Comité fictif", BodyKind.COMMITTEE, parent_id=body.id)
    alike = make_person(session, given_name="Conseil", family_name="Fictif 00", kept_by_body_id=committee.id)
    make_mandate(session, committee, alike, Function.PRESIDENT, since="2026-03")
    assert around_act(session, _aid(session, body), DAY).chairs == {}
