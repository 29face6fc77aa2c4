"""What people read of a page or a catalogue, for tests of languages."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from babel.messages import Message

# The product's name, and each language by its own name.
SAME_EVERYWHERE = frozenset({"Second Wind", "English", "Español"})
READ_ALOUD = ("alt", "aria-label", "placeholder", "title")


# Tags that nothing stands in, and that nothing closes.
EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Reader(HTMLParser):
    """Collects what somebody reads or hears of a page: texts, and attributes that are read aloud.

    What stands in an element that names another language than the page's is meant to be in that one.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.silent = 0
        self.languages: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.silent += tag in ("script", "style")
        if tag not in EMPTY:
            self.languages.append((tag, dict(attributes).get("lang") or self.spoken))
        self.found |= {
            " ".join(value.split()) for name, value in attributes if name in READ_ALOUD and has_word(value)
        }

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("script", "style")
        while self.languages and self.languages.pop()[0] != tag:
            continue

    @property
    def spoken(self) -> str:
        """The language of what stands here."""
        return self.languages[-1][1] if self.languages else ""

    def handle_data(self, text: str) -> None:
        page = self.languages[0][1] if self.languages else ""
        if not self.silent and self.spoken == page and has_word(text):
            self.found.add(" ".join(text.split()))


def has_word(text: str | None) -> bool:
    return bool(re.search(r"[^\W\d_]{2}", text or ""))


def pairs(message: Message) -> Iterator[tuple[str, str]]:
    """Yield each form of a message with its translation."""
    if isinstance(message.id, str):
        yield message.id, str(message.string)
    else:
        yield from zip(message.id, message.string, strict=True)
