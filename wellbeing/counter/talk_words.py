"""Every sentence of the tablet's wall; static/js/counter/care/load.js fills in what stands in braces."""

from collections.abc import Mapping

from flask_babel import gettext as _

from wellbeing.talk.posts import LONGEST


def words() -> Mapping[str, str]:
    """Return the sentences in the language in force, by the names that the scripts give them."""
    return {**_on_the_wall(), **_to_say(), **_about_what_is_said()}


def _on_the_wall() -> Mapping[str, str]:
    return {
        "wall_title": _("Our wall"),
        "wall_lead": _(
            "What went well, and what we are trying. A name stands here only where somebody signed."
        ),
        "wall_pledge": _("Our pledge"),
        "wall_who": _("Who is in:"),
        "wall_nobody": _("No names yet. Be the first, if you like."),
        "wall_join": _("I'm in"),
        "wall_leave": _("Take my name off"),
        "wall_joined": _("You're in. Your name stands under the pledge."),
        "wall_left": _("Your name is off the pledge."),
        "wall_moments": _("Good moments"),
        "wall_ideas": _("Ideas at work"),
        "wall_trying": _("We are trying it"),
        "wall_done": _("We did it"),
        "wall_empty": _("Nothing yet. Who made somebody's day? Write the first one."),
    }


def _to_say() -> Mapping[str, str]:
    return {
        "say_moment": _("Write a good moment"),
        "say_idea": _("Drop in an idea"),
        "moment_title": _("A good moment"),
        "moment_lead": _("A customer you helped, a colleague who stepped in, a word of thanks."),
        "moment_label": _("Your good moment"),
        "idea_title": _("An idea for the box"),
        "idea_ask": _("What could we change?"),
        "idea_lead": _("One line is enough. The team reads it and answers it."),
        "idea_label": _("Your idea"),
    }


def _about_what_is_said() -> Mapping[str, str]:
    return {
        "say_hint": _("No names of customers, no numbers, no addresses."),
        "say_left": _("%(left)s of %(most)s characters left", left="{left}", most=LONGEST),
        "say_longest": str(LONGEST),
        "say_unsigned": _("Hang it up without a name"),
        "say_in_box": _("Put it in without a name"),
        "say_signed": _("Sign it"),
        "say_signed_as": _("Sign it: %(name)s", name="{name}"),
        "say_sign": _("Sign what you wrote"),
        "say_nothing": _("Write a line first."),
        "say_phone": _('This looks like a phone number: "%(seen)s".', seen="{seen}"),
        "say_email": _('This looks like an e-mail address: "%(seen)s".', seen="{seen}"),
        "say_leave_out": _("Leave customers' names and numbers out."),
        "moment_saved": _("It hangs on the wall."),
        "idea_saved": _("It is in the idea box."),
    }
