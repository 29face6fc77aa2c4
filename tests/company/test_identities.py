"""Who of us an identity is: linked once, and known by the provider's own name for a person."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.answers import House
from tests.cast import NOW
from wellbeing import sign_in
from wellbeing.company import identities, roles
from wellbeing.company.claims import Identity
from wellbeing.models.accounts import Person, SignIn, SignInMethod
from wellbeing.models.base import db
from wellbeing.models.diary import Passkey
from wellbeing.models.second_factor import Authenticator
from wellbeing.permissions import Role

ISSUER = "https://login.example.org"
DAY = NOW.date()


@pytest.fixture
def session(any_house: House) -> Session:
    return db.session()


def of(house: House, name: str) -> int:
    return house.cast.people[name]


def identity(subject: str, email: str | None = None) -> Identity:
    return Identity(ISSUER, subject, email, frozenset())


def test_an_identity_is_known_by_its_subject_before_any_address(any_house: House, session: Session):
    noor, sol = of(any_house, "Noor"), of(any_house, "Sol")
    identities.link(session, noor, ISSUER, "noor-at-work", NOW.date())
    session.commit()

    found = identities.known(session, identity("noor-at-work", "sol"))
    assert (found.person_id, found.is_linked) == (noor, True)
    found = identities.known(session, identity("sol-at-work", "sol"))
    assert (found.person_id, found.is_linked) == (sol, False)
    assert identities.known(session, identity("somebody", "noor")) is None
    other = Identity("https://other.example", "noor-at-work", None, frozenset())
    assert identities.known(session, other) is None


def test_somebody_without_a_sign_in_name_is_not_whoever_comes_without_an_address(
    any_house: House, session: Session
):
    session.execute(sa.update(Person).where(Person.id == of(any_house, "Noor")).values(login=None))
    session.commit()

    assert identities.known(session, identity("somebody")) is None


@pytest.mark.parametrize(
    ("table", "values"),
    [
        (Authenticator, {"wrapped_secret": b"s", "confirmed_on": NOW.date()}),
        (
            Passkey,
            {
                "credential_id": b"c",
                "public_key": b"k",
                "sign_count": 0,
                "made_on": NOW.date(),
                "name": "Key",
            },
        ),
    ],
)
def test_an_address_alone_is_no_way_around_a_second_factor(
    any_house: House, session: Session, table: type[db.Model], values: dict[str, object]
):
    sol = of(any_house, "Sol")
    session.execute(sa.insert(table).values(person_id=sol, **values))
    session.commit()
    assert identities.known(session, identity("sol-at-work", "sol")) is None

    identities.link(session, sol, ISSUER, "sol-at-work", NOW.date())
    session.commit()
    assert identities.known(session, identity("sol-at-work", "sol")) == identities.Known(sol, True)


def test_a_link_is_one_of_a_kind_on_both_sides(any_house: House, session: Session):
    noor, sol = of(any_house, "Noor"), of(any_house, "Sol")
    identities.link(session, noor, ISSUER, "noor-at-work", NOW.date())
    session.commit()

    for person, subject in ((noor, "another"), (sol, "noor-at-work")):
        with pytest.raises(identities.TakenAlready):
            identities.link(session, person, ISSUER, subject, NOW.date())
    assert identities.of_person(session, noor, ISSUER).subject == "noor-at-work"
    assert identities.of_person(session, sol, ISSUER) is None


def test_whoever_comes_in_holds_a_session_of_its_kind_and_their_roles(any_house: House, session: Session):
    noor = of(any_house, "Noor")
    roles.add(session, "leads", Role.MANAGER, any_house.cast.units["Parts"])
    entered = identities.enter(session, noor, roles.mapped_by(session, {"leads"}), NOW)

    assert [grant.role for grant in entered.grants] == [Role.MANAGER]
    assert session.scalars(sa.select(SignIn)).one().method is SignInMethod.COMPANY
    assert sign_in.signed_in(session, entered.token, NOW + timedelta(hours=1)).id == noor


def test_whoever_has_left_does_not_come_in(any_house: House, session: Session):
    noor = of(any_house, "Noor")
    identities.link(session, noor, ISSUER, "noor-at-work", NOW.date())
    session.execute(sa.update(Person).where(Person.id == noor).values(active=False))
    session.commit()

    assert identities.known(session, identity("noor-at-work", "noor")) is None
    assert identities.enter(session, noor, frozenset(), NOW) is None
    assert session.scalars(sa.select(SignIn)).all() == []


def test_ending_a_link_ends_what_it_brought_and_only_that(any_house: House, session: Session):
    alba = of(any_house, "Alba")
    identities.link(session, alba, ISSUER, "alba-at-work", NOW.date())
    roles.add(session, "hr", Role.HR, any_house.cast.units["Northgate"])
    identities.enter(session, alba, roles.mapped_by(session, {"hr"}), NOW)

    assert identities.unlink(session, alba, ISSUER, NOW)
    session.expire_all()
    assert [grant.role for grant in session.get_one(Person, alba).grants] == [Role.MANAGER]
    assert not identities.unlink(session, alba, ISSUER, NOW)
