"""Whatever is sent to any address by anybody, the answer is never "something went wrong on our side"."""

import io
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote_to_bytes

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.attacks.crawl import UNKNOWN
from tests.attacks.stories import SEEN_ON
from tests.fuzz.found_forms import Form
from tests.fuzz.town import PHONE, TABLET, Town

SHARES, REQUESTS = 10, 2000
ODD = (
    *("", " ", "0", "1", "-1", "3", str(UNKNOWN), "2147483648", "9" * 30, "1e9", "0x10", "٣", "NaN"),
    *("on", "true", "null", "[]", "{}", "2026-03-04", "2026-02-30", "0000-00-00", "9999-12-31", "24:61"),
    *("a", "é" * 200, "e" + "\u0301" * 3000, "\u202edlrow", "\x00", "a\x00b", "\ud7ff\ue000", "😀" * 300),
    *("x" * 5000, "a\r\nSet-Cookie: a=b", "../../etc/passwd", "%00", "%s%n", "{{7*7}}", "<script>", "';--"),
    *("=1+1", "//elsewhere.example/", "javascript:alert(1)", "sol", "Sol Vale", "Service counter", "team"),
)
FILES = (
    b"",
    b"\xff\xfe\x00",
    b"name,team\nSol,Parts\n",
    "name;team\nJos\u00e9;Parts\n".encode("latin-1"),
    b"\xef\xbb\xbfname,team\n",
    b"PK\x03\x04 no archive",
    b'"' * 3000,
    b"\x00" * 2000,
)
LANGUAGES = ("", "es", "en;q=x", "*", "zz-ZZ", "es" * 500)
ACTS = (
    *("check_in", "rough", "rough_detail", "break", "back", "undo", "take_back", "cover", "cover_taken"),
    *("find", "who", "choose_pin", "say", "join", "told", "own_sign_in", "contact", "checkup", "nothing"),
)
ODD_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(ODD),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(ODD), inner, max_size=3),
    max_leaves=6,
)
FIELDS = ("id", "person", "pin", "mood", "severity", "cause", "kind", "minutes", "handles", "q", "code")
FIELDS += (
    "now",
    "entries",
    "text",
    "what",
    "pledge",
    "joined",
    "audience",
    "cover",
    "badge",
    "phone",
    "words",
)


@dataclass
class Asked:
    """One request, as it is sent."""

    path: str
    method: str
    sent: dict[str, Any] = field(default_factory=dict)


@st.composite
def requests(draw: st.DrawFn, role: str, form: Form) -> Asked:
    """Draw what somebody sends through a door: nearly what is meant, or nothing like it."""
    headers = {"Accept-Language": draw(st.sampled_from(LANGUAGES))}
    path = form.action.split("?")[0]
    if draw(st.integers(0, 9)) == 0:
        path = _elsewhere(draw, path)
    if role in (TABLET, PHONE) and form.method == "POST":
        return Asked(path, "POST", {"headers": headers, **draw(spoken())})
    fields = {name: _value(draw, values) for name, values in form.fields.items() if name not in form.files}
    fields = {name: value for name, value in fields.items() if value is not None}
    if draw(st.integers(0, 4)) == 0:
        fields[draw(st.sampled_from(ODD[1:]))] = draw(st.sampled_from(ODD))
    if form.method == "GET":
        return Asked(path, "GET", {"query_string": fields, "headers": headers})
    files = {name: (io.BytesIO(draw(st.sampled_from(FILES))), "people.csv") for name in form.files}
    return Asked(path, "POST", {"data": fields | files, "headers": headers})


def _value(draw: st.DrawFn, usual: list[str]) -> str | list[str] | None:
    """Draw what is in a field: mostly what the page offers."""
    kind = draw(st.integers(0, 9))
    if kind < 6 and usual:
        return draw(st.sampled_from(usual))
    if kind < 8:
        return draw(st.sampled_from(ODD))
    return None if kind == 8 else [draw(st.sampled_from(ODD)), draw(st.sampled_from([*usual, ""]))]


def _elsewhere(draw: st.DrawFn, path: str) -> str:
    parts = path.split("/")
    parts[draw(st.integers(1, len(parts) - 1))] = quote(draw(st.sampled_from(ODD)))
    return "/".join(parts)


@st.composite
def spoken(draw: st.DrawFn) -> dict[str, Any]:
    """Draw what a tablet's or a phone's own program might send: an act, any JSON, or no JSON at all."""
    kind = draw(st.integers(0, 5))
    if kind == 0:
        return {"data": draw(st.binary(max_size=50)), "content_type": "application/json"}
    if kind == 1:
        return {"data": json.dumps(draw(ODD_JSON)), "content_type": "application/json"}
    said = draw(st.dictionaries(st.sampled_from(FIELDS), ODD_JSON, max_size=6))
    if draw(st.booleans()):
        said |= {"id": str(draw(st.uuids())), "person": 12, "pin": "1300"}
    return {
        "data": json.dumps(said | {"act": draw(st.sampled_from(ACTS))}),
        "content_type": "application/json",
    }


@pytest.mark.timeout(900)
@pytest.mark.parametrize("share", range(SHARES))
def test_nothing_that_is_sent_breaks_anything(lively: Town, share: int):
    doors = lively.doors[share::SHARES]
    assert len(doors) > 50

    @settings(
        max_examples=REQUESTS,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def ask(data: st.DataObject) -> None:
        role, form = data.draw(st.sampled_from(doors))
        asked = data.draw(requests(role, form))
        _ask(lively, role, asked)

    with time_machine.travel(SEEN_ON, tick=False):
        ask()


def _ask(asked_of: Town, role: str, asked: Asked) -> None:
    sent = dict(asked.sent)
    sent["headers"] = {**sent.get("headers", {}), **asked_of.headers.get(role, {})}
    # Two slashes at the beginning are a host for werkzeug's client, and a path for a server.
    whole = {"PATH_INFO": unquote_to_bytes(asked.path or "/").decode("latin-1")}
    answer = asked_of.browsers[role].open("/", method=asked.method, environ_overrides=whole, **sent)
    status = answer.status_code
    answer.close()
    if asked.method == "POST" and status < 400:
        asked_of.as_it_was()
    assert status < 500, (role, asked.method, asked.path)
