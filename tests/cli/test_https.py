"""`flask https`: certificates for a shop network, and the picture that tablets scan."""

import pytest
from flask import Flask

from wellbeing.certificates import kept


def run(app: Flask, *arguments: str) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=["https", *arguments])
    return done.exit_code, done.output


def test_certificates_are_made_renewed_and_shown(app: Flask):
    assert run(app, "renew") == (0, "There is nothing to renew.\n")

    code, said = run(app, "make", "Wind.Home.Arpa.", "--address", "192.168.1.20")
    assert code == 0
    assert "Made certificates for wind.home.arpa, 192.168.1.20." in said

    code, said = run(app, "show")
    assert code == 0
    assert "open http://192.168.1.20/ there" in said
    assert "▄" in said


def test_a_site_without_an_address_is_found_by_its_name(app: Flask):
    run(app, "make", "wind.local")

    assert "open http://wind.local/ there" in run(app, "show")[1]


def test_a_certificate_about_to_run_out_is_renewed(app: Flask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(kept, "renew", lambda _instance, _now: True)

    assert run(app, "renew") == (0, "The certificate was renewed.\n")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["make", "wind shop"], "'wind shop' is no name of a machine"),
        (["make", "192.168.1.20"], "'192.168.1.20' is no name of a machine"),
        (["make", "a" * 254], "is no name of a machine"),
        (["make", "wind.local", "--address", "192.168.1"], "'192.168.1' is no address"),
        (["show"], "site.pem cannot be read"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(app: Flask, arguments: list[str], why: str):
    code, said = run(app, *arguments)

    assert code == 1
    assert why in said


def test_certificates_are_there_for_good(app: Flask):
    run(app, "make", "wind.local")

    code, said = run(app, "make", "wind.local")
    assert (code, "say --again" in said) == (1, True)
    assert run(app, "make", "wind.local", "--again")[0] == 0


def test_a_root_that_cannot_be_read_is_named_at_renewal(app: Flask):
    run(app, "make", "wind.local")
    kept.site_in(app.extensions["config"].instance).unlink()

    assert "site.pem cannot be read" in run(app, "renew")[1]
