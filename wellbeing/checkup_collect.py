"""The only writer of check-up replies: a person comes in, and for each item another pseudonym goes out.

A row holds one item: a random id, the quarter, the pool, HMAC(quarter key, item, person), and up to three
replies. No person, no time, no note; and the names of one person's items do not join, so that nobody without
the key can put a person's replies together, and nobody at all once the quarter is released.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from wellbeing import keys
from wellbeing.models.checkup import Aspect, Quarter, QuarterKey, QuarterPlace, Reply
from wellbeing.models.pending import PendingCheckup
from wellbeing.storage import one_by_one

# What somebody says of one item: a reply to each question that they did not skip.
Said = Mapping[Aspect, Reply]


@dataclass(frozen=True)
class Here:
    """The check-up that is open, and the pool of one person; None where their replies go nowhere."""

    quarter_id: int
    key: bytes
    pool_id: int | None


def reply(
    connection: sa.Connection, server_key: bytes, person_id: int, said: Mapping[str, Said], now: datetime
) -> bool:
    """Keep what somebody says of some items, each in the place of what they said of it before.

    Runs within the caller's transaction. An item of which nothing is said stays as it was. Returns False,
    with nothing stored, where no check-up is open or the person has no place in it.
    """
    one_by_one(connection, person_id)
    here = _here(connection, server_key, person_id, now)
    if here is None or here.pool_id is None:
        return False
    rows = [_row(here, person_id, item, replies) for item, replies in said.items() if replies]
    if rows:
        _delete(connection, here.quarter_id, {row["contributor"] for row in rows})
        connection.execute(sa.insert(PendingCheckup), rows)
    return True


def _here(connection: sa.Connection, server_key: bytes, person_id: int, now: datetime) -> Here | None:
    mine = sa.and_(QuarterPlace.quarter_id == Quarter.id, QuarterPlace.person_id == person_id)
    query = (
        sa.select(Quarter.id, QuarterKey.wrapped_key, QuarterPlace.pool_id)
        .join(QuarterKey, QuarterKey.quarter_id == Quarter.id)
        .outerjoin(QuarterPlace, mine)
        .where(Quarter.opens_at <= now, Quarter.closes_at > now, Quarter.released_on.is_(None))
        # A release that begins now waits for this reply; a reply that comes after it finds no key.
        .with_for_update(read=True, of=QuarterKey)
    )
    found = connection.execute(query).one_or_none()
    if found is None:
        return None
    return Here(found.id, keys.unwrapped(server_key, found.wrapped_key), found.pool_id)


def _row(here: Here, person_id: int, item: str, replies: Said) -> dict[str, object]:
    return {
        "id": keys.new_id(),
        "quarter_id": here.quarter_id,
        "pool_id": here.pool_id,
        "contributor": keys.checkup_contributor(here.key, item, person_id),
        "item": item,
        **{aspect.value: replies.get(aspect) for aspect in Aspect},
    }


def _delete(connection: sa.Connection, quarter_id: int, names: Collection[object]) -> None:
    of_quarter = PendingCheckup.quarter_id == quarter_id
    connection.execute(sa.delete(PendingCheckup).where(of_quarter, PendingCheckup.contributor.in_(names)))


def standing(
    connection: sa.Connection, server_key: bytes, person_id: int, items: Collection[str], now: datetime
) -> tuple[bool, set[str]]:
    """Return whether a person has a place in the open check-up, and of which items they said anything.

    What they said is not read, here or anywhere: whoever made a new password for somebody could look (R9).
    Where no check-up is open, nobody has a place.
    """
    here = _here(connection, server_key, person_id, now)
    if here is None or here.pool_id is None:
        return False, set()
    names = {keys.checkup_contributor(here.key, item, person_id): item for item in items}
    mine = sa.select(PendingCheckup.contributor).where(
        PendingCheckup.quarter_id == here.quarter_id, PendingCheckup.contributor.in_(names)
    )
    return True, {names[name] for name in connection.execute(mine).scalars()}
