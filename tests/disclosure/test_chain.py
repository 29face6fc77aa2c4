"""The hash chain: each digest depends on every field, on the block before, and on nothing else."""

import hashlib

import pytest

from wellbeing.disclosure.chain import FORM, START, digest

BLOCK = {"unit_id": 3, "mood": "3.4", "mood_word": None, "tick": 1}


def test_a_digest_is_that_of_the_form_anybody_can_recompute():
    written = f'["{FORM}","{"00" * 32}",{{"mood":"3.4","mood_word":null,"tick":1,"unit_id":3}}]'

    assert digest(START, BLOCK) == hashlib.sha256(written.encode()).digest()


def test_the_order_of_the_fields_does_not_matter():
    assert digest(START, dict(reversed(BLOCK.items()))) == digest(START, BLOCK)


@pytest.mark.parametrize(
    "change", [{"unit_id": 4}, {"mood": "3.5"}, {"mood_word": "low"}, {"tick": 2}, {"extra": 1}]
)
def test_any_change_of_a_block_changes_its_digest(change: dict):
    assert digest(START, BLOCK | change) != digest(START, BLOCK)


def test_a_number_and_its_text_are_told_apart():
    assert digest(START, {"mood": 3}) != digest(START, {"mood": "3"})


def test_a_block_depends_on_the_one_before():
    first = digest(START, BLOCK)

    assert digest(first, BLOCK) not in (first, digest(bytes(31) + b"\x01", BLOCK))
