"""The Monday sheet: one page for the ten-minute talk of a team, the same for everybody who may open it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from wellbeing.content.messages import Message, message_of
from wellbeing.models.accounts import Level
from wellbeing.reports import board, changed, dates, detail, pictures, trends, unit_weeks
from wellbeing.reports.changed import Changed, notes_over
from wellbeing.reports.detail import FourWeeks
from wellbeing.reports.drawing import Picture
from wellbeing.reports.ideas import Idea
from wellbeing.reports.owners import owners
from wellbeing.reports.pictures import Size
from wellbeing.reports.places import Place, places
from wellbeing.reports.scales import ON_A_PHONE, numbered
from wellbeing.reports.to_change import to_change
from wellbeing.reports.trends import Week

MOST_CHANGES = 4
LOOKS_BACK = timedelta(weeks=13)
# Both pictures stand side by side.
SIZE = Size(pictures.NARROW_WIDTH, 310.0, 30.0, 40.0)


@dataclass(frozen=True)
class Sheet:
    """All that one printed page says, in the order in which it says it; what is empty is left out.

    ``path`` names the units above, the organisation first. ``changed`` are the newest lines of what the unit
    changed, ``numbers`` those that these lines have on the pictures, ``because`` says from which released
    words the ``question`` and the ``idea`` follow. ``teams`` are those below a site or the organisation that
    have figures, and so sheets, of their own; ``owners`` are the ids of the units whose figures and words it
    tells.
    """

    unit: str
    path: tuple[str, ...]
    days: str
    headline: str
    sentences: tuple[str, ...]
    reason: str
    mood: Picture | None
    people: Picture | None
    changed: tuple[str, ...]
    because: str
    question: str
    idea: str
    fine_print: tuple[str, ...]
    numbers: tuple[int | None, ...] = ()
    teams: tuple[Place, ...] = ()
    owners: frozenset[int] = frozenset()
    message: str = ""
    author: str = ""
    message_language: str = "en"


def sheet(session: Session, unit_id: int, now: datetime) -> Sheet:
    """Return a unit's sheet after its newest release; ``now`` is the site's present moment."""
    found = board.board(session, unit_id, trends.TICKS, now)
    four_weeks = detail.four_weeks(session, found.path, now)
    idea = _idea(session, found, four_weeks)
    teams = _teams(session, found)
    day = _day(session, now)
    notes = _changed(session, found, day)
    mood, people = _pictures(found.weeks, notes)
    made = Sheet(
        unit=found.unit.name,
        path=tuple(line.name for line in found.path[:-1]),
        days=_days(found.weeks),
        headline=_headline(found),
        sentences=found.details,
        reason=_reason(found, teams),
        mood=mood,
        people=people,
        changed=tuple(changed.said(note, unit_id) for note in notes),
        numbers=_numbers(found.weeks, notes) if mood else (),
        because=idea.because,
        question=idea.question,
        idea=idea.step,
        fine_print=_fine_print(found),
        teams=teams,
        owners=owners(found, four_weeks),
    )
    return _quoting(made, message_of(session, day, str(get_locale()), for_teams=True))


def _quoting(made: Sheet, message: Message | None) -> Sheet:
    if message is None:
        return made
    author = message.author or message.source
    return replace(made, message=message.text, author=author, message_language=message.language)


def _headline(found: board.Board) -> str:
    """Return the page's headline, after whose it is where that is not simply the team's own."""
    return f"{found.whose}: {found.headline}" if found.whose else found.headline


def _reason(found: board.Board, teams: Sequence[Place]) -> str:
    """Return why a small team has the figure of others, where teams have theirs, and what will change."""
    theirs = _("Teams with figures of their own have a sheet each: none of their figures is in this one.")
    return " ".join(said for said in (found.reason, theirs if teams else "", found.announcement) if said)


def _teams(session: Session, found: board.Board) -> tuple[Place, ...]:
    there = {
        place.unit.id: place
        for place in places(found.below)
        if place.unit and not (place.unit.closed_on or place.unit.opens_on)
    }
    known = unit_weeks.with_figures(session, there)
    return tuple(place for unit_id, place in there.items() if unit_id in known)


def _day(session: Session, now: datetime) -> date:
    """Return the day of the newest release, so that a sheet stays as it is for the whole week."""
    newest = trends.ticks_of(session, 1)
    day: date = newest[0].closed_on if newest else now.date()
    return day


def _idea(session: Session, found: board.Board, four_weeks: FourWeeks | None) -> Idea:
    """Return the first idea of the unit's page, which names nothing that does not suit a wall."""
    ideas = to_change(session, found, four_weeks)
    return ideas[0] if ideas else Idea("", "", "")


def _pictures(weeks: Sequence[Week], notes: Sequence[Changed]) -> tuple[Picture | None, Picture | None]:
    """Draw the newest quarter, where anything of it is shown."""
    if not any(week.shown for week in weeks[-ON_A_PHONE:]):
        return None, None
    seen = weeks[-ON_A_PHONE:]
    mood = pictures.mood(seen, notes, narrow=True, size=SIZE)
    return mood, pictures.people(seen, notes, narrow=True, size=SIZE)


def _numbers(weeks: Sequence[Week], notes: Sequence[Changed]) -> tuple[int | None, ...]:
    """Return the number that each note has on the pictures, if it is there."""
    known = {note: number for number, note in numbered(weeks[-ON_A_PHONE:], notes)}
    return tuple(known.get(note) for note in notes)


def _days(weeks: Sequence[Week]) -> str:
    shown = [week for week in weeks if week.shown]
    return dates.week(shown[-1].opened_on, shown[-1].closed_on) if shown else ""


def _changed(session: Session, found: board.Board, day: date) -> tuple[Changed, ...]:
    """Return the newest notes of the quarter before a day and of the days since, oldest first."""
    notes = [note for note in notes_over(session, found.path) if note.day >= day - LOOKS_BACK]
    return tuple(notes[-MOST_CHANGES:])


def _fine_print(found: board.Board) -> tuple[str, ...]:
    words = _("Few: at most two people, or nobody. Most: all but two, or more.")
    same = (
        _("The team, its managers and HR see exactly this sheet.")
        if found.unit.level is Level.TEAM
        else _("Everybody who may open this sheet sees exactly this.")
    )
    if not found.figures_come:
        return (same,)
    needed = _("Figures come from %(number)s people or more, never of today.", number=found.people_needed)
    return words, needed, same
