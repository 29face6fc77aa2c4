"""People who keep silent for once: the others are released without them, and they are the control."""

from judges import holdout
from tests.judges.voices import record

TEAM = record(1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2)


def test_everybody_is_silent_equally_often_and_never_in_a_record_meanwhile():
    folds = list(holdout.folds([TEAM], attacks=40))

    silent = [voice.person for fold in folds for voice in fold.silent[TEAM.unit, TEAM.tick]]
    assert len(silent) == 48
    assert {silent.count(person) for person in range(1, 13)} == {len(silent) // 12}
    for fold in folds:
        speaking = {voice.person for found in fold.records for voice in found.voices}
        assert speaking.isdisjoint(voice.person for voice in fold.silent[TEAM.unit, TEAM.tick])
        assert [found.people_floor for found in fold.records] == [8]


def test_the_draw_is_the_same_in_every_run_and_another_next_time():
    first, second = (list(holdout.folds([TEAM], attacks=40)) for _run in range(2))

    assert first == second
    assert first[0].silent != first[holdout.FOLDS].silent


def test_five_people_without_one_of_them_are_no_record():
    five = record(1, 2, 3, 4, 5, unit=9)

    for fold in holdout.folds([TEAM, five], attacks=40):
        here = [found for found in fold.records if found.unit == five.unit]
        assert [len(found.voices) for found in here] in ([], [5])


def test_a_record_without_somebody_is_what_the_rules_publish_of_the_others():
    without = holdout.without_silent(record(5, 5, 5, 5, 5, 5, 5, 1), record(5, 5, 5, 5, 5).voices)

    assert (without.people_floor, without.mood_word, without.mood_tenths) == (5, "high", None)
    assert len(holdout.without_silent(TEAM, TEAM.voices).voices) == 12
    assert holdout.without_silent(TEAM, TEAM.voices) == TEAM
