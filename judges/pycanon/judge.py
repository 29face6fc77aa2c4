"""pycanon judges k-anonymity: everybody shares their published record with at least four others.

Run by pycanon's own Python: judge.py FOLDER VERDICT. Reads microdata-ours.csv and microdata-bad.csv, one
line per person and record. The published columns are the quasi-identifiers, and what the person said is
sensitive.
"""

import json
import sys
from pathlib import Path

import pandas as pd
from pycanon.anonymity import alpha_k_anonymity, k_anonymity, l_diversity

PUBLISHED = ["unit", "tick", "people_floor", "mood", "rough", "breaks"]
SAID = ["own_mood", "own_rough", "own_break"]
FEWEST = 5


def smallest(folder: Path, release: str) -> tuple[int, pd.DataFrame]:
    """Return k of a release, and its table."""
    table = pd.read_csv(folder / f"microdata-{release}.csv", dtype=str)
    return int(k_anonymity(table, PUBLISHED)), table


def main(folder: Path, verdict: Path) -> int:
    """Print the figures, keep them with the verdict, and return 0 where the release passes."""
    k, table = smallest(folder, "ours")
    k_of_bad, _table = smallest(folder, "bad")
    figures = {
        "k": k,
        "k of pairs with exact means": k_of_bad,
        "people and records": len(table),
        "classes": len(table.drop_duplicates(PUBLISHED)),
        # Said for information: a reader does not see what makes a record's people alike.
        "l of mood": int(l_diversity(table, PUBLISHED, SAID[:1])),
        "alpha of mood": round(float(alpha_k_anonymity(table, PUBLISHED, SAID[:1])[0]), 2),
    }
    passed = k >= FEWEST > k_of_bad
    for name, figure in figures.items():
        print(f"  {name}: {figure}", flush=True)
    verdict.write_text(json.dumps({"passed": passed, "figures": figures}))
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
