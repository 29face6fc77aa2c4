"""What the doctor says of the database, fact by fact."""

from datetime import UTC, datetime, timedelta

import pytest

from wellbeing.doctor import database, site_checks

NOW = datetime(2026, 3, 4, 11, 30, tzinfo=UTC)


def test_a_database_that_does_not_answer_is_a_fault():
    assert "DATABASE_URL" in database.unreachable().remedy


def test_an_older_schema_is_upgraded_and_a_newer_one_needs_its_version():
    known = ["0009", "0010"]

    assert database.schema("0010", "0010", known).ok
    assert "flask upgrade" in database.schema("0009", "0010", known).remedy
    assert "flask upgrade" in database.schema("none", "0010", known).remedy
    assert "made by a newer version" in database.schema("0042", "0010", known).sentence


def test_a_site_that_moved_away_says_where_to_look():
    assert database.moved(False).ok
    assert "Set DATABASE_URL to the new database" in database.moved(True).remedy


def test_a_reading_login_that_reads_too_much_is_named():
    assert database.reading_login([], asked=True).ok
    assert "cannot connect" in database.reading_login([], asked=False).sentence
    assert "flask db upgrade" in database.reading_login(["receipt"], asked=True).remedy


def test_what_is_late_is_said():
    assert database.ticks(late=False).ok
    assert "flask jobs run" in database.ticks(late=True).remedy
    assert "No backup was made here yet" in database.backup(NOW, None).sentence
    assert database.backup(NOW, NOW - timedelta(hours=26)).ok
    late = database.backup(NOW, NOW - timedelta(hours=27))
    assert late.sentence == "The last verified backup is from 2026-03-03 08:30 UTC."
    assert not late.ok


def test_a_log_that_grew_and_a_broken_chain_are_faults():
    assert database.log(1_000).ok
    assert "grown to 65 MB" in database.log(65_000_000).sentence
    assert database.chain({}).ok
    assert database.chain({"detail ledger": 3}).sentence.endswith("in the database: detail ledger.")


def test_what_a_site_lacks_around_its_data():
    assert site_checks.clips(0).ok
    assert "missing: 2." in site_checks.clips(2).sentence
    assert site_checks.mail(True).remedy == ""
    assert site_checks.mail(False).ok
    assert site_checks.ready([]).ok
    assert "no helpline is offered" in site_checks.ready(["no helpline is offered"]).sentence
    assert site_checks.agreed(True).ok
    assert not site_checks.agreed(False).ok


def test_a_site_that_speaks_https_itself_is_not_told_of_a_proxy(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TLS_CERTIFICATE", "tls/site.pem")

    assert site_checks.https(True, True, False, "https://wind.example.org").remedy == ""


def test_a_real_site_without_https_is_a_fault():
    assert site_checks.https(False, False, False, "").ok
    assert not site_checks.https(True, False, True, "").ok
    assert not site_checks.https(True, True, True, "http://wind.example.org").ok
    assert "BEHIND_PROXY=1" in site_checks.https(True, True, False, "https://wind.example.org").remedy
    assert site_checks.https(True, True, True, "https://wind.example.org").remedy == ""
