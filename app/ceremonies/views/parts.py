"""What several pages of this room need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, abort, render_template
from flask_babel import get_locale

from app.accounts.gate import identity
from app.ceremonies import queries
from app.ceremonies.forms import titled_languages
from app.ceremonies.labels import LANGUAGE_NAMES
from app.ceremonies.wording import said
from app.documents.downloads import disposition
from app.extensions import db
from app.places import clocks
from app.shared.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ceremonies.models import Ceremony
    from app.forms import Form
    from app.shared.errors import EditConflict
    from app.twinnings.models import Twinning


def towns(twinning: Twinning) -> list[str]:
    """The towns of a twinning, one's own first."""
    mine = identity().body_ids
    parties = sorted(twinning.parties, key=lambda party: (party.body_id not in mine, party.side, party.position))
    return [party.body.name for party in parties if party.is_town] or [twinning.title]


def again(ceremony_id: int) -> Ceremony:
    """The ceremony as it is now, inside the writing transaction."""
    return queries.ceremony_to_see(db.session(), ceremony_id) or abort(404)


def naming(ceremony: Ceremony) -> dict[str, object]:
    """What every page of one ceremony names."""
    main, second = titled_languages(ceremony)
    return {
        "name": said(ceremony.title, ceremony.languages),
        "main_language": LANGUAGE_NAMES.get(main, main),
        "second_language": LANGUAGE_NAMES.get(second, second),
        "zones": zone_names([party.get("country", "") for party in ceremony.details.get("hosts", [])]),
    }


def zone_names(countries: Sequence[str] = ()) -> list[str]:
    """Every clock in words, those of these countries first."""
    first = {zone for country in countries for zone in clocks.zones_of(country)}
    named = clocks.offered(str(get_locale() or "fr"))
    return [name for zone, name in named if zone in first] + [name for zone, name in named if zone not in first]


def answer(template: str, form: Form, conflict: EditConflict | None = None, /, **values: object) -> tuple[str, int]:
    """The page with its form; 422 when what was sent has faults, 409 when somebody else wrote meanwhile."""
    page = render_template(template, form=form, conflict=conflict, **values)
    return page, 409 if conflict else 422 if form.errors else 200


def file_stem(kind: str, ceremony: Ceremony) -> str:
    """Name a download so that it is known among others: what, its title and its day; the number when it has neither."""
    title = fold(said(ceremony.title, ceremony.languages))
    plain = "".join(letter if letter.isascii() else " " for letter in title).split()
    day = ceremony.first_day.isoformat() if ceremony.first_day else ""
    parts = [kind, "-".join(plain)[:60].strip("-") or str(ceremony.id), day]
    return "-".join(part for part in parts if part)


def file_answer(content: bytes, kind: str, name: str) -> Response:
    """A file to keep."""
    answer = Response(content, content_type=kind)
    answer.headers["Content-Disposition"] = disposition(name)
    return answer
