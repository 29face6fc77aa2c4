"""What `make judges` is told, and how it ends."""

from pathlib import Path

import pytest

from judges import __main__ as command
from judges import trials
from judges.sources import Source
from judges.trials import Outcome, Trial


def ended(passed: bool) -> list[Outcome]:
    return [Outcome(Trial("z3", "demo", []), passed, 1)]


def test_a_judge_that_does_not_exist_is_refused(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit, match="2"):
        command.main(["solomon"])

    assert "there is no judge solomon; there are intersection, anonymeter" in capsys.readouterr().err


def test_without_the_office_workers_the_demo_alone_is_judged_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    asked: list[Trial] = []
    monkeypatch.setattr(command, "python_of", Path)
    monkeypatch.setattr(command, "_site", lambda source, folder: folder / source.name)
    monkeypatch.setattr(command.sources, "demo", lambda: Source("demo", None, (), ()))
    monkeypatch.setattr(trials, "run_all", lambda found: [asked.extend(found)] and ended(True))

    status = command.main(["z3", "--data", str(tmp_path / "nothing.csv")])

    assert status == 0
    assert [(trial.judge, trial.site, Path(trial.command[0])) for trial in asked] == [
        ("z3", "demo", Path("z3"))
    ]
    assert "nothing.csv is not there, so that the demo site alone is judged." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("passed", "status", "said"), [(True, 0, "All 1 passed."), (False, 1, "1 of 1 FAILED.")]
)
def test_one_judge_that_says_no_is_enough(
    passed: bool,
    status: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    monkeypatch.setattr(trials, "run_all", lambda _found: ended(passed))

    assert command.main(["intersection"]) == status
    assert said in capsys.readouterr().out


def test_the_whole_intersection_attack_is_there_to_be_run():
    assert command.INTERSECTION_TEST.exists()
    assert "--whole" in command._whole_intersection().command


def test_what_cannot_be_installed_ends_it_with_the_reason(monkeypatch: pytest.MonkeyPatch):
    def refuse(_name: str) -> Path:
        raise command.NotInstalled("z3 could not be installed; the reason is above.")

    monkeypatch.setattr(command, "python_of", refuse)

    with pytest.raises(SystemExit, match="z3 could not be installed"):
        command.main(["z3"])
