"""How people are counted in a picture: what is certain as a full bar, what a word may add hatched."""

from collections.abc import Sequence
from itertools import count as counting

import plotly.graph_objects as go
from flask_babel import gettext as _

from wellbeing.models.ledger import CountWord
from wellbeing.reports import dates, words
from wellbeing.reports.trends import Week

# Beyond this many ticks the words of bars beside each other would overlap; the table still has them.
LABELLED = 18
MOST_LINES = 6

Told = Sequence[tuple[Week, int | CountWord | None]]


def bars(name: str, group: str, told: Told, colour: str) -> list[go.Bar]:
    """Draw what is certain as a full bar, and what few or most may add to it as a hatched one."""
    shown = [(week, count) for week, count in told if count is not None]
    in_words = [(week, count) for week, count in shown if isinstance(count, CountWord)]
    sure = [drawn(count, week.people_floor)[0] for week, count in shown]
    ranges = [drawn(count, week.people_floor) for week, count in in_words]
    labels = [words.count(count) for _week, count in in_words]
    certain = go.Bar(**_common(name, group, shown), y=sure, marker={"color": colour, "cornerradius": 3})
    possible = go.Bar(
        **_common(name, group, in_words),
        base=[low for low, _high in ranges],
        y=[high - low for low, high in ranges],
        marker=_hatched(colour, [count for _week, count in in_words]),
        meta={"words": "wide"},
        text=labels if len(told) <= LABELLED else None,
        textposition="outside",
        constraintext="none",
        textangle=-90,
        textfont={"color": "var(--soft)", "size": 13},
        cliponaxis=False,
    )
    return [certain, possible]


def _common(name: str, group: str, shown: Sequence[tuple[Week, int | CountWord]]) -> dict[str, object]:
    return {
        "x": [week.number for week, _count in shown],
        "offsetgroup": group,
        "name": name,
        "hovertext": [_hover(week, count) for week, count in shown],
        "hoverinfo": "text+name",
    }


def _hatched(colour: str, counts: Sequence[CountWord]) -> dict[str, object]:
    """Few has an edge all round; most has none, because nobody knows where it ends."""
    edges = [1 if count == CountWord.FEW else 0 for count in counts]
    pattern = {"shape": "/", "fgcolor": colour, "bgcolor": "var(--card)", "size": 6, "solidity": 0.35}
    return {"color": colour, "pattern": pattern, "line": {"color": colour, "width": edges}}


def _hover(week: Week, count: int | CountWord) -> str:
    days = dates.week(week.opened_on, week.closed_on)
    return _("%(days)s: %(count)s", days=days, count=words.count(count))


def tallest(weeks: Sequence[Week]) -> int:
    """Return how many people the tallest bar may stand for."""
    told = [(count, week.people_floor) for week in weeks for count in (week.rough, week.breaks)]
    return max((drawn(count, floor)[1] for count, floor in told if count is not None), default=1)


def step(top: float) -> int:
    """Return how many people lie between two lines of an axis that ends at ``top``: whole, at most six."""
    sizes = (digit * 10**power for power in counting() for digit in (1, 2, 5))
    return next(size for size in sizes if top / size <= MOST_LINES)


def drawn(count: int | CountWord, people_floor: int | None) -> tuple[int, int]:
    """Return up to where a released count is certain, and up to where it is drawn (rule R5).

    Few is anything from none to two. Most is at least two fewer than the band's fewest people; how many more
    is unknown, so that its bar ends at the fewest people, without an edge.
    """
    floor = people_floor or 0
    if count == CountWord.FEW:
        return 0, 2
    if count == CountWord.MOST:
        return floor - 2, floor
    return int(count), int(count)
