"""A period between two days, as whole ticks: one that is only partly in it is taken whole (R7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from wellbeing.reports import dates
from wellbeing.reports.trends import TICKS, Week

MOST_TICKS = 156


@dataclass(frozen=True)
class Period:
    """The days asked for, both included; None leaves an end open."""

    first: date | None = None
    last: date | None = None

    def touches(self, week: Week) -> bool:
        """Tell whether any day of a tick lies in the period."""
        begun = self.last is None or week.opened_on <= self.last
        return begun and (self.first is None or week.closed_on > self.first)


def within(weeks: Sequence[Week], period: Period) -> tuple[Week, ...]:
    """Return the ticks that a period touches; without a first day, half a year up to its last."""
    found = [week for week in weeks if period.touches(week)]
    return tuple(found[-(TICKS if period.first is None else MOST_TICKS) :])


def said(weeks: Sequence[Week]) -> str:
    """Return which days a period comes to in whole ticks."""
    days = dates.week(weeks[0].opened_on, weeks[-1].closed_on)
    if all(week.weeks == 1 for week in weeks):
        return _("Whole weeks only: %(days)s.", days=days)
    return _("Whole figures only: %(days)s.", days=days)


def none_in(weeks: Sequence[Week], unit: str) -> str:
    """Return that a unit has no tick in a period, and over which days it has some."""
    return _(
        "Nothing was released about %(unit)s for those days. What there is reaches over %(days)s.",
        unit=unit,
        days=dates.week(weeks[0].opened_on, weeks[-1].closed_on),
    )
