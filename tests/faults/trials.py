"""What is killed in the drills, and what must be true of the site afterwards.

``left`` looks at what a killed process left, knowing what it had acknowledged, and returns how far it had
come; ``finished`` looks at what stands once the same was done again. Both are asserted for each copy.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from flask import Flask

from tests.answers import House, everything
from tests.cast import NOW, TOKEN, pin_of
from tests.faults.drills import Act, End, Stand, Tell, Workshop, command, perform
from tests.faults.picture import assert_whole, milestones, picture, recorded
from tests.faults.scene import MONDAY
from tests.faults.wholeness import backups_that_open, clips_whole, essence, ledgers_whole, noted_backups
from tests.fixtures.first_release.standing import every_row
from wellbeing import readiness, schema

QUEUE: tuple[tuple[str, dict[str, object]], ...] = (
    ("Noor", {"act": "rough", "mood": 2, "severity": "hard"}),
    ("Bea", {"act": "check_in", "mood": 3}),
    ("Noor", {"act": "back", "mood": 5}),
)


@dataclass(frozen=True)
class Trial:
    """One thing that is done and killed, at a site of its own."""

    at: datetime
    act: Callable[[Stand], Act]
    left: Callable[[Stand, End], object]
    finished: Callable[[Stand, End], None]
    # How it went undisturbed, where that was tried already.
    whole: End | None = None
    # Makes what else a copy needs, such as another database.
    ready: Callable[[Workshop, Stand], Stand] = lambda _workshop, stand: stand


def whole(stand: Stand) -> None:
    """Check what holds whatever was killed."""
    with stand.house() as house:
        ledgers_whole(house.engine)
    backups_that_open(stand)
    clips_whole(stand)


# Check-ins at a tablet.


def check_ins(workshop: Workshop, stand: Stand) -> Trial:
    """Three acts at the counter, one after the other; each is acknowledged to the tablet."""
    stages = []
    for first in range(len(QUEUE) + 1):
        with workshop.copy(stand) as copy:
            done = perform(copy, _acts(copy, first), NOW)
            with copy.house() as house:
                stages.append(recorded(house))

    def left(stand: Stand, end: End) -> int:
        whole(stand)
        with stand.house() as house:
            assert_whole(house.engine)
            reached = stages.index(recorded(house))
        heard = sum(map(str.isdigit, end.told))
        assert reached - heard in (0, 1), "an acknowledged answer is lost, or one is there twice"
        return reached

    def finished(stand: Stand, end: End) -> None:
        assert list(end.told) == ["0", "1", "2"], end.told
        assert left(stand, end) == len(QUEUE)

    return Trial(NOW, _acts, left, finished, done)


def _acts(stand: Stand, first: int = len(QUEUE)) -> Act:
    def act(app: Flask, tell: Tell) -> None:
        tablet, headers = app.test_client(), {"Authorization": f"Bearer {TOKEN}"}
        for number, (name, fields) in enumerate(QUEUE[:first]):
            who = {"id": f"act-{number}", "person": stand.cast.people[name], "pin": pin_of(name)}
            answer = tablet.post("/counter/act", json=who | fields, headers=headers)
            if answer.status_code != 200:
                tell({"refused": answer.status_code, "output": answer.json["error"]})
                return
            tell({str(number): "saved"})

    return act


# Ticks.


def ticks(workshop: Workshop, stand: Stand) -> Trial:
    """Two weekly ticks and a four-week one, each a transaction."""
    with workshop.copy(stand) as copy, copy.house() as house:
        stages = milestones(house, MONDAY)

    def left(stand: Stand, _end: End) -> int:
        whole(stand)
        with stand.house() as house:
            assert_whole(house.engine)
            return stages.index(picture(house.engine, house.server_key))

    def finished(stand: Stand, end: End) -> None:
        assert end.told["exit"] == 0, end.told["output"]
        assert left(stand, end) == len(stages) - 1

    return Trial(MONDAY, lambda _stand: command("jobs", "run"), left, finished)


# Backups.


def backups(stand: Stand, at: datetime) -> Trial:
    """A backup to its usual place."""
    with stand.house() as house:
        before = essence(house)
        assert before["audit_entry"] == []

    def left(stand: Stand, end: End) -> int:
        whole(stand)
        with stand.house() as house:
            assert essence(house) == before
            noted = noted_backups(house)
        files = backups_that_open(stand)
        assert noted <= files, "a backup was noted that is not there"
        assert files >= (end.told.get("exit") == 0), "a backup that was acknowledged is not there"
        return files + noted

    def finished(stand: Stand, end: End) -> None:
        assert end.told["exit"] == 0, end.told["output"]
        assert left(stand, end) >= 2

    return Trial(at, lambda _stand: command("backup"), left, finished)


# Restores.


def restores(workshop: Workshop, stand: Stand, at: datetime, file: Path) -> Trial:
    """A backup into an empty database."""
    return _restoring(workshop, stand, at, command("restore", str(file)))


def replacing(workshop: Workshop, stand: Stand, at: datetime, file: Path) -> Trial:
    """A backup in the place of a site that went on since."""
    words = ("restore", str(file), "--replace", "--give-up-waiting", "--yes")
    return _restoring(workshop, stand, at, command(*words))


def _restoring(workshop: Workshop, stand: Stand, at: datetime, act: Act) -> Trial:
    with stand.house() as house:
        before, rows = essence(house), everything(house)
    with workshop.copy(stand) as copy:
        done = perform(copy, act, at)
        assert done.told["exit"] == 0, done.told["output"]
        with copy.house() as house:
            after = essence(house)
    assert after != before

    def left(stand: Stand, end: End) -> bool:
        whole(stand)
        with stand.house() as house:
            found = essence(house)
            assert found in (before, after), "something is half restored"
            assert found == after or everything(house) == rows
        assert found == after or end.told.get("exit") != 0
        return found == after

    def finished(stand: Stand, end: End) -> None:
        # Into an empty database nothing is restored twice.
        assert end.told["exit"] == 0 or "--replace" in end.told["output"], end.told["output"]
        assert left(stand, replace(end, told={}))

    return Trial(at, lambda _stand: act, left, finished, done)


# Upgrades.


def upgrades(stand: Stand, at: datetime) -> Trial:
    """The first release's database becomes today's."""
    with stand.house() as house:
        before, first = every_row(house), revision(house)

    def left(stand: Stand, end: End) -> bool:
        whole(stand)
        with stand.house() as house:
            found = revision(house)
            assert found in (first, schema.newest())
            assert every_row(house, before if found != first else None) == before
        assert found != first or end.told.get("exit") != 0
        return found != first

    def finished(stand: Stand, end: End) -> None:
        assert end.told["exit"] == 0, end.told["output"]
        assert left(stand, end)

    return Trial(at, lambda _stand: command("upgrade"), left, finished)


def revision(house: House) -> str:
    """Return the newest migration that a house's database has seen."""
    with house.engine.connect() as connection:
        return readiness.revision(connection)
