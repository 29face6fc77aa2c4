"""What an address asks of a mood page: how many ticks, or a period between two days."""

import re
from dataclasses import dataclass
from datetime import date

from flask import abort
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from wellbeing.reports import dates
from wellbeing.reports.periods import MOST_TICKS, Period
from wellbeing.reports.trends import TICKS

LONGEST_QUERY = 2000
# What a day looks like, where somebody asked for none of the calendar.
A_DAY = date(2026, 8, 31)


class Nonsense(Exception):
    """An address that asks for something impossible; its text says what, in a sentence for people."""

    def __init__(self, title: str, sentence: str) -> None:
        super().__init__()
        self.title, self.sentence = title, sentence


@dataclass(frozen=True)
class Asked:
    """The newest so many ticks, or those of a period."""

    weeks: int = TICKS
    period: Period | None = None


def refuse_long(query: bytes) -> None:
    """Answer 413 for an address that no form of the page makes."""
    if len(query) > LONGEST_QUERY:
        abort(413)


def asked(given: MultiDict[str, str], usual: int = TICKS) -> Asked:
    """Return what an address asks for: the ``usual`` ticks where it does not say. Raises Nonsense."""
    weeks = _weeks(given.getlist("weeks") or [str(usual)])
    first, last = _day(given.getlist("from")), _day(given.getlist("to"))
    if first is None and last is None:
        return Asked(weeks)
    if first and last and last < first:
        sentence = _(
            "The period ends on %(last)s, before it begins on %(first)s. Swap the two days.",
            first=dates.whole(first),
            last=dates.whole(last),
        )
        raise Nonsense(_("That period cannot be shown"), sentence)
    return Asked(weeks, Period(first, last))


def _weeks(given: list[str]) -> int:
    weeks = int(given[0]) if len(given) == 1 and re.fullmatch("[0-9]{1,3}", given[0]) else 0
    if not 1 <= weeks <= MOST_TICKS:
        sentence = _("The number of weeks has to be a whole number from 1 to %(most)s.", most=MOST_TICKS)
        raise Nonsense(_("That many weeks cannot be shown"), sentence)
    return weeks


def _day(given: list[str]) -> date | None:
    """Return a day; a form that was sent empty names none."""
    if not given or given == [""]:
        return None
    day = _calendar_day(given[0]) if len(given) == 1 else None
    if day is None:
        sentence = _("Choose one day for each end of the period, such as %(day)s.", day=dates.whole(A_DAY))
        raise Nonsense(_("That period cannot be shown"), sentence)
    return day


def _calendar_day(given: str) -> date | None:
    try:
        return date.fromisoformat(given) if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", given) else None
    except ValueError:
        return None


def typed_days(given: MultiDict[str, str]) -> dict[str, str]:
    """Return the days that were sent, for the form to show again; what is no day is empty."""
    return {name: str(_calendar_day(given.get(name, "")) or "") for name in ("from", "to")}
