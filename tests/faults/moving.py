"""The trial of moving a site to the other kind of database: at no moment do two release the same answers."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from tests.answers import everything
from tests.faults.drills import Act, End, Stand, Workshop, command
from tests.faults.trials import Trial, revision, whole
from wellbeing import backup, moved


def transfers(stand: Stand, at: datetime, reporting: str) -> Trial:
    """The whole site moves to the other kind of database."""
    with stand.house() as house:
        before = everything(house) | {"regular_work": []}

    def ready(workshop: Workshop, stand: Stand) -> Stand:
        if stand.config.is_sqlite:
            return replace(stand, beside=workshop.new())
        return replace(stand, beside=f"sqlite:///{stand.config.instance / 'new.db'}")

    def act(stand: Stand) -> Act:
        words = ["transfer", "--to", stand.beside, "--yes"]
        if stand.config.is_sqlite:
            database = sa.make_url(stand.beside).database
            words += ["--reporting", sa.make_url(reporting).set(database=database).render_as_string()]
        return command(*words)

    def left(stand: Stand, end: End) -> str:
        whole(stand)
        with stand.house() as house:
            with house.engine.connect() as connection:
                closed = moved.is_moved(connection)
            old = everything(house) | {"regular_work": []}
        new = _arrived(stand)
        assert new in (None, before), "something is half moved"
        assert closed or new is None, "two databases would release the same answers"
        given_up = {name: [] if name in backup.ANSWERS else before[name] for name in before}
        if new is None:
            assert old == before
        else:
            assert old == before or _without_keys(old) == _without_keys(given_up)
        assert new or end.told.get("exit") != 0
        return "there" if new else "closed" if closed else ""

    def finished(stand: Stand, end: End) -> None:
        assert end.told["exit"] == 0, end.told["output"]
        assert left(stand, end) == "there"
        with stand.house() as house:
            old = everything(house)
        assert not any(old[name] for name in backup.ANSWERS), "answers wait in two places"

    return Trial(at, act, left, finished, ready=ready)


def _arrived(stand: Stand) -> dict[str, list[tuple]] | None:
    """Return every row of the new database; None while there is nothing in it."""
    target = replace(stand, config=replace(stand.config, database_url=stand.beside))
    file = Path(stand.beside.removeprefix("sqlite:///"))
    if stand.beside.startswith("sqlite") and not file.exists():
        return None
    with target.house() as house:
        if revision(house) == "none":
            return None
        return everything(house) | {"regular_work": []}


def _without_keys(found: dict[str, list[tuple]]) -> dict[str, list[tuple]]:
    return found | {"epoch": [epoch[:5] + epoch[6:] for epoch in found["epoch"]]}
