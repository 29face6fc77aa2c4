"""What the demo says of itself in its privacy documents: made up, and says so."""

from datetime import datetime

from sqlalchemy.orm import Session

from wellbeing.law import facts
from wellbeing.law.facts import Basis, Condition, Council, Facts, Hosting

SAID = Facts(
    controller="Harbour Motors (made up)",
    address="1 Made-up Street, Nowhere",
    contact="privacy@dealership.example",
    no_officer=True,
    basis=Basis.OBLIGATION,
    condition=Condition.EMPLOYMENT,
    national_law="made up for the demo; a real site names its own law here",
    council=Council.NO,
    hosting=Hosting.OWN,
    hosting_where="The machine on which you look at this demo",
    authority="the authority of the country in which a real site stands",
    staff_views="Made up: asked at a staff meeting; most wanted to see the figures first, so they do.",
    incidents_kept="five years, in the accident book (made up)",
    files_kept="one year (made up)",
)


def write(session: Session, now: datetime) -> None:
    """Write the first version of the made-up facts. Commits."""
    facts.write(session, SAID, now)
