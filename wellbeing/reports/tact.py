"""Which of a unit's words lead readers to look for a person, and are therefore named with care.

Of a few words on a wall, or of other teams' words on the page of five people, the first thing that anybody
asks is who it was.
"""

from collections.abc import Mapping

from wellbeing.models.detail_ledger import Question
from wellbeing.reports.advice import ADVICE

SENSITIVE: Mapping[Question, frozenset[str]] = {
    Question.BEHAVIOUR: frozenset({"discriminatory", "threatened", "physical", "distress"}),
    Question.CAUSE: frozenset({"own_life"}),
    Question.SEVERITY: frozenset({"severe"}),
}


def suits_a_wall(question: Question, key: str) -> bool:
    """Tell whether a sheet on a wall may name an entry; what a site added to behaviours may be anything."""
    if question is Question.BEHAVIOUR and key not in ADVICE[question]:
        return False
    return key not in SENSITIVE.get(question, frozenset())


def suits_other_teams(question: Question, key: str) -> bool:
    """Tell whether words of others may lead to an idea for a team: those about neutral causes alone."""
    return question is Question.CAUSE and key in ADVICE[question] and suits_a_wall(question, key)
