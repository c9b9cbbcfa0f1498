"""What the pure leaf tells by a code, in sentences: what is missing, what differs, what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.documents.fonts import missing_glyphs
from app.shared.errors import DomainError
from app.texts import formats, interchange, seal

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    "D01": _l("Points qui restent à compléter : %(value)s."),
    "D02": _l("Ce serment parle d’argent : un engagement chiffré a sa place dans une convention."),
    "D03": _l("Personne ne signe encore pour %(value)s."),
    "D04": _l(
        "Une décision (%(value)s) est postérieure à la signature. Le fait est gardé tel quel : vérifiez la date."
    ),
    "D05": _l("Nombre d’exemplaires : %(value)s. C’est moins que le nombre de parties."),
    "D06": _l("Les langues ne disent pas tout à fait la même chose : voyez les articles signalés."),
    "law": _l("La loi demande cet article : « %(article)s » (%(value)s). Il manque au texte."),
    "usage": _l("L’article « %(article)s » est d’usage dans un tel texte ; il n’y est plus."),
    "law_amount": _l(
        "L’article « %(article)s » ne dit plus aucun montant. La loi (%(value)s) le demande, même s’il est de 0 €."
    ),
    "law_short": _l("L’article « %(article)s », que la loi demande (%(value)s), ne dit presque plus rien."),
    "vote_cast": _l("Un vote se contredit : plus de voix que de votants possibles (%(value)s). Gardé tel quel."),
    "vote_present": _l("Un vote se contredit : plus de présents que d’élus en exercice (%(value)s). Gardé tel quel."),
    "vote_unanimous": _l("Un vote se contredit : dit unanime, il compte des voix contre (%(value)s). Gardé tel quel."),
    "vote_named": _l("Un vote se contredit : plus de noms que de voix (%(value)s). Gardé tel quel."),
    "unread": _l("La version « %(value)s » est à relire par une personne qui parle cette langue."),
}
_BAD = {
    "too_large": _l("Le fichier dépasse %(limit)s Mio : ce n’est pas un texte de jumelage. Vérifiez le fichier."),
    "empty": _l("Le fichier est vide. Choisissez un texte exporté au format JSON."),
    "empty_list": _l("La liste est vide : le fichier ne contient aucun texte. Rien n’est importé."),
    "is_gzip": _l("Le fichier est compressé : décompressez-le d’abord, puis importez le fichier .json."),
    "is_zip": _l("C’est une archive ou un document bureautique : décompressez-le d’abord et importez le .json."),
    "is_pdf": _l("C’est un PDF : ses mots ne peuvent pas être repris. Importez le fichier .json du texte."),
    "is_utf16": _l("Le fichier est en UTF-16. Enregistrez-le en UTF-8, puis recommencez."),
    "is_binary": _l("Le fichier contient des octets nuls : il est abîmé. Reprenez l’original."),
    "empty_name": _l("%(path)s : ce nom ne contient que des espaces. Écrivez le nom, ou retirez la clé."),
    "not_utf8": _l(
        "Le fichier n’est pas en UTF-8 (ligne %(line)s, octet %(at)s). Enregistrez-le en UTF-8, puis recommencez."
    ),
    "key_expected": _l(
        "Ligne %(line)s, colonne %(column)s : une clé entre guillemets est attendue ici (JSON). "
        "Une virgule de trop, ou des guillemets qui manquent ?"
    ),
    "colon_expected": _l("Ligne %(line)s, colonne %(column)s : il manque « : » entre la clé et sa valeur (JSON)."),
    "comma_expected": _l("Ligne %(line)s, colonne %(column)s : il manque une virgule, ou une fermeture (JSON)."),
    "value_expected": _l("Ligne %(line)s, colonne %(column)s : une valeur est attendue ici (JSON)."),
    "extra_data": _l("Ligne %(line)s, colonne %(column)s : le texte est fini ; ce qui suit est de trop (JSON)."),
    "open_string": _l("Ligne %(line)s, colonne %(column)s : ce texte n’est pas fermé par un guillemet (JSON)."),
    "control_in_string": _l(
        "Ligne %(line)s, colonne %(column)s : un retour à la ligne ou un caractère de commande coupe ce texte. "
        "Écrivez \\n à sa place (JSON)."
    ),
    "bad_escape": _l("Ligne %(line)s, colonne %(column)s : la barre oblique inverse est mal employée (JSON)."),
    "cut": _l("Le fichier n’est pas entier : il s’arrête ligne %(line)s, colonne %(column)s. Reprenez-le en entier."),
    "too_deep": _l("Le fichier emboîte trop de listes ou d’objets : ce n’est pas un texte de jumelage."),
    "number_too_long": _l("Un nombre du fichier a beaucoup trop de chiffres. Corrigez-le, puis recommencez."),
    "no_number": _l("« %(name)s » n’est pas un nombre JSON. Retirez-le, ou écrivez le nombre en chiffres."),
    "unknown_key": _l("%(path)s : la clé « %(name)s » n’existe pas dans le format.%(hint)s"),
    "missing_key": _l("%(path)s : il manque la clé « %(name)s »."),
    "not_in_list": _l("%(path)s : « %(name)s » n’est pas une des valeurs permises : %(choice)s."),
    "wrong_type": _l("%(path)s : il faut ici %(wanted)s ; le fichier donne %(name)s.%(hint)s"),
    "out_of_range": _l("%(path)s : %(text)s n’est pas possible ; écrivez un nombre entre %(least)s et %(most)s."),
    "negative": _l("%(path)s : %(text)s est négatif. Écrivez un nombre positif, ou retirez la valeur."),
    "wrong_form": _l("%(path)s : « %(text)s » n’a pas la forme attendue : %(wanted)s."),
    "too_long": _l("%(path)s : le texte est trop long (%(wanted)s signes au plus)."),
    "bad_date": _l(
        "%(path)s : « %(text)s » n’est pas une date. "
        "Exemples : 2016-09-17, 2016-09, 2016, 1950~, 2016-06?, 199X, 2016-21 (printemps), XXXX-07-14, 2016/2018."
    ),
    "backwards": _l("%(path)s : dans « %(text)s », la fin vient avant le début."),
    "end_first": _l("%(path)s : la fin (%(name)s) vient avant le début (%(text)s)."),
    "control_character": _l("%(path)s : le texte contient un caractère de commande qui ne s’imprime pas. Retirez-le."),
    "markup": _l("%(path)s : « %(text)s » contient une balise ; un nom n’en a pas. Écrivez le nom seul."),
    "formula": _l("%(path)s : « %(text)s » commence comme une formule de tableur. Écrivez le nom seul."),
    "unknown_reference": _l("%(path)s : « %(name)s » ne désigne rien dans ce document.%(hint)s"),
    "unknown_language": _l("%(path)s : « %(name)s » n’est le code d’aucune langue (BCP 47 : fr, de, uk).%(hint)s"),
    "unknown_country": _l("%(path)s : « %(name)s » n’est le code d’aucun pays (ISO 3166 : FR, UA).%(hint)s"),
    "unknown_currency": _l("%(path)s : « %(name)s » n’est le code d’aucune monnaie (ISO 4217 : EUR, PLN).%(hint)s"),
    "unknown_timezone": _l("%(path)s : « %(name)s » n’est pas un fuseau horaire (par exemple Europe/Kyiv).%(hint)s"),
    "double_key": _l("%(path)s : la clé « %(name)s » est écrite deux fois au même endroit. Gardez-en une."),
    "double_identifier": _l("%(path)s : l’identifiant « %(name)s » sert déjà. Donnez-en un autre."),
}
_SORTS = {
    "text": _l("un texte entre guillemets"),
    "whole": _l("un nombre entier"),
    "number": _l("un nombre"),
    "bool": _l("true ou false"),
    "list": _l("une liste entre crochets"),
    "object": _l("un objet entre accolades"),
    "null": _l("null"),
}
_SHAPES = {
    "slug": _l("un identifiant de lettres minuscules sans accent, chiffres, tirets et points"),
    "language": _l("un code de langue comme fr, de ou uk"),
    "country": _l("un code de pays de deux capitales comme FR ou UA"),
    "currency": _l("un code de monnaie de trois capitales comme EUR ou PLN"),
    "amount": _l("un montant en chiffres, avec un point, comme 1250.00"),
    "hour": _l("une heure comme 09:30"),
    r"^\d{4}-\d{2}-\d{2}$": _l("un jour comme 2027-04-06"),
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
    known = _BLANKS.get(lack.name)
    return str(known) if known else str(_("le mot {%(name)s} : aucune valeur ne s’appelle ainsi", name=lack.name))


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


def unprintable_sentence(document: Document) -> str:
    """Say which characters no PDF of ours can draw; nothing when it can draw all."""
    signs = missing_glyphs(seal.canonical_text(document) + interchange.write(document).decode())
    if not signs:
        return ""
    return str(
        _(
            "Ces signes ne se dessinent pas avec nos polices : %(signs)s. Le PDF les donne par leur code Unicode.",
            signs=" ".join(signs[:20]) + ("…" if len(signs) > 20 else ""),  # noqa: PLR2004  # a line of them
        )
    )


def bad_document(error: BadDocument) -> UnreadableDocument:
    """Turn a refusal of the format into a sentence."""
    values = {"name": "", "wanted": "", "text": "", "choice": "", "nearest": "", **error.values}
    code = error.code
    if code in {"out_of_range", "wrong_form"} and values["text"].startswith("-") and values["text"][1:2].isdigit():
        code = "negative"
    if code == "wrong_type":
        values["hint"] = _quotes_hint(values)
        values["name"] = str(_SORTS.get(values["name"], values["name"]))
        values["wanted"] = str(_SORTS.get(values["wanted"], values["wanted"]))
    elif code == "wrong_form":
        values["wanted"] = str(_SHAPES.get(values["wanted"], values["wanted"]))
    if values["nearest"]:
        values["hint"] = " " + str(_("Vouliez-vous « %(nearest)s » ?")) % values
    place = str(_("Le fichier")) if error.path == "$" else error.path
    said = {"hint": "", "limit": "", "at": "", "line": "", "column": "", "least": "", "most": "", "path": place}
    return UnreadableDocument(str(_BAD.get(code, _BAD["value_expected"])) % (said | values))


def _quotes_hint(values: Mapping[str, str]) -> str:
    """A number between quotation marks is the commonest mistake."""
    if values["wanted"] == "whole" and values["name"] == "text" and values["text"].strip().isdigit():
        return " " + str(_("Écrivez %(text)s sans guillemets.")) % values
    if values["wanted"] == "text" and values["name"] in {"whole", "number"}:
        return " " + str(_("Écrivez %(text)s entre guillemets.")) % values
    return ""


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
