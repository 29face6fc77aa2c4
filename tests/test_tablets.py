"""Tablets: enrolled once with a code, known by a token, seen by day, silent once revoked."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.cast import NOW, TOKEN, Cast, assemble
from tests.conftest import SECRETS
from wellbeing import tablets
from wellbeing.codes import CodeRefused
from wellbeing.models.accounts import Tablet
from wellbeing.models.base import db
from wellbeing.storage import reading_only
from wellbeing.tablets import NameRefused, TabletFacts


@pytest.fixture
def cast(app: Flask, site: Cast) -> Iterator[Cast]:
    with app.app_context():
        yield site
        db.session.rollback()


def enrolled(cast: Cast, name: str = "By the door", now: datetime = NOW) -> tablets.Enrolled:
    code = tablets.make_code(db.session(), cast.units["Parts"], now)
    with db.engine.begin() as connection:
        return tablets.enrol(connection, code, name, now)


def known(token: str) -> TabletFacts | None:
    with db.engine.connect() as connection:
        return tablets.tablet_of(connection, token)


def test_a_tablet_is_enrolled_for_the_team_of_its_code(cast: Cast):
    new = enrolled(cast)

    assert new.unit_name == "Parts"
    assert known(new.token) == TabletFacts(new.tablet_id, cast.units["Parts"], "By the door")
    assert new.token.encode() not in db.session.get_one(Tablet, new.tablet_id).token_mac


def test_a_tablet_is_enrolled_on_the_local_day(cast: Cast):
    late_evening = datetime(2026, 3, 4, 23, 30, tzinfo=UTC)

    assert db.session.get_one(Tablet, enrolled(cast, now=late_evening).tablet_id).enrolled_on == date(
        2026, 3, 5
    )


def test_a_code_enrols_one_tablet(cast: Cast):
    code = tablets.make_code(db.session(), cast.units["Parts"], NOW)
    tablets.enrol(db.session, code, "By the door", NOW)

    with pytest.raises(CodeRefused):
        tablets.enrol(db.session, code, "By the window", NOW)


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "bell\a", "zero\0"])
def test_a_tablet_needs_a_name_that_can_be_read_and_keeps_the_code_for_a_better_one(cast: Cast, name: str):
    code = tablets.make_code(db.session(), cast.units["Parts"], NOW)

    with pytest.raises(NameRefused):
        tablets.enrol(db.session, code, name, NOW)
    assert tablets.enrol(db.session, code, " By  the door ", NOW).unit_name == "Parts"
    assert db.session.scalars(sa.select(Tablet.name).where(Tablet.unit_id == cast.units["Parts"])).all() == [
        "By the door"
    ]


def test_a_revoked_tablet_is_a_stranger_and_its_first_day_of_that_stays(cast: Cast):
    tablet = known(TOKEN)
    tablets.revoke(db.session(), tablet.id, NOW)
    tablets.revoke(db.session(), tablet.id, datetime(2026, 4, 1, tzinfo=UTC))

    assert known(TOKEN) is None
    assert db.session.get_one(Tablet, tablet.id).revoked_on == date(2026, 3, 4)


def test_a_token_that_was_never_given_is_a_stranger(cast: Cast):
    assert known("") is None
    assert known("guess") is None


def test_tablets_are_listed_by_team_and_then_by_name(cast: Cast):
    enrolled(cast, "A")
    units = {cast.units["Parts"], cast.units["Service counter"]}

    listed = tablets.of_units(db.session(), units)
    assert [(tablet.unit.name, tablet.name) for tablet in listed] == [
        ("Parts", "A"),
        ("Service counter", "Front desk"),
    ]


def test_tablets_in_use_are_listed_before_revoked_ones_and_other_teams_not(cast: Cast):
    first, _second, showroom = enrolled(cast, "A"), enrolled(cast, "B"), cast.units["Showroom"]
    tablets.revoke(db.session(), first.tablet_id, NOW)

    assert [tablet.name for tablet in tablets.of_units(db.session(), {cast.units["Parts"], showroom})] == [
        "B",
        "A",
    ]


TODAY = date(2026, 3, 4)


def note(today: date, queue: str) -> None:
    """Let the service counter's tablet be seen, as a request that only reads does it."""
    with reading_only():
        tablets.note_seen(db.engine, known(TOKEN), today, queue)


def noted() -> tuple[date | None, bool]:
    return known(TOKEN).seen_on, known(TOKEN).waiting


def writes(act: Callable[[], None]) -> list[str]:
    """Return what an act begins or writes, in the order of doing."""
    seen: list[str] = []

    def listen(_connection, _cursor, statement: str, *_rest) -> None:
        if not statement.startswith("SELECT"):
            seen.append(statement.split()[0])

    sa.event.listen(db.engine, "before_cursor_execute", listen)
    act()
    sa.event.remove(db.engine, "before_cursor_execute", listen)
    return seen


def test_a_tablet_is_seen_on_a_day_and_says_whether_entries_wait(any_app: Flask, present: None):
    with any_app.app_context():
        assemble(SECRETS.pin_pepper)
        assert noted() == (None, False)
        note(TODAY, "waiting")
        assert noted() == (TODAY, True)
        note(date(2026, 3, 5), "empty")
        assert noted() == (date(2026, 3, 5), False)


@pytest.mark.parametrize("nonsense", ["", "Waiting", "full", "waiting, empty", "17"])
def test_a_tablet_that_says_nonsense_of_its_queue_changes_nothing_of_it(cast: Cast, nonsense: str):
    note(TODAY, "waiting")
    note(date(2026, 3, 5), nonsense)

    assert noted() == (date(2026, 3, 5), True)


def test_a_tablet_that_asks_all_day_is_written_down_once(cast: Cast):
    assert writes(lambda: note(TODAY, "empty")) == ["UPDATE"]
    assert writes(lambda: note(TODAY, "empty")) == []
    assert writes(lambda: note(TODAY, "")) == []
    assert writes(lambda: note(TODAY, "waiting")) == ["UPDATE"]


def test_a_tablet_has_another_name(cast: Cast):
    tablet = db.session.get_one(Tablet, known(TOKEN).id)
    tablets.rename(db.session(), tablet, " By  the door ")

    assert known(TOKEN).name == "By the door"


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "bell\a"])
def test_a_name_that_nobody_can_read_leaves_the_old_one(cast: Cast, name: str):
    tablet = db.session.get_one(Tablet, known(TOKEN).id)

    with pytest.raises(NameRefused):
        tablets.rename(db.session(), tablet, name)
    assert known(TOKEN).name == "Front desk"
