"""The list of bodies that one knows."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import render_template, request, url_for

from app.access.gate import identity, may, requires
from app.bodies import queries
from app.bodies.doubles import doubles_among
from app.bodies.labels import KIND_NAMES, kind_name, opening_said
from app.bodies.policy import BodyAction
from app.bodies.views.ground import after, blueprint, runs_the_installation
from app.extensions import db
from app.people.policy import PersonAction
from app.places import telling


class ToldApart(NamedTuple):
    """What tells two records of one body apart."""

    text: str
    is_second: bool


@blueprint.get("/")
@requires(BodyAction.LIST)
def index() -> str:
    """Bodies by name: one's own, those one keeps, those that share a twinning."""
    who = identity()
    wanted = queries.BodyFilter(
        words=request.args.get("q", "")[:200],
        kind=request.args.get("genre", "") if request.args.get("genre", "") in set(KIND_NAMES) else "",
        trashed="corbeille" in request.args,
        everything=runs_the_installation(who),
    )
    last = after(request.args.get("apres", ""))
    mine = who.readable_body_ids | who.laid_aside if wanted.trashed else who.readable_body_ids
    found = queries.page_of_bodies(db.session(), mine, wanted, after=last)
    page, more = found[: queries.PAGE], len(found) > queries.PAGE
    kept: dict[str, Any] = {
        name: value
        for name, value in (("q", wanted.words), ("genre", wanted.kind), ("corbeille", int(wanted.trashed)))
        if value
    }
    return render_template(
        "bodies/index.html",
        bodies=page,
        wanted=wanted,
        kinds=[(kind.value, name) for kind, name in KIND_NAMES.items()],
        kind_name=kind_name,
        where=telling,
        own=who.body_ids,
        told_apart=_told_apart(who.written_body_ids),
        awaited=queries.without_administrator(db.session(), page) if wanted.everything and not wanted.trashed else (),
        openable=queries.visible_among(db.session(), who.readable_body_ids, page),
        pages={
            "previous_url": url_for("bodies.index", **kept) if last else None,
            "next_url": url_for("bodies.index", **kept, apres=f"{page[-1].id}~{page[-1].folded}") if more else None,
        },
        restorable={body.id for body in page if wanted.trashed and may(BodyAction.RESTORE, body)},
        may_create=may(BodyAction.CREATE),
        may_list_people=may(PersonAction.LIST),
    )


def _told_apart(bodies: frozenset[int]) -> dict[int, ToldApart]:
    """The records that may be of one body, by id, for who writes for both."""
    found: dict[int, ToldApart] = {}
    for double in doubles_among(db.session(), bodies).values():
        found.setdefault(double.first.id, ToldApart(opening_said(double.first_opened), is_second=False))
        found[double.second.id] = ToldApart(opening_said(double.second_opened), is_second=True)
    return found
