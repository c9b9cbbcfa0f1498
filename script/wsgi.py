"""What gunicorn serves: the application, made ready by the process from which the workers are forked."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from script.compiled import dataclasses_kept, keep_templates

if TYPE_CHECKING:
    from flask import Flask


def application() -> Flask:
    """The application of this installation; a set-up that cannot be served ends with one clear sentence."""
    with dataclasses_kept():
        from app import create_app  # noqa: PLC0415  # within the block that makes it quick
        from app.cli.start import StartError, ready  # noqa: PLC0415
        from app.config import SettingsError, load  # noqa: PLC0415

        try:
            app = ready(load(), create_app)
        except (SettingsError, StartError) as error:
            print(f"\n{error}", file=sys.stderr)
            raise SystemExit(3) from None
    keep_templates(app)
    return app
