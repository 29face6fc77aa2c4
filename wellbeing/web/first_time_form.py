"""The forms of somebody who comes with a one-time code: a first password, or a new one."""

from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, RadioField, SelectChoice, StringField, ValidationError
from wtforms.validators import Length

from wellbeing.roster import LOGIN
from wellbeing.sign_in import login_of
from wellbeing.web.diary_forms import new_password_again, new_password_field, pin_field
from wellbeing.web.forms import BaseForm, given, visible_characters


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
    password = new_password_field()
    again = new_password_again()

    diary = RadioField(
        _l("Do you want a diary that only you can read?"),
        choices=[
            SelectChoice("yes", _l("Yes: keep my own answers for me, sealed")),
            SelectChoice("no", _l("No: nothing is kept for me")),
        ],
        invalid_choice_message=_l("Choose one of the two. You can change your mind later."),
    )
    pin = pin_field(given, why=_l("It shows that this is you, and not somebody who made you a code."))

    @property
    def wants_diary(self) -> bool:
        """Tell whether a diary is to begin; who may not choose has none of these fields."""
        return self.diary is not None and self.diary.data == "yes"

    def leave_out_diary(self) -> None:
        """Ask nothing about a diary."""
        del self.diary

    def leave_out_pin(self) -> None:
        """Ask for no PIN: there is none, or somebody has shown before who they are."""
        del self.pin

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
