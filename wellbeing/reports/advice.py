"""What a team could talk about and try first: one question and one step for whatever figures may say.

Measures of the organisation come first: cover, staffing, information, who decides (NICE NG212, 2022). None of
them is about a person, or asks anybody to bear more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from wellbeing.models.detail_ledger import Question
from wellbeing.reports.advice_causes import BEHAVIOURS, CAUSES, OUR_OWN_ENTRY, Pair
from wellbeing.reports.detail_words import WITH_BREAK, WITHOUT_BREAK

Words: TypeAlias = LazyString | str


@dataclass(frozen=True)
class Advice:
    """A question for the team talk, and a first step that whoever runs the team can take this week."""

    question: Words
    step: Words


_WHO_COVERS = _l("Name who covers on each shift, so that nobody has to ask.")

SEVERITIES: Mapping[str, Pair] = {
    "unpleasant": (
        _l("Which small things come up so often that they add up?"),
        _l("Choose the small thing that comes up most, and change one step of ours before it."),
    ),
    "hard": (_l("Can everybody get away for five minutes after a hard contact, at every hour?"), _WHO_COVERS),
    "severe": (
        _l("What happens here in the ten minutes after an abusive contact?"),
        _l("Agree on who steps in, who covers and who reports it, and read the risk assessment together."),
    ),
}
CHANNELS: Mapping[str, Pair] = {
    "in_person": (
        _l("When does one of us stand alone in front of customers?"),
        _l(
            "Plan a second person for the hour when one stands alone, or put other work off until it is over."
        ),
    ),
    "phone": (
        _l("Who answers the phone while somebody stands at the counter?"),
        _l(
            "Take the phone away from the counter in the busiest two hours: one person answers or calls back."
        ),
    ),
    "email": (
        _l("How long does an e-mail wait for its first answer?"),
        _l("Set one time in the morning and one in the afternoon for e-mail, with nobody to serve."),
    ),
    "web": (
        _l("Where does an enquiry from the web go first, and who sees that it waits?"),
        _l("Name who opens web enquiries on each shift, and say on the page when we answer."),
    ),
    "text": (
        _l("Who reads text messages, and who answers them?"),
        _l("Send news of the work by text before people ask, and name who reads the replies."),
    ),
    "social": (
        _l("Who answers in public, and who solves what it is about?"),
        _l("Name one person a day who answers in public, so that nobody at the counter has to."),
    ),
    "review": (
        _l("Which review named something that we could change?"),
        _l("Choose one point that came up twice and change it; the answer to the review comes after."),
    ),
    "survey": (
        _l("What do we do with what surveys say, beside looking at the score?"),
        _l("Leave the score out of the talk: take one comment, and change one thing."),
    ),
    "other": (_l("How did people reach us that our list has no word for?"), OUR_OWN_ENTRY),
}
AREAS: Mapping[str, Pair] = {
    "showroom": (
        _l("What in the showroom makes people wait, or ask twice?"),
        _l("Agree on who greets, who hands over and who is free for the next one at the busiest hour."),
    ),
    "service": (
        _l("What do customers of service hear too late?"),
        _l("Call with news of the work at one fixed time, before they call us."),
    ),
    "parts": (
        _l("Which parts are promised before anybody knows when they come?"),
        _l("Give no date before the supplier has confirmed it, and name who tells the customer if it moves."),
    ),
    "after_sales": (
        _l("Who looks after a case once the sale is over, until it is closed?"),
        _l("Give every open case one owner and one next step, and look at them once a week."),
    ),
    "marketing": (
        _l("What do our offers promise that the counter has to explain?"),
        _l("Let somebody from the counter read the next offer before it goes out."),
    ),
}
_WHAT_IS_DIFFERENT = _l("What is different on that day: who is on shift, deliveries, appointments?")
_TRY_THAT_DAY = _l("Try one change on that day for four weeks: a second person, or fewer appointments.")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY_PARTS: Mapping[str, Pair] = {
    "morning": (
        _l("What do we all begin at the same time in the morning?"),
        _l("Spread arrivals over the first two hours, and keep one person free of other work."),
    ),
    "afternoon": (
        _l("What piles up in the afternoon that was known in the morning?"),
        _l("Call with news before noon, so that fewer people have to call or come after it."),
    ),
    "evening": (
        _l("Who may still decide something in the evening?"),
        _l("Keep one person who may decide until closing time, and begin handovers earlier."),
    ),
}
SPILLOVER: Mapping[str, Pair] = {
    WITHOUT_BREAK: (_l("What keeps us at the counter after a rough interaction?"), _WHO_COVERS),
    WITH_BREAK: (
        _l("Is a break here long enough, and far enough from the counter?"),
        _l("Find a place out of sight of customers, and let ten minutes be as usual as five."),
    ),
}

ADVICE: Mapping[Question, Mapping[str, Advice]] = {
    question: {key: Advice(*words) for key, words in table.items()}
    for question, table in {
        Question.CAUSE: CAUSES,
        Question.BEHAVIOUR: BEHAVIOURS,
        Question.WEEKDAY: dict.fromkeys(_DAYS, (_WHAT_IS_DIFFERENT, _TRY_THAT_DAY)),
        Question.DAY_PART: DAY_PARTS,
        Question.CHANNEL: CHANNELS,
        Question.AREA: AREAS,
        Question.SEVERITY: SEVERITIES,
        Question.SPILLOVER: SPILLOVER,
    }.items()
}
# For an entry that only this site has.
OWN_ENTRY = Advice(
    _l("What of ours comes just before this, each time?"),
    _l("Go through the last case together, and change one step of ours before it: news, cover or time."),
)
BREAKS = Advice(
    _l("What has to be in place so that five minutes away are possible at the busiest hour?"),
    _l("Write down who covers for whom on each shift, and put it beside the tablet."),
)
ROUGH = Advice(
    _l("Which one thing came up more than once?"),
    _l("Take what came up more than once to whoever can change it, and agree by when we hear back."),
)
# Where nothing has been released that could lead to anything nearer.
GENERAL = (
    Advice(
        _l("When do customers wait without being told why?"),
        _l("Choose one kind of delay, and decide who tells customers about it and when."),
    ),
    Advice(
        _l("When is one of us alone with too much to do?"),
        _l("Plan a second person for the hour when one of us is alone, for two weeks as a try."),
    ),
    Advice(
        _l("Which question do we hear ten times a day?"),
        _l("Answer the question we hear most before it is asked: on a sign, or at the start of a call."),
    ),
    Advice(
        _l("Which promises do others make for us?"),
        _l("Ask whoever promises for us to check before they give a date."),
    ),
    Advice(
        _l("What do we do only because we always did?"),
        _l("Leave one such task out for two weeks, and see who misses it."),
    ),
    Advice(
        _l("Can everybody take five minutes when they need them?"),
        _WHO_COVERS,
    ),
    Advice(
        _l("What did we mend last month that came back?"),
        _l("Give what came back one owner and one date."),
    ),
)
