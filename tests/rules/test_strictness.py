"""A rule file that is wrong stops the loading, says where, and names the nearest right word. It never crashes."""

from __future__ import annotations

import random
import re
import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.rules.advice import advise
from app.rules.answer import answer
from app.rules.checking import problems
from app.rules.errors import RuleError
from app.rules.evaluate import assess
from app.rules.loader import RULES, load, load_texts, read_folder
from app.rules.reading import FactsError, read_facts
from app.shared import clock

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXTS = read_folder(RULES)
MODEL = "fonds-citoyen/depuis-2020.toml"
SHELVES = {name: text for name, text in TEXTS.items() if name.split("/")[0] in ("words", "lists", "levers.toml")}


def refused(old: str, new: str, name: str = MODEL) -> RuleError:
    """The error of a shipped file in which one thing was changed."""
    text = TEXTS[name]
    assert old in text
    with pytest.raises(RuleError) as caught:
        problems(load_texts({**SHELVES, name: text.replace(old, new, 1)}), today=clock.now().date())
    return caught.value


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("severity =", "severty =", "severity"),
        ('condition = "between"', 'condition = "betwen"', "between"),
        ('min = "6 semaines"', 'min = "6 semains"', "semaines"),
        ('severity = "bloquant"', 'severity = "bloquent"', "bloquant"),
        ('value = "applicant.country"', 'value = "applicant.contry"', "applicant.country"),
        ('source = "F3"', 'source = "F33"', "F3"),
        ('id = "demandeur"', 'id = "siege"', "siege"),
        ('confidence = "A"', 'confidence = "Z"', "A, B, C, G ou U"),
        ('role = "cap"', 'role = "cup"', "cap"),
        ('"informal_group",\n]', '"informal_grup",\n]', "informal_group"),
        ('min = "6 semaines"', 'min = "6 EUR"', "ne se comparent pas"),
        ('programme = "fonds-citoyen"', 'programme = "fond-citoyen"', "fonds-citoyen"),
        ('kind = "cash"', 'kind = "cach"', "cash"),
        ('zone = "Europe/Berlin"', 'zone = "Europe/Berlinn"', "« Europe/Berlin »"),
        ('label = "Catégorie"', 'label = " "', "label"),
        ('id = "categorie"', 'id = "la catégorie/1"', "id"),
        ("since = 2020-04-16", "since = 2020-04-16\nuntil = 2019-01-01", "until"),
        ('source = "F3"', 'source = "F3"\nsevrity = "bloquant"', "severity"),
        ('verdict = "eligible"', 'verdict = "eligibel"', "eligible"),
        ('label = "Catégorie"\n', "", "label"),
        ("expires = 2027-06-30", 'expires = "2027-06-30"', "date"),
        ("[amount]\n", '[amount]\nnotes = ""\n', "note"),
        ("rolling = true", "rolling = true\nrolling = false", "TOML"),
        ("since = 2020-04-16", "since = 2020-13-45 # un treizième mois", "cette date n’existe pas"),
        ("since = 2020-04-16", "since = 2020-02-30", "cette date n’existe pas"),
        ('moment = "report"', 'moment = "rapport"', "report"),
        ('max = "5000 EUR"', 'max = "5000 euros"', "« EUR »"),
        ('min = "6 semaines"', 'min = "1 an"', "« ans »"),
        ('offset = "2 mois"', 'offset = "120000 mois"', "d’un siècle au plus"),
        ('offset = "-6 semaines"', 'offset = "-999999999999 semaines"', "d’un siècle au plus"),
        ('share = "80 %", of', 'shar = "80 %", of', "share"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_the_right_word(old: str, new: str, said: str) -> None:
    error = refused(old, new)

    assert said in error.problem
    assert error.file == f"funding_rules/{MODEL}"
    place = TEXTS[MODEL].index(old)
    line = TEXTS[MODEL][:place].count("\n") + 1
    assert abs(error.line - line) <= max(18, new.count("\n")), (error.line, line)
    assert re.fullmatch(r"funding_rules/.+:\d+ : .+", str(error), re.DOTALL)


@pytest.mark.parametrize(
    ("old", "new", "line_of"),
    [
        ('severity = "bloquant"\nsource = "F4"', 'severity = "bloquent"\nsource = "F4"', 'severity = "bloquent"'),
        ('min = "6 semaines"', 'mini = "6 semaines"', 'mini = "6 semaines"'),
        ('offset = "2 mois"', 'offset = "2 moi"', 'offset = "2 moi"'),
    ],
)
def test_the_line_is_the_very_line(old: str, new: str, line_of: str) -> None:
    text = TEXTS[MODEL].replace(old, new, 1)

    assert refused(old, new).line == text[: text.index(line_of)].count("\n") + 1


@pytest.mark.parametrize("far", ["5000000 jours", "999999999 mois", "9000 ans"])
def test_a_rule_that_asks_for_the_moon_is_answered_and_nothing_is_advised(far: str) -> None:
    text = (
        TEXTS[MODEL].replace('min = "6 semaines"', f'min = "{far}"').replace('in = "jours"', f'in = "{far.split()[1]}"')
    )
    catalogue = load_texts({**SHELVES, MODEL: text})
    edition = next(iter(catalogue.by_id.values()))
    assessment = assess(edition, read_facts(edition.examples[0].facts, catalogue.words))

    assert assessment.verdict == "not_eligible"
    assert advise(catalogue, assessment, today=clock.now().date()).suggestions == ()


def test_an_unknown_list_is_refused_with_the_nearest_one() -> None:
    error = refused('list = "cerv-eligibles"', 'list = "cerv-eligible"', "cerv-jumelage/2024.toml")

    assert "cerv-eligibles" in error.problem


def test_a_figure_that_should_have_been_confirmed_again_fails_the_check_and_is_shown_less_sure() -> None:
    stale = {**SHELVES, MODEL: TEXTS[MODEL].replace("expires = 2027-06-30", "expires = 2025-06-30")}
    catalogue = load_texts(stale)
    today = clock.now().date()
    edition = catalogue.editions[0]
    facts = read_facts(edition.examples[0].facts, catalogue.words)
    told = answer(assess(edition, facts), catalogue=catalogue, today=today)

    assert any("reconfirmer" in one for one in problems(catalogue, today=today))
    assert told["criteria"][0]["stale"]
    assert told["criteria"][0]["confidence"] == "B"


def test_a_wrong_example_fails_the_check() -> None:
    wrong = TEXTS[MODEL].replace('verdict = "not_concerned"', 'verdict = "eligible"', 1)
    found = problems(load_texts({**SHELVES, MODEL: wrong}), today=clock.now().date())

    assert any("not_concerned au lieu de eligible" in one for one in found)


def mangled(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    for _ in range(chance.randint(1, 3)):
        rank = chance.randrange(len(lines))
        line = lines[rank]
        lines[rank : rank + 1] = chance.choice(
            [
                [],
                [line, line],
                [line[: chance.randrange(len(line) + 1)]],
                [line.replace('"', "", 1)],
                [re.sub(r"= .*", f"= {chance.choice(VALUES)}", line)],
                [
                    re.sub(
                        r"\d+", chance.choice(["0", "-1", "99999999999999999999", "1e400", "nan", "inf"]), line, count=1
                    )
                ],
                [
                    re.sub(
                        r'"[^"]*"', chance.choice(['""', '"x"', '"42 jours"', '"ue"', '"0/0"', '"1/0"']), line, count=1
                    )
                ],
                ["", chance.choice(["[x]", "[[criteria]]", "[amount]", "x = 1"])],
                [chance.choice(lines)],
            ]
        )
    return "\n".join(lines)


VALUES = [
    "1",
    '"a"',
    "[]",
    "{}",
    "true",
    "nan",
    "-inf",
    "2024-01-01",
    "0001-01-01",
    "9999-12-31",
    "[[1]]",
    '["a", 2]',
    "1.5",
    "12:00:00",
]


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(TEXTS)), st.integers(0, 10**9))
def test_a_mangled_file_is_read_or_refused_and_never_crashes(name: str, seed: int) -> None:
    text = mangled(TEXTS[name], random.Random(seed))  # noqa: S311  # a draw that can be done again
    try:
        catalogue = load_texts({**SHELVES, name: text})
        problems(catalogue, today=clock.now().date())
    except RuleError as error:
        told = re.fullmatch(r"funding_rules/(.+):(\d+) : .+", str(error), re.DOTALL)
        if told is None or told[1] != name or int(told[2]) < 1:
            raise
        return
    for edition in catalogue.editions:
        for example in edition.examples[:3]:
            try:
                facts = read_facts(example.facts, catalogue.words)
            except (FactsError, ValueError, LookupError, TypeError):
                continue
            answer(assess(edition, facts), catalogue=catalogue, today=clock.now().date())


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    with pytest.raises(RuleError):
        load_texts({**SHELVES, "x/y.toml": text})


def test_the_shipped_folder_loads() -> None:
    assert len(load().editions) >= 3


@pytest.mark.parametrize(
    ("make", "said", "line"),
    [
        (lambda path: path.mkdir(), "fichier", 1),
        (lambda path: path.symlink_to(path), "fichier", 1),
        (lambda path: path.write_bytes('a = 1\nb = "é"\n'.encode("cp1252")), "UTF-8", 2),
        (lambda path: path.write_text(f"a = 1\nb = {'9' * 5000}\n"), "nombre est trop long", 2),
        (lambda path: path.write_text(f"a = 1\nb = 2\nc = {'[' * 3000}{']' * 3000}\n"), "crochets", 3),
    ],
    ids=["folder", "loop", "cp1252", "long number", "deep"],
)
def test_what_is_no_rule_file_is_named_with_its_line(
    tmp_path: Path, make: Callable[[Path], object], said: str, line: int
) -> None:
    shutil.copytree(RULES / "words", tmp_path / "words")
    (tmp_path / "fonds").mkdir()
    make(tmp_path / "fonds" / "2026.toml")
    with pytest.raises(RuleError) as caught:
        load(tmp_path)

    assert said in caught.value.problem
    assert (caught.value.file, caught.value.line) == ("funding_rules/fonds/2026.toml", line)


def test_a_file_that_begins_with_a_mark_of_its_editor_is_read(tmp_path: Path) -> None:
    for name in (*SHELVES, MODEL):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(TEXTS[name].replace("\n", "\r\n").encode("utf-8-sig"))

    assert [one.id for one in load(tmp_path).editions] == ["fonds-citoyen/depuis-2020"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"BF"', '"BF", "BF"', "deux fois"),
        ('"BF"', '"UK"', "GB"),
        ("complete = true", 'complete = true\nincludes = ["pma"]', "autre liste"),
    ],
)
def test_a_list_with_a_fault_is_refused(old: str, new: str, said: str) -> None:
    assert said in refused_list("lists/pma.toml", old, new).problem


def refused_list(name: str, old: str, new: str) -> RuleError:
    assert old in TEXTS[name]
    with pytest.raises(RuleError) as caught:
        load_texts({**SHELVES, name: TEXTS[name].replace(old, new, 1)})
    return caught.value
