"""Settings of the process, read once from the environment, frozen, and refused when they make no sense."""

import json
import os
import secrets
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from wellbeing.alert_settings import AlertsRefused, Recipients, recipients_of
from wellbeing.company_settings import Company, CompanyRefused, company_of
from wellbeing.logs import Form
from wellbeing.mail_settings import Mail, MailRefused, mail_of

SECRETS = ("SECRET_KEY", "PIN_PEPPER", "SERVER_KEY")
SECRET_BYTES = 32
SHORTEST_TOKEN = 16
DEMO_SECRETS = "demo-secrets.json"
HOW = (
    "Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(32))', "
    "keep it outside the database, and never change it."
)


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
    # Whether a pooler such as pgbouncer stands between this process and PostgreSQL.
    pooled: bool = False
    # None: this site sends no e-mail.
    mail: Mail | None = None
    # None: nobody is told of trouble; the status page still shows it.
    alerts: Recipients | None = None
    log_form: Form = Form.PLAIN
    # Without it, everybody reads /metrics, save what tells of requests; with it, nobody else reads any.
    metrics_token: str | None = field(default=None, repr=False)
    # Whether the jobs make a backup each night.
    backup_every_day: bool = False
    # None: nobody signs in through an identity provider.
    company: Company | None = None

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
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
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
        pooled=env.get("DATABASE_POOLER") == "1",
        mail=(mail := _mail(env)),
        **_watching(env, mail),
        company=_company(env, mode),
        external_database_url=external,
    )


def _mail(env: Mapping[str, str]) -> Mail | None:
    try:
        return mail_of(env)
    except MailRefused as refused:
        raise ConfigError(str(refused)) from None


def _company(env: Mapping[str, str], mode: Mode) -> Company | None:
    try:
        return company_of(env, may_be_open=mode is not Mode.PRODUCTION)
    except CompanyRefused as refused:
        raise ConfigError(str(refused)) from None


def _watching(env: Mapping[str, str], mail: Mail | None) -> dict[str, Any]:
    return {
        "alerts": _alerts(env, mail),
        "log_form": _log_form(env),
        "metrics_token": _metrics_token(env),
        "backup_every_day": env.get("BACKUP_EVERY_DAY") == "1",
    }


def _alerts(env: Mapping[str, str], mail: Mail | None) -> Recipients | None:
    try:
        return recipients_of(env, has_mail=mail is not None)
    except AlertsRefused as refused:
        raise ConfigError(str(refused)) from None


def _log_form(env: Mapping[str, str]) -> Form:
    name = env.get("LOG_FORMAT") or Form.PLAIN
    if name not in list(Form):
        raise ConfigError("LOG_FORMAT can be json or plain.")
    return Form(name)


def _metrics_token(env: Mapping[str, str]) -> str | None:
    token = env.get("METRICS_TOKEN") or None
    if token and (len(token) < SHORTEST_TOKEN or not token.isascii() or not token.isprintable()):
        raise ConfigError("METRICS_TOKEN must be 16 or more plain characters; make one as you make a secret.")
    return token


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
    decoded = {name: _decoded(name, found[name]) for name in SECRETS}
    if mode is Mode.PRODUCTION:
        _refuse_shared(decoded, demo_values(instance))
    return Secrets(*decoded.values())


def demo_values(instance: Path) -> list[bytes]:
    """Return the secrets of the demo site that was made in this folder, if one was."""
    try:
        kept = json.loads((instance / DEMO_SECRETS).read_text())
        return [_decoded(name, str(kept[name])) for name in SECRETS]
    except (OSError, ValueError, KeyError, TypeError, ConfigError):
        return []


def _refuse_shared(found: Mapping[str, bytes], demo: list[bytes]) -> None:
    """Refuse secrets that are not secret: those of the demo site, or one that is used twice."""
    for name, key in found.items():
        if key in demo:
            raise ConfigError(f"{name} is that of the demo site, which is no secret. {HOW}")
        if list(found.values()).count(key) > 1:
            raise ConfigError(f"{name} is the same as another secret. Each needs a value of its own. {HOW}")


def _demo_secrets(instance: Path) -> dict[str, str]:
    """Make a demo site's secrets once, readable by their owner alone, and keep them beside its data."""
    path = instance / DEMO_SECRETS
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
    if not value:
        raise ConfigError(f"Second Wind does not start without {name}. {HOW}")
    try:
        key = urlsafe_b64decode(value + "=" * (-len(value) % 4))
    except ValueError:
        key = b""
    if len(key) != SECRET_BYTES:
        raise ConfigError(f"{name} must be 32 random bytes in base64url. {HOW}")
    return key
