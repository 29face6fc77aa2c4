"""Counting people: one vote each, whatever they answered and how often."""

from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from tests.answers import House, change, column, epoch_of, rows, say
from wellbeing.disclosure import tabulate
from wellbeing.disclosure.tabulate import Vote, votes
from wellbeing.models.epochs import LedgerKind
from wellbeing.models.pending import HeldPool, Pending


def row(person: str, mood: int | None = None, rough: bool = False, break_taken: bool = False):
    return SimpleNamespace(contributor=person.encode(), mood=mood, rough=rough, break_taken=break_taken)


@pytest.mark.parametrize(
    ("answers", "vote"),
    [
        ([row("Sol", 4)], Vote(4, False, False)),
        ([row("Sol", 4), row("Sol", 5)], Vote(5, False, False)),
        ([row("Sol", 1), row("Sol", 1), row("Sol", 2)], Vote(1, False, False)),
        ([row("Sol", 4), row("Sol", rough=True), row("Sol", rough=True)], Vote(4, True, False)),
        ([row("Sol", 4), row("Sol", break_taken=True)], Vote(4, False, True)),
        ([row("Sol", 2, rough=True), row("Sol", 4, break_taken=True)], Vote(3, True, True)),
    ],
)
def test_a_person_has_one_vote(answers: list, vote: Vote):
    assert votes(answers) == [vote]


def test_somebody_who_never_gave_a_mood_has_none():
    assert votes([row("Sol", rough=True), row("Sol", break_taken=True)]) == []
    assert votes([]) == []


@given(st.lists(st.tuples(st.sampled_from("ABCDEFG"), st.none() | st.integers(1, 5), st.booleans())))
def test_there_are_as_many_votes_as_people_with_a_mood_in_any_order(answers: list):
    found = [row(person, mood, rough) for person, mood, rough in answers]

    counted = votes(found)

    assert len(counted) == len({person for person, mood, _rough in answers if mood is not None})
    assert sorted(map(repr, votes(reversed(found)))) == sorted(map(repr, counted))


def test_an_answer_waits_in_one_pool_of_one_epoch(house: House):
    say(house, "Sol")
    say(house, "Kai")
    epoch, units = epoch_of(house, 1).id, house.cast.units

    with house.engine.connect() as connection:
        assert len(tabulate.rows_of(connection, epoch, units["Showroom"])) == 1
        assert tabulate.rows_of(connection, epoch + 1, units["Showroom"]) == []


def test_what_waits_on_takes_a_new_name_to_its_next_pool_and_the_rest_goes(house: House):
    say(house, "Sol")
    say(house, "Noor")
    epoch, other = epoch_of(house, 1).id, epoch_of(house, 1, LedgerKind.DETAIL).id
    sol, noor = (found.contributor for found in rows(house, Pending))
    units = house.cast.units
    kept = tabulate.Kept(sol, units["Service counter"], units["Northgate"])
    with house.engine.begin() as connection:
        tabulate.keep(connection, epoch, other, {kept: b"n" * 32})
        tabulate.delete_epoch(connection, epoch)

    assert [(found.contributor, found.pool_id) for found in rows(house, Pending)] == [
        (b"n" * 32, units["Northgate"])
    ]
    assert noor not in {found.contributor for found in rows(house, Pending)}


def test_the_fingerprint_of_what_waits_changes_with_every_answer(house: House):
    epoch = epoch_of(house, 1).id

    def seen() -> bytes:
        with house.engine.connect() as connection:
            return tabulate.fingerprint(connection, epoch)

    empty = seen()
    say(house, "Sol")
    one = seen()
    say(house, "Sol")
    two = seen()
    change(house, sa.delete(Pending).where(Pending.id == rows(house, Pending)[0].id))

    assert len({empty, one, two}) == 3
    assert seen() != two


def test_nobody_is_looked_up_where_nobody_waits(house: House):
    with house.engine.connect() as connection:
        assert tabulate.authors(connection, lambda _person: b"", set()) == {}


def test_the_counts_of_held_ticks_are_replaced_as_a_whole(house: House):
    units = house.cast.units
    with house.engine.begin() as connection:
        tabulate.keep_held_ticks(connection, {units["Parts"]: 3, units["Showroom"]: 1})
        assert tabulate.held_ticks(connection) == {units["Parts"]: 3, units["Showroom"]: 1}
        tabulate.keep_held_ticks(connection, {})

    assert column(house, sa.select(HeldPool.pool_id)) == []
