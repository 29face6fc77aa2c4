"""The bad month: how deep it is, how long it lasts, and what stays of it."""

import pytest

from wellbeing.demo.house import BAD_MONTH, OFFICE, TEAMS


@pytest.mark.parametrize(
    ("weeks_before_end", "share"),
    [(26, 0), (13, 0), (12, 1), (8, 1), (7, 0.75), (6, 0.5), (5, 0.35), (0, 0.35)],
)
def test_the_bad_month_begins_at_once_lasts_five_weeks_and_heals_slowly_but_not_wholly(
    weeks_before_end, share
):
    drop = BAD_MONTH.drop_in(BAD_MONTH.team, weeks_before_end)

    assert drop == pytest.approx(share * BAD_MONTH.drop)


def test_the_bad_month_leaves_all_other_teams_alone():
    others = [team.path for team in TEAMS if team.path != BAD_MONTH.team]

    assert len(others) == len(TEAMS) - 1
    assert {BAD_MONTH.drop_in(path, week) for path in others for week in range(27)} == {0.0}


def test_the_office_of_hr_and_the_admin_is_one_of_the_teams():
    assert OFFICE in {team.path for team in TEAMS}
