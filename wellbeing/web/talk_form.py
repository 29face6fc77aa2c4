"""The forms of a wall; the domain says what may stand on it, and the sentence is shown at the field."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectChoice, SelectField, TextAreaField

from wellbeing.models.talk import IdeaState
from wellbeing.talk.posts import LONGEST, Kind, TalkRefused
from wellbeing.web.forms import BaseForm, record_id

WORDS = {
    IdeaState.NEW: _l("New"),
    IdeaState.TRYING: _l("We are trying it"),
    IdeaState.DONE: _l("We did it"),
    IdeaState.NOT_NOW: _l("Not now"),
}


def _note(label: object, hint: object, rows: int = 3) -> TextAreaField:
    return TextAreaField(label, description=hint, render_kw={"rows": rows, "maxlength": LONGEST})


class _SaidForm(BaseForm):
    """One line for a form of a wall, and why it was refused."""

    def refuse(self, refused: TalkRefused) -> None:
        """Show why what was written is not kept, where it stands."""
        self["text"].errors = [refused.sentence]


class MomentForm(_SaidForm):
    """A good moment, without a name unless it is signed."""

    text = _note(
        _l("Your good moment"),
        _l("One or two sentences. No names of customers, no numbers."),
    )
    sign = BooleanField()


class IdeaForm(_SaidForm):
    """An idea, without a name unless it is signed."""

    text = _note(_l("Your idea"), _l("No names of customers, no numbers."), rows=2)
    sign = BooleanField()


class PledgeForm(_SaidForm):
    """What a team promises."""

    text = _note(
        _l("What we promise our customers, or each other"),
        _l("One sentence that the team chose together. New words begin without names below them."),
    )


class AnswerForm(_SaidForm):
    """What the team says to an idea, and where it stands."""

    state = SelectField(
        _l("Where it stands"), choices=[SelectChoice(state.value, label) for state, label in WORDS.items()]
    )
    text = _note(_l("What we say to it"), _l("May stay empty."), rows=2)

    @property
    def chosen(self) -> IdeaState | None:
        """The state that was chosen; None where it is none of ours."""
        return next((state for state in IdeaState if state.value == self.state.data), None)


class SaidForm(BaseForm):
    """Names something said: a moment or an idea, by its number."""

    what = SelectField(choices=[kind.value for kind in Kind])
    number = record_id()


SAY = {Kind.MOMENT: MomentForm, Kind.IDEA: IdeaForm}
