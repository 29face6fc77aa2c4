"""Times, shares and ranges as people read them."""

from math import isinf

from flask_babel import format_decimal, format_percent
from flask_babel import gettext as _

from wellbeing.case_figures.medians import Waiting
from wellbeing.case_figures.parity import Pair, Verdict
from wellbeing.estimates import Estimate
from wellbeing.reports import dates

HOUR, DAY = 60, 24 * 60
# Whole hours and days from here on; below, a tenth still tells something.
WHOLE_FROM = 10


def time(minutes: float) -> str:
    """Return some minutes by the clock, such as "12 min", "3.4 h" or "2.5 days"."""
    if round(minutes) < 1:
        return _("under a minute")
    if round(minutes) < HOUR:
        return _("%(number)s min", number=round(minutes))
    if minutes < 2 * DAY:
        return _("%(number)s h", number=_short(minutes / HOUR))
    return _("%(number)s days", number=_short(minutes / DAY))


def _short(value: float) -> str:
    return dates.thousands(round(value)) if value >= WHOLE_FROM else format_decimal(value, "0.#")


def times(low: float, high: float) -> str:
    """Return a range of minutes; one without an upper end says so."""
    if isinf(high):
        return _("%(low)s or more", low=time(low))
    return _("%(low)s to %(high)s", low=time(low), high=time(high))


def median(waiting: Waiting) -> str:
    """Return how long half of some cases waited."""
    if waiting.median is None:
        return _("too few to say")
    return _("not known yet") if isinf(waiting.median.value) else time(waiting.median.value)


def likely(waiting: Waiting) -> str:
    """Return the interval of a median; nothing where there is none."""
    return times(waiting.median.low, waiting.median.high) if waiting.median else ""


def verdict(pair: Pair) -> str:
    """Return what one channel's two medians say, and by how much they are apart."""
    if pair.apart is None:
        return _("too few to say")
    by = time(abs(pair.apart.value))
    return {
        Verdict.EQUAL: _("no clear difference"),
        Verdict.SOONER: _("with a threat %(time)s sooner", time=by),
        Verdict.LATER: _("with a threat %(time)s later", time=by),
    }[pair.verdict]


def share(estimate: Estimate | None) -> str:
    """Return a share in percent."""
    return format_percent(estimate.value) if estimate else _("no cases")


def shares(estimate: Estimate | None) -> str:
    """Return a share's interval in percent; nothing where no case came."""
    if estimate is None:
        return ""
    return _("%(low)s to %(high)s", low=format_percent(estimate.low), high=format_percent(estimate.high))
