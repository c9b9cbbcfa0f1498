"""What a form says of a field that cannot be kept: the house's sentences in place of WTForms' own.

WTForms asks for its sentences by their English text; those of this table say what to do. A sentence that is
not here is told in WTForms' own translation. They also reach the fields whose validator has no message.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from flask_wtf.i18n import translations
from wtforms.meta import DefaultMeta

from app.forms import Form

if TYPE_CHECKING:
    from flask import Flask

_NOT_OFFERED = _l("Ce choix n’est pas proposé : choisissez dans la liste.")
SENTENCES = {
    "Not a valid choice.": _NOT_OFFERED,
    "Invalid Choice: could not coerce.": _NOT_OFFERED,
    "Invalid choice(s): one or more data inputs could not be coerced.": _NOT_OFFERED,
    "'%(value)s' is not a valid choice for this field.": _l(
        "« %(value)s » n’est pas proposé : cochez seulement ce qui est dans la liste."
    ),
    "'%(value)s' are not valid choices for this field.": _l(
        "Plusieurs de ces choix ne sont pas proposés : cochez seulement ce qui est dans la liste."
    ),
    "This field is required.": _l("Remplissez ce champ : il manque."),
    "Invalid input.": _l("Ce qui est écrit n’a pas la forme attendue : relisez l’exemple."),
    "Invalid email address.": _l("Cette adresse n’est pas complète. Exemple : prenom.nom@exemple.fr"),
    "Invalid URL.": _l("Écrivez l’adresse entière, comme https://www.exemple.fr"),
    "Not a valid date value.": _l("Cette date n’est pas comprise. Écrivez l’année, le mois, le jour : 2026-09-17."),
    "Not a valid datetime value.": _l("Ce moment n’est pas compris. Écrivez-le ainsi : 2026-09-17 14:30."),
    "Not a valid time value.": _l("Cette heure n’est pas comprise. Écrivez-la ainsi : 14:30."),
    "Not a valid integer value.": _l("Écrivez un nombre entier, en chiffres."),
    "Not a valid decimal value.": _l("Écrivez un nombre, en chiffres."),
    "Not a valid float value.": _l("Écrivez un nombre, en chiffres."),
    "Number must be at least %(min)s.": _l("Écrivez un nombre d’au moins %(min)s."),
    "Number must be at most %(max)s.": _l("Écrivez un nombre d’au plus %(max)s."),
    "Number must be between %(min)s and %(max)s.": _l("Écrivez un nombre de %(min)s à %(max)s."),
    "Field cannot be longer than %(max)d character.": _l("C’est trop long : gardez %(max)d caractère au plus."),
    "Field cannot be longer than %(max)d characters.": _l("C’est trop long : gardez %(max)d caractères au plus."),
}


class House:
    """The house's sentences, in the reader's language."""

    def gettext(self, sentence: str) -> str:
        """Return the house's own sentence, else WTForms' translation."""
        return str(SENTENCES[sentence]) if sentence in SENTENCES else str(translations.gettext(sentence))

    def ngettext(self, one: str, many: str, number: int) -> str:
        """Return the same for a sentence that counts."""
        sentence = one if number == 1 else many
        return str(SENTENCES[sentence]) if sentence in SENTENCES else str(translations.ngettext(one, many, number))


_house = House()


def install(app: Flask) -> None:
    """Let every form of the application speak so, those inside other forms too."""
    del app
    for meta in (DefaultMeta, Form.Meta):
        meta.get_translations = lambda _meta, _form: _house
