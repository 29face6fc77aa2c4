"""What somebody types about a customer: names, numbers and addresses are seen, all else is left alone."""

from datetime import date, time

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from wtforms import Form, StringField

from wellbeing.private_text import Looks, Seen, refusal, seen
from wellbeing.web.forms import no_private_text

PHONES = [
    ("call 600123456", "600123456"),
    ("600 123 456", "600 123 456"),
    ("600.123.456 after six", "600.123.456"),
    ("600-12-34-56", "600-12-34-56"),
    ("+34 600 12 34 56", "+34 600 12 34 56"),
    ("+1 (602) 555-0142.", "+1 (602) 555-0142"),
    ("(602) 555-0142", "(602) 555-0142"),
    ("Ring +44 (0)20-7946-0958", "+44 (0)20-7946-0958"),
    ("0044 ( 0 ) 20 7946 0958", "0044 ( 0 ) 20 7946 0958"),
    ("+1 6 02 55 50 142", "+1 6 02 55 50 142"),
    ("555-0142", "555-0142"),
    ("tel:600123456", "600123456"),
    ("TEL-600123456", "600123456"),
    ("her phone number 600123456", "600123456"),
    ("0044 20 7946 0018", "0044 20 7946 0018"),
    ("06.12.34.56.78", "06.12.34.56.78"),
    ("6 0 0 1 2 3 4 5 6", "6 0 0 1 2 3 4 5 6"),
    ("６００１２３４５６", "600123456"),
    ("600\u200b123\u200b456", "600123456"),
    ("order 48213, ring 600 123 456", "600 123 456"),
    ("order RO-48213 tel 600123456", "600123456"),
    ("case 600 123 456", "600 123 456"),
    ("2026-11-22 600123456", "600123456"),
    ("020 7946 0018", "020 7946 0018"),
    ("55 5555 1234", "55 5555 1234"),
    ("600·123·456", "600·123·456"),
]

EMAILS = [
    ("write to ana.ruiz@example.com please", "ana.ruiz@example.com"),
    ("<a+b@mail.example.co.uk>", "a+b@mail.example.co.uk"),
    ("José@correo.example", "José@correo.example"),
    ("ana＠example.com", "ana@example.com"),
    ("ana(at)example.com", "ana(at)example.com"),
    ("ana (at) example.com", "ana (at) example.com"),
    ("ana[arroba]correo.example", "ana[arroba]correo.example"),
]

NAMES = [
    ("Mr Smith waited", "Mr Smith"),
    ("Mr. Smith", "Mr. Smith"),
    ("Mrs. García was upset", "Mrs. García"),
    ("I told Ms O'Neill", "Ms O'Neill"),
    ("Miss Brown-Lee", "Miss Brown-Lee"),
    ("MR SMITH", "MR SMITH"),
    ("Dr. Vega waited", "Dr. Vega"),
    ("la Dra Vega", "Dra Vega"),
    ("los Sres. Vega", "Sres. Vega"),
    ("Mister Vega", "Mister Vega"),
    ("mr smith again", "mr smith"),
    ("el Sr. López vino", "Sr. López"),
    ("la señora García Pérez", "señora García Pérez"),
    ("Srta. Vega", "Srta. Vega"),
    ("don Manuel", "don Manuel"),
    ("Doña Ana", "Doña Ana"),
    ("customer John Smith called", "customer John Smith"),
    ("Customer: John Smith", "Customer: John Smith"),
    ("la clienta Ana Ruiz", "clienta Ana Ruiz"),
    ("cliente Juan de la Cruz", "cliente Juan de la Cruz"),
    ("the customer is called Ana", "customer is called Ana"),
    ("her name is Ana", "her name is Ana"),
    ("se llama Ana Ruiz", "se llama Ana Ruiz"),
    ("customer JOHN SMITH", "customer JOHN SMITH"),
    ("Late again. Name: Ana Ruiz", "Name: Ana Ruiz"),
    ("Nombre: Ana", "Nombre: Ana"),
    ("Mrs May came", "Mrs May"),
    ("Mr. Ford", "Mr. Ford"),
]

HARMLESS = [
    "",
    "RO-48213",
    "RO-4821345",
    "order 48213556",
    "Order no. 48213556",
    "repair order 4821355",
    "pedido nº 48213556",
    "factura 2026/0012345",
    "invoice 2026-001234",
    "#12345678",
    "part 06L115562",
    "VIN WVWZZZ1JZXW000001",
    "chassis WVWZZZ1JZ1W123456",
    "2026-11-22",
    "2026-11-22 14:30",
    "2026-11-22T14:30",
    "2026-11-22T14:30:00",
    "22/11/2026",
    "22.11.2026 14:30",
    "22-11-26",
    "from 2026-11-22 to 2026-11-29",
    "22/11/2026-29/11/2026",
    "20261122",
    "2024-2026",
    "2024–2026",
    "14:30",
    "14:30-16:00",
    "14.30 - 16.00",
    "14:30:15",
    "14h30",
    "1.250,00 €",
    "€1,250.00",
    "1,250,000.00",
    "1250000 euros",
    "12.500.000 €",
    "EUR 1250000",
    "125.000 km",
    "1 250 000 km",
    "1234 BCD",
    "M-1234-AB",
    "1234-BCD and 5678-FGH",
    "112",
    "024",
    "900 202",
    "bays 1 2 3, 10 of 12",
    "sizes 8 9 10 11 12 13",
    "lanes 1-2-3-4-5-6-7",
    "12/24/36/48 months",
    "22 11 2026",
    "1.000.000 and 12 000 000",
    "part A 205 830 00 18",
    "job card 7654321",
    "CUSTOMER WANTS NEW TYRES",
    "Customer Was Right",
    "Part name: Filter",
    "50/50, 24/7",
    "@workshop",
    "a @ b",
    "3 x 12 V at 40 %",
    "Customer Service Desk",
    "Client Relations Manager",
    "customer Toyota Corolla waits",
    "Customer on Monday",
    "the customer was right",
    "Don't miss Monday",
    "Mr and Mrs",
    "mr and mrs",
    "Mr",
    "el señor de la esquina",
    "la sra dijo que no",
    "the customers called twice",
    "cliente enfadado",
    "The customer called. Ana from parts helped.",
    "Ana R. covers until 14:20",
]


@pytest.mark.parametrize(("text", "snippet"), PHONES)
def test_a_phone_number_is_seen_however_it_is_written(text: str, snippet: str):
    assert seen(text) == [Seen(Looks.PHONE, snippet)]


@pytest.mark.parametrize(("text", "snippet"), EMAILS)
def test_an_e_mail_address_is_seen(text: str, snippet: str):
    assert seen(text) == [Seen(Looks.EMAIL, snippet)]


@pytest.mark.parametrize(("text", "snippet"), NAMES)
def test_a_customers_name_is_seen_in_both_languages(text: str, snippet: str):
    assert seen(text) == [Seen(Looks.NAME, snippet)]


@pytest.mark.parametrize("text", HARMLESS)
def test_orders_dates_times_prices_and_plates_raise_no_alarm(text: str):
    assert seen(text) == []


def test_everything_seen_is_named_in_the_order_of_the_text():
    kinds = [one.kind for one in seen("Mr Smith, 600123456 or ana@example.com")]

    assert kinds == [Looks.NAME, Looks.PHONE, Looks.EMAIL]


def test_the_refusal_names_exactly_what_was_seen(app: Flask):
    with app.test_request_context():
        said = refusal("ring 600123456, Mr Smith, a@example.com, again 600123456")

    assert said == (
        'This looks like a phone number: "600123456". This looks like somebody\'s name: "Mr Smith". '
        'This looks like an e-mail address: "a@example.com". Leave customers\' names and numbers out.'
    )


def test_nothing_seen_is_nothing_said():
    assert refusal("The loan car was late; RO-48213, 14:30, 1.250,00 €.") == ""


@given(
    st.integers(10**8, 10**9 - 1).filter(lambda number: number % 10**6),
    st.sampled_from([" ", "-", ".", ""]),
    st.text("xyz ,", max_size=20),
)
def test_any_nine_digits_in_threes_are_seen_wherever_they_stand(number: int, joint: str, around: str):
    digits = str(number)
    typed = joint.join([digits[:3], digits[3:6], digits[6:]])

    assert Seen(Looks.PHONE, typed) in seen(f"{around} {typed}, {around}")


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.times())
def test_no_day_and_no_time_is_taken_for_a_phone_number(day: date, time: time):
    assert seen(f"{day:%d/%m/%Y} {day.isoformat()} {time:%H:%M} {time:%H:%M:%S}") == []


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text: str):
    assert all(one.snippet and len(one.snippet) <= 60 for one in seen(text))


@pytest.mark.parametrize(
    "piece", ["1", "1 ", "000 ", "1.000,", "a@", "Mr ", "customer John ", "+(", "A-", "A1"]
)
def test_a_long_text_made_to_be_slow_is_read_to_its_end(piece: str):
    text = piece * (20_000 // len(piece)) + " ana@example.com"

    assert seen(text)[-1] == Seen(Looks.EMAIL, "ana@example.com")


def test_a_form_comes_back_with_the_same_sentence_beside_its_field(app: Flask):
    class Typed(Form):
        note = StringField(validators=[no_private_text])

    with app.test_request_context():
        good, bad = Typed(data={"note": "RO-48213, 14:30"}), Typed(data={"note": "Mr Smith"})
        empty = Typed()

        assert (good.validate(), empty.validate(), bad.validate()) == (True, True, False)
        assert bad.note.errors == [
            "This looks like somebody's name: \"Mr Smith\". Leave customers' names and numbers out."
        ]
