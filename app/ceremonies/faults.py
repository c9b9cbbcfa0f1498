"""What a file has against the published schema, said so that somebody who is no programmer can put it right."""

from __future__ import annotations

import json
import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

if TYPE_CHECKING:
    from collections.abc import Iterable

_VALUE = 60
_NEGATIVE = re.compile(r"-\d.*")
AMOUNTS = frozenset({"amount", "amount_max"})


def sentence(error: Any) -> str:  # noqa: ANN401  # untyped library
    """Tell one fault: its place, what stands there, what was expected."""
    while error.validator == "anyOf" and (inner := _nearest(error)) is not None:
        error = inner
    where = place(error.absolute_path) or _("le document")
    value = json.dumps(error.instance, ensure_ascii=False)
    return _told(error, where, value if len(value) <= _VALUE else f"{value[:_VALUE]}…")


def _nearest(error: Any) -> Any:  # noqa: ANN401  # as above
    """Of the shapes that were allowed, the one the file meant, told by its kind; None when it has none of them."""
    kinds = {str: "string", dict: "object", list: "array", bool: "boolean", int: "integer"}
    kind = kinds.get(type(error.instance), "")
    meant = [one for one in error.context if one.validator != "type" or one.relative_path]
    deep = [one for one in meant if one.validator != "propertyNames"]
    chosen = deep if kind == "object" else meant
    if len({one.schema_path[0] for one in meant}) != 1 and kind == "object":
        chosen = [one for one in deep if one.validator == "additionalProperties"] or deep
    return chosen[0] if chosen else None


def _quoted(name: str) -> str:
    return str(_("«\N{NO-BREAK SPACE}%(name)s\N{NO-BREAK SPACE}»", name=name))


_GENERA = {
    "string": _l("un texte"),
    "object": _l("un groupe de champs entre accolades"),
    "array": _l("une liste entre crochets"),
    "integer": _l("un nombre entier"),
    "boolean": _l("true ou false"),
}


def _told(error: Any, where: str, value: str) -> str:  # noqa: ANN401  # untyped library
    if error.validator in _LIMITS:
        return str(_LIMITS[error.validator]) % {"where": where, "value": value, "limit": error.validator_value}
    return _TELLERS.get(error.validator, _unfit)(error, where, value)


def _missing(error: Any, where: str, value: str) -> str:  # noqa: ANN401  # as above
    del value
    missing = [name for name in error.validator_value if name not in error.instance]
    return str(_("%(where)s : il manque %(names)s.", where=where, names=", ".join(_quoted(name) for name in missing)))


def _of_another_kind(error: Any, where: str, value: str) -> str:  # noqa: ANN401  # as above
    names = " ; ".join(str(_GENERA[one]) for one in _kinds(error)) or _("une autre forme")
    return str(
        _("%(where)s : %(value)s n’est pas du genre attendu : %(names)s.", where=where, value=value, names=names)
    )


def _not_permitted(error: Any, where: str, value: str) -> str:  # noqa: ANN401  # as above
    allowed = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    return str(
        _(
            "%(where)s : %(value)s n’est pas permis ; valeurs permises : %(names)s.",
            where=where,
            value=value,
            names=", ".join(str(one) for one in allowed),
        )
    )


def _unfit(error: Any, where: str, value: str) -> str:  # noqa: ANN401  # as above
    del error
    return str(_("%(where)s : %(value)s ne convient pas.", where=where, value=value))


def _unknown_field(error: Any, where: str, value: str) -> str:  # noqa: ANN401  # as above
    """Name the field that the format does not have, and the one that was perhaps meant."""
    del value
    known = set(error.schema.get("properties", {}))
    unknown = [name for name in error.instance if name not in known]
    names = ", ".join(_quoted(name) for name in unknown)
    near = [found for name in unknown for found in get_close_matches(name, known, n=1)]
    if near:
        return str(
            _("%(where)s : champ inconnu %(names)s. Est-ce « %(near)s » ?", where=where, names=names, near=near[0])
        )
    if "facts" in known:
        return str(_("%(where)s : champ inconnu %(names)s. Écrivez-le dans « facts ».", where=where, names=names))
    return str(
        _(
            "%(where)s : champ inconnu %(names)s. Champs possibles : %(known)s.",
            where=where,
            names=names,
            known=", ".join(sorted(known)),
        )
    )


def _bad_shape(error: Any, where: str, value: str) -> str:  # noqa: ANN401  # as above
    examples = error.schema.get("examples", [])
    name = next((part for part in reversed(error.absolute_path) if isinstance(part, str)), "")
    if name in AMOUNTS and _NEGATIVE.fullmatch(error.instance):
        fault = _("%(amount)s est négatif. Écrivez un montant positif, ou retirez-le.", amount=value.strip('"'))
        return str(_("%(where)s : %(fault)s", where=where, fault=fault))
    if examples:
        return str(
            _(
                "%(where)s : %(value)s n’a pas la forme attendue. Exemple : %(example)s.",
                where=where,
                value=value,
                example=examples[0],
            )
        )
    return str(_("%(where)s : %(value)s n’a pas la forme attendue.", where=where, value=value))


def _kinds(error: Any) -> list[str]:  # noqa: ANN401  # as above
    if error.validator == "type":
        return [str(error.validator_value)]
    found = [str(one.validator_value) for one in error.context if one.validator == "type" and not one.relative_path]
    return list(dict.fromkeys(found))


def place(path: Iterable[Any]) -> str:
    """Say where a fault lies: « ceremonies[0].items[3].start »."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


_LIMITS = {
    "propertyNames": _l("%(where)s : un nom de langue est attendu, par exemple « fr »."),
    **dict.fromkeys(
        ("minLength", "minItems", "minProperties"),
        _l("%(where)s : ce champ est vide. Remplissez-le ou retirez-le."),
    ),
    "maxLength": _l("%(where)s : ce texte est trop long (%(limit)s signes au plus)."),
    **dict.fromkeys(("maxItems", "maxProperties"), _l("%(where)s : cette liste est trop longue (%(limit)s au plus).")),
    "minimum": _l("%(where)s : %(value)s est trop petit (%(limit)s au moins)."),
    "maximum": _l("%(where)s : %(value)s est trop grand (%(limit)s au plus)."),
}
_TELLERS = {
    "required": _missing,
    "additionalProperties": _unknown_field,
    "pattern": _bad_shape,
    "format": _bad_shape,
    "type": _of_another_kind,
    "anyOf": _of_another_kind,
    "const": _not_permitted,
    "enum": _not_permitted,
}
