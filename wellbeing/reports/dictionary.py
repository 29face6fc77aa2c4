"""What each column of a file means, in one sentence."""

from flask_babel import gettext as _


def meanings() -> dict[str, str]:
    """Return the columns of the files in their order, each with what it means."""
    return {
        "unit": _("The unit, after the units that it belongs to."),
        "tick": _("The number of the release; the same for all units released together."),
        "week_from": _("The first day of the answers in the block."),
        "week_to": _("The last day of the answers in the block."),
        "people": _("How many people answered, as a band. The exact number is kept nowhere."),
        "mood": _(
            "Mood from 1 (very bad) to 5 (very good): the mean of one vote per person, cut at both ends."
        ),
        "mood_word": _(
            "Mood in a word, where 5 to 7 people answered: low, middle or high. Then mood is empty."
        ),
        "rough": _(
            "How many people had a rough interaction; few is at most two, most is all but two or more."
        ),
        "breaks": _("How many people took a break of two minutes or more, in the same words."),
        "tick_days": _("How many days apart releases were."),
        "people_needed": _("How many people a block needed."),
        "own_pool_from": _("How many people who can be counted a team needed for figures of its own."),
    }
