"""The commands of ``script/`` set themselves up from a bare, broken or strangely placed checkout."""

from __future__ import annotations

import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
BARE = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}
SET_UP = '. script/common.sh; set -euo pipefail; set_up requirements.txt; "$PY" -c "print(40 + 2)"'

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Debian and Ubuntu are what script/ promises")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout without libraries to install, in a folder with a space and an accent in its name."""
    root = tmp_path / "mairie d’été"
    root.mkdir()
    shutil.copytree(ROOT / "script", root / "script", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "requirements.txt").write_text("# nothing\n", encoding="utf-8")
    return root


@pytest.fixture(scope="session")
def ready_venv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment to break copies of."""
    folder = tmp_path_factory.mktemp("venv") / ".venv"
    subprocess.run([_system_python(), "-m", "venv", folder], check=True)
    return folder


@pytest.fixture
def installed(checkout: Path, ready_venv: Path) -> Path:
    shutil.copytree(ready_venv, checkout / ".venv", symlinks=True)
    done = run(checkout, SET_UP)
    assert done.returncode == 0, done.stderr
    return checkout


def _system_python() -> str:
    found = shutil.which("python3", path=BARE["PATH"])
    return found or sys.executable


@pytest.fixture(scope="session")
def quick_python(ready_venv: Path) -> str:
    """A Python that makes its virtual environments by copying one, which takes no time."""
    path = ready_venv.parent / "python"
    path.write_text(
        f'#!/bin/sh\n[ "$1$2" = -mvenv ] && exec cp -a "{ready_venv}" "$3"\nexec "{_system_python()}" "$@"\n', "utf-8"
    )
    path.chmod(0o755)
    return str(path)


def run(root: Path, script: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", script], cwd=root, env=BARE | environ, capture_output=True, text=True, check=False, timeout=120
    )


def test_a_bare_checkout_sets_itself_up_and_the_second_time_at_once(checkout: Path) -> None:
    first = run(checkout, SET_UP)  # without HOME
    assert first.returncode == 0, first.stderr
    assert first.stdout == "Installation des bibliothèques (requirements.txt)…\n42\n"

    start = time.monotonic()
    second = run(checkout, SET_UP, HOME="/nowhere")
    assert second.stdout == "42\n"
    assert time.monotonic() - start < 2


@pytest.mark.parametrize("damage", ["another Python", "no pip", "no stamp", "an empty folder", "a file"])
def test_a_broken_environment_is_made_again(installed: Path, quick_python: str, damage: str) -> None:
    venv = installed / ".venv"
    if damage == "another Python":
        (venv / "bin" / "python").unlink()
        (venv / "bin" / "python").symlink_to("/usr/bin/python3.2")
    elif damage == "no pip":
        (venv / ".installed-requirements").unlink()
        shutil.rmtree(next(venv.glob("lib/python*/site-packages/pip")))
    elif damage == "no stamp":
        (venv / ".installed-requirements").unlink()
    else:
        shutil.rmtree(venv)
        if damage == "an empty folder":
            venv.mkdir()
        else:
            venv.write_text("?")
    done = run(installed, SET_UP, PYTHON=quick_python, PYTHONPATH="/nowhere", PYTHONHOME="/nowhere")
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("42\n")
    assert ("refait" in done.stdout) == (damage != "no stamp")


def test_a_changed_list_is_installed_again_and_a_list_that_fails_is_never_taken_for_installed(installed: Path) -> None:
    (installed / "requirements.txt").write_text("./missing.whl --hash=sha256:00\n", encoding="utf-8")
    for _ in range(2):
        done = run(installed, SET_UP)
        assert done.returncode == 1
        assert "n’ont pas pu être installées" in done.stderr
        assert "pip.log" in done.stderr
    (installed / "requirements.txt").write_text("# nothing again\n", encoding="utf-8")
    assert run(installed, SET_UP).returncode == 0


def test_too_old_a_python_is_told_with_what_to_type(checkout: Path, tmp_path: Path) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("bash", "dirname", "mkdir", "cat", "cksum", "cut", "tr", "id", "flock", "uname"):
        (tools / name).symlink_to(shutil.which(name) or "/bin/true")
    (tools / "python3").write_text("#!/bin/sh\nexit 1\n")
    (tools / "python3").chmod(0o755)
    script = SET_UP.replace("set_up", 'find_python() { PATH="$PATH" command -v nothing; }; set_up')
    done = run(checkout, script, PATH=str(tools), HOME=str(tmp_path))
    assert done.returncode == 1
    assert "Python 3.11" in done.stderr
    assert "apt-get install python3 python3-venv" in done.stderr


def test_catalogues_are_compiled_when_newer_and_a_bad_one_stops_nothing(installed: Path) -> None:
    catalogues = {"de": 'msgid ""\nmsgstr ""\n\nmsgid "Bonjour"\nmsgstr "Guten Tag"\n', "en": "msgid oops\n"}
    for language, text in catalogues.items():
        folder = installed / "app" / "translations" / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "messages.po").write_text(text, encoding="utf-8")
    common = installed / "script" / "common.sh"
    common.write_text(common.read_text("utf-8").replace('"$PY" -m babel', f'"{sys.executable}" -m babel'), "utf-8")
    done = run(installed, SET_UP)
    assert done.returncode == 0, done.stderr
    assert "restent en français" in done.stderr
    compiled = installed / "app" / "translations" / "de" / "LC_MESSAGES" / "messages.mo"
    assert b"Guten Tag" in compiled.read_bytes()


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def test_a_taken_port_is_told_with_another_to_try(taken_port: int) -> None:
    done = run(ROOT, "script/server", PORT=str(taken_port), HOME=os.environ.get("HOME", "/root"))
    assert done.returncode == 1
    assert "déjà occupée" in done.stderr
    assert f"PORT={taken_port + 1} script/server" in done.stderr


@pytest.mark.parametrize(
    ("name", "given"),
    [("PORT", "abc"), ("PORT", "99999"), ("PORT", "0"), ("BIND", "127.0.0.1:abc"), ("BIND", "::1")],
)
def test_what_is_no_port_or_address_is_told_before_anything_is_set_up(checkout: Path, name: str, given: str) -> None:
    done = run(checkout, "script/server", **{name: given})
    assert done.returncode == 1
    assert f"{name} vaut « {given} »" in done.stderr
    assert not (checkout / ".venv").exists()


def test_a_first_administrator_who_is_still_named_later_ends_no_server(installed: Path) -> None:
    """The setting lives on in the unit of the service, while the person has another address or has left."""
    serves = 'import os, pathlib\npathlib.Path(os.environ["READY_FILE"]).touch()\n'
    (installed / "script" / "serve.py").write_text(serves, "utf-8")
    (installed / "script" / "settled.py").write_text("", "utf-8")
    (installed / "script" / "cli.py").write_text('raise SystemExit("Erreur : aucun compte")\n', "utf-8")
    with (installed / "script" / "common.sh").open("a", encoding="utf-8") as common:
        common.write("check_libraries() { :; }\n")
    (installed / "instance").mkdir()
    port = free_port()
    done = run(installed, "script/server --production", PORT=port, FIRST_ADMINISTRATOR="odile@mairie.example")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"http://127.0.0.1:{port}/connexion" in done.stdout


@pytest.mark.parametrize(
    ("written", "way_in"), [("", "/demonstration"), ("sans démonstration", "/connexion")], ids=["fictional", "real"]
)
def test_who_has_real_data_is_told_how_to_sign_in_and_of_no_demonstration(
    installed: Path, written: str, way_in: str
) -> None:
    serves = f'import os, pathlib\npathlib.Path(os.environ["READY_FILE"]).write_text("{written}", "utf-8")\n'
    (installed / "script" / "serve.py").write_text(serves, "utf-8")
    (installed / "script" / "cli.py").write_text("", "utf-8")
    with (installed / "script" / "common.sh").open("a", encoding="utf-8") as common:
        common.write("check_libraries() { :; }\n")
    (installed / "instance").mkdir()
    port = free_port()
    done = run(installed, "script/server", PORT=port)
    assert (done.returncode, done.stderr) == (0, "")
    told = [word for word in ("/demonstration", "/connexion") if f"http://127.0.0.1:{port}{word}" in done.stdout]
    assert told == [way_in]


@pytest.mark.parametrize("started", [["server"], ["server", "worker"]], ids=["while it loads", "once it serves"])
def test_a_server_whose_script_is_killed_ends_with_its_worker(installed: Path, started: list[str]) -> None:
    waits = 'import os, pathlib, signal\n{}print("waits", os.getpid(), flush=True)\nsignal.pause()\n'
    ready = 'pathlib.Path(os.environ["READY_FILE"]).touch()\n' if "worker" in started else ""
    (installed / "script" / "serve.py").write_text(waits.format(ready), "utf-8")
    (installed / "script" / "cli.py").write_text(waits.format(""), "utf-8")
    with (installed / "script" / "common.sh").open("a", encoding="utf-8") as common:
        common.write("check_libraries() { :; }\n")
    (installed / "instance").mkdir()
    port = free_port()
    with subprocess.Popen(
        ["bash", "script/server"], cwd=installed, env=BARE | {"PORT": port}, stdout=subprocess.PIPE, text=True
    ) as script:
        assert script.stdout is not None
        told = (line.split() for line in script.stdout if line.startswith("waits"))
        handles = [os.pidfd_open(int(next(told)[1])) for _ in started]
        script.kill()
        script.wait()
        ended = [bool(select.select([handle], [], [], 20)[0]) for handle in handles]
        for handle in handles:
            if not select.select([handle], [], [], 0)[0]:
                signal.pidfd_send_signal(handle, signal.SIGKILL)
            os.close(handle)
    assert all(ended)


def test_an_unknown_word_is_told() -> None:
    done = run(ROOT, "script/server --prod")
    assert done.returncode == 1
    assert "« --prod » n’est pas compris" in done.stderr


def test_the_shell_is_clean() -> None:
    shellcheck = shutil.which("shellcheck")
    for path in sorted((ROOT / "script").iterdir()):
        if path.is_file() and path.read_bytes().startswith((b"#!/usr/bin/env bash", b"# Shared", b"# What the tests")):
            subprocess.run(["bash", "-n", path], check=True)
            if shellcheck:
                subprocess.run([shellcheck, "-x", "-P", ROOT / "script", path], check=True)
