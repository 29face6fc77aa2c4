"""What a diary is told of an act at the counter."""

from datetime import datetime

from wellbeing.answer import Answer
from wellbeing.diary.entry import Counted, Entry, Kind
from wellbeing.models.pending import Dimension


def told(answer: Answer, now: datetime, felt_at: datetime | None, counted: Counted | None) -> Entry:
    """Return an act as its author's diary keeps it; ``felt_at`` is None where no clock can tell."""
    by_dimension = dict(answer.details)
    return Entry(
        kind=_kind(answer),
        # What waited on a tablet was entered when it was tapped, as far as a clock can tell.
        entered_at=(felt_at or now).replace(second=0, microsecond=0),
        felt_at=felt_at.replace(second=0, microsecond=0) if felt_at else None,
        mood=answer.mood,
        severity=by_dimension.get(Dimension.SEVERITY),
        behaviour=tuple(key for dimension, key in answer.details if dimension is Dimension.BEHAVIOUR),
        cause=by_dimension.get(Dimension.CAUSE),
        channel=by_dimension.get(Dimension.CHANNEL),
        area=by_dimension.get(Dimension.AREA),
        break_kind=answer.break_kind,
        minutes=answer.break_minutes,
        counted=counted,
    )


def _kind(answer: Answer) -> Kind:
    if answer.rough:
        return Kind.ROUGH
    if answer.break_minutes:
        return Kind.BREAK
    if answer.back:
        return Kind.BACK
    return Kind.DETAIL if answer.details else Kind.CHECK_IN
