"""At rest: somebody has copies of everything that lies still after a tick, and looks for who said what.

The files of the database with what was deleted from them, a dump of every table, the logs and the backups.
"""

import logging
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest
import sqlalchemy as sa
from flask import Flask
from psycopg import sql

from tests.answers import House, blocks, change, epoch_of, house_of, rows, say, tick
from tests.attacks.findings import Report
from tests.attacks.worlds import begin_diaries
from tests.cast import TEAMS
from tests.fixtures.postgres_server import Server
from wellbeing import backup, keys, shuffle
from wellbeing.models.base import db
from wellbeing.models.epochs import Epoch, LedgerKind
from wellbeing.models.pending import Dimension, Pending, PendingDetail, PendingSpillover
from wellbeing.storage import SQLITE_PRAGMAS

COUNTER = TEAMS["Service counter"][1:]
SHOWROOM = TEAMS["Showroom"][1:4]
ROUGH = {"mood": 2, "rough": True, "details": ((Dimension.SEVERITY, "hard"), (Dimension.CAUSE, "waiting"))}
WEEKS_UNTIL_NOTHING_WAITS = 17

Traces = Mapping[bytes, str]


@dataclass(frozen=True)
class Loot:
    """A site, and how to get at everything of it that lies still; what is taken goes ``elsewhere``."""

    house: House
    folder: Path
    elsewhere: Path
    server: Server | None
    log: pytest.LogCaptureFixture

    def places(self) -> dict[str, bytes]:
        """Return everything that somebody who copies disks could have, by where it is from."""
        files = _relations(self.server, self.house) if self.server else _files(self.folder)
        return {
            "the database's files": files,
            "a dump": _dump(self.house),
            "the log": self.log.text.encode() + (_log(self.server) if self.server else b""),
            "a backup": self._backup(with_pending=False),
            "a backup of everything": self._backup(with_pending=True),
        }

    def _backup(self, with_pending: bool) -> bytes:
        path = self.elsewhere / f"{keys.new_id().hex()}.zip"
        backup.write(self.house.engine, path, with_pending)
        with ZipFile(path) as found:
            return path.read_bytes() + b"".join(found.read(name) for name in found.namelist())


def _files(folder: Path) -> bytes:
    """Return the SQLite file with its free pages, its log and its index, and whatever else was left there."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def _relations(server: Server, house: House) -> bytes:
    """Return the files of a PostgreSQL database: tables, indexes, catalogue, dead rows and statistics."""
    server.run(sql.SQL("CHECKPOINT"))  # type: ignore[arg-type]
    with house.engine.connect() as connection:
        oid = connection.exec_driver_sql(
            "SELECT oid FROM pg_database WHERE datname = current_database()"
        ).scalar_one()
    return _files(server.folder / "data" / "base" / str(oid))


def _log(server: Server) -> bytes:
    return (server.folder / "log").read_bytes()


def _dump(house: House) -> bytes:
    if house.engine.dialect.name == "postgresql":
        with house.engine.connect() as connection:
            cursor = connection.connection.cursor()
            parts = []
            for table in db.metadata.sorted_tables:
                with cursor.copy(f"COPY {table.name} TO STDOUT") as copied:
                    parts += [bytes(part) for part in copied]
        return b"".join(parts)
    return "\n".join(sqlite3.connect(house.engine.url.database).iterdump()).encode()


def traces(house: House) -> dict[bytes, str]:
    """Return everything by which an answer of the first week and month could be led back to somebody."""
    found: dict[bytes, str] = {}
    weekly, detail = (epoch_of(house, 1, ledger) for ledger in LedgerKind)
    for epoch in (weekly, detail):
        found[epoch.wrapped_key] = "a wrapped key"
        found[keys.unwrapped(house.server_key, epoch.wrapped_key)] = "a key"
    key, detail_key = (keys.unwrapped(house.server_key, epoch.wrapped_key) for epoch in (weekly, detail))
    for person in house.cast.people.values():
        found[keys.contributor(key, person)] = "a pseudonym"
        found[keys.shift_name(key, person)] = "the name of a shift"
        for dimension in (*Dimension, "spillover"):
            found[keys.detail_contributor(detail_key, dimension, person)] = "a pseudonym of the detail"
    for table in (Pending, PendingDetail, PendingSpillover):
        found |= {row.id: "a row's id" for row in rows(house, table)}
    return found


def found_in(places: Mapping[str, bytes], wanted: Traces) -> set[tuple[str, str]]:
    """Return what was found where: as bytes, as hexadecimal digits, or as a dump writes them."""
    return {
        (what, place)
        for place, content in places.items()
        for trace, what in wanted.items()
        if trace in content or trace.hex().encode() in content or trace.hex().upper().encode() in content
    }


LootOf = Callable[[Flask], Loot]


@pytest.fixture
def loot_of(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, caplog: pytest.LogCaptureFixture
) -> LootOf:
    """Whoever will get at all that an app's site leaves behind; made within the app's context."""
    caplog.set_level(logging.INFO)

    def of(app: Flask) -> Loot:
        config = app.extensions["config"]
        server = None if config.is_sqlite else request.getfixturevalue("postgres_server")
        return Loot(house_of(app), config.instance, tmp_path_factory.mktemp("elsewhere"), server, caplog)

    return of


@pytest.fixture
def loot(any_app: Flask, loot_of: LootOf) -> Iterator[Loot]:
    """A site in its first week, and whoever will get at it, on both databases."""
    with any_app.app_context():
        yield loot_of(any_app)


def a_week_passes(loot: Loot) -> Traces:
    """Let a team and a few others answer and the tick come; return the traces of all that is over then."""
    house = loot.house
    begin_diaries(house, COUNTER[:3])
    for name in (*COUNTER, *SHOWROOM):
        say(house, name, **ROUGH)
        say(house, name, mood=4)
    if loot.server:  # Autovacuum takes samples of columns, by itself and at any time.
        with house.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")
    wanted = traces(house)
    tick(house, 1)
    assert [block.people_floor for block in blocks(house)] == [8]
    waits_on = {row.id for table in (Pending, PendingDetail, PendingSpillover) for row in rows(house, table)}
    detail = epoch_of(house, 1, LedgerKind.DETAIL).wrapped_key
    monthly = {detail, keys.unwrapped(house.server_key, detail)}
    return {
        trace: what
        for trace, what in wanted.items()
        if trace not in waits_on | monthly and what != "a pseudonym of the detail"
    }


def test_after_a_tick_nothing_leads_from_its_answers_to_anybody(loot: Loot, finding: Report):
    wanted = a_week_passes(loot)
    assert {"a key", "a wrapped key", "a pseudonym", "the name of a shift", "a row's id"} == set(
        wanted.values()
    )

    found = found_in(loot.places(), wanted)

    assert found == set()
    finding(
        "at rest",
        "no key, pseudonym or row id of a released answer in any of them",
        f"{named_answers_in_an_everyday_file(loot.elsewhere)} of 8 deleted answers in the file, with names",
        "database files and what was deleted in them, dumps, logs, backups; SQLite and PostgreSQL",
    )


def named_answers_in_an_everyday_file(folder: Path) -> int:
    """Return how many of eight deleted answers can be read in the file of an everyday database."""
    path = folder / "everyday.db"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("CREATE TABLE answer (person TEXT, mood TEXT)")
        said = [(name, f"feels {number}") for number, name in enumerate(COUNTER[:8], start=1)]
        connection.executemany("INSERT INTO answer VALUES (?, ?)", said)
        connection.commit()
        connection.execute("DELETE FROM answer")
        connection.commit()
    connection.close()
    content = path.read_bytes()
    return sum(f"{name}{mood}".encode() in content for name, mood in said)


def test_once_the_four_weeks_of_detail_are_over_nothing_of_them_is_left(loot: Loot):
    house = loot.house
    for name in (*COUNTER, *SHOWROOM):
        say(house, name, **ROUGH)
        say(house, name, mood=4)
    wanted = traces(house)

    for number in range(1, WEEKS_UNTIL_NOTHING_WAITS + 1):
        tick(house, number)

    assert [rows(house, table) for table in (Pending, PendingDetail, PendingSpillover)] == [[], [], []]
    assert found_in(loot.places(), wanted) == set()


def test_no_table_has_a_person_and_an_answer_in_one_row():
    said = {"mood", "rough", "break_taken", "category", "follows_rough", "break_between", "rough_at"}
    for table in db.metadata.sorted_tables:
        people = {foreign.column.table.name for foreign in table.foreign_keys} & {
            "person",
            "sign_in",
            "tablet",
        }
        assert not (people and said & set(table.columns.keys())), table.name


def test_pictures_and_files_that_are_downloaded_leave_nothing_on_the_disk(
    app: Flask, house: House, client, sign_in: Callable, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    for name in COUNTER:
        say(house, name)
    tick(house, 1)
    db.session.rollback()
    elsewhere = tmp_path / "temporary"
    elsewhere.mkdir()
    monkeypatch.setenv("TMPDIR", str(elsewhere))
    monkeypatch.setattr("tempfile.tempdir", str(elsewhere))
    before = files_beside_the_database(tmp_path)
    sign_in(client, "hilde")
    db.session.rollback()

    pages = [rule.rule for rule in app.url_map.iter_rules() if "GET" in rule.methods and not rule.arguments]
    answers = [client.get(page).status_code for page in pages]

    assert answers.count(200) > 5
    assert files_beside_the_database(tmp_path) == before


def files_beside_the_database(folder: Path) -> set[Path]:
    """Return what lies in a site's folder, without the database and the empty file that its writers lock."""
    return {path for path in folder.rglob("*") if not path.name.startswith(("test.db", "writers.lock"))}


# What follows shows that the search finds what is there.


def test_a_database_that_only_forgets_where_deleted_rows_are_is_found_out(
    app: Flask, loot_of: LootOf, monkeypatch: pytest.MonkeyPatch
):
    careless = [pragma for pragma in SQLITE_PRAGMAS if "secure_delete" not in pragma]
    monkeypatch.setattr("wellbeing.storage.SQLITE_PRAGMAS", (*careless, "PRAGMA secure_delete = OFF"))
    with app.app_context():
        db.engine.dispose()
        loot = loot_of(app)
        wanted = a_week_passes(loot)
        found = found_in(loot.places(), wanted)

    assert ("a pseudonym", "the database's files") in found


def test_a_key_that_was_kept_is_found_out(loot: Loot):
    house = loot.house
    kept = epoch_of(house, 1).wrapped_key
    wanted = a_week_passes(loot)

    change(house, sa.update(Epoch).where(Epoch.id == epoch_of(house, 1).id).values(wrapped_key=kept))

    where = {place for what, place in found_in(loot.places(), wanted) if what == "a wrapped key"}
    assert where == {"the database's files", "a dump", "a backup of everything"}


def test_a_log_that_tells_too_much_is_found_out(loot: Loot):
    pseudonym = rows_of_somebody(loot)
    wanted = a_week_passes(loot)

    logging.getLogger("wellbeing").warning("could not count %s", pseudonym.hex())

    assert found_in(loot.places(), wanted) == {("a pseudonym", "the log")}


def rows_of_somebody(loot: Loot) -> bytes:
    """Return the pseudonym under which Sol answers this week."""
    key = keys.unwrapped(loot.house.server_key, epoch_of(loot.house, 1).wrapped_key)
    return keys.contributor(key, loot.house.cast.people["Sol"])


def test_a_backup_of_everything_made_before_the_tick_is_found_out(loot: Loot):
    for name in COUNTER:
        say(loot.house, name)
    early = loot.places()["a backup of everything"]

    wanted = a_week_passes(loot)

    assert {what for what, _place in found_in({"early": early}, wanted)} >= {"a pseudonym", "a wrapped key"}


def test_without_the_shuffle_postgresqls_files_keep_what_was_deleted(
    postgres_app: Flask, loot_of: LootOf, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(shuffle, "shuffle", lambda engine: True)
    with postgres_app.app_context():
        loot = loot_of(postgres_app)
        wanted = a_week_passes(loot)
        found = found_in(loot.places(), wanted)

    assert {what for what, place in found if place == "the database's files"} >= {
        *("a pseudonym", "a row's id", "a wrapped key"),
    }


def test_a_catalogue_that_quotes_samples_is_found_out(postgres_app: Flask, loot_of: LootOf):
    with postgres_app.app_context():
        loot = loot_of(postgres_app)
        for table, column in (("pending", "contributor"), ("epoch", "wrapped_key")):
            sampled = f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS -1"
            change(loot.house, sa.text(sampled))
        wanted = a_week_passes(loot)
        found = found_in(loot.places(), wanted)

    assert found == {
        ("a pseudonym", "the database's files"),
        ("a wrapped key", "the database's files"),
    }
