"""Invented texts in shapes that the real records lack: each comes back whole, and its print says every fact."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from app.conventions import documents
from app.conventions.documents import Print
from app.conventions.models import PrintKind
from app.texts import interchange
from tests.factories.conventions import AT
from tests.support import verapdf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

FILE = Path(__file__).parents[1] / "data" / "documents" / "invented_documents.json"
RECORDS: list[dict[str, Any]] = json.loads(FILE.read_text("utf-8"))
SAID_IN_WORDS = {
    "format", "version", "id", "kind", "language", "system", "status", "state", "order", "parties", "by", "to", "about",
    "country", "calendar", "body", "currency", "timezone", "name_order", "manner", "part", "layout", "numbering", "of",
    "signings", "languages", "renewal", "level", "result", "ballot", "party", "role", "given_by", "at", "topic",
    "by_language", "order_by_language", "act", "articles", "given_to", "by_party", "article", "instead_of",
    "country_today",
}  # fmt: skip


def free_words(value: Any, field: str = "") -> Iterator[str]:
    """Every text of a record that a print gives as it stands: no code, no date, no figure."""
    if isinstance(value, dict):
        for name, one in value.items():
            if name not in {"by_language", "order_by_language"}:
                yield from free_words(one, name)
    elif isinstance(value, list):
        for one in value:
            yield from free_words(one, field)
    elif isinstance(value, str) and field not in SAID_IN_WORDS and not re.match(r"\[?[\dX.]{3}|\{", value):
        yield value


def folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).replace("’", "'").split()).casefold()


def printed(app: Flask, record: dict[str, Any], kind: PrintKind = PrintKind.DRAFT) -> str:
    document = interchange.read(json.dumps(record).encode())
    with app.test_request_context():
        page = documents.html(document, Print(kind, AT, imported=True))
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).replace("\xa0", " ").split())


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["id"])
def test_an_invented_text_comes_back_whole_and_is_printed_whole(app: Flask, record: dict[str, Any]) -> None:
    written = interchange.write(interchange.read(json.dumps(record).encode()))
    assert interchange.write(interchange.read(written)) == written
    page = folded(printed(app, record))
    assert [word for word in free_words(record) if folded(word) not in page] == []


def page_of(app: Flask, name: str) -> str:
    return printed(app, next(record for record in RECORDS if record["id"] == name))


def test_a_month_of_another_calendar_never_takes_the_name_of_ours(app: Flask) -> None:
    page = page_of(app, "x-maroc")
    assert "mai 1446" not in page
    assert "Signé à Madina Khayaliya, le 12 novembre 2024" in page
    assert "1446-05-10, calendrier musulman, dans notre calendrier 12 novembre 2024" in page


def test_a_phrase_of_ours_never_holds_two_languages(app: Flask) -> None:
    page = page_of(app, "x-noms")
    assert "augusztus" not in page
    assert page.count("Signé à L'Haÿ-Fictive, le 24 août 2025") == 2


def test_what_was_put_off_or_called_off_is_no_place_where_a_text_was_made(app: Flask) -> None:
    oath = page_of(app, "x-serment-lieux")
    assert "Fait à Saint-Imaginaire, le 7 mai 2022 et à Fictham-on-Sea / à bord du ferry, le 6–7 mai 2023" in oath
    assert "9 mai 2020 · état : reportée" in oath
    never = page_of(app, "x-jamais")
    assert never.count("N’a pas signé") == 2
    assert never.count("15 août 1914") == 1


def test_a_body_whose_name_says_what_it_is_is_not_called_so_twice(app: Flask) -> None:
    page = page_of(app, "x-maroc")
    assert "Pour la Communauté de communes du Val Fictif" in page


def test_what_follows_a_decision_and_is_dated_before_it_is_pointed_at(app: Flask) -> None:
    page = page_of(app, "x-deliberation")
    assert "la source se contredit : une suite de la décision est datée avant elle" in page
    assert "procès-verbal : 25/1/0" in page


def test_one_of_several_dates_or_places_is_said_as_one_of_them(app: Flask) -> None:
    page = page_of(app, "v-deux-annees")
    assert "Fait à Exempleville ou Musterstadt, 1968 ou 1969" in page
    assert "dans l’un de ces lieux" in page
    two = page_of(app, "v-deux-versions")
    assert "Fait à Exempleville, le 3 mai 1975" in two, "each version bears its own date"
    assert "4. Mai 1975" in two
    assert "3 ou 4 mai 1975" in two


def test_what_has_become_of_each_copy_is_told(app: Flask) -> None:
    page = page_of(app, "v-original-perdu")
    assert "perdu, date de cet état entre 1990 et 1995, motif déménagement des archives" in page
    assert "aujourd’hui Chemnitz" in page
    assert "14 mai 2022 · état : a eu lieu · remplace l’occasion : Beispielheim, 9 mai 2020" in page_of(
        app, "v-reporte"
    )
    assert "chaque partie sur son exemplaire" in page_of(app, "v-contreparties")
    assert "levée : 1981" in page_of(app, "v-reserves")


@pytest.mark.once
def test_prints_in_far_scripts_are_archival_and_accessible(app: Flask, tmp_path: Path) -> None:
    paths = []
    for record in RECORDS:
        if record["id"] in {"x-maroc", "x-japon", "x-urkunde-836"}:
            document = interchange.read(json.dumps(record).encode())
            with app.test_request_context():
                content = documents.write(document, Print(PrintKind.DRAFT, AT, imported=True), "pdf", "fr")
            paths.append(tmp_path / f"{record['id']}.pdf")
            paths[-1].write_bytes(content)
    assert verapdf.complaints(*paths) == ""


def test_what_one_language_of_the_past_does_not_say_is_no_blank_and_bears_no_number(app: Flask) -> None:
    page = page_of(app, "y-renouv")
    assert "[à compléter]" not in page
    assert "Article 1" in page, "each language has its own number"
    assert page.count("§ 1 bis") == 1
    assert "§ 2" in page, "numbers follow the last that was written"
    assert "dit sans limitation de durée, avec une durée ou une fin" in page
    assert "le nombre d’exemplaires (6) n’est pas celui qu’on compte par langue (3 + 2)" in page


def test_a_text_signed_without_a_day_is_of_the_past(app: Flask) -> None:
    page = page_of(app, "z-sansnom")
    assert "Transcription" in page
    assert "Article deux" in page
    assert page.count("Artigo 3") == 0, "an article that a language lacks bears no number there"
    assert "Article 3 Sans terme." in page
    assert "Projekt roboczy" in page_of(app, "z-lettre"), "a draft, by its own word"


def test_each_language_runs_its_own_way(app: Flask) -> None:
    record = next(record for record in RECORDS if record["id"] == "y-trois-ecritures")
    with app.test_request_context():
        page = documents.html(interchange.read(json.dumps(record).encode()), Print(PrintKind.DRAFT, AT, imported=True))
    assert '<html lang="he" dir="rtl">' in page
    assert 'lang="fr" dir="ltr"' in page
    assert 'lang="ar" dir="rtl"' in page
    assert 'class="running-foot" dir="ltr"' in page
