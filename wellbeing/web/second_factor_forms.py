"""The forms of the second factor."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, PasswordField, StringField
from wtforms.validators import Length

from wellbeing.second_factor import CodeRefused, Refusal
from wellbeing.web.forms import BaseForm, given, visible_characters


class AppCodeForm(BaseForm):
    """The code that an authenticator app shows now."""

    code = StringField(
        _l("Code of your authenticator app"),
        description=_l("Six digits. A new one comes every half minute."),
        validators=[given, Length(max=20, message=_l("A code has six digits.")), visible_characters],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": 20},
    )


class SpareCodeForm(BaseForm):
    """A spare code."""

    spare = StringField(
        _l("Spare code"),
        description=_l("Ten letters and digits, like ABCDE-FGHJK. Each works once."),
        validators=[
            given,
            Length(max=40, message=_l("A spare code has ten letters and digits.")),
            visible_characters,
        ],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )


class AgainForm(BaseForm):
    """The password of the sign-in once more, before a second factor is set up, renewed or removed."""

    password = PasswordField(
        _l("Your password"),
        validators=[given, Length(max=1000, message=_l("At most 200 characters."))],
        render_kw={"autocomplete": "current-password"},
    )

    def leave_out_password(self) -> None:
        """Ask for none: whoever signed in just now by another way has shown who they are."""
        del self.password


class RuleForm(BaseForm):
    """Whether viewers need a second factor."""

    second_factor = BooleanField(_l("Managers, HR and admins need a second factor"))


def sentence(refused: CodeRefused, is_spare: bool = False) -> str:
    """Return what to tell somebody whose code was not taken."""
    if refused.reason is Refusal.LOCKED:
        if is_spare:
            return _("Too many wrong spare codes. Wait 15 minutes, then try again.")
        return _("Too many wrong codes. Wait 15 minutes, or after thirty of them a day. A spare code works.")
    if refused.reason is Refusal.USED:
        return _("This code was used already. Wait for the next one.")
    if is_spare:
        return _("This is none of your spare codes that are left.")
    return _("This is not the code that your app shows now. Is your phone's clock right?")
