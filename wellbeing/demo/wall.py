"""What hangs on the made-up dealership's walls: good moments, ideas and their answers, pledges, a course."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing.content import editing
from wellbeing.content.kinds import KINDS
from wellbeing.models.accounts import Person
from wellbeing.models.talk import IdeaState
from wellbeing.roster import UnitPath
from wellbeing.talk import ideas, pledges, posts
from wellbeing.talk.posts import Kind

NORTHGATE, RIVERSIDE = ("Northgate", "Service counter"), ("Riverside", "Parts")
NEW, TRYING, DONE, NOT_NOW = IdeaState.NEW, IdeaState.TRYING, IdeaState.DONE, IdeaState.NOT_NOW


@dataclass(frozen=True)
class Said:
    """A good moment of some days ago; ``signer`` counts the people of the unit, and None is nobody."""

    unit: UnitPath
    days_ago: int
    text: str
    signer: int | None = None


@dataclass(frozen=True)
class Idea(Said):
    """An idea, where it stands, and what the team says to it."""

    state: IdeaState = NEW
    reply: str = ""


MOMENTS = (
    Said(NORTHGATE, 33, "A thank-you card came by post. It hangs next to the coffee machine.", 4),
    Said(
        RIVERSIDE, 26, "Found the clip for the old van on the third try. He laughed out loud on the phone.", 2
    ),
    Said(
        NORTHGATE,
        19,
        "Somebody shouted at the desk. My colleague listened to the end, and they shook hands.",
        3,
    ),
    Said(NORTHGATE, 12, "A soft toy was left in a loan car. We drove it home before bedtime."),
    Said(
        ("Northgate", "Workshop"), 9, "The counter told us what the customer was worried about. It helped.", 6
    ),
    Said(NORTHGATE, 6, "We called before noon that the car would be late. She came back with cake.", 5),
    Said(
        ("Northgate", "Showroom"),
        5,
        "They only wanted to look. We gave them coffee, and they stayed an hour.",
    ),
    Said(RIVERSIDE, 4, "“Nobody ever rang me back so fast.” That was our ten o'clock list."),
    Said(NORTHGATE, 1, "Thank you for taking my phone while I walked round the block.", 7),
)
IDEAS = (
    Idea(
        NORTHGATE, 40, "A card with our direct number for everybody who had to come twice.", 4, DONE,
        "Printed. They lie beside the till.",
    ),
    Idea(
        NORTHGATE, 24, "A text message as soon as a car is late, not when the customer calls.", 5, TRYING,
        "At ten and at two, for four weeks. Then we look whether fewer people have to ask.",
    ),
    Idea(
        NORTHGATE, 15, "A second phone for the desk.", None, NOT_NOW,
        "Not before the new lines come in spring. Until then the office takes calls from eight to ten.",
    ),
    Idea(NORTHGATE, 3, "Chairs outside for those who wait in the sun."),
    Idea(RIVERSIDE, 8, "Write the supplier's real date on the slip.", 1, TRYING, "From Monday on."),
    Idea(RIVERSIDE, 2, "One shelf for everything that is picked up today."),
)  # fmt: skip
# With how many of the unit's people under it.
PLEDGES: Mapping[UnitPath, tuple[str, int]] = {
    NORTHGATE: ("We call before they have to ask, also when the news is bad.", 7),
    RIVERSIDE: ("We promise a date when we have one, and say so when we have none.", 4),
    (): ("Nobody leaves without knowing what happens next.", 0),
}
COURSE = {
    "plain": {"link": "https://training.example/listening"},
    "en": {
        "title": "An hour on listening first",
        "text": "Thursday at eight, in the training room, with coffee.",
    },
    "es": {
        "title": "Una hora sobre escuchar primero",
        "text": "El jueves a las ocho, en la sala de formación, con café.",
    },
}


def hang_up(session: Session, units: Mapping[UnitPath, int], now: datetime, today: date) -> None:
    """Hang up what the units say, as far as the dealership has them, and announce a course. Commits."""
    for said in (*MOMENTS, *IDEAS):
        if said.unit in units:
            _say(session, units[said.unit], said, today)
    for unit, (text, signers) in PLEDGES.items():
        if unit in units:
            _pledge(session, units[unit], text, signers, today)
    session.commit()
    editing.add(session, KINDS["training"], editing.Typed(COURSE, ""), now)


def _say(session: Session, unit_id: int, said: Said, today: date) -> None:
    kind = Kind.IDEA if isinstance(said, Idea) else Kind.MOMENT
    people = _people(session, unit_id)
    author = people[said.signer % len(people)] if said.signer is not None else None
    number = posts.write(session, kind, unit_id, said.text, today - timedelta(days=said.days_ago), author)
    if isinstance(said, Idea) and said.state is not NEW:
        ideas.answer(session, number, {unit_id}, said.state, said.reply)


def _pledge(session: Session, unit_id: int, text: str, signers: int, today: date) -> None:
    pledge = pledges.make(session, unit_id, text, today - timedelta(days=20))
    for person in _people(session, unit_id)[1 : signers + 1]:
        pledges.join(session, pledge, person)


def _people(session: Session, unit_id: int) -> list[int]:
    return list(session.scalars(sa.select(Person.id).where(Person.unit_id == unit_id).order_by(Person.id)))
