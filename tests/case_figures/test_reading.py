from datetime import timedelta
from zoneinfo import ZoneInfo

from tests.answers import House
from tests.cast import NOW, ZONE
from wellbeing.case_figures import periods, reading
from wellbeing.case_figures.chances import Chance
from wellbeing.case_figures.medians import Wait
from wellbeing.case_figures.reading import Teams
from wellbeing.case_figures.recurring import Recurring
from wellbeing.models.base import db
from wellbeing.models.cases import Case, Outcome

MADRID = ZoneInfo(ZONE)


def case(unit_id: int, **given: object) -> Case:
    usual: dict[str, object] = {"channel": "phone", "what": "The car was not ready", "came_at": NOW}
    return Case(unit_id=unit_id, **{**usual, **given})


def test_causes_that_come_back_are_counted_in_the_teams_asked_for(any_house: House):
    counter, parts = any_house.cast.units["Service counter"], any_house.cast.units["Parts"]
    # The first local midnight that counts is 23:00 the day before in UTC.
    first = NOW.replace(hour=23, minute=0, second=0, microsecond=0) - timedelta(days=91)
    db.session.add_all(
        [
            *(case(counter, cause="delay", came_at=moment) for moment in (NOW, NOW, first)),
            *(case(counter, cause="price", came_at=moment) for moment in (NOW, NOW)),
            case(counter, cause="price", came_at=first - timedelta(seconds=1)),
            *(case(parts, cause="delay") for _time in range(4)),
            *(case(counter) for _time in range(4)),
        ]
    )
    db.session.flush()
    today = NOW.date()

    assert reading.coming_back(db.session(), [counter], today, MADRID) == [Recurring("delay", 3, (counter,))]
    assert reading.coming_back(db.session(), [counter, parts], today, MADRID) == [
        Recurring("delay", 7, (counter, parts))
    ]
    assert reading.coming_back(db.session(), [], today, MADRID) == []


def test_waits_run_by_the_clock_from_the_customers_first_word(any_house: House):
    unit = any_house.cast.units["Service counter"]
    other = any_house.cast.units["Parts"]
    hour = timedelta(hours=1)
    closed = {"felt_better": True, "mattered": True, "outcome": Outcome.STAYED}
    db.session.add_all(
        [
            case(unit, came_at=NOW - 60 * hour, first_attention_at=NOW - 10 * hour),  # over a weekend
            case(unit, came_at=NOW - 2 * hour, threatened=True, first_attention_at=NOW - hour),
            case(unit, came_at=NOW - 5 * hour),
            case(unit, channel="email", came_at=NOW - 5 * hour, closed_at=NOW - hour, **closed),
            case(unit, proactive=True, came_at=NOW - hour, first_attention_at=NOW - hour),
            case(unit, came_at=NOW + hour),
            case(unit, came_at=NOW - 500 * hour),
            case(other, came_at=NOW - hour),
        ]
    )
    db.session.flush()

    found = reading.waits(db.session(), Teams([unit], MADRID), NOW.date() - timedelta(days=7), NOW)

    assert {wait.minutes: wait.over for wait in found["phone"][False]} == {3000: True, 300: False}
    assert found["phone"][True] == [Wait(60)]
    assert found["email"] == {True: [], False: [Wait(240)]}
    assert found.keys() == {"phone", "email"}


def test_stretches_count_cases_by_the_sites_own_mondays(any_house: House):
    unit = any_house.cast.units["Service counter"]
    starts = periods.starts(NOW.date())
    newest = periods.midnight(starts[-1], MADRID)
    second = timedelta(seconds=1)
    db.session.add_all(
        [
            case(unit, came_at=newest, threatened=True),
            case(unit, came_at=newest - second, threatened=True, proactive=True),
            case(unit, came_at=newest - second, proactive=True),
            case(unit, came_at=periods.midnight(starts[0], MADRID)),
            case(unit, came_at=periods.midnight(starts[0], MADRID) - second),
        ]
    )
    db.session.flush()

    found = reading.stretches(db.session(), Teams([unit], MADRID), starts)

    assert [(one.some, one.of) for one in found.threats] == [(0, 1), *[(0, 0)] * 10, (1, 2), (1, 1)]
    assert [(one.some, one.of) for one in found.first_moves] == [(0, 1), *[(0, 0)] * 10, (2, 2), (0, 1)]
    assert tuple(one.starts_on for one in found.threats) == starts


def test_ends_of_chances_are_those_of_closed_cases(any_house: House):
    unit = any_house.cast.units["Service counter"]
    closed = {"closed_at": NOW, "felt_better": True, "mattered": False}
    db.session.add_all(
        [
            case(unit, chance=2, outcome=Outcome.LEFT, **closed),
            case(unit, chance=2, outcome=Outcome.STAYED, **closed),
            case(unit, chance=7, outcome=Outcome.UNKNOWN, **closed),
            case(unit, chance=1),
        ]
    )
    db.session.flush()

    found = reading.ended(db.session(), Teams([unit], MADRID), NOW.date())

    assert found == (Chance(2, 1, 1, 0), Chance(4, 0, 0, 1))
