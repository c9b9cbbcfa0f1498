"""What the columns of a list of members hold, whatever words stand above them."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

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
        "conjoint", "conjointe", "conjoint e", "nom du conjoint", "prenom du conjoint", "epoux", "epouse",
        "seconde personne du foyer", "seconde personne",
    ),
    Meaning.ORGANISATION: ("organisation", "societe", "association", "societe adh", "raison sociale", "structure"),
    Meaning.EMAIL: (
        "email", "e mail", "mail", "courriel", "adresse electronique", "adresse mail", "adresse e mail", "email adh",
        "adresse email", "mel",
    ),
    Meaning.PHONE: ("telephone", "tel", "numero de telephone", "tel adh", "telephone fixe", "fixe", "tel fixe"),
    Meaning.MOBILE: ("portable", "mobile", "gsm", "gsm adh", "telephone portable", "tel portable", "tel mobile"),
    Meaning.STREET: (
        "adresse", "rue", "adresse postale", "adresse adh", "adresse 1", "voie", "adr", "adresse complete", "domicile",
    ),
    Meaning.STREET_MORE: ("complement", "complement d adresse", "adresse 2", "complement adresse"),
    Meaning.POSTCODE: ("code postal", "cp", "cp adh", "codepostal", "c p", "code"),
    Meaning.POSTCODE_TOWN: (
        "cp ville", "cp et ville", "code postal ville", "code postal et ville", "cp commune", "code postal commune",
        "code postal et commune",
    ),
    Meaning.TOWN: ("ville", "commune", "ville adh", "localite"),
    Meaning.COUNTRY: ("pays", "pays adh"),
    Meaning.HOUSEHOLD: ("foyer", "famille", "no foyer", "foyer no"),
    Meaning.CATEGORY: (
        "categorie", "college", "type", "statut du membre", "type de membre", "type adhesion", "type d adhesion",
        "formule",
    ),
    Meaning.STATUS: ("situation", "statut", "etat"),
    Meaning.SINCE: (
        "membre depuis", "date d inscription", "date d adhesion", "adhesion", "date d entree", "inscription", "depuis",
        "date crea adh", "date adhesion", "annee d adhesion", "entree", "adherent depuis", "adherente depuis",
        "annee adhesion",
    ),
    Meaning.UNTIL: ("parti le", "date de depart", "depart", "sortie", "date de sortie", "date de radiation"),
    Meaning.LEAVING: ("motif du depart", "motif"),
    Meaning.LANGUAGES: ("langues parlees", "langues", "langue", "langue parlee"),
    Meaning.NOTE: ("remarque", "remarques", "note", "notes", "observations", "commentaire", "info adh", "divers"),
}  # fmt: skip
_KNOWN = {heading: meaning for meaning, headings in _HEADINGS.items() for heading in headings}


def folded(heading: str) -> str:
    """A heading without accents, signs or doubled spaces."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", fold(heading).replace("_", " ")).split())


def usual_meaning(heading: str) -> Meaning:
    """What a column of this heading usually holds."""
    return _KNOWN.get(folded(heading), Meaning.NOTHING)


def under_its_headings(sheet: Sheet) -> Sheet:
    """The list without the title that stands above its headings."""
    return sheet.from_headings(lambda cell: bool(usual_meaning(cell)))


def guess(sheet: Sheet, questions: Iterable[MemberField] = ()) -> tuple[str, ...]:
    """What each column seems to hold; a person may correct it. Of two alike the first counts, but remarks add up."""
    own = {folded(one.label): f"field:{one.id}" for one in questions}
    taken: set[str] = set()
    found = []
    for heading in sheet.header:
        meaning = own.get(folded(heading)) or usual_meaning(heading).value
        found.append("" if meaning in taken and meaning != Meaning.NOTE else meaning)
        taken.add(meaning)
    if Meaning.FAMILY in found and Meaning.GIVEN not in found:
        found[found.index(Meaning.FAMILY)] = Meaning.NAME.value
    return tuple(found)
