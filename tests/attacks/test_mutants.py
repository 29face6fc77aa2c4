"""Mutants: every seeded mistake is noticed by the test that is named for it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.attacks.findings import Report
from tests.attacks.mutants import MUTANTS, Mutant

ROOT = Path(__file__).resolve().parents[2]
OPTIONS = ("-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:xdist", "--no-cov")
# The mistakes that the specification names; the others were found worth making.
NAMED = {
    *("recompute after erasure", "reopen for late answers", "history follows a mover", "cut a block by date"),
    *("k lowered re-forms blocks", "live refresh", "a second partition", "coarsening at view time"),
    *("suppress if unanimous", "count flags on flaggers", "distinct people over unions"),
}


@dataclass(frozen=True)
class Nursery:
    """The process that mutants are forked from (tests/attacks/nursery.py), and what they print."""

    process: subprocess.Popen[str]
    printed: Path

    def run(self, mutant: Mutant, folder: Path) -> str:
        """Run a mutant's killer in a process of its own and return how it ended, in a few words."""
        report = folder / "report.xml"
        told = [*OPTIONS, mutant.killer, "--mutant", mutant.name, f"--junitxml={report}"]
        print(json.dumps(told), file=self.process.stdin, flush=True)
        ended = self.process.stdout.readline()
        if ended != "over\n" or not report.exists():
            return f"did not run: {ended}{self.printed.read_text()[-2000:]}"
        return outcome(ElementTree.parse(report).getroot())  # noqa: S314


@pytest.fixture(scope="module")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    """One process to fork from for each process of this run."""
    printed = tmp_path_factory.mktemp("nursery") / "printed.txt"
    command = [sys.executable, "-m", "tests.attacks.nursery"]
    with printed.open("w") as stderr:
        process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr, text=True
        )
    with process:
        yield Nursery(process, printed)
        process.kill()


def outcome(report: ElementTree.Element) -> str:
    """Return "killed" if exactly one test ran and an assertion of its own failed; else what happened."""
    [suite] = report.iter("testsuite")
    counted = {name: int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")}
    if counted == {"tests": 1, "failures": 1, "errors": 0, "skipped": 0}:
        [failure] = report.iter("failure")
        message = failure.get("message", "")
        return "killed" if message.startswith(("AssertionError", "assert ")) else f"crashed: {message[:300]}"
    survived = counted == {"tests": 1, "failures": 0, "errors": 0, "skipped": 0}
    return "survived" if survived else f"is not one test: {counted}"


@pytest.mark.timeout(900)
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_the_mistake_is_noticed(mutant: Mutant, nursery: Nursery, tmp_path: Path):
    assert nursery.run(mutant, tmp_path) == "killed", f"{mutant.name} is not noticed by {mutant.killer}"


def test_every_mistake_of_the_specification_is_made_and_has_one_name(finding: Report):
    names = [mutant.name for mutant in MUTANTS]

    assert len(set(names)) == len(names)
    assert NAMED <= set(names)
    attacks = {mutant.killer.split("::")[0] for mutant in MUTANTS}
    finding(
        "mutants",
        f"{len(names)} of {len(names)} are noticed",
        "- (there is no promise that a mistake could break)",
        f"{len(NAMED)} mistakes that the specification names and {len(names) - len(NAMED)} more, "
        f"by tests of {len(attacks)} kinds",
    )


@pytest.mark.parametrize(
    ("counts", "inner", "said"),
    [
        ("tests='1' failures='0' errors='0' skipped='0'", "", "survived"),
        ("tests='2' failures='1' errors='0' skipped='0'", "", "is not one test"),
        ("tests='1' failures='0' errors='1' skipped='0'", "", "is not one test"),
        ("tests='1' failures='0' errors='0' skipped='1'", "", "is not one test"),
        ("tests='1' failures='1' errors='0' skipped='0'", "<failure message='KeyError: 3'/>", "crashed"),
        ("tests='1' failures='1' errors='0' skipped='0'", "<failure message='assert 3 == 4'/>", "killed"),
    ],
)
def test_only_an_assertion_that_fails_is_a_kill(counts: str, inner: str, said: str):
    suite = f"<testsuites><testsuite {counts}>{inner}</testsuite></testsuites>"

    assert outcome(ElementTree.fromstring(suite)).startswith(said)  # noqa: S314
