"""`flask replay`: a file of check-ins goes through collect and the ticks, as if it had happened here."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from click.testing import Result
from flask import Flask

from tests.answers import House, blocks, change, column, everything, in_week, rows, say
from tests.cast import NOW, Cast
from tests.cli.shell import run
from tests.replay.worker_states import needs_worker_states, write_replay
from wellbeing import clock, epochs, people
from wellbeing.answer import Answer
from wellbeing.models.accounts import Person, Unit
from wellbeing.models.base import db
from wellbeing.models.lists import ListEntry, ListName
from wellbeing.models.pending import Dimension, Pending, PendingDetail
from wellbeing.models.settings import Settings, SiteKind
from wellbeing.people import NewSite
from wellbeing.replay.reading import Entry
from wellbeing.replay.running import answers_of

HEADER = "person,team,time,mood,rough,severity,break_kind"
LATER = datetime(2026, 6, 1, 12, tzinfo=UTC)
NAMES = ("Ana", "Bo", "Cy", "Dee", "Eli", "Flo", "Gil", "Hal")


def told(days: int = 12, team: str = "Parts", first: datetime = NOW) -> list[str]:
    """Return the lines of eight people who say every day, weekends too, how they are."""
    return [
        f"{name},{team},{(first + timedelta(days=day, minutes=number)).isoformat()},{1 + number % 5},,,"
        for day in range(days)
        for number, name in enumerate(NAMES)
    ]


def replay(app: Flask, folder: Path, lines: list[str], *options: str) -> Result:
    file = folder / "replay.csv"
    file.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    return run(app, "replay", str(file), *options)


@pytest.fixture
def new_site(any_app: Flask) -> Iterator[House]:
    """A test site that has an admin and nobody else, some weeks after the file was written."""
    with any_app.app_context(), time_machine.travel(LATER, tick=True):
        new = NewSite(
            "Harbour Motors", "Ada Vale", "ada", "Marta, 2nd floor", "Europe/Rome", kind=SiteKind.TEST
        )
        people.create_site(db.session(), new, NOW)
        secrets = any_app.extensions["config"].secrets
        db.session.rollback()
        yield House(db.engine, secrets.server_key, Cast({}, {}))


def ahead(house: House) -> timedelta:
    return timedelta(seconds=column(house, sa.select(Settings.clock_ahead_seconds))[0])


def test_a_file_makes_its_people_runs_its_ticks_and_leaves_the_clock_at_its_end(
    any_app: Flask, new_site: House, tmp_path: Path
):
    done = replay(any_app, tmp_path, told())

    assert done.exit_code == 0, done.output
    assert "Replayed 96 lines of 8 people over 12 days; 1 ticks ran." in done.output
    assert sorted(column(new_site, sa.select(Person.name))) == ["Ada Vale", *NAMES]
    assert {row.name for row in rows(new_site, Unit)} == {"Harbour Motors", "Replayed", "Parts"}
    assert [(block.number, block.people_floor) for block in blocks(new_site)] == [(1, 8)]
    assert len(rows(new_site, Pending)) == 56
    assert abs(clock.now(ahead(new_site)) - (NOW + timedelta(days=11))) < timedelta(hours=1)
    assert run(any_app, "ledger", "verify").exit_code == 0


def test_to_now_runs_every_tick_up_to_the_present(any_app: Flask, new_site: House, tmp_path: Path):
    done = replay(any_app, tmp_path, told(), "--to-now")

    assert done.exit_code == 0, done.output
    assert "13 ticks ran." in done.output
    assert ahead(new_site) == timedelta(0)
    assert rows(new_site, Pending) == []


def test_bad_lines_are_named_and_nothing_is_loaded(any_app: Flask, new_site: House, tmp_path: Path):
    before = everything(new_site)

    refused = replay(
        any_app, tmp_path, [*told(1), "Ana,Parts,yesterday,4,,,", "Bo,Parts,2026-03-04T12:00,9,,,"]
    )

    assert refused.exit_code == 1
    assert "Line 10: time is not a date and time" in refused.output
    assert "Line 11: mood is not one of: 1, 2, 3, 4, 5." in refused.output
    assert "2 lines cannot be taken. Nothing was loaded; --skip-bad leaves them out." in refused.output
    assert everything(new_site) == before


def test_bad_lines_may_be_left_out(any_app: Flask, new_site: House, tmp_path: Path):
    done = replay(any_app, tmp_path, [*told(1), "Ana,Parts,yesterday,4,,,"], "--skip-bad")

    assert done.exit_code == 0, done.output
    assert "Line 10 left out: time is not a date and time" in done.output
    assert "Replayed 8 lines of 8 people over 1 days; 0 ticks ran." in done.output


def test_a_file_of_bad_lines_only_replays_nothing(any_app: Flask, new_site: House, tmp_path: Path):
    refused = replay(any_app, tmp_path, ["Ana,Parts,yesterday,4,,,"], "--skip-bad")

    assert refused.exit_code == 1
    assert "There is no line to replay. Nothing was loaded." in refused.output


def test_a_file_may_hold_what_the_sites_own_lists_offer(any_app: Flask, new_site: House, tmp_path: Path):
    own = {"list_name": ListName.CAUSE, "label": "The bridge is closed", "position": 14}
    change(new_site, sa.insert(ListEntry).values(key="site_bridge", **own))
    lines = [
        "person,team,time,mood,cause",
        *(f"{name},Parts,2026-03-04T12:30,2,site_bridge" for name in NAMES),
    ]
    (tmp_path / "own.csv").write_text("\n".join(lines))

    done = run(any_app, "replay", str(tmp_path / "own.csv"))

    assert done.exit_code == 0, done.output
    assert "site_bridge" in {row.category for row in rows(new_site, PendingDetail)}


def test_a_file_that_is_not_there_is_said_plainly(any_app: Flask, new_site: House, tmp_path: Path):
    refused = run(any_app, "replay", str(tmp_path / "nothing.csv"))

    assert refused.exit_code == 1
    assert "The file cannot be read: No such file or directory. Nothing was loaded." in refused.output


def test_a_team_deeper_than_the_tree_is_refused(any_app: Flask, new_site: House, tmp_path: Path):
    before = everything(new_site)

    refused = replay(any_app, tmp_path, told(1, "North/Parts/Night"))

    assert refused.exit_code == 1
    assert "A team is written as Site/Team." in refused.output
    assert everything(new_site) == before


def test_a_real_site_refuses(any_app: Flask, any_house: House, tmp_path: Path):
    change(any_house, sa.update(Settings).values(kind="real"))
    before = everything(any_house)

    refused = replay(any_app, tmp_path, told())

    assert refused.exit_code == 1
    assert "so it needs a demo or test site; this site is real." in refused.output
    assert everything(any_house) == before


def test_a_past_that_is_released_already_is_not_told_again(any_app: Flask, any_house: House, tmp_path: Path):
    with any_house.engine.begin() as connection:
        epochs.open_due(connection, any_house.server_key, in_week(2))
    before = everything(any_house)

    refused = replay(any_app, tmp_path, told())

    assert refused.exit_code == 1
    assert "The file begins before this site's present week" in refused.output
    assert everything(any_house) == before


def test_a_past_before_the_site_opened_is_refused_though_no_week_has_begun(
    any_app: Flask, new_site: House, tmp_path: Path
):
    change(new_site, sa.update(Settings).values(confirmed_at=NOW + timedelta(days=1)))
    before = everything(new_site)

    refused = replay(any_app, tmp_path, told())

    assert refused.exit_code == 1
    assert "The file begins before this site's present week" in refused.output
    assert everything(new_site) == before


def test_people_of_an_open_site_are_found_by_their_team_and_name(
    any_app: Flask, any_house: House, tmp_path: Path
):
    say(any_house, "Sol")
    later = NOW + timedelta(hours=1)
    lines = [f"Sol Vale,Service counter,{later.isoformat()},4,,,", f"Sol Vale,Parts,{later.isoformat()},2,,,"]

    done = replay(any_app, tmp_path, lines)

    assert done.exit_code == 0, done.output
    assert "2 lines of 2 people" in done.output
    teams = {any_house.cast.units[name] for name in ("Service counter", "Parts")}
    found = column(any_house, sa.select(Person.unit_id).where(Person.name == "Sol Vale"))
    assert set(found) == teams and len(found) == len(teams)
    # Who is made in the middle of a week counts from the next one.
    assert [row.mood for row in rows(any_house, Pending)] in ([3, 4], [4, 3])


def test_people_who_waited_for_the_first_import_count_from_the_files_first_day(
    any_app: Flask, new_site: House, tmp_path: Path
):
    replay(any_app, tmp_path, told(1))

    assert set(column(new_site, sa.select(Person.counts_from))) == {NOW.date()}


def test_a_rough_interaction_and_a_break_are_told_as_at_the_counter(
    any_app: Flask, new_site: House, tmp_path: Path
):
    at = NOW.isoformat()
    replay(any_app, tmp_path, [*told(1), f"Ana,Parts,{at},2,yes,hard,", f"Bo,Parts,{at},,,,walk"])

    added = [row for row in rows(new_site, Pending) if row.rough or row.break_taken]
    assert sorted((row.mood, row.rough, row.break_taken) for row in added if row.rough) == [(2, True, False)]
    assert [(row.mood, row.rough) for row in added if row.break_taken] == [(None, False)]
    severities = [row.category for row in rows(new_site, PendingDetail) if row.dimension == "severity"]
    assert "hard" in severities


@pytest.mark.parametrize(
    ("said", "answers"),
    [
        ({"mood": 4}, [Answer(mood=4)]),
        ({"break_kind": "walk", "break_minutes": 5}, [Answer(break_minutes=5, break_kind="walk")]),
        (
            {"mood": 2, "break_kind": "tea", "break_minutes": 2},
            [Answer(mood=2), Answer(break_minutes=2, break_kind="tea")],
        ),
        (
            {"rough": True, "severity": "hard", "behaviours": ("rude", "shouted"), "area": "parts"},
            [
                Answer(
                    rough=True,
                    details=(
                        (Dimension.BEHAVIOUR, "rude"),
                        (Dimension.BEHAVIOUR, "shouted"),
                        (Dimension.SEVERITY, "hard"),
                        (Dimension.AREA, "parts"),
                    ),
                )
            ],
        ),
    ],
)
def test_an_entry_stands_for_its_acts(said: dict, answers: list[Answer]):
    assert answers_of(Entry(2, "Ana", "Parts", NOW, **said)) == answers


@needs_worker_states
def test_54_real_people_are_released_as_one_team_at_each_tick(
    any_app: Flask, new_site: House, tmp_path: Path
):
    write_replay(tmp_path / "real.csv")

    done = run(any_app, "replay", str(tmp_path / "real.csv"))

    assert done.exit_code == 0, done.output
    assert "Replayed 3220 lines of 54 people over 30 days; 5 ticks ran." in done.output
    team = column(new_site, sa.select(Unit.id).where(Unit.name == "Research centre"))
    weekly = [(block.number, block.unit_id) for block in blocks(new_site)]
    assert weekly == [(number, team[0]) for number in range(1, 6)]
    assert all(1 <= block.mood <= 5 and block.people_floor in (20, 40) for block in blocks(new_site))
    verified = run(any_app, "ledger", "verify")
    assert verified.exit_code == 0 and "5 blocks" in verified.output
