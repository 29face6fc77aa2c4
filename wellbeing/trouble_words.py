"""What is late or wrong with this site, in words, and what to do about it."""

from flask_babel import gettext as _

from wellbeing import own_command
from wellbeing.watching import Trouble


def title(trouble: Trouble) -> str:
    """Return what is wrong, without a figure."""
    titles = {
        Trouble.BACKUP: _("The last backup is more than 26 hours old"),
        Trouble.TICK: _("A tick is more than an hour late"),
        Trouble.DISK: _("Less than a tenth of the disk is free"),
        Trouble.CHAIN: _("Released figures were changed in the database"),
    }
    return titles[trouble]


def remedy(trouble: Trouble) -> str:
    """Return what to do about it, for whoever runs the machine."""
    remedies = {
        Trouble.BACKUP: _(
            "Run “%(command)s” on the machine: it makes one, or says what stands in the way.",
            command=own_command.written("backup"),
        ),
        Trouble.TICK: _(
            "Run “%(command)s” on the machine: it runs the tick, or says what stands in the way. No "
            "answer is lost meanwhile.",
            command=own_command.written("jobs run"),
        ),
        Trouble.DISK: _(
            "Make room on the machine: old logs, packages and copies of backups first. Delete nothing in the "
            "site's own folder by hand."
        ),
        Trouble.CHAIN: _(
            "Run “%(command)s” on the machine: it names the first figure that does not fit. Find out "
            "who wrote into the database, and compare with an older backup.",
            command=own_command.written("ledger verify"),
        ),
    }
    return remedies[trouble]
