"""Passwords: long ones, not the first that anybody would try, and kept as argon2id."""

import unicodedata

import pytest
from argon2 import PasswordHasher, Type
from flask import Flask

from tests.fixtures.quick import REAL
from wellbeing import passwords
from wellbeing.passwords import PasswordRefused


def sentence(app: Flask, password: str, login: str = "sol", name: str = "Sol Vale") -> str:
    with app.test_request_context(), pytest.raises(PasswordRefused) as refused:
        passwords.check_choice(password, login, name)
    return str(refused.value.sentence)


@pytest.mark.parametrize(
    "password", ["correct horse lamp", "Ten to Ten", "una frase con ñ", "una frase con " + "yz" * 93]
)
def test_sol_may_choose(password: str):
    passwords.check_choice(password, "sol", "Sol Vale")


def test_nine_characters_are_too_few_and_two_hundred_and_one_too_many(app: Flask):
    assert "at least 10" in sentence(app, "nine char")
    assert "at most 200" in sentence(app, "abcd " * 40 + "e")


def test_a_letter_and_its_accent_are_one_character(app: Flask):
    assert "at least 10" in sentence(app, unicodedata.normalize("NFD", "ñandúes á"))


@pytest.mark.parametrize(
    "password", ["Maximiliana", "maximiliana99!", "MAXI MILIANA", "Maximiliana Vale", "maximilianavale1"]
)
def test_a_name_is_no_password(app: Flask, password: str):
    assert "your name" in sentence(app, password, "maximiliana", "Maximiliana Vale")


@pytest.mark.parametrize(
    "password",
    [
        "password123",
        "Password123!",
        "qwerty1234",
        "1234567890",
        "0987654321",
        "aaaaaaaaaa",
        "abababab ab",
        "contraseña1",
        "hola123456",
    ],
)
def test_the_first_guesses_are_no_passwords(app: Flask, password: str):
    assert "first passwords" in sentence(app, password)


def test_an_employee_number_as_sign_in_name_forbids_no_other_number(app: Flask):
    passwords.check_choice("8402759163 57", "1234567", "Sol Vale")
    assert "your name" in sentence(app, "4402759163", "4402759163")


def test_the_same_keys_on_another_keyboard_are_the_same_password():
    stored = passwords.hashed(unicodedata.normalize("NFD", "una frase con ñ"))

    assert stored.startswith("$argon2id$")
    assert passwords.is_right(unicodedata.normalize("NFC", "una frase con ñ"), stored)
    assert not passwords.is_right("una frase con n", stored)


def test_where_no_password_is_stored_none_is_right():
    passwords._nobodys.cache_clear()

    assert not passwords.is_right("nobody's", None)
    assert not passwords.is_right("anything", "not a hash")


def test_outside_the_tests_a_password_is_hashed_as_rfc_9106_recommends():
    assert (REAL.memory_cost, REAL.time_cost, REAL.parallelism) == (64 * 1024, 3, 4)
    assert REAL.type is Type.ID


def test_a_password_hashed_with_weaker_parameters_is_outdated(monkeypatch: pytest.MonkeyPatch):
    stored = passwords.hashed("correct horse battery")
    assert not passwords.is_outdated(stored)

    monkeypatch.setattr(passwords, "HASHER", PasswordHasher())
    assert passwords.is_outdated(stored)
