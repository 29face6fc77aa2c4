"""The certificates of this site on its disk: readable by their owner alone, and nothing half-written."""

from datetime import datetime
from pathlib import Path

from wellbeing import whole_file
from wellbeing.certificates import authority
from wellbeing.certificates.authority import Where

FOLDER, ROOT, SITE = "tls", "root.pem", "site.pem"


class CertificateRefused(Exception):
    """Certificates cannot be made or renewed; the text says why, in a sentence."""


def root_in(instance: Path) -> Path:
    """Return where a site's root lies, with its key."""
    return instance / FOLDER / ROOT


def site_in(instance: Path) -> Path:
    """Return where a site's certificate lies, with its key."""
    return instance / FOLDER / SITE


def make(instance: Path, where: Where, now: datetime, again: bool = False) -> None:
    """Make a root and the site's certificate; raise CertificateRefused where there are some already.

    With ``again`` they are made anew, and every tablet has to take up the new root.
    """
    if root_in(instance).exists() and not again:
        raise CertificateRefused(
            f"This site has certificates already, for {told(where_of(instance))}. "
            "To make others, say --again: then every tablet has to take up the new root."
        )
    root = authority.new_root(where, now)
    _write(root_in(instance), root)
    _write(site_in(instance), authority.new_site(root, where, now))


def renew(instance: Path, now: datetime) -> bool:
    """Renew the site's certificate where it runs out soon, and tell whether it was; the root stays.

    A site that has no root of its own has nothing to renew. Raises CertificateRefused.
    """
    if not root_in(instance).exists():
        return False
    root, site = _read(root_in(instance)), _read(site_in(instance))
    if not authority.is_due(site, root, now):
        return False
    _write(site_in(instance), authority.new_site(root, authority.where_of(site), now))
    return True


def where_of(instance: Path) -> Where:
    """Return for which names and addresses the site's certificate stands; raise CertificateRefused."""
    return authority.where_of(_read(site_in(instance)))


def root_certificate(instance: Path) -> bytes:
    """Return the root's certificate without its key, for tablets; raise CertificateRefused."""
    return authority.certificate_of(_read(root_in(instance)))


def told(where: Where) -> str:
    """Return names and addresses in one line."""
    return ", ".join([*where.names, *(str(address) for address in where.addresses)])


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CertificateRefused(f"{path} cannot be read: {error.strerror}.") from None


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with whole_file.written(path) as file:
            file.write(content)
    except OSError as error:
        raise CertificateRefused(f"{path} cannot be written: {error.strerror}.") from None
