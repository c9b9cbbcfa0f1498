"""What a browser asks, without the one sign that no database keeps: U+0000, which nobody types and bots send."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Request, abort, request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

if TYPE_CHECKING:
    from flask import Flask

_NOTHING = "\x00"


class Told(ImmutableMultiDict[str, Any]):
    """What was typed in a form, or stands in an address, as the rest of the house may keep it; files as they came."""

    def __init__(self, mapping: Any = None) -> None:  # noqa: ANN401  # as Werkzeug has it
        pairs = MultiDict(mapping).items(multi=True)
        super().__init__([(_kept(name), _kept(value)) for name, value in pairs])


def _kept(value: Any) -> Any:  # noqa: ANN401  # words, or a file
    return value.replace(_NOTHING, "") if isinstance(value, str) else value


class Asked(Request):
    """A request whose words may be kept."""

    parameter_storage_class = Told


def install(app: Flask) -> None:
    """Read requests so; an address that holds the sign leads nowhere."""
    app.request_class = Asked
    app.before_request(_lead_nowhere)


def _lead_nowhere() -> None:
    if _NOTHING in request.path:
        abort(404)
