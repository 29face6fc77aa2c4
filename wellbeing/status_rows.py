"""The checks of the admin's status page: each well, worth a look or wrong, in a sentence, with its remedy."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from flask_babel import gettext as _

from wellbeing import own_command, regular, trouble_words, watching
from wellbeing.config import Config
from wellbeing.readiness import jobs_run
from wellbeing.regular import Work
from wellbeing.watching import Trouble


class State(StrEnum):
    """How it is."""

    WELL = "well"
    LOOK = "look"
    WRONG = "wrong"


@dataclass(frozen=True)
class Row:
    """One check; where it is well there is no remedy."""

    name: str
    state: State
    sentence: str
    remedy: str = ""


def rows(connection: sa.Connection, config: Config, now: datetime, at_site: datetime) -> list[Row]:
    """Return every check at ``now``, ``at_site`` by the site's own clock; wrong ones first, then the others.

    None of them depends on an answer, or tells how many wait.
    """
    done = regular.last_done(connection)
    wrong = watching.troubles(connection, config, now, at_site)
    found = [
        *_ticks_and_jobs(wrong, Work.JOBS in done, jobs_run(connection, now)),
        *_kept(wrong, done),
        _of(Trouble.DISK, wrong, _("There is room on the disk.")),
        _alerts(config),
    ]
    order = (State.WRONG, State.LOOK, State.WELL)
    return sorted(found, key=lambda row: order.index(row.state))


def _of(trouble: Trouble, wrong: set[Trouble], sentence: str) -> Row:
    if trouble in wrong:
        return Row(trouble, State.WRONG, trouble_words.title(trouble) + ".", trouble_words.remedy(trouble))
    return Row(trouble, State.WELL, sentence)


def _ticks_and_jobs(wrong: set[Trouble], ever: bool, running: bool) -> Iterator[Row]:
    yield _of(Trouble.TICK, wrong, _("No tick is late."))
    remedy = _(
        "See that the server runs by “python app.py”, which runs the jobs too, or that your timer runs "
        "“%(command)s” every few minutes.",
        command=own_command.written("jobs run"),
    )
    if not ever:
        yield Row(Work.JOBS, State.LOOK, _("The jobs have not been seen running yet."), remedy)
    elif running:
        yield Row(Work.JOBS, State.WELL, _("The jobs are running."))
    else:
        sentence = _("The jobs have not run for a quarter of an hour.")
        yield Row(Work.JOBS, State.WRONG, sentence, remedy)


def _kept(wrong: set[Trouble], done: dict[str, datetime]) -> Iterator[Row]:
    if Work.BACKUP in done or Trouble.BACKUP in wrong:
        yield _of(Trouble.BACKUP, wrong, _("There is a backup of the last day."))
    else:
        remedy = trouble_words.remedy(Trouble.BACKUP)
        yield Row(Trouble.BACKUP, State.LOOK, _("No backup was made here yet."), remedy)
    if Work.CHAIN_WHOLE in done or Trouble.CHAIN in wrong:
        yield _of(Trouble.CHAIN, wrong, _("Released figures are as they were released."))
    else:
        remedy = _(
            "The jobs look every night. “%(command)s” looks at once.",
            command=own_command.written("ledger verify"),
        )
        yield Row(Trouble.CHAIN, State.LOOK, _("Nobody has looked yet whether figures were changed."), remedy)


def _alerts(config: Config) -> Row:
    if config.alerts is not None:
        return Row("alerts", State.WELL, _("Somebody is told when something is late or wrong."))
    return Row(
        "alerts",
        State.LOOK,
        _("Nobody is told when something is late or wrong: one has to look here."),
        _("Whoever runs the machine can set ALERT_TO or ALERT_WEBHOOK; docs/operations.md says how."),
    )
