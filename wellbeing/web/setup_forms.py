"""The small forms of the set-up's steps; what a name may be is said by the step itself."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    Field,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, Optional

from wellbeing.models.accounts import Unit
from wellbeing.models.agreements import AgreementKind
from wellbeing.web.forms import BaseForm, given, visible_characters, whole_number

LONGEST_AGO = timedelta(days=180)
EARLIEST = date(2000, 1, 1)


def plain_lines(_form: BaseForm, field: Field) -> None:
    """Refuse characters that cannot be seen, line by line."""
    for line in (field.data or "").splitlines():
        if not line.isprintable():
            raise ValidationError(_l("This holds a character that cannot be seen."))


class OrganisationForm(BaseForm):
    """What the organisation is called, and where its days begin."""

    name = StringField(_l("Name of the organisation"), validators=[given, Length(max=80)])
    time_zone = StringField(
        _l("Time zone"),
        description=_l("Weeks end on Mondays at 04:00 there."),
        validators=[given, Length(max=64)],
        render_kw={"list": "zones", "autocomplete": "off", "spellcheck": "false"},
    )


class TeamsForm(BaseForm):
    """Teams of one site."""

    site = StringField(
        _l("The place: a branch, a shop, a building"),
        validators=[given, Length(max=80), visible_characters],
        render_kw={"autocomplete": "off"},
    )
    teams = TextAreaField(
        _l("Its teams, each on a line of its own"),
        description=_l("Such as Service counter, Workshop, Sales. Small teams count together, one level up."),
        validators=[given, plain_lines],
        render_kw={"rows": "4"},
    )


class NamesForm(BaseForm):
    """People of one team."""

    team = SelectField(_l("Team"), coerce=whole_number, validate_choice=False)
    names = TextAreaField(
        _l("Names, each on a line of its own"),
        description=_l("First and last name, as colleagues know them: tablets show “Ana R.”"),
        validators=[given, plain_lines],
        render_kw={"rows": "5", "autocomplete": "off"},
    )

    def offer(self, teams: Sequence[Unit]) -> "NamesForm":
        """Offer the teams that there are."""
        self.team.choices = [
            SelectChoice(team.id, f"{team.parent.name} · {team.name}") for team in teams if team.parent
        ]
        return self


class ContactForm(BaseForm):
    """Whom staff can turn to here."""

    contact = StringField(
        _l("Whom staff can turn to here"),
        description=_l("A name, a place or a number. It stands under “Get help”, on every tablet."),
        validators=[given, Length(max=400)],
        render_kw={"autocomplete": "off", "maxlength": "400"},
    )


class LanguageForm(BaseForm):
    """The language of whoever has chosen none."""

    language = SelectField(
        _l("Language to begin with"),
        description=_l("For letters, and for people who are added from now on."),
        choices=[SelectChoice("en", "English"), SelectChoice("es", "Español")],
    )


class PrivacyForm(BaseForm):
    """What was agreed, what was read and tried, and a typed name below it."""

    kind = RadioField(
        _l("With whom is it agreed that you use Second Wind?"),
        invalid_choice_message=_l("Choose one of the three."),
        choices=[
            SelectChoice(AgreementKind.WORKS_COUNCIL.value, _l("With the works council")),
            SelectChoice(AgreementKind.STAFF.value, _l("With the staff themselves")),
            SelectChoice(AgreementKind.NONE_NEEDED.value, _l("None is needed here, and I answer for that")),
        ],
    )
    reference = StringField(
        _l("Which agreement"),
        description=_l("Its title or number, so that anybody can ask for it."),
        validators=[Length(max=200, message=_l("At most 200 characters.")), visible_characters],
        render_kw={"autocomplete": "off", "maxlength": "200"},
    )
    agreed_on = DateField(_l("Agreed on"), validators=[Optional()])
    notice_read = BooleanField(
        _l("I have read the notice, and it is true here."),
        validators=[InputRequired(_l("Read it first: you sign for it."))],
    )
    tried = SelectMultipleField(_l("Helplines"), validate_choice=False)
    tried_on = DateField(_l("Tried on"), validators=[given])
    signed_by = StringField(
        _l("Your name, as a signature"),
        validators=[given, Length(max=80, message=_l("At most 80 characters."))],
        render_kw={"autocomplete": "off"},
    )

    def judge(self, signer: str, offered: Sequence[str], today: date) -> bool:
        """Tell whether everything is there; ``offered`` are the keys of the helplines that people see."""
        good = self.validate()
        if self.kind.data != AgreementKind.NONE_NEEDED.value:
            good &= self._agreed(today)
        if not set(offered) <= set(self.tried.data or ()):
            self.tried.errors = [_("Try each of them, or take it off the list.")]
            good = False
        if self.tried_on.data and not today - LONGEST_AGO <= self.tried_on.data <= today:
            self.tried_on.errors = [_("A day of the last half year.")]
            good = False
        if _folded(self.signed_by.data) != _folded(signer) and not self.signed_by.errors:
            self.signed_by.errors = [_("Type your name as it is kept here: %(name)s.", name=signer)]
            good = False
        return good

    def _agreed(self, today: date) -> bool:
        if not (self.reference.data or "").strip():
            self.reference.errors = [_("Say which agreement it is.")]
        if self.agreed_on.data is None and not self.agreed_on.errors:
            self.agreed_on.errors = [_("Say on which day it was agreed.")]
        elif self.agreed_on.data and not EARLIEST <= self.agreed_on.data <= today:
            self.agreed_on.errors = [_("A day that has been.")]
        return not (self.reference.errors or self.agreed_on.errors)


def _folded(name: str | None) -> str:
    return " ".join((name or "").split()).casefold()
