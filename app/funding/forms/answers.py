"""The form of a page of questions: its facts of one value, and the rows of its list."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField
from wtforms.fields.choices import SelectChoice

from app.forms import Form
from app.funding import groups
from app.funding.facts import names_of
from app.funding.forms.fields import UNKNOWN, CodesField, form_field, read, reference_field, shown
from app.funding.forms.figures import Unreadable
from app.funding.forms.told import MOST_ROWS, element_of, name_of
from app.funding.forms.wording import worded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wtforms import Field as FormField

    from app.funding.facts import ProjectFacts
    from app.funding.groups import Group
    from app.rules.vocabulary.fields import Field
    from app.rules.words import Words

_OTHERS = {"event": "events", "host": "organisations", "organisation": "organisations"}


@dataclass
class Row:
    """One row of a list: its fields always shown, and the others."""

    number: int
    main: list[FormField] = field(default_factory=list)
    more: list[FormField] = field(default_factory=list)
    drop: FormField | None = None
    is_new: bool = False


class AnswerForm(Form):
    """A page of questions. Made by :func:`answer_form`."""

    shown = HiddenField()

    group: Group
    words: Words
    known: ProjectFacts
    paths: dict[str, str]
    rows: list[Row]
    is_complete: FormField | None

    def question(self, path: str) -> FormField:
        """The form field of a fact."""
        return self[name_of(path)]

    def unknown_box(self, path: str) -> FormField | None:
        """The box « je ne sais pas » beside it, if it has one of its own."""
        return self._fields.get(f"{name_of(path)}-inconnu")

    def held(self) -> dict[str, Any]:
        """What the fields hold, by name, as a browser sends it: a choice that is not offered is not sent."""
        fields = (one for one in self if one.short_name not in ("csrf_token", "shown"))
        return {one.short_name: data for one in fields if (data := _sendable(one))}

    def opened(self) -> dict[str, Any]:
        """What the fields held when the page was opened, as the page carries it along."""
        try:
            told = json.loads(self.shown.data or "{}")
        except (ValueError, RecursionError):
            return {}
        return told if isinstance(told, dict) else {}

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401  # WTForms' own
        """Read everything; what cannot be read says what to type."""
        valid: bool = super().validate(extra_validators)
        for path in self.paths:
            valid = self._check(self.question(path), self.words.scalar(path)) and valid
        for row in self.rows:
            if row.drop is not None and row.drop.data:
                continue
            for one in [*row.main, *row.more]:
                valid = self._check(one, self._element(one.short_name.split("-", 2)[2])) and valid
        return valid

    def _check(self, asked: FormField, kind: Field | None) -> bool:
        if kind is None:
            return True
        try:
            value = read(kind, asked.data)
        except Unreadable as error:
            asked.errors = [*asked.errors, str(error)]
            return False
        offered = getattr(asked, "choices", None)
        if value is not None and offered is not None and not _was_offered(asked, offered):
            asked.errors = [*asked.errors, str(_l("Choisissez une réponse de la liste."))]
            return False
        return True

    def _element(self, name: str) -> Field | None:
        return element_of(self.group, name, self.words)


def _sendable(asked: FormField) -> Any:  # noqa: ANN401  # what the field holds
    offered = getattr(asked, "choices", None)
    if offered is None:
        return asked.data
    known = {str(choice.value) for choice in offered}
    if isinstance(asked.data, list):
        return [one for one in asked.data if str(one) in known]
    return asked.data if str(asked.data) in known else None


def _was_offered(asked: FormField, offered: Iterable[Any]) -> bool:
    known = {str(choice.value) for choice in offered}
    told = asked.data if isinstance(asked.data, list) else [asked.data]
    return all(str(one) in known or all(part in known for part in str(one).split(",")) for one in told if one)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def answer_form(
    group: Group,
    known: ProjectFacts,
    words: Words,
    *,
    rows: int = 0,
    suggested: Iterable[Mapping[str, Any]] = (),
    is_sent: bool = True,
) -> AnswerForm:
    """The form of a page, filled in with what is known.

    ``rows``: how many rows to show at least; ``suggested``: rows to begin with where none is stated; ``is_sent``:
    whether what the browser sent is read into it.
    """
    made: dict[str, Any] = {}
    data: dict[str, Any] = {}
    paths: dict[str, str] = {}
    near = _near(known)
    for path in groups.scalars(group, words):
        if (kind := words.scalar(path)) is not None:
            paths[path] = name_of(path)
            _ask(_Making(made, data, known, words, near), path, kind)
    listed = _rows_of(group, known) or ([dict(one) for one in suggested] if group.listed else [])
    count = min(max(rows, len(listed) + 1, group.least), MOST_ROWS) if group.listed else 0
    for number in range(count):
        _ask_row(_Making(made, data, known, words, near), group, number, listed[number : number + 1])
    if group.listed:
        made["tout"] = BooleanField(_l("La liste est complète : il n’y en a pas d’autre."))
        told = known.values.get(group.listed)
        data["tout"] = bool(isinstance(told, dict) and told.get("complete"))
    given = {} if is_sent else {"formdata": None}
    form = type("_AnswerForm", (AnswerForm,), made)(data=data, **given)
    form.group, form.words, form.known, form.paths = group, words, known, paths
    form.rows = [_row(form, group, number, is_new=number >= len(listed)) for number in range(count)]
    form.is_complete = form["tout"] if group.listed else None
    if form.shown.raw_data is None:
        form.shown.data = json.dumps(form.held())
    return form  # type: ignore[no-any-return]  # made just above


@dataclass(frozen=True)
class _Making:
    """A form in the making: its fields, its data, and what both come from."""

    made: dict[str, Any]
    data: dict[str, Any]
    known: ProjectFacts
    words: Words
    near: list[str]


def _ask(making: _Making, path: str, kind: Field) -> None:
    made, data, known = making.made, making.data, making.known
    documents = dict(making.words.documents)
    name = name_of(path)
    made[name] = form_field(
        kind, label=_capital(worded(kind.asks)), in_row=False, documents=documents, near=making.near
    )
    value = known.values.get(path)
    is_unknown = path in known.unknown
    data[name] = _called(made[name], kind, shown(kind, value), making.words)
    if kind.type == "yes_no" or (kind.type == "code" and kind.codes):
        data[name] = UNKNOWN if is_unknown else data[name]
        return
    made[f"{name}-inconnu"] = BooleanField(_l("Je ne sais pas"))
    data[f"{name}-inconnu"] = is_unknown
    if issubclass(made[name].field_class, CodesField) and path.startswith("project."):
        made[f"{name}-tout"] = BooleanField(_l("C’est tout : rien d’autre."))
        data[f"{name}-tout"] = bool(isinstance(value, dict) and value.get("complete"))


def _called(asked: FormField, kind: Field, value: Any, words: Words) -> Any:  # noqa: ANN401  # what the field takes
    """A name that was told, as the choice that it stands for; one that nobody knows stays a choice of its own."""
    if not kind.named or not value:
        return value
    said = [value] if isinstance(value, str) else list(value)
    found = [words.known_as(kind, one) or one for one in said]
    offered = asked.kwargs["choices"]
    strange = {one for one in found if one not in {choice.value for choice in offered}}
    offered += [SelectChoice(one, _("%(name)s (inconnu ici)", name=one)) for one in sorted(strange)]
    return found[0] if isinstance(value, str) else found


def _ask_row(making: _Making, group: Group, number: int, listed: list[dict[str, Any]]) -> None:
    told = listed[0] if listed else {}
    made, data, known, words = making.made, making.data, making.known, making.words
    main, more = groups.columns(group)
    for column in [*main, *more]:
        kind = element_of(group, column, words)
        if kind is None:
            continue
        name = f"{group.listed}-{number}-{column}"
        label = _capital(worded(_LABELS.get((group.listed, column)) or kind.asks))
        names = names_of(known.plain, _OTHERS[column]) if column in _OTHERS else None
        if names is not None:
            made[name] = reference_field(label, names)
        else:
            made[name] = form_field(kind, label=label, in_row=True, documents=dict(words.documents), near=making.near)
        value = told.get(column)
        told_as = shown(kind, value if not isinstance(value, list) else ",".join(map(str, value)))
        data[name] = _called(made[name], kind, told_as, words)
        if isinstance(value, list) and len(value) > 1 and "choices" in made[name].kwargs:
            label = ", ".join(worded(str((kind.codes or {}).get(one, one))) for one in value)
            made[name].kwargs["choices"].append(SelectChoice(data[name], label))
    for name in groups.HIDDEN:
        made[f"{group.listed}-{number}-{name}"] = HiddenField()
        data[f"{group.listed}-{number}-{name}"] = told.get(name)
    made[f"{group.listed}-{number}-retirer"] = BooleanField(_("Retirer cette ligne"))


_LABELS = {
    ("participants", "country"): "pays",
    ("participants", "role"): "rôle",
    ("partners", "name"): "nom",
    ("partners", "kind"): "nature",
    ("partners", "country"): "pays",
    ("partners", "role"): "rôle dans le projet",
    ("events", "name"): "nom",
    ("events", "country"): "pays",
    ("events", "place"): "lieu",
    ("events", "start"): "premier jour",
    ("events", "end"): "dernier jour",
    ("events", "mode"): "forme",
    ("documents", "kind"): "document",
    ("documents", "ready"): "prêt",
    ("documents", "signed"): "signé",
}
"""Shorter names inside a row, whose heading says what it is about."""


def _row(form: AnswerForm, group: Group, number: int, *, is_new: bool) -> Row:
    main, more = groups.columns(group)
    prefix = f"{group.listed}-{number}-"
    row = Row(number, is_new=is_new, drop=form[f"{prefix}retirer"])
    row.main = [form[prefix + name] for name in main if prefix + name in form]
    row.more = [form[prefix + name] for name in more if prefix + name in form]
    return row


def _rows_of(group: Group, known: ProjectFacts) -> list[dict[str, Any]]:
    told = known.values.get(group.listed) if group.listed else None
    if isinstance(told, dict):
        persons = [{"count": 1, **one} for one in told.get("persons") or [] if isinstance(one, dict)]
        told = [*(told.get("groups") or []), *persons, *(told.get("items") or [])]
    return [dict(one) for one in told or [] if isinstance(one, dict)][: MOST_ROWS - 1]


def _near(known: ProjectFacts) -> list[str]:
    """The countries of the project, offered first."""
    partners = known.values.get("partners")
    items = (partners.get("items") if isinstance(partners, dict) else partners) or []
    found = [known.values.get("applicant.country"), *(one.get("country") for one in items if isinstance(one, dict))]
    return list(dict.fromkeys(one for one in [*found, "FR", "DE"] if isinstance(one, str)))
