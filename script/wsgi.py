"""What gunicorn serves: the application, made ready by the process from which the workers are forked."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from app import create_app
from app.cli.start import StartError, ready
from app.config import SettingsError, load

if TYPE_CHECKING:
    from flask import Flask


def application() -> Flask:
    """The application of this installation; a set-up that cannot be served ends with one clear sentence."""
    try:
        return ready(load(), create_app)
    except (SettingsError, StartError) as error:
        print(f"\n{error}", file=sys.stderr)
        raise SystemExit(3) from None
