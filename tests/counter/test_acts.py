"""What each act at the counter does, and that none can be forgotten in a table."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.answers import House, column, everything, rows
from tests.cast import NOW, pin_of
from tests.conftest import SECRETS
from wellbeing import badges, notices
from wellbeing.answer import Answer
from wellbeing.counter import acts
from wellbeing.counter.acts import Refused, Scene, perform
from wellbeing.counter.answers import answer_of
from wellbeing.counter.identify import Refusal
from wellbeing.counter.requests import ACTS, Act
from wellbeing.models.accounts import PinFailure
from wellbeing.models.base import db
from wellbeing.models.floor import Audience
from wellbeing.models.pending import Dimension, Pending, Receipt
from wellbeing.notice_draft import Draft
from wellbeing.tablets import TabletFacts
from wellbeing.web import by_token as door

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
    codes = {"bad_request", "tablet_unknown", "not_found", "undo_over", "pin_weak", "not_taken", *Refusal}

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
        ("break", {"kind": "walk", "minutes": 5}, Answer(break_minutes=5, break_kind="walk")),
        ("back", {"mood": 2}, Answer(mood=2, back=True)),
        ("back", {"mood": None}, Answer(back=True)),
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


def test_whom_to_tell_is_ticked_once_for_one_id_by_nobody(any_house: House):
    audience = hang(any_house, "Northgate")

    assert do(any_house, "told", "tick", audience=audience, told=True) == {"saved": True}
    assert do(any_house, "told", "untick", audience=audience, told=False) == {"saved": True}
    assert do(any_house, "told", "tick", audience=audience, told=True) == {"saved": True}

    assert column(any_house, sa.select(Audience.told_at)) == [None]
    assert not {"person_id", "tablet_id"} & set(Audience.__table__.columns.keys())


@pytest.mark.parametrize("unit", ["Showroom", "nowhere"])
def test_a_tablet_ticks_no_notice_that_it_does_not_show(any_house: House, unit: str):
    audience = 99 if unit == "nowhere" else hang(any_house, unit)

    with pytest.raises(Refused, match="not_found"):
        do(any_house, "told", audience=audience, told=True)
    assert rows(any_house, Receipt) == []


def hang(house: House, unit: str) -> int:
    """Write a notice with one line of whom to tell, and return that line's id."""
    said = Draft("The lift is out", "", NOW, NOW + timedelta(hours=2), ("Customers upstairs",))
    notices.write(db.session(), house.cast.units[unit], said, NOW)
    return column(house, sa.select(Audience.id))[0]


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


@pytest.fixture
def badge(any_house: House) -> str:
    """Sol's badge, at a site where it is enough."""
    sol = any_house.cast.people["Sol"]
    badges.stand_alone(db.session(), True)
    return badges.make(db.session(), SECRETS.pin_pepper, [sol], NOW.date())[sol]


def scan(house: House, name: str, badge: str, act_id: str = "one", **fields: object) -> object:
    """Let somebody do an act with a badge, in a transaction of its own."""
    with house.engine.begin() as connection:
        tablet = TabletFacts(1, house.cast.units["Service counter"], "Front desk")
        act = Act(act_id, name, {"badge": badge} | fields)
        return perform(Scene(connection, tablet, NOW, SECRETS), act)


def test_sol_checks_in_with_her_badge_and_takes_it_back(any_house: House, badge: str):
    assert scan(any_house, "who", badge, pin=None)["name"] == "Sol"
    assert scan(any_house, "check_in", badge, pin=None, mood=4)["saved"]
    assert len(rows(any_house, Pending)) == 1

    assert scan(any_house, "take_back", badge, "two", pin=None) == {"taken_back": True}
    assert rows(any_house, Pending) == []


def test_tile_and_pin_ask_nothing_about_badges(house: House, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(badges, "find", lambda *_asked: pytest.fail("a badge was looked up"))

    assert do(house, "check_in", mood=4)["saved"]


def test_an_act_done_with_a_badge_that_is_revoked_since_is_still_done(any_house: House, badge: str):
    scan(any_house, "check_in", badge, pin=None, mood=4)
    badges.revoke(db.session(), any_house.cast.people["Sol"])

    assert scan(any_house, "check_in", badge, pin=None, mood=4) == {"saved": True, "handle": None}
    assert scan(any_house, "check_in", badge, "two", pin=None, mood=4) is Refusal.BADGE_UNKNOWN
    assert len(rows(any_house, Receipt)) == 1


def test_a_badge_finds_its_owners_tile_wherever_they_belong(any_house: House, badge: str):
    sol = any_house.cast.people["Sol"]

    assert scan(any_house, "find", badge) == {"people": [{"id": sol, "name": "Sol V.", "pin_length": 4}]}
    assert scan(any_house, "find", badges.number()) is Refusal.BADGE_UNKNOWN
