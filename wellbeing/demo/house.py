"""The made-up dealership: its sites and teams, and how a day at each of them differs."""

from dataclasses import dataclass

from wellbeing.roster import UnitPath

ORGANISATION = "Harbour Motors"
RECOVERED_A_WEEK = 0.25


@dataclass(frozen=True)
class Team:
    """A team, and what is usual in it: rough interactions a shift, share of prompts answered, mood."""

    site: str
    name: str
    people: int
    area: str
    rough_per_shift: float
    takes_part: float
    mood: float

    @property
    def path(self) -> UnitPath:
        return (self.site, self.name)


# Parts at Airport Road is the one team too small for figures of its own; HR and the admin sit in the office.
TEAMS = (
    Team("Northgate", "Service counter", 16, "service", 0.34, 0.74, 3.45),
    Team("Northgate", "Workshop", 31, "service", 0.05, 0.47, 3.55),
    Team("Northgate", "Showroom", 16, "showroom", 0.13, 0.56, 3.6),
    Team("Northgate", "Office", 11, "after_sales", 0.08, 0.72, 3.65),
    Team("Riverside", "Service counter", 12, "service", 0.3, 0.62, 3.4),
    Team("Riverside", "Showroom", 11, "showroom", 0.12, 0.58, 3.7),
    Team("Riverside", "Parts", 9, "parts", 0.24, 0.76, 3.5),
    Team("Airport Road", "Service counter", 11, "service", 0.28, 0.64, 3.4),
    Team("Airport Road", "Parts", 5, "parts", 0.22, 0.66, 3.55),
)
OFFICE = ("Northgate", "Office")


@dataclass(frozen=True)
class BadMonth:
    """A hard time in one team, counted in weeks before the end: how deep, and how much of it stays behind."""

    team: UnitPath
    starts: int
    lasts: int
    drop: float
    stays: float
    rough_times: float

    def drop_in(self, team: UnitPath, weeks_before_end: int) -> float:
        """Return how far a team's mood lies below its usual, in points of the 1 to 5 scale."""
        weeks_in = self.starts - weeks_before_end
        if team != self.team or weeks_in < 0:
            return 0.0
        recovered = RECOVERED_A_WEEK * max(0, weeks_in - self.lasts + 1)
        return self.drop * max(self.stays, 1 - recovered)


# Two technicians left and a booking system failed, so cars were late for weeks and the counter heard of it.
BAD_MONTH = BadMonth(
    team=("Northgate", "Service counter"), starts=12, lasts=5, drop=0.85, stays=0.35, rough_times=1.9
)
