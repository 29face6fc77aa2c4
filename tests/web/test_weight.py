"""What a page of figures weighs over the wire: light enough for the phone of somebody on a break.

Sizes are of compressed files as WhiteNoise sends them; `make test` compresses them first.
"""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.reports.four_weeks import four_weeks
from tests.reports.ledger import FIRST_MONDAY, Released, release
from wellbeing import lists
from wellbeing.models.base import db
from wellbeing.models.detail_ledger import Question, ShareWord
from wellbeing.models.ledger import CountWord
from wellbeing.models.lists import ListName
from wellbeing.models.notes import Note

FIRST_VIEW, SECOND_VIEW = 450_000, 60_000
# A status line and headers, as browsers count them: generous, ours take 200 to 700.
HEADERS = 800
FONT = "/static/fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2"
ICON = "/static/img/icon.svg"
PLOTLY = "/static/vendor/plotly-basic.min.js"


@pytest.fixture
def full_page(app, site) -> str:
    """The page of a team with half a year behind it: figures, words, notes, and four weeks told in full."""
    counter = site.units["Service counter"]
    with app.app_context():
        for week in range(26):
            rough = CountWord.MOST if week % 3 else 11
            release({counter: Released(12, f"3.{week % 10}", rough, CountWord.FEW if week % 2 else 10)})
        labels = lists.every(db.session())
        told = {
            Question(name): {entry.key: ShareWord.SOME for entry in labels[name]}
            for name in (ListName.BEHAVIOUR, ListName.CAUSE, ListName.CHANNEL, ListName.AREA)
        }
        four_weeks({counter: told})
        for day in (20, 60, 130):
            happened_on = FIRST_MONDAY + timedelta(days=day)
            db.session.add(Note(unit_id=counter, happened_on=happened_on, text="Second person on Saturdays"))
        db.session.commit()
    return f"/team/{counter}"


@pytest.fixture
def reader(client, site, sign_in) -> FlaskClient:
    """A client of the manager of the team."""
    return sign_in(client, "alba")


def files_of(page: str) -> list[str]:
    """Return what a page makes a browser fetch, Plotly included."""
    named = re.findall(r'<(?:link rel="stylesheet"|script)[^>]* (?:href|src)="([^"]+)"', page)
    later = re.findall(r'data-plotly="([^"]+)"', page)
    return [*named, *later, FONT, ICON]


@dataclass(frozen=True)
class Got:
    """What a browser got for a file."""

    path: str
    status: int
    size: int
    encoding: str
    kept: bool
    etag: str


def fetched(reader: FlaskClient, file: str, etag: str = "") -> Got:
    headers = {"Accept-Encoding": "gzip, deflate, br", "If-None-Match": etag}
    with reader.get(file, headers=headers) as answer:
        return Got(
            path=answer.request.path,
            status=answer.status_code,
            size=len(answer.data),
            encoding=answer.headers.get("Content-Encoding", ""),
            kept="immutable" in answer.headers.get("Cache-Control", ""),
            etag=answer.headers["ETag"],
        )


def test_the_first_view_of_a_page_of_figures_is_light(reader, full_page):
    page = reader.get(full_page)
    files = [fetched(reader, file) for file in files_of(page.text)]

    assert [got.encoding for got in files if got.path == PLOTLY] == ["br"]
    sizes = [len(page.data), *(got.size for got in files)]
    assert sum(sizes) + HEADERS * len(sizes) <= FIRST_VIEW


def test_the_second_view_asks_for_the_figures_and_little_else(reader, full_page):
    page = reader.get(full_page)
    again = [got for got in (fetched(reader, file) for file in files_of(page.text)) if not got.kept]
    unchanged = [fetched(reader, got.path, got.etag) for got in again]

    assert {got.path for got in again} & {FONT, PLOTLY} == set()
    assert {(got.status, got.size) for got in unchanged} == {(304, 0)}
    assert len(page.data) + HEADERS * (1 + len(unchanged)) <= SECOND_VIEW


def test_the_page_itself_fetches_no_plotly_before_it_stands(reader, full_page):
    page = reader.get(full_page).text

    assert not re.search(r'<script[^>]* src="[^"]*plotly', page)
    assert page.count('<svg class="drawn"') == 4
