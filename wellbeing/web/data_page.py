"""What the pages of My data show: the open diary with its receipt, in the site's words and at its times."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_login import current_user

from wellbeing import audit_log, audit_sentences, lists, site
from wellbeing.about_me.stored import Stored
from wellbeing.diary import dictionary, receipt
from wellbeing.diary.entry import Entry
from wellbeing.diary.export import Kept
from wellbeing.diary.outside import Outside, Weekly
from wellbeing.diary.receipt import Out, Slip, Told
from wellbeing.models.base import db
from wellbeing.models.detail_ledger import Question
from wellbeing.reports import dates, detail_words, scales
from wellbeing.web import log_page, unlocked

# So many weeks stand on a page.
A_PAGE = 6


@dataclass(frozen=True, repr=False)
class Line:
    """One act: when it was felt, what it was, and what of it was stored for the week and for four weeks."""

    at: str
    what: str
    week: str
    four_weeks: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class Week:
    """A slip in words; the detail is there only where some of it was stored."""

    slip: Slip
    lines: tuple[Line, ...]
    has_week: bool
    has_detail: bool
    detail_released: str

    @property
    def is_released(self) -> bool:
        """Whether the pool's block of the first tick is in the ledger."""
        return self.slip.released is Out.RELEASED

    def is_over(self, today: date) -> bool:
        """Tell whether nothing of the week can show up any more."""
        return self.slip.last < today


def kept() -> Kept:
    """Return what the open diary holds, with its receipt."""
    entries = [found.entry for found in unlocked.entries()]
    zone = site.zone()
    return Kept(entries, receipt.receipt(db.session(), entries, zone), zone)


def words() -> dict[str, dict[str, str]]:
    """Return the words of every key that an entry may hold, by what it is about."""
    listed = lists.all_words(db.session()).items()
    found = {name: {key: str(label) for key, label in labels.items()} for name, labels in listed}
    fixed = {question.value: named for question, named in detail_words.fixed().items()}
    kinds = {kind.value: str(label) for kind, label in dictionary.KINDS.items()}
    return {"kind": kinds} | found | fixed


def weeks(found: Kept, number: int) -> tuple[tuple[Week, ...], bool]:
    """Return a page of a receipt's weeks, counted from 1, and whether there are older ones."""
    first = (number - 1) * A_PAGE
    slips = found.receipt.slips[first : first + A_PAGE]
    named = words()
    shown = tuple(_week(slip, found, named) for slip in slips)
    return shown, len(found.receipt.slips) > first + A_PAGE


def _week(slip: Slip, found: Kept, named: Mapping[str, Mapping[str, str]]) -> Week:
    questions = {dimension.value for told in slip.told for dimension, _key in told.outside.detail}
    if any(told.outside.after_rough for told in slip.told):
        questions.add(Question.SPILLOVER.value)
    released = [detail_words.title(Question(one)) for one in sorted(questions & slip.detail_released)]
    return Week(
        slip=slip,
        lines=tuple(_line(told, found, named) for told in slip.told),
        has_week=any(told.outside.weekly for told in slip.told),
        has_detail=bool(questions) or any(told.outside.took_part for told in slip.told),
        detail_released=", ".join(released),
    )


def _line(told: Told, found: Kept, named: Mapping[str, Mapping[str, str]]) -> Line:
    return Line(
        at=_at(told.entry, found),
        what=named["kind"][told.entry.kind.value],
        week=_week_words(told.outside.weekly),
        four_weeks=tuple(_four_weeks(told.outside, named)),
    )


def _at(entry: Entry, found: Kept) -> str:
    local = entry.moment.astimezone(found.zone)
    return f"{dates.short(local.date())}, {local:%H:%M}"


def _week_words(weekly: Weekly | None) -> str:
    if weekly is None:
        return _("nothing")
    yes, no = _("yes"), _("no")
    return _(
        "mood: %(mood)s, rough: %(rough)s, break: %(break_taken)s",
        mood=scales.mood_names()[weekly.mood - 1] if weekly.mood else _("none"),
        rough=yes if weekly.rough else no,
        break_taken=yes if weekly.break_taken else no,
    )


def _four_weeks(outside: Outside, named: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    for dimension, key in outside.detail:
        title = detail_words.title(Question(dimension.value))
        yield f"{title}: {named[dimension.value].get(key, key)}"
    if outside.after_rough:
        yield _("the mood, and whether it came after a rough one, with or without a break")


def done_about_me() -> Stored:
    """Return what admins, managers and commands did about the signed-in person, newest first."""
    kept = _("For three years; when you leave, the entries stay without your name.")
    return Stored(_("What was done about you"), tuple(_done()), kept)


def _done() -> Iterator[str]:
    """Yield it with the local moment, and by whom."""
    zone = site.zone()
    for entry in audit_log.all_about(db.session(), current_user.id):
        at = entry.at.astimezone(zone).isoformat(sep=" ", timespec="minutes")
        yield f"{at[:16]} · {log_page.who(entry)} · {audit_sentences.about_you(entry.act, entry.values)}"
