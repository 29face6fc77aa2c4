"""A Monday morning with everything in it that a tick has to settle."""

import sqlalchemy as sa

from tests.answers import House, after_tick, change, in_week, say, tick
from wellbeing import epochs, erasure
from wellbeing.models.accounts import Person, RoleGrant
from wellbeing.models.base import db
from wellbeing.models.pending import Dimension
from wellbeing.permissions import Role

SERVICE = ("Sol", "Noor", "Bea", "Carl", "Dana", "Emil", "Fay", "Gus", "Hana", "Ivo", "Jun")
ABOVE = ("Alba", "Max", "Tess", "Uma", "Vic", "Wes", "Xenia")
ROUGH = {
    "mood": 2,
    "rough": True,
    "details": ((Dimension.SEVERITY, "hard"), (Dimension.CAUSE, "delay"), (Dimension.CHANNEL, "phone")),
}
MONDAY = after_tick(4)


def monday_morning(house: House, ticks: int = 3) -> None:
    """Let four weeks pass, of which the first ticks have run; the last, and the four-week one, have not.

    The service counter and the organisation will be released, also in detail; two answers of the showroom
    were held so far, and climb; somebody became a viewer, and somebody was erased.
    """
    for name in ("Kai", "Lena"):
        say(house, name, in_week(1), **ROUGH)
    say(house, "Olga", in_week(1))
    for number in range(1, ticks + 1):
        tick(house, number)
    for name in SERVICE[:6]:
        say(house, name, in_week(ticks + 1), mood=2)
    with house.engine.begin() as connection:
        epochs.open_due(connection, house.server_key, in_week(4))
    for number, name in enumerate((*SERVICE, *ABOVE)):
        say(house, name, in_week(4), **(ROUGH if number % 2 else {"mood": 4}))
        say(house, name, in_week(4), break_minutes=5)
    say(house, "Sol", in_week(4), mood=1)
    _appoint(house, "Kai", "Service counter")
    erasure.erase(db.session(), house.server_key, db.session.get_one(Person, house.cast.people["Olga"]))
    db.session.remove()
    house.engine.dispose()


def _appoint(house: House, name: str, unit: str) -> None:
    values = {"person_id": house.cast.people[name], "unit_id": house.cast.units[unit], "role": Role.MANAGER}
    change(house, sa.insert(RoleGrant).values(**values))
