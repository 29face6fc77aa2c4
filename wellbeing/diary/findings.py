"""Everything that a diary's pages show of its owner's shifts: figures, their counts, and what charts draw."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from wellbeing.diary import insights
from wellbeing.diary.events import Event, Outcome, events_of
from wellbeing.diary.insights import (
    FEWEST_EACH,
    FEWEST_EVENTS,
    BreakDifference,
    Inertia,
    RecoveryShare,
    SpilloverIndex,
)
from wellbeing.diary.shifts import Shift


@dataclass(frozen=True, repr=False)
class Recovery:
    """After how many rough interactions mood was seen to come back; ``share`` is None below eight."""

    share: RecoveryShare | None
    recovered: int
    not_seen: int
    # Rough interactions that are left out, and why.
    no_follow_up: int
    overtaken: int
    no_baseline: int
    not_in_time: int

    @property
    def events(self) -> int:
        """How many count: those with a check-in before and one that follows up."""
        return self.recovered + self.not_seen


@dataclass(frozen=True, repr=False)
class Spillover:
    """Rough against quiet shifts; ``index`` is None below five of each. Changes are means, end - start."""

    index: SpilloverIndex | None
    rough: int
    quiet: int
    # Shifts with a start and an end that are neither.
    left_out: int
    rough_change: float | None
    quiet_change: float | None


@dataclass(frozen=True, repr=False)
class KindOfBreak:
    """Rough interactions followed by one kind of break (None: by none), with mood then and at the follow-up.

    ``gain`` is the mean rise from one to the other in points; None below four events.
    """

    kind: str | None
    events: int
    gain: float | None


@dataclass(frozen=True, repr=False)
class Breaks:
    """With against without a break; ``difference`` is None below 12 events, or four on a side.

    ``kinds`` has no break first, then the most frequent kind first; "" is a break of an unknown kind.
    """

    difference: BreakDifference | None
    with_break: int
    without_break: int
    kinds: tuple[KindOfBreak, ...]


@dataclass(frozen=True, repr=False)
class AfterRough:
    """Mean moods of the rough interactions with all three: before, right then, and at the first follow-up.

    ``before``, ``at_event`` and ``after`` are None below eight events; ``each`` are the three moods of each.
    """

    each: tuple[tuple[int, int, int], ...]
    before: float | None
    at_event: float | None
    after: float | None


@dataclass(frozen=True, repr=False)
class ShiftMood:
    """The moods of one shift, for a chart and its table."""

    day: date
    start: int | None
    end: int | None
    # The mean of all check-ins; None without any.
    mean: float | None
    check_ins: int
    # How many rough interactions.
    rough: int


@dataclass(frozen=True, repr=False)
class Findings:
    """What a diary says; ``moods`` are oldest first."""

    moods: tuple[ShiftMood, ...]
    recovery: Recovery
    spillover: Spillover
    breaks: Breaks
    after_rough: AfterRough


def findings_of(shifts: Sequence[Shift]) -> Findings:
    """Return what somebody's shifts say."""
    events = events_of(shifts)
    return Findings(
        moods=tuple(_mood(shift) for shift in shifts),
        recovery=_recovery(events),
        spillover=_spillover(shifts),
        breaks=_breaks(events),
        after_rough=_after_rough(events),
    )


def _mood(shift: Shift) -> ShiftMood:
    moods = shift.moods
    return ShiftMood(
        day=shift.day,
        start=moods[0] if moods else None,
        end=moods[-1] if shift.end is not None else None,
        mean=fmean(moods) if moods else None,
        check_ins=len(moods),
        rough=len(shift.rough_ones),
    )


def _recovery(events: Sequence[Event]) -> Recovery:
    count = Counter(event.outcome for event in events)
    recovered, not_seen = count[Outcome.RECOVERED], count[Outcome.NOT_SEEN]
    return Recovery(
        share=insights.recovery_share(recovered, recovered + not_seen),
        recovered=recovered,
        not_seen=not_seen,
        no_follow_up=count[Outcome.NO_FOLLOW_UP],
        overtaken=count[Outcome.OVERTAKEN],
        no_baseline=count[Outcome.NO_BASELINE],
        not_in_time=count[Outcome.NOT_IN_TIME],
    )


def _spillover(shifts: Sequence[Shift]) -> Spillover:
    whole = [(shift, shift.change) for shift in shifts]
    rough = [change for shift, change in whole if change is not None and shift.is_rough]
    quiet = [change for shift, change in whole if change is not None and shift.is_quiet]
    return Spillover(
        index=insights.spillover_index(rough, quiet),
        rough=len(rough),
        quiet=len(quiet),
        left_out=sum(change is not None for _shift, change in whole) - len(rough) - len(quiet),
        rough_change=fmean(rough) if rough else None,
        quiet_change=fmean(quiet) if quiet else None,
    )


def _breaks(events: Sequence[Event]) -> Breaks:
    whole = [
        (event, event.at_event, event.after)
        for event in events
        if event.at_event is not None and event.after is not None
    ]
    took = [event.took_break for event, _before, _after in whole]
    before, after = [mood for _event, mood, _after in whole], [mood for _event, _before, mood in whole]
    return Breaks(
        difference=insights.break_difference(before, took, after),
        with_break=sum(took),
        without_break=len(took) - sum(took),
        kinds=_kinds([(event, after - before) for event, before, after in whole]),
    )


def _kinds(events: Sequence[tuple[Event, int]]) -> tuple[KindOfBreak, ...]:
    gains: dict[str | None, list[int]] = {None: []}
    for event, gain in events:
        kind = (event.break_kind or "") if event.took_break else None
        gains.setdefault(kind, []).append(gain)
    kinds = [KindOfBreak(kind, len(found), _mean(found, FEWEST_EACH)) for kind, found in gains.items()]
    return tuple(sorted(kinds, key=lambda one: (one.kind is not None, -one.events, one.kind or "")))


def _mean(found: Sequence[float], fewest: int) -> float | None:
    return fmean(found) if len(found) >= fewest else None


def _after_rough(events: Sequence[Event]) -> AfterRough:
    three = [(event.before, event.at_event, event.after) for event in events]
    each = tuple(
        (before, at, after)
        for before, at, after in three
        if before is not None and at is not None and after is not None
    )
    means = [_mean(moods, FEWEST_EVENTS) for moods in zip(*each, strict=True)] or [None] * 3
    return AfterRough(each, *means)


def inertia_of(shifts: Sequence[Shift]) -> Inertia | None:
    """Return how much of a mood is there at the next check-in; only for somebody who asks to see it."""
    return insights.inertia([shift.moods for shift in shifts])
