"""E-mail when new figures are out: the same letter whatever they are, to viewers who asked for it (R7)."""

import logging
import smtplib
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from flask_babel import force_locale
from flask_babel import gettext as _

from wellbeing import clock, new_figures
from wellbeing.mail import NoAnswer, connected, letter, send
from wellbeing.mail_settings import Mail
from wellbeing.models.accounts import Person, RoleGrant
from wellbeing.models.release_mail import ReleaseMail
from wellbeing.models.settings import Settings
from wellbeing.new_figures import Week
from wellbeing.permissions import VIEWER_ROLES
from wellbeing.reports import dates
from wellbeing.storage import reading_only

# Answers of a mail server from 500 on are for good; those below may be another one next time.
FOR_GOOD = 500
# The way to the server may break so often in one job, and then it is left in peace for so long.
MOST_FAILURES, REST = 3, timedelta(minutes=15)

# When letters last could not go, in this process.
_failed_at: WeakKeyDictionary[sa.Engine, datetime] = WeakKeyDictionary()

logger = logging.getLogger(__name__)


@dataclass(frozen=True, repr=False)
class Due:
    """Somebody to be told, of which weeks, and the number of the tick they were told of before."""

    person_id: int
    address: str
    language: str
    told: int
    weeks: tuple[Week, ...]


def send_due(engine: sa.Engine, mail: Mail | None) -> int:
    """Tell everybody who asked of the ticks that ran since, in one letter each; return how many letters went.

    Where some could not go, the next jobs leave the server in peace for a while. No transaction is open while
    letters are sent.
    """
    if mail is None or _resting(engine):
        return 0
    waiting, sent = _waiting(engine), 0
    for _failure in range(MOST_FAILURES):
        if not waiting:
            break
        try:
            with connected(mail) as server:
                while waiting:
                    sent += _tell(engine, server, mail, waiting.pop(0))
        except (OSError, smtplib.SMTPException) as error:
            _failed_at[engine] = clock.now()
            logger.warning("the mail server did not take word of new figures: %s", type(error).__name__)
    return sent


def _resting(engine: sa.Engine) -> bool:
    failed_at = _failed_at.get(engine)
    return failed_at is not None and timedelta() <= clock.now() - failed_at < REST


def _waiting(engine: sa.Engine) -> list[Due]:
    with reading_only(), engine.connect() as connection:
        language = connection.execute(sa.select(Settings.language)).scalar_one()
        wishes = sa.select(
            ReleaseMail.person_id, ReleaseMail.address, ReleaseMail.told_number, Person.language
        )
        wishes = wishes.join(Person, Person.id == ReleaseMail.person_id).where(Person.active, _may_look())
        asked = connection.execute(wishes.order_by(ReleaseMail.person_id)).all()
        weeks = new_figures.weeks(connection, min((row.told_number for row in asked), default=0))
    due = [
        Due(
            row.person_id,
            row.address,
            row.language or language,
            row.told_number,
            tuple(week for week in weeks if week.number > row.told_number),
        )
        for row in asked
    ]
    return [one for one in due if one.weeks]


def _may_look() -> sa.ColumnElement[bool]:
    """Whether the owner of a wish holds a role that lets them look at figures of others."""
    return sa.exists().where(RoleGrant.person_id == ReleaseMail.person_id, RoleGrant.role.in_(VIEWER_ROLES))


def _tell(engine: sa.Engine, server: smtplib.SMTP, mail: Mail, due: Due) -> bool:
    """Send one letter and return whether it went; raise OSError or SMTPException where the way broke.

    It is noted as sent before it is, so that nobody gets two, not even of two jobs at once; and it stays so
    where the server may have taken it: a letter that is lost is better than one with every job.
    """
    newest = due.weeks[-1].number
    if not _note(engine, due, due.told, newest):
        return False
    try:
        send(server, _letter(mail, due))
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as refused:
        logger.warning("a letter was refused: %s", type(refused).__name__)
        if _code(refused) < FOR_GOOD:
            _note(engine, due, newest, due.told)
            _failed_at[engine] = clock.now()
        return False
    except NoAnswer:
        raise
    except (OSError, smtplib.SMTPException):
        _note(engine, due, newest, due.told)
        raise
    return True


def _note(engine: sa.Engine, due: Due, before: int, after: int) -> bool:
    statement = sa.update(ReleaseMail).where(
        ReleaseMail.person_id == due.person_id, ReleaseMail.told_number == before
    )
    with engine.begin() as connection:
        return connection.execute(statement.values(told_number=after)).rowcount == 1


def _code(refused: smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError) -> int:
    if isinstance(refused, smtplib.SMTPDataError):
        return refused.smtp_code
    return max(code for code, _text in refused.recipients.values())


def _letter(mail: Mail, due: Due) -> EmailMessage:
    with force_locale(due.language):
        days = dates.week(due.weeks[0].opened_on, due.weeks[-1].closed_on)
        subject = _("Second Wind: %(days)s", days=days)
        text = "\n\n".join(
            (
                _("The tick for %(days)s has run. What could be released is on your pages:", days=days),
                f"{mail.site_url}/team/",
                _(
                    "This letter holds no figures, and it is the same whatever they are. "
                    "Your teams were told too, and read the same pages."
                ),
                _("You asked for it. To get no more of them, switch it off here:"),
                f"{mail.site_url}/team/word",
            )
        )
        return letter(mail, due.address, subject, text + "\n")


def forget_strangers(connection: sa.Connection) -> None:
    """Delete the addresses of people who hold no role any more that lets them look at figures of others."""
    connection.execute(sa.delete(ReleaseMail).where(~_may_look()))
