"""Searching the real lists: what volunteers type, and what they must find."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from app.places import services
from app.places.models import Place, PlaceKind, PlaceName
from app.places.queries import commune_by_code, found_places, named_exactly
from app.shared import clock

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.places.queries import FoundPlace


def first(session: Session, words: str) -> FoundPlace:
    found = found_places(session, words)
    assert found, words
    return found[0]


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Sailly-lez-Lannoy", "Sailly-lez-Lannoy (Nord, 59)"),
        ("SAILLY LEZ LANNOY", "Sailly-lez-Lannoy (Nord, 59)"),
        ("sailly lès lannoy", "Sailly-lez-Lannoy (Nord, 59)"),
        ("Sailly les Lanoy", "Sailly-lez-Lannoy (Nord, 59)"),
        ("saily lez lanoy", "Sailly-lez-Lannoy (Nord, 59)"),
        ("sailly lannoy", "Sailly-lez-Lannoy (Nord, 59)"),
        ("saily lannoy", "Sailly-lez-Lannoy (Nord, 59)"),
        ("Київ", "Kyiv (Ukraine)"),
        ("Мукачево", "Mukachevo (Ukraine)"),
        ("59521 ", "Sailly-lez-Cambrai (Nord, 59)"),
        ("59522", "Sailly-lez-Lannoy (Nord, 59)"),
        ("St Remy les Chevreuse", "Saint-Rémy-lès-Chevreuse (Yvelines, 78)"),
        ("oeuilly", "Œuilly (Marne, 51)"),
        ("l’hay les roses", "L'Haÿ-les-Roses (Val-de-Marne, 94)"),
        ("Lhaÿ-les-Roses", "L'Haÿ-les-Roses (Val-de-Marne, 94)"),
        ("Haÿ les roses", "L'Haÿ-les-Roses (Val-de-Marne, 94)"),
        ("villeneuve d ascq", "Villeneuve-d'Ascq (Nord, 59)"),
        ("Paris", "Paris (Paris, 75)"),
        ("ajaccio", "Ajaccio (Corse-du-Sud, 2A)"),
        ("2A004", "Ajaccio (Corse-du-Sud, 2A)"),
        ("München", "Munich (Allemagne)"),
        ("muenchen", "Munich (Allemagne)"),
        ("Ypres", "Ieper (Belgique)"),
        ("Londres", "London (Royaume-Uni)"),
        ("Aix la Chapelle", "Aachen (Allemagne)"),
        ("Esch sur Alzette", "Esch-sur-Alzette (Luxembourg)"),
    ],
)
def test_the_place_meant_comes_first(lists: Session, typed: str, label: str) -> None:
    assert first(lists, typed).label == label


@pytest.mark.usefixtures("app")
def test_a_town_abroad_is_proposed_under_its_french_name_beside_its_homonyms(lists: Session) -> None:
    assert "Köln (Allemagne)" in [found.label for found in found_places(lists, "Cologne")[:3]]


def test_small_towns_of_that_very_name_do_not_hide_a_great_one_a_letter_away(lists: Session) -> None:
    labels = [found.label for found in found_places(lists, "Strasburg")]
    assert labels[0].startswith("Strasburg")
    assert "Strasbourg (Bas-Rhin, 67)" in labels
    assert len(found_places(lists, "Gödöllő")) == 1


def test_a_region_is_told_with_the_french_elision(lists: Session) -> None:
    assert first(lists, "Weimar").detail.startswith("région d’Erfurt")
    assert "région de " in first(lists, "Kyivskyi").detail


def test_the_six_semenivkas_are_told_apart_by_their_region(lists: Session) -> None:
    found = [place for place in found_places(lists, "Semenivka") if place.label == "Semenivka (Ukraine)"]

    assert len(found) == 6
    assert len({place.detail for place in found}) == 6
    assert any("région de Chernihiv" in place.detail for place in found)


@pytest.mark.usefixtures("app")
def test_homonyms_in_france_are_told_apart_by_departement(lists: Session) -> None:
    found = [
        place for place in found_places(lists, "Sainte-Colombe", limit=25) if place.label.startswith("Sainte-Colombe (")
    ]

    assert len(found) == 12
    assert len({place.label for place in found}) == 12


@pytest.mark.usefixtures("app")
def test_a_former_commune_leads_to_the_present_one(lists: Session) -> None:
    found = first(lists, "Arbignieu")

    assert found.label == "Arboys en Bugey (Ain, 01)"
    assert "Arbignieu y est commune déléguée" in found.detail
    assert found.value == commune_by_code(lists, "01015").id


@pytest.mark.usefixtures("app")
def test_a_former_commune_that_shares_its_code_with_the_present_one_is_kept_apart(lists: Session) -> None:
    both = lists.scalars(select(Place).where(Place.code == "73151").order_by(Place.kind)).all()

    assert [(place.name, place.kind) for place in both] == [
        ("Porte-de-Savoie", PlaceKind.COMMUNE),
        ("Les Marches", PlaceKind.DELEGATED),
    ]
    assert first(lists, "Les Marches").label == "Porte-de-Savoie (Savoie, 73)"


@pytest.mark.usefixtures("app")
def test_a_name_with_its_postcode_finds_that_one(lists: Session) -> None:
    assert [place.label for place in found_places(lists, "Lannoy 59390")][:1] == ["Lannoy (Nord, 59)"]
    assert [place.label for place in found_places(lists, "59390 sailly")] == ["Sailly-lez-Lannoy (Nord, 59)"]


def test_a_postcode_finds_its_communes_and_says_when_a_number_is_an_insee_code(lists: Session) -> None:
    found = {place.label: place.detail for place in found_places(lists, "59390")}

    assert {"Sailly-lez-Lannoy (Nord, 59)", "Toufflers (Nord, 59)"} <= set(found)
    assert found["Masny (Nord, 59)"].startswith("code INSEE 59390")


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "a",
        "%",
        "%%%%",
        "_____",
        "'; DROP TABLE place; --",
        "\x00\x00\x00",
        "a" * 10_000,
        "<script>",
        "🏰🏰🏰",
        "ﷺ" * 300,
    ],
)
def test_whatever_is_typed_gives_an_answer(lists: Session, typed: str) -> None:
    assert isinstance(found_places(lists, typed), list)


@pytest.mark.usefixtures("app")
def test_a_name_found_in_no_list_matches_nothing_by_itself(lists: Session) -> None:
    assert named_exactly(lists, "Ypres-les-Bains-du-Nord") == []
    assert len(named_exactly(lists, "Semenivka", country="UA")) >= 6


@pytest.mark.usefixtures("app")
def test_the_country_can_be_chosen(lists: Session) -> None:
    assert {place.country for place in found_places(lists, "Lens", country="CH")} <= {"CH"}


@pytest.mark.usefixtures("app")
def test_both_lists_are_loaded_whole_and_loading_again_adds_nothing(lists: Session) -> None:
    assert lists.scalar(select(func.count()).select_from(Place).where(Place.kind == PlaceKind.COMMUNE)) == 34_969
    assert lists.scalar(select(func.count()).select_from(Place).where(Place.kind == PlaceKind.FOREIGN)) == 111_610
    assert services.stale_lists(lists) == []
    before = dict(lists.execute(select(Place.code, Place.id).where(Place.kind == PlaceKind.COMMUNE)).all())
    names = lists.scalar(select(func.count()).select_from(PlaceName))

    done = services.load_list(lists, services.read_list("france"), at=clock.now())

    assert (done.added, done.changed) == (0, 0)
    assert before == dict(lists.execute(select(Place.code, Place.id).where(Place.kind == PlaceKind.COMMUNE)).all())
    assert lists.scalar(select(func.count()).select_from(PlaceName)) == names
    lists.rollback()


@pytest.mark.usefixtures("app")
def test_nothing_unknown_is_guessed(lists: Session) -> None:
    silent = lists.scalar(
        select(func.count()).select_from(Place).where(Place.kind == PlaceKind.COMMUNE, Place.latitude.is_(None))
    )

    assert silent == 34_969 - 13_615
