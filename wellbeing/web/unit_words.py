"""What becomes of a unit's figures, people and tablets, said before anything is planned."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from wellbeing.reports import dates
from wellbeing.reports.unit_facts import Released


def stays(unit: str, released: Released) -> str:
    """Return what becomes of the blocks of a unit that moves or closes."""
    if not released.since:
        return _("Nothing was released about %(unit)s so far, so no figure is touched.", unit=unit)
    return ngettext(
        "One block since %(day)s stays with %(unit)s, and can be read by the same people as today.",
        "%(num)s blocks since %(day)s stay with %(unit)s, and can be read by the same people as today.",
        released.blocks,
        unit=unit,
        day=dates.whole(released.since),
    )


def moving(unit: str, site: str, released: Released, people: int, day: date) -> list[str]:
    """Return what it means that a team goes to another site, a sentence for each thing."""
    return [
        stays(unit, released),
        ngettext(
            "On %(day)s at 04:00 its one person, its tablets and its roles go to a new %(unit)s in the other "
            "site.",
            "On %(day)s at 04:00 its %(num)s people, its tablets and its roles go to a new %(unit)s in the "
            "other site.",
            people,
            unit=unit,
            day=dates.whole(day),
        ),
        _("New answers go there from then on, and its figures begin anew."),
        _(
            "%(unit)s in %(site)s closes then. Answers that still wait in it are never shown in the other "
            "site.",
            unit=unit,
            site=site,
        ),
    ]


def closing(unit: str, released: Released, day: date) -> list[str]:
    """Return what it means that a unit closes, a sentence for each thing."""
    return [
        stays(unit, released),
        _(
            "From %(day)s at 04:00 nobody can be put into it. It stays in the tree, closed, and cannot be "
            "opened again.",
            day=dates.whole(day),
        ),
    ]
