"""From figures to plain sentences; every one says only what was released, and none compares units."""

from collections.abc import Sequence
from datetime import date, datetime, time

from flask_babel import gettext as _

from wellbeing.models.ledger import CountWord, MoodWord
from wellbeing.reports import dates, words
from wellbeing.reports.intervals import steady_run
from wellbeing.reports.trends import Week

# From three weeks on, "steady" says more than "no clear change".
STEADY_FROM = 3
RELEASE = time(4)


def headline(weeks: Sequence[Week], today: date) -> str:
    """Return the first thing to know about a unit, from its newest tick; ``weeks`` are oldest first."""
    week = weeks[-1]
    when = _when(week, today)
    if week.mood_word is not None:
        return _mood_in_words(week.mood_word, when)
    if week.mood is None:
        return _hidden(week, today)
    mood = words.mood(week)
    run = steady_run(weeks)
    if run >= STEADY_FROM:
        long = words.number(sum(found.weeks for found in weeks[-run:]))
        return _(
            "Mood was %(mood)s %(when)s, steady for %(number)s weeks.",
            mood=mood,
            when=when,
            number=long,
        )
    return _compared(weeks, run, mood, when)


def _when(week: Week, today: date) -> str:
    if _past(week, today):
        days = dates.week(week.opened_on, week.closed_on)
        return (
            _("in the week of %(dates)s", dates=days)
            if week.weeks == 1
            else _("in the weeks of %(dates)s", dates=days)
        )
    return _("last week") if week.weeks == 1 else _("in the last two weeks")


def _past(week: Week, today: date) -> bool:
    return (today - week.closed_on).days >= 7 * week.weeks


def _hidden(week: Week, today: date) -> str:
    if _past(week, today):
        days = dates.week(week.opened_on, week.closed_on)
        return (
            _("The week of %(dates)s is not shown.", dates=days)
            if week.weeks == 1
            else _("The weeks of %(dates)s are not shown.", dates=days)
        )
    return _("Last week is not shown.") if week.weeks == 1 else _("The last two weeks are not shown.")


def _mood_in_words(word: MoodWord, when: str) -> str:
    sentences = {
        MoodWord.LOW: _("Mood was low %(when)s.", when=when),
        MoodWord.MIDDLE: _("Mood was in the middle %(when)s.", when=when),
        MoodWord.HIGH: _("Mood was high %(when)s.", when=when),
    }
    return sentences[word]


def _compared(weeks: Sequence[Week], run: int, mood: str, when: str) -> str:
    """Compare the newest figure with the one before it, if that is a figure too."""
    if len(weeks) < 2 or weeks[-2].mood is None or weeks[-1].mood is None:
        return _("Mood was %(mood)s %(when)s.", mood=mood, when=when)
    if run > 1:
        return _("Mood was %(mood)s %(when)s, with no clear change from before.", mood=mood, when=when)
    if weeks[-1].mood > weeks[-2].mood:
        return _("Mood was %(mood)s %(when)s, clearly higher than before.", mood=mood, when=when)
    return _("Mood was %(mood)s %(when)s, clearly lower than before.", mood=mood, when=when)


def details(weeks: Sequence[Week], people_needed: int) -> list[str]:
    """Return what else the newest tick says: rough interactions, breaks and how many people answered."""
    week = weeks[-1]
    if week.people_floor is None:
        return [not_shown(people_needed), *_newest_shown(weeks)]
    events = _("%(rough)s; %(breaks)s.", rough=_rough(week.rough), breaks=_breaks(week.breaks))
    return [events[0].upper() + events[1:], _answered(week.people_floor)]


def not_shown(people_needed: int) -> str:
    """Return why a tick is not shown, without telling which reason it was."""
    return _(
        "Fewer than %(number)s people answered, or nobody did. What is held is shown once there are enough.",
        number=words.number(people_needed),
    )


def _newest_shown(weeks: Sequence[Week]) -> list[str]:
    week = next((found for found in reversed(weeks) if found.shown), None)
    if week is None:
        return []
    days = dates.week(week.opened_on, week.closed_on)
    return [_("The newest figure is from %(dates)s: mood %(mood)s.", dates=days, mood=words.mood(week))]


def _rough(released: int | CountWord | None) -> str:
    if released == CountWord.FEW:
        return _("few people had a rough interaction")
    if released == CountWord.MOST:
        return _("most people had a rough interaction")
    return _("%(number)s people had a rough interaction", number=words.number(int(released or 0)))


def _breaks(released: int | CountWord | None) -> str:
    if released == CountWord.FEW:
        return _("few took a break")
    if released == CountWord.MOST:
        return _("most took a break")
    return _("%(number)s took a break", number=words.number(int(released or 0)))


def _answered(people_floor: int) -> str:
    if people_floor == min(words.BAND_TOPS):
        return _("It is shown in words because %(band)s people answered.", band=words.band(people_floor))
    return _("%(number)s or more people answered.", number=people_floor)


def released(week: Week) -> str:
    """Return when a tick was released."""
    return _("Released on %(day)s at 04:00.", day=dates.weekday(week.closed_on))


def coming(next_on: date | None, now: datetime) -> str:
    """Return when figures come next; ``now`` is in the organisation's time zone."""
    if next_on is None:
        return _("Figures can come once an admin has confirmed the people who were imported.")
    if datetime.combine(next_on, RELEASE, now.tzinfo) <= now:
        return _("The next release is on its way.")
    return _("The next release is on %(day)s.", day=dates.weekday(next_on))


def nothing_yet(unit: str) -> str:
    """Return the headline of a unit of which nothing has been released."""
    return _("Nothing has been released for %(unit)s yet.", unit=unit)


def nothing_ever(unit: str) -> str:
    """Return the headline of a closed unit of which nothing was ever released."""
    return _("Nothing was released for %(unit)s.", unit=unit)


def no_own_figure(unit: str) -> str:
    """Return the headline of a unit above teams that has no pool of its own."""
    return _("%(unit)s has no figure of its own: look at its teams.", unit=unit)


def first(next_on: date | None, now: datetime) -> str:
    """Return when the very first figures come, before any tick."""
    if next_on is None or datetime.combine(next_on, RELEASE, now.tzinfo) <= now:
        return coming(next_on, now)
    return _("First figures come on %(day)s, if enough people answer.", day=dates.weekday(next_on))


def no_ledger(organisation: str, own_pool_from: int) -> str:
    """Return why an organisation has no figures at all, and what that means for answers."""
    return _(
        "%(organisation)s has fewer than %(number)s people whose answers can count. So there are no team "
        "figures, and no answer is stored for any.",
        organisation=organisation,
        number=words.number(own_pool_from),
    )


def no_team_figures() -> str:
    """Return the headline where an organisation has no figures at all."""
    return _("There are no team figures with this few people.")


def what_remains() -> str:
    """Return what staff have where there are no figures."""
    return _("The kind words, the breaks, cover and help are there all the same.")


def opens(unit: str, day: date, names: Sequence[str]) -> str:
    """Return the headline of a unit that a planned merge is to open, and whose people it will have."""
    return _(
        "%(unit)s opens on %(day)s, with the people of %(names)s.",
        unit=unit,
        day=dates.weekday(day),
        names=words.names(names),
    )


def closed(unit: str, into: str, day: date) -> str:
    """Return that a unit was merged into another, and what that means for its figures."""
    return _(
        "%(unit)s is closed since %(day)s: its people are in %(into)s. "
        "What was released before stays as it is.",
        unit=unit,
        into=into,
        day=dates.whole(day),
    )


def left(unit: str, day: date) -> str:
    """Return that a unit was closed that had nobody in it any more."""
    return _(
        "%(unit)s is closed since %(day)s: nobody was in it any more. "
        "What was released before stays as it is.",
        unit=unit,
        day=dates.whole(day),
    )


def small_teams(unit: str) -> str:
    """Return whose figure a site's or the organisation's own is: only of people without one of their team."""
    return _("People in %(unit)s without a figure of their own team, together", unit=unit)


def small_teams_of(unit: str) -> str:
    """Return the same as a heading has it, so that no figure stands below the bare name of a whole site."""
    return _("Small teams of %(unit)s, together", unit=unit)


def shown_above(team: str, above: str, own_pool_from: int) -> str:
    """Return why a small team is shown the figure of the unit above it."""
    return _(
        "%(team)s has fewer than %(number)s people whose answers can count, too few for a figure of its own. "
        "Their answers go into the figure of small teams in %(above)s, which is what you see here.",
        team=team,
        number=words.number(own_pool_from),
        above=above,
    )
