"""The product as ``script/wsgi.py`` serves it, without what it does on a first run."""

from __future__ import annotations

from app import create_app

app = create_app()
