"""The folder that the judges of a site read."""

import csv
import json
from pathlib import Path

from judges import case
from tests.judges.voices import record

RECORDS = [record(1, 2, 3, 4, 5, 1, 2, 3, 4), record(1, 2, 3, 4, 5, 3, tick=2)]


def lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_both_releases_are_written_for_every_judge(tmp_path: Path):
    case.write(RECORDS, tmp_path / "site", attacks=30)

    releases = json.loads((tmp_path / "site" / "records.json").read_text())
    assert {name: len(found) for name, found in releases.items()} == {"ours": 2, "bad": 7}
    assert len(lines(tmp_path / "site" / "microdata-ours.csv")) == 15
    assert len(lines(tmp_path / "site" / "microdata-bad.csv")) == 14
    names = {f"{release}-{table}.csv" for release in ("ours", "bad") for table in ("true", "control")}
    assert names <= {path.name for path in (tmp_path / "site").iterdir()}


def test_a_guess_stands_in_the_line_of_the_person_it_is_about():
    tables = case.inference_tables(RECORDS, attacks=30)
    about = ("fold", "record", "unit", "tick", "days", "check_ins")

    for release in ("ours", "bad"):
        people = [[line[name] for name in about] for line in tables[f"{release}-true"]]
        for attacker in case.ATTACKERS:
            assert [[line[name] for name in about] for line in tables[f"{release}-{attacker}"]] == people
        assert {line["fold"] for line in tables[f"{release}-control"]} <= {line[0] for line in people}
