"""What the pure leaf tells by a code, in sentences: what is missing, what differs, what is wrong in the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.documents.fonts import missing_glyphs
from app.texts import formats, interchange, seal
from app.texts.merge import merge
from app.texts.wording import load_model

if TYPE_CHECKING:
    from app.texts.alignment import Mismatch
    from app.texts.checks import Remark
    from app.texts.document import Article, Document
    from app.texts.merge import Missing
    from app.texts.wording import BadWording, Flaw

_FIRST_WORDS = 6
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
    "days_open": _l("Jours laissés à écrire à la main, une fois connus : %(value)s."),
    "D02": _l("Ce serment parle d’argent : un engagement chiffré a sa place dans une convention."),
    "D03": _l("Personne ne signe encore pour %(value)s."),
    "D04": _l(
        "Une décision (%(value)s) est postérieure à la signature. Le fait est gardé tel quel : vérifiez la date."
    ),
    "D05": _l("Nombre d’exemplaires : %(value)s. C’est moins que le nombre de parties."),
    "D06": _l("Les langues ne disent pas tout à fait la même chose : voyez les articles signalés."),
    "lines": _l("Les langues n’ont pas le même nombre de lignes : « %(value)s ». Une action se dit dans chacune."),
    "law": _l("La loi demande cet article : « %(article)s » (%(value)s). Il manque au texte."),
    "usage": _l("L’article « %(article)s » est d’usage dans un tel texte ; il n’y est plus."),
    "law_amount": _l(
        "L’article « %(article)s » ne dit plus aucun montant. La loi (%(value)s) le demande, même s’il est de 0 €."
    ),
    "law_short": _l("L’article « %(article)s », que la loi demande (%(value)s), ne dit presque plus rien."),
    "vote_cast": _l("Un vote se contredit : plus de voix que de votants possibles (%(value)s). Gardé tel quel."),
    "vote_present": _l("Un vote se contredit : plus de présents que d’élus en exercice (%(value)s). Gardé tel quel."),
    "vote_unanimous": _l("Un vote se contredit : dit unanime, il compte des voix contre (%(value)s). Gardé tel quel."),
    "sent_before": _l("Une suite de la décision porte une date plus ancienne qu’elle (%(value)s). Gardé tel quel."),
    "vote_twice": _l("Un même vote est compté de deux façons (pour/contre/abstentions : %(value)s). Gardé tel quel."),
    "term_unlimited": _l("La durée se contredit : sans limitation, et pourtant limitée. Gardé tel quel."),
    "term_length": _l("La durée se contredit : elle n’est pas celle qui va d’une date à l’autre (%(value)s)."),
    "copies_sum": _l("Le nombre d’exemplaires n’est pas celui que l’on compte par langue (%(value)s). Gardé tel quel."),
    "vote_named": _l("Un vote se contredit : plus de noms que de voix (%(value)s). Gardé tel quel."),
    "role_form": _l("« %(value)s » : la fonction garde ses deux formes. Écrivez la bonne dans « Compléter »."),
    "tongue": _l(
        "Le texte n’est dans aucune langue de %(value)s. Ajoutez-la dans « Titre, langues, numérotation, ordre des "
        "parties »."
    ),
    "unread": _l("La version « %(value)s » est à relire par une personne qui parle cette langue."),
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


def missing_sentence(document: Document, lack: Missing, language: str) -> str:
    """Say what is missing: « qui signe pour Hodoşa »."""
    if lack.label:
        return lack.label.get(language) or lack.label["fr"]
    kind, _dot, rest = lack.name.partition(".")
    if kind == "translation":
        article = next((one for one in document.articles if one.id == rest), None)
        called = _called(document, article) if article else ""
        if not called:
            return str(_("les mots d’un article ajouté"))
        return str(_("la traduction de « %(article)s »", article=called))
    if kind == "party":
        name, _dot, what = rest.rpartition(".")
        numbers = {party.id: number for number, party in enumerate(document.parties, 1)}
        names = {party.id: party.name for party in document.parties}
        sentence = _PARTY_BLANKS.get(what)
        if sentence is not None:
            return str(sentence) % {"party": names.get(name) or name, "number": numbers.get(name, "?")}
    known = _BLANKS.get(lack.name)
    return str(known) if known else str(_("le mot {%(name)s} : aucune valeur ne s’appelle ainsi", name=lack.name))


def _called(document: Document, article: Article) -> str:
    """An article by its heading, else by its number, else by its first words; an empty one has none of them."""
    if heading := next((text for text in article.heading.values() if text), ""):
        return heading
    number = next((part.number for part in merge(document, document.languages[0]).parts if part.id == article.id), "")
    first = next((body for body in article.body.values() if body.strip()), "").split()[:_FIRST_WORDS]
    return number or (" ".join(first) + "…" if first else "")


def mismatch_sentence(found: Mismatch, language: str) -> str:
    """Say what two languages do not say alike."""
    values = {"language": formats.language_name(found.language, language)}
    return str(_MISMATCHES[found.code]) % (values | {"master": found.master or "—", "other": found.other or "—"})


def remark_sentence(document: Document, remark: Remark, language: str) -> str:
    """Say a finding on the whole text."""
    article = next((one for one in document.articles if one.id == remark.article), None)
    heading = _called(document, article) if article else ""
    value = formats.language_name(remark.value, language) if remark.code == "unread" else remark.value
    value = _asked(document, value, language) if remark.code == "lines" else value
    value = {"L1115-1": "CGCT, art. L. 1115-1", "L2000-321": "loi 2000-321, art. 10"}.get(value, value)
    return str(_REMARKS[remark.code]) % {"value": value, "article": heading or remark.article}


def _asked(document: Document, name: str, language: str) -> str:
    """A value of the text as the form asks for it."""
    field = load_model(document.model.kind).field(name) if document.model else None
    return (field.label.get(language) or field.label["fr"]) if field else name


def unprintable_sentence(document: Document) -> str:
    """Say which characters no PDF of ours can draw; nothing when it can draw all."""
    signs = missing_glyphs(seal.canonical_text(document) + interchange.write(document).decode())
    if not signs:
        return ""
    return str(
        _(
            "Ces signes ne se dessinent pas avec nos polices : %(signs)s. Le PDF les donne par leur code Unicode, "
            "DOCX et ODT gardent les signes eux-mêmes.",
            signs=" ".join(signs[:20]) + ("…" if len(signs) > 20 else ""),  # noqa: PLR2004  # a line of them
        )
    )


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
