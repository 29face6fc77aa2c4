"""Replay files: what people did is read as it was, and a line that cannot be is named."""

import csv
import io
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wellbeing import choices
from wellbeing.models.lists import ListName
from wellbeing.replay.reading import PRODUCT_KEYS, BadLine, Entry, ReplayFileError, read_entries, team_path

MADRID = ZoneInfo("Europe/Madrid")
HEADER = "person,team,time,mood,shift,rough,severity,behaviour,cause,channel,area,break_kind,break_minutes"
COLUMNS = HEADER.split(",")
MONDAY = datetime(2026, 11, 2, 13, 5, tzinfo=UTC)


def read(folder, text, latest=None):
    path = folder / "replay.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return read_entries(path, MADRID, latest)


def read_line(folder, latest=None, **cells):
    """Read a file of one line: Ana's check-in, changed by ``cells``."""
    cells = {"person": "Ana", "team": "Parts", "time": "2026-11-02T14:05", "mood": "4"} | cells
    out = io.StringIO()
    csv.writer(out).writerow([cells.get(column, "") for column in COLUMNS])
    return read(folder, f"{HEADER}\n{out.getvalue()}", latest)


def entry_of(folder, **cells):
    (entry,), bad = read_line(folder, **cells)
    assert bad == []
    return entry


def reason_of(folder, **cells):
    entries, (bad,) = read_line(folder, **cells)
    assert entries == [] and bad.number == 2
    return bad.reason


def test_a_plain_check_in_needs_four_columns(tmp_path):
    assert read(tmp_path, "person,team,time,mood\nAna,Parts,2026-11-02T14:05,4\n") == (
        [Entry(line=2, person="Ana", team="Parts", at=MONDAY, mood=4)],
        [],
    )


def test_a_rough_interaction_is_read_with_all_that_was_said_about_it(tmp_path):
    entry = entry_of(
        tmp_path, mood="2", shift="late", rough="1", severity="Severe",
        behaviour="threatened| shouted |threatened", cause="delay", channel="phone", area="parts",
    )  # fmt: skip

    assert entry == Entry(
        2, "Ana", "Parts", MONDAY, 2, True, "severe", ("threatened", "shouted"), "delay", "phone", "parts"
    )


def test_a_break_needs_no_mood_and_lasts_five_minutes_unless_said_otherwise(tmp_path):
    preset = entry_of(tmp_path, mood="", break_kind="walk")
    longer = entry_of(tmp_path, mood="", break_kind="walk", break_minutes="15")

    assert (preset.mood, preset.break_kind, preset.break_minutes) == (None, "walk", 5)
    assert longer.break_minutes == 15


@pytest.mark.parametrize(
    ("said", "severity"),
    [("1", "unpleasant"), ("2", "hard"), ("3", "severe"), ("hard", "hard"), ("HARD", "hard"), ("", None)],
)
def test_a_severity_is_given_by_word_or_by_number(tmp_path, said, severity):
    assert entry_of(tmp_path, rough="yes", severity=said).severity == severity


@pytest.mark.parametrize(
    ("said", "rough"),
    [("1", True), ("yes", True), ("True", True), ("1.0", True), ("0", False), ("no", False), ("", False)],
)
def test_rough_is_said_by_yes_or_no_in_the_usual_ways(tmp_path, said, rough):
    assert entry_of(tmp_path, rough=said).rough is rough


@pytest.mark.parametrize("detail", ["severity", "behaviour", "cause", "channel", "area"])
def test_a_detail_tells_of_a_rough_interaction_unless_the_line_denies_it(tmp_path, detail):
    said = {"severity": "2", "behaviour": "rude", "cause": "price", "channel": "phone", "area": "parts"}[
        detail
    ]

    assert entry_of(tmp_path, **{detail: said}).rough is True
    assert reason_of(tmp_path, rough="no", **{detail: said}) == f"{detail} is given, but rough says no."


def test_whole_numbers_may_look_as_spreadsheets_write_them(tmp_path):
    entry = entry_of(
        tmp_path, mood="3.0", rough="1.0", severity="2.0", break_kind="walk", break_minutes="10.0"
    )

    assert (entry.mood, entry.rough, entry.severity, entry.break_minutes) == (3, True, "hard", 10)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-11-02T14:05", MONDAY),
        ("2026-11-02 14:05:00", MONDAY),
        ("2026-11-02T13:05Z", MONDAY),
        ("2026-11-02T08:05-05:00", MONDAY),
        ("2026-11-02T14:05:00+0100", MONDAY),
        ("20261102T1405", MONDAY),
        ("2026-10-25T02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("2026-03-29T02:30", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
    ],
)
def test_a_time_without_an_offset_is_the_sites_and_all_become_utc(tmp_path, written, moment):
    at = entry_of(tmp_path, time=written).at

    assert at == moment
    assert at.utcoffset() == timedelta()


@pytest.mark.parametrize(
    "written", ["", "yesterday", "2026-11-02", "20261102", "2026-W45-1", "14:05", "2026-02-30T14:05",
                "1793628300", "0001-01-01T00:00+14:00", "9999-12-31T23:59-14:00", "2026-11-02T25:00"]
)  # fmt: skip
def test_what_is_no_date_and_time_is_refused(tmp_path, written):
    assert reason_of(tmp_path, time=written).startswith(
        "time is not a date and time such as 2026-11-02T14:05"
    )


def test_a_year_with_a_slip_of_the_finger_is_refused(tmp_path):
    assert reason_of(tmp_path, time="1926-11-02T14:05") == "time is before the year 2000."


def test_nobody_checks_in_after_the_latest_moment(tmp_path):
    assert read_line(tmp_path, latest=MONDAY)[1] == []
    assert read_line(tmp_path, latest=MONDAY - timedelta(seconds=1)) == (
        [],
        [BadLine(2, "time is in the future.")],
    )


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"person": ""}, "person is empty."),
        ({"person": "x" * 81}, "person is longer than 80 characters."),
        ({"team": ""}, "team is empty."),
        ({"team": "Riverside/"}, "team is empty."),
        ({"team": "Riverside/" + "x" * 81}, "team is longer than 80 characters."),
        ({"team": "a/b/c/d/e/f"}, "team has more than 5 parts."),
        ({"mood": "0"}, "mood is not one of: 1, 2, 3, 4, 5."),
        ({"mood": "6"}, "mood is not one of: 1, 2, 3, 4, 5."),
        ({"mood": "3.5"}, "mood is not one of: 1, 2, 3, 4, 5."),
        ({"mood": "٣"}, "mood is not one of: 1, 2, 3, 4, 5."),
        ({"mood": ""}, "The line has neither a mood, nor a rough interaction, nor a break."),
        ({"mood": "", "rough": "no"}, "The line has neither a mood, nor a rough interaction, nor a break."),
        ({"rough": "perhaps"}, "rough is not one of: 1, yes, true, 0, no, false."),
        ({"severity": "4"}, "severity is not one of: unpleasant, hard, severe, 1, 2, 3."),
        ({"break_minutes": "5"}, "break_minutes is given without break_kind."),
        ({"break_kind": "walk", "break_minutes": "7"}, "break_minutes is not one of: 2, 5, 10, 15."),
        ({"area": "lobby"}, "area is not one of: showroom, service, parts, after_sales, marketing."),
    ],
)
def test_a_line_that_cannot_be_taken_says_why(tmp_path, cells, reason):
    assert reason_of(tmp_path, **cells) == reason


@pytest.mark.parametrize("column", ["severity", "behaviour", "cause", "channel", "area", "break_kind"])
def test_a_word_outside_its_list_is_refused_and_not_repeated(tmp_path, column):
    reason = reason_of(tmp_path, rough="1", **{column: "whatever"})

    assert reason.startswith(f"{column} is not one of: ")
    assert "whatever" not in reason


def test_no_reason_repeats_who_it_was_or_how_they_felt(tmp_path):
    for cells in ({"person": "Ana Ruiz" * 20}, {"mood": "88"}, {"cause": "88", "person": "Ana Ruiz"}):
        reason = reason_of(tmp_path, **cells)
        assert "Ana" not in reason and "88" not in reason


def test_each_key_of_each_list_is_taken(tmp_path):
    for column, keys in {
        "severity": choices.SEVERITY_KEYS, "behaviour": choices.BEHAVIOUR_KEYS, "cause": choices.CAUSE_KEYS,
        "channel": choices.CHANNEL_KEYS, "area": choices.AREA_KEYS, "break_kind": choices.BREAK_KIND_KEYS,
    }.items():  # fmt: skip
        for key in keys:
            assert entry_of(tmp_path, **{column: key})


def test_a_sites_own_keys_are_taken_and_what_it_does_not_offer_is_named_as_unknown(tmp_path):
    path = tmp_path / "replay.csv"
    path.write_text(
        "person,team,time,mood,area,behaviour\n"
        "Ana,Parts,2026-11-02T14:05,2,site_car_wash,rude|site_pushed\n"
        "Ana,Parts,2026-11-02T15:05,2,parts,\n"
    )
    own = {
        **PRODUCT_KEYS,
        ListName.AREA: ("service", "site_car_wash"),
        ListName.BEHAVIOUR: ("rude", "site_pushed"),
    }

    [entry], [bad] = read_entries(path, MADRID, keys=own)

    assert (entry.area, entry.behaviours) == ("site_car_wash", ("rude", "site_pushed"))
    assert bad == BadLine(3, "area is not one of: service, site_car_wash.")


def test_entries_come_in_order_of_time_and_keep_their_place_in_the_file(tmp_path):
    entries, bad = read(
        tmp_path,
        "person,team,time,mood\nAna,Parts,2026-11-03T09:00,4\nBo,Parts,2026-11-02T09:00,9\n"
        "Bo,Parts,2026-11-02T10:00,3\nCy,Parts,2026-11-02T10:00,2\n",
    )

    assert [(entry.line, entry.person) for entry in entries] == [(4, "Bo"), (5, "Cy"), (2, "Ana")]
    assert [line.number for line in bad] == [3]


def test_a_team_may_be_named_with_its_site(tmp_path):
    entry = entry_of(tmp_path, team="Riverside / Parts")

    assert entry.team == "Riverside / Parts"
    assert team_path(entry.team) == ("Riverside", "Parts")


def test_a_file_that_is_no_replay_is_refused_as_a_whole(tmp_path):
    with pytest.raises(ReplayFileError, match="The header lacks: time, mood."):
        read(tmp_path, "person,team\nAna,Parts\n")


@given(
    st.lists(
        st.lists(st.text(max_size=12) | st.sampled_from(["2026-11-02T14:05", "4", "1", "walk"]), max_size=14)
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_line_at_all_stops_the_reader(tmp_path, rows):
    out = io.StringIO()
    csv.writer(out).writerows([COLUMNS, *rows])
    try:
        entries, bad = read(tmp_path, out.getvalue().encode("utf-8", "replace").decode())
    except ReplayFileError as error:
        assert str(error) == "The file has a header, but no line below it."
    else:
        assert all(entry.at.tzinfo is UTC for entry in entries)
        assert all(line.reason.endswith(".") for line in bad)


names = st.text(
    st.characters(categories=["L", "N", "P", "S"], exclude_characters="/"), min_size=1, max_size=12
).map(partial(unicodedata.normalize, "NFC"))
keyed = {name: st.none() | st.sampled_from(sorted(getattr(choices, f"{name.upper()}_KEYS"))) for name in
         ("severity", "cause", "channel", "area")}  # fmt: skip
rough_ones = st.fixed_dictionaries(
    {
        "rough": st.just(True),
        "behaviours": st.lists(st.sampled_from(sorted(choices.BEHAVIOUR_KEYS)), unique=True).map(tuple),
    }
    | keyed
)
breaks = st.fixed_dictionaries(
    {
        "break_kind": st.sampled_from(sorted(choices.BREAK_KIND_KEYS)),
        "break_minutes": st.sampled_from(choices.BREAK_MINUTES),
    }
)


@st.composite
def acts(draw):
    zones = st.sampled_from([UTC, MADRID, timezone(timedelta(hours=-9, minutes=-30))])
    moments = st.datetimes(datetime(2000, 1, 3), datetime(2100, 1, 1), timezones=zones, allow_imaginary=False)
    happened = draw(rough_ones | breaks | st.just({}))
    moods = st.integers(1, 5) | st.none() if happened else st.integers(1, 5)
    return {"person": draw(names), "team": draw(names), "at": draw(moments), "mood": draw(moods)} | happened


@given(st.lists(acts(), min_size=1, max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happened_is_read_back_as_it_was_written(tmp_path, happened):
    out = io.StringIO()
    csv.writer(out).writerows([COLUMNS, *(written(act) for act in happened)])

    entries, bad = read(tmp_path, out.getvalue())

    expected = [
        Entry(line=line, **(act | {"at": act["at"].astimezone(UTC)})) for line, act in enumerate(happened, 2)
    ]
    assert bad == []
    assert sorted(entries, key=lambda entry: entry.line) == expected


def written(act):
    blank = dict.fromkeys(COLUMNS, "")
    cells = blank | {column: value for column, value in act.items() if column in blank and value is not None}
    cells |= {"time": act["at"].isoformat(), "rough": int(act.get("rough", False))}
    cells["behaviour"] = "|".join(act.get("behaviours", ()))
    return [cells[column] for column in COLUMNS]
