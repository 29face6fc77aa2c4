"""The form of what the privacy documents need to know; a field may stay empty, and then is a gap."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, RadioField, SelectChoice, StringField
from wtforms.validators import Length, ValidationError

from wellbeing.extensions import language
from wellbeing.law import choices, facts
from wellbeing.law.facts import Basis, Condition, Council, Facts, Hosting
from wellbeing.web.forms import BaseForm, visible_characters, whole_number

LONGEST = 400


def _name(field: str) -> LazyString:
    return LazyString(lambda: choices.word(language(), "field", field))


def _hint(field: str) -> LazyString:
    return LazyString(lambda: choices.hint(language(), field))


def _text(field: str) -> StringField:
    longest = Length(max=LONGEST, message=_l("At most 400 characters."))
    return StringField(
        _name(field),
        description=_hint(field),
        validators=[longest, visible_characters],
        render_kw={"autocomplete": "off"},
    )


def _one_of(field: str, kind: type[StrEnum]) -> RadioField:
    offered = [SelectChoice(key.value, _choice(field, key)) for key in kind]
    return RadioField(_name(field), choices=offered, validate_choice=False)


def _choice(field: str, key: StrEnum) -> LazyString:
    return LazyString(lambda: choices.chosen(language(), field, key))


class PrivacyForm(BaseForm):
    """Every field of the facts, in the order of the documents."""

    controller = _text("controller")
    address = _text("address")
    contact = _text("contact")
    officer = _text("officer")
    no_officer = BooleanField(_name("no_officer"))
    basis = _one_of("basis", Basis)
    condition = _one_of("condition", Condition)
    national_law = _text("national_law")
    council = _one_of("council", Council)
    staff_views = _text("staff_views")
    hosting = _one_of("hosting", Hosting)
    hosting_where = _text("hosting_where")
    authority = _text("authority")
    incidents_kept = _text("incidents_kept")
    files_kept = _text("files_kept")

    def validate_officer(self, field: Field) -> None:
        """Refuse an officer where the form says that there is none."""
        if (field.data or "").strip() and self.no_officer.data:
            raise ValidationError(_l("Either name one here, or tick below that you have none."))


def agreed_gaps(sent: Mapping[str, str]) -> int | None:
    """Return with how many gaps the version may come into force, where the second button was pressed."""
    return whole_number(sent.get("with_gaps", ""))


def typed(form: PrivacyForm) -> Facts:
    """Return what was typed; a choice that is none of ours is no choice."""
    sent: Mapping[str, Any] = {name: _value(form[name].data) for name in form.data if name != "csrf_token"}
    return facts.read(sent)


def _value(data: object) -> object:
    return data.strip() if isinstance(data, str) else data
