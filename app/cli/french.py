"""Click's own words in French, for every command at once, and the code 2 for whatever was asked wrongly.

Click takes its sentences from ``gettext`` under the names ``_`` and ``ngettext`` of its modules; the English
sentence is the key. One that a later version adds stays English until it is written here (a test compares).
"""

from __future__ import annotations

from importlib import import_module

import click
import flask.cli

MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types", "utils")
_BAD_INPUT = 2
SENTENCES = {
    "Usage:": "Emploi\u00a0:",
    "Options": "Options",
    "Commands": "Commandes",
    "Positional arguments": "Arguments",
    "Show this message and exit.": "Montrer cette aide.",
    "Show the version and exit.": "Dire la version.",
    "(dynamic)": "(selon le cas)",
    "env var: {var}": "variable d’environnement\u00a0: {var}",
    "default: {default}": "par défaut\u00a0: {default}",
    "deprecated": "ancien",
    "Aborted!": "Interrompu\u00a0: rien de plus n’est fait.",
    "Error: {message}": "Erreur\u00a0: {message}",
    "Error: invalid input": "Répondez par oui (o) ou par non (n).",
    "Error: The two entered values do not match.": "Les deux réponses diffèrent\u00a0: recommencez.",
    "Repeat for confirmation": "Encore une fois, pour confirmer",
    "Do you want to continue?": "Continuer\u00a0?",
    "Confirm the action without prompting.": "Agir sans demander.",
    "Try '{command} {option}' for help.": "Pour l’aide\u00a0: {command} {option}",
    "Did you mean {possibility}?": "Vouliez-vous dire {possibility}\u00a0?",
    "(Did you mean one of: {possibilities}?)": "Vouliez-vous dire l’un de ceux-ci\u00a0: {possibilities}\u00a0?",
    "Invalid value: {message}": "Valeur refusée\u00a0: {message}",
    "Invalid value for {param_hint}: {message}": "{param_hint}\u00a0: {message}",
    "Missing command.": "Dites quelle commande.",
    "Missing argument": "Il manque l’argument",
    "Missing option": "Il manque l’option",
    "Missing parameter": "Il manque la valeur",
    "Missing {param_type}": "Il manque\u00a0: {param_type}",
    "Missing parameter: {param_name}": "Il manque la valeur {param_name}",
    "No such option {name!r}.": "L’option «\u00a0{name}\u00a0» n’existe pas.",
    "No such command {name!r}.": "La commande «\u00a0{name}\u00a0» n’existe pas.",
    "Could not open file {filename!r}: {message}": "«\u00a0{filename}\u00a0» ne peut pas être ouvert\u00a0: {message}",
    "unknown error": "la raison n’est pas connue",
    "Got unexpected extra argument ({args})": "Il y a un mot de trop\u00a0: {args}",
    "Got unexpected extra arguments ({args})": "Il y a des mots de trop\u00a0: {args}",
    "Argument {name!r} takes {nargs} values.": "L’argument {name} demande {nargs} valeurs.",
    "Option {name!r} does not take a value.": "L’option {name} ne prend pas de valeur.",
    "Option {name!r} requires an argument.": "L’option {name} demande une valeur.",
    "Option {name!r} requires {nargs} arguments.": "L’option {name} demande {nargs} valeurs.",
    "Takes {nargs} values but 1 was given.": "{nargs} valeurs sont attendues, une seule est donnée.",
    "Takes {nargs} values but {len} were given.": "{nargs} valeurs sont attendues, {len} sont données.",
    "Value must be an iterable.": "Plusieurs valeurs sont attendues.",
    "Choose from:\n\t{choices}": "Au choix\u00a0: {choices}",
    "{value!r} is not {choice}.": "«\u00a0{value}\u00a0» n’est pas possible\u00a0: écrivez {choice}.",
    "{value!r} is not one of {choices}.": "«\u00a0{value}\u00a0» n’est pas possible. Au choix\u00a0: {choices}.",
    "{value!r} is not a valid {number_type}.": "«\u00a0{value}\u00a0» n’est pas un nombre qui convient.",
    "{value} is not in the range {range}.": "{value} est hors des limites {range}.",
    "{value!r} is not a valid UUID.": "«\u00a0{value}\u00a0» n’est pas un identifiant.",
    "{value!r} is not a valid boolean. Recognized values: {states}": (
        "«\u00a0{value}\u00a0» ne dit ni oui ni non. Au choix\u00a0: {states}"
    ),
    "{value!r} does not match the format {format}.": "«\u00a0{value}\u00a0» ne s’écrit pas ainsi\u00a0: {format}.",
    "{value!r} does not match the formats {formats}.": "«\u00a0{value}\u00a0» ne s’écrit pas ainsi\u00a0: {formats}.",
    "file": "fichier",
    "directory": "dossier",
    "path": "chemin",
    "{name} {filename!r} does not exist.": "{name} «\u00a0{filename}\u00a0» est introuvable. Vérifiez son nom.",
    "{name} {filename!r} is a file.": "«\u00a0{filename}\u00a0» est un fichier\u00a0: un dossier est attendu.",
    "{name} {filename!r} is a directory.": "«\u00a0{filename}\u00a0» est un dossier\u00a0: un fichier est attendu.",
    "{name} {filename!r} is not readable.": "{name} «\u00a0{filename}\u00a0»\u00a0: la lecture est interdite.",
    "{name} {filename!r} is not writable.": "{name} «\u00a0{filename}\u00a0»\u00a0: l’écriture est interdite.",
    "{name} {filename!r} is not executable.": "{name} «\u00a0{filename}\u00a0» n’est pas un programme.",
}
_FLASK = {
    "run": "Lancer le serveur d’essai, pour le développement seulement.",
    "shell": "Ouvrir Python dans l’application.",
    "routes": "Montrer les adresses de l’application.",
}
_FLASK_OPTIONS = {
    "env_file": "Fichier de variables d’environnement, qui passe avant « .env » et « .flaskenv ».",
    "app": "L’application à charger, sous la forme « module:nom ».",
    "debug": "Mettre au point : messages détaillés et rechargement.",
    "version": "Dire la version de Flask.",
    "host": "L’adresse à laquelle écouter.",
    "port": "Le port auquel écouter.",
    "cert": "Le fichier du certificat, pour HTTPS.",
    "key": "Le fichier de la clé du certificat.",
    "reload": "Recharger quand un fichier change ; d’office pour mettre au point.",
    "debugger": "Montrer le débogueur ; d’office pour mettre au point.",
    "with_threads": "Servir plusieurs demandes à la fois.",
    "extra_files": "D’autres fichiers dont le changement fait recharger, séparés par « : ».",
    "exclude_patterns": "Des fichiers dont le changement ne fait pas recharger, séparés par « : ».",
    "sort": "L’ordre : « match » est celui dans lequel Flask cherche.",
    "all_methods": "Montrer aussi HEAD et OPTIONS.",
}
"""What Flask's own commands do, by name; their English lies in their definitions, not in ``gettext``."""
_YES = frozenset({"o", "oui", "y", "yes"})


def speak() -> None:
    """Give click its French; before any command is made, since some words are taken then."""
    for name in MODULES:
        module = import_module(f"click.{name}")
        for function, said in (("_", _say), ("ngettext", _say_counted)):
            if hasattr(module, function):
                setattr(module, function, said)
    vars(click)["confirm"] = confirm
    _speak_for_flask()
    click.ClickException.exit_code = _BAD_INPUT


def _speak_for_flask() -> None:
    flask.cli.cli.help = "Trait d’union en ligne de commande."
    for command in (flask.cli.cli, flask.cli.run_command, flask.cli.shell_command, flask.cli.routes_command):
        command.help = _FLASK.get(command.name or "", command.help)
        command.short_help = None
        for option in command.params:
            if isinstance(option, click.Option) and option.name in _FLASK_OPTIONS:
                option.help = _FLASK_OPTIONS[option.name]


def confirm(text: str) -> bool:
    """Ask a question whose usual answer is no."""
    answer = click.prompt(f"{text} [o/N]", default="", show_default=False, prompt_suffix=" ")
    return str(answer).strip().lower() in _YES


def _say(sentence: str) -> str:
    return SENTENCES.get(sentence, sentence)


def _say_counted(one: str, many: str, number: int) -> str:
    return _say(one if number == 1 else many)
