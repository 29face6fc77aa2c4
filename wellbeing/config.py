"""Settings of the process, read once from the environment, frozen, and refused when they make no sense."""

import json
import os
import secrets
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from wellbeing.mail_settings import Mail, MailRefused, mail_of

SECRETS = ("SECRET_KEY", "PIN_PEPPER", "SERVER_KEY")
SECRET_BYTES = 32


class Mode(StrEnum):
    """What kind of site this process serves."""

    PRODUCTION = "production"
    DEMO = "demo"
    TEST = "test"


class ConfigError(Exception):
    """The environment does not make a site that could be trusted; the text says what to do."""


@dataclass(frozen=True)
class Config:
    """Everything the process was told from outside; secrets never show in its repr."""

    mode: Mode
    instance: Path
    database_url: str
    reporting_database_url: str | None
    secrets: "Secrets"
    ticker: bool = False
    secure_cookies: bool = True
    behind_proxy: bool = False
    # PostgreSQL only: the login that may read the noise of blocks; without it there is no external export.
    external_database_url: str | None = None
    # None: this site sends no e-mail.
    mail: Mail | None = None

    @property
    def is_sqlite(self) -> bool:
        """Whether the site keeps its data in the embedded SQLite file."""
        return self.database_url.startswith("sqlite")


@dataclass(frozen=True, repr=False)
class Secrets:
    """The three keys that live outside the database, 32 bytes each."""

    secret_key: bytes
    pin_pepper: bytes
    server_key: bytes


def load(env: Mapping[str, str], instance: Path) -> Config:
    """Return the configuration that ``env`` describes; raise ConfigError where it cannot be trusted."""
    mode = _mode(env)
    instance.mkdir(parents=True, exist_ok=True)
    database_url = env.get("DATABASE_URL") or f"sqlite:///{instance / _file_name(mode)}"
    reporting = env.get("REPORTING_DATABASE_URL") or None
    if database_url.startswith("postgresql") and not reporting:
        raise ConfigError(
            "PostgreSQL needs REPORTING_DATABASE_URL too: a login of its own that can read "
            "released figures and nothing else."
        )
    external = env.get("EXTERNAL_DATABASE_URL") or None
    if external and _login(external) in (_login(database_url), _login(reporting or "")):
        raise ConfigError("EXTERNAL_DATABASE_URL needs a login of its own, which no other URL uses.")
    return Config(
        mode=mode,
        instance=instance,
        database_url=database_url,
        reporting_database_url=reporting,
        secrets=_secrets(env, mode, instance),
        ticker=env.get("SECOND_WIND_TICKER") == "1",
        secure_cookies=mode is Mode.PRODUCTION and env.get("INSECURE_COOKIES") != "1",
        behind_proxy=env.get("BEHIND_PROXY") == "1",
        mail=_mail(env),
        external_database_url=external,
    )


def _mail(env: Mapping[str, str]) -> Mail | None:
    try:
        return mail_of(env)
    except MailRefused as refused:
        raise ConfigError(str(refused)) from None


def _login(url: str) -> str | None:
    return urlsplit(url).username


def _mode(env: Mapping[str, str]) -> Mode:
    name = env.get("SECOND_WIND_MODE", Mode.PRODUCTION)
    if name not in list(Mode):
        raise ConfigError(f"SECOND_WIND_MODE is {name!r}; it can be production, demo or test.")
    return Mode(name)


def _file_name(mode: Mode) -> str:
    return "demo.db" if mode is Mode.DEMO else "second-wind.db"


def _secrets(env: Mapping[str, str], mode: Mode, instance: Path) -> Secrets:
    found = {name: env.get(name, "") for name in SECRETS}
    if mode is Mode.DEMO and not all(found.values()):
        found = _demo_secrets(instance)
    return Secrets(*(_decoded(name, found[name]) for name in SECRETS))


def _demo_secrets(instance: Path) -> dict[str, str]:
    """Make a demo site's secrets once, readable by their owner alone, and keep them beside its data."""
    path = instance / "demo-secrets.json"
    fresh = {name: secrets.token_urlsafe(SECRET_BYTES) for name in SECRETS}
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        kept: dict[str, str] = json.loads(path.read_text())
        return kept
    with os.fdopen(descriptor, "w") as file:
        json.dump(fresh, file)
    return fresh


def _decoded(name: str, value: str) -> bytes:
    how = (
        "Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(32))', "
        "keep it outside the database, and never change it."
    )
    if not value:
        raise ConfigError(f"Second Wind does not start without {name}. {how}")
    try:
        key = urlsafe_b64decode(value + "=" * (-len(value) % 4))
    except ValueError:
        key = b""
    if len(key) != SECRET_BYTES:
        raise ConfigError(f"{name} must be 32 random bytes in base64url. {how}")
    return key
