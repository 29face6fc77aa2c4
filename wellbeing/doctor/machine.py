"""Checks of the machine: disk, clock, time zone, secrets, files. Pure: facts in, finding out."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from zoneinfo import available_timezones

from flask_babel import gettext as _

from wellbeing import own_command
from wellbeing.doctor.finding import Finding, fault, well

LEAST_FREE = 1_000_000_000
# Clocks that are kept right jump by seconds.
JUMP = timedelta(minutes=5)
OTHERS = 0o077


def disk(free: int) -> Finding:
    """Check the free bytes where the data lies."""
    if free < LEAST_FREE:
        return fault(
            "disk",
            _("Less than 1 GB is free where the data lies."),
            _("Make room, or move the data to a larger disk: a full disk stops check-ins and backups."),
        )
    # In whole gigabytes: the database grows with every answer.
    return well("disk", _("%(free)s GB are free where the data lies.", free=free // LEAST_FREE))


def clock(now: datetime, last_written: datetime | None) -> Finding:
    """Check that the clock is not behind the newest moment that the site itself has written down."""
    if last_written is not None and now < last_written - JUMP:
        return fault(
            "clock",
            _(
                "The clock was set back: it says %(now)s UTC, and the site was at work at %(then)s UTC.",
                now=_minute(now),
                then=_minute(last_written),
            ),
            _("Set the machine's clock right and let it be kept right (timedatectl set-ntp true)."),
        )
    return well("clock", _("The clock says %(now)s UTC.", now=_minute(now)))


def _minute(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")


def synchronised(told: str) -> Finding:
    """Check what the system says of its clock: ``yes``, ``no``, or nothing where it cannot be asked."""
    if told == "no":
        return fault(
            "clock_kept",
            _("The system says that nothing keeps its clock right."),
            _("Switch that on: timedatectl set-ntp true. The clock decides to which week an answer belongs."),
        )
    if told == "yes":
        return well("clock_kept", _("The system keeps its clock right by itself."))
    return well(
        "clock_kept",
        _("This system does not say whether its clock is kept right."),
        _("Compare it with another clock now and then."),
    )


def time_zone(name: str | None) -> Finding:
    """Check that this machine knows the organisation's time zone; None before the site is set up."""
    if name is None:
        return fault(
            "time_zone",
            _("This site is not set up yet."),
            _("Run “%(command)s”, or restore a backup.", command=own_command.written("site create")),
        )
    if name not in available_timezones():
        return fault(
            "time_zone",
            _("This machine does not know the time zone %(zone)s.", zone=name),
            _("Install the system's time zones (Debian: apt-get install tzdata)."),
        )
    return well("time_zone", _("Weeks end on Mondays at 04:00 in %(zone)s.", zone=name))


def secrets(found: Mapping[str, bytes], demo: Collection[bytes], production: bool) -> Finding:
    """Check that the secrets differ from each other, and in production from those of a demo site."""
    names = " = ".join(name for name, key in found.items() if list(found.values()).count(key) > 1)
    remedy = _("Make new ones before anybody uses this site; docs/operations.md says what a change costs.")
    if names:
        return fault("secrets", _("Two secrets are the same: %(names)s.", names=names), remedy)
    if production and set(found.values()) & set(demo):
        return fault("secrets", _("A secret of this site is that of the demo site."), remedy)
    return well("secrets", _("The three secrets are there, and they differ."))


def files(modes: Mapping[str, int]) -> Finding:
    """Check that nobody else can read what ``modes`` names, as paths and permission bits."""
    found = [path for path, mode in modes.items() if mode & OTHERS]
    if found:
        return fault(
            "files",
            _("Other users of this machine can read %(paths)s.", paths=", ".join(found)),
            _("Take that away: %(command)s", command=f"chmod -R go= {' '.join(found)}"),
        )
    return well("files", _("Only the site's own user can read its files."))
