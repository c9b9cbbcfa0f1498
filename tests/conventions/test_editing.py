"""Editing an article and bringing a text in, in the browser: what is wrong is named, nothing typed is lost."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from app.audit.models import JournalEntry
from app.conventions import queries
from app.conventions.models import Convention
from app.texts import checks
from app.texts.wording import load_model
from tests.factories.conventions import make_convention, make_pair
from tests.support.forms import filled

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]


def send(client: FlaskClient, convention: Convention, article: str = "objet", **typed: str) -> Any:
    page = f"/conventions/{convention.id}/articles/{article}"
    return client.post(page, data={"revision": str(convention.revision), **typed})


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Nous ferons {objet_action} ensemble.", "{objet_action} n’existe pas ; vouliez-vous {objet_actions}"),
        ("Nous ferons {objet_actions ensemble.", "une accolade est seule (« {objet_actions » )"),
        ("Une accolade } seule.", "une accolade est seule"),
    ],
)
def test_a_word_between_braces_that_names_nothing_is_refused_and_nothing_is_lost(
    session: Session, sign_in: SignIn, typed: str, sentence: str
) -> None:
    convention, account = make_convention(session)
    before = convention.document
    answer = send(sign_in(account), convention, body_fr=typed, body_en="Together {{ 7*7 }}.")
    assert answer.status_code == 422
    assert sentence.replace(" )", "") in answer.text
    assert typed.replace("'", "&#39;") in answer.text
    assert "Together {{ 7*7 }}." in answer.text
    session.expire_all()
    assert convention.document == before


def test_doubled_braces_come_back_as_typed(session: Session, sign_in: SignIn) -> None:
    convention, account = make_convention(session)
    client = sign_in(account)
    assert send(client, convention, body_fr="Voir {{ 7*7 }}.", body_en="See {{ 7*7 }}.").status_code == 302
    assert "Voir {{ 7*7 }}." in client.get(f"/conventions/{convention.id}/articles/objet").text
    assert "Voir {{ 7*7 }}." in client.get(f"/conventions/{convention.id}").text


def test_emptying_an_article_asks_first(session: Session, sign_in: SignIn) -> None:
    convention, account = make_convention(session)
    client = sign_in(account)
    asked = send(client, convention, heading_fr="Objet", body_fr="", body_en="Words.")
    assert asked.status_code == 422
    assert "Cet article n’a plus de texte" in asked.text
    assert "Laisser cet article vide" in asked.text
    assert send(client, convention, heading_fr="Objet", body_fr="", body_en="Words.", empty="y").status_code == 302


def test_a_conflict_names_the_languages_in_words(session: Session, sign_in: SignIn) -> None:
    convention, account = make_convention(session, languages=("fr", "uk"))
    client = sign_in(account)
    page = f"/conventions/{convention.id}/articles/objet"
    assert client.post(page, data={"revision": "1", "body_fr": "Un.", "body_uk": "Раз."}).status_code == 302
    second = client.post(page, data={"revision": "1", "body_fr": "Deux.", "body_uk": "Два."})
    assert second.status_code == 409
    assert "<h2>français</h2>" in second.text
    assert "<h2>ukrainien</h2>" in second.text
    assert "<h2>fr</h2>" not in second.text


def test_an_article_of_the_law_that_was_rewritten_until_it_says_no_amount_is_pointed_at(
    session: Session, sign_in: SignIn
) -> None:
    convention, account = make_convention(session)
    client = sign_in(account)
    words = "Chaque partie paie ce qu’elle doit, comme il convient entre amis."
    assert send(client, convention, "financement", body_fr=words, body_en="Each pays.").status_code == 302
    assert "ne dit plus aucun montant" in client.get(f"/conventions/{convention.id}").text
    session.expire_all()
    words = "Chaque partie paie 1 250 € pour les voyages de ses propres élèves."
    assert send(client, convention, "financement", body_fr=words, body_en="Each pays €1,250.").status_code == 302
    session.expire_all()
    assert "law_amount" not in {one.code for one in checks.examine(queries.document_of(convention))}


def bring(client: FlaskClient, value: Any, twinning: str = "") -> Any:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return client.post("/conventions/importer", data={"file": (io.BytesIO(raw), "t.json"), "twinning": twinning})


START = {"format": "traitdunion/convention", "version": 1, "id": "venu", "kind": "oath"}


def test_a_text_that_is_brought_in_is_tied_to_a_twinning(session: Session, sign_in: SignIn) -> None:
    convention, account = make_convention(session)
    twinning = convention.twinnings[0]
    client = sign_in(account)
    assert "Sailly-lez-Lannoy – Semenivka" in client.get("/conventions/importer").text
    assert bring(client, START, str(twinning.id)).status_code == 302
    made = session.scalars(select(Convention).where(Convention.uid == "venu")).one()
    assert [one.id for one in made.twinnings] == [twinning.id]
    assert bring(client, START | {"id": "autre"}).status_code == 302
    assert session.scalars(select(Convention).where(Convention.uid == "autre")).one().twinnings == []
    assert bring(client, START | {"id": "faux"}, "99999").status_code == 422


def test_several_texts_are_brought_in_together_or_not_at_all(session: Session, sign_in: SignIn) -> None:
    _convention, account = make_convention(session)
    client = sign_in(account)
    assert bring(client, [START, START | {"id": "venu-2"}]).status_code == 302
    refused = bring(client, [START | {"id": "venu-3"}, START | {"id": "venu-4", "kind": "x"}])
    assert refused.status_code == 422
    assert "$[1].kind" in refused.text
    assert session.scalar(select(func.count(Convention.id)).where(Convention.uid.like("venu%"))) == 2


def test_a_budget_keeps_the_currency_that_was_chosen(session: Session, sign_in: SignIn) -> None:
    convention, account = make_convention(session)
    client, page = sign_in(account), f"/conventions/{convention.id}/completer"
    typed = {"b0_label_fr": "Voyage", "b0_label_en": "Journey", "b0_share_1": "4 000", "budget_currency": "PLN"}
    assert client.post(page, data={"revision": "1", **typed}).status_code == 302
    assert "4 000,00 zlotys polonais" in client.get(f"/conventions/{convention.id}").text.replace("\u202f", " ")
    assert '<option selected value="PLN">' in client.get(page).text


@pytest.mark.parametrize("name", ["<b>Camille</b>", "=1+1", '@SUM("x")'])
def test_a_signatory_is_not_called_like_a_formula(session: Session, sign_in: SignIn, name: str) -> None:
    convention, account = make_convention(session)
    answer = sign_in(account).post(
        f"/conventions/{convention.id}/completer", data={"revision": "1", "p0_name": name, "s0_place": "Semenivka"}
    )
    assert answer.status_code == 422
    assert "écrivez" in answer.text
    assert "Semenivka" in answer.text


def test_a_town_with_odd_codes_can_still_be_written_about(session: Session, sign_in: SignIn) -> None:
    twinning, account = make_pair(session)
    for party in twinning.parties:
        party.body.names = {"link": "https://example.org", "uk": "Назва"}
        party.body.languages = ["xx", *party.body.languages]
    session.commit()
    address = f"/conventions/nouvelle/reponses?jumelage={twinning.id}&genre=oath&langue=fr"
    made = sign_in(account).post(address, data={"creer": "1"})
    assert made.status_code == 302, made.text


def test_what_stands_between_braces_is_said_in_words(session: Session, sign_in: SignIn) -> None:
    convention, account = make_convention(session)
    client = sign_in(account)
    page = client.get(f"/conventions/{convention.id}/articles/fait").text
    help_ = page[page.index("Pour écrire") : page.index("<details>", page.index("Pour écrire"))]
    assert "le lieu et la date de signature" in help_
    assert "encore à compléter" in help_
    assert "{preavis_mois}" not in help_, "what the article does not use waits behind « avancé »"
    rest = page[page.index("<details>", page.index("Pour écrire")) :]
    assert "Préavis pour en sortir, en mois" in rest
    body = convention.bodies[0].body_id
    model = client.get(f"/conventions/modeles/{body}/convention/fait").text
    assert "<h1>Réécrire « Le lieu et la date de signature »</h1>" in model
    whole = client.get(f"/conventions/modeles/{body}/convention").text
    assert not re.search(r">\s*(fait|visas|presentation)\s*<", whole)


def test_the_journal_calls_articles_and_models_by_their_names(session: Session, sign_in: SignIn) -> None:
    convention, account = make_convention(session)
    client = sign_in(account)
    number, body = convention.id, convention.bodies[0].body_id
    model = load_model("convention").words
    typed = {f"body_{code}": f"{words.articles['fait'].body} ." for code, words in model.items()}
    assert (
        client.post(f"/conventions/modeles/{body}/convention/fait", data={"revision": "0", **typed}).status_code == 302
    )
    client.post(f"/conventions/{number}/articles/fait", data={"revision": "1", "body_fr": "Fin.", "body_en": "End."})
    told = [entry.details for entry in session.scalars(select(JournalEntry).order_by(JournalEntry.id))]
    assert [one["article"] for one in told if "article" in one] == ["Le lieu et la date de signature", "Fin."]


def test_who_writes_second_keeps_what_the_first_one_changed_elsewhere(session: Session, sign_in: SignIn) -> None:
    convention, account = make_convention(session)
    client, page = sign_in(account), f"/conventions/{convention.id}/completer"
    opened = filled(client.get(page).text)
    assert client.post(page, data=opened | {"p1_name": "Petro Zminenyi"}).status_code == 302
    answer = client.post(page, data=opened | {"s0_place": "Semenivka", "f_duree_mois": "24"})
    assert answer.status_code == 409
    assert "IntValue" not in answer.text
    assert "partie-1" not in answer.text
    again = filled(answer.text)
    assert (again["p1_name"], again["s0_place"]) == ("Petro Zminenyi", "Semenivka")
    assert client.post(page, data=again).status_code == 302
    kept = client.get(f"/conventions/{convention.id}").text
    assert "Petro Zminenyi" in kept
    assert "Semenivka, " in kept


def test_an_added_article_is_called_by_its_number_where_something_lacks(session: Session, sign_in: SignIn) -> None:
    convention, account = make_convention(session)
    client = sign_in(account)
    data = {"after": convention.document["articles"][0]["id"], "level": "article"}
    assert client.post(f"/conventions/{convention.id}/articles", data=data).status_code == 302
    text = client.get(f"/conventions/{convention.id}").text
    assert "ajout-" not in re.sub("<[^>]*>", " ", text)
    assert "la traduction de « Article " in text


def test_a_signed_text_sent_without_a_file_asks_for_one(session: Session, sign_in: SignIn) -> None:
    convention, account = make_convention(session)
    answer = sign_in(account).post(f"/conventions/{convention.id}/texte-signe", data={})
    assert answer.status_code == 422
    assert "Choisissez un fichier." in answer.text
    assert "est vide" not in answer.text
