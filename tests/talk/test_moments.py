"""Good moments: the newest first, page by page, and a name only where somebody signed."""

from tests.answers import House
from tests.talk.test_posts import say
from wellbeing.talk import moments
from wellbeing.talk.posts import Kind


def newest(house: House, *teams: str, before: int | None = None, most: int = 12) -> tuple:
    with house.engine.connect() as connection:
        return moments.newest(connection, {house.cast.units[team] for team in teams}, before, most)


def test_the_newest_comes_first_signed_as_a_tile_is(any_house: House):
    say(any_house, Kind.MOMENT, "First.", by="Sol")
    say(any_house, Kind.MOMENT, "Second.")
    say(any_house, Kind.MOMENT, "Elsewhere.", team="Parts")

    found, older = newest(any_house, "Service counter")

    assert [(moment.text, moment.by, moment.unit) for moment in found] == [
        ("Second.", None, "Service counter"),
        ("First.", "Sol V.", "Service counter"),
    ]
    assert found[0].author_id is None and found[1].author_id == any_house.cast.people["Sol"]
    assert older is None


def test_pages_follow_each_other_without_a_gap_also_while_something_new_is_hung_up(any_house: House):
    for number in range(5):
        say(any_house, Kind.MOMENT, f"No. {number}")

    first, older = newest(any_house, "Service counter", most=2)
    say(any_house, Kind.MOMENT, "Meanwhile.")
    second, later = newest(any_house, "Service counter", before=older, most=2)
    third, end = newest(any_house, "Service counter", before=later, most=2)

    assert [moment.text for moment in (*first, *second, *third)] == [
        f"No. {number}" for number in range(4, -1, -1)
    ]
    assert end is None


def test_several_units_share_a_wall(house: House):
    say(house, Kind.MOMENT, team="Parts")
    say(house, Kind.MOMENT, team="Showroom")

    found, _older = newest(house, "Parts", "Showroom", "Northgate")

    assert [moment.unit for moment in found] == ["Showroom", "Parts"]
