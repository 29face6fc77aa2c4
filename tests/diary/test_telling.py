"""What a diary is told of an act: in the words of its list, at the minute of its tap."""

from datetime import timedelta

from tests.cast import NOW
from wellbeing.answer import Answer
from wellbeing.diary.telling import told


def test_what_waited_without_a_network_was_entered_when_it_was_tapped():
    tapped = NOW - timedelta(hours=3)

    kept = told(Answer(mood=4), NOW, tapped, None)

    assert (kept.felt_at, kept.entered_at) == (tapped, tapped)


def test_where_no_clock_can_tell_it_was_entered_when_it_came():
    kept = told(Answer(mood=4), NOW, None, None)

    assert (kept.felt_at, kept.entered_at) == (None, NOW)
