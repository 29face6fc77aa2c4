"""The first pages of a report: what it is about in a few sentences, then every unit at one look."""

import re
from collections.abc import Iterator, Sequence

from flask_babel import gettext as _
from flask_babel import ngettext
from reportlab.platypus import Flowable, Spacer

from wellbeing.reports import chosen_words, dates, pdf_parts, pdf_sentences, pictures, unions, words
from wellbeing.reports.chosen import ChosenUnit
from wellbeing.reports.intervals import interval
from wellbeing.reports.pdf_drawing import drawn
from wellbeing.reports.pdf_parts import Bookmark, Cell, part, said
from wellbeing.reports.trends import Week
from wellbeing.reports.turns import turns
from wellbeing.reports.unions import Moods, Together

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
    yield pdf_parts.table(columns, [_unit(unit, found) for unit in found], (27, 31, 23, 19))
    yield Spacer(0, 5)
    yield said(
        _(
            "A line is a mood in figures from 1 to 5, with the range that this many people allows; a box is "
            "a mood in words; grey was not shown. The change is from the first to the newest figure of "
            "these weeks. It is called clear where chance makes it in fewer than one of 20 comparisons: of "
            "20 units, expect one. In between, the lowest and the highest figure are compared with both "
            "by a stricter bar, since they were picked from many."
        ),
        pdf_parts.NOTE,
    )


def _unit(unit: ChosenUnit, found: Sequence[ChosenUnit]) -> list[Cell]:
    newest = next((week for week in reversed(unit.weeks) if week.shown), None)
    return [
        [
            said(chosen_words.name(unit), pdf_parts.CELL_BOLD),
            said(chosen_words.whose(unit), pdf_parts.CELL_SOFT),
        ],
        drawn(pictures.small(unit.weeks), SMALL_WIDTH)
        if newest
        else said(chosen_words.nothing(unit, found), pdf_parts.CELL_SOFT),
        _newest(newest) if newest else "",
        _moves(unit) if newest else "",
    ]


def _moves(unit: ChosenUnit) -> list[Flowable]:
    found = turns(unit.weeks)
    below = (said(line, pdf_parts.CELL) for line in pdf_sentences.between(found))
    return [said(pdf_sentences.change(found), pdf_parts.CELL), *below]


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
            "Mood is the average of the units with a figure, each weighted by the first number of its band "
            "of people; words stand beside it. People are listed by unit, never averaged or added up."
        ),
        pdf_parts.NOTE,
    )
    columns = (_("Days"), _("Mood"), _("Rough interactions"), _("Breaks"), _("Units shown"))
    yield pdf_parts.table(columns, [_tick(tick) for tick in reversed(ticks)], (18, 20.5, 25.5, 25.5, 10.5))


def _tick(tick: Together) -> list[Cell]:
    return [
        dates.week(tick.opened_on, tick.closed_on),
        _listed(_mood(tick.mood)),
        _listed(unions.counts(tick.rough)),
        _listed(unions.counts(tick.breaks)),
        _("%(shown)s of %(all)s", shown=tick.shown, all=tick.shown + tick.not_shown),
    ]


def _listed(text: str) -> Flowable:
    """Set a list of words and numbers so that no number begins a line alone."""
    return said(re.sub(r" (?=\d+(,|;|$))", "\N{NO-BREAK SPACE}", text) or _("not shown"), pdf_parts.CELL)


def _mood(found: Moods) -> str:
    parts = [unions.average(found) if found.figures else "", unions.beside(found)]
    return "; ".join(part for part in parts if part)
