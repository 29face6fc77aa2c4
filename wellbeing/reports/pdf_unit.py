"""One unit of a report: its sentence, its two pictures, and the same figures as a table."""

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _
from reportlab.platypus import Flowable, PageBreak

from wellbeing.reports import chosen_words, dates, pdf_parts, pdf_sentences, pictures, words
from wellbeing.reports.chosen import ChosenUnit
from wellbeing.reports.intervals import interval
from wellbeing.reports.pdf_drawing import drawn
from wellbeing.reports.pdf_fit import height
from wellbeing.reports.pdf_parts import FREE, ROOM, Bookmark, part, said
from wellbeing.reports.pictures import Size
from wellbeing.reports.trends import Week
from wellbeing.reports.turns import turns

# How both pictures share the room above the table, and how low, as a share of their whole height, they may
# be for it; else the table stands on the next page.
MOOD, PEOPLE = 320.0, 300.0
LOWEST = 0.6


def story(unit: ChosenUnit) -> Iterator[Flowable]:
    """Yield a unit's pages, beginning on a new one."""
    by_week = all(week.weeks == 1 for week in unit.weeks)
    top = [*_top(unit), *_mood_title(unit.weeks, by_week)]
    middle, end = (
        list(_people_title(by_week)),
        [*part(_("The same figures as a table"), room=60), _table(unit.weeks, by_week)],
    )
    above, below = _sizes(height([*top, *middle, *end]))
    mood, people = pictures.mood(unit.weeks, size=above), pictures.people(unit.weeks, size=below)
    yield PageBreak()
    yield from [*top, drawn(mood, ROOM), *middle, drawn(people, ROOM), *end]


def _sizes(taken: float) -> tuple[Size, Size]:
    """Return the sizes of two pictures as wide as a page, as high as what is taken of it leaves for them."""
    left = pictures.left_of_both()
    share = (FREE - taken) * pictures.WIDTH / ROOM / (MOOD + PEOPLE)
    high = 1.0 if share < LOWEST else min(share, 1.0)
    mood, people = (round(whole * high - 0.5) for whole in (MOOD, PEOPLE))
    return Size(pictures.WIDTH, mood, left), Size(pictures.WIDTH, people, left)


def _top(unit: ChosenUnit) -> Iterator[Flowable]:
    yield Bookmark(chosen_words.name(unit))
    yield said(chosen_words.name(unit), pdf_parts.HEADING)
    yield said(chosen_words.whose(unit), pdf_parts.NOTE)
    yield said(pdf_sentences.headline(unit.weeks), pdf_parts.HEADLINE)
    more = pdf_sentences.moved(turns(unit.weeks))
    yield said(" ".join([pdf_sentences.details(unit.weeks), *more]), pdf_parts.LEAD)


def _mood_title(weeks: Sequence[Week], by_week: bool) -> Iterator[Flowable]:
    yield from part(_("Mood, week by week") if by_week else _("Mood, figure by figure"))
    band = _("The band is what this many people allows: a move within it may be chance.")
    box = _("A box is a mood in words.")
    figures, in_words = any(week.mood is not None for week in weeks), any(week.mood_word for week in weeks)
    yield said(" ".join([*([band] if figures else []), *([box] if in_words else [])]), pdf_parts.NOTE)


def _people_title(by_week: bool) -> Iterator[Flowable]:
    yield from part(_("Rough interactions and breaks"), room=ROOM / 2)
    yield said(
        _("People per week. Hatched: few or most, drawn as the range the word stands for.")
        if by_week
        else _("People per figure. Hatched: few or most, drawn as the range the word stands for."),
        pdf_parts.NOTE,
    )


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
    return pdf_parts.table(columns, [_row(week) for week in newest_first], (22, 19, 14, 20, 11, 14), hidden)


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
