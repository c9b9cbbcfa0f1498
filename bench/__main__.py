"""``script/bench``: every ratio of the README in one run."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from bench import dossier, feed, journal, pdf, rules, table, writers

MEASURES = {
    "journal": journal.throughput,
    "length": journal.length,
    "dossier": dossier.queries,
    "pdf": pdf.convention,
    "feed": feed.large,
    "unchanged": feed.unchanged,
    "writers": writers.lost,
    "rules": rules.engines,
    "editions": rules.many,
    "advice": rules.advice,
    "loading": rules.loading,
}
README = Path(__file__).resolve().parent.parent / "README.md"


def main() -> int:
    """Run the measures named, or all; 1 when a limit is not reached."""
    parser = argparse.ArgumentParser(prog="script/bench")
    parser.add_argument("names", nargs="*", choices=[[], *MEASURES], metavar="NAME")
    parser.add_argument("--list", action="store_true", help="name the measures")
    parser.add_argument("--write", action="store_true", help="put the table into README.md")
    options = parser.parse_args()
    if options.list:
        print("\n".join(MEASURES))
        return 0
    results = []
    for name in options.names or MEASURES:
        start = time.monotonic()
        for result in MEASURES[name]():
            results.append(result)
            print(f"  {result.what} : {table.number(result.measured)}", file=sys.stderr)
        print(f"{name} : {time.monotonic() - start:.0f} s", file=sys.stderr)
    print(table.rendered(results))
    if options.write and not table.write(README, results):
        print("README.md has no place for the table", file=sys.stderr)
    return 0 if all(result.reached for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
