"""The four-week words as people read them: what each question and category is called, and why it is shown."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from flask_babel import gettext as _

from wellbeing import choices
from wellbeing.models.accounts import Level
from wellbeing.models.detail_ledger import Question, ShareWord
from wellbeing.reports import dates
from wellbeing.reports.sentences import RELEASE
from wellbeing.reports.units import Line

WITH_BREAK, WITHOUT_BREAK = "with_break", "without_break"


def title(question: Question) -> str:
    """Return what a question is called."""
    titles = {
        Question.SEVERITY: _("How hard it was"),
        Question.BEHAVIOUR: _("What happened"),
        Question.CAUSE: _("About what"),
        Question.CHANNEL: _("Channel"),
        Question.AREA: _("Area"),
        Question.WEEKDAY: _("Weekday"),
        Question.DAY_PART: _("Part of the day"),
        Question.SPILLOVER: _("At the next check-in"),
    }
    return titles[question]


def fixed() -> dict[Question, dict[str, str]]:
    """Return the words of those categories that are the same at every site, in their order."""
    severities = {choice.key: str(choice.label) for choice in choices.SEVERITIES}
    return {Question.SEVERITY: severities, Question.WEEKDAY: _weekdays(), Question.DAY_PART: _day_parts()}


def _weekdays() -> dict[str, str]:
    return {
        "monday": _("Monday"),
        "tuesday": _("Tuesday"),
        "wednesday": _("Wednesday"),
        "thursday": _("Thursday"),
        "friday": _("Friday"),
        "saturday": _("Saturday"),
        "sunday": _("Sunday"),
    }


def _day_parts() -> dict[str, str]:
    return {
        "morning": _("Morning (before 12:00)"),
        "afternoon": _("Afternoon (12:00 to 17:00)"),
        "evening": _("Evening (from 17:00)"),
    }


def spillover(words: Mapping[str, ShareWord]) -> tuple[str, ...]:
    """Return a sentence for each kind that has a word; at the organisation there may be one alone."""
    shares = {
        ShareWord.FEW: _("few people, or nobody"),
        ShareWord.SOME: _("some people"),
        ShareWord.MOST: _("most people"),
    }
    told = {kind: shares[word] for kind, word in words.items()}
    said = []
    if WITH_BREAK in told:
        said.append(
            _("With a break in between: mood lower than usual for %(share)s.", share=told[WITH_BREAK])
        )
    if WITHOUT_BREAK in told:
        said.append(_("Without a break: mood lower than usual for %(share)s.", share=told[WITHOUT_BREAK]))
    if len(said) > 1:
        said.append(_("People choose when to take a break, so this is a comparison, not proof."))
    return tuple(said)


def whose(unit: Line, source: Line) -> str:
    """Return whose words a page shows; nothing where they are simply the team's own."""
    if unit != source:
        return _(
            "%(unit)s had too few people for words of its own. These are of everybody in %(above)s whose "
            "team had too few.",
            unit=unit.name,
            above=source.name,
        )
    if source.level is Level.TEAM:
        return ""
    return _whose_own(source)


def _whose_own(unit: Line) -> str:
    return _("About people in %(unit)s whose own team had too few for words, together.", unit=unit.name)


def how(participants: int, with_event: int) -> str:
    """Return when words are released; both numbers are what the tick asked for, not how many there were."""
    return _(
        "In words, never in numbers: at least %(people)s people took part and at least %(rough)s of them had "
        "a rough interaction.",
        people=participants,
        rough=with_event,
    )


def nothing(unit: Line, participants: int, with_event: int) -> str:
    """Return that four weeks ended without words for a unit, and why."""
    reason = _(
        "Nothing is shown: fewer than %(people)s people took part, or fewer than %(rough)s of them had a "
        "rough interaction. Organisations with fewer than %(people)s people never see this.",
        people=participants,
        rough=with_event,
    )
    return reason if unit.level is Level.TEAM else f"{_whose_own(unit)} {reason}"


def not_yet(participants: int, with_event: int) -> str:
    """Return what will come, before the first four weeks have ended."""
    return _(
        "It is told every four weeks, in words, if at least %(people)s people take part "
        "and at least %(rough)s of them have one. Organisations with fewer than %(people)s people never see "
        "it.",
        people=participants,
        rough=with_event,
    )


def missing(told: Collection[Question]) -> str:
    """Return which questions have no words though others have."""
    names = " · ".join(title(question) for question in Question if question not in told)
    if not told or not names:
        return ""
    return _("Not shown, because too few people had something to tell: %(questions)s.", questions=names)


def coming(next_on: date | None, now: datetime) -> str:
    """Return when words come next; ``now`` is in the organisation's time zone."""
    if next_on is None or datetime.combine(next_on, RELEASE, now.tzinfo) <= now:
        return _("The next words are on their way.")
    return _("The next words come on %(day)s.", day=dates.weekday(next_on))
