"""The idea box: what could be changed, where each idea stands, and what the team says to it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from wellbeing.floor import short_name
from wellbeing.models.accounts import Person, Unit
from wellbeing.models.talk import Idea, IdeaState
from wellbeing.talk.posts import one_line
from wellbeing.ticks import Reader

# In this order they stand in the box.
STATES = (IdeaState.TRYING, IdeaState.NEW, IdeaState.DONE, IdeaState.NOT_NOW)
MOST_SHOWN = 60


@dataclass(frozen=True)
class Shown:
    """An idea; ``by`` and ``author_id`` are None where nobody signed."""

    id: int
    unit_id: int
    unit: str
    text: str
    written_on: date
    state: IdeaState
    reply: str
    author_id: int | None
    by: str | None


def of_units(
    reader: Reader, unit_ids: Collection[int], states: Collection[IdeaState] = STATES, most: int = MOST_SHOWN
) -> list[Shown]:
    """Return the ideas of some units: those being tried first, then the new, the done and the others."""
    place = sa.case({state: at for at, state in enumerate(STATES)}, value=Idea.state)
    query = (
        sa.select(
            Idea.id,
            Idea.unit_id,
            Unit.name,
            Idea.text,
            Idea.written_on,
            Idea.state,
            Idea.reply,
            Idea.signed_by,
            Person.name,
        )
        .join(Unit, Unit.id == Idea.unit_id)
        .outerjoin(Person, Person.id == Idea.signed_by)
        .where(Idea.unit_id.in_(unit_ids), Idea.state.in_(states))
        .order_by(place, Idea.id.desc())
        .limit(most)
    )
    return [
        Shown(*row[:-1], short_name(row[-1]) if row[-1] else None) for row in reader.execute(query).tuples()
    ]


def answer(reader: Reader, number: int, unit_ids: Collection[int], state: IdeaState, reply: str) -> bool:
    """Say where an idea of some units stands, with a line to it or none; return whether it is there.

    Runs in the caller's transaction and does not commit. Raises TalkRefused.
    """
    values = {"state": state, "reply": one_line(reply, least=0)}
    told = sa.update(Idea).where(Idea.id == number, Idea.unit_id.in_(unit_ids)).values(values)
    quiet = told.execution_options(synchronize_session=False)
    return reader.execute(quiet.returning(Idea.id)).first() is not None


def waiting(reader: Reader) -> dict[int, int]:
    """Return how many ideas of each unit nobody has answered yet; units without any are left out."""
    query = sa.select(Idea.unit_id, sa.func.count()).where(Idea.state == IdeaState.NEW).group_by(Idea.unit_id)
    return dict(reader.execute(query).tuples().all())
