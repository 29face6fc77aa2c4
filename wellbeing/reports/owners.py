"""Whose figures and words a unit's page tells: its own, or those of units above it."""

from wellbeing.reports.board import Board
from wellbeing.reports.detail import FourWeeks


def owners(board: Board, four_weeks: FourWeeks | None = None) -> frozenset[int]:
    """Return the ids of the units that the figures of a page are of, and the words beside them."""
    figures = {board.source.id} if board.weeks else set()
    words = {told.unit_id for told in four_weeks.told.values()} if four_weeks else set()
    return frozenset(figures | words)
