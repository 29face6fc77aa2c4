"""A file that travels with the form: it comes back as it was sent along, or not at all."""

import pytest
from flask import Flask

from wellbeing.csvfile import CsvFileError
from wellbeing.web.file_in_form import packed, unpacked

LARGEST = 1_000
FILE = 'day,mood,note\n2025-11-03,good,"Long day.\nBut fine: así así."\n'


def test_a_file_travels_with_the_form_and_comes_back_as_it_was():
    assert unpacked(packed(FILE), LARGEST) == FILE


@pytest.mark.parametrize("field", ["", "?", "AAAA", packed(FILE)[:-8], packed("x" * 5 * LARGEST)])
def test_what_was_not_sent_along_is_refused(app: Flask, field: str):
    with app.test_request_context(), pytest.raises(CsvFileError, match="once more"):
        unpacked(field, LARGEST)
