"""Every sentence of the care screens; static/js/counter/care/load.js fills in what stands in braces."""

from collections.abc import Mapping

from flask_babel import gettext as _


def words() -> Mapping[str, str]:
    """Return the sentences in the language in force, by the names that the scripts give them."""
    return {
        "care_title": _("It's not about you."),
        "care_break": _("A break is yours"),
    }
