"""A diary as files for its owner: CSV for a spreadsheet, JSON for programs, with its receipt."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from wellbeing.about_me.stored import Stored
from wellbeing.diary import dictionary
from wellbeing.diary.entry import Entry
from wellbeing.diary.outside import Outside
from wellbeing.diary.receipt import Receipt, Slip
from wellbeing.reports.exports import MARK, comment, written

FORMAT_VERSION = 1

Words = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, repr=False)
class Kept:
    """What is exported: entries in the order of the diary, and their receipt; ``zone`` is the site's."""

    entries: Sequence[Entry]
    receipt: Receipt
    zone: ZoneInfo

    def left(self) -> dict[Entry, tuple[Slip, Outside]]:
        """Return what left the diary; entries that are alike left the same."""
        return {told.entry: (slip, told.outside) for slip in self.receipt.slips for told in slip.told}


def file_name(today: date, format: str) -> str:
    """Return a name that says nothing but the day of the download."""
    return f"my-days-{today.isoformat()}.{format}"


def csv_text(kept: Kept) -> str:
    """Return the diary as CSV, with the byte order mark that spreadsheets need."""
    rules = [
        _("Second Wind: my diary; format version %(version)s.", version=FORMAT_VERSION),
        _("What the columns mean stands on the page My data and in the JSON file."),
    ]
    left = kept.left()
    lines = [[_text(value) for value in _cells(entry, kept.zone, left).values()] for entry in kept.entries]
    return MARK + written([*([comment(rule)] for rule in rules), tuple(dictionary.meanings()), *lines])


def _text(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(value)
    return "" if value is None else str(value)


def _cells(entry: Entry, zone: ZoneInfo, left: Mapping[Entry, tuple[Slip, Outside]]) -> dict[str, Any]:
    felt = entry.felt_at.astimezone(zone) if entry.felt_at else None
    slip = left[entry][0] if entry in left else None
    return {
        "kind": entry.kind.value,
        "day": felt.date().isoformat() if felt else None,
        "time": f"{felt:%H:%M}" if felt else None,
        "entered": entry.entered_at.astimezone(zone).isoformat(timespec="minutes"),
        "mood": entry.mood,
        "severity": entry.severity,
        "behaviour": list(entry.behaviour),
        "cause": entry.cause,
        "channel": entry.channel,
        "area": entry.area,
        "break_kind": entry.break_kind,
        "break_minutes": entry.minutes or None,
        "note": entry.text or None,
        "pool": next(iter(slip.units), None) if slip else None,
        "week_ends": slip.first.isoformat() if slip else None,
        "four_weeks_end": slip.detail_first.isoformat() if slip else None,
    }


def json_text(kept: Kept, by_name: Sequence[Stored], words: Words, today: date) -> str:
    """Return the diary as JSON, with its receipt, what is stored by name, and the dictionary beside."""
    left = kept.left()
    found = {
        "format": "second-wind-diary",
        "format_version": FORMAT_VERSION,
        "made_on": today.isoformat(),
        "columns": dictionary.meanings(),
        "words": words,
        "by_name": [{"what": one.what, "says": one.lines, "kept": one.kept} for one in by_name],
        "entries": [
            _cells(entry, kept.zone, left) | {"outside": _outside(*left[entry]) if entry in left else None}
            for entry in kept.entries
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _outside(slip: Slip, outside: Outside) -> dict[str, Any]:
    weekly = outside.weekly
    detail: dict[str, list[str]] = {}
    for dimension, key in outside.detail:
        detail.setdefault(dimension.value, []).append(key)
    return {
        "week": vars(weekly) if weekly else None,
        "week_shows_from": slip.first.isoformat(),
        "week_shows_until": slip.last.isoformat(),
        "week_is": slip.released.value,
        "four_weeks": detail,
        "took_part": outside.took_part,
        "mood_with_what_came_before": outside.after_rough,
        "four_weeks_show_from": slip.detail_first.isoformat(),
        "four_weeks_show_until": slip.detail_last.isoformat(),
        "four_weeks_released": sorted(slip.detail_released & {*detail, *_with_mood(outside)}),
        "pools": slip.units,
    }


def _with_mood(outside: Outside) -> tuple[str, ...]:
    return ("spillover",) if outside.after_rough else ()
