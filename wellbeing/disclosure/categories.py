"""Which categories a detail block speaks of: all of a list, whoever chose what (R11)."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from wellbeing import choices, lists
from wellbeing.epochs import DETAIL_DAYS
from wellbeing.models.detail_ledger import Question
from wellbeing.models.lists import ListName
from wellbeing.moments import DAY_PARTS, WEEKDAYS

FIXED = {
    Question.SEVERITY: tuple(choice.key for choice in choices.SEVERITIES),
    Question.WEEKDAY: WEEKDAYS,
    Question.DAY_PART: DAY_PARTS,
}


def categories(connection: sa.Connection, question: Question, opened: datetime) -> tuple[str, ...]:
    """Return every category of a question that an answer can hold that waits in an epoch opened then.

    Some may have waited since the four weeks before.
    """
    if question in FIXED:
        return FIXED[question]
    return lists.all_of(connection, ListName(question), (opened - timedelta(days=DETAIL_DAYS)).date())
