"""Every sentence of the care screens; static/js/counter/care/load.js fills in what stands in braces."""

from collections.abc import Mapping

from flask_babel import gettext as _


def words() -> Mapping[str, str]:
    """Return the sentences in the language in force, by the names that the scripts give them."""
    return _care() | _rest() | _way_back() | _asking() | _own_phone()


def _care() -> dict[str, str]:
    return {
        "take_five": _("A break is yours"),
        "policy_more": _("What you may rely on here"),
        "make_it_right": _("Make it right"),
        "lines": _("Lines to use"),
        "perspective_title": _("It may be like this for them"),
        "another": _("Another one"),
        "under_title": _("What may be under the anger?"),
        "self_title": _("A question to yourself"),
        "incident_title": _("Make an incident report"),
        "incident_lead": _("Separate, and with your name. Only you send it; nothing from here goes along."),
        "incident_where": _("On your own phone or a computer, sign in and open:"),
        "incident_print": _("There you can also print it without sending it."),
        "incident_paper": _("Without a sign-in, an empty form to print:"),
    }


def _rest() -> dict[str, str]:
    return {
        "ideas_title": _("Ideas for a few minutes"),
        "ideas_lead": _("Do what you feel like. Nothing here is recorded."),
        "relief_walk": _("A walk"),
        "relief_video": _("Heart-happy"),
        "relief_breathing": _("Breathing"),
        "relief_air": _("Fresh air"),
        "relief_quiet": _("Quiet"),
        "relief_music": _("Music"),
        "relief_talk": _("A talk"),
        "relief_other": _("Something else"),
        "happy_none": _("Nothing is on this site's list yet. Your own phone may have something that helps."),
        "happy_open": _("Open at %(host)s", host="{host}"),
        "breathe_title": _("Breathe with me"),
        "breathe_lead": _("In for four, out for six. Stop whenever you like."),
        "breathe_in": _("Breathe in"),
        "breathe_out": _("Breathe out"),
        "breathe_done": _("That was it."),
        "breathe_short": _("Three breaths"),
        "breathe_long": _("Two minutes"),
        "breathe_of": _("Breath %(number)s of %(breaths)s", number="{number}", breaths="{breaths}"),
    }


def _way_back() -> dict[str, str]:
    return {
        "nobody_can": _("Nobody can cover now"),
        "later_title": _("Your break stays yours."),
        "later_lead": _(
            "Take it at any time this shift, with “Take a break”. Nothing is recorded as skipped."
        ),
        "later_cover": _(
            "If you like, ask on the wall for somebody to stand in within %(minutes)s minutes.",
            minutes="{minutes}",
        ),
        "reset_lead": _("Take one thing along, if you like. It stays with you: nothing is recorded."),
        "reset_calm": _("Calm"),
        "reset_friendly": _("Friendly"),
        "reset_one_thing": _("One thing at a time"),
        "reset_own_way": _("As I would like to be met"),
        "reset_go": _("%(intention)s. Go well.", intention="{intention}"),
        "reset_ready": _("Ready"),
        "reset_not_yet": _("Not yet: take a break"),
    }


def _asking() -> dict[str, str]:
    return {
        "ask_title": _("Ask someone to contact me"),
        "ask_who": _("Who reads it: %(names)s, and whoever is appointed later.", names="{names}"),
        "ask_what": _("They see only what you tick, and the day. Not your check-ins: nobody can see those."),
        "ask_when": _("They answer within two working days."),
        "ask_kept": _(
            "The program notes that it was you, so that you can take it back on your own page. "
            "It is deleted 30 days after it was answered."
        ),
        "ask_name": _("My name"),
        "ask_team": _("My team"),
        "ask_reach": _("How to reach me"),
        "ask_words": _("A line of my own"),
        "ask_needs": _("Tick your name, or how to reach you: otherwise nobody can answer."),
        "ask_send": _("Send what is ticked"),
        "ask_sent": _("Sent."),
        "ask_sent_lead": _("Nobody else was told."),
    }


def _own_phone() -> dict[str, str]:
    return {
        "own_title": _("Set up your own phone"),
        "own_lead": _(
            "Then you check in with one tap and without a PIN. If you like, you also keep a diary there "
            "that only you can read."
        ),
        "own_scan": _("Point your phone’s camera here"),
        "own_picture": _("A QR picture of the same address and code"),
        "own_type": _("Or type on your phone"),
        "own_for": _("It works once, for 15 minutes, and is shown only now."),
        "own_next": _("There you choose a sign-in name and a password, and type your PIN once more."),
        "own_done": _("Done"),
    }
