import json

from bench import results
from bench.rounds import summarise


def test_a_new_figure_replaces_its_own_entry_and_leaves_the_others(tmp_path):
    path = tmp_path / "results.json"
    results.keep(
        [summarise("pages", [1.2], 1.5, "lower", "old"), summarise("taps", [0.6], 0.5, "higher", "")], path
    )

    results.keep([summarise("pages", [1.10004, 1.3, 1.0], 1.5, "lower", "new")], path)

    kept = json.loads(path.read_text())
    assert kept["taps"]["ratio"] == 0.6
    assert kept["pages"] == {
        "ratio": 1.1,
        "low": 1.0,
        "high": 1.3,
        "goal": 1.5,
        "better": "lower",
        "rounds": 3,
        "note": "new",
    }


def test_a_person_reads_whether_the_goal_was_met():
    assert "at least 0.5: met" in results.line(summarise("taps", [0.6], 0.5, "higher", ""))
    assert "at most 1.5: MISSED" in results.line(summarise("pages", [1.6], 1.5, "lower", ""))
