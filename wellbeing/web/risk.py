"""What the help page says of serious risk, on the page itself and for the tablets that keep it."""

from wellbeing import site
from wellbeing.content import policies
from wellbeing.content.policies import Policy
from wellbeing.models.base import db


def serious_risk(language: str) -> Policy | None:
    """Return the site's policy in a language; None before its set-up, or where it was taken away."""
    try:
        site.settings()
    except site.NotSetUp:
        return None
    return policies.policy(db.session(), policies.SERIOUS_RISK, site.today(db.session()), language)
