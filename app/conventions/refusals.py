"""Why a file cannot be brought in, in sentences: on which line, at which place, what is wrong, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.shared.errors import DomainError
from app.shared.folding import fold
from app.texts import labels
from app.texts.interchange import BadFile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.texts.interchange import BadDocument

_SHOWN = 20
_A_WORD = 4
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
    "not_in_list": _l(
        "%(path)s : « %(name)s » n’est pas une des valeurs permises.%(hint)s Sont permises : %(choice)s."
    ),
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
    "hour_first": _l(
        "%(path)s : la fin (%(name)s) vient avant le début (%(text)s). Si elle est après minuit, donnez les deux jours"
        " : 2019-06-24/2019-06-25."
    ),
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


class UnreadableDocument(DomainError):
    """A document that cannot be read."""


def bad_document(error: BadDocument) -> UnreadableDocument:
    """Turn a refusal of the format into a sentence; of several faults, a line each under the first."""
    return UnreadableDocument("\n".join(fault_sentences(error)))


def fault_sentences(error: BadDocument) -> list[str]:
    """Say what is wrong with a file, a sentence each; of very many faults, the first ones and how many follow."""
    if not isinstance(error, BadFile) or len(error.faults) == 1:
        return [_fault_sentence(error)]
    told = [_fault_sentence(one) for one in error.faults[:_SHOWN]]
    rest = len(error.faults) - len(told)
    if rest and error.is_cut:
        told.append(
            str(
                ngettext(
                    "Et au moins une autre faute : corrigez celles-ci d’abord.",
                    "Et au moins %(num)s autres fautes : corrigez celles-ci d’abord.",
                    rest,
                )
            )
        )
    elif rest:
        told.append(str(ngettext("Et une autre faute.", "Et %(num)s autres fautes.", rest)))
    return told


def _fault_sentence(error: BadDocument) -> str:
    values = {"name": "", "wanted": "", "text": "", "choice": "", "nearest": "", **error.values}
    code = error.code
    if code in {"out_of_range", "wrong_form"} and values["text"].startswith("-") and values["text"][1:2].isdigit():
        code = "negative"
    if code == "not_in_list":
        _name_choice(values)
    elif code == "wrong_type":
        values["hint"] = _quotes_hint(values)
        values["name"] = str(_SORTS.get(values["name"], values["name"]))
        values["wanted"] = str(_SORTS.get(values["wanted"], values["wanted"]))
    elif code == "wrong_form":
        values["wanted"] = str(_SHAPES.get(values["wanted"], values["wanted"]))
    if values["nearest"]:
        values["hint"] = " " + str(_("Vouliez-vous « %(nearest)s » ?")) % values
    place = str(_("Le fichier")) if error.path == "$" else error.path
    if error.line and error.path != "$":
        place = str(_("Ligne %(line)s, %(place)s", line=error.line, place=place))
    elif error.line and code in {"unknown_key", "double_key"}:
        place = str(_("Ligne %(line)s", line=error.line))
    said = {"hint": "", "limit": "", "at": "", "line": "", "column": "", "least": "", "most": "", "path": place}
    return str(_BAD.get(code, _BAD["value_expected"])) % (said | values)


def _name_choice(values: dict[str, str]) -> None:
    """Give each code that is permitted with what it means; whoever wrote the meaning is given the code."""
    language = str(get_locale() or "fr")[:2]
    names = {code: _meaning(values, code, language) for code in values["choice"].split(" ")}
    typed = fold(values["name"])
    meant = [code for code, name in names.items() if len(typed) >= _A_WORD and typed in fold(name)]
    close = sorted(meant, key=lambda code: len(names[code])) or [values["nearest"]]
    values["nearest"] = f"{close[0]} ({names[close[0]]})" if names.get(close[0]) else close[0]
    values["choice"] = ", ".join(f"{code} ({name})" if name else code for code, name in names.items())


def _meaning(values: Mapping[str, str], code: str, language: str) -> str:
    """What a code of a closed list means, where it means more than it says."""
    if not values.get("owner"):
        return ""
    meaning = labels.value(values["owner"], values["field"], code, language)
    return "" if meaning == code else meaning


def _quotes_hint(values: Mapping[str, str]) -> str:
    """A number between quotation marks is the commonest mistake."""
    if values["wanted"] == "whole" and values["name"] == "text" and values["text"].strip().isdigit():
        return " " + str(_("Écrivez %(text)s sans guillemets.")) % values
    if values["wanted"] == "text" and values["name"] in {"whole", "number"}:
        return " " + str(_("Écrivez %(text)s entre guillemets.")) % values
    return ""
