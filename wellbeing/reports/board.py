"""All that a unit's page says, from the ledger and the roster; everybody who may open it reads the same."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask_babel import get_locale
from sqlalchemy.orm import Session

from wellbeing import announcement
from wellbeing.models.accounts import Level
from wellbeing.models.settings import Settings
from wellbeing.reports import changed, periods, scales, sentences, trends, units, words
from wellbeing.reports.changed import Changed, notes_over
from wellbeing.reports.once import settings
from wellbeing.reports.periods import Period
from wellbeing.reports.trends import Week
from wellbeing.reports.week_rows import Row, rows_of

TWO_WEEKS = 14


@dataclass(frozen=True)
class Board:
    """A unit's page: ``path`` leads to the unit, ``source`` is the unit whose figure it shows.

    ``rows`` say the same as ``weeks``, newest first. ``figures_come`` is False where no tick adds to them:
    a unit is closed, not open yet, or the organisation is too small. ``whole`` says which days a period comes
    to, ``nothing_then`` that it has no tick. ``newest`` are the newest ticks, of which the headline speaks,
    and ``reach`` is how many ticks there are in all.
    """

    path: tuple[units.Line, ...]
    below: tuple[units.Line, ...]
    source: units.Line
    weeks: tuple[Week, ...]
    rows: tuple[Row, ...]
    headline: str
    details: tuple[str, ...]
    reason: str
    announcement: str
    people_needed: str
    every_two_weeks: bool
    figures_come: bool
    notes: tuple[Changed, ...]
    whole: str
    nothing_then: str
    newest: tuple[Week, ...]
    reach: int

    @property
    def unit(self) -> units.Line:
        """The unit whose page it is."""
        return self.path[-1]

    @property
    def first_day(self) -> date:
        """The first day of what the page shows; only where it has weeks."""
        return self.weeks[0].opened_on

    @property
    def last_day(self) -> date:
        """The last day of what the page shows; only where it has weeks."""
        return self.weeks[-1].closed_on - timedelta(days=1)

    @property
    def by_week(self) -> bool:
        """Whether every line spans one week, so that it can be called one."""
        return all(week.weeks == 1 for week in self.weeks)

    @property
    def whose(self) -> str:
        """Whose mood the headline speaks of, where that is not simply the unit's own team."""
        return (
            ""
            if self.source.level is Level.TEAM or not self.weeks
            else sentences.small_teams(self.source.name)
        )

    @property
    def key(self) -> tuple[tuple[int, str, bool], ...]:
        """The notes of its days by the numbers of the pictures, and whether a phone's picture has them."""
        on_a_phone = scales.numbered(self.weeks[-scales.ON_A_PHONE :], self.notes)
        there = {note for _number, note in on_a_phone}
        return tuple(
            (number, changed.said(note, self.unit.id), note in there)
            for number, note in scales.numbered(self.weeks, self.notes)
        )

    @property
    def has_figures(self) -> bool:
        """Whether any week has a mood in figures."""
        return any(week.mood is not None for week in self.weeks)

    @property
    def has_words(self) -> bool:
        """Whether any week has a mood in words."""
        return any(week.mood_word is not None for week in self.weeks)


def board(session: Session, unit_id: int, ticks: int, now: datetime, period: Period | None = None) -> Board:
    """Return a unit's page at the moment ``now``: its newest ``ticks``, or those that a period touches."""
    site = settings(session)
    here = now.astimezone(ZoneInfo(site.time_zone))
    path = units.path(session, unit_id)
    small = _too_small(session, path[0], site, here.date())
    source, weeks = _figure(session, path, _looked_at(session, ticks, period), small)
    said = weeks[-trends.TICKS :]
    seen = periods.within(weeks, period) if period else weeks[-ticks:]
    standing = path[-1].closed_on is None and path[-1].opens_on is None
    return Board(
        path=path,
        below=units.below(session, path[-1]),
        source=source,
        weeks=seen,
        rows=rows_of(seen, str(get_locale())),
        headline=_headline(session, path[-1], source, said, here.date(), small),
        details=_details(session, path[-1], said, site, here, small),
        reason=_reason(session, path, source, site, small),
        announcement=announcement.sentence(session) if standing else "",
        people_needed=words.number(site.people_needed),
        every_two_weeks=site.tick_days == TWO_WEEKS,
        figures_come=standing and not small,
        notes=notes_over(session, path),
        whole=periods.said(seen) if period and seen else "",
        nothing_then=periods.none_in(weeks, path[-1].name) if weeks and not seen else "",
        newest=said,
        reach=_reach(session, path, source, weeks),
    )


def _looked_at(session: Session, ticks: int, period: Period | None) -> int:
    """Return how many of the newest ticks a page needs: its own, and those that its headline speaks of."""
    return max(trends.TICKS, trends.ticks_from(session, period.first) if period else ticks)


def _too_small(session: Session, organisation: units.Line, site: Settings, today: date) -> bool:
    open_ = site.confirmed_at is not None
    return open_ and not units.has_ledger(session, organisation, site.own_pool_from, today)


def _figure(
    session: Session, path: tuple[units.Line, ...], ticks: int, small: bool
) -> tuple[units.Line, tuple[Week, ...]]:
    """Return whose figure a unit's page shows, and its ticks.

    Whose it is was decided when the week began, and stands until the next: only from the tick of that moment
    on are the team's viewers kept out of the figure above it (R1). A unit that is only planned has no figure,
    nor is it shown another's.
    """
    unit = path[-1]
    weeks = trends.blocks_of(session, unit.id, ticks, unit.closed_on)
    if unit.closed_on or unit.opens_on or unit.level is not Level.TEAM or (weeks and weeks[-1].shown):
        return unit, weeks
    if small:
        return unit, weeks
    above = units.figure_above(session, path)
    if above is None:
        return unit, weeks
    source, number = above
    shown = trends.blocks_of(session, source.id, ticks)
    return source, tuple(week for week in shown if week.number >= number)


def _reach(
    session: Session, path: tuple[units.Line, ...], source: units.Line, weeks: tuple[Week, ...]
) -> int:
    """Return how many ticks a page has in all, those included that were not looked at."""
    if not weeks:
        return 0
    above = units.figure_above(session, path) if source != path[-1] else None
    first = max(trends.first_tick(session, source.id) or 0, above[1] if above else 0)
    return weeks[-1].number - first + 1


def _headline(
    session: Session, unit: units.Line, source: units.Line, weeks: tuple[Week, ...], today: date, small: bool
) -> str:
    if weeks:
        return sentences.headline(weeks, today)
    if unit.closed_on:
        return sentences.nothing_ever(unit.name)
    if unit.opens_on:
        return sentences.opens(unit.name, unit.opens_on, units.merged_into(session, unit.id))
    if small:
        return sentences.no_team_figures()
    if unit.level is Level.TEAM:
        return sentences.nothing_yet(source.name)
    return sentences.no_own_figure(unit.name)


def _details(
    session: Session,
    unit: units.Line,
    weeks: tuple[Week, ...],
    site: Settings,
    now: datetime,
    small: bool,
) -> tuple[str, ...]:
    if unit.closed_on or unit.opens_on:
        return _said(session, weeks, site)
    if small:
        return *_said(session, weeks, site), sentences.what_remains()
    if not weeks and unit.level is not Level.TEAM:
        return ()
    last = trends.ticks_of(session, 1)
    closed_on = last[0].closed_on if last else None
    next_on = trends.next_release(closed_on, site.confirmed_at, site.tick_days, ZoneInfo(site.time_zone))
    if not last:
        return (sentences.first(next_on, now),)
    coming = sentences.coming(next_on, now)
    return *_said(session, weeks, site), coming


def _said(session: Session, weeks: tuple[Week, ...], site: Settings) -> tuple[str, ...]:
    if not weeks:
        return ()
    needed = trends.people_needed(session, weeks[-1].number) or site.people_needed
    return *sentences.details(weeks, needed), sentences.released(_newest_shown(weeks))


def _newest_shown(weeks: tuple[Week, ...]) -> Week:
    return next((week for week in reversed(weeks) if week.shown), weeks[-1])


def _reason(
    session: Session, path: tuple[units.Line, ...], source: units.Line, site: Settings, small: bool
) -> str:
    unit = path[-1]
    if unit.closed_on:
        went_to = units.went_to(session, path)
        return (
            sentences.closed(unit.name, went_to, unit.closed_on)
            if went_to
            else sentences.left(unit.name, unit.closed_on)
        )
    if unit.opens_on:
        return ""
    if unit != source:
        return sentences.shown_above(unit.name, source.name, site.own_pool_from)
    return sentences.no_ledger(path[0].name, site.own_pool_from) if small else ""
