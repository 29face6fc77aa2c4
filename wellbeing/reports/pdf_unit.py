"""One unit of a report: its sentence, its two pictures, and the same figures as a table."""

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _
from reportlab.platypus import Flowable, PageBreak

from wellbeing.reports import dates, pdf_page, pdf_sentences, pictures, words
from wellbeing.reports.chosen import ChosenUnit
from wellbeing.reports.intervals import interval
from wellbeing.reports.pdf_drawing import drawn
from wellbeing.reports.pdf_fit import fitting
from wellbeing.reports.pdf_page import Bookmark, part, said
from wellbeing.reports.trends import Week

# How wide pictures may be so that a unit's table stands on the same page, and up to how many ticks it can.
WIDTHS = (pdf_page.ROOM, 450.0, 420.0, 390.0, 360.0, 330.0, 300.0)
ONE_PAGE = 22


def story(unit: ChosenUnit) -> Iterator[Flowable]:
    """Yield a unit's pages, beginning on a new one."""
    yield PageBreak()
    widths = WIDTHS if len(unit.weeks) <= ONE_PAGE else ()
    yield from fitting(lambda wide: list(_pages(unit, wide)), widths) or _pages(unit, pdf_page.ROOM)


def _pages(unit: ChosenUnit, wide: float) -> Iterator[Flowable]:
    by_week = all(week.weeks == 1 for week in unit.weeks)
    yield Bookmark(unit.name)
    yield said(unit.name, pdf_page.HEADING)
    if unit.path != unit.name:
        yield said(unit.path, pdf_page.NOTE)
    yield said(pdf_sentences.headline(unit.weeks), pdf_page.HEADLINE)
    yield said(pdf_sentences.details(unit.weeks), pdf_page.LEAD)
    yield from _mood(unit.weeks, by_week, wide)
    yield from _people(unit.weeks, by_week, wide)
    yield from part(_("The same figures as a table"), room=60)
    yield _table(unit.weeks, by_week)


def _mood(weeks: Sequence[Week], by_week: bool, wide: float) -> Iterator[Flowable]:
    yield from part(_("Mood, week by week") if by_week else _("Mood, figure by figure"))
    band = _("The band is what this many people allows: a move within it may be chance.")
    box = _("A box is a mood in words.")
    figures, in_words = any(week.mood is not None for week in weeks), any(week.mood_word for week in weeks)
    yield said(" ".join([*([band] if figures else []), *([box] if in_words else [])]), pdf_page.NOTE)
    yield drawn(pictures.mood(weeks), wide)


def _people(weeks: Sequence[Week], by_week: bool, wide: float) -> Iterator[Flowable]:
    yield from part(_("Rough interactions and breaks"), room=wide / 2)
    yield said(
        _("People per week. Hatched: few or most, drawn as the range the word stands for.")
        if by_week
        else _("People per figure. Hatched: few or most, drawn as the range the word stands for."),
        pdf_page.NOTE,
    )
    yield drawn(pictures.people(weeks), wide)


def _table(weeks: Sequence[Week], by_week: bool) -> Flowable:
    columns = (
        _("Week") if by_week else _("Days"),
        _("People who answered"),
        _("Mood"),
        _("What this many allows"),
        _("Rough one"),
        _("Took a break"),
    )
    newest_first = list(reversed(weeks))
    hidden = [at for at, week in enumerate(newest_first) if not week.shown]
    return pdf_page.table(columns, [_row(week) for week in newest_first], (24, 19, 15, 20, 11, 11), hidden)


def _row(week: Week) -> list[str]:
    days = dates.week(week.opened_on, week.closed_on)
    if week.people_floor is None:
        return [days, _("not shown"), "", "", "", ""]
    likely = interval(week)
    return [
        days,
        words.band(week.people_floor),
        words.mood(week),
        words.likely(*likely) if likely else "",
        words.count(week.rough),
        words.count(week.breaks),
    ]
