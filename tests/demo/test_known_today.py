"""Whenever the demo is made, something is known at its counter, and it could be true."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.answers import House
from tests.cast import NOW
from wellbeing import notice_draft, notice_words, notices
from wellbeing.demo import known_today
from wellbeing.models.accounts import Unit
from wellbeing.models.base import db

LONDON = ZoneInfo("Europe/London")
HOURS_OF_A_WEEK = [
    datetime(2026, 11, 16, 0, 20, tzinfo=LONDON) + timedelta(hours=hour) for hour in range(168)
]


@pytest.mark.parametrize(
    "made", [known_today.late_loan_cars, known_today.closed_gate, known_today.no_card_payments]
)
def test_every_notice_is_one_that_a_manager_could_write(house: House, made):
    for local in HOURS_OF_A_WEEK:
        said = made(local)
        times = {
            "starts": notice_words.field(said.starts_at, LONDON),
            "ends": notice_words.field(said.ends_at, LONDON),
        }
        typed = notice_draft.Typed(said.what, said.words, whom="\n".join(said.whom), **times)
        kept = notice_draft.draft(typed, LONDON, local.astimezone(UTC))
        assert (kept.what, kept.words, kept.whom) == (said.what, said.words, said.whom)
        assert kept.ends_at == said.ends_at


def test_at_any_hour_two_run_and_one_is_planned():
    for local in HOURS_OF_A_WEEK:
        cars, gate = known_today.late_loan_cars(local), known_today.closed_gate(local)
        plan = known_today.no_card_payments(local)

        assert cars.starts_at < local < cars.ends_at - timedelta(minutes=59)
        assert cars.ends_at - cars.starts_at < timedelta(hours=30)
        assert gate.starts_at < local < gate.ends_at
        assert local < plan.starts_at < local + timedelta(days=8)
        assert plan.starts_at.astimezone(LONDON).strftime("%a %H") == "Thu 18"


def test_the_words_name_the_hour_at_which_the_notice_ends():
    morning, night = HOURS_OF_A_WEEK[9], HOURS_OF_A_WEEK[22]

    assert "here by 12:00." in known_today.late_loan_cars(morning).words
    assert "here by 12:00 tomorrow." in known_today.late_loan_cars(night).words


def test_they_hang_at_the_counter_with_the_first_of_each_told(any_house: House):
    team = db.session.get_one(Unit, any_house.cast.units["Parts"])

    known_today.hang_up(db.session(), team, NOW, LONDON)

    with any_house.engine.connect() as connection:
        shown = notices.shown_at(connection, any_house.cast.units["Parts"], NOW)
    assert [notice.unit for notice in shown] == ["Parts", "Northgate"]
    assert all([bool(line.told_at) for line in notice.audience][:2] == [True, False] for notice in shown)
