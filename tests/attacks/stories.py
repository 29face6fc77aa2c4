"""What happens at a site in five weeks: four are released, the fifth is not over. Pairs of them end alike."""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from tests.attacks.naive import Said
from tests.cast import NOW, TEAMS

WEEKS = 5
WEDNESDAY, FRIDAY = 2, 4
DAYS_OPEN = (WEDNESDAY, WEDNESDAY + 1, FRIDAY)
# Jun and the managers look on, so they say nothing themselves.
COUNTER = tuple(name for name in TEAMS["Service counter"] if name not in ("Alba", "Jun"))
SHOWROOM = tuple(name for name in TEAMS["Showroom"] if name != "Max")
TINY = ("Uma", "Vic", "Wes")
ANSWER_AT_THE_COUNTER, ANSWER_IN_THE_SHOWROOM = 9, 6
SEEN_ON = NOW + timedelta(weeks=WEEKS - 1, days=2, hours=6)


@dataclass(frozen=True)
class Deed:
    """Something that somebody does at the counter; ``then`` is "undo" or "take_back" or nothing."""

    week: int
    day: int
    name: str
    act: str
    fields: Mapping[str, object]
    then: str = ""

    @property
    def at(self) -> datetime:
        """The moment at which the day's deeds begin."""
        return NOW + timedelta(weeks=self.week - 1, days=self.day - WEDNESDAY)


Deeds = Sequence[Deed]


@dataclass(frozen=True)
class Story:
    """The deeds of five weeks, by day in the order of the list, and who is erased at their end.

    ``diarists`` keep a diary from the first day, have a passkey, and a phone of their own.
    """

    name: str
    deeds: Deeds
    erased: tuple[str, ...] = field(default=())
    diarists: tuple[str, ...] = field(default=())


def check_in(week: int, day: int, name: str, mood: int, then: str = "") -> Deed:
    return Deed(week, day, name, "check_in", {"mood": mood}, then)


def rough(week: int, day: int, name: str, mood: int, severity: str = "hard") -> Deed:
    return Deed(week, day, name, "rough", {"mood": mood, "severity": severity})


def ordinary(name: str, counter: Sequence[str] = COUNTER, showroom: Sequence[str] = SHOWROOM) -> Story:
    """Four weeks of answers by the first people of each team, and some in the fifth; alike by any names."""
    dice = random.Random(41)
    deeds = []
    for week in range(1, WEEKS + 1):
        who = [*counter[:ANSWER_AT_THE_COUNTER], *showroom[:ANSWER_IN_THE_SHOWROOM]]
        if week == WEEKS:
            who = who[::4]
        for person in who:
            day = dice.choice(DAYS_OPEN)
            act = rough if dice.random() < 0.4 else check_in
            deeds.append(act(week, day, person, dice.randint(1, 5)))
            if dice.random() < 0.4:
                deeds.append(Deed(week, day, person, "break", {"kind": "walk", "minutes": 5}))
    return Story(name, deeds)


ORDINARY = ordinary("ordinary")


def other_owners() -> Story:
    """Every answer is somebody else's, and other people are silent."""
    return ordinary("other owners", _turned(COUNTER), _turned(SHOWROOM))


def _turned(names: Sequence[str]) -> tuple[str, ...]:
    return (*names[1:], names[0])


def other_answers() -> Story:
    """In every week one person at the counter feels a step better, and another a step worse."""
    deeds = list(ORDINARY.deeds)
    for week in range(1, WEEKS):
        happier = _find(deeds, week, lambda mood: mood < 5, without=())
        sadder = _find(deeds, week, lambda mood: mood > 1, without=(deeds[happier].name,))
        deeds[happier] = _moved(deeds[happier], 1)
        deeds[sadder] = _moved(deeds[sadder], -1)
    return Story("other answers", deeds)


def _find(deeds: Deeds, week: int, fits: Callable[[int], bool], without: Iterable[str]) -> int:
    return next(
        at
        for at, deed in enumerate(deeds)
        if deed.week == week and deed.name in COUNTER and deed.name not in without
        if "mood" in deed.fields and fits(deed.fields["mood"])
    )


def _moved(deed: Deed, step: int) -> Deed:
    return replace(deed, fields={**deed.fields, "mood": deed.fields["mood"] + step})


def with_full_pools(deeds: Deeds) -> Deeds:
    """In the week that is not over everybody has said everything that can be said."""
    everybody = (*COUNTER, *SHOWROOM, *TINY)
    said = [deed for name in everybody for deed in _a_hard_shift(WEEKS, WEDNESDAY, name)]
    return [*with_empty_pools(deeds), *said]


def with_empty_pools(deeds: Deeds) -> Deeds:
    """Nobody has said anything yet in the week that is not over."""
    return [deed for deed in deeds if deed.week < WEEKS]


def _a_hard_shift(week: int, day: int, name: str) -> tuple[Deed, ...]:
    chips = {"behaviour": ["rude"], "cause": "delay", "channel": None, "area": "parts"}
    return (
        check_in(week, day, name, 5),
        rough(week, day, name, 1, "severe"),
        Deed(week, day, name, "rough_detail", chips),
        Deed(week, day, name, "break", {"kind": "walk", "minutes": 10}),
        Deed(week, day, name, "back", {"mood": 3}),
    )


def with_edits(deeds: Deeds) -> Deeds:
    """Everybody first said something else, and took it back within the minute or later in the week."""
    edited: list[Deed] = []
    for number, deed in enumerate(deeds):
        then = "take_back" if number % 3 == 0 else "undo"
        if not _spoke(edited, deed):
            edited.append(check_in(deed.week, deed.day, deed.name, 5, then))
            edited.append(replace(rough(deed.week, deed.day, deed.name, 1, "severe"), then=then))
        edited.append(deed)
    return edited


def _spoke(deeds: Deeds, deed: Deed) -> bool:
    return any(one.name == deed.name and one.week == deed.week and not one.then for one in deeds)


def with_held(deeds: Deeds) -> Deeds:
    """Three of a tiny team answer week after week, and are held; in the ordinary story nobody does."""
    said = [check_in(week, WEDNESDAY, name, 1) for week in range(2, WEEKS) for name in TINY]
    return [*deeds, *said]


def with_other_details(deeds: Deeds) -> Deeds:
    """The same rough interactions, of another kind."""
    chips = {"behaviour": ["threatened"], "cause": "price", "channel": "phone", "area": None}
    told: list[Deed] = []
    for deed in deeds:
        if deed.act == "rough":
            told.append(replace(deed, fields={**deed.fields, "severity": "severe"}))
            told.append(Deed(deed.week, deed.day, deed.name, "rough_detail", chips))
        else:
            told.append(deed)
    return told


def everything_at_once() -> Story:
    """Other owners, other details, edits, held pools and full ones, and diaries of half of the people."""
    deeds = with_edits(with_other_details(other_owners().deeds))
    diarists = (*COUNTER[::2], *SHOWROOM[::2], *TINY[::2])
    return Story("everything at once", with_full_pools(with_held(deeds)), diarists=diarists)


def erased_after_answering() -> Story:
    """Sol answered in every week, and is erased in the last."""
    said = [*with_empty_pools(ORDINARY.deeds), *_a_hard_shift(WEEKS, WEDNESDAY, "Sol")]
    return Story("erased after answering", said, ("Sol",))


def erased_without_a_word() -> Story:
    """Sol never answered, somebody else did instead, and Sol is erased too."""
    return Story("erased without a word", with_empty_pools(other_owners().deeds), ("Sol",))


def hard_weeks(name: str, counter: Sequence[str] = COUNTER, showroom: Sequence[str] = SHOWROOM) -> Story:
    """Everybody has a rough interaction sooner or later, so that the four-week detail is released too."""
    people = (*counter, *showroom, *TINY)
    deeds: list[Deed] = []
    for week in range(1, WEEKS):
        for number, person in enumerate(people):
            if (number + week) % 3 == 0:
                deeds += _a_hard_shift(week, WEDNESDAY, person)
            else:
                deeds.append(check_in(week, FRIDAY, person, 1 + (number + week) % 5))
    return Story(name, deeds)


HARD_WEEKS = (hard_weeks("hard weeks"), hard_weeks("others' hard weeks", _turned(COUNTER), _turned(SHOWROOM)))
ERASED = (erased_after_answering(), erased_without_a_word())
# Two stories that end with the same ledger.
PAIRS: tuple[tuple[Story, Story], ...] = (
    (ORDINARY, other_owners()),
    (ORDINARY, other_answers()),
    (ORDINARY, Story("full pools", with_full_pools(ORDINARY.deeds))),
    (ORDINARY, Story("empty pools", with_empty_pools(ORDINARY.deeds))),
    (ORDINARY, Story("edits", with_edits(ORDINARY.deeds))),
    (ORDINARY, Story("held", with_held(ORDINARY.deeds))),
    (ORDINARY, Story("other details", with_other_details(ORDINARY.deeds))),
    (ORDINARY, everything_at_once()),
    HARD_WEEKS,
    ERASED,
)


def kept_by_a_dashboard(story: Story) -> list[Said]:
    """Return what an everyday dashboard would keep of a story: answers with a mood, by day."""
    return [
        Said((deed.week - 1) * 7 + deed.day, deed.name, int(str(deed.fields["mood"])))
        for deed in story.deeds
        if deed.fields.get("mood") is not None and not deed.then and deed.name not in story.erased
    ]
