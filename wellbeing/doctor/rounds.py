"""The doctor's round: every check of this site, in one order; the ledger's chain is checked in `chains`."""

from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from wellbeing import not_ready, readiness, regular, schema
from wellbeing.config import Config, Mode
from wellbeing.doctor import database, looking, machine, server_key, site_checks
from wellbeing.doctor.finding import Finding
from wellbeing.models.agreements import Agreement
from wellbeing.models.settings import Settings
from wellbeing.regular import Work
from wellbeing.storage import reading_only


def findings(engine: sa.Engine, config: Config, now: datetime, moment: datetime) -> list[Finding]:
    """Return what every check finds; ``now`` is the real moment, ``moment`` that of the site's own clock.

    Reads, and writes nothing. No finding depends on an answer, or on whether any waits.
    """
    found = [*_machine(config)]
    try:
        with reading_only(), engine.connect() as connection:
            found += _database(connection, config, now, moment)
    except DBAPIError:
        found.append(database.unreachable())
    return found


def _machine(config: Config) -> Iterator[Finding]:
    production = config.mode is Mode.PRODUCTION
    yield machine.disk(looking.free_bytes(config.instance))
    yield machine.synchronised(looking.clock_kept())
    yield machine.secrets(looking.secrets(config), looking.demo_secrets(config), production)
    yield machine.files(looking.modes(config))
    yield site_checks.mail(config.mail is not None)
    site_url = config.mail.site_url if config.mail else ""
    yield site_checks.https(production, config.secure_cookies, config.behind_proxy, site_url)


def _database(
    connection: sa.Connection, config: Config, now: datetime, moment: datetime
) -> Iterator[Finding]:
    tables = database.schema(readiness.revision(connection), schema.newest(), schema.names())
    yield tables
    if not tables.ok:
        return
    yield machine.clock(now, looking.last_written(connection, regular.newest(connection), moment - now))
    yield from _storage(connection, config)
    zone = connection.execute(sa.select(Settings.time_zone)).scalar()
    yield machine.time_zone(zone)
    if zone is not None:
        yield from _at_work(connection, config, now, moment)


def _storage(connection: sa.Connection, config: Config) -> Iterator[Finding]:
    yield database.moved(regular.when(connection, regular.MOVED) is not None)
    if config.is_sqlite:
        yield database.log(looking.log_size(config))
    else:
        readable = looking.can_read(str(config.reporting_database_url))
        yield database.reading_login(readable or [], asked=readable is not None)


def _at_work(connection: sa.Connection, config: Config, now: datetime, moment: datetime) -> Iterator[Finding]:
    yield server_key.finding(readiness.opens_answers(connection, config.secrets.server_key))
    yield database.ticks(readiness.overdue_ticks(connection, moment) > 0)
    yield database.backup(now, regular.when(connection, Work.BACKUP))
    yield site_checks.clips(looking.missing_clips(connection, config.instance))
    with Session(bind=connection) as session:
        yield site_checks.ready(not_ready.missing(session, moment.date()))
    yield site_checks.agreed(connection.execute(sa.select(Agreement.id).limit(1)).scalar() is not None)
