"""Documents made in a process of their own, which a deadline may stop."""

from __future__ import annotations

import os
import re
import signal
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.documents import workshop as the_workshop
from app.documents.errors import DocumentError
from app.documents.pdf import write_pdf
from app.documents.workshop import PdfWorkshop, shared_workshop
from tests.documents import samples

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def workshop() -> Iterator[PdfWorkshop]:
    made = PdfWorkshop(workers=1, deadline=60, recycle_after=2)
    yield made
    made.close()


def test_the_workshop_gives_the_same_bytes_and_renews_its_worker(workshop: PdfWorkshop) -> None:
    page = samples.printed(samples.arabic())
    expected = write_pdf(page)

    assert [workshop.write(page) == expected for _ in range(3)] == [True, True, True]


def test_a_refusal_comes_back_as_it_was_raised_and_the_worker_goes_on(workshop: PdfWorkshop) -> None:
    page = samples.printed(samples.arabic())
    with pytest.raises(DocumentError) as caught:
        workshop.write(replace(page, max_pages=0))

    assert caught.value.code == "pdf-too-long"
    assert workshop.write(page).startswith(b"%PDF")


def test_a_runaway_document_is_stopped() -> None:
    workshop = PdfWorkshop(workers=1, deadline=0.4)
    page = replace(samples.printed(samples.arabic()), html=f"<html lang=fr>{'<p>mot mot mot</p>' * 80_000}</html>")

    with pytest.raises(DocumentError) as caught:
        workshop.write(page)
    workshop.close()

    assert caught.value.code == "pdf-too-slow"


def test_a_sheet_of_three_thousand_people_gets_more_time_than_a_letter_and_less_than_the_server_waits() -> None:
    workshop = PdfWorkshop()
    letter = samples.printed(samples.arabic())
    sheet = replace(
        letter, html=f"<html lang=fr><table>{'<tr><td>Membre Fictif<td>membre actif' * 3_000}</table></html>"
    )

    assert workshop._time_for(letter) == 30
    assert 30 < workshop._time_for(sheet) < gunicorn_timeout() - 30


def gunicorn_timeout() -> int:
    settings = (Path(__file__).parents[2] / "script" / "gunicorn.conf.py").read_text("utf-8")
    return int(re.findall(r"^timeout = (\d+)$", settings, re.MULTILINE)[0])


def test_a_worker_that_dies_is_replaced(workshop: PdfWorkshop) -> None:
    page = samples.printed(samples.arabic())
    workshop.write(page)
    worker = workshop._free.get()
    assert worker is not None
    os.kill(worker.process.pid, signal.SIGKILL)
    worker.process.wait()
    workshop._free.put(worker)

    assert workshop.write(page).startswith(b"%PDF")


def test_a_workshop_that_closes_leaves_no_file_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    workshop = PdfWorkshop(workers=1, deadline=60)
    workshop.write(samples.printed(samples.arabic()))
    used = list(tmp_path.rglob("*"))
    workshop.close()

    assert used, "the worker keeps its fonts where it was told"
    assert not list(tmp_path.iterdir())


def test_without_workers_it_writes_by_itself() -> None:
    assert PdfWorkshop(workers=0).write(samples.printed(samples.arabic())).startswith(b"%PDF")


def test_an_application_keeps_one_workshop_and_says_when_it_has_none() -> None:
    kept: dict[str, object] = {}
    first = shared_workshop(kept, in_process=True)
    assert shared_workshop(kept, in_process=False) is first
    with pytest.raises(DocumentError, match="pas prêt"):
        shared_workshop(dict.fromkeys(kept, "gone"), in_process=True)


def test_no_room_makes_a_workshop_of_its_own() -> None:
    house = Path(the_workshop.__file__).parents[1]
    makers = [file.name for file in house.rglob("*.py") if "PdfWorkshop(" in file.read_text("utf-8")]
    assert makers == ["workshop.py"]
