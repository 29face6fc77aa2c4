"""The forms of signed-in pages; what a field accepts is said here, what it means in the domain."""

import re

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    Field,
    Form,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from wellbeing.private_text import breaks, refusal
from wellbeing.ratchet import (
    FEWEST_ACTIVATION_DAYS,
    FEWEST_OF_THEIR_OWN,
    FEWEST_PEOPLE,
    MOST_ACTIVATION_DAYS,
    MOST_OF_THEIR_OWN,
    MOST_PEOPLE,
)

given = InputRequired(_l("Please fill this in."))


def visible_characters(_form: Form, field: Field) -> None:
    """Refuse signs that turn words around, and control characters: PostgreSQL does not take a zero."""
    if breaks(field.data or ""):
        raise ValidationError(_l("This holds a character that cannot be seen."))


def no_private_text(_form: Form, field: Field) -> None:
    """Refuse what looks like a customer's name, number or address; the sentence names exactly what."""
    if said := refusal(field.data or ""):
        raise ValidationError(said)


def whole_number(text: object) -> int | None:
    """Return a number of up to nine digits; None for anything else."""
    return int(str(text)) if re.fullmatch("[0-9]{1,9}", str(text)) else None


class NumberField(IntegerField):
    """A whole number of up to nine digits; anything else is no number, and its NumberRange says so."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the first value; its length is looked at before it becomes a number."""
        self.data = whole_number(valuelist[0].strip()) if valuelist else None

    @property
    def number(self) -> int:
        """The number, once the form was found good; 0 where there is none."""
        return self.data or 0


def record_id() -> NumberField:
    """Return a hidden field that names a record."""
    return NumberField(widget=HiddenInput(), validators=[given, NumberRange(1)])


def sent_from() -> NumberField:
    """Return a hidden field that says which of the forms alike was sent, to show it again."""
    return NumberField(widget=HiddenInput(), validators=[Optional()])


class BaseForm(FlaskForm):
    """Every form that a signed-in page or the sign-in sends."""

    class Meta(FlaskForm.Meta):
        """Flask-WTF would also take a body of JSON for a form, and fall over what is no object."""

        def wrap_formdata(self, form: Form, formdata: object) -> object:
            """Return what was sent in the form's own encoding, or the values that a view hands over."""
            unsaid = formdata is not None and not isinstance(formdata, MultiDict)
            return super().wrap_formdata(form, request.form if unsaid and request.is_json else formdata)


class SignInForm(BaseForm):
    """Sign-in name and password."""

    login = StringField(
        _l("Sign-in name"),
        validators=[given, Length(max=80, message=_l("At most 80 characters.")), visible_characters],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        _l("Password"),
        validators=[given, Length(max=1000, message=_l("At most 200 characters."))],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()


class UnitForm(BaseForm):
    """Names a unit."""

    unit = record_id()


class MoveForm(BaseForm):
    """Somebody of a unit, whose page asks, and the team they move to."""

    home = sent_from()
    person = record_id()
    unit = record_id()


class MergeForm(BaseForm):
    """Units to be merged, what they stand in, and the name of the new one."""

    parent = sent_from()
    units = SelectMultipleField(_l("Units"), coerce=whole_number, validate_choice=False, default=())
    name = StringField(
        _l("Name of the new unit"),
        validators=[
            InputRequired(_l("Give the new unit a name.")),
            Length(max=80, message=_l("A unit's name has at most 80 characters.")),
            visible_characters,
        ],
    )

    def validate_units(self, field: Field) -> None:
        """Refuse what is no unit of the list."""
        if None in field.data:
            raise ValidationError(_l("Choose the units from the list."))


class SettingsForm(BaseForm):
    """How figures are made; what the numbers may be is said by the ratchet."""

    people_needed = NumberField(
        _l("People needed for a figure"),
        description=_l(
            "Never fewer than 5: whatever were said about four people could give one of them away."
        ),
        validators=[given, NumberRange(FEWEST_PEOPLE, MOST_PEOPLE, _l("A number from 5 to 40."))],
        render_kw={"inputmode": "numeric"},
    )
    own_pool_from = NumberField(
        _l("People needed for a team's own figure"),
        description=_l(
            "How many people of a team must be able to count. The answers of smaller teams go one level up."
        ),
        validators=[
            given,
            NumberRange(FEWEST_OF_THEIR_OWN, MOST_OF_THEIR_OWN, _l("A number from 7 to 100.")),
        ],
        render_kw={"inputmode": "numeric"},
    )
    tick_days = RadioField(
        _l("Figures come"),
        description=_l("Every second Monday is the strict choice: fewer figures say less about anybody."),
        coerce=whole_number,
        invalid_choice_message=_l("Choose one of the two."),
        choices=[SelectChoice(7, _l("every Monday")), SelectChoice(14, _l("every second Monday"))],
    )

    activation_days = NumberField(
        _l("Days until a new account counts"),
        description=_l(
            "Never fewer than 14: whoever makes up accounts to find one person out has to wait that long."
        ),
        validators=[
            given,
            NumberRange(FEWEST_ACTIVATION_DAYS, MOST_ACTIVATION_DAYS, _l("A number from 14 to 90.")),
        ],
        render_kw={"inputmode": "numeric"},
    )

    def validate_own_pool_from(self, field: Field) -> None:
        """Refuse a team's own figure from fewer people than any figure needs."""
        if field.data and self.people_needed.data and field.data < self.people_needed.data:
            raise ValidationError(_l("At least as many as a figure needs."))


class BadgeRuleForm(BaseForm):
    """What a badge stands for at the counter."""

    badge_alone = BooleanField(_l("A badge is enough, without a PIN"))


class BadgesForm(BaseForm):
    """People of a unit, whose page asks: those ticked, or everybody who has no badge."""

    home = record_id()
    people = SelectMultipleField(coerce=whole_number, validate_choice=False, default=())
    missing = BooleanField()


class PersonForm(BaseForm):
    """Names a person: in the body, because no address may hold one."""

    person = record_id()
