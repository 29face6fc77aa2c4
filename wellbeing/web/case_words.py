"""What the pages of cases say: flags, chances, outcomes, and when something was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask_babel import LazyString, get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wellbeing import lists, notice_words, site
from wellbeing.cases import overdue
from wellbeing.cases.listing import Show
from wellbeing.cases.overdue import Flag
from wellbeing.cases.writing import standing
from wellbeing.content import entries
from wellbeing.lists import Words
from wellbeing.models.base import db
from wellbeing.models.cases import Case, Outcome, Reading
from wellbeing.models.lists import ListName
from wellbeing.reports import dates

SHOWN: dict[Show, LazyString] = {
    Show.OPEN: _l("Open"),
    Show.OVERDUE: _l("Overdue"),
    Show.MINE: _l("Mine"),
    Show.RECONTACT: _l("To contact again"),
    Show.CLOSED: _l("Closed"),
}
OUTCOMES: dict[Outcome, LazyString] = {
    Outcome.STAYED: _l("Stayed with us"),
    Outcome.LEFT: _l("Left us"),
    Outcome.UNKNOWN: _l("We don't know"),
}
# The same where no question stands beside it.
BECAME = {**OUTCOMES, Outcome.UNKNOWN: _l("Not known whether they stayed")}
READINGS: dict[Reading, LazyString] = {
    Reading.GOOD_FAITH: _l("Somebody with a wrong to put right. That is how we start."),
    Reading.ILL_WILL: _l("Odd: used as a lever"),
}
CHANCES = (_l("First chance"), _l("Second chance"), _l("Third chance"))
LONG_OPEN = overdue.ALLOWED[Flag.NO_CLOSURE].days


@dataclass(frozen=True)
class Lists:
    """The words of the site's lists, for every key that a case can hold."""

    channels: dict[str, Words]
    areas: dict[str, Words]
    causes: dict[str, Words]


def all_lists() -> Lists:
    """Return the words of channels, areas and causes."""
    names = (ListName.CHANNEL, ListName.AREA, ListName.CAUSE)
    words = lists.all_words(db.session())
    return Lists(*(words[name.value] for name in names))


@dataclass(frozen=True)
class Row:
    """A case as a list shows it."""

    case: Case
    flags: tuple[str, ...]
    channel: Words
    cause: Words | None
    came: str
    due: str
    recontact: str
    closed: str
    outcome: Words | None
    chance: str


def rows(cases: Sequence[Case], words: Lists) -> list[Row]:
    """Return cases in words."""
    now, zone = site.now(), site.zone()
    return [_row(case, words, now, zone) for case in cases]


def _row(case: Case, words: Lists, now: datetime, zone: ZoneInfo) -> Row:
    return Row(
        case,
        flags(case, now, zone),
        words.channels.get(case.channel, case.channel),
        words.causes.get(case.cause) if case.cause else None,
        notice_words.moment(case.came_at, now, zone),
        day(case.due_on),
        day(case.recontact_on),
        notice_words.moment(case.closed_at, now, zone) if case.closed_at else "",
        BECAME[case.outcome] if case.outcome else None,
        chance(case.chance),
    )


def flags(case: Case, now: datetime, zone: ZoneInfo) -> tuple[str, ...]:
    """Return the flags of a case in words; a closed one has none."""
    if case.closed_at is not None:
        return ()
    up = overdue.flags(standing(case), now, zone)
    return tuple(_flag(flag, bool(case.next_step)) for flag in up)


def _flag(flag: Flag, has_step: bool) -> str:
    if flag is Flag.NO_OWNER:
        return _("No owner")
    if flag is Flag.NO_STEP:
        return _("Next step overdue") if has_step else _("No next step")
    return _("Open for over %(days)s days", days=LONG_OPEN)


def counted(cases: Sequence[Case]) -> list[tuple[int, str]]:
    """Return how many of some open cases have each flag up, with its words; only flags that are up."""
    now, zone = site.now(), site.zone()
    up = [flag for case in cases for flag in overdue.flags(standing(case), now, zone)]
    found = {flag: up.count(flag) for flag in Flag}
    said = {
        Flag.NO_OWNER: ngettext("has no owner", "have no owner", found[Flag.NO_OWNER]),
        Flag.NO_STEP: ngettext("lacks its next step", "lack their next step", found[Flag.NO_STEP]),
        Flag.NO_CLOSURE: _("open for over %(days)s days", days=LONG_OPEN),
    }
    return [(found[flag], said[flag]) for flag in Flag if found[flag]]


def chance(number: int) -> str:
    """Return which of our chances it is, in words."""
    if number <= len(CHANCES):
        return str(CHANCES[number - 1])
    return _("Chance number %(number)s", number=number)


def day(found: date | None) -> str:
    """Return a day with its weekday; "" for none."""
    return dates.weekday(found) if found else ""


def said(kind: str, **holding: str) -> list[dict[str, str]]:
    """Return the texts of a kind that are shown today and hold this, in the language of the page."""
    shown = entries.shown(db.session(), kind, site.today(db.session()), str(get_locale()))
    return [text for text in shown if holding.items() <= text.items()]


def of_today(texts: Sequence[dict[str, str]]) -> dict[str, str] | None:
    """Return one of some texts, another each day."""
    return texts[site.today(db.session()).toordinal() % len(texts)] if texts else None
