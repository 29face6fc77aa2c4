"""Leaving: the last who could look after the organisation stays, everybody else goes when they want."""

from threading import Thread

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.answers import House, change
from tests.cast import NOW
from wellbeing import leaving
from wellbeing.leaving import LastAdmin
from wellbeing.models.accounts import Person, RoleGrant
from wellbeing.models.base import db
from wellbeing.models.diary import Passkey
from wellbeing.permissions import Role


def make_admin(house: House, name: str, unit: str = "Harbour Motors") -> None:
    grant = {"person_id": house.cast.people[name], "unit_id": house.cast.units[unit], "role": Role.ADMIN}
    change(house, sa.insert(RoleGrant).values(grant))


def is_last(house: House, name: str) -> bool:
    found = leaving.is_last_admin(db.session(), house.cast.people[name])
    db.session.rollback()
    return found


def test_the_only_admin_cannot_leave_and_nothing_is_deleted(house: House):
    with pytest.raises(LastAdmin):
        leaving.leave(db.session(), house.server_key, house.cast.people["Ada"])

    assert db.session.get(Person, house.cast.people["Ada"]) is not None
    db.session.rollback()
    assert is_last(house, "Ada") and not is_last(house, "Sol")


def test_another_admin_counts_only_over_the_whole_organisation_and_with_a_way_in(house: House):
    make_admin(house, "Kai", "Northgate")
    assert is_last(house, "Ada")
    make_admin(house, "Sol")
    assert not is_last(house, "Ada")

    sol = sa.update(Person).where(Person.name == "Sol Vale")
    change(house, sol.values(password_hash=None))
    assert is_last(house, "Ada")
    passkey = {"credential_id": b"c", "public_key": b"k", "sign_count": 0, "made_on": NOW.date()}
    change(house, sa.insert(Passkey).values(person_id=house.cast.people["Sol"], name="Key", **passkey))
    assert not is_last(house, "Ada")
    change(house, sol.values(active=False))
    assert is_last(house, "Ada")


def test_of_two_admins_who_leave_at_once_one_stays(any_house: House):
    make_admin(any_house, "Sol")
    refused = []

    def leave(name: str) -> None:
        with Session(any_house.engine) as session:
            try:
                leaving.leave(session, any_house.server_key, any_house.cast.people[name])
            except LastAdmin:
                refused.append(name)

    both = [Thread(target=leave, args=(name,)) for name in ("Ada", "Sol")]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert len(refused) == 1
    with Session(any_house.engine) as session:
        assert session.get(Person, any_house.cast.people[refused[0]]) is not None
