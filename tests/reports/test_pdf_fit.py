"""What a page can hold is measured before it is set."""

from wellbeing.reports import pdf_fit
from wellbeing.reports.pdf_parts import said


def test_a_story_that_fits_at_no_size_is_told_so():
    assert pdf_fit.fitting(lambda size: [said("word " * 9000)], (1.0, 0.5)) is None


def test_a_story_is_set_at_the_first_size_that_fits():
    sizes = []
    found = pdf_fit.fitting(lambda size: sizes.append(size) or [said("word " * int(9000 * size))], (1.0, 0.1))

    assert found is not None
    assert sizes == [1.0, 0.1, 0.1]
