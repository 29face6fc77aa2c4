"""Released figures as a report that can go to a board: in short, unit by unit, and how they were made (R13).

The file is made whole before its first byte leaves, in the language of the moment, from ledger rows and the
names of units alone.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from flask_babel import gettext as _
from reportlab.platypus import Flowable

from wellbeing.reports import chosen, pdf_method, pdf_summary, pdf_unit, units
from wellbeing.reports.chosen import ChosenUnit
from wellbeing.reports.exports import Selection, Sessions, TooLong
from wellbeing.reports.pdf_method import Facts
from wellbeing.reports.pdf_page import About, written

MOST_UNITS = 60
MOST_TICKS = 156
# So many units times weeks fill some 130 pages, in a few seconds and 70 MB of memory.
MOST_FIGURES = 3_120
PIECE = 65_536


def pieces(sessions: Sessions, selection: Selection) -> Iterator[bytes]:
    """Return the report in pieces; raises TooLong before anything is read."""
    refuse_long(selection)
    with sessions() as session:
        found = chosen.chosen(session, selection)
        organisation = units.path(session, selection.units[0])[0].name
        facts = pdf_method.facts(session, selection)
    file = written(_about(organisation, found), list(_story(organisation, found, facts)))
    return (file[at : at + PIECE] for at in range(0, len(file), PIECE))


def refuse_long(selection: Selection) -> None:
    """Raise TooLong for more units or ticks than a report can show."""
    ticks = selection.last - selection.first + 1
    if len(selection.units) > MOST_UNITS:
        raise TooLong(
            _("A report shows at most %(most)s units. Choose fewer, or take CSV or XLSX.", most=MOST_UNITS)
        )
    if ticks > MOST_TICKS:
        raise TooLong(
            _("A report shows at most %(most)s weeks. Choose fewer, or take CSV or XLSX.", most=MOST_TICKS)
        )
    if ticks * len(selection.units) > MOST_FIGURES:
        raise TooLong(
            _(
                "Of %(units)s units a report shows %(most)s weeks at most. Take fewer, or CSV or XLSX.",
                units=len(selection.units),
                most=MOST_FIGURES // len(selection.units),
            )
        )


def _about(organisation: str, found: Sequence[ChosenUnit]) -> About:
    """Name the file; its day is that of its newest release."""
    title = _("%(organisation)s: mood, rough interactions and breaks", organisation=organisation)
    header = " · ".join(part for part in (organisation, pdf_summary.period(found)) if part)
    newest = max((unit.weeks[-1].closed_on for unit in found if unit.weeks), default=date(2000, 1, 1))
    return About(title, header, newest)


def _story(organisation: str, found: Sequence[ChosenUnit], facts: Facts) -> Iterator[Flowable]:
    yield from pdf_summary.story(organisation, found)
    for unit in found:
        if unit.shown:
            yield from pdf_unit.story(unit)
    yield from pdf_method.story(facts)
