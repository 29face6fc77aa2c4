"""Every sentence of the apology coach and of the lines; tablets and phones fill in what stands in braces."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import pgettext


def words() -> Mapping[str, str]:
    """Return the sentences in the language in force, by the names that the scripts give them."""
    return {**_coach(), **_checks(), **_practice(), **_lines()}


def _coach() -> Mapping[str, str]:
    return {
        "coach_title": _("Make it right"),
        "coach_lead": _("Listen first, then five steps. Nothing is recorded, and nobody is told."),
        "coach_start": _("Walk through it"),
        "coach_start_hint": _("One step at a time, while you do it."),
        "coach_step_of": _("Step %(step)s of %(steps)s", step="{step}", steps="{steps}"),
        "coach_next": _("Next"),
        "coach_back": _("Back"),
        "coach_close": _("Close"),
        "coach_listening": _("Listening for %(time)s", time="{time}"),
        "coach_keep_listening": _("Keep listening. There is no hurry."),
        "coach_finished": _("Have they finished?"),
        "coach_finished_yes": _("Yes, they have finished"),
        "coach_finished_no": _("Not yet"),
        "coach_example": _("For example"),
        "coach_own": _("In my own words"),
        "coach_own_write": _("Write it in your own words"),
        "coach_kept_tablet": _("Only on this screen: forgotten when you leave it."),
        "coach_kept_phone": _("Only in this browser: it is never sent, and nobody else sees it."),
        "coach_avoid": _("Better not say"),
        "coach_instead": _("Rather:"),
        "coach_not_ours": _("It was not our doing"),
        "coach_not_now": _("I can't fix it now"),
        "coach_can_do": _("What I can do"),
        "coach_by_when": _("By when"),
        "coach_next_update": _("Next update"),
        "coach_lead_on": _("Lines to take the lead"),
    }


def _checks() -> Mapping[str, str]:
    return {
        "coach_yes": _("Yes"),
        "coach_no": _("No"),
        "coach_needs": _("What a customer needs"),
        "coach_mending": _("Once more, because of this: %(question)s", question="{question}"),
        "coach_still_title": _("What you can still do"),
        "coach_still": _("It is not too late to show them."),
        "coach_still_call": _("Call them tomorrow: only to ask how they are, and whether it worked."),
        "coach_still_line": _("Write one line, with your name and how to reach you."),
        "coach_still_ask": _("Ask a colleague who knows them to say hello."),
        "coach_still_line_button": _("Lines for reaching out again"),
        "coach_end_title": _("Good that you did this."),
        "coach_end": _("You listened first, and you stayed with it. Take a breath before the next one."),
        "coach_again": _("From the beginning"),
        "coach_forget": _("Forget what I wrote here"),
        "coach_forgotten": _("Forgotten. Nothing of it is left in this browser."),
    }


def _practice() -> Mapping[str, str]:
    return {
        "practice_title": _("Practise"),
        "practice_hint": _("With a made-up customer."),
        "practice_choose": _("Choose a customer"),
        "practice_lead": _("Nobody in these stories exists, and nobody hears how it went."),
        "practice_happened": _("What happened"),
        "practice_says": _("They say"),
        "practice_notice": _("What to notice"),
        "practice_compare": _("Yours and the example"),
        "practice_compare_lead": _("There is no right or wrong. What sounds like you, and is true, is best."),
        "practice_yours": _("Yours"),
        "practice_nothing": _("Nothing written."),
        "practice_fits": _("This step fits the story too:"),
        "practice_another": _("Another customer"),
    }


def _lines() -> Mapping[str, str]:
    return {
        "lines_title": _("Lines to use"),
        "lines_hint": _("To read out on the phone."),
        "lines_lead": _("Listen first, then lead on. Say only what is true."),
        "lines_all": pgettext("lines", "All"),
        "lines_bad_time": _("It was a bad moment"),
        "lines_missed": _("We missed each other"),
        "lines_recontact": _("Reaching out again"),
        "lines_take_lead": _("Take the lead"),
        "lines_patience": _("Patience"),
        "lines_only_if_true": _("Only if true"),
        "lines_twin": _("True in any case"),
        "lines_copy": _("Copy"),
        "lines_copied": _("Copied."),
        "lines_large": _("Show large"),
        "lines_none": _("No lines here yet."),
    }
