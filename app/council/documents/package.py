"""The files to hand to the State's platform of tele-transmission."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from app.conventions.documents import MEDIA, write_version
from app.council.documents.act import act_paper
from app.council.documents.paper import NotYet, say, town_of
from app.council.models import ActStatus
from app.council.queries import point_of_act
from app.printing import print_paper

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from app.council.models import Act


def package(session: Session, act: Act, *, today: date) -> bytes:
    """The files to hand to the platform of tele-transmission: the act, its annexes, what the form asks.

    :raises NotYet: for an act that was not adopted.
    """
    if act.status != ActStatus.ADOPTED or act.voted_on is None:
        raise NotYet(_l("Seule une délibération adoptée se transmet."))
    name = f"{act.register_year}_{act.register_rank:03d}"
    files = {f"{name}-deliberation.pdf": print_paper(act_paper(session, act, "deliberation", today=today))}
    if act.version is not None:
        files[f"{name}-annexe-1.pdf"] = write_version(session, act.version, "pdf", "fr")
    point = point_of_act(session, act.id)
    town = town_of(point.meeting if point is not None else act.body)
    files["metadonnees.json"] = _metadata(act, name, town, files)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for filename, content in files.items():
            entry = zipfile.ZipInfo(filename, date_time=act.changed_at.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()


def _metadata(act: Act, name: str, town: str, files: dict[str, bytes]) -> bytes:
    told: dict[str, Any] = {
        "collectivite": town,
        "siret": act.body.siret or None,
        "numero_interne": name,
        "numero_registre": act.number,
        "nature": "DE",
        "nature_libelle": say("common", "nature"),
        "date_decision": act.voted_on.isoformat() if act.voted_on else "",
        "objet": act.title,
        "matiere_code": act.matter,
        "matiere_libelle": act.matter_label,
        "fichiers": [
            {"nom": filename, "sha256": hashlib.sha256(content).hexdigest(), "media_type": MEDIA["pdf"]}
            for filename, content in files.items()
        ],
    }
    if not act.body.siret:
        told["a_completer"] = [say("common", "siret_missing")]
    return json.dumps(told, ensure_ascii=False, indent=2).encode("utf-8")
