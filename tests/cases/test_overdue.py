"""When a case is overdue: nobody has it, nothing happens next, or it is open for too long."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from wellbeing.cases.overdue import Flag, Standing, flags, overdue_from, rising

MADRID = ZoneInfo("Europe/Madrid")
CAME = datetime(2026, 3, 4, 11, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def standing(**given: object) -> Standing:
    usual = {"open_since": CAME, "has_owner": True, "has_step": True, "due_on": date(2026, 3, 6)}
    return Standing(**usual | given)


@pytest.mark.parametrize(
    ("case", "after", "up"),
    [
        (standing(), timedelta(), ()),
        (standing(has_owner=False), DAY - timedelta(seconds=1), ()),
        (standing(has_owner=False), DAY, (Flag.NO_OWNER,)),
        (standing(has_step=False, due_on=None), DAY, (Flag.NO_STEP,)),
        (standing(has_owner=False, has_step=False, due_on=None), DAY, (Flag.NO_OWNER, Flag.NO_STEP)),
        (standing(due_on=None), 13 * DAY, ()),
        (standing(due_on=None), 14 * DAY, (Flag.NO_CLOSURE,)),
        (standing(), 14 * DAY, (Flag.NO_STEP, Flag.NO_CLOSURE)),
    ],
)
def test_who_waits_is_seen(case: Standing, after: timedelta, up: tuple[Flag, ...]):
    assert flags(case, CAME + after, MADRID) == up


def test_a_step_may_still_be_done_on_the_evening_of_its_day():
    midnight = datetime(2026, 3, 6, 23, 0, tzinfo=UTC)

    assert flags(standing(), midnight - timedelta(seconds=1), MADRID) == ()
    assert flags(standing(), midnight, MADRID) == (Flag.NO_STEP,)
    assert overdue_from(standing(), MADRID) == midnight


def test_the_first_flag_to_rise_says_how_urgent_a_case_is():
    nobody = standing(has_owner=False)

    assert rising(nobody, MADRID).keys() == set(Flag)
    assert overdue_from(nobody, MADRID) == CAME + DAY
    assert overdue_from(standing(due_on=None), MADRID) == CAME + 14 * DAY
