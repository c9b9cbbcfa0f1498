"""What a list may hold and no name is told by its line; nothing that it says is dropped without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.members.test_real_lists import Sent, everybody
from tests.support.pages import as_read

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.bodies.models import Body


@pytest.mark.parametrize(
    "cells",
    ["-;-", "?;", "???;???", "…;", "–;", "/;", "&;", "M. et Mme;", "12345;", "0612345678;", "1;2", "†;"],
)
def test_a_line_whose_name_is_only_marks_or_digits_is_left_aside_and_the_others_come_in(
    session: Session, keeper: FlaskClient, committee: Body, cells: str
) -> None:
    sent = Sent(keeper, committee, "Nom;Prénom;Ville", "ALPHA;Un;X", f"{cells};Y", f"{cells};Z", encoding="utf-8")
    told = as_read(sent.text)
    assert "Membres à inscrire : 1. Déjà là : 0. Lignes laissées de côté : 2." in told
    assert told.count("Aucun nom sur cette ligne") == 2
    sent.bring_in()
    assert set(everybody(session)) == {"Un ALPHA"}


def test_digits_beside_a_name_stay_in_the_remark_and_letters_that_were_lost_are_told(
    session: Session, keeper: FlaskClient, committee: Body
) -> None:
    sent = Sent(
        keeper,
        committee,
        "Civ;Nom;Prénom;Ville",
        "M.;1900;Bug;X",
        ";+33612;Léa;Y",
        ";NGUY?N;V?n An;Z",
        encoding="utf-8",
    )
    assert "« V?n An NGUY?N » : un « ? » y tient la place d’une lettre perdue" in as_read(sent.text)
    sent.bring_in()
    found = everybody(session)
    assert (found["Bug"].note, found["Léa"].note) == ("Nom : 1900", "Nom : +33612")
