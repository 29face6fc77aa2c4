"""What somebody chose of the summaries, to look at: in short, unit by unit, all together, line by line."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from wellbeing.reports import chosen, dates, exports, unions, words
from wellbeing.reports.chosen import ChosenUnit
from wellbeing.reports.exports import Selection
from wellbeing.reports.trends import Week
from wellbeing.reports.unions import Together

# A page reads no more blocks than these into pictures; files have no such limit.
MOST_BLOCKS = 10_000
MOST_DRAWN = 12
MOST_WEEKS = 13
MOST_LINES = 30


@dataclass(frozen=True)
class UnitCard:
    """A unit as a small picture and its newest released figures; ``above`` is where it belongs."""

    name: str
    above: str
    weeks: tuple[Week, ...]
    newest: str
    figures: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A tick over all chosen units, as cells; the words stand beside the averages."""

    days: str
    mood: str
    mood_words: str
    rough: str
    rough_words: str
    breaks: str
    breaks_words: str
    not_shown: str


@dataclass(frozen=True)
class Summary:
    """``blocks`` were chosen in all; ``cards`` and ``rows`` are empty where that is too many to draw."""

    blocks: int
    headline: str
    lead: str
    cards: tuple[UnitCard, ...]
    not_drawn: int
    rows: tuple[Row, ...]
    older: int
    lines: list[list[str]]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the files' lines."""
        return exports.COLUMNS


def summary(session: Session, selection: Selection) -> Summary:
    """Return what a page shows of a selection."""
    blocks = exports.count(session, selection)
    lines = exports.rows(session, selection, MOST_LINES)
    found = chosen.chosen(session, selection) if blocks <= MOST_BLOCKS else ()
    shown = [unit for unit in found if unit.shown]
    weeks = [week for week in unions.together(unit.weeks for unit in shown) if week.shown]
    return Summary(
        blocks=blocks,
        headline=_headline(shown, weeks, blocks),
        lead=_lead(shown, weeks, blocks),
        cards=tuple(_card(unit) for unit in shown[:MOST_DRAWN]),
        not_drawn=max(0, len(shown) - MOST_DRAWN),
        rows=tuple(_row(week) for week in reversed(weeks[-MOST_WEEKS:])) if len(shown) > 1 else (),
        older=max(0, len(weeks) - MOST_WEEKS),
        lines=lines,
    )


def _headline(shown: Sequence[ChosenUnit], weeks: Sequence[Together], blocks: int) -> str:
    if not weeks:
        return ngettext("%(num)s block", "%(num)s blocks", blocks)
    if len(shown) == 1:
        return _("%(unit)s, %(days)s", unit=shown[0].name, days=_span(weeks))
    return ngettext("%(num)s unit, %(days)s", "%(num)s units, %(days)s", len(shown), days=_span(weeks))


def _span(weeks: Sequence[Together]) -> str:
    return dates.week(weeks[0].opened_on, weeks[-1].closed_on)


def _lead(shown: Sequence[ChosenUnit], weeks: Sequence[Together], blocks: int) -> str:
    if not blocks:
        return _("Nothing was released for these units in these weeks.")
    if not weeks:
        return _("These are too many to draw on a page. The files have them all.")
    if len(shown) == 1:
        return ngettext("%(num)s block.", "%(num)s blocks.", blocks)
    newest = weeks[-1]
    days = dates.week(newest.opened_on, newest.closed_on)
    blocks_in_all = ngettext("%(num)s block in all.", "%(num)s blocks in all.", blocks)
    return _(
        "%(days)s: %(sentence)s %(blocks)s", days=days, sentence=unions.sentence(newest), blocks=blocks_in_all
    )


def _card(unit: ChosenUnit) -> UnitCard:
    newest = next(week for week in reversed(unit.weeks) if week.shown)
    return UnitCard(
        name=unit.name,
        above=unit.path.removesuffix(unit.name).removesuffix(" > "),
        weeks=unit.weeks,
        newest=dates.week(newest.opened_on, newest.closed_on),
        figures=(
            _("Mood: %(mood)s", mood=words.mood(newest)),
            _("Rough interaction: %(people)s", people=words.count(newest.rough)),
            _("Took a break: %(people)s", people=words.count(newest.breaks)),
            _("People: %(band)s", band=words.band(newest.people_floor or 0)),
        ),
    )


def _row(week: Together) -> Row:
    return Row(
        days=dates.week(week.opened_on, week.closed_on),
        mood=unions.average(week.mood),
        mood_words=unions.beside(week.mood),
        rough=unions.average(week.rough),
        rough_words=unions.beside(week.rough),
        breaks=unions.average(week.breaks),
        breaks_words=unions.beside(week.breaks),
        not_shown=str(week.not_shown) if week.not_shown else "",
    )
