"""Forms that send something by name: a request to be contacted, and an incident report."""

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    Field,
    Form,
    SelectChoice,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from wellbeing import asking, incidents, site
from wellbeing.incidents import LONGEST, Told
from wellbeing.private_text import breaks
from wellbeing.web.forms import BaseForm, given, no_private_text, visible_characters


def lines_that_can_be_seen(_form: Form, field: Field) -> None:
    """Refuse signs that turn words around, and control characters other than the end of a line."""
    if breaks((field.data or "").replace("\r\n", "\n").replace("\n", "").replace("\t", "")):
        raise ValidationError(_l("This holds a character that cannot be seen."))


def _at_most(longest: int) -> Length:
    return Length(max=longest, message=_l("At most %(max)d characters."))


class ContactForm(BaseForm):
    """What is sent is ticked; a box that is not ticked does not even leave the browser."""

    name = BooleanField(_l("My name"))
    team = BooleanField(_l("My team"))
    reach = StringField(
        _l("How to reach me"),
        description=_l("Such as a number, an address, or “after the shift, at the back door”."),
        validators=[Optional(), _at_most(asking.LONGEST_REACH), visible_characters],
        render_kw={"maxlength": asking.LONGEST_REACH, "autocomplete": "off"},
    )
    words = TextAreaField(
        _l("A line of my own"),
        validators=[Optional(), _at_most(asking.LONGEST_WORDS), lines_that_can_be_seen],
        render_kw={"rows": 3, "maxlength": asking.LONGEST_WORDS},
    )


def _text(name: str, label: object, hint: object = "", rows: int = 3) -> TextAreaField:
    return TextAreaField(
        label,
        description=hint,
        validators=[Optional(), _at_most(LONGEST[name]), lines_that_can_be_seen, no_private_text],
        render_kw={"rows": rows, "maxlength": LONGEST[name]},
    )


def _line(name: str, label: object, hint: object) -> StringField:
    return StringField(
        label,
        description=hint,
        validators=[Optional(), _at_most(LONGEST[name]), visible_characters, no_private_text],
        render_kw={"maxlength": LONGEST[name], "autocomplete": "off"},
    )


class IncidentForm(BaseForm):
    """What happened, in one's own words; only the day and what happened are needed."""

    happened_on = DateField(_l("On which day"), validators=[given])
    about_when = _line("about_when", _l("About when"), _l("Such as “shortly after ten”."))
    whereabouts = _line("whereabouts", _l("Where"), _l("A place, or “on the phone”."))
    what = TextAreaField(
        _l("What happened"),
        description=_l(
            "In your own words. Leave a customer's name out: a job or order number tells them apart."
        ),
        validators=[given, _at_most(LONGEST["what"]), lines_that_can_be_seen, no_private_text],
        render_kw={"rows": 8, "maxlength": LONGEST["what"], "required": True},
    )
    kinds = SelectMultipleField(
        _l("What it was"),
        choices=[SelectChoice(key, words) for key, words in incidents.KINDS.items()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        default=(),
    )
    hurt = _text("hurt", _l("Was anybody hurt, or is anybody still shaken?"))
    # Colleagues who saw it are named here, by their own choice: theirs is the one name that belongs in it.
    witnesses = StringField(
        _l("Colleagues who saw it"),
        description=_l("Ask them first. No names of customers."),
        validators=[Optional(), _at_most(LONGEST["witnesses"]), visible_characters],
        render_kw={"maxlength": LONGEST["witnesses"], "autocomplete": "off"},
    )
    wish = _text("wish", _l("What I wish for now"), _l("Such as not serving this person again, or a talk."))

    def validate_happened_on(self, field: Field) -> None:
        """Refuse a day that has not come yet."""
        if field.data and field.data > site.now().astimezone(site.zone()).date():
            raise ValidationError(_l("This day has not come yet."))

    def told(self) -> Told:
        """Return what was typed, once the form was found good."""
        texts = {name: (self[name].data or "").strip() for name in LONGEST}
        return Told(happened_on=self.happened_on.data, kinds=tuple(self.kinds.data), **texts)
