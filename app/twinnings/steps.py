"""The one framed next step of a dossier, by stage; an upper room may know better (``panels.Suggestion``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.shared.saying import said
from app.twinnings.models import EventKind, Stage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from app.twinnings.models import Twinning, TwinningEvent


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """What comes next and why; ``to`` is the stage that the button proposes to note, ``doors`` other pages."""

    title: str
    text: str
    to: Stage | None = None
    doors: tuple[str, ...] = ()


_STEPS: dict[Stage, tuple[object, object, Stage, tuple[str, ...]]] = {
    Stage.IDEA: (
        _l("chercher une ville partenaire"),
        _l("Dites ce que vous cherchez : taille, distance, thèmes, langue. Puis écrivez à plusieurs villes."),
        Stage.SEARCH,
        (),
    ),
    Stage.SEARCH: (
        _l("noter le premier contact"),
        _l("Une lettre, un appel, une visioconférence : la date et le nom de la personne rencontrée suffisent."),
        Stage.CONTACT,
        ("person",),
    ),
    Stage.CONTACT: (
        _l("se rencontrer"),
        _l("Une première visite, et une première action commune, avant tout vote. Vérifiez que les habitants suivent."),
        Stage.VISIT,
        ("ceremony",),
    ),
    Stage.VISIT: (
        _l("faire voter le conseil"),
        _l("Le conseil se prononce sur le principe et sur le texte. Préparez le texte dans les deux langues."),
        Stage.VOTE,
        ("convention",),
    ),
    Stage.VOTE: (
        _l("signer le premier serment"),
        _l("Fixez le jour et le lieu avec l’autre ville, préparez le texte à signer et le programme."),
        Stage.FIRST_OATH,
        ("convention", "ceremony"),
    ),
    Stage.FIRST_OATH: (
        _l("le serment retour, dans l’autre ville"),
        _l("La seconde cérémonie se tient d’ordinaire l’année suivante, chez le partenaire. Aucun délai n’est imposé."),
        Stage.SECOND_OATH,
        ("ceremony", "convention"),
    ),
    Stage.SECOND_OATH: (
        _l("faire vivre le jumelage"),
        _l("Convenez d’un rendez-vous par an et d’un plan d’action de trois ans, relu chaque année."),
        Stage.ACTIVE,
        ("ceremony",),
    ),
    Stage.DORMANT: (
        _l("renouer"),
        _l("Écrivez à l’autre ville et proposez une date simple : un anniversaire, un marché, une visioconférence."),
        Stage.ACTIVE,
        ("person", "ceremony"),
    ),
}


def next_step(twinning: Twinning, history: Sequence[TwinningEvent], *, today: date) -> NextStep:
    """What a twinning at this stage does next; ``history`` are its landmarks, the oldest first."""
    stage = Stage(twinning.stage)
    if stage == Stage.ACTIVE:
        return _of_an_active_one(history)
    if stage == Stage.SUSPENDED:
        return _of_a_suspended_one(history, today)
    if stage == Stage.ENDED:
        return NextStep(
            title=_("garder la mémoire"),
            text=_("Le jumelage est terminé. Le dossier reste lisible des deux côtés ; complétez son histoire."),
            doors=("event",),
        )
    title, text, to, doors = _STEPS[stage]
    return NextStep(title=str(title), text=str(text), to=to, doors=doors)


def _of_an_active_one(history: Sequence[TwinningEvent]) -> NextStep:
    signed = any(event.kind == EventKind.SIGNATURE or event.stage for event in history if event.when is not None)
    if not signed:
        return NextStep(
            title=_("retrouver la date de la signature"),
            text=_("Aucun serment n’est daté dans ce dossier. L’année suffit pour préparer les anniversaires."),
            doors=("event", "convention"),
        )
    return NextStep(
        title=_("préparer le prochain rendez-vous"),
        text=_("Une rencontre par an ou tous les deux ans tient le lien. Fixez la prochaine avec l’autre ville."),
        doors=("ceremony", "event"),
    )


def _of_a_suspended_one(history: Sequence[TwinningEvent], today: date) -> NextStep:
    last = next((event for event in reversed(history) if event.stage == Stage.SUSPENDED), None)
    if last is None or last.review_on is None:
        text = _("Aucune date n’est fixée pour revoir cette suspension : fixez-en une avec l’autre ville.")
    elif last.review_on <= today:
        text = _("La date fixée pour revoir la suspension est passée : %(day)s.", day=said(last.review_on))
    else:
        text = _("La suspension est à revoir le %(day)s.", day=said(last.review_on))
    return NextStep(title=_("revoir la suspension"), text=text, to=Stage.ACTIVE)
