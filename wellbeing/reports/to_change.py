"""What a unit's page and its Monday sheet offer to change: ideas from the words and figures they show."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from wellbeing.models.detail_ledger import Question
from wellbeing.reports import detail, trends
from wellbeing.reports.board import Board
from wellbeing.reports.detail import FourWeeks
from wellbeing.reports.ideas import Idea, Told, ideas


def to_change(session: Session, board: Board, four_weeks: FourWeeks | None) -> tuple[Idea, ...]:
    """Return up to three ideas for a unit's page; none for a unit that is closed or not open yet.

    They speak of the newest tick, like the headline, whatever period the page shows.
    """
    if board.unit.closed_on or board.unit.opens_on:
        return ()
    newest = trends.ticks_of(session, 1)
    number = newest[0].number if newest else 0
    week = next((week for week in board.newest if week.number == number), None)
    above = "" if board.source == board.unit else board.source.name
    return ideas(_told(board, four_weeks) if four_weeks else {}, week, number, above)


def _told(board: Board, found: FourWeeks) -> Mapping[Question, Told]:
    names = {line.id: line.name for line in board.path}
    called = {question: found.called.get(question, {}) for question in found.told}
    return {
        question: Told(
            words={key: told.words[key] for key in detail.in_order(told.words, called[question])},
            labels=called[question],
            above="" if told.unit_id == board.unit.id else names[told.unit_id],
        )
        for question, told in found.told.items()
    }
