"""Where e-mail goes out: said by the environment, refused where it could not be trusted, never quoted."""

import secrets

import pytest

from wellbeing.config import SECRETS, ConfigError, load
from wellbeing.mail_settings import MailRefused, Security, is_address, mail_of

GOOD = {
    "SMTP_URL": "smtps://wind:p%40ss@mail.example.org",
    "MAIL_FROM": "wind@example.org",
    "SITE_URL": "https://wind.example.org/",
}


def test_a_site_without_a_mail_server_sends_no_mail():
    assert mail_of({}) is None
    assert mail_of(GOOD | {"SMTP_URL": ""}) is None


def test_everything_is_read_from_three_settings():
    mail = mail_of(GOOD)

    assert (mail.host, mail.port, mail.security) == ("mail.example.org", 465, Security.TLS)
    assert mail.login == ("wind", "p@ss")
    assert (mail.sender, mail.site_url) == ("wind@example.org", "https://wind.example.org")
    assert "p@ss" not in repr(mail)


@pytest.mark.parametrize(
    ("url", "port", "security", "login"),
    [
        ("smtp://localhost", 25, Security.NONE, None),
        ("smtp://wind:secret@127.0.0.1:1025/", 1025, Security.NONE, ("wind", "secret")),
        ("smtp+starttls://wind:secret@mail.example.org", 587, Security.STARTTLS, ("wind", "secret")),
    ],
)
def test_the_way_to_the_server_is_said_by_its_address(url, port, security, login):
    mail = mail_of(GOOD | {"SMTP_URL": url})

    assert (mail.port, mail.security, mail.login) == (port, security, login)


@pytest.mark.parametrize(
    ("wrong", "because"),
    [
        ({"SMTP_URL": "https://wind:hidden@mail.example.org"}, "SMTP_URL is smtps://"),
        ({"SMTP_URL": "smtps://mail.example.org/hidden"}, "SMTP_URL is smtps://"),
        ({"SMTP_URL": "smtp://wind:hidden@mail.example.org"}, "password unprotected"),
        ({"SMTP_URL": "smtps://wind@mail.example.org"}, "both a user and a password"),
        ({"SMTP_URL": "smtps://:hidden@mail.example.org"}, "both a user and a password"),
        ({"SMTP_URL": "smtps://"}, "SMTP_URL is no address"),
        ({"SMTP_URL": "smtps://mail.example.org:hidden"}, "SMTP_URL is no address"),
        ({"SMTP_URL": "smtps://mail.example.org?hidden"}, "SMTP_URL is no address"),
        ({"SMTP_URL": "smtps://mail .example.org"}, "SMTP_URL is no address"),
        ({"MAIL_FROM": ""}, "MAIL_FROM"),
        ({"MAIL_FROM": "wind@example.org\nBcc: hidden@example.org"}, "MAIL_FROM"),
        ({"SITE_URL": ""}, "SITE_URL"),
        ({"SITE_URL": "wind.example.org"}, "SITE_URL is no address"),
        ({"SITE_URL": "ftp://wind.example.org"}, "SITE_URL"),
        ({"SITE_URL": "https://wind:hidden@wind.example.org"}, "SITE_URL"),
    ],
)
def test_what_makes_no_sense_is_refused_and_never_quoted(wrong, because):
    with pytest.raises(MailRefused, match=because) as refused:
        mail_of(GOOD | wrong)

    assert "hidden" not in str(refused.value)


def test_a_site_does_not_start_with_a_mail_server_it_could_not_use(tmp_path):
    given = {name: secrets.token_urlsafe(32) for name in SECRETS}

    with pytest.raises(ConfigError, match="SITE_URL"):
        load(given | GOOD | {"SITE_URL": ""}, tmp_path)
    assert load(given | GOOD, tmp_path).mail == mail_of(GOOD)
    assert load(given, tmp_path).mail is None


@pytest.mark.parametrize("text", ["alba@example.org", "a.b+c@mail.example.co.uk", "o'neil@example.org"])
def test_an_address_in_plain_letters_is_taken(text: str):
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "alba", "alba@", "@example.org", "alba@example", "alba@example..org", "al ba@example.org"),
        *("alba@example.org\n", "alba@example.org\r\nBcc: x@example.org", "alba@example.org, x@example.org"),
        *("Alba <alba@example.org>", "ñandú@example.org", f"{'a' * 65}@example.org", f"a@{'b.' * 130}org"),
    ],
)
def test_anything_else_is_no_address(text: str):
    assert not is_address(text)
