"""The external export as a file: noisy sums of whole ticks, with what they mean written above them (R13)."""

import csv
import io
from collections.abc import Sequence
from datetime import timedelta

from flask_babel import gettext as _

from wellbeing.reports.exports import MARK, Selection, comment, guarded
from wellbeing.reports.external import EPSILON, FIGURES, VOTES_NEEDED, Figures, Summary, Week

FORMAT_VERSION = 1
COLUMNS = (
    *("tick", "week_from", "week_to", "votes", "votes_margin", "mood", "mood_margin"),
    *("rough_share", "rough_share_margin", "break_share", "break_share_margin"),
)


def external_csv(found: Summary, names: Sequence[str]) -> str:
    """Return the file's text; ``names`` are the paths of the chosen units, in an order that never changes."""
    text = io.StringIO()
    lines = [[comment(sentence)] for sentence in [*meaning(), *units_line(names)]]
    rows = [COLUMNS, *(_week(week) for week in found.weeks), *_last(found.together)]
    csv.writer(text).writerows([guarded(cell) for cell in line] for line in [*lines, *rows])
    return MARK + text.getvalue()


def file_name(selection: Selection) -> str:
    """Return a name that says which ticks, and nothing about anybody."""
    return f"second-wind-external-ticks-{selection.first}-to-{selection.last}.csv"


def meaning() -> list[str]:
    """Return what whoever gets the file must know, in sentences."""
    return [
        _(
            "Second Wind: figures for outside (format version %(version)s).",
            version=FORMAT_VERSION,
        ),
        _("Every figure is a sum over all the chosen units."),
        _("A week is shown where at least %(votes)s votes are certain.", votes=VOTES_NEEDED),
        _("Noise was added to each figure once and for ever: discrete Laplace at the moment of its release."),
        _(
            "Epsilon is %(each)s for each of %(number)s figures and so %(total)g for a person in a week.",
            each=EPSILON,
            number=FIGURES,
            total=EPSILON * FIGURES,
        ),
        _("Epsilon adds up: over thirteen weeks it is thirteen times as much."),
        _("The same request gives the same file. Asking again averages nothing away."),
        _("margin: the noise alone moves a figure by no more than this about 95 times of 100."),
        _("votes: one for each person and week. mood: the mean from 1 to 5."),
        _("rough_share and break_share: shares of the votes from 0 to 1."),
        _("The last line is all shown weeks together."),
    ]


def units_line(names: Sequence[str]) -> list[str]:
    """Return which units the figures are of."""
    return [_("Units: %(names)s.", names="; ".join(names))]


def _week(week: Week) -> list[str]:
    last = week.closed_on - timedelta(days=1)
    return [str(week.number), week.opened_on.isoformat(), last.isoformat(), *cells(week.figures)]


def _last(together: Figures | None) -> list[list[str]]:
    return [] if together is None else [[_("all shown weeks"), "", "", *cells(together)]]


def cells(found: Figures | None) -> list[str]:
    """Return figures as cells; empty ones where a tick is not shown."""
    if found is None:
        return [""] * 8
    return [
        str(found.people),
        str(found.people_margin),
        f"{found.mood:.1f}",
        f"{found.mood_margin:.1f}",
        f"{found.rough:.2f}",
        f"{found.rough_margin:.2f}",
        f"{found.breaks:.2f}",
        f"{found.breaks_margin:.2f}",
    ]
