"""The ledger: what is written of a pool, chained so that a change shows, kept so that none is made."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError

from tests.answers import House, blocks, change, everything, in_week, say, tick
from wellbeing.disclosure import ledger
from wellbeing.disclosure.tabulate import Vote
from wellbeing.models.ledger import Block, CountWord, MoodWord, NoisyBlock, Tick

SERVICE = ("Sol", "Noor", "Bea", "Carl", "Dana")
SHOWROOM = ("Kai", "Lena", "Mona", "Nils", "Olga")
EPOCH = SimpleNamespace(people_needed=6, own_pool_from=9, tick_days=14)


def draft_of(votes: list[Vote]) -> ledger.Draft:
    return ledger.draft(7, votes, EPOCH)  # type: ignore[arg-type]


@pytest.fixture
def released(any_house: House) -> House:
    """A ledger of three blocks."""
    return release_three(any_house)


def release_three(house: House) -> House:
    """Release one team's week, then the week of two."""
    for week, names in ((1, SERVICE), (2, (*SERVICE, *SHOWROOM))):
        for name in names:
            say(house, name, in_week(week))
        tick(house, week)
    assert [block.number for block in blocks(house)] == [1, 2, 2]
    return house


def broken(house: House) -> int | None:
    with house.engine.connect() as connection:
        return ledger.first_broken(connection)


def test_twelve_people_are_a_figure_counts_and_a_band():
    votes = [Vote(4, rough=n < 5, break_taken=n < 11) for n in range(13)]

    assert draft_of(votes).block == {
        "unit_id": 7,
        "people_floor": 12,
        "mood": Decimal("4"),
        "mood_word": None,
        "rough_count": 5,
        "rough_word": None,
        "break_count": None,
        "break_word": CountWord.MOST,
        "people_needed": 6,
        "own_pool_from": 9,
        "tick_days": 14,
        "rules_version": 1,
    }


def test_six_people_are_words():
    block = draft_of([Vote(5, rough=False, break_taken=True)] * 6).block

    assert (block["mood"], block["mood_word"]) == (None, MoodWord.HIGH)
    assert (block["rough_word"], block["break_word"]) == (CountWord.FEW, CountWord.MOST)


def test_the_noisy_twin_blurs_what_was_exact(monkeypatch: pytest.MonkeyPatch):
    seen = []

    def recorded(value: int, sensitivity: int, _below: object) -> int:
        seen.append((value, sensitivity))
        return 1000 + value

    monkeypatch.setattr(ledger, "noisy", recorded)
    votes = [Vote(1, rough=True, break_taken=False)] * 4 + [Vote(4, rough=False, break_taken=True)] * 9

    assert draft_of(votes).noise == {"people": 1013, "mood_sum": 1001, "rough": 1004, "breaks": 1009}
    assert seen == [(13, 1), (1, 2), (4, 1), (9, 1)]


def test_noise_is_drawn_afresh_for_each_block():
    votes = [Vote(3, False, False)] * 12

    assert len({tuple(draft_of(votes).noise.values()) for _draw in range(20)}) > 1


def test_the_exact_number_of_people_is_stored_nowhere():
    fewer, more = ([Vote(3, False, False)] * people for people in (12, 19))

    assert draft_of(fewer).block == draft_of(more).block


def test_a_whole_ledger_is_found_whole(released: House):
    assert broken(released) is None


def test_an_empty_ledger_is_whole(any_house: House):
    assert broken(any_house) is None


def test_the_database_refuses_to_change_or_delete_what_was_released(released: House):
    before = everything(released)
    for model in (Tick, Block, NoisyBlock):
        key = next(iter(model.__table__.primary_key.columns))
        for statement in (sa.update(model).values({key: key}), sa.delete(model)):
            with pytest.raises(DBAPIError, match="the ledger is append-only"):
                change(released, statement)
    assert everything(released) == before


def test_the_database_refuses_to_replace_or_empty_it(released: House):
    before = everything(released)
    for table in ("tick", "block", "noisy_block"):
        with pytest.raises(DBAPIError, match="the ledger is append-only"):
            change(released, sa.text(by_force(released, table)))
    assert everything(released) == before


def by_force(house: House, table: str) -> str:
    if house.engine.dialect.name == "sqlite":
        return f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
    return f"TRUNCATE {table} CASCADE"


def drop_guard(house: House, table: str, act: str) -> None:
    on = f" ON {table}" if house.engine.dialect.name == "postgresql" else ""
    change(house, sa.text(f"DROP TRIGGER {table}_no_{act}{on}"))


@pytest.mark.parametrize(
    ("position", "values"),
    [
        (1, {"unit_id": 1}),
        (2, {"mood_word": "high"}),
        (2, {"rough_word": "most"}),
        (3, {"tick_id": 1}),
        (2, {"hash": bytes(32)}),
        (3, {"people_needed": 7}),
    ],
)
def test_verify_names_the_first_block_that_was_tampered_with(house: House, position: int, values: dict):
    released = release_three(house)
    drop_guard(released, "block", "update")
    change(released, sa.update(Block).where(Block.position == position).values(**values))

    assert broken(released) == position


def test_verify_notices_a_block_that_was_cut_out(released: House):
    drop_guard(released, "noisy_block", "delete")
    drop_guard(released, "block", "delete")
    change(released, sa.delete(NoisyBlock), sa.delete(Block).where(Block.position == 2))

    assert broken(released) == 2


def test_verify_notices_a_tick_that_was_moved_to_another_week(released: House):
    drop_guard(released, "tick", "update")
    change(released, sa.text("UPDATE tick SET closed_on = '2026-03-17' WHERE number = 2"))

    assert broken(released) == 2


IMPOSSIBLE: tuple[dict[str, object], ...] = (
    {"people_floor": 6},
    {"mood": Decimal("3.0")},
    {"mood_word": None},
    {"people_floor": 8},
    {"rough_count": 3},
    {"rough_word": None},
    {"rough_word": None, "rough_count": 2},
    {"break_word": None, "break_count": 1},
    {"people_floor": 12, "mood_word": None, "mood": Decimal("5.1")},
    {"people_needed": 4},
)


def test_the_database_refuses_an_impossible_block(any_house: House):
    tick(any_house, 1)
    block = {
        "position": 1,
        "tick_id": 1,
        "unit_id": any_house.cast.units["Parts"],
        "people_floor": 5,
        "mood_word": "low",
        "rough_word": "few",
        "break_word": "most",
        "people_needed": 5,
        "own_pool_from": 7,
        "tick_days": 7,
        "rules_version": 1,
        "hash": bytes(32),
    }

    for impossible in IMPOSSIBLE:
        with pytest.raises(IntegrityError):
            change(any_house, sa.insert(Block).values(block | impossible))
    change(any_house, sa.insert(Block).values(block))


def test_the_database_knows_the_words(released: House):
    drop_guard(released, "block", "update")

    for column in ("mood_word", "rough_word", "break_word"):
        with pytest.raises(IntegrityError):
            change(released, sa.text(f"UPDATE block SET {column} = 'terrible'"))


def test_one_tick_has_one_block_for_each_unit(released: House):
    again = sa.text(
        "INSERT INTO block SELECT 9, tick_id, unit_id, people_floor, mood, mood_word, rough_count,"
        " rough_word, break_count, break_word, people_needed, own_pool_from, tick_days, rules_version, :hash"
        " FROM block WHERE position = 1"
    )

    with pytest.raises(IntegrityError):
        change(released, again.bindparams(hash=b"x" * 32))
