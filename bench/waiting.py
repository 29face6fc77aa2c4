"""Lets a week's answers wait in a site's pools, as if everybody had been at the counter, for a due tick."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from bench.site import PEOPLE, Site
from wellbeing import epochs, keys
from wellbeing.config import Config
from wellbeing.models.accounts import Level, Person, Unit
from wellbeing.models.base import db
from wellbeing.models.epochs import Epoch, LedgerKind
from wellbeing.models.pending import Pending

ANSWERS_OF_A_POOL = 30
TIMES = "tick.json"


def fill(site: Site) -> int:
    """Give every team 30 answers of the newest week, end that week, and return how many answers that are."""
    config: Config = site.app.extensions["config"]
    now = datetime.now(UTC)
    with site.app.app_context(), db.engine.begin() as connection:
        epoch = epochs.newest(connection, LedgerKind.WEEKLY)
        assert epoch is not None
        wrapped = connection.scalar(sa.select(Epoch.wrapped_key).where(Epoch.id == epoch.id))
        rows = _answers(connection, epoch.id, keys.unwrapped(config.secrets.server_key, wrapped or b""))
        connection.execute(sa.insert(Pending), rows)
        span = {"opens_at": now - timedelta(days=7), "closes_at": now}
        connection.execute(sa.update(Epoch).where(Epoch.id == epoch.id).values(**span))
        epochs.open_due(connection, config.secrets.server_key, now)
    return len(rows)


def _answers(connection: sa.Connection, epoch_id: int, key: bytes) -> list[dict[str, object]]:
    teams = connection.scalars(sa.select(Unit.id).where(Unit.level == Level.TEAM)).all()
    homes = sa.select(Person.unit_id, Person.id).where(Person.unit_id.in_(teams)).order_by(Person.id)
    members: dict[int, list[bytes]] = {team: [] for team in teams}
    for team, person in connection.execute(homes).tuples():
        members[team].append(keys.contributor(key, person))
    return [
        {
            "id": keys.new_id(),
            "epoch_id": epoch_id,
            "pool_id": team,
            "contributor": names[number % PEOPLE],
            "mood": 1 + (number + team) % 5,
            "rough": number % 4 == 0,
            "break_taken": number % 3 == 0,
        }
        for team, names in members.items()
        for number in range(ANSWERS_OF_A_POOL)
    ]
