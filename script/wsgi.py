"""What gunicorn serves: the application, made ready by the process from which the workers are forked."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from script.compiled import Texts, keep_templates
from script.modules import kept

if TYPE_CHECKING:
    from flask import Flask

    from app.config import Settings


def application() -> Flask:
    """The application of this installation; a set-up that cannot be served ends with one clear sentence."""
    with Texts().kept():
        from app import create_app  # noqa: PLC0415  # within the block that makes it quick
        from app.cli.start import StartError, ready  # noqa: PLC0415
        from app.config import SettingsError, load  # noqa: PLC0415

        def create(settings: Settings) -> Flask:
            app = create_app(settings)
            kept.note()
            return app

        try:
            app = ready(load(), create)
        except (SettingsError, StartError) as error:
            print(f"\n{error}", file=sys.stderr)
            raise SystemExit(3) from None
    keep_templates(app)
    return app
