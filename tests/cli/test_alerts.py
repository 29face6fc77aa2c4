"""`flask alerts test`: a trial that says whether it went."""

from dataclasses import replace

from flask import Flask

from tests.cast import Cast
from tests.fixtures.post import Post
from wellbeing.alert_settings import Recipients


def run(app: Flask) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=["alerts", "test"])
    return done.exit_code, done.output


def tells(app: Flask, post: Post) -> None:
    config = app.extensions["config"]
    recipients = Recipients("it@example.org", None)
    app.extensions["config"] = replace(config, mail=post.mail(), alerts=recipients)


def test_a_trial_goes_out_and_says_that_nothing_is_wrong(app: Flask, site: Cast, post: Post):
    tells(app, post)

    assert run(app) == (0, "The trial went by e-mail.\n")
    assert post.letters[0][1]["Subject"] == "Second Wind: A trial: nothing is wrong"


def test_a_trial_that_does_not_go_says_by_which_way(app: Flask, site: Cast, post: Post):
    tells(app, post)
    post.to_letters = "554 no"

    code, output = run(app)

    assert code == 1
    assert "The trial did not go by e-mail. See that its address is right" in output
    assert "example.org" not in output


def test_without_anybody_to_tell_it_says_what_to_set(app: Flask, site: Cast):
    code, output = run(app)

    assert code == 1
    assert "set ALERT_TO or ALERT_WEBHOOK first" in output


def test_before_set_up_a_trial_goes_too(app: Flask, post: Post):
    tells(app, post)

    assert run(app)[0] == 0
