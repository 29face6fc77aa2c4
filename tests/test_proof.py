"""What the attacks found: kept in one place, and told alike wherever it is told."""

from pathlib import Path

import pytest

from tests.attacks import findings
from wellbeing import proof
from wellbeing.proof import Finding

ONE = Finding("watcher", "0 bytes", "12 % of answers", "200 answers")
OTHER = Finding("detail", "nothing", "- (no such thing)", "a grid")


def test_the_page_about_anonymity_tells_what_the_attacks_found():
    text = findings.DOCUMENT.read_text("utf-8")

    assert findings.with_table(text, proof.findings()) == text, "make attacks"


def test_every_attack_of_the_specification_has_been_tried():
    assert [found.attack for found in proof.findings()] == list(proof.ATTACKS)


def test_a_finding_that_is_kept_replaces_its_older_self_and_leaves_the_others(tmp_path: Path):
    kept, document = tmp_path / "proof.json", tmp_path / "anonymity.md"
    kept.write_text("{}")
    document.write_text("above\n<!-- proof --> old <!-- /proof -->\nbelow\n")

    findings.keep([ONE, OTHER], kept, document)
    newer = Finding("detail", "nothing at all", "-", "a grid")
    findings.keep([newer], kept, document)

    assert proof.read(kept) == (ONE, newer)
    assert document.read_text().splitlines() == [
        "above",
        "<!-- proof -->",
        "",
        *findings.table([ONE, newer]),
        "",
        "<!-- /proof -->",
        "below",
    ]


def test_the_marks_stay_where_they_are_when_the_table_is_written_twice():
    once = findings.with_table("<!-- proof --><!-- /proof -->", [ONE])

    assert findings.with_table(once, [ONE]) == once


def test_a_document_without_a_place_for_the_table_is_not_touched():
    with pytest.raises(AssertionError, match="<!-- proof -->"):
        findings.with_table("no marks", [ONE])


def test_two_tests_of_one_attack_may_not_disagree():
    assert findings.in_order([ONE, OTHER, ONE]) == (ONE, OTHER)
    with pytest.raises(AssertionError, match="different things"):
        findings.in_order([ONE, Finding("watcher", "1 byte", "-", "200 answers")])
