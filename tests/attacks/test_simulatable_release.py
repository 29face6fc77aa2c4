"""Simulatable release: who took part decides what is released, and when; what anybody said decides nothing.

Two worlds have the same check-ins by the same people in the same weeks, and other moods, rough interactions
and breaks in them. Whoever knows who took part could then have told beforehand which blocks there would be.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.answers import House, after_tick, blocks, in_week, rows, say, tick
from tests.attacks.clones import Clones
from tests.attacks.findings import Report
from tests.attacks.statements import watched
from tests.cast import TEAMS
from wellbeing import epochs
from wellbeing.disclosure import release
from wellbeing.models.epochs import LedgerKind
from wellbeing.models.ledger import Tick
from wellbeing.models.pending import Dimension, HeldPool, Pending

SHOWROOM = ("Kai", "Lena", "Mona", "Nils")
EIGHT = ("Sol", "Noor", "Bea", "Carl", "Dana", "Emil", "Fay", "Gus")
EVERYBODY = sorted(name for names in TEAMS.values() for name in names)


@dataclass(frozen=True)
class TookPart:
    """Somebody was at the counter in a week, with a mood or, after some rough minute or a break, without."""

    week: int
    name: str
    with_mood: bool = True


@dataclass(frozen=True)
class Said:
    """What they said there; without a mood it was either a rough interaction or a break."""

    mood: int = 3
    rough: bool = False
    pause: bool = False


@dataclass(frozen=True)
class World:
    """Everything about a world that its answers must not decide, tick by tick."""

    released: list[tuple[int, str, int]]
    ticks: list[tuple[LedgerKind, int]]
    held: list[tuple[dict[str, int], Counter[tuple[str, int]]]]
    statements: list[list[tuple[str, int]]]


# Eight of one team, four of another, managers and a small team; then weeks in which answers only wait.
WEEKS = 9
PARTICIPATION = (
    *(TookPart(1, name) for name in (*EIGHT, "Sol", *SHOWROOM, "Uma", "Vic", "Alba", "Max")),
    TookPart(1, "Olga", with_mood=False),
    *(TookPart(2, name) for name in ("Sol", "Noor", "Noor", "Bea")),
    *(TookPart(3, name, with_mood=name != "Dana") for name in ("Sol", "Carl", "Dana")),
    *(TookPart(5, name) for name in ("Dana", "Emil", "Kai")),
    TookPart(8, "Uma"),
)
EXTREMES: Mapping[str, Said] = {
    "all 1": Said(1),
    "all 5": Said(5),
    "all 3, all rough": Said(3, rough=True),
    "all 1, all rough, all on a break": Said(1, rough=True, pause=True),
}


def live(clones: Clones, took_part: Sequence[TookPart], said: Sequence[Said], weeks: int = WEEKS) -> World:
    """Let people say something in each of their check-ins, run every tick, and return what came of it."""
    held, statements = [], []
    with clones() as house:
        for week in range(1, weeks + 1):
            for act, answer in zip(took_part, said, strict=True):
                if act.week == week:
                    _say(house, act, answer)
            statements.append(_tick(house, week))
            held.append(_held(house))
        names = {unit: name for name, unit in house.cast.units.items()}
        released = [(block.number, names[block.unit_id], block.people_floor) for block in blocks(house)]
        ticks = [(row.ledger, row.number) for row in rows(house, Tick)]
    return World(released, ticks, held, statements)


def _say(house: House, act: TookPart, said: Said) -> None:
    details = ((Dimension.SEVERITY, "hard"),)
    if act.with_mood:
        pause = 5 if said.pause else 0
        kept = details if said.rough else ()
        say(
            house,
            act.name,
            in_week(act.week),
            mood=said.mood,
            rough=said.rough,
            break_minutes=pause,
            details=kept,
        )
    elif said.rough:
        say(house, act.name, in_week(act.week), rough=True, details=details)
    else:
        say(house, act.name, in_week(act.week), break_minutes=5)


def _tick(house: House, week: int) -> list[tuple[str, int]]:
    """Run a tick, and return its statements, each with how many rows it was given.

    The four-week detail runs apart: its release asks who had a rough interaction, and has a test of its own.
    """
    now = after_tick(week)
    with watched(house.engine) as opening, house.engine.begin() as connection:
        epochs.open_due(connection, house.server_key, now)
    with house.engine.begin() as connection:
        for epoch in release.due(connection, now):
            if epoch.ledger == LedgerKind.DETAIL:
                release.run_tick(connection, epoch, house.server_key)
    with watched(house.engine) as seen:
        tick(house, week)
    return opening + seen


def _held(house: House) -> tuple[dict[str, int], Counter[tuple[str, int]]]:
    """Return for how many ticks pools have waited, and how many people wait there with how many answers."""
    names = {unit: name for name, unit in house.cast.units.items()}
    answers = Counter((names[row.pool_id], row.contributor) for row in rows(house, Pending))
    waiting = Counter((pool, number) for (pool, _person), number in answers.items())
    return {names[row.pool_id]: row.ticks for row in rows(house, HeldPool)}, waiting


def mixed(took_part: Iterable[TookPart]) -> list[Said]:
    """Return answers of all kinds."""
    return [Said(1 + at % 5, rough=at % 3 == 0, pause=at % 4 == 0) for at, _act in enumerate(took_part)]


@pytest.mark.timeout(900)
def test_whatever_everybody_says_the_same_is_released_and_held(any_clones: Clones, finding: Report):
    usual = live(any_clones, PARTICIPATION, mixed(PARTICIPATION))

    for kind, said in EXTREMES.items():
        world = live(any_clones, PARTICIPATION, [said] * len(PARTICIPATION))
        assert (world.released, world.ticks) == (usual.released, usual.ticks), kind
        assert world.held == usual.held, kind
        assert world.statements == usual.statements, kind
    hidden = [kind for kind, said in EXTREMES.items() if hides_what_all_agree_on([said] * len(EIGHT))]
    finding(
        "simulatable release",
        f"0 of {len(EXTREMES)} extremes change what is released, held or asked of the database",
        f"hiding figures on which all agree betrays {len(hidden)} of {len(EXTREMES)}",
        f"{WEEKS} ticks with releases, held pools and climbs, and any taking part (Hypothesis)",
    )


def hides_what_all_agree_on(said: Iterable[Said]) -> bool:
    """The naive rule: a figure on which everybody agrees would show everybody's answer, so it is hidden."""
    return len({one.mood for one in said}) == 1


def test_the_world_has_everything_that_answers_could_decide(clones: Clones):
    world = live(clones, PARTICIPATION, mixed(PARTICIPATION))
    waiting = [{pool for pool, _answers in people} for _ticks, people in world.held]

    assert [unit for _tick, unit, _band in world.released] == [
        "Service counter",
        "Service counter",
        "Harbour Motors",
    ]
    assert "Showroom" in waiting[2] and "Northgate" not in waiting[2]
    assert "Showroom" not in waiting[3] and "Northgate" in waiting[3]


took_part = st.builds(
    TookPart, st.integers(1, 3), st.sampled_from(EVERYBODY), st.sampled_from([True, True, True, False])
)
said = st.builds(Said, st.integers(1, 5), st.booleans(), st.booleans())


@pytest.mark.timeout(900)
@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_whoever_takes_part_any_two_sets_of_answers_are_released_alike(clones: Clones, data: st.DataObject):
    acts = data.draw(st.lists(took_part, min_size=5, max_size=30))
    answers = st.lists(said, min_size=len(acts), max_size=len(acts))

    assert live(clones, acts, data.draw(answers), 5) == live(clones, acts, data.draw(answers), 5)
