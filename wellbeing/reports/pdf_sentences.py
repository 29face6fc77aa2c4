"""What a report says before its pictures: of one unit what its page says, of several what R7 lets one say."""

from collections.abc import Iterator, Sequence
from datetime import date
from enum import Enum

from flask_babel import gettext as _
from flask_babel import ngettext

from wellbeing.models.accounts import Level
from wellbeing.reports import dates, sentences, unions
from wellbeing.reports.chosen import ChosenUnit
from wellbeing.reports.intervals import differ
from wellbeing.reports.trends import TICKS, Week
from wellbeing.reports.unions import Share, Together


class Change(Enum):
    """How a unit's newest figure stands to its first one."""

    NONE = "none"
    HIGHER = "higher"
    LOWER = "lower"


def in_short(found: Sequence[ChosenUnit]) -> list[str]:
    """Return the few sentences that stand first in a report."""
    shown = [unit for unit in found if unit.shown]
    if not shown:
        return [_("Nothing was released for these units in these weeks.")]
    if len(found) == 1:
        return [headline(found[0].weeks), details(found[0].weeks)]
    together = unions.together([unit.weeks for unit in found])
    return [*_newest(together[-1]), *_changes(shown), _blocks(found)]


def whose(unit: ChosenUnit) -> str:
    """Return where a unit belongs; of one above teams with figures, whose figures they are."""
    if unit.shown and unit.level is not Level.TEAM:
        return sentences.small_teams(unit.name)
    return unit.path.removesuffix(unit.name).removesuffix(" > ")


def headline(weeks: Sequence[Week]) -> str:
    """Return a unit's headline as its page has it, with days instead of "last week": a file is read later."""
    return sentences.headline(weeks[-TICKS:], date.max)


def details(weeks: Sequence[Week]) -> str:
    """Return what else a unit's newest tick says."""
    if not weeks[-1].shown:
        return _("Too few people answered, or nobody did.")
    return " ".join(sentences.details(weeks, 0))


def _newest(tick: Together) -> Iterator[str]:
    days = dates.week(tick.opened_on, tick.closed_on)
    yield _("Newest release, %(days)s. %(mood)s", days=days, mood=unions.sentence(tick))
    rough, breaks = _people(tick.rough), _people(tick.breaks)
    if rough:
        yield _("People with a rough interaction: %(said)s.", said=rough)
    if breaks:
        yield _("People who took a break: %(said)s.", said=breaks)


def _people(share: Share) -> str:
    average = ngettext(
        "%(count)s in the one unit with a figure",
        "%(count)s on average of the %(num)s units with a figure",
        share.figures,
        count=unions.average(share),
    )
    return "; ".join(part for part in (average if share.figures else "", unions.beside(share)) if part)


def _changes(shown: Sequence[ChosenUnit]) -> Iterator[str]:
    """Say how many units changed clearly over the period; which of them stands in the table."""
    found = [change(unit.weeks) for unit in shown]
    compared = [one for one in found if one is not None]
    if not compared:
        return
    higher, lower = compared.count(Change.HIGHER), compared.count(Change.LOWER)
    if not higher and not lower:
        yield ngettext(
            "The one unit with two figures or more shows no clear change from the first to the newest.",
            "None of the %(num)s units with two figures or more shows a clear change from the first to the "
            "newest.",
            len(compared),
        )
        return
    yield _(
        "From the first to the newest figure: clearly higher in %(higher)s of %(all)s units, clearly lower "
        "in %(lower)s, no clear change in %(steady)s.",
        higher=higher,
        lower=lower,
        steady=compared.count(Change.NONE),
        all=len(compared),
    )


def change(weeks: Sequence[Week]) -> Change | None:
    """Compare a unit's newest figure with its first one; None where there are not two."""
    figures = [week for week in weeks if week.mood is not None]
    if len(figures) < 2:
        return None
    first, newest = figures[0], figures[-1]
    if not differ(first, newest):
        return Change.NONE
    return Change.HIGHER if (newest.mood or 0) > (first.mood or 0) else Change.LOWER


def in_words(found: Change | None) -> str:
    """Return a change as a table says it."""
    said = {
        Change.NONE: _("no clear change"),
        Change.HIGHER: _("clearly higher"),
        Change.LOWER: _("clearly lower"),
    }
    return _("fewer than two figures") if found is None else said[found]


def _blocks(found: Sequence[ChosenUnit]) -> str:
    weeks = [week for unit in found for week in unit.weeks]
    return _(
        "%(shown)s of %(all)s figures are shown; for the others too few people answered, or nobody did.",
        shown=sum(week.shown for week in weeks),
        all=len(weeks),
    )
