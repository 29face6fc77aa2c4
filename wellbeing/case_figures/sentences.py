"""What the figures of cases say, in plain sentences that stand above the pictures."""

from math import isinf

from flask_babel import gettext as _
from flask_babel import ngettext

from wellbeing.case_figures import words
from wellbeing.case_figures.chances import Chance
from wellbeing.case_figures.figures import Figures
from wellbeing.case_figures.medians import Waiting
from wellbeing.case_figures.parity import Verdict
from wellbeing.case_figures.trends import Change, Trend


def waits(waiting: Waiting) -> str:
    """Say how long customers wait for first attention, and how many of them wait still."""
    return " ".join(part for part in (_half(waiting), _still(waiting.still)) if part)


def _half(waiting: Waiting) -> str:
    if not waiting.cases:
        return _("Nobody turned to us in these weeks.")
    if waiting.median is None:
        return _("Fewer than six customers turned to us in these weeks: too few to say how long they wait.")
    if isinf(waiting.median.value):
        return _("So many customers still wait that nobody can tell yet how long half of them do.")
    return _(
        "Half of %(cases)s customers had somebody's attention within %(time)s (likely %(range)s).",
        cases=waiting.cases,
        time=words.time(waiting.median.value),
        range=words.likely(waiting),
    )


def _still(still: int) -> str:
    if not still:
        return ""
    return ngettext("One customer still waits.", "%(num)s customers still wait.", still)


def parity(figures: Figures) -> str:
    """Say whether a threat makes us quicker; comparing only cases of the same channel."""
    return {
        Verdict.TOO_FEW: _("Too few customers threatened with a survey or a review to compare."),
        Verdict.EQUAL: _("No clear difference between customers who threaten and customers who don't."),
        Verdict.SOONER: _(
            "All channels together, customers who threaten get attention sooner. The others learn from it "
            "that a threat helps."
        ),
        Verdict.LATER: _(
            "All channels together, customers who threaten wait longer. A threat may be their last try to "
            "have a wrong made right."
        ),
    }[figures.verdict]


def threats(trend: Trend) -> str:
    """Say how many cases come with a threat, and whether it is fewer than in the quarter before."""
    if not trend.newest.of:
        return _("No case came in the last 12 weeks.")
    return f"{_with_a_threat(trend)} {_changed(trend.change, good=Change.LESS)}"


def _with_a_threat(trend: Trend) -> str:
    return ngettext(
        "In the last 12 weeks %(some)s of one case came with a threat (%(share)s, likely %(range)s).",
        "In the last 12 weeks %(some)s of %(num)s cases came with a threat (%(share)s, likely %(range)s).",
        trend.newest.of,
        some=trend.newest.some,
        share=words.share(trend.newest.share),
        range=words.shares(trend.newest.share),
    )


def first_moves(trend: Trend) -> str:
    """Say in how many cases we turned to the customer first, and whether it is more than before."""
    if not trend.newest.of:
        return _("No case came in the last 12 weeks.")
    return f"{_by_us_first(trend)} {_changed(trend.change, good=Change.MORE)}"


def _by_us_first(trend: Trend) -> str:
    return ngettext(
        "In the last 12 weeks we made the first move in %(some)s of one case (%(share)s, likely %(range)s).",
        "In the last 12 weeks we made the first move in %(some)s of %(num)s cases "
        "(%(share)s, likely %(range)s).",
        trend.newest.of,
        some=trend.newest.some,
        share=words.share(trend.newest.share),
        range=words.shares(trend.newest.share),
    )


def _changed(change: Change, good: Change) -> str:
    said = {
        Change.TOO_FEW: _("There are too few cases to say whether that has changed."),
        Change.NONE: _("That is no clear change from the 12 weeks before."),
        Change.LESS: _("That is clearly less than in the 12 weeks before."),
        Change.MORE: _("That is clearly more than in the 12 weeks before."),
    }
    worse = {Change.LESS, Change.MORE} - {good}
    wrong_way = _("It should be the other way round.")
    return f"{said[change]} {wrong_way}" if change in worse else said[change]


def chances(found: tuple[Chance, ...]) -> str:
    """Say how many customers stayed, of those whose cases are closed and of whom it is known."""
    known = sum(chance.stayed + chance.left for chance in found)
    if not known:
        return _("No case of these weeks is closed yet with a word about whether the customer stayed.")
    stayed = sum(chance.stayed for chance in found)
    return ngettext(
        "%(stayed)s of one customer of whom we know stayed.",
        "%(stayed)s of %(num)s customers of whom we know stayed.",
        known,
        stayed=stayed,
    )
