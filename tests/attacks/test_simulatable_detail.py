"""Simulatable release of the four-week detail: who took part and who had something to tell of decide it.

Two worlds have the same people with the same check-ins, rough interactions and breaks, and other moods and
other categories. The same questions are answered for the same units, and the same people wait for more.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from tests.answers import House, in_week, rows, say, tick
from tests.attacks.clones import Clones
from tests.attacks.statements import watched
from tests.cast import ROLES, TEAMS
from wellbeing import choices
from wellbeing.models.accounts import Unit
from wellbeing.models.detail_ledger import DetailBlock, Question
from wellbeing.models.pending import Dimension, PendingDetail, PendingSpillover

STAFF = [name for names in TEAMS.values() for name in names if name not in ROLES]
WEEKS = 8
CHOSEN = {
    Dimension.SEVERITY: choices.SEVERITIES,
    Dimension.BEHAVIOUR: choices.BEHAVIOURS,
    Dimension.CAUSE: choices.CAUSES,
    Dimension.CHANNEL: choices.CHANNELS,
    Dimension.AREA: choices.AREAS,
}

# Returns a number for somebody's so-manieth answer; moods and categories follow from it.
Opinion = Callable[[int, int], int]
OPINIONS: Mapping[str, Opinion] = {
    "all the first": lambda person, number: 0,
    "all the last": lambda person, number: -1,
    "moods ever lower": lambda person, number: -1 - number,
    "each another": lambda person, number: person + 2 * number,
}


@dataclass(frozen=True)
class World:
    """Everything about the detail ledger that moods and categories must not decide."""

    released: list[tuple[int, str, Question]]
    waiting: list[Counter[tuple[str, bool]]]
    statements: list[list[tuple[str, int]]]


def live(clones: Clones, with_event: int, opinion: Opinion) -> World:
    """Let 23 people take part, the first of them with a rough interaction, and run eight weekly ticks."""
    waiting, statements = [], []
    with clones() as house:
        for at, name in enumerate(STAFF):
            _take_part(house, name, at < with_event, lambda number, at=at: opinion(at, number))
        for week in range(1, WEEKS + 1):
            with watched(house.engine) as seen:
                tick(house, week)
            statements.append(seen)
            waiting.append(_waiting(house))
        return World(_released(house), waiting, statements)


def _take_part(house: House, name: str, with_event: bool, opinion: Callable[[int], int]) -> None:
    """Check in five times; with an event, the last time follows it, for every second person after a break."""
    for number in range(4):
        say(house, name, in_week(1), mood=1 + opinion(number) % 5)
    if with_event:
        told = tuple(
            (dimension, listed[opinion(4) % len(listed)].key) for dimension, listed in CHOSEN.items()
        )
        say(house, name, in_week(1), mood=1 + opinion(4) % 5, rough=True, details=told)
        if STAFF.index(name) % 2:
            say(house, name, in_week(1), break_minutes=5)
    say(house, name, in_week(1), mood=1 + opinion(5) % 5)


def _released(house: House) -> list[tuple[int, str, Question]]:
    query = sa.select(DetailBlock.tick_id, Unit.name, DetailBlock.question)
    joined = query.join(Unit, Unit.id == DetailBlock.unit_id).order_by(DetailBlock.position)
    with house.engine.connect() as connection:
        return list(connection.execute(joined).tuples().all())


def _waiting(house: House) -> Counter[tuple[str, bool]]:
    """Return how many rows wait about each question."""
    asked: Counter[tuple[str, bool]] = Counter()
    asked.update((row.dimension, row.waited) for row in rows(house, PendingDetail))
    asked.update(("spillover", row.waited) for row in rows(house, PendingSpillover))
    return asked


@pytest.mark.timeout(900)
@pytest.mark.parametrize(("with_event", "questions"), [(20, 8), (12, 7), (9, 0)])
def test_whatever_people_choose_the_same_questions_are_answered_for_the_same_units(
    any_clones: Clones, with_event: int, questions: int
):
    usual, *others = (live(any_clones, with_event, opinion) for opinion in OPINIONS.values())

    assert len(usual.released) == questions
    for world in others:
        assert world.released == usual.released
        assert world.waiting == usual.waiting
        assert world.statements == usual.statements
