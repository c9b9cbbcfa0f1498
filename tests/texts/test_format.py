"""What texts of other countries and times say: currencies, lengths, orders, manners of signing, other kinds."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.texts import interchange, telling
from app.texts.document import BudgetValue, Kind
from app.texts.merge import merge, merge_all

START: dict[str, Any] = {"format": "traitdunion/convention", "version": 1, "id": "essai", "kind": "convention"}
PARTIES = {
    "parties": [
        {"id": "a", "name": "Sailly", "country": "FR", "body": "commune"},
        {"id": "b", "name": "Semenivka", "country": "UA", "body": "foreign_authority"},
    ],
    "languages": ["fr", "uk"],
}


def read(**facts: Any) -> Any:
    return interchange.read(json.dumps(START | facts).encode())


def test_a_currency_that_the_source_does_not_say_stays_unsaid() -> None:
    document = read(commitments=[{"what": "accueil", "amount": "300"}])
    assert document.commitments[0].currency is None
    assert b"currency" not in interchange.write(document)


def test_each_version_may_name_its_own_town_first() -> None:
    document = read(
        **PARTIES,
        order_by_language={"uk": ["b", "a"]},
        articles=[{"id": "p", "body": {"fr": "{parties}", "uk": "{parties}"}}],
    )
    french, ukrainian = (text.parts[0].text for text in merge_all(document))
    assert french.index("Sailly") < french.index("Semenivka")
    assert ukrainian.index("Semenivka") < ukrainian.index("Sailly")


@pytest.mark.parametrize(
    ("budget", "said"),
    [
        ({"lines": [{"label": {"type": "text", "value": "Car"}, "shares": {"a": "10"}}], "currency": "FRF"}, "francs"),
        ({"lines": [{"label": {"type": "text", "value": "Car"}, "shares": {"a": "10"}}]}, "10,00 €"),
        ({"lines": [{"label": {"type": "text", "value": "Car"}, "shares": {"a": "10"}}], "currency": None}, "10"),
        (
            {"lines": [{"label": {"type": "text", "value": "Car"}, "shares": {"b": "10"}, "currency": "UAH"}]},
            "hryvnias",
        ),
        ({"lines": [], "currency": "DEM"}, "0,00 mark"),
    ],
)
def test_a_budget_is_in_any_currency(budget: dict[str, Any], said: str) -> None:
    document = read(
        **PARTIES,
        fields={"budget": {"type": "budget", **budget}},
        articles=[{"id": "f", "body": {"fr": "{budget}", "uk": "{budget}"}}],
    )
    text = merge(document, "fr").parts[0].text.replace("\xa0", " ")
    assert said in text
    assert ("€" in text) == (said == "10,00 €")


def test_a_value_is_an_amount_of_any_currency() -> None:
    document = read(
        languages=["fr"],
        fields={"don": {"type": "money", "value": "250", "currency": "PLN"}},
        articles=[{"id": "f", "body": {"fr": "Un don de {don}."}}],
    )
    assert "250,00 zlotys polonais" in merge(document, "fr").parts[0].text.replace("\xa0", " ")


def test_one_person_signs_on_several_occasions_and_in_several_manners() -> None:
    document = read(
        signings=[{"id": "ici", "manner": "in_person"}, {"id": "la-bas", "manner": "video"}],
        signatories=[{"name": "J. M.", "signings": ["ici", "la-bas"], "manner": "correspondence"}],
    )
    assert document.signatories[0].signings == ["ici", "la-bas"]


def test_a_notice_is_counted_in_the_units_of_the_text() -> None:
    document = read(term={"notice": {"days": 15}, "length": {"years": 3}, "renewal_length": {"weeks": 6}})
    assert document.term.notice.days == 15
    assert document.term.notice.months is None


def test_what_an_earlier_version_wrote_is_lifted() -> None:
    document = read(
        acts=[{"id": "acte-1", "kind": "renewal"}],
        signings=[{"id": "s"}],
        signatories=[{"act": "acte-1", "signing": "s"}],
        term={"months": 36, "notice_months": 3},
    )
    assert (document.signatories[0].acts, document.signatories[0].signings) == (["acte-1"], ["s"])
    assert (document.term.length.months, document.term.notice.months) == (36, 3)
    written = interchange.write(document)
    assert interchange.write(interchange.read(written)) == written


def test_another_kind_of_text_keeps_the_word_of_its_source() -> None:
    document = read(kind="other", kind_as_written="Freundschaftsbrief")
    assert document.kind is Kind.OTHER
    assert document.kind_as_written == "Freundschaftsbrief"


def test_braces_that_are_no_value_stand_as_they_were_typed() -> None:
    document = read(languages=["fr"], articles=[{"id": "a", "body": {"fr": "Voir {{ 7*7 }} et {{objet}}."}}])
    assert merge(document, "fr").parts[0].text == "Voir {{ 7*7 }} et {{objet}}."


@pytest.mark.parametrize(
    ("date", "french", "english"),
    [
        ("2016-09-17", "Fait à Nesmy, le 17 septembre 2016", "Done at Nesmy on 17 September 2016"),
        ("2016-09", "Fait à Nesmy, septembre 2016", "Done at Nesmy, September 2016"),
        ("2016-22", "Fait à Nesmy, été 2016", "Done at Nesmy, summer 2016"),
        ("1950~", "Fait à Nesmy, vers 1950", "Done at Nesmy, about 1950"),
    ],
)
def test_only_a_day_is_signed_on(date: str, french: str, english: str) -> None:
    document = read(
        languages=["fr", "en"],
        signings=[{"places": [{"name": "Nesmy"}], "date": {"date": date}}],
        articles=[{"id": "f", "level": "closing", "body": {"fr": "{fait_a}", "en": "{fait_a}"}}],
    )
    assert [text.parts[0].text for text in merge_all(document)] == [french, english]


def test_a_budget_of_the_product_is_in_euros() -> None:
    assert BudgetValue(lines=[]).currency == "EUR"


@pytest.mark.parametrize(
    ("facts", "about"),
    [
        ({"signings": [{"id": "s", "date": {"date": "1998-05-02", "time": "10:00", "time_end": "09:30"}}]}, ["s"]),
        (
            {"acts": [{"id": "a", "kind": "council_decision", "date": {"date": "2001-05"}, "until": {"date": "1999"}}]},
            ["a"],
        ),
        ({"signings": [{"date": {"date": "1998-05-02", "time": "10:00", "time_end": "09:30"}}]}, []),
    ],
)
def test_an_end_before_its_beginning_is_kept_where_the_source_is_told_to_contradict_itself(
    facts: dict[str, Any], about: list[str]
) -> None:
    with pytest.raises(interchange.BadDocument):
        read(**facts)
    conflict = {"statement": "La fin imprimée précède le début.", "about": about}
    if about:
        with pytest.raises(interchange.BadDocument):
            read(**facts, notes={"conflicts": [{**conflict, "about": []}]})
    written = interchange.write(read(**facts, notes={"conflicts": [conflict]}))
    assert interchange.write(interchange.read(written)) == written
    told = [fact.line(": ") for section in telling.sections(interchange.read(written), "fr") for fact in section.facts]
    assert any("La fin imprimée précède le début." in line for line in told)
    assert any("09:30" in line or "1999" in line for line in told)


def test_pages_of_one_copy_a_periodic_review_and_a_joint_commitment_have_a_place_of_their_own() -> None:
    facts: dict[str, Any] = {
        "parties": [{"id": "a", "name": "Nesmy"}, {"id": "b", "name": "Burkardroth"}],
        "copies": {"each": [{"kind": "original", "party": "a", "pages": 4}, {"kind": "duplicate", "pages": 6}]},
        "term": {"review_every": {"years": 5}},
        "commitments": [{"what": "un car", "party": "a", "jointly_with": ["b"], "share": "la moitié"}],
    }
    written = interchange.write(read(**facts))
    assert interchange.write(interchange.read(written)) == written
    told = [fact.line(" : ") for section in telling.sections(interchange.read(written), "fr") for fact in section.facts]
    for said in ("pages 4", "pages 6", "périodicité du bilan : 5 ans", "avec : Burkardroth"):
        assert any(said in line.replace("\xa0", " ") for line in told), (said, told)
    for unknown in ({"jointly_with": ["c"]},):
        with pytest.raises(interchange.BadDocument):
            read(parties=facts["parties"], commitments=[{"what": "un car", **unknown}])


def test_a_signing_may_end_at_midnight_and_none_begins_at_its_end() -> None:
    written = interchange.write(read(signings=[{"date": {"date": "1998-05-02", "time": "22:00", "time_end": "24:00"}}]))
    assert interchange.write(interchange.read(written)) == written
    with pytest.raises(interchange.BadDocument):
        read(signings=[{"date": {"date": "1998-05-02", "time": "24:00"}}])
