"""What somebody chose of the summaries, to look at: in short, unit by unit, all together, line by line."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from wellbeing.reports import chosen, chosen_words, dates, exports, unions, words
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
    """A unit as a small picture and its newest figures; ``about`` says where it belongs or who is in it."""

    name: str
    about: str
    weeks: tuple[Week, ...]
    newest: str
    figures: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Row:
    """A tick as cells; each has a note that stands beside its figure, and is empty where there is none."""

    days: tuple[str, str]
    mood: tuple[str, str]
    rough: tuple[str, str]
    breaks: tuple[str, str]


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

    @property
    def alone(self) -> bool:
        """Whether only one unit has figures, so that there is room for its whole pictures."""
        return len(self.cards) + self.not_drawn == 1


def summary(session: Session, selection: Selection) -> Summary:
    """Return what a page shows of a selection."""
    blocks = exports.count(session, selection)
    lines = exports.rows(session, selection, MOST_LINES)
    found = chosen.chosen(session, selection) if blocks <= MOST_BLOCKS else ()
    shown = [unit for unit in found if unit.shown]
    weeks = [week for week in unions.together(unit.weeks for unit in shown) if week.shown]
    rows = (
        [_of_one(week) for week in shown[0].weeks]
        if len(shown) == 1
        else [_side_by_side(week) for week in weeks]
    )
    return Summary(
        blocks=blocks,
        headline=_headline(shown, weeks, blocks),
        lead=_lead(shown, weeks, blocks),
        cards=tuple(_card(unit) for unit in shown[:MOST_DRAWN]),
        not_drawn=max(0, len(shown) - MOST_DRAWN),
        rows=tuple(reversed(rows[-MOST_WEEKS:])),
        older=max(0, len(rows) - MOST_WEEKS),
        lines=lines,
    )


def _headline(shown: Sequence[ChosenUnit], weeks: Sequence[Together], blocks: int) -> str:
    if not weeks:
        return ngettext("%(num)s figure", "%(num)s figures", blocks)
    if len(shown) == 1:
        return _("%(unit)s, %(days)s", unit=chosen_words.name(shown[0]), days=_span(weeks))
    return ngettext("%(num)s unit, %(days)s", "%(num)s units, %(days)s", len(shown), days=_span(weeks))


def _span(weeks: Sequence[Together]) -> str:
    return dates.week(weeks[0].opened_on, weeks[-1].closed_on)


def _lead(shown: Sequence[ChosenUnit], weeks: Sequence[Together], blocks: int) -> str:
    if not blocks:
        return _("Nothing was released for these units in these weeks.")
    if not weeks:
        return _("These are too many to draw on a page. The files have them all.")
    if len(shown) == 1:
        return _in_all(blocks)
    newest = weeks[-1]
    days = dates.week(newest.opened_on, newest.closed_on)
    return _(
        "The newest week is %(days)s. %(sentence)s %(blocks)s",
        days=days,
        sentence=unions.sentence(newest),
        blocks=_in_all(blocks),
    )


def _in_all(blocks: int) -> str:
    """Say what is counted: a release need not be one of a single week."""
    return ngettext(
        "There is one figure of one unit at one release.",
        "There are %(num)s figures, each of one unit at one release.",
        blocks,
    )


def _card(unit: ChosenUnit) -> UnitCard:
    newest = next(week for week in reversed(unit.weeks) if week.shown)
    return UnitCard(
        name=chosen_words.name(unit),
        about=chosen_words.whose(unit),
        weeks=unit.weeks,
        newest=dates.week(newest.opened_on, newest.closed_on),
        figures=(
            (_("Mood"), words.mood(newest)),
            (_("Rough interaction"), words.count(newest.rough)),
            (_("Took a break"), words.count(newest.breaks)),
            (_("People who answered"), words.band(newest.people_floor or 0)),
        ),
    )


def _of_one(week: Week) -> Row:
    answered = _("%(band)s people", band=words.band(week.people_floor)) if week.people_floor else ""
    return Row(
        days=(dates.week(week.opened_on, week.closed_on), answered),
        mood=(words.mood(week), ""),
        rough=(words.count(week.rough), ""),
        breaks=(words.count(week.breaks), ""),
    )


def _side_by_side(week: Together) -> Row:
    return Row(
        days=(dates.week(week.opened_on, week.closed_on), unions.hidden(week)),
        mood=(unions.average(week.mood), unions.beside(week.mood)),
        rough=(unions.counts(week.rough) or unions.DASH, ""),
        breaks=(unions.counts(week.breaks) or unions.DASH, ""),
    )
