"""Runs the benchmarks, or those named: `make bench`, `make bench ARGS=check_in`."""

import sys
from collections.abc import Callable

from bench import (
    case_list,
    charts_size,
    check_in,
    counter_size,
    exports,
    first_screen,
    insights,
    mood_page,
    overview,
    release,
    results,
    start_up,
    tap_to_saved,
)
from bench.rounds import Result

BENCHMARKS: dict[str, Callable[[], list[Result]]] = {
    "check_in": check_in.run,
    "mood_page": mood_page.run,
    "organisation_page": overview.run,
    "case_list": case_list.run,
    "release": release.run,
    "exports": exports.run,
    "insights": insights.run,
    "counter_size": counter_size.run,
    "charts_size": charts_size.run,
    "start_up": start_up.run,
    "tap_to_saved": tap_to_saved.run,
    "first_screen": first_screen.run,
}


def main(wanted: list[str]) -> None:
    """Run the benchmarks one after the other and keep each one's figures as soon as they are there."""
    unknown = set(wanted) - set(BENCHMARKS)
    if unknown:
        sys.exit(f"There is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}.")
    for name in wanted or BENCHMARKS:
        print(f"Measuring {name} ...", flush=True)
        found = BENCHMARKS[name]()
        results.keep(found)
        for result in found:
            print(f"  {results.line(result)}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
