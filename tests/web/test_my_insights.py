"""What my days show: honest sentences, pictures with their tables, for the owner alone."""

from collections.abc import Sequence
from datetime import timedelta
from html import unescape

import pytest
from flask.testing import FlaskClient

from tests.answers import House, everything
from tests.cast import NOW, PASSWORD, pin_of
from wellbeing.diary import keeping
from wellbeing.diary.entry import Entry, Kind
from wellbeing.models.base import db
from wellbeing.reports import svg


@pytest.fixture
def sol(client: FlaskClient, house: House, sign_in) -> FlaskClient:
    """Sol's browser, in which the new diary is open."""
    browser = sign_in(client, "sol")
    assert browser.post("/my/diary", data={"password": PASSWORD, "pin": pin_of("Sol")}).status_code == 200
    db.session.rollback()
    return browser


def keep(house: House, entries: Sequence[Entry]) -> None:
    with house.engine.begin() as connection:
        keeping.keep(connection, house.server_key, house.cast.people["Sol"], entries)


def shift(day: int, start: int, end: int, rough: int | None = None, kind: str | None = None) -> list[Entry]:
    """Return a shift some days ago; a rough one two hours after its start, and a break after that, or not."""

    def told(after: int, what: Kind, mood: int | None = None, **more: object) -> Entry:
        at = NOW - timedelta(days=day) + timedelta(minutes=after)
        return Entry(what, at, at, mood=mood, **more)  # type: ignore[arg-type]

    entries = [told(0, Kind.CHECK_IN, start), told(480, Kind.CHECK_IN, end)]
    if rough:
        entries.append(told(120, Kind.ROUGH, rough, severity="hard"))
    if kind is not None:
        entries.append(told(130, Kind.BREAK, minutes=10, break_kind=kind))
    return entries


def many() -> list[Entry]:
    quiet = [entry for day in range(40, 50) for entry in shift(day, 4, 4)]
    alone = [entry for day in range(20, 28) for entry in shift(day, 4, 1 + day % 3, rough=1 + day % 2)]
    rested = [entry for day in range(1, 7) for entry in shift(day, 4, 3 + day % 2, 1 + day % 3, "walk")]
    return quiet + alone + rested


def text(browser: FlaskClient) -> str:
    page = unescape(browser.get("/my/insights").text)
    db.session.rollback()
    return page


def test_a_new_diary_is_told_what_it_takes_and_nothing_is_guessed(sol: FlaskClient):
    page = text(sol)

    assert "Nothing to show yet" in page
    assert '<svg class="drawn"' not in page and "How this is worked out" not in page


def test_after_one_shift_its_moods_are_drawn_and_the_rest_says_how_much_is_missing(
    sol: FlaskClient, house: House
):
    keep(house, shift(1, 4, 2, rough=2, kind="walk"))
    page = text(sol)

    assert "Not enough yet: 1 of 5 rough shifts" in page
    assert page.count('<svg class="drawn"') == 4
    assert "not enough yet" in page and "By kind of break" not in page
    assert "By kind of break" not in page


def test_enough_shifts_make_sentences_with_their_limits_beside_them(sol: FlaskClient, house: House):
    keep(house, many())
    page = text(sol)

    assert "On shifts with a rough customer your mood ended about" in page
    assert "Rough shifts may differ in other ways too (busy days, short staffing)." in page
    assert "rough interactions your mood was back where it had been before" in page
    assert "People choose when to take a break, so this is a comparison, not proof." in page


def test_what_happens_anyway_always_stands_beside_a_comparison_of_breaks(sol: FlaskClient, house: House):
    keep(house, many())
    page = text(sol)

    assert "What happens anyway: without a break" in page
    assert "Without a break · 8×" in page and "Walk · 6×" in page


def test_every_picture_has_its_figures_as_a_table(sol: FlaskClient, house: House):
    keep(house, many())
    page = text(sol)

    assert page.count('class="picture-of-mine"') == page.count("<table>") == 3
    assert "95 times in 100" in page


def test_how_long_a_mood_lasts_is_shown_to_whoever_asks(sol: FlaskClient, house: House):
    keep(house, shift(1, 4, 2))
    assert "Show how long a mood lasts" in text(sol)
    asked = unescape(sol.post("/my/insights").text)

    assert "How long a mood lasts" in asked and "pairs of check-ins" in asked
    assert "Show how long a mood lasts" not in asked


def test_there_is_a_kind_word_where_the_last_shifts_were_hard_and_no_figure_says_so(
    sol: FlaskClient, house: House
):
    keep(house, [entry for day in (5, 3, 1) for entry in shift(day, 1, 1)])

    assert "You don't have to sort it alone." in text(sol)


def test_looking_leaves_nothing_behind(sol: FlaskClient, house: House):
    keep(house, many())
    before, remembered = everything(house), svg.drawn.cache_info()
    text(sol)

    assert everything(house) == before
    assert svg.drawn.cache_info() == remembered


def test_nothing_praises_blames_or_counts_a_row_of_days(sol: FlaskClient, house: House):
    keep(house, many())
    page = text(sol).lower()

    assert not [word for word in ("streak", "score", "goal", "well done", "keep it up") if word in page]


def test_the_page_is_there_in_spanish(sol: FlaskClient, house: House):
    keep(house, many())

    assert sol.get("/my/insights?lang=es").status_code == 200
