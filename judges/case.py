"""Writes what the judges read of one site: records as JSON, and tables as CSV, in one folder."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path

from judges import attackers
from judges.holdout import ATTACKS, FOLDS, folds
from judges.records import Record, as_json, in_pairs, microdata

OURS, BAD = "ours", "bad"
ATTACKERS: dict[str, attackers.Attacker] = {"outsider": attackers.outsider, "insider": attackers.insider}

Line = dict[str, object]


def write(records: Sequence[Record], folder: Path, attacks: int = ATTACKS) -> None:
    """Write a site's release, and the bad one made of the same answers, for every judge.

    ``attacks`` is how many people of the control anonymeter shall attack, at least.
    """
    folder.mkdir(parents=True)
    releases = {OURS: list(records), BAD: in_pairs(records)}
    plain = {name: as_json(found) for name, found in releases.items()}
    (folder / "records.json").write_text(json.dumps(plain))
    for name, found in releases.items():
        _table(folder / f"microdata-{name}.csv", microdata(found))
    for name, lines in inference_tables(records, attacks).items():
        _table(folder / f"{name}.csv", lines)


def inference_tables(records: Sequence[Record], attacks: int = ATTACKS) -> dict[str, list[Line]]:
    """Return, for both releases, the lines of who is in them, of the control, and of every attacker."""
    tables: dict[str, list[Line]] = {
        f"{release}-{table}": [] for release in (OURS, BAD) for table in ("true", "control", *ATTACKERS)
    }
    for number, fold in enumerate(folds(records, attacks)):
        releases = {OURS: fold.records}
        # One draw shows whether a judge is blind.
        if number < FOLDS:
            releases[BAD] = in_pairs(fold.records)
        for release, found in releases.items():
            lines = {"true": attackers.true(found), "control": attackers.control(found, fold.silent)}
            lines |= {name: attackers.guessed(found, attacker) for name, attacker in ATTACKERS.items()}
            for table, added in lines.items():
                tables[f"{release}-{table}"] += [{"fold": number} | line for line in added]
    return tables


def _table(path: Path, lines: Sequence[Line]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, list(lines[0]) if lines else [])
        rows.writeheader()
        rows.writerows(lines)
