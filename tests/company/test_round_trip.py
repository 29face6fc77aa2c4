"""There and back: what is sent, and every lie on the way back that is not believed."""

import json
import time
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc.jwk import ECKey, OctKey, RSAKey

from tests.company.fake import SUBJECT, Fake, fake_provider
from wellbeing.company.claims import Identity
from wellbeing.company.refusals import CompanyRefusal, Reason
from wellbeing.company.round_trip import begin, finish

AN_HOUR_AGO, IN_AN_HOUR = int(time.time()) - 3600, int(time.time()) + 3600

BACK = "https://wind.example.org/sign-in/company/back"


@pytest.fixture
def fake() -> Iterator[Fake]:
    with fake_provider() as running:
        yield running


def went(fake: Fake, told: dict[str, str] | None = None, **settings: str) -> Identity:
    """Go there and back."""
    provider = fake.provider(**settings)
    url, begun = begin(provider, BACK, time.time())
    back = fake.go(url)
    return finish(provider, begun, {**back, **(told or {})}, time.time())


def refused(fake: Fake, told: dict[str, str] | None = None, **settings: str) -> Reason:
    with pytest.raises(CompanyRefusal) as found:
        went(fake, told, **settings)
    for secret in ("ada@", "a-code", "an-access-token", SUBJECT, fake.url):
        assert secret not in str(found.value)
    return found.value.reason


def test_what_is_sent_there_is_bound_to_this_browser_and_asks_for_little(fake: Fake):
    fake.metadata = {"scopes_supported": ["openid", "email", "profile", "groups", 7]}
    url, begun = begin(fake.provider(), BACK, time.time())
    asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}

    assert url.startswith(fake.url + "/authorize?")
    assert (asked["response_type"], asked["client_id"]) == ("code", "second-wind")
    assert asked["redirect_uri"] == BACK
    assert asked["scope"] == "openid email groups"
    assert asked["code_challenge_method"] == "S256"
    assert begun.verifier not in url
    assert (asked["state"], asked["nonce"]) == (begun.state, begun.nonce)
    assert begun.state not in repr(begun)


def test_the_secret_arrives_as_the_standard_says_and_the_verifier_with_the_code(fake: Fake):
    assert went(fake) == Identity(fake.url, SUBJECT, "ada@harbour.example", frozenset())
    path, headers, form = fake.asked[-2]

    assert path == "/token"
    assert b64decode(headers["Authorization"][6:]).decode() == (
        "second-wind:se%2Bcret+with+%2541%3A+and+more"
    )
    assert form["code"] == ["a-code"]
    assert form["redirect_uri"] == [BACK]
    assert "client_secret" not in form


def test_a_provider_that_wants_the_secret_in_the_form_gets_it_there(fake: Fake):
    fake.metadata = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    went(fake)
    _path, headers, form = fake.asked[-2]

    assert form["client_secret"] == ["se+cret with %41: and more"]
    assert "Authorization" not in headers


@pytest.mark.parametrize(
    "lie",
    [
        {"iss": "https://other.example"},
        {"aud": "somebody-else"},
        {"aud": ["second-wind", "somebody-else"]},
        {"aud": ["second-wind", "somebody-else"], "azp": "somebody-else"},
        {"azp": "somebody-else"},
        {"aud": 7},
        {"nonce": "of another sign-in"},
        {"nonce": ...},
        {"exp": AN_HOUR_AGO},
        {"exp": float("inf")},
        {"exp": "soon"},
        {"iat": IN_AN_HOUR},
        {"nbf": IN_AN_HOUR},
        {"at_hash": "of another token"},
        {"at_hash": 7},
        {"amr": "pwd"},
        {"sub": ...},
        {"sub": 7},
        {"sub": ""},
        {"sub": "x" * 256},
        {"sub": "a\x00b"},
        {"exp": ...},
        {"iss": ...},
    ],
    # By its name and place: a moment would be another one in the next process.
    ids=lambda lie: next(iter(lie)),
)
def test_a_token_with_a_wrong_claim_brings_nobody_in(fake: Fake, lie: dict[str, object]):
    fake.claims = lie

    assert refused(fake) is Reason.UNPROVEN


def test_a_token_for_several_is_taken_where_it_names_us(fake: Fake):
    fake.claims = {"aud": ["second-wind", "somebody-else"], "azp": "second-wind", "at_hash": ...}

    assert went(fake).subject == SUBJECT


def test_a_clock_that_is_a_little_off_keeps_nobody_out(fake: Fake):
    fake.claims = {"iat": int(time.time()) + 30, "exp": int(time.time()) - 30}

    assert went(fake).subject == SUBJECT


def test_nobody_signs_with_what_is_no_secret_or_no_key(fake: Fake):
    secret = fake.provider().company.client_secret
    shown = json.dumps(fake.key.as_dict(private=False))
    for algorithm, key in (
        ("none", None),
        ("HS256", OctKey.import_key(secret)),
        ("HS256", OctKey.import_key(shown)),
        ("RS256", RSAKey.generate_key(2048, private=True)),
        ("ES256", ECKey.generate_key("P-256", private=True)),
    ):
        fake.header, fake.signs_with = {"alg": algorithm, "kid": "one"}, key
        assert refused(fake) is Reason.UNPROVEN, algorithm
        fake.header = {"alg": algorithm}
        assert refused(fake) is Reason.UNPROVEN, algorithm


def test_a_key_without_a_name_and_an_elliptic_one_are_taken(fake: Fake):
    fake.header = {"alg": "RS256"}
    assert went(fake).subject == SUBJECT

    fake.key = ECKey.generate_key("P-256", {"kid": "curve"}, private=True)
    fake.header, fake.claims = {"alg": "ES256", "x-of-its-own": 1}, {"at_hash": ...}
    assert went(fake).subject == SUBJECT


def test_a_key_that_came_since_is_asked_for_once(fake: Fake):
    provider = fake.provider()
    provider.keys()
    fake.key = RSAKey.generate_key(2048, {"kid": "two"}, private=True)
    fake.header = {"alg": "RS256", "kid": "two"}
    url, begun = begin(provider, BACK, time.time())

    assert finish(provider, begun, fake.go(url), time.time()).subject == SUBJECT
    assert [path for path, _headers, _form in fake.asked].count("/keys") == 2


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b'{"access_token": 7, "id_token": "x"}',
        '{"access_token": "é", "id_token": "x"}'.encode(),
        b'{"access_token": "x"}',
        b'{"access_token": "x", "id_token": "x"}',
        b'{"access_token": "x", "id_token": "e30.e30.x"}',
        b'{"access_token": "x", "id_token": "W10.e30.x"}',
        b'{"access_token": "x", "id_token": "\xc3\xa9.e30.x"}',
    ],
)
def test_nonsense_in_place_of_tokens_brings_nobody_in(fake: Fake, body: bytes):
    fake.instead["/token"] = (200, {}, body)

    assert refused(fake) is Reason.UNPROVEN


def test_a_refused_code_brings_nobody_in(fake: Fake):
    fake.instead["/token"] = (400, {}, b'{"error": "invalid_grant"}')

    assert refused(fake) is Reason.UNPROVEN


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"state": "of another"}, Reason.OVER),
        ({"state": "é"}, Reason.OVER),
        ({"iss": "https://other.example"}, Reason.UNPROVEN),
        ({"error": "access_denied", "error_description": "ada@harbour.example"}, Reason.DENIED),
        ({"error": "server_error"}, Reason.ODD),
        ({"code": ""}, Reason.ODD),
        ({"code": "x" * 4001}, Reason.ODD),
    ],
)
def test_an_answer_that_is_not_to_what_was_asked_is_refused(fake: Fake, told: dict[str, str], reason: Reason):
    assert refused(fake, told) is reason


def test_a_provider_that_names_itself_must_do_so_each_time(fake: Fake):
    fake.metadata = {"authorization_response_iss_parameter_supported": True}

    assert refused(fake) is Reason.UNPROVEN
    assert went(fake, {"iss": fake.url}).subject == SUBJECT


def test_an_answer_of_another_provider_or_too_late_is_over(fake: Fake):
    provider = fake.provider()
    url, begun = begin(provider, BACK, time.time())
    back = fake.go(url)

    for kept in (
        replace(begun, issuer="https://the-one-before.example"),
        replace(begun, at=begun.at - 601),
        replace(begun, at=begun.at + 60),
    ):
        with pytest.raises(CompanyRefusal) as found:
            finish(provider, kept, back, time.time())
        assert found.value.reason is Reason.OVER


def test_userinfo_is_asked_only_for_what_the_token_lacks_and_believed_only_of_the_same_person(fake: Fake):
    went(fake)
    assert "/userinfo" not in [path for path, _headers, _form in fake.asked]

    fake.claims = {"email": ..., "email_verified": ..., "groups": ...}
    fake.userinfo = {"email": "Ada@Harbour.example", "email_verified": True, "groups": "drivers"}
    assert went(fake) == Identity(fake.url, SUBJECT, "ada@harbour.example", frozenset({"drivers"}))
    assert fake.asked[-1][1]["Authorization"] == "Bearer an-access-token"

    fake.userinfo = {"sub": "somebody-else"}
    assert refused(fake) is Reason.UNPROVEN
    fake.instead["/userinfo"] = (500, {}, b"{}")
    assert refused(fake) is Reason.UNPROVEN
    fake.metadata = {"userinfo_endpoint": "https://elsewhere.example/userinfo"}
    assert went(fake) == Identity(fake.url, SUBJECT, None, frozenset())
