"""What a site offers at the counter: the product's lists with its own changes laid over."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.answers import House, change
from wellbeing import choices, lists
from wellbeing.lists import Entry
from wellbeing.models.lists import ListEntry, ListName

TODAY = date(2026, 3, 4)


def entry(name: ListName, key: str, position: int, **columns: object) -> sa.Insert:
    return sa.insert(ListEntry).values(list_name=name, key=key, position=position, **columns)


def offered(house: House, name: ListName, today: date = TODAY) -> list[tuple[str, str]]:
    with house.engine.connect() as connection:
        return [(choice.key, str(choice.label)) for choice in lists.offered(connection, name, today)]


def all_of(house: House, name: ListName, opened_on: date = TODAY) -> tuple[str, ...]:
    with house.engine.connect() as connection:
        return lists.all_of(connection, name, opened_on)


@pytest.mark.parametrize("name", ListName)
def test_a_site_that_changed_nothing_offers_what_the_product_offers(any_house: House, name: ListName):
    product = lists.PRODUCT[name]

    assert offered(any_house, name) == [(choice.key, str(choice.label)) for choice in product]
    assert all_of(any_house, name) == tuple(choice.key for choice in product)


def test_every_list_that_a_site_may_change_is_one_of_the_products():
    assert set(lists.PRODUCT) == set(ListName)
    assert lists.PRODUCT[ListName.CAUSE] is choices.CAUSES


def test_no_key_of_the_product_begins_like_a_key_of_a_site():
    keys = [choice.key for product in lists.PRODUCT.values() for choice in product]

    assert not [key for key in keys if key.startswith("site_")]
    assert max(map(len, keys)) <= 40


def test_own_words_own_entries_and_the_order_are_the_sites(any_house: House):
    change(
        any_house,
        entry(ListName.AREA, "parts", 0, label="Parts and tyres"),
        entry(ListName.AREA, "site_car_wash", 1, label="Car wash"),
        entry(ListName.AREA, "showroom", 2),
        entry(ListName.AREA, "marketing", 5, retired_on=TODAY),
    )

    assert offered(any_house, ListName.AREA) == [
        ("parts", "Parts and tyres"),
        ("service", "Service"),
        ("site_car_wash", "Car wash"),
        ("showroom", "Showroom"),
        ("after_sales", "Post-sales support"),
    ]


def test_own_words_come_without_the_products_hint(house: House):
    change(house, entry(ListName.CAUSE, "disruption", 8, label="The bridge is closed"))
    with house.engine.connect() as connection:
        found = {choice.key: choice for choice in lists.offered(connection, ListName.CAUSE, TODAY)}

    assert found["disruption"].hint is None
    assert lists.PRODUCT[ListName.CAUSE][8].hint is not None


def test_an_entry_is_off_the_counter_from_its_day_and_keeps_its_words(house: House):
    change(house, entry(ListName.AREA, "site_wash", 5, label="Car wash", retired_on=TODAY))
    with house.engine.connect() as connection:
        assert lists.words(connection, ListName.AREA)["site_wash"] == "Car wash"

    assert ("site_wash", "Car wash") in offered(house, ListName.AREA, TODAY - timedelta(days=1))
    assert ("site_wash", "Car wash") not in offered(house, ListName.AREA, TODAY)


def test_an_older_screen_is_taken_for_a_week(house: House):
    change(house, entry(ListName.AREA, "marketing", 4, retired_on=TODAY))

    for days, taken in ((0, True), (7, True), (8, False)):
        with house.engine.connect() as connection:
            keys = lists.accepted(connection, TODAY + timedelta(days=days))
        assert ("marketing" in keys[ListName.AREA]) is taken, days
        assert "marketing" not in keys[ListName.CAUSE]


@pytest.mark.parametrize("days", [0, 1, 27, 28, 29, 34, 35, 36, 40])
def test_whatever_an_epoch_takes_has_its_place_among_the_categories_of_that_epoch(house: House, days: int):
    change(house, entry(ListName.AREA, "marketing", 4, retired_on=TODAY))
    opened = TODAY + timedelta(days=days - 28)
    with house.engine.connect() as connection:
        taken = {
            key
            for day in range(28)
            for key in lists.accepted(connection, opened + timedelta(days=day))[ListName.AREA]
        }

    assert taken == set(all_of(house, ListName.AREA, opened))


def test_a_key_that_the_product_has_dropped_still_has_a_word(house: House):
    change(house, entry(ListName.AREA, "fax", 9, retired_on=TODAY))
    with house.engine.connect() as connection:
        assert lists.words(connection, ListName.AREA)["fax"] == "fax"


def test_an_entry_of_a_newer_product_stands_before_the_sites_own_of_that_place():
    rows = [ListEntry(list_name=ListName.AREA, key="site_wash", position=2, label="Car wash")]

    found = lists._laid_over(ListName.AREA, rows)

    assert [entry.key for entry in found][1:4] == ["service", "parts", "site_wash"]
    assert found[3] == Entry("site_wash", None, "Car wash")
