"""The units below a site or the organisation, side by side in the order of the tree; nothing ranks them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask_babel import get_locale
from sqlalchemy.orm import Session

from wellbeing.models.accounts import Level, Unit
from wellbeing.models.epochs import FigureAbove
from wellbeing.reports import heat, overview_words, periods, trends, unit_weeks
from wellbeing.reports.board import Board
from wellbeing.reports.kept import kept
from wellbeing.reports.once import settings
from wellbeing.reports.periods import Period
from wellbeing.reports.places import Place, Search, found, places
from wellbeing.reports.trends import Week
from wellbeing.reports.units import Line

COLUMNS = 13
PER_PAGE = 30


@dataclass(frozen=True)
class Row:
    """One unit: its cells and picture; a ``note`` says why it has none, or whose figure stands for it.

    ``pool`` is True for what a site's small teams have together.
    """

    line: Line
    cells: tuple[heat.Cell, ...] = ()
    drawn: str = ""
    picture: str = ""
    note: str = ""
    pool: bool = False


@dataclass(frozen=True)
class Group:
    """Units that follow each other below one site, or below none; ``continued`` if others came before."""

    site: Line | None
    continued: bool
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Overview:
    """A page of the units below another; ``units`` counts those that were found, on all ``pages``."""

    headline: str
    details: tuple[str, ...]
    columns: tuple[heat.Column, ...]
    ticks: tuple[Week, ...]
    whole: str
    groups: tuple[Group, ...]
    sites: tuple[Line, ...]
    units: int
    search: Search
    pages: int

    @property
    def legend(self) -> tuple[heat.Cell, ...]:
        """One cell for each colour, with what it stands for."""
        return heat.legend(str(get_locale()))

    @property
    def by_week(self) -> bool:
        """Whether every column spans one week, so that it can be called one."""
        return all(tick.weeks == 1 for tick in self.ticks)

    @property
    def first_day(self) -> date:
        """The first day of all columns."""
        return self.ticks[0].opened_on

    @property
    def last_day(self) -> date:
        """The last day of all columns."""
        return self.ticks[-1].closed_on - timedelta(days=1)

    @property
    def shown(self) -> set[int]:
        """The ids of the units whose figures this page has."""
        return {row.line.id for group in self.groups for row in group.rows if row.cells}

    @property
    def drawn(self) -> bool:
        """Whether any unit of this page has a figure."""
        return bool(self.shown)


def overview(
    session: Session, board: Board, search: Search, now: datetime, count: int, period: Period | None = None
) -> Overview:
    """Return one page of what lies below a board's unit, over the newest ticks or those a period touches.

    ``now`` is the site's present moment. A page beyond the last one is empty.
    """
    ticks = unit_weeks.ticks_asked(session, count, period)
    below = found(places(board.below), search.name)
    before = below[: (search.page - 1) * PER_PAGE]
    here = below[len(before) : len(before) + PER_PAGE]
    headline, details = _said(session, board, ticks, now)
    return Overview(
        headline=headline,
        details=details,
        columns=heat.columns(ticks, str(get_locale())),
        ticks=ticks,
        whole=periods.said(ticks) if period and ticks else "",
        groups=_groups(here, {place.site for place in before}, _rows(session, here, ticks)),
        sites=tuple(line for line in board.below if line.level is Level.SITE),
        units=len(below),
        search=search,
        pages=max(1, -(-len(below) // PER_PAGE)),
    )


def _said(
    session: Session, board: Board, ticks: Sequence[Week], now: datetime
) -> tuple[str, tuple[str, ...]]:
    """Return the headline of an overview and what else is said; where no figures come, the board says why."""
    if not board.figures_come:
        return board.headline, board.details
    site = settings(session)
    here = now.astimezone(ZoneInfo(site.time_zone))
    teams = [line for line in board.below if _counts(line)]
    coming = overview_words.coming(session, site, here)
    if not ticks or not teams:
        return overview_words.nothing(board.unit, len(teams)), (coming,)
    last = ticks[-1]
    shown = unit_weeks.shown(session, teams, last)
    headline = overview_words.headline(last, len(teams), shown, here.date())
    if shown == len(teams):
        return headline, (coming,)
    needed = trends.people_needed(session, last.number) or site.people_needed
    return headline, (overview_words.others(needed), coming)


def _counts(line: Line) -> bool:
    return line.level is Level.TEAM and line.closed_on is None and line.opens_on is None


def _rows(session: Session, here: Sequence[Place], ticks: Sequence[Week]) -> dict[int, Row]:
    """Return the rows of a page's units and of its sites, by unit."""
    lines = {line.id: line for place in here for line in (place.unit, place.site) if line is not None}
    above = _figures_above(session, lines)
    language = str(get_locale())
    numbers = tuple(tick.number for tick in ticks)

    def find() -> dict[int, Row]:
        weeks = unit_weeks.weeks_of(session, lines, ticks)
        return {
            unit: _row(line, weeks.get(unit, ()), above.get(unit, ""), ticks, language)
            for unit, line in lines.items()
        }

    question = ("rows", tuple(lines.values()), tuple(above.items()), numbers, language)
    return kept(session, question, find)


def _figures_above(session: Session, lines: Mapping[int, Line]) -> dict[int, str]:
    """Return the name of the unit whose figure stands for a small team, by team."""
    teams = [line.id for line in lines.values() if _counts(line)]
    return dict(session.execute(_SOURCES, {"teams": teams}).tuples().all())


_SMALL, _UNIT = FigureAbove.__table__, Unit.__table__
_SOURCES = (
    sa.select(_SMALL.c.unit_id, _UNIT.c.name)
    .join(_UNIT, _UNIT.c.id == _SMALL.c.source_id)
    .where(_SMALL.c.unit_id.in_(sa.bindparam("teams", expanding=True)))
)


def _row(line: Line, weeks: tuple[Week, ...], source: str, ticks: Sequence[Week], language: str) -> Row:
    """A team that has its newest figure itself is not told whose it had; its page does the same."""
    note = overview_words.shown_in(source) if source and not (weeks and weeks[-1].shown) else ""
    if not weeks:
        return Row(line, note=note or overview_words.none_yet(line), pool=line.level is not Level.TEAM)
    strip = heat.strip(weeks, language)
    early = sum(tick.number < weeks[0].number for tick in ticks)
    late = len(ticks) - early - len(weeks)
    before = (heat.empty(overview_words.too_early()),) * early if early else ()
    after = (heat.empty(overview_words.too_late()),) * late if late else ()
    drawn = heat.row_of(before) + strip.row + heat.row_of(after)
    cells = (*before, *strip.cells, *after)
    return Row(line, cells, drawn, strip.picture, note, line.level is not Level.TEAM)


def _groups(here: Sequence[Place], before: set[Line | None], rows: Mapping[int, Row]) -> tuple[Group, ...]:
    """Gather units that follow each other below one site; the site's own small teams come first."""
    groups: list[Group] = []
    for place in here:
        same = bool(groups) and groups[-1].site == place.site
        told = [rows[place.unit.id]] if place.unit else []
        if same:
            groups[-1] = Group(place.site, groups[-1].continued, (*groups[-1].rows, *told))
            continue
        own = (
            [rows[place.site.id]]
            if place.site and place.site not in before and rows[place.site.id].cells
            else []
        )
        groups.append(Group(place.site, place.site in before, (*own, *told)))
        before = before | {place.site}
    return tuple(groups)
