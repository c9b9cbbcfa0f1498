"""Builds the application: settings, extensions, rooms, gate, error pages."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from flask import Flask
from flask.cli import AppGroup
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter

from app import config
from app.accounts import gate
from app.audit import sentences
from app.cli import french
from app.database import connection
from app.extensions import babel, csrf, db
from app.web import asked, errors, look, sessions, shell, words
from app.web.routes import LateRule

if TYPE_CHECKING:
    from click import Command, Context
    from werkzeug.routing import Map

    from app.config import Settings

ROOMS = (
    "places",
    "people",
    "bodies",
    "audit",
    "mail",
    "accounts",
    "twinnings",
    "members",
    "conventions",
    "ceremonies",
    "council",
    "assemblies",
    "mailing",
    "actions",
    "funding",
    "handover",
    "yearly",
    "founding",
    "web",
)
COMMANDS = (
    "app.cli.database",
    "app.cli.start",
    "app.cli.backup.commands",
    "app.cli.rules",
    "app.cli.law",
    "app.cli.rooms",
)


class LateCommands(AppGroup):
    """The product's commands, whose modules are loaded for the first who asks for one: to serve takes none of them."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app.name)
        self._waiting: Flask | None = app

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """Find one."""
        self._load()
        return super().get_command(ctx, cmd_name)

    def list_commands(self, ctx: Context) -> list[str]:
        """Name all."""
        self._load()
        return super().list_commands(ctx)

    def _load(self) -> None:
        app, self._waiting = self._waiting, None
        if app is not None:
            for name in COMMANDS:
                import_module(name).install(app)


class Identifier(IntegerConverter):
    """A number in an address; one that no identifier can be is not found, before the database refuses it."""

    def __init__(self, url_map: Map, **bounds: Any) -> None:  # noqa: ANN401  # Werkzeug's own
        super().__init__(url_map, **{"max": 2**31 - 1, **bounds})


def build(settings: Settings | None = None) -> Flask:
    """Return a ready application for these settings (by default, those of this installation)."""
    settings = settings or config.load()
    app = Flask(
        "app",
        root_path=str(config.ROOT / "app"),
        instance_path=str(settings.instance),
        template_folder=str(config.ROOT / "templates"),
    )
    app.url_map.converters["int"] = Identifier
    app.url_rule_class = LateRule
    app.config.from_mapping(_flask_settings(settings))
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, *[settings.trusted_proxies] * 4)  # type: ignore[method-assign]
    _bind_extensions(app)
    asked.install(app)
    sessions.install(app)
    gate.recognise(app)
    csrf.init_app(app)
    gate.install(app)
    words.install(app)
    shell.install(app)
    look.install(app)
    errors.install(app)
    _open_rooms(app)
    return app


def _flask_settings(settings: Settings) -> dict[str, object]:
    return {
        "SETTINGS": settings,
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.url,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(settings.url),
        "MAX_CONTENT_LENGTH": settings.max_upload_mib * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "SESSION_COOKIE_NAME": "trait_d_union",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": 60 * 60 * 24 * 30,
        "SESSION_REFRESH_EACH_REQUEST": False,
        "WTF_CSRF_TIME_LIMIT": None,
        "BABEL_DEFAULT_LOCALE": "fr",
        "BABEL_DEFAULT_TIMEZONE": "Europe/Paris",
        "BABEL_TRANSLATION_DIRECTORIES": "translations",
        "TESTING": settings.testing,
        "PROPAGATE_EXCEPTIONS": settings.testing,
    }


def _engine_options(url: str) -> dict[str, object]:
    """What the database refuses goes to the technical log without the values: they name members."""
    if url.startswith("sqlite"):
        return {"hide_parameters": True, "connect_args": {"check_same_thread": False}}
    return {"hide_parameters": True, "pool_pre_ping": True, "pool_size": 4}


def _bind_extensions(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        connection.prepare(db.engine)
    babel.init_app(app, locale_selector=shell.language, timezone_selector=shell.timezone)


def _open_rooms(app: Flask) -> None:
    """Register what each room offers, shelf by shelf, where it has one.

    ``models`` are mapped; ``policy.POLICY`` (and ``VISIBLE``) join the table of permissions;
    ``journal.SENTENCES`` tell what its actions read as; ``views.install(app)`` opens its pages.
    """
    for room in ROOMS:
        _shelf(f"app.{room}.models")
        if policy := _shelf(f"app.{room}.policy"):
            app.extensions["permissions"].add(policy.POLICY, visible=getattr(policy, "VISIBLE", None))
        if journal := _shelf(f"app.{room}.journal"):
            sentences.declare(journal.SENTENCES, getattr(journal, "WORDS", None))
        if views := _shelf(f"app.{room}.views"):
            views.install(app)
    french.speak()
    app.cli = LateCommands(app)


def _shelf(name: str):  # type: ignore[no-untyped-def]  # noqa: ANN202  # a module or nothing
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name == name:
            return None
        raise
