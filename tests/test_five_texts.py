"""What the five texts name can be tapped at the counter, and what they warn of is asked nowhere."""

import re
from collections.abc import Iterator

import sqlalchemy as sa

from wellbeing import choices
from wellbeing.content.kinds import KINDS
from wellbeing.content.shipped import shipped
from wellbeing.models.base import db


def columns() -> Iterator[sa.Column]:
    for table in db.metadata.tables.values():
        yield from table.columns


def texts(kind: str) -> dict[str, str]:
    return {entry.key: " ".join(str(text) for text in entry.words["en"].values()) for entry in shipped(kind)}


def test_every_way_in_that_the_texts_name_is_a_channel():
    asked = {"in_person", "phone", "email", "web", "social", "review", "survey"}

    assert asked <= choices.CHANNEL_KEYS


def test_a_threat_with_a_survey_or_a_review_can_be_tapped():
    labels = {choice.key: str(choice.label) for choice in choices.BEHAVIOURS}

    assert labels["survey_threat"] == "Threatened a bad survey or review"


def test_somebody_who_was_short_or_hung_up_can_be_tapped():
    labels = {choice.key: str(choice.label) for choice in choices.BEHAVIOURS}

    assert labels["rude"] == "Rude, short, ignored me, hung up"


def test_what_went_wrong_in_the_texts_can_be_tapped():
    asked = {"promise_not_kept", "poor_work", "no_reply", "delay", "missed_appointment", "own_life"}

    assert asked <= choices.CAUSE_KEYS


def test_a_known_disruption_is_a_cause_of_its_own():
    hints = {choice.key: str(choice.hint) for choice in choices.CAUSES}

    assert hints["disruption"] == "site, system, weather, supply"


def test_the_areas_of_the_counter_are_those_of_the_check_up():
    areas = [entry for entry in shipped("checkup_item") if entry.words["plain"]["step"] == "areas"]

    assert [entry.words["en"]["text"] for entry in areas] == [str(area.label) for area in choices.AREAS]


def test_no_table_asks_who_was_right():
    judging = re.compile(r"blame|fault_of|who_was|was_right|guilt|justified|accura|deserv")

    assert [str(column) for column in columns() if judging.search(column.name)] == []


def test_no_table_has_a_target_for_a_mood_a_survey_or_a_break():
    target = re.compile(r"target|goal|quota|perfect|score|streak|rank")

    assert [str(column) for column in columns() if target.search(column.name)] == []


def test_no_setting_can_switch_breaks_off():
    settings = db.metadata.tables["settings"].columns

    assert [column.name for column in settings if "break" in column.name] == []


def test_the_policies_say_what_staff_may_rely_on():
    said = texts("policy")

    assert "Nobody may forbid it" in said["break-entitlement"]
    assert "not counted for any person" in said["break-entitlement"]
    assert "You may end an abusive contact" in said["end-contact"]
    assert "no targets for perfect marks" in said["no-perfect-scores"]
    assert "two readings" in said["good-faith"] and "We start from the first" in said["good-faith"]


def test_the_five_parts_of_the_apology_are_worded_as_in_their_text():
    titles = {entry.key: entry.words["en"]["title"] for entry in shipped("coach_step")}

    assert [titles[key] for key in ("thank", "empathy", "acknowledge", "apologise", "solve")] == [
        "Thank the customer for bringing the issue to your attention",
        "Use empathy",
        "Acknowledge them",
        "Offer a genuine apology",
        "Work with them to come up with a solution",
    ]


def test_an_easy_walk_is_offered_and_company_instead_of_telling_it_all_again():
    said = texts("break_idea")

    assert "Slowly" in said["easy-walk"] and "Easy, not fast" in said["not-a-run"]
    assert "need not go through it all again" in said["support-not-retelling"]


def test_the_cards_name_what_the_texts_name():
    anger, view = texts("under_anger"), texts("perspective")

    assert {"lost-power", "fear", "sadness"} <= set(anger)
    assert (
        "A death in the family, a fight with a spouse or sibling, a child misbehaving"
        in view["something-happened"]
    )


def test_nobody_is_asked_to_put_a_customers_name_into_a_text_of_the_site():
    fields = {field.name for kind in KINDS.values() for field in kind.said + kind.plain}

    assert not {name for name in fields if "customer" in name}
