"""Tablets: enrolled once with a code, known by a token, silent once revoked."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.cast import NOW, TOKEN, Cast
from wellbeing import tablets
from wellbeing.codes import CodeRefused
from wellbeing.models.accounts import Tablet
from wellbeing.models.base import db
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


def test_tablets_in_use_are_listed_before_revoked_ones_and_other_teams_not(cast: Cast):
    first, _second, showroom = enrolled(cast, "A"), enrolled(cast, "B"), cast.units["Showroom"]
    tablets.revoke(db.session(), first.tablet_id, NOW)

    assert [tablet.name for tablet in tablets.of_units(db.session(), {cast.units["Parts"], showroom})] == [
        "B",
        "A",
    ]
