"""Certificates on the disk: made once, renewed in time, readable by their owner, and nothing half-written."""

import errno
import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cast import NOW
from wellbeing.certificates import authority, kept
from wellbeing.certificates.authority import Where
from wellbeing.certificates.kept import CertificateRefused

SHOP = Where(("wind.home.arpa",))
A_YEAR_LATER = NOW + timedelta(days=365)


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A site's folder with its certificates."""
    kept.make(tmp_path, SHOP, NOW)
    return tmp_path


def test_only_their_owner_can_read_the_keys(made: Path):
    for path in (kept.root_in(made), kept.site_in(made)):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.site_in(made).parent.stat().st_mode) == 0o700


def test_what_tablets_have_taken_up_is_not_made_anew_by_mistake(made: Path):
    before = kept.root_certificate(made)

    with pytest.raises(CertificateRefused, match="already, for wind.home.arpa"):
        kept.make(made, SHOP, NOW)
    assert kept.root_certificate(made) == before

    kept.make(made, SHOP, NOW, again=True)
    assert kept.root_certificate(made) != before


def test_the_site_is_renewed_and_its_root_stays(made: Path):
    root, site = kept.root_certificate(made), kept.site_in(made).read_bytes()

    assert not kept.renew(made, NOW)
    assert kept.renew(made, A_YEAR_LATER)

    assert kept.root_certificate(made) == root
    assert kept.site_in(made).read_bytes() != site
    assert not kept.renew(made, A_YEAR_LATER)


def test_a_site_behind_a_proxy_has_nothing_to_renew(tmp_path: Path):
    assert not kept.renew(tmp_path, NOW)


def test_a_crash_between_root_and_site_is_mended_by_the_next_renewal(made: Path):
    kept.root_in(made).write_bytes(authority.new_root(SHOP, NOW))

    assert kept.renew(made, NOW)
    assert not kept.renew(made, NOW)


def test_what_cannot_be_read_is_named(made: Path):
    kept.site_in(made).unlink()

    with pytest.raises(CertificateRefused, match="site.pem cannot be read: No such file"):
        kept.where_of(made)


def test_a_full_disk_leaves_everything_as_it_was(made: Path, monkeypatch: pytest.MonkeyPatch):
    before = {path.name: path.read_bytes() for path in kept.site_in(made).parent.iterdir()}

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CertificateRefused, match="site.pem cannot be written: No space left on device"):
        kept.renew(made, A_YEAR_LATER)

    assert {path.name: path.read_bytes() for path in kept.site_in(made).parent.iterdir()} == before
