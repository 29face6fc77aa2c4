"""What a tablet may send: every field of every act, one wrong thing at a time."""

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from wellbeing.counter.requests import ACTS, LISTED, Act, BadRequest, read_act, read_enrolment
from wellbeing.lists import PRODUCT
from wellbeing.models.lists import ListName

KEYS = {name: {choice.key for choice in product} for name, product in PRODUCT.items()}
WHO = {"person": 12, "pin": "2580"}
GOOD = {
    "who": WHO,
    "check_in": WHO | {"mood": 4},
    "rough": WHO | {"mood": None, "severity": "hard"},
    "rough_detail": WHO | {"behaviour": ["rude"], "cause": "delay", "channel": None, "area": None},
    "break": WHO | {"kind": "walk", "minutes": 5},
    "back": WHO | {"mood": 3},
    "undo": {"handles": ["abc"]},
    "take_back": WHO,
    "cover": WHO | {"minutes": 10},
    "cover_taken": {"cover": 3},
    "told": {"audience": 3, "told": True},
    "join": WHO | {"pledge": "We call first.", "joined": False},
    "say": {"what": "idea", "text": "A second chair at the counter."},
    "ask": WHO | {"name": True, "team": None, "reach": "locker 7", "words": None},
    "find": {"q": "Ana"},
    "choose_pin": {"code": "ABCD-EFGH", "pin": "2580"},
    "own_sign_in": WHO,
}
BADGE = "123456789012345678901234"
SIGNED = sorted(name for name, fields in GOOD.items() if "person" in fields)
NO_NUMBER = (None, "12", 1.0, True, 0, -1, 2**31, [12], {})
NO_TEXT = (None, "", "  ", 5, [], "x\x00y", "\ud800", "\u200d", "a\nb")
NO_PIN = (None, 2580, "258", "2580258", "25a0", "٢٥٨٠", "25 80", "²580")
NO_MOOD = (0, 6, "4", 4.0, True, [])
WRONG = {
    "person": NO_NUMBER,
    "pin": NO_PIN,
    "mood": NO_MOOD,
    "severity": (None, "", "Hard", "awful", 1, True, ["hard"], {}),
    "behaviour": (None, "rude", ["awful"], [5], [["rude"]], ["rude"] * 41, ["x" * 41], [""], {}),
    "cause": ("awful", "walk", "", "x" * 41, 1, ["delay"], True),
    "channel": ("awful",),
    "area": ("awful",),
    "kind": (None, "sleep", 1),
    "minutes": (None, 0, 3, "5", 5.0, True, [5]),
    "handles": (None, "abc", [""], [5], ["x"] * 6, ["x" * 8001], ["\ud800"]),
    "cover": NO_NUMBER,
    "audience": NO_NUMBER,
    "told": (None, "true", 1, 0, [True], {}),
    "pledge": (*(text for text in NO_TEXT if text != "a\nb"), "x" * 2001),
    "joined": (None, "true", 1, 0, [True], {}),
    "what": (None, "", "pledge", 1, True, ["idea"], {}),
    "text": (*(text for text in NO_TEXT if text != "a\nb"), "x" * 2001),
    "name": ("yes", 1, 0, [True]),
    "team": ("yes",),
    "reach": (*(text for text in NO_TEXT if text not in (None, "a\nb")), "x" * 121),
    "words": ("", "x" * 241),
    "q": (*NO_TEXT, "x" * 81),
    "code": (*NO_TEXT, "x" * 81),
}


@pytest.fixture(autouse=True)
def in_english(app: Flask):
    with app.app_context():
        yield


def read(body: object) -> Act:
    """Read an act at a site that changed nothing in its lists."""
    return read_act(body, lambda: KEYS)


def test_every_act_is_tried_here():
    assert GOOD.keys() == ACTS.keys()
    assert {field for checks in ACTS.values() for field in checks} == WRONG.keys()


@pytest.mark.parametrize("name", GOOD)
def test_a_whole_request_is_read_as_it_was_meant(name: str):
    assert read({"id": " one ", "act": name} | GOOD[name]) == Act("one", name, GOOD[name])


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [(name, field, value) for name in GOOD for field in GOOD[name] for value in WRONG[field]],
)
def test_one_wrong_field_is_refused_with_a_sentence(name: str, field: str, value: object):
    with pytest.raises(BadRequest) as refused:
        read({"id": "one", "act": name} | GOOD[name] | {field: value})
    assert str(refused.value).endswith(".")
    assert not isinstance(value, str) or len(value) < 5 or value not in str(refused.value)


@pytest.mark.parametrize("name", SIGNED)
@pytest.mark.parametrize(("pin", "read_pin"), [({}, None), ({"pin": None}, None), ({"pin": "2580"}, "2580")])
def test_a_badge_stands_for_the_person_and_maybe_for_the_pin(name: str, pin: dict, read_pin: str | None):
    rest = {field: value for field, value in GOOD[name].items() if field not in WHO}

    act = read({"id": "one", "act": name, "badge": BADGE} | pin | rest)

    assert act.fields == {"badge": BADGE, "pin": read_pin} | rest


@pytest.mark.parametrize(
    "author",
    [{}, {"person": None}, WHO, {"badge": BADGE}, {"badge": BADGE, "pin": "2580"}],
    ids=["nobody", "said to be nobody", "tile", "badge", "badge and PIN"],
)
def test_what_is_said_is_signed_by_whoever_wants_to(author: dict):
    read_author = {"badge": BADGE, "pin": author.get("pin")} if "badge" in author else author
    signed = {} if read_author.get("person", "") is None else read_author

    assert read({"id": "one", "act": "say"} | GOOD["say"] | author).fields == GOOD["say"] | signed


@pytest.mark.parametrize(("field", "value"), [("person", "12"), ("pin", None), ("pin", "25")])
def test_half_a_signature_is_refused(field: str, value: object):
    with pytest.raises(BadRequest):
        read({"id": "one", "act": "say"} | GOOD["say"] | WHO | {field: value})


def test_what_is_said_is_read_as_one_line():
    act = read({"id": "one", "act": "say", "what": "moment", "text": " She smiled \n at last.\t"})

    assert act.fields["text"] == "She smiled at last."


def test_a_face_of_several_signs_may_stand_in_what_somebody_says():
    act = read(
        {"id": "one", "act": "say", "what": "moment", "text": "They all came 👨\u200d👩\u200d👧 \U0001fa77"}
    )

    assert act.fields["text"] == "They all came 👨\u200d👩\u200d👧 \U0001fa77"


def test_somebody_is_found_by_their_badge_as_by_their_name():
    assert read({"id": "one", "act": "find", "badge": BADGE}).fields == {"badge": BADGE}


@pytest.mark.parametrize("name", sorted(GOOD.keys() - {*SIGNED, "find", "say"}))
def test_an_act_of_nobody_reads_no_badge(name: str):
    assert read({"id": "one", "act": name, "badge": BADGE} | GOOD[name]).fields == GOOD[name]


@pytest.mark.parametrize("name", [*SIGNED, "find"])
@pytest.mark.parametrize(
    "badge", [None, int(BADGE), "", BADGE[:-1], BADGE + "0", BADGE[::-1].replace("1", "x"), [BADGE], "٢" * 24]
)
def test_what_is_on_no_badge_is_refused(name: str, badge: object):
    with pytest.raises(BadRequest, match="badge") as refused:
        read({"id": "one", "act": name} | GOOD[name] | {"badge": badge})
    assert BADGE[:-1] not in str(refused.value)


@pytest.mark.parametrize("pin", NO_PIN[1:])
def test_a_wrong_pin_beside_a_badge_is_refused_like_any(pin: object):
    with pytest.raises(BadRequest, match="PIN"):
        read({"id": "one", "act": "check_in", "badge": BADGE, "pin": pin, "mood": 4})


@pytest.mark.parametrize("name", GOOD)
def test_what_is_not_asked_for_is_not_read(name: str):
    assert read({"id": "one", "act": name, "note": "free text"} | GOOD[name]).fields == GOOD[name]


@pytest.mark.parametrize("body", [None, [], "who", 5, {}, {"act": "dance"}, {"act": ["who"]}, {"act": None}])
def test_what_is_no_act_is_refused(body: object):
    with pytest.raises(BadRequest):
        read(body)


@pytest.mark.parametrize("client_id", [*NO_TEXT, "x" * 65])
def test_an_act_needs_an_id_of_its_own(client_id: object):
    with pytest.raises(BadRequest, match="id"):
        read({"id": client_id, "act": "who"} | WHO)


def test_the_same_chip_twice_is_one():
    act = read({"id": "one", "act": "rough_detail"} | WHO | {"behaviour": ["rude", "shouted", "rude"]})

    assert act.fields["behaviour"] == ["rude", "shouted"]


def test_a_site_takes_what_its_own_lists_have_and_nothing_else():
    own = KEYS | {ListName.CAUSE: {"site_bridge_closed", "other"}}

    def read_cause(cause: str) -> Act:
        body = {"id": "one", "act": "rough_detail"} | GOOD["rough_detail"] | {"cause": cause}
        return read_act(body, lambda: own)

    assert read_cause("site_bridge_closed").fields["cause"] == "site_bridge_closed"
    with pytest.raises(BadRequest, match="cause"):
        read_cause("delay")


@pytest.mark.parametrize("name", sorted(GOOD.keys() - LISTED.keys()))
def test_an_act_without_chips_never_asks_for_the_lists(name: str):
    def nobody_asks() -> dict:
        raise AssertionError("the lists were read")

    assert read_act({"id": "one", "act": name} | GOOD[name], nobody_asks).name == name


def test_a_tablet_says_its_code_and_its_name():
    assert read_enrolment({"code": " ABCD-EFGH ", "name": "Front desk"}) == ("ABCD-EFGH", "Front desk")


@pytest.mark.parametrize(
    "body", [None, [], {}, {"code": "ABCD-EFGH"}, {"name": "x"}, {"code": "x", "name": "y" * 81}]
)
def test_half_an_enrolment_is_refused(body: object):
    with pytest.raises(BadRequest):
        read_enrolment(body)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def test_nothing_that_can_be_sent_breaks_the_reader(app: Flask):
    fields = sorted({*WRONG, "badge"})

    @given(
        st.sampled_from(sorted(ACTS)), st.fixed_dictionaries({}, optional=dict.fromkeys(fields, JSON)), JSON
    )
    def reads_or_refuses(name: str, said: dict, client_id: object) -> None:
        try:
            act = read(said | {"act": name, "id": client_id})
        except BadRequest:
            return
        assert act.fields.keys() - {"person", "pin"} == ACTS[name].keys() - {
            "person",
            "pin",
        }  # No badge comes about by chance.

    reads_or_refuses()
