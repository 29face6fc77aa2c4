"""What the provider says of itself: asked for late, kept, bounded, and believed only from its own hosts."""

import json
import threading
import time
from collections.abc import Iterator

import pytest
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

from tests.company.conftest import company_at
from tests.company.fake import Fake, fake_provider
from wellbeing.company import asking, provider
from wellbeing.company.provider import Provider
from wellbeing.company.refusals import CompanyRefusal, Detail, Reason

WELL_KNOWN = "/.well-known/openid-configuration"


@pytest.fixture
def fake() -> Iterator[Fake]:
    with fake_provider() as running:
        yield running


def refused(asked: Provider) -> CompanyRefusal:
    asked.forget()
    with pytest.raises(CompanyRefusal) as found:
        asked.keys()
    return found.value


def test_nothing_is_asked_before_it_is_needed_and_then_once(fake: Fake):
    asked = fake.provider()
    assert fake.asked == []

    asked.keys()
    asked.keys()
    assert [path for path, _headers, _form in fake.asked] == [WELL_KNOWN, "/keys"]


def test_after_an_hour_it_is_asked_again(fake: Fake, monkeypatch: pytest.MonkeyPatch):
    asked = fake.provider()
    asked.keys()
    monkeypatch.setattr(provider, "KEPT_SECONDS", -1.0)
    asked.keys()

    assert len(fake.asked) == 4


def test_after_a_failure_others_do_not_wait_too(fake: Fake, monkeypatch: pytest.MonkeyPatch):
    asked = fake.provider()
    fake.instead[WELL_KNOWN] = (503, {}, b"{}")
    for _each in range(3):
        with pytest.raises(CompanyRefusal, match="description .503"):
            asked.described()
    assert len(fake.asked) == 1

    monkeypatch.setattr(provider, "REST_SECONDS", -1.0)
    fake.instead.clear()
    assert asked.described().token == fake.url + "/token"


@pytest.mark.parametrize(
    "said",
    [
        {"issuer": "https://other.example"},
        {"issuer": ["x"]},
        {"token_endpoint": "https://elsewhere.example/token"},
        {"token_endpoint": None},
        {"jwks_uri": "http://127.0.0.1:1/keys"},
        {"jwks_uri": "file:///etc/passwd"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": "http://[::1/broken"},
        {"authorization_endpoint": "http://ada:secret@127.0.0.1/authorize"},
    ],
    ids=str,
)
def test_an_address_that_is_not_its_own_is_not_believed(fake: Fake, said: dict[str, object]):
    fake.metadata = said

    assert refused(fake.provider()).reason is Reason.ODD


def test_another_host_is_asked_where_the_settings_name_it(fake: Fake):
    with fake_provider() as other:
        other.key = fake.key
        fake.metadata = {"jwks_uri": other.url + "/keys"}
        assert refused(fake.provider()).reason is Reason.ODD
        assert other.asked == []

        assert len(fake.provider(OIDC_HOSTS=other.url.removeprefix("http://")).keys()) == 1


@pytest.mark.parametrize("path", [WELL_KNOWN, "/keys"])
@pytest.mark.parametrize(
    "instead",
    [
        (302, {"Location": "http://127.0.0.1:1/"}, b"{}"),
        (500, {}, b"{}"),
        (200, {}, b"[1]"),
        (200, {}, b"<html>"),
        (200, {}, b"\xff"),
        (200, {}, b"[" * 100_000),
        (200, {}, b" " * 5_000_000),
    ],
    ids=["redirect", "500", "list", "html", "bytes", "deep", "5 MB"],
)
def test_an_odd_answer_is_refused_and_no_redirect_followed(
    fake: Fake, path: str, instead: tuple[int, dict[str, str], bytes]
):
    fake.instead[path] = instead

    assert refused(fake.provider()).reason is Reason.ODD


def test_silence_and_a_byte_now_and_then_both_end_in_time(fake: Fake, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(asking, "SECONDS", 0.2)
    fake.seconds_a_byte = 0.05
    begun = time.monotonic()
    assert refused(fake.provider()).reason is Reason.SILENT
    assert time.monotonic() - begun < 2

    fake.seconds_a_byte = 0
    fake.instead[WELL_KNOWN] = (200, {"Content-Length": "100"}, b"{}")
    assert refused(fake.provider()).reason is Reason.SILENT
    assert refused(Provider(company_at("http://127.0.0.1:1"))).reason is Reason.SILENT


def test_a_line_that_is_gone_is_hung_up_quietly(fake: Fake):
    line = asking._connection(fake.url)
    line.connect()
    line.sock.close()

    hung_up = threading.Event()
    asking._hang_up(line.sock, hung_up)

    assert hung_up.is_set()


def test_https_is_spoken_where_the_address_says_so():
    company = company_at("https://127.0.0.1:1")

    with pytest.raises(CompanyRefusal, match="silent"):
        asking.ask(company, "https://127.0.0.1:1/keys")
    with pytest.raises(CompanyRefusal, match="an address outside"):
        asking.ask(company, "http://127.0.0.1:1/keys")
    with pytest.raises(CompanyRefusal, match="an address outside"):
        asking.ask(company, None)


def test_only_public_keys_for_signatures_are_kept(fake: Fake):
    weak = {"kty": "RSA", "e": "AQAB", "n": "AQAB"}
    good = fake.key.as_dict(private=False)
    others = [
        weak,
        OctKey.generate_key(256).as_dict(private=True),
        OKPKey.generate_key("Ed25519").as_dict(private=False),
        {**good, "use": "enc"},
        {"kty": "EC", "crv": "P-256"},
        {**good, "n": "é" * 400},
        7,
        None,
    ]
    curve = ECKey.generate_key("P-384", private=False).as_dict(private=False)
    fake.instead["/keys"] = (200, {}, json.dumps({"keys": [*others, good, curve]}).encode())
    assert [key.key_type for key in fake.provider().keys()] == ["RSA", "EC"]

    for listed in (others, {}, "x", [[]]):
        fake.instead["/keys"] = (200, {}, json.dumps({"keys": listed}).encode())
        assert refused(fake.provider()).detail == Detail.NO_KEY


def test_no_more_keys_are_read_than_anybody_has(fake: Fake):
    many = [RSAKey.generate_key(2048, private=False).as_dict(private=False)] * 60
    fake.instead["/keys"] = (200, {}, json.dumps({"keys": many}).encode())

    assert len(fake.provider().keys()) == provider.MOST_KEYS
