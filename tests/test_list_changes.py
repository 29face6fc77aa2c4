"""How Ada changes the lists of the counter: what she may do, what is refused and why, and what stays."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.answers import House, rows
from wellbeing import list_changes, lists
from wellbeing.list_changes import Here, ListRefused, NoSuchEntry
from wellbeing.lists import PRODUCT, Entries, Entry
from wellbeing.models.base import db
from wellbeing.models.lists import ListEntry, ListName

HERE = Here(date(2026, 3, 4), ("en", "es"))
TOMORROW = Here(date(2026, 3, 5), ("en", "es"))
AREAS: Entries = tuple(Entry(choice.key, choice) for choice in PRODUCT[ListName.AREA])
CAUSES: Entries = tuple(Entry(choice.key, choice) for choice in PRODUCT[ListName.CAUSE])


@pytest.fixture(autouse=True)
def in_english(app):
    with app.test_request_context():
        yield


def keys(entries: Entries) -> list[str]:
    return [entry.key for entry in entries]


def shown(entries: Entries, here: Here = HERE) -> list[str]:
    return [str(entry.label) for entry in entries if entry.is_offered(here.today)]


def made(house: House, change: Callable[[Entries], Entries], name: ListName = ListName.AREA) -> Entries:
    """Make a change in the database and return the list as it is read afterwards."""
    list_changes.apply(db.session(), name, change)
    found = lists.every(db.session())[name]
    db.session.rollback()
    return found


def full(entries: Entries = AREAS) -> Entries:
    """Return a list with as many entries as a list may offer."""
    for number in range(list_changes.MOST - len(entries)):
        entries = list_changes.add(entries, f"Place {number}", HERE)
    return entries


def test_own_words_are_shown_in_every_language():
    renamed = list_changes.rename(AREAS, "parts", "  Parts   and tyres ", HERE)

    assert shown(renamed)[2] == "Parts and tyres"
    assert keys(renamed) == keys(AREAS)
    assert list_changes.reset(renamed, "parts", HERE) == AREAS


def test_saving_the_words_as_they_are_changes_nothing():
    assert list_changes.rename(AREAS, "parts", "Parts", HERE) is AREAS


def test_an_own_entry_has_no_words_of_the_product_to_go_back_to():
    wash = list_changes.add(AREAS, "Car wash", HERE)

    assert list_changes.reset(wash, "site_car_wash", HERE) is wash


def test_a_new_entry_stands_before_the_ways_out():
    assert keys(list_changes.add(AREAS, "Car wash", HERE)) == [*keys(AREAS), "site_car_wash"]
    assert keys(list_changes.add(CAUSES, "Bridge closed", HERE))[-3:] == [
        "site_bridge_closed",
        "other",
        "unknown",
    ]


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("Car wash", "site_car_wash"),
        ("¿Ñandú? 24 h", "site_nandu_24_h"),
        ("洗车", "site_entry"),
        ("Own life", "site_own_life"),
        ("Waiting for a courtesy car that is not there yet", "site_waiting_for_a_courtesy_car_that_is"),
    ],
)
def test_a_key_is_made_once_of_the_first_words(label: str, key: str):
    entries = list_changes.add(AREAS, label, HERE)
    assert keys(entries)[-1] == key

    renamed = list_changes.rename(entries, key, "Something else", HERE)
    assert keys(renamed) == keys(entries)
    again = list_changes.add(renamed, label, HERE)
    assert keys(again)[-1] == key[:38].rstrip("_") + "_2"


def test_no_key_is_ever_used_again():
    entries = list_changes.retire(list_changes.add(AREAS, "Car wash", HERE), "site_car_wash", HERE)
    renamed = list_changes.rename(entries, "site_car_wash", "Old car wash", HERE)

    assert keys(list_changes.add(renamed, "Car wash", HERE))[-2:] == ["site_car_wash_2", "site_car_wash"]


def test_what_is_taken_off_the_counter_keeps_its_key_and_its_words():
    retired = list_changes.retire(AREAS, "marketing", HERE)

    assert "Marketing" not in shown(retired)
    assert keys(retired) == keys(AREAS)
    assert list_changes.retire(retired, "marketing", TOMORROW) is retired


def test_what_is_offered_again_stands_before_the_ways_out():
    retired = list_changes.retire(CAUSES, "delay", HERE)
    again = list_changes.offer_again(retired, "delay", TOMORROW)

    assert keys(again)[-3:] == ["delay", "other", "unknown"]
    assert shown(again, HERE) == shown(again, TOMORROW)
    assert list_changes.offer_again(again, "delay", TOMORROW) is again


@pytest.mark.parametrize("key", ["other", "unknown"])
def test_there_is_always_a_way_out(key: str):
    with pytest.raises(ListRefused, match="way out"):
        list_changes.retire(CAUSES, key, HERE)


def test_a_list_offers_at_least_two_entries():
    entries = AREAS
    for key in ("showroom", "service", "parts"):
        entries = list_changes.retire(entries, key, HERE)

    with pytest.raises(ListRefused, match="at least 2"):
        list_changes.retire(entries, "marketing", HERE)


def test_a_list_offers_at_most_as_many_as_fit_on_the_screen():
    entries = full()
    assert len(shown(entries)) == 24
    with pytest.raises(ListRefused, match="at most 24"):
        list_changes.add(entries, "One more", HERE)

    swapped = list_changes.add(list_changes.retire(entries, "parts", HERE), "One more", HERE)
    with pytest.raises(ListRefused, match="at most 24"):
        list_changes.offer_again(swapped, "parts", HERE)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "Please type"),
        (" \t\n ", "Please type"),
        ("Car\x00wash", "cannot be seen"),
        ("Car\u202ewash", "cannot be seen"),
        ("\ud800", "cannot be seen"),
        ("?!", "at least one letter"),
        ("\u200d", "at least one letter"),
        ("x" * 61, "At most 60"),
        ("Parts", "“Parts” is in this list already"),
        ("pArTs", "“Parts” is in this list already"),
        ("Pa\u200drts", "“Parts” is in this list already"),
        ("Recambios", "“Parts” is in this list already"),
        ("Old place", "“Old place” was in this list before"),
    ],
)
def test_words_that_nobody_could_use_are_refused_with_a_sentence(typed: str, why: str):
    entries = list_changes.add(AREAS, "Old place", HERE)
    entries = list_changes.retire(entries, "site_old_place", HERE)

    with pytest.raises(ListRefused, match=why):
        list_changes.add(entries, typed, HERE)
    with pytest.raises(ListRefused, match=why):
        list_changes.rename(entries, "showroom", typed, HERE)


def test_sixty_characters_and_the_joiners_of_a_script_are_taken():
    assert shown(list_changes.add(AREAS, "x" * 60, HERE))[-1] == "x" * 60
    assert shown(list_changes.add(AREAS, "می\u200cخواهم", HERE))[-1] == "می\u200cخواهم"


def test_the_products_words_are_not_taken_back_while_another_entry_has_them():
    renamed = list_changes.rename(AREAS, "parts", "Spares", HERE)
    taken = list_changes.add(renamed, "Recambios", HERE)

    with pytest.raises(ListRefused, match="“Recambios” is in this list already"):
        list_changes.reset(taken, "parts", HERE)


def test_an_entry_moves_past_the_next_one_that_is_offered():
    entries = list_changes.retire(AREAS, "service", HERE)

    assert shown(list_changes.move(entries, "parts", -1, HERE))[:2] == ["Parts", "Showroom"]
    assert shown(list_changes.move(entries, "showroom", 1, HERE))[:2] == ["Parts", "Showroom"]


@pytest.mark.parametrize(("key", "step"), [("showroom", -1), ("after_sales", 1), ("marketing", -1)])
def test_nothing_moves_over_the_edge_or_from_nowhere(key: str, step: int):
    entries = list_changes.retire(AREAS, "marketing", HERE)

    assert list_changes.move(entries, key, step, HERE) is entries


@pytest.mark.parametrize(
    "change",
    [
        lambda entries: list_changes.rename(entries, "delay", "Late", HERE),
        lambda entries: list_changes.retire(entries, "", HERE),
        lambda entries: list_changes.move(entries, "delay", 1, HERE),
    ],
)
def test_what_is_not_in_the_list_cannot_be_changed(change: Callable[[Entries], Entries]):
    with pytest.raises(NoSuchEntry):
        change(AREAS)


def test_changes_stay_and_other_lists_are_left_alone(any_house: House):
    made(any_house, lambda entries: list_changes.add(entries, "Car wash", HERE))
    made(any_house, lambda entries: list_changes.rename(entries, "parts", "Spares", HERE))
    made(any_house, lambda entries: list_changes.retire(entries, "marketing", HERE))
    found = made(any_house, lambda entries: list_changes.move(entries, "site_car_wash", -1, HERE))

    assert shown(found) == ["Showroom", "Service", "Spares", "Car wash", "Post-sales support"]
    assert lists.every(db.session())[ListName.CAUSE] == CAUSES


def test_only_what_differs_from_the_product_is_written(house: House):
    made(house, lambda entries: list_changes.rename(entries, "parts", "Spares", HERE))
    assert [row.key for row in rows(house, ListEntry)] == ["parts"]

    assert made(house, lambda entries: list_changes.reset(entries, "parts", HERE)) == AREAS


def test_a_refused_change_writes_nothing(house: House):
    with pytest.raises(ListRefused):
        made(house, lambda entries: list_changes.add(entries, "Parts", HERE))
    db.session.rollback()
    assert rows(house, ListEntry) == []


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["rename", "reset", "add", "retire", "offer_again", "up", "down"]),
        st.integers(0, 30),
        st.sampled_from(["Car wash", "Parts", "Spares", "Otro", "", "x" * 61, "Weather", "Tyres"]),
        st.integers(0, 3),
    ),
    max_size=40,
)


def test_whatever_ada_does_the_counter_stays_usable_and_no_key_is_lost():
    @given(STEPS)
    def stays_usable(steps: list[tuple[str, int, str, int]]) -> None:
        entries, day = CAUSES, HERE.today
        for name, place, typed, days in steps:
            day += timedelta(days=days)
            before, here = entries, Here(day, HERE.languages)
            entries = taken(before, name, keys(before)[place % len(before)], typed, here)

            assert set(keys(before)) <= set(keys(entries)), "a key was lost"
            assert len(set(keys(entries))) == len(entries)
            assert len({label.casefold() for label in shown(entries, here)}) == len(shown(entries, here))
            assert 2 <= len(shown(entries, here)) <= 24
            assert {"other", "unknown"} <= {entry.key for entry in entries if entry.is_offered(day)}

    stays_usable()


def taken(entries: Entries, name: str, key: str, typed: str, here: Here) -> Entries:
    """Return the list after one thing that Ada did, or as it was if that was refused."""
    acts = {
        "rename": lambda: list_changes.rename(entries, key, typed, here),
        "add": lambda: list_changes.add(entries, typed, here),
        "up": lambda: list_changes.move(entries, key, -1, here),
        "down": lambda: list_changes.move(entries, key, 1, here),
    }
    try:
        return acts[name]() if name in acts else getattr(list_changes, name)(entries, key, here)
    except ListRefused:
        return entries
