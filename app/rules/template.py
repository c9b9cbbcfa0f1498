"""A new edition file, to complete."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

_IDENTIFIER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FILE = """\
programme = "{programme}"
edition = "{edition}"
title = "À compléter"
kind = "cash" # cash, advice, information ou contact
funder = "À compléter"
summary = "À compléter : à quoi sert cette aide."
since = {today}
consulted = {today}
expires = {expires}

[sources.S1]
title = "À compléter : titre de la page ou du document"
url = "https://"
confidence = "B" # A texte du financeur, B source secondaire, C déduit, G guide, U non vérifié

[window]
rolling = true # ou opens = 2026-01-01 et closes = 2026-03-31T17:00:00
source = "S1"

[[criteria]]
id = "montant"
label = "Subvention demandée"
says = "La subvention ne dépasse pas 1 000 euros."
severity = "bloquant" # bloquant, avertissement ou information
source = "S1"
condition = "between"
value = "money.requested"
max = "1000 EUR"

[amount]

[[amount.lines]]
id = "plafond"
says = "Plafond"
role = "cap"
value = "1000 EUR"
source = "S1"

[conform]
submission.date = "{today}"
money = {{ requested = 900 }}

[[examples]]
name = "Un projet conforme"
verdict = "eligible"

[[examples]]
name = "Trop demandé"
set = {{ "money.requested" = 1001 }}
verdict = "not_eligible"

[[examples]]
name = "Montant inconnu"
unset = ["money.requested"]
verdict = "to_check"

[[trials]]
criterion = "montant"
path = "money.requested"
met = [999, 1000]
not_met = [1000.01]
"""


def is_identifier(name: str) -> bool:
    """Whether a name can be that of a folder or a file of rules."""
    return _IDENTIFIER.fullmatch(name) is not None and name not in ("lists", "words")


def edition_file(programme: str, edition: str, *, today: date) -> str:
    """The text of the file."""
    expires = today.replace(year=today.year + 1, day=min(today.day, 28))
    return _FILE.format(programme=programme, edition=edition, today=today.isoformat(), expires=expires.isoformat())
