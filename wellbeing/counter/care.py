"""What the care screens at the counter say: the site's texts, and the screens' own words."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from wellbeing import appointed, emergency
from wellbeing.content import entries
from wellbeing.counter import care_words, coach_words, talk_words
from wellbeing.models.asking import ReaderOf
from wellbeing.tablets import TabletFacts
from wellbeing.talk.tablet import wall_of_tablet

# Lists, each in its order.
LISTED = (
    *("reframing", "under_anger", "perspective", "break_idea", "heart_happy"),
    *("coach_step", "avoid", "practice", "line", "training"),
)
# Texts that are asked for by their key.
NAMED = ("policy", "prompt")
# Every room of screens brings its words.
WORDS: tuple[Callable[[], Mapping[str, str]], ...] = (care_words.words, coach_words.words, talk_words.words)


def care_content(
    connection: sa.Connection, tablet: TabletFacts | None, today: date, language: str
) -> dict[str, Any]:
    """Return all that the care screens say, in a language; nothing in it depends on an answer.

    The team's wall is there for a tablet; an own phone's token, which gets None, does not read it.
    """
    listed = {kind: entries.shown(connection, kind, today, language) for kind in LISTED}
    named = {kind: entries.by_key(connection, kind, today, language) for kind in NAMED}
    wall = wall_of_tablet(connection, tablet.unit_id, today) if tablet else {}
    readers = [row.name for row in appointed.readers(connection, ReaderOf.CONTACT)]
    strings = {"live_hint": _live_hint(connection, today)}
    strings |= {key: sentence for words in WORDS for key, sentence in words().items()}
    return {"language": language, "strings": strings, "readers": readers, **listed, **named, **wall}


def _live_hint(connection: sa.Connection, today: date) -> str:
    number = emergency.number(connection, today)
    return _("Nobody reads this live. In danger? Call %(number)s.", number=number)
