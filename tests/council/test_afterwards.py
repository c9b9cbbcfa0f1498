"""What may be put right after the vote, and what stays: a fact noted by mistake, an act rejected, a draft reopened."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from app.conventions.services import keep_version
from app.council.actcase import act_case
from app.council.casework import judged
from app.council.documents import act_paper
from app.council.documents.paper import say
from app.council.labels import EVENTS
from app.council.models import ActEventKind, ActStatus, MeetingStatus
from app.council.queries import council_of
from app.council.reckoning import setting_of
from app.law.words import full_day
from app.shared import clock
from tests.council.test_services import _voted_text
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
)
from tests.support.forms import filled
from tests.support.pages import as_read, clerk_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]


def test_a_fact_noted_by_mistake_is_struck_out_and_counts_no_more(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    act = make_act(
        session, body, status="adopted", voted_on=DAY, transmitted_on=DAY, published_on=DAY,
        publication_mode="electronic", register_year=2026, register_rank=1,
    )  # fmt: skip
    client, url = clerk_of(session, sign_in, body), f"/conseil/deliberations/{act.id}"
    day = f"{DAY:%d/%m/%Y}"
    for kind in ("papers_asked", "papers_given", "annulment"):
        assert client.post(f"{url}/fait", data={"kind": kind, "day": day}).status_code == 302
    assert "annulée par le juge" in client.get(url).text
    session.expire_all()
    asked, _given, annulled = act.events
    followed = client.post(f"{url}/fait/biffer", data={"event": asked.id, "reason": "Noté sur le mauvais acte."})
    assert followed.status_code == 422
    assert "Un autre fait suit celui-ci" in as_read(followed.text)
    short = client.post(f"{url}/fait/biffer", data={"event": annulled.id, "reason": "faux"})
    assert short.status_code == 422
    assert "faux</textarea>" in short.text
    struck = {"event": annulled.id, "reason": "Noté sur le mauvais acte."}
    page = as_read(client.post(f"{url}/fait/biffer", data=struck, follow_redirects=True).text)
    assert "Exécutoire depuis le vendredi 11 septembre 2026" in page
    assert "Annulation par le juge, vendredi 11 septembre 2026 (noté par erreur)" in page
    assert "Noté sur le mauvais acte." in page
    assert client.post(f"{url}/fait/biffer", data=struck).status_code == 422


def test_a_rejected_act_is_never_told_to_be_transmitted_or_published(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    act = make_act(session, body)
    meeting = make_open_meeting(session, body, act)
    client = clerk_of(session, sign_in, body)
    counts = {"ballot": "show_of_hands", "votes_for": "1", "votes_against": "4"}
    client.post(f"/conseil/points/{meeting.agenda[0].id}/vote", data=counts)
    page = as_read(client.get(f"/conseil/deliberations/{act.id}").text)
    assert "Rien à exécuter : le conseil l’a rejetée." in page
    assert "n’adopte pas la proposition suivante" in page
    assert "à faire" not in page
    assert "Dossier de transmission" not in page


def test_a_validated_act_that_is_changed_is_a_draft_again(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    act = make_act(session, body, matter="8.9")
    client, url = clerk_of(session, sign_in, body), f"/conseil/deliberations/{act.id}"
    given = {
        "title": "Un autre objet",
        "articles": "Le conseil décide.",
        "matter": "8.9",
        "revision": str(act.revision),
    }
    assert client.post(f"{url}/modifier", data=given).status_code == 302
    session.expire_all()
    assert (act.title, act.status) == ("Un autre objet", ActStatus.DRAFT)
    assert "Valider le projet" in client.get(url).text


def test_what_the_law_asks_of_an_aid_is_not_met_by_a_late_contract_or_zeros(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    aid = make_subsidy(session, body, year=2025, contract_signed_on=date(2026, 3, 1))
    aid.beneficiary.siret = "0" * 14
    rejected = make_act(
        session, body, model="subsidy", status="rejected", voted_on=DAY, register_year=2026, register_rank=1
    )
    session.commit()
    client, url = clerk_of(session, sign_in, body), f"/conseil/subventions/{aid.id}"
    page = as_read(client.get(url).text)
    assert "Signé le dimanche 1er mars 2026, après l’aide de 2025" in page
    assert "Le SIRET 00000000000000 est faux" in page
    assert rejected.title not in client.get(f"{url}/modifier").text
    aid.act_id = rejected.id
    session.commit()
    assert "Le conseil a rejeté la délibération 2026-001" in as_read(client.get(url).text)


def test_a_refused_convocation_names_whom_and_what_it_misses(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session, population=4000, members=7)
    meeting = make_meeting(session, body, make_act(session, body))
    point = meeting.agenda[0]
    point.note = ""
    session.commit()
    client, url, seats = (
        clerk_of(session, sign_in, body),
        f"/conseil/seances/{meeting.id}/convocation",
        list(meeting.seats),
    )
    page = as_read(client.get(url).text)
    assert f"{seats[3].name} et 3 autres." in page
    assert f"Manque : « {point.title} »." in page
    sent = {f"sent_{seat.id}": f"{DAY - timedelta(days=8):%d/%m/%Y}" for seat in seats}
    sent[f"sent_{seats[2].id}"] = f"{DAY - timedelta(days=3):%d/%m/%Y}"
    client.post(f"{url}/envois", data=sent)
    assert f"Envoyée trop tard à : {seats[2].name}." in as_read(client.get(url).text)


def test_a_signature_names_its_signers_and_is_not_replaced_without_a_trace(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    act = make_act(session, body, status="adopted", voted_on=DAY, register_year=2026, register_rank=1)
    client, url = clerk_of(session, sign_in, body), f"/conseil/deliberations/{act.id}"
    page = as_read(client.get(url).text)
    assert "Signée par le maire et le secrétaire de séance Faites-la signer" in page
    assert "facultatif" not in as_read(client.get(f"{url}/signature").text.partition("<main")[2])
    unsigned = client.post(f"{url}/signature", data={"day": f"{DAY:%d/%m/%Y}"})
    assert unsigned.status_code == 422
    assert "Écrivez qui a signé : le maire et le secrétaire de séance" in as_read(unsigned.text)
    told = {"day": f"{DAY:%d/%m/%Y}", "words": "Ada Fictive, Bela Fictif"}
    assert client.post(f"{url}/signature", data=told).status_code == 302
    page = as_read(client.get(url).text)
    assert "Signée par le maire et le secrétaire de séance vendredi 11 septembre 2026" in page
    again = client.post(f"{url}/signature", data=told | {"words": "Quelqu’un d’autre"})
    assert again.status_code == 422
    assert "La signature est déjà notée" in as_read(again.text)


def test_an_aid_below_the_cent_is_not_rounded_without_a_word(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    aid = make_subsidy(session, body)
    client = clerk_of(session, sign_in, body)
    given = {"body": body.id, "beneficiary": aid.beneficiary_id, "year": "2026", "purpose": "Accueil"}
    refused = client.post("/conseil/subventions/nouvelle", data=given | {"cash": "12 345,678"})
    assert refused.status_code == 422
    assert "« 12 345,678 » va au-delà du centime" in as_read(refused.text)
    assert 'value="12 345,678"' in refused.text
    assert client.post("/conseil/subventions/nouvelle", data=given | {"cash": "12 345,670"}).status_code == 302


def test_nobody_is_sent_mail_where_nobody_has_an_address(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_meeting(session, body, make_act(session, body), day=clock.today() + timedelta(days=30))
    seats = list(meeting.seats)
    for seat in seats:
        seat.address = ""
    session.commit()
    client, url = clerk_of(session, sign_in, body), f"/conseil/seances/{meeting.id}/convocation"
    page = as_read(client.get(url).text)
    assert "personne n’a ici d’adresse électronique" in page
    assert "Convocation à imprimer (PDF)" in page
    assert "Envoyer la convocation par courriel" not in page
    refused = client.post(f"{url}/courriels")
    assert refused.status_code == 422
    assert "Écrivez les adresses dans les lignes des conseillers" in as_read(refused.text)
    client.post(f"{url}/envois", data={f"address_{seats[0].id}": "ada@exemple.test"})
    page = as_read(client.get(url).text)
    assert f"Sans adresse électronique, à convoquer autrement : {seats[1].name}, " in page
    sent = as_read(client.post(f"{url}/courriels", follow_redirects=True).text)
    assert "La convocation est partie par courriel" in sent
    assert f"à convoquer autrement : {seats[1].name}, " in sent


def test_the_evening_leads_to_its_parts(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body))
    page = clerk_of(session, sign_in, body).get(f"/conseil/seances/{meeting.id}/soir").text
    places = dict(re.findall(r'href="#([a-z]+)">([^<]+)</a>', page.partition('aria-label="Sur cette page"')[2]))
    assert (places["points"], places["clore"]) == ("Les points", "Clore la séance")
    for place in places:
        assert f'id="{place}"' in page


def test_a_title_with_quotes_stands_inside_quotes_with_others(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    act = make_act(session, body, title="Adhésion au réseau « Villes « jumelles » »", status="draft")
    client = clerk_of(session, sign_in, body)
    client.post(f"/conseil/deliberations/{act.id}/corbeille")
    told = as_read(client.get("/journal", follow_redirects=True).text)
    assert "« Adhésion au réseau “Villes “jumelles”” »" in told


def test_a_fact_is_refused_where_what_it_follows_is_not_noted(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    act = make_act(
        session, body, status="adopted", voted_on=DAY, transmitted_on=DAY + timedelta(days=3), register_year=2026,
        register_rank=1,
    )  # fmt: skip
    client, url = clerk_of(session, sign_in, body), f"/conseil/deliberations/{act.id}"

    def noted(kind: str, after: int) -> tuple[int, str]:
        day = f"{DAY + timedelta(days=after):%d/%m/%Y}"
        answer = client.post(f"{url}/fait", data={"kind": kind, "day": day, "text": "Un mot."})
        return answer.status_code, as_read(answer.text)

    status, page = noted("gracious_refused", 5)
    assert status == 422
    assert "Ce fait en suit un autre (Lettre du préfet (recours gracieux), Recours gracieux d’un tiers" in page
    assert "Un mot." in page
    status, page = noted("papers_asked", 2)
    assert status == 422
    assert "Le préfet demande des pièces d’un acte qu’il a reçu" in page
    assert noted("gracious_appeal", 4)[0] == 302
    assert noted("gracious_refused", 3)[0] == 422
    assert noted("appeal_dismissed", 5)[0] == 422
    assert noted("gracious_refused", 5)[0] == 302
    session.expire_all()
    struck = {"event": act.events[0].id, "reason": "Noté sur le mauvais acte."}
    assert "Un autre fait suit celui-ci" in as_read(client.post(f"{url}/fait/biffer", data=struck).text)


def test_one_answer_ends_one_contest_and_the_commune_lifts_no_suspension(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    act = make_act(
        session, body, status="adopted", voted_on=DAY, transmitted_on=DAY, published_on=DAY,
        publication_mode="electronic", register_year=2026, register_rank=1,
    )  # fmt: skip
    client, url = clerk_of(session, sign_in, body), f"/conseil/deliberations/{act.id}"

    def after(*kinds: str) -> str:
        for kind in kinds:
            assert client.post(f"{url}/fait", data={"kind": kind, "day": f"{DAY:%d/%m/%Y}"}).status_code == 302
        return as_read(client.get(url).text)

    never_final = "Définitive le, si personne ne la conteste non renseigné"
    assert never_final not in after()
    page = after("gracious_appeal", "prefect_referral", "suspension", "gracious_refused")
    assert "suspendue par le juge" in page
    assert never_final in page
    page = after("court_appeal", "appeal_dismissed")
    assert "suspendue par le juge" in page
    assert "Certificat de caractère exécutoire" not in page
    page = after("appeal_dismissed")
    assert "Exécutoire depuis le vendredi 11 septembre 2026" in page
    assert never_final not in page
    page = after("annulment", "prefect_referral", "suspension", "appeal_dismissed")
    assert "annulée par le juge" in page
    assert never_final in page
    assert "annulée par le juge" in after("repeal")  # an act that never was is repealed by nobody


def test_a_letter_of_the_prefect_that_the_commune_refuses_opens_the_delay_again(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    act = make_act(
        session, body, status="adopted", voted_on=DAY, transmitted_on=DAY, published_on=DAY,
        publication_mode="electronic", register_year=2026, register_rank=1,
    )  # fmt: skip
    client, url = clerk_of(session, sign_in, body), f"/conseil/deliberations/{act.id}"
    for kind, day in (("prefect_letter", "15/09/2026"), ("gracious_refused", "22/09/2026")):
        assert client.post(f"{url}/fait", data={"kind": kind, "day": day}).status_code == 302
    page = as_read(client.get(url).text)
    assert "(CGCT, art. L. 2131-6) lundi 23 novembre 2026" in page
    assert "Définitive le, si personne ne la conteste mardi 24 novembre 2026" in page


def test_page_checks_and_command_count_the_prefects_delay_alike(
    session: Session, sign_in: SignIn, app: Flask, tmp_path: Path
) -> None:
    body = make_commune(session)
    act = make_act(
        session, body, status="adopted", voted_on=date(2025, 9, 11), transmitted_on=date(2025, 9, 15),
        published_on=date(2025, 9, 15), publication_mode="electronic", register_year=2025, register_rank=1,
    )  # fmt: skip
    client, url = clerk_of(session, sign_in, body), f"/conseil/deliberations/{act.id}"

    def note(**told: str) -> None:
        answer = client.post(f"{url}/fait", data=told)
        assert answer.status_code == 302, as_read(answer.text)

    def told(day: str, iso: str) -> None:
        assert f"(CGCT, art. L. 2131-6) {day}" in as_read(client.get(url).text)
        assert day == "non renseigné" or f"préfet jusqu’au {day}" in as_read(client.get(f"{url}/verifications").text)
        path = tmp_path / "acte.json"
        path.write_bytes(client.get(f"{url}/verifications.json").data)
        done = app.test_cli_runner().invoke(args=["law", "check", str(path), "--format", "json"])
        assert str(json.loads(done.output)["results"]["acts"][0]["prefect_last_day"]) == iso

    told("lundi 17 novembre 2025", "2025-11-17")
    note(kind="gracious_appeal", day="20/09/2025")
    note(kind="gracious_refused", day="02/10/2025")  # that of the third party: the prefect's letter has its own answer
    note(kind="prefect_letter", day="18/11/2025")
    told("non renseigné", "None")
    assert "dites quand" in as_read(client.get(url).text)
    session.expire_all()
    late = next(event for event in act.events if event.kind == "prefect_letter")
    client.post(f"{url}/fait/biffer", data={"event": late.id, "reason": "Il manquait le jour de son envoi."})
    bad = client.post(f"{url}/fait", data={"kind": "prefect_letter", "day": "18/11/2025", "sent_on": "19/11/2025"})
    assert "reçue avant d’être envoyée" in as_read(bad.text)
    note(kind="prefect_letter", day="18/11/2025", sent_on="14/11/2025")
    told("jeudi 19 mars 2026", "2026-03-19")  # silence refuses on 18 January; sent in time, received late
    assert "Sources en conflit" in as_read(client.get(f"{url}/verifications").text)
    assert "sources en conflit" in as_read(client.get(url).text)
    assert "Envoyée le vendredi 14 novembre 2025" in as_read(client.get(url).text)
    note(kind="letter_refused", day="05/12/2025")
    told("vendredi 6 février 2026", "2026-02-06")
    assert client.get(f"{url}/deliberation.pdf").mimetype == "application/pdf"


def test_every_fact_after_the_vote_has_its_words_on_screen_and_on_paper() -> None:
    for kind in ActEventKind:
        assert say("events", kind)
        assert EVENTS[kind]


def test_nobody_repeals_a_proposal_that_the_council_rejected(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    act = make_act(session, body, status="rejected", voted_on=DAY, register_year=2026, register_rank=1)
    client, url = clerk_of(session, sign_in, body), f"/conseil/deliberations/{act.id}/fait"
    refused = client.post(url, data={"kind": "repeal", "day": f"{DAY:%d/%m/%Y}"})
    assert refused.status_code == 422
    assert "Le conseil a rejeté cette délibération" in as_read(refused.text)
    assert client.post(url, data={"kind": "gracious_appeal", "day": f"{DAY:%d/%m/%Y}"}).status_code == 302


def test_a_rejected_act_is_not_corrected_into_a_transmitted_one(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    act = make_act(session, body, status="rejected", voted_on=DAY, register_year=2026, register_rank=1)
    client, url = clerk_of(session, sign_in, body), f"/conseil/deliberations/{act.id}"
    given = {"title": act.title, "transmitted_on": f"{DAY:%d/%m/%Y}", "publication_mode": ""}
    given["reason"] = "La date avait été oubliée."
    refused = client.post(f"{url}/corriger", data=given)
    assert refused.status_code == 422
    assert "Seule une délibération adoptée se transmet et se publie." in as_read(refused.text)


def test_facts_that_contradict_each_other_are_named_on_the_page_of_the_checks(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    act = make_act(session, body, status="adopted", voted_on=DAY, transmitted_on=DAY - timedelta(days=2))
    page = as_read(clerk_of(session, sign_in, body).get(f"/conseil/deliberations/{act.id}/verifications").text)
    assert "Les faits consignés se contredisent" in page
    assert "Le mercredi 9 septembre 2026 précède l’adoption de l’acte (vendredi 11 septembre 2026)." in page


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"paid_on": "01/01/2090"}, "n’est pas encore arrivé : notez le fait quand il a eu lieu"),
        ({"requested_on": "05/06/2025", "paid_on": "01/03/2025"}, "précède la demande (jeudi 5 juin 2025)"),
        (
            {"convention_signed_on": "10/05/2025", "convention_published_on": "09/05/2025"},
            "précède la signature de la convention",
        ),
        ({"report_received_on": "31/12/2024"}, "précède l’année de l’aide"),
        ({"year_ends_on": "31/12/2020"}, "précède l’année de l’aide"),
    ],
)
def test_the_days_of_an_aid_have_come_and_stand_in_their_order(
    session: Session, sign_in: SignIn, days: dict[str, str], said: str
) -> None:
    body = make_commune(session)
    aid = make_subsidy(session, body, year=2025)
    given = {"body": body.id, "beneficiary": aid.beneficiary_id, "year": "2025", "purpose": "Accueil", "cash": "5"}
    refused = clerk_of(session, sign_in, body).post("/conseil/subventions/nouvelle", data=given | days)
    assert refused.status_code == 422
    assert said in as_read(refused.text)
    for typed in days.values():
        assert f'value="{typed}"' in refused.text


def test_each_thing_that_an_aid_paid_too_soon_lacks_asks_for_its_own_reason(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    aid = make_subsidy(session, body, year=2025)
    client, url = clerk_of(session, sign_in, body), "/conseil/subventions/nouvelle"
    given: dict[str, Any] = {"body": body.id, "beneficiary": aid.beneficiary_id, "year": "2025", "cash": "500"}
    given |= {"purpose": "Achat de drapeaux", "paid_on": "17/11/2025", "passed_check": [], "passed_reason": []}
    for check_id in ("C38", "C39", "C41"):
        refused = client.post(url, data=given)
        assert refused.status_code == 422
        assert f"Vérification {check_id} : la loi s’y oppose" in as_read(refused.text)
        given["passed_check"].append(check_id)
        given["passed_reason"].append(f"Motif donné pour la vérification {check_id}.")
    kept = as_read(client.post(url, data=given, follow_redirects=True).text)
    assert "L’aide est notée." in kept
    for check_id in ("C38", "C39", "C41"):
        assert f"{check_id} : Motif donné pour la vérification {check_id}." in kept


def test_an_aid_names_the_article_of_its_year_and_a_payment_without_a_vote(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    aid = make_subsidy(session, body, year=2025, paid_on=date(2025, 6, 1))
    page = as_read(clerk_of(session, sign_in, body).get(f"/conseil/subventions/{aid.id}").text)
    assert "Versée sans qu’une délibération soit notée" in page
    assert "(CGCT, art. L. 2311-7) manque" in page


def test_the_checks_of_an_act_are_set_as_french_is_set(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    act = make_act(session, body, status="adopted", voted_on=DAY, transmitted_on=DAY, published_on=DAY)
    sent = clerk_of(session, sign_in, body).get(f"/conseil/deliberations/{act.id}/verifications").data.decode()
    shown = re.sub(r"<[^>]+>", "", sent.partition("<main")[2].partition("</main>")[0])
    assert "CJA" in shown
    assert re.findall(r"\S [;:?!»](?:\s|$)|« ", shown) == []


def test_two_aids_of_a_year_are_told_apart_where_their_lines_are_to_be_completed(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    aid = make_subsidy(session, body, purpose="Accueil du printemps")
    make_subsidy(session, body, beneficiary=aid.beneficiary, purpose="Voyage de l’automne")
    page = as_read(clerk_of(session, sign_in, body).get(f"/conseil/{body.id}/donnees-ouvertes").text)
    for purpose in ("Accueil du printemps", "Voyage de l’automne"):
        assert f"{aid.beneficiary.name}, 2026, {purpose} idAttribuant" in page


def test_a_correction_leaves_no_receipt_without_its_day(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    act = make_act(
        session, body, status="adopted", voted_on=DAY, transmitted_on=DAY, receipt="AR-1", published_on=DAY,
        publication_mode="electronic", register_year=2026, register_rank=1,
    )  # fmt: skip
    client, url = clerk_of(session, sign_in, body), f"/conseil/deliberations/{act.id}"
    day, why = f"{DAY:%d/%m/%Y}", "Transmise par erreur, en fait."
    given = {"title": act.title, "published_on": day, "publication_mode": "electronic", "reason": why}
    refused = client.post(f"{url}/corriger", data=given | {"transmitted_on": "", "receipt": "AR-1"})
    assert refused.status_code == 422
    assert "effacez aussi ce qui va avec lui" in as_read(refused.text)
    unsaid = client.post(f"{url}/corriger", data=given | {"publication_mode": "", "transmitted_on": day})
    assert "Choisissez comment l’acte est publié." in as_read(unsaid.text)
    assert client.post(f"{url}/corriger", data=given | {"transmitted_on": "", "receipt": ""}).status_code == 302
    page = as_read(client.get(url).text)
    assert "Avant, accusé de réception : AR-1" in page
    assert f"Avant, transmise le : {full_day(DAY)}" in page


def test_the_trace_of_a_correction_says_of_an_act_not_published_before_no_way_of_publishing(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    act = make_act(session, body, status="adopted", voted_on=DAY, register_year=2026, register_rank=1)
    client, url = clerk_of(session, sign_in, body), f"/conseil/deliberations/{act.id}"
    day, why = f"{DAY:%d/%m/%Y}", "Publiée le jour même, oubliée."
    given = {"title": act.title, "published_on": day, "publication_mode": "electronic", "reason": why}
    assert client.post(f"{url}/corriger", data=given).status_code == 302
    page = as_read(client.get(url).text)
    assert "Avant, publication : —" in page
    assert "le conseil n’a rien choisi" not in page.partition("Avant, publication")[2].partition("</p>")[0]


def test_the_minutes_are_not_published_before_they_are_adopted(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    meeting = make_open_meeting(session, body, make_act(session, body))
    meeting.status = MeetingStatus.CLOSED
    session.commit()
    days = {"minutes_adopted_on": DAY + timedelta(days=7), "minutes_published_on": DAY + timedelta(days=6)}
    given = {name: f"{day:%d/%m/%Y}" for name, day in days.items()}
    refused = clerk_of(session, sign_in, body).post(f"/conseil/seances/{meeting.id}/suites", data=given)
    assert refused.status_code == 422
    assert "publié après avoir été arrêté, le vendredi 18 septembre 2026" in as_read(refused.text)


def test_a_delegation_is_transmitted_after_it_is_made(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    text = make_convention(session)[0]
    version = keep_version(session, text, "Essai", by=BY, at=at(DAY))
    act = make_act(session, body, status="adopted", voted_on=DAY, convention_id=text.id, version_id=version.id)
    client, url = clerk_of(session, sign_in, body), f"/conseil/deliberations/{act.id}/signataire"
    given = {"capacity": "deputy", "name": "Ada Fictive", "number": "2026-5", "decided_on": "10/06/2026"}
    early = client.post(url, data=given | {"transmitted_on": "09/06/2026"})
    assert early.status_code == 422
    assert "Le mardi 9 juin 2026 précède l’arrêté du mercredi 10 juin 2026" in as_read(early.text)
    assert "n’est pas encore arrivé" in as_read(client.post(url, data=given | {"decided_on": "10/06/2090"}).text)
    assert client.post(url, data=given | {"transmitted_on": "11/06/2026"}).status_code == 302


def test_a_correction_does_not_go_round_the_way_in_which_a_commune_must_publish(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session, population=5780)
    act = make_act(
        session, body, status="adopted", voted_on=DAY, transmitted_on=DAY, published_on=DAY,
        publication_mode="electronic", register_year=2026, register_rank=1, receipt="AR-1",
    )  # fmt: skip
    client, url, day = clerk_of(session, sign_in, body), f"/conseil/deliberations/{act.id}", f"{DAY:%d/%m/%Y}"
    given = {"title": act.title, "transmitted_on": day, "published_on": day, "publication_mode": "posting"}
    given |= {"reason": "Le mode était mal noté.", "receipt": "AR-1"}
    refused = client.post(f"{url}/corriger", data=given)
    assert refused.status_code == 422
    assert "Vérification C32 : la loi s’y oppose" in as_read(refused.text)
    session.expire_all()
    assert act.publication_mode == "electronic"
    answered = {"override_check": "C32", "override_reason": "La délibération du 2 mars a choisi l’affichage."}
    assert client.post(f"{url}/corriger", data=given | answered).status_code == 302
    session.expire_all()
    assert act.publication_mode == "posting"
    assert "a choisi l’affichage" in str(act_paper(session, act, "deliberation", today=DAY))


def test_an_act_is_published_otherwise_only_if_somebody_answers_for_it(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session, population=5780)
    act = make_act(session, body, status="adopted", voted_on=DAY, register_year=2026, register_rank=1)
    client, url = clerk_of(session, sign_in, body), f"/conseil/deliberations/{act.id}/publication"
    refused = client.post(url, data={"day": f"{DAY:%d/%m/%Y}", "mode": "posting"})
    assert refused.status_code == 422
    said = "La commune doit publier autrement : publication électronique (CGCT, art. L. 2131-1)."
    assert said in as_read(refused.text)
    assert client.post(url, data={"day": f"{DAY:%d/%m/%Y}", "mode": "electronic"}).status_code == 302


def test_a_slip_in_the_object_is_mended_and_another_object_refused(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    act = make_act(
        session, body, status="adopted", voted_on=DAY, title="Jumelage avec Freital", register_year=2026,
        register_rank=1,
    )  # fmt: skip
    client, url = clerk_of(session, sign_in, body), f"/conseil/deliberations/{act.id}/corriger"
    given = {"publication_mode": "", "reason": "Une faute de frappe."}
    refused = client.post(url, data=given | {"title": "Vente du château à la SCI du maire"})
    assert refused.status_code == 422
    assert "L’objet voté ne se réécrit pas" in as_read(refused.text)
    assert client.post(url, data=given | {"title": "Jumelage avec Freital (Saxe)"}).status_code == 302
    by_steps = ("Jumelage avec Freital (la maison)", "Achat avec Freital de la maison", "Achat ailleurs de la maison")
    answers = [client.post(url, data=given | {"title": title}).status_code for title in by_steps]
    assert answers[-1] == 422


def test_who_publishes_on_paper_is_asked_for_the_deliberation_that_chose_it(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    client, url = clerk_of(session, sign_in, body), f"/conseil/{body.id}/modifier"
    for mode in ("posting", "paper"):
        refused = client.post(url, data={"revision": "0", "publication_mode": mode})
        assert refused.status_code == 422
        assert "Écrivez la délibération qui a choisi ce mode" in as_read(refused.text)
    told = {"revision": "0", "publication_mode": "posting", "mode_decided_by": "nᵒ 2022-07 du 1er juillet 2022"}
    assert client.post(url, data=told).status_code == 302
    assert "affichage à la mairie" in client.get(f"/conseil/{body.id}").text
    council = council_of(session, body.id)
    assert council is not None
    council.mode_decided_by = ""  # told before it was asked for
    session.commit()
    page = as_read(client.get(f"/conseil/{body.id}").text)
    assert "affichage à la mairie, mais la délibération qui l’a choisi n’est pas notée" in page
    act = make_act(
        session, body, status="adopted", voted_on=DAY, published_on=DAY, publication_mode="posting",
        register_year=2026, register_rank=1,
    )  # fmt: skip
    checks = as_read(client.get(f"/conseil/deliberations/{act.id}/verifications").text)
    assert "d’affichage : régulière" not in checks
    assert "Le mode de publication dépend de la population et du choix de la commune." in checks


def test_what_the_check_asks_of_a_publication_online_can_be_told(session: Session, sign_in: SignIn) -> None:
    act = _voted_text(session)
    client, url = clerk_of(session, sign_in, act.body), f"/conseil/deliberations/{act.id}/en-ligne"
    assert "Décrire la publication en ligne" in as_read(client.get(f"/conseil/deliberations/{act.id}").text)

    def judged_online(**told: str) -> str:
        answer = client.post(url, data=filled(client.get(url).text) | told)
        assert answer.status_code == 302, as_read(answer.text)
        session.expire_all()
        checks = judged(act_case(act, setting_of(act.body, None), on=DAY))
        assert checks is not None
        return next(f"{one['status']} {one['sentence']}" for one in checks["checks"] if one["id"] == "C33")

    assert judged_online(address="https://example.org/actes").startswith("unknown Décrivez")
    assert judged_online(format="pdf_a", whole_text="yes").startswith(
        "unknown Publication en ligne\N{NO-BREAK SPACE}: des faits"
    )
    author = {"author_first_name": "Alix", "author_name": "Spécimen", "author_quality": "maire"}
    assert judged_online(**author, date_shown="yes").startswith("ok ")
    assert "il manque la date de mise en ligne" in judged_online(date_shown="no")
    assert "https://example.org/actes" in as_read(client.get(f"/conseil/deliberations/{act.id}").text)
    refused = client.post(url, data=filled(client.get(url).text) | {"removed_on": "01/01/2020"})
    assert (refused.status_code, "retirée qu’après sa publication" in as_read(refused.text)) == (422, True)


def test_where_an_act_is_online_is_an_address_that_a_browser_opens(session: Session, sign_in: SignIn) -> None:
    act = _voted_text(session)
    client, url = clerk_of(session, sign_in, act.body), f"/conseil/deliberations/{act.id}/en-ligne"
    for address in ("javascript:alert(1)", "data:text/html,x", "sur le site", "https://", "https://a.fr b"):
        refused = client.post(url, data=filled(client.get(url).text) | {"address": address})
        assert (refused.status_code, address in as_read(refused.text)) == (422, True)
        assert "n’est pas une adresse. Copiez-la entière : elle commence par https://." in as_read(refused.text)
    session.expire_all()
    assert "online" not in act.answers
    given = filled(client.get(url).text) | {"address": "http://exemple.fr/actes?annee=2026"}
    assert client.post(url, data=given).status_code == 302


def test_a_page_that_follows_the_vote_opens_only_where_it_applies(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    draft = make_act(session, body)
    client = clerk_of(session, sign_in, body)
    told = {
        "signature": "n’est pas votée", "transmission": "Seule une délibération adoptée",
        "publication": "Seule une délibération adoptée", "en-ligne": "n’est pas notée publiée en ligne",
        "fait": "n’est pas votée", "signataire": "Aucun texte n’est annexé", "corriger": "modifiez-la simplement",
    }  # fmt: skip
    for page, sentence in told.items():
        closed = client.get(f"/conseil/deliberations/{draft.id}/{page}")
        assert (closed.status_code, sentence in as_read(closed.text)) == (422, True), page
    posted = make_act(
        session, body, status="adopted", voted_on=DAY, transmitted_on=DAY, published_on=DAY, signed_on=DAY,
        publication_mode="posting", register_year=2026, register_rank=1,
    )  # fmt: skip
    for page in ("signature", "transmission", "publication", "en-ligne"):
        assert client.get(f"/conseil/deliberations/{posted.id}/{page}").status_code == 422, page
    for page in ("fait", "corriger"):
        assert client.get(f"/conseil/deliberations/{posted.id}/{page}").status_code == 200, page
