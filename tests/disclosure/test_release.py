"""The tick: pools are released whole or held whole, once, by the clock, and nothing raw stays behind."""

import threading
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from tests.answers import (
    RAW,
    House,
    after_tick,
    blocks,
    change,
    column,
    epoch_of,
    everything,
    in_week,
    rows,
    say,
    tick,
)
from tests.cast import NOW
from wellbeing import checkups, epochs, erasure, jobs, keys, tablet_keys
from wellbeing.disclosure import ledger, release, tabulate
from wellbeing.disclosure.ledger import first_broken
from wellbeing.models.accounts import Person, RoleGrant
from wellbeing.models.base import db
from wellbeing.models.epochs import Epoch, LedgerKind, Place
from wellbeing.models.ledger import Block, MoodWord, NoisyBlock, Tick
from wellbeing.models.pending import (
    Dimension,
    HeldPool,
    Pending,
    PendingDetail,
    ShiftState,
)
from wellbeing.models.settings import Settings
from wellbeing.permissions import Role
from wellbeing.storage import prepare

FIVE = ("Sol", "Noor", "Bea", "Carl", "Dana")
EIGHT = (*FIVE, "Emil", "Fay", "Gus")
SHOWROOM = ("Kai", "Lena", "Mona", "Nils", "Olga")
ROUGH = {"mood": 2, "rough": True, "details": ((Dimension.SEVERITY, "hard"),)}


def say_all(house: House, names, week: int = 1, **said: object) -> None:
    for name in names:
        say(house, name, in_week(week), **said)


def shown(house: House) -> list[tuple[int, str, int]]:
    """Return which block belongs to which tick and unit, and its band."""
    names = {unit: name for name, unit in house.cast.units.items()}
    return [(block.number, names[block.unit_id], block.people_floor) for block in blocks(house)]


def pools(house: House) -> list[str]:
    """Return the names of the pools in which answers wait, one for each answer."""
    names = {unit: name for name, unit in house.cast.units.items()}
    return sorted(names[pool] for pool in column(house, sa.select(Pending.pool_id)))


# Released whole or held whole.


def test_five_people_are_released_whole(any_house: House):
    say_all(any_house, FIVE, mood=1)

    assert tick(any_house, 1) == jobs.Done(epochs=1, ticks=1)

    [block] = blocks(any_house)
    assert shown(any_house) == [(1, "Service counter", 5)]
    assert (block.mood, block.mood_word) == (None, MoodWord.LOW)
    assert (block.rough_word, block.break_word) == ("few", "few")
    assert rows(any_house, Pending) == []


def test_four_people_are_held_whole_under_new_names(any_house: House):
    say_all(any_house, FIVE[:4], mood=2)
    before = {row.id: row for row in rows(any_house, Pending)}

    tick(any_house, 1)

    after = {row.id: row for row in rows(any_house, Pending)}
    assert blocks(any_house) == []
    assert after.keys() == before.keys()
    assert {row.epoch_id for row in after.values()} == {epoch_of(any_house, 2).id}
    assert {row.contributor for row in after.values()}.isdisjoint(row.contributor for row in before.values())
    assert rows(any_house, HeldPool) == [(any_house.cast.units["Service counter"], 1)]


def test_a_held_answer_has_the_name_that_its_author_has_in_the_new_week(house: House):
    say(house, "Sol")
    tick(house, 1)

    key = keys.unwrapped(house.server_key, epoch_of(house, 2).wrapped_key)
    assert [row.contributor for row in rows(house, Pending)] == [
        keys.contributor(key, house.cast.people["Sol"])
    ]


def test_people_are_counted_and_not_answers(house: House):
    say_all(house, FIVE[:4])
    say_all(house, ["Sol"] * 6)

    tick(house, 1)

    assert blocks(house) == []
    assert len(rows(house, Pending)) == 10


def test_somebody_without_a_mood_counts_for_nothing_and_goes_with_the_release(house: House):
    say_all(house, FIVE[:4])
    say(house, "Dana", rough=True)
    tick(house, 1)
    assert (blocks(house), len(rows(house, Pending))) == ([], 5)

    say(house, "Emil", in_week(2), mood=3)
    tick(house, 2)

    assert [(block.people_floor, block.rough_word) for block in blocks(house)] == [(5, "few")]
    assert rows(house, Pending) == []


def test_two_teams_are_two_blocks_chained_by_unit(any_house: House):
    say_all(any_house, SHOWROOM)
    say_all(any_house, EIGHT, mood=4)

    tick(any_house, 1)

    assert shown(any_house) == [(1, "Service counter", 8), (1, "Showroom", 5)]
    assert [block.position for block in blocks(any_house)] == [1, 2]
    assert blocks(any_house)[0].mood == Decimal("4.0")
    with any_house.engine.connect() as connection:
        assert first_broken(connection) is None


def test_every_block_has_its_noisy_row_and_the_settings_of_its_epoch(any_house: House):
    say_all(any_house, EIGHT)
    say_all(any_house, SHOWROOM)

    tick(any_house, 1)

    assert [row.position for row in rows(any_house, NoisyBlock)] == [1, 2]
    assert {
        (b.people_needed, b.own_pool_from, b.tick_days, b.rules_version) for b in rows(any_house, Block)
    } == {(5, 7, 7, 1)}


def test_a_tick_is_written_with_its_local_days_even_when_there_is_nothing_to_release(any_house: House):
    tick(any_house, 1)

    [found] = rows(any_house, Tick)
    assert (found.ledger, found.number) == (LedgerKind.WEEKLY, 1)
    assert (found.opened_on, found.closed_on) == (date(2026, 3, 2), date(2026, 3, 9))


def test_more_people_needed_is_asked_of_the_epochs_that_begin_later(house: House):
    change(house, sa.update(Settings).values(people_needed=6))
    for week in (1, 2, 3):
        say_all(house, FIVE, week)
        tick(house, week)

    assert shown(house) == [(1, "Service counter", 5)]
    assert len(rows(house, Pending)) == 10


def test_what_the_answers_say_decides_nothing(tmp_path, any_house: House):
    say_all(any_house, FIVE, mood=1, rough=True)
    say_all(any_house, SHOWROOM[:4], mood=1)
    tick(any_house, 1)
    first = [(number, unit, band) for number, unit, band in shown(any_house)], pools(any_house)

    say_all(any_house, FIVE, 2, mood=5)
    tick(any_house, 2)

    assert first == ([(1, "Service counter", 5)], ["Showroom"] * 4)
    assert shown(any_house)[1:] == [(2, "Service counter", 5)]


# Held over several weeks, and climbing.


def test_held_weeks_add_up_until_there_are_five_people_with_one_vote_each(any_house: House):
    say_all(any_house, ("Sol", "Noor", "Bea"), 1, mood=1)
    tick(any_house, 1)
    say_all(any_house, ("Sol", "Carl"), 2, mood=2)
    tick(any_house, 2)
    assert blocks(any_house) == []

    say_all(any_house, ("Sol", "Dana"), 3, mood=2)
    tick(any_house, 3)

    assert shown(any_house) == [(3, "Service counter", 5)]
    assert rows(any_house, Pending) == rows(any_house, HeldPool) == []


def test_a_pool_climbs_after_four_held_ticks_and_is_deleted_after_eight_at_the_organisation(any_house: House):
    say(any_house, "Sol")
    where = []
    for week in range(1, 15):
        tick(any_house, week)
        where += [pools(any_house)]

    service, site, organisation = ([name] for name in ("Service counter", "Northgate", "Harbour Motors"))
    assert where == [service] * 3 + [site] * 3 + [organisation] * 7 + [[]]
    assert rows(any_house, HeldPool) == []
    assert blocks(any_house) == []


def test_a_week_in_between_with_a_release_starts_the_count_again(house: House):
    say(house, "Sol")
    for week in (1, 2, 3):
        tick(house, week)
    say_all(house, FIVE, 4)
    tick(house, 4)
    say(house, "Sol", in_week(5))
    tick(house, 5)

    assert shown(house) == [(4, "Service counter", 5)]
    assert rows(house, HeldPool) == [(house.cast.units["Service counter"], 1)]


def test_an_emptied_pool_starts_its_count_again(house: House):
    say(house, "Sol")
    tick(house, 1)
    change(house, sa.delete(Pending))
    tick(house, 2)

    assert rows(house, HeldPool) == []


def test_pools_that_climb_at_one_tick_join_their_parent_before_it_is_counted(any_house: House):
    say_all(any_house, ("Sol", "Noor"))
    say_all(any_house, ("Kai", "Lena", "Mona"))

    for week in (1, 2, 3, 4):
        tick(any_house, week)

    assert shown(any_house) == [(4, "Northgate", 5)]
    assert rows(any_house, Pending) == []


def test_small_teams_and_managers_are_released_for_the_unit_above(house: House):
    say_all(house, ("Alba", "Max", "Uma", "Vic", "Wes"))

    tick(house, 1)

    assert shown(house) == [(1, "Harbour Motors", 5)]


# Viewers.


def grant(house: House, name: str, unit: str, role: Role) -> None:
    values = {"person_id": house.cast.people[name], "unit_id": house.cast.units[unit], "role": role}
    change(house, sa.insert(RoleGrant).values(**values))


@pytest.mark.parametrize(
    ("unit", "role", "climbed_to"),
    [
        ("Service counter", Role.MANAGER, ["Northgate"]),
        # Northgate has no pool of its own, so its HR is shown the figure of the organisation.
        ("Northgate", Role.HR, []),
        ("Harbour Motors", Role.ADMIN, []),
        ("Parts", Role.MANAGER, None),
        ("Service counter", Role.STAFF, None),
    ],
)
def test_answers_of_somebody_who_became_a_viewer_climb_out_of_sight(
    any_house: House, unit: str, role: Role, climbed_to: list[str] | None
):
    say_all(any_house, FIVE)
    grant(any_house, "Sol", unit, role)

    tick(any_house, 1)

    if climbed_to is None:
        assert shown(any_house) == [(1, "Service counter", 5)]
    else:
        assert blocks(any_house) == []
        assert pools(any_house) == sorted(["Service counter"] * 4 + climbed_to)


def test_a_held_answer_climbs_when_its_author_becomes_a_viewer_weeks_later(house: House):
    say_all(house, FIVE[:4])
    tick(house, 1)
    grant(house, "Sol", "Service counter", Role.MANAGER)
    say(house, "Dana", in_week(2))
    tick(house, 2)

    assert blocks(house) == []
    assert pools(house) == ["Northgate", *["Service counter"] * 4]


def test_a_pool_that_climbs_leaves_no_viewer_in_the_pool_above(house: House):
    """Parts is too small for a figure, so whoever manages it is shown the organisation's."""
    say_all(house, ("Sol", "Noor"))
    grant(house, "Sol", "Parts", Role.MANAGER)
    where = []
    for week in (1, 2, 3, 4):
        tick(house, week)
        where += [pools(house)]

    assert where == [["Service counter"] * 2] * 3 + [["Northgate"]]


def test_the_manager_of_a_team_that_shrank_is_counted_above_the_figure_that_he_is_shown(house: House):
    cast = house.cast
    change(
        house,
        sa.update(Place)
        .where(Place.person_id.in_([cast.people["Max"], cast.people["Uma"]]))
        .values(pool_id=cast.units["Northgate"]),
    )
    say_all(house, ("Max", "Uma"))
    gone = [cast.people[name] for name in ("Kai", "Lena")]
    change(house, sa.update(Person).where(Person.id.in_(gone)).values(active=False))

    tick(house, 1)

    assert pools(house) == ["Harbour Motors", "Northgate"]


# Erased people.


def test_an_erased_persons_held_answers_are_gone_before_the_next_tick(any_house: House):
    say_all(any_house, FIVE[:4])
    tick(any_house, 1)
    sol = db.session.get_one(Person, any_house.cast.people["Sol"])
    erasure.erase(db.session(), any_house.server_key, sol)
    say(any_house, "Dana", in_week(2))

    tick(any_house, 2)

    assert blocks(any_house) == []
    assert len(rows(any_house, Pending)) == 4


def test_a_held_answer_whose_author_is_gone_goes_too(any_house: House):
    say_all(any_house, FIVE[:3])
    change(
        any_house,
        sa.delete(Place).where(Place.person_id == any_house.cast.people["Sol"]),
        sa.delete(Person).where(Person.id == any_house.cast.people["Sol"]),
    )

    tick(any_house, 1)

    assert len(rows(any_house, Pending)) == 2


# Nothing raw is left.


def test_a_released_week_leaves_no_answer_no_place_no_shift_and_no_key(any_house: House):
    say_all(any_house, FIVE, **ROUGH)
    say_all(any_house, FIVE, mood=4)
    week = epoch_of(any_house, 1).id

    tick(any_house, 1)

    assert rows(any_house, Pending) == rows(any_house, ShiftState) == []
    assert week not in {row.epoch_id for row in rows(any_house, Place)}
    assert epoch_of(any_house, 1).wrapped_key is None
    assert epoch_of(any_house, 2).wrapped_key is not None


def test_sqlite_keeps_no_released_name_or_key_in_its_files(app: Flask, house: House):
    say_all(house, EIGHT)
    secrets = [row.contributor for row in rows(house, Pending)] + [epoch_of(house, 1).wrapped_key]

    tick(house, 1)

    folder = app.extensions["config"].instance
    kept = b"".join(path.read_bytes() for path in folder.glob("test.db*"))
    assert [secret in kept for secret in secrets] == [False] * 9


def test_the_detail_tick_deletes_its_key(any_house: House):
    for week in (1, 2, 3):
        tick(any_house, week)
    say_all(any_house, FIVE, 4, **ROUGH)
    say_all(any_house, FIVE, 4, mood=4)

    assert tick(any_house, 4) == jobs.Done(epochs=2, ticks=2)

    assert epoch_of(any_house, 1, LedgerKind.DETAIL).wrapped_key is None
    assert [(found.ledger, found.number) for found in rows(any_house, Tick)][-2:] == [
        (LedgerKind.DETAIL, 1),
        (LedgerKind.WEEKLY, 4),
    ]


def test_the_detail_of_the_new_four_weeks_stays(house: House):
    say_all(house, FIVE, **ROUGH)
    with house.engine.begin() as connection:
        epochs.open_due(connection, house.server_key, in_week(5))
    say(house, "Sol", in_week(5), **ROUGH)

    tick(house, 4)

    assert {row.epoch_id for row in rows(house, PendingDetail)} == {epoch_of(house, 2, LedgerKind.DETAIL).id}


def test_a_weekly_tick_leaves_the_detail_of_the_four_weeks_alone(house: House):
    say_all(house, FIVE, **ROUGH)
    before = rows(house, PendingDetail)

    tick(house, 1)

    assert sorted(rows(house, PendingDetail)) == sorted(before)


# Once, in order, all or nothing.


def test_a_second_run_ends_with_nothing_changed(any_house: House):
    say_all(any_house, FIVE)
    say_all(any_house, SHOWROOM[:3])
    over = epoch_of(any_house, 1)
    tick(any_house, 1)
    before = everything(any_house)

    assert tick(any_house, 1) == jobs.Done(0, 0)
    with pytest.raises(IntegrityError), any_house.engine.begin() as connection:
        release.run_tick(connection, over, any_house.server_key)
    assert everything(any_house) == before


def test_processes_that_tick_at_once_make_one_tick(any_house: House):
    say_all(any_house, EIGHT)
    say_all(any_house, SHOWROOM[:3])
    engines = [sa.create_engine(any_house.engine.url) for _process in range(4)]
    start, done = threading.Barrier(4), []

    def run(engine: sa.Engine) -> None:
        prepare(engine)
        start.wait()
        done.append(jobs.run(engine, any_house.server_key, after_tick(2)))
        engine.dispose()

    threads = [threading.Thread(target=run, args=(engine,)) for engine in engines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(done) == 4
    assert (sum(found.ticks for found in done), sum(found.epochs for found in done)) == (2, 2)
    assert shown(any_house) == [(1, "Service counter", 8)]
    assert [row.number for row in rows(any_house, Tick)] == [1, 2]
    assert pools(any_house) == ["Showroom"] * 3


def test_missed_ticks_run_later_in_order(any_house: House):
    for week in (1, 2, 3):
        say_all(any_house, FIVE, week, mood=week)
        with any_house.engine.begin() as connection:
            epochs.open_due(connection, any_house.server_key, in_week(week + 1))

    assert tick(any_house, 3) == jobs.Done(epochs=0, ticks=3)

    assert shown(any_house) == [(week, "Service counter", 5) for week in (1, 2, 3)]
    assert [block.mood_word for block in blocks(any_house)] == ["low", "low", "middle"]
    with any_house.engine.connect() as connection:
        assert first_broken(connection) is None


def test_an_answer_held_through_missed_ticks_counts_with_the_later_week(house: House):
    say_all(house, FIVE[:3], 1)
    with house.engine.begin() as connection:
        epochs.open_due(connection, house.server_key, in_week(2))
    say_all(house, ("Sol", "Carl", "Dana"), 2)

    tick(house, 2)

    assert shown(house) == [(2, "Service counter", 5)]


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (ledger, "append"),
        (tabulate, "keep_held_ticks"),
        (tabulate, "keep"),
        (tabulate, "delete_epoch"),
        (ledger, "_noisy"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.parametrize("late", [False, True], ids=["before", "after"])
def test_a_crash_anywhere_leaves_all_or_nothing(
    any_house: House, monkeypatch: pytest.MonkeyPatch, module, name: str, late: bool
):
    say_all(any_house, FIVE, **ROUGH)
    say_all(any_house, SHOWROOM[:3])
    with any_house.engine.begin() as connection:
        epochs.open_due(connection, any_house.server_key, after_tick(1))
        tablet_keys.renew(connection, any_house.server_key, after_tick(1))
        checkups.open_due(connection, any_house.server_key, after_tick(1))
    before, works = everything(any_house), getattr(module, name)

    def crashes(*given: object) -> None:
        if late:
            works(*given)
        raise RuntimeError("the power went")

    with monkeypatch.context() as patch:
        patch.setattr(module, name, crashes)
        with pytest.raises(RuntimeError, match="the power went"):
            tick(any_house, 1)
    assert everything(any_house) == before

    assert tick(any_house, 1).ticks == 1
    assert shown(any_house) == [(1, "Service counter", 5)]
    assert pools(any_house) == ["Showroom"] * 3


def test_a_tick_that_breaks_another_rule_is_not_taken_for_a_second_run(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    say_all(house, FIVE)
    monkeypatch.setattr(ledger, "_mood", lambda _published: {"mood": Decimal(3), "mood_word": None})

    with pytest.raises(IntegrityError):
        tick(house, 1)
    assert rows(house, Tick) == rows(house, Block) == []


def test_nothing_is_due_in_the_middle_of_a_week(any_house: House):
    say_all(any_house, FIVE)
    say_all(any_house, FIVE, **ROUGH)
    with any_house.engine.begin() as connection:
        tablet_keys.renew(connection, any_house.server_key, NOW)
        checkups.open_due(connection, any_house.server_key, NOW)
    before = everything(any_house)

    assert jobs.run(any_house.engine, any_house.server_key, NOW) == jobs.Done(0, 0)
    assert everything(any_house) == before
    assert column(any_house, sa.select(sa.func.count()).select_from(Epoch)) == [2]
    assert [table.__tablename__ for table in RAW if not rows(any_house, table)] == []
