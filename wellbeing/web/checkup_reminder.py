"""What somebody's own browser knows of the check-up: whether they have a place in it, and the steps they did.

No page asks the tables of answers for it. It is found out where somebody signs in or saves, and travels in
their signed cookie until they sign out; what they said is in it as little as anywhere else.
"""

from dataclasses import dataclass
from datetime import date, datetime

from flask import session
from flask_babel import gettext as _
from flask_login import current_user

from wellbeing import checkup_collect, checkup_questions, checkups, quarters, site
from wellbeing.checkup_questions import Asked
from wellbeing.models.base import db
from wellbeing.reports import dates

KEPT = "checkup"


@dataclass(frozen=True)
class Mine:
    """One's own part in a check-up: its id and last day, whether replies count, its steps and those done."""

    quarter: int
    until: date
    counts: bool
    steps: int
    done: frozenset[str]

    @property
    def is_finished(self) -> bool:
        """Whether something was said at every step."""
        return len(self.done) >= self.steps


def remember(person_id: int) -> None:
    """Find out how far somebody is with the check-up that is open, and keep it in their cookie."""
    session.pop(KEPT, None)
    now, zone = site.now(), site.zone()
    quarter = checkups.open_now(db.session(), now)
    if quarter is not None:
        session[KEPT] = {
            "quarter": quarter.id,
            "until": quarters.last_day(quarter.closes_at, zone).isoformat(),
            **_standing(person_id, now, quarter.asked),
        }


def _standing(person_id: int, now: datetime, asked: Asked) -> dict[str, object]:
    steps = checkup_questions.steps(db.session(), asked, "en")
    step_of = {item.key: step.key for step in steps for item in step.items}
    server_key = site.config().secrets.server_key
    counts, items = checkup_collect.standing(db.session.connection(), server_key, person_id, step_of, now)
    return {"counts": counts, "steps": len(steps), "done": sorted({step_of[item] for item in items})}


def mine() -> Mine | None:
    """Return what this browser knows; None where there was no check-up when its owner signed in."""
    kept = session.get(KEPT)
    if not kept:
        return None
    until, done = date.fromisoformat(kept["until"]), frozenset(kept["done"])
    return Mine(kept["quarter"], until, kept["counts"], kept["steps"], done)


def line() -> str:
    """Return the reminder that its owner alone sees, outside of what a page tells everybody; often empty."""
    found = mine() if current_user.is_authenticated else None
    if found is None or not found.counts or found.is_finished or site.today(db.session()) > found.until:
        return ""
    day = dates.weekday(found.until)
    if not found.done:
        return _("The check-up is open until %(day)s. You have not answered yet.", day=day)
    return _(
        "The check-up is open until %(day)s. You have done %(done)s of %(all)s steps.",
        day=day,
        done=len(found.done),
        all=found.steps,
    )
