"""The forms around the company sign-in."""

from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, SelectChoice, SelectField, StringField, ValidationError
from wtforms.validators import Length

from wellbeing.company.claims import LONGEST_GROUP
from wellbeing.permissions import Role
from wellbeing.web.diary_forms import password_field
from wellbeing.web.forms import BaseForm, given, record_id, visible_characters, whole_number

ROLES = {Role.MANAGER: _l("Manager"), Role.HR: _l("HR"), Role.ADMIN: _l("Admin")}


class ConnectForm(BaseForm):
    """The password again, before another way in is opened."""

    password = password_field()


class MappingForm(BaseForm):
    """A group of the provider, and the role that it brings over a unit."""

    group = StringField(
        _l("Group"),
        description=_l(
            "Exactly as the provider writes it, capitals too. Some send a long number: then write that."
        ),
        validators=[
            given,
            Length(max=LONGEST_GROUP, message=_l("At most 200 characters.")),
            visible_characters,
        ],
        filters=[lambda text: text.strip() if text else text],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )
    role = RadioField(
        _l("Role"),
        choices=[SelectChoice(role.value, label) for role, label in ROLES.items()],
        invalid_choice_message=_l("Choose one of the three."),
    )
    unit = SelectField(_l("Over which unit, and all below it"), coerce=whole_number, validate_choice=False)

    def validate_group(self, field: Field) -> None:
        """Refuse what no group can be called: a token never holds it."""
        if not (field.data or "").isprintable():
            raise ValidationError(_l("This holds a character that cannot be seen."))


class UnmapForm(BaseForm):
    """Names a mapping."""

    mapping = record_id()
