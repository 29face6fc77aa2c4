"""The released words and figures, as people read them in a sentence or a cell."""

from collections.abc import Sequence

from babel.lists import format_list
from flask_babel import LazyString, get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wellbeing.models.ledger import CountWord, MoodWord
from wellbeing.reports import dates
from wellbeing.reports.intervals import limits
from wellbeing.reports.trends import Week

# The largest number of people in each band; the last one has no end.
BAND_TOPS = {5: 7, 8: 11, 12: 19, 20: 39}


def number(count: int) -> str:
    """Return a number of people or weeks: as a word up to twelve, then as digits."""
    return str(_NUMBERS.get(count, count))


# Only the one that is asked for is looked up in the catalogue.
_NUMBERS: dict[int, LazyString] = {
    2: _l("two"),
    3: _l("three"),
    4: _l("four"),
    5: _l("five"),
    6: _l("six"),
    7: _l("seven"),
    8: _l("eight"),
    9: _l("nine"),
    10: _l("ten"),
    11: _l("eleven"),
    12: _l("twelve"),
}


def names(found: Sequence[str]) -> str:
    """Return names as one says them in a row, such as "Parts and Showroom"."""
    return format_list(list(found), locale=get_locale() or "en")


def band(people_floor: int) -> str:
    """Return a band of people, such as "12 to 19"."""
    if people_floor not in BAND_TOPS:
        return _("%(number)s or more", number=people_floor)
    return _("%(low)s to %(high)s", low=people_floor, high=BAND_TOPS[people_floor])


def mood(week: Week) -> str:
    """Return a released mood: a word, a figure, or a figure that says it is a limit."""
    if week.mood_word is not None:
        return mood_word(week.mood_word)
    if week.mood is None or week.people_floor is None:
        return _("not shown")
    figure = dates.tenths(week.mood)
    lowest, highest = limits(week.people_floor)
    if week.mood <= lowest:
        return _("%(mood)s or lower", mood=figure)
    return _("%(mood)s or higher", mood=figure) if week.mood >= highest else figure


def mood_word(word: MoodWord) -> str:
    """Return the word that stands where a figure could point at a person."""
    return {MoodWord.LOW: _("low"), MoodWord.MIDDLE: _("middle"), MoodWord.HIGH: _("high")}[word]


def count(released: int | CountWord | None) -> str:
    """Return a released count: a figure, few, most, or that it is not shown."""
    if isinstance(released, CountWord):
        return {CountWord.FEW: _("few"), CountWord.MOST: _("most")}[released]
    return _("not shown") if released is None else str(released)


def likely(low: float, high: float) -> str:
    """Return the range that the number of people allows, such as "2.9 to 3.9"."""
    return _("%(low)s to %(high)s", low=dates.tenths(low), high=dates.tenths(high))
