"""Everything that everybody can get to see: each route, by each role, in each format and language."""

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from tests.attacks.routes import GET, Kind, doors
from tests.cast import PASSWORD, Cast, pin_of
from tests.counter.boxes import entry
from wellbeing import phones, site
from wellbeing.models.base import db

# Who looks: nobody in particular, staff of a large and of a tiny team, a manager, HR, the admin, a tablet.
STRANGER, TABLET = "stranger", "tablet"
PEOPLE = {"staff": "Jun", "staff of a tiny team": "Xenia", "manager": "Alba", "HR": "Hilde", "admin": "Ada"}
ROLES = (STRANGER, *PEOPLE, TABLET)

UNKNOWN = 999
# What stands for a parameter in an address: every record of its kind, and one that does not exist.
FILLINGS = {
    "unit_id": lambda cast: [*sorted(cast.units.values()), UNKNOWN],
    "tablet_id": lambda cast: [1, UNKNOWN],
    "case_id": lambda cast: [1, UNKNOWN],
    "notice_id": lambda cast: [1, UNKNOWN],
    "report_id": lambda cast: [1, UNKNOWN],
    "request_id": lambda cast: [1, UNKNOWN],
    "name": lambda cast: ["behaviour", "no-such-list"],
    "filename": lambda cast: ["css/base.css", "no-such-file.css"],
    "kind": lambda cast: ["message", "policy", "no-such-kind"],
    "key": lambda cast: ["new", "end-contact", "no-such-text"],
    "which": lambda cast: ["notice", "assessment", "records", "no-such-paper"],
    "sha256": lambda cast: ["a" * 64],
    "step": lambda cast: ["headline", "1", "no-such-step"],
    "format": lambda cast: ["csv", "json", "pdf", "xlsx", "no-such-format"],
}
# Questions beside the bare address: the formats, and some that make no sense.
QUERIES = {
    "team.team_mood": ("weeks=1", "weeks=0", "from=2026-03-04&to=2026-03-10", "from=x", "q=serv", "page=2"),
    "external.external_page": ("unit=3&unit=4&from=1&to=4", "unit=999&from=1&to=1", "from=9"),
    "external.external_csv": ("unit=3&unit=4&unit=5&from=1&to=4", "unit=3&from=1&to=2", "unit=x"),
    "looked.log": ("page=2", "page=0"),
    "audit_log.log": ("kind=people&unit=3", "kind=nothing", "page=0"),
    "audit_log.log_file": ("kind=people&unit=3",),
    "privacy.one": ("version=1", "version=0", "version=x"),
    "talk.wall": ("before=1", "before=x"),
    "hr.summaries": ("unit=3&from=1&to=2", "unit=4&unit=5&from=1&to=4", "unit=999&from=1&to=1", "from=9"),
    "hr.summaries_file": ("unit=3&from=1&to=2", "unit=3&unit=4&from=1&to=4", "unit=1&from=2&to=1", "unit=x"),
}
LANGUAGES = ("en", "es")
# Led to another page, unknown, or not there for whoever asks.
CLOSED = {302, 401, 404}
# The tablet's questions; a person's PIN opens nothing but their own name.
ASKED_AT_THE_COUNTER = (
    {"act": "find", "q": "so"},
    {"act": "find", "q": "em"},
    {"act": "who", "person": UNKNOWN, "pin": "0000"},
    {"act": "undo", "handles": ["made up"]},
    {"act": "cover_taken", "cover": UNKNOWN},
    {"act": "told", "audience": UNKNOWN, "told": True},
    {"act": "say", "what": "moment", "text": "Ring 611 222 333."},
    {"act": "join", "person": UNKNOWN, "pin": "0000", "pledge": "We smile.", "joined": True},
    {"act": "own_sign_in", "person": UNKNOWN, "pin": "0000"},
    {"act": "no such act"},
)

ASKED_ON_A_PHONE = (
    {"act": "undo", "handles": ["made up"]},
    {"act": "check_in", "mood": 3, "phone": "a phone of nobody"},
    {"act": "say", "what": "moment", "text": "Ring 611 222 333."},
    {"act": "who", "person": UNKNOWN, "pin": "0000"},
)

# What differs by nature: a form's token is drawn for each session, the key that tablets seal to for each
# site, and a request's number for each request. Cookies are left out too.
DRAWN = re.compile(
    rb'(name="(?:csrf_token|form|browser)"[^>]* value="|<code class="request-id">)[^"<]+|"seal": ?\{[^{}]*\}'
)
LEFT_OUT = {"Set-Cookie", "X-Request-Id"}


@dataclass(frozen=True)
class Seen:
    """One response, as bytes, without form tokens and cookies."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


Crawled = dict[str, Seen]


def crawl(app: Flask, cast: Cast, roles: Iterable[str] = ROLES) -> Crawled:
    """Return what every role sees of every route; time must stand still meanwhile."""
    seen: Crawled = {}
    for role in roles:
        browser = app.test_client()
        if role in PEOPLE:
            sign_in(browser, PEOPLE[role])
        headers = {"Authorization": f"Bearer {cast.token}"} if role == TABLET else {}
        seen |= _pages(app, cast, browser, role, headers)
        seen |= _bad_forms(app, cast, browser, role, headers)
    return seen | _counter(app, cast) | _own_phone(app, cast)


def _pages(app: Flask, cast: Cast, browser: FlaskClient, role: str, headers: Mapping[str, str]) -> Crawled:
    """Ask for every page; where the door is closed, in one language only."""
    seen: Crawled = {}
    closed: set[str] = set()
    for address in addresses(app, cast):
        path, _mark, query = address.partition("?")
        if path in closed and query.startswith("lang="):
            continue
        answer = seen[f"{role}: GET {address}"] = _seen(browser.get(address, headers=headers))
        if answer.status in CLOSED:
            closed.add(path)
    return seen


def addresses(app: Flask, cast: Cast, kinds: frozenset[Kind] = frozenset(Kind)) -> list[str]:
    """Return every address that the app answers, its parameters filled in; of some kinds of route only."""
    return [
        f"{path}?{query}"
        for rule in sorted(app.url_map.iter_rules(), key=str)
        if "GET" in rule.methods and GET.get(rule.endpoint) in kinds
        for path in _paths(rule, cast)
        for query in (*(f"lang={language}" for language in LANGUAGES), *QUERIES.get(rule.endpoint, ()))
    ]


def _paths(rule: Rule, cast: Cast) -> list[str]:
    paths = [rule.rule]
    for name in sorted(rule.arguments):
        assert name in FILLINGS, f"{rule} takes “{name}”: say in tests/attacks/crawl.py what may stand there"
        hole = re.compile(rf"<(?:[^<>]*:)?{name}>")
        paths = [hole.sub(str(filling), path) for path in paths for filling in FILLINGS[name](cast)]
    return paths


def routes(app: Flask) -> int:
    """Return how many routes are crawled."""
    return len([door for door in doors(app) if door[0] == "GET" or door[1] not in _NEED_NOTHING])


def sign_in(browser: FlaskClient, name: str) -> None:
    form = {"login": name.lower(), "password": PASSWORD, "csrf_token": _token(browser)}
    assert browser.post("/sign-in", data=form).status_code == 302


def _token(browser: FlaskClient) -> str:
    found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', browser.get("/help").text)
    assert found is not None
    return found[1]


def _bad_forms(
    app: Flask, cast: Cast, browser: FlaskClient, role: str, headers: Mapping[str, str]
) -> Crawled:
    """Send every form empty; what changes something must refuse in the same words in every world."""
    seen, empty = {}, {"csrf_token": _token(browser)}
    for rule in sorted(app.url_map.iter_rules(), key=str):
        if "POST" not in rule.methods or rule.endpoint in _NEED_NOTHING:
            continue
        for path in _paths(rule, cast):
            data = {} if rule.endpoint.startswith("counter.") else empty
            seen[f"{role}: POST {path}"] = _seen(browser.post(path, data=data, headers=headers))
    return seen


# These act on an empty form: they would end the visit, or change the roster.
_NEED_NOTHING = {
    *("auth.sign_out", "auth.sign_out_everywhere", "admin.confirm_import", "tablets.revoke"),
    "my_sign_in.end_others",
    "privacy.write",  # a version in which everything is a gap
    "my_second_factor.confirm",  # a secret, drawn each time, for whoever begins
    "my_phone.set_up",  # a token, drawn each time, for whoever has shown their PIN before
}


def _counter(app: Flask, cast: Cast) -> Crawled:
    headers = {"Authorization": f"Bearer {cast.token}"}
    jun = {"act": "who", "person": cast.people["Jun"], "pin": pin_of("Jun")}
    seen = {}
    for number, asked in enumerate((jun, *ASKED_AT_THE_COUNTER)):
        body = asked | {"id": f"crawl-{number}"}
        answer = app.test_client().post("/counter/act", json=body, headers=headers)
        seen[f"{TABLET}: POST /counter/act {asked}"] = _seen(answer)
    return seen | _sealed(app, headers)


def _sealed(app: Flask, headers: Mapping[str, str]) -> Crawled:
    """Send what a tablet sealed: somebody unknown, and a box that holds nothing."""
    seal = app.test_client().get("/counter/state", headers=headers).json["seal"]
    nobody = {"id": "crawl-sealed", "act": "check_in", "person": UNKNOWN, "pin": "0000", "mood": 3}
    body = {"now": 1, "entries": [entry(seal, nobody, 1), {"key": "no such key", "box": "AAAA"}]}
    answer = app.test_client().post("/counter/sealed", json=body, headers=headers)
    return {f"{TABLET}: POST /counter/sealed": _seen(answer)}


def _own_phone(app: Flask, cast: Cast) -> Crawled:
    """Ask all that somebody's own phone may ask; it is gone again afterwards."""
    jun = cast.people["Jun"]
    with app.app_context():
        token = phones.set_up(db.session(), jun, "", site.now())
    browser, headers = app.test_client(), {"Authorization": f"Bearer {token}"}
    pages = [f"{page}?lang={language}" for page in ("/phone/state", "/phone/care") for language in LANGUAGES]
    seen = {f"own phone: GET {page}": _seen(browser.get(page, headers=headers)) for page in pages}
    for number, asked in enumerate(ASKED_ON_A_PHONE):
        answer = browser.post("/phone/act", json=asked | {"id": f"phone-{number}"}, headers=headers)
        seen[f"own phone: POST /phone/act {asked}"] = _seen(answer)
    with app.app_context():
        phones.remove_all(db.session(), jun)
        db.session.commit()
    return seen


def _seen(answer: object) -> Seen:
    headers = tuple(sorted((name, value) for name, value in answer.headers if name not in LEFT_OUT))
    body = DRAWN.sub(rb"\1", answer.get_data())
    answer.close()
    return Seen(answer.status_code, headers, body)


def differences(one: Crawled, other: Crawled) -> list[str]:
    """Return which requests were answered differently."""
    return sorted(asked for asked in one.keys() | other.keys() if one.get(asked) != other.get(asked))


class _Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[tuple[str, str, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append((record.name, record.levelname, record.getMessage()))


@contextmanager
def log_lines() -> Iterator[list[tuple[str, str, str]]]:
    """Collect every line that anything logs, down to the finest level."""
    root, handler = logging.getLogger(), _Lines()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield handler.lines
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
