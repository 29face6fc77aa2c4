"""Export overlap: files of all periods, subtracted from each other, and downloaded again and again."""

import csv
import io
import json
import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import chain, combinations

import pytest
import time_machine
from flask import Flask
from openpyxl import load_workbook

from tests.answers import House, after_tick, in_week, tick
from tests.attacks import crawl, naive
from tests.attacks.findings import Report
from tests.attacks.naive import Said
from tests.attacks.stories import COUNTER, ORDINARY, SEEN_ON, WEEKS, check_in
from tests.attacks.worlds import Desk, Worlds, live
from wellbeing import erasure, moves, ratchet
from wellbeing.models.accounts import Person, Unit
from wellbeing.models.base import db
from wellbeing.ratchet import Values
from wellbeing.reports.exports import COLUMNS

RELEASED = WEEKS - 1
DAYS = 28
PERIODS = [(first, last) for first in range(1, RELEASED + 1) for last in range(first, RELEASED + 1)]

Choice = tuple[tuple[int, ...], tuple[int, int]]
Block = tuple[str, ...]


def choices(house: House) -> list[Choice]:
    """Return every file that HR can ask for: any units, any period of whole ticks."""
    units = sorted(house.cast.units.values())
    some = chain.from_iterable(combinations(units, number) for number in range(1, len(units) + 1))
    return [(chosen, period) for chosen in some for period in PERIODS]


def downloaded(app: Flask, asked: list[Choice], format: str = "csv") -> dict[Choice, bytes]:
    """Return the files that HR downloads."""
    with time_machine.travel(SEEN_ON, tick=False):
        browser = app.test_client()
        crawl.sign_in(browser, "Hilde")
        return {choice: _file(browser, choice, format) for choice in asked}


def _file(browser: object, choice: Choice, format: str) -> bytes:
    units, (first, last) = choice
    page = "/summaries/external.csv" if format == "external" else f"/summaries.{format}"
    answer = browser.get(page, query_string={"unit": units, "from": first, "to": last})
    assert answer.status_code == 200
    return answer.data


def blocks(file: bytes) -> set[Block]:
    """Return the lines of a file that are blocks, each whole."""
    lines = [line for line in file.decode("utf-8-sig").splitlines() if not line.startswith("#")]
    _columns, *rows = csv.reader(io.StringIO("\n".join(lines)))
    return {tuple(row) for row in rows}


@pytest.mark.timeout(900)
def test_one_file_taken_from_another_leaves_whole_blocks(worlds: Worlds, finding: Report):
    with worlds.world() as (app, house):
        live(app, house, ORDINARY)
        files = {choice: blocks(file) for choice, file in downloaded(app, choices(house)).items()}

    names = {number: name for name, number in house.cast.units.items()}
    every = files[tuple(sorted(names)), (1, RELEASED)]
    assert len(every) == 2 * RELEASED
    whole = {choice: {block for block in every if _is_in(block, choice, names)} for choice in files}
    assert files == whole
    pairs = 0
    for (one, inside), (other, outside) in combinations(files.items(), 2):
        pairs += 1
        assert inside - outside == whole[one] - whole[other]
        assert inside - outside <= every
    said = four_weeks_of_eight_people()
    known = naive.certain(said, DAYS)
    finding(
        "export overlap",
        "0 parts of a block; the same bytes for ever",
        f"{len(known)} of {len(said)} answers of a team of 8 known for certain",
        f"{pairs} pairs of {len(files)} files; downloads repeated after 7 events",
    )


def four_weeks_of_eight_people() -> list[Said]:
    """Return what an everyday dashboard keeps of a small team whose people answer twice a week."""
    dice = random.Random(0)
    return [
        Said(day, name, dice.randint(1, 5))
        for day in range(DAYS)
        for name in "ABCDEFGH"
        if dice.random() < 2 / 7
    ]


@pytest.mark.timeout(900)
def test_json_and_workbooks_hold_the_same_blocks_as_csv(worlds: Worlds):
    with worlds.world() as (app, house):
        live(app, house, ORDINARY)
        asked = [choice for choice in choices(house) if len(choice[0]) == 5]
        plain, programs, books = (downloaded(app, asked, format) for format in ("csv", "json", "xlsx"))

    for choice in asked:
        expected = blocks(plain[choice])
        assert blocks_of_json(programs[choice]) == expected
        assert blocks_of_workbook(books[choice]) == expected


def blocks_of_json(file: bytes) -> set[Block]:
    """Return the blocks of a JSON file as CSV has them, without their hashes."""
    found = json.loads(file)["blocks"]
    return {tuple(_plain(value) for key, value in block.items() if key != "hash") for block in found}


def blocks_of_workbook(file: bytes) -> set[Block]:
    """Return the lines of a workbook's data as CSV has them."""
    sheet = load_workbook(io.BytesIO(file))["data"]
    rows = sheet.iter_rows(min_row=2, max_col=len(COLUMNS), values_only=True)
    return {tuple(_plain(value) for value in row) for row in rows}


def _plain(value: object) -> str:
    if value is None:
        return ""
    return value.date().isoformat() if isinstance(value, datetime) else str(value)


def _is_in(block: Block, choice: Choice, names: dict[int, str]) -> bool:
    units, (first, last) = choice
    path, number = block[:2]
    return first <= int(number) <= last and path.split(" > ")[-1] in {names[unit] for unit in units}


def events(app: Flask, house: House) -> Iterator[Callable[[], None]]:
    """Yield what happens to a site after its files were downloaded, one thing after the other."""
    cast, now = house.cast, SEEN_ON + timedelta(hours=1)

    def more_answers() -> None:
        desk = Desk(app.test_client(), house)
        with time_machine.travel(now, tick=False):
            for name in COUNTER:
                desk.do(check_in(WEEKS, 4, name, 1))

    def an_erasure() -> None:
        erasure.erase(db.session(), house.server_key, db.session.get_one(Person, cast.people["Sol"]))

    def a_move() -> None:
        bea, showroom = (Person, cast.people["Bea"]), (Unit, cast.units["Showroom"])
        moves.plan_move(db.session(), db.session.get_one(*bea), db.session.get_one(*showroom), now)

    def a_change_of_settings() -> None:
        ratchet.plan(db.session(), Values(people_needed=6, own_pool_from=8, tick_days=7), now)

    def a_merge() -> None:
        teams = [db.session.get_one(Unit, cast.units[name]) for name in ("Showroom", "Service counter")]
        moves.plan_merge(db.session(), teams, "Front of house", in_week(WEEKS + 1))

    def a_tick(number: int) -> Callable[[], None]:
        return lambda: _run(house, number)

    yield from (more_answers, an_erasure, a_move, a_change_of_settings, a_tick(WEEKS))
    yield from (a_merge, a_tick(WEEKS + 1))


def _run(house: House, number: int) -> None:
    with time_machine.travel(after_tick(number), tick=False):
        tick(house, number)


@pytest.mark.timeout(900)
def test_the_same_request_gives_the_same_bytes_whatever_happens_later(worlds: Worlds):
    with worlds.world() as (app, house):
        live(app, house, ORDINARY)
        asked = [choice for choice in choices(house) if len(choice[0]) in (1, 5)]
        few = [choice for choice in asked if choice[1] == (1, RELEASED)]
        others = ("json", "xlsx", "pdf", "external")
        first = downloaded(app, asked), *(downloaded(app, few, format) for format in others)
        for happen in events(app, house):
            with app.app_context():
                happen()
            again = downloaded(app, asked), *(downloaded(app, few, format) for format in others)
            assert again == first, happen.__name__

        with app.app_context():
            bea = db.session.get_one(Person, house.cast.people["Bea"])
            assert (bea.unit.name, bea.unit.parent.name) == ("Front of house", "Northgate")
