"""Reading the audit log: pages, parts of it, and what is left of somebody who was erased."""

from datetime import timedelta

from tests.answers import House
from tests.cast import NOW
from wellbeing import audit, audit_log, erasure, site
from wellbeing.audit import Act
from wellbeing.audit_log import PAGE, Asked
from wellbeing.models.accounts import Person
from wellbeing.models.base import db


def note(house: House, act: Act, by: str | None = "Ada", days: int = 0, **about: object) -> None:
    """Let an act be noted, so many days after the present."""
    person = house.cast.people[by] if by else None
    audit.note(db.session(), act, person, NOW + timedelta(days=days), **about)
    db.session.commit()


def acts(asked: Asked, page: int = 1) -> list[str]:
    return [entry.act for entry in audit_log.entries(db.session(), asked, page)[0]]


def test_the_newest_act_comes_first_and_the_last_of_a_minute_before_the_others(any_house: House):
    note(any_house, Act.LIST_CHANGED, days=1)
    note(any_house, Act.SITE_CHANGED)
    note(any_house, Act.BACKED_UP, by=None)

    assert acts(Asked()) == ["list_changed", "backed_up", "site_changed"]
    last, command, first = audit_log.entries(db.session(), Asked())[0]
    assert (last.actor, command.actor, command.by_command) == ("Ada Vale", None, True)
    assert not first.by_command and first.values == {}


def test_a_part_of_the_log_holds_what_was_done_to_its_units_and_to_their_people(any_house: House):
    people, units = any_house.cast.people, any_house.cast.units
    note(any_house, Act.TABLET_CODE_MADE, unit_id=units["Parts"])
    note(any_house, Act.PIN_CODE_MADE, person_id=people["Uma"], unit_id=units["Showroom"])
    note(any_house, Act.PERSON_CONFIRMED, person_id=people["Sol"])
    note(any_house, Act.SETTINGS_PLANNED)

    assert acts(Asked(unit_ids={units["Parts"]})) == ["pin_code_made", "tablet_code_made"]
    assert acts(Asked(unit_ids={units["Parts"]}, acts=["pin_code_made"])) == ["pin_code_made"]
    assert acts(Asked(narrowed_to={units["Service counter"]})) == ["person_confirmed"]
    assert acts(Asked(unit_ids={units["Parts"]}, narrowed_to={units["Service counter"]})) == []


def test_a_page_is_full_before_the_next_begins(any_house: House):
    for _number in range(PAGE):
        note(any_house, Act.LIST_CHANGED)
    assert not audit_log.entries(db.session(), Asked())[1]
    note(any_house, Act.TEXT_CHANGED)

    assert acts(Asked()) == ["text_changed", *["list_changed"] * (PAGE - 1)]
    assert audit_log.entries(db.session(), Asked())[1]
    assert acts(Asked(), 2) == ["list_changed"]
    assert len(list(audit_log.every(db.session(), Asked()))) == PAGE + 1


def test_somebody_reads_what_was_done_about_them_and_nobody_elses(any_house: House):
    people = any_house.cast.people
    note(any_house, Act.PIN_CODE_MADE, person_id=people["Sol"])
    note(any_house, Act.BADGE_MADE, person_id=people["Noor"])
    note(any_house, Act.TEXT_CHANGED, by="Sol")

    found, older = audit_log.about(db.session(), people["Sol"])

    assert [(entry.act, entry.person) for entry in found] == [("pin_code_made", "Sol Vale")]
    assert not older


def test_whoever_is_erased_leaves_the_log_without_their_name(any_house: House):
    people = any_house.cast.people
    note(any_house, Act.PIN_CODE_MADE, by="Alba", person_id=people["Sol"])
    for name in ("Sol", "Alba"):
        key = site.config().secrets.server_key
        erasure.erase(db.session(), key, db.session.get_one(Person, people[name]))

    entry = audit_log.entries(db.session(), Asked())[0][0]

    assert (entry.actor, entry.person, entry.by_command) == (None, None, False)


def test_a_name_of_that_day_is_said_in_place_of_todays(any_house: House):
    parts = any_house.cast.units["Parts"]
    note(any_house, Act.UNIT_CREATED, unit_id=parts, facts={"unit": "Spares", "parent": "Northgate"})
    note(any_house, Act.TABLET_REVOKED, unit_id=parts)

    revoked, made = audit_log.entries(db.session(), Asked())[0]

    assert revoked.values == {"unit": "Parts"}
    assert made.values == {"unit": "Spares", "parent": "Northgate"}
