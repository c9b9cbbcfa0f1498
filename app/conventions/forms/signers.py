"""Who signs for each party: as many people as wished, in their order, without a script.

Each person is a row of fields. The first row of party 0 begins with « p0_ », the next with « p0r1_ », « p0r2_ »…
A row carries ``was``, the place its person had in the text as it was read, so that what no field asks is kept.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import Length

from app.conventions.forms.fields import TOO_LONG, DayField, KeptDayField, choices_of, read_number, typed_day
from app.conventions.forms.meantime import touched
from app.conventions.labels import ROLE_NAMES
from app.people.forms import plain_name
from app.texts import codes, formats
from app.texts.document import Delegation, Signatory
from app.texts.phrases import Speaker
from app.texts.signers import PartyAnswer, SignatoryAnswer, of_party
from app.texts.wording import open_roles

if TYPE_CHECKING:
    from collections.abc import Callable

    from wtforms import Field

    from app.forms import Form
    from app.texts.document import Document

MOST = 12
"""People who sign for one party: a whole council does not."""
_OF_THE_PARTY = frozenset({"rows", "decision", "reference"})
_MOVES = re.compile(r"(ajouter|retirer|monter|descendre)-(\d{1,2})(?:-(\d{1,2}))?")


@dataclass(frozen=True)
class Person:
    """The fields of somebody who signs: those that everybody fills in, and the rarer ones."""

    rank: int
    main: tuple[Field, ...]
    more: tuple[Field, ...]

    @property
    def is_open(self) -> bool:
        """Whether something stands, or is wrong, among the rarer ones."""
        return any(one.data or one.errors for one in self.more)


@dataclass(frozen=True)
class Moved:
    """A form in which people were added, taken out or moved; it is not kept yet. ``focus``: the field to go on with."""

    typed: MultiDict[str, str]
    party: int
    focus: str


def add_party(  # whose fields, and how many
    form: type[Any], number: int, document: Document, language: str, rows: int, *, has_decision: bool = True
) -> dict[str, Any]:
    """Give the form the fields of a party; return what they hold."""
    party = document.parties[number].id
    signing = of_party(document.signatories, party)
    setattr(form, f"p{number}_rows", HiddenField())
    filled: dict[str, Any] = {f"p{number}_rows": str(rows)}
    as_written = {one.role: one.role for one in signing if one.role}
    roles = [("", _l("— choisir —")), *{**as_written, **ROLE_NAMES}.items()]
    for row in range(rows):
        one = signing[row] if row < len(signing) else None
        _add_person(form, _prefix(number, row), _tongue(number, document), document.languages, language, one)
        setattr(form, f"{_prefix(number, row)}_role", SelectField(_l("Fonction"), choices=choices_of(roles)))
        filled |= _person_values(number, row, one, document)
    if not has_decision:
        return filled
    decided = DayField(_l("Date de la décision de son assemblée"), description=_l("Par exemple 12/06/2027."))
    setattr(form, f"p{number}_decision", decided)
    reference = StringField(_l("Numéro de cette décision"), [Length(max=120, message=TOO_LONG)])
    setattr(form, f"p{number}_reference", reference)
    act = Speaker(document, "fr").decision(party)
    return filled | {
        f"p{number}_decision": typed_day(act.date.date) if act and act.date and act.date.date else "",
        f"p{number}_reference": act.reference if act else "",
    }


def rows_of(number: int, document: Document, typed: MultiDict[str, str] | None) -> int:
    """How many people the form asks for: as many as were sent, else as many as sign, and one at least."""
    known = len(of_party(document.signatories, document.parties[number].id))
    sent = read_number(typed.get(f"p{number}_rows")) if typed is not None else 0
    return min(max(sent or known, 1), max(MOST, known))


def people_of(form: Form, number: int, document: Document) -> list[Person]:
    """The fields of those who sign for a party."""
    return [_person(form, number, row, document) for row in range(_rows_in(form, number))]


def read_party(form: Form, number: int, document: Document) -> PartyAnswer:
    """What was typed of a party."""
    party = document.parties[number]
    signing = of_party(document.signatories, party.id)
    return PartyAnswer(
        party=party.id,
        signatories=tuple(_read_person(form, number, row, document, signing) for row in range(_rows_in(form, number))),
        decision=form[f"p{number}_decision"].edtf if f"p{number}_decision" in form else "",
        reference=(form[f"p{number}_reference"].data or "").strip() if f"p{number}_reference" in form else "",
    )


def moved(typed: MultiDict[str, str], document: Document) -> Moved | None:
    """Do in the form what one of its small buttons asks; None when none of them was pressed."""
    asked = _MOVES.fullmatch(typed.get("qui", ""))
    if asked is None or int(asked[2]) >= len(document.parties):
        return None
    verb, number, row = asked[1], int(asked[2]), int(asked[3] or 0)
    rows = [_taken(typed, number, one) for one in range(rows_of(number, document, typed))]
    if verb == "ajouter":
        rows, row = [*rows, {}][:MOST], len(rows)
    elif row < len(rows) and verb == "retirer" and len(rows) > 1:
        rows.pop(row)
    elif row < len(rows):
        gone = rows.pop(row)
        row = min(max(row + (-1 if verb == "monter" else 1), 0), len(rows))
        rows.insert(row, gone)
    return Moved(_written(typed, number, rows), number, f"{_prefix(number, min(row, len(rows) - 1))}_name")


def followed_rows(typed: MultiDict[str, str], made: MultiDict[str, str], document: Document) -> MultiDict[str, str]:
    """Keep the rows that were typed in, though somebody else has taken their person out in the meantime."""
    changed = touched(typed)
    for number in range(len(document.parties)):
        rows = rows_of(number, document, made)
        for row in range(rows, rows_of(number, document, typed)):
            if changed & {f"{_prefix(number, row)}_{name}" for name in _taken(typed, number, row)}:
                made.setlist(f"p{number}_rows", [str(row + 1)])
    return made


def _prefix(number: int, row: int) -> str:
    return f"p{number}r{row}" if row else f"p{number}"


def _rows_in(form: Form, number: int) -> int:
    return sum(1 for row in range(MOST * 2) if f"{_prefix(number, row)}_name" in form)


def _taken(typed: MultiDict[str, str], number: int, row: int) -> dict[str, list[str]]:
    """What was typed of somebody, by the end of each field's name."""
    before = f"{_prefix(number, row)}_"
    ends = {name: name.removeprefix(before) for name in typed if name.startswith(before)}
    return {end: typed.getlist(name) for name, end in ends.items() if end not in _OF_THE_PARTY}


def _written(typed: MultiDict[str, str], number: int, rows: list[dict[str, list[str]]]) -> MultiDict[str, str]:
    own = re.compile(rf"p{number}(r\d+)?_(?!(?:{'|'.join(_OF_THE_PARTY)})$)")
    made = MultiDict([(name, text) for name, text in typed.items(multi=True) if not own.match(name) and name != "qui"])
    for row, ends in enumerate(rows):
        for end in (ends or {"name": [""], "was": [""]}).items():
            made.setlist(f"{_prefix(number, row)}_{end[0]}", end[1])
    made.setlist(f"p{number}_rows", [str(len(rows))])
    return made


def _add_person(  # whose fields, in which languages
    form: type[Any], before: str, own: str, languages: list[str], language: str, one: Signatory | None
) -> None:
    short, long = Length(max=160, message=TOO_LONG), Length(max=2000, message=TOO_LONG)
    held = one or Signatory()
    began = held.mandate.since if held.mandate else None
    fields = {
        "was": HiddenField(),
        "name": StringField(_l("Qui signe"), [long, _a_name_unless(held.name)]),
        "words": StringField(
            _written_as(own, language),
            [short],
            description=_l("Seulement si elle diffère : Bürgermeisterin, голова громади…"),
        ),
        **{f"words_{code}": _words(code, language, held.role) for code in languages if code != own},
        "since": KeptDayField(
            _l("En fonction depuis"),
            kept=(began.date or "") if began else "",
            description=_l("Le début du mandat, si vous le savez : 05/07/2026."),
        ),
        "title": StringField(_l("Titre devant le nom"), [short], description=_l("Mme, M., Dr… tel qu’il s’imprime.")),
        "delegation_of": StringField(
            _l("Signe par délégation de"),
            [long],
            description=_l("Nom de la personne qui délègue."),
        ),
        "delegation_role": StringField(_l("Fonction de la personne qui délègue"), [short]),
        "delegation_act": StringField(
            _l("Acte de délégation"),
            [long],
            description=_l("Par exemple « arrêté n° 2026-14 »."),
        ),
    }
    for name, field in fields.items():
        setattr(form, f"{before}_{name}", field)


def _a_name_unless(kept: str) -> Callable[[object, StringField], None]:
    """Refuse what is no name, but for the one that the text bears already."""

    def check(form: object, field: StringField) -> None:
        if (field.data or "").strip() != kept.strip():
            plain_name(form, field)

    return check


def _written_as(code: str, language: str) -> object:
    return _l("Fonction telle qu’elle s’écrit (%(language)s)", language=formats.language_name(code, language))


def _words(code: str, language: str, role: str) -> StringField:
    """A function in another language of the text; where that leaves its form open, the hint shows what it says."""
    word = open_roles(code).get(role)
    hint: object = _l("Seulement si elle diffère de la fonction choisie.")
    if word:
        hint = _l("Sans votre choix, le texte garde les deux formes : %(word)s.", word=word)
    checked = [Length(max=160, message=TOO_LONG)]
    return StringField(_written_as(code, language), checked, description=hint, render_kw={"lang": code})


def _person_values(number: int, row: int, one: Signatory | None, document: Document) -> dict[str, Any]:
    before, own = _prefix(number, row), _tongue(number, document)
    if one is None:
        return {f"{before}_was": "", f"{before}_role": ""}
    given = one.delegation or Delegation()
    began = one.mandate.since if one.mandate else None
    values: dict[str, Any] = {
        "was": f"{row}.{_mark(one)}",
        "name": one.name,
        "role": one.role,
        "words": one.roles.get(own, ""),
        **{f"words_{code}": one.roles.get(code, "") for code in document.languages if code != own},
        "since": typed_day((began.date or "") if began else ""),
        "title": one.title,
        "delegation_of": given.of,
        "delegation_role": given.of_role,
        "delegation_act": given.act,
    }
    return {f"{before}_{name}": value for name, value in values.items()}


def _person(form: Form, number: int, row: int, document: Document) -> Person:
    """The languages that leave this function open are asked at once, the others among the rarer fields."""
    before, own = _prefix(number, row), _tongue(number, document)
    role = form[f"{before}_role"].data or ""
    others = [code for code in document.languages if code != own]
    asked = [f"words_{code}" for code in others if not role or role in open_roles(code)]
    rare = [f"words_{code}" for code in others if f"words_{code}" not in asked]
    more = [*rare, "title", "delegation_of", "delegation_role", "delegation_act"]
    return Person(
        row,
        tuple(form[f"{before}_{name}"] for name in ("name", "role", "words", *asked, "since")),
        tuple(form[f"{before}_{name}"] for name in more),
    )


def _read_person(form: Form, number: int, row: int, document: Document, signing: list[Signatory]) -> SignatoryAnswer:
    before, own = _prefix(number, row), _tongue(number, document)
    said = {name: (form[f"{before}_{name}"].data or "").strip() for name in ("was", "name", "words", "title")}
    told = tuple((form[f"{before}_delegation_{name}"].data or "").strip() for name in ("of", "role", "act"))
    place = _place(said["was"], signing)
    was = signing[place] if place is not None else None
    typed = {code: (form[f"{before}_words_{code}"].data or "").strip() for code in document.languages if code != own}
    typed[own] = said["words"]
    kept = {code: words for code, words in (was.roles if was else {}).items() if code not in typed}
    return SignatoryAnswer(
        name=said["name"],
        role=form[f"{before}_role"].data or "",
        roles=kept | {code: words for code, words in typed.items() if words},
        mandate_since=form[f"{before}_since"].edtf,
        title=said["title"],
        delegation=(told[0], told[1], told[2]),
        was=place,
    )


def _place(was: str, signing: list[Signatory]) -> int | None:
    """Where somebody stands whom a row was filled from: by what was known of them, else by the place they had."""
    row, _dot, mark = was.partition(".")
    place = read_number(row) if row else len(signing)
    marks = [_mark(one) for one in signing]
    if mark in marks and (place >= len(marks) or marks[place] != mark):
        place = marks.index(mark)
    return place if place < len(signing) else None


def _mark(one: Signatory) -> str:
    return hashlib.sha256(msgspec.json.encode(one)).hexdigest()[:12]


def _tongue(number: int, document: Document) -> str:
    """The language in which a party's function is written as it is said there."""
    party = document.parties[number]
    own = codes.spoken_by(party.languages, party.country)
    in_text = next((code for code in own if code in document.languages), "")
    return in_text or next(iter([*own, *reversed(document.languages)]), "fr")
