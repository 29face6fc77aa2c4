"""Sealing: what a tablet sealed opens here, and nowhere else."""

from base64 import urlsafe_b64decode

import pytest

from tests.counter.boxes import box
from wellbeing import sealing
from wellbeing.counter.state import seal
from wellbeing.sealing import CannotOpen, Pair, new_pair, opened
from wellbeing.tablet_keys import Offered

# Sealed with @hpke/core 1.9, the very script that the counter loads, to this key.
PRIVATE = bytes.fromhex("538cc34cf501a73fb3dbe4890f346dffbdc6ebf2eb461253c3ef9e282f8fa028")
FROM_A_BROWSER = (
    "BB7MCGQN2gsRMa78lBZprIeDBCJY8mZ3WCyfk6kzM5_P5reYCXPb_PldycUcvY1AfXmbKhECky0gYpvj8rrFH8XT"
    "PjPbUgwhGVzOiCg5d_y42v_FYRnDMwHrXadDnvLGox80"
)
WORDS = b'{"act":"check_in"}'
ENCAPSULATED = 65


def sealed(pair: Pair, text: bytes = WORDS) -> bytes:
    found = box(seal(Offered("key", pair.public)), text)
    return urlsafe_b64decode(found + "=" * (-len(found) % 4))


def test_what_a_browser_sealed_opens_here():
    assert opened(PRIVATE, urlsafe_b64decode(FROM_A_BROWSER)) == WORDS


def test_a_pair_is_an_uncompressed_point_and_the_number_behind_it():
    pair = new_pair()

    assert (len(pair.public), pair.public[0], len(pair.private)) == (65, 4, 32)
    assert opened(pair.private, sealed(pair)) == WORDS
    assert new_pair() != pair


def test_the_same_words_never_make_the_same_box():
    pair = new_pair()

    assert sealed(pair) != sealed(pair)


def test_another_key_opens_nothing():
    with pytest.raises(CannotOpen):
        opened(new_pair().private, sealed(new_pair()))


def test_a_box_that_was_sealed_for_another_purpose_stays_closed(monkeypatch: pytest.MonkeyPatch):
    pair = new_pair()
    found = sealed(pair)
    monkeypatch.setattr(sealing, "INFO", b"second-wind counter entry 2")

    with pytest.raises(CannotOpen):
        opened(pair.private, found)


@pytest.mark.parametrize("at", [0, 1, ENCAPSULATED - 1, ENCAPSULATED, -1])
def test_a_box_with_one_changed_byte_stays_closed(at: int):
    pair = new_pair()
    found = bytearray(sealed(pair))
    found[at] ^= 1

    with pytest.raises(CannotOpen):
        opened(pair.private, bytes(found))


@pytest.mark.parametrize(
    "length", [0, 1, ENCAPSULATED - 1, ENCAPSULATED, ENCAPSULATED + 15, ENCAPSULATED + 16]
)
def test_what_is_too_short_to_be_a_box_stays_closed(length: int):
    pair = new_pair()

    with pytest.raises(CannotOpen):
        opened(pair.private, sealed(pair)[:length])
    with pytest.raises(CannotOpen):
        opened(pair.private, b"\x04" * length)


def test_no_private_half_shows_where_a_pair_is_printed():
    pair = new_pair()

    assert repr(pair.private) not in repr(pair) and pair.private.hex() not in repr(pair)
