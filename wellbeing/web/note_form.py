"""The form of a note in one's own diary."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, HiddenField, TextAreaField, ValidationError
from wtforms.validators import Length, Optional

from wellbeing.private_text import is_blank
from wellbeing.web.asking_form import lines_that_can_be_seen
from wellbeing.web.forms import BaseForm, NumberField, no_private_text

# As long as every other entry when it is sealed, in most languages.
LONGEST = 800


class NoteForm(BaseForm):
    """A note, and the day that it belongs to where that is not today; ``page`` shows the same days again."""

    text = TextAreaField(
        _l("A note, in your own words"),
        validators=[
            Length(max=LONGEST, message=_l("At most %(max)d characters.")),
            lines_that_can_be_seen,
            no_private_text,
        ],
        filters=[lambda text: text.replace("\r\n", "\n").strip() if text else text],
        render_kw={"rows": 2, "maxlength": LONGEST},
    )
    day = DateField(validators=[Optional()], widget=HiddenField.widget)
    page = NumberField(widget=HiddenField.widget, validators=[Optional()])

    def validate_text(self, field: Field) -> None:
        """Refuse a note in which nothing can be read."""
        if all(is_blank(line) for line in (field.data or "").split("\n")):
            raise ValidationError(_l("Write a line first."))
