"""What a form says of a field that cannot be kept: in the house's words, which say what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flask_babel import force_locale
from wtforms import DateField, Form, FormField, IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, NumberRange

from app.forms import Form as HouseForm
from app.shared.typography import NO_BREAK
from app.web.complaints import SENTENCES, House

if TYPE_CHECKING:
    from flask import Flask


class Inner(Form):
    country = SelectField(choices=["FR"])


class Sample(HouseForm):
    one = SelectField(choices=["a"])
    several = SelectMultipleField(choices=["a"])
    name = StringField(validators=[DataRequired()])
    day = DateField()
    number = IntegerField(validators=[NumberRange(min=1, max=9)])
    inner = FormField(Inner)


def complaints(app: Flask, **typed: str) -> dict[str, str]:
    with app.test_request_context("/", method="POST", data=typed, headers={"Accept-Language": "fr"}):
        form = Sample(meta={"csrf": False})
        assert not form.validate()
        found = {name: errors for name, errors in form.errors.items() if name != "inner"}
        found["inner"] = form.inner.form.errors["country"]
        return {name: " ".join(map(str, errors)).replace(NO_BREAK, " ") for name, errors in found.items()}


def test_every_field_says_what_to_do(app: Flask) -> None:
    told = complaints(app, **{"one": "z", "several": "z", "day": "demain", "number": "dix", "inner-country": "ZZ"})
    assert told["one"] == "Ce choix n’est pas proposé : choisissez dans la liste."
    assert told["inner"] == told["one"]
    assert told["several"].startswith("« z » n’est pas proposé")
    assert told["name"].startswith("Remplissez ce champ")
    assert "2026-09-17" in told["day"]
    assert "Écrivez un nombre entier" in told["number"]
    assert complaints(app, number="12")["number"] == "Écrivez un nombre de 1 à 9."


@pytest.mark.parametrize("language", ["en", "de"])
def test_what_the_house_does_not_say_is_said_in_wtforms_own_translation(app: Flask, language: str) -> None:
    assert "Invalid IP address." not in SENTENCES
    with app.test_request_context("/", headers={"Accept-Language": language}), force_locale(language):
        told = House().gettext("Invalid IP address.")
    assert told == {"en": "Invalid IP address.", "de": "Ungültige IP-Adresse."}[language]
