"""The forms that begin, open and renew a diary."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from wellbeing.web.forms import BaseForm, given, visible_characters

_LONGEST = Length(max=1000, message=_l("At most 200 characters."))
_NOW = {"autocomplete": "current-password"}
_NEW = {"autocomplete": "new-password"}


def password_field() -> PasswordField:
    """Return a field for the password of the sign-in."""
    return PasswordField(_l("Your password"), validators=[given, _LONGEST], render_kw=_NOW)


BEGINS_IT = _l("It shows that you begin the diary yourself, and not somebody who made you a code.")


def new_password_field() -> PasswordField:
    """Return a field for a password that somebody chooses."""
    return PasswordField(
        _l("New password"),
        description=_l("At least 10 characters. Four or five words make a good one."),
        validators=[given, _LONGEST],
        render_kw=dict(_NEW),
    )


def new_password_again() -> PasswordField:
    """Return a field for the same password a second time."""
    return PasswordField(_l("The same password again"), validators=[given, _LONGEST], render_kw=dict(_NEW))


def pin_field(*needed: InputRequired, why: LazyString = BEGINS_IT) -> PasswordField:
    """Return a field for the PIN of the tablet; whoever made a code for a password does not know it."""
    return PasswordField(
        _l("Your PIN at the tablet"),
        description=why,
        validators=[*needed, Length(max=20, message=_l("A PIN has four to six digits."))],
        render_kw={"autocomplete": "off", "inputmode": "numeric"},
    )


class OpenForm(BaseForm):
    """The password that opens a diary, and the page to show then."""

    password = password_field()
    next = HiddenField()


class OpenByCodeForm(BaseForm):
    """The recovery code, and where the diary waits for it the password that is to open it from now on."""

    code = StringField(
        _l("Recovery code"),
        description=_l("28 letters and digits in groups of four. Blanks and dashes make no difference."),
        validators=[given, Length(max=80, message=_l("Type 28 letters and digits.")), visible_characters],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
    code_password = PasswordField(_l("Your new password"), validators=[_LONGEST], render_kw=_NOW)
    next = HiddenField()


class BeginForm(BaseForm):
    """The PIN of the tablet, and the password that is to open a new diary."""

    pin = pin_field(given)
    password = password_field()
    next = HiddenField()


class BeginAnewForm(BaseForm):
    """A tick, the PIN and the password: what is in the old diary goes."""

    sure = BooleanField(
        _l("Delete every entry of my old diary"),
        validators=[InputRequired(_l("Tick this to begin anew: nobody can bring the old entries back."))],
    )
    pin = pin_field(given)
    password = password_field()
