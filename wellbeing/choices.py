"""The closed lists of the counter: stable keys for tables and files, words for people.

A key is never renamed, because released figures and replay files name it; the words may change.
"""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


@dataclass(frozen=True)
class Choice:
    """One thing a person can tap; ``hint`` is a few more words, or None."""

    key: str
    label: LazyString | str
    hint: LazyString | str | None = None


# Mildest first: the place in the tuple, from 1, is the severity's number.
SEVERITIES = (
    Choice("unpleasant", _l("Unpleasant"), _l("it got to me a little")),
    Choice("hard", _l("Hard"), _l("I needed a moment")),
    Choice("severe", _l("Severe"), _l("abusive, threatening or frightening")),
)

BEHAVIOURS = (
    Choice("shouted", _l("Shouted or insulted")),
    Choice("rude", _l("Rude, short, ignored me, hung up")),
    Choice("wanted_too_much", _l("Wanted more than we can give")),
    Choice("unclear_wishes", _l("Unclear or changing wishes")),
    Choice("survey_threat", _l("Threatened a bad survey or review")),
    Choice("discriminatory", _l("Discriminatory or sexual remark")),
    Choice("threatened", _l("Threatened me")),
    Choice("physical", _l("Physical")),
    Choice("distress", _l("Customer in distress")),
    Choice("other", _l("Other")),
)

CAUSES = (
    Choice("delay", _l("Delay or late status")),
    Choice("promise_not_kept", _l("Promise not kept")),
    Choice("poor_work", _l("Work incomplete or poorly done")),
    Choice("fault", _l("Product or vehicle fault")),
    Choice("price", _l("Price, charge or quote")),
    Choice("no_reply", _l("Could not reach us, or no reply")),
    Choice("wrong_information", _l("Wrong or unclear information")),
    Choice("missed_appointment", _l("Missed appointment")),
    Choice("disruption", _l("Known disruption"), _l("site, system, weather, supply")),
    Choice("rule", _l("Rule we can't change")),
    Choice("waiting", _l("Waiting time")),
    Choice("paperwork", _l("Finance or paperwork")),
    Choice("damage", _l("Damage, or work not authorised")),
    Choice("own_life", _l("Something in the customer's own life")),
    Choice("other", _l("Other")),
    Choice("unknown", _l("Don't know")),
)

CHANNELS = (
    Choice("in_person", _l("In person")),
    Choice("phone", _l("Phone")),
    Choice("email", _l("E-mail")),
    Choice("web", _l("Web enquiry or chat")),
    Choice("text", _l("Text message")),
    Choice("social", _l("Social media")),
    Choice("review", _l("Review site")),
    Choice("survey", _l("Survey")),
    Choice("other", _l("Other")),
)

AREAS = (
    Choice("showroom", _l("Showroom")),
    Choice("service", _l("Service")),
    Choice("parts", _l("Parts")),
    Choice("after_sales", _l("Post-sales support")),
    Choice("marketing", _l("Marketing")),
)

BREAK_KINDS = (
    Choice("walk", _l("Walk")),
    Choice("video", _l("Heart-happy video")),
    Choice("breathing", _l("Breathing or quiet")),
    Choice("fresh_air", _l("Fresh air")),
    Choice("chat", _l("Supportive chat")),
    Choice("music", _l("Music")),
    Choice("stretch", _l("Stretch")),
    Choice("snack", _l("Snack or drink")),
    Choice("prayer", _l("Prayer or meditation")),
    Choice("other", _l("Other")),
)

BREAK_MINUTES = (2, 5, 10, 15)
PRESET_BREAK_MINUTES = 5

SEVERITY_KEYS = frozenset(choice.key for choice in SEVERITIES)
BEHAVIOUR_KEYS = frozenset(choice.key for choice in BEHAVIOURS)
CAUSE_KEYS = frozenset(choice.key for choice in CAUSES)
CHANNEL_KEYS = frozenset(choice.key for choice in CHANNELS)
AREA_KEYS = frozenset(choice.key for choice in AREAS)
BREAK_KIND_KEYS = frozenset(choice.key for choice in BREAK_KINDS)
