"""The first pages of a report: what it is about in a few sentences, then every unit at one look."""

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _
from flask_babel import ngettext
from reportlab.platypus import Flowable, Spacer

from wellbeing.reports import dates, pdf_parts, pdf_sentences, pictures, unions, words
from wellbeing.reports.chosen import ChosenUnit
from wellbeing.reports.intervals import interval
from wellbeing.reports.pdf_drawing import drawn
from wellbeing.reports.pdf_parts import Bookmark, Cell, part, said
from wellbeing.reports.trends import Week
from wellbeing.reports.unions import Share, Together

SMALL_WIDTH = 148.0


def story(organisation: str, found: Sequence[ChosenUnit]) -> Iterator[Flowable]:
    """Yield the title, the sentences, the units and, where there are several, their ticks together."""
    yield Bookmark(_("In short"))
    yield said(organisation, pdf_parts.TITLE)
    yield said(_("Mood, rough interactions and breaks, from released figures alone"), pdf_parts.LEAD)
    yield said(_scope(found), pdf_parts.LEAD)
    yield Spacer(0, 6)
    yield pdf_parts.card([said(sentence) for sentence in pdf_sentences.in_short(found)])
    yield from _units(found)
    if sum(unit.shown for unit in found) > 1:
        yield from _together(unions.together([unit.weeks for unit in found]), len(found))


def _scope(found: Sequence[ChosenUnit]) -> str:
    ticks = len({week.number for unit in found for week in unit.weeks})
    when = [period(found), ngettext("%(num)s release", "%(num)s releases", ticks)] if ticks else []
    return " · ".join([*when, ngettext("%(num)s unit", "%(num)s units", len(found))])


def period(found: Sequence[ChosenUnit]) -> str:
    """Return the days that the ticks of some units span; empty where nothing was ever released."""
    weeks = [week for unit in found for week in unit.weeks]
    if not weeks:
        return ""
    return dates.week(min(week.opened_on for week in weeks), max(week.closed_on for week in weeks))


def _units(found: Sequence[ChosenUnit]) -> Iterator[Flowable]:
    yield from part(_("Unit by unit"))
    yield said(
        _("In the tree's order, whatever the figures say. The last page tells how they are made."),
        pdf_parts.NOTE,
    )
    columns = (_("Unit"), _("Mood"), _("Newest release"), _("First to newest figure"))
    yield pdf_parts.table(columns, [_unit(unit) for unit in found], (31, 32, 22, 15))
    yield Spacer(0, 5)
    yield said(
        _(
            "A line is a mood in figures from 1 to 5, with the range that this many people allows; a box is "
            "a mood in words; grey was not shown. The change is from the first to the newest figure of "
            "these weeks. It is called clear where chance makes it in fewer than one of 20 comparisons: of "
            "20 units, expect one."
        ),
        pdf_parts.NOTE,
    )


def _unit(unit: ChosenUnit) -> list[Cell]:
    newest = next((week for week in reversed(unit.weeks) if week.shown), None)
    return [
        [said(unit.name, pdf_parts.CELL_BOLD), said(pdf_sentences.whose(unit), pdf_parts.CELL_SOFT)],
        drawn(pictures.small(unit.weeks), SMALL_WIDTH) if newest else "",
        _newest(newest) if newest else said(_("nothing was released"), pdf_parts.CELL_SOFT),
        said(pdf_sentences.in_words(pdf_sentences.change(unit.weeks)), pdf_parts.CELL) if newest else "",
    ]


def _newest(week: Week) -> list[Flowable]:
    likely = interval(week)
    figure = _("mood %(mood)s", mood=words.mood(week))
    range_ = [_("this many allow %(range)s", range=words.likely(*likely))] if likely else []
    people = _("%(people)s people", people=words.band(week.people_floor or 0))
    softer = (*range_, people, dates.week(week.opened_on, week.closed_on))
    return [said(figure, pdf_parts.CELL_BOLD), *(said(line, pdf_parts.CELL_SOFT) for line in softer)]


def _together(ticks: Sequence[Together], units: int) -> Iterator[Flowable]:
    yield Bookmark(_("All chosen units together"))
    yield from part(_("All chosen units together"))
    yield said(
        _(
            "Averages of the units with a figure, each weighted by the first number of its band of people. "
            "Words stand beside them and enter no average; people are never added up."
        ),
        pdf_parts.NOTE,
    )
    columns = (_("Days"), _("Mood"), _("Rough interactions"), _("Breaks"), _("Units shown"))
    yield pdf_parts.table(columns, [_tick(tick) for tick in reversed(ticks)], (19, 25, 23, 23, 10))


def _tick(tick: Together) -> list[Cell]:
    return [
        dates.week(tick.opened_on, tick.closed_on),
        _share(tick.mood),
        _share(tick.rough),
        _share(tick.breaks),
        _("%(shown)s of %(all)s", shown=tick.shown, all=tick.shown + tick.not_shown),
    ]


def _share(share: Share) -> Flowable:
    parts = [unions.average(share) if share.figures else "", unions.beside(share)]
    return said("; ".join(part for part in parts if part) or _("not shown"), pdf_parts.CELL)
