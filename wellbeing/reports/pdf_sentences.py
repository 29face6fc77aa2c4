"""What a report says before its pictures: of one unit what its page says, of several what R7 lets one say."""

from collections.abc import Iterator, Sequence
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from wellbeing.reports import dates, sentences, unions, words
from wellbeing.reports.chosen import ChosenUnit
from wellbeing.reports.trends import TICKS, Week
from wellbeing.reports.turns import Beyond, Change, Turn, Turns, turns
from wellbeing.reports.unions import Counts, Together


def in_short(found: Sequence[ChosenUnit]) -> list[str]:
    """Return the few sentences that stand first in a report."""
    shown = [unit for unit in found if unit.shown]
    if not shown:
        return [_("Nothing was released for these units in these weeks.")]
    if len(found) == 1:
        return [headline(found[0].weeks), details(found[0].weeks), *moved(turns(found[0].weeks))]
    together = unions.together([unit.weeks for unit in found])
    return [*_newest(together[-1]), *_changes(shown), _blocks(found)]


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
    yield from (said for said in (_rough(tick.rough), _breaks(tick.breaks)) if said)


def _rough(found: Counts) -> str:
    said = unions.counts(found)
    return _("People with a rough interaction: %(said)s.", said=said) if said else ""


def _breaks(found: Counts) -> str:
    said = unions.counts(found)
    return _("People who took a break: %(said)s.", said=said) if said else ""


def _changes(shown: Sequence[ChosenUnit]) -> Iterator[str]:
    """Say how many units moved clearly, at any time of the period; which of them stands in the table."""
    found = [moves for moves in (turns(unit.weeks) for unit in shown) if moves is not None]
    if not found:
        return
    clear = sum(moves.clear for moves in found)
    if not clear:
        yield ngettext(
            "The one unit with two figures or more shows no clear change, neither from the first to the "
            "newest nor in between.",
            "None of the %(num)s units with two figures or more shows a clear change, neither from the first "
            "to the newest nor in between.",
            len(found),
        )
        return
    yield ngettext(
        "%(num)s of %(all)s units with two figures or more shows a clear change: %(said)s.",
        "%(num)s of %(all)s units with two figures or more show a clear change: %(said)s.",
        clear,
        all=len(found),
        said="; ".join(_how_many(found)),
    )


def _how_many(found: Sequence[Turns]) -> Iterator[str]:
    changes = [moves.change for moves in found]
    peaks = sum(moves.highest is not None for moves in found)
    dips = sum(moves.lowest is not None for moves in found)
    if Change.HIGHER in changes:
        yield _("from first to newest higher in %(number)s", number=changes.count(Change.HIGHER))
    if Change.LOWER in changes:
        yield _("from first to newest lower in %(number)s", number=changes.count(Change.LOWER))
    if peaks:
        yield _("in between higher in %(number)s", number=peaks)
    if dips:
        yield _("in between lower in %(number)s", number=dips)


def change(moves: Turns | None) -> str:
    """Return how a unit's newest figure stands to its first one, as a table says it."""
    if moves is None:
        return _("fewer than two figures")
    said = {
        Change.NONE: _("no clear change"),
        Change.HIGHER: _("clearly higher"),
        Change.LOWER: _("clearly lower"),
    }
    return said[moves.change]


def between(moves: Turns | None) -> list[str]:
    """Return what stands below that in the table: when a unit was clearly lower or higher in between."""
    if moves is None:
        return []
    lowest = [_lower(moves.lowest)] if moves.lowest else []
    return [*lowest, *([_higher(moves.highest)] if moves.highest else [])]


def _lower(turn: Turn) -> str:
    said = {
        Beyond.FIRST: _("in between clearly lower than the first: %(figure)s", figure=_figure(turn)),
        Beyond.NEWEST: _("in between clearly lower than the newest: %(figure)s", figure=_figure(turn)),
        Beyond.BOTH: _("in between clearly lower than both: %(figure)s", figure=_figure(turn)),
    }
    return said[turn.beyond]


def _higher(turn: Turn) -> str:
    said = {
        Beyond.FIRST: _("in between clearly higher than the first: %(figure)s", figure=_figure(turn)),
        Beyond.NEWEST: _("in between clearly higher than the newest: %(figure)s", figure=_figure(turn)),
        Beyond.BOTH: _("in between clearly higher than both: %(figure)s", figure=_figure(turn)),
    }
    return said[turn.beyond]


def _figure(turn: Turn) -> str:
    return f"{words.mood(turn.week)}, {dates.week(turn.week.opened_on, turn.week.closed_on)}"


def moved(moves: Turns | None) -> Iterator[str]:
    """Yield how a unit moved from its first figure to its newest, where it has two, and in between."""
    if moves is not None:
        said = "; ".join([change(moves), *between(moves)])
        yield _("From the first to the newest figure of these weeks: %(said)s.", said=said)


def _blocks(found: Sequence[ChosenUnit]) -> str:
    weeks = [week for unit in found for week in unit.weeks]
    return _(
        "%(shown)s of %(all)s figures are shown; for the others too few people answered, or nobody did.",
        shown=sum(week.shown for week in weeks),
        all=len(weeks),
    )
