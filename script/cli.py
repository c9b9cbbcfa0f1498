"""The product's command line: a database that is new or older than the software is brought up to date first."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from typing import TYPE_CHECKING

from click import Context, NoSuchCommand
from flask.cli import FlaskGroup
from sqlalchemy.exc import OperationalError

from app import create_app
from app.cli import french
from app.cli.start import StartError, bring_up_to_date
from app.config import SettingsError
from app.database.connection import is_passing

if TYPE_CHECKING:
    from click import Command
    from flask import Flask

LEFT_AS_IT_IS = {"database", "start", "routes"}
"""Commands that look at the schema themselves or need none."""


class Commands(FlaskGroup):
    """Flask's group, which also knows the product's commands when it looks for the nearest name."""

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """Find a command; the nearest of all is named when there is none."""
        try:
            return super().resolve_command(ctx, args)
        except NoSuchCommand as error:
            raise NoSuchCommand(error.command_name, possibilities=self.list_commands(ctx), ctx=ctx) from None


def made() -> Flask:
    """The application, on a database that its commands can use."""
    app = create_app()
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    known = app.cli.list_commands(Context(app.cli))
    if words and words[0] in known and words[0] not in LEFT_AS_IT_IS and "--help" not in sys.argv:
        with app.app_context():
            bring_up_to_date(app.config["SETTINGS"])
    return app


def main() -> None:
    """Run one command."""
    french.speak()
    try:
        Commands(create_app=made, name="script/flask", load_dotenv=False).main(prog_name="script/flask")
    except (SettingsError, StartError) as error:
        print(f"\n{error}", file=sys.stderr)
        raise SystemExit(3) from None
    except OperationalError as error:
        if is_passing(error):
            print(
                "\nLa base est occupée par une autre écriture ; rien n’a été changé. Relancez dans un instant.",
                file=sys.stderr,
            )
        else:
            print(f"\nLa base de données refuse : {error.orig}", file=sys.stderr)
        raise SystemExit(3) from None


if __name__ == "__main__":
    main()
