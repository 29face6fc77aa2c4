"""The counter's doors: every act by one address and a token, whatever a tablet sends."""

import json
import threading
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from sqlalchemy.exc import IntegrityError
from werkzeug.test import TestResponse

from tests.answers import RAW, House, change, epoch_of, house_of, rows
from tests.cast import NOW, PASSWORD, TOKEN, pin_of
from wellbeing import choices, collect, keys, people, tablets
from wellbeing.diary import opening
from wellbeing.models.accounts import CodePurpose, Person, PinFailure, Tablet
from wellbeing.models.base import db
from wellbeing.models.epochs import Epoch, Place
from wellbeing.models.floor import CoverRequest
from wellbeing.models.lists import ListEntry, ListName
from wellbeing.models.pending import Pending, PendingDetail, PendingSpillover, Receipt, ShiftState

SAVED = {"check_in": {"mood": 4}, "rough": {"mood": 2, "severity": "hard"}}
CHIPS = {"behaviour": ["rude"], "cause": "delay", "channel": None, "area": "parts"}


@dataclass(frozen=True)
class Desk:
    """A tablet on a team's desk, and the house that it stands in."""

    app: Flask
    house: House
    token: str = TOKEN

    def act(self, act: str, act_id: str | None = None, **fields: object) -> TestResponse:
        """Send an act under an id of its own."""
        body = {"id": act_id or str(uuid.uuid4()), "act": act} | fields
        return self.app.test_client().post("/counter/act", json=body, headers=self.headers())

    def by(self, name: str, act: str, act_id: str | None = None, **fields: object) -> TestResponse:
        """Send an act with somebody's PIN."""
        who = {"person": self.house.cast.people[name], "pin": pin_of(name)}
        return self.act(act, act_id, **(who | fields))

    def state(self, **headers: str) -> TestResponse:
        """Ask what the counter screen shows."""
        return self.app.test_client().get("/counter/state", headers=self.headers() | headers)

    def headers(self) -> dict[str, str]:
        """Return what every request of a tablet carries."""
        return {"Authorization": f"Bearer {self.token}"}


@pytest.fixture
def desk(app: Flask, house: House) -> Desk:
    return Desk(app, house)


@pytest.fixture
def any_desk(any_app: Flask) -> Iterator[Desk]:
    """The same desk on both databases, in the site's first week."""
    with any_app.app_context():
        house = house_of(any_app)
        with time_machine.travel(NOW, tick=True):
            yield Desk(any_app, house)


def second_tablet(desk: Desk, team: str = "Parts") -> Desk:
    """Return another tablet's desk in the same house."""
    code = tablets.make_code(db.session(), desk.house.cast.units[team], NOW)
    answer = desk.app.test_client().post("/counter/enrol", json={"code": code, "name": "Back room"})
    return Desk(desk.app, desk.house, answer.json["token"])


def told(answer: TestResponse) -> tuple[int, str]:
    """Return an error's status and code; it always says a sentence, as JSON."""
    assert answer.is_json
    assert answer.json["error"].endswith(".")
    assert set(answer.json) == {"error", "code"}
    return answer.status_code, answer.json["code"]


# Every act, done well.


def test_sol_checks_in(any_desk: Desk):
    answer = any_desk.by("Sol", "check_in", mood=4)

    assert answer.status_code == 200
    assert answer.json["saved"] is True
    assert answer.json["handle"]
    assert [row.mood for row in rows(any_desk.house, Pending)] == [4]


def test_a_rough_one_with_its_chips_is_an_answer_and_detail(any_desk: Desk):
    any_desk.by("Sol", "rough", mood=2, severity="severe")
    answer = any_desk.by("Sol", "rough_detail", **CHIPS)

    assert answer.json["saved"] is True
    assert [(row.mood, row.rough) for row in rows(any_desk.house, Pending)] == [(2, True)]
    assert sorted(
        (row.dimension, row.category) for row in rows(any_desk.house, PendingDetail) if row.category
    ) == [
        ("area", "parts"),
        ("behaviour", "rude"),
        ("cause", "delay"),
        ("day_part", "afternoon"),
        ("severity", "severe"),
        ("weekday", "wednesday"),
    ]


def test_a_chip_of_the_sites_own_is_taken_and_one_long_off_the_counter_is_not(any_desk: Desk):
    """What went off the counter last week may still be on the screen of a tablet without a network."""
    entries = (
        ("site_wash", "Car wash", None),
        ("parts", None, NOW.date()),
        ("marketing", None, date(2026, 1, 5)),
    )
    for place, (key, label, retired_on) in enumerate(entries):
        row = {"list_name": ListName.AREA, "key": key, "label": label, "position": place}
        change(any_desk.house, sa.insert(ListEntry).values(**row, retired_on=retired_on))
    chips = {"behaviour": [], "cause": None, "channel": None}

    assert any_desk.by("Sol", "rough_detail", **chips, area="site_wash").status_code == 200
    assert any_desk.by("Noor", "rough_detail", **chips, area="parts").status_code == 200
    assert any_desk.by("Bea", "rough_detail", **chips, area="marketing").status_code == 400
    assert any_desk.by("Bea", "rough_detail", **chips, area="Car wash").status_code == 400
    assert {row.category for row in rows(any_desk.house, PendingDetail)} == {"site_wash", "parts"}


def test_a_rough_one_without_a_mood_is_taken_too(desk: Desk):
    assert desk.by("Sol", "rough", mood=None, severity="unpleasant").status_code == 200
    assert [(row.mood, row.rough) for row in rows(desk.house, Pending)] == [(None, True)]


def test_a_break_begins_and_ends(any_desk: Desk):
    any_desk.by("Sol", "rough", mood=2, severity="hard")
    any_desk.by("Sol", "break", kind="walk", minutes=5)
    any_desk.by("Sol", "back", mood=4)

    assert sorted((row.mood or 0, row.break_taken) for row in rows(any_desk.house, Pending)) == [
        (0, True),
        (2, False),
        (4, False),
    ]
    assert [(row.follows_rough, row.break_between) for row in rows(any_desk.house, PendingSpillover)] == [
        (True, True)
    ]


def test_coming_back_may_say_nothing(desk: Desk):
    assert desk.by("Sol", "back", mood=None).json["saved"] is True
    assert rows(desk.house, Pending) == []


def test_who_tells_sol_that_her_answers_count_and_tess_that_hers_do_not(any_desk: Desk):
    assert any_desk.by("Sol", "who").json == {"name": "Sol", "counts": True, "counts_from": None}
    assert any_desk.by("Tess", "who").json == {"name": "Tess", "counts": False, "counts_from": None}
    assert rows(any_desk.house, Receipt) == []


def test_a_new_colleague_hears_from_when_answers_count_and_leaves_nothing_before(desk: Desk):
    sol = desk.house.cast.people["Sol"]
    change(
        desk.house,
        sa.delete(Place).where(Place.person_id == sol),
        sa.update(Person).where(Person.id == sol).values(counts_from=NOW.date() + timedelta(days=14)),
    )

    assert desk.by("Sol", "who").json == {"name": "Sol", "counts": False, "counts_from": "2026-03-23"}
    assert desk.by("Sol", "check_in", mood=1).json == {"saved": True, "handle": None}
    assert [table for table in RAW if rows(desk.house, table)] == []


def test_somebody_lent_to_another_team_answers_into_the_home_pool(any_desk: Desk):
    """The tablet stands at the service counter; Kai works in the showroom."""
    found = any_desk.act("find", q="kai").json["people"]
    kai = any_desk.house.cast.people["Kai"]
    assert found == [{"id": kai, "name": "Kai V.", "team": "Showroom", "pin_length": 4}]

    any_desk.by("Kai", "check_in", mood=4)

    assert [row.pool_id for row in rows(any_desk.house, Pending)] == [any_desk.house.cast.units["Showroom"]]


def test_a_search_for_one_letter_finds_nobody(desk: Desk):
    assert desk.act("find", q="k").json == {"people": []}


def test_no_screen_tells_who_or_how_many_are_on_a_break_and_the_wall_says_no_such_word(desk: Desk):
    before = desk.state().json
    for name in ("Sol", "Bea", "Carl"):
        desk.by(name, "break", kind="walk", minutes=15)
    assert desk.state().json == before

    desk.by("Sol", "cover", minutes=15)
    (line,) = desk.state().json["cover"]
    assert set(line) == {"id", "name", "place", "until"}


@pytest.mark.parametrize("minutes", choices.BREAK_MINUTES)
def test_every_break_can_be_covered_and_the_asker_can_take_it_back(desk: Desk, minutes: int):
    asked = desk.by("Sol", "cover", minutes=minutes)
    assert len(desk.state().json["cover"]) == 1

    assert desk.act("undo", handles=[asked.json["handle"]]).json == {"undone": True}

    assert desk.state().json["cover"] == []


def test_a_handle_tells_one_act_from_another_by_nothing(desk: Desk):
    sizes = {
        len(desk.by(name, act, **fields).json["handle"])
        for name in ("Sol", "Noor")
        for act, fields in [
            ("check_in", {"mood": 2}),
            ("rough", {"mood": None, "severity": "hard"}),
            ("break", {"kind": "walk", "minutes": 5}),
            ("check_in", {"mood": 2}),
            ("cover", {"minutes": 5}),
        ]
    }

    assert len(sizes) == 1


def test_cover_is_asked_for_by_name_and_taken_by_anybody(any_desk: Desk):
    assert any_desk.by("Sol", "cover", minutes=10).json["saved"]
    [cover] = any_desk.state().json["cover"]
    assert (cover["name"], cover["place"], cover["until"]) == ("Sol V.", "Service counter", "12:40")

    assert any_desk.act("cover_taken", cover=cover["id"]).json == {"saved": True}

    assert any_desk.state().json["cover"] == []
    assert told(any_desk.act("cover_taken", cover=cover["id"])) == (404, "not_found")


def test_sol_takes_the_week_back_and_hears_nothing_of_what_it_was(any_desk: Desk):
    any_desk.by("Noor", "check_in", mood=5)
    before = {table: sorted(rows(any_desk.house, table), key=repr) for table in RAW}
    for act, said in SAVED.items():
        any_desk.by("Sol", act, **said)

    assert any_desk.by("Sol", "take_back").json == {"taken_back": True}
    assert {table: sorted(rows(any_desk.house, table), key=repr) for table in RAW} == before
    assert any_desk.by("Sol", "take_back").json == {"taken_back": True}


# Undo.


def test_a_visit_is_undone_as_a_whole_within_its_minute(any_desk: Desk):
    handles = [
        any_desk.by("Sol", "rough", mood=1, severity="hard").json["handle"],
        any_desk.by("Sol", "rough_detail", **CHIPS).json["handle"],
    ]

    assert any_desk.act("undo", handles=handles).json == {"undone": True}
    assert [table for table in RAW if rows(any_desk.house, table)] == []


def test_after_an_undone_rough_one_the_next_check_in_follows_nothing(desk: Desk):
    handles = [
        desk.by("Sol", "rough", mood=1, severity="hard").json["handle"],
        desk.by("Sol", "rough_detail", **CHIPS).json["handle"],
    ]
    desk.act("undo", handles=handles)
    desk.by("Sol", "check_in", mood=4)

    assert [row.follows_rough for row in rows(desk.house, PendingSpillover)] == [False]


def test_undo_works_once_and_not_after_its_minute(desk: Desk):
    handle = desk.by("Sol", "check_in", mood=4).json["handle"]
    with time_machine.travel(NOW + timedelta(minutes=2)):
        assert told(desk.act("undo", handles=[handle])) == (410, "undo_over")
    assert len(rows(desk.house, Pending)) == 1

    assert desk.act("undo", "first", handles=[handle]).status_code == 200
    assert desk.act("undo", "first", handles=[handle]).json == {"undone": True}
    assert told(desk.act("undo", "second", handles=[handle])) == (410, "undo_over")


def test_one_handle_that_is_over_undoes_none(desk: Desk):
    handle = desk.by("Sol", "check_in", mood=4).json["handle"]

    assert told(desk.act("undo", handles=[handle, "forged"])) == (410, "undo_over")
    assert len(rows(desk.house, Pending)) == 1


# The same request again.


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("check_in", {"mood": 4}),
        ("rough", {"mood": 2, "severity": "hard"}),
        ("rough_detail", CHIPS),
        ("break", {"kind": "walk", "minutes": 5}),
        ("back", {"mood": 3}),
        ("cover", {"minutes": 5}),
        ("take_back", {}),
    ],
)
def test_a_replayed_request_is_done_once(desk: Desk, act: str, fields: dict):
    first = desk.by("Sol", act, "one-id", **fields)
    tables = (*RAW, CoverRequest, Receipt)
    before = {table: sorted(rows(desk.house, table), key=repr) for table in tables}

    again = desk.by("Sol", act, "one-id", **fields)

    assert (first.status_code, again.status_code) == (200, 200)
    assert again.json | {"handle": None} == first.json | {"handle": None}
    assert {table: sorted(rows(desk.house, table), key=repr) for table in tables} == before
    assert len(before[Receipt]) == 1


def test_a_replay_after_the_pin_was_locked_is_told_that_it_was_done(desk: Desk):
    """The tablet lost the first answer; the person's PIN has nothing to do with it."""
    desk.by("Sol", "check_in", "one-id", mood=4)
    for _try in range(5):
        desk.by("Sol", "check_in", pin="0000", mood=4)

    assert desk.by("Sol", "check_in", "one-id", mood=4).json == {"saved": True, "handle": None}
    assert told(desk.by("Sol", "check_in", mood=4)) == (429, "pin_locked")


def test_twins_that_arrive_together_are_recorded_once(any_desk: Desk):
    start, answers = threading.Barrier(8), []

    def send() -> None:
        start.wait()
        answers.append(any_desk.by("Sol", "rough", "one-id", mood=1, severity="hard"))

    threads = [threading.Thread(target=send) for _twin in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [answer.status_code for answer in answers] == [200] * 8
    assert sum(answer.json["handle"] is not None for answer in answers) == 1
    assert len(rows(any_desk.house, Pending)) == len(rows(any_desk.house, Receipt)) == 1


def test_a_crowd_at_many_tablets_is_recorded_to_the_last_answer(any_desk: Desk):
    names = [name for name in any_desk.house.cast.people if name not in ("Tess", "Hilde", "Ada")]
    answers = []

    def send(name: str) -> None:
        for mood in (1, 3, 5):
            answers.append(any_desk.by(name, "check_in", mood=mood).status_code)

    threads = [threading.Thread(target=send, args=(name,)) for name in names[:8]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [200] * 24
    assert sorted(row.mood for row in rows(any_desk.house, Pending)) == [1] * 8 + [3] * 8 + [5] * 8


def test_somebody_whose_acts_cross_is_done_with_each_of_them(any_desk: Desk, monkeypatch: pytest.MonkeyPatch):
    """Two first acts of one shift can write the same row; the second finds the first one's and goes on."""
    works, crossed = collect.record, []

    def crossing(*given: object) -> collect.Recorded:
        if not crossed:
            crossed.append(True)
            raise IntegrityError("INSERT", None, Exception())
        return works(*given)

    monkeypatch.setattr(collect, "record", crossing)

    assert any_desk.by("Sol", "check_in", mood=4).json["handle"]
    assert len(rows(any_desk.house, Pending)) == len(rows(any_desk.house, Receipt)) == 1


# Epochs.


def test_the_first_answer_after_the_tick_opens_the_new_week(any_desk: Desk):
    with time_machine.travel(NOW + timedelta(weeks=1), tick=True):
        assert any_desk.by("Sol", "check_in", mood=4).status_code == 200

    [row] = rows(any_desk.house, Pending)
    assert row.epoch_id == epoch_of(any_desk.house, 2).id


def test_the_very_first_answer_opens_the_first_epoch(desk: Desk):
    change(desk.house, sa.delete(Place), sa.delete(Epoch))

    assert desk.by("Sol", "check_in", mood=4).json["handle"]
    assert len(rows(desk.house, Epoch)) == 2


# PINs.


def test_five_wrong_pins_lock_sol_out_at_this_tablet_for_a_quarter_of_an_hour(any_desk: Desk):
    elsewhere = second_tablet(any_desk)
    tries = [told(any_desk.by("Sol", "check_in", pin="0000", mood=4)) for _try in range(6)]

    assert tries == [(403, "pin_wrong")] * 5 + [(429, "pin_locked")]
    assert told(any_desk.by("Sol", "who")) == (429, "pin_locked")
    assert any_desk.by("Noor", "who").status_code == 200
    assert elsewhere.by("Sol", "check_in", mood=4).status_code == 200
    assert len(rows(any_desk.house, PinFailure)) == 5
    with time_machine.travel(NOW + timedelta(minutes=16), tick=True):
        assert any_desk.by("Sol", "check_in", mood=4).status_code == 200


def test_a_right_pin_writes_nothing_about_it(desk: Desk):
    desk.by("Sol", "who")
    desk.by("Sol", "check_in", mood=4)

    assert rows(desk.house, PinFailure) == []


@pytest.mark.parametrize("person", [4711, 2**31 - 1])
def test_an_unknown_person_is_refused_like_a_wrong_pin(desk: Desk, person: int):
    assert told(desk.by("Sol", "check_in", person=person, mood=4)) == (403, "pin_wrong")


@pytest.mark.parametrize("pin", ["1111", "1234", "9876", "012345"])
def test_a_pin_that_a_colleague_would_try_first_is_too_weak_and_keeps_the_code(desk: Desk, pin: str):
    sol = desk.house.cast.people["Sol"]
    code = people.make_code(db.session(), CodePurpose.PIN, sol, NOW)

    assert told(desk.act("choose_pin", code=code, pin=pin)) == (422, "pin_weak")
    assert desk.act("choose_pin", "one-id", code=code, pin="8026").json == {"saved": True, "name": "Sol"}
    assert desk.act("choose_pin", "one-id", code=code, pin="8026").json == {"saved": True, "name": None}
    assert desk.by("Sol", "who", pin="8026").status_code == 200


# Tokens.


@pytest.mark.parametrize(
    "header", [{}, {"Authorization": ""}, {"Authorization": "Bearer "}, {"Authorization": "Bearer nonsense"}]
    + [{"Authorization": f"Basic {TOKEN}"}, {"Authorization": f"bearer {TOKEN}"}, {"Authorization": TOKEN}],
)  # fmt: skip
def test_without_its_token_a_tablet_is_unknown(desk: Desk, header: dict[str, str]):
    client = desk.app.test_client()
    body = {"id": "x", "act": "check_in", "mood": 4, "person": 1, "pin": "2580"}

    assert told(client.post("/counter/act", json=body, headers=header)) == (401, "tablet_unknown")
    assert told(client.get("/counter/state", headers=header)) == (401, "tablet_unknown")


def test_a_revoked_tablet_is_unknown_from_then_on(any_desk: Desk):
    change(any_desk.house, sa.update(Tablet).values(revoked_on=NOW.date()))

    assert told(any_desk.by("Sol", "check_in", mood=4)) == (401, "tablet_unknown")
    assert told(any_desk.state()) == (401, "tablet_unknown")
    assert rows(any_desk.house, Pending) == []


def test_another_teams_tablet_records_for_sol_but_has_its_own_wall(any_desk: Desk):
    parts = second_tablet(any_desk)
    any_desk.by("Sol", "cover", minutes=5)
    [cover] = any_desk.state().json["cover"]

    assert parts.by("Sol", "check_in", mood=4).status_code == 200
    assert parts.state().json["cover"] == []
    assert told(parts.act("cover_taken", cover=cover["id"])) == (404, "not_found")
    assert len(any_desk.state().json["cover"]) == 1


# Bad input.


@pytest.mark.parametrize(
    "fields",
    [
        {"mood": 6},
        {"mood": "4"},
        {"mood": None},
        {"pin": 2580},
        {"pin": "25" * 50},
        {"person": "Sol"},
        {"person": 2**40},
        {"id": "x" * 100},
        {"id": ""},
        {"id": "\ud800"},
        {"act": "dance"},
    ],
    ids=repr,
)
def test_a_request_that_no_tablet_of_ours_sends_is_refused_and_leaves_nothing(desk: Desk, fields: dict):
    sol = {"person": desk.house.cast.people["Sol"], "pin": pin_of("Sol"), "mood": 4}
    body = {"id": "one", "act": "check_in"} | sol | fields

    answer = desk.app.test_client().post("/counter/act", json=body, headers=desk.headers())

    assert told(answer) == (400, "bad_request")
    assert rows(desk.house, Pending) == rows(desk.house, Receipt) == []


@pytest.mark.parametrize(
    "raw",
    [b"", b"not json", b"[]", b'"text"', b"\xff\xfe", b"null", b"[" * 5000 + b"]" * 5000, b'{"a":' * 5000],
    ids=lambda raw: repr(raw[:12]),
)
def test_a_body_that_is_no_json_object_is_refused(desk: Desk, raw: bytes):
    for path in ("/counter/act", "/counter/enrol"):
        answer = desk.app.test_client().post(
            path, data=raw, headers=desk.headers(), content_type="application/json"
        )
        assert told(answer) == (400, "bad_request")


def test_a_form_is_no_way_to_talk_to_the_counter(desk: Desk):
    answer = desk.app.test_client().post("/counter/act", data={"act": "who"}, headers=desk.headers())

    assert told(answer) == (400, "bad_request")


def test_a_body_of_more_than_a_megabyte_is_too_large(desk: Desk):
    body = json.dumps({"id": "x", "act": "find", "q": "x" * 1_000_001})

    answer = desk.app.test_client().post(
        "/counter/act", data=body, headers=desk.headers(), content_type="application/json"
    )

    assert told(answer) == (413, "too_large")


@pytest.mark.parametrize("q", ["\x00\x00", "\ud800x", "x" * 81])
def test_a_name_that_no_database_can_hold_is_refused(any_desk: Desk, q: str):
    assert told(any_desk.act("find", q=q)) == (400, "bad_request")


@pytest.mark.parametrize(("method", "path"), [("get", "/counter/act"), ("delete", "/counter/state")])
def test_another_method_is_answered_in_json_too(desk: Desk, method: str, path: str):
    answer = getattr(desk.app.test_client(), method)(path, headers=desk.headers())

    assert told(answer)[0] == 405


def test_an_address_that_does_not_exist_is_answered_in_json_too(desk: Desk):
    assert told(desk.app.test_client().get("/counter/nothing")) == (404, "not_found")


def test_a_broken_database_is_told_without_a_word_of_what_was_sent(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def broken(*_given: object) -> bytes:
        raise RuntimeError("mood 4 of Sol")

    monkeypatch.setattr(keys, "contributor", broken)

    answer = desk.by("Sol", "check_in", mood=4)

    assert told(answer) == (500, "unavailable")
    assert "Sol" not in answer.text + caplog.text
    assert "RuntimeError" in caplog.text
    assert rows(desk.house, Receipt) == []


# What the tablet keeps.


def test_no_cookie_is_ever_set_and_none_is_needed(desk: Desk):
    answers = [
        desk.state(),
        desk.by("Sol", "check_in", mood=4),
        desk.by("Sol", "check_in", pin="0000", mood=4),
        desk.act("dance"),
        desk.app.test_client().get("/counter"),
        desk.app.test_client().get("/counter?lang=es"),
        desk.app.test_client().get("/counter/nothing"),
    ]

    assert [answer.headers.getlist("Set-Cookie") for answer in answers] == [[]] * len(answers)
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}


def test_acts_need_no_csrf_token_even_where_forms_do(desk: Desk):
    assert desk.app.config.get("WTF_CSRF_ENABLED", True)
    assert desk.by("Sol", "who").status_code == 200


def test_the_shell_names_nobody(desk: Desk):
    page = desk.app.test_client().get("/counter").text

    assert not [name for name in desk.house.cast.people if f"{name} V" in page]
    assert 'id="counter-strings"' in page


def test_the_state_lists_the_teams_own_people_alone(any_desk: Desk):
    shown = any_desk.state().json

    assert [person["name"] for person in shown["people"]][:2] == ["Alba V.", "Bea V."]
    assert len(shown["people"]) == 12
    assert shown["tablet"]["team"] == "Service counter"


@pytest.mark.parametrize(
    ("query", "header", "language"),
    [
        ("", "", "en"),
        ("", "es-ES,es;q=0.9,en;q=0.5", "es"),
        ("", "fr", "en"),
        ("?lang=es", "en", "es"),
        ("?lang=en", "es", "en"),
        ("?lang=xx", "es", "es"),
    ],
)
def test_the_screen_speaks_the_language_that_was_asked_for(
    desk: Desk, query: str, header: str, language: str
):
    answer = desk.app.test_client().get(
        f"/counter/state{query}", headers=desk.headers() | {"Accept-Language": header}
    )

    assert answer.json["language"] == language


def test_a_new_tablet_speaks_at_once(any_desk: Desk):
    parts = second_tablet(any_desk)

    assert parts.state().json["tablet"] == {"name": "Back room", "team": "Parts", "site": "Northgate"}


def test_nothing_that_was_answered_shows_in_the_state(desk: Desk):
    before = desk.state().json
    for act, said in SAVED.items():
        desk.by("Sol", act, **said)

    assert desk.state().json == before
    assert len(rows(desk.house, ShiftState)) == 1


def test_whoevers_diary_keeps_an_act_is_told_so_and_nobody_else(desk: Desk):
    assert "also" not in desk.by("Sol", "check_in", mood=4).json
    opening.begin(db.session(), desk.house.cast.people["Sol"], PASSWORD)
    db.session.commit()

    assert desk.by("Sol", "check_in", mood=4).json["also"] == "Kept in your diary too."
    assert "also" not in desk.by("Noor", "check_in", mood=4).json
