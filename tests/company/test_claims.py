"""What is taken from what a provider says: a proven address, and groups of whatever shape."""

import pytest

from tests.company.conftest import company_at
from wellbeing.company.claims import MOST_GROUPS, groups_in, identity_of

COMPANY = company_at("https://login.example.org", OIDC_GROUPS_CLAIM="https://example.org/groups")


@pytest.mark.parametrize(
    ("found", "groups"),
    [
        (None, set()),
        ("drivers", {"drivers"}),
        ("", set()),
        (["drivers", "drivers", "cooks"], {"drivers", "cooks"}),
        (["drivers", 7, None, True, ["x"], {"name": "y"}, "", "x" * 201, "a\nb"], {"drivers"}),
        ({"drivers": True}, set()),
        (7, set()),
    ],
)
def test_groups_may_come_in_any_shape(found: object, groups: set[str]):
    assert groups_in(found) == groups


def test_somebody_in_five_thousand_groups_is_in_all_of_them_and_nobody_in_more_than_there_are():
    assert len(groups_in([f"group {number}" for number in range(5_000)])) == 5_000
    assert len(groups_in([f"group {number}" for number in range(MOST_GROUPS + 5)])) == MOST_GROUPS


@pytest.mark.parametrize(
    ("claims", "email"),
    [
        ({"email": " Ada@Harbour.example ", "email_verified": True}, "ada@harbour.example"),
        ({"email": "ada@harbour.example"}, None),
        ({"email": "ada@harbour.example", "email_verified": "true"}, None),
        ({"email": "ada@harbour.example", "email_verified": 1}, None),
        ({"email": ["ada@harbour.example"], "email_verified": True}, None),
        ({"email": "ada", "email_verified": True}, None),
        ({"email": "ada@" + "x" * 80, "email_verified": True}, None),
        ({"email": "ada@hárbour.example", "email_verified": True}, None),
    ],
)
def test_an_address_counts_only_where_it_was_proven(claims: dict[str, object], email: str | None):
    found = identity_of(COMPANY, {"sub": "1", "https://example.org/groups": "a", **claims})

    assert found.email == email
    assert found.groups == {"a"}
    assert "ada" not in repr(found)
