"""What the doctor says of the machine, fact by fact."""

from datetime import UTC, datetime, timedelta

import pytest

from wellbeing.doctor import machine

NOW = datetime(2026, 3, 4, 11, 30, tzinfo=UTC)
KEYS = {"SECRET_KEY": b"a", "PIN_PEPPER": b"b", "SERVER_KEY": b"c"}


def test_a_full_disk_is_a_fault_with_a_remedy():
    found = machine.disk(400_000_000)

    assert not found.ok
    assert "Less than 1 GB" in found.sentence
    assert found.remedy.startswith("Make room")
    assert machine.disk(5_600_000_000).sentence == "5 GB are free where the data lies."


def test_a_clock_that_was_set_back_a_day_is_noticed():
    found = machine.clock(NOW, NOW + timedelta(days=1))

    assert not found.ok
    assert found.sentence.startswith("The clock was set back: it says 2026-03-04 11:30 UTC")
    assert found.sentence.endswith("the site was at work at 2026-03-05 11:30 UTC.")


@pytest.mark.parametrize("before", [None, NOW, NOW + timedelta(minutes=4), NOW - timedelta(weeks=30)])
def test_a_clock_that_goes_on_is_well(before: datetime | None):
    assert machine.clock(NOW, before).ok


@pytest.mark.parametrize(
    ("told", "ok", "advice"), [("yes", True, False), ("no", False, True), ("", True, True)]
)
def test_what_the_system_says_of_its_clock(told: str, ok: bool, advice: bool):
    found = machine.synchronised(told)

    assert (found.ok, bool(found.remedy)) == (ok, advice)


def test_a_time_zone_must_be_known_here():
    assert machine.time_zone("Europe/Madrid").ok
    assert "does not know the time zone Mars/Base" in machine.time_zone("Mars/Base").sentence
    assert "not set up yet" in machine.time_zone(None).sentence


def test_secrets_differ_and_are_not_the_demos():
    assert machine.secrets(KEYS, [], production=True).ok
    assert machine.secrets(KEYS, [b"b"], production=False).ok
    assert "is that of the demo site" in machine.secrets(KEYS, [b"b"], production=True).sentence
    same = machine.secrets(KEYS | {"SERVER_KEY": b"a"}, [], production=False)
    assert same.sentence == "Two secrets are the same: SECRET_KEY = SERVER_KEY."


def test_files_that_others_can_read_are_named_with_the_command():
    found = machine.files({"/data/second-wind.db": 0o644, "/data/backups": 0o700})

    assert found.sentence == "Other users of this machine can read /data/second-wind.db."
    assert found.remedy == "Take that away: chmod -R go= /data/second-wind.db"
    assert machine.files({"/data/second-wind.db": 0o600}).ok
