"""The main job: from a twinning to a bilingual convention on paper, through the pages alone."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from pypdf import PdfReader

from app.accounts.models import Role
from app.bodies.models import BodyKind
from tests.factories.accounts import make_member
from tests.factories.bodies import make_body
from tests.factories.conventions import make_pair
from tests.factories.twinnings import make_twinning

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

ANSWERS = {
    "p0_name": "Camille Exemple",
    "p0_role": "mayor",
    "p0_decision": "06/04/2027",
    "p0_reference": "2027-12",
    "p1_name": "Olena Zrazok",
    "p1_role": "mayor",
    "p1_words": "голова громади",
    "p1_decision": "10/03/2027",
    "p1_reference": "45/VIII",
    "s0_place": "Semenivka",
    "s0_date": "12/06/2027",
    "f_objet_actions_fr": "un échange scolaire chaque année\nun envoi de vélos",
    "f_objet_actions_uk": "щорічний шкільний обмін\nвідправлення велосипедів",
    "f_domaines": ["education", "solidarity"],
    "b0_label_fr": "Voyage des élèves",
    "b0_label_uk": "Поїздка учнів",
    "b0_year": "2027",
    "b0_share_0": "1 250,50",
    "b0_share_1": "0",
    "f_duree_mois": "36",
    "f_reconduction": "express",
    "f_preavis_mois": "6",
    "f_frequence": "yearly",
    "copies": "4",
    "authority": "equal",
}


def test_a_newcomer_holds_a_bilingual_convention_in_pdf(
    session: Session, sign_in: Callable[[Account], FlaskClient]
) -> None:
    twinning, account = make_pair(session)
    client = sign_in(account)

    first = client.get("/conventions/nouvelle").text
    assert "Sailly-lez-Lannoy – Semenivka" in first
    chosen = client.get(f"/conventions/nouvelle?jumelage={twinning.id}&genre=convention&langue=fr&langue=uk")
    assert chosen.status_code == 302
    asked = client.get(chosen.location).text
    assert "Qui paie quoi" in asked
    address = chosen.location.replace("/questions", "/reponses") + "&q_jeunesse=yes&q_argent=montants"
    filled = client.get(address).text
    assert "Olena Zrazok" in filled, "the partner's mayor is proposed from the mandates"

    checked = client.post(address, data=ANSWERS)
    assert checked.status_code == 200, checked.text
    assert "Vérifiez vos réponses" in checked.text
    made = client.post(address, data=ANSWERS | {"creer": "1"})
    assert made.status_code == 302, made.text

    page = client.get(made.location)
    assert page.status_code == 200
    assert "Le texte est complet" in page.text
    pdf = client.get(made.location + "/brouillon.pdf")
    assert pdf.status_code == 200
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.data)).pages).split())
    for said in (
        "Convention de jumelage",
        "Olena Zrazok",
        "12 juin 2027",
        "12 червня 2027 року",
        "1 250,50",
        "Brouillon",
    ):
        assert said in text.replace("\u202f", " ").replace("\xa0", " "), said
    again = client.get(made.location + "/brouillon.pdf")
    assert again.data == pdf.data, "the same input gives the same bytes"
    for form in ("docx", "odt", "json"):
        assert client.get(f"{made.location}/brouillon.{form}").status_code == 200


def test_each_place_to_sign_speaks_both_languages_and_no_page_repeats_the_decisions(
    session: Session, sign_in: Callable[[Account], FlaskClient]
) -> None:
    ours = make_body(session, "Sailly-lez-Lannoy")
    theirs = make_body(
        session, "Kleinzell-am-Fels", BodyKind.FOREIGN_AUTHORITY, country="DE", languages=[], kept_by_id=ours.id
    )
    twinning = make_twinning(session, ours, theirs, languages=["fr", "de"])
    session.commit()
    client = sign_in(make_member(session, ours, Role.CLERK))
    address = f"/conventions/nouvelle/reponses?jumelage={twinning.id}&genre=convention&langue=fr&langue=de"
    typed = {
        "p0_name": "Camille Exemple",
        "p0_role": "mayor",
        "p0_decision": "03/03/2027",
        "p1_name": "Jörg Kleinhans",
        "p1_role": "mayor",
        "p1_words": "Erster Bürgermeister",
        "p1_decision": "04/2027",
    }
    made = client.post(address, data=typed | {"creer": "1"})
    pdf = client.get(made.location + "/brouillon.pdf").data
    words = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())
    end = words[words.rindex("Pour la commune de Sailly-lez-Lannoy") :]
    for said in ("Pour la collectivité de Kleinzell-am-Fels", "Für ", "Erster Bürgermeister", "maire", "Unterschrift"):
        assert said in end, (said, end)
    assert "Décisions et actes" not in words
    page = client.get(made.location).text
    assert "Décisions et actes" not in page
    assert "« Bürgermeister/-in » : la fonction garde ses deux formes" in page.replace("\N{NO-BREAK SPACE}", " ")
    chosen = client.post(address, data=typed | {"p0_words_de": "Bürgermeisterin", "creer": "1"})
    page = client.get(chosen.location).text
    assert "Bürgermeisterin" in page
    assert "Bürgermeister/-in" not in page
