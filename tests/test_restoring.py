"""Restoring: the same site again, on either database, and what a tick does that comes afterwards."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DBAPIError

from tests.answers import House, after_tick, blocks, change, epoch_of, everything, in_week, rows, say, tick
from tests.cast import TEAMS
from tests.fixtures.past import Lived
from wellbeing import backup, epochs, keys, restoring, withdraw
from wellbeing.backup import BackupRefused
from wellbeing.disclosure import ledger
from wellbeing.models.accounts import Person, Unit
from wellbeing.models.base import db
from wellbeing.models.ledger import Block, Tick
from wellbeing.models.pending import HeldPool, Pending
from wellbeing.models.tablet_keys import TabletKey
from wellbeing.restoring import restore

COUNTER = TEAMS["Service counter"][1:]
SHOWROOM = TEAMS["Showroom"][1:]
Make = Callable[[str], Flask]


def empty_like(house: House, app: Flask) -> House:
    """Return an empty house, in which the same people will live once they are restored."""
    with app.app_context():
        return House(db.engine, house.server_key, house.cast)


def answer_all(house: House, names: list[str], week: int, **said: object) -> None:
    for name in names:
        say(house, name, in_week(week), **said)


def at_work(house: House) -> House:
    """Let a house release its first week, hold a pool, and collect answers in the second."""
    answer_all(house, [*COUNTER[:8], *SHOWROOM[:3]], 1, mood=2, rough=True)
    tick(house, 1)
    answer_all(house, COUNTER[:9], 2, mood=4)
    return house


@pytest.fixture
def told(house: House, through: Lived) -> House:
    """A house at work, on SQLite."""
    return through(house, at_work)


@pytest.fixture
def any_told(any_house: House, through: Lived) -> House:
    """A house at work, on both databases."""
    return through(any_house, at_work)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_site_moves_to_either_database_as_it_was_but_for_what_waits(
    any_told: House, fresh: Make, tmp_path: Path, kind: str
):
    backup.write(any_told.engine, tmp_path / "a.zip")
    there = empty_like(any_told, fresh(kind))

    restored = restore(there.engine, there.server_key, tmp_path / "a.zip")

    before, after = everything(any_told), everything(there)
    assert (restored.people, restored.blocks, restored.with_pending) == (28, 1, False)
    with_keys = {"epoch", "checkup_key", "audit_entry"}
    assert {name: after[name] for name in after if name not in with_keys} == {
        name: [] if name in backup.ANSWERS | backup.MOMENTARY else before[name]
        for name in after
        if name not in with_keys
    }
    assert [key[0] for key in after["checkup_key"]] == [key[0] for key in before["checkup_key"]]
    assert after["checkup_key"] != before["checkup_key"]
    assert [epoch[:5] + epoch[6:] for epoch in after["epoch"]] == [
        epoch[:5] + epoch[6:] for epoch in before["epoch"]
    ]


@pytest.mark.parametrize(
    ("any_app", "kind"), [("sqlite", "postgresql"), ("postgresql", "sqlite")], indirect=["any_app"]
)
def test_a_site_moves_with_everything_where_somebody_insists(
    any_told: House, fresh: Make, tmp_path: Path, kind: str
):
    backup.write(any_told.engine, tmp_path / "a.zip", with_pending=True)
    there = empty_like(any_told, fresh(kind))

    assert restore(there.engine, there.server_key, tmp_path / "a.zip").with_pending

    before, after = everything(any_told), everything(there)
    assert [row[2] for row in after.pop("audit_entry")] == ["restored"]
    assert before.pop("audit_entry") == []
    assert after == before
    tick(there, 2)
    assert [(block.number, block.people_floor) for block in blocks(there)] == [(1, 8), (2, 8)]


def test_a_tick_after_a_restore_counts_what_was_said_since_and_nothing_twice(
    told: House, fresh: Make, tmp_path: Path
):
    backup.write(told.engine, tmp_path / "a.zip")
    answer_all(told, COUNTER, 2, mood=1)
    tick(told, 2)
    there = empty_like(told, fresh("sqlite"))
    restore(there.engine, there.server_key, tmp_path / "a.zip")
    assert blocks(there) == blocks(told)[:1]

    answer_all(there, COUNTER[:4], 2)
    tick(there, 2)
    assert [(block.number, block.people_floor) for block in blocks(there)] == [(1, 8)]
    answer_all(there, COUNTER[4:6], 3)
    tick(there, 3)
    answer_all(there, COUNTER[:8], 4)
    tick(there, 4)

    # Four waited and two joined them: six people are in the third week's block, as a word.
    assert [(block.number, block.people_floor) for block in blocks(there)] == [(1, 8), (3, 5), (4, 8)]
    assert [tick.number for tick in rows(there, Tick) if tick.ledger == "weekly"] == [1, 2, 3, 4]
    assert rows(there, Pending) == []
    with there.engine.connect() as connection:
        assert ledger.first_broken(connection) is None


def test_weeks_that_passed_before_the_restore_are_made_up_for_in_order(
    told: House, fresh: Make, tmp_path: Path
):
    backup.write(told.engine, tmp_path / "a.zip")
    there = empty_like(told, fresh("sqlite"))
    restore(there.engine, there.server_key, tmp_path / "a.zip")

    tick(there, 5)

    assert [tick.number for tick in rows(there, Tick) if tick.ledger == "weekly"] == [1, 2, 3, 4, 5]
    assert len(blocks(there)) == 1


def test_a_tick_that_was_due_but_had_not_run_runs_after_the_restore(told: House, fresh: Make, tmp_path: Path):
    with told.engine.begin() as connection:
        assert epochs.open_due(connection, told.server_key, after_tick(2)) == 1
    backup.write(told.engine, tmp_path / "a.zip")
    there = empty_like(told, fresh("sqlite"))
    restore(there.engine, there.server_key, tmp_path / "a.zip")

    done = tick(there, 2)

    assert done.ticks == 1
    assert len(blocks(there)) == 1
    say(there, "Sol", in_week(3))
    assert len(rows(there, Pending)) == 1


def test_open_epochs_have_keys_of_their_own_and_closed_ones_none(told: House, fresh: Make, tmp_path: Path):
    backup.write(told.engine, tmp_path / "a.zip")
    there = empty_like(told, fresh("sqlite"))
    restore(there.engine, there.server_key, tmp_path / "a.zip")

    assert epoch_of(there, 1).wrapped_key is None
    old, new = (keys.unwrapped(told.server_key, epoch_of(house, 2).wrapped_key) for house in (told, there))
    assert old != new


def test_a_lost_server_key_costs_the_answers_that_wait_and_no_more(told: House, fresh: Make, tmp_path: Path):
    backup.write(told.engine, tmp_path / "a.zip")
    with fresh("sqlite").app_context():
        there = House(db.engine, keys.new_key(), told.cast)

    restore(there.engine, there.server_key, tmp_path / "a.zip")
    answer_all(there, COUNTER[:5], 2)
    tick(there, 2)

    assert len(blocks(there)) == 2


@pytest.mark.parametrize("with_pending", [False, True])
def test_tablets_seal_to_a_new_key_unless_everything_moved(
    told: House, fresh: Make, tmp_path: Path, with_pending: bool
):
    """Without its receipt, an entry that was done before could be done once more."""
    [before] = rows(told, TabletKey)
    backup.write(told.engine, tmp_path / "a.zip", with_pending=with_pending)
    there = empty_like(told, fresh("sqlite"))

    restore(there.engine, there.server_key, tmp_path / "a.zip")

    tick(there, 1)
    [after] = rows(there, TabletKey)
    assert (after == before) is with_pending


def test_counters_of_held_ticks_begin_anew_with_the_answers(told: House, fresh: Make, tmp_path: Path):
    assert len(rows(told, HeldPool)) == 1
    backup.write(told.engine, tmp_path / "a.zip")
    there = empty_like(told, fresh("sqlite"))

    restore(there.engine, there.server_key, tmp_path / "a.zip")

    assert rows(there, HeldPool) == []


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_new_people_and_units_get_new_numbers(told: House, fresh: Make, tmp_path: Path, kind: str):
    backup.write(told.engine, tmp_path / "a.zip")
    app = fresh(kind)
    there = empty_like(told, app)
    restore(there.engine, there.server_key, tmp_path / "a.zip")

    tick(there, 3)
    with app.app_context():
        team = Unit(name="Body shop", level="team", parent_id=told.cast.units["Northgate"])
        somebody = Person(name="Zoe Vale", unit=team, active=True, created_at=in_week(3))
        db.session.add(somebody)
        db.session.commit()
        assert somebody.id > max(told.cast.people.values())


def test_an_erased_person_is_back_and_can_be_erased_again(told: House, fresh: Make, tmp_path: Path):
    backup.write(told.engine, tmp_path / "a.zip")
    there = empty_like(told, fresh("sqlite"))
    restore(there.engine, there.server_key, tmp_path / "a.zip")

    sol = there.cast.people["Sol"]
    with there.engine.begin() as connection:
        withdraw.take_back(connection, there.server_key, sol)
        connection.execute(sa.delete(Person).where(Person.id == sol))

    assert sol not in {person.id for person in rows(there, Person)}


# What is refused, and that nothing of it stays.


def empty(house: House) -> bool:
    return all(found == [] for found in everything(house).values())


def refused(told: House, there: House, path: Path, why: str) -> None:
    """Assert that a backup is refused for a reason, and that nothing of it stays."""
    before = everything(there)
    with pytest.raises(BackupRefused, match=why) as refusal:
        restore(there.engine, there.server_key, path)
    assert str(refusal.value).endswith("Nothing was restored.")
    assert everything(there) == before


@pytest.fixture
def there(told: House, fresh: Make) -> House:
    """An empty house."""
    return empty_like(told, fresh("sqlite"))


def test_a_site_with_people_is_never_overwritten(told: House, tmp_path: Path):
    backup.write(told.engine, tmp_path / "a.zip")

    refused(told, told, tmp_path / "a.zip", "only be restored into an empty database")


def test_answers_under_another_servers_key_are_refused(told: House, there: House, tmp_path: Path):
    backup.write(told.engine, tmp_path / "a.zip", with_pending=True)
    stranger = House(there.engine, keys.new_key(), there.cast)

    refused(told, stranger, tmp_path / "a.zip", "under another SERVER_KEY: start with that key")


def rewritten(path: Path, change_rows: Callable[[str, list[dict]], object], **said: object) -> Path:
    """Write a backup's twin with other rows, and digests that fit them: whoever can write, can do that."""
    twin = path.with_name("twin.zip")
    with ZipFile(path) as found, ZipFile(twin, "w", ZIP_DEFLATED) as made:
        manifest = json.loads(found.read("manifest.json")) | said
        for name, member in list(manifest["members"].items()):
            lines = [json.loads(line) for line in found.read(f"{name}.jsonl").splitlines()]
            change_rows(name, lines)
            text = "".join(json.dumps(line) + "\n" for line in lines)
            made.writestr(f"{name}.jsonl", text)
            member["sha256"] = sha256(text.encode()).hexdigest()
        made.writestr("manifest.json", json.dumps(manifest))
    return twin


def nothing(_name: str, _lines: list[dict]) -> None:
    """Change no row."""


def raise_a_mood(name: str, lines: list[dict]) -> None:
    for line in lines:
        if name == "block":
            line["mood"] = "4.5"


def lose_a_person(name: str, lines: list[dict]) -> None:
    if name == "person":
        del lines[-1]


def double_a_person(name: str, lines: list[dict]) -> None:
    if name == "role_grant":
        lines.append(lines[0])


def forget_a_column(name: str, lines: list[dict]) -> None:
    if name == "tablet":
        del lines[0]["name"]


def write_a_name_as_a_number(name: str, lines: list[dict]) -> None:
    if name == "person":
        lines[3]["name"] = 7


def orphan(name: str, lines: list[dict]) -> None:
    if name == "person":
        lines[3]["unit_id"] = 999


@pytest.mark.parametrize(
    ("change_rows", "why"),
    [
        (raise_a_mood, "The ledger in this backup is broken at block 1"),
        (lose_a_person, "The database took not all|person.jsonl has not as many rows"),
        (double_a_person, "The database took not all of the backup"),
        (forget_a_column, "A row of tablet has other columns"),
        (write_a_name_as_a_number, "A row of person has no sensible name"),
        (orphan, "The database took not all of the backup"),
    ],
)
def test_a_backup_that_somebody_changed_is_refused(
    told: House, there: House, tmp_path: Path, change_rows: Callable[[str, list[dict]], None], why: str
):
    backup.write(told.engine, tmp_path / "a.zip")

    refused(told, there, rewritten(tmp_path / "a.zip", change_rows), why)


def test_a_backup_of_other_tables_is_refused(told: House, there: House, tmp_path: Path):
    backup.write(told.engine, tmp_path / "a.zip")

    newer = rewritten(tmp_path / "a.zip", nothing, revision="0042", version="9.1.0")
    refused(told, there, newer, "of another version of Second Wind .9.1.0, schema 0042., which this")
    older = rewritten(tmp_path / "a.zip", nothing, revision="0001")
    refused(told, there, older, "does not have the tables that it should")
    lying = rewritten(tmp_path / "a.zip", nothing, with_pending=True)
    refused(told, there, lying, "does not have the tables that it should")


def test_a_row_too_many_is_noticed(told: House, there: House, tmp_path: Path):
    backup.write(told.engine, tmp_path / "a.zip")

    def add_an_entry(name: str, lines: list[dict]) -> None:
        if name == "list_entry":
            lines.append({"list_name": "area", "key": "x", "label": "X", "position": 1, "retired_on": None})

    refused(told, there, rewritten(tmp_path / "a.zip", add_an_entry), "list_entry.jsonl has not as many rows")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_file_that_was_cut_short_is_refused(told: House, there: House, tmp_path: Path, share: float):
    backup.write(told.engine, tmp_path / "a.zip")
    whole = (tmp_path / "a.zip").read_bytes()
    (tmp_path / "a.zip").write_bytes(whole[: int(len(whole) * share)])

    refused(told, there, tmp_path / "a.zip", "is not a whole backup: it is damaged, cut short")


def test_trouble_of_the_database_undoes_everything(
    told: House, there: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    backup.write(told.engine, tmp_path / "a.zip")

    def full(_connection: sa.Connection, _told: object) -> None:
        raise DBAPIError("INSERT", None, OSError("disk full"))

    monkeypatch.setattr(restoring, "_note", full)

    refused(told, there, tmp_path / "a.zip", "The database took not all of the backup .OSError.")
    assert empty(there)


def test_the_database_still_refuses_to_change_what_was_restored(told: House, there: House, tmp_path: Path):
    backup.write(told.engine, tmp_path / "a.zip")
    restore(there.engine, there.server_key, tmp_path / "a.zip")

    with pytest.raises(DBAPIError, match="append-only"):
        change(there, sa.delete(Block))
