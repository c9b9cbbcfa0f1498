"""The gate: every request passes here, and an endpoint without a mark is refused.

Mark a view with exactly one of ``@public``, ``@signed_in`` or ``@requires(Permission.X, on=loader)``.
``on`` is a query ``(session, **url arguments) -> object | None``; the view then receives the object in
place of the arguments, so that nothing can be done to an object that was not checked.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from flask import abort, current_app, g, redirect, request, url_for

from app.access.table import NOBODY, Table
from app.extensions import db
from app.shared.actor import Actor
from app.shared.errors import NotAllowed

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from werkzeug.wrappers import Response

    from app.access.table import Identity, Permission, Verdict

    View = Callable[..., Any]

MARK = "_gate_mark"
ADMIT = "_gate_admit"  # the check alone, without the view: what the matrix of doors is drawn with
ASKS = "_gate_asks"  # the permission and the query: two views that ask the same are one door


def public(view: View) -> View:
    """Open to everybody, signed in or not."""
    setattr(view, MARK, "public")
    return view


def signed_in(view: View) -> View:
    """Open to everybody who is signed in."""
    setattr(view, MARK, "signed_in")
    return view


def requires(permission: Permission, *, on: Callable[..., object | None] | None = None) -> Callable[[View], View]:
    """Open to those whom the table allows ``permission``, on the object that ``on`` finds."""

    def marked(view: View) -> View:
        def admit(arguments: dict[str, Any]) -> object:
            thing = None
            if on is not None:
                thing = on(db.session(), **arguments)
                if thing is None:
                    abort(404)
            check(permission, thing)
            return thing

        @wraps(view)
        def guarded(**arguments: Any) -> Any:  # noqa: ANN401  # what a view takes and gives
            thing = admit(arguments)
            return view(thing) if on is not None else view(**arguments)

        setattr(guarded, MARK, permission)
        setattr(guarded, ADMIT, admit)
        setattr(guarded, ASKS, (permission, on))
        return guarded

    return marked


def check(permission: Permission, thing: object = None) -> None:
    """Stop here unless the person may do this.

    :raises NotAllowed: with the reason, when the person may know the thing; 404 otherwise.
    """
    verdict = judge(permission, thing)
    if verdict.allowed:
        return
    if thing is not None and not table().may_know(identity(), thing):
        abort(404)
    raise NotAllowed(verdict.reason)


def judge(permission: Permission, thing: object = None) -> Verdict:
    """Ask the table for the person of this request."""
    return table().judge(identity(), permission, thing)


def may(permission: Permission, thing: object = None) -> bool:
    """For templates and views: whether the person of this request may."""
    return judge(permission, thing).allowed


def table() -> Table:
    """The application's table of permissions."""
    found: Table = current_app.extensions["permissions"]
    return found


def identity() -> Identity:
    """Who asks, as found at the gate."""
    who: Identity = g.get("identity", NOBODY)
    return who


def actor() -> Actor:
    """The person of this request, as the journal names them."""
    who = identity()
    return Actor(who.account_id, who.name)


def recognise(app: Flask) -> None:
    """Find out who asks before anything is refused, so that each refusal is in their own language.

    Who somebody is, is found by ``app.extensions["identify"]``, which the room accounts sets: the gate
    stands below it and knows no account.
    """
    app.extensions.setdefault("identify", lambda session: NOBODY)  # noqa: ARG005  # nobody is known without accounts
    app.before_request(_recognise)


def install(app: Flask) -> None:
    """Put the gate before every request of the application."""
    app.extensions["permissions"] = Table()
    app.before_request(_gate)
    app.context_processor(lambda: {"may": may, "identity": identity()})


def _recognise() -> None:
    if request.endpoint != "static":
        g.identity = current_app.extensions["identify"](db.session())


def _gate() -> Response | None:
    if request.endpoint in {"static", None}:
        return None  # no such page, said in the person's own language
    mark = getattr(current_app.view_functions[request.endpoint], MARK, None)
    if mark is None:
        raise RuntimeError(f"the endpoint {request.endpoint} carries no mark: it stays closed")
    if mark == "public" or g.identity.is_signed_in:
        return None
    if request.method in {"GET", "HEAD"}:
        target = request.full_path.rstrip("?")
        return redirect(url_for("accounts.sign_in", suite=target))
    return abort(401)
