"""Words for a pool's detail: one vote per person and category, and no number ever (R11, R12)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from typing import Protocol

from wellbeing.disclosure.rules import EVENT_PEOPLE_NEEDED, PARTICIPANTS_NEEDED, published_share

TOOK_PART = ""
WITH_BREAK, WITHOUT_BREAK = "with_break", "without_break"
FEWEST_OTHER_CHECK_INS = 3
LOWER_BY = 1


class DetailRow(Protocol):
    """A category that somebody chose, or that they took part (an empty one)."""

    contributor: bytes
    category: str


class SpilloverRow(Protocol):
    """A check-in, and whether it was the next one after a rough interaction, with a break between."""

    contributor: bytes
    mood: int
    follows_rough: bool
    break_between: bool


def detail_words(
    rows: Iterable[DetailRow], categories: Collection[str], people_needed: int
) -> dict[str, str] | None:
    """Return a word for every category, chosen or not; None where too few took part or had the event."""
    participants: set[bytes] = set()
    chosen: dict[str, set[bytes]] = defaultdict(set)
    for row in rows:
        (participants if row.category == TOOK_PART else chosen[row.category]).add(row.contributor)
    with_event = participants.intersection(*[set().union(*chosen.values())])
    if not enough(len(participants), len(with_event), people_needed):
        return None
    return {
        category: published_share(len(chosen[category] & participants), len(with_event))
        for category in categories
    }


def enough(participants: int, with_event: int, people_needed: int) -> bool:
    """Tell whether a pool may be released: 20 took part, 10 had the event, and no fewer than k (R11)."""
    return participants >= max(PARTICIPANTS_NEEDED, people_needed) and with_event >= max(
        EVENT_PEOPLE_NEEDED, people_needed
    )


def spillover_words(
    rows: Iterable[SpilloverRow], at_the_top: bool, people_needed: int
) -> dict[str, str] | None:
    """Return in words how many people's mood was lower after a rough interaction, with and without a break.

    The two stand beside each other to be compared, so a pool waits for both to have enough people; at the
    organisation, where there is nothing to wait for, one is enough, and the other has no word.
    """
    own: dict[bytes, list[SpilloverRow]] = defaultdict(list)
    for row in rows:
        own[row.contributor].append(row)
    votes = {kind: _votes(own, kind == WITH_BREAK) for kind in (WITH_BREAK, WITHOUT_BREAK)}
    shown = [kind for kind, given in votes.items() if enough(len(own), len(given), people_needed)]
    if not shown or not (at_the_top or len(shown) == len(votes)):
        return None
    return {kind: published_share(sum(votes[kind]), len(votes[kind])) for kind in shown}


def _votes(own: Mapping[bytes, list[SpilloverRow]], with_break: bool) -> list[bool]:
    """Return one yes or no per person who has such an event that can be judged."""
    answers = [_was_lower(rows, with_break) for rows in own.values()]
    return [answer for answer in answers if answer is not None]


def _was_lower(rows: list[SpilloverRow], with_break: bool) -> bool | None:
    """Tell whether any such check-in was at least 1 below the mean of the person's other ones (R12)."""
    others = len(rows) - 1
    events = [row.mood for row in rows if row.follows_rough and row.break_between == with_break]
    if not events or others < FEWEST_OTHER_CHECK_INS:
        return None
    total = sum(row.mood for row in rows)
    return any(mood <= Fraction(total - mood, others) - LOWER_BY for mood in events)
