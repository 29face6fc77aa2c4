"""Settings from the environment: production trusts nothing that it was not given."""

import json
import secrets
import stat
from pathlib import Path

import pytest

from wellbeing.config import SECRETS, Config, ConfigError, Mode, load
from wellbeing.logs import Form
from wellbeing.storage import engine_options

GIVEN = {name: secrets.token_urlsafe(32) for name in SECRETS}


def loaded(tmp_path: Path, **env: str) -> Config:
    return load(env, tmp_path / "instance")


def test_a_pooler_in_between_is_told(tmp_path: Path):
    url = "postgresql+psycopg://wind@db.example/wind"

    assert not load(GIVEN, tmp_path).pooled
    assert load({**GIVEN, "DATABASE_POOLER": "1"}, tmp_path).pooled
    assert engine_options(url, pooled=True)["connect_args"] == {"prepare_threshold": None}
    assert "connect_args" not in engine_options(url, pooled=False)


def test_production_is_the_default_and_starts_with_its_three_secrets(tmp_path: Path):
    config = loaded(tmp_path, **GIVEN)

    assert config.mode is Mode.PRODUCTION
    assert config.secure_cookies
    assert not config.ticker
    assert config.database_url == f"sqlite:///{tmp_path / 'instance' / 'second-wind.db'}"
    assert config.is_sqlite
    assert (tmp_path / "instance").is_dir()


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize("mode", ["production", "test"])
def test_nothing_but_a_demo_starts_without_a_secret(tmp_path: Path, name: str, mode: str):
    given = GIVEN | {name: "", "SECOND_WIND_MODE": mode}

    with pytest.raises(ConfigError, match=f"does not start without {name}"):
        loaded(tmp_path, **given)


def test_a_demos_secrets_are_no_way_into_production(tmp_path: Path):
    loaded(tmp_path, SECOND_WIND_MODE="demo")

    with pytest.raises(ConfigError, match="SECRET_KEY"):
        loaded(tmp_path)


@pytest.mark.parametrize("value", ["short", "é" * 43, "=", "A" * 44, "secret key"])
def test_a_secret_must_be_32_bytes(tmp_path: Path, value: str):
    with pytest.raises(ConfigError, match="PIN_PEPPER must be 32 random bytes") as refused:
        loaded(tmp_path, **(GIVEN | {"PIN_PEPPER": value}))
    assert value not in str(refused.value)


def test_a_padded_secret_is_the_same_secret(tmp_path: Path):
    padded = loaded(tmp_path, **(GIVEN | {"SERVER_KEY": GIVEN["SERVER_KEY"] + "="}))

    assert padded.secrets.server_key == loaded(tmp_path, **GIVEN).secrets.server_key


def test_a_mode_that_does_not_exist_is_refused(tmp_path: Path):
    with pytest.raises(ConfigError, match="production, demo or test"):
        loaded(tmp_path, SECOND_WIND_MODE="prod", **GIVEN)


def test_a_demo_makes_its_secrets_once_for_its_owner_alone(tmp_path: Path):
    first = loaded(tmp_path, SECOND_WIND_MODE="demo")
    again = loaded(tmp_path, SECOND_WIND_MODE="demo")

    kept = tmp_path / "instance" / "demo-secrets.json"
    assert first.secrets.secret_key == again.secrets.secret_key
    assert set(json.loads(kept.read_text())) == set(SECRETS)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert first.database_url.endswith("demo.db")
    assert not first.secure_cookies


def test_a_demo_takes_secrets_that_it_is_given(tmp_path: Path):
    config = loaded(tmp_path, SECOND_WIND_MODE="demo", **GIVEN)

    assert config.secrets == loaded(tmp_path, SECOND_WIND_MODE="test", **GIVEN).secrets
    assert not (tmp_path / "instance" / "demo-secrets.json").exists()


def test_postgresql_needs_a_login_of_its_own_for_reading(tmp_path: Path):
    url = "postgresql+psycopg://second_wind@/wind"
    with pytest.raises(ConfigError, match="REPORTING_DATABASE_URL"):
        loaded(tmp_path, DATABASE_URL=url, **GIVEN)

    config = loaded(
        tmp_path, DATABASE_URL=url, REPORTING_DATABASE_URL=url.replace("wind@", "reader@"), **GIVEN
    )
    assert not config.is_sqlite


@pytest.mark.parametrize("login", ["second_wind", "reader"])
def test_noise_is_read_with_a_login_that_nobody_else_uses(tmp_path: Path, login: str):
    urls = {
        "DATABASE_URL": "postgresql+psycopg://second_wind@/wind",
        "REPORTING_DATABASE_URL": "postgresql+psycopg://reader@/wind",
        "EXTERNAL_DATABASE_URL": f"postgresql+psycopg://{login}@/wind",
    }
    with pytest.raises(ConfigError, match="EXTERNAL_DATABASE_URL"):
        loaded(tmp_path, **urls, **GIVEN)

    urls["EXTERNAL_DATABASE_URL"] = "postgresql+psycopg://outside@/wind"
    assert loaded(tmp_path, **urls, **GIVEN).external_database_url == urls["EXTERNAL_DATABASE_URL"]


def test_the_ticker_and_plain_cookies_are_asked_for(tmp_path: Path):
    config = loaded(tmp_path, SECOND_WIND_TICKER="1", INSECURE_COOKIES="1", **GIVEN)

    assert config.ticker
    assert not config.secure_cookies


@pytest.mark.parametrize(("given", "believed"), [("1", True), ("0", False), ("", False)])
def test_a_proxy_in_front_is_believed_only_where_somebody_said_so(tmp_path: Path, given: str, believed: bool):
    assert loaded(tmp_path, BEHIND_PROXY=given, **GIVEN).behind_proxy is believed


@pytest.mark.parametrize(("given", "form"), [({}, Form.PLAIN), ({"LOG_FORMAT": "json"}, Form.JSON)])
def test_log_lines_are_plain_unless_somebody_asks_for_json(tmp_path: Path, given: dict, form: Form):
    assert loaded(tmp_path, **given, **GIVEN).log_form is form


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("LOG_FORMAT", "xml"), ("METRICS_TOKEN", "short"), ("METRICS_TOKEN", "é" * 20)),
        *(("METRICS_TOKEN", "a\ntoken-of-two-lines"), ("ALERT_TO", "nobody"), ("ALERT_WEBHOOK", "ftp://x")),
    ],
)
def test_what_watches_the_site_is_refused_where_it_makes_no_sense(tmp_path: Path, name: str, value: str):
    with pytest.raises(ConfigError, match=f"^{name} ") as refused:
        loaded(tmp_path, **{name: value}, **GIVEN)
    assert value not in str(refused.value)


def test_a_site_is_told_who_may_read_its_figures_whom_to_alert_and_to_back_itself_up(tmp_path: Path):
    asked = {"METRICS_TOKEN": "0123456789abcdef", "BACKUP_EVERY_DAY": "1"}
    config = loaded(tmp_path, **asked, ALERT_WEBHOOK="https://hooks.example.org", **GIVEN)

    assert (config.metrics_token, config.backup_every_day) == ("0123456789abcdef", True)
    assert config.alerts is not None and config.alerts.webhook is not None
    untold = loaded(tmp_path, **GIVEN)
    assert (untold.metrics_token, untold.backup_every_day, untold.alerts) == (None, False, None)


def test_no_secret_shows_in_a_printed_configuration(tmp_path: Path):
    config = loaded(tmp_path, **GIVEN)

    for shown in (repr(config), str(config)):
        assert repr(config.secrets.secret_key) not in shown
        assert not any(value in shown for value in GIVEN.values())


def test_a_demo_sites_secrets_are_no_secrets_in_production(tmp_path: Path):
    loaded(tmp_path, SECOND_WIND_MODE="demo")
    kept = json.loads((tmp_path / "instance" / "demo-secrets.json").read_text())

    with pytest.raises(ConfigError, match="PIN_PEPPER is that of the demo site"):
        loaded(tmp_path, **GIVEN | {"PIN_PEPPER": kept["PIN_PEPPER"]})


def test_one_secret_twice_is_refused(tmp_path: Path):
    with pytest.raises(ConfigError, match="SECRET_KEY is the same as another secret"):
        loaded(tmp_path, **GIVEN | {"SECRET_KEY": GIVEN["SERVER_KEY"]})


def test_what_is_left_of_a_demos_secrets_stops_nobody(tmp_path: Path):
    (tmp_path / "instance").mkdir()
    (tmp_path / "instance" / "demo-secrets.json").write_text('{"SECRET_KEY": 5}')

    assert loaded(tmp_path, **GIVEN).mode is Mode.PRODUCTION
