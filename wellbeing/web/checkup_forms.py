"""The forms of a check-up's log: customers asked, and inquiries sent to ourselves."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    Field,
    RadioField,
    SelectChoice,
    SelectField,
    ValidationError,
)
from wtforms.validators import NumberRange, Optional

from wellbeing import site
from wellbeing.models.base import db
from wellbeing.web.forms import BaseForm, NumberField, given, whole_number

MOST = 9999
_number = {"inputmode": "numeric"}
_moment = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
EARLIEST = date(2000, 1, 1)


class AskedForm(BaseForm):
    """How many customers were asked on a day."""

    asked_on = DateField(_l("On which day"), validators=[given])
    asked = NumberField(
        _l("Customers asked"),
        validators=[given, NumberRange(1, MOST, _l("A number from 1 to 9999."))],
        render_kw=_number,
    )
    content = NumberField(
        _l("Of those: “Here I come first”"),
        description=_l("A number alone. No names, and nothing that they said."),
        validators=[NumberRange(0, MOST, _l("A number from 0 to as many as were asked."))],
        render_kw=_number,
    )

    def validate_asked_on(self, field: Field) -> None:
        """Refuse a day that has not come, or one long before there were such sites."""
        if field.data is not None and not EARLIEST <= field.data <= site.today(db.session()):
            raise ValidationError(_l("A day that has been."))

    def validate_content(self, field: Field) -> None:
        """Refuse more happy customers than customers."""
        if field.data is not None and field.data > self.asked.number:
            raise ValidationError(_l("A number from 0 to as many as were asked."))


def local(moment: datetime) -> datetime:
    """Return the moment that a clock at the site shows, in UTC."""
    return moment.replace(tzinfo=site.zone()).astimezone(ZoneInfo("UTC"))


def _has_been(field: Field) -> None:
    day = field.data.date() if field.data is not None else EARLIEST
    # The day first: near the last one of the calendar no moment can be told in another zone.
    if not EARLIEST <= day <= site.today(db.session()) or (
        field.data is not None and local(field.data) > site.now()
    ):
        raise ValidationError(_l("A moment that has been."))


class InquiryForm(BaseForm):
    """An inquiry that was sent from a private address."""

    channel = SelectField(_l("Channel"))
    sent_at = DateTimeLocalField(_l("Sent"), format=_moment, validators=[given])
    answered_at = DateTimeLocalField(
        _l("First answer by a person"),
        description=_l("Leave it empty as long as nobody has answered. A machine's answer does not count."),
        format=_moment,
        validators=[Optional()],
    )
    machine_first = BooleanField(_l("A machine had answered before"))

    def offer(self, channels: Sequence[tuple[str, str]]) -> "InquiryForm":
        """Offer some channels, each as its key and its words."""
        self.channel.choices = list(channels)
        return self

    def validate_sent_at(self, field: Field) -> None:
        """Refuse what is still to come."""
        _has_been(field)

    def validate_answered_at(self, field: Field) -> None:
        """Refuse what is still to come, and an answer before the question."""
        _has_been(field)
        if field.data is not None and self.sent_at.data is not None and field.data < self.sent_at.data:
            raise ValidationError(_l("Not before it was sent."))


class AnsweredForm(BaseForm):
    """When a person answered an inquiry."""

    answered_at = DateTimeLocalField(_l("First answer by a person"), format=_moment, validators=[given])

    def validate_answered_at(self, field: Field) -> None:
        """Refuse what is still to come."""
        _has_been(field)


class HowOftenForm(BaseForm):
    """How often the check-up is asked."""

    checkup_months = RadioField(
        _l("The check-up opens"),
        description=_l("Every quarter is the least. The one that is open now stays as it is."),
        coerce=whole_number,
        invalid_choice_message=_l("Choose one of the two."),
        choices=[SelectChoice(3, _l("every quarter")), SelectChoice(1, _l("every month"))],
    )
