"""What may leave the company: sums with noise that was drawn once, over 25 votes or more."""

from collections import defaultdict
from dataclasses import replace
from math import exp

import pytest
import sqlalchemy as sa

from tests.answers import House
from tests.reports.ledger import Released, held, release
from wellbeing.models.base import db
from wellbeing.models.ledger import Block, MoodWord, NoisyBlock
from wellbeing.reports import external, reading
from wellbeing.reports.exports import Selection
from wellbeing.reports.external import Figures, Noisy, Summary, figures, noise_sd


def with_noise(**noise: int) -> None:
    """Give every block without noise the same."""
    drawn = sa.select(NoisyBlock.position)
    for position in db.session.scalars(sa.select(Block.position).where(Block.position.not_in(drawn))):
        db.session.add(NoisyBlock(position=position, **noise))
    db.session.commit()


def asked(*units: int, first: int = 1, last: int = 9) -> Summary:
    with reading.noise() as session:
        return external.summary(session, Selection(units, first, last))


def figures_of(summary: Summary) -> list[Figures | None]:
    return [week.figures for week in summary.weeks]


def test_two_teams_are_told_together(any_house: House):
    parts, counter = any_house.cast.units["Parts"], any_house.cast.units["Service counter"]
    release({parts: Released(20), counter: Released(12)})
    with_noise(people=20, mood_sum=8, rough=5, breaks=-3)

    told = asked(parts, counter)

    assert len(told.weeks) == 1
    assert told.weeks[0].figures == told.together
    assert told.together is not None
    assert (told.together.people, told.together.mood) == (40, 3.4)
    assert (told.together.rough, told.together.breaks) == (0.25, 0.0)


def test_a_week_in_which_25_votes_are_not_certain_is_not_shown(any_house: House):
    parts, counter = any_house.cast.units["Parts"], any_house.cast.units["Service counter"]
    release({parts: Released(12), counter: Released(12)})
    release({parts: Released(20)})
    release({parts: Released(20), counter: Released(12)})
    with_noise(people=400, mood_sum=0, rough=0, breaks=0)

    told = asked(parts, counter)

    assert [found is not None for found in figures_of(told)] == [False, False, True]
    assert told.together == told.weeks[2].figures


def test_a_union_without_any_such_week_says_nothing(any_house: House):
    parts = any_house.cast.units["Parts"]
    release({parts: Released(12)})
    held()
    with_noise(people=99, mood_sum=9, rough=9, breaks=9)

    told = asked(parts)

    assert figures_of(told) == [None]
    assert told.together is None


def test_all_shown_weeks_together_are_their_sums(any_house: House):
    parts = any_house.cast.units["Parts"]
    release({parts: Released(40)})
    with_noise(people=50, mood_sum=-50, rough=10, breaks=0)
    release({parts: Released(40)})
    with_noise(people=30, mood_sum=30, rough=30, breaks=40)

    told = asked(parts).together

    assert told is not None
    assert (told.people, told.mood, told.rough, told.breaks) == (80, 2.8, 0.5, 0.5)


def test_noise_never_leads_beyond_what_is_possible():
    wild = figures(Noisy(blocks=1, people=3, mood_sum=-90, rough=-4, breaks=80))
    other = figures(Noisy(blocks=1, people=25, mood_sum=90, rough=25, breaks=25))

    assert (wild.people, wild.mood, wild.rough, wild.breaks) == (25, 1.0, 0.0, 1.0)
    assert other.mood == 5.0


def test_the_margin_is_what_the_noise_alone_can_do():
    one = Noisy(blocks=1, people=100, mood_sum=0, rough=0, breaks=0)
    p = exp(-0.25)

    assert noise_sd(1) ** 2 == pytest.approx(2 * p / (1 - p) ** 2)
    assert figures(one).people_margin == 12
    assert figures(one).mood_margin == 0.3
    assert figures(one).rough_margin == 0.12
    assert figures(replace(one, blocks=4)).people_margin == 24
    assert figures(replace(one, rough=100)).rough_margin == 0.17


@pytest.mark.parametrize("blocks", [1, 2, 4, 16])
def test_the_margin_holds_in_95_of_100_cases(blocks: int):
    p = exp(-0.25)
    one = {value: (1 - p) / (1 + p) * p ** abs(value) for value in range(-120, 121)}
    total = {0: 1.0}
    for _block in range(blocks):
        summed: dict[int, float] = defaultdict(float)
        for value, chance in total.items():
            for more, odds in one.items():
                summed[value + more] += chance * odds
        total = summed
    margin = figures(Noisy(blocks, 1000, 0, 0, 0)).people_margin

    assert 0.95 <= sum(chance for value, chance in total.items() if abs(value) <= margin) <= 0.975


def test_two_requests_that_are_subtracted_leave_what_noise_made_of_one_team(any_house: House):
    parts, counter = any_house.cast.units["Parts"], any_house.cast.units["Service counter"]
    release({parts: Released(40), counter: Released(5, MoodWord.LOW)})
    with_noise(people=31, mood_sum=-3, rough=2, breaks=1)

    both, one = asked(parts, counter).together, asked(parts).together

    assert both is not None and one is not None
    assert both.people - one.people == 31


def test_the_same_request_adds_the_same_noise_up_again(any_house: House):
    parts = any_house.cast.units["Parts"]
    release({parts: Released(40)})
    with_noise(people=41, mood_sum=3, rough=7, breaks=9)

    assert asked(parts) == asked(parts)


def test_other_units_and_weeks_stay_out(any_house: House):
    parts, counter = any_house.cast.units["Parts"], any_house.cast.units["Service counter"]
    release({parts: Released(40), counter: Released(40)})
    release({parts: Released(40)})
    with_noise(people=41, mood_sum=0, rough=0, breaks=0)

    told = asked(parts, first=1, last=1)

    assert told.together is not None
    assert told.together.people == 41
