"""What may be published of a check-up: which pools are enough for a word, and the word (R20).

One question of one item is one figure. Of everybody in a pool who answered it, one vote each, a block says
in a word how many said yes, against those who said partly or no.

What an attacker learns. They know the rules, every block, and what one colleague said. A word stands for a
range of counts that is at least three wide at both ends of the scale: "few" is nobody, one or two; "most" is
all, all but one, or all but two. So whoever knows one vote still thinks both answers possible for everybody
else, whether the number of people is known to them or not. Two who put their votes together can find out
that all others said no, or all yes; that is the limit that every figure here has (c = 1).

Each vote is counted in one pool alone. A pool that is too small goes up whole, question by question, and
joins what else came up; a pool that is released goes nowhere. So no two blocks of one question share anybody,
and nothing can be learnt by taking one from another: a unit above tells of those alone whose own team had too
few. Somebody who answers a single question is in one pool of it, and not to be found by what they left out,
because the names of a person's items do not join. Whether a pool goes up depends on how many answered, never
on what they said.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from wellbeing.disclosure.rules import FEWEST_PEOPLE, INSIDERS, published_count

VERSION = 1


@dataclass(frozen=True, order=True)
class Question:
    """One question of one item: whether, consistently, properly or effective."""

    item: str
    aspect: str


@dataclass(frozen=True)
class Tally:
    """How many people answered a question, and how many of them said yes."""

    people: int
    yes: int

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.people + other.people, self.yes + other.yes)


@dataclass(frozen=True, order=True)
class Released:
    """One block to be: a word about one question in one unit."""

    unit_id: int
    question: Question
    word: str


NOBODY = Tally(0, 0)


def published_word(tally: Tally, insiders: int = INSIDERS) -> str:
    """Return how many people said yes: "few", "some" or "most".

    Raises ValueError below 5 people or for more yes than people.
    """
    found = published_count(tally.yes, tally.people, insiders)
    return found if isinstance(found, str) else "some"


def settle(
    waiting: Mapping[int, Mapping[Question, Tally]],
    bottom_up: Sequence[int],
    parents: Mapping[int, int | None],
    people_needed: int,
    closed: Collection[int] = (),
) -> list[Released]:
    """Return what is released of all that waits, by unit and question.

    ``waiting`` is what was answered in each pool, ``bottom_up`` names every unit after all below it, and
    ``parents`` the unit above each. What waits in one of the ``closed`` units goes up, however much it is
    (R10). What is too little at the organisation is released nowhere.
    """
    needed = max(people_needed, FEWEST_PEOPLE)
    counted = defaultdict(dict, {unit: dict(tallies) for unit, tallies in waiting.items()})
    released = []
    for unit in bottom_up:
        above = {} if (parent := parents[unit]) is None else counted[parent]
        for question, tally in counted.pop(unit, {}).items():
            if tally.people >= needed and unit not in closed:
                released.append(Released(unit, question, published_word(tally)))
            else:
                above[question] = above.get(question, NOBODY) + tally
    return sorted(released)
