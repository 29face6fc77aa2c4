"""How the ticker's rounds went, for a monitor: well or badly, and about how long."""

import pytest
from prometheus_client import generate_latest

from wellbeing.ticking import Rounds


def test_rounds_are_counted_by_how_they_went():
    rounds = Rounds()
    with rounds.one():
        pass
    with pytest.raises(ValueError), rounds.one():
        raise ValueError

    told = generate_latest(rounds.registry).decode()
    assert 'second_wind_jobs_rounds_total{outcome="done"} 1.0' in told
    assert 'second_wind_jobs_rounds_total{outcome="failed"} 1.0' in told


@pytest.mark.parametrize(("took", "told"), [(0, 10.0), (10, 10.0), (11, 60.0), (9999, 1800.0)])
def test_how_long_a_round_took_is_told_in_few_steps(monkeypatch: pytest.MonkeyPatch, took: int, told: float):
    rounds, moments = Rounds(), iter([0.0, float(took)])
    monkeypatch.setattr("wellbeing.ticking.time.monotonic", lambda: next(moments))

    with rounds.one():
        pass

    assert f"second_wind_jobs_seconds_at_most {told}" in generate_latest(rounds.registry).decode()
