"""What the made-up dealership says at its check-ups."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from tests.answers import House, rows
from tests.quarters import IN_APRIL, MARCH, opened, quarters, run_jobs, words
from wellbeing.demo import checkup
from wellbeing.demo.checkup import CheckUps
from wellbeing.models.base import db
from wellbeing.models.checkup import CustomersAsked, MysteryInquiry
from wellbeing.models.pending import PendingCheckup

LATER = MARCH + timedelta(days=8)


def test_the_house_answers_each_check_up_once_some_days_after_it_opened(house: House):
    asked = CheckUps()
    asked.reply_if_due(house.engine, house.server_key, MARCH)
    opened(house)
    asked.reply_if_due(house.engine, house.server_key, MARCH)
    assert rows(house, PendingCheckup) == []

    asked.reply_if_due(house.engine, house.server_key, LATER)
    said = rows(house, PendingCheckup)
    assert len({row.item for row in said}) > 35
    asked.reply_if_due(house.engine, house.server_key, LATER + timedelta(days=1))
    assert rows(house, PendingCheckup) == said
    assert asked.answered == [quarters(house)[0].id]

    run_jobs(house, IN_APRIL)
    assert {"few", "some", "most"} == set(words(house).values())


def test_everybody_says_the_same_in_every_making_and_some_take_no_part(house: House):
    asked = checkup.checkup_questions.asked_on(db.session(), MARCH.date())
    steps = checkup.checkup_questions.steps(db.session(), asked, "en")
    items = [item for step in steps for item in step.items]
    said = [checkup.replies(items, 1, person) for person in range(1, 60)]

    assert said == [checkup.replies(items, 1, person) for person in range(1, 60)]
    assert 5 < said.count({}) < 30


def test_what_the_house_read_of_got_better():
    assert checkup.likely("small-call", 1) < checkup.likely("small-call", 2) < 1
    assert checkup.likely("thanks-interest", 2) < checkup.likely("thanks-interest", 1)
    assert checkup.likely("amenities", 1) == checkup.likely("amenities", 2) > checkup.USUAL


def test_what_it_found_out_stands_at_the_service_counter(house: House):
    zone = ZoneInfo("Europe/Madrid")
    checkup.find_out(db.session(), {}, MARCH, zone)
    assert rows(house, CustomersAsked) == []

    checkup.find_out(db.session(), {checkup.COUNTER: house.cast.units["Service counter"]}, MARCH, zone)
    assert len(rows(house, CustomersAsked)) == len(checkup.ASKED)
    found = rows(house, MysteryInquiry)
    assert [row.answered_at is None for row in found].count(True) == 1
