"""The forms about passkeys."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from wellbeing.web.forms import BaseForm, given, no_private_text, record_id, visible_characters

LONGEST_NAME = 60


class PasskeyForm(BaseForm):
    """Names a passkey."""

    passkey = record_id()


class NameForm(BaseForm):
    """What somebody calls a passkey."""

    name = StringField(
        _l("What do you call it?"),
        description=_l("So that you know it in the list, such as: my phone."),
        filters=[lambda text: text.strip() if text else text],
        validators=[
            DataRequired(given.message),
            Length(max=LONGEST_NAME, message=_l("At most 60 characters.")),
            visible_characters,
            no_private_text,
        ],
        render_kw={"maxlength": LONGEST_NAME, "autocomplete": "off"},
    )


class RenameForm(NameForm):
    """A passkey and its new name."""

    passkey = record_id()
