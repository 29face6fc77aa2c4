"""Whether everything is running, for admins: checks with their remedies, and nothing of answers that wait."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from wellbeing import clock, regular, site, status_rows, watching
from wellbeing.config import Config
from wellbeing.models.accounts import Tablet
from wellbeing.models.base import db
from wellbeing.models.epochs import Epoch, LedgerKind
from wellbeing.models.ledger import Tick
from wellbeing.models.watching import Alert
from wellbeing.permissions import Permission
from wellbeing.regular import Work
from wellbeing.reports import dates
from wellbeing.version import version
from wellbeing.web.access import everywhere_or_404, requires

bp = Blueprint("status", __name__)


@dataclass(frozen=True)
class Facts:
    """What the page tells beside its checks; None for what never was."""

    last_tick: date | None
    next_tick: datetime | None
    done: dict[str, datetime]
    disk_free: int
    database_mb: int
    tablets_waiting: bool
    told_at: datetime | None


@bp.app_template_filter("minute")
def minute_in_words(moment: datetime) -> str:
    """Return a moment as the site's clocks show it, such as "16 Nov 2026, 03:00"."""
    local = moment.astimezone(site.zone())
    return f"{dates.whole(local.date())}, {local:%H:%M}"


@bp.get("/admin/status")
@requires(Permission.ADMINISTER)
def status() -> ResponseReturnValue:
    """Checks, when regular work was last done, and whom alerts go to."""
    everywhere_or_404(Permission.ADMINISTER)
    connection, config = db.session.connection(), site.config()
    return render_template(
        "admin/status.html",
        rows=status_rows.rows(connection, config, clock.now(), site.now()),
        facts=_facts(connection, config),
        work=Work,
        recipients=config.alerts,
        version=version(),
    )


def _facts(connection: sa.Connection, config: Config) -> Facts:
    weekly = Tick.ledger == LedgerKind.WEEKLY
    ran = sa.exists().where(Tick.ledger == Epoch.ledger, Tick.number == Epoch.number)
    coming = sa.select(sa.func.min(Epoch.closes_at)).where(Epoch.ledger == LedgerKind.WEEKLY, ~ran)
    waiting = sa.exists().where(Tablet.waiting, Tablet.revoked_on.is_(None))
    return Facts(
        last_tick=connection.execute(sa.select(sa.func.max(Tick.closed_on)).where(weekly)).scalar(),
        next_tick=connection.execute(coming).scalar(),
        done=regular.last_done(connection),
        disk_free=watching.disk_free(config.instance),
        database_mb=watching.database_size(connection) // 2**20,
        tablets_waiting=bool(connection.execute(sa.select(waiting)).scalar()),
        told_at=connection.execute(sa.select(sa.func.max(Alert.told_at))).scalar(),
    )
