"""What made-up customers brought to the made-up dealership, by area; cars and parts take turns in it."""

from dataclasses import dataclass

CARS = (
    "the blue estate",
    "the red hatchback",
    "the white van",
    "the grey saloon",
    "the electric car",
    "the pickup",
)
PARTS = ("wing mirror", "gearbox seal", "roof rack", "brake disc", "rear bumper", "charging cable")


@dataclass(frozen=True)
class Story:
    """A case as somebody writes it down; ``{car}`` and ``{part}`` are filled in."""

    cause: str
    what: str
    promised: str
    next_step: str
    prevention: str


STORIES: dict[str, tuple[Story, ...]] = {
    "service": (
        Story("delay", "{car} was promised for Friday and was not ready; nobody called.",
              "Ready by noon, and a call before they set off", "Call with the hour it is ready",
              "We call before noon whenever a car is late"),
        Story("delay", "Waited an hour at the counter to hand over {car}, with an appointment.",
              "A loan car next time, at no charge", "Confirm the loan car for the next visit", ""),
        Story("poor_work", "The noise at the front of {car} is back a week after the repair.",
              "Look again at once, at our cost", "Drive it together with the workshop",
              "The last test drive is done with the customer"),
        Story("price", "The bill for {car} was higher than the quote, and nobody had asked before.",
              "The quoted price", "Send the corrected invoice", "No extra work without a call first"),
        Story("promise_not_kept", "Said they would be called back about {car}; three days, no call.",
              "A call today, whatever the news", "Call with what the workshop found",
              "Whoever promises a call writes down the hour"),
        Story("no_reply", "Tried all morning to change the appointment for {car}; no answer on any line.",
              "An appointment of their choice", "Offer three times for next week",
              "One person on the phone from 8 to 10"),
        Story("damage", "A scratch on the door of {car} that was not there before the service.",
              "Polished or replaced, at our cost", "Show the photos of the day it came in",
              "Photos from all sides when a car comes in"),
        Story("missed_appointment", "Came for an appointment with {car} that was not in our book.",
              "Seen within the hour", "Thank them for waiting, and call tomorrow", ""),
    ),
    "parts": (
        Story("delay", "The {part} for {car} was to be here on Tuesday; it is not even on its way.",
              "News each Thursday until it is here", "Ask the supplier for a firm date",
              "No date before the supplier confirms it"),
        Story("disruption", "The {part} is held up at the port; they cannot use {car} until it comes.",
              "A loan car from Monday", "Call with the news from the port", ""),
        Story("wrong_information", "Ordered the {part} that we named; it does not fit {car}.",
              "The right one by express, at our cost", "Check the number against the papers of the car",
              "Two people check the number of a special order"),
        Story("price", "The {part} costs twice what they were told on the phone.",
              "The price that was said", "Correct the order", "Prices only from the list, never from memory"),
    ),
    "showroom": (
        Story("promise_not_kept", "Two sets of winter tyres were part of the deal for {car}; one came.",
              "The second set within a week", "Book the fitting", "What is promised stands in the contract"),
        Story("paperwork", "Has waited three weeks for the papers of {car}; the insurance asks every day.",
              "Papers by courier by Thursday", "Ask the registration office, and call with the answer",
              "Papers go out on the day that they come in"),
        Story("price", "The part-exchange for the old car came out lower than it was said.",
              "Look at it again together", "Value it again, with the customer there", ""),
        Story("missed_appointment", "Came for a test drive of {car}; nobody knew, and it was out.",
              "The car for a whole day", "Offer a day next week", "Test drives stand in the one calendar"),
        Story("wrong_information", "Was told that {car} can tow a caravan; the papers say that it cannot.",
              "A way out that costs them nothing", "Ask what else would suit", ""),
    ),
    "after_sales": (
        Story("no_reply", "Four messages about the warranty of {car}, and only automatic answers.",
              "One person who answers, by name", "Write today, with a direct line",
              "Automatic answers name a person"),
        Story("paperwork", "The finance for {car} was taken twice this month.",
              "Paid back within three days", "Send the proof of the transfer", ""),
        Story("wrong_information", "Was sent a reminder for a service of {car} that was done in spring.",
              "An apology, and no more reminders for it", "Correct the entry", ""),
    ),
}  # fmt: skip
NOTES = (
    "Spoke for ten minutes. They were glad that somebody called.",
    "No answer yet; I try again in the afternoon.",
    "Thanked them for telling us. They only want it to be sorted out.",
    "The workshop has an hour tomorrow at nine.",
    "They know that we are on it, and when they hear from us next.",
)
