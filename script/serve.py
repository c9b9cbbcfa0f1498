"""Serves with gunicorn. What it and the application are made of comes from one file, where nothing of it changed."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Serve until somebody ends it."""
    gc.disable()  # until all is loaded: nothing of it is rubbish
    sys.path.insert(0, __file__.rpartition("/script/")[0])

    from script.modules import kept  # noqa: PLC0415

    sys.meta_path.insert(0, kept)  # before all that is to come

    from gunicorn.app.wsgiapp import run  # noqa: PLC0415

    run()


if __name__ == "__main__":
    main()
