"""Z3 judges certainty: which answers does a record exclude for somebody, given the rules and one insider?

Run by Z3's own Python: judge.py FOLDER VERDICT. Reads records.json. The unknowns are the people's
votes; the rules are written here once more, in whole numbers, from their specification and not from the
project's code. The reader knows the rules, the record, exactly who is in it, and, as an insider, one
person's own vote.

First each record by itself, with a variable for every person; then all records of a unit together, where one
target stands in every record at once and the others are one sum: any sum from m to 5m can be that of m votes.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import z3

MOODS, YES_OR_NO = (1, 2, 3, 4, 5), (0, 1)
FEWEST, INSIDERS = 5, 1
QUESTIONS = {"mood": MOODS, "rough": YES_OR_NO, "break_taken": YES_OR_NO}

Record = dict[str, Any]
# One question about one record: its rule, people, band, what is shown, and the insider's own vote or None.
Case = tuple[str, int, int, Any, int | None]


def mood_rule(rule: str, people: int, band: int, shown: Any, total: z3.ArithRef) -> z3.BoolRef:
    """Return what a published mood says about the sum of the votes."""
    if rule == "exact":
        return total == shown
    if band == FEWEST:
        low, high = 5 * total <= 13 * people, 5 * total >= 17 * people
        return {"low": low, "high": high, "middle": z3.And(z3.Not(low), z3.Not(high))}[shown]
    # All of it times people * band: the mean is total / people, the margin 4 (1 + c) / band.
    least, most = people * (band + 4 * (1 + INSIDERS)), people * (5 * band - 4 * (1 + INSIDERS))
    mean = total * band
    clipped = z3.If(mean < least, least, z3.If(mean > most, most, mean))
    whole = people * band
    # Half up to tenths: shown <= 10 x + 1/2 < shown + 1.
    return z3.And(2 * shown * whole <= 20 * clipped + whole, 20 * clipped + whole < 2 * (shown + 1) * whole)


def count_rule(rule: str, people: int, shown: str | int, yes: z3.ArithRef) -> z3.BoolRef:
    """Return what a published count says about how many said yes."""
    few, most = yes <= INSIDERS + 1, yes >= people - INSIDERS - 1
    if rule == "exact":
        return yes == shown
    if isinstance(shown, int):
        return z3.And(yes == shown, z3.Not(few), z3.Not(most))
    return few if shown == "few" else z3.And(most, z3.Not(few))


def rule_of(question: str, case: Case, total: z3.ArithRef) -> z3.BoolRef:
    """Return what a record says about the sum of one question's votes."""
    rule, people, band, shown, _own = case
    if question == "mood":
        return mood_rule(rule, people, band, shown, total)
    return count_rule(rule, people, shown, total)


@cache
def excluded_alone(question: str, case: Case) -> int:
    """Return how many answers of a person who is not the insider one record excludes by itself."""
    _rule, people, _band, _shown, own = case
    values = QUESTIONS[question]
    votes = [z3.Int(f"vote{number}") for number in range(people)]
    solver = z3.Solver()
    solver.add(*(z3.And(vote >= values[0], vote <= values[-1]) for vote in votes))
    solver.add(rule_of(question, case, z3.Sum(votes)))
    if own is not None:
        solver.add(votes[-1] == own)
    return sum(not possible(solver, votes[0] == value) for value in values)


def possible(solver: z3.Solver, *also: z3.BoolRef) -> bool:
    """Tell whether a reader must still think something possible; an undecided solver is an error."""
    answer = solver.check(*also)
    if answer == z3.unknown:
        raise RuntimeError("Z3 could not decide.")
    return answer == z3.sat


def case_of(question: str, record: Record, own: int | None) -> Case:
    """Return a question about a record without the names in it."""
    if question == "mood":
        shown = next(
            record[key] for key in ("mood_word", "mood_tenths", "mood_sum") if record[key] is not None
        )
    else:
        shown = record["rough" if question == "rough" else "breaks"]
    return record["rule"], len(record["voices"]), record["people_floor"], shown, own


def insiders_of(records: list[Record]) -> Iterator[int | None]:
    """Yield nobody, and then everybody, as the insider."""
    yield None
    yield from sorted({voice["person"] for record in records for voice in record["voices"]})


def vote_of(question: str, record: Record, person: int | None) -> int | None:
    """Return what an insider knows to have said in a record, or None where they are not in it."""
    return next((voice[question] for voice in record["voices"] if voice["person"] == person), None)


def each_alone(records: list[Record]) -> tuple[int, int]:
    """Return how many values are excluded over all records and insiders, and how many were asked about."""
    excluded = asked = 0
    for record in records:
        for insider in insiders_of([record]):
            for question, values in QUESTIONS.items():
                excluded += excluded_alone(
                    question, case_of(question, record, vote_of(question, record, insider))
                )
                asked += len(values)
    return excluded, asked


def together(records: list[Record], insider: int | None) -> tuple[int, int]:
    """Return the same for all records of one unit at once and one insider."""
    solver = z3.Solver()
    targets: dict[str, list[z3.ArithRef]] = {question: [] for question in QUESTIONS}
    for number, record in enumerate(records):
        for question, values in QUESTIONS.items():
            own = vote_of(question, record, insider)
            target, rest = z3.Ints(f"target-{question}{number} rest-{question}{number}")
            others = len(record["voices"]) - 1 - (own is not None)
            solver.add(target >= values[0], target <= values[-1])
            solver.add(rest >= values[0] * others, rest <= values[-1] * others)
            solver.add(rule_of(question, case_of(question, record, own), target + rest + (own or 0)))
            targets[question].append(target)
    excluded = 0
    for question, values in QUESTIONS.items():
        for value in values:
            said = [target == value for target in targets[question]]
            # If the target can have said so in every record, then in each; only else each has to be asked.
            if not possible(solver, *said):
                excluded += sum(not possible(solver, one) for one in said)
    return excluded, len(records) * sum(map(len, QUESTIONS.values()))


def judge(records: list[Record]) -> dict[str, int]:
    """Return how many values are excluded, record by record and unit by unit."""
    alone, asked = each_alone(records)
    units = defaultdict(list)
    for record in records:
        units[record["unit"]].append(record)
    found = [together(unit, insider) for unit in units.values() for insider in insiders_of(unit)]
    return {
        "records": len(records),
        "asked, each alone": asked,
        "excluded, each alone": alone,
        "asked, a unit's together": sum(asked for _excluded, asked in found),
        "excluded, a unit's together": sum(excluded for excluded, _asked in found),
    }


def main(folder: Path, verdict: Path) -> int:
    """Print the figures, keep them with the verdict, and return 0 where the release passes."""
    releases = json.loads((folder / "records.json").read_text())
    figures: dict[str, int] = judge(releases["ours"])
    blind = each_alone(releases["bad"])
    figures |= {"excluded by pairs with exact means": blind[0]}
    for name, figure in figures.items():
        print(f"  {name}: {figure}", flush=True)
    nothing = figures["excluded, each alone"] == figures["excluded, a unit's together"] == 0
    passed = nothing and blind[0] > 0
    verdict.write_text(json.dumps({"passed": passed, "figures": figures}))
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
