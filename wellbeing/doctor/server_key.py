"""The doctor's check of the key under which this week's answers are kept."""

from flask_babel import gettext as _

from wellbeing.doctor.finding import Finding, fault, well


def finding(opens: bool) -> Finding:
    """Check that SERVER_KEY opens what it has to open; ``opens`` says so."""
    if opens:
        return well("server_key", _("SERVER_KEY is the one of this site."))
    return fault(
        "server_key",
        _("SERVER_KEY is not the one of this site: nothing can be checked in, and no tick can run."),
        _(
            "Put the right one back. If it is lost for good, make a backup, restore it with “--replace"
            " --give-up-waiting --other-secrets” and tell people: what waits for the tick is lost, and"
            " nobody finds their diary."
        ),
    )
