"""Attacks on the check-up: twin worlds, a watcher and column classes, where replies are all that differs."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from zipfile import ZipFile

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.answers import House, change, rows
from tests.attacks import crawl
from tests.attacks.clones import Clones
from tests.attacks.crawl import Crawled
from tests.attacks.worlds import Worlds, readable
from tests.cast import TEAMS
from tests.quarters import MARCH, NO, PARTLY, YES, opened, run_jobs, take_back, tell, tell_all, three
from wellbeing import backup
from wellbeing.models import access_log
from wellbeing.models.access_log import AccessEntry
from wellbeing.models.checkup import CheckupBlock, QuarterKey, Reply
from wellbeing.models.pending import PendingCheckup
from wellbeing.permissions import VIEWER_ROLES

pytestmark = pytest.mark.timeout(900)
# Jun looks on, as everywhere among the attacks.
SERVICE = [name for name in TEAMS["Service counter"] if name not in ("Alba", "Jun")]
SHOWROOM = [name for name in TEAMS["Showroom"] if name != "Max"]
AFTER_THE_TICK = datetime(2026, 4, 6, 9, 0, tzinfo=UTC)
NEXT_QUARTER = AFTER_THE_TICK + timedelta(days=3)
OF_THE_CHECK_UP = ("checkup", "checkup_results", "team.team_mood", "monday.sheet", "notes.notes", "metrics")

Story = Callable[[House], None]
REPLIES: Mapping[str, tuple[Reply, ...]] = {"headline": (YES,) * 5 + (NO,) * 4, "area-parts": (YES,) * 9}


def said_by(house: House, names: list[str], now: datetime = MARCH) -> None:
    """Let nine people reply, some with yes, and all of them to an item with three questions."""
    for at, name in enumerate(names[:9]):
        for item, words in REPLIES.items():
            tell(house, name, words[at], item, now)
        tell_all(house, name, {"small-call": three(YES if at < 4 else NO, PARTLY, YES)}, now)


def ordinary(house: House) -> None:
    """Nine of the service counter reply, and four of the showroom, who go up and are too few."""
    said_by(house, SERVICE)
    for name in SHOWROOM[:4]:
        tell(house, name, YES)


def other_owners(house: House) -> None:
    """Every reply is somebody else's, somebody else is silent, and all of them go up elsewhere."""
    said_by(house, [*SERVICE[1:], SERVICE[0]][::-1])
    for name in SHOWROOM[3:7]:
        tell(house, name, NO)


def other_replies(house: House) -> None:
    """One person more says partly instead of no, and two votes change places."""
    ordinary(house)
    tell(house, SERVICE[8], PARTLY)
    tell(house, SERVICE[0], NO)
    tell(house, SERVICE[5], YES)


def with_edits(house: House) -> None:
    """Everybody first said something else, or took everything back once."""
    for name in (*SERVICE, *SHOWROOM):
        tell(house, name, NO)
        tell(house, name, NO, "small-note")
        take_back(house, name)
    ordinary(house)


def full_pools(house: House) -> None:
    """In the next check-up, which is not over, everybody has replied."""
    ordinary(house)
    run_jobs(house, AFTER_THE_TICK)
    for name in (*SERVICE, *SHOWROOM):
        tell(house, name, NO, now=AFTER_THE_TICK)


def looked_at(worlds: Worlds, story: Story) -> tuple[dict[str, str], Crawled]:
    """Live through a story and return what can be read and seen after its tick, in the next check-up."""
    with worlds.world() as (app, house):
        opened(house)
        story(house)
        run_jobs(house, AFTER_THE_TICK)
        assert len(rows(house, CheckupBlock)) == 5
        with time_machine.travel(NEXT_QUARTER, tick=False), only_pages_of_the_check_up():
            pages = crawl.crawl(app, house.cast)
        with app.app_context():
            return readable(), pages


@contextmanager
def only_pages_of_the_check_up() -> Iterator[None]:
    """Leave out routes that have nothing to do with it: other tests crawl them."""
    with pytest.MonkeyPatch.context() as patch:
        every = crawl.addresses
        patch.setattr(crawl, "addresses", lambda app, cast: _of_it(app, every(app, cast)))
        patch.setattr(crawl, "_bad_forms", lambda *_given: {})
        patch.setattr(crawl, "_counter", lambda *_given: {})
        yield


def _of_it(app: Flask, addresses: list[str]) -> list[str]:
    match = app.url_map.bind("").match
    return [
        address for address in addresses if match(address.partition("?")[0])[0].startswith(OF_THE_CHECK_UP)
    ]


@pytest.mark.parametrize("twin", [other_owners, other_replies, with_edits, full_pools])
def test_nobody_can_tell_two_worlds_with_the_same_words_apart(sqlite_worlds: Worlds, twin: Story):
    (columns, pages), (columns_of_twin, pages_of_twin) = (
        looked_at(sqlite_worlds, story) for story in (ordinary, twin)
    )

    assert columns == columns_of_twin
    assert crawl.differences(pages, pages_of_twin) == []
    assert {200, 302, 404} <= {page.status for page in pages.values()}
    assert b"greatest asset" in pages["staff: GET /team/3/checkup?lang=en"].body


def test_on_postgresql_neither(postgres_worlds: Worlds):
    assert looked_at(postgres_worlds, ordinary) == looked_at(postgres_worlds, other_owners)


def test_the_worlds_differ_for_whoever_could_read_what_waits(sqlite_worlds: Worlds):
    """An attack that sees nothing would prove nothing: another word is another page."""

    def all_no(house: House) -> None:
        said_by(house, SERVICE)
        for name in SERVICE[:9]:
            tell(house, name, NO)

    (columns, pages), (columns_of_other, pages_of_other) = (
        looked_at(sqlite_worlds, story) for story in (ordinary, all_no)
    )
    assert columns != columns_of_other
    assert "staff: GET /team/3/checkup?lang=en" in crawl.differences(pages, pages_of_other)


def test_a_watcher_sees_no_byte_change_while_people_reply(sqlite_worlds: Worlds):
    with sqlite_worlds.world() as (app, house):
        opened(house)
        everybody_has_looked(house)
        with app.app_context():
            before = readable()
        seen = _seen(app, house)
        for number, name in enumerate((*SERVICE, *SHOWROOM)):
            tell(house, name, NO if number % 2 else YES)
            tell_all(house, name, {"small-call": three(YES, NO, PARTLY)})
            if number % 3 == 0:
                take_back(house, name)
            with app.app_context():
                assert readable() == before
        assert crawl.differences(seen, _seen(app, house)) == []


def _seen(app: Flask, house: House) -> Crawled:
    with time_machine.travel(MARCH, tick=False), only_pages_of_the_check_up():
        return crawl.crawl(app, house.cast)


def everybody_has_looked(house: House) -> None:
    """Fill the day's log of looks: the watcher's first round is such an act."""
    looks = product(house.cast.units.values(), VIEWER_ROLES, access_log.Act)
    new = [{"day": MARCH.date(), "unit_id": unit, "role": role, "act": act} for unit, role, act in looks]
    change(house, sa.insert(AccessEntry).values(new))


# Seven who have a word of their own, and five of two teams who go up and have one together.
GROUPS = (SERVICE[:7], [*SHOWROOM[:3], "Uma", "Vic"])


def test_each_reply_changes_the_same_words_as_those_of_four_others_at_least(clones: Clones):
    """In copies of the site each reply is turned round; what then differs is the reply's column."""
    columns: dict[str, set[tuple[int, str]]] = {name: set() for group in GROUPS for name in group}
    for yes in (2, 3):
        before = _words_with(clones, yes)
        for name in columns:
            after = _words_with(clones, yes, name)
            columns[name] |= {(yes, place) for place in before if before[place] != after[place]}
    alike: dict[frozenset[str], set[str]] = {}
    for name, changed in columns.items():
        alike.setdefault(frozenset(place for _yes, place in changed), set()).add(name)

    assert {place for column in alike for place in column} == {"Service counter", "Harbour Motors"}
    assert sorted(len(people) for people in alike.values()) == [5, 7]


def _words_with(clones: Clones, yes: int, turned: str | None = None) -> dict[str, str]:
    """Return the word of each unit where so many of each group say yes, and one says the opposite."""
    with clones() as house:
        opened(house)
        for group in GROUPS:
            for at, name in enumerate(group):
                tell(house, name, YES if (at < yes) != (name == turned) else NO)
        run_jobs(house, AFTER_THE_TICK)
        names = {unit: name for name, unit in house.cast.units.items()}
        return {names[row.unit_id]: row.word.value for row in rows(house, CheckupBlock)}


def test_no_name_key_or_row_id_of_a_released_reply_is_left_in_the_file(clones: Clones, tmp_path: Path):
    with clones() as house:
        opened(house)
        ordinary(house)
        traces = [row.wrapped_key for row in rows(house, QuarterKey)]
        traces += [part for row in rows(house, PendingCheckup) for part in (row.id, row.contributor)]
        file = Path(str(house.engine.url.database))
        assert all(trace in _bytes(file) for trace in traces)
        take_back(house, SERVICE[0])
        run_jobs(house, AFTER_THE_TICK)
        backup.write(house.engine, tmp_path / "backup.zip", with_pending=True)
        house.engine.dispose()

        left = _bytes(file)
        assert [trace for trace in traces if trace in left] == []
        with ZipFile(tmp_path / "backup.zip") as found:
            assert found.read("pending_checkup.jsonl") == b""


def _bytes(file: Path) -> bytes:
    """Return a database's file with its log."""
    log = file.with_name(f"{file.name}-wal")
    return file.read_bytes() + (log.read_bytes() if log.exists() else b"")
