"""The house's shape is tested like behaviour: floors, templates, migrations, the README's table of rooms."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
ALL_TEMPLATES = sorted(TEMPLATES.rglob("*.html"))
IMPORT = re.compile(
    r"{%-?\s*from\s+\"(?P<file>[^\"]+)\"\s+import\s+(?P<names>[^%]+?)(?:\s+with(?:out)? context)?\s*-?%}"
)

COMPARED = re.compile(r"revision (?:!=|==) |\b(?:expect|_no_conflict|_require_fresh|_require_read|_check_seen)\(")
ALONE = re.compile(r"alone_on\(|with_for_update\(")
ONLY_COMPARES = frozenset({"expect", "_no_conflict", "_require_fresh", "_require_read", "_check_seen"})
"""What several verbs call that are alone already."""


def _text(path: Path) -> str:
    return path.read_text("utf-8")


def _python() -> list[Path]:
    return [path for path in (ROOT / "app").rglob("*.py") if "migrations" not in path.parts]


def test_every_room_imports_only_what_stands_below_it() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_who_compares_a_revision_is_alone_on_what_is_compared() -> None:
    """Read without a lock, two people who save at one moment both find it unchanged, and one text is lost."""
    found = []
    for path in (one for one in _python() if {"services", "services.py"} & {*one.parts}):
        tree = ast.parse(_text(path))
        for function in (one for one in tree.body if isinstance(one, ast.FunctionDef)):
            words = ast.unparse(function)
            if COMPARED.search(words) and not ALONE.search(words) and function.name not in ONLY_COMPARES:
                found.append(f"{path.relative_to(ROOT)}: {function.name}")
    assert not found


def test_the_pure_leaves_load_without_flask_and_without_a_database() -> None:
    code = (
        "import sys, app.documents, app.law, app.rules, app.texts\n"
        "import pkgutil, importlib\n"
        "for leaf in (app.documents, app.law, app.rules, app.texts):\n"
        "    for found in pkgutil.iter_modules(leaf.__path__, leaf.__name__ + '.'):\n"
        "        importlib.import_module(found.name)\n"
        "bad = {'flask', 'sqlalchemy', 'wtforms', 'app.shared.clock'} & set(sys.modules)\n"
        "sys.exit(f'loaded: {bad}' if bad else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_template_is_reached() -> None:
    mentioned = "\n".join(_text(path) for path in [*_python(), *ALL_TEMPLATES])
    names = {str(path.relative_to(TEMPLATES)) for path in ALL_TEMPLATES}
    unreached = {name for name in names if f'"{name}"' not in mentioned and not _is_built(name, mentioned)}
    assert unreached == set()


def _is_built(name: str, mentioned: str) -> bool:
    """An error page is named by its code."""
    return name.startswith("errors/") and 'f"errors/{code}.html"' in mentioned


def test_a_template_uses_every_macro_that_it_imports() -> None:
    assert [unused for path in ALL_TEMPLATES for unused in _unused(path)] == []


def _unused(path: Path) -> Iterator[str]:
    text = _text(path)
    for found in IMPORT.finditer(text):
        rest = text.replace(found.group(0), "")
        for name in found["names"].split(","):
            local = name.split(" as ")[-1].strip()
            if not re.search(rf"\b{re.escape(local)}\b", rest):
                yield f"{path.relative_to(TEMPLATES)}: {local} of {found['file']}"


def test_a_template_holds_no_inline_style_or_script() -> None:
    inline = re.compile(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\bsrc=)")
    said = {path: re.sub(r"{#.*?#}", "", _text(path), flags=re.DOTALL) for path in ALL_TEMPLATES}
    assert [str(path.relative_to(TEMPLATES)) for path, text in said.items() if inline.search(text)] == []


def test_a_room_of_the_readme_is_a_room_of_the_house() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", _text(ROOT / "README.md"), re.MULTILINE)
    rooms = {path.parent.name for path in (ROOT / "app").glob("*/__init__.py")} - {"translations"}
    assert set(rows) == rooms


def test_shared_stays_small() -> None:
    lines = sum(len(_text(path).splitlines()) for path in (ROOT / "app" / "shared").rglob("*.py"))
    assert lines < 800


def test_nobody_keeps_a_drawer_of_odds_and_ends() -> None:
    drawers = {"utils.py", "helpers.py", "misc.py", "manager.py", "common.py"}
    assert not [path for path in _python() if path.name in drawers]


def test_every_requirement_is_pinned_and_hashed_and_names_no_address() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = _text(ROOT / name)
        pins = re.findall(r"^[a-z][^\n]*", text, re.MULTILINE)
        assert pins
        assert all("==" in pin for pin in pins)
        assert text.count("--hash=sha256:") >= len(pins)
        assert "://" not in text


def test_every_exception_to_a_lint_gives_its_reason() -> None:
    settings = tomllib.loads(_text(ROOT / "pyproject.toml"))
    assert settings["tool"]["ruff"]["lint"]["select"] == ["ALL"]
    bare = re.compile(r"#\s*(?:noqa|type: ignore)(?!: ?[A-Z]|\[)")
    assert not [path for path in _python() if bare.search(_text(path))]
