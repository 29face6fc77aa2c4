"""A diary is written, sealed anew, undone and moved at once: no entry is lost, doubled or brought back."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.answers import House, rows, say
from tests.cast import NOW, PASSWORD
from wellbeing import shuffle, withdraw
from wellbeing.diary import opening
from wellbeing.diary.opening import Begun
from wellbeing.diary.retention import change_days
from wellbeing.models.base import db
from wellbeing.models.diary import DiaryEntry

ACTS, CHANGES = 40, 8
OWNERS = ("Sol", "Noor")


@pytest.mark.timeout(600)
def test_whatever_happens_at_once_every_entry_is_there_once(any_house: House):
    begun = {name: begin(any_house, name) for name in OWNERS}
    troubles: list[BaseException] = []
    moved: list[bool] = []
    over = threading.Event()

    def tell(name: str) -> None:
        for minute in range(ACTS):
            say(any_house, name, NOW + timedelta(minutes=minute), mood=1 + minute % 5)

    def tell_and_undo() -> None:
        for minute in range(ACTS):
            recorded = say(any_house, "Noor", NOW + timedelta(minutes=minute), mood=1)
            handle = withdraw.handle(any_house.server_key, recorded, NOW)
            with any_house.engine.begin() as connection:
                withdraw.undo(connection, any_house.server_key, handle or "", NOW)

    def seal_anew() -> None:
        for number in range(CHANGES):
            with any_house.engine.begin() as connection:
                days, person = (180, 365)[number % 2], any_house.cast.people["Sol"]
                change_days(connection, any_house.server_key, person, begun["Sol"].private, days, 30)

    def keep_moving() -> None:
        while not over.wait(0.01):
            shuffle.shuffle(any_house.engine)
            moved.append(shuffle.shuffle_diaries(any_house.engine))

    def tried(act: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            try:
                act()
            except BaseException as trouble:
                troubles.append(trouble)

        return run

    acts = [lambda: tell("Sol"), lambda: tell("Noor"), tell_and_undo, seal_anew]
    people = [threading.Thread(target=tried(act)) for act in acts]
    moving = threading.Thread(target=tried(keep_moving))
    for thread in (*people, moving):
        thread.start()
    for thread in people:
        thread.join()
    over.set()
    moving.join()

    assert troubles == [] and any(moved)
    for name in OWNERS:
        assert moods(any_house, name, begun[name]) == sorted(1 + minute % 5 for minute in range(ACTS))
    assert len({row.id for row in rows(any_house, DiaryEntry)}) == len(rows(any_house, DiaryEntry))


def begin(house: House, name: str) -> Begun:
    found = opening.begin(db.session(), house.cast.people[name], PASSWORD)
    db.session.commit()
    return found


def moods(house: House, name: str, begun: Begun) -> list[int | None]:
    with house.engine.connect() as connection:
        found = opening.read(connection, house.server_key, house.cast.people[name], begun.private)
    return sorted((one.entry.mood for one in found), key=lambda mood: mood or 0)


def test_an_undo_and_a_new_seal_of_one_entry_leave_it_once_or_not_at_all(any_house: House):
    """The undo that comes after knows the entry by an id that is gone; its owner can still take it away."""
    begun = begin(any_house, "Sol")
    recorded = say(any_house, "Sol", mood=2)
    handle = withdraw.handle(any_house.server_key, recorded, NOW)

    def undo() -> None:
        with any_house.engine.begin() as connection:
            withdraw.undo(connection, any_house.server_key, handle or "", NOW)

    undoing = threading.Thread(target=undo)
    with any_house.engine.begin() as connection:
        person = any_house.cast.people["Sol"]
        change_days(connection, any_house.server_key, person, begun.private, 365, 30)
        undoing.start()
        connection.execute(sa.text("SELECT 1"))
    undoing.join()

    assert moods(any_house, "Sol", begun) in ([2], [])
