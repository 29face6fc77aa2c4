"""Has outside tools judge what is published of two sites: `make judges`, or `make judges ARGS=z3`.

The sites are the demo's and, where its file is at hand, that of office workers who really answered. Each
judge runs in an environment of its own. It must pass our release, and refuse a bad one of the same answers.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from judges import case, sources, trials, worlds
from judges.environments import HERE, NotInstalled, python_of
from judges.sources import Source
from judges.trials import Outcome, Trial
from tests.judges.office_workers import SOURCE

# The slow ones first, so that both hands are full until the end.
JUDGES = ("anonymeter", "cpsat", "z3", "pycanon")
INTERSECTION = "intersection"
EVERYBODY = (INTERSECTION, *JUDGES)
INTERSECTION_TEST = HERE.parent / "tests" / "attacks" / "test_intersection.py"
NO_DATA = (
    "The office workers' file {file} is not there, so that the demo site alone is judged. "
    "Name it: make judges JUDGES_DATA=FILE"
)


def main(arguments: Sequence[str]) -> int:
    """Run the judges, print what they found, and return 0 where all of them pass."""
    said = _said(arguments)
    wanted = said.judges or EVERYBODY
    try:
        pythons = {name: python_of(name) for name in JUDGES if name in wanted}
    except NotInstalled as refused:
        sys.exit(str(refused))
    with TemporaryDirectory(prefix="judges-") as folder:
        sites = _sites(said.data, Path(folder)) if pythons else []
        found = [_whole_intersection()] if INTERSECTION in wanted else []
        found += [_trial(judge, python, site) for judge, python in pythons.items() for site in sites]
        outcomes = trials.run_all(found)
    return _verdict(outcomes)


def _said(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make judges", description=__doc__)
    parser.add_argument(
        "judges", nargs="*", metavar="JUDGE", help=f"of {', '.join(EVERYBODY)}; all by default"
    )
    at_hand = Path(os.environ.get("JUDGES_DATA") or SOURCE)
    parser.add_argument("--data", type=Path, default=at_hand, help="the file workplace_esm.csv")
    said = parser.parse_args(arguments)
    unknown = set(said.judges) - set(EVERYBODY)
    if unknown:
        parser.error(f"there is no judge {', '.join(sorted(unknown))}; there are {', '.join(EVERYBODY)}")
    return said


def _sites(data: Path, folder: Path) -> list[Path]:
    """Play the sites and write what the judges read; return a folder for each site."""
    played = [sources.demo()]
    if data.exists():
        played.append(sources.office_workers(data, folder))
    else:
        print(NO_DATA.format(file=data), flush=True)
    return [_site(source, folder) for source in played]


def _site(source: Source, folder: Path) -> Path:
    print(f"Playing the site of the {source.name}: {len(source.entries)} entries ...", flush=True)
    with TemporaryDirectory(dir=folder) as site:
        records = worlds.play(source, Path(site))
    people = {voice.person for record in records for voice in record.voices}
    print(f"  {len(records)} blocks of {len(people)} people, every one of them explained by their answers.")
    case.write(records, folder / source.name)
    return folder / source.name


def _whole_intersection() -> Trial:
    options = ("-q", "--no-header", "-p", "no:cacheprovider", "--whole")
    command = [sys.executable, "-m", "pytest", *options, str(INTERSECTION_TEST)]
    return Trial(INTERSECTION, "simulated teams", command)


def _trial(judge: str, python: Path, site: Path) -> Trial:
    # Each trial reads the same tables and leaves its verdict under a name of its own.
    verdict = site / f"verdict-{judge}.json"
    script = HERE / judge / "judge.py"
    return Trial(judge, site.name, [str(python), str(script), str(site), str(verdict)], verdict)


def _verdict(outcomes: Sequence[Outcome]) -> int:
    print("\n" + "\n".join(trials.table(outcomes)))
    failed = [outcome for outcome in outcomes if not outcome.passed]
    said = f"{len(failed)} of {len(outcomes)} FAILED." if failed else f"All {len(outcomes)} passed."
    print(f"\n{said}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
