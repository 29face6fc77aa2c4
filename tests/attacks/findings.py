"""The fixture ``finding``, and what becomes of the findings when a run ends.

Tests only report what they found, as user properties of their reports. Those reach the process that prints
the summary whether tests run there or in workers, so that one process alone writes, once, at the end.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path

import pytest

from wellbeing import proof
from wellbeing.proof import Finding

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "anonymity.md"
OPENING, CLOSING = "<!-- proof -->", "<!-- /proof -->"
COLUMNS = ("Attack", "Against these figures", "Against an everyday dashboard", "Tried on")

Report = Callable[[str, str, str, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--keep-findings",
        action="store_true",
        help="keep what the attacks find in wellbeing/proof.json and docs/anonymity.md, instead of comparing",
    )
    parser.addoption(
        "--whole", action="store_true", help="attack hundreds of teams over time instead of a sample"
    )


@pytest.fixture
def finding(request: pytest.FixtureRequest) -> Report:
    """Report what an attack found: it must be what is kept, unless this run is there to keep it anew.

    All four texts are short and the same in every run: ``finding(attack, ours, naive, coverage)``.
    """

    def report(attack: str, ours: str, naive: str, coverage: str) -> None:
        assert attack in proof.ATTACKS, f"The specification knows no attack named “{attack}”"
        assert "|" not in f"{ours}{naive}{coverage}", "A table's cell cannot hold a |"
        found = Finding(attack, ours, naive, coverage)
        request.node.user_properties.append(("finding", asdict(found)))
        if not request.config.getoption("--keep-findings"):
            kept = {kept.attack: kept for kept in proof.findings()}.get(attack)
            assert found == kept, "If that is as it should be: make attacks, and read what changed"

    return report


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, exitstatus: int, config: pytest.Config
) -> None:
    found = in_order(_reported(terminalreporter.stats.get("passed", ())))
    if not found:
        return
    terminalreporter.section("attacks")
    for line in table(found):
        terminalreporter.write_line(line)
    if config.getoption("--keep-findings"):
        keep(found, proof.KEPT, DOCUMENT)
        terminalreporter.write_line("kept in wellbeing/proof.json and docs/anonymity.md")


def _reported(reports: Iterable[pytest.TestReport]) -> Iterable[Finding]:
    for report in reports:
        for name, value in getattr(report, "user_properties", ()):
            if name == "finding" and report.when == "call":
                yield Finding(**value)


def in_order(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return one finding for each attack, in order; two tests that disagree are an error."""
    by_attack: dict[str, Finding] = {}
    for one in found:
        first = by_attack.setdefault(one.attack, one)
        assert first == one, f"Two tests found different things: {first} and {one}"
    return tuple(by_attack[attack] for attack in proof.ATTACKS if attack in by_attack)


def table(found: Iterable[Finding]) -> list[str]:
    """Return findings as the lines of a Markdown table."""
    rows = [COLUMNS, ("---",) * len(COLUMNS), *(tuple(asdict(one).values()) for one in found)]
    return [f"| {' | '.join(row)} |" for row in rows]


def keep(found: Iterable[Finding], kept: Path, document: Path) -> None:
    """Write findings over their older selves, and the table of all of them into the document."""
    rows = {one.attack: asdict(one) for one in (*proof.read(kept), *found)}
    for row in rows.values():
        del row["attack"]
    kept.write_text(json.dumps(rows, indent=2, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")
    document.write_text(with_table(document.read_text("utf-8"), proof.read(kept)), "utf-8")


def with_table(text: str, found: Iterable[Finding]) -> str:
    """Return a document with the table of findings between its two marks."""
    before, _opening, rest = text.partition(OPENING)
    _old, closing, after = rest.partition(CLOSING)
    assert closing, f"The document needs {OPENING} and {CLOSING} where the table belongs"
    return "\n".join([before + OPENING, "", *table(found), "", CLOSING + after])
