"""Which categories a detail block speaks of: all of a list, whoever chose what (R11)."""

from datetime import datetime

import sqlalchemy as sa

from wellbeing import choices
from wellbeing.collect import DAY_PARTS, WEEKDAYS
from wellbeing.models.detail_ledger import Question

FIXED = {
    Question.SEVERITY: tuple(choice.key for choice in choices.SEVERITIES),
    Question.WEEKDAY: WEEKDAYS,
    Question.DAY_PART: DAY_PARTS,
}
LISTS = {
    Question.BEHAVIOUR: choices.BEHAVIOURS,
    Question.CAUSE: choices.CAUSES,
    Question.CHANNEL: choices.CHANNELS,
    Question.AREA: choices.AREAS,
}


def categories(_connection: sa.Connection, question: Question, _opened: datetime) -> tuple[str, ...]:
    """Return every category of a question that was offered at any time since a moment."""
    if question in FIXED:
        return FIXED[question]
    return tuple(choice.key for choice in LISTS[question])
