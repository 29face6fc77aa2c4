"""The forms of signed-in pages; what a field accepts is said here, what it means in the domain."""

import unicodedata

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, Form, HiddenField, IntegerField, PasswordField, StringField, ValidationError
from wtforms.validators import InputRequired, Length, NumberRange
from wtforms.widgets import HiddenInput

from wellbeing.roster import LOGIN
from wellbeing.sign_in import login_of

LARGEST_ID = 2**31 - 1

given = InputRequired(_l("Please fill this in."))


def visible_characters(_form: Form, field: Field) -> None:
    """Refuse control characters: no name has them, and PostgreSQL does not take a zero."""
    if any(unicodedata.category(sign) == "Cc" for sign in field.data or ""):
        raise ValidationError(_l("This holds a character that cannot be seen."))


def record_id() -> IntegerField:
    """Return a hidden field that names a record."""
    return IntegerField(widget=HiddenInput(), validators=[given, NumberRange(1, LARGEST_ID)])


class BaseForm(FlaskForm):
    """Every form that a signed-in page or the sign-in sends."""


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


class CodeForm(BaseForm):
    """A one-time code."""

    code = StringField(
        _l("One-time code"),
        description=_l("Eight characters, like ABCD-EFGH. Your manager or an admin makes it for you."),
        validators=[given, Length(max=40, message=_l("A code has eight characters.")), visible_characters],
        render_kw={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"},
    )


class FirstTimeForm(BaseForm):
    """A new password, and a sign-in name for somebody who has none yet; the code comes along."""

    code = HiddenField(validators=[given, Length(max=40), visible_characters])
    login = StringField(
        _l("Sign-in name"),
        description=_l("You will type this each time. Capital or small letters make no difference."),
        validators=[given],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        _l("New password"),
        description=_l("At least 10 characters. Four or five words make a good one."),
        validators=[given, Length(max=1000, message=_l("At most 200 characters."))],
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _l("The same password again"),
        validators=[given, Length(max=1000, message=_l("At most 200 characters."))],
        render_kw={"autocomplete": "new-password"},
    )

    def validate_login(self, field: Field) -> None:
        """Refuse what the people file would refuse too."""
        if not LOGIN.fullmatch(login_of(field.data or "")):
            raise ValidationError(
                _l("A sign-in name has 2 to 80 letters without accents, digits or . _ @ + -")
            )

    def validate_again(self, field: Field) -> None:
        """Refuse two passwords that differ: nobody could sign in with what they did not mean."""
        if field.data != self.password.data:
            raise ValidationError(_l("The two passwords are not the same."))


class UnitForm(BaseForm):
    """Names a unit."""

    unit = record_id()


class PersonForm(BaseForm):
    """Names a person: in the body, because no address may hold one."""

    person = record_id()
