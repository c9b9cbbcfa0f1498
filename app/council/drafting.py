"""From a model, what the house knows and a few answers to the text of a deliberation.

A deliberation is a French act: its words are French whatever the language of the screen, and stand in
``data/acts.toml``. What nobody told yet becomes a blank in square brackets.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.council.models import ActModel
from app.law import tables
from app.law.words import MONTHS, french, full_day
from app.shared.typography import unnested
from app.texts import formats

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from app.council.models import Act

_DATA = Path(__file__).with_name("data") / "acts.toml"
_HOLE = re.compile(r"{(\w+)}")
_ARTICLE = re.compile(r"^([LRDA])\.?\s*\*?(\d.*)$")


@dataclass(frozen=True)
class ActWording:
    """One model: its title, its visas by code and in words, what it asks, its recitals and its articles."""

    title: str
    matter: str
    visas: tuple[str, ...]
    words: tuple[str, ...]
    asks: tuple[str, ...]
    recitals: tuple[str, ...]
    articles: tuple[str, ...]
    choices: Mapping[str, Mapping[str, Mapping[str, str]]]


@cache
def _models() -> dict[str, Any]:
    return tomllib.loads(_DATA.read_text("utf-8"))


def wording_of(model: str) -> ActWording:
    """The words of a model."""
    row = _models()[ActModel(model)]
    return ActWording(
        title=row["title"],
        matter=row["matter"],
        visas=tuple(row["visas"]),
        words=tuple(row.get("words", ())),
        asks=tuple(row["asks"]),
        recitals=tuple(row["recitals"]),
        articles=tuple(row["articles"]),
        choices=row.get("choices", {}),
    )


@dataclass(frozen=True)
class DraftedAct:
    """What a model gives: everything may still be changed."""

    title: str
    visas: tuple[dict[str, str], ...]
    recitals: tuple[str, ...]
    articles: tuple[str, ...]
    matter: str
    matter_label: str


def draft(model: str, known: Mapping[str, str]) -> DraftedAct:
    """Fill a model in."""
    words = wording_of(model)
    known = dict(known)
    for name, offered in words.choices.items():
        known = {**offered.get(known.get(name, ""), {}), **known}
    matter = tables.matters().get(words.matter)
    return DraftedAct(
        title=filled(words.title, known).rstrip(" ;"),
        visas=(
            *({"article": code} for code in words.visas),
            *({"text": text} for text in _lines(words.words, known)),
        ),
        recitals=_lines(words.recitals, known),
        articles=_lines(words.articles, known),
        matter=words.matter,
        matter_label=matter.scdl if matter else "",
    )


def may_sign(known: Mapping[str, str]) -> str:
    """The article that lets the convention with a beneficiary be signed; the text to annex is a blank until known."""
    return filled(_models()["phrases"]["signature"], known)


def _lines(texts: Iterable[str], known: Mapping[str, str]) -> tuple[str, ...]:
    """The lines of a model; one that a choice leaves empty is none."""
    return tuple(filled(text, known) for text in texts if known.get(text[1:-1], text) != "")


def filled(text: str, known: Mapping[str, str]) -> str:
    """Put what is known in its place; what is not becomes a blank."""
    if called := known.get("organisme", "").strip():
        text, known = text.replace("de {organisme}", "{aupres}"), {**known, "aupres": _of_body(called)}
    if given := known.get("beneficiaire", "").strip():
        text = text.replace("à {beneficiaire}", "{donne}").replace("avec {beneficiaire}", "avec {nomme}")
        known = {**known, "donne": _after(given, to=True), "nomme": _after(given, to=False)}
    text, known = _contracted(text, known)
    known = unnested(text, known)
    made = _HOLE.sub(lambda hole: known.get(hole[1], "").strip() or _blank(hole[1]), text)
    return french(made)


def _contracted(text: str, known: Mapping[str, str]) -> tuple[str, Mapping[str, str]]:
    """« au Mans », « aux adjoints », « d’Antibes », « à l’article 65312 »: what is typed, as the sentence takes it."""
    told = {name: known.get(name, "").strip() for name in ("lieu", "personnes", "partenaire", "ligne", "periode")}
    said = {
        "à {lieu}": ("au_lieu", told["lieu"] and _at_place(told["lieu"])),
        "à {personnes}": ("aux_personnes", told["personnes"] and _given_to(told["personnes"])),
        "de {partenaire}": ("du_partenaire", told["partenaire"] and formats.of(told["partenaire"])),
        "imputée {ligne}": ("imputee", told["ligne"] and f"imputée {_on_line(told['ligne'])}"),
        "conduite {periode}": ("conduite", told["periode"] and f"conduite {_during(told['periode'])}"),
    }
    for words, (name, made) in said.items():
        if made:
            text, known = text.replace(words, f"{{{name}}}"), {**known, name: made}
    return text, known


def _at_place(name: str) -> str:
    """« à Semenivka », « au Mans » however its article is typed."""
    return formats.at(re.sub(r"^les? ", lambda typed: typed[0].capitalize(), name))


def _given_to(people: str) -> str:
    """« au maire et aux adjoints »: whoever is told by an office takes its article, whoever by a name stays as told."""
    parts = re.split(r"(, | et )", people)
    return "".join(_to_one(part, is_first=place == 0) for place, part in enumerate(parts))


def _to_one(part: str, *, is_first: bool) -> str:
    bare = part.strip()
    for article, said in (("les ", "aux "), ("le ", "au "), ("la ", "à la "), ("l'", "à l'"), ("l’", "à l’")):
        if bare.casefold().startswith(article):
            return said + bare[len(article) :]
    return f"à {bare}" if is_first else part


_LINE = re.compile(
    r"(?:(?P<plain>\d)|(?P<vowel>article|opération|imputation)\b|(?P<masculine>compte|chapitre|budget)\b)"
)


def _on_line(line: str) -> str:
    """« à l’article 65312 », « au chapitre 65 »; what already says where stands as it is."""
    found = _LINE.match(line.casefold())
    if found is None:
        return line
    if found["plain"]:
        return f"à l'article {line}"
    return f"à l'{line}" if found["vowel"] else f"au {line}"


def _during(period: str) -> str:
    """« en 2027 », « en juin 2027 », « le 11 juin 2027 » where the word that goes before was left out."""
    if re.match(r"\d{1,2}(?:er)? \D", period):
        return f"le {period}"
    first = period.split(" ", maxsplit=1)[0].casefold()
    return f"en {period}" if re.fullmatch(r"\d{4}(?:[-/]\d{2,4})?", period) or first in MONTHS else period


def _of_body(name: str) -> str:
    """« du Comité des fêtes », « de l’association « X » », « des Amis de Y »: the article is contracted, or added."""
    article, _, rest = name.partition(" ")
    if rest and article.casefold() in {"le", "les"}:
        return f"{'du' if article.casefold() == 'le' else 'des'} {rest}"
    first = re.split(r"[\s-]", name, maxsplit=1)[0].casefold()
    said = next((said for said, words in _models()["organismes"].items() if first in words), "")
    if said:
        return f"{said}{name}" if said.endswith("'") else f"{said} {name}"
    if re.match(r"l['’]|la ", name, re.IGNORECASE):
        return f"de l{name[1:]}"
    return formats.of(name)


_TO = {"du": "au", "des": "aux", "de la": "à la", "de l'": "à l'", "de l’": "à l’", "de": "à", "d’": "à"}
_PLAIN = {"du": "le", "des": "les", "de la": "la", "de l'": "l'", "de l’": "l’", "de": "", "d’": ""}


def _after(name: str, *, to: bool) -> str:
    """« au Comité des fêtes » after a gift, « le Comité des fêtes » after « avec »."""
    of = _of_body(name)
    article = max((one for one in _TO if of.startswith(one) and (one[-1] in "'’" or of[len(one)] == " ")), key=len)
    rest, said = of[len(article) :].lstrip(" "), (_TO if to else _PLAIN)[article]
    return f"{said}{rest}" if not said or said[-1] in "'’" else f"{said} {rest}"


def named_text(words: str, title: str) -> str:
    """Put the title of the text that is annexed where its blank stood."""
    return words.replace(_blank("texte"), title)


def retold(words: str, before: Mapping[str, str], now: Mapping[str, str]) -> str:
    """Put what is told now where a text says what was told before, or where its blank stood."""
    for name, said in now.items():
        old = re.escape(before[name]) if before.get(name) else re.escape(_blank(name))
        words = re.sub(rf"(?<!\d){old}", said, words)
    return words


def _blank(name: str) -> str:
    """« [la commune] » for the hole « la_commune », or what the data say of it."""
    return f"[{_models()['blanks'].get(name, name.replace('_', ' '))}]"


def plain_code(code: str, on: date) -> str:
    """The code that an article bears on a day, moved articles followed both ways: « L1612-25 »."""
    articles = tables.articles()
    seen: set[str] = set()
    while (found := articles.get(code)) is not None and code not in seen:
        seen.add(code)
        if found.ends is not None and on > found.ends and found.replaced_by:
            code = found.replaced_by
        elif found.starts is not None and on < found.starts and found.replaces:
            code = found.replaces
        else:
            break
    return code


def cited(code: str, on: date) -> str:
    """The article under the number that it bears on a day: « L. 2121-29 »."""
    code = plain_code(code, on)
    match = _ARTICLE.match(code)
    return f"{match[1]}.\N{NO-BREAK SPACE}{match[2]}" if match else code


def is_in_force(code: str, on: date) -> bool | None:
    """Whether an article is in force on a day; None when our tables do not know it."""
    found = tables.articles().get(code)
    if found is None:
        return None
    return (found.starts is None or found.starts <= on) and (found.ends is None or on <= found.ends)


def visa_lines(visas: Iterable[Mapping[str, Any]], on: date, *, is_local: bool = False) -> list[str]:
    """« Vu le code général des collectivités territoriales, notamment ses articles … ; », then the others.

    ``is_local``: under the law of Alsace-Moselle, which puts other articles in the place of some.
    """
    local = tables.local_articles() if is_local else {}
    named = [one["article"] for one in visas if one.get("article")]
    codes = list(dict.fromkeys(cited(local.get(code, code), on) for code in named))
    lines = []
    if codes:
        lines.append(_said("visas_one" if len(codes) == 1 else "visas_many", codes=_listed(codes)))
    lines += [_said("visa", text=_in_a_row(one["text"])) for one in visas if one.get("text")]
    return lines


def recital_lines(recitals: Iterable[str]) -> list[str]:
    """« Considérant … ; », however the line was typed."""
    return [_said("recital", text=_in_a_row(text)) for text in recitals]


def _in_a_row(text: str) -> str:
    """A visa or a recital as it stands among others: without its opening word, ended by a semicolon."""
    bare = re.sub(r"^(considérant|vu)\b[ \u00a0]*", "", text.strip(), flags=re.IGNORECASE)
    return f"{without_end(bare)} ;"


def without_end(text: str) -> str:
    """An answer without the full stop or semicolon that would break the sentence it goes into."""
    bare = text.rstrip(" \u00a0.;,:")
    return f"{bare}." if bare.casefold().endswith(" etc") else bare


def _listed(words: Sequence[str]) -> str:
    if len(words) == 1:
        return words[0]
    return f"{', '.join(words[:-1])} {_models()['phrases']['and']} {words[-1]}"


def _said(phrase: str, **values: str) -> str:
    return french(_models()["phrases"][phrase].format(**values))


def visas_to_text(visas: Iterable[Mapping[str, Any]]) -> str:
    """The visas, one a line, as a person edits them: an article by its code, or words."""
    return "\n".join(one.get("article") or one.get("text", "") for one in visas)


def visas_from_text(text: str) -> list[dict[str, str]]:
    """Read them back: what looks like an article of the code is one."""
    found = []
    for line in text.splitlines():
        words = " ".join(line.split())
        if not words:
            continue
        plain = re.sub(r"^(CGCT,?|art(icle|\.)?)\s*", "", words, flags=re.IGNORECASE).rstrip(" ;.")
        match = re.fullmatch(r"([LRD])[. \u00a0]*(\d[\d-]*)", plain)
        found.append({"article": match[1] + match[2]} if match else {"text": words.removeprefix("Vu ")})
    return found


def day_said(day: date | None) -> str:
    """A day in full French, for documents; an empty line when it is not known."""
    return full_day(day) if day else ""


def act_day(act: Act, meeting_day: date | None, today: date) -> date:
    """The day whose law the act cites: that of its vote, of its meeting, else today."""
    return act.voted_on or meeting_day or today
