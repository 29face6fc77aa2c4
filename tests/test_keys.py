"""Keys and names: who is who can be told with the epoch's key and in no other way."""

import pytest
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap

from tests.cast import NOW
from wellbeing import keys
from wellbeing.keys import HandleRefused

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))


def names_of(key: bytes, person: int) -> list[bytes]:
    """Return every name that a person has under one key."""
    dimensions = ("severity", "cause", "spillover")
    return [
        keys.contributor(key, person),
        keys.shift_name(key, person),
        *(keys.detail_contributor(key, dimension, person) for dimension in dimensions),
    ]


def test_no_two_names_join():
    names = [name for key in (KEY, OTHER) for person in (1, 2, 11) for name in names_of(key, person)]

    assert len(set(names)) == len(names)
    assert {len(name) for name in names} == {32}


def test_a_name_is_the_same_each_time():
    assert names_of(KEY, 1) == names_of(KEY, 1)


def test_a_wrapped_key_opens_with_the_server_key_alone():
    key = keys.new_key()
    stored = keys.wrapped(KEY, key)

    assert keys.unwrapped(KEY, stored) == key
    assert key not in stored
    with pytest.raises(InvalidUnwrap):
        keys.unwrapped(OTHER, stored)


def test_row_ids_and_keys_are_new_each_time():
    assert len({keys.new_id() for _ in range(100)}) == len({keys.new_key() for _ in range(100)}) == 100
    assert (len(keys.new_id()), len(keys.new_key())) == (16, 32)


def test_two_people_with_the_same_pin_have_nothing_in_common_in_the_database():
    assert keys.pin_mac(KEY, 1, "2580") != keys.pin_mac(KEY, 2, "2580")
    assert keys.pin_mac(KEY, 1, "2580") != keys.pin_mac(OTHER, 1, "2580")


def test_what_is_kept_of_a_text_depends_on_what_it_is_for():
    assert keys.text_mac(KEY, "tablet", "x") != keys.text_mac(KEY, "code", "x")
    assert keys.receipt_mac(KEY, "x") != keys.receipt_mac(OTHER, "x")


@pytest.mark.parametrize("seconds", [0, 59, 60])
def test_a_handle_opens_within_its_minute(seconds: int):
    handle = keys.sealed_handle(KEY, b"what was done", NOW)

    later = NOW.replace(second=seconds % 60, minute=NOW.minute + seconds // 60)
    assert keys.opened_handle(KEY, handle, later, 60) == b"what was done"


@pytest.mark.parametrize("key", [KEY, OTHER])
def test_a_handle_that_is_late_forged_or_of_another_server_opens_nothing(key: bytes):
    handle = keys.sealed_handle(KEY, b"what was done", NOW)
    late = NOW.replace(minute=NOW.minute + 1, second=1)

    with pytest.raises(HandleRefused):
        keys.opened_handle(key, handle, late, 60)
    with pytest.raises(HandleRefused):
        keys.opened_handle(OTHER, handle, NOW, 60)
    with pytest.raises(HandleRefused):
        keys.opened_handle(key, "not a handle", NOW, 60)


def test_a_handle_tells_nothing_to_whoever_holds_it():
    assert "what" not in keys.sealed_handle(KEY, b"what was done", NOW)
