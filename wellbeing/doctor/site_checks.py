"""Checks of clips, mail, HTTPS, help and agreement. Pure: facts in, finding out."""

from collections.abc import Collection

from flask_babel import gettext as _

from wellbeing import listening
from wellbeing.doctor.finding import Finding, fault, well


def clips(missing: int) -> Finding:
    """Check that every uploaded clip's file is there; ``missing`` counts those that are not."""
    if missing:
        return fault(
            "clips",
            _("Files of uploaded clips are missing: %(missing)s.", missing=missing),
            _("Restore them from a backup, or upload the same files again under Clips."),
        )
    return well("clips", _("Every uploaded clip is there."))


def mail(configured: bool) -> Finding:
    """Say whether the site can send e-mail; a site without works too."""
    if configured:
        return well("mail", _("A mail server is set."))
    return well(
        "mail",
        _("This site sends no e-mail."),
        _("Set SMTP_URL if people should get word of new figures, and you of what is late."),
    )


def https(production: bool, secure_cookies: bool, behind_proxy: bool, site_url: str) -> Finding:
    """Check that a site with real people is reached over HTTPS only."""
    if not production:
        return well("https", _("This is a demo or test site."))
    if not secure_cookies or site_url.startswith("http://"):
        return fault(
            "https",
            _("This site is set to be used without HTTPS: passwords and PINs travel readable."),
            _("Put HTTPS in front, give SITE_URL as https://..., and take INSECURE_COOKIES away."),
        )
    if listening.speaks_tls() and not behind_proxy:
        return well("https", _("This site speaks HTTPS itself, and sign-ins work over HTTPS only."))
    if not behind_proxy:
        return well(
            "https",
            _("Sign-ins work over HTTPS only."),
            _("If a proxy is in front, set BEHIND_PROXY=1, or scanned codes lead nowhere."),
        )
    return well("https", _("Sign-ins work over HTTPS only, and the proxy in front is believed."))


def ready(lacking: Collection[str]) -> Finding:
    """Check that staff find help; ``lacking`` says in clauses what is missing."""
    if lacking:
        return fault(
            "help",
            _("Staff may stand without help: %(lacking)s.", lacking="; ".join(lacking)),
            _("Name a contact under Settings, and offer a helpline under Texts."),
        )
    return well("help", _("A contact is named and a helpline is offered."))


def agreed(signed: bool) -> Finding:
    """Check that the privacy step was signed: until then no figure is shown."""
    if signed:
        return well("privacy", _("The privacy step is signed."))
    return fault(
        "privacy",
        _("The privacy step is not signed, so figures stay closed."),
        _("An admin signs it under Set-up."),
    )
