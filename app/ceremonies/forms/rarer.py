"""What few ceremonies and few moments say: an hour to meet, a place to park, a meeting one joins from afar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import Length, Optional, ValidationError

from app.ceremonies import lines
from app.ceremonies.forms.fields import a_name
from app.ceremonies.forms.spoken import read_spoken_hour
from app.ceremonies.wording import said
from app.forms.addresses import is_web_address, no_address

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORDS = ("subtitle", "parking", "accessibility", "audience", "fallback")
_HOURS = ("meeting_time", "doors_open")
_ONLINE_WORDS = ("platform", "note")
_ONLINE_LINES = ("url", "identifier", "code", "phone")
_ONLINE_MARKS = ("broadcast", "recorded")

RARER = (*_WORDS, *_HOURS, "address", "materials")
"""The questions of ``RarerMixin``, for a form to fold away."""
ONLINE = tuple(f"online_{name}" for name in (*_ONLINE_LINES, *_ONLINE_WORDS, *_ONLINE_MARKS))


class HourField(StringField):
    """An hour as people say it; ``is_end``: midnight ends a day."""

    data: str | None

    def __init__(self, *words: Any, is_end: bool = False, **named: Any) -> None:  # noqa: ANN401  # as a field takes
        super().__init__(*words, **named)
        self._is_end = is_end

    def pre_validate(self, form: object) -> None:
        """Read the hour."""
        del form
        typed: str = self.data or ""
        self.data = read_spoken_hour(typed, end=self._is_end).text


class ListField(TextAreaField):
    """Words, one a line; a line that nobody touched keeps what it says in other languages."""

    def kept(self, before: list[Any], language: str) -> list[Any]:
        """The list as typed."""
        return lines.read(before, self.data or "", lambda one: _line(one, language), lambda line: line)  # type: ignore[arg-type,return-value]  # words, not things


def shown(words: Iterable[Any], language: str) -> str:
    """Words as their field shows them, one a line."""
    return "\n".join(_line(one, language) for one in words)


class RarerMixin:
    """Questions that a ceremony and a moment share."""

    subtitle = StringField(_l("Sous-titre"), [Optional(), Length(max=2000), a_name])
    address = StringField(_l("Adresse"), [Optional(), Length(max=2000)])
    meeting_time = HourField(_l("Heure de rendez-vous"), [Optional(), Length(max=20)])
    doors_open = HourField(_l("Ouverture des portes"), [Optional(), Length(max=20)])
    parking = StringField(_l("Stationnement"), [Optional(), Length(max=2000)])
    accessibility = StringField(
        _l("Accessibilité"), [Optional(), Length(max=2000)], description=_l("Rampe, ascenseur, boucle magnétique…")
    )
    audience = StringField(
        _l("Public visé"), [Optional(), Length(max=2000)], description=_l("Familles, élèves, anciens combattants…")
    )
    fallback = StringField(_l("En cas de pluie"), [Optional(), Length(max=2000)])
    materials = ListField(
        _l("À prévoir"),
        [Optional(), Length(max=5000)],
        description=_l("Une chose par ligne : drapeaux, stylos, sonorisation…"),
    )

    @staticmethod
    def rarer_values(facts: dict[str, Any], main: str) -> dict[str, Any]:
        """What the questions hold."""
        told: dict[str, Any] = {name: said(facts.get(name), [main]) for name in _WORDS}
        told |= {name: facts.get(name, "") for name in (*_HOURS, "address")}
        return told | {"materials": shown(facts.get("materials", []), main)}

    def rarer_facts(self, facts: dict[str, Any], main: str) -> dict[str, Any]:
        """What was answered."""
        told: dict[str, Any] = {
            name: lines.kept(facts.get(name), getattr(self, name).data or "", main) for name in _WORDS
        }
        told |= {name: getattr(self, name).data or "" for name in _HOURS}
        told["address"] = (self.address.data or "").strip()
        return told | {"materials": self.materials.kept(facts.get("materials", []), main)}


class OnlineMixin:
    """How one takes part from afar."""

    online_url = StringField(
        _l("Adresse de la réunion en ligne"), [Optional(), Length(max=2000)], description=_l("https://…")
    )
    online_platform = StringField(_l("Plateforme"), [Optional(), Length(max=200), a_name])
    online_identifier = StringField(_l("Numéro de la réunion"), [Optional(), Length(max=200)])
    online_code = StringField(
        _l("Code d’accès"),
        [Optional(), Length(max=200)],
        description=_l("Pour l’équipe : il n’est pas sur le programme des invités."),
    )
    online_phone = StringField(_l("Téléphone, pour qui n’a pas d’ordinateur"), [Optional(), Length(max=200)])
    online_broadcast = BooleanField(_l("On regarde sans être vu"))
    online_recorded = BooleanField(_l("La réunion est enregistrée"))
    online_note = StringField(_l("Autre précision sur la réunion en ligne"), [Optional(), Length(max=2000)])
    kept_online: dict[str, Any] | None = None
    """How one takes part, as it is kept: an address that nobody touched is not judged again."""

    def validate_online_url(self, field: StringField) -> None:
        """An address that a browser opens."""
        typed = (field.data or "").strip()
        if typed != (self.kept_online or {}).get("url", "") and not is_web_address(typed):
            raise ValidationError(no_address(typed))

    @staticmethod
    def online_values(facts: dict[str, Any], main: str) -> dict[str, Any]:
        """What the questions hold."""
        kept = facts.get("online", {})
        told: dict[str, Any] = {f"online_{name}": kept.get(name, "") for name in _ONLINE_LINES}
        told |= {f"online_{name}": said(kept.get(name), [main]) for name in _ONLINE_WORDS}
        return told | {f"online_{name}": bool(kept.get(name)) for name in _ONLINE_MARKS}

    def online_facts(self, facts: dict[str, Any], main: str) -> dict[str, Any]:
        """What was answered."""
        kept: dict[str, Any] = facts.get("online", {})
        typed = {name: getattr(self, f"online_{name}").data for name in (*_ONLINE_LINES, *_ONLINE_WORDS)}
        told: dict[str, Any] = {name: (typed[name] or "").strip() for name in _ONLINE_LINES}
        told |= {name: lines.kept(kept.get(name), typed[name] or "", main) for name in _ONLINE_WORDS}
        for name in _ONLINE_MARKS:
            told[name] = True if getattr(self, f"online_{name}").data else (False if kept.get(name) is False else None)
        return {"online": {name: value for name, value in {**kept, **told}.items() if value not in (None, "", {})}}


def _line(words: Any, language: str) -> str:  # noqa: ANN401  # a « words » of the interchange format
    return " ".join(said(words, [language]).split())
