"""What a team could change this week: from released words and figures alone, and the same for everybody.

Nothing here knows a person or a week that was not released. The tick's number turns the choice, so that a
month's words do not lead to the same idea four times.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from flask_babel import gettext as _

from wellbeing.lists import WAYS_OUT
from wellbeing.models.detail_ledger import Question, ShareWord
from wellbeing.models.ledger import CountWord
from wellbeing.reports import detail_words, sentences
from wellbeing.reports.advice import ADVICE, BREAKS, GENERAL, OWN_ENTRY, ROUGH, Advice
from wellbeing.reports.trends import Week

MOST_IDEAS = 3
# These lead somewhere only where something stands out: at most one in three of their categories.
NEED_TO_STAND_OUT = {
    *(Question.WEEKDAY, Question.DAY_PART, Question.CHANNEL, Question.AREA, Question.SEVERITY),
}
STAND_OUT = 3

Found = tuple[ShareWord, "Idea"]
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


def ideas(told: Mapping[Question, Told], week: Week | None, number: int) -> tuple[Idea, ...]:
    """Return one to three ideas; what most people told stands before what some did.

    ``told`` are the newest four weeks, ``week`` is the newest tick, and ``number`` the newest tick's number.
    """
    found = [*_from_week(week), *_from_words(told, number)]
    if not found:
        return (_idea("", GENERAL[number % len(GENERAL)]),)
    strongest_first = sorted(found, key=lambda one: one[0] is not ShareWord.MOST)
    return tuple(idea for _word, idea in strongest_first[:MOST_IDEAS])


def _idea(because: str, advice: Advice) -> Idea:
    return Idea(because, str(advice.question), str(advice.step))


def _from_week(week: Week | None) -> Iterator[Found]:
    """Yield cover where fewer took a break than had a rough interaction, or what may lie behind many of them.

    A figure is many from half of the fewest people who answered on.
    """
    if week is None or week.people_floor is None:
        return
    said = sentences.details([week], week.people_floor)[0]
    rough, breaks = _lowest(week.rough, week.people_floor), _highest(week.breaks, week.people_floor)
    word = ShareWord.MOST if 2 * rough >= week.people_floor else ShareWord.SOME
    if rough > breaks:
        yield word, _idea(said, BREAKS)
    elif word is ShareWord.MOST:
        yield word, _idea(said, ROUGH)


def _lowest(count: int | CountWord | None, people: int) -> int:
    return (
        {CountWord.FEW: 0, CountWord.MOST: people - 2}[count] if isinstance(count, CountWord) else count or 0
    )


def _highest(count: int | CountWord | None, people: int) -> int:
    return {CountWord.FEW: 2, CountWord.MOST: people}[count] if isinstance(count, CountWord) else count or 0


def _from_words(told: Mapping[Question, Told], number: int) -> Iterator[Found]:
    """Yield at most one idea for each question: what it was about first, the others in turns."""
    first, *others = ADVICE
    for question in (first, *_turned(others, number)):
        if question in told and not (question is Question.AREA and told[question].above):
            key = _chosen(question, told[question].words, number)
            if key is not None:
                yield told[question].words[key], _of_entry(question, told[question], key)


def _turned(items: Sequence[Item], number: int) -> list[Item]:
    start = number % len(items)
    return [*items[start:], *items[:start]]


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


def _of_entry(question: Question, told: Told, key: str) -> Idea:
    return _idea(_because(question, told, key), ADVICE[question].get(key, OWN_ENTRY))


def _because(question: Question, told: Told, key: str) -> str:
    word = told.words[key]
    if question is Question.SPILLOVER:
        said = detail_words.spillover({key: word})[0]
    else:
        names = {"question": detail_words.title(question), "entry": told.labels.get(key, key)}
        said = (
            _("%(question)s, from most people: %(entry)s.", **names)
            if word is ShareWord.MOST
            else _("%(question)s, from some people: %(entry)s.", **names)
        )
    return said if not told.above else f"{said} {_together(told.above)}"


def _together(unit: str) -> str:
    return _("Told together by teams in %(unit)s that had too few each.", unit=unit)
