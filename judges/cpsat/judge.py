"""OR-tools' CP-SAT judges certainty a second time, by another model: everybody's votes of all weeks at once.

Run by OR-tools' own Python: judge.py FOLDER VERDICT. Reads records.json. For each unit there is one model of
its whole ledger: a variable for each named person, week and question, the rules as constraints, and an
insider whose own votes of all weeks are known. Asked is whether somebody else can have given one answer in
all of their weeks; only where they cannot, week by week.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ortools.sat.python import cp_model

QUESTIONS = {"mood": range(1, 6), "rough": range(2), "break_taken": range(2)}
SHOWN = {"rough": "rough", "break_taken": "breaks"}
# One answer to every question, so that five models ask about all of them: each value stands in one at least.
ANSWERS = [{"mood": mood, "rough": mood % 2, "break_taken": mood // 2 % 2} for mood in QUESTIONS["mood"]]
WORDS_BELOW, KNOWN_VOTES = 8, 2

Record = dict[str, Any]
# What somebody is taken to have said, by place of the record, person and question.
Said = dict[tuple[int, int, str], int]


def ledger_model(records: Sequence[Record], said: Said) -> cp_model.CpModel:
    """Return the model of what can have been said, given what is published and some answers."""
    model = cp_model.CpModel()
    for place, record in enumerate(records):
        for question in QUESTIONS:
            votes = [
                _vote(model, question, said.get((place, voice["person"], question)))
                for voice in record["voices"]
            ]
            total = model.new_int_var(0, 5 * len(votes), "")
            model.add(total == cp_model.LinearExpr.sum(votes))
            if question == "mood":
                _publish_mood(model, record, total)
            else:
                _publish_count(model, record, record[SHOWN[question]], total)
    return model


def _vote(model: cp_model.CpModel, question: str, known: int | None) -> cp_model.IntVar:
    values = QUESTIONS[question]
    least, most = (values[0], values[-1]) if known is None else (known, known)
    return model.new_int_var(least, most, "")


def _publish_mood(model: cp_model.CpModel, record: Record, total: cp_model.IntVar) -> None:
    people, band = len(record["voices"]), record["people_floor"]
    if record["rule"] == "exact":
        model.add(total == record["mood_sum"])
    elif band < WORDS_BELOW:
        # In fifths of a vote: low up to 13, high from 17.
        word = record["mood_word"]
        if word == "low":
            model.add(5 * total <= 13 * people)
        elif word == "high":
            model.add(5 * total >= 17 * people)
        else:
            model.add_linear_constraint(5 * total, 13 * people + 1, 17 * people - 1)
    else:
        _publish_tenths(model, record["mood_tenths"], people, band, total)


def _publish_tenths(
    model: cp_model.CpModel, tenths: int, people: int, band: int, total: cp_model.IntVar
) -> None:
    """Say how clip and rounding lead to the tenths: floor((20 x + 1) / 2), where x is the clipped mean."""
    whole, margin = people * band, 4 * KNOWN_VOTES * people
    raised, clipped = (model.new_int_var(0, 5 * whole, "") for _name in range(2))
    model.add_max_equality(raised, [band * total, whole + margin])
    model.add_min_equality(clipped, [raised, 5 * whole - margin])
    model.add_division_equality(model.new_constant(tenths), 20 * clipped + whole, 2 * whole)


def _publish_count(model: cp_model.CpModel, record: Record, shown: str | int, yes: cp_model.IntVar) -> None:
    people = len(record["voices"])
    if record["rule"] == "exact" or isinstance(shown, int):
        model.add(yes == shown)
    elif shown == "few":
        model.add(yes <= KNOWN_VOTES)
    else:
        model.add(yes >= max(people - KNOWN_VOTES, KNOWN_VOTES + 1))


def possible(records: Sequence[Record], said: Said) -> bool:
    """Tell whether a reader must still think something possible; an undecided solver is an error."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(ledger_model(records, said))
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.INFEASIBLE):
        raise RuntimeError(f"CP-SAT could not decide: {solver.status_name(status)}.")
    return status != cp_model.INFEASIBLE


def own_votes(records: Sequence[Record], insider: int | None) -> Said:
    """Return everything that an insider knows to have said."""
    return {
        (place, insider, question): voice[question]
        for place, record in enumerate(records)
        for voice in record["voices"]
        if insider is not None and voice["person"] == insider
        for question in QUESTIONS
    }


def weeks(records: Sequence[Record], person: int) -> frozenset[int]:
    """Return the places of the records that a person is in."""
    return frozenset(
        place
        for place, record in enumerate(records)
        if person in {voice["person"] for voice in record["voices"]}
    )


def targets(records: Sequence[Record], insider: int | None) -> list[int]:
    """Return people to ask about, so that everybody else's weeks are among one of theirs.

    The model treats people of a record alike, save the insider. Whoever is in fewer weeks than another
    can say all that the other can.
    """
    people = sorted({voice["person"] for record in records for voice in record["voices"]} - {insider})
    by_size = sorted(people, key=lambda person: (-len(weeks(records, person)), person))
    chosen: dict[int, frozenset[int]] = {}
    for person in by_size:
        if not any(weeks(records, person) <= larger for larger in chosen.values()):
            chosen[person] = weeks(records, person)
    return list(chosen)


def excluded(records: Sequence[Record], insider: int | None, target: int) -> int:
    """Return how many answers of a person are excluded over all of their weeks."""
    known, places = own_votes(records, insider), weeks(records, target)
    found = set()
    for answer in ANSWERS:
        always = {(place, target, question): value for place in places for question, value in answer.items()}
        if not possible(records, known | always):
            found |= {
                (place, question, value)
                for place in places
                for question, value in answer.items()
                if not possible(records, known | {(place, target, question): value})
            }
    return len(found)


def everybody(records: Sequence[Record]) -> list[int | None]:
    """Return the insiders to think of: nobody, and then each person of a unit."""
    return [None, *sorted({voice["person"] for record in records for voice in record["voices"]})]


def judge(units: Sequence[Sequence[Record]]) -> dict[str, int]:
    """Return how many values are excluded over all units, insiders and people."""
    asked = found = 0
    for number, records in enumerate(units, start=1):
        for insider in everybody(records):
            chosen = targets(records, insider)
            found += sum(excluded(records, insider, target) for target in chosen)
            asked += len(chosen)
        print(f"  unit {number} of {len(units)}: {found} excluded so far", flush=True)
    return {"units": len(units), "people asked about": asked, "excluded": found}


def in_units(records: Sequence[Record]) -> list[list[Record]]:
    """Return records by unit."""
    units = defaultdict(list)
    for record in records:
        units[record["unit"]].append(record)
    return list(units.values())


def blind_spot(records: Sequence[Record]) -> int:
    """Return how many values the bad release excludes, in its first tick alone: one is enough to see."""
    first = [record for record in records if record["tick"] == records[0]["tick"]]
    return sum(
        excluded([record], insider, target)
        for record in first
        for insider in everybody([record])
        for target in targets([record], insider)
    )


def main(folder: Path, verdict: Path) -> int:
    """Print the figures, keep them with the verdict, and return 0 where the release passes."""
    releases = json.loads((folder / "records.json").read_text())
    figures = judge(in_units(releases["ours"]))
    figures |= {"excluded by pairs with exact means": blind_spot(releases["bad"])}
    for name, figure in figures.items():
        print(f"  {name}: {figure}", flush=True)
    passed = figures["excluded"] == 0 and figures["excluded by pairs with exact means"] > 0
    verdict.write_text(json.dumps({"passed": passed, "figures": figures}))
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
