"""The shuffle on PostgreSQL: who knows in which order people came learns nothing, and no answer is lost."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import OperationalError

from tests.answers import RAW, House, after_tick, blocks, change, everything, house_of, in_week, rows, say
from tests.cast import NOW, PASSWORD, TEAMS
from wellbeing import collect, jobs, keys, receipts, shuffle, withdraw
from wellbeing.answer import Answer
from wellbeing.diary import opening
from wellbeing.models.base import db
from wellbeing.models.epochs import Epoch
from wellbeing.models.pending import Dimension, Pending, Receipt

STAFF = [name for names in TEAMS.values() for name in names[1:]]
ARRIVALS = [*STAFF, *STAFF][:30]
WEEKS = 10
ROUGH = Answer(mood=2, rough=True, details=((Dimension.SEVERITY, "hard"), (Dimension.CAUSE, "waiting")))


@pytest.fixture
def elephant(postgres_app: Flask) -> Iterator[House]:
    """The cast's site at work in its first week, on PostgreSQL."""
    with postgres_app.app_context():
        yield house_of(postgres_app)


def in_file_order(house: House) -> list[bytes]:
    """Return the ids of waiting answers as they stand in the file."""
    with house.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT id FROM pending ORDER BY ctid")
        return [bytes(row_id) for row_id in found.scalars()]


def in_dump_order(house: House) -> list[bytes]:
    """Return the ids of waiting answers as COPY, and so pg_dump, writes them out."""
    with house.engine.connect() as connection:
        cursor = connection.connection.cursor()
        with cursor.copy("COPY pending (id) TO STDOUT") as copied:
            lines = b"".join(bytes(part) for part in copied).decode().split()
    return [bytes.fromhex(line.removeprefix("\\\\x")) for line in lines]


def recognised(arrived: list[bytes], order: list[bytes]) -> int:
    """Return how many answers somebody ascribes rightly who saw who came first, second, third..."""
    return sum(mine == found for mine, found in zip(arrived, order, strict=True))


@pytest.mark.parametrize("order_of", [in_file_order, in_dump_order])
def test_who_watched_the_tablet_cannot_tell_by_their_order_whose_answers_are_whose(elephant: House, order_of):
    hits = 0
    for _week in range(WEEKS):
        arrived = [say(elephant, name).pending[0] for name in ARRIVALS]
        assert recognised(arrived, order_of(elephant)) == len(ARRIVALS)
        assert shuffle.shuffle(elephant.engine)
        hits += recognised(arrived, order_of(elephant))
        change(elephant, sa.delete(Pending))
        assert shuffle.shuffle(elephant.engine)

    # Guessing finds one of them a week, whatever their number; 2.5 is nearly five standard errors away.
    assert hits / WEEKS < 2.5


def written_together(house: House) -> dict[str, set[bytes]]:
    """Return the ids of the rows of each transaction, by its number."""
    found: dict[str, set[bytes]] = {}
    with house.engine.connect() as connection:
        for table in ("pending", "pending_detail", "pending_spillover"):
            told = connection.exec_driver_sql(f"SELECT xmin::text, id FROM {table}")
            for number, row_id in told.tuples():
                found.setdefault(number, set()).add(bytes(row_id))
    return found


def test_rows_that_one_act_wrote_cannot_be_joined_by_their_transaction(elephant: House):
    acts = []
    for name in STAFF:
        with elephant.engine.begin() as connection:
            person = elephant.cast.people[name]
            done = collect.record(connection, elephant.server_key, person, ROUGH, NOW)
        acts.append({*done.pending, *done.detail, *done.spillover})
    assert all(act in written_together(elephant).values() for act in acts)

    shuffle.shuffle(elephant.engine)

    assert list(written_together(elephant).values()) == [set().union(*acts)]


def test_a_shuffle_changes_no_row(elephant: House):
    for name in STAFF:
        say(elephant, name, mood=2, rough=True)
    with elephant.engine.begin() as connection:
        receipts.give(connection, elephant.server_key, "one", NOW)
    before = everything(elephant)

    assert shuffle.shuffle(elephant.engine)

    assert everything(elephant) == before


def test_epochs_made_after_a_shuffle_have_new_numbers(elephant: House):
    shuffle.shuffle(elephant.engine)
    jobs.run(elephant.engine, elephant.server_key, after_tick(1))

    ids = [epoch.id for epoch in rows(elephant, Epoch)]
    assert len(ids) == len(set(ids)) == 3


def act(house: House, name: str, now=NOW) -> collect.Recorded:
    """Do what the counter does with an act: a receipt first, then the answer."""
    with house.engine.begin() as connection:
        assert receipts.give(connection, house.server_key, str(uuid4()), now)
        return collect.record(connection, house.server_key, house.cast.people[name], ROUGH, now)


def test_nothing_is_lost_or_doubled_while_people_check_in_and_take_back(elephant: House):
    over = threading.Event()
    moved: list[bool] = []
    kept: list[bytes] = []
    troubles: list[BaseException] = []

    def come_and_go(names: list[str]) -> None:
        try:
            for name in names * 4:
                first, second = act(elephant, name), act(elephant, name)
                sealed = withdraw.handle(elephant.server_key, second, NOW)
                with elephant.engine.begin() as connection:
                    withdraw.undo(connection, elephant.server_key, str(sealed), NOW)
                kept.extend(first.pending)
            with elephant.engine.begin() as connection:
                withdraw.take_back(connection, elephant.server_key, elephant.cast.people[names[0]])
        except BaseException as trouble:
            troubles.append(trouble)

    def keep_shuffling() -> None:
        while not over.is_set():
            moved.append(shuffle.shuffle(elephant.engine))

    people = [threading.Thread(target=come_and_go, args=(STAFF[number::3],)) for number in range(3)]
    shuffling = threading.Thread(target=keep_shuffling)
    for thread in (*people, shuffling):
        thread.start()
    for thread in people:
        thread.join()
    over.set()
    shuffling.join()

    assert troubles == []
    assert any(moved)
    gone = {contributor(elephant, name) for name in STAFF[:3]}
    waiting = rows(elephant, Pending)
    assert {row.contributor for row in waiting} == {contributor(elephant, name) for name in STAFF[3:]}
    assert len(waiting) == 4 * len(STAFF[3:])
    assert {row.id for row in waiting} < set(kept)
    assert not gone & {row.contributor for row in waiting}
    assert len(rows(elephant, Receipt)) == 8 * len(STAFF)


def contributor(house: House, name: str) -> bytes:
    """Return somebody's pseudonym in the first week."""
    first = next(epoch for epoch in rows(house, Epoch) if epoch.number == 1 and epoch.ledger == "weekly")
    return keys.contributor(keys.unwrapped(house.server_key, first.wrapped_key), house.cast.people[name])


def test_a_tick_among_shuffles_releases_everybody_once(elephant: House):
    for name in TEAMS["Service counter"][1:9]:
        act(elephant, name)
    over = threading.Event()

    def keep_shuffling() -> None:
        while not over.is_set():
            shuffle.shuffle(elephant.engine)

    shuffling = threading.Thread(target=keep_shuffling)
    shuffling.start()
    for number in (1, 2, 3):
        jobs.run(elephant.engine, elephant.server_key, after_tick(number))
        for name in TEAMS["Service counter"][1:9]:
            act(elephant, name, in_week(number + 1))
    over.set()
    shuffling.join()

    assert [(block.number, block.people_floor) for block in blocks(elephant)] == [(1, 8), (2, 8), (3, 8)]
    assert len(rows(elephant, Pending)) == 8


@pytest.mark.parametrize("busy_with", shuffle.MOVED)
def test_while_somebody_is_at_the_rows_the_shuffle_gives_up_quietly(elephant: House, busy_with: str):
    say(elephant, "Sol")
    before = everything(elephant)
    with elephant.engine.connect() as reader:
        reader.exec_driver_sql(f"SELECT count(*) FROM {busy_with}")
        assert not shuffle.shuffle(elephant.engine)

    assert everything(elephant) == before
    assert shuffle.shuffle(elephant.engine)


def test_an_act_that_has_begun_is_never_sent_away_for_a_shuffle(elephant: House):
    with elephant.engine.begin() as connection:
        receipts.give(connection, elephant.server_key, "one", NOW)
        shuffling = threading.Thread(target=shuffle.shuffle, args=(elephant.engine,))
        shuffling.start()
        person = elephant.cast.people["Sol"]
        collect.record(connection, elephant.server_key, person, ROUGH, NOW)
        shuffling.join()

    assert len(rows(elephant, Pending)) == 1


def test_who_needs_one_state_of_the_database_keeps_the_shuffle_away(elephant: House, house: House):
    for kept in (elephant, house):
        with kept.engine.connect() as connection:
            shuffle.keep_away(connection)
            assert shuffle.shuffle(kept.engine) == (kept is house)


def test_other_trouble_of_the_database_is_told(elephant: House, monkeypatch: pytest.MonkeyPatch):
    def no_disk(*_told: object) -> None:
        raise OperationalError("TRUNCATE", None, Exception("no space left"))

    monkeypatch.setattr(shuffle, "_move", no_disk)

    with pytest.raises(OperationalError):
        shuffle.shuffle(elephant.engine)


def test_sqlite_keeps_its_rows_in_the_order_of_random_keys_and_is_left_alone(house: House):
    for name in STAFF:
        say(house, name, mood=2, rough=True)
    before = {table: rows(house, table) for table in RAW}

    assert shuffle.shuffle(house.engine)

    assert {table: rows(house, table) for table in RAW} == before
    assert [row.id for row in before[Pending]] == sorted(row.id for row in before[Pending])


@pytest.mark.parametrize("busy_with", shuffle.DIARIES)
def test_diaries_are_moved_by_themselves_and_give_way_too(elephant: House, busy_with: str):
    opening.begin(db.session(), elephant.cast.people["Sol"], PASSWORD)
    db.session.commit()
    say(elephant, "Sol")
    before = everything(elephant)
    with elephant.engine.connect() as reader:
        reader.exec_driver_sql(f"SELECT count(*) FROM {busy_with}")
        assert shuffle.shuffle(elephant.engine)
        assert not shuffle.shuffle_diaries(elephant.engine)
    with elephant.engine.connect() as kept:
        shuffle.keep_away(kept)
        assert not shuffle.shuffle_diaries(elephant.engine)

    assert shuffle.shuffle_diaries(elephant.engine)
    assert everything(elephant) == before


def test_diaries_that_take_long_put_off_nobody_elses_move(house: House, monkeypatch: pytest.MonkeyPatch):
    moved: list[str] = []
    hours_taken = iter([0.0, 0.0, 0.0, 5.0] + [0.0] * 20)
    monkeypatch.setattr(shuffle.time, "monotonic", lambda: next(hours_taken))
    monkeypatch.setattr(shuffle, "shuffle", lambda _engine: not moved.append("answers"))
    monkeypatch.setattr(shuffle, "shuffle_diaries", lambda _engine: not moved.append("diaries"))

    for hour in (0, 1, 2, 23, 24):
        shuffle.shuffle_hourly(house.engine, NOW + timedelta(hours=hour))

    assert moved == ["answers", "diaries", "answers", "answers", "answers", "answers", "diaries"]


@pytest.fixture
def shuffled(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """What each shuffle comes to: it is busy as often as the list has an entry, and then it goes well."""
    comes_to: list[bool] = []
    monkeypatch.setattr(shuffle, "REST_SECONDS", 0)
    monkeypatch.setattr(
        shuffle, "shuffle", lambda _engine: comes_to.append(len(comes_to) >= 2) or comes_to[-1]
    )
    return comes_to


def test_rows_are_shuffled_hourly(house: House, shuffled: list[bool]):
    for minutes, so_far in (
        (0, 1),  # The first two times somebody is busy with the rows.
        (1, 2),
        (2, 3),
        (3, 3),
        (61, 3),
        (62, 4),
        (63, 4),
        (10, 5),  # Somebody set the clock back.
    ):
        shuffle.shuffle_hourly(house.engine, NOW + timedelta(minutes=minutes))
        assert len(shuffled) == so_far, minutes


def test_after_a_tick_rows_are_shuffled_at_once_and_tried_again_where_somebody_is_busy(
    house: House, shuffled: list[bool]
):
    shuffle.shuffle_hourly(house.engine, NOW, ticked=True)

    assert shuffled == [False, False, True]


def test_a_counter_that_is_always_busy_is_not_stopped_for_a_shuffle(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    tries: list[bool] = []
    monkeypatch.setattr(shuffle, "REST_SECONDS", 0)
    monkeypatch.setattr(shuffle, "shuffle", lambda _engine: bool(tries.append(False)))

    shuffle.shuffle_hourly(house.engine, NOW, ticked=True)

    assert len(tries) == shuffle.TRIES_AFTER_TICK


def test_where_the_rows_are_many_they_are_moved_once_a_day(house: House, monkeypatch: pytest.MonkeyPatch):
    moments: list[sa.Engine] = []
    monkeypatch.setattr(shuffle, "shuffle", lambda engine: moments.append(engine) or True)
    monkeypatch.setattr(shuffle, "LONG_SECONDS", -1)

    for hours, so_far in ((0, 1), (1, 1), (23, 1), (24, 2)):
        shuffle.shuffle_hourly(house.engine, NOW + timedelta(hours=hours))
        assert len(moments) == so_far, hours
