"""The form of a page of questions: its facts of one value, and the rows of its list."""

from __future__ import annotations

import hashlib
import itertools
import json
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField
from wtforms.fields.choices import SelectChoice

from app.actions.models import write_value
from app.forms import Form
from app.funding import groups
from app.funding.facts import names_of
from app.funding.forms.fields import UNKNOWN, CodesField, Unreadable, form_field, read, reference_field, shown, worded
from app.rules.vocabulary.fields import Field

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wtforms import Field as FormField

    from app.funding.facts import ProjectFacts
    from app.funding.groups import Group
    from app.rules.words import Words

MOST_ROWS = 60
_OTHERS = {"event": "events", "host": "organisations", "organisation": "organisations"}
_PREFIXES = {"events": "rencontre", "partners": "partenaire"}
_EXTRA = {
    "count": Field("count", "whole", "nombre de personnes", "personnes"),
    "age_min": Field("age_min", "number", "âge de la plus jeune", "ans"),
    "age_max": Field("age_max", "number", "âge de la plus âgée", "ans"),
}


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

    seen = HiddenField()
    shown = HiddenField()

    group: Group
    words: Words
    known: ProjectFacts
    paths: dict[str, str]
    rows: list[Row]
    is_complete: FormField | None

    def question(self, path: str) -> FormField:
        """The form field of a fact."""
        return self[_name(path)]

    def unknown_box(self, path: str) -> FormField | None:
        """The box « je ne sais pas » beside it, if it has one of its own."""
        return self._fields.get(f"{_name(path)}-inconnu")

    def left_as_shown(self, stated: Mapping[str, Any], unknown: frozenset[str]) -> frozenset[str]:
        """The paths that say what the page said when it was opened: who leaves an answer there states nothing."""
        marks = _object(self.shown.data)
        told = {**stated, **dict.fromkeys(unknown, UNKNOWN)}
        return frozenset(path for path, value in told.items() if marks.get(path) == _mark(value))

    def marks(self, stated: Mapping[str, Any], unknown: frozenset[str]) -> str:
        """What the page says now, for the next time that it is sent."""
        return json.dumps({path: _mark(value) for path, value in {**stated, **dict.fromkeys(unknown, UNKNOWN)}.items()})

    def revisions_seen(self) -> dict[str, int]:
        """The revisions, by path, of what stood on the page."""
        return {path: one for path, one in _object(self.seen.data).items() if isinstance(one, int)}

    def values(self) -> tuple[dict[str, Any], frozenset[str]]:
        """What was stated: values by path (None: nothing said), and what is not known. Call after ``validate``."""
        stated: dict[str, Any] = {}
        unknown = set()
        for path in self.paths:
            box = self.unknown_box(path)
            typed = self.question(path).data
            if (box is not None and box.data) or typed == UNKNOWN:
                unknown.add(path)
            else:
                stated[path] = self._value(path, typed)
        if self.group.listed:
            stated[self.group.listed] = self._list()
        return stated, frozenset(unknown)

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

    def _value(self, path: str, typed: Any) -> Any:  # noqa: ANN401  # any JSON value
        kind = self.words.scalar(path)
        value = None if kind is None else read(kind, typed)
        if isinstance(value, list) and path.startswith("project."):
            complete = self._fields.get(f"{_name(path)}-tout")
            return {"items": value, "complete": bool(complete is not None and complete.data)}
        return value

    def _kept(self, number: int) -> dict[str, Any]:
        """The identifiers of a row, which nobody is asked for."""
        fields = {name: self._fields.get(f"{self.group.listed}-{number}-{name}") for name in sorted(groups.HIDDEN)}
        return {name: str(one.data)[:120] for name, one in fields.items() if one is not None and one.data}

    def _element(self, name: str) -> Field | None:
        return _element(self.group, name, self.words)

    def _list(self) -> dict[str, Any] | None:
        items = []
        for row in self.rows:
            if row.drop is not None and row.drop.data:
                continue
            told = {}
            for one in [*row.main, *row.more]:
                name = one.short_name.split("-", 2)[2]
                kind = self._element(name)
                value = None if kind is None else read(kind, one.data)
                if value is not None:
                    told[name] = value
            if told:
                items.append({**self._kept(row.number), **told})
        taken = {one["id"] for one in items if "id" in one}
        items = [_identified(one, self.group, taken) for one in items]
        complete = bool(self.is_complete is not None and self.is_complete.data)
        if not items and not complete:
            return None
        return {"complete": complete, ("groups" if self.group.listed == "participants" else "items"): items}


def _object(text: str | None) -> dict[str, Any]:
    try:
        told = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _mark(value: object) -> str:
    """A short mark of an answer; the same answer gives the same mark, 4 500,50 as 4 500,5."""
    return hashlib.blake2b(write_value(_without_zeros(value)).encode(), digest_size=6).hexdigest()


def _without_zeros(value: Any) -> Any:  # noqa: ANN401  # any JSON value
    match value:
        case Decimal():
            return value.normalize()
        case dict():
            return {key: _without_zeros(one) for key, one in value.items()}
        case list() | tuple():
            return [_without_zeros(one) for one in value]
        case _:
            return value


def _was_offered(asked: FormField, offered: Iterable[Any]) -> bool:
    known = {str(choice.value) for choice in offered}
    told = asked.data if isinstance(asked.data, list) else [asked.data]
    return all(str(one) in known or all(part in known for part in str(one).split(",")) for one in told if one)


def _identified(told: dict[str, Any], group: Group, taken: set[str]) -> dict[str, Any]:
    """An event or an organisation has an identifier, so that others can refer to it."""
    prefix = _PREFIXES.get(group.listed)
    if prefix is None or told.get("id"):
        return told
    number = next(one for one in itertools.count(1) if f"{prefix}-{one}" not in taken)
    taken.add(f"{prefix}-{number}")
    return {"id": f"{prefix}-{number}", **told}


def _name(path: str) -> str:
    return path.replace(".", "-")


def _element(group: Group, name: str, words: Words) -> Field | None:
    if group.listed == "participants" and name in _EXTRA:
        return _EXTRA[name]
    return groups.element_field(group, name, words)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def answer_form(
    group: Group,
    known: ProjectFacts,
    words: Words,
    *,
    revisions: Mapping[str, int],
    rows: int = 0,
    suggested: Iterable[Mapping[str, Any]] = (),
) -> AnswerForm:
    """The form of a page, filled in with what is known.

    ``rows``: how many rows to show at least; ``suggested``: rows to begin with where none is stated.
    """
    made: dict[str, Any] = {}
    data: dict[str, Any] = {}
    paths: dict[str, str] = {}
    near = _near(known)
    for path in groups.scalars(group, words):
        if (kind := words.scalar(path)) is not None:
            paths[path] = _name(path)
            _ask(_Making(made, data, known, words, near), path, kind)
    listed = _rows_of(group, known) or ([dict(one) for one in suggested] if group.listed else [])
    count = min(max(rows, len(listed) + 1, group.least), MOST_ROWS) if group.listed else 0
    for number in range(count):
        _ask_row(_Making(made, data, known, words, near), group, number, listed[number : number + 1])
    if group.listed:
        made["tout"] = BooleanField(_l("La liste est complète : il n’y en a pas d’autre."))
        told = known.values.get(group.listed)
        data["tout"] = bool(isinstance(told, dict) and told.get("complete"))
    asked = [*paths, group.listed] if group.listed else [*paths]
    data["seen"] = json.dumps({path: revisions[path] for path in asked if path in revisions})
    data["shown"] = json.dumps({path: _mark(_known(known, path)) for path in asked})
    form = type("_AnswerForm", (AnswerForm,), made)(data=data)
    form.group, form.words, form.known, form.paths = group, words, known, paths
    form.rows = [_row(form, group, number, is_new=number >= len(listed)) for number in range(count)]
    form.is_complete = form["tout"] if group.listed else None
    return form  # type: ignore[no-any-return]  # made just above


def _known(known: ProjectFacts, path: str) -> object:
    return UNKNOWN if path in known.unknown else known.values.get(path)


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
    name = _name(path)
    made[name] = form_field(
        kind, label=_capital(worded(kind.asks)), in_row=False, documents=documents, near=making.near
    )
    value = known.values.get(path)
    is_unknown = path in known.unknown
    data[name] = shown(kind, value)
    if kind.type == "yes_no" or (kind.type == "code" and kind.codes):
        data[name] = UNKNOWN if is_unknown else data[name]
        return
    made[f"{name}-inconnu"] = BooleanField(_l("Je ne sais pas"))
    data[f"{name}-inconnu"] = is_unknown
    if issubclass(made[name].field_class, CodesField) and path.startswith("project."):
        made[f"{name}-tout"] = BooleanField(_l("C’est tout : rien d’autre."))
        data[f"{name}-tout"] = bool(isinstance(value, dict) and value.get("complete"))


def _ask_row(making: _Making, group: Group, number: int, listed: list[dict[str, Any]]) -> None:
    told = listed[0] if listed else {}
    made, data, known, words = making.made, making.data, making.known, making.words
    main, more = groups.columns(group)
    for column in [*main, *more]:
        kind = _element(group, column, words)
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
        data[name] = shown(kind, value if not isinstance(value, list) else ",".join(map(str, value)))
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
