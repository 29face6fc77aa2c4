"""The forms of one's own sign-in: another password, a phone that goes."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, StringField, ValidationError
from wtforms.validators import Regexp

from wellbeing.web.diary_forms import new_password_again, new_password_field, password_field, pin_field
from wellbeing.web.forms import BaseForm, given, record_id


class FirstPasswordForm(BaseForm):
    """A new password twice, of somebody who signed in without one."""

    new_password = new_password_field()
    again = new_password_again()

    def validate_again(self, field: Field) -> None:
        """Refuse two passwords that differ: nobody could sign in with what they did not mean."""
        if field.data != self.new_password.data:
            raise ValidationError(_l("The two passwords are not the same."))


class PasswordForm(FirstPasswordForm):
    """The password until now, and the new one twice."""

    password = password_field()
    phones = BooleanField(_l("Remove my own phones, too: they go on taking my taps otherwise"))


class OwnPhoneForm(BaseForm):
    """The PIN of the tablet: a phone records in its owner's name, like a PIN."""

    pin = pin_field(given, why=_l("It shows that this is you, and not somebody who made you a code."))


class PhoneForm(BaseForm):
    """Names one of one's own phones: in the body, because no address may hold one."""

    phone = record_id()


class BrowserForm(BaseForm):
    """Names one of the browsers in which one is signed in, by what opens nothing."""

    browser = StringField(validators=[given, Regexp(r"[0-9a-f]{64}\Z")])
