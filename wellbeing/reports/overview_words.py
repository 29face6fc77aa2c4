"""What an overview says in words: plain facts of the ledger and the roster, none of which compares units."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from wellbeing.models.settings import Settings
from wellbeing.reports import dates, sentences, trends, words
from wellbeing.reports.trends import Week
from wellbeing.reports.units import Line


def nothing(unit: Line, teams: int) -> str:
    """Return the headline where no tick has passed yet, or where there is no team to have figures."""
    return sentences.nothing_yet(unit.name) if teams else _("%(unit)s has no teams.", unit=unit.name)


def headline(tick: Week, teams: int, shown: int, today: date) -> str:
    """Return for how many teams figures of a tick were released: blocks are counted, never people."""
    when = _when(tick, today)
    if not shown:
        return _("No figures of %(when)s were released for any team.", when=when)
    return ngettext(
        "Figures of %(when)s were released for %(shown)s of %(num)s team.",
        "Figures of %(when)s were released for %(shown)s of %(num)s teams.",
        teams,
        when=when,
        shown=shown,
    )


def _when(tick: Week, today: date) -> str:
    if (today - tick.closed_on).days < 7 * tick.weeks:
        return _("last week") if tick.weeks == 1 else _("the last two weeks")
    days = dates.week(tick.opened_on, tick.closed_on)
    return (
        _("the week of %(dates)s", dates=days) if tick.weeks == 1 else _("the weeks of %(dates)s", dates=days)
    )


def others(people_needed: int) -> str:
    """Return why a team can be without figures, without telling which reason it was."""
    return _(
        "A team without figures is too small for its own, or fewer than %(number)s people answered, or "
        "nobody did.",
        number=words.number(people_needed),
    )


def coming(session: Session, site: Settings, now: datetime) -> str:
    """Return when figures come next; ``now`` is in the organisation's time zone."""
    last = trends.ticks_of(session, 1)
    closed_on = last[0].closed_on if last else None
    next_on = trends.next_release(closed_on, site.confirmed_at, site.tick_days, ZoneInfo(site.time_zone))
    return sentences.coming(next_on, now) if last else sentences.first(next_on, now)


def shown_in(source: str) -> str:
    """Return whose figure stands for a small team."""
    return _("In the figure of small teams in %(unit)s.", unit=source)


def none_yet(line: Line) -> str:
    """Return why a unit has no cells."""
    if line.closed_on:
        return _("Closed since %(day)s.", day=dates.whole(line.closed_on))
    if line.opens_on:
        return _("Opens on %(day)s.", day=dates.whole(line.opens_on))
    return _("Nothing was released in this time.")


def too_early() -> str:
    """Return what is said of a tick before a unit's first figure."""
    return _("no figure yet")


def too_late() -> str:
    """Return what is said of a tick after a unit was closed."""
    return _("closed")
