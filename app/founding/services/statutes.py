"""Writing the statutes: short answers, values, an article rewritten by hand, ready."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.bodies.services.records import edit_body, facts_of
from app.database.unit import alone_on
from app.founding import statutes
from app.founding.queries import is_local
from app.founding.services.ground import BadFounding, NotNow, expect, tell, touch
from app.shared.clock import day_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.founding.models import Founding
    from app.shared.actor import Actor

MOST_ARTICLE = 10_000
MOST_NAME = 200
"""What the record of a body holds; a declaration takes hardly more (service-public.fr F1119)."""
_NUMBERS = {
    "ca_min": (2, 60),
    "ca_max": (2, 60),
    "elus_voix": (1, 30),
    "mandat_ans": (1, 6),
    "convocation_jours": (1, 90),
    "quorum_pourcent": (0, 100),
    "procurations_max": (0, 20),
}


def clauses_of(founding: Founding) -> dict[str, str]:
    """The answers of a founding, with the law that applies to its commune."""
    return statutes.clauses_of(founding.clauses, is_local=is_local(founding.body))


def require_open(founding: Founding) -> None:
    """Refuse to change statutes that the founders adopted.

    :raises NotNow: with what to do.
    """
    if founding.held_on is not None:
        raise NotNow(
            _l(
                "L’assemblée constitutive a adopté ces statuts : ils ne changent plus ici. "
                "Une assemblée extraordinaire les modifie."
            )
        )


def answer_statutes(
    session: Session,
    founding: Founding,
    clauses: Mapping[str, str],
    fields: Mapping[str, str],
    *,
    revision: int,
    by: Actor,
    at: datetime,
) -> None:
    """Keep the answers and the values; what is left empty stays a blank.

    :raises EditConflict: when somebody else wrote in the meantime.
    """
    alone_on(session, founding)
    require_open(founding)
    expect(founding, revision, theirs=told(founding.fields), yours=told(fields))
    tidy = {name: " ".join(str(value).split())[:500] for name, value in fields.items()}
    if len(tidy.get("nom", "")) > MOST_NAME:
        raise BadFounding(
            _l("Ce nom est trop long pour une déclaration : gardez %(most)s caractères au plus.", most=MOST_NAME),
            field="nom",
        )
    chosen = {**founding.clauses, **clauses}
    _check_numbers({name: value for name, value in tidy.items() if name != "elus_voix" or _has_votes(chosen)})
    founding.clauses = chosen
    founding.fields = {**founding.fields, **tidy}
    _rename(session, founding, tidy.get("nom", ""), by, at)
    founding.statutes_on = None
    touch(founding, by, at)
    tell(session, "founding.statutes_written", founding, by=by, at=at)


def _rename(session: Session, founding: Founding, name: str, by: Actor, at: datetime) -> None:
    committee = founding.committee
    if name and name != committee.name:
        facts = replace(facts_of(committee), name=name)
        edit_body(session, committee, facts, revision=committee.revision, by=by, at=at)


def _has_votes(clauses: Mapping[str, str]) -> bool:
    """Whether the commune votes in the board: otherwise a number of votes that nobody reads is not judged."""
    return clauses.get("elus") == "minorite"


def _check_numbers(fields: Mapping[str, str]) -> None:
    read: dict[str, int] = {}
    for name, (least, most) in _NUMBERS.items():
        raw = fields.get(name, "")
        if not raw:
            continue
        if not (raw.isascii() and raw.isdecimal() and least <= int(raw) <= most):
            raise BadFounding(
                _l("Écrivez un nombre entier, de %(least)s à %(most)s.", least=least, most=most), field=name
            )
        read[name] = int(raw)
    if "ca_min" in read and "ca_max" in read and read["ca_max"] < read["ca_min"]:
        raise BadFounding(_l("Le plus grand effectif du conseil est inférieur au plus petit."), field="ca_max")
    if "elus_voix" in read and "ca_min" in read and 2 * read["elus_voix"] >= read["ca_min"]:
        raise BadFounding(
            _l(
                "%(votes)s voix pour la commune sur %(least)s, c’est la moitié ou plus : l’association ne serait "
                "plus indépendante (CE, 21 mars 2007, commune de Boulogne-Billancourt).",
                votes=read["elus_voix"],
                least=read["ca_min"],
            ),
            field="elus_voix",
        )


def rewrite_article(
    session: Session,
    founding: Founding,
    article: str,
    text: tuple[str, str],
    *,
    revision: int,
    by: Actor,
    at: datetime,
) -> None:
    """Put one's own words in place of an article; empty ones bring the model back."""
    alone_on(session, founding)
    require_open(founding)
    heading, body = text
    words = statutes.words_of(article, founding.own_words)
    if words is None:
        raise BadFounding(_l("Cet article n’existe pas."))
    theirs = {str(_l("Titre")): words.heading, str(_l("Texte")): words.body}
    expect(founding, revision, theirs=theirs, yours={str(_l("Titre")): heading, str(_l("Texte")): body})
    if len(body) > MOST_ARTICLE:
        raise BadFounding(_l("C’est trop long pour un article : gardez 10 000 caractères au plus."), field="body")
    own = dict(founding.own_words)
    if heading.strip() or body.strip():
        own[article] = {"heading": " ".join(heading.split())[:200], "body": body.replace("\r\n", "\n").strip()}
    else:
        own.pop(article, None)
    founding.own_words = own
    founding.statutes_on = None
    touch(founding, by, at)
    tell(session, "founding.article_rewritten", founding, by=by, at=at)


def finish_statutes(session: Session, founding: Founding, *, by: Actor, at: datetime) -> None:
    """Declare the draft ready for the founders.

    :raises NotNow: when something is still blank.
    """
    require_open(founding)
    if missing := statutes.blanks(clauses_of(founding), founding.fields, founding.own_words):
        names = ", ".join(statutes.label_of(name, "fr") for name in missing)
        raise NotNow(_l("Il reste des blancs à remplir : %(blanks)s.", blanks=names))
    founding.statutes_on = day_of(at)
    touch(founding, by, at)
    tell(session, "founding.statutes_ready", founding, by=by, at=at)


def told(fields: Mapping[str, str]) -> dict[str, str]:
    """The values by label, for people who compare two texts."""
    return {(field.label.get("fr") or field.id): str(fields.get(field.id, "")) for field in statutes.model().fields}
