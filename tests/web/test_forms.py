"""What every form of the house does with what is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from wtforms import IntegerField, PasswordField, StringField
from wtforms.validators import InputRequired, NumberRange, Optional

from app.forms import Form

if TYPE_CHECKING:
    from flask import Flask


class Asked(Form):
    title = StringField("Titre", [InputRequired()])
    count = IntegerField("Nombre", [Optional(), NumberRange(0, 10)])
    password = PasswordField("Mot de passe")


def filled(app: Flask, **given: str) -> Asked:
    app.config["WTF_CSRF_ENABLED"] = False
    with app.test_request_context(method="POST", data=given):
        form = Asked()
        form.validate()
        return form


def test_spaces_alone_are_an_empty_field(app: Flask) -> None:
    assert filled(app, title="   ").errors.keys() == {"title"}
    assert filled(app, title="  deux mots ").title.data == "deux mots"


def test_a_password_is_taken_as_it_is_typed(app: Flask) -> None:
    assert filled(app, title="x", password="  un  ").password.data == "  un  "  # noqa: S106  # a test's


@pytest.mark.parametrize("digits", ["9" * 400, "-" + "9" * 400, "1000000000000"])
def test_an_endless_number_is_refused_in_words(app: Flask, digits: str) -> None:
    assert "trop grand" in str(filled(app, title="x", count=digits).errors["count"][0])


def test_signs_that_nobody_sees_are_left_out(app: Flask) -> None:
    assert filled(app, title="Ca\u202emille\x00\ufeff").title.data == "Camille"
    assert filled(app, title="ligne 1\nligne 2 — Ž‍א").title.data == "ligne 1\nligne 2 — Ž‍א"
