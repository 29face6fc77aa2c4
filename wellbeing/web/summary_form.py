"""What somebody may ask of the summaries: units of theirs, and ticks that exist, in order."""

from collections.abc import Collection, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Row
from werkzeug.datastructures import MultiDict
from wtforms import Field, SelectField, SelectMultipleField, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from wellbeing.reports import dates, units
from wellbeing.reports.exports import Selection
from wellbeing.web.forms import BaseForm, whole_number

MOST_UNITS = 1000
PRESET_TICKS = 13


class SummaryForm(BaseForm):
    """Which units and which ticks; it changes nothing, so it needs no token."""

    class Meta:
        """Read from the address."""

        csrf = False

    unit = SelectMultipleField(
        _l("Units"),
        coerce=whole_number,
        validate_choice=False,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    first = SelectField(_l("From the week of"), name="from", coerce=whole_number, validate_choice=False)
    last = SelectField(_l("To the week of"), name="to", coerce=whole_number, validate_choice=False)

    def validate_unit(self, field: Field) -> None:
        """Refuse none, too many, and what is no number."""
        if not field.data:
            raise ValidationError(_("Choose at least one unit."))
        if len(field.data) > MOST_UNITS:
            raise ValidationError(_("Choose at most %(most)s units at a time.", most=MOST_UNITS))
        if None in field.data:
            raise ValidationError(_("A unit in this address is not a number."))

    def validate_last(self, field: Field) -> None:
        """Refuse a period that runs backwards."""
        if self.first.data and field.data and field.data < self.first.data:
            raise ValidationError(_("The period ends before it begins. Swap the two weeks."))

    @property
    def chosen(self) -> set[int]:
        """The ids of the chosen units."""
        return {unit for unit in self.unit.data if unit is not None}

    @property
    def ticks(self) -> set[int | None]:
        """The numbers of both ticks."""
        return {self.first.data, self.last.data}

    def refuse_unknown(self, known: Collection[int]) -> None:
        """Say which of the two ticks is not among the ``known``."""
        for field in (self.first, self.last):
            if field.data not in known:
                field.errors = [*field.errors, _("There is no such week in the ledger.")]

    def selection(self) -> Selection:
        """Return what was chosen, once it has been found good."""
        return Selection(tuple(sorted(self.chosen)), self.first.data, self.last.data)


def summary_form(
    given: MultiDict[str, str], lines: Sequence[units.Line], ticks: Sequence[Row]
) -> SummaryForm:
    """Return the form for what an address says; where it says nothing, every unit and the newest quarter."""
    asked = {"unit", "from", "to"} & set(given)
    form = SummaryForm(formdata=given if asked else _preset(lines, ticks))
    form.unit.choices = [(line.id, line.name) for line in lines]
    form.first.choices = [(tick.number, dates.week(tick.opened_on, tick.closed_on)) for tick in ticks]
    form.last.choices = form.first.choices
    return form


def _preset(lines: Sequence[units.Line], ticks: Sequence[Row]) -> MultiDict[str, str]:
    first = [("from", str(tick.number)) for tick in ticks[:PRESET_TICKS][-1:]]
    last = [("to", str(tick.number)) for tick in ticks[:1]]
    return MultiDict([("unit", str(line.id)) for line in lines[:MOST_UNITS]] + first + last)
