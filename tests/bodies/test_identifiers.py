"""French identifiers."""

from __future__ import annotations

import pytest

from app.bodies.identifiers import compact, is_rna, is_siren, is_siret, spaced_siret
from app.places.lists import read


@pytest.mark.parametrize("number", ["73282932000074", "35600000000048", "35600000049837"])
def test_real_numbers_are_taken(number: str) -> None:
    """The last one is an establishment of La Poste: not Luhn's, but its digits add up to a multiple of five."""
    assert is_siret(number)


@pytest.mark.parametrize(
    "number", ["73282932000075", "7328293200007", "732829320000740", "ABCDEFGHIJKLMN", "", "٧٣٢٨٢٩٣٢", "0" * 14]
)
def test_a_slip_is_seen(number: str) -> None:
    assert not is_siret(number)


def test_another_body_does_not_profit_from_the_exception_of_la_poste() -> None:
    assert not is_siret("73282932000078")


def test_a_slip_in_the_siren_is_seen_though_the_whole_number_has_its_key() -> None:
    assert not is_siret("73282932100007")


def test_zeros_are_no_number() -> None:
    assert not is_siren("0" * 9)


def test_the_siren_of_every_shipped_commune_is_valid() -> None:
    wrong = [place.name for place in read("france") if place.siren and not is_siren(place.siren)]

    assert wrong == []


@pytest.mark.parametrize("number", ["W595012345", "W9C1000123", "W2A1001234"])
def test_the_number_of_an_association_is_known(number: str) -> None:
    assert is_rna(number)


@pytest.mark.parametrize("number", ["595012345", "W59501234", "W5950123456", "w595012345", "W59501234X"])
def test_what_is_no_number_of_an_association_is_refused(number: str) -> None:
    assert not is_rna(number)


def test_people_type_spaces_and_dots() -> None:
    assert compact(" 732 829.320-00074 ") == "73282932000074"
    assert compact("w595012345") == "W595012345"
    assert spaced_siret("73282932000074") == "732 829 320 00074"
