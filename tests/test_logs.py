"""Log lines for machines: JSON that nothing breaks, and in none of them what somebody sent."""

import io
import json
import logging
import logging.config
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from wellbeing import logs
from wellbeing.logs import Form

ODD = 'a "quote", a \\ line\tand a bell \x07 ¡café! \u2028 \ud800'


@pytest.fixture
def told() -> Iterator[io.StringIO]:
    """What this process logs in JSON; all is put back afterwards."""
    root, ours = logging.getLogger(), logging.getLogger("wellbeing")
    before = (root.handlers, ours.level, sys.excepthook, threading.excepthook)
    logs.begin(Form.JSON)
    output = io.StringIO()
    root.handlers[0].setStream(output)  # type: ignore[attr-defined]
    yield output
    logging.captureWarnings(False)
    root.handlers, level, sys.excepthook, threading.excepthook = before
    ours.setLevel(level)


def lines(told: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in told.getvalue().splitlines()]


def handed_over(text: str) -> None:
    """Give a line to our handler alone: pytest would keep half a surrogate too, and could not send it on."""
    ours = logging.getLogger("wellbeing")
    logging.getLogger().handlers[0].handle(
        ours.makeRecord("wellbeing", logging.WARNING, __file__, 1, "%s", (text,), None)
    )


def test_a_line_says_when_how_bad_who_and_what(told: io.StringIO):
    logging.getLogger("wellbeing.jobs").info("ran %d ticks", 2)

    [line] = lines(told)
    assert line.pop("time").endswith("Z")
    assert line == {"level": "info", "logger": "wellbeing.jobs", "message": "ran 2 ticks"}


def test_no_text_breaks_a_line(told: io.StringIO):
    handed_over(ODD)
    handed_over("first\nsecond")

    assert [line["message"] for line in lines(told)] == [ODD, "first"]
    assert told.getvalue().isascii()


def test_a_long_text_is_cut(told: io.StringIO):
    logging.getLogger("wellbeing").warning("x" * 10_000)

    assert len(lines(told)[0]["message"]) == logs.LONGEST


def test_of_others_only_the_place_is_told(told: io.StringIO):
    logging.getLogger("sqlalchemy.pool").error("Sol feels %d", 2)
    logging.getLogger("py.warnings").warning("Sol feels 2")

    assert [line["logger"] for line in lines(told)] == ["sqlalchemy.pool", "py.warnings"]
    assert all(line["message"].startswith(logs.LEFT_OUT) for line in lines(told))
    assert "Sol" not in told.getvalue()


def test_of_an_error_its_kind_and_its_places_are_told_and_no_value(told: io.StringIO):
    try:
        raise ValueError("Sol feels 2")
    except ValueError:
        logging.getLogger("wellbeing").exception("it broke")

    [line] = lines(told)
    assert (line["message"], line["error"]) == ("it broke", "ValueError")
    assert [place.split(":")[0] for place in line["at"]] == ["test_logs.py"]
    assert "Sol" not in told.getvalue()


def test_a_line_holds_the_request_and_no_field_that_is_not_known(told: io.StringIO):
    token = logs.request_id.set("0123456789abcdef")
    logging.getLogger("wellbeing").info("seen", extra={"status": 200, "person": "Sol"})
    logs.request_id.reset(token)

    [line] = lines(told)
    assert (line["request"], line["status"]) == ("0123456789abcdef", 200)
    assert "Sol" not in told.getvalue()


def test_what_happens_at_the_counter_is_told_by_the_hour(told: io.StringIO):
    token = logs.apart.set(True)
    logging.getLogger("wellbeing").error("unexpected OperationalError in act:12")
    logs.apart.reset(token)

    assert lines(told)[0]["time"].endswith(":00:00Z")


def test_a_thread_and_a_process_that_end_by_an_error_say_so_without_its_text(told: io.StringIO):
    def fail() -> None:
        raise ValueError("Sol feels 2")

    ends = threading.Thread(target=fail)
    ends.start()
    ends.join()
    sys.excepthook(KeyError, None, None)

    assert [(line["level"], line["message"]) for line in lines(told)] == [
        ("critical", "ended by ValueError"),
        ("critical", "ended by KeyError"),
    ]
    assert "Sol" not in told.getvalue()


def test_plain_lines_stay_as_they_were():
    before = logging.getLogger().handlers
    logs.begin(Form.PLAIN)

    assert logging.getLogger().handlers is before
    assert logs.of_server(Form.PLAIN) is None


def test_the_server_logs_in_the_same_form(capsys: pytest.CaptureFixture):
    server = logging.getLogger("_granian")
    before = (server.handlers, server.level, server.propagate)
    how = logs.of_server(Form.JSON)
    assert how is not None
    logging.config.dictConfig({"version": 1, "disable_existing_loggers": False, **how})
    server.info("Starting granian\nwith more")
    server.handlers, server.level, server.propagate = before

    assert json.loads(capsys.readouterr().err)["message"] == "Starting granian"
