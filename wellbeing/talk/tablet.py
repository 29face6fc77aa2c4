"""What a tablet keeps of its team's wall, so that it hangs there without a network too."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from wellbeing.models.talk import IdeaState
from wellbeing.talk import ideas, moments, pledges
from wellbeing.talk.posts import MOMENTS_KEPT
from wellbeing.units import with_merged

MOMENTS, IDEAS = 10, 12
SHOWN = (IdeaState.TRYING, IdeaState.DONE)


def wall_of_tablet(connection: sa.Connection, unit_id: int, today: date) -> dict[str, Any]:
    """Return the pledge, the newest moments and the ideas that are tried or done, of one team's wall."""
    here = with_merged(connection, {unit_id})
    newest, _older = moments.newest(connection, here, most=MOMENTS)
    return {
        "pledge": _pledge(pledges.of_unit(connection, unit_id)),
        "moments": [
            {"text": moment.text, "by": moment.by, "day": moment.written_on.isoformat()}
            for moment in newest
            if moment.written_on >= today - MOMENTS_KEPT
        ],
        "ideas": [
            {"text": idea.text, "by": idea.by, "state": idea.state.value, "reply": idea.reply}
            for idea in ideas.of_units(connection, here, SHOWN, IDEAS)
        ],
    }


def _pledge(pledge: pledges.Standing | None) -> dict[str, Any] | None:
    return {"text": pledge.text, "names": list(pledge.names)} if pledge else None
