"""Flask with nothing in it: what every throughput is compared with."""

from __future__ import annotations

from flask import Flask

app = Flask("bare")


@app.get("/")
def hello() -> str:
    """The least that Flask can answer."""
    return "bonjour"
