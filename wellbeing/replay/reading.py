"""Read the replay file: check-ins, rough interactions and breaks, real or made up, one a line.

Columns: person, team, time, mood; and, each of them optional: shift, rough, severity, behaviour, cause,
channel, area, break_kind, break_minutes. ``shift`` is taken and not used, because there is no rota (R18).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from os import PathLike
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from wellbeing.cells import Cells, LineError, name_in, team_path, word_in
from wellbeing.choices import BREAK_MINUTES, PRESET_BREAK_MINUTES, SEVERITIES
from wellbeing.csvfile import BadLine, CsvFileError, read_lines
from wellbeing.lists import PRODUCT
from wellbeing.models.lists import ListName

__all__ = ["BadLine", "Entry", "ReplayFileError", "read_entries", "team_path"]

ReplayFileError = CsvFileError

REQUIRED = ("person", "team", "time", "mood")
DETAILS = ("severity", "behaviour", "cause", "channel", "area")
OPTIONAL = ("shift", "rough", *DETAILS, "break_kind", "break_minutes")

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
SHORTEST_TIME = len("20261102T0600")
MOODS = {str(mood): mood for mood in range(1, 6)}
YES_OR_NO = {"1": True, "yes": True, "true": True, "0": False, "no": False, "false": False}
SEVERITY_WORDS = {choice.key: choice.key for choice in SEVERITIES} | {
    str(number): choice.key for number, choice in enumerate(SEVERITIES, start=1)
}
PRODUCT_KEYS = {name: tuple(choice.key for choice in listed) for name, listed in PRODUCT.items()}
MINUTES = {str(minutes): minutes for minutes in BREAK_MINUTES}


@dataclass(frozen=True)
class Entry:
    """One act of one person: a check-in, a rough interaction, a break, or several of them at once."""

    line: int
    person: str
    team: str
    at: datetime
    mood: int | None = None
    rough: bool = False
    severity: str | None = None
    behaviours: tuple[str, ...] = ()
    cause: str | None = None
    channel: str | None = None
    area: str | None = None
    break_kind: str | None = None
    break_minutes: int | None = None


Keys = Mapping[ListName, Collection[str]]


def read_entries(
    path: str | PathLike[str], zone: ZoneInfo, latest: datetime | None = None, keys: Keys = PRODUCT_KEYS
) -> tuple[list[Entry], list[BadLine]]:
    """Return the file's entries in order of time (UTC), and the lines that cannot be taken.

    ``zone`` is the site's, for times without an offset; one that the autumn clock shows twice is the first,
    one that the spring clock jumps over is moved by the jump. A time after ``latest`` is refused; with None,
    none is too late. ``keys`` are what the site's lists offer. Raises ReplayFileError where the file as a
    whole cannot be read.
    """
    entries, bad = read_lines(path, REQUIRED, OPTIONAL, partial(_entry, zone, latest, keys))
    entries.sort(key=lambda entry: entry.at)
    return entries, bad


def _entry(zone: ZoneInfo, latest: datetime | None, keys: Keys, line: int, cells: Cells) -> Entry:
    team_path(cells["team"])
    break_kind, break_minutes = _break(cells, keys)
    entry = Entry(
        line=line,
        person=name_in(cells, "person"),
        team=cells["team"],
        at=_time(cells["time"], zone, latest),
        mood=word_in(cells, "mood", MOODS),
        rough=_rough(cells),
        severity=word_in(cells, "severity", SEVERITY_WORDS),
        behaviours=_behaviours(cells, keys),
        cause=_listed(cells, ListName.CAUSE, keys),
        channel=_listed(cells, ListName.CHANNEL, keys),
        area=_listed(cells, ListName.AREA, keys),
        break_kind=break_kind,
        break_minutes=break_minutes,
    )
    if entry.mood is None and not entry.rough and entry.break_kind is None:
        raise LineError(_("The line has neither a mood, nor a rough interaction, nor a break."))
    return entry


def _time(text: str, zone: ZoneInfo, latest: datetime | None) -> datetime:
    try:
        local = datetime.fromisoformat(text)
        at = (local if local.tzinfo else local.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        local = None
    if local is None or len(text) < SHORTEST_TIME:
        raise LineError(_("time is not a date and time such as 2026-11-02T14:05 or 2026-11-02T14:05+01:00."))
    if at < EARLIEST:
        raise LineError(_("time is before the year %(year)s.", year=EARLIEST.year))
    if latest is not None and at > latest:
        raise LineError(_("time is in the future."))
    return at


def _rough(cells: Cells) -> bool:
    """Return whether there was a rough interaction: said, or left open and any of its details given."""
    given = next((column for column in DETAILS if cells[column]), None)
    said = word_in(cells, "rough", YES_OR_NO)
    if said is False and given:
        raise LineError(_("%(column)s is given, but rough says no.", column=given))
    return bool(said or given)


def _listed(cells: Cells, name: ListName, keys: Keys) -> str | None:
    return word_in(cells, name.value, {key: key for key in keys[name]})


def _behaviours(cells: Cells, keys: Keys) -> tuple[str, ...]:
    """Return the keys between bars, each once, in the file's order."""
    parts = cells["behaviour"].split("|")
    found = (_listed({"behaviour": part.strip()}, ListName.BEHAVIOUR, keys) for part in parts)
    return tuple(dict.fromkeys(key for key in found if key))


def _break(cells: Cells, keys: Keys) -> tuple[str | None, int | None]:
    """Return a break's kind and minutes; without minutes, the preset of the counter."""
    kind = _listed(cells, ListName.BREAK_KIND, keys)
    minutes = word_in(cells, "break_minutes", MINUTES)
    if minutes and not kind:
        raise LineError(_("break_minutes is given without break_kind."))
    return kind, minutes or (PRESET_BREAK_MINUTES if kind else None)
