"""The same question answered twice: both answers in words, and the page again with what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from app.funding.forms.fields import UNKNOWN, in_words
from app.funding.forms.told import element_of, name_of
from app.shared.errors import EditConflict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wtforms import Field as FormField

    from app.funding.forms.answers import AnswerForm
    from app.funding.forms.merging import Clash
    from app.rules.vocabulary.fields import Field


def label_of(form: AnswerForm, name: str) -> str:
    """What a field is called on the page; one of a row says which row."""
    label = str(form[name].label.text)
    listed, _dash, rest = name.partition("-")
    number = rest.partition("-")[0]
    if listed != form.group.listed or not number.isdecimal():
        return label
    return f"{row_label(form, int(number))} – {label}"


def row_label(form: AnswerForm, number: int) -> str:
    """What a row is called on the page; one that is not kept yet, or no longer, is a new one there."""
    is_kept = any(row.number == number and not row.is_new for row in form.rows)
    return str(_("Ligne %(number)s", number=number + 1) if is_kept else _("Nouvelle ligne"))


def kept_back(clashes: Iterable[Clash], form: AnswerForm) -> set[str]:
    """The names of the fields, as sent, whose answers were not taken."""
    return {name for one in clashes for name in _sent_names(one, form)}


def both_answers(clashes: Iterable[Clash], sent: AnswerForm, page: AnswerForm) -> EditConflict:
    """What is kept beside what was sent, in words; ``page``, made of what is kept, then holds what was typed."""
    theirs, yours = {}, {}
    for one in clashes:
        label = _label(one, page)
        theirs[label], yours[label] = _said(one, one.theirs, page), _said(one, one.yours, page)
        if one.yours is None and one.path == page.group.listed and not one.column:
            page[f"{one.path}-{one.place}-retirer"].data = True
            continue
        for name in _sent_names(one, sent):
            here = name.replace(f"{one.path}-{one.number}-", f"{one.path}-{one.place}-", 1) if one.number >= 0 else name
            if here in page and not here.endswith("-retirer"):
                page[here].data = sent[name].data
    return EditConflict(theirs=theirs, yours=yours)


def _sent_names(clash: Clash, form: AnswerForm) -> list[str]:
    if clash.number < 0:
        name = name_of(clash.path)
        return [one for one in (name, f"{name}-inconnu", f"{name}-tout") if one in form]
    prefix = f"{clash.path}-{clash.number}-"
    if clash.column:
        return [prefix + clash.column]
    return [one.short_name for one in form if one.short_name.startswith(prefix)]


def _label(clash: Clash, page: AnswerForm) -> str:
    if clash.number < 0:
        return label_of(page, name_of(clash.path))
    if clash.column:
        return label_of(page, f"{clash.path}-{clash.place}-{clash.column}")
    return row_label(page, clash.place)


def _said(clash: Clash, value: Any, page: AnswerForm) -> str:  # noqa: ANN401  # any JSON value
    if clash.number < 0:
        return _in_words(page.question(clash.path), page.words.scalar(clash.path), value)
    prefix = f"{clash.path}-{clash.place}-"
    if clash.column:
        return _in_words(page[prefix + clash.column], element_of(page.group, clash.column, page.words), value)
    columns = {name: one for name, one in (value or {}).items() if prefix + name in page and name != "id"}
    return "\n".join(
        f"{page[prefix + name].label.text}{_(' : ')}"
        f"{_in_words(page[prefix + name], element_of(page.group, name, page.words), one)}"
        for name, one in columns.items()
    )


def _in_words(asked: FormField, kind: Field | None, value: Any) -> str:  # noqa: ANN401  # any JSON value
    if value is None:
        return ""
    if value == UNKNOWN:
        return str(_("Je ne sais pas"))
    offered = {str(one.value): str(one.label) for one in getattr(asked, "choices", None) or ()}
    if isinstance(value, str) and value in offered:
        return offered[value]
    return str(value) if kind is None else in_words(kind, value)
