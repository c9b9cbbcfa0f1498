"""What is typed in a model stands in the act as French says it; its members found a committee, not the council."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.council import drafting
from app.shared.folding import fold
from tests.factories.council import make_commune
from tests.support.pages import as_read, clerk_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

    SignIn = Callable[[Account], FlaskClient]


@pytest.mark.parametrize(
    ("text", "known", "said"),
    [
        ("organisée à {lieu} {dates}", {"lieu": "le Mans", "dates": "le 11 juin 2027"}, "organisée au Mans le 11 juin"),
        ("organisée à {lieu}", {"lieu": "Les Herbiers"}, "organisée aux Herbiers"),
        ("organisée à {lieu}", {"lieu": "Semenivka"}, "organisée à Semenivka"),
        ("organisée à {lieu}", {}, "organisée à [lieu]"),
        ("donné à {personnes} pour", {"personnes": "Les adjoints"}, "donné aux adjoints pour"),
        ("donné à {personnes}", {"personnes": "Le maire et les adjoints"}, "donné au maire et aux adjoints"),
        ("donné à {personnes}", {"personnes": "l’adjointe, Noé Matrice"}, "donné à l’adjointe, Noé Matrice"),
        ("donné à {personnes}", {"personnes": "Alix Spécimen et Noé Matrice"}, "donné à Alix Spécimen et Noé Matrice"),
        ("donné à {personnes}", {"personnes": "Léa Lesage"}, "donné à Léa Lesage"),
        ("imputée {ligne}.", {"ligne": "65312"}, "imputée à l’article 65312."),
        ("imputée {ligne}.", {"ligne": "article 65312 du budget 2027"}, "imputée à l’article 65312 du budget 2027."),
        ("imputée {ligne}.", {"ligne": "chapitre 65"}, "imputée au chapitre 65."),
        ("imputée {ligne}.", {"ligne": "sur le budget 2027"}, "imputée sur le budget 2027."),
        ("imputée {ligne}.", {}, "imputée [à quelle ligne du budget]."),
        ("conduite {periode},", {"periode": "2027"}, "conduite en 2027,"),
        ("conduite {periode},", {"periode": "juin 2027"}, "conduite en juin 2027,"),
        ("conduite {periode},", {"periode": "11 juin 2027"}, "conduite le 11 juin 2027,"),
        ("conduite {periode},", {"periode": "du 11 au 14 juin 2027"}, "conduite du 11 au 14 juin 2027,"),
        ("ceux de {partenaire} :", {"partenaire": "Alicante"}, "ceux d’Alicante"),
        ("avec {partenaire} :", {"partenaire": "Alicante"}, "avec Alicante"),
    ],
)
def test_places_people_and_budget_lines_are_contracted(text: str, known: dict[str, str], said: str) -> None:
    assert said in drafting.filled(text, known).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("code", "offered", "refused"),
    [("59999", "association", "local_association"), ("57650", "local_association", "association")],
)
def test_a_commune_is_offered_the_association_of_its_own_law(
    session: Session, sign_in: SignIn, code: str, offered: str, refused: str
) -> None:
    body = make_commune(session, code=code)
    client = clerk_of(session, sign_in, body)
    address = f"/conseil/deliberations/remplir?commune={body.id}&modele=committee"
    page = client.get(address).text
    assert f'value="{offered}"' in page
    assert f'value="{refused}"' not in page
    told = {"mission": "animer le jumelage"}
    assert client.post(address, data={**told, "forme": refused}).status_code == 422
    assert client.post(address, data={**told, "forme": offered}).status_code == 302


@pytest.mark.parametrize(("code", "form"), [("59999", "association"), ("57650", "local_association")])
def test_the_council_neither_founds_nor_governs_an_association(
    session: Session, sign_in: SignIn, code: str, form: str
) -> None:
    body = make_commune(session, code=code)
    client = clerk_of(session, sign_in, body)
    address = f"/conseil/deliberations/remplir?commune={body.id}&modele=committee"
    done = client.post(address, data={"mission": "animer le jumelage", "forme": form})
    page = as_read(client.get(done.location).text)
    assert "Le conseil municipal est favorable à la création d’une association" in page
    assert "L’association se crée et s’administre librement" in page
    assert "initiative de la creation" not in fold(page)
    assert "aucun élu ne préside" not in page
