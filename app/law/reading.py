"""Reads the facts of a case from JSON, and refuses what cannot be understood, saying what, where and what to do."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NoReturn

from app.law import contradictions
from app.law.vocabulary.case import Case
from app.law.vocabulary.kinds import Fault
from app.law.vocabulary.parts import Part, classes, definition
from app.law.words import french

if TYPE_CHECKING:
    from collections.abc import Sequence

LARGEST_FILE = 5_000_000
_SHOWN = 20


class UnreadableFacts(Exception):
    """Facts that nobody can judge; one sentence a fault."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(str(faults[0]))
        self.faults = tuple(faults)

    def sentences(self) -> list[str]:
        """Tell every fault, the first twenty in full."""
        told = [str(fault) for fault in self.faults[:_SHOWN]]
        more = len(self.faults) - len(told)
        return [*told, french(f"… et {more} autres.")] if more > 0 else told


def read_case(content: bytes) -> Case:
    """Return the case that a JSON file tells."""
    if len(content) > LARGEST_FILE:
        _refuse(f"le fichier dépasse {LARGEST_FILE // 1_000_000} Mo ; donnez un seul cas par fichier.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        _refuse(f"ce fichier n'est pas en UTF-8 (ligne {line}) ; enregistrez-le en UTF-8.")
    value = _parse(text)
    try:
        json.dumps(value, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError:
        _refuse("un texte du fichier contient la moitié d'un caractère (\\ud800 à \\udfff) ; écrivez-le en entier.")
    return case_from(value)


def _parse(text: str) -> object:
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_constant, object_pairs_hook=_no_double)
    except json.JSONDecodeError as error:
        _refuse(
            f"ce fichier n'est pas du JSON : ligne {error.lineno}, colonne {error.colno}. Vérifiez les guillemets, "
            "les virgules et les accolades à cet endroit."
        )
    except RecursionError:
        _refuse("ce fichier emboîte trop d'objets ; suivez le vocabulaire de flask law schema.")
    except ValueError as error:
        _refuse(str(error) if isinstance(error, _Doubled) else "un nombre du fichier est trop long pour être lu.")


class _Doubled(ValueError):
    pass


def _constant(name: str) -> NoReturn:
    raise _Doubled(f"« {name} » n'est pas une valeur ; donnez un nombre, ou retirez la ligne si vous ne savez pas.")


def _no_double(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for key, value in pairs:
        if key in read:
            raise _Doubled(f"le mot « {key} » est donné deux fois dans le même objet ; gardez-en un.")
        read[key] = value
    return read


def _refuse(sentence: str) -> NoReturn:
    raise UnreadableFacts([Fault("", french(sentence[0].upper() + sentence[1:]))]) from None


def case_from(value: object) -> Case:
    """Return the case told by a value already parsed (a page, a test)."""
    faults: list[Fault] = []
    case = Part(Case).read(value, "", faults)
    if faults:
        raise UnreadableFacts(faults)
    told: Case = case
    if impossible := contradictions.find(told):
        raise UnreadableFacts(impossible)
    return told


def schema() -> dict[str, Any]:
    """Return the vocabulary as JSON Schema (draft 2020-12)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": french("Faits d'un cas pour flask law check"),
        "description": french(
            "Tout fait est facultatif : absent ou null, il est inconnu. false dit qu'une chose n'existe pas ou n'a pas "
            "été faite. Un mot inconnu est refusé."
        ),
        **definition(Case),
        "$defs": {name: definition(cls) for name, cls in classes(Case).items() if cls is not Case},
    }
