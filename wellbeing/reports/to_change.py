"""What a unit's page and its Monday sheet offer to change: ideas from the words and figures they show."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from wellbeing.models.detail_ledger import Question
from wellbeing.reports import detail, trends
from wellbeing.reports.board import Board
from wellbeing.reports.ideas import Idea, Told, ideas


def to_change(session: Session, board: Board, now: datetime) -> tuple[Idea, ...]:
    """Return up to three ideas for a unit's page; none for a unit that is closed or not open yet."""
    if board.unit.closed_on or board.unit.opens_on:
        return ()
    newest = trends.ticks_of(session, 1)
    number = newest[0].number if newest else 0
    week = next((week for week in board.weeks if week.number == number), None)
    return ideas(_told(session, board, now), week, number)


def _told(session: Session, board: Board, now: datetime) -> Mapping[Question, Told]:
    found = detail.newest_words(session, board.path, now)
    if not found:
        return {}
    called, names = detail.labels(session), {line.id: line.name for line in board.path}
    return {
        question: Told(
            words={key: told.words[key] for key in detail.in_order(told.words, called.get(question, {}))},
            labels=called.get(question, {}),
            above="" if told.unit_id == board.unit.id else names[told.unit_id],
        )
        for question, told in found.items()
    }
