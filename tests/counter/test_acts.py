"""What each act at the counter does, and that none can be forgotten in a table."""

import pytest

from tests.answers import House, everything, rows
from tests.cast import NOW, pin_of
from tests.conftest import SECRETS
from wellbeing.collect import Answer
from wellbeing.counter import acts
from wellbeing.counter.acts import Refused, Scene, answer_of, perform
from wellbeing.counter.identify import Refusal
from wellbeing.counter.requests import ACTS, Act
from wellbeing.models.accounts import PinFailure
from wellbeing.models.pending import Dimension, Receipt
from wellbeing.tablets import TabletFacts
from wellbeing.web import counter as door

ASKING = {"who", "find"}


def do(house: House, name: str, act_id: str = "one", pin: str = "", **fields: object) -> object:
    """Let Sol do an act at the service counter, in a transaction of its own."""
    if "person" in ACTS[name]:
        fields |= {"person": house.cast.people["Sol"], "pin": pin or pin_of("Sol")}
    with house.engine.begin() as connection:
        tablet = TabletFacts(1, house.cast.units["Service counter"], "Front desk")
        return perform(Scene(connection, tablet, NOW, SECRETS), Act(act_id, name, fields))


def test_every_act_has_a_hand_that_does_it_and_words_for_when_it_was_done():
    assert acts._ACTS.keys() == acts._DONE.keys() == ACTS.keys() - ASKING


def test_every_refusal_has_a_status_and_a_sentence(house: House):
    codes = {"bad_request", "tablet_unknown", "not_found", "undo_over", "pin_weak", *Refusal}

    assert codes <= door.STATUSES.keys()
    for code in codes:
        assert door._sentence(code).endswith(".")


@pytest.mark.parametrize(
    ("name", "fields", "answer"),
    [
        ("check_in", {"mood": 4}, Answer(mood=4)),
        (
            "rough",
            {"mood": None, "severity": "hard"},
            Answer(rough=True, details=((Dimension.SEVERITY, "hard"),)),
        ),
        (
            "rough_detail",
            {"behaviour": ["rude", "threatened"], "cause": None, "channel": "phone", "area": "parts"},
            Answer(
                details=(
                    (Dimension.BEHAVIOUR, "rude"),
                    (Dimension.BEHAVIOUR, "threatened"),
                    (Dimension.CHANNEL, "phone"),
                    (Dimension.AREA, "parts"),
                )
            ),
        ),
        ("rough_detail", {"behaviour": [], "cause": None, "channel": None, "area": None}, Answer()),
        ("break", {"kind": "walk", "minutes": 5}, Answer(break_minutes=5)),
        ("back", {"mood": 2}, Answer(mood=2)),
        ("back", {"mood": None}, Answer()),
    ],
)
def test_an_act_says_what_is_collected_and_nothing_more(name: str, fields: dict, answer: Answer):
    assert answer_of(name, fields) == answer


def test_a_wrong_pin_is_returned_so_that_the_try_is_kept(any_house: House):
    assert do(any_house, "check_in", pin="0000", mood=4) is Refusal.WRONG

    assert len(rows(any_house, PinFailure)) == 1
    assert rows(any_house, Receipt) == []


def test_a_refused_act_can_be_sent_again_under_its_id(any_house: House):
    with pytest.raises(Refused, match="not_found"):
        do(any_house, "cover_taken", cover=1)
    do(any_house, "cover", "ask", minutes=5)

    assert do(any_house, "cover_taken", cover=1) == {"saved": True}


def test_asking_needs_no_receipt_and_may_be_repeated(any_house: House):
    assert do(any_house, "find", q="sol") == do(any_house, "find", q="sol")
    assert (
        do(any_house, "who") == do(any_house, "who") == {"name": "Sol", "counts": True, "counts_from": None}
    )
    assert rows(any_house, Receipt) == []


def test_the_kind_of_a_break_is_kept_nowhere(house: House):
    do(house, "break", kind="prayer", minutes=5)

    assert "prayer" not in repr(everything(house))


def test_an_act_that_needs_a_person_is_refused_without_one():
    with pytest.raises(Refused, match="bad_request"):
        acts._present(None)
