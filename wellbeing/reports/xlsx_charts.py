"""Native charts of a workbook: mood and people by tick for up to twelve units, from the cells beside them.

What was released in words stands as a word in its own column and is a gap in the chart, never a figure.
"""

from collections.abc import Sequence
from datetime import date, datetime, time

from flask_babel import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.chart import Chart
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from wellbeing.models.ledger import CountWord
from wellbeing.reports import chosen_words, dates, words
from wellbeing.reports.chosen import ChosenUnit
from wellbeing.reports.trends import Week

MOST_UNITS = 12
# Lines that the charts of a unit need beside its table, and the columns at which they stand.
LINES = 17
MOOD_AT, PEOPLE_AT = 8, 16
SIZE = {"width": 500, "height": 300}
TEAL, ROUGH, BREAKS = "#0B6B63", "#B8782A", "#35958A"
DAY, MOOD, MOOD_WORD, ROUGH_COUNT, ROUGH_WORD, BREAK_COUNT, BREAK_WORD = range(7)

FIGURES = (MOOD, ROUGH_COUNT, BREAK_COUNT)
# How the titles, the days and the moods look.
LOOKS = ({"bold": True}, {"num_format": "d mmm yyyy", "align": "left"}, {"num_format": "0.0"})
# The day from which a spreadsheet counts days.
EPOCH = date(1899, 12, 30)

Point = float | None
Titles = tuple[str, str]


def write(book: Workbook, sheet: Worksheet, units: Sequence[ChosenUnit]) -> None:
    """Write the tables and charts of the first twelve units of which anything was released."""
    shown = [unit for unit in units if unit.shown]
    looks = tuple(book.add_format(look) for look in LOOKS)
    sheet.set_column(0, 6, 13)
    sheet.write_string(0, 0, _about(len(shown)))
    line = 2
    for unit in shown[:MOST_UNITS]:
        titles = _title(unit, _("mood, 1 to 5")), _title(unit, _("people"))
        _table(sheet, unit, line, looks, titles)
        _charts(book, sheet, unit.weeks, line, titles)
        line += max(len(unit.weeks) + 2, LINES) + 1


def _about(shown: int) -> str:
    gaps = _(
        "A gap in a chart is a week in words, which then stand in the table, or a week that is not shown. "
        'A mood "or higher" or "or lower" was cut: it may lie beyond.'
    )
    if shown <= MOST_UNITS:
        return gaps
    few = _("Charts of the first %(most)s of %(number)s units.", most=MOST_UNITS, number=shown)
    return f"{few} {gaps}"


def _table(sheet: Worksheet, unit: ChosenUnit, line: int, looks: Sequence[Format], titles: Titles) -> None:
    bold, day, tenth = looks
    for at, title in zip((DAY, MOOD_AT, PEOPLE_AT), (chosen_words.path(unit), *titles), strict=True):
        sheet.write_string(line, at, title, bold)
    for at, head in enumerate(_heads()):
        sheet.write_string(line + 1, at, head, bold)
    for row, week in enumerate(unit.weeks, start=line + 2):
        sheet.write_datetime(row, DAY, datetime.combine(week.opened_on, time()), day)
        for at, (value, word) in zip(FIGURES, _cells(week), strict=True):
            if value is not None:
                sheet.write_number(row, at, value, tenth if at == MOOD else None)
            if word:
                sheet.write_string(row, at + 1, word)


def _title(unit: ChosenUnit, about: str) -> str:
    return f"{chosen_words.name(unit)}: {about}"


def _heads() -> list[str]:
    return [
        _("week from"),
        _("mood"),
        _("in a word"),
        _("rough interaction"),
        _("in a word"),
        _("took a break"),
        _("in a word"),
    ]


def _cells(week: Week) -> list[tuple[Point, str]]:
    """Return the figure or else the word of each question."""
    if not week.shown:
        return [(None, words.count(None))] * 3
    return [_mood(week), _count(week.rough), _count(week.breaks)]


def _mood(week: Week) -> tuple[Point, str]:
    """Return a mood; of one at a limit beyond which it may lie, also how it is said: "4.0 or higher"."""
    said = words.mood(week)
    if week.mood is None:
        return None, said
    return float(week.mood), "" if said == dates.tenths(week.mood) else said


def _count(released: int | CountWord | None) -> tuple[Point, str]:
    return (None, words.count(released)) if isinstance(released, CountWord) else (released, "")


def _charts(book: Workbook, sheet: Worksheet, weeks: Sequence[Week], line: int, titles: Titles) -> None:
    mood = _chart(book, "line", sheet, (line, MOOD_AT), titles[0])
    mood.add_series(_series(sheet, weeks, line, MOOD, TEAL) | {"marker": _marker(TEAL)})
    mood.set_y_axis({"min": 1, "max": 5, "major_unit": 1, "num_format": "0", "major_gridlines": _grid()})
    mood.set_legend({"none": True})
    people = _chart(book, "column", sheet, (line, PEOPLE_AT), titles[1])
    for at, colour in ((ROUGH_COUNT, ROUGH), (BREAK_COUNT, BREAKS)):
        people.add_series(_series(sheet, weeks, line, at, colour) | {"fill": {"color": colour}})
    people.set_y_axis({"min": 0, "num_format": "0", "major_gridlines": _grid()})
    people.set_legend({"position": "bottom"})
    for at, chart in ((MOOD_AT, mood), (PEOPLE_AT, people)):
        sheet.insert_chart(line + 1, at, chart)


def _chart(book: Workbook, kind: str, sheet: Worksheet, at: tuple[int, int], title: str) -> Chart:
    chart: Chart = book.add_chart({"type": kind})
    # A title given as a text that looks like a cell would be taken for one, so it points at a cell with it.
    chart.set_title({"name": [sheet.name, *at], "data": [title], "name_font": {"size": 12}})
    chart.set_x_axis({"text_axis": True, "num_format": "d mmm", "num_font": {"rotation": -45}})
    chart.set_size(SIZE)
    chart.show_blanks_as("gap")
    return chart


def _series(sheet: Worksheet, weeks: Sequence[Week], line: int, at: int, colour: str) -> dict[str, object]:
    """The values come along, because a viewer that reads no cells shows what it finds in the chart."""
    first, last = line + 2, line + 1 + len(weeks)
    cells = [_cells(week) for week in weeks]
    return {
        "name": [sheet.name, line + 1, at],
        "categories": [sheet.name, first, DAY, last, DAY],
        "values": [sheet.name, first, at, last, at],
        "name_data": [_heads()[at]],
        "categories_data": [(week.opened_on - EPOCH).days for week in weeks],
        "values_data": [cell[FIGURES.index(at)][0] for cell in cells],
        "line": {"color": colour, "width": 2.25},
        "gap": 60,
    }


def _marker(colour: str) -> dict[str, object]:
    return {"type": "circle", "size": 6, "fill": {"color": colour}, "border": {"color": colour}}


def _grid() -> dict[str, object]:
    return {"visible": True, "line": {"color": "#E4DDD2"}}
