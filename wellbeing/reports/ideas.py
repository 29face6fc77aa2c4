"""What a team could change this week: from released words and figures alone, and the same for everybody.

Nothing here knows a person or a week that was not released. The tick's number turns the choice, so that a
month's words do not lead to the same idea four times. The first idea is the one to begin with, and hangs on
the wall: it names nothing that makes readers look for a person.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import inf
from typing import TypeVar

from flask_babel import gettext as _

from wellbeing.lists import WAYS_OUT
from wellbeing.models.detail_ledger import Question, ShareWord
from wellbeing.models.ledger import CountWord
from wellbeing.reports import detail_words, sentences
from wellbeing.reports import words as said_words
from wellbeing.reports.advice import ADVICE, BREAKS, GENERAL, OWN_ENTRY, ROUGH, Advice
from wellbeing.reports.detail_words import WITH_BREAK, WITHOUT_BREAK
from wellbeing.reports.tact import suits_a_wall, suits_other_teams
from wellbeing.reports.trends import Week

MOST_IDEAS = 3
# These lead somewhere only where something stands out: at most one in three of their categories.
NEED_TO_STAND_OUT = {
    *(Question.WEEKDAY, Question.DAY_PART, Question.CHANNEL, Question.AREA, Question.SEVERITY),
}
STAND_OUT = 3
STRENGTH = {ShareWord.FEW: 0, ShareWord.SOME: 1, ShareWord.MOST: 2}

Item = TypeVar("Item")


@dataclass(frozen=True)
class Idea:
    """What was released, a question about it for the team talk, and a first step to take."""

    because: str
    question: str
    step: str


@dataclass(frozen=True)
class Told:
    """One question's released words, in the order of its list, and what each category is called.

    ``above`` names the unit that the words are of, where that is not the page's own.
    """

    words: Mapping[str, ShareWord]
    labels: Mapping[str, str]
    above: str = ""


@dataclass(frozen=True)
class Found:
    """An idea and what speaks for it: a word, of the unit's own or of one above; fit for a wall or not."""

    idea: Idea
    word: ShareWord
    own: bool = True
    for_wall: bool = True

    @property
    def rank(self) -> tuple[bool, int]:
        """Own words before others', and stronger before weaker ones."""
        return not self.own, -STRENGTH[self.word]


def ideas(told: Mapping[Question, Told], week: Week | None, number: int, above: str = "") -> tuple[Idea, ...]:
    """Return one to three ideas; what most people told stands before what some did, own words before others'.

    ``told`` are the newest four weeks, ``week`` is the newest tick, ``above`` names the unit whose figure it
    is where that is not the page's own, and ``number`` is the newest tick's number.
    """
    found = _in_order([*_from_week(week, above), *_from_words(told, number)], number)
    safe = [one.idea for one in found if one.for_wall]
    general = _idea("", GENERAL[number % len(GENERAL)])
    others = [one.idea for one in found if not one.for_wall]
    return tuple([*(safe or [general]), *others][:MOST_IDEAS])


def _in_order(found: Sequence[Found], number: int) -> list[Found]:
    """Sort ideas by what speaks for them; those for which the same does take turns."""
    ranks = sorted({one.rank for one in found})
    return list(chain(*(_turned([one for one in found if one.rank == rank], number) for rank in ranks)))


def _turned(items: Sequence[Item], number: int) -> list[Item]:
    start = number % len(items)
    return [*items[start:], *items[:start]]


def _idea(because: str, advice: Advice) -> Idea:
    return Idea(because, str(advice.question), str(advice.step))


def _from_week(week: Week | None, above: str) -> Iterator[Found]:
    """Yield cover where fewer took a break than had a rough interaction, or what may lie behind many of them.

    A figure is many from half of the fewest people who answered on.
    """
    if week is None or week.people_floor is None:
        return
    said = _with_whose(sentences.details([week], week.people_floor)[0], above)
    rough, breaks = _lowest(week.rough, week.people_floor), _highest(week.breaks, week.people_floor)
    word = ShareWord.MOST if 2 * rough >= week.people_floor else ShareWord.SOME
    if rough > breaks:
        yield Found(_idea(said, BREAKS), word, not above)
    elif word is ShareWord.MOST:
        yield Found(_idea(said, ROUGH), word, not above)


def _lowest(count: int | CountWord | None, people: int) -> int:
    return (
        {CountWord.FEW: 0, CountWord.MOST: people - 2}[count] if isinstance(count, CountWord) else count or 0
    )


def _highest(count: int | CountWord | None, people: int) -> float:
    """Most may be everybody of the band, and the last band has no end."""
    everybody = said_words.BAND_TOPS.get(people, inf)
    return (
        {CountWord.FEW: 2, CountWord.MOST: everybody}[count] if isinstance(count, CountWord) else count or 0
    )


def _from_words(told: Mapping[Question, Told], number: int) -> Iterator[Found]:
    """Yield at most one idea for each question."""
    for question in ADVICE:
        if question is Question.SPILLOVER and question in told:
            yield from _of_breaks(told[question], number)
        elif question in told:
            yield from _of_entry(question, told[question], number)


def _of_breaks(told: Told, number: int) -> Iterator[Found]:
    """Yield an idea about breaks where more people's mood was lower without one than with one."""
    words = told.words
    if told.above or not {WITH_BREAK, WITHOUT_BREAK} <= words.keys():
        return
    if STRENGTH[words[WITHOUT_BREAK]] > STRENGTH[words[WITH_BREAK]]:
        some_even_so = words[WITH_BREAK] is not ShareWord.FEW
        key = WITH_BREAK if some_even_so and number % 2 else WITHOUT_BREAK
        said = " ".join(detail_words.spillover(words))
        yield Found(_idea(said, ADVICE[Question.SPILLOVER][key]), words[WITHOUT_BREAK])


def _of_entry(question: Question, told: Told, number: int) -> Iterator[Found]:
    words = told.words
    if told.above:
        words = {key: word for key, word in words.items() if suits_other_teams(question, key)}
    key = _chosen(question, words, number)
    if key is not None:
        idea = _idea(_because(question, told, key), ADVICE[question].get(key, OWN_ENTRY))
        yield Found(idea, words[key], not told.above, suits_a_wall(question, key))


def _chosen(question: Question, words: Mapping[str, ShareWord], number: int) -> str | None:
    """Return one of the categories with the strongest word; a way out only where nothing else has it."""
    for word in (ShareWord.MOST, ShareWord.SOME):
        keys = [key for key in words if words[key] is word]
        if keys and question in NEED_TO_STAND_OUT and STAND_OUT * len(keys) > len(words):
            return None
        if keys:
            named = [key for key in keys if key not in WAYS_OUT] or keys
            return named[number % len(named)]
    return None


def _because(question: Question, told: Told, key: str) -> str:
    names = {"question": detail_words.title(question), "entry": told.labels.get(key, key)}
    said = (
        _("%(question)s, from most people: %(entry)s.", **names)
        if told.words[key] is ShareWord.MOST
        else _("%(question)s, from some people: %(entry)s.", **names)
    )
    return _with_whose(said, told.above)


def _with_whose(said: str, above: str) -> str:
    if not above:
        return said
    whose = _("Told together by teams in %(unit)s that had too few each.", unit=above)
    return f"{said} {whose}"
