"""Sending e-mail: one letter to one address, over a way that is verified where it is protected."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from wellbeing.mail_settings import Mail, Security

# Seconds for each answer of the server; the jobs wait meanwhile.
TIMEOUT = 15


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
        yield server


def _opened(mail: Mail, where: dict, verified: ssl.SSLContext) -> smtplib.SMTP:
    if mail.security is Security.TLS:
        return smtplib.SMTP_SSL(**where, context=verified)
    return smtplib.SMTP(**where)
