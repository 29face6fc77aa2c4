"""What staff are told of a change to how figures are made, from the plan on until it binds (R14)."""

from flask_babel import gettext as _

from wellbeing import ratchet, ticks
from wellbeing.ratchet import Values
from wellbeing.reports import dates

WEEKLY = 7


def sentence(reader: ticks.Reader) -> str:
    """Return the planned change in plain words, with its day; nothing where none is planned."""
    planned = ratchet.announced(reader)
    if planned is None:
        return ""
    new, old = ratchet.values_of(planned), ratchet.in_force(reader)
    day = dates.weekday(planned.takes_effect_on)
    return _(
        "For answers given from %(day)s on: %(changes)s.", day=day, changes="; ".join(_changes(new, old))
    )


def _changes(new: Values, old: Values) -> list[str]:
    found = []
    if new.people_needed != old.people_needed:
        found.append(
            _(
                "a figure needs %(new)s people or more (until then %(old)s)",
                new=new.people_needed,
                old=old.people_needed,
            )
        )
    if new.own_pool_from != old.own_pool_from:
        found.append(
            _(
                "a team has a figure of its own from %(new)s people who can count (until then %(old)s)",
                new=new.own_pool_from,
                old=old.own_pool_from,
            )
        )
    if new.tick_days != old.tick_days:
        found.append(
            _("figures come every Monday (until then every second Monday)")
            if new.tick_days == WEEKLY
            else _("figures come every second Monday (until then every Monday)")
        )
    return found + _of_accounts(new.activation_days, old.activation_days)


def _of_accounts(new: int, old: int) -> list[str]:
    if new == old:
        return []
    return [_("accounts made from then on count after %(new)s days (until then %(old)s)", new=new, old=old)]
