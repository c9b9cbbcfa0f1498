"""What is the same for all tests is made once a worker: the application, its templates, its statements."""

from __future__ import annotations

import gc
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Flask, Response
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache

from app import create_app
from app.extensions import db
from app.shared.typography import NO_BREAK
from tests.support import tools

if TYPE_CHECKING:
    from types import CodeType

    from jinja2.bccache import Bucket

    from app.config import Settings


class TemplateMemory(FileSystemBytecodeCache):
    """Compiled templates, as long as their source stays the same; the next worker finds them on the disk."""

    def __init__(self) -> None:
        folder = tools.CACHE / "templates"
        self._on_disk = os.access(tools.CACHE, os.W_OK)
        if self._on_disk:
            folder.mkdir(exist_ok=True)
        super().__init__(str(folder))
        self._kept: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._kept.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code
            return
        super().load_bytecode(bucket)
        if bucket.code is not None:
            self._kept[bucket.key] = (bucket.checksum, bucket.code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = (bucket.checksum, bucket.code)
        if self._on_disk:
            super().dump_bytecode(bucket)


Flask.jinja_options = {"bytecode_cache": TemplateMemory()}


class Spoken(Response):
    """An answer whose text is read as people read it: a no-break space is a space."""

    def get_data(self, as_text: bool = False) -> Any:  # noqa: FBT001, FBT002  # werkzeug's own
        data = super().get_data(as_text)
        return data.replace(NO_BREAK, " ") if isinstance(data, str) else data


class Reader(FlaskClient):
    """A browser without a screen; ``answer.text`` has plain spaces, ``answer.data`` what was sent."""

    def __init__(self, application: Flask, _response_wrapper: object = None, **more: Any) -> None:
        super().__init__(application, Spoken, **more)


@dataclass
class Standing:
    """An application that test after test finds as new: only what SQLAlchemy and Jinja compiled stays."""

    app: Flask
    config: dict[str, Any]
    extensions: dict[str, Any]

    @classmethod
    def built(cls, settings: Settings) -> Standing:
        """Build one, and count what now stands in memory as there for good."""
        app = create_app(settings)
        app.test_client_class = Reader
        gc.collect()
        gc.freeze()
        return cls(app, dict(app.config), dict(app.extensions))

    def as_new(self, settings: Settings) -> Flask:
        """The application with these settings, and without what the test before changed in it."""
        self.app.config.clear()
        self.app.config.update(self.config, SETTINGS=settings)
        self.app.extensions.clear()
        self.app.extensions.update(self.extensions)
        return self.app

    def is_watched(self) -> bool:
        """Whether a test left somebody listening to what the database is asked."""
        return bool(list(db.engine.dispatch.before_cursor_execute))


_STANDING: dict[str, Standing] = {}


def application(settings: Settings) -> Flask:
    """The worker's application on this database, as new."""
    if settings.database_url not in _STANDING:
        _STANDING[settings.database_url] = Standing.built(settings)
    return _STANDING[settings.database_url].as_new(settings)


def clear_away(settings: Settings) -> None:
    """Build anew for the next test, where this one left something that cannot be taken back."""
    if _STANDING[settings.database_url].is_watched():
        del _STANDING[settings.database_url]
