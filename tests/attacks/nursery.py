"""Where mutants come from: a process that has imported what all of them import, and forks for each.

It reads the arguments of a run of pytest as a line of JSON, and answers with a line when that run is over.
"""

import json
import os
import sys

import playwright.sync_api  # noqa: F401 - imported for those that are forked.
import pytest

import wellbeing  # noqa: F401 - the same.


def run(arguments: list[str]) -> None:
    """Run pytest in a process of its own, until it is over; what it prints goes to standard error."""
    child = os.fork()
    if child == 0:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        ended = pytest.main(arguments)
        sys.stdout.flush()
        os._exit(ended)
    os.waitpid(child, 0)


if __name__ == "__main__":
    for line in sys.stdin:
        run(json.loads(line))
        print("over", flush=True)
