"""The company's provider, as the environment says it: whole, protected, or refused in a sentence."""

import secrets
from pathlib import Path

import pytest

from wellbeing.company_settings import CompanyRefused, company_of
from wellbeing.config import SECRETS, ConfigError, load

GOOD = {
    "OIDC_ISSUER": "https://Login.example.org/shop",
    "OIDC_CLIENT_ID": "wind",
    "OIDC_CLIENT_SECRET": "hidden",
}


def test_without_an_issuer_there_is_no_company_sign_in():
    assert company_of({}) is None
    assert company_of({"OIDC_ISSUER": ""}) is None


def test_three_settings_are_enough_and_nothing_of_them_shows():
    company = company_of(GOOD)

    assert company.issuer == "https://Login.example.org/shop"
    assert (company.name, company.groups_claim) == ("login.example.org", "groups")
    assert company.hosts == {"login.example.org"}
    assert company.site_url is None
    assert "hidden" not in repr(company)


def test_the_rest_may_be_said():
    company = company_of(
        GOOD
        | {
            "OIDC_NAME": "Harbour",
            "OIDC_GROUPS_CLAIM": "roles",
            "OIDC_HOSTS": "api.example.org, Keys.example.org:8443,",
            "SITE_URL": "https://wind.example.org/",
        }
    )

    assert (company.name, company.groups_claim) == ("Harbour", "roles")
    assert company.hosts == {"login.example.org", "api.example.org", "keys.example.org:8443"}
    assert company.site_url == "https://wind.example.org"


@pytest.mark.parametrize(
    ("wrong", "because"),
    [
        ({"OIDC_ISSUER": "", "OIDC_CLIENT_ID": "wind"}, "need OIDC_ISSUER too"),
        ({"OIDC_CLIENT_ID": ""}, "needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET too"),
        ({"OIDC_CLIENT_SECRET": ""}, "needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET too"),
        ({"OIDC_CLIENT_SECRET": "x" * 1001}, "needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET too"),
        ({"OIDC_ISSUER": "http://login.example.org"}, "must begin with https://"),
        ({"OIDC_ISSUER": "http://localhost:9000"}, "must begin with https://"),
        ({"OIDC_ISSUER": "login.example.org"}, "is no address"),
        ({"OIDC_ISSUER": "https://login.example.org/?x=1"}, "is no address"),
        ({"OIDC_ISSUER": "https://login.example.org/#x"}, "is no address"),
        ({"OIDC_ISSUER": "https://hidden@login.example.org"}, "is no address"),
        ({"OIDC_ISSUER": "https://login.example.org:x"}, "is no address"),
        ({"OIDC_ISSUER": "https://login.example.org/ x"}, "is no address"),
        ({"OIDC_ISSUER": "https://login.example.org/" + "x" * 400}, "is no address"),
        ({"OIDC_NAME": "x" * 41}, "OIDC_NAME"),
        ({"OIDC_NAME": "100 %"}, "OIDC_NAME"),
        ({"OIDC_GROUPS_CLAIM": "two words"}, "OIDC_GROUPS_CLAIM"),
        ({"OIDC_HOSTS": "https://api.example.org"}, "OIDC_HOSTS"),
        ({"OIDC_HOSTS": ",".join(["a.example"] * 11)}, "OIDC_HOSTS"),
        ({"SITE_URL": "wind.example.org"}, "SITE_URL"),
        ({"SITE_URL": "https://wind.example.org/?x"}, "SITE_URL"),
    ],
)
def test_what_cannot_be_trusted_is_refused_without_quoting_it(wrong: dict[str, str], because: str):
    with pytest.raises(CompanyRefused, match=because) as refused:
        company_of(GOOD | wrong)

    assert "hidden" not in str(refused.value)


def test_a_provider_on_the_same_machine_may_go_without_https_on_a_test_or_demo_site_alone(tmp_path: Path):
    env = GOOD | {"OIDC_ISSUER": "http://127.0.0.1:9000"}
    secret = {name: secrets.token_urlsafe(32) for name in SECRETS}

    assert load({**env, **secret, "SECOND_WIND_MODE": "test"}, tmp_path).company is not None
    assert load(secret, tmp_path).company is None
    with pytest.raises(ConfigError, match="must begin with https://"):
        load({**env, **secret}, tmp_path)
    with pytest.raises(CompanyRefused, match="must begin with https://"):
        company_of(env | {"OIDC_ISSUER": "http://192.0.2.7"}, may_be_open=True)


def test_only_its_own_hosts_are_asked_and_as_protected_as_the_issuer():
    company = company_of(GOOD | {"OIDC_HOSTS": "api.example.org"})

    assert company.may_ask("https://login.example.org/token")
    assert company.may_ask("https://LOGIN.example.org/token")
    assert company.may_ask("https://api.example.org/token?x=1")
    for other in (
        "http://login.example.org/token",
        "https://login.example.org:444/token",
        "https://login.example.org.evil.example/token",
        "https://evil.example/login.example.org",
        "https://x@login.example.org/token",
        "ftp://login.example.org/token",
        "//login.example.org/token",
        None,
        7,
    ):
        assert not company.may_ask(other), other
