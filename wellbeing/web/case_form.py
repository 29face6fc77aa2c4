"""The forms of cases; the domain says what may stand in them, and its sentences are shown at their fields."""

from datetime import date, timedelta
from uuid import uuid4

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.widgets import DateInput, DateTimeLocalInput

from wellbeing import lists, notice_words, site
from wellbeing.cases.checks import LONGEST, CaseRefused
from wellbeing.cases.closing import TypedClosing
from wellbeing.cases.drafts import Draft, Offered, Typed, draft
from wellbeing.cases.writing import Attention
from wellbeing.lists import Entries
from wellbeing.models.base import db
from wellbeing.models.cases import Case, Reading
from wellbeing.models.lists import ListName
from wellbeing.web.case_words import OUTCOMES, READINGS
from wellbeing.web.forms import BaseForm, NumberField, whole_number

# After so many days somebody who is ashamed may be glad that we come first.
AGAIN_AFTER = timedelta(days=4)


def _day(label: object, description: object = "") -> StringField:
    return StringField(label, description=description, widget=DateInput())


def _number() -> NumberField:
    return NumberField(widget=HiddenField.widget)


class RefusedForm(BaseForm):
    """A form whose fields the domain may refuse."""

    def say(self, refused: CaseRefused) -> None:
        """Show why it was refused, each sentence at the field that it is about."""
        for field, sentence in refused.why.items():
            self[field].errors = [sentence]

    def sent(self, field: str) -> str:
        """Return what was typed in a field."""
        return str(self[field].data or "")


def _pick(label: object, description: object = "") -> SelectField:
    return SelectField(label, description=description, validate_choice=False, choices=[], default="")


class CaseForm(RefusedForm):
    """One case: how it came, what happened, what was promised, and what happens next."""

    form = HiddenField()
    version = _number()
    unit = SelectField(_l("Unit"), coerce=whole_number, validate_choice=False, choices=[])
    channel = _pick(_l("How they came to us"))
    came = StringField(_l("When"), widget=DateTimeLocalInput(), render_kw={"required": True})
    what = TextAreaField(
        _l("What happened"),
        description=_l("As they see it, in a sentence or two. No names, numbers or addresses of customers."),
        render_kw={"rows": 3, "maxlength": LONGEST["what"], "required": True},
    )
    order_number = StringField(
        _l("Order or job number"),
        description=_l("So that we find the customer without their name here."),
        render_kw={"maxlength": LONGEST["order_number"], "autocomplete": "off"},
    )
    area = _pick(_l("Area"))
    cause = _pick(_l("Cause"))
    tried_before = _pick(_l("Tried before, without success, by"))
    threatened = BooleanField(
        _l("They spoke of a bad survey or review"),
        description=_l("We answer as soon as without it; this helps us to see that we do."),
    )
    reading = RadioField(
        _l("How we read it"),
        choices=[SelectChoice(key.value, label) for key, label in READINGS.items()],
        default=Reading.GOOD_FAITH.value,
        validate_choice=False,
    )
    proactive = BooleanField(_l("We turned to them before they turned to us"))
    attention = RadioField(
        _l("Have we answered them?"),
        choices=[
            SelectChoice(Attention.NOT_YET.value, _l("Not yet")),
            SelectChoice(Attention.AT_ONCE.value, _l("At once, when they came")),
            SelectChoice(Attention.NOW.value, _l("Just now")),
        ],
        default=Attention.NOT_YET.value,
        validate_choice=False,
    )
    mine = BooleanField(_l("I take it"), default=True)
    promised = TextAreaField(_l("What was promised"), render_kw={"rows": 2, "maxlength": LONGEST["promised"]})
    next_step = StringField(
        _l("Next step"),
        description=_l("What we do next, such as “Call with the price of the part”."),
        render_kw={"maxlength": LONGEST["next_step"], "autocomplete": "off"},
    )
    due = _day(_l("By when"))
    recontact = _day(
        _l("Be in touch again on"),
        _l("After a rough moment people may be ashamed, and shy away. May stay empty."),
    )

    def fill(self, units: list[tuple[int, str]], case: Case | None = None) -> "CaseForm":
        """Give the fields their choices: what is offered today, and what the case holds already."""
        every, today = lists.every(db.session()), site.today(db.session())
        kept = {case.channel, case.tried_before, case.area, case.cause} if case else set()
        names = {"channel": ListName.CHANNEL, "tried_before": ListName.CHANNEL}
        names |= {"area": ListName.AREA, "cause": ListName.CAUSE}
        for field, name in names.items():
            self[field].choices = _choices(every[name], today, kept, _NONE[field])
        self.unit.choices = [SelectChoice(unit, name) for unit, name in units]
        return self

    def draft(self, case: Case | None = None) -> Draft:
        """Return what was typed as it can be kept; raise CaseRefused."""
        texts = (
            *("channel", "came", "what", "order_number", "area", "cause", "tried_before", "reading"),
            *("promised", "next_step", "due", "recontact"),
        )
        typed = Typed(
            **{name: self.sent(name) for name in texts},
            threatened=bool(self.threatened.data),
            proactive=bool(self.proactive.data),
        )
        keys = [{str(choice.value) for choice in self[name].choices} for name in ("channel", "area", "cause")]
        days = [found for found in (case.due_on, case.recontact_on) if found] if case else []
        return draft(typed, Offered(*keys), site.zone(), site.now(), days)

    @property
    def start(self) -> Attention:
        """Whether the customer has been answered."""
        return next((one for one in Attention if one == self.attention.data), Attention.NOT_YET)


_NONE = {
    "channel": _l("Choose…"),
    "tried_before": _l("Not that we know"),
    "area": _l("None, or several"),
    "cause": _l("Not known yet"),
}


def _choices(entries: Entries, today: date, kept: set[str | None], none: object) -> list[SelectChoice]:
    found = [entry for entry in entries if entry.is_offered(today) or entry.key in kept]
    return [SelectChoice("", none), *(SelectChoice(entry.key, entry.label) for entry in found)]


def new_case(unit_id: int | None) -> CaseForm:
    """Return the form of a new case, which came just now."""
    came = notice_words.field(site.now(), site.zone())
    return CaseForm(formdata=None, data={"came": came, "form": uuid4().hex, "unit": unit_id})


def form_of(case: Case) -> CaseForm:
    """Return the form of a case as it stands."""
    same = ("version", "channel", "what", "order_number", "area", "cause", "tried_before", "threatened")
    given = {name: getattr(case, name) for name in (*same, "proactive", "promised", "next_step")}
    given |= {"unit": case.unit_id, "reading": case.reading.value}
    given |= {"came": notice_words.field(case.came_at, site.zone())}
    given |= {"due": _field(case.due_on), "recontact": _field(case.recontact_on)}
    return CaseForm(formdata=None, data=given)


def _field(found: date | None) -> str:
    return found.isoformat() if found else ""


class NoteForm(RefusedForm):
    """A line to add."""

    text = TextAreaField(
        _l("Add a note"),
        description=_l("No names, numbers or addresses of customers."),
        render_kw={"rows": 2, "maxlength": LONGEST["text"]},
    )


class OwnerForm(BaseForm):
    """Who has the case; nobody where the field is empty."""

    version = _number()
    owner = SelectField(_l("Hand it over to"), coerce=whole_number, validate_choice=False, choices=[])


class AgainForm(RefusedForm):
    """How it went when we were in touch again."""

    version = _number()
    text = TextAreaField(
        _l("How was it?"),
        description=_l("May stay empty."),
        render_kw={"rows": 2, "maxlength": LONGEST["text"]},
    )


class VersionForm(BaseForm):
    """A button on a case as the page showed it."""

    version = _number()


def _yes_no(label: object) -> RadioField:
    choices = [SelectChoice("yes", _l("Yes")), SelectChoice("no", _l("No"))]
    return RadioField(label, choices=choices, validate_choice=False)


class ClosingForm(RefusedForm):
    """The shoes test, and what came of it."""

    version = _number()
    felt_better = _yes_no(_l("In their shoes: would you feel better with the solution that we offer?"))
    mattered = _yes_no(_l("Did they leave knowing that they matter?"))
    outcome = RadioField(
        _l("What became of them?"),
        choices=[SelectChoice(key.value, label) for key, label in OUTCOMES.items()],
        validate_choice=False,
    )
    prevention = TextAreaField(
        _l("What keeps it from happening again?"),
        description=_l("Something about how we work, never about a colleague. May stay empty."),
        render_kw={"rows": 2, "maxlength": LONGEST["prevention"]},
    )
    recontact = _day(_l("Be in touch again on"), _l("To hear how they are. May stay empty."))

    def typed(self) -> TypedClosing:
        """Return the answers as they were sent."""
        names = ("felt_better", "mattered", "outcome", "prevention", "recontact")
        return TypedClosing(**{name: self.sent(name) for name in names})


def closing_of(case: Case) -> ClosingForm:
    """Return the closing questions of a case, with a day some days ahead to be in touch again."""
    again = case.recontact_on or site.today(db.session()) + AGAIN_AFTER
    return ClosingForm(formdata=None, data={"version": case.version, "recontact": again.isoformat()})
