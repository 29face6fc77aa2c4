"""The privacy step: signed once for all, anew whenever anything is agreed anew, and never by a machine."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from flask import has_app_context
from sqlalchemy.exc import IntegrityError

from tests.answers import House, change, rows
from wellbeing import agreements
from wellbeing.agreements import Signature
from wellbeing.models.agreements import Agreement, AgreementKind, PrivacyFacts
from wellbeing.models.base import db
from wellbeing.models.settings import Settings, SiteKind

SIGNED = datetime(2026, 3, 4, 12, 31, 7, tzinfo=UTC)
COUNCIL = Signature(
    AgreementKind.WORKS_COUNCIL, "Works agreement 2026/3", date(2026, 2, 20), "Ada Vale", date(2026, 3, 4)
)


@pytest.fixture(autouse=True)
def nothing_is_held() -> Iterator[None]:
    """A session that read holds SQLite's lock until it is let go."""
    yield
    if has_app_context():
        db.session.rollback()


def unsign(house: House) -> None:
    """Take the cast's site back to before anything was signed."""
    change(house, sa.delete(Agreement), sa.delete(PrivacyFacts))


def sign(signature: Signature = COUNCIL) -> Agreement:
    """Let somebody sign, and return what stands then, out of any session."""
    agreements.sign(db.session(), signature, SIGNED)
    found = agreements.standing(db.session())
    db.session.expunge(found)
    db.session.rollback()
    return found


def test_nothing_stands_before_somebody_signs(any_house: House):
    unsign(any_house)

    assert not agreements.is_signed(db.session())
    assert agreements.standing(db.session()) is None


def test_a_signature_stands_with_the_version_of_the_notice_that_was_read(any_house: House):
    unsign(any_house)
    for facts in ({"controller": "Harbour"}, {"controller": "Harbour Motors Ltd"}):
        change(any_house, sa.insert(PrivacyFacts).values(written_at=SIGNED, facts=facts))

    signed = sign()

    assert signed.facts_id == max(row.id for row in rows(any_house, PrivacyFacts))
    assert (signed.kind, signed.reference) == (AgreementKind.WORKS_COUNCIL, "Works agreement 2026/3")
    assert signed.signed_at == SIGNED.replace(second=0)


def test_who_signs_before_the_notice_was_filled_in_signs_its_gaps(any_house: House):
    unsign(any_house)

    sign()

    assert [row.facts for row in rows(any_house, PrivacyFacts)] == [{}]


def test_the_newest_signature_stands_and_the_older_ones_stay(any_house: House):
    assert sign().kind is AgreementKind.WORKS_COUNCIL
    assert [row.kind for row in rows(any_house, Agreement)] == [
        AgreementKind.NONE_NEEDED,
        AgreementKind.WORKS_COUNCIL,
    ]


@pytest.mark.parametrize("missing", [{"reference": ""}, {"agreed_on": None}, {"signed_by": ""}], ids=str)
def test_the_database_takes_no_agreement_without_its_parts(any_house: House, missing: dict[str, object]):
    with pytest.raises(IntegrityError):
        sign(Signature(**vars(COUNCIL) | missing))


def test_a_made_up_site_is_signed_once(house: House):
    agreements.sign_made_up(db.session(), SIGNED)
    db.session.rollback()

    assert len(rows(house, Agreement)) == 1


def test_a_real_site_is_signed_by_nobody_but_a_person(house: House):
    unsign(house)
    change(house, sa.update(Settings).values(kind=SiteKind.REAL))

    with pytest.raises(ValueError, match="signed by a person"):
        agreements.sign_made_up(db.session(), SIGNED)
    db.session.rollback()
    assert rows(house, Agreement) == []
