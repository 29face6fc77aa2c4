"""anonymeter judges inference: does a record say more about its own people than about others beside them?

Run by anonymeter's own Python: judge.py FOLDER VERDICT. For each release: RELEASE-true.csv (people in a
record, what is known of them, what they said), RELEASE-control.csv (people of the same unit and week who are
in none) and RELEASE-ATTACKER.csv (the people of the first, with the attacker's guess for what they said). The
risk is how much better an attacker does on people in a record than on those in none; 1 is certainty.
"""

import json
import sys
import warnings
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd
from anonymeter.evaluators import InferenceEvaluator
from anonymeter.stats.confidence import EvaluationResults

KNOWN = ["record", "unit", "tick", "days", "check_ins"]
QUESTIONS = ["mood", "rough", "break"]
ATTACKERS = ["outsider", "insider"]
HIGHEST_RISK = 0.25
SHARE_OF_RAW = 0.5
# How many people in a record are attacked for each one in the control, where there are so many.
ATTACKS_EACH = 4
SEED = 7

# Right guesses about people in a record, of how many, and the same for the control.
Counts = tuple[int, int, int, int]
Risk = dict[str, float]


def read(folder: Path, name: str, mark: str) -> dict[int, pd.DataFrame]:
    """Return a table by its folds; ``mark`` keeps the names of its lines apart from another's."""
    table = pd.read_csv(folder / f"{name}.csv", dtype={column: str for column in KNOWN[:-1]})
    table.index = [f"{mark}{number}" for number in range(len(table))]
    return dict(iter(table.groupby("fold")))


def counts(folder: Path, release: str, guesses: str, question: str) -> Counts:
    """Return how often the attacker was right, over all folds; the people attacked are always the same."""
    np.random.seed(SEED)
    true, control = read(folder, f"{release}-true", "m"), read(folder, f"{release}-control", "c")
    known = read(folder, f"{release}-{guesses}", "m")
    return _added(_fold_counts(true[fold], known[fold], control[fold], question) for fold in control)


def _fold_counts(true: pd.DataFrame, known: pd.DataFrame, control: pd.DataFrame, question: str) -> Counts:
    attacks = ATTACKS_EACH * len(control)
    evaluator = InferenceEvaluator(
        ori=true, syn=known, control=control, aux_cols=KNOWN, secret=question, n_attacks=attacks
    )
    with warnings.catch_warnings():
        # A warning about attacks that are no better than chance; our control says so more exactly.
        warnings.simplefilter("ignore")
        found = evaluator.evaluate(n_jobs=1).results()
    return int(found.n_success), found.n_attacks_ori, int(found.n_control), found.n_attacks_control


def _added(found: Iterable[Counts]) -> Counts:
    right, attacks, right_in_control, control = (sum(column) for column in zip(*found, strict=True))
    return right, attacks, right_in_control, control


def risk(found: Counts) -> Risk:
    """Return anonymeter's risk with its bounds at 95 %, and how often the attacker was right.

    A person is in eleven records for each time in the control, with much the same guess. So the bounds are
    those of as many attacks on people in a record as on the control.
    """
    right, attacks, right_in_control, control = found
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        results = EvaluationResults(control, round(right * control / attacks), 0, right_in_control)
    value = results.risk()
    return {
        "risk": value.value,
        "low": value.ci[0],
        "high": value.ci[1],
        "right": right / attacks,
        "right_in_control": right_in_control / control,
    }


def accepted(found: Risk, raw: Risk) -> bool:
    """Tell whether the highest likely risk is low, and below half of the lowest likely one of raw answers."""
    return found["high"] <= HIGHEST_RISK and below_half(found, raw)


def below_half(found: Risk, raw: Risk) -> bool:
    """Tell whether the highest likely risk is below half of the lowest likely one of raw answers."""
    return found["high"] < SHARE_OF_RAW * raw["low"]


def judge(folder: Path, release: str, guesses: str) -> dict[str, Risk]:
    """Return the risk of each question, and of all that a person said, under "everything"."""
    found = {question: counts(folder, release, guesses, question) for question in QUESTIONS}
    risks = {question: risk(each) for question, each in found.items()}
    risks["everything"] = risk(_added(found.values()))
    for question, each in risks.items():
        print(
            f"  {release}, {guesses}, {question}: risk {each['risk']:.3f} ({each['low']:.3f} to "
            f"{each['high']:.3f}), right {each['right']:.3f}, in control {each['right_in_control']:.3f}",
            flush=True,
        )
    return risks


def main(folder: Path, verdict: Path) -> int:
    """Print the figures, keep them with the verdict, and return 0 where the release passes."""
    raw = judge(folder, "ours", "true")
    ours = {name: judge(folder, "ours", name) for name in ATTACKERS}
    bad = {name: judge(folder, "bad", name) for name in ATTACKERS}
    passed = all(
        accepted(found["everything"], raw["everything"])
        and accepted(found["mood"], raw["mood"])
        and all(below_half(found[question], raw[question]) for question in QUESTIONS)
        and not accepted(bad[name]["everything"], raw["everything"])
        for name, found in ours.items()
    )
    figures = {"raw answers": _shown(raw["everything"])}
    for name in ATTACKERS:
        figures[f"bad release, {name}"] = _shown(bad[name]["everything"])
        figures[name] = _shown(ours[name]["everything"])
        figures |= {f"{name}, {question} alone": _shown(ours[name][question]) for question in QUESTIONS}
    verdict.write_text(json.dumps({"passed": passed, "figures": figures}))
    return 0 if passed else 1


def _shown(found: Risk) -> str:
    mark = f" (above {HIGHEST_RISK})" if found["high"] > HIGHEST_RISK else ""
    return f"{found['risk']:.3f}, at most {found['high']:.3f}{mark}"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
