"""What a diary's findings say, in plain sentences for its owner: the finding first, then what limits it."""

from flask_babel import format_percent
from flask_babel import gettext as _

from wellbeing.diary.findings import Breaks, Recovery, Spillover
from wellbeing.diary.insights import (
    EARLY_BELOW,
    FEWEST_COMPARED,
    FEWEST_EACH,
    FEWEST_EVENTS,
    FEWEST_PAIRS,
    FEWEST_SHIFTS,
    BreakDifference,
    Inertia,
    RecoveryShare,
    SpilloverIndex,
)
from wellbeing.reports import dates, words


def spillover(found: Spillover) -> tuple[str, ...]:
    """Return what rough shifts do to the mood they end with."""
    if found.index is None:
        return (_too_few_shifts(found), _other_ways())
    label = (_early(),) if found.index.early else ()
    return (_spillover(found.index), *label, _other_ways())


def _too_few_shifts(found: Spillover) -> str:
    counts = {"rough": found.rough, "quiet": found.quiet, "fewest": FEWEST_SHIFTS}
    if found.quiet >= FEWEST_SHIFTS:
        return _("Not enough yet: %(rough)s of %(fewest)s rough shifts.", **counts)
    if found.rough >= FEWEST_SHIFTS:
        return _("Not enough yet: %(quiet)s of %(fewest)s quiet shifts.", **counts)
    return _(
        "Not enough yet: %(rough)s of %(fewest)s rough shifts, %(quiet)s of %(fewest)s quiet shifts.",
        **counts,
    )


def _spillover(index: SpilloverIndex) -> str:
    values = _values(index) | {"rough": index.rough, "quiet": index.quiet}
    if index.direction > 0:
        return _(
            "On shifts with a rough customer your mood ended about %(points)s lower than on your quiet "
            "shifts (likely %(likely)s; %(rough)s and %(quiet)s shifts).",
            **values,
        )
    if index.direction < 0:
        return _(
            "On shifts with a rough customer your mood ended about %(points)s higher than on your quiet "
            "shifts (likely %(likely)s; %(rough)s and %(quiet)s shifts).",
            **values,
        )
    return _("No clear difference yet.")


def _values(found: SpilloverIndex | BreakDifference) -> dict[str, str]:
    ends = sorted((abs(found.low), abs(found.high)))
    return {"points": dates.tenths(abs(found.estimate)), "likely": words.likely(*ends)}


def _early() -> str:
    return _(
        "Early, very rough: from %(enough)s shifts of each on, it says more.",
        enough=words.number(EARLY_BELOW),
    )


def _other_ways() -> str:
    return _("Rough shifts may differ in other ways too (busy days, short staffing).")


def recovery(found: Recovery) -> tuple[str, ...]:
    """Return how often mood was back where it had been before a rough interaction."""
    if found.share is None:
        return (_too_few_events(found), *_not_counted(found))
    return (_recovered(found.share), *_not_seen(found), *_not_counted(found))


def _too_few_events(found: Recovery) -> str:
    return _(
        "Not enough yet: %(events)s of %(fewest)s rough interactions with a check-in before and after.",
        events=found.events,
        fewest=FEWEST_EVENTS,
    )


def _recovered(share: RecoveryShare) -> str:
    return _(
        "After %(recovered)s of %(events)s rough interactions your mood was back where it had been before, "
        "within the same shift (%(share)s, likely %(low)s to %(high)s).",
        recovered=share.recovered,
        events=share.events,
        share=format_percent(share.estimate),
        low=format_percent(share.low),
        high=format_percent(share.high),
    )


def _not_seen(found: Recovery) -> tuple[str, ...]:
    if not found.not_seen:
        return ()
    return (_("Not seen by your last check-in does not mean that it did not come back."),)


def _not_counted(found: Recovery) -> tuple[str, ...]:
    """Return what was left out and why, in one sentence; nothing where nothing was."""
    reasons = [
        (found.no_baseline, _("%(number)s without a check-in before", number=found.no_baseline)),
        (found.no_follow_up, _("%(number)s without a check-in after", number=found.no_follow_up)),
        (found.overtaken, _("%(number)s soon followed by another", number=found.overtaken)),
        (found.not_in_time, _("%(number)s at a time that is not certain", number=found.not_in_time)),
    ]
    said = ", ".join(text for number, text in reasons if number)
    return (_("Left out: %(reasons)s.", reasons=said),) if said else ()


def breaks(found: Breaks) -> tuple[str, ...]:
    """Return what a break after a rough interaction goes with, and beside it what happens anyway."""
    if found.difference is None:
        return (_too_few_breaks(found), _not_proof())
    return (_break(found.difference), _anyway(found.difference), _not_proof())


def _too_few_breaks(found: Breaks) -> str:
    events = found.with_break + found.without_break
    values = {"with": found.with_break, "without": found.without_break, "each": FEWEST_EACH}
    if events < FEWEST_COMPARED:
        return _(
            "Not enough yet: %(events)s of %(fewest)s rough interactions with a check-in after "
            "(%(with)s with a break, %(without)s without).",
            events=events,
            fewest=FEWEST_COMPARED,
            **values,
        )
    if found.with_break < FEWEST_EACH:
        return _("Not enough yet: %(with)s of %(each)s with a break.", **values)
    if found.without_break < FEWEST_EACH:
        return _("Not enough yet: %(without)s of %(each)s without a break.", **values)
    return _("Not enough yet: your moods right after were too much alike to compare.")


def _break(found: BreakDifference) -> str:
    values = _values(found) | {"with": found.with_break, "without": found.without_break}
    if found.direction > 0:
        return _(
            "Starting from the same mood, it was about %(points)s higher at your next check-in when you had "
            "taken a break (likely %(likely)s; %(with)s with a break, %(without)s without).",
            **values,
        )
    if found.direction < 0:
        return _(
            "Starting from the same mood, it was about %(points)s lower at your next check-in when you had "
            "taken a break (likely %(likely)s; %(with)s with a break, %(without)s without).",
            **values,
        )
    return _("No clear difference yet.")


def _anyway(found: BreakDifference) -> str:
    points = round(found.anyway, 1)
    values = {"points": dates.tenths(abs(points)), "number": found.without_break}
    if points > 0:
        return _(
            "What happens anyway: without a break your mood rose by %(points)s (%(number)s times).", **values
        )
    if points < 0:
        return _(
            "What happens anyway: without a break your mood fell by %(points)s (%(number)s times).", **values
        )
    return _("What happens anyway: without a break your mood stayed as it was (%(number)s times).", **values)


def _not_proof() -> str:
    return _("People choose when to take a break, so this is a comparison, not proof.")


def inertia(found: Inertia | None) -> tuple[str, ...]:
    """Return how long a mood lasts; only for somebody who asks to see it."""
    if found is None:
        needed = _(
            "Not enough yet: this takes %(fewest)s pairs of check-ins in one shift, and moods that differ.",
            fewest=FEWEST_PAIRS,
        )
        return (needed,)
    if found.low <= 0:
        return (
            _(
                "Your mood does not clearly carry over from one check-in to the next (%(pairs)s pairs).",
                pairs=found.pairs,
            ),
        )
    return (
        _(
            "About %(share)s of being above or below your usual mood was still there at the next check-in "
            "(likely %(low)s to %(high)s; %(pairs)s pairs of check-ins).",
            share=format_percent(found.estimate),
            low=format_percent(found.low),
            high=format_percent(found.high),
            pairs=found.pairs,
        ),
        _(
            "This comes out too low, because a diary is short and five faces are coarse; and its range holds "
            "the true value less often than 95 times in 100. It is neither good nor bad."
        ),
    )
