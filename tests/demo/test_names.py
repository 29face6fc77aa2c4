"""Made-up names: enough of them, and none that two people on one tablet would share."""

from random import Random

from wellbeing.demo.names import FIRST_NAMES, LAST_NAMES, made_up_names


def test_no_name_is_listed_twice_and_all_can_be_typed_as_a_login():
    for names in (FIRST_NAMES, LAST_NAMES):
        assert len(set(names)) == len(names) > 90
        assert all(name.isascii() and name.isalpha() and name.istitle() for name in names)


def test_four_hundred_people_can_be_told_apart_by_first_name_and_initial():
    names = made_up_names(Random(5), 400)

    assert len({(name.split()[0], name.split()[1][0]) for name in names}) == len(names) == 400
