"""Judges run side by side, and what they found becomes one table."""

import json
import sys
from pathlib import Path

import pytest

from judges import trials
from judges.trials import Outcome, Trial


def judge(tmp_path: Path, code: int, *figures: str) -> Trial:
    """Return a trial whose judge says something, leaves figures, and ends with ``code``."""
    verdict = tmp_path / f"{code}.json"
    verdict.write_text(json.dumps({"passed": not code, "figures": dict.fromkeys(figures, code)}))
    program = f"import sys; print('asked'); sys.exit({code})"
    return Trial("z3", "demo", [sys.executable, "-c", program], verdict)


def test_what_a_judge_says_is_passed_on_and_its_end_is_the_verdict(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
):
    good, bad = trials.run_all([judge(tmp_path, 0, "excluded"), judge(tmp_path, 1)])

    assert (good.passed, good.figures, bad.passed, bad.figures) == (True, {"excluded": 0}, False, {})
    said = capfd.readouterr().out
    assert "[z3, demo] asked" in said and "[z3, demo] passed after" in said and "[z3, demo] FAILED" in said


def test_a_judge_without_a_verdict_has_no_figures(tmp_path: Path):
    assert trials.run(Trial("z3", "demo", [sys.executable, "-c", "pass"])).figures == {}
    missing = Trial("z3", "demo", [sys.executable, "-c", "pass"], tmp_path / "none.json")
    assert trials.run(missing).figures == {}


def test_the_table_names_judge_site_verdict_and_figures():
    trial = Trial("pycanon", "demo", [])

    lines = trials.table([Outcome(trial, True, 3.4, {"k": 5, "classes": 38}), Outcome(trial, False, 1)])

    assert lines == [
        "pycanon on demo: passed (3 s)",
        "    k        5",
        "    classes  38",
        "pycanon on demo: FAILED (1 s)",
    ]
