"""Types commands of vdirsyncer and khal one after the other into one process: each start of theirs takes a second.

Reads ``[[tool, words, what is typed when it asks], …]`` from its input and writes what each said, as JSON.
"""

from __future__ import annotations

import json
import sys

from click.testing import CliRunner
from khal.cli import main_khal
from vdirsyncer.cli import app

TOOLS = {"vdirsyncer": app, "khal": main_khal}

told = []
for tool, words, typed in json.load(sys.stdin):
    done = CliRunner().invoke(TOOLS[tool], words, input=typed, catch_exceptions=False)
    if done.exit_code:
        sys.exit(f"{tool} {' '.join(words)}: {done.output}")
    told.append(done.output)
json.dump(told, sys.stdout)
