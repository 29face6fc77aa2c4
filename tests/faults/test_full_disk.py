"""A tick on a disk that is full: all or nothing, and an error that names no person and no figure."""

import re
import sqlite3
import traceback
from itertools import count

import pytest
import sqlalchemy as sa

from tests.answers import House, everything, rows
from tests.faults.copies import Copier, engine_of
from tests.faults.picture import assert_whole, milestones, picture
from tests.faults.processes import Runner
from tests.faults.scene import MONDAY, monday_morning
from wellbeing import jobs
from wellbeing.models.pending import Pending

PAGE = 4096
# The index of the log alone takes 32 KiB.
FIRST_LIMIT, LAST_LIMIT = 10 * PAGE, 400 * PAGE


def assert_it_names_nobody(text: str, house: House) -> None:
    assert "[SQL parameters hidden due to hide_parameters=True]" in text or "[SQL:" not in text
    for name in house.cast.people:
        assert re.search(rf"\b{name}\b", text) is None
    for row in rows(house, Pending):
        assert row.contributor.hex() not in text and repr(row.contributor) not in text


def with_small_pages(house: House) -> int:
    """Write the site's file anew in pages so small that every tick needs more of them; return how many."""
    house.engine.dispose()
    file = sqlite3.connect(str(house.engine.url.database), isolation_level=None)
    for statement in ("journal_mode = DELETE", "page_size = 512", "journal_mode"):
        file.execute(f"PRAGMA {statement}")
    file.execute("VACUUM")
    [pages] = file.execute("PRAGMA page_count").fetchone()
    file.close()
    return int(pages)


def limited(house: House, pages: int) -> sa.Engine:
    """Return an engine whose file may not have more than so many pages."""
    engine = engine_of(house.engine.url)
    sa.event.listen(
        engine, "connect", lambda found, _record: found.execute(f"PRAGMA max_page_count = {pages}")
    )
    return engine


def test_a_site_that_may_not_grow_by_another_page_keeps_all_or_nothing(house: House, copied: Copier):
    """The limit rises page by page, so that the tick ends at each page that it would have to add."""
    monday_morning(house)
    undisturbed = copied(house)
    expected = milestones(undisturbed, MONDAY)
    pages, failed, reached = with_small_pages(house), 0, 0

    for more in count():
        before = everything(house)
        try:
            jobs.run(limited(house, pages + more), house.server_key, MONDAY)
            break
        except sa.exc.OperationalError as error:
            failed += 1
            assert "database or disk is full" in str(error)
            assert_it_names_nobody("".join(traceback.format_exception(error)), house)
        assert_whole(house.engine)
        if everything(house) != before:
            reached += 1
            assert picture(house.engine, house.server_key) == expected[reached]

    assert failed >= 5
    assert picture(house.engine, house.server_key) == expected[-1]


@pytest.mark.timeout(600)
def test_a_disk_that_takes_no_more_of_the_log_keeps_all_or_nothing(
    house: House, processes: Runner, copied: Copier
):
    """The operating system refuses to let any file grow beyond a limit; each time it is a little higher."""
    monday_morning(house)
    expected = milestones(copied(house), MONDAY)
    reached = [expected[0]]

    for limit in range(FIRST_LIMIT, LAST_LIMIT, PAGE):
        [end] = processes.run(house, MONDAY, file_limit=limit)
        assert_whole(house.engine)
        assert_it_names_nobody(end.error, house)
        reached.append(picture(house.engine, house.server_key))
        if end.code == 0 or reached[-1] == expected[-1]:
            break
    stages = [expected.index(found) for found in reached]

    assert stages == sorted(stages)
    assert len(stages) >= len(set(stages)) + 3, "the limit never ended a transaction"
    [end] = processes.run(house, MONDAY)
    assert end.code == 0
    assert picture(house.engine, house.server_key) == expected[-1]
