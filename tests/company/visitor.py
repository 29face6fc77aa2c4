"""A visitor with cookies who follows redirects and fills in forms, over real HTTP."""

import re
from dataclasses import dataclass, field
from html import unescape
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import (
    BaseHandler,
    HTTPCookieProcessor,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
)


@dataclass
class Visitor:
    """What the visitor sees: the address and the page, after all redirects."""

    url: str = ""
    page: str = ""
    status: int = 0
    _opener: OpenerDirector = field(
        default_factory=lambda: build_opener(HTTPCookieProcessor(CookieJar()), ProxyHandler({}))
    )

    def open(self, url: str, fields: dict[str, str] | None = None) -> "Visitor":
        """Go to an address, or send a form there."""
        body = None if fields is None else urlencode(fields).encode()
        try:
            answer = self._opener.open(urljoin(self.url, url), body, timeout=20)
        except HTTPError as refused:
            answer = refused
        with answer:
            self.url, self.status, self.page = answer.url, answer.status, answer.read().decode()
        return self

    def watch(self, seen: list[str]) -> None:
        """Note every address that is asked for from now on, redirects too."""

        class Watcher(BaseHandler):
            def http_request(self, request: Request) -> Request:
                seen.append(request.full_url)
                return request

        self._opener.add_handler(Watcher())

    def send(self, to: str = "", **typed: str) -> "Visitor":
        """Fill in the form whose action holds ``to``, hidden fields and all, and send it."""
        form = next(
            found
            for found in re.findall(r"<form[^>]*>.*?</form>", self.page, re.S)
            if to in re.search(r'action="([^"]*)"', found)[1]
        )
        hidden = {name: unescape(value) for name, value in _fields(form)}
        return self.open(unescape(re.search(r'action="([^"]*)"', form)[1]), hidden | typed)

    def follow(self, words: str) -> "Visitor":
        """Follow the link with these words."""
        links = re.findall(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', self.page, re.S)
        return self.open(unescape(next(url for url, text in links if words in text)))

    def sign_in_at_provider(self, subject: str) -> "Visitor":
        """Say there who one is and agree, on the provider's own pages."""
        self.send("/interaction/", login=subject, password="any")
        return self.send("/interaction/")


def _fields(form: str) -> list[tuple[str, str]]:
    inputs = re.findall(r"<input[^>]*>", form)
    return [
        (name[1], value[1] if (value := re.search(r'value="([^"]*)"', one)) else "")
        for one in inputs
        if (name := re.search(r'name="([^"]*)"', one))
    ]
