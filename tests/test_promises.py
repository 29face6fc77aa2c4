"""Every promise of docs/anonymity.md is a test here, under the promise's own sentence as its name."""

import logging
import re
from base64 import urlsafe_b64decode
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
import time_machine
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap
from flask import Flask
from flask.testing import FlaskClient

from tests import quarters
from tests.answers import RAW, House, blocks, change, epoch_of, everything, in_week, rows, say, tick
from tests.cast import NOW, PASSWORD, TEAMS, TOKEN, Cast, pin_of
from tests.conftest import SECRETS
from tests.counter import boxes
from tests.reports.ledger import Released, release
from wellbeing import erasure, keys, people, receipts, sealing, sign_in, withdraw
from wellbeing.collect import Recorded
from wellbeing.config import ConfigError, load
from wellbeing.diary import opening, wraps
from wellbeing.diary import sealing as sealing_of_diaries
from wellbeing.diary.entry import Entry
from wellbeing.diary.opening import Begun
from wellbeing.disclosure import ledger
from wellbeing.models.access_log import AccessEntry, Act
from wellbeing.models.accounts import CodePurpose, Person
from wellbeing.models.base import db
from wellbeing.models.checkup import Aspect, Reply
from wellbeing.models.diary import DiaryEntry, DiaryKey
from wellbeing.models.epochs import Place
from wellbeing.models.ledger import Block, NoisyBlock
from wellbeing.models.pending import Dimension, Pending, PendingCheckup, PendingDetail, PendingSpillover
from wellbeing.models.tablet_keys import TabletKey
from wellbeing.permissions import Role
from wellbeing.reports import board, reading

PAGE = Path(__file__).resolve().parent.parent / "docs" / "anonymity.md"
COUNTER = TEAMS["Service counter"][1:]
TOKENS = re.compile(r'name="csrf_token" value="[^"]*"')
YES = Reply.YES
ANSWERS = (Pending, PendingDetail, PendingSpillover)


def function_name(sentence: str) -> str:
    """Return the name of the test that holds a promise."""
    return "test_" + re.sub(r"[^a-z0-9]+", "_", sentence.lower().replace("'", "")).strip("_")


def test_the_page_and_this_file_promise_the_same():
    listed = PAGE.read_text("utf-8").split("## What we promise")[1].split("\n## ")[0]
    promised = [function_name(line[2:]) for line in listed.splitlines() if line.startswith("- ")]
    own = test_the_page_and_this_file_promise_the_same.__name__

    assert promised == [name for name in globals() if name.startswith("test_") and name != own]


def answer(client: FlaskClient, name: str, **fields: object):
    """Send an act to the service counter's tablet."""
    body = {"id": str(uuid4()), "act": name, **fields}
    return client.post("/counter/act", json=body, headers={"Authorization": f"Bearer {TOKEN}"})


def week_of(house: House, people: list[str], number: int = 1, **said: object) -> list[sa.Row]:
    """Let some people answer in a week, let the clock tick, and return the blocks of that tick."""
    for name in people:
        say(house, name, in_week(number), **said)
    tick(house, number)
    return [block for block in blocks(house) if block.number == number]


def test_no_pending_answer_names_its_author(house: House):
    say(house, "Sol", mood=2, rough=True)
    sol = house.cast.people["Sol"]
    key = keys.unwrapped(house.server_key, epoch_of(house, 1).wrapped_key)

    for table in RAW:
        pointed_at = {foreign.column.table.name for foreign in table.__table__.foreign_keys}
        assert pointed_at <= {"epoch", "unit"}, table
    assert [row.contributor for row in rows(house, Pending)] == [keys.contributor(key, sol)]


def test_a_check_in_does_not_say_when_in_the_week_it_was_given(house: House):
    say(house, "Sol", NOW, mood=4)
    say(house, "Noor", NOW + timedelta(days=2, hours=9), mood=4)

    for table in ANSWERS:
        told = [{**row._mapping, "id": None, "contributor": None} for row in rows(house, table)]
        assert all(told.count(row) == 2 for row in told), table


def test_an_answer_that_does_not_count_is_stored_nowhere_but_in_its_authors_own_diary(house: House):
    young = sa.update(Person).where(Person.name == "Sol Vale").values(counts_from=date(2026, 5, 1))
    change(house, young)
    week_of(house, COUNTER[1:])
    before = everything(house)

    assert say(house, "Sol", in_week(2), mood=1) == Recorded()
    assert everything(house) == before
    private = diary_of_sol(house).private
    before = everything(house)
    say(house, "Sol", in_week(2), mood=1)
    after = everything(house)
    assert {table for table in after if after[table] != before[table]} == {"diary_entry"}
    assert [entry.mood for entry in read_by_sol(house, private)] == [1]


def diary_of_sol(house: House) -> Begun:
    """Begin a diary for Sol, opened by the password of the cast."""
    begun = opening.begin(db.session(), house.cast.people["Sol"], PASSWORD)
    db.session.commit()
    return begun


def read_by_sol(house: House, private: bytes) -> list[Entry]:
    """Return what Sol's diary holds; raise CannotOpen for another key."""
    with house.engine.connect() as connection:
        found = opening.read(connection, house.server_key, house.cast.people["Sol"], private)
    return [one.entry for one in found]


def test_nothing_anybody_types_goes_into_a_pool(client: FlaskClient, house: House):
    typed = {"behaviour": ["Mr Smith"], "cause": None, "channel": None, "area": None}
    sol = {"person": house.cast.people["Sol"], "pin": pin_of("Sol")}

    assert answer(client, "rough_detail", **sol, **typed).status_code == 400
    assert (
        answer(client, "rough_detail", **sol, **typed | {"behaviour": [], "cause": "a note"}).status_code
        == 400
    )
    assert [row for table in RAW for row in rows(house, table)] == []


def test_nothing_is_released_about_fewer_than_five_people(house: House):
    assert week_of(house, COUNTER[:4]) == []
    assert len(week_of(house, COUNTER[4:9], 2)) == 1


def test_five_to_seven_people_are_shown_in_words(house: House):
    [five] = week_of(house, COUNTER[:5], mood=5)
    [seven] = week_of(house, COUNTER[:7], 2, mood=5)

    assert [(block.mood, block.mood_word) for block in (five, seven)] == [(None, "high")] * 2


def test_the_exact_number_of_people_is_kept_nowhere(house: House):
    [eight] = week_of(house, COUNTER[:8])
    [eleven] = week_of(house, COUNTER[:11], 2)
    own = {"position", "tick_id", "hash", "number"}

    assert {k: v for k, v in eight._mapping.items() if k not in own} == {
        k: v for k, v in eleven._mapping.items() if k not in own
    }


def test_a_tick_asks_how_many_answered_and_never_what_they_said(house: House):
    low = week_of(house, COUNTER[:9], 1, mood=1, rough=True)
    high = week_of(house, COUNTER[:9], 2, mood=5)
    held = [week_of(house, COUNTER[:4], number, mood=mood) for number, mood in ((3, 1), (4, 5))]

    assert [(block.unit_id, block.people_floor) for block in low] == [
        (block.unit_id, block.people_floor) for block in high
    ]
    assert held == [[], []]


def test_a_manager_is_never_part_of_a_figure_they_can_see(house: House):
    with house.engine.connect() as connection:
        places = dict(connection.execute(sa.select(Place.person_id, Place.pool_id)).tuples().all())
    for team, manager in (("Service counter", "Alba"), ("Showroom", "Max"), ("Parts", "Tess")):
        with reading.session() as session:
            shown = board.board(session, house.cast.units[team], 26, NOW).source
        assert places.get(house.cast.people[manager]) not in (house.cast.units[team], shown.id)
    assert not {house.cast.people[name] for name in ("Hilde", "Ada")} & set(places)


def test_after_a_release_no_answer_and_no_key_of_it_is_left(house: House):
    week_of(house, COUNTER)

    assert rows(house, Pending) == []
    assert epoch_of(house, 1).wrapped_key is None


def test_a_held_answer_gets_a_new_pseudonym_at_every_tick(house: House):
    say(house, "Sol")
    [before] = rows(house, Pending)
    tick(house, 1)
    [after] = rows(house, Pending)

    assert (after.id, after.mood) == (before.id, before.mood)
    assert after.contributor != before.contributor


def test_a_released_block_never_changes(any_house: House):
    week_of(any_house, COUNTER)

    for statement in (sa.update(Block).values(rough_count=9), sa.delete(Block)):
        with pytest.raises(sa.exc.DatabaseError, match="append-only"):
            change(any_house, statement)
    assert len(blocks(any_house)) == 1


def test_a_ledger_that_was_changed_behind_our_back_says_so(house: House):
    week_of(house, COUNTER)
    change(house, sa.text("DROP TRIGGER block_no_update"), sa.update(Block).values(people_floor=20))

    with house.engine.connect() as connection:
        assert ledger.first_broken(connection) == 1


def test_a_page_that_reads_figures_cannot_read_answers(any_house: House):
    say(any_house, "Sol", mood=1)
    hidden = {table.name for table in db.metadata.sorted_tables} - set(reading.READABLE)

    assert {"pending", "pending_detail", "pending_spillover", "shift_state", "epoch", "place"} <= hidden
    for table in sorted(hidden):
        with reading.session() as session, pytest.raises(sa.exc.DatabaseError):
            session.execute(sa.text(f"SELECT count(*) FROM {table}"))


def test_staff_read_the_very_page_that_their_manager_reads(app, site: Cast, sign_in):
    app.config["WTF_CSRF_ENABLED"] = False
    unit = site.units["Service counter"]
    with app.app_context():
        release({unit: Released(8, "3.1")})
    pages = [sign_in(app.test_client(), name).get(f"/team/{unit}").text for name in ("sol", "alba")]

    sol, alba = (re.search(r"<main.*</main>", page, re.S)[0] for page in pages)
    assert sol == alba
    assert "3.1" in sol


def test_what_is_not_yours_does_not_exist(client: FlaskClient, site: Cast, sign_in):
    browser = sign_in(client, "sol")

    for path in (f"/team/{site.units['Showroom']}", "/team/999999", "/summaries", "/people/", "/admin/"):
        assert browser.get(path).status_code == 404, path


def test_the_same_summary_has_the_same_bytes_for_ever(client: FlaskClient, house: House, sign_in):
    week_of(house, COUNTER)
    file = f"/summaries.csv?unit={house.cast.units['Service counter']}&from=1&to=1&lang=en"
    browser = sign_in(client, "hilde")
    first = browser.get(file).data
    db.session.rollback()
    week_of(house, COUNTER, 2, mood=1)

    assert b"Service counter" in first
    assert browser.get(file).data == first


def test_what_leaves_the_company_is_made_of_noise_and_of_25_votes(app, site: Cast, client, sign_in):
    counter, showroom = site.units["Service counter"], site.units["Showroom"]
    with app.app_context():
        release({counter: Released(20, "3.4", 19, 19)})
        release({counter: Released(20, "3.4", 19, 19), showroom: Released(12)})
        for position in (1, 2, 3):
            noise = NoisyBlock(position=position, people=30, mood_sum=0, rough=3, breaks=6)
            db.session.add(noise)
        db.session.commit()
    asked = {"unit": [counter, showroom], "from": 1, "to": 2}

    lines = sign_in(client, "hilde").get("/summaries/external.csv", query_string=asked).text.splitlines()

    assert lines[-3].endswith(",,,,,,,,")
    assert re.match(r"2,2026-03-09,2026-03-15,60,\d+,3\.0,[\d.]+,0\.10,[\d.]+,0\.20,", lines[-2])


def test_whoever_opens_figures_is_noted_by_role_and_day(app, site: Cast, client, sign_in):
    counter = site.units["Service counter"]
    sign_in(client, "alba").get(f"/team/{counter}")

    with app.app_context():
        found = db.session.scalars(sa.select(AccessEntry)).all()
        assert [(entry.day, entry.unit_id, entry.role, entry.act) for entry in found] == [
            (NOW.date(), counter, Role.MANAGER, Act.OPENED)
        ]
        assert set(AccessEntry.__table__.columns.keys()) == {"day", "unit_id", "role", "act"}


def test_a_check_ups_replies_do_not_join_from_item_to_item(house: House):
    quarters.opened(house)
    for name in ("Sol", "Noor"):
        quarters.tell_all(
            house,
            name,
            {quarters.TRULY_FIRST: {Aspect.YES: YES}, quarters.CALLS: quarters.three(YES, YES, Reply.NO)},
        )

    assert len({row.contributor for row in rows(house, PendingCheckup)}) == 4


def test_a_word_of_the_check_up_is_about_five_people_or_more(house: House):
    quarters.opened(house)
    for name in COUNTER[:4]:
        quarters.tell(house, name)
    quarters.run_jobs(house)
    assert quarters.words(house) == {}

    for name in COUNTER[:5]:
        quarters.tell(house, name, now=quarters.IN_APRIL)
    quarters.run_jobs(house, quarters.IN_JULY)
    assert [unit for unit, _item, _aspect in quarters.words(house)] == ["Service counter"]


def test_nobody_but_oneself_is_told_whether_one_answered_the_check_up(
    app: Flask, client: FlaskClient, house: House, sign_in
):
    quarters.opened(house)
    with time_machine.travel(quarters.MARCH):
        noor = sign_in(client, "noor")
        alba = sign_in(app.test_client(), "alba")
        before = [browser.get(page).text for browser in (noor, alba) for page in ("/team/3", "/checkup")]
        quarters.tell(house, "Sol")
        after = [browser.get(page).text for browser in (noor, alba) for page in ("/team/3", "/checkup")]

    assert "You have not answered yet." in before[0]
    assert [TOKENS.sub("", page) for page in after] == [TOKENS.sub("", page) for page in before]


def test_undo_works_for_one_minute_and_once(house: House):
    before = {table: rows(house, table) for table in ANSWERS}
    handle = withdraw.handle(house.server_key, say(house, "Sol", mood=1, rough=True), NOW)
    soon, late = NOW + timedelta(seconds=50), NOW + timedelta(seconds=70)

    with house.engine.begin() as connection:
        withdraw.undo(connection, house.server_key, handle, soon)
    assert {table: rows(house, table) for table in ANSWERS} == before
    again = withdraw.handle(house.server_key, say(house, "Sol"), NOW)
    for sealed, moment in ((handle, soon), (again, late)):
        with house.engine.begin() as connection, pytest.raises(keys.HandleRefused):
            withdraw.undo(connection, house.server_key, sealed, moment)


def test_take_back_this_week_deletes_all_that_is_not_released(house: House):
    say(house, "Sol", mood=1, rough=True)
    say(house, "Sol", break_minutes=5)

    with house.engine.begin() as connection:
        withdraw.take_back(connection, house.server_key, house.cast.people["Sol"])
    assert [row for table in RAW for row in rows(house, table)] == []


def test_erasing_a_person_takes_what_waits_and_leaves_the_ledger(house: House):
    week_of(house, COUNTER)
    released = blocks(house)
    say(house, "Sol", in_week(2), mood=1)

    erasure.erase(db.session(), house.server_key, db.session.get(Person, house.cast.people["Sol"]))
    assert rows(house, Pending) == []
    assert blocks(house) == released


def test_a_wrong_pin_says_nothing_about_whose_it_was(client: FlaskClient, house: House):
    right, nobody = house.cast.people["Sol"], 999_999
    refused = [answer(client, "who", person=person, pin="9999") for person in (right, nobody)]

    assert [found.status_code for found in refused] == [403, 403]
    assert refused[0].data == refused[1].data


def test_a_receipt_names_nobody(house: House):
    with house.engine.begin() as connection:
        receipts.give(connection, house.server_key, "one-act", NOW)
    columns = set(rows(house, receipts.Receipt)[0]._mapping)

    assert columns == {"client_mac", "week"}


def test_a_diary_opens_for_its_owners_password_or_code_and_for_nothing_on_the_server(house: House):
    begun = diary_of_sol(house)
    say(house, "Sol", mood=1)
    key = rows(house, DiaryKey)[0]
    known = [house.server_key, SECRETS.secret_key, SECRETS.pin_pepper, key.public_key, begun.private[::-1]]

    for wrap in (key.by_password, key.by_recovery):
        assert begun.private not in wrap
    for secret in known:
        with pytest.raises(sealing_of_diaries.CannotOpen):
            read_by_sol(house, secret)
        with pytest.raises(wraps.WrongSecret):
            wraps.with_secret(secret, opening.RECOVERY, key.by_recovery)
        with pytest.raises(wraps.WrongSecret):
            wraps.with_password(secret.hex(), key.by_password)
    opened = wraps.with_password(PASSWORD, key.by_password)
    assert [entry.mood for entry in read_by_sol(house, opened)] == [1]


def test_an_entry_of_a_diary_says_outside_its_seal_neither_whose_nor_when_nor_what(house: House):
    diary_of_sol(house)
    for mood in range(1, 6):
        say(house, "Sol", mood=mood)
    say(house, "Sol", mood=1, rough=True, details=((Dimension.SEVERITY, "hard"), (Dimension.AREA, "parts")))
    say(house, "Sol", break_minutes=5, break_kind="walk")

    found = rows(house, DiaryEntry)
    assert set(DiaryEntry.__table__.columns.keys()) == {"id", "owner", "sealed", "expires"}
    assert len({len(row.sealed) for row in found}) == len({row.expires for row in found}) == 1
    named = {keys.diary_owner(keys.new_key(), person) for person in house.cast.people.values()}
    assert {row.owner for row in found}.isdisjoint(named)
    assert DiaryEntry.__table__.foreign_keys == set()


def test_a_password_that_somebody_else_chose_opens_no_diary(house: House):
    begun = diary_of_sol(house)
    sol, new = house.cast.people["Sol"], "somebody else's own words"
    code = people.make_code(db.session(), CodePurpose.PASSWORD, sol, NOW)
    sign_in.choose_password(db.session(), code, "sol", new, NOW)
    diary = opening.diary_of(db.session(), sol)

    assert diary is not None
    with pytest.raises(wraps.WrongSecret):
        opening.with_password(diary, new)
    assert opening.with_recovery_code(diary, begun.recovery_code) == begun.private


def test_whoever_leaves_takes_along_all_that_was_not_released(house: House):
    week_of(house, COUNTER[1:])
    of_others, ledger_before = [rows(house, table) for table in ANSWERS], blocks(house)
    diary_of_sol(house)
    say(house, "Sol", in_week(2), mood=1)
    sol = db.session.get(Person, house.cast.people["Sol"])
    assert sol is not None
    erasure.erase(db.session(), house.server_key, sol)

    assert [rows(house, table) for table in ANSWERS] == of_others
    assert rows(house, DiaryEntry) == rows(house, DiaryKey) == []
    assert blocks(house) == ledger_before


def kept_check_in(client: FlaskClient, house: House) -> dict[str, str]:
    """Return Sol's check-in as the tablet keeps it without a network."""
    state = client.get("/counter/state", headers={"Authorization": f"Bearer {TOKEN}"}).get_json()
    act = {
        "id": "an-act",
        "act": "check_in",
        "person": house.cast.people["Sol"],
        "pin": pin_of("Sol"),
        "mood": 2,
    }
    return boxes.entry(state["seal"], act, at=boxes.millis(NOW))


def send_later(client: FlaskClient, entry: dict[str, str]) -> list[str]:
    """Send a kept entry and return what the tablet is told."""
    body = {"now": boxes.millis(NOW), "entries": [entry]}
    answered = client.post("/counter/sealed", json=body, headers={"Authorization": f"Bearer {TOKEN}"})
    return answered.get_json()["results"]


def test_what_a_tablet_keeps_to_send_later_only_the_server_can_read(client: FlaskClient, house: House):
    entry = kept_check_in(client, house)
    stolen = rows(house, TabletKey)[0].wrapped_key

    assert set(entry) == {"key", "box"}
    with pytest.raises(sealing.CannotOpen):
        sealing.opened(sealing.new_pair().private, urlsafe_b64decode(entry["box"] + "=="))
    with pytest.raises(InvalidUnwrap):
        keys.unwrapped(keys.new_key(), stolen)
    assert send_later(client, entry) == ["saved"]


def test_a_tablets_entry_counts_once_however_often_it_is_sent(client: FlaskClient, house: House):
    entry = kept_check_in(client, house)

    assert [send_later(client, entry) for _ in range(3)] == [["saved"]] * 3
    assert len(rows(house, Pending)) == 1


def test_the_counter_sets_no_cookie(client: FlaskClient, house: House):
    sol = {"person": house.cast.people["Sol"], "pin": pin_of("Sol")}
    token = {"Authorization": f"Bearer {TOKEN}"}
    seen = [
        client.get("/counter"),
        client.get("/counter/state", headers=token),
        answer(client, "check_in", **sol, mood=2),
    ]

    assert [found.status_code for found in seen] == [200] * 3
    assert not any("Set-Cookie" in found.headers for found in seen)


def test_nothing_at_the_counter_is_logged(client: FlaskClient, house: House, caplog):
    caplog.set_level(logging.DEBUG)
    sol = {"person": house.cast.people["Sol"], "pin": pin_of("Sol")}

    assert answer(client, "check_in", **sol, mood=1).status_code == 200
    assert answer(client, "who", **sol | {"pin": "9999"}).status_code == 403
    assert caplog.records == []


def test_no_page_asks_another_host_for_anything(client: FlaskClient, site: Cast):
    for path in ("/", "/counter", "/sign-in", "/help", "/what-happens"):
        page = client.get(path)
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
        assert "http" not in page.headers["Content-Security-Policy"]
        assert not re.search(r'(src|href|action)="(https?:)?//', page.text), path


def test_production_never_starts_with_a_secret_of_its_own_making(tmp_path: Path):
    with pytest.raises(ConfigError, match="SECRET_KEY"):
        load({}, tmp_path)
    assert list(tmp_path.iterdir()) == []
