"""One short question to the provider: bounded in time and size, sent to no other address."""

import http.client
import json
import socket
import threading
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from wellbeing.company.refusals import CompanyRefusal, Detail, Reason
from wellbeing.company_settings import Company

SECONDS = 3.0
LARGEST = 1_000_000


def ask(
    company: Company, url: object, headers: Mapping[str, str] | None = None, form: str | None = None
) -> tuple[int, Any]:
    """Return the status and the JSON that an address of the provider answers; raise CompanyRefusal.

    ``form`` is posted. No redirect is followed: whoever leads us elsewhere could speak for the provider.
    """
    if not isinstance(url, str) or not company.may_ask(url):
        raise CompanyRefusal(Reason.ODD, Detail.ELSEWHERE)
    connection = _connection(url)
    try:
        status, body = _answer(connection, url, headers or {}, form)
    except (OSError, http.client.HTTPException):
        raise CompanyRefusal(Reason.SILENT, Detail.NO_ANSWER) from None
    finally:
        connection.close()
    return status, _read(body)


def _connection(url: str) -> http.client.HTTPConnection:
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    return kind(str(parts.hostname), parts.port, timeout=SECONDS)


def _answer(
    connection: http.client.HTTPConnection, url: str, headers: Mapping[str, str], form: str | None
) -> tuple[int, bytes]:
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    sent = {"Accept": "application/json", **headers}
    if form is not None:
        sent["Content-Type"] = "application/x-www-form-urlencoded"
    connection.connect()
    # A socket's timeout begins anew with each byte: whoever sends one now and then would hold us for ever.
    hung_up = threading.Event()
    end = threading.Timer(SECONDS, _hang_up, [connection.sock, hung_up])
    end.start()
    try:
        connection.request("GET" if form is None else "POST", path, form, sent)
        with connection.getresponse() as answer:
            body = answer.read(LARGEST + 1)
            # A line that was hung up ends like an answer that is complete.
            if hung_up.is_set() or (answer.length and len(body) <= LARGEST):
                raise http.client.IncompleteRead(b"")
            return answer.status, body
    finally:
        end.cancel()


def _hang_up(line: socket.socket, hung_up: threading.Event) -> None:
    hung_up.set()
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:
        line.close()


def _read(body: bytes) -> Any:
    if len(body) > LARGEST:
        raise CompanyRefusal(Reason.ODD, Detail.TOO_LARGE)
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise CompanyRefusal(Reason.ODD, Detail.NO_JSON) from None
