"""The questions of this room."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from app.access.roles import ROLE_NAMES
from app.accounts import credentials
from app.forms import Form
from app.mail import addresses
from app.people.forms import plain_name

LANGUAGE_CHOICES = [SelectChoice("fr", "Français"), SelectChoice("en", "English"), SelectChoice("de", "Deutsch")]
SHORTEST_PASSWORD = 12
_LONGEST_PASSWORD = 256


def _needed(sentence: object) -> InputRequired:
    return InputRequired(message=sentence)


class SignInForm(Form):
    """The address to which a link is sent."""

    email = EmailField(
        _l("Votre adresse électronique"),
        [_needed(_l("Écrivez votre adresse électronique, par exemple prenom.nom@exemple.fr.")), Length(max=254)],
    )
    suite = HiddenField()


class CodeForm(Form):
    """The short code of the letter."""

    email = EmailField(_l("Votre adresse électronique"), [Length(max=254)])
    code = StringField(_l("Le code du message"), [_needed(_l("Tapez les huit chiffres du message.")), Length(max=40)])


class PasswordForm(Form):
    """Address and password."""

    email = EmailField(
        _l("Votre adresse électronique"), [_needed(_l("Écrivez votre adresse électronique.")), Length(max=254)]
    )
    password = PasswordField(
        _l("Votre mot de passe"), [_needed(_l("Écrivez votre mot de passe.")), Length(max=_LONGEST_PASSWORD)]
    )
    suite = HiddenField()


class SecondFactorForm(Form):
    """A one-time code, or one of the codes for a lost telephone."""

    code = StringField(
        _l("Le code de votre application"),
        [_needed(_l("Tapez le code, ou un code de secours.")), Length(max=40)],
    )


class ProfileForm(Form):
    """How the person is named and spoken to."""

    name = StringField(
        _l("Votre nom"), [_needed(_l("Écrivez votre nom, comme vous signez.")), Length(max=200), plain_name]
    )
    language = RadioField(_l("Votre langue"), choices=LANGUAGE_CHOICES, default="fr")


class NewPasswordForm(Form):
    """A new password; the present one is asked where there is one."""

    email = ""
    """The person's own address, which is no password."""

    password = PasswordField(_l("Votre mot de passe actuel"), [Length(max=_LONGEST_PASSWORD)])
    new_password = PasswordField(
        _l("Le nouveau mot de passe"),
        [
            _needed(_l("Écrivez un mot de passe.")),
            Length(
                min=SHORTEST_PASSWORD,
                message=_l("Il faut au moins 12 caractères. Une phrase de quatre mots convient très bien."),
            ),
            Length(max=_LONGEST_PASSWORD),
        ],
    )

    def validate_new_password(self, field: PasswordField) -> None:
        """Refuse what anybody would try first."""
        if len(set(field.data.lower())) < 5:  # noqa: PLR2004  # « aaaaaaaaaaaa », « 121212121212 »
            raise ValidationError(_l("Ce mot de passe se devine : il répète les mêmes signes. Choisissez-en un autre."))
        if credentials.is_guessed(field.data, email=self.email):
            raise ValidationError(
                _l("Ce mot de passe se devine : c’est de ceux que l’on essaie d’abord. Choisissez-en un autre.")
            )


class NewAddressForm(Form):
    """Where the person wants to be reached from now on."""

    email = EmailField(
        _l("Votre nouvelle adresse électronique"), [_needed(_l("Écrivez la nouvelle adresse.")), Length(max=254)]
    )


def reachable(form: object, field: StringField) -> None:
    """Refuse what is no address, beside what else is wrong.

    :raises ValidationError: saying how an address is written.
    """
    del form
    try:
        addresses.clean(field.data or "")
    except addresses.BadAddress as error:
        raise ValidationError(error.sentence) from error


class InvitationForm(Form):
    """Whom to invite, as what."""

    name = StringField(_l("Son nom"), [_needed(_l("Écrivez le nom de la personne.")), Length(max=200), plain_name])
    email = EmailField(
        _l("Son adresse électronique"), [_needed(_l("Écrivez son adresse.")), Length(max=254), reachable]
    )
    role = SelectField(_l("Son rôle"), choices=[SelectChoice(role.value, name) for role, name in ROLE_NAMES.items()])
    language = RadioField(_l("La langue de l’invitation"), choices=LANGUAGE_CHOICES, default="fr")
    is_administrator = BooleanField(
        _l("Cette personne administre aussi l’organisme : elle invite, change les rôles et met fin aux accès")
    )


class RoleForm(Form):
    """A role as it is from now on."""

    role = SelectField(_l("Le rôle"), choices=[SelectChoice(role.value, name) for role, name in ROLE_NAMES.items()])
    is_administrator = BooleanField(_l("Administre l’organisme : invite, change les rôles et met fin aux accès"))
    until = DateField(_l("Dernier jour, si vous le connaissez"), [Optional()])


class HandOverForm(Form):
    """Who takes over: somebody who has access already, or somebody to invite."""

    heir = SelectField(_l("Qui reprend ce rôle ?"), coerce=int)


class RecoveryForm(Form):
    """The address that replaces a lost mailbox."""

    email = EmailField(
        _l("La nouvelle adresse de cette personne"), [_needed(_l("Écrivez la nouvelle adresse.")), Length(max=254)]
    )
    removes_totp = BooleanField(_l("Son téléphone est perdu aussi : retirer la double vérification"), default=False)
    is_sure = BooleanField(
        _l("J’ai vérifié de vive voix que c’est bien cette personne qui le demande"),
        [_needed(_l("Appelez la personne ou voyez-la avant de changer son adresse, puis cochez cette case."))],
    )


class TotpForm(Form):
    """The first code of an application that has just read the QR code."""

    code = StringField(
        _l("Les six chiffres que l’application montre"), [_needed(_l("Tapez les six chiffres.")), Length(max=20)]
    )
