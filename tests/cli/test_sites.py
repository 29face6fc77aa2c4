"""`flask site create`: the first minute of a site, from an empty database."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.cast import PASSWORD
from tests.cli.shell import run
from tests.conftest import close, config_at
from wellbeing import create_app
from wellbeing.cli import sites
from wellbeing.config import Mode
from wellbeing.mail_settings import Mail, Security
from wellbeing.models.base import db
from wellbeing.models.settings import Settings

ANSWERS = {
    "--organisation": "Harbour Motors",
    "--admin-name": "Ada Vale",
    "--admin-login": "ada",
    "--help-contact": "Marta, second floor",
    "--time-zone": "Europe/Madrid",
}


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Callable[[Mode], Flask]]:
    """Makes an app of a mode whose database is not even migrated."""
    made = []

    def make(mode: Mode) -> Flask:
        made.append(create_app(replace(config_at(tmp_path), mode=mode)))
        return made[-1]

    yield make
    for app in made:
        close(app)


def create(app: Flask, **changed: str):
    options = ANSWERS | {f"--{name.replace('_', '-')}": value for name, value in changed.items()}
    return run(app, "site", "create", *(word for option in options.items() for word in option))


def settings_of(app: Flask) -> list[Settings]:
    with app.app_context():
        return list(db.session.scalars(sa.select(Settings)))


def test_a_real_site_is_set_up_and_its_admin_chooses_a_password(empty):
    app = empty(Mode.PRODUCTION)

    done = create(app)

    assert done.exit_code == 0, done.output
    assert "Ada Vale opens http://127.0.0.1:8000/first-time (or the address" in done.output
    code = done.output.split("within seven days: ")[1].split()[0]
    app.config["WTF_CSRF_ENABLED"] = False
    form = {"code": code, "login": "ada", "password": PASSWORD, "again": PASSWORD}
    chosen = app.test_client().post("/first-time/password", data=form, base_url="https://localhost")
    assert chosen.status_code == 302
    assert [(found.kind, found.time_zone, found.language) for found in settings_of(app)] == [
        ("real", "Europe/Madrid", "en")
    ]


def test_a_site_that_knows_its_address_prints_it(empty):
    app = empty(Mode.TEST)
    told = ("smtp.example.org", 587, Security.STARTTLS, None, "wind@example.org", "https://wind.example.org")
    mail = Mail(*told)
    app.extensions["config"] = replace(app.extensions["config"], mail=mail)

    assert "Ada Vale opens https://wind.example.org/first-time\n" in create(app).output


@pytest.mark.parametrize("contact", ["", "   "])
def test_a_site_where_nobody_can_be_turned_to_is_not_set_up(empty, contact: str):
    app = empty(Mode.PRODUCTION)

    done = create(app, help_contact=contact)

    assert done.exit_code == 1
    assert "the help contact 1 to 400" in done.output
    assert settings_of(app) == []


def test_what_is_not_given_is_asked_for(empty):
    app = empty(Mode.PRODUCTION)

    done = run(app, "site", "create", answers="\n".join(ANSWERS.values()) + "\n")

    assert done.exit_code == 0, done.output
    assert len(settings_of(app)) == 1


def test_an_answer_that_cannot_stand_is_asked_for_again_and_the_others_are_kept(empty):
    app = empty(Mode.PRODUCTION)
    typed = ["Harbour Motors", "Ada Vale", "Ada Vale", "ada", "Marta", "Spain", "Europe/Madrid"]

    done = run(app, "site", "create", answers="\n".join(typed) + "\n")

    assert done.exit_code == 0, done.output
    assert "there is no time zone “Spain”" in done.output and "a sign-in name has" in done.output
    assert [found.time_zone for found in settings_of(app)] == ["Europe/Madrid"]


@pytest.mark.parametrize(
    ("set_to", "offered"),
    [("zoneinfo/Europe/Lisbon", "Europe/Lisbon"), ("zoneinfo/Etc/UTC", None), ("no-zone", None)],
)
def test_the_machines_own_time_zone_is_offered_where_it_is_one_of_a_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, set_to: str, offered: str | None
):
    (tmp_path / "localtime").symlink_to(tmp_path / set_to)
    monkeypatch.setattr(sites, "LOCALTIME", tmp_path / "localtime")

    assert sites.zone_of_this_machine() == offered


def test_an_installed_site_says_its_own_address(empty, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SITE_URL", "https://wind.home.arpa/")

    assert "Ada Vale opens https://wind.home.arpa/first-time\n" in create(empty(Mode.PRODUCTION)).output


@pytest.mark.parametrize("kind", ["demo", "test"])
def test_in_production_a_site_is_real(empty, kind: str):
    app = empty(Mode.PRODUCTION)

    refused = create(app, kind=kind)

    assert refused.exit_code == 1
    assert "In production a site is real" in refused.output
    assert settings_of(app) == []


def test_in_test_mode_a_test_site_may_be_made(empty):
    app = empty(Mode.TEST)

    assert create(app, kind="test").exit_code == 0
    assert [found.kind for found in settings_of(app)] == ["test"]


def test_a_site_is_set_up_once(empty):
    app = empty(Mode.PRODUCTION)
    create(app)

    again = create(app, organisation="Other Motors")

    assert again.exit_code == 1
    assert "This site is set up already." in again.output
    assert len(settings_of(app)) == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"time_zone": "Europe/Nowhere"}, "There is no time zone “Europe/Nowhere”"),
        ({"language": "tlh"}, "Second Wind speaks: en, es."),
        ({"admin_login": "Ada Vale"}, "A sign-in name has 2 to 80 letters"),
    ],
)
def test_an_answer_that_makes_no_site_is_refused(empty, changed: dict[str, str], sentence: str):
    app = empty(Mode.PRODUCTION)

    refused = create(app, **changed)

    assert refused.exit_code == 1
    assert sentence in refused.output
    assert settings_of(app) == []


def test_before_it_every_other_command_says_what_to_do(empty):
    app = empty(Mode.TEST)
    assert create(app, time_zone="nowhere").exit_code == 1

    refused = run(app, "jobs", "run")

    assert refused.exit_code == 1
    assert refused.output == "Error: This site is not set up yet: run `flask site create` first.\n"
