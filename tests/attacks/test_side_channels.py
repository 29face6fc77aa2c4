"""Side channels: what a page asks the database for, how long it is and what it leaves in the logs."""

import re

import pytest
from flask import Flask

from tests.attacks import crawl
from tests.attacks.findings import Report
from tests.attacks.routes import GET, Kind
from tests.attacks.stories import ORDINARY, everything_at_once
from tests.attacks.worlds import Statement, Visit, Worlds
from tests.cast import TEAMS
from wellbeing.models import pending
from wellbeing.models.base import db
from wellbeing.reports.reading import NOISY, READABLE

# Each test may have to make two worlds and look at every page of both.
pytestmark = pytest.mark.timeout(900)

# Tables that hold answers, or say whose they are, by any road. A diary's tables belong here by their name.
ANSWERS = {
    table.name
    for table in db.metadata.sorted_tables
    if table.name
    in {model.__tablename__ for model in vars(pending).values() if hasattr(model, "__tablename__")}
    or table.name in ("noisy_block", "place", "checkup_place", "checkup_key")
    or table.name.startswith("diary")
}
# Who sits at the browser, and the log of who looked, which leaves out units that a merge is still to open:
# all that a page of figures asks the app's own session.
WHO_IS_THERE = {
    *("sign_in", "person", "role_grant", "unit", "unit_merge", "settings", "access_entry"),
    "agreement",  # Whether figures are open at all, which is the same for everybody.
    "appointed_reader",  # The menu leads whoever was appointed to what is sent to them by name.
}
MAY_ASK = {"own": WHO_IS_THERE, "reading": READABLE.keys(), "noise": NOISY.keys()}
# Diaries are their owners': what is sealed in them, and the ways to open it, stand on pages of one's own.
DIARIES = {table.name for table in db.metadata.sorted_tables if table.name.startswith(("diary", "passkey"))}
# Besides, everybody may read where their own answers go: on a page of their own, and on a phone of their own.
OWN = {Kind.PERSONAL: DIARIES | {"place", "checkup_place"}, Kind.COUNTER: {"place"}}
# What leaves the company is made of the noisy copies of released figures, and of nothing else.
WITH_NOISE = {"external.external_page", "external.external_csv"}
EVERY_TABLE = {table.name for table in db.metadata.sorted_tables}


def named(statement: str) -> set[str]:
    """Return the tables that a statement names; what it calls a column in its answer is not one."""
    return EVERY_TABLE & set(re.findall(r"\w+", re.sub(r"\bAS \w+", "", statement)))


def asked(visit: Visit, kinds: set[Kind]) -> dict[tuple[str, str], set[str]]:
    """Return the tables that the pages of some kinds ask each engine for."""
    found: dict[tuple[str, str], set[str]] = {}
    for statement in visit.statements:
        if statement.method == "GET" and GET[statement.endpoint] in kinds:
            found.setdefault((statement.endpoint, statement.engine), set()).update(named(statement.text))
    return found


def test_the_tables_of_answers_are_known():
    assert ANSWERS == {
        *("held_pool", "noisy_block", "pending", "pending_detail", "pending_spillover", "place", "receipt"),
        *("shift_state", "pending_checkup", "checkup_place", "checkup_key"),
        *("diary_entry", "diary_key", "diary_opened"),
    }


def test_no_page_names_a_table_of_answers(app: Flask, worlds: Worlds, finding: Report):
    visit = worlds.visit(ORDINARY)

    every = asked(visit, set(Kind))
    touched = {door: tables & ANSWERS - OWN.get(GET[door[0]], set()) for door, tables in every.items()}
    assert {door: tables for door, tables in touched.items() if tables} == {
        (endpoint, "noise"): {"noisy_block"} for endpoint in WITH_NOISE
    }
    counting = {("settings.settings", "own"): {"passkey"}}  # how many viewers have no second factor
    of_diaries = {door for door, tables in every.items() if tables & DIARIES - counting.get(door, set())}
    assert {(GET[endpoint], engine) for endpoint, engine in of_diaries} == {(Kind.PERSONAL, "own")}
    assert not [statement for statement in visit.statements if _reads_a_key(statement)]
    figures = asked(visit, {Kind.FIGURES})
    assert {endpoint for endpoint, kind in GET.items() if kind is Kind.FIGURES} == {
        endpoint for endpoint, _engine in figures
    }
    for (endpoint, engine), tables in figures.items():
        assert tables <= MAY_ASK[engine], endpoint
    pages = len([rule for rule in app.url_map.iter_rules() if "GET" in rule.methods])
    finding(
        "side channels",
        "0 statements name a table of answers (the external export: noisy copies of blocks); "
        "sizes and log lines of twin worlds are equal",
        "- (it is made from the answers themselves)",
        f"every statement of {pages} pages x {len(crawl.ROLES)} roles",
    )


def _reads_a_key(statement: Statement) -> bool:
    return statement.method == "GET" and "wrapped_key" in statement.text


def test_the_watch_sees_the_counter_touch_them(worlds: Worlds):
    """An attack that sees nothing would prove nothing: asking who somebody is looks up their place.

    And whoever writes on the wall, though in vain, is first asked whether that was done before.
    """
    visit = worlds.visit(ORDINARY)

    at_the_counter = [one for one in visit.statements if one.endpoint == "counter.act"]
    assert set().union(*(named(one.text) for one in at_the_counter)) & ANSWERS == {"place", "receipt"}


def test_twin_worlds_leave_the_same_log_lines_and_sizes(worlds: Worlds):
    visit, twin = worlds.visit(ORDINARY), worlds.visit(everything_at_once())

    assert sizes(visit) == sizes(twin)
    assert len(sizes(visit)) > len(crawl.ROLES) * len(GET)
    assert visit.log == twin.log


def sizes(visit: Visit) -> dict[str, str]:
    """Return how long each answer says it is."""
    return {
        asked: value
        for asked, page in visit.pages.items()
        for name, value in page.headers
        if name == "Content-Length"
    }


def test_no_log_line_names_anybody(sqlite_worlds: Worlds):
    lines = " ".join(line for _logger, _level, line in sqlite_worlds.visit(everything_at_once()).log)

    assert lines
    assert [name for names in TEAMS.values() for name in names if re.search(rf"\b{name}\b", lines)] == []
