"""What stops a rule file that somebody writes: the line, and the nearest right word."""

from __future__ import annotations

from datetime import date

import pytest

from app.rules.checking import problems
from app.rules.errors import RuleError
from app.rules.evaluate import assess
from app.rules.loader import RULES, load_texts
from app.rules.reading import read_facts
from app.rules.template import edition_file

NAME = "essai/2027.toml"
GOOD = edition_file("essai", "2027", today=date(2026, 11, 22))


def refused(text: str) -> str:
    with pytest.raises(RuleError) as caught:
        load_texts({NAME: text})
    return str(caught.value)


def found(text: str) -> str:
    return "\n".join(problems(load_texts({NAME: text}, tolerant=True), today=date(2026, 11, 22)))


def without(text: str, begin: str, end: str = "") -> str:
    head, _, tail = text.partition(begin)
    return head + (end + tail.partition(end)[2] if end else "")


def test_a_new_file_is_right_before_anything_is_filled_in() -> None:
    assert found(GOOD) == ""


@pytest.mark.parametrize(
    ("wrong", "line", "said"),
    [
        (GOOD.replace('severity = "bloquant"', 'severite = "bloquant"'), 24, "Vouliez-vous dire « severity »"),
        (GOOD.replace('url = "https://"', 'url = "javascript:alert(1)"'), 13, "« https:// »"),
        (GOOD.replace('max = "1000 EUR"', f'max = "{"9" * 5000} EUR"'), 28, "nombre ordinaire"),
        (GOOD.replace("consulted = ", 'title = "Encore"\nconsulted = ', 1), 8, "deux fois"),
        (GOOD + "a = [" * 5000, 1, "cette valeur ne se lit pas"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line(wrong: str, line: int, said: str) -> None:
    problem = refused(wrong)

    assert said in problem
    assert f"funding_rules/{NAME}:{line} :" in problem or line == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (without(GOOD, "[[trials]]"), "la borne de « montant » n’est pas essayée"),
        (GOOD.replace("met = [999, 1000]", "met = [999]"), "la borne de « montant » n’est pas essayée"),
        (without(GOOD, '[[examples]]\nname = "Trop', '[[examples]]\nname = "Montant'), "« not_eligible »"),
    ],
)
def test_what_the_examples_do_not_show_is_told(text: str, said: str) -> None:
    assert said in found(text)


def test_a_programme_that_does_not_exist_is_not_excluded() -> None:
    rule = '[[cumulation]]\nsays = "Non."\nprogrammes = ["esai"]\nforbidden = true\nsource = "S1"\n\n'
    text = GOOD.replace('[[examples]]\nname = "Un projet', rule + '[[examples]]\nname = "Un projet', 1)

    assert "« esai » n’est pas un programme. Vouliez-vous dire « essai »" in found(text)


def test_a_product_beyond_any_sum_of_money_is_unknown_and_stops_nothing() -> None:
    many = ", ".join(['"money.requested"'] * 3000)
    text = GOOD.replace('max = "1000 EUR"', f"max = {{ product = [{many}] }}", 1)

    assert "to_check au lieu de eligible" in found(text)


def test_a_file_may_bring_a_list_of_its_own_but_never_replace_one() -> None:
    rule = 'condition = "in"\nvalue = "applicant.region"\nlist = "nos-regions"\n'
    own = '[lists.nos-regions]\ntitle = "régions"\ncomplete = true\nsource = "S1"\n'
    own += 'entries = ["Bretagne", { code = "Normandie", from = 2020-01-01 }]\n\n'
    text = GOOD.replace('condition = "between"\nvalue = "money.requested"\nmax = "1000 EUR"\n', rule, 1)
    text = text.replace("[window]", own + "[window]", 1)
    edition = load_texts({NAME: text}, tolerant=True).by_id["essai/2027"]
    found = []
    for region in ("Bretagne", "Normandie", "Corse"):
        facts = read_facts({"submission": {"date": "2026-11-22"}, "applicant": {"region": region}})
        found.append(str(assess(edition, facts).state("montant").status))

    assert found == ["met", "met", "not_met"]
    shipped = {f"lists/{path.name}": path.read_text("utf-8") for path in (RULES / "lists").glob("ue.toml")}
    with pytest.raises(RuleError, match="est déjà une liste"):
        load_texts({**shipped, NAME: text.replace("nos-regions", "ue")})
