"""A link in a text: plain web addresses stand, and everything that runs, hides or signs in is refused."""

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from wellbeing.content.links import problem_of


@pytest.fixture(autouse=True)
def in_english(app: Flask):
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org/",
        "http://example.org:8080/a?b=c#d",
        "HTTPS://EXAMPLE.ORG",
        "https://ejemplo.example/canción",
        "https://[2001:db8::1]/",
    ],
)
def test_a_web_address_may_stand(link: str):
    assert problem_of(link) == ""


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("javascript:alert(1)", "Only links that begin with http:// or https://"),
        ("data:text/html,<script>", "Only links that begin"),
        ("vbscript:x", "Only links that begin"),
        ("file:///etc/passwd", "Only links that begin"),
        ("//example.org/x", "Only links that begin"),
        ("example.org", "Only links that begin"),
        ("java\tscript:alert(1)", "no spaces and no characters that cannot be seen"),
        ("https://example.org/a b", "no spaces"),
        ("https://exa\u200bmple.org", "cannot be seen"),
        ("https://example.org/\x00", "cannot be seen"),
        ("https://ana:secret@example.org/", "a sign-in name or a password"),
        ("https://ana@example.org/", "a sign-in name or a password"),
        ("https://example.org\\@evil.example", "a sign-in name or a password"),
        ("https://", "not a link that a browser could open"),
        ("https:example.org", "not a link that a browser could open"),
        ("https://example.org:99999/", "not a link that a browser could open"),
        ("https://[broken/", "not a link that a browser could open"),
        ("https://...", "not a link that a browser could open"),
    ],
)
def test_anything_else_is_refused_with_a_reason(link: str, reason: str):
    assert reason in problem_of(link)


@given(st.text(max_size=80))
def test_whatever_somebody_types_is_answered(link: str):
    assert isinstance(problem_of(link), str)
