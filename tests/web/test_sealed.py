"""The counter's door for what a tablet kept while it could not send."""

from flask import Flask

from tests.answers import House, rows
from tests.cast import NOW, TOKEN, pin_of
from tests.counter.boxes import ago, entry, millis
from wellbeing.models.pending import Pending


def test_smoke(app: Flask, house: House):
    c = app.test_client()
    h = {"Authorization": f"Bearer {TOKEN}"}
    seal = c.get("/counter/state", headers=h).json["seal"]
    assert seal == c.get("/counter/state", headers=h).json["seal"]
    who = {"person": house.cast.people["Sol"], "pin": pin_of("Sol")}
    e = entry(seal, who | {"act": "check_in", "mood": 4}, ago(NOW, hours=2))
    e2 = entry(seal, who | {"act": "check_in", "mood": 4, "pin": "0000"}, ago(NOW, hours=2))
    e3 = {"key": "x", "box": "y"}
    for _ in range(6):
        r = c.post("/counter/sealed", headers=h, json={"now": millis(NOW), "entries": [e, e2, e3]})
        assert r.json == {"results": ["saved", "unmatched", "unreadable"]}
    assert len(rows(house, Pending)) == 1
    e2 = [entry(seal, who | {"act": "check_in", "mood": 4, "pin": "0000"}) for _ in range(6)]
    r = c.post(
        "/counter/sealed",
        headers=h,
        json={"now": millis(NOW), "entries": [*e2, entry(seal, who | {"act": "check_in", "mood": 4})]},
    )
    assert r.json == {"results": ["unmatched"] * 4 + ["later"] * 3}
