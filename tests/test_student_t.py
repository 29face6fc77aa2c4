"""Student's t against the tables of textbooks."""

import pytest

from wellbeing.student_t import quantile


@pytest.mark.parametrize(
    ("freedom", "printed"),
    [(1, 12.706), (2, 4.303), (3, 3.182), (4, 2.776), (5, 2.571), (6, 2.447), (10, 2.228), (30, 2.042)],
)
def test_every_quantile_is_the_one_that_tables_print(freedom: int, printed: float):
    assert quantile(freedom) == pytest.approx(printed, abs=0.0005)


def test_degrees_of_freedom_need_not_be_whole():
    assert quantile(14.158) == pytest.approx((1.7293 - 1) / 0.3404, abs=0.001)
    assert quantile(5) < quantile(4.5) < quantile(4)


def test_with_many_it_is_the_normal_distributions():
    assert quantile(100_000) == pytest.approx(1.96, abs=0.0001)


def test_without_any_freedom_there_is_none():
    with pytest.raises(ValueError, match="degree of freedom"):
        quantile(0.5)
