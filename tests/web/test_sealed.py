"""What a tablet kept while it could not send, sent: recorded once each, by the rules of live acts."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from sqlalchemy.exc import IntegrityError
from werkzeug.test import TestResponse

from tests.answers import RAW, House, change, epoch_of, everything, house_of, rows, tick
from tests.cast import NOW, pin_of
from tests.counter.boxes import entry, millis
from tests.test_badges import hand_out
from tests.web.test_counter import Desk, second_tablet, told
from wellbeing import collect, jobs, keys
from wellbeing.models.accounts import Person, PinFailure, Tablet
from wellbeing.models.badges import Badge
from wellbeing.models.epochs import Epoch, Place
from wellbeing.models.floor import Audience, CoverRequest, Notice
from wellbeing.models.lists import ListEntry, ListName
from wellbeing.models.pending import Pending, PendingDetail, PendingSpillover, Receipt, ShiftState
from wellbeing.models.settings import Settings
from wellbeing.tablet_keys import HANDED_OUT_FOR, KEPT_FOR

# Time goes on in a test, and so a key is some seconds younger than the site's first moment.
MINUTES_LATER = NOW + timedelta(minutes=5)
CHIPS = {"behaviour": ["rude"], "cause": "delay", "channel": None, "area": "parts"}


@dataclass
class Kept:
    """A tablet without a network: what it sealed waits until it is sent."""

    desk: Desk
    seal: dict[str, str]
    clock: datetime = NOW
    waiting: list[dict[str, str]] = field(default_factory=list)

    def keep(self, name: str, act: str, at: datetime | None = NOW, **fields: object) -> dict[str, str]:
        """Seal somebody's act of a moment, by default of now; None for a clock that tells nothing."""
        who = {"person": self.desk.house.cast.people[name], "pin": pin_of(name)}
        return self.put({"act": act} | who | fields, at)

    def put(self, act: dict[str, object], at: datetime | None = NOW) -> dict[str, str]:
        """Seal any act of a moment."""
        self.waiting.append(entry(self.seal, act, None if at is None else millis(at)))
        return self.waiting[-1]

    def send(self) -> list[str]:
        """Send everything that waits, and return what became of each."""
        answer = self.post({"now": millis(self.clock), "entries": self.waiting})
        assert answer.status_code == 200, answer.text
        assert set(answer.json) == {"results"}
        return answer.json["results"]

    def send_only(self, *entries: dict[str, str]) -> list[str]:
        """Send some entries."""
        return replace(self, waiting=list(entries)).send()

    def post(self, body: object) -> TestResponse:
        """Send anything to this door."""
        return self.desk.app.test_client().post("/counter/sealed", json=body, headers=self.desk.headers())


def offline(desk: Desk) -> Kept:
    """Return a tablet that has seen the state once, and then no network any more."""
    return Kept(desk, desk.state().json["seal"])


@pytest.fixture
def tablet(app: Flask, house: House) -> Kept:
    return offline(Desk(app, house))


@pytest.fixture
def any_tablet(any_app: Flask) -> Iterator[Kept]:
    """The same tablet on both databases, in the site's first week."""
    with any_app.app_context():
        house = house_of(any_app)
        with time_machine.travel(NOW, tick=True):
            yield offline(Desk(any_app, house))


def detail(house: House) -> set[tuple[str, str]]:
    """Return the categories that were told, without who took part."""
    return {(row.dimension, row.category) for row in rows(house, PendingDetail) if row.category}


# Every act that may wait.


def test_what_sol_did_offline_is_recorded_as_if_it_came_live(any_tablet: Kept):
    house = any_tablet.desk.house
    any_tablet.keep("Sol", "rough", mood=2, severity="hard")
    any_tablet.keep("Sol", "rough_detail", **CHIPS)
    any_tablet.keep("Sol", "break", kind="walk", minutes=5)
    any_tablet.keep("Sol", "back", mood=4)
    any_tablet.keep("Noor", "check_in", mood=5)

    assert any_tablet.send() == ["saved"] * 5

    late = seen(house)
    change(house, *(sa.delete(table) for table in (*RAW, Receipt)))
    desk = any_tablet.desk
    desk.by("Sol", "rough", mood=2, severity="hard")
    desk.by("Sol", "rough_detail", **CHIPS)
    desk.by("Sol", "break", kind="walk", minutes=5)
    desk.by("Sol", "back", mood=4)
    desk.by("Noor", "check_in", mood=5)
    assert late == seen(house)


def seen(house: House) -> dict[str, list]:
    """Return all rows of answers and receipts, without what is drawn by chance and the moments of a shift."""
    found = {}
    for table in (*RAW, Receipt):
        drawn = {"id", "client_mac", "rough_at", "touched_at"}
        names = [column.key for column in table.__table__.columns if column.key not in drawn]
        found[table.__tablename__] = sorted(
            repr([row._mapping[name] for name in names]) for row in rows(house, table)
        )
    return found


def test_sol_takes_the_week_back_offline_and_what_she_says_after_it_stays(any_tablet: Kept):
    any_tablet.keep("Sol", "check_in", mood=1)
    any_tablet.keep("Sol", "take_back")
    any_tablet.keep("Sol", "check_in", mood=4)

    assert any_tablet.send() == any_tablet.send() == ["saved"] * 3
    assert [row.mood for row in rows(any_tablet.desk.house, Pending)] == [4]


@pytest.mark.parametrize(
    ("past", "until"),
    [({}, "12:45"), ({"minutes": 4}, "12:41"), ({"minutes": 15}, None), ({"days": 1}, None)],
    ids=repr,
)
def test_cover_that_is_over_does_not_come_to_the_wall(tablet: Kept, past: dict, until: str | None):
    with time_machine.travel(NOW, tick=False):
        tablet.keep("Sol", "cover", NOW - timedelta(**past), minutes=15)

        assert tablet.send() == ["saved"]
        assert [cover["until"] for cover in tablet.desk.state().json["cover"]] == [until] * bool(until)


def test_cover_of_a_time_that_nobody_knows_does_not_come_to_the_wall(tablet: Kept):
    tablet.keep("Sol", "cover", None, minutes=15)

    assert tablet.send() == ["saved"]
    assert rows(tablet.desk.house, CoverRequest) == []


def test_taking_cover_comes_off_the_wall_while_it_can_be_the_same_request(any_tablet: Kept):
    house = any_tablet.desk.house
    any_tablet.desk.by("Sol", "cover", minutes=15)
    [cover] = any_tablet.desk.state().json["cover"]
    taken = {"act": "cover_taken", "cover": cover["id"]}
    any_tablet.put(taken, NOW - timedelta(minutes=16))
    any_tablet.put(taken, None)
    assert any_tablet.send() == ["saved"] * 2
    assert [row.taken for row in rows(house, CoverRequest)] == [False]

    any_tablet.put(taken, NOW - timedelta(minutes=14))

    assert any_tablet.send() == ["saved"] * 3
    assert [row.taken for row in rows(house, CoverRequest)] == [True]


def test_whom_somebody_told_is_ticked_and_of_a_notice_that_is_gone_nothing_is(any_tablet: Kept):
    house = any_tablet.desk.house
    notice = {"unit_id": house.cast.units["Northgate"], "what": "The lift is out", "words": ""}
    change(house, sa.insert(Notice).values(notice | {"starts_at": NOW, "ends_at": NOW + timedelta(hours=2)}))
    change(house, sa.insert(Audience).values(notice_id=rows(house, Notice)[0].id, whom="Customers upstairs"))
    line = rows(house, Audience)[0].id
    any_tablet.put({"act": "told", "audience": line, "told": True})
    any_tablet.put({"act": "told", "audience": line + 1, "told": True})

    assert any_tablet.send() == ["saved"] * 2
    assert [row.told_at is not None for row in rows(house, Audience)] == [True]


def test_a_chip_that_went_off_the_counter_meanwhile_takes_no_other_with_it(tablet: Kept):
    gone = {"list_name": ListName.AREA, "key": "parts", "label": None, "position": 0}
    retired = NOW.date() - timedelta(days=30)
    change(tablet.desk.house, sa.insert(ListEntry).values(gone | {"retired_on": retired}))
    tablet.keep("Sol", "rough_detail", **CHIPS)

    assert tablet.send() == ["saved"]
    assert detail(tablet.desk.house) == {("behaviour", "rude"), ("cause", "delay")}


# Once.


def test_an_entry_that_is_sent_again_and_again_is_recorded_once(any_tablet: Kept):
    any_tablet.keep("Sol", "check_in", mood=4)
    any_tablet.keep("Noor", "rough", mood=2, severity="hard")

    assert [any_tablet.send() for _time in range(3)] == [["saved", "saved"]] * 3
    assert any_tablet.send_only(*any_tablet.waiting * 2) == ["saved"] * 4
    assert len(rows(any_tablet.desk.house, Pending)) == len(rows(any_tablet.desk.house, Receipt)) == 2


def test_an_act_whose_answer_was_lost_is_not_recorded_a_second_time_when_it_comes_sealed(any_tablet: Kept):
    any_tablet.desk.by("Sol", "check_in", "one-id", mood=4)
    any_tablet.keep("Sol", "check_in", mood=4, id="one-id")

    assert any_tablet.send() == ["saved"]
    assert len(rows(any_tablet.desk.house, Pending)) == 1


def test_a_copy_of_the_queue_sent_from_another_tablet_records_nothing_more(any_tablet: Kept):
    copied = any_tablet.keep("Sol", "check_in", mood=4)
    any_tablet.send()

    other = replace(any_tablet, desk=second_tablet(any_tablet.desk))

    assert other.send_only(copied) == ["saved"]
    assert len(rows(any_tablet.desk.house, Pending)) == 1


def test_a_copy_that_is_kept_until_its_receipt_is_gone_opens_nothing(any_tablet: Kept):
    """Whoever copied the tablet's storage waits, and says what they like of the time."""
    house = any_tablet.desk.house
    copied = any_tablet.keep("Sol", "check_in", mood=4)
    any_tablet.send()

    heard = []
    for days in (20, 29, 33, 34, 35, 41, 42):
        later = MINUTES_LATER + timedelta(days=days)
        with time_machine.travel(later, tick=True):
            jobs.run(house.engine, house.server_key, later)
            heard += any_tablet.send_only(copied)
            assert len(rows(house, Pending)) == 1

    assert heard == ["saved"] * 3 + ["unreadable"] * 4
    assert rows(house, Receipt) == []


def test_what_was_taken_back_does_not_come_back_with_a_copy(any_tablet: Kept):
    any_tablet.keep("Sol", "check_in", mood=1)
    any_tablet.send()
    any_tablet.desk.by("Sol", "take_back")

    assert any_tablet.send() == ["saved"]
    assert rows(any_tablet.desk.house, Pending) == []


# PINs: the lock-out is the same as at the counter.


def test_a_wrong_pin_is_told_without_a_name_and_counts_as_one_try(any_tablet: Kept):
    any_tablet.keep("Sol", "check_in", mood=1, pin="0000")
    any_tablet.keep("Sol", "check_in", mood=4)

    assert [any_tablet.send() for _time in range(7)] == [["unmatched", "saved"]] * 7
    assert len(rows(any_tablet.desk.house, PinFailure)) == 1
    assert [row.mood for row in rows(any_tablet.desk.house, Pending)] == [4]


def test_five_wrong_pins_lock_sol_out_and_her_own_entries_wait_for_her(any_tablet: Kept):
    wrong = [any_tablet.keep("Sol", "check_in", mood=1, pin=f"000{n}") for n in range(6)]
    right = any_tablet.keep("Sol", "check_in", mood=4)
    any_tablet.keep("Noor", "check_in", mood=5)

    assert any_tablet.send() == ["unmatched"] * 5 + ["later", "later", "saved"]
    assert told(any_tablet.desk.by("Sol", "who")) == (429, "pin_locked")
    assert any_tablet.send_only(wrong[0], wrong[5], right) == ["unmatched", "later", "later"]
    assert len(rows(any_tablet.desk.house, PinFailure)) == 5
    with time_machine.travel(NOW + timedelta(minutes=16), tick=True):
        assert any_tablet.send_only(wrong[5], right) == ["unmatched", "saved"]
    assert sorted(row.mood for row in rows(any_tablet.desk.house, Pending)) == [4, 5]


def test_tries_at_the_counter_and_out_of_the_queue_count_together(any_tablet: Kept):
    for _try in range(3):
        any_tablet.desk.by("Sol", "check_in", pin="0000", mood=1)
    for number in range(3):
        any_tablet.keep("Sol", "check_in", mood=1, pin=f"000{number}")

    assert any_tablet.send() == ["unmatched", "unmatched", "later"]
    assert told(any_tablet.desk.by("Sol", "check_in", mood=4)) == (429, "pin_locked")


def test_ten_wrong_pins_at_three_tablets_lock_sol_out_at_all(any_tablet: Kept):
    others = [offline(second_tablet(any_tablet.desk)) for _other in range(2)]
    for kept, tries in zip((any_tablet, *others), (5, 4, 1), strict=True):
        for number in range(tries):
            kept.keep("Sol", "check_in", mood=1, pin=f"000{number}")
        assert kept.send() == ["unmatched"] * tries

    assert others[1].send_only(others[1].keep("Sol", "check_in", mood=4)) == ["later"]


def test_an_entry_that_was_done_is_told_so_while_its_author_is_locked_out(any_tablet: Kept):
    done = any_tablet.keep("Sol", "check_in", mood=4)
    any_tablet.send()
    for _try in range(5):
        any_tablet.desk.by("Sol", "check_in", pin="0000", mood=1)

    assert any_tablet.send_only(done) == ["saved"]


def test_a_pin_that_was_changed_while_the_entry_waited_is_no_match(tablet: Kept):
    house = tablet.desk.house
    sol = house.cast.people["Sol"]
    tablet.keep("Sol", "check_in", mood=4)
    tablet.keep("Noor", "check_in", mood=4)
    mac = keys.pin_mac(tablet.desk.app.extensions["config"].secrets.pin_pepper, sol, "8026")
    change(house, sa.update(Person).where(Person.id == sol).values(pin_mac=mac))
    change(house, sa.update(Person).where(Person.id == house.cast.people["Noor"]).values(active=False))

    assert tablet.send() == ["unmatched", "unmatched"]
    assert rows(house, Pending) == []


def test_a_badge_is_judged_when_its_entry_comes_as_at_the_counter(any_tablet: Kept):
    house = any_tablet.desk.house
    shown = hand_out(house, "Sol", "Noor", "Bea")
    for name, fields in (
        ("Sol", {}),
        ("Noor", {"pin": pin_of("Noor")}),
        ("Noor", {"pin": "0000"}),
        ("Bea", {}),
    ):
        any_tablet.put({"act": "check_in", "mood": 3, "badge": shown[name]} | fields)
    change(
        house,
        sa.update(Settings).values(badge_alone=True),
        sa.delete(Badge).where(Badge.person_id == house.cast.people["Bea"]),
    )

    assert any_tablet.send() == any_tablet.send() == ["saved", "saved", "unmatched", "unmatched"]
    assert (len(rows(house, Pending)), len(rows(house, PinFailure))) == (2, 1)


# When it happened.


@pytest.mark.parametrize("clock", [{}, {"days": 1}, {"days": -365}], ids=repr)
def test_a_rough_one_is_of_the_day_on_which_it_happened_whatever_the_tablets_clock_says(
    any_tablet: Kept, clock: dict
):
    house, wrong = any_tablet.desk.house, timedelta(**clock)
    any_tablet.clock = NOW + wrong
    any_tablet.keep("Sol", "rough", NOW - timedelta(days=1, hours=3) + wrong, mood=2, severity="hard")

    assert any_tablet.send() == ["saved"]
    assert detail(house) == {("severity", "hard"), ("weekday", "tuesday"), ("day_part", "morning")}
    assert [row.epoch_id for row in rows(house, Pending)] == [epoch_of(house, 1).id]


def test_a_rough_one_of_an_unknown_time_is_of_no_day(any_tablet: Kept):
    """The clock was set right in between."""
    any_tablet.keep("Sol", "rough", NOW + timedelta(days=1), mood=2, severity="hard")
    any_tablet.keep("Sol", "check_in", None, mood=3)

    assert any_tablet.send() == ["saved", "saved"]
    assert detail(any_tablet.desk.house) == {("severity", "hard")}
    assert [(row.mood, row.rough) for row in sorted(rows(any_tablet.desk.house, Pending), key=repr)]
    assert rows(any_tablet.desk.house, PendingSpillover) == rows(any_tablet.desk.house, ShiftState) == []


def test_no_moment_of_the_past_is_stored(tablet: Kept):
    """A shift that is still running is remembered with its moments, as it is when acts come live (R18)."""
    for name, hours in (("Sol", 1), ("Noor", 30), ("Bea", 200)):
        for act in ({"act": "check_in", "mood": 3}, {"act": "break", "kind": "walk", "minutes": 5}):
            tablet.keep(name, at=NOW - timedelta(hours=hours, minutes=17), **act)
    before = everything(tablet.desk.house)

    assert tablet.send() == ["saved"] * 6

    new = {
        name: [cell for row in found if row not in before[name] for cell in row]
        for name, found in everything(tablet.desk.house).items()
    }
    assert not [cell for cells in new.values() for cell in cells if isinstance(cell, datetime)]


def test_the_epoch_is_that_of_the_moment_at_which_the_server_has_it(any_tablet: Kept):
    house = any_tablet.desk.house
    any_tablet.keep("Sol", "rough", mood=2, severity="hard")
    later = any_tablet.clock = NOW + timedelta(weeks=1)

    with time_machine.travel(later, tick=True):
        assert any_tablet.send() == ["saved"]

    [row] = rows(house, Pending)
    assert row.epoch_id == epoch_of(house, 2).id
    assert ("weekday", "wednesday") in detail(house)


def test_a_check_in_after_a_rough_one_is_seen_to_follow_it_though_both_come_late(any_tablet: Kept):
    house = any_tablet.desk.house
    begun = NOW - timedelta(hours=20)
    any_tablet.keep("Sol", "rough", begun, mood=2, severity="hard")
    any_tablet.keep("Sol", "break", begun + timedelta(minutes=10), kind="walk", minutes=5)
    any_tablet.keep("Sol", "check_in", begun + timedelta(hours=2), mood=4)
    any_tablet.keep("Sol", "check_in", begun + timedelta(hours=11), mood=4)

    any_tablet.send()

    assert sorted((row.follows_rough, row.break_between) for row in rows(house, PendingSpillover)) == [
        (False, False),
        (True, True),
    ]
    assert rows(house, ShiftState) == []


def test_a_shift_that_went_on_meanwhile_is_left_alone(any_tablet: Kept):
    house = any_tablet.desk.house
    any_tablet.desk.by("Sol", "rough", mood=2, severity="hard")
    before = rows(house, ShiftState)
    any_tablet.keep("Sol", "check_in", NOW - timedelta(hours=1), mood=4)
    any_tablet.keep("Sol", "rough", NOW - timedelta(hours=1), mood=4, severity="hard")

    assert any_tablet.send() == ["saved", "saved"]
    assert rows(house, ShiftState) == before
    assert rows(house, PendingSpillover) == []
    assert len(rows(house, Pending)) == 3


def test_what_a_late_rough_one_leaves_of_a_shift_is_gone_with_the_next_job(any_tablet: Kept):
    house = any_tablet.desk.house
    any_tablet.keep("Sol", "rough", NOW - timedelta(hours=9), mood=2, severity="hard")
    any_tablet.keep("Noor", "rough", NOW - timedelta(hours=7), mood=2, severity="hard")
    any_tablet.send()

    jobs.run(house.engine, house.server_key, NOW)

    [left] = rows(house, ShiftState)
    assert NOW - timedelta(hours=7) <= left.touched_at < MINUTES_LATER - timedelta(hours=7)


def test_the_very_first_answer_may_come_late(tablet: Kept):
    change(tablet.desk.house, sa.delete(Place), sa.delete(Epoch))
    tablet.keep("Sol", "check_in", mood=4)

    assert tablet.send() == ["saved"]
    assert len(rows(tablet.desk.house, Pending)) == 1


# Keys.


def test_the_state_hands_the_same_key_to_everybody_until_it_is_four_days_old(any_tablet: Kept):
    assert any_tablet.desk.state().json["seal"] == any_tablet.seal
    assert second_tablet(any_tablet.desk).state().json["seal"] == any_tablet.seal
    assert len(any_tablet.seal["public"]) == 87

    with time_machine.travel(MINUTES_LATER + HANDED_OUT_FOR, tick=True):
        fresh = any_tablet.desk.state().json["seal"]

    assert fresh["key"] != any_tablet.seal["key"]


def test_a_queue_sealed_29_days_ago_opens_and_one_to_a_deleted_key_does_not(any_tablet: Kept):
    house = any_tablet.desk.house
    with time_machine.travel(NOW + timedelta(days=29), tick=True):
        jobs.run(house.engine, house.server_key, NOW + timedelta(days=29))
        any_tablet.clock = NOW + timedelta(days=29)
        any_tablet.keep("Sol", "rough", mood=2, severity="hard")
        assert any_tablet.send() == ["saved"]
        assert ("weekday", "wednesday") in detail(house)
    with time_machine.travel(MINUTES_LATER + KEPT_FOR, tick=True):
        jobs.run(house.engine, house.server_key, MINUTES_LATER + KEPT_FOR)
        any_tablet.keep("Noor", "check_in", mood=2)
        assert any_tablet.send() == ["unreadable", "unreadable"]


# Trouble.


def test_one_bad_entry_never_stops_the_next(any_tablet: Kept):
    any_tablet.waiting.append({"key": "gone", "box": "AAAA"})
    any_tablet.keep("Sol", "check_in", mood=4)
    any_tablet.keep("Sol", "check_in", mood=9)
    any_tablet.keep("Noor", "check_in", mood=4, pin="0000")
    any_tablet.keep("Noor", "check_in", mood=4)

    assert any_tablet.send() == ["unreadable", "saved", "unreadable", "unmatched", "saved"]


def test_an_entry_that_the_database_chokes_on_waits_and_leaves_nothing(
    tablet: Kept, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    works, sol = keys.contributor, tablet.desk.house.cast.people["Sol"]

    def broken(key: bytes, person: int) -> bytes:
        if person == sol:
            raise RuntimeError("mood 4 of Sol")
        return works(key, person)

    monkeypatch.setattr(keys, "contributor", broken)
    tablet.keep("Sol", "check_in", mood=4)
    tablet.keep("Noor", "check_in", mood=4)

    assert tablet.send() == ["later", "saved"]
    assert "Sol" not in caplog.text
    monkeypatch.undo()
    assert tablet.send() == ["saved", "saved"]
    assert len(rows(tablet.desk.house, Pending)) == len(rows(tablet.desk.house, Receipt)) == 2


def test_somebody_whose_late_acts_cross_is_done_with_each_of_them(
    tablet: Kept, monkeypatch: pytest.MonkeyPatch
):
    works, crossed = collect.record, []

    def crossing(*given: object) -> collect.Recorded:
        if not crossed:
            crossed.append(True)
            raise IntegrityError("INSERT", None, Exception())
        return works(*given)

    monkeypatch.setattr(collect, "record", crossing)
    tablet.keep("Sol", "check_in", mood=4)

    assert tablet.send() == ["saved"]


def test_a_revoked_tablet_can_send_nothing_and_the_same_one_enrolled_again_sends_it_all(any_tablet: Kept):
    house = any_tablet.desk.house
    any_tablet.keep("Sol", "check_in", mood=4)
    change(house, sa.update(Tablet).values(revoked_on=NOW.date()))

    assert told(any_tablet.post({"now": 1, "entries": any_tablet.waiting})) == (401, "tablet_unknown")
    assert rows(house, Pending) == rows(house, Receipt) == []

    again = replace(any_tablet, desk=second_tablet(any_tablet.desk, "Service counter"))
    assert again.send() == ["saved"]
    assert len(rows(house, Pending)) == 1


def test_a_tablet_that_is_revoked_between_two_entries_is_told_so_and_loses_none(
    tablet: Kept, monkeypatch: pytest.MonkeyPatch
):
    works = collect.record

    def revoking(connection: sa.Connection, *given: object) -> collect.Recorded:
        connection.execute(sa.update(Tablet).values(revoked_on=NOW.date()))
        return works(connection, *given)

    monkeypatch.setattr(collect, "record", revoking)
    tablet.keep("Sol", "check_in", mood=4)
    tablet.keep("Noor", "check_in", mood=4)
    assert told(tablet.post({"now": millis(NOW), "entries": tablet.waiting})) == (401, "tablet_unknown")

    monkeypatch.undo()
    again = replace(tablet, desk=second_tablet(tablet.desk, "Service counter"))
    assert again.send() == ["saved", "saved"]
    assert len(rows(tablet.desk.house, Pending)) == 2


@pytest.mark.parametrize(
    "body", [None, [], {}, {"now": 1, "entries": []}, {"now": "x", "entries": [{}]}], ids=repr
)
def test_what_no_tablet_of_ours_sends_is_refused(tablet: Kept, body: object):
    assert told(tablet.post(body)) == (400, "bad_request")


def test_a_stranger_is_refused_before_anything_is_read(tablet: Kept):
    stranger = replace(tablet, desk=replace(tablet.desk, token="stolen"))

    assert told(stranger.post({"now": "x"})) == (401, "tablet_unknown")


def test_a_body_of_more_than_a_megabyte_is_too_large(tablet: Kept):
    body = {"now": 1, "entries": [{"key": "x", "box": "A" * 1_000_001}]}

    assert told(tablet.post(body)) == (413, "too_large")


def test_twenty_of_the_longest_entries_are_not_too_large(tablet: Kept):
    longest = {"key": "k" * 16, "box": "A" * 16_384}

    assert tablet.send_only(*[longest] * 20) == ["unreadable"] * 20


def test_neither_the_log_nor_a_cookie_nor_a_monitor_knows_of_a_queue(
    tablet: Kept, caplog: pytest.LogCaptureFixture
):
    client = tablet.desk.app.test_client()
    before = client.get("/metrics").data
    tablet.keep("Sol", "check_in", mood=4)
    tablet.keep("Sol", "check_in", mood=4, pin="0000")

    with caplog.at_level(logging.DEBUG):
        answer = tablet.post({"now": millis(NOW), "entries": tablet.waiting})

    assert caplog.messages == []
    assert client.get("/metrics").data == before
    assert answer.headers.getlist("Set-Cookie") == []
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_jobs_make_the_key_before_any_tablet_asks(app: Flask, house: House):
    tick(house, 1)
    with time_machine.travel(NOW + timedelta(days=6), tick=True):
        before = everything(house)
        assert Desk(app, house).state().json["seal"]

    assert everything(house)["tablet_key"] == before["tablet_key"]
