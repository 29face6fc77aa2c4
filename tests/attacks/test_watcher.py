"""The watcher: somebody reads all they can after every act at the counter, and sees nothing move."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import product

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.answers import House, change, in_week, rows, tick
from tests.attacks import crawl, naive
from tests.attacks.crawl import Crawled
from tests.attacks.findings import Report
from tests.attacks.naive import Said
from tests.attacks.stories import COUNTER, ORDINARY, SHOWROOM, TINY
from tests.attacks.worlds import Desk, Worlds, begin_diaries, readable
from wellbeing.models import access_log
from wellbeing.models.access_log import AccessEntry
from wellbeing.models.accounts import SignIn, Tablet
from wellbeing.models.diary import DiaryEntry
from wellbeing.models.settings import Settings
from wellbeing.permissions import VIEWER_ROLES

ACTS = 200
# Pages are slow to read on PostgreSQL, and made of nothing but the columns that are read after every act.
CRAWLED_AFTER = {"sqlite": (67, 133, ACTS), "postgresql": (ACTS,)}
WEEK = 3
BETWEEN_ACTS = timedelta(minutes=3)
# Undo comes half a minute after what it undoes.
SOONER = 5 / 6
CHIPS = {"behaviour": ["rude"], "cause": "delay", "channel": "phone", "area": None}


@dataclass(frozen=True)
class Act:
    """One act between two ticks; "undo" takes the same person's last answer back."""

    name: str
    act: str
    mood: int | None = None


def acts() -> Iterator[Act]:
    """Yield what everybody does on one long day, taking some of it back; the same in every run."""
    dice = random.Random(5)
    while True:
        name = dice.choice((*COUNTER, *SHOWROOM, *TINY))
        mood = dice.randint(1, 5)
        yield from dice.choice(
            (
                [Act(name, "check_in", mood)],
                [Act(name, "check_in", mood), Act(name, "undo")],
                [Act(name, "rough", mood), Act(name, "rough_detail")],
                [Act(name, "break"), Act(name, "back", mood)],
                [Act(name, "break"), Act(name, "undo")],
                [Act(name, "take_back")],
            )
        )


def do(desk: Desk, act: Act, handle: str | None) -> str | None:
    """Do an act at the counter and return its handle."""
    if act.act == "undo":
        desk.post({"act": "undo", "handles": [handle]})
        return None
    fields: dict[str, object] = {} if act.mood is None else {"mood": act.mood}
    fields |= {
        "rough": {"severity": "severe"},
        "rough_detail": CHIPS,
        "break": {"kind": "walk", "minutes": 5},
    }.get(act.act, {})
    return desk.act(act.name, act.act, **fields).json.get("handle")


def two_weeks(house: House, desk: Desk) -> None:
    """Let two weeks pass that leave figures behind."""
    for week in range(1, WEEK):
        for deed in ORDINARY.deeds:
            if deed.week == week:
                with time_machine.travel(deed.at, tick=False):
                    desk.do(deed)
        tick(house, week)


def everybody_has_looked(house: House) -> None:
    """Fill the day's log of looks, note that the tablet was seen and that the texts were looked through.

    All of it changes with acts of their own, and the watcher's first round has such acts in it.
    """
    day = in_week(WEEK).date()
    change(house, sa.update(Tablet).values(seen_on=day))
    change(house, sa.update(Settings).values(texts_reviewed_on=day))
    looks = product(house.cast.units.values(), VIEWER_ROLES, access_log.Act)
    rows = [{"day": day, "unit_id": unit, "role": role, "act": act} for unit, role, act in looks]
    change(house, sa.insert(AccessEntry).values(rows))


def seen(app: Flask, house: House) -> Crawled:
    """Return every page, at the same moment of the week each time, to people who have just signed in.

    Everybody's own page tells in how many browsers they are.
    """
    change(house, sa.delete(SignIn))
    with time_machine.travel(in_week(WEEK), tick=False):
        return crawl.crawl(app, house.cast)


def all_readable(app: Flask) -> dict[str, str]:
    with app.app_context():
        return readable()


@pytest.mark.timeout(1200)
def test_a_watcher_sees_no_byte_change_in_two_hundred_acts(worlds: Worlds, finding: Report):
    with worlds.world() as (app, house):
        desk = Desk(app.test_client(), house)
        with app.app_context():
            begin_diaries(house, COUNTER[::2])
        two_weeks(house, desk)
        everybody_has_looked(house)
        columns, pages = all_readable(app), seen(app, house)
        changed: list[tuple[int, Act]] = []
        handle = None
        for number, act in zip(range(1, ACTS + 1), acts(), strict=False):
            at = in_week(WEEK) + (number - SOONER * (act.act == "undo")) * BETWEEN_ACTS
            with time_machine.travel(at, tick=False):
                handle = do(desk, act, handle)
            if all_readable(app) != columns:
                changed.append((number, act))
            if number in CRAWLED_AFTER[house.engine.dialect.name]:
                assert crawl.differences(pages, seen(app, house)) == []

        assert len(rows(house, DiaryEntry)) > ACTS / 4
    assert changed == []
    finding(
        "watcher",
        "0 bytes change",
        f"{seen_on_a_dashboard()} of {ACTS} acts change a figure at once",
        f"all that reports can read after each of {ACTS} acts, {crawl.routes(app)} routes at up to 3 of them",
    )


def seen_on_a_dashboard() -> int:
    """Count the acts after which an everyday dashboard shows another figure of the day or of the team."""
    kept: list[Said] = []
    before, changes = naive.figures(kept, 1), 0
    for _number, act in zip(range(ACTS), acts(), strict=False):
        if act.act == "take_back":
            kept = [said for said in kept if said.person != act.name]
        elif act.act == "undo" and kept and kept[-1].person == act.name:
            kept = kept[:-1]
        elif act.mood is not None:
            kept = [*kept, Said(0, act.name, act.mood)]
        after = naive.figures(kept, 1)
        changes += after != before
        before = after
    return changes


def test_the_watcher_sees_what_is_named_by_choice(sqlite_worlds: Worlds):
    """An attack that could see nothing would prove nothing: a request for cover is on the wall at once."""
    with sqlite_worlds.world() as (app, house):
        desk = Desk(app.test_client(), house)
        columns = all_readable(app)
        with time_machine.travel(in_week(1), tick=False):
            before = desk.browser.get(
                "/counter/state", headers={"Authorization": f"Bearer {house.cast.token}"}
            )
            desk.act("Sol", "cover", minutes=15)
            after = desk.browser.get(
                "/counter/state", headers={"Authorization": f"Bearer {house.cast.token}"}
            )

        assert all_readable(app) != columns
        assert before.json["cover"] == []
        assert [cover["name"] for cover in after.json["cover"]] == ["Sol V."]
