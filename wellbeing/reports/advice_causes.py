"""The question and the first step for each cause and each behaviour that the product's own lists have."""

from collections.abc import Mapping
from typing import TypeAlias

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

Pair: TypeAlias = tuple[LazyString | str, LazyString | str]

OUR_OWN_ENTRY = _l("Ask an admin for an entry of our own, so that next month has a word for it.")

CAUSES: Mapping[str, Pair] = {
    "delay": (
        _l("At which step does work wait longest, and who tells the customer?"),
        _l("Name one person a shift who calls customers before they have to call us."),
    ),
    "promise_not_kept": (
        _l("Which promise do we make most often that somebody else has to keep?"),
        _l("Choose one promise that nobody makes before those who do the work have said yes."),
    ),
    "poor_work": (
        _l("Which work comes back most often, and what was missing at first: time, parts or information?"),
        _l("Put a two-minute check before the handover of one kind of job, and plan the time for it."),
    ),
    "fault": (
        _l("Which fault do we meet again and again, and do we say early what it will take?"),
        _l("Write one page for the counter on the fault that comes back: what we offer, how long it takes."),
    ),
    "price": (
        _l("When does a customer first hear what it will cost?"),
        _l("Decide who names the price before work begins, and again before it goes up."),
    ),
    "no_reply": (
        _l("Which line or inbox has nobody at the busiest hour?"),
        _l("Give phone and inbox to one person a shift, who serves nobody at that time."),
    ),
    "wrong_information": (
        _l("Where do two of us give two different answers?"),
        _l("Put the right answer where everybody sees it, and name who keeps it up to date."),
    ),
    "missed_appointment": (
        _l("How does a customer learn that an appointment has moved, and how do we?"),
        _l("Have somebody confirm tomorrow's appointments today, and offer the next free time at once."),
    ),
    "disruption": (
        _l("What do we know in the morning that customers only learn at the counter?"),
        _l("Write a notice as soon as it is known: what, until when, whom to tell, which words to use."),
    ),
    "rule": (
        _l("Which rule do we have to explain most often, and who may make an exception?"),
        _l("Agree on what the counter may decide alone, and on who is asked at once for the rest."),
    ),
    "waiting": (
        _l("At which hour do people wait longest, and what keeps us away from them then?"),
        _l("Move one person into the hour with the longest wait for two weeks, or one task out of it."),
    ),
    "paperwork": (
        _l("Which paper is missing most often when the customer is already here?"),
        _l("Send the list of what to bring with the appointment, and check it the day before."),
    ),
    "damage": (
        _l("When do we show what we found or want to do, and who says yes to it?"),
        _l("Take photographs on arrival, and begin no extra work without a written yes."),
    ),
    "own_life": (
        _l("What lets us give somebody time when the queue is long?"),
        _l("Agree on a quiet place, and on who takes the queue when one customer needs longer."),
    ),
    "other": (_l("What was it about that our list has no word for?"), OUR_OWN_ENTRY),
    "unknown": (
        _l("How often do we never learn what it was about?"),
        _l("End a contact with one question, “What should have gone differently?”, and pass it on unnamed."),
    ),
}
BEHAVIOURS: Mapping[str, Pair] = {
    "shouted": (
        _l("Who steps in when a customer shouts, and how are they called?"),
        _l("Agree on a word or a sign that brings a second person, and on who takes over."),
    ),
    "rude": (
        _l("What comes before it most often: a wait, a handover, or a second call?"),
        _l("Shorten one step before it this week: one handover less, or a call back at an agreed time."),
    ),
    "wanted_too_much": (
        _l("What do people expect that we cannot give, and where did they hear it?"),
        _l("Say in one place, before people come, what is included and what is not."),
    ),
    "unclear_wishes": (
        _l("What do we write down when a customer says what they want?"),
        _l("Use one short form for every order, and read it back before work begins."),
    ),
    "survey_threat": (
        _l("Do we answer faster when somebody mentions a survey?"),
        _l("Agree on one time for a first answer, the same with a threat and without."),
    ),
    "discriminatory": (
        _l("Does everybody know that they may end such a contact, and who then takes over?"),
        _l("Put in writing that such a contact may be ended, and name who stands in on each shift."),
    ),
    "threatened": (
        _l("Who is nearest when somebody is threatened, and can they be reached within seconds?"),
        _l("Leave nobody alone at the counter, and put a way to call help within reach of it."),
    ),
    "physical": (
        _l("Can everybody step away from the counter, at every hour?"),
        _l("Check the place today: a way out, a second person, an alarm. Then record it as an incident."),
    ),
    "distress": (
        _l("Where can a customer in distress sit down, and who has time to stay with them?"),
        _l("Set a quiet place apart, and name who takes the queue meanwhile."),
    ),
    "other": (_l("What happened that our list has no word for?"), OUR_OWN_ENTRY),
}
