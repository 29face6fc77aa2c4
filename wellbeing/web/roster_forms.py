"""The forms with which an admin looks after people."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, SelectChoice, SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from wellbeing.models.accounts import Unit
from wellbeing.permissions import Role
from wellbeing.web.forms import BaseForm, given, record_id, visible_characters, whole_number

LANGUAGES = [SelectChoice("", _l("Not chosen")), SelectChoice("en", "English"), SelectChoice("es", "Español")]
PLAIN = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
NOT_IN_LIST = _l("Choose one from the list.")
NO_DAY = _l("Write a day such as 2026-12-31.")


def unit_choices(units: Iterable[Unit]) -> list[SelectChoice]:
    """Return units as a form offers them, each behind what it is part of."""
    return [
        SelectChoice(unit.id, f"{unit.parent.name} · {unit.name}" if unit.parent else unit.name)
        for unit in units
    ]


class UnitChoice(SelectField):
    """A unit of a list; nothing is chosen beforehand."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(
            *args,
            coerce=whole_number,
            validators=[DataRequired(NOT_IN_LIST)],
            invalid_choice_message=NOT_IN_LIST,
            choices=(),
            **kwargs,
        )

    def offer(self, units: Iterable[Unit]) -> None:
        """Offer some units."""
        self.choices = [SelectChoice("", _l("Choose…")), *unit_choices(units)]


def _name() -> StringField:
    return StringField(
        _l("Name"),
        description=_l("First and last name, as colleagues know them: tablets show “Ana R.”"),
        validators=[given, Length(max=80, message=_l("At most 80 characters.")), visible_characters],
        render_kw={"autocomplete": "off"},
    )


def _login() -> StringField:
    return StringField(
        _l("Sign-in name"),
        description=_l("May stay empty: people choose one when they first sign in, and few need to."),
        validators=[Optional(), Length(max=80, message=_l("At most 80 characters.")), visible_characters],
        render_kw=PLAIN,
    )


def _language() -> SelectField:
    return SelectField(_l("Language"), choices=LANGUAGES, invalid_choice_message=NOT_IN_LIST)


class AddForm(BaseForm):
    """Somebody new."""

    name = _name()
    unit = UnitChoice(_l("Team"))
    login = _login()
    language = _language()


class ChangeForm(BaseForm):
    """What the list says about somebody."""

    person = record_id()
    name = _name()
    login = _login()
    language = _language()


class RoleForm(BaseForm):
    """A role over a unit; ``sure`` comes with the page that said what it means."""

    person = record_id()
    role = SelectField(
        _l("Role"),
        choices=[
            SelectChoice(Role.MANAGER.value, _l("Manager")),
            SelectChoice(Role.HR.value, _l("HR")),
            SelectChoice(Role.ADMIN.value, _l("Admin")),
        ],
        invalid_choice_message=NOT_IN_LIST,
    )
    unit = UnitChoice(_l("Over"), id="role-over", description=_l("And everything below it."))
    sure = BooleanField()


class GrantForm(BaseForm):
    """A role that somebody holds."""

    person = record_id()
    grant = record_id()


class LoanForm(BaseForm):
    """The team somebody is lent to, and the days."""

    person = record_id()
    unit = UnitChoice(_l("To the team"), id="lend-to")
    first = DateField(_l("First day"), validators=[InputRequired(NO_DAY)])
    last = DateField(
        _l("Last day"), description=_l("Empty: until somebody ends it."), validators=[Optional()]
    )


class OpenAgainForm(BaseForm):
    """The team in which an account opens again."""

    person = record_id()
    unit = UnitChoice(_l("Team"), id="again-in")


class EraseForm(BaseForm):
    """The name of whoever is erased, typed as it stands there."""

    person = record_id()
    name = StringField(_l("Type the whole name"), id="erase-name", validators=[Optional()], render_kw=PLAIN)


class InviteForm(BaseForm):
    """Who of a unit gets codes, and for what."""

    unit = record_id()
    people = SelectMultipleField(coerce=whole_number, validate_choice=False, default=())
    pin = BooleanField(_l("A code to choose a PIN at the tablet"))
    password = BooleanField(_l("A code for a sign-in of their own"))
