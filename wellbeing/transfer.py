"""Moves a whole site to another database, of either kind, with all that waits: all of it, or nothing.

The order matters: the old database is closed before the new one begins to exist, so that at no moment two of
them could release the same answers. A crash between the two leaves a closed site with all its rows and an
empty target, and the same command goes on from there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from wellbeing import clock, copying, full_disk, jobs, moved, readiness, regular, schema, stopped, tables
from wellbeing.backup import ANSWERS
from wellbeing.config import Config
from wellbeing.disclosure import chain, ledger
from wellbeing.doctor import chains
from wellbeing.migrations.grants import grant_all
from wellbeing.models.accounts import Person
from wellbeing.models.epochs import Epoch
from wellbeing.models.ledger import Block
from wellbeing.storage import prepare


class TransferRefused(Exception):
    """The site was not moved; the text says why, in a sentence."""


@dataclass(frozen=True)
class Moved:
    """What stands in the new database, and the digest of its newest block, the same as in the old one."""

    people: int
    blocks: int
    newest: str


def transfer(engine: sa.Engine, config: Config, target: Config) -> Moved:
    """Move a site to the database of ``target``; raise TransferRefused, with nothing moved."""
    if target.is_sqlite:
        _make_file(target)
    there = sa.create_engine(target.database_url, poolclass=sa.NullPool, hide_parameters=True)
    prepare(there)
    try:
        with _in_a_sentence():
            told = _moved(engine, config, there, target)
    finally:
        there.dispose()
    _give_up(engine)
    return told


def _make_file(target: Config) -> None:
    """Make a new SQLite file that only its owner can read, before anything is in it."""
    try:
        Path(sa.make_url(target.database_url).database or "").touch(mode=0o600)
    except OSError as error:
        raise TransferRefused(f"The new file cannot be made: {error.strerror}. Nothing was moved.") from None


@contextmanager
def _in_a_sentence() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        if full_disk.is_full(error):
            raise TransferRefused(full_disk.SENTENCE) from None
        why = type(error.orig).__name__
        raise TransferRefused(
            f"A database did not do its part ({why}): see that both answer and have room. Nothing was moved; "
            "if this site says that it has moved, give the same command again."
        ) from None
    except ValueError as error:
        raise TransferRefused(f"{error} Nothing was moved.") from None


def _moved(engine: sa.Engine, config: Config, there: sa.Engine, target: Config) -> Moved:
    with there.begin() as new:
        found = tables.standing(new)
        with stopped.writers_stopped(engine, config) as old:
            if readiness.revision(old) != schema.newest():
                raise TransferRefused("Run “flask upgrade” first, then move. Nothing was moved.")
            if moved.is_moved(old) and not moved.is_to(old, target.database_url):
                raise TransferRefused("This site was moved to another database already. Nothing was moved.")
            if moved.is_moved(old) and found and _has_arrived(old, new):
                return _told(new)  # What waits here is still to be given up.
            _check_empty(new, found)
            schema.migrate(new)
            copying.copy(old, new, _is_of_the_site)
            _compare(old, new)
            if not target.is_sqlite:
                grant_all(new, target)
            moved.mark(old, clock.now(), target.database_url)
            told = _told(new)
        # The old database is closed by now; from here on there is only the new one.
    return told


def _has_arrived(old: sa.Connection, new: sa.Connection) -> bool:
    """Tell whether both are one site: of the same blocks or, before the first one, of the same people."""
    here, there = (ledger.hashes(side) for side in (old, new))
    return here == there and (here != [] or _people(old) == _people(new) != [])


def _people(connection: sa.Connection) -> list[int]:
    return list(connection.execute(sa.select(Person.id).order_by(Person.id)).scalars())


def _check_empty(new: sa.Connection, found: list[sa.Table]) -> None:
    if any(new.execute(sa.select(table).limit(1)).first() for table in found):
        raise TransferRefused("There is something in the target already: give an empty database.")
    if found and readiness.revision(new) != schema.newest():
        raise TransferRefused("The target has tables of something else: give an empty database.")


def _is_of_the_site(table: str, row: copying.Row) -> bool:
    return table != "regular_work" or not str(row["name"]).startswith(regular.MOVED)


def _compare(old: sa.Connection, new: sa.Connection) -> None:
    here, there = (copying.digests(side, tables.known(), _is_of_the_site) for side in (old, new))
    broken = chains.broken(new)
    if here != there or broken:
        wrong = sorted({name for name in here if here[name] != there[name]} | set(broken))
        raise TransferRefused(f"Not everything arrived as it was ({', '.join(wrong)}). Nothing was moved.")


def _told(new: sa.Connection) -> Moved:
    people, blocks = (
        int(new.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())
        for table in (Person, Block)
    )
    newest = new.execute(sa.select(Block.hash).order_by(Block.position.desc()).limit(1)).scalar()
    return Moved(people, blocks, (newest or chain.START).hex())


def _give_up(engine: sa.Engine) -> None:
    """Delete what waits in the closed database, and the keys of it: it waits in the new one now."""
    with engine.begin() as old:
        for table in reversed(tables.known()):
            if table.name in ANSWERS:
                old.execute(sa.delete(table))
        old.execute(sa.update(Epoch).values(wrapped_key=None))
    jobs.truncate_log(engine)
