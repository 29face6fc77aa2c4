"""How sentences write a command of this site."""

import pytest

from wellbeing import own_command
from wellbeing.doctor import machine
from wellbeing.site import NotSetUp


def test_a_command_is_written_as_this_machine_knows_it(monkeypatch: pytest.MonkeyPatch):
    assert own_command.written("backup") == "flask backup"

    monkeypatch.setenv("SECOND_WIND_COMMAND", "sudo second-wind")

    assert own_command.written("backup") == "sudo second-wind backup"
    assert "“sudo second-wind site create”" in machine.time_zone(None).remedy
    assert "`sudo second-wind site create`" in NotSetUp().message
