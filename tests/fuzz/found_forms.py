"""The forms of a page, as a browser sees them: where each is sent, and with which fields."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

TYPED = {"input", "textarea", "select", "button"}


@dataclass
class Form:
    """A form: its address and method, and for each field what it would send as it stands."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)

    @property
    def shape(self) -> tuple[str, str, tuple[str, ...]]:
        """What makes two forms the same to whoever tries them."""
        return self.action, self.method, tuple(sorted(self.fields))


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.found: list[Form] = []
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            action, method = told.get("action") or self.page, told.get("method", "get").upper()
            self.found.append(Form(action, method))
        elif self.found and tag == "option":
            self.found[-1].fields.setdefault(self.select, []).append(told.get("value", ""))
        elif self.found and tag in TYPED and told.get("name"):
            self._field(tag, told)

    def _field(self, tag: str, told: dict[str, str]) -> None:
        self.select = told["name"] if tag == "select" else self.select
        if told.get("type") == "file":
            self.found[-1].files.add(told["name"])
        values = self.found[-1].fields.setdefault(told["name"], [])
        if tag != "select":
            values.append(told.get("value", "on" if told.get("type") in ("checkbox", "radio") else ""))


def forms_in(page: str, text: str) -> list[Form]:
    """Return the forms of a page that was found at an address."""
    reader = _Reader(page)
    reader.feed(text)
    return reader.found
