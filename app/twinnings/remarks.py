"""What was doubtful while a list was read, told to the person who sent it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

if TYPE_CHECKING:
    from app.documents.sheets import Remark


def sentence(remark: Remark) -> object:
    """Say a remark; its line is told beside it."""
    told = {
        "ragged": _l("plus de cellules que la première ligne n’a de colonnes : celles de trop ne sont pas lues"),
        "replaced-letters": _l("des lettres de Windows étaient mal annoncées : elles ont été rétablies"),
        "controls": _l("des caractères invisibles ont été retirés"),
        "formula": _l("une formule : c’est sa dernière valeur calculée qui est lue"),
        "formula-empty": _l(
            "une formule dont le fichier n’a gardé aucune valeur : la cellule est lue comme vide ; ouvrez "
            "le fichier dans un tableur, enregistrez-le, puis renvoyez-le"
        ),
        "merged-cells": _l("des cellules fusionnées : ce que dit celle du dessus vaut aussi pour cette ligne"),
        "merged-lines": _l("des retours à la ligne ont été compris comme une partie du texte"),
        "trailing-separators": _l("des séparateurs en fin de ligne ont été laissés de côté"),
        "error-value": _l("le tableur y montre lui-même une erreur : la cellule est lue comme vide"),
    }
    return told.get(remark.code, remark.code)
