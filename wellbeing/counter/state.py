"""What the counter screen shows: the team's tiles, the message of the day, the wall and the choices."""

from base64 import urlsafe_b64encode
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask_babel import gettext as _

from wellbeing import (
    announcement,
    choices,
    floor,
    lists,
    new_figures,
    notes,
    notice_words,
    notices,
    people,
)
from wellbeing.choices import Choice
from wellbeing.content.messages import Message, carrying_now, message_of
from wellbeing.counter.checkup_line import checkup_line
from wellbeing.counter.tiles import team_tiles
from wellbeing.models.accounts import Unit
from wellbeing.models.settings import Settings
from wellbeing.phones import PhoneFacts
from wellbeing.tablet_keys import Offered, on_offer
from wellbeing.tablets import TabletFacts
from wellbeing.units import with_merged


def counter_state(
    connection: sa.Connection, tablet: TabletFacts, now: datetime, language: str
) -> dict[str, Any]:
    """Return everything a tablet needs to draw its counter screen; nothing in it depends on an answer."""
    site = _site(connection)
    zone = ZoneInfo(site.time_zone)
    today = now.astimezone(zone).date()
    return _for_anybody(connection, site, now, language) | {
        "tablet": {"name": tablet.name, **_place(connection, tablet.unit_id)},
        "people": team_tiles(connection, tablet.unit_id, today),
        "notices": [
            *_announcement(connection),
            *_notices(connection, tablet, now, zone),
            *checkup_line(connection, now, zone),
        ],
        "changed": _changed(connection, tablet, today),
        "cover": _wall(connection, tablet, now, zone),
        "badge_alone": site.badge_alone,
    }


def phone_state(connection: sa.Connection, phone: PhoneFacts, now: datetime, language: str) -> dict[str, Any]:
    """Return everything an own phone needs to draw My shift: choices, and nothing of the owner but a name."""
    site = _site(connection)
    counts, counts_from = people.counting(connection, phone.person_id, phone.counts_from)
    return _for_anybody(connection, site, now, language) | {
        "me": {
            "name": phone.person.split()[0],
            "counts": counts,
            "counts_from": counts_from.isoformat() if counts_from else None,
        },
        "notices": _announcement(connection),
        "checkup": [line["title"] for line in checkup_line(connection, now, ZoneInfo(site.time_zone))],
    }


def _site(connection: sa.Connection) -> Any:
    columns = (Settings.time_zone, Settings.help_contact, Settings.badge_alone)
    return connection.execute(sa.select(*columns)).one()


def _for_anybody(connection: sa.Connection, site: Any, now: datetime, language: str) -> dict[str, Any]:
    today = now.astimezone(ZoneInfo(site.time_zone)).date()
    return {
        "language": language,
        "message": _message(message_of(connection, today, language)),
        "carrying": carrying_now(connection, today, language),
        "released": _released(connection, now),
        "choices": _choices(connection, today),
        "help": {"contact": site.help_contact},
        "seal": _seal(on_offer(connection, now)),
    }


def _message(message: Message | None) -> dict[str, str] | None:
    if message is None:
        return None
    name = _("Before your shift") if message.exercise else _("Message of the day")
    # One of the five texts is called so itself; nobody needs to read that twice.
    author = message.author if message.author.casefold() != name.casefold() else ""
    caption = " · ".join(part for part in (name, author, message.source) if part)
    return {
        "text": message.text,
        "lang": message.language,
        "comment": message.comment,
        "caption": caption,
    }


def _seal(key: Offered | None) -> dict[str, str] | None:
    return seal(key) if key else None


def seal(key: Offered) -> dict[str, str]:
    """Return the key to seal to as a tablet takes it, its public half in base64url without padding."""
    return {"key": key.name, "public": urlsafe_b64encode(key.public).rstrip(b"=").decode()}


def _released(connection: sa.Connection, now: datetime) -> dict[str, str] | None:
    text = new_figures.sentence(connection, now)
    return {"text": text} if text else None


def _announcement(connection: sa.Connection) -> list[dict[str, Any]]:
    planned = announcement.sentence(connection)
    return [{"title": _("A change to how figures are made."), "text": planned}] if planned else []


def _notices(
    connection: sa.Connection, tablet: TabletFacts, now: datetime, zone: ZoneInfo
) -> list[dict[str, Any]]:
    return [
        {
            "id": notice.id,
            "title": notice.what,
            "text": notice.words,
            "until": notice_words.moment(notice.ends_at, now, zone),
            "audience": [
                {"id": line.id, "whom": line.whom, "told": line.told_at is not None}
                for line in notice.audience
            ],
        }
        for notice in notices.shown_at(connection, tablet.unit_id, now)
    ]


def _changed(connection: sa.Connection, tablet: TabletFacts, today: date) -> list[dict[str, str]]:
    here = with_merged(connection, notices.units_above(connection, tablet.unit_id))
    return [
        {"day": note.happened_on.isoformat(), "text": note.text}
        for note in notes.newest(connection, here, today)
    ]


def _place(connection: sa.Connection, unit_id: int) -> dict[str, str]:
    parent = sa.alias(Unit.__table__, "parent")
    query = sa.select(Unit.name.label("team"), parent.c.name.label("site")).join(
        parent, parent.c.id == Unit.parent_id
    )
    row = connection.execute(query.where(Unit.id == unit_id)).one()
    return {"team": row.team, "site": row.site}


def _wall(
    connection: sa.Connection, tablet: TabletFacts, now: datetime, zone: ZoneInfo
) -> list[dict[str, object]]:
    return [
        {
            "id": cover.id,
            "name": cover.name,
            "place": cover.place,
            "until": f"{cover.until.astimezone(zone):%H:%M}",
        }
        for cover in floor.wall(connection, {tablet.unit_id}, now)
    ]


def _choices(connection: sa.Connection, today: date) -> dict[str, Any]:
    offered = {name.value: lists.choices_of(found, today) for name, found in lists.every(connection).items()}
    shown = {"severity": choices.SEVERITIES, **offered}
    words: dict[str, Any] = {name: [_choice(choice) for choice in found] for name, found in shown.items()}
    return words | {"break_minutes": list(choices.BREAK_MINUTES)}


def _choice(choice: Choice) -> dict[str, str]:
    words = {"key": choice.key, "label": str(choice.label)}
    return words | ({"hint": str(choice.hint)} if choice.hint else {})
