"""A provider that misbehaves as it is told to: what no real one can be made to do."""

import json
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from authlib.oidc.core.util import create_half_hash
from joserfc import jwt
from joserfc.jwk import Key, RSAKey
from joserfc.jws import JWSRegistry

from tests.company.conftest import company_at
from wellbeing.company.provider import Provider

ACCESS_TOKEN = "an-access-token"
SUBJECT = "ada-at-work"


@cache
def _key() -> Key:
    """Return a key that all fakes share: to make one takes longer than most tests."""
    return RSAKey.generate_key(2048, {"kid": "one"}, private=True)


@dataclass
class Fake:
    """What it answers at each path, and what it was asked."""

    url: str = ""
    key: Key = field(default_factory=_key)
    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=lambda: {"alg": "RS256", "kid": "one"})
    signs_with: Key | None = None
    metadata: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    # In place of an answer: status, headers, body; or seconds to wait before each byte of it.
    instead: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    seconds_a_byte: float = 0
    asked: list[tuple[str, dict[str, str], dict[str, list[str]]]] = field(default_factory=list)
    nonce: str = ""

    def provider(self, **more: str) -> Provider:
        """Return it as the site knows it."""
        return Provider(company_at(self.url, **more))

    def go(self, url: str) -> dict[str, str]:
        """Do what a browser does there, and return what it brings back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        self.nonce = asked["nonce"]
        return {"code": "a-code", "state": asked["state"]}

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        """Return what is at a path."""
        if path in self.instead:
            return self.instead[path]
        found: Any = {
            "/.well-known/openid-configuration": self._metadata,
            "/keys": lambda: {"keys": [self.key.as_dict(private=False)]},
            "/token": self._tokens,
            "/userinfo": lambda: {"sub": SUBJECT, **self.userinfo},
        }[path]()
        return 200, {}, json.dumps(found).encode()

    def _metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": self.url + "/authorize",
            "token_endpoint": self.url + "/token",
            "jwks_uri": self.url + "/keys",
            "userinfo_endpoint": self.url + "/userinfo",
            **self.metadata,
        }

    def _tokens(self) -> dict[str, Any]:
        return {"access_token": ACCESS_TOKEN, "token_type": "Bearer", "id_token": self.token()}

    def token(self) -> str:
        """Return a token of identity, as good as its claims and header."""
        now = int(time.time())
        good = {
            "iss": self.url,
            "sub": SUBJECT,
            "aud": "second-wind",
            "exp": now + 300,
            "iat": now,
            "nonce": self.nonce,
            "at_hash": create_half_hash(ACCESS_TOKEN, "RS256").decode(),
            "email": "ada@harbour.example",
            "email_verified": True,
            "groups": [],
        }
        claims = {name: value for name, value in {**good, **self.claims}.items() if value is not ...}
        if self.header["alg"] == "none":
            parts = (json.dumps(part).encode() for part in (self.header, claims))
            return ".".join(urlsafe_b64encode(part).decode().rstrip("=") for part in parts) + "."
        registry = JWSRegistry(algorithms=[self.header["alg"]], strict_check_header=False)
        return jwt.encode(self.header, claims, self.signs_with or self.key, registry=registry)


@contextmanager
def fake_provider() -> Iterator[Fake]:
    """Run one on this machine."""
    fake = Fake()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802
            self._answer({})

        def do_POST(self) -> None:  # noqa: N802
            self._answer(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))

        def _answer(self, form: dict[str, list[str]]) -> None:
            fake.asked.append((self.path, dict(self.headers), form))
            status, headers, body = fake.answer(self.path)
            try:
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                for at in range(len(body)) if fake.seconds_a_byte else ():
                    time.sleep(fake.seconds_a_byte)
                    self.wfile.write(body[at : at + 1])
                if not fake.seconds_a_byte:
                    self.wfile.write(body)
            except OSError:
                self.close_connection = True

        def log_message(self, *_about: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    fake.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield fake
    server.shutdown()
    thread.join()
    server.server_close()
