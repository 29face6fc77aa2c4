"""What a tablet kept: read out of its box, with its age, or set aside without a word about it."""

import json
import logging
from collections.abc import Mapping
from datetime import timedelta

import pytest

from tests.cast import NOW
from tests.counter.boxes import ago, box, entry, millis
from wellbeing.counter import sealed
from wellbeing.counter.acts import Refused, Reply
from wellbeing.counter.identify import Refusal
from wellbeing.counter.requests import ACTS, Act, BadRequest
from wellbeing.counter.sealed import MOST_ENTRIES, Entry, Result, deliver, read_delivery, read_entry
from wellbeing.counter.state import seal
from wellbeing.models.lists import ListName
from wellbeing.sealing import new_pair
from wellbeing.tablet_keys import Offered

PAIR = new_pair()
SEAL = seal(Offered("the-key", PAIR.public))
PRIVATE = {"the-key": PAIR.private}
LISTED = {name: frozenset({"other", "delay", "walk"}) for name in ListName}
SOL = {"person": 7, "pin": "2580"}
CHECK_IN = SOL | {"id": "one", "act": "check_in", "mood": 4}
CHIPS = {"behaviour": [], "cause": None, "channel": None, "area": None}
SENT_AT = millis(NOW)
# Not for good: whoever is locked out may come back.
LOCKED = (Refusal.LOCKED, Refusal.LOCKED_FOR_A_DAY)
FILLED = {
    "check_in": SOL | {"mood": 4},
    "rough": SOL | {"mood": None, "severity": "hard"},
    "rough_detail": SOL | CHIPS,
    "break": SOL | {"kind": "walk", "minutes": 5},
    "back": SOL | {"mood": 3},
    "take_back": SOL,
    "cover": SOL | {"minutes": 5},
    "cover_taken": {"cover": 3},
    "told": {"audience": 3, "told": True},
    "join": SOL | {"pledge": "We call first.", "joined": True},
    "say": {"what": "moment", "text": "She came back to say thank you."},
    "who": SOL,
    "ask": SOL | {"name": None, "team": True, "reach": "locker 7", "words": None},
    "find": {"q": "sol"},
    "choose_pin": {"code": "ABCD-EFGH", "pin": "8026"},
    "own_sign_in": SOL,
    "undo": {"handles": ["one"]},
}


def read(sent: object, sent_at: int = SENT_AT) -> Entry | None:
    """Read one entry of a delivery."""
    delivery = read_delivery({"now": sent_at, "entries": [sent]})
    return read_entry(delivery.boxes[0], delivery.sent_at, PRIVATE, LISTED)


def sealed_text(text: bytes) -> dict[str, str]:
    return {"key": "the-key", "box": box(SEAL, text)}


# What is delivered.


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "text",
        {},
        {"now": SENT_AT},
        {"now": SENT_AT, "entries": []},
        {"now": SENT_AT, "entries": {}},
        {"now": SENT_AT, "entries": [{}] * (MOST_ENTRIES + 1)},
        *({"now": now, "entries": [{}]} for now in (None, "1", True, 1.5, 2**53 + 1, -(2**53) - 1)),
    ],
    ids=lambda body: repr(body)[:40],
)
def test_what_no_tablet_of_ours_sends_is_refused(body: object):
    with pytest.raises(BadRequest, match=r"\.$"):
        read_delivery(body)


@pytest.mark.parametrize("now", [0, -1, SENT_AT, 2**53, -(2**53)])
def test_a_tablets_clock_may_say_anything(now: int):
    assert read_delivery({"now": now, "entries": [{}] * MOST_ENTRIES}).sent_at == now


@pytest.mark.parametrize(
    "sent",
    [None, 7, "text", [], {}, {"key": "the-key"}, {"box": "AAAA"}, {"key": 7, "box": "AAAA"}]
    + [{"key": "the-key", "box": found} for found in (None, 7, "", "A", "AAAA", "é", "=", "A" * 16_385)],
    ids=repr,
)
def test_a_broken_entry_is_unreadable_and_spoils_no_other(sent: object):
    good = entry(SEAL, CHECK_IN)
    delivery = read_delivery({"now": SENT_AT, "entries": [good, sent, good]})

    found = [read_entry(box, delivery.sent_at, PRIVATE, LISTED) for box in delivery.boxes]

    assert [one is None for one in found] == [False, True, False]


# What is in a box.


@pytest.mark.parametrize("name", ACTS)
def test_an_act_that_means_the_same_hours_later_may_be_sealed_and_no_other(name: str):
    found = read(entry(SEAL, FILLED[name] | {"act": name}))

    assert (found is None) == (name in {"who", "find", "choose_pin", "undo", "own_sign_in"})
    assert found is None or (found.act.name, found.act.fields) == (name, FILLED[name])


def test_a_sealed_act_is_the_one_that_the_tablet_would_have_sent():
    found = read(entry(SEAL, CHECK_IN))

    assert found == Entry(Act("one", "check_in", SOL | {"mood": 4}), None)


@pytest.mark.parametrize(
    "text",
    [b"", b" " * 2048, b"no json", b"[]", b'"check_in"', b"null", b"\xff\xfe", b"[" * 100_000 + b"]" * 10_000]
    + [json.dumps({**CHECK_IN, **wrong}).encode() for wrong in ({"act": "dance"}, {"act": []}, {"act": None})]
    + [json.dumps({**CHECK_IN, **wrong}).encode() for wrong in ({"id": ""}, {"mood": 6}, {"pin": "25"})]
    + [b'{"act":"check_in","id":' + b"9" * 5000 + b"}"],
    ids=lambda text: repr(text[:24]),
)
def test_a_box_that_holds_no_act_of_ours_is_unreadable(text: bytes, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sealed, "LONGEST_BOX", 10**6)

    assert read(sealed_text(text)) is None


def test_an_entry_sealed_to_a_key_that_is_gone_is_unreadable():
    assert read(entry(SEAL, CHECK_IN) | {"key": "another"}) is None
    assert read(entry(seal(Offered("the-key", new_pair().public)), CHECK_IN)) is None


def test_an_act_with_everything_in_it_fits_into_a_box():
    """The most chips, each with the longest key, under the longest id."""
    known = LISTED | {ListName.BEHAVIOUR: frozenset(f"{n:_<40}" for n in range(40))}
    longest = SOL | {
        "id": "i" * 64,
        "act": "rough_detail",
        **CHIPS,
        "behaviour": sorted(known[ListName.BEHAVIOUR]),
    }
    delivery = read_delivery({"now": SENT_AT, "entries": [entry(SEAL, longest, SENT_AT)]})

    found = read_entry(delivery.boxes[0], SENT_AT, PRIVATE, known)

    assert found is not None and len(found.act.fields["behaviour"]) == 40


def test_a_chip_that_went_off_the_counter_while_it_waited_takes_no_other_with_it():
    chips = {"behaviour": ["delay", "gone", "other"], "cause": "gone", "channel": "delay", "area": None}

    found = read(entry(SEAL, SOL | {"act": "rough_detail"} | chips))

    assert found is not None
    assert {field: found.act.fields[field] for field in chips} == {
        "behaviour": ["delay", "other"],
        "cause": None,
        "channel": "delay",
        "area": None,
    }


def test_a_break_of_a_kind_that_is_gone_is_a_break():
    found = read(entry(SEAL, SOL | {"act": "break", "kind": "gone", "minutes": 10}))

    assert found is not None and found.act.fields["minutes"] == 10


@pytest.mark.parametrize("chips", [{"behaviour": [7]}, {"behaviour": "delay"}, {"cause": 7}, {"area": []}])
def test_chips_that_are_none_are_no_act_of_ours(chips: Mapping[str, object]):
    assert read(entry(SEAL, SOL | {"act": "rough_detail"} | CHIPS | chips)) is None


# How long ago.


@pytest.mark.parametrize("past", [{}, {"seconds": 1}, {"hours": 3}, {"days": 2}, {"days": 30}], ids=repr)
@pytest.mark.parametrize(
    "wrong_by", [{}, {"days": 1}, {"days": -1}, {"days": 365}, {"days": -20_000}], ids=repr
)
def test_an_age_is_right_where_the_clock_is_wrong(past: dict, wrong_by: dict):
    clock = NOW + timedelta(**wrong_by)

    found = read(entry(SEAL, CHECK_IN, ago(clock, **past)), sent_at=millis(clock))

    assert found is not None and found.age == timedelta(**past)


@pytest.mark.parametrize(
    "at",
    [ago(NOW, seconds=-1), ago(NOW, days=30, seconds=1), 0, None, "1", True, 1.5, [], 2**53 + 1, 10**400],
    ids=lambda at: repr(at)[:20],
)
def test_where_the_clock_was_set_in_between_the_age_is_unknown_and_the_act_is_not_lost(at: object):
    found = read(entry(SEAL, CHECK_IN, at))

    assert found is not None and found.age is None


# What the tablet is told.


def outcome(done: object) -> Result:
    """Deliver an entry whose act ends like this."""

    def perform(_entry: Entry) -> Reply | Refusal:
        if isinstance(done, Exception):
            raise done
        return done  # type: ignore[return-value]

    return deliver(Entry(Act("one", "check_in", CHECK_IN), None), perform)


@pytest.mark.parametrize(
    ("done", "told"),
    [
        ({"saved": True}, Result.SAVED),
        ({"taken_back": True}, Result.SAVED),
        (Refused("not_found"), Result.SAVED),
        (Refused("not_taken"), Result.UNMATCHED),
        *((refusal, Result.LATER) for refusal in LOCKED),
        *((refusal, Result.UNMATCHED) for refusal in Refusal if refusal not in LOCKED),
    ],
    ids=repr,
)
def test_the_tablet_hears_whether_it_may_let_go(done: object, told: Result):
    assert outcome(done) is told


def test_what_could_not_be_read_is_told_as_such():
    assert deliver(None, lambda _entry: {"saved": True}) is Result.UNREADABLE


def test_a_tablet_that_is_unknown_is_told_so_and_keeps_everything():
    with pytest.raises(Refused, match="tablet_unknown"):
        outcome(Refused("tablet_unknown"))


def test_trouble_with_one_entry_is_for_later_and_the_log_quotes_nobody(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.DEBUG):
        assert outcome(RuntimeError("mood 4 of Sol")) is Result.LATER

    assert caplog.messages == ["unexpected RuntimeError at a sealed entry"]
