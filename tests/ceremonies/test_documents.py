"""The printed programme: archival, accessible, the same bytes each time, and every word in it."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from app.ceremonies.documents import programme_page, programme_pdf
from tests.factories.ceremonies import make_ceremony
from tests.support import tools

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.ceremonies.models import Ceremony

_CHECKER = Path(__file__).parents[1] / "tools" / "VeraCheck.java"
_ITEMS = [
    {"title": {"fr": "Répétition"}, "kind": "preparation", "details": {"minutes": 30}},
    {
        "title": {"fr": "Accueil des délégations", "uk": "Зустріч делегацій"},
        "details": {"place": "mairie", "approximate": True, "minutes": 30},
        "public": True,
    },
    {
        "title": {"fr": "Dîner", "uk": "Вечеря"},
        "day": 2,
        "start": "20:15",
        "details": {"prices": [{"category": "enfant", "amount": "5", "currency": "EUR"}], "booking": "avant le 5 mai"},
    },
]


@pytest.fixture
def ceremony(session: Session) -> Ceremony:
    title = {"fr": "Serment de jumelage", "uk": "Присяга побратимства"}
    return make_ceremony(session, title=title, languages=["fr", "uk"], when="2027-06-12/2027-06-13", items=_ITEMS)


def _text(content: bytes) -> str:
    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return " ".join(words.split())


def test_the_programme_is_read_back_in_both_languages(ceremony: Ceremony) -> None:
    text = _text(programme_pdf(ceremony, ("fr", "uk")))
    for words in ("Serment de jumelage", "Присяга побратимства", "samedi 12 juin 2027", "vers 10 h", "20 h 15"):
        assert words in text
    for words in ("Зустріч делегацій", "enfant 5 €", "avant le 5 mai", "Ouvert à tous", "Programme provisoire"):
        assert words in text


def test_what_guests_are_given_leaves_out_the_team_s_work(ceremony: Ceremony) -> None:
    guests = programme_page(ceremony, ("fr",), for_guests=True).html
    team = programme_page(ceremony, ("fr",)).html
    assert "Répétition" in team
    assert "30 min" in team
    assert "Répétition" not in guests
    assert "30 min" not in guests


def test_the_same_programme_gives_the_same_bytes(ceremony: Ceremony) -> None:
    assert programme_pdf(ceremony, ("fr",)) == programme_pdf(ceremony, ("fr",))


def test_the_programme_is_archival_and_accessible(ceremony: Ceremony, tmp_path: Path) -> None:
    path = tmp_path / "programme.pdf"
    path.write_bytes(programme_pdf(ceremony, ("fr", "uk")))
    command = [tools.need("java"), "-cp", str(tools.verapdf_jar()), str(_CHECKER), "ua1,3a", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout


def test_a_programme_in_a_language_without_words_still_prints(session: Session) -> None:
    ceremony = make_ceremony(session, title={"it": "Gemellaggio"}, languages=["it"], items=[{"title": {"it": "Cena"}}])
    assert "Gemellaggio" in _text(programme_pdf(ceremony))
