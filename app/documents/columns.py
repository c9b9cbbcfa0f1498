"""What the columns of a list hold, as somebody corrects it on the command line."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from click import ClickException

Meaning = TypeVar("Meaning", bound=StrEnum)


def corrected(guessed: tuple[Meaning, ...], columns: tuple[str, ...]) -> tuple[Meaning, ...]:
    """Put what somebody says of a column before what was guessed; what held that meaning until then holds none.

    ``columns`` are « NUMÉRO=SENS », counted from one. ``ClickException`` where one cannot be read.
    """
    if not guessed:
        raise ClickException("La liste n'a pas de colonne.")
    meanings = type(guessed[0])
    chosen = list(guessed)
    for column in columns:
        number, _equals, meaning = column.partition("=")
        if not number.isdecimal() or not 0 < int(number) <= len(chosen) or meaning not in set(meanings):
            known = ", ".join(one.value for one in meanings if one)
            raise ClickException(f"--column {column} : écrivez NUMÉRO=SENS, le sens parmi {known}.")
        chosen = [meanings("") if meaning and one == meaning else one for one in chosen]
        chosen[int(number) - 1] = meanings(meaning)
    return tuple(chosen)
