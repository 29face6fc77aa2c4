"""The way through the apology coach: wherever somebody is, there is a way on, a way back, and an end."""

import json
import random
import subprocess
from pathlib import Path
from typing import Any

import playwright
import pytest

from tests.test_docs import ROOT

FLOW = ROOT / "static/js/counter/care/flow.js"
# Browsers run the same file; Playwright brings the engine along.
NODE = Path(playwright.__file__).parent / "driver/node"
RUN = """
const seen = (moment) => ({
    at: moment.at, answers: answers(moment), end: isEnd(moment), step: stepNumber(moment),
    asked: moment.asked, mending: moment.mending, before: back(moment)?.at ?? null,
    beside: passed(moment, "not-ours"),
});
const walk = ({practice, words}) => {
  const went = [begin({practice})];
  for (const word of words) {
    const offered = answers(went.at(-1));
    if (!offered.length) break;
    went.push(answer(went.at(-1), typeof word === "number" ? offered[word % offered.length] : word));
  }
  let [last, onwards] = [went.at(-1), 0];
  while (!isEnd(last) && ++onwards < 99) last = answer(last, answers(last)[0]);
  let [moment, steps] = [went.at(-1), 0];
  while (back(moment) && ++steps) moment = back(moment);
  return {went: went.map(seen), onwards, backToTheBeginning: steps, beginning: moment.at};
};
console.log(JSON.stringify(asked.map(walk)));
"""
ORDER = ["breaths", "listen", "thank", "empathy", "acknowledge", "apologise", "solve", "shoes"]
NEEDS = ["need-heard", "need-acknowledged", "need-not-again", "mattered", "end"]
STRAIGHT = {
    "listen": "yes",
    "shoes": "yes",
    "need-heard": "yes",
    "need-acknowledged": "yes",
    "need-not-again": "yes",
}
WORDS = [STRAIGHT.get(at, "next") for at in ORDER + NEEDS[:3]]


def walks(*asked: dict[str, Any]) -> list[dict[str, Any]]:
    script = f"{FLOW.read_text('utf-8')}\nconst asked = {json.dumps(asked)};{RUN}"
    run = [str(NODE), "--input-type=module"]
    done = subprocess.run(run, input=script, check=True, capture_output=True, text=True, timeout=60)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def walk(*words: str, practice: bool = False) -> list[dict[str, Any]]:
    return walks({"practice": practice, "words": words})[0]["went"]


def places(went: list[dict[str, Any]]) -> list[str]:
    return [moment["at"] for moment in went]


@pytest.fixture(scope="module")
def wandering() -> list[dict[str, Any]]:
    """Many people who answer as it comes, half of them in practice."""
    luck = random.Random(6)
    return walks(
        *(
            {"practice": number % 2 == 0, "words": [luck.randrange(2) for _ in range(number % 40)]}
            for number in range(600)
        )
    )


def test_it_goes_from_three_breaths_through_listening_and_five_steps_to_what_the_customer_needs():
    went = walk(*WORDS, "yes")

    assert places(went) == ORDER + NEEDS
    assert [moment["step"] for moment in went[2:7]] == [1, 2, 3, 4, 5]
    assert went[1]["step"] is None
    assert went[-1]["end"]


def test_nobody_comes_to_the_first_step_without_saying_that_the_customer_has_finished(wandering):
    went = walk("next", "no", "no", "yes")
    assert places(went) == ["breaths", "listen", "listen", "listen", "thank"]
    assert [moment["asked"] for moment in went[1:4]] == [0, 1, 2]
    assert went[1]["answers"] == ["yes", "no"]

    thanked = [moment["before"] for one in wandering for moment in one["went"] if moment["at"] == "thank"]
    assert set(thanked) == {"listen"}


@pytest.mark.parametrize(
    ("need", "way"),
    {
        "need-heard": ["listen", "yes", "need-heard"],
        "need-acknowledged": ["acknowledge", "next", "need-acknowledged"],
        "need-not-again": ["solve", "next", "shoes", "yes", "need-not-again"],
    }.items(),
)
def test_a_need_that_is_not_met_leads_back_to_its_step_and_is_asked_again(need: str, way: list[str]):
    until = WORDS[: (ORDER + NEEDS).index(need)]
    went = walk(*until, "no", *way[1::2], "yes")[len(until) + 1 :]

    assert places(went)[: len(way[::2])] == way[::2]
    assert went[0]["mending"] == need
    assert places(went)[-1] == NEEDS[NEEDS.index(need) + 1]
    assert went[-1]["mending"] is None


def test_a_solution_that_would_not_please_oneself_goes_back_to_the_solution():
    until = WORDS[: ORDER.index("shoes")]

    assert places(walk(*until, "no", "branch", "next", "yes"))[-4:] == [
        "solve",
        "not-now",
        "shoes",
        "need-heard",
    ]


def test_what_was_not_our_doing_has_words_of_its_own_within_the_fourth_step():
    went = walk(*WORDS[: ORDER.index("apologise")], "branch", "next")

    assert places(went)[-2:] == ["not-ours", "solve"]
    assert went[-2]["step"] == 4
    assert went[-1]["beside"] and not went[-3]["beside"]


def test_what_cannot_be_fixed_now_is_promised_beside_the_fifth_step_and_meets_the_same_questions():
    went = walk(*WORDS[: ORDER.index("solve")], "branch", "next", "yes")

    assert places(went)[-4:] == ["solve", "not-now", "shoes", "need-heard"]
    assert went[-3]["step"] == 5


def test_who_left_without_knowing_that_they_matter_still_gets_something():
    assert places(walk(*WORDS, "no", "next"))[-3:] == ["mattered", "still", "end"]


def test_practice_ends_with_a_comparison_because_a_made_up_customer_has_no_answer():
    assert places(walk(*WORDS[: len(ORDER)], practice=True)) == [*ORDER, "compare"]


def test_wherever_somebody_is_there_is_a_way_on_until_the_end(wandering):
    for one in wandering:
        assert all(moment["answers"] or moment["end"] for moment in one["went"])
        assert one["onwards"] <= len(ORDER + NEEDS) + 3, "who answers yes from there on comes to the end"
    assert {moment["at"] for one in wandering for moment in one["went"] if moment["end"]} == {
        "end",
        "compare",
    }


def test_wherever_somebody_is_back_leads_to_the_screen_before_and_in_the_end_to_the_beginning(wandering):
    for one in wandering:
        before = None
        for moment in one["went"]:
            stayed = moment["asked"] > 0
            assert stayed or moment["before"] == before
            before = moment["at"]
        stays = sum(moment["asked"] > 0 for moment in one["went"])
        assert one["backToTheBeginning"] == len(one["went"]) - 1 - stays
        assert one["beginning"] == "breaths"


def test_an_answer_that_a_screen_does_not_offer_is_refused():
    with pytest.raises(subprocess.CalledProcessError) as refused:
        walk("yes")
    assert "no such answer" in refused.value.stderr
