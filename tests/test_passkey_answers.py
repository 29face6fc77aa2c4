"""What a passkey answers: right answers are taken, every wrong one is refused for what is wrong with it."""

import json
import logging

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.fixtures.passkeys import PRESENT, Passkey, cbor, meant, told
from wellbeing.passkey_answers import (
    PRF_BYTES,
    Made,
    Party,
    bytes_of,
    credential_id,
    made,
    party_of,
    used,
)
from wellbeing.passkey_refusals import PasskeyRefused, Refusal

PARTY = Party("wind.example", "https://wind.example")
CHALLENGE = b"c" * 32
OPTIONS = {
    "challenge": told(CHALLENGE),
    "rp": {"id": PARTY.name},
    "rpId": PARTY.name,
    "extensions": {"prf": {"eval": {"first": told(b"s" * 32)}}},
}
# Made and used once: what a stranger might change and send.
KEPT = Passkey(origin=PARTY.origin)
MADE, USED = KEPT.made(OPTIONS), KEPT.used(OPTIONS)


def phone(**lies: object) -> Passkey:
    return Passkey(**{"origin": PARTY.origin, **lies})


def added(passkey: Passkey) -> Made:
    return made(PARTY, CHALLENGE, passkey.made(OPTIONS))


def refusal(passkey: Passkey, known: Made, options: dict = OPTIONS, **client: object) -> Refusal:
    with pytest.raises(PasskeyRefused) as refused:
        used(PARTY, CHALLENGE, passkey.used(options, **client), known.public_key, known.sign_count)
    return refused.value.reason


def test_a_passkey_is_made_and_used_and_gives_the_same_secret_each_time():
    passkey = phone()
    known = added(passkey)
    answer = passkey.used(OPTIONS)
    found = used(PARTY, CHALLENGE, answer, known.public_key, known.sign_count)

    assert credential_id(answer) == known.credential_id == passkey.id
    assert found.sign_count == 2
    assert found.secret == known.secret and len(known.secret or b"") == PRF_BYTES


def test_a_passkey_without_prf_signs_in_all_the_same():
    passkey = phone(prf=False)
    known = added(passkey)

    assert known.secret is None
    assert used(PARTY, CHALLENGE, passkey.used(OPTIONS), known.public_key, 1).secret is None


def test_a_passkey_that_counts_nothing_can_be_used_again_and_again():
    passkey = phone(counts=False)
    known = added(passkey)

    assert [used(PARTY, CHALLENGE, passkey.used(OPTIONS), known.public_key, 0).sign_count] * 2 == [0, 0]


@pytest.mark.parametrize("behind", [0, 1])
def test_a_count_that_does_not_grow_is_a_copy(behind: int):
    passkey = phone()
    known = added(passkey)
    passkey.count -= 1 + behind

    assert refusal(passkey, known) is Refusal.BACKWARDS


@pytest.mark.parametrize(
    ("client", "reason"),
    [
        ({"origin": "https://wind.example.evil.example"}, Refusal.ELSEWHERE),
        ({"origin": "https://sub.wind.example"}, Refusal.ELSEWHERE),
        ({"origin": "http://wind.example"}, Refusal.ELSEWHERE),
        ({"crossOrigin": True}, Refusal.ELSEWHERE),
        ({"challenge": told(b"d" * 32)}, Refusal.OVER),
        ({"type": "webauthn.create"}, Refusal.NONSENSE),
    ],
)
def test_an_answer_from_elsewhere_or_to_something_else_is_refused(client: dict, reason: Refusal):
    passkey = phone()

    assert refusal(passkey, added(passkey), **client) is reason
    with pytest.raises(PasskeyRefused) as refused:
        wrong = client | ({"type": "webauthn.get"} if "type" in client else {})
        made(PARTY, CHALLENGE, phone().made(OPTIONS, **wrong))
    assert refused.value.reason is reason


def test_an_answer_for_another_sites_name_is_refused():
    passkey = phone()
    known = added(passkey)

    assert refusal(passkey, known, OPTIONS | {"rpId": "evil.example"}) is Refusal.NONSENSE


def test_a_device_that_did_not_check_its_owner_is_refused():
    passkey = phone()
    known = added(passkey)
    passkey.flags = PRESENT

    assert refusal(passkey, known) is Refusal.UNVERIFIED


def test_another_passkeys_signature_is_refused():
    known, thief = added(phone()), phone()
    thief.count = 5

    assert refusal(thief, known) is Refusal.NONSENSE


@pytest.mark.parametrize("secret", ["", "AAAA", told(bytes(33)), "é", 5, ["x"]])
def test_a_secret_of_another_size_is_refused(secret: object):
    answer = phone().made(OPTIONS) | {"clientExtensionResults": {"prf": {"results": {"first": secret}}}}
    with pytest.raises(PasskeyRefused):
        made(PARTY, CHALLENGE, answer)


@pytest.mark.parametrize(
    "key",
    [
        {1: 2, 3: -47, -1: 8, -2: bytes(32), -3: bytes(32)},  # an algorithm that was not asked for
        {1: 2, 3: -7, -1: 1, -2: bytes(32), -3: bytes(32)},  # a point that is not on the curve
        {1: 2, 3: -7, -1: 2, -2: bytes(32), -3: bytes(32)},
        {1: 2, 3: -7},
        {1: 2},
    ],
)
def test_a_key_that_could_never_be_checked_is_not_kept(key: dict, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Passkey, "_cose", lambda _passkey: cbor(key))
    with pytest.raises(PasskeyRefused):
        added(phone())


def test_an_id_that_is_too_long_is_not_kept():
    with pytest.raises(PasskeyRefused):
        added(phone(id=bytes(1024)))


def test_an_answer_that_brings_no_key_makes_no_passkey(monkeypatch: pytest.MonkeyPatch):
    data = Passkey._data
    monkeypatch.setattr(Passkey, "_data", lambda passkey, name, _more=0: data(passkey, name)[:37])
    monkeypatch.setattr(Passkey, "_cose", lambda _passkey: b"")
    box = cbor({"fmt": "none", "attStmt": {}, "authData": phone()._data(PARTY.name)})
    answer = phone().made(OPTIONS)
    answer["response"]["attestationObject"] = told(box)
    with pytest.raises(PasskeyRefused):
        made(PARTY, CHALLENGE, answer)


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.binary(max_size=60).map(told),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


@pytest.mark.parametrize("field", ["clientDataJSON", "attestationObject", "authData"])
def test_a_number_is_not_taken_for_as_many_bytes(field: str):
    many = 10**18
    box = cbor({"fmt": "none", "attStmt": {}, "authData": many})
    changed = {"attestationObject": told(box)} if field == "authData" else {field: many}
    with pytest.raises(PasskeyRefused):
        made(PARTY, CHALLENGE, MADE | {"response": MADE["response"] | changed})


def use_kept(party: Party, challenge: bytes, answer: object) -> None:
    known = made(party, challenge, MADE)
    used(party, challenge, answer, known.public_key, known.sign_count)


@given(
    junk=JUNK, field=st.sampled_from(["id", "rawId", "response", "all", *MADE["response"], *USED["response"]])
)
def test_nonsense_is_refused_and_breaks_nothing(junk: object, field: str):
    assume(field != "userHandle")
    for answer, ask in ((MADE, made), (USED, use_kept)):
        if field in answer["response"]:
            sent: object = answer | {"response": answer["response"] | {field: junk}}
        else:
            sent = junk if field == "all" else answer | {field: junk}
        if field in ("all", *answer, *answer["response"]):
            with pytest.raises(PasskeyRefused):
                ask(PARTY, CHALLENGE, sent)


@given(st.data())
def test_no_changed_bit_gets_through(data: st.DataObject):
    field = data.draw(st.sampled_from(["clientDataJSON", "authenticatorData", "signature"]))
    box = bytearray(meant(USED["response"][field]))
    at = data.draw(st.integers(0, 8 * len(box) - 1))
    box[at // 8] ^= 1 << at % 8
    with pytest.raises(PasskeyRefused):
        use_kept(PARTY, CHALLENGE, USED | {"response": USED["response"] | {field: told(bytes(box))}})


def test_deep_nonsense_is_refused_too():
    deep = b"\x81" * 5000
    with pytest.raises(PasskeyRefused):
        made(PARTY, CHALLENGE, MADE | {"response": MADE["response"] | {"attestationObject": told(deep)}})
    nested = json.dumps({"type": "webauthn.create"})[:-1].encode() + b', "x": ' + b"[" * 9000
    with pytest.raises(PasskeyRefused):
        made(PARTY, CHALLENGE, MADE | {"response": MADE["response"] | {"clientDataJSON": told(nested)}})


@pytest.mark.parametrize(
    ("root", "party"),
    [
        ("https://wind.example/", PARTY),
        ("https://Wind.example:8443/sub/", Party("wind.example", "https://wind.example:8443")),
        ("http://localhost:8000/", Party("localhost", "http://localhost:8000")),
    ],
)
def test_a_site_is_known_by_the_address_that_people_came_to(root: str, party: Party):
    assert party_of(root) == party


@pytest.mark.parametrize(
    ("root", "reason"),
    [
        ("https://192.0.2.7/", Refusal.NO_NAME),
        ("https://[2001:db8::7]/", Refusal.NO_NAME),
        ("http://wind.example/", Refusal.NOT_SECURE),
    ],
)
def test_an_address_without_a_name_or_without_https_has_no_passkeys(root: str, reason: Refusal):
    with pytest.raises(PasskeyRefused) as refused:
        party_of(root)
    assert refused.value.reason is reason
    assert str(refused.value.sentence).startswith("Passkeys need an address")


@pytest.mark.parametrize("text", [None, 7, "é", "A"])
def test_what_is_no_base64url_is_no_bytes(text: object):
    with pytest.raises(ValueError, match=".*"):
        bytes_of(text)


def test_nothing_of_an_answer_is_logged_or_shown(caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    passkey = phone()
    known = added(passkey)
    found = used(PARTY, CHALLENGE, passkey.used(OPTIONS), known.public_key, known.sign_count)

    assert caplog.records == []
    assert "secret" not in repr(known) + repr(found)


def test_the_tests_own_keys_are_on_the_curve():
    assert isinstance(phone().pair.curve, ec.SECP256R1)
