"""Every opening and every export of figures is noted before anything is given."""

from collections.abc import Collection
from datetime import date

from wellbeing import access_log, site
from wellbeing.extensions import commits, db
from wellbeing.models.access_log import Act
from wellbeing.storage import read_only, writing
from wellbeing.units import opening
from wellbeing.web.access import viewer_roles_over


def log_opening(
    unit_ids: Collection[int], act: Act, owners: Collection[int] = (), beside: Collection[int] = ()
) -> None:
    """Note what the signed-in person is about to be given, by every viewer role of theirs over each unit.

    A view calls it once it has decided to answer, before the first byte and before it changes anything.
    ``owners`` are units, maybe above these, whose figures or words it tells: noted by the same roles.
    ``beside`` are others of the same page, each noted by the roles held over it. A ``HEAD`` is noted like any
    other: its headers tell how long the answer is. Staff who read the mirror are
    not noted. Raises NotLogged, which becomes a page that says so.
    """
    # A unit that a merge is still to open has no figures; and what is noted of it would keep it for ever.
    looks = viewer_roles_over({*unit_ids, *beside} - opening(db.session()).keys())
    looks |= {(owner, role) for owner in owners for unit, role in looks if unit in unit_ids}
    if not looks:
        return
    today = site.today(db.session())
    new = access_log.not_yet(db.session(), today, act, looks)
    if new:
        _note(today, act, new)


def _note(today: date, act: Act, looks: Collection[access_log.Look]) -> None:
    if not read_only.get():  # A form's transaction holds SQLite's only write lock, which the log needs.
        db.session.rollback()
    with writing():
        access_log.record(commits().run, today, act, looks)
