"""What somebody typed for a case, checked before it is kept: it says what happened, and names nobody."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from wellbeing.cases.checks import LONGEST_AHEAD, Checks
from wellbeing.models.cases import Reading


@dataclass(frozen=True)
class Offered:
    """The keys that a case may hold: those that the site offers today, and those that it has already."""

    channels: Collection[str]
    areas: Collection[str]
    causes: Collection[str]


@dataclass(frozen=True)
class Typed:
    """A case as it was typed: local times as browsers send them, keys of lists, empty for none."""

    channel: str
    came: str
    what: str
    order_number: str = ""
    area: str = ""
    cause: str = ""
    tried_before: str = ""
    reading: str = Reading.GOOD_FAITH
    promised: str = ""
    next_step: str = ""
    due: str = ""
    recontact: str = ""
    threatened: bool = False
    proactive: bool = False


@dataclass(frozen=True)
class Draft:
    """A case that may be kept; its fields are those of the table."""

    came_at: datetime
    channel: str
    area: str | None
    cause: str | None
    order_number: str
    what: str
    tried_before: str | None
    threatened: bool
    reading: Reading
    proactive: bool
    promised: str
    next_step: str
    due_on: date | None
    recontact_on: date | None


def draft(
    typed: Typed, offered: Offered, zone: ZoneInfo, now: datetime, kept: Collection[date] = ()
) -> Draft:
    """Return what was typed as it can be kept, its times read in ``zone``; raise CaseRefused.

    The days of ``kept`` stand in the case already, and may stay although they are over.
    """
    checks = Checks()
    today = now.astimezone(zone).date()
    first = min((today, *kept))
    found = Draft(
        came_at=checks.moment("came", typed.came, zone, now),
        channel=checks.key("channel", typed.channel, offered.channels),
        area=checks.key("area", typed.area, offered.areas) or None,
        cause=checks.key("cause", typed.cause, offered.causes) or None,
        order_number=checks.line("order_number", typed.order_number),
        what=checks.line("what", typed.what, _("Say in a sentence what happened.")),
        tried_before=checks.key("tried_before", typed.tried_before, offered.channels) or None,
        threatened=typed.threatened,
        reading=Reading.ILL_WILL if typed.reading == Reading.ILL_WILL else Reading.GOOD_FAITH,
        proactive=typed.proactive,
        promised=checks.line("promised", typed.promised),
        next_step=checks.line("next_step", typed.next_step),
        due_on=checks.day("due", typed.due, first, today + LONGEST_AHEAD),
        recontact_on=checks.day("recontact", typed.recontact, first, today + LONGEST_AHEAD),
    )
    _check_together(checks, found)
    checks.done()
    return found


def _check_together(checks: Checks, found: Draft) -> None:
    if not found.channel:
        checks.why["channel"] = _("Choose how they came to us.")
    if found.next_step and not found.due_on:
        checks.why.setdefault("due", _("Say by when: a step without a day is not a promise."))
    if found.due_on and not found.next_step:
        checks.why.setdefault("next_step", _("Say what happens on that day."))


def note(typed: str) -> str:
    """Return the text of a note as it can be kept; raise CaseRefused."""
    checks = Checks()
    text = checks.line("text", typed, _("Write a few words first."))
    checks.done()
    return text
