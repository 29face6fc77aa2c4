"""Keeps bench/results.json: one entry per goal, under a name that stays."""

import json
import os
from collections.abc import Iterable
from pathlib import Path

from bench.rounds import Result

PATH = Path(__file__).with_name("results.json")


def keep(results: Iterable[Result], path: Path = PATH) -> None:
    """Write the results over the entries of the same names, leaving the others as they are."""
    entries = json.loads(path.read_text()) if path.exists() else {}
    entries.update({result.name: result.entry() for result in results})
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(entries, indent=2, sort_keys=True) + "\n")
    os.replace(fresh, path)


def line(result: Result) -> str:
    """Return a result as one line for a person to read."""
    verdict = "met" if result.met else "MISSED"
    relation = "at least" if result.better == "higher" else "at most"
    spread = f"{result.low:.3g} to {result.high:.3g} in {result.rounds} rounds"
    goal = f"goal {relation} {result.goal:g}: {verdict}"
    return f"{result.name}: {result.ratio:.3g} ({spread}), {goal}. {result.note}"
