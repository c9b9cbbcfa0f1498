"""What the rule language can say, written from the registries themselves; and the list of what is shipped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.rules import filekeys
from app.rules.language import filters
from app.rules.language.registry import CONDITIONS, QUANTITIES
from app.rules.strict import expected
from app.rules.units import UNITS
from app.rules.vocabulary.fields import COLLECTION_WORDS, COLLECTIONS, SECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.rules.language.syntax import Param
    from app.rules.loader import Catalogue
    from app.rules.vocabulary.fields import Field


_FILE: tuple[tuple[str, tuple[Param, ...]], ...] = (
    ("En tête", filekeys.HEAD),
    ("`[sources.CODE]`", filekeys.SOURCE),
    ("`[window]`", filekeys.WINDOW),
    ("`[[criteria]]` (et les clés de sa condition)", filekeys.CRITERION),
    ("`[[criteria.readings]]` (et les clés qui diffèrent)", filekeys.READING),
    ("`[amount]`", filekeys.AMOUNT),
    ("`[[amount.lines]]`", filekeys.LINE),
    ("`[tables.NOM]`", filekeys.TABLE),
    ("`[lists.NOM]`", filekeys.FILE_LIST),
    ("`[[documents]]`", filekeys.DOCUMENT),
    ("`[[payments]]`", filekeys.PAYMENT),
    ("`[[dates]]`", filekeys.DATE),
    ("`[[contacts]]`", filekeys.CONTACT),
    ("`[[notes]]`", filekeys.NOTE),
    ("`[[cumulation]]`", filekeys.CUMULATION),
    ("`[[examples]]`", filekeys.EXAMPLE),
    ("`[[trials]]`", filekeys.TRIAL),
)
_SHAPES = {
    "quantity": "un nombre avec son unité (« 8455 EUR », « 80 % »), le nom d’un fait, ou une table de « Quantités »",
    "number": "un nombre, sans guillemets",
    "path": "le nom d’un fait, entre guillemets (« project.start »)",
    "element_path": "une liste et un de ses champs, entre guillemets (« organisations.country »)",
    "condition": "une table { condition = … } de « Conditions »",
    "yearly": "une liste de jours de l’année, « mm-jj » ou « mm-jjThh:mm »",
    "code": "l’un des codes de la dernière colonne",
    "codes": "plusieurs des codes de la dernière colonne",
    "country": "un pays, en deux lettres (FR, UA), ou une partie d’un pays (CA-QC, RE)",
    "countries": "plusieurs pays, en deux lettres",
    "age": "un nombre d’années",
}
"""The types of which more than one shape will do, and those that only facts have."""


def listed(catalogue: Catalogue) -> dict[str, Any]:
    """Programmes and editions."""
    return {
        "programmes": [
            {
                "id": programme,
                "title": max(editions, key=lambda one: (one.automatic, one.since, one.edition)).title,
                "editions": [
                    {
                        "id": one.edition,
                        "full_id": one.id,
                        "title": one.title,
                        "kind": one.kind,
                        "call": one.call,
                        "funder": one.funder,
                        "since": one.since.isoformat(),
                        "opens": None if one.window.opens is None else one.window.opens.isoformat(),
                        "closes": None if one.window.closes is None else one.window.closes.isoformat(),
                        "automatic": one.automatic,
                    }
                    for one in editions
                ],
            }
            for programme, editions in catalogue.programmes().items()
        ]
    }


def language(catalogue: Catalogue) -> str:
    """The page of documentation, in Markdown."""
    return "\n".join(
        [
            "# Langage des règles",
            "",
            "Page écrite par `flask rules doc` d’après les registres du moteur.",
            "La confiance et la gravité d’une règle sont dites dans `funding_rules/README.md`.",
            "",
            *_types(),
            *_kinds("Conditions", "condition", CONDITIONS.values()),
            *_kinds("Quantités", "quantité", QUANTITIES.values()),
            "## Filtres (`where`)",
            "",
            "Un champ de l’élément = une valeur, une liste de valeurs, ou une table :",
            "",
            *_table(filters.PARAMS),
            "",
            'Et `any`, plusieurs filtres dont un suffit : `any = [{ kind = "commune" }, { is_public = true }]`.',
            "",
            "## Unités",
            "",
            ", ".join(f"`{one}`" for one in UNITS),
            "",
            *_file(),
            *_facts(catalogue),
        ]
    )


def _types() -> list[str]:
    """What each word of the column « type » stands for."""
    rows = [f"| `{one}` | {_SHAPES.get(one) or expected(one)} |" for one in sorted(_types_used())]
    return ["## Types", "", "| type | ce qui s’écrit |", "| --- | --- |", *rows, ""]


def _types_used() -> set[str]:
    params: list[Param] = [*filters.PARAMS, *(one for _title, each in _FILE for one in each)]
    params += [one for condition in CONDITIONS.values() for one in condition.params]
    params += [one for quantity in QUANTITIES.values() for one in quantity.params]
    fields = [one for each in (*SECTIONS.values(), *COLLECTIONS.values()) for one in each]
    return {one.type for one in params} | {one.type for one in fields}


def _kinds(title: str, noun: str, kinds: Iterable[Any]) -> list[str]:
    lines = [f"## {title}", ""]
    for one in kinds:
        lines += [f"### {noun} `{one.name}`", "", one.says, "", *_table(one.params), "```toml", one.example, "```", ""]
    return lines


def _table(params: Iterable[Param]) -> list[str]:
    rows = [f"| `{one.name}` | {one.type} | {'oui' if one.required else ''} | {one.says} |" for one in params]
    return ["| clé | type | obligatoire | rôle |", "| --- | --- | --- | --- |", *rows, ""] if rows else []


def _file() -> list[str]:
    lines = ["## Fichier d’une édition", ""]
    for title, params in _FILE:
        lines += [f"### {title}", "", *_table(params)]
    return lines


def _facts(catalogue: Catalogue) -> list[str]:
    lines = ["## Faits", ""]
    for section, fields in {**SECTIONS, "applicant": COLLECTIONS["organisations"]}.items():
        lines += [f"### `{section}.…`", "", *_fields(fields)]
    for name, fields in COLLECTIONS.items():
        lines += [f"### liste `{name}` : {COLLECTION_WORDS[name]}", "", *_fields(fields)]
    lines += ["### `answers.…`, faits propres à un programme", "", *_fields(catalogue.words.answers.values())]
    lines += ["## Listes nommées", ""]
    lines += [f"- `{one.id}` : {one.title}" for one in catalogue.lists.values()]
    return [*lines, ""]


def _fields(fields: Iterable[Field]) -> list[str]:
    rows = [
        f"| `{one.name}` | {one.type}{' · ' + one.unit if one.unit else ''} | {one.asks} "
        f"| {', '.join(f'`{code}`' for code in one.codes or ())} |"
        for one in fields
    ]
    return ["| fait | type | sens | codes |", "| --- | --- | --- | --- |", *rows, ""]
