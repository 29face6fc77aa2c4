"""How somebody says what the columns of their file mean; the file travels along with it, and lies nowhere."""

import hashlib
from dataclasses import dataclass

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from wellbeing.diary import importing
from wellbeing.diary.importing import MOST_WORDS, Choices
from wellbeing.diary.layouts import Columns
from wellbeing.diary.mood_scales import MOODS, Scale, words_in
from wellbeing.diary.tables import Table, table_of
from wellbeing.web.forms import whole_number

Form = MultiDict[str, str]
LARGEST_NUMBER = 1000


class ChoiceRefused(Exception):
    """Choices that cannot be meant; the text says why, in a sentence."""


@dataclass(frozen=True)
class Looked:
    """A file that somebody sent, how it is to be read, and why it cannot be read like that."""

    text: str
    table: Table
    choices: Choices
    refused: str = ""


def looked_at(text: str, form: Form) -> Looked:
    """Return a file with what was chosen for it, or as it is most likely meant where nothing good was.

    Raises CsvFileError.
    """
    table = table_of(text)
    likely = importing.proposed(table)
    try:
        choices = _chosen(table, form) if "day" in form else likely
    except ChoiceRefused as refused:
        return Looked(text, table, likely, str(refused))
    return Looked(text, table, choices, _too_many_words(table, choices))


def _chosen(table: Table, form: Form) -> Choices:
    columns = _columns(table, form)
    scale = importing.proposed_scale(table, columns)
    if form.get("scaled_for") == str(columns.mood):
        scale = _scale(scale, form)
    return Choices(columns, importing.month_first(table, columns, form.get("order") == "month"), scale)


def _columns(table: Table, form: Form) -> Columns:
    day, time, mood = (whole_number(form.get(name, "")) for name in ("day", "time", "mood"))
    if day is None or mood is None or any((place or 0) >= len(table.header) for place in (day, time, mood)):
        raise ChoiceRefused(_("Choose the columns from the list."))
    if mood in (day, time):
        raise ChoiceRefused(_("The mood stands in a column of its own."))
    return Columns(day, None if time == day else time, mood)


def _scale(proposed: Scale, form: Form) -> Scale:
    pairs = zip(form.getlist("word"), form.getlist("means"), strict=False)
    words = {word: mood for word, means in pairs if (mood := whole_number(means)) in MOODS}
    low, high = (_number(form.get(name)) for name in ("lowest", "highest"))
    if low is None and high is None:
        return Scale(words, proposed.lowest, proposed.highest)
    if low is None or high is None or low >= high:
        raise ChoiceRefused(_("The lowest number must be below the highest."))
    return Scale(words, low, high)


def _number(text: str | None) -> int | None:
    plain = (text or "").strip()
    found = whole_number(plain.removeprefix("-"))
    if found is None or found > LARGEST_NUMBER:
        return None
    return -found if plain.startswith("-") else found


def _too_many_words(table: Table, choices: Choices) -> str:
    if len(words_in(importing.cells_in(table, choices.columns.mood))) <= MOST_WORDS:
        return ""
    return _(
        "More than %(most)s different words stand in the column that was taken for the mood. "
        "Choose another column.",
        most=MOST_WORDS,
    )


def mark(choices: Choices) -> str:
    """Return by what the same choices are known again, so that only what was shown is loaded."""
    said = (choices.columns, choices.month_first, sorted(choices.scale.words.items()))
    ends = (choices.scale.lowest, choices.scale.highest)
    return hashlib.sha256(repr((said, ends)).encode()).hexdigest()
