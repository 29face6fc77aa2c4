"""The everyday dashboard is attacked fairly: it hides what it promises to hide, and no more is claimed."""

import random
from fractions import Fraction

from tests.attacks import naive
from tests.attacks.naive import Figure, Said

MONDAY = [Said(0, name, mood) for name, mood in zip("ABCDE", (2, 3, 4, 3, 3), strict=True)]


def test_it_shows_nothing_about_four_people():
    assert naive.figure(MONDAY[:4], 0, 0) is None
    assert naive.figure(MONDAY, 0, 0) == Figure(5, 5, Fraction(3))


def test_one_more_day_gives_the_only_answer_of_that_day_away():
    assert naive.certain(MONDAY, 2) == set()
    assert naive.certain([*MONDAY, Said(1, "F", 2)], 2) == {Said(1, "F", 2)}


def test_a_day_on_which_two_answered_keeps_them_apart_unless_both_were_lowest():
    assert naive.certain([*MONDAY, Said(1, "F", 2), Said(1, "A", 1)], 2) == set()
    assert len(naive.certain([*MONDAY, Said(1, "F", 1), Said(1, "A", 1)], 2)) == 2


def test_what_is_known_for_certain_is_what_every_world_with_the_same_figures_shares():
    """The claim is checked against the truth: all the worlds that show the same, one after the other."""
    dice = random.Random(3)
    for _round in range(20):
        said = [Said(0, name, dice.randint(1, 5)) for name in "ABCDE"]
        said += [Said(dice.randint(1, 2), name, dice.randint(1, 5)) for name in "FG"]
        shown = naive.figures(said, 3)
        late = said[5:]
        same = [
            moods
            for moods in ((one, other) for one in range(1, 6) for other in range(1, 6))
            if naive.figures(
                said[:5] + [Said(a.day, a.person, m) for a, m in zip(late, moods, strict=True)], 3
            )
            == shown
        ]
        fixed = {late[at] for at in range(2) if len({moods[at] for moods in same}) == 1}
        assert naive.certain(said, 3) & set(late) == fixed
