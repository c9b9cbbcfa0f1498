"""The papers of the declaration: what goes to the registry, and whether it is ready; dates of birth are kept out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _ln

from app.council.casework import judged
from app.founding import statutes
from app.founding.queries import is_local
from app.founding.reckoning import figure, founders_needed
from app.founding.services.statutes import clauses_of
from app.law.words import french

if TYPE_CHECKING:
    from datetime import date

    from app.founding.models import Founder, Founding
    from app.law.tables import Figure


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One paper: what it is, who signs it, whether it was made, what is still wrong with it."""

    code: str
    title: object
    reason: object
    is_ready: bool
    document: str = ""
    wrong: tuple[object, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether it may be handed in as it is; the page and the printed list say the same."""
        return self.is_ready and not self.wrong


def officers_of(founding: Founding) -> list[Founder]:
    """The founders that the assembly elected, in their order."""
    return [one for one in founding.founders_now if one.office]


def needs_mandate(founding: Founding) -> bool:
    """Whether somebody else than the president declares; nobody gives a mandate to themselves."""
    chairs = {one.person_id for one in officers_of(founding) if one.office == "president"}
    return founding.declarant_id is not None and founding.declarant_id not in chairs


def papers_of(founding: Founding, *, on: date) -> list[Piece]:
    """What the registry of associations, or the court in Alsace-Moselle, asks for."""
    local = is_local(founding.body)
    signs = figure("dirigeants_signataires_statuts", on)
    needed = founders_needed(founding.body, on)
    who_signs = (
        _l("Datés, signés par %(count)s membres au moins.", count=needed.value)
        if local
        else _l("Datés, signés par %(count)s dirigeants au moins, avec leur nom et leur fonction.", count=signs.value)
    )
    pieces = [
        Piece(
            code="statutes",
            title=_l("Les statuts"),
            reason=who_signs,
            is_ready=founding.statutes_on is not None,
            document="statuts",
            wrong=(
                *_seat_wrong(founding),
                *(_few_to_sign(founding, needed) if local else ()),
                *_birth_dates(founding, "statutes", _statutes_text(founding), on),
            ),
        ),
        Piece(
            code="minutes",
            title=_l("Le procès-verbal de l’assemblée constitutive"),
            reason=_l("Daté, signé par au moins un dirigeant, avec son nom. Sans date de naissance."),
            is_ready=founding.held_on is not None,
            document="proces-verbal",
            wrong=_birth_dates(founding, "minutes", _minutes_text(founding), on),
        ),
        _officer_list(founding, local=local, on=on),
    ]
    if local:
        pieces.insert(0, _registration(founding))
    if needs_mandate(founding):
        pieces.append(
            Piece(
                code="mandate",
                title=_l("Le mandat de la personne qui déclare"),
                reason=_l("Signé par un dirigeant, si ce n’est pas lui qui déclare. Sans date de naissance."),
                is_ready=founding.held_on is not None,
                document="mandat",
            )
        )
    return pieces


def _registration(founding: Founding) -> Piece:
    return Piece(
        code="registration",
        title=_l("La demande d’inscription au registre des associations"),
        reason=_l(
            "Faite et signée par la direction, avec les statuts en original et en copie et le procès-verbal (code "
            "civil local, article 59). Non vérifié sur le texte : demandez au tribunal s’il a son imprimé."
        ),
        is_ready=founding.held_on is not None,
        document="inscription",
    )


def _few_to_sign(founding: Founding, needed: Figure) -> tuple[object, ...]:
    """That fewer wanted these statutes than must sign them; who voted against may still sign, and nobody knows."""
    wanted = founding.votes_for
    if founding.held_on is None or wanted is None or wanted >= needed.value:
        return ()
    return (
        _l(
            "%(votes)s pour les statuts, et %(needed)s au moins doivent les signer (%(article)s) : "
            "faites signer aussi d’autres membres avant le dépôt.",
            votes=_ln("%(num)s voix", "%(num)s voix", wanted),
            needed=_ln("%(num)s membre", "%(num)s membres", int(needed.value)),
            article=needed.article,
        ),
    )


def _officer_list(founding: Founding, *, local: bool, on: date) -> Piece:
    officers = officers_of(founding)
    lacking = [one.person.name for one in officers if not (one.occupation and one.nationality and one.address)]
    wrong: tuple[object, ...] = ()
    if lacking:
        wrong = (
            _l("Il manque la profession, la nationalité ou le domicile de : %(names)s.", names=", ".join(lacking)),
        )
    reason = (
        _l(
            "Nom, profession, domicile, nationalité ; le tribunal veut aussi date et lieu de naissance : "
            "à écrire à la main sur l’imprimé."
        )
        if local
        else _l("Nom, profession, domicile, nationalité. Ni date ni lieu de naissance.")
    )
    text = " ".join(f"{one.occupation} {one.nationality} {one.address}" for one in officers)
    return Piece(
        code="officer_list",
        title=_l("La liste des dirigeants"),
        reason=reason,
        is_ready=bool(officers) and not lacking,
        document="dirigeants",
        wrong=(*wrong, *(() if local else _birth_dates(founding, "officer_list", text, on))),
    )


def _seat_wrong(founding: Founding) -> tuple[object, ...]:
    """The declaration asks for the address of the seat; the name of the commune alone is none."""
    seat = founding.fields.get("siege_adresse", "")
    if any(letter.isdigit() for letter in seat) or "," in seat:
        return ()
    return (_l("Le siège n’a pas d’adresse complète : la déclaration demande la rue, le code postal et la commune."),)


def _birth_dates(founding: Founding, kind: str, text: str, on: date) -> tuple[object, ...]:
    """What check C50 says of a paper that holds a date of birth."""
    case: dict[str, Any] = {
        "on": on.isoformat(),
        "association": {"alsace_moselle": is_local(founding.body), "papers": [{"kind": kind, "text": text}]},
    }
    answer = judged(case)
    found = next((one for one in answer["checks"] if one["id"] == "C50"), None) if answer else None
    return (french(found["sentence"]),) if found is not None and found["status"] == "not_ok" else ()


def _minutes_text(founding: Founding) -> str:
    """All that people typed into the minutes."""
    meeting = founding.meeting
    if meeting is None:
        return founding.assembly_note
    said = [text for item in meeting.agenda for text in (item.title, item.resolution, item.debate, item.decided_note)]
    return "\n".join([founding.assembly_note, meeting.minutes_text, *said])


def _statutes_text(founding: Founding) -> str:
    made = statutes.articles(clauses_of(founding), founding.fields, founding.own_words)
    return "\n".join(
        "".join(text for text, _blank in line) for one in made for paragraph in one.body for line in paragraph.lines
    )
