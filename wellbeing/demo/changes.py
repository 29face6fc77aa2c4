"""What the made-up dealership changed in its half-year: a few notes for its pictures and its sheets."""

from dataclasses import dataclass
from datetime import date, timedelta

from wellbeing.roster import UnitPath


@dataclass(frozen=True)
class Change:
    """A note of a unit, so many weeks before the demo's own, on a weekday counted from Monday as 0."""

    unit: UnitPath
    weeks_ago: int
    weekday: int
    text: str

    def day(self, today: date) -> date:
        """Return the day of the change, as seen from ``today``."""
        return today - timedelta(weeks=self.weeks_ago, days=today.weekday() - self.weekday)


# The counter at Northgate changed most in its bad month; not everything that was tried shows in the figures.
CHANGES = (
    Change((), 17, 0, "A named person covers breaks on every shift"),
    Change(("Northgate", "Service counter"), 8, 5, "Second person on Saturdays"),
    Change(("Northgate", "Service counter"), 3, 1, "Late cars: we call before noon"),
    Change(("Northgate", "Workshop"), 7, 0, "Pick-up times agreed with the counter each morning"),
    Change(("Riverside", "Parts"), 6, 2, "No delivery date before the supplier confirms it"),
    Change(("Riverside",), 5, 0, "One person on the phone from 8 to 10"),
    Change(("Airport Road", "Service counter"), 6, 3, "Rental cars booked with the appointment"),
)
