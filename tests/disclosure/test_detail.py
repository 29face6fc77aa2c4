"""The detail tick: what rough interactions were about, four weeks at a time, in words."""

import pytest
import sqlalchemy as sa

from tests.answers import House, change, column, epoch_of, in_week, rows, say, tick
from tests.cast import TEAMS
from wellbeing import epochs, keys, withdraw
from wellbeing.disclosure import detail_ledger, release
from wellbeing.models.accounts import Person, Unit
from wellbeing.models.detail_ledger import DetailBlock, DetailWord, Question
from wellbeing.models.epochs import LedgerKind, Place
from wellbeing.models.pending import Dimension, PendingDetail, PendingSpillover

STAFF = [name for names in TEAMS.values() for name in names if name not in ("Alba", "Max", "Tess")]
ASKED = {Question.SEVERITY, Question.WEEKDAY, Question.DAY_PART}


def months(house: House, number: int) -> None:
    """Let the clock run to the end of a detail epoch, counted from 1."""
    for week in range(4 * number - 3, 4 * number + 1):
        tick(house, week)


def rough(house: House, name: str, week: int = 1, **details: str) -> None:
    told = {"severity": "hard"} | details
    said = tuple((Dimension(dimension), category) for dimension, category in told.items())
    say(house, name, in_week(week), mood=3, rough=True, details=said)


def answer(house: House, rough_ones: int, people: int = 23, week: int = 1) -> None:
    """Let some people check in, the first of them after a rough interaction."""
    for name in STAFF[:people]:
        say(house, name, in_week(week), mood=4)
    for name in STAFF[:rough_ones]:
        rough(house, name, week)


def released(house: House) -> list[tuple[int, str, Question]]:
    """Return which questions were answered for which unit at which place in the ledger."""
    query = sa.select(DetailBlock.position, Unit.name, DetailBlock.question)
    ordered = query.join(Unit, Unit.id == DetailBlock.unit_id).order_by(DetailBlock.position)
    with house.engine.connect() as connection:
        return list(connection.execute(ordered).tuples().all())


def words(house: House, question: Question) -> dict[str, str]:
    query = sa.select(DetailWord.category, DetailWord.word).join(
        DetailBlock, DetailBlock.position == DetailWord.position
    )
    with house.engine.connect() as connection:
        found = connection.execute(query.where(DetailBlock.question == question)).tuples().all()
    return {category: word.value for category, word in found}


def test_ten_of_twenty_are_told_in_words_for_the_first_unit_that_has_them(any_house: House):
    answer(any_house, 10)

    months(any_house, 1)

    assert {(unit, question) for _position, unit, question in released(any_house)} == {
        ("Harbour Motors", question) for question in ASKED
    }
    assert words(any_house, Question.SEVERITY) == {"unpleasant": "few", "hard": "most", "severe": "few"}
    assert words(any_house, Question.WEEKDAY)["wednesday"] == "most"
    assert rows(any_house, PendingDetail)
    with any_house.engine.connect() as connection:
        assert detail_ledger.first_broken(connection) is None


def test_a_block_says_what_it_asked_for(house: House):
    answer(house, 10)
    months(house, 1)

    found = rows(house, DetailBlock)[0]

    assert (found.participants_needed, found.event_people_needed, found.tick_days) == (20, 10, 28)


@pytest.mark.parametrize(("rough_ones", "people"), [(9, 23), (10, 19), (0, 23)])
def test_too_few_are_not_told_of_and_wait_one_more_tick(any_house: House, rough_ones: int, people: int):
    answer(any_house, rough_ones, people)

    months(any_house, 1)
    assert rows(any_house, DetailBlock) == []
    waiting = rows(any_house, PendingDetail)
    assert {(row.waited, row.pool_id, row.epoch_id) for row in waiting} == {
        (True, any_house.cast.units["Harbour Motors"], epoch_of(any_house, 2, LedgerKind.DETAIL).id)
    }

    months(any_house, 2)
    assert rows(any_house, DetailBlock) == rows(any_house, PendingDetail) == []
    assert rows(any_house, PendingSpillover) == []


def test_those_who_wait_are_counted_with_those_who_come(any_house: House):
    answer(any_house, 5)
    months(any_house, 1)
    for name in STAFF[5:10]:
        say(any_house, name, in_week(5), mood=4)
        rough(any_house, name, 5)

    months(any_house, 2)

    assert {(unit, question) for _position, unit, question in released(any_house)} == {
        ("Harbour Motors", question) for question in ASKED
    }


def test_somebody_who_waits_has_the_name_of_the_new_four_weeks(house: House):
    answer(house, 1, people=1)
    months(house, 1)
    later = epoch_of(house, 2, LedgerKind.DETAIL)
    key = keys.unwrapped(house.server_key, later.wrapped_key)
    sol = house.cast.people[STAFF[0]]

    names = {row.contributor for row in rows(house, PendingDetail) if row.dimension is Dimension.SEVERITY}
    assert names == {keys.detail_contributor(key, "severity", sol)}

    with house.engine.begin() as connection:
        withdraw.take_back(connection, house.server_key, sol)
    assert rows(house, PendingDetail) == rows(house, PendingSpillover) == []


def test_what_somebody_says_again_does_not_get_in_the_way_of_what_waits(any_house: House):
    answer(any_house, 1, people=1)
    with any_house.engine.begin() as connection:
        epochs.open_due(connection, any_house.server_key, in_week(5))
    answer(any_house, 1, people=1, week=5)
    organisation = any_house.cast.units["Harbour Motors"]
    change(any_house, sa.update(PendingDetail).values(pool_id=organisation))

    tick(any_house, 4)

    said = {True: [], False: []}
    for row in rows(any_house, PendingDetail):
        said[row.waited].append((row.dimension, row.category))
    assert sorted(said[True]) == sorted(said[False])
    assert [row.waited for row in rows(any_house, PendingSpillover)].count(True) == 1


def test_an_erased_persons_rows_do_not_wait(any_house: House):
    answer(any_house, 1, people=2)
    sol = any_house.cast.people[STAFF[0]]
    change(
        any_house,
        sa.delete(Place).where(Place.person_id == sol),
        sa.delete(Person).where(Person.id == sol),
    )

    months(any_house, 1)

    assert {row.category for row in rows(any_house, PendingDetail)} == {""}


def test_whoever_views_any_figure_is_not_part_of_the_detail(any_house: House):
    answer(any_house, 9, people=23)
    for name in ("Alba", "Max", "Tess"):
        say(any_house, name, mood=4)
        rough(any_house, name)

    months(any_house, 1)

    assert rows(any_house, DetailBlock) == []
    authors = {row.contributor for row in rows(any_house, PendingDetail)}
    key = keys.unwrapped(any_house.server_key, epoch_of(any_house, 2, LedgerKind.DETAIL).wrapped_key)
    alba = any_house.cast.people["Alba"]
    assert keys.detail_contributor(key, "severity", alba) not in authors


def test_spillover_is_told_for_the_unit_where_ten_can_be_compared(any_house: House):
    for name in STAFF * 3:
        say(any_house, name, mood=4)
    for name in STAFF[:20]:
        rough(any_house, name)
    for name in STAFF[:10]:
        say(any_house, name, break_minutes=5)
    for name in STAFF[:20]:
        say(any_house, name, mood=2 if name in STAFF[10:14] else 4)

    months(any_house, 1)

    assert words(any_house, Question.SPILLOVER) == {"with_break": "few", "without_break": "some"}
    assert rows(any_house, PendingSpillover) == []


def test_the_detail_ledger_is_chained_and_says_where_it_was_changed(any_house: House):
    answer(any_house, 10)
    months(any_house, 1)
    on = " ON detail_word" if any_house.engine.dialect.name == "postgresql" else ""
    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        change(any_house, sa.delete(DetailWord))
    change(any_house, sa.text(f"DROP TRIGGER detail_word_no_update{on}"))
    change(any_house, sa.update(DetailWord).where(DetailWord.position == 2).values(word="some"))

    with any_house.engine.connect() as connection:
        assert detail_ledger.first_broken(connection) == 2


def test_two_months_follow_each_other_in_one_chain(house: House):
    for month in (1, 2):
        answer(house, 10, week=4 * month - 3)
        months(house, month)

    assert [position for position, _unit, _question in released(house)] == [1, 2, 3, 4, 5, 6]
    with house.engine.connect() as connection:
        assert detail_ledger.first_broken(connection) is None


def test_a_month_that_was_worked_out_before_somebody_took_back_is_worked_out_anew(house: House):
    answer(house, 10)
    for week in (1, 2, 3):
        tick(house, week)
    with house.engine.begin() as connection:
        epochs.open_due(connection, house.server_key, in_week(5))
    over = epoch_of(house, 1, LedgerKind.DETAIL)
    with house.engine.connect() as connection:
        planned = release.plan(connection, over, house.server_key)
    assert planned.drafts
    with house.engine.begin() as connection:
        withdraw.take_back(connection, house.server_key, house.cast.people[STAFF[0]])

    with house.engine.begin() as connection:
        release.run_tick(connection, over, house.server_key, planned)

    assert column(house, sa.select(DetailBlock.position)) == []
