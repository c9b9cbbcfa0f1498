"""The deliberation and the statutes give the commune the same place, or the pages say that they do not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from app.access.roles import Role
from app.conventions.models import Convention
from app.council.models import Act
from app.founding.place import Place, place_in
from app.founding.services import statutes
from tests.factories.ceremonies import make_shared_twinning
from tests.factories.council import make_commune
from tests.factories.founding import BEGUN, BY, make_founding
from tests.support.pages import as_read, clerk_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account
    from app.founding.models import Founding

    SignIn = Callable[[Account], FlaskClient]

SAID = "La délibération et les statuts se contredisent."


def choose(session: Session, made: Founding, place: str, voices: str = "2") -> None:
    """Answer what place the statutes give the commune."""
    session.refresh(made)
    statutes.answer_statutes(
        session,
        made,
        {**made.clauses, "elus": place},
        {**made.fields, "elus_voix": voices, "ca_min": "6"},
        revision=made.revision,
        by=BY,
        at=BEGUN,
    )
    session.commit()


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("consultative", "La commune y est représentée avec voix consultative ; les élus qui la représentent"),
        ("minorite", "qui ont ensemble 2 voix au conseil d’administration, toujours moins de la moitié ; les élus"),
        ("aucune", "La commune ne siège pas au conseil d’administration"),
    ],
)
def test_the_deliberation_says_what_the_statutes_say(
    session: Session, sign_in: SignIn, place: str, sentence: str
) -> None:
    body = make_commune(session)
    made = make_founding(session, body)
    choose(session, made, place)
    client, page = clerk_of(session, sign_in, body, Role.CLERK), f"/comites-en-creation/{made.id}"
    number = int(client.post(f"{page}/deliberation/projet").location.rsplit("/", 1)[1])
    act = session.get_one(Act, number)
    written = as_read(" ".join(act.articles))
    assert sentence in written
    assert ("voix consultative" in written) == (place == "consultative")
    assert SAID not in as_read(client.get(page).text)
    assert SAID not in as_read(client.get(f"{page}/statuts").text)


def test_statutes_that_are_changed_after_the_deliberation_are_told_apart_on_both_pages(
    session: Session, sign_in: SignIn
) -> None:
    body = make_commune(session)
    made = make_founding(session, body)
    client, page = clerk_of(session, sign_in, body, Role.CLERK), f"/comites-en-creation/{made.id}"
    client.post(f"{page}/deliberation/projet")
    for place, voices, words in (
        ("minorite", "2", "disent : 2 voix à la commune"),
        ("aucune", "2", "disent : aucune place pour la commune"),
    ):
        choose(session, made, place, voices)
        for shown in (page, f"{page}/statuts"):
            told = as_read(client.get(shown).text)
            assert SAID in told
            assert "La délibération dit : la commune invitée avec voix consultative" in told
            assert words in told
    choose(session, made, "consultative")
    assert SAID not in as_read(client.get(page).text)


def test_the_number_of_votes_is_compared_and_words_of_ones_own_are_read_too(session: Session, sign_in: SignIn) -> None:
    body = make_commune(session)
    made = make_founding(session, body)
    choose(session, made, "minorite", "2")
    client, page = clerk_of(session, sign_in, body, Role.CLERK), f"/comites-en-creation/{made.id}"
    client.post(f"{page}/deliberation/projet")
    choose(session, made, "minorite", "1")
    told = as_read(client.get(page).text)
    assert "La délibération dit : 2 voix à la commune ; les statuts (article 12) disent : 1 voix à la commune" in told
    session.refresh(made)
    words = ("Place de la commune", "La commune est invitée aux réunions avec voix consultative.")
    statutes.rewrite_article(session, made, "elus_minorite", words, revision=made.revision, by=BY, at=BEGUN)
    session.commit()
    assert "disent : la commune invitée avec voix consultative" in as_read(client.get(page).text)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("consultative", "invitée aux réunions du conseil d’administration avec voix consultative"),
        ("minorite", "qui ont ensemble 2 voix au conseil d’administration"),
        ("aucune", ""),
    ],
)
def test_the_convention_says_what_the_statutes_say(session: Session, sign_in: SignIn, place: str, said: str) -> None:
    body = make_commune(session)
    make_shared_twinning(session, body)
    made = make_founding(session, body)
    choose(session, made, place)
    client, page = clerk_of(session, sign_in, body, Role.CLERK), f"/comites-en-creation/{made.id}"
    number = int(client.post(f"{page}/convention/modele").location.rsplit("/", 1)[1])
    words = json.dumps(session.get_one(Convention, number).document, ensure_ascii=False)
    assert ("voix consultative" in words) == (place == "consultative")
    assert ("Place de la commune" in words) == (place == "minorite")
    assert ("Représentants de la commune" in words) == (place == "consultative")
    assert said in as_read(words)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("La commune y est représentée avec voix consultative.", Place("consultative")),
        ("Ses représentants ont ensemble 3 voix au conseil d'administration.", Place("minorite", 3)),
        ("La commune a une minorité de voix.", Place("minorite")),
        ("La commune ne siège pas au conseil.", Place("aucune")),
        ("Rien de tel.", None),
        ("Avec voix consultative, toujours moins de la moitié.", None),
    ],
)
def test_what_a_text_says_of_the_place_is_read_and_what_is_not_clear_is_unknown(text: str, place: Place | None) -> None:
    assert place_in(text) == place
