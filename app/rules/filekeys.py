"""The keys that each table of an edition file may hold, and what they are for."""

from __future__ import annotations

from app.rules.language.syntax import Param

KINDS = {
    "cash": "une aide en argent",
    "advice": "un conseil ou un service, sans argent",
    "information": "un programme à connaître, dont les règles sont ailleurs",
    "contact": "un interlocuteur",
}
HEAD = (
    Param("programme", "text", "identifiant du programme : le nom du dossier", required=True),
    Param("edition", "text", "identifiant de l’édition : le nom du fichier", required=True),
    Param("title", "text", "le titre que lisent les gens", required=True),
    Param("kind", "text", "cash, advice, information ou contact", required=True),
    Param("funder", "text", "qui finance", required=True),
    Param("summary", "text", "à quoi sert cette aide, en une ou deux phrases", required=True),
    Param(
        "since",
        "day",
        "premier jour où cette édition est celle qu’on lit (ouverture, ou début de l’année)",
        required=True,
    ),
    Param("until", "day", "dernier jour, si on le connaît"),
    Param(
        "confirmed",
        "day",
        "dernier jour de dépôt pour lequel ces règles ont été lues (« expires » si rien n’est dit) : une demande plus "
        "tardive est à vérifier",
    ),
    Param("consulted", "day", "quand les sources ont été lues", required=True),
    Param("expires", "day", "jour après lequel les chiffres sont à confirmer", required=True),
    Param("call", "text", "identifiant officiel de l’appel"),
    Param("url", "text", "page officielle"),
    Param("zone", "zone", "fuseau horaire (Europe/Brussels si rien n’est dit)"),
    Param("currency", "text", "EUR si rien n’est dit"),
    Param("automatic", "yes_no", "false : jamais choisie d’après la date"),
    Param("window", "window", "période de dépôt"),
    Param("sources", "sources", "les sources, par code", required=True),
    Param("criteria", "criteria", "les règles"),
    Param("amount", "amount", "le calcul du montant"),
    Param("tables", "tables", "les barèmes"),
    Param("lists", "lists", "les listes nommées de ce fichier"),
    Param("documents", "documents", "les documents à fournir, par étape"),
    Param("payments", "payments", "l’échéancier des paiements"),
    Param("dates", "dates", "les dates à respecter"),
    Param("contacts", "contacts", "à qui s’adresser"),
    Param("notes", "notes", "ce qui est bon à savoir"),
    Param("cumulation", "cumulation", "avec quoi cette aide se cumule ou non"),
    Param("conform", "facts", "un projet conforme, base des exemples"),
    Param("examples", "examples", "des projets et le verdict attendu"),
    Param("trials", "trials", "chaque borne essayée dessous, dessus et à la limite"),
)
CRITERION = (
    Param("id", "text", "identifiant court", required=True),
    Param("label", "text", "ce qui est regardé, en quelques mots", required=True),
    Param("says", "text", "la règle, en une phrase", required=True),
    Param("severity", "severity", "bloquant, avertissement ou information", required=True),
    Param("source", "source", "code d’une source, ou liste de codes", required=True),
    Param("confidence", "confidence", "A, B, C, G ou U ; celle de la source si rien n’est dit"),
    Param("expires", "day", "si ce chiffre est à confirmer plus tôt que les autres"),
    Param("when", "condition", "la règle ne vaut que si…"),
    Param("unless", "condition", "la règle ne vaut pas si…"),
    Param("scope", "yes_no", "true : si la règle n’est pas remplie, le programme ne concerne pas le projet"),
    Param("later", "yes_no", "true : jugée plus tard (note, conduite du projet) ; inconnue, elle ne fait pas douter"),
    Param("remedy", "text", "ce qu’il faut faire pour la remplir"),
    Param("readings", "readings", "les sources divergent : chacune avec ce qu’elle dit"),
)
READING = (
    Param("source", "source", "code de la source", required=True),
    Param("says", "text", "ce qu’elle dit", required=True),
    Param("confidence", "confidence", "A, B, C, G ou U"),
    Param("expires", "day", "jour où confirmer"),
)
SOURCE = (
    Param("title", "text", "titre de la page ou du document", required=True),
    Param("url", "text", "adresse"),
    Param("page", "text", "article ou page"),
    Param("consulted", "day", "si elle a été lue un autre jour"),
    Param("confidence", "confidence", "A, B, C, G ou U", required=True),
)
WINDOW = (
    Param("opens", "when", "ouverture ; à omettre si elle n’est pas connue"),
    Param("closes", "when", "date limite"),
    Param("rolling", "yes_no", "true : à tout moment"),
    Param("zone", "zone", "fuseau horaire"),
    Param("source", "source", "code de la source", required=True),
    Param("confidence", "confidence", "A, B, C, G ou U"),
    Param("says", "text", "la règle, en une phrase"),
    Param("severity", "severity", "bloquant si rien n’est dit"),
    Param("readings", "readings", "les sources divergent : { source, says, opens, closes }"),
)
TABLE = (
    Param("title", "text", "ce qu’est le barème", required=True),
    Param("unit", "unit", "unité des valeurs", required=True),
    Param("source", "source", "source du barème", required=True),
    Param("confidence", "confidence", "A, B, C, G ou U"),
    Param("rows", "rows", "tranches [de, à, valeur], bornes comprises ; [] : barème à trouver"),
    Param("words", "words", "valeurs par mot { FR = 32, DE = 28 }"),
)
FILE_LIST = (
    Param("title", "text", "ce qu’est la liste", required=True),
    Param("complete", "yes_no", "true : ce qui n’y est pas est certainement dehors", required=True),
    Param("source", "source", "code de la source", required=True),
    Param("entries", "entries", "les codes, ou { code, from, until, confidence }", required=True),
)
ROLES = {
    "formula": "s’ajoute au montant",
    "cap": "le montant ne dépasse pas cette ligne",
    "floor": "le montant n’est pas inférieur à cette ligne",
    "payable_from": "au-dessous, rien n’est payé",
}
AMOUNT = (
    Param("note", "text", "ce qu’il faut savoir du montant"),
    Param("lines", "lines", "les lignes du calcul", required=True),
)
LINE = (
    Param("id", "text", "identifiant court", required=True),
    Param("says", "text", "ce que dit la ligne", required=True),
    Param("role", "text", "formula, cap, floor ou payable_from", required=True),
    Param("value", "quantity", "la quantité", required=True),
    Param("when", "condition", "la ligne ne vaut que si…"),
    Param("source", "source", "code d’une source", required=True),
    Param("confidence", "confidence", "A, B, C, G ou U"),
    Param("expires", "day", "jour où confirmer"),
)
DOCUMENT = (
    Param("document", "document", "nature du document", required=True),
    Param("stage", "stage", "étape", required=True),
    Param("says", "text", "ce qu’il faut fournir", required=True),
    Param("when", "condition", "seulement si…"),
    Param("signed", "yes_no", "true : il doit être signé"),
    Param("severity", "severity", "information si rien n’est dit"),
    Param("source", "source", "code d’une source", required=True),
    Param("confidence", "confidence", "A, B, C, G ou U"),
    Param("expires", "day", "jour où confirmer"),
)
PAYMENT = (
    Param("says", "text", "ce qui est payé et quand", required=True),
    Param("share", "text", "part du montant, par exemple « 75 % »"),
    Param("moment", "stage", "étape du paiement"),
    Param("source", "source", "code d’une source", required=True),
    Param("confidence", "confidence", "A, B, C, G ou U"),
)
DATE = (
    Param("says", "text", "ce qu’il faut faire", required=True),
    Param("from", "path", "le fait d’où l’on compte", required=True),
    Param("offset", "text", "« 2 mois » après, ou « -42 jours » avant", required=True),
    Param("source", "source", "code d’une source", required=True),
    Param("confidence", "confidence", "A, B, C, G ou U"),
)
CONTACT = (
    Param("name", "text", "qui", required=True),
    Param("says", "text", "pour quoi", required=True),
    Param("url", "text", "adresse"),
    Param("source", "source", "code d’une source"),
)
NOTE = (
    Param("says", "text", "ce qui est bon à savoir", required=True),
    Param("source", "source", "code d’une source", required=True),
    Param("confidence", "confidence", "A, B, C, G ou U"),
)
CUMULATION = (
    Param("says", "text", "la règle, en une phrase", required=True),
    Param("programmes", "texts", "identifiants de programmes"),
    Param("levels", "texts", "niveaux de financeurs : european, state, regional…"),
    Param("forbidden", "yes_no", "true : les deux aides s’excluent ; false : attention", required=True),
    Param("source", "source", "code d’une source", required=True),
    Param("confidence", "confidence", "A, B, C, G ou U"),
)
EXAMPLE = (
    Param("name", "text", "ce que montre l’exemple", required=True),
    Param("set", "facts", "ce qui change par rapport à [conform], par chemin"),
    Param("unset", "texts", "ce que l’on ne sait pas, par chemin"),
    Param("verdict", "text", "eligible, not_eligible, to_check ou not_concerned", required=True),
    Param("amount", "facts", "montant attendu { min, max, exact }"),
    Param("statuses", "facts", 'état attendu de certaines règles { id = "met" }'),
)
TRIAL = (
    Param("criterion", "text", "la règle essayée", required=True),
    Param("path", "text", "le fait qui varie", required=True),
    Param("set", "facts", "ce qui change d’abord par rapport à [conform]"),
    Param("met", "values", "valeurs qui la remplissent", required=True),
    Param("not_met", "values", "valeurs qui ne la remplissent pas", required=True),
)
VERDICTS = ("eligible", "not_eligible", "to_check", "not_concerned")
