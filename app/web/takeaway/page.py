"""What a person finds when opening the archive without us: a page to read and an explanation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template
from flask_babel import force_locale
from sqlalchemy import select

from app.bodies.models import Body
from app.twinnings.labels import event_title, stage_name
from app.twinnings.models import Twinning, TwinningEvent, TwinningParty
from app.web.takeaway.contents import sections

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.web.takeaway.scope import Scope

README = """Trait d’union — archive complète de {name}
faite le {day}

Ouvrez index.html dans un navigateur : il nomme tout ce qui est dans l’archive, sans aucun logiciel particulier.

manifeste.json      le contenu de l’archive et l’empreinte SHA-256 de chaque fichier
donnees/*.jsonl     une table par fichier, une ligne par enregistrement (JSON, UTF-8)
fichiers/           les fichiers déposés (armoiries, originaux signés numérisés)

Pour tout retrouver dans une installation vide de Trait d’union :
    script/flask archive import CHEMIN_DE_CETTE_ARCHIVE.zip

Ne quittent jamais l’installation : mots de passe, codes de double authentification, liens de connexion,
adresses secrètes des agendas, file d’attente des courriers. Chaque personne se reconnecte par son adresse
électronique.

Les dates d’une précision inférieure au jour sont écrites comme on les connaît (EDTF, ISO 8601-2) :
2016-09 (mois), 2016 (année), 1950~ (vers), 2016-09-17/2016-09-18 (période), [1968,1969] (l’une des deux).
Les listes de communes et de villes viennent de l’INSEE, de La Poste et de GeoNames (CC BY 4.0).
"""


def readme(body: Body, at: datetime) -> str:
    """Explain the archive in plain words."""
    return README.format(name=body.name, day=at.date().isoformat())


def reader_page(session: Session, scope: Scope, body: Body, content: Mapping[str, bytes]) -> str:
    """Make a page that tells all that is in the archive, readable without us; ``content`` are the archive's files."""
    twinnings = list(session.scalars(select(Twinning).where(Twinning.id.in_(scope.twinnings)).order_by(Twinning.id)))
    parties: dict[int, list[str]] = {}
    named = select(TwinningParty.twinning_id, Body.name).join(Body, Body.id == TwinningParty.body_id)
    for twinning_id, name in session.execute(
        named.where(TwinningParty.twinning_id.in_(scope.twinnings)).order_by(TwinningParty.side, TwinningParty.id)
    ):
        parties.setdefault(twinning_id, []).append(name)
    history: dict[int, list[TwinningEvent]] = {}
    shown = TwinningEvent.twinning_id.in_(scope.twinnings), TwinningEvent.trashed_at.is_(None)
    for entry in session.scalars(
        select(TwinningEvent).where(*shown).order_by(TwinningEvent.when_sort, TwinningEvent.id)
    ):
        history.setdefault(entry.twinning_id, []).append(entry)
    with force_locale("fr"):
        return render_template(
            "web/archive.html",
            body=body,
            twinnings=twinnings,
            parties=parties,
            history=history,
            stage_name=stage_name,
            event_title=event_title,
            sections=sections(session, scope),
            content=content,
            files=sorted(name for name in content if name.startswith("fichiers/")),
            tables=[(name, data.count(b"\n")) for name, data in sorted(content.items()) if name.startswith("donnees/")],
        )
