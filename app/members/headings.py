"""What the columns of a list of members hold, whatever words stand above them."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.documents.sheets import Sheet
    from app.members.models import MemberField


class Meaning(StrEnum):
    """What a column holds; a body's own question is « field: » and its number."""

    NOTHING = ""
    NUMBER = "number"
    TITLE = "title"
    GIVEN = "given"
    FAMILY = "family"
    NAME = "name"
    SPOUSE = "spouse"
    SPOUSE_TITLE = "spouse_title"
    SPOUSE_GIVEN = "spouse_given"
    SPOUSE_FAMILY = "spouse_family"
    SPOUSE_EMAIL = "spouse_email"
    SPOUSE_PHONE = "spouse_phone"
    SPOUSE_MOBILE = "spouse_mobile"
    ORGANISATION = "organisation"
    EMAIL = "email"
    PHONE = "phone"
    MOBILE = "mobile"
    STREET = "street"
    STREET_MORE = "street_more"
    POSTCODE = "postcode"
    POSTCODE_TOWN = "postcode_town"
    TOWN = "town"
    COUNTRY = "country"
    HOUSEHOLD = "household"
    CATEGORY = "category"
    STATUS = "status"
    BORN = "born"
    SINCE = "since"
    UNTIL = "until"
    LEAVING = "leaving"
    LANGUAGES = "languages"
    NOTE = "note"


MEANING_NAMES = {
    Meaning.NOTHING: _l("Ne pas lire"),
    Meaning.NUMBER: _l("Numéro de membre"),
    Meaning.TITLE: _l("Civilité"),
    Meaning.GIVEN: _l("Prénom"),
    Meaning.FAMILY: _l("Nom"),
    Meaning.NAME: _l("Nom et prénom"),
    Meaning.SPOUSE: _l("Seconde personne du foyer"),
    Meaning.SPOUSE_TITLE: _l("Civilité de la seconde personne"),
    Meaning.SPOUSE_GIVEN: _l("Prénom de la seconde personne"),
    Meaning.SPOUSE_FAMILY: _l("Nom de la seconde personne"),
    Meaning.SPOUSE_EMAIL: _l("Adresse électronique de la seconde personne"),
    Meaning.SPOUSE_PHONE: _l("Téléphone de la seconde personne"),
    Meaning.SPOUSE_MOBILE: _l("Portable de la seconde personne"),
    Meaning.ORGANISATION: _l("Organisation"),
    Meaning.EMAIL: _l("Adresse électronique"),
    Meaning.PHONE: _l("Téléphone"),
    Meaning.MOBILE: _l("Téléphone portable"),
    Meaning.STREET: _l("Adresse"),
    Meaning.STREET_MORE: _l("Complément d’adresse"),
    Meaning.POSTCODE: _l("Code postal"),
    Meaning.POSTCODE_TOWN: _l("Code postal et commune"),
    Meaning.TOWN: _l("Commune"),
    Meaning.COUNTRY: _l("Pays"),
    Meaning.HOUSEHOLD: _l("Foyer"),
    Meaning.CATEGORY: _l("Catégorie"),
    Meaning.STATUS: _l("Situation"),
    Meaning.BORN: _l("Date de naissance, pour distinguer deux personnes de même nom"),
    Meaning.SINCE: _l("Membre depuis"),
    Meaning.UNTIL: _l("Parti le"),
    Meaning.LEAVING: _l("Motif du départ"),
    Meaning.LANGUAGES: _l("Langues parlées"),
    Meaning.NOTE: _l("Remarque"),
}
_HEADINGS = {
    Meaning.NUMBER: ("numero", "no", "n", "numero de membre", "numero adherent", "n adherent", "no membre", "id"),
    Meaning.TITLE: ("civilite", "titre", "titre adh", "civ"),
    Meaning.GIVEN: ("prenom", "prenoms", "prenom adh", "prenom s", "prenom usuel", "prenom de l adherent"),
    Meaning.FAMILY: ("nom", "nom de famille", "nom adh", "nom usuel", "nom de l adherent", "nom adherent"),
    Meaning.NAME: (
        "nom prenom", "nom et prenom", "noms", "prenom nom", "prenom et nom", "membre", "adherent", "nom complet",
        "noms et prenoms", "membres", "adherents", "nom prenom de l adherent",
    ),
    Meaning.SPOUSE: (
        "conjoint", "conjointe", "conjoint e", "epoux", "epouse", "epoux se", "seconde personne du foyer",
        "seconde personne", "deuxieme personne", "2e personne",
    ),
    Meaning.ORGANISATION: ("organisation", "societe", "association", "societe adh", "raison sociale", "structure"),
    Meaning.EMAIL: (
        "email", "e mail", "mail", "courriel", "adresse electronique", "adresse mail", "adresse e mail", "email adh",
        "adresse email", "mel",
    ),
    Meaning.PHONE: (
        "telephone", "tel", "numero de telephone", "tel adh", "telephone fixe", "fixe", "tel fixe",
        "tel fixe portable", "tel portable fixe", "telephone fixe portable", "tel fixe ou portable", "tel fixe mobile",
        "fixe portable", "telephones", "tels", "tel domicile", "telephone domicile",
    ),
    Meaning.MOBILE: ("portable", "mobile", "gsm", "gsm adh", "telephone portable", "tel portable", "tel mobile"),
    Meaning.STREET: (
        "adresse", "rue", "adresse postale", "adresse adh", "adresse 1", "voie", "adr", "adresse complete", "domicile",
    ),
    Meaning.STREET_MORE: ("complement", "complement d adresse", "adresse 2", "complement adresse"),
    Meaning.POSTCODE: ("code postal", "cp", "cp adh", "codepostal", "c p", "code"),
    Meaning.POSTCODE_TOWN: (
        "cp ville", "cp et ville", "code postal ville", "code postal et ville", "cp commune", "code postal commune",
        "code postal et commune", "cp localite", "cp et localite", "code postal localite", "code postal et localite",
        "cp et commune",
    ),
    Meaning.TOWN: ("ville", "commune", "ville adh", "localite"),
    Meaning.COUNTRY: ("pays", "pays adh"),
    Meaning.HOUSEHOLD: ("foyer", "famille", "no foyer", "foyer no"),
    Meaning.CATEGORY: (
        "categorie", "college", "type", "statut du membre", "type de membre", "type adhesion", "type d adhesion",
        "formule",
    ),
    Meaning.STATUS: ("situation", "statut", "etat"),
    Meaning.BORN: (
        "date de naissance", "ne e le", "nee le", "ne le", "ne e", "naissance", "annee de naissance", "ddn",
        "date naissance", "ne e en", "date de naiss", "date naiss", "date of birth", "birth date", "born",
        "geburtsdatum", "geboren am",
    ),
    Meaning.SINCE: (
        "membre depuis", "date d inscription", "date d adhesion", "adhesion", "date d entree", "inscription", "depuis",
        "date crea adh", "date adhesion", "annee d adhesion", "entree", "adherent depuis", "adherente depuis",
        "annee adhesion", "entre le", "entree le", "entre e le",
    ),
    Meaning.UNTIL: ("parti le", "date de depart", "depart", "sortie", "date de sortie", "date de radiation"),
    Meaning.LEAVING: ("motif du depart", "motif"),
    Meaning.LANGUAGES: ("langues parlees", "langues", "langue", "langue parlee"),
    Meaning.NOTE: (
        "remarque", "remarques", "note", "notes", "observation", "observations", "obs", "commentaire", "commentaires",
        "info adh", "divers", "rem",
    ),
}  # fmt: skip
_BUILT_IN = frozenset({
    "numero de membre", "civilite", "prenom", "nom", "nom et prenom", "organisation", "adresse electronique",
    "telephone", "adresse", "code postal", "commune", "pays", "foyer", "categorie", "situation", "membre depuis",
    "parti le", "motif du depart", "langues parlees", "remarque",
})  # fmt: skip
"""The columns of every list that is exported."""
_KNOWN = {heading: meaning for meaning, headings in _HEADINGS.items() for heading in headings}
_WHOSE = (
    r"(?:d[ue] |de la |de l |d )*"
    r"(?:conjointe?(?: e)?|epou(?:x|se)(?: se)?|compagnon|compagne"
    r"|(?:2e|2eme|2nde?|seconde?|deuxieme) (?:personne(?: du foyer)?|adherente?|membre)|(?:personne|adherent|membre) 2)"
)
_OF_SPOUSE = re.compile(rf"(?P<before>.+?) {_WHOSE}|{_WHOSE} (?P<after>.+)")
_NUMBERED = re.compile(r"(?P<before>.+?) ?(?P<number>[12])")
_THEIRS = {
    Meaning.TITLE: Meaning.SPOUSE_TITLE,
    Meaning.GIVEN: Meaning.SPOUSE_GIVEN,
    Meaning.FAMILY: Meaning.SPOUSE_FAMILY,
    Meaning.NAME: Meaning.SPOUSE,
    Meaning.EMAIL: Meaning.SPOUSE_EMAIL,
    Meaning.PHONE: Meaning.SPOUSE_PHONE,
    Meaning.MOBILE: Meaning.SPOUSE_MOBILE,
}
_OF_PEOPLE = frozenset(one.value for one in _THEIRS)
_PAIR = 2
_NAMES_SPOUSE = frozenset({Meaning.SPOUSE, Meaning.SPOUSE_GIVEN, Meaning.SPOUSE_FAMILY})


@lru_cache(maxsize=4096)
def folded(heading: str) -> str:
    """A heading without accents, signs or doubled spaces."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", fold(heading).replace("_", " ")).split())


def usual_meaning(heading: str) -> Meaning:
    """What a column of this heading usually holds: « E-mail conjoint », « Prénom 2 » are those of the second person."""
    words = folded(heading)
    if words in _KNOWN:
        return _KNOWN[words]
    if found := _OF_SPOUSE.fullmatch(words):
        return _THEIRS.get(_KNOWN.get(found["before"] or found["after"], Meaning.NOTHING), Meaning.NOTHING)
    if found := _NUMBERED.fullmatch(words):
        meaning = _KNOWN.get(found["before"], Meaning.NOTHING)
        return meaning if found["number"] == "1" else _THEIRS.get(meaning, Meaning.NOTHING)
    return Meaning.NOTHING


def says_family_first(heading: str) -> bool:
    """Whether a heading of whole names writes the family name first: « NOM Prénom »."""
    return bool(re.match(r"noms? (?:et )?prenoms?\b", folded(heading)))


def is_built_in(label: str) -> bool:
    """Whether a column of every list is called so, « Nom », « Remarque »: no question of a body's own can be."""
    return folded(label) in _BUILT_IN


def under_its_headings(sheet: Sheet) -> Sheet:
    """The list without the title that stands above its headings."""
    return sheet.from_headings(lambda cell: bool(usual_meaning(cell)))


def guess(sheet: Sheet, questions: Iterable[MemberField] = ()) -> tuple[str, ...]:
    """What each column seems to hold; a person may correct it.

    Of two alike the first counts, but remarks add up, and « Nom, Prénom, Nom, Prénom » are two people.
    """
    own = {folded(one.label): f"field:{one.id}" for one in questions if not is_built_in(one.label)}
    usual = [own.get(folded(heading)) or usual_meaning(heading).value for heading in sheet.header]
    is_pair = any(usual.count(one.value) == _PAIR for one in (Meaning.FAMILY, Meaning.GIVEN, Meaning.NAME))
    taken: set[str] = set()
    found = []
    for said in usual:
        meaning = said
        if said in taken and said != Meaning.NOTE:
            theirs = _THEIRS.get(Meaning(said)) if is_pair and said in _OF_PEOPLE else None
            meaning = theirs.value if theirs is not None and theirs not in taken else ""
        found.append(meaning)
        taken.add(meaning)
    _settle_family(found, sheet.header)
    _settle(found, Meaning.NAME, Meaning.FAMILY, Meaning.GIVEN)
    _settle_spouse(found, sheet.header)
    return tuple(found)


def _settle_family(found: list[str], header: Sequence[str]) -> None:
    """« Famille » names people where no other column does; else it tells who is of one household."""
    if any(one in found for one in (Meaning.FAMILY, Meaning.NAME, Meaning.ORGANISATION)):
        return
    rank = next((rank for rank, heading in enumerate(header) if folded(heading) == "famille"), None)
    if rank is not None and found[rank] == Meaning.HOUSEHOLD:
        found[rank] = Meaning.FAMILY.value


def _settle(found: list[str], whole: Meaning, family: Meaning, given: Meaning) -> None:
    """A column of family names without one of given names holds both."""
    if family in found and given not in found:
        found[found.index(family)] = whole.value


def _settle_spouse(found: list[str], header: Sequence[str]) -> None:
    """« Conjoint » beside « Prénom conjoint » is a family name; « Tél 2 » of nobody goes to the remark."""
    whole, family, given = Meaning.SPOUSE, Meaning.SPOUSE_FAMILY, Meaning.SPOUSE_GIVEN
    if whole in found and (given in found) != (family in found):
        found[found.index(whole)] = (family if given in found else given).value
    if whole not in found:
        _settle(found, whole, family, given)
        _settle(found, whole, given, family)
    if not _NAMES_SPOUSE & set(found):
        for rank, heading in enumerate(header):
            if found[rank] in _THEIRS.values() and _NUMBERED.fullmatch(folded(heading)):
                found[rank] = Meaning.NOTE.value
