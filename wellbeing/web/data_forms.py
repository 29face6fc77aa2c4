"""The forms of My data: how long a diary is kept, and leaving."""

from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, SelectChoice, StringField, ValidationError
from wtforms.validators import Length

from wellbeing.diary.retention import ENTRY_DAYS, NOTE_DAYS
from wellbeing.web.diary_forms import password_field
from wellbeing.web.forms import BaseForm, given, visible_characters, whole_number

# What somebody types who has no password.
WORD = _l("leave")
_PERIODS = {
    30: _l("30 days"),
    90: _l("90 days"),
    180: _l("180 days, about half a year"),
    365: _l("A year"),
    1825: _l("Five years"),
}


def _period(label: str, days: tuple[int, ...]) -> RadioField:
    return RadioField(
        label,
        coerce=whole_number,
        choices=[SelectChoice(number, _PERIODS[number]) for number in days],
        invalid_choice_message=_l("Choose one of these."),
    )


class KeptDaysForm(BaseForm):
    """For how many days entries and notes are kept."""

    kept_days = _period(_l("Entries"), ENTRY_DAYS)
    note_days = _period(_l("Notes"), NOTE_DAYS)


class LeaveForm(BaseForm):
    """What shows that it is oneself: the password or, for somebody who has none, a word."""

    password = password_field()
    word = StringField(
        _l("Type the word “%(word)s”", word=WORD),
        description=_l("So that nobody leaves by a slip of the finger."),
        validators=[given, Length(max=40, message=_l("At most 40 characters.")), visible_characters],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )

    def validate_word(self, field: Field) -> None:
        """Refuse any other word."""
        if (field.data or "").strip().casefold() != str(WORD):
            raise ValidationError(_l("Type the word “%(word)s” to go on.", word=WORD))
