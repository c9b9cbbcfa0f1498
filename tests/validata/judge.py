"""Asks validata-core about files: ``judge.py SCHEMA.json FILE.csv…`` prints the errors of each as JSON.

Runs with the Python of ``.cache/validata`` and imports nothing of ours.
"""

from __future__ import annotations

import json
import sys
import warnings

warnings.simplefilter("ignore")

from validata_core import validate  # noqa: E402  # its own warnings are not ours


def errors_of(file: str, schema: str) -> list[str]:
    """The codes of what is wrong in a file."""
    report = validate(file, schema)
    return [error.code for error in (*report.errors, *(one for task in report.tasks for one in task.errors))]


json.dump([errors_of(file, sys.argv[1]) for file in sys.argv[2:]], sys.stdout)
