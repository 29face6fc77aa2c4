"""The breathing guide's clock, and what leaves a tablet when somebody asks to be contacted."""

import json
import subprocess
from pathlib import Path
from typing import Any

import playwright
import pytest

from tests.test_docs import ROOT

MODULES = ROOT / "static/js/counter/care"
# Browsers run the same files; Playwright brings the engine along.
NODE = Path(playwright.__file__).parent / "driver/node"
RUN = "console.log(JSON.stringify(asked.map((values) => run(...values))));"


def run(module: str, function: str, *asked: list[Any]) -> list[Any]:
    """Call a function of a module with several lists of arguments."""
    wanted = f'import {{ {function} as run }} from "{MODULES / module}";'
    script = f"{wanted} const asked = {json.dumps(asked)}; {RUN}"
    answer = subprocess.run(
        [NODE, "--input-type=module", "--eval", script], capture_output=True, text=True, check=True
    )
    found: list[Any] = json.loads(answer.stdout)
    return found


def test_a_breath_is_four_seconds_in_and_six_out_and_three_of_them_end_after_half_a_minute():
    seconds = (0, 3.9, 4, 9.9, 10, 29.9, 30)

    found = run("breathe.js", "moment", *([second, 3] for second in seconds))

    assert [(one["phase"], one["left"], one["number"]) for one in found] == [
        ("in", 4, 1),
        ("in", 1, 1),
        ("out", 6, 1),
        ("out", 1, 1),
        ("in", 4, 2),
        ("out", 1, 3),
        ("done", 0, 3),
    ]


def test_the_long_way_takes_two_minutes():
    nearly, over = run("breathe.js", "moment", [119.9, 12], [120, 12])

    assert (nearly["phase"], nearly["number"], over["phase"]) == ("out", 12, "done")


@pytest.mark.parametrize(
    ("asks", "sent"),
    [
        ({}, {}),
        ({"name": True, "team": False}, {"name": True}),
        ({"reach": True, "reach_text": " locker 7 "}, {"reach": "locker 7"}),
        ({"name": True, "reach": False, "reach_text": "0611", "words_text": "Please."}, {"name": True}),
        ({"team": True, "words": True, "words_text": " "}, {"team": True}),
        ({"words": True, "words_text": "It was a lot."}, {"words": "It was a lot."}),
    ],
)
def test_what_is_not_ticked_is_not_even_an_empty_field_of_what_is_sent(
    asks: dict[str, object], sent: dict[str, object]
):
    assert run("ticked.js", "ticked", [asks]) == [sent]
