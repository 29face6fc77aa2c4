"""Blocks of several units side by side: moods averaged, counts and words listed, people never added up."""

from decimal import Decimal

from tests.reports.weeks import week_of
from wellbeing.models.ledger import CountWord, MoodWord
from wellbeing.reports import unions

COUNTER = (week_of("3.4", 12, 0, rough=5, breaks=CountWord.FEW), week_of("3.0", 12, 1))
SHOWROOM = (week_of("2.0", 8, 0, rough=CountWord.MOST, breaks=4), week_of(MoodWord.LOW, at=1))
PARTS = (week_of(MoodWord.HIGH, at=0, rough=CountWord.FEW, breaks=CountWord.FEW), week_of(None, at=1))


def test_figures_are_averaged_by_the_first_number_of_their_bands():
    first, second = unions.together([COUNTER, SHOWROOM, PARTS])

    assert first.mood.average == Decimal("2.8")  # (12 * 3.4 + 8 * 2.0) / 20 = 2.84
    assert (first.mood.figures, first.shown, first.not_shown) == (2, 3, 0)
    assert (second.number, second.mood.average, second.not_shown) == (2, Decimal("3.0"), 1)


def test_a_half_is_rounded_up():
    (found,) = unions.together([(week_of("3.4", 8),), (week_of("3.5", 8),)])

    assert found.mood.average == Decimal("3.5")


def test_words_never_enter_an_average():
    for word in MoodWord:
        first, _second = unions.together([COUNTER, SHOWROOM, (week_of(word),)])
        assert first.mood.average == Decimal("2.8")
        assert first.mood.words == ((word, 1),)


def test_few_and_most_stand_beside_the_figures():
    first, _second = unions.together([COUNTER, SHOWROOM, PARTS])

    assert first.rough.figures == (5,)
    assert first.rough.words == ((CountWord.FEW, 1), (CountWord.MOST, 1))
    assert (first.breaks.figures, first.breaks.words) == ((4,), ((CountWord.FEW, 2),))


def test_people_are_listed_and_never_averaged_or_added_up(app):
    counts = (11, 3, CountWord.FEW, CountWord.MOST, 4, CountWord.FEW)
    (found,) = unions.together([(week_of("3.4", 12, rough=count, breaks=5),) for count in counts])

    with app.test_request_context():
        assert unions.counts(found.rough) == "3 to 11 people in 3 units, few in 2, most in 1"
        assert unions.counts(found.breaks) == "5 people in 6 units"


def test_a_week_of_which_nothing_was_released_says_so(app):
    (found,) = unions.together([(week_of(None),), (week_of(None),)])

    with app.test_request_context():
        assert unions.sentence(found) == "Mood: 2 units not shown."
        assert unions.average(found.mood) == "–"
        assert unions.beside(found.mood) == unions.counts(found.rough) == ""


def test_a_sentence_keeps_figures_and_words_apart(app):
    first, second = unions.together([COUNTER, SHOWROOM, PARTS])

    with app.test_request_context():
        assert unions.sentence(first) == "Mood: 2.8 on average of the 2 units with a figure; high in 1 unit."
        assert (
            unions.sentence(second)
            == "Mood: 3.0 in the one unit with a figure; low in 1 unit; 1 unit not shown."
        )
        assert unions.counts(first.rough) == "5 people in 1 unit, few in 1, most in 1"
        assert unions.counts(second.rough) == "3 people in 2 units"
        assert unions.average(first.mood) == "2.8"


def test_no_units_have_no_ticks():
    assert unions.together([]) == ()
