"""Telling somebody when something is late or wrong here, each day that it lasts, and when it is well."""

import hashlib
import hmac
import http.client
import json
import logging
import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from flask_babel import force_locale
from flask_babel import gettext as _

from wellbeing import mail, regular, site, trouble_words, watching
from wellbeing.alert_settings import Webhook
from wellbeing.config import Config
from wellbeing.models.accounts import Level, Unit
from wellbeing.models.settings import Settings
from wellbeing.models.watching import Alert
from wellbeing.regular import Work
from wellbeing.storage import reading_only
from wellbeing.watching import Trouble

AGAIN, REST = timedelta(days=1), timedelta(minutes=15)
# Seconds for each answer of the webhook's machine.
TIMEOUT = 5
AGENT, SIGNATURE = "second-wind", "X-Second-Wind-Signature"

# When a message last could not go, in this process.
_failed_at: WeakKeyDictionary[sa.Engine, datetime] = WeakKeyDictionary()

logger = logging.getLogger(__name__)


class State(StrEnum):
    """Why somebody is told."""

    BEGUN = "begun"
    STILL = "still"
    WELL = "well"
    TEST = "test"


@dataclass(frozen=True)
class Message:
    """What somebody is told: no figure, no person, and the same for every site in the same trouble."""

    site: str
    alert: str
    state: State
    since: datetime
    title: str
    remedy: str


class NotTold(Exception):
    """Nobody could be told; the text says by which ways it was tried, without an address."""


def look_after(engine: sa.Engine, config: Config, now: datetime) -> None:
    """Note that the jobs run, find what is late or wrong, and tell somebody; at most every five minutes.

    Whoever is first to note it does all of it, so two processes never tell of the same thing twice. No
    transaction is open while messages go out. One is noted as told when it has gone: if the machine stops in
    between, it goes a second time, because silence would be worse.
    """
    if not regular.note(engine, Work.JOBS, now, unless_within=watching.ROUND):
        return
    found = _review(engine, config, now)
    if config.alerts is None or _resting(engine, now):
        return
    for alert, wrong in found:
        message = _due(engine, alert, wrong, now)
        if message is None:
            continue
        try:
            tell(config, message)
        except NotTold:
            _failed_at[engine] = now
            return
        _note(engine, alert.name, now if wrong else None)


def _resting(engine: sa.Engine, now: datetime) -> bool:
    failed_at = _failed_at.get(engine)
    return failed_at is not None and timedelta() <= now - failed_at < REST


def _review(engine: sa.Engine, config: Config, now: datetime) -> list[tuple[sa.Row, bool]]:
    """Write down what has begun, drop what is well again untold, and return each with whether it lasts."""
    with reading_only(), engine.connect() as connection:
        wrong = watching.troubles(connection, config, now, site.moment(connection))
        before = set(connection.execute(sa.select(Alert.name)).scalars())
    if wrong - before or before - wrong:
        with engine.begin() as connection:
            for trouble in sorted(wrong - before):
                connection.execute(sa.insert(Alert).values(name=trouble, since=now, told_at=None))
            well = sa.delete(Alert).where(Alert.name.not_in(wrong), Alert.told_at.is_(None))
            connection.execute(well)
    with reading_only(), engine.connect() as connection:
        rows = connection.execute(sa.select(Alert.__table__).order_by(Alert.name)).all()
    for trouble in sorted(wrong - before):
        logger.warning("something is wrong with this site: %s", trouble)
    return [(row, row.name in wrong) for row in rows]


def _due(engine: sa.Engine, alert: sa.Row, wrong: bool, now: datetime) -> Message | None:
    if not wrong:
        return message(engine, Trouble(alert.name), State.WELL, alert.since)
    if alert.told_at is None:
        return message(engine, Trouble(alert.name), State.BEGUN, alert.since)
    if now - alert.told_at >= AGAIN:
        return message(engine, Trouble(alert.name), State.STILL, alert.since)
    return None


def message(engine: sa.Engine, trouble: Trouble, state: State, since: datetime) -> Message:
    """Return what somebody is told of, in the site's language."""
    with reading_only(), engine.connect() as connection:
        language = connection.execute(sa.select(Settings.language)).scalar() or "en"
        top = sa.select(Unit.name).where(Unit.level == Level.ORGANISATION)
        name = connection.execute(top).scalar() or ""
    with force_locale(language):
        said, todo = trouble_words.title(trouble), trouble_words.remedy(trouble)
        if state is State.WELL:
            said, todo = _("Well again: %(trouble)s", trouble=said), _("There is nothing to do.")
        if state is State.TEST:
            said, todo = _("A trial: nothing is wrong"), _("There is nothing to do.")
    alert = state if state is State.TEST else trouble
    return Message(name, str(alert), state, since, said, todo)


def _note(engine: sa.Engine, name: str, told_at: datetime | None) -> None:
    row = sa.delete(Alert) if told_at is None else sa.update(Alert).values(told_at=told_at)
    with engine.begin() as connection:
        connection.execute(row.where(Alert.name == name))


def tell(config: Config, told: Message) -> list[str]:
    """Tell by every way there is, and return by which it went; raise NotTold where it went by none."""
    ways = {"e-mail": _by_letter, "webhook": _by_webhook}
    went, failed = [], []
    for way, send in ways.items():
        try:
            if send(config, told):
                went.append(way)
        except (OSError, smtplib.SMTPException, http.client.HTTPException) as error:
            logger.warning("an alert did not go by %s: %s", way, type(error).__name__)
            failed.append(way)
    if not went:
        raise NotTold(" and ".join(failed))
    return went


def _by_letter(config: Config, told: Message) -> bool:
    if config.alerts is None or config.mail is None or config.alerts.address is None:
        return False
    subject = f"Second Wind: {told.title}"
    since = told.since.strftime("%Y-%m-%d %H:%M UTC")
    text = f"{told.site}\n\n{told.title} ({since}).\n{told.remedy}\n\n{config.mail.site_url}/admin/status\n"
    with mail.connected(config.mail) as server:
        mail.send(server, mail.letter(config.mail, config.alerts.address, subject, text))
    return True


def _by_webhook(config: Config, told: Message) -> bool:
    if config.alerts is None or config.alerts.webhook is None:
        return False
    said = {
        **{"site": told.site, "alert": told.alert, "state": told.state, "title": told.title},
        **{"since": told.since.strftime("%Y-%m-%dT%H:%M:%SZ"), "remedy": told.remedy},
    }
    _post(config.alerts.webhook, json.dumps(said).encode())
    return True


def _post(webhook: Webhook, body: bytes) -> None:
    """Send a body; it follows no other address. Raises OSError or HTTPException, also where it is refused."""
    headers = {"Content-Type": "application/json", "User-Agent": AGENT}
    if webhook.secret:
        headers[SIGNATURE] = "sha256=" + hmac.new(webhook.secret, body, hashlib.sha256).hexdigest()
    way: http.client.HTTPConnection
    if webhook.by_tls:
        verified = ssl.create_default_context()
        way = http.client.HTTPSConnection(webhook.host, webhook.port, timeout=TIMEOUT, context=verified)
    else:
        way = http.client.HTTPConnection(webhook.host, webhook.port, timeout=TIMEOUT)
    try:
        way.request("POST", webhook.path, body, headers)
        if not 200 <= way.getresponse().status < 300:
            raise http.client.HTTPException
    finally:
        way.close()
