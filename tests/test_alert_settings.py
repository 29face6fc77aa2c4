"""Whom a site tells when something is late: an address, a machine or both, and nothing that leads nowhere."""

import pytest

from wellbeing.alert_settings import AlertsRefused, Webhook, recipients_of

HOOK = "https://hooks.example.org/wind?team=it"


def test_without_a_word_nobody_is_told():
    assert recipients_of({}, has_mail=True) is None
    assert recipients_of({"ALERT_SECRET": "0123456789abcdef"}, has_mail=True) is None


def test_an_address_and_a_machine_can_be_told():
    given = {"ALERT_TO": "it@example.org", "ALERT_WEBHOOK": HOOK, "ALERT_SECRET": "0123456789abcdef"}
    found = recipients_of(given, has_mail=True)

    assert found is not None
    assert found.address == "it@example.org"
    assert found.webhook == Webhook("hooks.example.org", None, "/wind?team=it", True, b"0123456789abcdef")
    assert "example" not in repr(found)


@pytest.mark.parametrize("url", ["http://localhost:9000", "http://127.0.0.1:9000/", "http://[::1]:9000/"])
def test_this_machine_itself_needs_no_tls(url: str):
    found = recipients_of({"ALERT_WEBHOOK": url}, has_mail=False)

    assert found is not None and found.webhook is not None
    assert (found.webhook.by_tls, found.webhook.port, found.webhook.path) == (False, 9000, "/")


@pytest.mark.parametrize(
    "url",
    [
        *(
            "http://hooks.example.org/",
            "ftp://localhost/",
            "https://",
            "hooks.example.org",
            "https://x:99999/",
        ),
        *(
            "https://me:secret@example.org/",
            "https://example.org/ a",
            "https://example.org/\n",
            "https://é.org/",
        ),
        "https://example.org/#part",
    ],
)
def test_a_webhook_that_cannot_be_trusted_is_refused_without_quoting_it(url: str):
    with pytest.raises(AlertsRefused, match="^ALERT_WEBHOOK") as refused:
        recipients_of({"ALERT_WEBHOOK": url}, has_mail=False)

    assert url not in str(refused.value)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"ALERT_TO": "it"}, "ALERT_TO is one e-mail address"),
        ({"ALERT_TO": "it@example.org, you@example.org"}, "ALERT_TO is one e-mail address"),
        ({"ALERT_TO": "it@example.org"}, "ALERT_TO needs SMTP_URL"),
        ({"ALERT_WEBHOOK": HOOK, "ALERT_SECRET": "short"}, "ALERT_SECRET has 16"),
    ],
)
def test_what_leads_to_nobody_is_refused(given: dict[str, str], sentence: str):
    with pytest.raises(AlertsRefused, match=sentence):
        recipients_of(given, has_mail=False)
