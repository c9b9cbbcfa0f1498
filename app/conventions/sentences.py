"""What the pure leaf tells by a code, in sentences: what is missing, what differs, what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.shared.errors import DomainError
from app.texts import formats

if TYPE_CHECKING:
    from app.texts.alignment import Mismatch
    from app.texts.checks import Remark
    from app.texts.document import Document
    from app.texts.interchange import BadDocument
    from app.texts.merge import Missing
    from app.texts.wording import BadWording, Flaw

_BLANKS = {
    "title": _l("le titre"),
    "parties": _l("les parties"),
    "about": _l("les jumelages concernés"),
    "copies": _l("le nombre d’exemplaires"),
    "signing.place": _l("le lieu de signature"),
    "signing.date": _l("la date de signature"),
    "authority": _l("quelle version fait foi"),
}
_PARTY_BLANKS = {
    "name": _l("le nom de la partie %(number)s"),
    "signatory": _l("qui signe pour %(party)s"),
    "role": _l("la fonction de qui signe pour %(party)s"),
    "decision": _l("la date de la décision de %(party)s"),
}
_MISMATCHES = {
    "missing": _l("l’article manque (%(language)s)"),
    "heading": _l("l’intitulé manque dans une des langues (%(language)s)"),
    "placeholders": _l("les valeurs à remplir ne sont pas les mêmes (%(language)s) : %(master)s / %(other)s"),
    "figures": _l("les chiffres ne sont pas les mêmes (%(language)s) : %(master)s / %(other)s"),
    "shape": _l("le nombre de paragraphes ou de points diffère (%(language)s)"),
    "names": _l("le nom « %(master)s » ne se retrouve pas (%(language)s)"),
    "length": _l("les longueurs diffèrent de plus d’un tiers (%(language)s)"),
    "older": _l("la traduction est plus ancienne que le texte qu’elle rend (%(language)s)"),
}
_REMARKS = {
    "D01": _l("Il reste %(value)s choses à compléter."),
    "D02": _l("Ce serment parle d’argent : un engagement chiffré a sa place dans une convention."),
    "D03": _l("Personne ne signe encore pour %(value)s."),
    "D04": _l(
        "Une décision (%(value)s) est postérieure à la signature. Le fait est gardé tel quel : vérifiez la date."
    ),
    "D05": _l("%(value)s exemplaires, c’est moins que le nombre de parties."),
    "D06": _l("Les langues ne disent pas tout à fait la même chose : voyez les articles signalés."),
    "law": _l("La loi demande cet article : « %(article)s » (%(value)s). Il manque au texte."),
    "usage": _l("L’article « %(article)s » est d’usage dans un tel texte ; il n’y est plus."),
    "unread": _l("La version « %(value)s » est à relire par une personne qui parle cette langue."),
}
_BAD = {
    "too_large": _l("Le fichier dépasse %(limit)s Mio : ce n’est pas un texte de jumelage. Vérifiez le fichier."),
    "not_utf8": _l("Le fichier n’est pas en UTF-8 (octet %(at)s). Enregistrez-le en UTF-8, puis recommencez."),
    "not_json": _l("Le fichier n’est pas un JSON lisible, ou il n’est pas entier : %(reason)s."),
    "unknown_key": _l(
        "%(path)s : la clé « %(name)s » n’existe pas dans le format. Voyez « flask conventions schema »."
    ),
    "missing_key": _l("%(path)s : il manque la clé « %(name)s »."),
    "not_in_list": _l("%(path)s : %(name)s n’est pas une des valeurs permises. Voyez « flask conventions schema »."),
    "wrong_type": _l("%(path)s : « %(wanted)s » est attendu, le fichier donne « %(name)s »."),
    "wrong_form": _l("%(path)s : la valeur n’a pas la forme attendue (%(wanted)s)."),
    "too_long": _l("%(path)s : le texte est trop long (limite : %(wanted)s)."),
    "bad_date": _l("%(path)s : « %(text)s » n’est pas une date. Exemples : 2016-09-17, 2016-09, 2016, 1950~."),
    "control_character": _l("%(path)s : le texte contient un caractère de commande qui ne s’imprime pas. Retirez-le."),
    "unknown_reference": _l("%(path)s : « %(name)s » ne désigne rien dans ce document."),
    "double_key": _l("%(path)s : la clé « %(name)s » est écrite deux fois au même endroit. Gardez-en une."),
    "double_identifier": _l("%(path)s : l’identifiant « %(name)s » sert déjà. Donnez-en un autre."),
}
_FLAWS = {
    "missing_article": _l("l’article n’existe pas en %(language)s"),
    "empty_body": _l("le texte de l’article est vide en %(language)s"),
    "too_long": _l("l’article dépasse %(word)s signes en %(language)s : coupez-le en deux"),
    "unknown_placeholder": _l("paragraphe %(paragraph)s (%(language)s) : {%(word)s} n’existe pas"),
    "unknown_placeholder_near": _l(
        "paragraphe %(paragraph)s (%(language)s) : {%(word)s} n’existe pas ; vouliez-vous {%(nearest)s} ?"
    ),
    "stray_brace": _l(
        "paragraphe %(paragraph)s (%(language)s) : une accolade est seule (« %(word)s ») ; doublez-la pour l’écrire"
    ),
    "heading_unlike": _l("l’intitulé n’existe pas dans toutes les langues (%(language)s)"),
    "placeholder_unlike": _l("la valeur {%(word)s} manque en %(language)s"),
}


class UnreadableDocument(DomainError):
    """A document that cannot be read."""


def missing_sentence(document: Document, lack: Missing, language: str) -> str:
    """Say what is missing: « qui signe pour Hodoşa »."""
    if lack.label:
        return lack.label.get(language) or lack.label["fr"]
    kind, _dot, rest = lack.name.partition(".")
    if kind == "translation":
        article = next((one for one in document.articles if one.id == rest), None)
        heading = next(iter(article.heading.values()), rest) if article else rest
        return str(_("la traduction de « %(article)s »", article=heading))
    if kind == "party":
        name, _dot, what = rest.rpartition(".")
        numbers = {party.id: number for number, party in enumerate(document.parties, 1)}
        names = {party.id: party.name for party in document.parties}
        sentence = _PARTY_BLANKS.get(what)
        if sentence is not None:
            return str(sentence) % {"party": names.get(name) or name, "number": numbers.get(name, "?")}
    return str(_BLANKS.get(lack.name, lack.name))


def mismatch_sentence(found: Mismatch, language: str) -> str:
    """Say what two languages do not say alike."""
    values = {"language": formats.language_name(found.language, language)}
    return str(_MISMATCHES[found.code]) % (values | {"master": found.master or "—", "other": found.other or "—"})


def remark_sentence(document: Document, remark: Remark, language: str) -> str:
    """Say a finding on the whole text."""
    article = next((one for one in document.articles if one.id == remark.article), None)
    heading = next(iter(article.heading.values()), "") if article else ""
    value = formats.language_name(remark.value, language) if remark.code == "unread" else remark.value
    value = {"L1115-1": "CGCT, art. L. 1115-1", "L2000-321": "loi 2000-321, art. 10"}.get(value, value)
    return str(_REMARKS[remark.code]) % {"value": value, "article": heading or remark.article}


def bad_document(error: BadDocument) -> UnreadableDocument:
    """Turn a refusal of the format into a sentence."""
    sentence = _BAD.get(error.code, _BAD["not_json"])
    values = {"name": "", "wanted": "", "reason": "", "text": "", "limit": "", "at": "", "path": error.path}
    return UnreadableDocument(str(sentence) % (values | error.values))


def flaw_sentence(flaw: Flaw, language: str) -> str:
    """Say what is wrong in a model's words."""
    code = "unknown_placeholder_near" if flaw.code == "unknown_placeholder" and flaw.nearest else flaw.code
    return str(_FLAWS[code]) % {
        "language": formats.language_name(flaw.language, language),
        "paragraph": flaw.paragraph or str(_("de l’intitulé")),
        "word": flaw.word,
        "nearest": flaw.nearest,
    }


def wording_sentence(error: BadWording) -> str:
    """Say why a model file cannot be used."""
    return str(
        _(
            "Le modèle %(file)s ne peut pas être lu : %(code)s %(values)s",
            file=error.file,
            code=error.code,
            values=", ".join(error.values.values()),
        )
    )
