"""The kinds of texts that a site can change: which fields each has, how long they may be, what they hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


class Shape(StrEnum):
    """What a field holds."""

    LINE = "line"
    TEXT = "text"
    LINK = "link"
    YES_NO = "yes_no"
    DAY = "day"
    ONE_OF = "one_of"


@dataclass(frozen=True)
class Field:
    """One field of a text; ``longest`` counts characters, ``choices`` are the words that ONE_OF may be."""

    name: str
    label: LazyString
    shape: Shape = Shape.LINE
    longest: int = 120
    needed: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kind:
    """A kind of text: ``said`` fields are in each language, ``plain`` ones are the same in all.

    A site adds its own texts where ``own`` is true, and shows them on certain days where ``dated`` is.
    """

    name: str
    label: LazyString
    hint: LazyString
    said: tuple[Field, ...]
    plain: tuple[Field, ...] = ()
    own: bool = True
    dated: bool = False


THEMES = ("bad_time", "missed", "recontact", "lead", "patience")
STEPS = ("headline", "areas", "1", "2", "3", "4", "5", "6")
COACHED = ("listen", "thank", "empathy", "acknowledge", "apologise", "solve")
RELIEFS = ("walk", "video", "breathing", "air", "quiet", "music", "talk", "other")

_TEXT = Field("text", _l("Text"), Shape.TEXT, 600, needed=True)
_TITLE = Field("title", _l("Title"), Shape.LINE, 80, needed=True)
_SOURCE = Field("source", _l("Source"), Shape.LINE, 160)

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "message",
            _l("Messages of the day"),
            _l("Short quotations and small exercises before a shift; they take turns, one each day."),
            said=(_TEXT, Field("comment", _l("A line below it"), Shape.TEXT, 300)),
            plain=(
                Field("author", _l("Author")),
                _SOURCE,
                Field("exercise", _l("An exercise before the shift"), Shape.YES_NO),
                Field("for_teams", _l("Also on the Monday sheet"), Shape.YES_NO),
            ),
            dated=True,
        ),
        Kind(
            "carrying",
            _l("What customers are carrying now"),
            _l("A banner on the counter while something weighs on many customers at once."),
            said=(Field("text", _l("Text"), Shape.TEXT, 200, needed=True),),
            dated=True,
        ),
        Kind(
            "reframing",
            _l("First words after a rough one"),
            _l("One of these is the first line of the care screen."),
            said=(Field("text", _l("Text"), Shape.TEXT, 200, needed=True),),
            plain=(_SOURCE,),
        ),
        Kind(
            "under_anger",
            _l("What may be under the anger"),
            _l("Cards on the care screen."),
            said=(_TITLE, Field("text", _l("Text"), Shape.TEXT, 240, needed=True)),
            plain=(_SOURCE,),
        ),
        Kind(
            "perspective",
            _l("Perspective cards"),
            _l("What the customer may have been going through; one at a time after a rough one."),
            said=(Field("text", _l("Text"), Shape.TEXT, 300, needed=True),),
            plain=(_SOURCE,),
        ),
        Kind(
            "break_idea",
            _l("Ideas for a break"),
            _l("What to do in five minutes, for each kind of break."),
            said=(_TITLE, Field("text", _l("Text"), Shape.TEXT, 300, needed=True)),
            plain=(Field("relief", _l("Kind"), Shape.ONE_OF, needed=True, choices=RELIEFS), _SOURCE),
        ),
        Kind(
            "heart_happy",
            _l("Heart-happy list"),
            _l("Links and clips that make the heart happy; a link opens only when somebody taps it."),
            said=(_TITLE,),
            plain=(
                Field("link", _l("Link (http or https)"), Shape.LINK, 400),
                Field("clip", _l("Uploaded clip"), Shape.LINE, 64),
            ),
        ),
        Kind(
            "coach_step",
            _l("The apology coach: steps"),
            _l("Listening first, then the five parts, and the checks at the end."),
            said=(
                _TITLE,
                Field("text", _l("What to do"), Shape.TEXT, 400, needed=True),
                Field("example", _l("For example"), Shape.TEXT, 240),
                Field("question", _l("Question at its end"), Shape.LINE, 160),
            ),
            plain=(_SOURCE,),
            own=False,
        ),
        Kind(
            "avoid",
            _l("Phrases to avoid"),
            _l("What tells people how to feel, and what to say instead."),
            said=(
                Field("text", _l("Instead of"), Shape.LINE, 160, needed=True),
                Field("instead", _l("Say"), Shape.LINE, 200, needed=True),
            ),
            plain=(Field("step", _l("Step of the coach"), Shape.ONE_OF, choices=COACHED), _SOURCE),
        ),
        Kind(
            "practice",
            _l("Made-up customers for practice"),
            _l("Stories to walk through the coach with; nobody in them exists."),
            said=(
                _TITLE,
                Field("text", _l("What happened"), Shape.TEXT, 500, needed=True),
                Field("says", _l("What they say"), Shape.TEXT, 300, needed=True),
                Field("hint", _l("What to notice"), Shape.TEXT, 300),
            ),
            plain=(Field("branch", _l("Branch"), Shape.ONE_OF, choices=("ours", "not_ours", "not_now")),),
        ),
        Kind(
            "line",
            _l("Lines to use"),
            _l("Words that take the blame off a customer, reach out again, or lead on."),
            said=(
                Field("text", _l("Line"), Shape.TEXT, 300, needed=True),
                Field("when", _l("When"), Shape.LINE, 160),
                Field("twin", _l("What is true in any case"), Shape.TEXT, 300),
            ),
            plain=(
                Field("theme", _l("Theme"), Shape.ONE_OF, needed=True, choices=THEMES),
                Field("only_if_true", _l("Only if true"), Shape.YES_NO),
                _SOURCE,
            ),
        ),
        Kind(
            "policy",
            _l("Policies of this site"),
            _l("What everybody here may rely on."),
            said=(_TITLE, Field("text", _l("Text"), Shape.TEXT, 600, needed=True)),
            own=False,
        ),
        Kind(
            "prompt",
            _l("Questions that open something"),
            _l("One line each, beside the idea box, the pledge and the open cases."),
            said=(Field("text", _l("Text"), Shape.TEXT, 200, needed=True),),
            plain=(_SOURCE,),
            own=False,
        ),
        Kind(
            "training",
            _l("Training"),
            _l("Courses and webinars, with their dates."),
            said=(_TITLE, Field("text", _l("Text"), Shape.TEXT, 240)),
            plain=(Field("link", _l("Link (http or https)"), Shape.LINK, 400), _SOURCE),
            dated=True,
        ),
        Kind(
            "helpline",
            _l("Helplines"),
            _l("Numbers that answer anybody; check each of them twice a year."),
            said=(Field("name", _l("Name"), Shape.LINE, 160, needed=True),),
            plain=(
                Field("country", _l("Country (two letters)"), Shape.LINE, 2, needed=True),
                Field("number", _l("Number"), Shape.LINE, 40, needed=True),
                Field("checked", _l("Last checked"), Shape.DAY, needed=True),
            ),
        ),
        Kind(
            "checkup_item",
            _l("The check-up: items"),
            _l(
                "What the check-up asks; steps 5 and 6 are the site's own. A check-up that is open keeps its "
                "words: what you change is asked from the next one on."
            ),
            said=(
                Field("text", _l("Item"), Shape.TEXT, 240, needed=True),
                Field("hint", _l("Hint"), Shape.TEXT, 240),
            ),
            plain=(
                Field("step", _l("Step"), Shape.ONE_OF, needed=True, choices=STEPS),
                Field("off", _l("Off unless the site turns it on"), Shape.YES_NO),
                _SOURCE,
            ),
        ),
        Kind(
            "checkup_step",
            _l("The check-up: steps"),
            _l("The question above each step."),
            said=(Field("text", _l("Text"), Shape.TEXT, 240, needed=True),),
            plain=(_SOURCE,),
            own=False,
        ),
    )
}
