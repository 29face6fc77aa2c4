"""The plain-http door: the root for tablets, the way to https, and nothing else."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.cast import NOW
from tests.test_serve import FakeGranian
from wellbeing import door
from wellbeing.certificates import authority, kept
from wellbeing.certificates.authority import Where


@pytest.fixture
def at_door(tmp_path: Path) -> FlaskClient:
    """A tablet at the door of a shop."""
    kept.make(tmp_path, Where(("wind.home.arpa",)), NOW)
    return door.create_door(tmp_path).test_client()


def test_a_tablet_takes_the_root_without_its_key(at_door: FlaskClient):
    answer = at_door.get("/root.crt")

    assert answer.content_type == "application/x-x509-ca-cert"
    assert answer.data.startswith(b"-----BEGIN CERTIFICATE-----")
    assert b"PRIVATE" not in answer.data


def test_the_page_says_how_and_where_the_number_to_compare_stands(at_door: FlaskClient):
    page = at_door.get("/").text

    # A number on this page itself would prove nothing: whoever forges the root forges the page.
    assert authority.fingerprint(at_door.get("/root.crt").data) not in page
    assert "the one that “flask https show” prints in the server" in page
    assert all(f"<dt>{name}</dt>" in page for name in ("Android", "iPad", "Windows", "macOS"))
    assert 'href="https://wind.home.arpa/counter"' in page


def test_it_speaks_the_tablets_language(at_door: FlaskClient):
    assert 'lang="es"' in at_door.get("/", headers={"Accept-Language": "es"}).text


def test_everything_else_is_at_the_sites_own_name_whatever_was_asked(at_door: FlaskClient):
    answer = at_door.get("/counter", headers={"Host": "elsewhere.example"})

    assert (answer.status_code, answer.location) == (308, "https://wind.home.arpa/counter")


def test_it_is_strict_and_frames_in_nothing(at_door: FlaskClient):
    headers = at_door.get("/").headers

    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"


def test_without_certificates_it_says_so(tmp_path: Path):
    answer = door.create_door(tmp_path).test_client().get("/")

    assert (answer.status_code, answer.text) == (503, "This site has no certificates of its own.\n")


def test_it_is_served_to_the_whole_network(monkeypatch: pytest.MonkeyPatch):
    for name in ("HOST", "PORT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(door, "Granian", FakeGranian)

    door.main()

    told = FakeGranian.told
    assert (FakeGranian.served, told["address"], told["port"], told["factory"]) == (1, "0.0.0.0", 80, True)  # noqa: S104
