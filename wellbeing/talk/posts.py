"""Good moments and ideas: written without a name unless somebody signs, and gone without a trace.

Whatever an author did not sign holds nobody: no person, no tablet, no time of day.
"""

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum

import sqlalchemy as sa
from flask_babel import gettext as _

from wellbeing import private_text
from wellbeing.models.talk import GoodMoment, Idea, IdeaState
from wellbeing.ticks import Reader

LONGEST = 240
# One unit's day, so that nobody can bury what others have said.
MOST_A_DAY = 60
MOMENTS_KEPT, ANSWERED_KEPT = timedelta(days=180), timedelta(days=365)


class Kind(StrEnum):
    """What can be said on a wall."""

    MOMENT = "moment"
    IDEA = "idea"


TABLES: dict[Kind, type[GoodMoment] | type[Idea]] = {Kind.MOMENT: GoodMoment, Kind.IDEA: Idea}


class TalkRefused(Exception):
    """What was said cannot be kept; ``sentence`` says why, and may quote what stood there."""

    def __init__(self, sentence: str) -> None:
        super().__init__("not taken")
        self.sentence = sentence


def write(
    reader: Reader, kind: Kind, unit_id: int, typed: str, day: date, person_id: int | None = None
) -> int:
    """Keep something said in a unit and return its id; signed only where a person is given.

    Runs in the caller's transaction and does not commit. Raises TalkRefused.
    """
    text, table = one_line(typed), TABLES[kind]
    of_the_day = sa.select(sa.func.count()).where(table.unit_id == unit_id, table.written_on == day)
    if reader.execute(of_the_day).scalar_one() >= MOST_A_DAY:
        raise TalkRefused(_("The wall is full for today. Keep it for tomorrow."))
    values = {"unit_id": unit_id, "text": text, "written_on": day, "signed_by": person_id}
    if kind is Kind.IDEA:
        values |= {"state": IdeaState.NEW, "reply": ""}
    return int(reader.execute(sa.insert(table).values(values).returning(table.id)).scalar_one())


def write_once(
    reader: Reader, kind: Kind, unit_id: int, typed: str, day: date, person_id: int | None
) -> None:
    """Keep something said on a page, whose form may come twice: the same words of a day hang there once.

    Runs in the caller's transaction and does not commit. Raises TalkRefused.
    """
    table = TABLES[kind]
    same = sa.select(table.id).where(
        table.unit_id == unit_id,
        table.written_on == day,
        table.text == one_line(typed),
        table.signed_by.is_not_distinct_from(person_id),
    )
    if reader.execute(same).first() is None:
        write(reader, kind, unit_id, typed, day, person_id)


def one_line(typed: str, least: int = 1) -> str:
    """Return what was typed as one line of 1 to 240 characters; raise TalkRefused, also for private text."""
    text = " ".join(typed.split())
    if len(text.translate(private_text.JOINERS).strip()) < least:
        raise TalkRefused(_("Write a line first."))
    if len(text) > LONGEST:
        raise TalkRefused(
            _("At most %(most)s characters; this has %(count)s.", most=LONGEST, count=len(text))
        )
    if private_text.hides(text):
        raise TalkRefused(_("This holds a character that cannot be seen."))
    private = private_text.refusal(text)
    if private:
        raise TalkRefused(private)
    return text


def unsign(reader: Reader, kind: Kind, number: int, person_id: int) -> bool:
    """Take somebody's name off what they signed; the words stay. Returns whether it was theirs."""
    table = TABLES[kind]
    mine = sa.update(table).where(table.id == number, table.signed_by == person_id).values(signed_by=None)
    return _touched(reader, mine)


def remove_mine(reader: Reader, kind: Kind, number: int, person_id: int) -> bool:
    """Take down what somebody signed; return whether it was theirs."""
    table = TABLES[kind]
    return _touched(reader, sa.delete(table).where(table.id == number, table.signed_by == person_id))


def remove(reader: Reader, kind: Kind, number: int, unit_ids: Collection[int]) -> bool:
    """Take something off the walls of some units; nothing of it is left. Returns whether it was there."""
    table = TABLES[kind]
    return _touched(reader, sa.delete(table).where(table.id == number, table.unit_id.in_(unit_ids)))


def take_away(reader: Reader, kind: Kind, number: int) -> None:
    """Take something down that was written a moment ago, for whoever wrote it."""
    table = TABLES[kind]
    _touched(reader, sa.delete(table).where(table.id == number))


def _touched(reader: Reader, statement: sa.Update | sa.Delete) -> bool:
    quiet = statement.execution_options(synchronize_session=False)
    return reader.execute(quiet.returning(sa.literal_column("1"))).first() is not None


def forget_person(reader: Reader, person_id: int) -> None:
    """Delete everything that somebody signed: it is theirs, and goes with them."""
    for table in TABLES.values():
        _touched(reader, sa.delete(table).where(table.signed_by == person_id))


def forget_old(connection: sa.Connection, today: date) -> None:
    """Delete moments of more than 180 days ago, and ideas of more than a year ago that have their answer."""
    connection.execute(sa.delete(GoodMoment).where(GoodMoment.written_on < today - MOMENTS_KEPT))
    answered = Idea.state.in_((IdeaState.DONE, IdeaState.NOT_NOW))
    connection.execute(sa.delete(Idea).where(answered, Idea.written_on < today - ANSWERED_KEPT))
