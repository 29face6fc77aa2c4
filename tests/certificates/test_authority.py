"""The site's own authority: what it vouches for, for how long, and for nobody else; by real handshakes."""

import socket
import ssl
import threading
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519

from tests.cast import NOW
from wellbeing import clock
from wellbeing.certificates import authority
from wellbeing.certificates.authority import Where

SHOP = Where(("wind.home.arpa", "wind.local"), (ip_address("127.0.0.1"),))


def greeted(folder: Path, root: bytes, site: bytes, name: str) -> str:
    """Return how a client that trusts a root greets a server with a certificate, under a name."""
    (folder / "site.pem").write_bytes(site)
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(folder / "site.pem")
    asking = ssl.create_default_context(cadata=authority.certificate_of(root).decode())
    asking.verify_flags |= ssl.VERIFY_X509_STRICT
    ours, theirs = socket.socketpair()
    said: list[str] = []

    def serve() -> None:
        try:
            serving.wrap_socket(theirs, server_side=True).close()
        except OSError:
            said.append("closed")

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        with asking.wrap_socket(ours, server_hostname=name):
            return "trusted"
    except ssl.SSLCertVerificationError as refused:
        return refused.verify_message
    finally:
        ours.close()
        thread.join()
        theirs.close()


@pytest.mark.parametrize("name", ["wind.home.arpa", "wind.local", "127.0.0.1"])
def test_a_tablet_that_took_up_the_root_trusts_the_site(tmp_path: Path, name: str):
    now = clock.now()
    root = authority.new_root(SHOP, now)

    assert greeted(tmp_path, root, authority.new_site(root, SHOP, now), name) == "trusted"


@pytest.mark.parametrize(
    ("elsewhere", "name"),
    [
        (Where(("bank.example",)), "bank.example"),
        (Where(("home.arpa",)), "home.arpa"),
        (Where(("wind.home.arpa",), (ip_address("10.0.0.9"),)), "10.0.0.9"),
        (Where(("wind.home.arpa",), (ip_address("::1"),)), "::1"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_whoever_steals_the_root_can_be_no_other_site(tmp_path: Path, elsewhere: Where, name: str):
    now = clock.now()
    root = authority.new_root(SHOP, now)

    said = greeted(tmp_path, root, authority.new_site(root, elsewhere, now), name)

    assert "subtree violation" in said


def test_a_root_for_a_name_alone_vouches_for_no_address(tmp_path: Path):
    now = clock.now()
    root = authority.new_root(Where(("wind.home.arpa",)), now)

    assert "subtree violation" in greeted(tmp_path, root, authority.new_site(root, SHOP, now), "127.0.0.1")


def test_another_root_is_not_trusted(tmp_path: Path):
    now = clock.now()
    site = authority.new_site(authority.new_root(SHOP, now), SHOP, now)

    assert greeted(tmp_path, authority.new_root(SHOP, now), site, "wind.local") != "trusted"


@pytest.mark.parametrize(
    ("later", "due"),
    [(timedelta(), False), (timedelta(days=335), False), (timedelta(days=337), True)],
    ids=["new", "eleven months old", "a year old"],
)
def test_a_certificate_is_renewed_two_months_before_its_end(later: timedelta, due: bool):
    root = authority.new_root(SHOP, NOW)
    site = authority.new_site(root, SHOP, NOW)

    assert authority.is_due(site, root, NOW + later) is due


def test_a_certificate_of_another_root_is_made_anew():
    site = authority.new_site(authority.new_root(SHOP, NOW), SHOP, NOW)

    assert authority.is_due(site, authority.new_root(SHOP, NOW), NOW)


def test_what_it_stands_for_can_be_read_again():
    root = authority.new_root(SHOP, NOW)

    assert authority.where_of(authority.new_site(root, SHOP, NOW)) == SHOP
    assert authority.valid_until(root) == datetime(2036, 3, 2, 11, 30, tzinfo=NOW.tzinfo)
    assert authority.fingerprint(root).count(":") == 31


def test_the_key_stays_when_the_certificate_goes_out():
    assert b"PRIVATE" not in authority.certificate_of(authority.new_root(SHOP, NOW))


def test_a_key_of_another_kind_is_no_roots():
    form, pem = serialization.PrivateFormat.PKCS8, serialization.Encoding.PEM
    alien = ed25519.Ed25519PrivateKey.generate().private_bytes(pem, form, serialization.NoEncryption())
    root = authority.certificate_of(authority.new_root(SHOP, NOW))

    with pytest.raises(ValueError, match="not one that this site made"):
        authority.new_site(alien + root, SHOP, NOW)
