"""Names made comparable."""

from __future__ import annotations

import pytest

from app.places import lists
from app.places.naming import fold_place, fold_places, sound, sounds, tails
from app.shared.folding import fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Œuilly", "oeuilly"),
        ("L'Haÿ-les-Roses", "l hay les roses"),
        ("L’Haÿ–les–Roses", "l hay les roses"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Семенівка", "семенівка".replace("і", "і")),
        ("  a\t b\n", "a b"),
        ("", ""),
        ("…", ""),
    ],
)
def test_accents_ligatures_hyphens_and_apostrophes_do_not_count(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_short_forms_of_place_names_are_one() -> None:
    assert fold_place("St-Rémy-lès-Chevreuse") == fold_place("saint remy lez chevreuse")
    assert fold_place("Ste Colombe s/ Seine") == fold_place("Sainte-Colombe-sur-Seine")


def test_names_that_sound_alike_leave_the_same() -> None:
    assert sound("sailly les lannoy") == sound("saily les lanoy")
    assert sound("semenivka") == sound("semionowka")


def test_a_name_is_found_by_its_greater_words() -> None:
    assert tails("sailly les lannoy") == ["lannoy"]
    assert tails("saint jean de la porte") == ["jean de la porte", "porte"]


def test_many_names_are_folded_and_heard_as_each_alone() -> None:
    names = [row[1] for file in ("communes.csv.gz", "former_communes.csv.gz") for row in lists._rows(file)]
    names += [row[2] for row in lists._rows("foreign_towns.csv.gz")][::7]
    names += [
        "Châlons s/ Marne",
        "St-Rémy-lès-Chevreuse",
        "Œuilly",
        "Σπάρτη",
        "Семенівка",
        "'s-Hertogenbosch",
        "_a__b_",
    ]
    folded = [fold_place(name) for name in names]
    assert fold_places(names) == folded
    assert sounds(folded) == [sound(name) for name in folded]
