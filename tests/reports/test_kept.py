"""Figures are looked up once; whoever reads after a release reads what is new."""

from flask import Flask

from tests.reports.ledger import Released, held, release
from wellbeing.models.accounts import Unit
from wellbeing.models.base import db
from wellbeing.reports import reading
from wellbeing.reports.kept import MOST, kept


def told(question: object, found: object) -> object:
    """Ask as a page does, in a session of its own; the ledger would say ``found`` now."""
    with reading.session() as session:
        return kept(session, question, lambda: found)


def test_the_second_reader_is_told_what_the_first_one_was(any_house):
    assert [told("mood", found) for found in ("3.4", "another")] == ["3.4", "3.4"]
    assert told("breaks", "few") == "few"


def test_that_there_is_nothing_is_an_answer_too(house):
    assert [told("mood", found) for found in (None, "another")] == [None, None]


def test_after_a_tick_everybody_is_told_anew_also_where_it_released_nothing(any_house):
    told("mood", "before the first tick")
    held()
    assert told("mood", "one tick") == "one tick"

    release({db.session.query(Unit.id).first()[0]: Released()})

    assert told("mood", "a block") == "a block"


def test_a_process_keeps_only_so_many_answers(house):
    told("the first", "old")
    for number in range(MOST):
        told(number, number)

    assert told("the first", "looked up again") == "looked up again"


def test_two_sites_in_one_process_are_told_apart(house, fresh):
    told("mood", "ours")
    other: Flask = fresh("sqlite")

    with other.app_context():
        assert told("mood", "theirs") == "theirs"
