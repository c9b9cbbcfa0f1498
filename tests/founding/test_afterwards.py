"""What the page of a creation still says once a step is done."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader
from sqlalchemy import select

from app.accounts.models import Role
from app.assemblies.queries import rules_of
from app.bodies.models import Function, Mandate
from app.founding.services import meeting
from app.founding.services.assembly import hold_assembly
from app.shared import clock
from app.shared.fuzzydate import FuzzyDate
from app.shared.saying import full_day
from tests.factories.accounts import make_member
from tests.factories.bodies import make_mandate
from tests.factories.council import make_commune
from tests.factories.founding import BY, LATER, held, make_founded, make_founding, make_ready
from tests.factories.people import make_person

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]

ROOM = "/comites-en-creation"


def _words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page).replace("\N{NO-BREAK SPACE}", " "))


def _pdf(client: FlaskClient, url: str) -> str:
    pages = PdfReader(BytesIO(client.get(url).data)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages).replace("\N{NO-BREAK SPACE}", " "))


def test_a_board_smaller_than_the_statutes_want_is_said_with_the_article(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    made = make_founded(session, body)
    client, page = sign_in(make_member(session, body, Role.CLERK)), f"{ROOM}/{made.id}"
    said = "Le conseil d’administration est incomplet. Les statuts (article 11) veulent au moins 6 personnes ; 3 sont"
    words = _words(client.get(page).text)
    assert said in words, words[words.find("constitutive fait") :][:400]
    for name in ("Denis", "Élise", "Firmin"):
        person = make_person(session, given_name=name, family_name="Fictif", kept_by_body_id=made.committee_id)
        make_mandate(session, made.committee, person, Function.BOARD_MEMBER, since="2026-05")
    session.commit()
    assert "incomplet" not in client.get(page).text


def test_a_deliberation_that_is_done_is_corrected_not_written_again(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    made = make_founding(session, body)
    client, page = sign_in(make_member(session, body, Role.CLERK)), f"{ROOM}/{made.id}"
    assert "Écrire le projet de délibération" in client.get(page).text
    client.post(f"{page}/deliberation", data={"day": "02/03/2026", "reference": "2026-008"})
    words = _words(client.get(page).text)
    assert "Votée le lundi 2 mars 2026" in words
    assert "Écrire le projet de délibération" not in words
    assert "Elle existe déjà" not in words
    assert "Corriger ce qui est noté" in words
    form = client.get(f"{page}/deliberation").text
    assert 'value="02/03/2026"' in form
    assert 'value="2026-008"' in form


def _minutes(client: FlaskClient, page: str) -> str:
    pages = PdfReader(BytesIO(client.get(f"{page}/documents/proces-verbal.pdf").data)).pages
    return re.sub(r"\s+", " ", " ".join(one.extract_text() for one in pages).replace("\N{NO-BREAK SPACE}", " "))


def test_our_own_statutes_are_known_to_the_assemblies_of_the_committee(session: Session, sign_in: SignIn) -> None:
    made = make_founded(session, make_commune(session))
    client = sign_in(make_member(session, made.committee, Role.PRESIDENT))
    words = _words(client.get(f"/assemblees/statuts/{made.committee_id}").text)
    general, board = words[words.index("générale ordinaire") :], words[words.rindex("Conseil d’administration") :]
    assert "Élections à bulletin secret oui article 16" in general
    assert "Qui vote tous les membres article 15" in general
    assert "Décisions ordinaires plus de la moitié des présents et représentés article 11" in board
    assert "Voix prépondérante de la présidence oui article 11" in board
    reserved = "Modification des statuts réservée à une assemblée générale extraordinaire article 18"
    assert reserved in general, general[:900]
    assert "Réservé à cette réunion la modification des statuts, la dissolution article 18" in words
    assert "Réservé à cette réunion l’élection du bureau (présidence, secrétariat, trésorerie…) article 13" in board
    assert "Élection du bureau réservée au conseil d’administration article 13" in general


def test_the_minutes_of_an_assembly_held_on_paper_state_only_what_was_noted(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    made = make_ready(session, body)
    client, page = sign_in(make_member(session, body, Role.CLERK)), f"{ROOM}/{made.id}"
    called = {"day": "20/03/2026", "hour": "18:30", "place": "salle Fictive", "sent_on": "01/03/2026"}
    assert client.post(f"{page}/convoquer", data=called).status_code == 302
    people = made.founders_now
    record: dict[str, Any] = {"held_on": "20/03/2026", "hour": "18:30", "place": "salle Fictive", "votes_for": "3"}
    record |= {"chaired_by": "Ada Fictif", "written_by": "Basile Fictif"}
    record |= {f"there_{one.id}": "present" for one in people}
    record |= {f"office_{people[0].id}": "president", f"office_{people[1].id}": "treasurer"}
    record |= {f"votes_{people[0].id}": "2", f"office_{people[2].id}": "board_member"}
    assert client.post(f"{page}/assemblee", data=record).status_code == 302
    minutes = _minutes(client, page)
    assert "Tour 1. Candidat" in minutes
    agenda = minutes[minutes.index("Ordre du jour") : minutes.index("1. Adoption des statuts")]
    assert "Élection au conseil d’administration" in agenda, "the words of a convocation on paper are not known here"
    assert "La réunion est ouverte à 18 h 30." in minutes
    assert "Le décompte des voix n’a pas été noté." in minutes
    assert "Vote : 3 pour, 0 contre" in minutes
    for unsaid in ("main levée", "bulletin", "votant"):
        assert unsaid not in minutes
    client.post(f"{page}/assemblee/corriger")
    assert client.post(f"{page}/assemblee", data=record | {"ballot": "show_of_hands"}).status_code == 302
    assert "Vote à main levée : 3 pour" in _minutes(client, page)
    client.post(f"{page}/assemblee/corriger")
    assert client.post(f"{page}/assemblee", data=record | {"ballot": "secret"}).status_code == 302
    minutes = _minutes(client, page)
    assert "Tour 1, à bulletin secret. Candidat" in minutes
    for unsaid in ("valable", " blanc", " nul", "votant"):
        assert unsaid not in minutes, "nobody noted how many papers there were beside the votes obtained"


def test_before_there_are_statutes_it_is_the_law_that_asks_for_founders(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session, code="67482", name="Dorf-Fictif")
    made = make_ready(session, body, founders=7)
    client, page = sign_in(make_member(session, body, Role.CLERK)), f"{ROOM}/{made.id}"
    client.post(f"{page}/convoquer", data={"day": f"{clock.today():%d/%m/%Y}", "hour": "23:59", "place": "Ici"})
    session.expire_all()
    meeting = made.meeting
    assert meeting is not None
    here = {f"presence-{seat.id}": "present" for seat in meeting.seats[:5]} | {"president": meeting.seats[0].id}
    client.post(f"/assemblees/{meeting.id}/feuille", data=here)
    refused = _words(client.post(f"/assemblees/{meeting.id}/ouvrir", data={"hour": "18:30"}).text)
    assert "La loi (code civil local art. 21 à 79) demande 7 fondateurs ; 5 comptent." in refused
    client.post(
        f"/assemblees/{meeting.id}/feuille", data={f"presence-{one.id}": "present" for one in meeting.seats} | here
    )
    client.post(f"/assemblees/{meeting.id}/ouvrir", data={"hour": "18:30"})
    minutes = _minutes(client, page)
    assert "Il faut au moins 7 fondateurs (code civil local art. 21 à 79) : l’assemblée peut délibérer." in minutes


def test_mandates_that_have_run_out_are_told_to_who_presides_with_the_article(
    session: Session, sign_in: SignIn
) -> None:
    made = make_founded(session, make_commune(session))
    client = sign_in(make_member(session, made.committee, Role.PRESIDENT))
    assert "arrivés à terme" not in client.get("/").text
    held_on = made.held_on
    assert held_on is not None
    mandates = session.scalars(select(Mandate).where(Mandate.body_id == made.committee_id)).all()
    assert {one.due_on for one in mandates} == {held_on.replace(year=held_on.year + 3)}
    assert "terme prévu le" in _words(client.get(f"/organismes/{made.committee_id}").text)
    for mandate in mandates:
        mandate.since, mandate.due_on = FuzzyDate("2021-03-20"), date(2024, 3, 20)
        mandate.since_sort = mandate.since.earliest
    session.commit()
    words = _words(client.get("/").text)
    assert "Élire de nouveau : les mandats de Comité fictif sont arrivés à terme" in words
    assert "Selon les statuts (article 11), ils se terminaient le mercredi 20 mars 2024. Rien ne s’est fermé" in words
    assert "terme dépassé depuis le mercredi 20 mars 2024" in _words(
        client.get(f"/organismes/{made.committee_id}").text
    )


def test_an_assembly_written_down_long_after_is_counted_by_the_law_of_its_day(
    session: Session, sign_in: SignIn
) -> None:
    made = make_ready(session, make_commune(session, code="67482", name="Dorf-Fictif"), founders=7)
    made.statutes_on = date(2025, 10, 3)
    hold_assembly(session, made, held(made, held_on=date(2025, 10, 3)), by=BY, at=LATER)
    session.commit()
    client = sign_in(make_member(session, made.committee, Role.PRESIDENT))
    assert "(code civil local art. 21 à 79) :" in _minutes(client, f"{ROOM}/{made.id}")
    assert "3 octobre 2025" in _words(client.get(f"/assemblees/statuts/{made.committee_id}").text)


def test_what_is_one_is_written_as_one_and_nobody_mandates_themselves(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    made = make_founded(session, body)
    made.fields = {**made.fields, "mandat_ans": "1", "procurations_max": "1"}
    ada = made.founders_now[0]
    ada.occupation = ada.nationality = ada.address = ""
    ada.person.email = "ada@exemple.fr"
    session.commit()
    client, page = sign_in(make_member(session, body, Role.CLERK)), f"{ROOM}/{made.id}"
    pages = PdfReader(BytesIO(client.get(f"{page}/documents/statuts.pdf").data)).pages
    text = re.sub(r"\s+", " ", " ".join(one.extract_text() for one in pages).replace("\N{NO-BREAK SPACE}", " "))
    assert "élues par l’assemblée générale pour un an et rééligibles" in text
    assert "nul n’en porte plus d’un." in text
    made.fields = {**made.fields, "procurations_max": "0", "quorum_pourcent": "0", "convocation_jours": "1"}
    session.commit()
    pages = PdfReader(BytesIO(client.get(f"{page}/documents/statuts.pdf").data)).pages
    text = re.sub(r"\s+", " ", " ".join(one.extract_text() for one in pages).replace("\N{NO-BREAK SPACE}", " "))
    assert "Elle est convoquée au moins un jour à l’avance" in text
    assert "L’assemblée délibère quel que soit le nombre des membres présents." in text
    assert "Chaque membre vote en personne : aucun pouvoir n’est admis." in text
    assert client.get(f"{page}/documents/mandat.pdf").status_code == 404
    assert "mandat.pdf" not in client.get(page).text
    assert "ada@exemple.fr · présent" in _words(client.get(f"{page}/fondateurs").text)
    data = {"form": "service", "name": "Service fictif", "twinning": ""}
    done = client.post(f"{ROOM}/communes/{body.id}/nouveau", data=data, follow_redirects=True)
    assert "jusqu’au vote de la délibération" in _words(done.text)


def test_a_proxy_more_than_the_statutes_to_adopt_allow_is_refused_with_the_article(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    made = make_ready(session, body, founders=5)
    client, page = sign_in(make_member(session, body, Role.CLERK)), f"{ROOM}/{made.id}"
    people = made.founders_now
    record: dict[str, Any] = {"held_on": "20/03/2026", "hour": "18:30", "place": "salle Fictive", "votes_for": "5"}
    record |= {"chaired_by": "Ada Fictif", "written_by": "Basile Fictif"}
    record |= {f"there_{one.id}": "present" for one in people[:2]}
    record |= {f"there_{one.id}": "represented" for one in people[2:]}
    record |= {f"by_{one.id}": "Ada Fictif" for one in people[2:]}
    record |= {f"office_{people[0].id}": "president", f"office_{people[1].id}": "treasurer"}
    answer = client.post(f"{page}/assemblee", data=record)
    assert answer.status_code == 422
    words = _words(answer.text)
    assert "un pouvoir de trop : les statuts à adopter (article 16) permettent 2 pouvoirs par personne" in words
    assert "Ada Fictif en porterait un de plus avec celui d’Élise Fictif" in words
    assert 'value="20/03/2026"' in answer.text
    assert not session.scalars(select(Mandate).where(Mandate.body_id == made.committee_id)).all()
    shared = record | {f"by_{people[4].id}": "Basile Fictif"}
    assert client.post(f"{page}/assemblee", data=shared).status_code == 302


def test_founders_are_told_that_their_statutes_let_the_board_elect_its_officers_and_so_are_the_minutes(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    made = make_ready(session, body, founders=5)
    client, page = sign_in(make_member(session, body, Role.CLERK)), f"{ROOM}/{made.id}"
    assert "Statuts, article 13. À la fondation, il est d’usage" in _words(client.get(f"{page}/assemblee").text)
    call = {"day": "20/03/2026", "hour": "18:30", "place": "salle Fictive"}
    assert client.post(f"{page}/convoquer", data=call).status_code == 302
    session.expire_all()
    agenda = f"/assemblees/{made.meeting_id}"
    assert "Statuts, article 13." in _words(client.get(agenda).text)
    made.fields = {**made.fields, "procurations_max": "1"}
    meeting.follow_statutes(session, made)
    rule = next(one for one in rules_of(session, made.committee_id) if one.kind == "founding")
    assert (rule.proxies_per_person, rule.clauses["proxies"]) == (1, "article 16")
    session.commit()
    hold_assembly(session, made, held(made, held_on=date(2026, 3, 20)), by=BY, at=LATER)
    session.commit()
    minutes = _minutes(client, page)
    assert "l’élection de son bureau (article 13 des statuts) ; à la fondation, l’assemblée pourvoit" in minutes, (
        minutes
    )


def test_the_list_of_a_new_association_offers_its_founders_and_its_dues_what_their_assembly_fixed(
    session: Session, sign_in: SignIn
) -> None:
    made = make_founded(session, make_commune(session), fee=Decimal("15.50"))
    made.committee.kept_by_id = None
    for founder in made.founders_now[:2]:
        founder.address, founder.person.family_name = "1 rue Fictive, 59390 Bourg-Fictif", "Fictif"
    session.commit()
    committee_id, day = made.committee_id, made.held_on
    pair = ", ".join(founder.person.name for founder in made.founders_now[:2])
    client = sign_in(make_member(session, made.committee, Role.PRESIDENT))
    assert "Inscrire les fondateurs comme membres" in _words(client.get("/").text)
    page = client.get(f"/membres/{committee_id}").text
    assert "Les fondateurs sont notés dans la création de l’association" in _words(page)
    url = f"{ROOM}/{made.id}/fondateurs/membres"
    assert f'action="{url}"' in page
    assert client.post(url).status_code == 302
    page = client.get(f"/membres/{committee_id}").text
    assert f"Même nom et même adresse : {pair} font un foyer" in _words(page)
    assert "Fictif" in page
    assert url not in page
    assert "Inscrire les fondateurs" not in _words(client.get("/").text)
    period = client.get(f"/membres/{committee_id}/cotisations/nouvelle").text
    assert 'value="15,50"' in period
    assert day is not None
    assert f"Assemblée constitutive du {full_day(day)}".replace("\xa0", " ") in unescape(period).replace("\xa0", " ")
    due = re.search(r'name="due_on"[^>]*value="([^"]+)"', period)
    assert due
    until = datetime.strptime(due[1], "%d/%m/%Y").replace(tzinfo=UTC).date()
    assert until >= min(clock.today() + timedelta(days=30), date(clock.today().year, 12, 31))


def test_in_alsace_moselle_the_court_is_asked_and_too_few_who_want_the_statutes_are_told(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session, code="67482", name="Dorf-Fictif")
    made = make_founded(session, body, founders=7, votes_for=5, votes_against=2)
    client, page = sign_in(make_member(session, body, Role.CLERK)), f"{ROOM}/{made.id}"
    assert "Demande d’inscription (PDF)" in _words(client.get(page).text)
    told = _words(client.get(f"{page}/declaration").text)
    assert "La demande d’inscription au registre des associations" in told
    assert "5 voix pour les statuts, et 7 membres au moins doivent les signer" in told
    pages = PdfReader(BytesIO(client.get(f"{page}/documents/inscription.pdf").data)).pages
    paper = re.sub(r"\s+", " ", " ".join(one.extract_text() for one in pages).replace("\N{NO-BREAK SPACE}", " "))
    assert "demandent l’inscription de cette association au registre des associations" in paper
    assert "Tribunal fictif" in paper
    assert "Ada Fictif" in paper
    elsewhere = make_founded(session, make_commune(session, name="Bourg-Fictif"))
    other = sign_in(make_member(session, elsewhere.body, Role.CLERK))
    assert "inscription (PDF)" not in _words(other.get(f"{ROOM}/{elsewhere.id}").text)


def test_nobody_meets_before_being_called_and_the_convocation_stays_as_it_was_sent(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    made = make_ready(session, body)
    client, page = sign_in(make_member(session, body, Role.CLERK)), f"{ROOM}/{made.id}"
    call = {"day": "22/03/2026", "hour": "23:30", "place": "salle Fictive"}
    assert client.post(f"{page}/convoquer", data=call | {"sent_on": "21/03/2026"}).status_code == 302
    people = made.founders_now
    record: dict[str, Any] = {"held_on": "20/03/2026", "hour": "20:00", "place": "mairie", "votes_for": "3"}
    record |= {"chaired_by": "Ada Fictif", "written_by": "Basile Fictif"}
    record |= {f"there_{one.id}": "present" for one in people}
    record |= {f"office_{people[0].id}": "president", f"office_{people[1].id}": "treasurer"}
    refused = client.post(f"{page}/assemblee", data=record)
    assert refused.status_code == 422
    assert "La convocation est partie le samedi 21 mars 2026, et l’assemblée se serait tenue avant" in _words(
        unescape(refused.text)
    )

    # sent on the 19th after all, and held a day late elsewhere
    assert client.post(f"{page}/convoquer", data=call | {"sent_on": "19/03/2026"}).status_code == 302
    assert client.post(f"{page}/assemblee", data=record | {"held_on": "23/03/2026"}).status_code == 302
    convocation = _pdf(client, f"{page}/documents/convocation.pdf")
    assert "dimanche 22 mars 2026" in convocation
    assert "23 h 30" in convocation
    assert "salle Fictive" in convocation
    assert "Élection au secrétariat" in convocation
    assert "23 mars" not in convocation
    minutes = _pdf(client, f"{page}/documents/proces-verbal.pdf")
    assert "Le lundi 23 mars 2026" in minutes
    assert "La convocation est partie le jeudi 19 mars 2026." in minutes
    assert "Elle annonçait la réunion pour le dimanche 22 mars 2026 à 23 h 30." in minutes


def test_a_convocation_noted_by_mistake_is_taken_back_and_the_day_changes(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    made = make_ready(session, body)
    client, page = sign_in(make_member(session, body, Role.CLERK)), f"{ROOM}/{made.id}"
    call = {"day": "22/03/2026", "hour": "23:30", "place": "salle Fictive"}
    client.post(f"{page}/convoquer", data=call | {"sent_on": "21/03/2026"})
    other = call | {"day": "29/03/2026"}
    kept = client.post(f"{page}/convoquer", data=other | {"sent_on": "21/03/2026"})
    assert "La convocation est partie pour le dimanche 22 mars 2026" in _words(unescape(kept.text))
    assert client.post(f"{page}/convoquer", data=other | {"sent_on": ""}).status_code == 302
    assert "dimanche 29 mars 2026" in _pdf(client, f"{page}/documents/convocation.pdf")
