"""Beginning a creation, its deliberation, its proofs, its trash; régie or association."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.bodies.models import BodyKind
from app.bodies.services.records import BodyFacts, RegisterBody, register_body
from app.council import drafting
from app.council.models import ActModel
from app.council.services.acts import MUTABLE, ActFacts, begin_act, trash_act
from app.database.unit import alone_on
from app.founding.models import Founding, FoundingForm, FoundingProof
from app.founding.place import said_by_act
from app.founding.queries import is_local, is_there_already
from app.founding.services.ground import BadFounding, NotNow, require_past, tell, touch
from app.law import tables
from app.law.words import listed
from app.texts import formats
from app.twinnings.queries import partner_towns

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from app.bodies.models import Body
    from app.council.models import Act
    from app.founding.models import Stage
    from app.shared.actor import Actor
    from app.twinnings.models import Twinning


@dataclass(frozen=True)
class BeginFounding:
    """What is created, under which name, for which twinning; ``is_meant`` confirms a second one of the same name."""

    form: FoundingForm
    name: str
    twinning: Twinning | None = None
    is_meant: bool = False


def begin_founding(session: Session, commune: Body, command: BeginFounding, *, by: Actor, at: datetime) -> Founding:
    """Begin to create a committee: its body is noted as a project that the town hall keeps."""
    name = " ".join(command.name.split())
    most = tables.number("nom_association_caracteres")
    longest = min(most, 200)
    if not name:
        raise BadFounding(_l("Écrivez le nom du comité, même provisoire."), field="name")
    if len(name) > longest:
        raise BadFounding(_l("Le nom est trop long : gardez %(max)s caractères au plus.", max=longest), field="name")
    alone_on(session, commune)
    if not command.is_meant and is_there_already(session, commune.id, name):
        raise BadFounding(
            _l("Un comité de ce nom existe déjà ici. Voyez sa fiche, ou cochez « C’est un autre comité »."),
            field="is_meant",
        )
    kind = BodyKind.COMMITTEE if command.form == FoundingForm.ASSOCIATION else BodyKind.COMMITTEE_SERVICE
    facts = BodyFacts(name=name, languages=("fr",), timezone=commune.timezone)
    keeper = commune.id if kind is BodyKind.COMMITTEE else None
    made = RegisterBody(kind, facts, commune.place_id, parent_id=commune.id, kept_by_id=keeper)
    committee = register_body(session, made, by=by, at=at)
    founding = Founding(
        uid=str(uuid.uuid4()),
        body_id=commune.id,
        committee_id=committee.id,
        twinning_id=command.twinning.id if command.twinning else None,
        form=command.form.value,
        clauses={},
        fields={"nom": name} | _known_fields(commune, command.twinning),
        own_words={},
        independence={},
        created_at=at,
        changed_at=at,
        changed_by=by.name,
    )
    founding.body, founding.committee = commune, committee
    session.add(founding)
    session.flush()
    tell(session, "founding.begun", founding, by=by, at=at, form=founding.form)
    return founding


def _known_fields(commune: Body, twinning: Twinning | None) -> dict[str, str]:
    """What the house knows already: the partner towns, the seat."""
    known = {"siege_adresse": " ".join(commune.address.split()) or commune.name}
    if twinning is not None:
        known["villes"] = listed(town.name for town in partner_towns(twinning.parties, commune.id))
    return {name: value for name, value in known.items() if value}


def draft_deliberation(session: Session, founding: Founding, *, by: Actor, at: datetime) -> Act:
    """Write the draft of the deliberation from the council's own model.

    :raises NotNow: when there is one already.
    """
    if founding.deliberation is not None:
        raise NotNow(_l("Le projet de délibération est déjà écrit : modifiez-le dans la salle du conseil."))
    answers = {"forme": _form(founding), "mission": _mission(founding)}
    known = {
        **answers,
        "cree": _what(founding),
        "la_commune": f"la commune {formats.of(founding.body.name)}",
        "les_habitants": f"les habitants {formats.of(founding.body.name)}",
        "partenaire": founding.fields.get("villes", ""),
    }
    if founding.is_association:
        known["place_forme"] = said_by_act(founding)
    made = drafting.draft(ActModel.COMMITTEE, known)
    facts = ActFacts(
        title=made.title,
        model=ActModel.COMMITTEE,
        twinning_id=founding.twinning_id,
        answers=answers,
        visas=made.visas,
        recitals=made.recitals,
        articles=made.articles,
        matter=made.matter,
        matter_label=made.matter_label,
    )
    act = begin_act(session, founding.body_id, facts, by=by, at=at)
    founding.act_id, founding.act = act.id, act
    touch(founding, by, at)
    tell(session, "founding.deliberation_drafted", founding, by=by, at=at)
    return act


def _form(founding: Founding) -> str:
    if not founding.is_association:
        return "service"
    return "local_association" if is_local(founding.body) else "association"


def _what(founding: Founding) -> str:
    """The words of the act are French law, whatever the language of the screen."""
    if founding.is_association:
        return f"la création de l’association « {founding.committee.name} »"
    return f"la création de « {founding.committee.name} », service de la commune conduit en régie directe"


def _mission(founding: Founding) -> str:
    towns = founding.fields.get("villes", "")
    return f"animer avec les habitants le jumelage avec {towns}" if towns else "animer avec les habitants les jumelages"


def spare_draft(founding: Founding, wanted: Act | None = None) -> Act | None:
    """The draft that this path wrote, once another deliberation is the one: no councillor received it."""
    act = founding.deliberation
    return act if act is not None and act is not wanted and act.status in MUTABLE else None


def link_deliberation(
    session: Session, founding: Founding, act: Act, *, drops_draft: bool = False, by: Actor, at: datetime
) -> None:
    """Say which deliberation of the commune creates the committee; what was noted from paper gives way to it."""
    if act.body_id != founding.body_id:
        raise BadFounding(_l("Cette délibération est celle d’une autre commune."), field="act")
    spare = spare_draft(founding, act)
    if drops_draft and spare is not None:
        trash_act(session, spare, by=by, at=at)
    founding.act_id, founding.act = act.id, act
    founding.deliberated_on, founding.deliberation_reference = None, ""
    touch(founding, by, at)
    tell(session, "founding.deliberation_linked", founding, by=by, at=at)


def note_deliberation(  # what was voted, and what becomes of the draft
    session: Session,
    founding: Founding,
    day: date,
    reference: str,
    *,
    drops_draft: bool = False,
    by: Actor,
    at: datetime,
) -> None:
    """Note a deliberation that was voted on paper; a draft written here is not the one that creates the committee."""
    require_past(day, at, "day")
    if not reference.strip():
        raise BadFounding(_l("Écrivez le numéro de la délibération, ou comment on la retrouve."), field="reference")
    spare = spare_draft(founding)
    if drops_draft and spare is not None:
        trash_act(session, spare, by=by, at=at)
    founding.deliberated_on, founding.deliberation_reference = day, " ".join(reference.split())[:200]
    founding.act_id = founding.act = None
    touch(founding, by, at)
    tell(session, "founding.deliberation_noted", founding, by=by, at=at)


@dataclass(frozen=True)
class AttachProof:
    """A file that was checked and stored; ``file`` is its name in the folder of files."""

    stage: Stage
    about: str
    filename: str
    file: str
    media_type: str
    size: int
    sha256: str


def attach_proof(
    session: Session, founding: Founding, command: AttachProof, *, by: Actor, at: datetime
) -> FoundingProof:
    """Attach a proof to a step."""
    proof = FoundingProof(
        founding_id=founding.id,
        stage=command.stage.value,
        about=" ".join(command.about.split())[:200],
        filename=command.filename[:200],
        file=command.file,
        media_type=command.media_type,
        size=command.size,
        sha256=command.sha256,
        added_by=by.name,
        added_at=at,
    )
    session.add(proof)
    session.flush()
    touch(founding, by, at)
    tell(session, "founding.proof_attached", founding, by=by, at=at, stage=command.stage.value)
    return proof


def trash_proof(session: Session, proof: FoundingProof, *, by: Actor, at: datetime) -> None:
    """Put a proof in the trash; the file stays."""
    if proof.trashed_at is None:
        proof.trashed_at = at
        touch(proof.founding, by, at)
        tell(session, "founding.proof_trashed", proof.founding, by=by, at=at, stage=proof.stage)


def trash_founding(session: Session, founding: Founding, *, by: Actor, at: datetime) -> None:
    """Give a creation up, for now: the project of a body goes with it as long as it is not declared."""
    if founding.trashed_at is None:
        founding.trashed_at = at
        touch(founding, by, at)
        tell(session, "founding.trashed", founding, by=by, at=at)


def restore_founding(session: Session, founding: Founding, *, by: Actor, at: datetime) -> None:
    """Take a creation out of the trash."""
    if founding.trashed_at is not None:
        founding.trashed_at = None
        touch(founding, by, at)
        tell(session, "founding.restored", founding, by=by, at=at)
