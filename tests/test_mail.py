"""Letters: plain, to one address, over a way that is verified where it is protected."""

import datetime
import smtplib
import ssl
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.fixtures.post import OpenPost, Post
from wellbeing import mail
from wellbeing.mail_settings import Security


def test_a_letter_arrives_with_its_words_and_nothing_about_the_machine(post: Post):
    sent = mail.letter(
        post.mail(), "alba@example.org", "Second Wind: 2–8 Mar", "Two lines,\nin Spanish: sí.\n"
    )

    with mail.connected(post.mail()) as server:
        mail.send(server, sent)

    [(address, letter)] = post.letters
    assert (address, letter["To"], letter["From"]) == (
        "alba@example.org",
        "alba@example.org",
        "wind@example.org",
    )
    assert letter["Subject"] == "Second Wind: 2–8 Mar"
    assert letter.get_content() == "Two lines,\nin Spanish: sí.\n"
    assert letter["Message-ID"].endswith("@example.org>")
    assert letter["Auto-Submitted"] == "auto-generated"


def test_a_line_that_begins_with_a_dot_arrives_and_ends_no_letter(post: Post):
    with mail.connected(post.mail()) as server:
        mail.send(server, mail.letter(post.mail(), "alba@example.org", "Word", "One\n.\n.two\n"))

    assert post.letters[0][1].get_content() == "One\n.\n.two\n"


def test_a_server_that_wants_no_letters_of_ours_says_so_at_the_sender(post: Post):
    post.to_senders = "451 come back later"

    with mail.connected(post.mail()) as server, pytest.raises(smtplib.SMTPSenderRefused):
        mail.send(server, mail.letter(post.mail(), "alba@example.org", "Word", "text"))
    assert post.letters == []


def test_a_server_that_does_not_let_a_letter_begin_has_not_got_it(post: Post, monkeypatch):
    monkeypatch.setattr(smtplib.SMTP, "data", no_beginning)

    with mail.connected(post.mail()) as server, pytest.raises(smtplib.SMTPDataError):
        mail.send(server, mail.letter(post.mail(), "alba@example.org", "Word", "text"))


def no_beginning(_server: smtplib.SMTP, _letter: bytes) -> None:
    raise smtplib.SMTPDataError(451, b"not now")


@pytest.mark.parametrize("broken", ["alba@example.org\nBcc: x@example.org", "alba@example.org\r\nX: y"])
def test_no_line_break_gets_into_a_header(post: Post, broken: str):
    with pytest.raises(ValueError):
        mail.letter(post.mail(), broken, "Word", "text")
    with pytest.raises(ValueError):
        mail.letter(post.mail(), "alba@example.org", broken, "text")


def self_signed(folder: Path) -> ssl.SSLContext:
    """Return the context of a server that vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.example.org")])
    start = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(start + datetime.timedelta(days=36500))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "server.pem").write_bytes(key.private_bytes(pem, *plain) + made.public_bytes(pem))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "server.pem")
    return context


def test_a_server_that_vouches_for_itself_gets_no_letter(open_post: OpenPost, tmp_path: Path):
    post = open_post(tls=self_signed(tmp_path))

    with pytest.raises(ssl.SSLCertVerificationError), mail.connected(post.mail(Security.STARTTLS)):
        pass
    assert post.letters == []


def test_a_server_without_starttls_gets_neither_password_nor_letter(post: Post):
    settings = replace(post.mail(Security.STARTTLS), login=("wind", "secret"))

    with pytest.raises(smtplib.SMTPNotSupportedError), mail.connected(settings):
        pass


class Server:
    """Stands for a server that TLS protects from the first byte."""

    def __init__(self, **told: object) -> None:
        self.told = told

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_error: object) -> None:
        self.left = True

    def login(self, *login: str) -> None:
        self.logged_in = login

    def ehlo_or_helo_if_needed(self) -> None:
        self.greeted = True


def test_tls_from_the_first_byte_is_verified_and_the_password_comes_after_it(
    post: Post, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(smtplib, "SMTP_SSL", Server)
    settings = replace(post.mail(Security.TLS), login=("wind", "secret"))

    with mail.connected(settings) as server:
        context = server.told["context"]

    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert server.told["timeout"] == mail.TIMEOUT
    assert server.logged_in == ("wind", "secret")
