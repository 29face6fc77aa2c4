"""The words that people agree to: every version stays readable as it was."""

import hashlib

import pytest
from flask import Flask

from wellbeing.diary import agreements

# What was shipped, in English: a version that somebody may have agreed to never changes.
SHIPPED = {1: "310d9a402e387426"}


@pytest.mark.parametrize("number", SHIPPED)
def test_a_version_that_was_shipped_never_changes(app: Flask, number: int):
    found = agreements.version(number)

    assert found
    with app.app_context():
        words = "\n".join(str(point.text) for point in found.points)
    assert hashlib.sha256(words.encode()).hexdigest()[:16] == SHIPPED[number]


def test_versions_are_numbered_without_a_gap_and_none_is_missing_here():
    assert [one.number for one in agreements.VERSIONS] == list(SHIPPED)
    assert [one.since for one in agreements.VERSIONS] == sorted(one.since for one in agreements.VERSIONS)
    assert agreements.newest().number == max(SHIPPED)


def test_there_is_no_version_that_never_was():
    assert agreements.version(99) is None and agreements.version(None) is None
