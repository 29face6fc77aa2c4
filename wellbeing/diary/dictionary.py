"""What each column of an exported diary means, in one sentence, and what stands in it."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wellbeing.diary.entry import Kind

KINDS: Mapping[Kind, LazyString] = {
    Kind.CHECK_IN: _l("Check-in"),
    Kind.BACK: _l("Back from a break"),
    Kind.ROUGH: _l("Rough interaction"),
    Kind.DETAIL: _l("What a rough interaction was about"),
    Kind.BREAK: _l("Break"),
    Kind.NOTE: _l("Note"),
    Kind.IMPORTED: _l("Imported"),
}


def meanings() -> dict[str, str]:
    """Return the columns of the files in their order, each with what it means."""
    return {
        "kind": _("What the entry is: check_in, back, rough, detail, break, note or imported."),
        "day": _("The day on which it was felt, at the site; empty where a tablet's clock could not tell."),
        "time": _("The time at which it was felt, to the minute."),
        "entered": _("When it was entered, with the time zone's distance from UTC."),
        "mood": _("Mood from 1 (very bad) to 5 (very good)."),
        "severity": _("How bad a rough interaction was: unpleasant, hard or severe."),
        "behaviour": _("What the customer did, by keys of the site's list; several are divided by blanks."),
        "cause": _("What it was about, by a key of the site's list."),
        "channel": _("How it reached you, by a key of the site's list."),
        "area": _("Where it happened, by a key of the site's list."),
        "break_kind": _("What kind of break it was, by a key of the site's list."),
        "break_minutes": _("How many minutes the break was to last."),
        "note": _("Your own words. They are nowhere but in your diary."),
        "pool": _("In whose figures it was counted without your name; empty: it never left the diary."),
        "week_ends": _("The day of the tick from which on it could show up in the figures of the week."),
        "four_weeks_end": _("The day of the tick from which on it could show up in the four-week words."),
    }
