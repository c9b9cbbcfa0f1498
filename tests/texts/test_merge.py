"""Values into text: blanks are visible and named, values are never expanded again, languages say the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from app.texts import alignment, checks, difference, drafting, formats, interchange, numbering, seal
from app.texts.document import (
    Article,
    Kind,
    Layout,
    Numbering,
    Party,
    ProofRead,
    Signatory,
    Signing,
    Spot,
    TextValue,
    When,
)
from app.texts.drafting import Answers, Beginning
from app.texts.merge import merge, merge_all, missing
from app.texts.signers import PartyAnswer, SignatoryAnswer
from app.texts.wording import ArticleText, Words, check_words, load_model, written_languages

if TYPE_CHECKING:
    from app.texts.document import Document

PARTIES = (
    Party(id="partie-1", name="Antibes", country="FR", body="commune", languages=["fr"]),
    Party(id="partie-2", name="Hodoşa", country="RO", body="foreign_authority", languages=["ro"]),
)
WORDS = st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")), max_size=60)


def words(heading: str, text: str) -> ArticleText:
    return ArticleText(heading=heading, body=text)


def begun(kind: Kind = Kind.CONVENTION, languages: tuple[str, ...] = ("fr", "en")) -> Document:
    return drafting.begin(Beginning(id="essai", kind=kind, languages=languages, parties=PARTIES))


def body(document: Document, text: str) -> Document:
    article = Article(id="a", body={"fr": text, "en": text})
    return replace(document, articles=[article], numbering=Numbering.ARTICLE)


@pytest.mark.parametrize("kind", [Kind.OATH, Kind.CHARTER, Kind.PACT, Kind.CONVENTION, Kind.TOWN_COMMITTEE])
@pytest.mark.parametrize("language", written_languages())
def test_every_model_can_be_written_in_every_language(kind: Kind, language: str) -> None:
    document = begun(kind, tuple(dict.fromkeys(("fr", language))))
    texts = merge_all(document)
    assert all(text.title and text.parts for text in texts)
    assert not any("{" in part.text for text in texts for part in text.parts)
    assert interchange.write(interchange.read(interchange.write(document))) == interchange.write(document)


def test_the_languages_of_the_shipped_models_are_aligned() -> None:
    for kind in (Kind.OATH, Kind.PACT, Kind.CONVENTION, Kind.TOWN_COMMITTEE):
        for language in written_languages()[1:]:
            found = [one for one in alignment.compare(begun(kind, ("fr", language))) if one.code != "length"]
            assert not found, (kind, language, found)


def test_a_blank_is_named_for_who_must_fill_it() -> None:
    names = {lack.name for lack in missing(begun())}
    assert {"party.partie-1.signatory", "party.partie-2.decision", "objet_actions", "signing.date"} <= names


def test_an_answered_text_has_no_blank_left_for_it() -> None:
    answers = Answers(
        clauses={"argent": "rien"},
        fields={"objet_actions": TextValue(by_language={"fr": "un échange", "en": "an exchange"})},
        parties=(
            PartyAnswer(
                "partie-1", (SignatoryAnswer("Jeanne d’Exemple", "mayor"),), decision="2027-04-06", reference="12"
            ),
        ),
    )
    document = drafting.answer(begun(), answers, revision=2)
    names = {lack.name for lack in missing(document)}
    assert not names & {"objet_actions", "party.partie-1.signatory", "budget"}
    text = " ".join(part.text for part in merge(document, "fr").parts)
    assert "0\xa0€" in text
    assert "représentée par Jeanne d’Exemple, maire" in text


@pytest.mark.parametrize(
    ("name", "title", "said", "is_open"),
    [
        (
            "Comité fictif",
            "Mme",
            "Le Comité fictif, représenté par Mme Zita Essai, présidente",
            0,
        ),
        ("Les Amis fictifs", "M.", "L’association « Les Amis fictifs », représentée par M. Zita Essai, président", 0),
        ("Comité fictif", "", "Le Comité fictif, représenté par Zita Essai, président·e", 1),
    ],
)
def test_who_represents_a_committee_is_told_in_the_form_that_agrees(
    name: str, title: str, said: str, is_open: int
) -> None:
    committee = Party(id="partie-2", name=name, country="FR", body="committee", languages=["fr"])
    start = Beginning(id="essai", kind=Kind.TOWN_COMMITTEE, languages=("fr",), parties=(PARTIES[0], committee))
    signing = Signatory(name="Zita Essai", title=title, role="president", parties=["partie-2"])
    document = replace(drafting.begin(start), signatories=[signing])
    text = " ".join(part.text for part in merge(document, "fr").parts).replace("\xa0", " ")
    assert re.search(rf"{re.escape(said)}[,. ]", text)
    assert sum(one.code == "role_form" for one in checks.examine(document)) == is_open


def test_the_lines_of_prose_are_paragraphs_and_those_of_other_answers_a_list() -> None:
    told = {"fr": "Une rencontre.\nPuis un grand bal.", "en": "A meeting, then a friendship."}
    document = replace(
        begun(),
        fields={"histoire": TextValue(by_language=told, prose=True), "objet_actions": TextValue(by_language=told)},
    )
    parts = {part.id: part.paragraphs for part in merge(document, "fr").parts}
    assert [one.items for one in parts["preambule"] if "grand bal" in "".join(p.text for p in one.lines[-1])] == [False]
    assert any(one.items and len(one.lines) == 2 for one in parts["objet"])
    assert [one.value for one in checks.examine(document) if one.code == "lines"] == ["objet_actions"]
    inline = replace(body(begun(), "Versement : {histoire}"), fields=document.fields)
    assert merge(inline, "fr").parts[0].text.endswith("Versement : Une rencontre. Puis un grand bal.")
    assert interchange.write(interchange.read(interchange.write(document))) == interchange.write(document)


def test_a_clause_goes_and_comes_back_and_own_words_stay() -> None:
    document = drafting.edit_article(
        begun(), "objet", {"fr": ArticleText(heading="Objet", body="Nos mots.")}, revision=2
    )
    without = drafting.answer(document, Answers({"jeunesse": "no"}, {}), revision=3)
    assert "jeunesse" not in [article.id for article in without.articles]
    again = drafting.answer(without, Answers({"jeunesse": "yes"}, {}), revision=4)
    assert [article.id for article in again.articles] == [article.id for article in document.articles]
    assert drafting.find(again, "objet").body["fr"] == "Nos mots."


def test_an_article_of_ones_own_keeps_its_place_when_answers_change() -> None:
    document = drafting.add_article(begun(), "ajout-1", "article", after="domaines")
    changed = drafting.answer(document, Answers({"jeunesse": "no", "economie": "yes"}, {}), revision=2)
    names = [article.id for article in changed.articles]
    assert names[names.index("domaines") + 1] == "ajout-1"


def test_a_translation_older_than_its_source_is_flagged() -> None:
    document = drafting.edit_article(begun(), "objet", {"fr": words("Objet", "Autre {objet_actions}")}, revision=5)
    assert "older" in {one.code for one in alignment.compare(document) if one.article == "objet"}
    said = {code: words(text, document.articles[4].body[code]) for code, text in document.articles[4].heading.items()}
    followed = drafting.edit_article(document, "objet", said, revision=6, translations_follow=True)
    assert "older" not in {one.code for one in alignment.compare(followed)}


def test_a_rewritten_language_must_be_read_again() -> None:
    document = drafting.tick(begun(), "objet", "en", ProofRead(by="Jane Example", on="2027-02-01"))
    changed = drafting.edit_article(document, "objet", {"en": words("Purpose", "New.")}, revision=2)
    assert drafting.find(document, "objet").proofread_by
    assert not drafting.find(changed, "objet").proofread_by


@given(WORDS, WORDS)
def test_values_are_shown_as_they_are_and_never_expanded(name: str, value: str) -> None:
    hostile = "{objet_actions}{{" + value.replace("\n", " ") + "}{nous}"
    document = replace(body(begun(), "Avant {objet_actions} après"), fields={"objet_actions": TextValue(value=hostile)})
    shown = merge(document, "fr").parts[0].text
    assert hostile.strip() in shown or not hostile.strip()
    assert name is not None


@given(st.lists(st.tuples(WORDS, WORDS), max_size=4))
def test_whatever_is_typed_merges_and_travels(texts: list[tuple[str, str]]) -> None:
    articles = [Article(id=f"a{n}", body={"fr": one, "en": two}) for n, (one, two) in enumerate(texts)]
    document = replace(begun(), articles=articles)
    merge_all(document)
    alignment.compare(document)
    checks.examine(document)
    written = interchange.write(document)
    assert interchange.write(interchange.read(written)) == written


@given(st.text(max_size=300), st.text(max_size=300))
def test_a_difference_gives_both_texts_back(old: str, new: str) -> None:
    changes = difference.words(old, new)
    assert "".join(one.words for one in changes if one.state != "new") == old
    assert "".join(one.words for one in changes if one.state != "gone") == new


@given(st.integers(0, 10**9), st.integers(0, 99))
@settings(max_examples=60)
def test_the_same_amount_is_the_same_figure_in_every_language(whole: int, cents: int) -> None:
    amount = f"{whole}.{cents:02d}"
    counted = [alignment.figures(formats.euros(amount, language)) for language in written_languages()]
    assert all(one == counted[0] for one in counted), [formats.euros(amount, code) for code in written_languages()]


def test_different_figures_are_found() -> None:
    document = replace(
        begun(), articles=[Article(id="a", body={"fr": "Le 12 juin 2026, 1 250,50 €", "en": "13 June 2026, €1,250.50"})]
    )
    (found,) = [one for one in alignment.compare(document) if one.code == "figures"]
    assert (found.master, found.other) == ("12", "13")


def test_a_missing_translation_and_a_missing_name_are_found() -> None:
    articles = [
        Article(id="a", body={"fr": "Antibes décide.", "en": "The town decides."}),
        Article(id="b", body={"fr": "Un mot."}),
    ]
    codes = {(one.article, one.code) for one in alignment.compare(replace(begun(), articles=articles))}
    assert {("a", "names"), ("b", "missing")} <= codes


@pytest.mark.parametrize(
    ("name", "of", "at"),
    [
        ("Antibes", "d’Antibes", "à Antibes"),
        ("Le Mans", "du Mans", "au Mans"),
        ("Les Marches", "des Marches", "aux Marches"),
        ("La Rochelle", "de La Rochelle", "à La Rochelle"),
        ("Yvetot", "d’Yvetot", "à Yvetot"),
        ("Hafenlohr", "de Hafenlohr", "à Hafenlohr"),
        ("Évry", "d’Évry", "à Évry"),
        ("Lesquin", "de Lesquin", "à Lesquin"),
    ],
)
def test_french_prepositions_follow_the_name(name: str, of: str, at: str) -> None:
    assert (formats.of(name), formats.at(name)) == (of, at)


@pytest.mark.parametrize(
    ("date", "language", "said"),
    [
        ("2026-06-04", "fr", "4 juin 2026"),
        ("2026-06-01", "fr", "1er juin 2026"),
        ("2026-06-04", "en", "4 June 2026"),
        ("2026-06-04", "de", "4. Juni 2026"),
        ("2026-06-04", "it", "4 giugno 2026"),
        ("2026-06-04", "es", "4 de junio de 2026"),
        ("2026-06-04", "pl", "4 czerwca 2026"),
        ("2026-06-04", "pt", "4 de junho de 2026"),
        ("2026-06-04", "uk", "4 червня 2026 року"),
        ("2016-09", "fr", "septembre 2016"),
        ("0836", "fr", "836"),
        ("1950~", "fr", "vers 1950"),
        ("2016-09-17/2016-09-18", "fr", "17–18 septembre 2016"),
        ("2016-09-17/2016-09-18", "de", "17.–18. September 2016"),
        ("../2016", "fr", "au plus tard 2016"),
    ],
)
def test_dates_are_written_as_each_language_writes_them(date: str, language: str, said: str) -> None:
    assert formats.day(date, language) == said


@pytest.mark.parametrize(
    ("language", "numbers"),
    [
        ("fr", ["Article 1er", "Article 2"]),
        ("pt", ["Artigo 1.º", "Artigo 2.º"]),
        ("de-AT", ["Artikel 1", "Artikel 2"]),
        ("ar", ["1", "2"]),
    ],
)
def test_numbers_are_words_of_their_own_language(language: str, numbers: list[str]) -> None:
    articles = [Article(id=one, body={language: "…"}) for one in ("a", "b")]
    document = replace(begun(), languages=[language], articles=articles, numbering=Numbering.ARTICLE)
    assert [part.number for part in merge(document, language).parts] == numbers


def test_numbers_follow_the_chosen_style() -> None:
    for style, first in ((Numbering.ARTICLE, "Article 1er"), (Numbering.PARAGRAPH, "§ 1"), (Numbering.NONE, "")):
        document = drafting.arrange(begun(), numbering=style, layout=Layout.COLUMNS, order=(), titles={"fr": "T"})
        assert next(part for part in merge(document, "fr").parts if part.id == "objet").number == first
        assert not [part for part in merge(document, "fr").parts if part.level == "title"]
    titled = drafting.arrange(
        begun(), numbering=Numbering.TITLE_ARTICLE, layout=Layout.COLUMNS, order=("partie-2",), titles={"fr": "T"}
    )
    assert [part.number for part in merge(titled, "fr").parts if part.level == "title"] == [
        "Titre I",
        "Titre II",
        "Titre III",
    ]
    assert [party.id for party in titled.parties] == ["partie-2", "partie-1"]
    assert [numbering.roman(number) for number in (4, 9, 14, 39)] == ["IV", "IX", "XIV", "XXXIX"]


def test_the_seal_follows_the_words_alone() -> None:
    document = begun()
    read = drafting.tick_all(document, "en", ProofRead(by="Jane Example", on="2027-02-01"))
    assert seal.seal(read) == seal.seal(document)
    changed = drafting.edit_article(document, "objet", {"fr": words("Objet", "Autre.")}, revision=2)
    assert seal.seal(changed) != seal.seal(document)


def test_renumbering_is_no_change_but_moving_is() -> None:
    document = begun()
    without = drafting.remove_article(document, "objectifs")
    states = {(one.article, one.state) for one in difference.compare(document, without) if one.state != "same"}
    assert states == {("objectifs", "removed")}
    moved = drafting.move_article(document, "suivi", -2)
    assert ("suivi", "moved") in {(one.article, one.state) for one in difference.compare(document, moved)}
    titled = replace(document, title=document.title | {"fr": "Autre titre"})
    told = [one for one in difference.compare(document, titled) if one.state != "same"]
    assert [(one.article, one.language, one.state, one.label) for one in told] == [("", "fr", "changed", "Autre titre")]


def test_an_oath_that_speaks_of_money_and_a_text_without_its_object_are_told() -> None:
    oath = drafting.edit_article(begun(Kind.OATH), "duree", {"fr": words("", "Nous payons 500 €.")}, revision=2)
    assert "D02" in {one.code for one in checks.examine(oath)}
    lawless = drafting.remove_article(begun(), "objet")
    assert [one.article for one in checks.examine(lawless) if one.code == "law"] == ["objet"]


def test_the_checker_names_article_paragraph_and_the_nearest_word() -> None:
    model = load_model("convention")
    wrong = dict(model.words["fr"].articles)
    wrong["objet"] = ArticleText(
        heading="Objet", body="Un.\n\nDeux {objet_action} et { seul\n\n{objet_actions} {parties}"
    )
    wrong["duree"] = ArticleText(heading="Durée", body="x" * 20_001)
    del wrong["litiges"]
    flaws = check_words(model, {"fr": Words("fr", {}, wrong), "en": model.words["en"]})
    told = {(one.code, one.article, one.paragraph, one.nearest) for one in flaws}
    assert ("unknown_placeholder", "objet", 2, "objet_actions") in told
    assert {"stray_brace", "too_long", "missing_article"} <= {one.code for one in flaws}


def test_answering_keeps_what_the_form_does_not_ask() -> None:
    signatories = [
        Signatory(name="Claude", role="maire", parties=["partie-1"], seal=True, note="2022"),
        Signatory(name="Maurice", role="maire", parties=["partie-1"], note="1982"),
    ]
    signing = Signing(
        places=[Spot(name="Nesmy", country="FR"), Spot(name="Burggen")], date=When(date="1993-09-10", time="11:00")
    )
    document = replace(begun(), signatories=signatories, signings=[signing])
    signing_now = (SignatoryAnswer("Claudine", "maire", was=0), SignatoryAnswer("Maurice", "maire", was=1))
    answers = Answers({}, {}, (PartyAnswer("partie-1", signing_now),), (("Nesmy / Burggen", "1993-09-10"),))
    answered = drafting.answer(document, answers, revision=2)
    assert [one.name for one in answered.signatories] == ["Claudine", "Maurice"]
    assert answered.signatories[0].seal
    assert answered.signings[0].places == signing.places
    assert answered.signings[0].date == signing.date


@pytest.mark.parametrize("kind", ["convention", "oath", "pact", "town_committee"])
def test_a_blank_has_its_name_in_every_language_that_the_models_are_written_in(kind: str) -> None:
    for one in load_model(kind).fields:
        assert {code for code in written_languages() if not one.label.get(code)} == set(), one.id
