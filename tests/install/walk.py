"""What a first admin does after the installer, over https as a tablet would: `walk.py NAME first CODE ROOT`.

At first the root is taken from the door and kept in the file ROOT; from then on nothing else is trusted.

Not a test of its own: `make test-install` runs it beside a site that it has installed into a clean Debian.
"""

import html
import http.client
import http.cookiejar
import re
import socket
import ssl
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

PATIENCE_SECONDS = 60
PASSWORD = "a walk round the block, twice"  # noqa: S105 -- a made-up admin's


class Connection(http.client.HTTPSConnection):
    """A connection to this machine, whatever name it asks for: no name server knows it here."""

    def connect(self) -> None:
        """Connect to loopback, and verify the certificate for the name."""
        plain = socket.create_connection(("127.0.0.1", self.port), self.timeout)
        self.sock = TRUSTED.wrap_socket(plain, server_hostname=self.host)


class Handler(urllib.request.HTTPSHandler):
    """Opens https addresses by such connections."""

    def https_open(self, asked: urllib.request.Request) -> http.client.HTTPResponse:
        """Open an address."""
        return self.do_open(Connection, asked)


TRUSTED = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
BROWSER = urllib.request.build_opener(
    Handler(), urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
)


def main(name: str, act: str, code: str, root: str) -> None:
    """Trust the root, and sign the first admin in with a code or with the password."""
    if act == "first":
        Path(root).write_bytes(patiently("http://127.0.0.1/root.crt"))
    TRUSTED.load_verify_locations(cadata=Path(root).read_text())
    site = f"https://{name}"
    patiently(f"{site}/readyz")
    page = BROWSER.open(f"{site}/{'first-time' if act == 'first' else 'sign-in'}")
    if act == "first":
        page = send(page, {"code": code})
        page = send(page, {"password": PASSWORD, "again": PASSWORD})
    else:
        page = send(page, {"login": "ada", "password": PASSWORD})
    text = page.read().decode()
    if page.status != 200 or "Ada Lindqvist" not in text:
        sys.exit(f"The first admin did not get in: {page.status} at {page.url}")
    print(f"The first admin is in, at {urllib.parse.urlsplit(page.url).path}.")


def patiently(address: str) -> bytes:
    """Return what an address answers as soon as it does."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with BROWSER.open(address, timeout=5) as answer:
                return bytes(answer.read())
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def send(page: http.client.HTTPResponse, typed: dict[str, str]) -> http.client.HTTPResponse:
    """Send the page's own form with what was typed, as a browser would."""
    text = page.read().decode()
    form = next(found for found in re.findall(r"<form.*?</form>", text, re.S) if _has(found, typed))
    fields = {_of(field, "name"): _of(field, "value") for field in re.findall(r"<input[^>]*>", form)}
    action = urllib.parse.urljoin(page.url, _of(form, "action")) if _of(form, "action") else page.url
    fields = {key: value for key, value in fields.items() if key} | typed
    sent = urllib.parse.urlencode(fields).encode()
    asked = urllib.request.Request(action, sent, {"Referer": page.url})  # noqa: S310 -- our own site's.
    return BROWSER.open(asked)


def _has(form: str, typed: dict[str, str]) -> bool:
    return all(f'name="{key}"' in form for key in typed)


def _of(tag: str, attribute: str) -> str:
    found = re.search(rf'\b{attribute}="([^"]*)"', tag)
    return html.unescape(found[1]) if found else ""


if __name__ == "__main__":
    main(*sys.argv[1:])
