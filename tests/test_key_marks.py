"""Marks of secrets: the same secret has the same mark, another one another, and none gives it away."""

from dataclasses import replace

from wellbeing import key_marks
from wellbeing.config import Secrets

MINE = Secrets(b"s" * 32, b"p" * 32, b"k" * 32)


def test_the_same_secrets_are_known_again():
    assert key_marks.others(key_marks.marks(MINE), key_marks.marks(replace(MINE, secret_key=b"x" * 32))) == ()


def test_each_secret_that_is_another_is_named():
    before = key_marks.marks(MINE)
    assert key_marks.others(before, key_marks.marks(replace(MINE, server_key=b"x" * 32))) == ("SERVER_KEY",)
    both = replace(MINE, server_key=b"x" * 32, pin_pepper=b"y" * 32)
    assert key_marks.others(before, key_marks.marks(both)) == ("PIN_PEPPER", "SERVER_KEY")


def test_of_a_backup_without_marks_nobody_can_say():
    assert key_marks.others({}, key_marks.marks(MINE)) == ()


def test_a_mark_is_short_and_two_secrets_of_one_value_have_one_mark_each():
    marks = key_marks.marks(MINE)
    assert set(marks) == {"PIN_PEPPER", "SERVER_KEY"}
    assert {len(mark) for mark in marks.values()} == {16}
    assert not any(mark.encode() in MINE.server_key.hex().encode() for mark in marks.values())
