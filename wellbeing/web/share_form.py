"""The form of a page to share: which days, and what is to be on it; nothing of it is kept."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    Field,
    SelectChoice,
    SelectMultipleField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from wellbeing.web.asking_form import lines_that_can_be_seen
from wellbeing.web.forms import BaseForm, no_private_text

LONGEST = 800


class Part(StrEnum):
    """What can be on the page."""

    MOODS = "moods"
    SPILLOVER = "spillover"
    RECOVERY = "recovery"
    BREAKS = "breaks"


def _day(label: str) -> DateField:
    """Return a field for a day; the calendar speaks where it is none."""
    return DateField(label, validators=[InputRequired(_l("Choose a day."))])


class ShareForm(BaseForm):
    """A period, the parts, and one's own words; nothing is ticked beforehand."""

    first = _day(_l("From"))
    last = _day(_l("To"))
    parts = SelectMultipleField(
        _l("What is to be on it"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        choices=[
            SelectChoice(Part.MOODS.value, _l("Mood by shift")),
            SelectChoice(Part.SPILLOVER.value, _l("Rough shifts and quiet ones")),
            SelectChoice(Part.RECOVERY.value, _l("After a rough one")),
            SelectChoice(Part.BREAKS.value, _l("With and without a break")),
        ],
        validators=[InputRequired(_l("Tick at least one."))],
    )
    tables = BooleanField(_l("The figures as tables, too"))
    name = BooleanField(_l("My name"))
    words = TextAreaField(
        _l("A few words of your own, if you like"),
        filters=[lambda text: text.replace("\r\n", "\n").strip() if text else text],
        validators=[
            Length(max=LONGEST, message=_l("At most %(max)d characters.")),
            lines_that_can_be_seen,
            no_private_text,
        ],
        render_kw={"rows": 3, "maxlength": LONGEST},
    )

    def validate_last(self, field: Field) -> None:
        """Refuse a period that ends before it begins."""
        if self.first.data and field.data and field.data < self.first.data:
            raise ValidationError(_l("This is before the first day."))
