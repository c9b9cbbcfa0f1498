"""What somebody had typed when their form could not be taken, in the words of the form: nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app, g, request
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from wtforms import HiddenField, SelectFieldBase
from wtforms.fields.core import UnboundField

from app.access.gate import ADMIT
from app.forms import Form
from app.funding.catalogue import shipped
from app.funding.forms.told import said_of
from app.shared.conflicts import said
from app.shared.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SECRET = frozenset({"csrf_token", "password", "new_password", "old_password", "code"})
_UNSAID = frozenset({"revision", "suite", "seen", "shown", "rester", "suivante", "reponse", "ajouter"})
"""Marks of the page and names of its buttons: nobody typed them."""


def typed() -> dict[str, str]:
    """What was sent, by the label of its field; never a secret.

    The form that was read knows its labels and its choices. Where the gate closed before any was read, the labels are
    those of the form that has most of the names that were sent.
    """
    given = ((name, texts) for name, texts in _sent().lists() if name not in _SECRET | _UNSAID)
    sent = {name: text for name, texts in given if (text := _listed(texts))}
    form = g.get("form")
    if form is not None:
        for field in form:
            if field.name in sent and not isinstance(field, HiddenField):
                sent[field.name] = said(field) or sent[field.name]
        labels = {field.name: str(field.label.text) for field in form if not isinstance(field, HiddenField)}
    elif (request.endpoint or "").startswith("funding.") and (answers := _answers(sent)):
        return answers
    else:
        labels, sent = _guessed(sent)
    return {_plain(labels.get(name) or name.replace("_", " ")): text for name, text in sent.items()}


def _sent() -> MultiDict[str, str]:
    """What was sent; nothing where it was too much to be read, as a file over the limit."""
    try:
        return request.form
    except HTTPException:
        return MultiDict()


def _answers(sent: Iterable[str]) -> dict[str, str]:
    """What was sent from a page of questions; each box that was ticked in its own words."""
    found: dict[str, str] = {}
    for name in sent:
        for text in filter(str.strip, _sent().getlist(name)):
            for asked, told in said_of({name: text}, shipped().catalogue.words).items():
                found[asked] = _listed((found.get(asked, ""), told))
    return found


def _listed(texts: Iterable[str]) -> str:
    """What one field sent, several boxes that were ticked among it."""
    return ", ".join(text for text in texts if text.strip())


def _plain(label: str) -> str:
    return str(Markup(label).striptags())  # noqa: S704  # a label of the house


def _guessed(sent: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The labels of the form that has most of these names, and what was sent with its choices in words.

    A choice whose words are not known is left out: it was not typed, and its code says nothing to anybody.
    """
    if not sent:
        return {}, {}
    forms = (dict(_declared(form)) for form in _forms(Form))
    best = max(forms, key=lambda held: (len(sent.keys() & held.keys()), -len(held)), default={})
    labels = {name: str(field.args[0]) for name, field in best.items() if name in sent}
    for name in labels:
        if issubclass(best[name].field_class, SelectFieldBase):
            choices = best[name].kwargs.get("choices") or ()
            words = {str(one[0]): str(one[1]) for one in choices if isinstance(one, tuple)}
            sent = {**sent, name: _listed(words.get(one, "") for one in _sent().getlist(name))}
    return labels, {name: text for name, text in sent.items() if text}


def _forms(form: type[Form]) -> Iterator[type[Form]]:
    for one in form.__subclasses__():
        yield one
        yield from _forms(one)


def _declared(form: type[Form]) -> Iterator[tuple[str, UnboundField]]:
    for name in dir(form):
        field = getattr(form, name, None)
        if isinstance(field, UnboundField) and field.args and not issubclass(field.field_class, HiddenField):
            yield name, field


def way_back() -> str:
    """The nearest page above the one that was asked for that opens: what a form belongs to."""
    adapter = current_app.url_map.bind_to_environ(request.environ)
    parts = request.path.rstrip("/").split("/")
    for end in range(len(parts) - 1, 1, -1):
        for path in ("/".join(parts[:end]), "/".join(parts[:end]) + "/"):
            try:
                endpoint, arguments = adapter.match(path, method="GET")
                admit = getattr(current_app.view_functions[endpoint], ADMIT, None)
                if admit is not None:
                    admit(arguments)
            except (HTTPException, DomainError):
                continue
            return request.script_root + path
    return ""
