from wellbeing.case_figures.chances import Chance, chances


def test_chances_are_told_in_order_and_late_ones_together():
    counted = [(5, "left", 1), (1, "stayed", 30), (4, "stayed", 2), (1, "left", 3), (2, "unknown", 4)]

    found = chances(counted)

    assert found == (Chance(1, 30, 3, 0), Chance(2, 0, 0, 4), Chance(4, 2, 1, 0))
    assert [chance.cases for chance in found] == [33, 4, 3]


def test_no_closed_case_has_no_chance_to_tell_of():
    assert chances([]) == ()
