"""The facts of a text whose words are not carried over, said in full: nothing that the document holds is left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from app.texts import formats, interchange

if TYPE_CHECKING:
    from app.texts.document import Document

SECTIONS = {
    "parties": _l("Parties"),
    "about": _l("Jumelages concernés"),
    "signatories": _l("Signataires"),
    "witnesses": _l("Témoins"),
    "signings": _l("Signatures"),
    "acts": _l("Décisions et actes"),
    "term": _l("Durée"),
    "commitments": _l("Engagements chiffrés"),
    "structure": _l("Suite des parties du texte"),
    "clauses": _l("Ce que dit le texte"),
    "fields": _l("Valeurs"),
    "authority": _l("Versions qui font foi"),
    "copies": _l("Exemplaires"),
    "symbols": _l("Sceaux, blasons, devises"),
    "annexes": _l("Annexes"),
    "related": _l("Documents liés"),
    "same_session": _l("Autres points de la même séance"),
    "facts": _l("Autres faits"),
    "notes": _l("Notes"),
    "source": _l("Source"),
}
_KEYS = {
    "name": _l("nom"),
    "official_name": _l("nom officiel"),
    "names": _l("autres formes du nom"),
    "country": _l("pays"),
    "country_in_full": _l("pays écrit en entier"),
    "body": _l("organisme"),
    "body_as_written": _l("organisme"),
    "role": _l("fonction"),
    "roles": _l("fonction"),
    "role_as_written": _l("titre au-dessus de la signature"),
    "divisions": _l("situation"),
    "show_division": _l("situation écrite après le nom"),
    "codes": _l("codes"),
    "current": _l("code actuel"),
    "current_name": _l("fait partie de"),
    "seat": _l("siège"),
    "date": _l("date"),
    "places": _l("lieu"),
    "by": _l("par"),
    "about": _l("au sujet de"),
    "parties": _l("pour"),
    "for_as_written": _l("pour, dans la source"),
    "mandate": _l("mandat"),
    "since": _l("depuis"),
    "until": _l("jusqu’à"),
    "initials": _l("initiales"),
    "name_order": _l("ordre du nom"),
    "many": _l("plusieurs personnes"),
    "reference": _l("référence"),
    "unanimous": _l("à l’unanimité"),
    "vote": _l("vote"),
    "outcome": _l("issue"),
    "note": _l("note"),
    "towns": _l("villes"),
    "signings": _l("signatures"),
    "acts": _l("décisions"),
    "act": _l("acte"),
    "order": _l("rang"),
    "identical": _l("identique à la première"),
    "wording": _l("formule"),
    "needs": _l("à savoir rendre"),
    "gaps": _l("non vu dans la source"),
    "conflicts": _l("contradictions de la source"),
    "seen": _l("contenu vu"),
}
_CODES = {
    "council_decision": _l("décision du conseil"),
    "council_mandate": _l("mandat donné par le conseil"),
    "board_mandate": _l("mandat donné par le bureau"),
    "earlier_protocol": _l("protocole antérieur"),
    "original": _l("texte d’origine"),
    "renewal": _l("renouvellement"),
    "amendment": _l("avenant"),
    "suspension": _l("suspension"),
    "undated": _l("sans date"),
    "unknown": _l("date inconnue"),
    "planned": _l("prévu"),
    "return": _l("cérémonie retour"),
    "first": _l("première"),
    "unanimous": _l("unanimité"),
    "family_first": _l("nom de famille d’abord"),
    "commune": _l("commune"),
    "association": _l("association"),
    "district": _l("district"),
    "region": _l("région"),
    "state": _l("État"),
    "nation": _l("nation"),
    "admin": _l("autorité"),
}
_COLON = _l("\N{NO-BREAK SPACE}: ")
_HIDDEN = {"id", "state", "calendar"}


@dataclass(frozen=True)
class Group:
    """One kind of facts: a heading and a line for each."""

    title: str
    lines: tuple[str, ...]


def facts_of(document: Document, language: str) -> list[Group]:
    """Return every fact of the document, in the order of the format."""
    values = interchange.plain(document)
    teller = _Teller(document, language)
    made = []
    for name, title in SECTIONS.items():
        if values.get(name):
            found = values[name]
            lines = [teller.line(one) for one in found] if isinstance(found, list) else teller.split(found)
            made.append(Group(str(title), tuple(line for line in lines if line)))
    return made


class _Teller:
    def __init__(self, document: Document, language: str) -> None:
        self._language = language
        self._names = {party.id: party.name or party.official_name for party in document.parties}
        self._names |= {town.id: town.name for relation in document.about for town in relation.towns}
        self._names |= {act.id: self._act(act) for act in document.acts if act.id}

    def split(self, found: dict[str, Any]) -> list[str]:
        """A line a key."""
        return [
            self._pair(key, one)
            for key, value in found.items()
            for one in (value if isinstance(value, list) else [value])
        ]

    def _pair(self, key: str, value: Any) -> str:  # noqa: ANN401  # any JSON
        return f"{self._key(key)}{_COLON}{self.line(value)}"

    def line(self, value: Any) -> str:  # noqa: ANN401  # any JSON
        """One value in one line."""
        if isinstance(value, bool):
            return str(_l("oui") if value else _l("non"))
        if isinstance(value, list):
            return ", ".join(self.line(one) for one in value)
        if isinstance(value, dict):
            return self._fields(value)
        return self._word(value)

    def _fields(self, found: dict[str, Any]) -> str:
        if found.get("state") and "date" not in found:
            rest = {key: value for key, value in found.items() if key != "state"}
            return "; ".join(word for word in (self._word(found["state"]), self._fields(rest)) if word)
        first = [self.line(found[key]) for key in ("name", "text", "summary", "subject", "statement") if key in found]
        kinds = [self.line(found[key]) for key in ("kind", "kind_as_written") if key in found]
        seen = {"name", "text", "summary", "subject", "statement", "kind", "kind_as_written", *_HIDDEN}
        said = [
            self._date(value) if key == "date" and isinstance(value, str) else self._pair(key, value)
            for key, value in found.items()
            if key not in seen
        ]
        return "; ".join(word for word in (*first, *kinds, *said) if word)

    def _date(self, text: str) -> str:
        return formats.day(text, self._language)

    def _word(self, value: object) -> str:
        text = str(value)
        if text in self._names:
            return self._names[text]
        return str(_CODES.get(text, text))

    def _key(self, key: str) -> str:
        return str(_KEYS.get(key, key.replace("_", " ")))

    def _act(self, act: Any) -> str:  # noqa: ANN401  # an act of the format
        day = self._date(act.date.date) if act.date and act.date.date else ""
        return " ".join(word for word in (str(_CODES.get(act.kind, act.kind)), day) if word)
