"""The wall of a unit as its page draws it and as its script asks for it: one reading, in words, for both."""

from collections.abc import Collection
from datetime import datetime
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from wellbeing import floor, notice_words, notices, site
from wellbeing.floor import Cover
from wellbeing.models.accounts import Level, Unit
from wellbeing.models.base import db
from wellbeing.notices import Known
from wellbeing.units import below

MOST_OVER = 20

Wall = dict[str, list[dict[str, Any]]]


def wall(unit: Unit) -> Wall:
    """Return what happens on a unit's floor: who needs cover in it and below, and notices, above ones too."""
    now, zone = site.now(), site.zone()
    units = {found.id: found for found in below(db.session(), {unit.id})}
    covers = floor.wall(db.session.connection(), units.keys(), now)
    around = units.keys() | notices.units_above(db.session(), unit.id)
    found = notices.of_units(db.session(), around, now - notices.KEPT_AFTER_ITS_END)
    shown = [(notice, _notice(notice, units, now, zone)) for notice in found]
    over = (words for notice, words in reversed(shown) if notice.ends_at <= now and words["mine"])
    return {
        "cover": [_cover(cover, unit, units[cover.unit_id], zone) for cover in covers],
        "running": [words for notice, words in shown if notice.is_running(now)],
        "planned": [words for notice, words in shown if notice.starts_at > now],
        "over": list(islice(over, MOST_OVER)),
    }


def _cover(cover: Cover, unit: Unit, team: Unit, zone: ZoneInfo) -> dict[str, Any]:
    """Return a request in words; at the top a team is named with its site, as there may be two of a name."""
    named = unit.level is Level.ORGANISATION and team.parent is not None
    place = f"{team.parent.name} · {cover.place}" if named and team.parent else cover.place
    return {
        "id": cover.id,
        "name": cover.name,
        "place": place,
        "until": f"{cover.until.astimezone(zone):%H:%M}",
    }


def _notice(notice: Known, mine: Collection[int], now: datetime, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "id": notice.id,
        "what": notice.what,
        "words": notice.words,
        "when": notice_words.span(notice.starts_at, notice.ends_at, now, zone),
        "unit": notice.unit,
        "mine": notice.unit_id in mine,
        "audience": [
            {
                "id": line.id,
                "whom": line.whom,
                "told": notice_words.moment(line.told_at, now, zone) if line.told_at else None,
            }
            for line in notice.audience
        ],
    }
