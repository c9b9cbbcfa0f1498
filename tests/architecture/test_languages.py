"""The product speaks three languages whole: every sentence is collected, translated, and its blanks kept."""

from __future__ import annotations

import ast
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jinja2 import nodes

from app.access.roles import Role
from app.audit import sentences
from app.web.shell import LANGUAGES
from script import catalogues
from tests.factories.accounts import make_member, make_own_body
from tests.support.sentences import extracted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from babel.messages.catalog import Message
    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from app.accounts.models import Account

ROOT = Path(__file__).resolve().parents[2]
OTHERS = sorted(set(LANGUAGES) - {"fr"})
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}|</?\w+>")
SAYING = {"_", "_l", "_n", "_ln", "gettext", "lazy_gettext", "ngettext", "pgettext", "lazy_pgettext"}
WORD = re.compile(r"[^\W\d_]{2,}")
FRENCH = re.compile(r"[àâçéèêëîïôùûœ«»’]|[^\W\d_]{2,}[ \xa0,.]+[^\W\d_]{2,}", re.IGNORECASE)

PUNCTUATION = re.compile(r"^:|[  ]:|[«»]")  # French spaces it, and quotes, in its own way

# What a template says without the catalogue, and why that is right.
SAID_AS_IS = {
    "web/archive.html": "the archive is French throughout, like the LISEZMOI.txt beside it",
    "web/_sample_forms.html": "names of components, for those who write templates",
    "web/_sample_lists.html": "names of components, and invented people",
    "web/_sample_page.html": "names of components",
    "web/paper.html": "names of components, and the words of an invented paper",
    "layouts/narrow.html": "the name of a layout, for the style sheet",
    "layouts/public.html": "the name of a layout, for the style sheet",
}
TECHNICAL = re.compile(
    r"(https?://|www\.)\S+|[\w/+,.-]*(application|image)/[\w/+,.-]+|[a-z_/.-]+\.(html|svg|css|js)|[a-z_]+\.[a-z_]+"
    r"|\.ics,\.json"
)
# What Python says without the catalogue, and why that is right.
WRITTEN_AS_IS = {
    "app/accounts/forms.py": "a language is offered under its own name",
    "app/ceremonies/model_programme.py": "the model programme in every language it is printed in",
    "app/ceremonies/wording.py": "the words of the printed programme, in every language it is printed in",
    "app/assemblies/documents/sheet.py": "papers of a French association are French",
    "app/council/actcase.py": "the words of an act, which is written in French",
    "app/council/documents/meeting.py": "how the headings of a French text are told apart",
    "app/council/services/appointing.py": "an act of a council is written in French",
    "app/council/services/letters.py": "the letter that convenes a council is written in French",
    "app/council/views/acts.py": "the words of an act, which is written in French",
    "app/founding/labels.py": "names of sources",
    "app/founding/statutes.py": "the statutes of a French association are French",
    "app/funding/forms/told.py": "facts of a project, named in French as the vocabulary of the rules names them",
    "app/funding/forms/figures.py": "the words that people type beside a number, in every language of the screens",
    "app/founding/place.py": "the place of the commune as an act of its council says it, in French",
    "app/founding/services/beginning.py": "the draft of an act of a council, which is written in French",
    "app/assemblies/known.py": "what is known of a person, handed over in French",
    "app/handover/known.py": "what is known of a person, handed over in French",
    "app/mailing/known.py": "what is known of a person, handed over in French",
    "app/founding/services/meeting.py": "the agenda and resolutions of a French association are French",
    "app/handover/secrecy.py": "how a password is told, in French and in English",
    "app/mailing/services/leaving.py": "the proof that is kept of a consent",
    "app/members/documents/register.py": "the register that French law asks for is French",
    "app/members/exports.py": "headings of files for French software",
    "app/members/known.py": "what is known of a person, handed over in French",
    "app/members/retention.py": "the register that French law asks for is French",
    "app/members/erasing.py": "the name kept in the place of an erased one",
    "app/members/spelled.py": "numbers in words, for French receipts",
    "app/people/couples.py": "letters that a name may hold",
    "app/places/clocks.py": "towns under the names that people write",
    "app/web/latin.py": "letters to read",
    "app/yearly/documents.py": "papers of a French association are French",
    "app/ceremonies/interchange.py": "quotation marks taken off what a file said",
    "app/ceremonies/forms/spoken.py": "what is read of an hour that somebody typed",
    "app/conventions/offices.py": "functions as people write them, to recognise them",
    "app/council/documents/passed.py": "an act of a council is written in French",
    "app/council/drafting.py": "an act of a council is written in French",
    "app/council/spelled.py": "an act of a council is written in French",
    "app/forms/dates.py": "what is read of a date that somebody typed",
    "app/council/opendata.py": "the words of the national file, and its faults, which are French as in app.law",
    "app/funding/forms/answers.py": "the names of facts, which are French as the vocabulary of app.rules is",
    "app/funding/forms/fields.py": "what is read of a date that somebody typed",
    "app/funding/sheet.py": "the sentences of the rule files and of app.rules, which are French for now",
    "app/config.py": "settings are read before there is a reader with a language",
    "app/mail/smtp.py": "the worker says why a letter did not leave; it has no reader with a language",
    "app/mail/worker.py": "the worker speaks to whoever keeps the machine",
    "app/places/lists.py": "letters to fold",
    "app/shared/datewords.py": "the words of dates in every language that documents are printed in",
    "app/shared/fuzzydate.py": "French words of dates, to recognise them",
    "app/shared/typography.py": "the signs that French sets apart, its vowels and its quotes",
    "app/shared/folding.py": "letters to fold",
    "app/twinnings/labels.py": "French labels as the database holds them, to recognise them",
    "app/web/shell.py": "a language is offered under its own name",
    "app/web/takeaway/page.py": "the archive is French throughout",
    "app/web/takeaway/contents.py": "the archive is French throughout",
}
LEAVES = (
    "law",
    "rules",
    "texts",
    "documents",
    "seeds",
    "cli",
    "database",
)  # hold their own languages; demonstration; command line; first rows
BRAND = "Trait d’union"
NAVIGATION_IN_FRENCH = {"Accueil", "Jumelages", "Organismes", "Rechercher"}


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_is_translated_and_none_by_a_guess(language: str) -> None:
    known = {message.id: message for message in catalogues.read(language) if message.id}
    today = {message.id for message in extracted() if message.id}
    assert sorted(today - set(known), key=str) == [], "run script/translate, then fill in the new sentences"
    assert [message.id for message in catalogues.missing(catalogues.read(language))] == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_keeps_every_blank_and_every_mark(language: str) -> None:
    wrong = [message.id for message in catalogues.read(language) if message.id and not _is_faithful(message)]
    assert wrong == []


def test_english_and_german_say_nothing_in_the_same_words() -> None:
    said = {language: {one.id: one.string for one in catalogues.read(language)} for language in OTHERS}
    alike = [
        english
        for id_, english in said["en"].items()
        if isinstance(english, str)
        and english == said["de"].get(id_)
        and len(re.findall(r"[^\W\d_]{2,}", PLACEHOLDER.sub("", english))) > 3
    ]
    assert alike == []


def _is_faithful(message: Message) -> bool:
    pairs = (
        [(message.id, message.string)] if isinstance(message.id, str) else zip(message.id, message.string, strict=True)
    )
    return all(
        sorted(PLACEHOLDER.findall(one)) == sorted(PLACEHOLDER.findall(other))
        and one.count("%") == other.count("%")
        and one.count("\n") == other.count("\n")
        and (not WORD.search(one) or _ends(one) == _ends(other))
        for one, other in pairs
        if other
    )


def _ends(sentence: str) -> tuple[bool, bool]:
    return sentence[:1].isspace(), sentence[-1:].isspace()


def test_a_sentence_whose_spaces_alone_changed_keeps_its_translation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogues, "TRANSLATIONS", tmp_path)
    first, second = catalogues.Catalog(), catalogues.Catalog()
    first.add("Qui signe ?", "Who signs?")
    first.add("Qui vote ?", "Who votes?")
    second.add("Qui signe\N{NO-BREAK SPACE}?")
    second.add("Qui vota ?")
    catalogues.write("en", first)
    updated = catalogues.update("en", second)
    assert {message.id: message.string for message in updated if message.id} == {
        "Qui signe\N{NO-BREAK SPACE}?": "Who signs?",
        "Qui vota ?": None,
    }


@pytest.mark.slow
def test_bringing_a_catalogue_up_to_date_twice_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    template = extracted()
    monkeypatch.setattr(catalogues, "TRANSLATIONS", tmp_path)
    catalogues.update("en", template)
    once = catalogues.path_of("en").read_text("utf-8")
    catalogues.update("en", extracted())
    assert catalogues.path_of("en").read_text("utf-8") == once
    catalogues.write("en", catalogues.read("en"))
    assert catalogues.path_of("en").read_text("utf-8") == once
    assert "Date" not in once.partition("#:")[0]


def test_a_sentence_whose_spaces_change_keeps_the_words_of_each_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogues, "TRANSLATIONS", tmp_path)
    words = {"de": "Ort: hier", "en": "Place: here"}
    for language, said in words.items():
        before = catalogues.Catalog(locale=language, charset="utf-8")
        before.add("Lieu : ici", said)
        catalogues.write(language, before)
    today = catalogues.Catalog(charset="utf-8")
    today.add("Lieu\N{NO-BREAK SPACE}: ici")
    updated = {language: catalogues.update(language, today) for language in words}
    assert {language: [one.string for one in found if one.id] for language, found in updated.items()} == {
        language: [said] for language, said in words.items()
    }


def test_no_template_shows_words_that_were_not_collected(app: Flask) -> None:
    found = {
        name: said
        for path in sorted((ROOT / "templates").rglob("*.*"))
        if (name := path.relative_to(ROOT / "templates").as_posix()) not in SAID_AS_IS
        and (said := list(_bare_words(app, path)))
    }
    assert found == {}


def test_no_page_of_python_says_french_that_was_not_collected() -> None:
    found = {
        name: said
        for path in sorted((ROOT / "app").rglob("*.py"))
        if (name := path.relative_to(ROOT).as_posix()) not in WRITTEN_AS_IS
        and path.relative_to(ROOT).parts[1] not in LEAVES
        and path.name != "cli.py"
        and (said := list(_bare_strings(ast.parse(path.read_text("utf-8")))))
    }
    assert found == {}


@pytest.mark.parametrize("allowed", [*SAID_AS_IS, *WRITTEN_AS_IS])
def test_what_is_let_through_is_still_there(allowed: str) -> None:
    assert (ROOT / allowed).exists() or (ROOT / "templates" / allowed).exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_navigation_is_in_the_language_of_the_person(
    session: Session, sign_in: Callable[[Account], FlaskClient], language: str
) -> None:
    account = make_member(session, make_own_body(session), Role.SECRETARY, language=language)
    page = sign_in(account).get("/", headers={"Accept-Language": "fr"}).get_data(as_text=True)
    shown = set(_text_of(page.partition('class="site-nav"')[2].partition(">")[2].partition("</nav>")[0]))
    assert f'<html lang="{language}"' in page
    assert len(shown) >= len(NAVIGATION_IN_FRENCH)
    assert shown & NAVIGATION_IN_FRENCH == (NAVIGATION_IN_FRENCH if language == "fr" else set())


def test_what_went_wrong_is_said_in_the_language_of_the_person(
    app: Flask, session: Session, sign_in: Callable[[Account], FlaskClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in(make_member(session, make_own_body(session), Role.SECRETARY, language="en"))
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", value=True)
    browser = {"Accept-Language": "fr"}
    far_too_large = {"CONTENT_LENGTH": str(app.config["MAX_CONTENT_LENGTH"] + 1)}
    answers = [
        client.post("/langue", data={"language": "en"}, headers=browser),
        client.post("/langue", content_type="multipart/form-data; boundary=x", environ_overrides=far_too_large),
        client.get("/nowhere", headers=browser),
    ]
    assert [one.status_code for one in answers] == [400, 413, 404]
    assert ['<html lang="en"' in one.text for one in answers] == [True] * 3


@pytest.mark.parametrize(("language", "words"), [("en", "Write your address"), ("fr", "Écrivez votre adresse")])
def test_a_visitor_is_spoken_to_in_the_language_of_the_browser(client: FlaskClient, language: str, words: str) -> None:
    assert words in client.get("/connexion", headers={"Accept-Language": language}).get_data(as_text=True)


@pytest.mark.parametrize(
    ("action", "details", "read"),
    [
        ("convention.proofread", {"title": "T", "language": "uk"}, "proofread “T” (Ukrainian)"),
        ("body.edited", {"name": "N", "fields": ["name", "phone"]}, "changed the details of N: Name, Telephone"),
        ("body.registered", {"name": "N", "kind": "commune"}, "registered the organisation N (Commune)"),
        ("ceremonies.status_changed", {"title": "T", "status": "held"}, "changed the state of “T”: past"),
        ("twinning.person_named", {"name": "N", "duty": "signatory"}, "added N to the file (Signatory)"),
        ("twinning.stage_changed", {"stage": "first_oath"}, "noted the stage “First oath”"),
    ],
)
def test_the_journal_says_no_code(app: Flask, action: str, details: dict[str, Any], read: str) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert sentences.sentence(action, details) == read


class _Visible(HTMLParser):
    """Collects what a person sees or hears of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag
        self.said += [value for name, value in attrs if value and name in {"title", "alt", "placeholder", "aria-label"}]

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def _text_of(html: str) -> list[str]:
    page = _Visible()
    page.feed(html)
    page.close()
    return [" ".join(said.split()) for said in page.said if said.strip()]


def _bare_words(app: Flask, path: Path) -> Iterator[str]:
    html: list[str] = []
    literals: list[str] = []
    _gather(app.jinja_env.parse(path.read_text("utf-8")), html, literals)
    for said in _text_of("".join(html)):
        pieces_of_a_tag = '="' in said or said == "yes"
        if (WORD.search(TECHNICAL.sub("", said)) or PUNCTUATION.search(said)) and not pieces_of_a_tag:
            yield said
    yield from (one for one in literals if FRENCH.search(one))


def _gather(node: nodes.Node, html: list[str], literals: list[str]) -> None:
    """Collect the markup and the string literals of a template, but for what ``_`` says."""
    if isinstance(node, nodes.TemplateData):
        html.append(node.data)
    elif isinstance(node, nodes.Const) and isinstance(node.value, str):
        literals.append(TECHNICAL.sub("", node.value))
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in SAYING:
        return
    for child in node.iter_child_nodes():
        _gather(child, html, literals)


def _bare_strings(node: Any) -> Iterator[str]:
    """Every French literal that neither ``_`` nor a docstring says."""
    if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in SAYING:
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search("[À-ÿ’«]", node.value):
        if node.value != BRAND:
            yield f"{node.lineno}: {node.value}"
        return
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)):
            yield from _bare_strings(child)


def test_a_word_with_two_senses_is_two_sentences_and_neither_takes_the_other_s_translation() -> None:
    template = extracted()
    senses = {message.context for message in template if message.id == "tenue"}
    assert senses == {"vêtements", "séance"}
    keys = {catalogues._without_spaces(template.get("tenue", context)) for context in senses}
    assert len(keys) == 2
