"""All figures of one page: one unit and the teams below it, over one period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from wellbeing.case_figures import parity, periods, reading
from wellbeing.case_figures.chances import Chance
from wellbeing.case_figures.medians import Waiting, waiting
from wellbeing.case_figures.parity import Pair, Threats, Verdict
from wellbeing.case_figures.reading import Teams
from wellbeing.case_figures.recurring import Recurring
from wellbeing.case_figures.trends import Trend, trend


@dataclass(frozen=True)
class Channel:
    """One channel's waits for first attention."""

    key: str
    waiting: Waiting


@dataclass(frozen=True)
class Figures:
    """What a page shows; ``whole`` are the waits of all channels together."""

    first_day: date
    whole: Waiting
    channels: tuple[Channel, ...]
    pairs: tuple[Pair, ...]
    verdict: Verdict
    threats: Trend
    first_moves: Trend
    coming_back: tuple[Recurring, ...]
    chances: tuple[Chance, ...]

    @property
    def cases_of_year(self) -> int:
        """How many cases came within the 52 weeks of the trends."""
        return sum(stretch.of for stretch in self.threats.stretches)


def figures(session: Session, teams: Teams, weeks: int, now: datetime, order: Sequence[str]) -> Figures:
    """Return the figures of the last ``weeks`` weeks; ``order`` is that of the site's channels."""
    today = now.astimezone(teams.zone).date()
    first_day = periods.first_day(today, weeks)
    found = in_order(reading.waits(session, teams, first_day, now), order)
    year = reading.stretches(session, teams, periods.starts(today))
    return Figures(
        first_day=first_day,
        whole=waiting([wait for waits in found.values() for kind in waits.values() for wait in kind]),
        channels=tuple(Channel(key, waiting([*waits[False], *waits[True]])) for key, waits in found.items()),
        pairs=tuple(parity.pair(key, waits) for key, waits in found.items() if waits[True]),
        verdict=parity.overall(found.values()),
        threats=trend(year.threats),
        first_moves=trend(year.first_moves),
        coming_back=tuple(reading.coming_back(session, teams.unit_ids, today, teams.zone)),
        chances=reading.ended(session, teams, first_day),
    )


def in_order(found: Mapping[str, Threats], order: Sequence[str]) -> dict[str, Threats]:
    """Return channels in the site's order; one that the site's list does not know comes last."""
    known = {key: place for place, key in enumerate(order)}
    return {key: found[key] for key in sorted(found, key=lambda key: (known.get(key, len(known)), key))}
