"""What may be published of a pool: bands, the clip, and words (anonymity rules R4 and R5).

An attacker knows the rules, reads every block, and knows their own vote. After seeing a block they must
still think all five moods, and both answers to a yes/no question, possible for everybody else.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import floor

BANDS = (5, 8, 12, 20, 40)
INSIDERS = 1
FEWEST_PEOPLE = 5
LOW_AT_MOST = Fraction(26, 10)
HIGH_FROM = Fraction(34, 10)
HALF = Fraction(1, 2)
PARTICIPANTS_NEEDED = 20
EVENT_PEOPLE_NEEDED = 10
VERSION = 1


def people_floor(people: int) -> int:
    """Return the largest band that ``people`` fills; the exact number is nobody's (ValueError below 5)."""
    _refuse_too_few(people)
    return max(band for band in BANDS if band <= people)


def published_mood(votes: Sequence[int], insiders: int = INSIDERS) -> Fraction | str:
    """Return a block's mood, 1 to 5 in tenths, or "low", "middle" or "high" below 8 people (R5).

    The mean is clipped so that ``insiders`` colleagues who pool their votes still cannot exclude any of the
    five values for anybody else, even when all votes are equal. The clip depends on the number of people
    alone: one that looked at the votes would give them away. Raises ValueError below 5 people or for a vote
    outside 1 to 5.
    """
    if any(not 1 <= vote <= 5 for vote in votes):
        raise ValueError("a vote lies between 1 and 5")
    band = people_floor(len(votes))
    mean = Fraction(sum(votes), len(votes))
    if band == FEWEST_PEOPLE:
        return _word(mean)
    margin = Fraction(4 * (1 + insiders), band)
    return _tenths(min(max(mean, 1 + margin), 5 - margin))


def _word(mean: Fraction) -> str:
    if mean <= LOW_AT_MOST:
        return "low"
    return "high" if mean >= HIGH_FROM else "middle"


def _tenths(value: Fraction) -> Fraction:
    return Fraction(floor(value * 10 + HALF), 10)


def published_count(yes: int, people: int, insiders: int = INSIDERS) -> int | str:
    """Return how many of ``people`` said yes, as a number, or "few" or "most" at either end (R5).

    Raises ValueError below 5 people or for more yes than people.
    """
    _refuse_too_few(people)
    if not 0 <= yes <= people:
        raise ValueError("a count lies between nobody and everybody")
    if yes <= insiders + 1:
        return "few"
    return "most" if yes >= people - insiders - 1 else yes


def published_share(yes: int, people: int, insiders: int = INSIDERS) -> str:
    """Return how many of ``people`` who had an event said yes: "few", "some" or "most", never a number (R11).

    Raises ValueError below 10 people or for more yes than people.
    """
    if not 0 <= yes <= people or people < EVENT_PEOPLE_NEEDED:
        raise ValueError("a share needs ten people who had the event, and no more yes than people")
    if yes <= insiders + 1:
        return "few"
    return "most" if yes >= people - insiders - 1 else "some"


def _refuse_too_few(people: int) -> None:
    if people < FEWEST_PEOPLE:
        raise ValueError("nothing is published about fewer than five people")


def mood_vote(moods: Iterable[int]) -> int:
    """Return one person's one vote: the mean of their answers, a half rounded up (R4)."""
    given = list(moods)
    return (2 * sum(given) + len(given)) // (2 * len(given))
