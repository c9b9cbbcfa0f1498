"""The rule engine: against other engines, over a thousand editions, in search of advice, at loading."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from app.rules.advice import CAP, PER_SUGGESTION, advise
from app.rules.evaluate import assess
from app.rules.facts import Facts
from app.rules.loader import RULES, load, load_texts, read_folder
from app.rules.reading import read_facts
from app.rules.when import parse_when
from bench.bare import app as bare
from bench.table import Result

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.rules.model import Edition

TWELVE_OF_NODE = Path(__file__).parent / "engines" / "twelve.cjs"
ENGINES = Path(__file__).parent.parent / ".cache" / "engines"  # made by script/bench
VERSIONS = {"publicodes": "1.10", "json-rules-engine": "7.3", "cel-expr-python": "0.1"}
DOSSIERS = 10_000
EDITIONS = 1_000
PASSES = 3  # ours and theirs in turn: the speed of a machine changes within a minute
TODAY = date(2026, 11, 22)

TWELVE = (
    'condition = "between"\nvalue = "money.requested"\nmin = 8455\nmax = 50745',
    'condition = "between"\nvalue = "project.months"\nmin = 6\nmax = 12',
    'condition = "between"\nvalue = "participants.total"\nmin = 50',
    'condition = "between"\nvalue = "participants.invited"\nmin = 25',
    'condition = "is"\nvalue = "project.has_online_activities"\nis = false',
    'condition = "in"\nvalue = "applicant.kind"\nvalues = ["commune", "association"]',
    'condition = "in"\nvalue = "applicant.country"\nvalues = ["FR", "DE"]',
    'condition = "between"\nvalue = "money.requested"\nmax = { share = "80 %", of = "money.total_cost" }',
    'condition = "date"\nvalue = "submission.date"\nuntil = 2024-09-19T17:00:00',
    'condition = "is"\nvalue = "applicant.non_profit"\nis = true',
    'condition = "between"\nvalue = "money.own_contribution"\nmin = { share = "10 %", of = "money.total_cost" }',
    'condition = "not_in"\nvalue = "project.target_country"\nvalues = ["MX", "SN"]',
)
HEAD = """
programme = "banc"
edition = "douze"
title = "Douze conditions"
kind = "cash"
funder = "banc"
summary = "Mesure."
since = 2024-01-01
consulted = 2024-01-01
expires = 2036-01-01
[sources.S]
title = "Mesure"
confidence = "A"
"""
CEL = (
    "requested >= 8455 && requested <= 50745", "months >= 6 && months <= 12", "total >= 50", "invited >= 25",
    "online == false", 'kind in ["commune", "association"]', 'country in ["FR", "DE"]', "requested * 10 <= cost * 8",
    "submitted <= 1726758000", "non_profit == true", "own * 10 >= cost", '!(target in ["MX", "SN"])',
)  # fmt: skip


def engines() -> Iterator[Result]:
    """The same twelve conditions, a result for each, on dossiers of which half are eligible."""
    edition = _twelve()
    dossiers = [_dossier(number) for number in range(DOSSIERS)]
    ours, theirs = 0.0, dict[str, float]()
    for _ in range(PASSES):
        ours = max(ours, _rate(lambda one: assess(edition, Facts(one, {})).states, dossiers))
        for name, rate in {**_node(), **_cel()}.items():
            theirs[name] = max(rate, theirs.get(name, 0.0))
    detail = f"({ours:.0f} dossiers par seconde, douze états chacun)"
    for name, least in (("publicodes", 40), ("json-rules-engine", 3), ("cel-expr-python", 1.5)):
        if name not in theirs:
            print(f"{name} n’est pas installé : la comparaison n’est pas faite", file=sys.stderr)
            continue
        said = f"{detail} ; lui : {theirs[name]:.0f}"
        yield Result(f"règles ÷ {name} {VERSIONS[name]}", ours / theirs[name], least, at_least=True, detail=said)


def many() -> Iterator[Result]:
    """One project against a thousand editions, sentences on demand, in bare Flask requests."""
    catalogue = load()
    editions = (list(catalogue.editions) * (EDITIONS // len(catalogue.editions) + 1))[:EDITIONS]
    told = catalogue.by_id["cerv-jumelage/2024"].examples[0].facts
    client = bare.test_client()
    request = _best(lambda: [client.get("/") for _ in range(200)]) / 200

    def project() -> None:
        facts = read_facts(told, catalogue.words)
        for edition in editions:
            assess(edition, facts)

    yield Result("projet contre 1 000 éditions, en requêtes Flask nues", _best(project) / request, 150)


def advice() -> Iterator[Result]:
    """How many assessments a suggestion costs, on the hardest of the shipped examples."""
    catalogue = load()
    worst, where = 0.0, ""
    for edition in catalogue.editions:
        for example in edition.examples:
            if example.verdict not in ("not_eligible", "to_check"):
                continue
            found = advise(catalogue, assess(edition, read_facts(example.facts, catalogue.words)), today=TODAY)
            if found.suggestions and found.assessments / len(found.suggestions) > worst:
                worst, where = found.assessments / len(found.suggestions), edition.id
    detail = f"({where} ; au plus {CAP} en tout)"
    yield Result("évaluations par conseil montré", worst, PER_SUGGESTION, detail=detail)


def loading() -> Iterator[Result]:
    """Reading every rule file, cold and again, in cold imports of Flask and SQLAlchemy."""
    nothing = _process("pass")
    imports = _process("import flask, sqlalchemy") - nothing
    cold = _process("from app.rules.loader import load; load()") - nothing
    yield Result("chargement des règles ÷ import flask, sqlalchemy", cold / imports, 1.0)
    load()
    yield Result("chargement depuis le cache ÷ import", _best(load) / imports, 0.1)


def _process(code: str) -> float:
    """The processor time of a new process, the least of five; the first compiles what is imported."""
    compiled = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", code]
    root = RULES.parent
    spent = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, cwd=root, env=compiled)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(spent)


def _twelve() -> Edition:
    criteria = "".join(
        f'[[criteria]]\nid = "c{rank}"\nlabel = "c"\nsays = "c."\nseverity = "bloquant"\nsource = "S"\n{one}\n'
        for rank, one in enumerate(TWELVE)
    )
    shelves = {name: text for name, text in read_folder(RULES).items() if name.startswith("lists/")}
    return load_texts({**shelves, "banc/douze.toml": HEAD + criteria}).editions[0]


def _dossier(number: int) -> dict[str, object]:
    return {
        "money.requested": 20_000 + number % 7,
        "project.months": 9,
        "participants.total": 60,
        "participants.invited": 32 if number % 2 else 20,
        "project.has_online_activities": False,
        "applicant.kind": "commune",
        "applicant.country": "FR",
        "money.total_cost": 30_000,
        "submission.date": parse_when("2024-09-10"),
        "applicant.non_profit": True,
        "money.own_contribution": 5_000,
        "project.target_country": "UA",
    }


def _node() -> dict[str, float]:
    """The same conditions with the engines of Node, in dossiers a second; nothing where they are not installed."""
    if not (ENGINES / "node_modules").is_dir():
        return {}
    command = ["node", str(TWELVE_OF_NODE), str(ENGINES)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    rates: dict[str, float] = json.loads(answer.stdout)
    return rates


def _cel() -> dict[str, float]:
    """The same conditions as twelve expressions of cel-expr-python; nothing where it is not installed."""
    if str(ENGINES / "python") not in sys.path:
        sys.path.append(str(ENGINES / "python"))
    if find_spec("cel_expr_python") is None:
        return {}
    from cel_expr_python import cel  # noqa: PLC0415  # only where it is installed

    types = {
        "requested": cel.Type.INT, "months": cel.Type.INT, "total": cel.Type.INT, "invited": cel.Type.INT,
        "online": cel.Type.BOOL, "kind": cel.Type.STRING, "country": cel.Type.STRING, "cost": cel.Type.INT,
        "submitted": cel.Type.INT, "non_profit": cel.Type.BOOL, "own": cel.Type.INT, "target": cel.Type.STRING,
    }  # fmt: skip
    environment = cel.NewEnv(variables=types)
    expressions = [environment.compile(one) for one in CEL]
    dossiers = [
        {
            "requested": 20_000 + number % 7, "months": 9, "total": 60, "invited": 32 if number % 2 else 20,
            "online": False, "kind": "commune", "country": "FR", "cost": 30_000, "submitted": 1_725_926_400,
            "non_profit": True, "own": 5_000, "target": "UA",
        }
        for number in range(DOSSIERS)
    ]  # fmt: skip

    def evaluated(one: dict[str, object]) -> list[object]:
        activation = environment.Activation(one)
        return [expression.eval(activation).value() for expression in expressions]

    return {"cel-expr-python": _rate(evaluated, dossiers)}


def _rate(work: Callable[[dict[str, object]], object], dossiers: list[dict[str, object]]) -> float:
    def all_of_them() -> None:
        for one in dossiers:
            work(one)

    return len(dossiers) / _best(all_of_them, times=20)


def _best(work: Callable[[], object], *, times: int = 7) -> float:
    """The least of several durations: what the work costs when nothing disturbs it."""
    durations = []
    for _ in range(times):
        start = time.process_time()
        work()
        durations.append(time.process_time() - start)
    return min(durations)
