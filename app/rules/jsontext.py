"""Reads JSON strictly, figures exactly, and says in French what is wrong and where."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, NoReturn

_SAID = (
    ("Expecting value", "il manque une valeur"),
    ("Expecting property name", "il faut ici un nom entre guillemets"),
    ("Illegal trailing comma", "il y a une virgule de trop"),
    ("Expecting ':'", "il manque « : » après un nom"),
    ("Expecting ','", "il manque une virgule"),
    ("Extra data", "quelque chose suit la fin"),
    ("Unterminated string", "il manque des guillemets à la fin d’un texte"),
    ("Invalid control character", "un texte contient un retour à la ligne ou un signe invisible"),
    ("Invalid \\", "un « \\ » n’est pas suivi de ce qu’il faut"),
)


class BadJson(ValueError):
    """A text is not JSON, or says something twice."""


def read_json(content: bytes) -> Any:  # noqa: ANN401  # any JSON value
    """Read JSON, with or without a byte order mark.

    :raises BadJson: with the place of what is wrong.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadJson("il n’est pas en UTF-8") from None
    if not text.strip():
        raise BadJson("il est vide")
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_once)
    except BadJson:
        raise
    except json.JSONDecodeError as error:
        said = next((french for english, french in _SAID if error.msg.startswith(english)), "il ne se lit pas")
        raise BadJson(f"ligne {error.lineno}, colonne {error.colno}, {said}") from None
    except RecursionError:
        raise BadJson("trop de crochets sont les uns dans les autres") from None
    except (ValueError, ArithmeticError):
        raise BadJson("un nombre est trop long") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise BadJson(f"« {name[:60]} » y est dit deux fois au même endroit")
        found[name] = value
    return found


def _no_number(name: str) -> NoReturn:
    raise BadJson(f"{name} n’est pas un nombre")
