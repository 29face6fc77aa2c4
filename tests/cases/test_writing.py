"""What can happen to a case, from the first word to the day on which it is forgotten."""

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from tests.answers import House, house_of
from tests.cases.brought import DRAFT, MADRID, bring, close, kept
from tests.cast import NOW
from wellbeing.cases import writing
from wellbeing.cases.writing import Attention, ChangedMeanwhile, Start
from wellbeing.models.base import db
from wellbeing.models.cases import Case, CaseNote, CaseWord, Outcome

HOUR = timedelta(hours=1)


def held(case_id: int) -> Case:
    return writing.held(db.session(), case_id)


def open_now(house: House, start: Start) -> writing.Opened:
    unit = house.cast.units["Service counter"]
    return writing.open_case(db.session(), unit, DRAFT, start, NOW, MADRID)


def test_a_form_that_is_sent_twice_makes_one_case(any_house: House):
    first = open_now(any_house, Start("a" * 32))
    again = open_now(any_house, Start("a" * 32))

    assert (first.is_new, again.is_new) == (True, False)
    assert first.id == again.id
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Case)) == 1


def test_a_form_that_is_sent_twice_at_the_same_moment_makes_one_case(postgres_app: Flask, monkeypatch):
    with postgres_app.app_context():
        house = house_of(postgres_app)
        first = open_now(house, Start("b" * 32))
        # The second one looked before the first one had written.
        looks = iter([None])
        real = writing._made_by
        monkeypatch.setattr(writing, "_made_by", lambda *given: next(looks, real(*given)))

        assert open_now(house, Start("b" * 32)) == writing.Opened(first.id, is_new=False)


def test_what_the_table_does_not_take_is_no_second_time(any_house: House):
    unit = any_house.cast.units["Service counter"]
    with pytest.raises(IntegrityError):
        writing.open_case(db.session(), unit, replace(DRAFT, what=""), Start("d" * 32), NOW, MADRID)


def test_a_case_without_a_single_word_is_kept_too(any_house: House):
    draft = replace(DRAFT, what="😠 !!!", promised="", next_step="", due_on=None, order_number="")
    unit = any_house.cast.units["Service counter"]

    made = writing.open_case(db.session(), unit, draft, Start("e" * 32), NOW, MADRID)

    assert made.is_new and kept(made.id).what == "😠 !!!"


def test_a_note_that_is_sent_twice_is_there_once(any_house: House):
    case, people = bring(any_house.cast), any_house.cast.people

    def say(text: str, name: str, seconds: int) -> None:
        at = NOW + timedelta(seconds=seconds)
        writing.note(db.session(), held(case), text, people[name], at, MADRID)

    for text, name, seconds in (("A word", "Sol", 0), ("A word", "Sol", 3), ("A word", "Bea", 4)):
        say(text, name, seconds)
    say("Another", "Bea", 5)
    say("Another", "Bea", 66)

    assert [line.text for line in kept(case).notes] == ["A word", "A word", "Another", "Another"]


@pytest.mark.parametrize(
    ("attention", "at"),
    [(Attention.NOT_YET, None), (Attention.AT_ONCE, DRAFT.came_at), (Attention.NOW, NOW)],
)
def test_whoever_writes_it_down_says_whether_somebody_has_answered(house: House, attention, at):
    assert kept(open_now(house, Start("c" * 32, None, attention)).id).first_attention_at == at


def test_the_first_answer_counts(any_house: House):
    case = bring(any_house.cast)
    writing.attend(db.session(), held(case), NOW, MADRID)
    writing.attend(db.session(), held(case), NOW + HOUR, MADRID)

    assert kept(case).first_attention_at == NOW


def test_somebody_takes_a_case_and_it_is_less_urgent_than_before(any_house: House):
    case = bring(any_house.cast, next_step="Call", due_on=date(2026, 3, 7))
    assert kept(case).overdue_from == NOW + timedelta(days=1)

    writing.hand_over(db.session(), held(case), any_house.cast.people["Sol"], MADRID)

    assert kept(case).owner.name == "Sol Vale"
    assert kept(case).overdue_from > NOW + timedelta(days=3)


def test_two_people_who_change_the_same_case_do_not_overwrite_each_other(any_house: House):
    case = bring(any_house.cast)
    seen = kept(case).version
    writing.attend(db.session(), writing.held(db.session(), case, seen), NOW, MADRID)

    with pytest.raises(ChangedMeanwhile):
        writing.held(db.session(), case, seen)


def test_a_second_change_waits_until_the_first_is_done(postgres_app: Flask):
    with postgres_app.app_context():
        house = house_of(postgres_app)
        case = bring(house.cast)
        seen = kept(case).version
        found = writing.held(db.session(), case, seen)
        outcome = []

        def second() -> None:
            with postgres_app.app_context():
                try:
                    writing.held(db.session(), case, seen)
                except ChangedMeanwhile:
                    outcome.append("told")
                db.session.rollback()

        thread = threading.Thread(target=second)
        thread.start()
        writing.attend(db.session(), found, NOW, MADRID)
        thread.join()

        assert outcome == ["told"]


def test_a_case_may_go_to_another_team_and_come_earlier_than_was_thought(any_house: House):
    case = bring(any_house.cast, at=NOW)
    writing.attend(db.session(), held(case), DRAFT.came_at, MADRID)
    later = vars(DRAFT) | {"came_at": NOW, "what": "It was the tyre"}

    writing.change(db.session(), held(case), any_house.cast.units["Parts"], type(DRAFT)(**later), MADRID, ())

    assert kept(case).unit.name == "Parts"
    assert kept(case).first_attention_at == NOW
    words = set(db.session.scalars(sa.select(CaseWord.word).where(CaseWord.case_id == case)))
    assert words == {"it", "was", "the", "tyre"}


def test_being_in_touch_again_is_noted_and_needs_no_words(any_house: House):
    sol = any_house.cast.people["Sol"]
    case = bring(any_house.cast, recontact_on=date(2026, 3, 4))
    writing.recontacted(db.session(), held(case), "", sol, NOW, MADRID)
    writing.recontacted(db.session(), held(case), "They laughed.", sol, NOW + HOUR, MADRID)

    found = kept(case)
    assert found.recontact_on is None
    assert found.first_attention_at == NOW
    assert [(line.text, line.person.name) for line in found.notes] == [
        ("We have been in touch again.", "Sol Vale"),
        ("They laughed.", "Sol Vale"),
    ]


def test_a_closed_case_that_comes_back_is_another_chance(any_house: House):
    case = bring(any_house.cast, next_step="Call", due_on=date(2026, 3, 5))
    close(case, NOW + HOUR, date(2026, 3, 9))
    closed = kept(case)
    assert (closed.felt_better, closed.outcome) == (True, Outcome.STAYED)
    assert (closed.first_attention_at, closed.recontact_on) == (NOW + HOUR, date(2026, 3, 9))

    for _time in range(10):
        writing.open_again(db.session(), held(case), any_house.cast.people["Bea"], NOW + 30 * HOUR, MADRID)
        close(case, NOW + 40 * HOUR)
    writing.open_again(db.session(), held(case), any_house.cast.people["Bea"], NOW + 50 * HOUR, MADRID)

    found = kept(case)
    assert found.chance == writing.MOST_CHANCES
    assert (found.closed_at, found.felt_better, found.mattered, found.outcome) == (None,) * 4
    assert (found.next_step, found.due_on, found.open_since) == ("", None, NOW + 50 * HOUR)
    assert found.notes[0].text == "Opened again. It had been closed on 2026-03-04."


def test_open_cases_go_along_when_units_merge_and_closed_ones_stay(any_house: House):
    units = any_house.cast.units
    open_one, closed_one = bring(any_house.cast, "Parts"), bring(any_house.cast, "Parts")
    close(closed_one)
    with any_house.engine.begin() as connection:
        writing.go_along(connection, units["Parts"], units["Showroom"])

    assert kept(open_one).unit_id == units["Showroom"]
    assert kept(closed_one).unit_id == units["Parts"]


def test_a_case_is_forgotten_two_years_after_it_was_closed(any_house: House, monkeypatch):
    monkeypatch.setattr(writing, "FORGOTTEN_AT_ONCE", 2)
    old = [bring(any_house.cast, what="Long ago") for _case in range(3)]
    for case in old:
        writing.note(db.session(), held(case), "A word", any_house.cast.people["Sol"], NOW, MADRID)
        close(case)
    young, still_open = bring(any_house.cast), bring(any_house.cast)
    close(young, NOW + HOUR)
    days = timedelta(days=730)

    def left() -> set[int]:
        with any_house.engine.begin() as connection:
            writing.forget_old(connection, NOW + days)
            return set(connection.scalars(sa.select(Case.id)))

    assert len(left()) == 3
    assert left() == {young, still_open}
    with any_house.engine.connect() as connection:
        assert connection.scalars(sa.select(CaseNote.id)).all() == []
        assert set(connection.scalars(sa.select(CaseWord.case_id))) == {young, still_open}
