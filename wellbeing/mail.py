"""Sending e-mail: one letter to one address, over a way that is verified where it is protected."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from email.policy import SMTP as AS_SENT
from email.utils import formatdate, make_msgid

from wellbeing.mail_settings import Mail, Security

# Seconds for each answer of the server; the jobs wait meanwhile.
TIMEOUT = 15
# Seconds for its answer once it has a letter: it may look at it for long (RFC 5321, 4.5.3.2).
LETTER_TIMEOUT = 120
REFUSED = 400


class NoAnswer(smtplib.SMTPException):
    """The server was given a letter and did not say what became of it: it may have taken it."""


def letter(mail: Mail, to: str, subject: str, text: str) -> EmailMessage:
    """Return a plain letter; a line break in an address or a subject raises ValueError."""
    message = EmailMessage()
    message["From"] = mail.sender
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = formatdate(usegmt=True)
    message["Message-ID"] = make_msgid(domain=_domain(mail))
    # So that no holiday reply comes back.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message


def _domain(mail: Mail) -> str:
    return mail.sender.rpartition("@")[2]


@contextmanager
def connected(mail: Mail) -> Iterator[smtplib.SMTP]:
    """Yield the mail server, ready to take letters; raise OSError or SMTPException where it is not."""
    verified = ssl.create_default_context()
    where = {"host": mail.host, "port": mail.port, "local_hostname": _domain(mail), "timeout": TIMEOUT}
    with _opened(mail, where, verified) as server:
        if mail.security is Security.STARTTLS:
            server.starttls(context=verified)
        if mail.login:
            server.login(*mail.login)
        server.ehlo_or_helo_if_needed()
        yield server


def _opened(mail: Mail, where: dict, verified: ssl.SSLContext) -> smtplib.SMTP:
    if mail.security is Security.TLS:
        return smtplib.SMTP_SSL(**where, context=verified)
    return smtplib.SMTP(**where)


def send(server: smtplib.SMTP, message: EmailMessage) -> None:
    """Hand a letter over to its one receiver.

    Raises NoAnswer where the server may have taken it. After any other error it has not: one of
    SMTPSenderRefused, SMTPRecipientsRefused and SMTPDataError where it said no, else the way to it broke.
    """
    sender, to = str(message["From"]), str(message["To"])
    code, answer = server.mail(sender)
    if code >= REFUSED:
        raise smtplib.SMTPSenderRefused(code, answer, sender)
    code, answer = server.rcpt(to)
    if code >= REFUSED:
        _begin_anew(server)
        raise smtplib.SMTPRecipientsRefused({to: (code, answer)})
    code, answer = _given(server, message.as_bytes(policy=AS_SENT))
    if code >= REFUSED:
        _begin_anew(server)
        raise smtplib.SMTPDataError(code, answer)


def _begin_anew(server: smtplib.SMTP) -> None:
    """Let the next letter go by the same connection; where that is gone, the next one finds out."""
    with suppress(smtplib.SMTPServerDisconnected):
        server.rset()


def _given(server: smtplib.SMTP, letter: bytes) -> tuple[int, bytes]:
    _wait_for(server, LETTER_TIMEOUT)
    try:
        found = server.data(letter)
    except smtplib.SMTPDataError as refused:  # It did not even want to begin.
        return refused.smtp_code, b""
    except (OSError, smtplib.SMTPException) as error:
        raise NoAnswer from error
    _wait_for(server, TIMEOUT)
    return found


def _wait_for(server: smtplib.SMTP, seconds: int) -> None:
    server.sock.settimeout(seconds)  # type: ignore[union-attr]
