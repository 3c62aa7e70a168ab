"""Passwords: long enough for the role, and on no list of breached ones."""

import hashlib

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from recommendations.domain.people.passwords import OWN_LIST, WIDTH, is_breached
from recommendations.enums import Role
from recommendations.models import User


def refused(password: str, role: str = Role.OPCC_OFFICER) -> list[str]:
    try:
        validate_password(password, User(email="ann.reed@example.org", name="Ann Reed", role=role))
    except ValidationError as wrong:
        return [error.code for error in wrong.error_list]
    return []


@pytest.mark.parametrize("role", Role.values)
def test_it_is_of_12_characters_for_an_administrator_of_15(role):
    longest_refused = 14 if role == Role.ADMINISTRATOR else 11
    word = "zq7wvtr blorqnk xy"
    assert refused(word[:longest_refused], role) == ["password_too_short"]
    assert refused(word[: longest_refused + 1], role) == []


def test_the_message_says_how_many_there_are_and_what_to_do():
    with pytest.raises(ValidationError) as wrong:
        validate_password("zq7wvtr", User(role=Role.ADMINISTRATOR))
    assert wrong.value.messages == [
        "An administrator’s password has 15 characters or more, and this one has 7. Three or four words that do not "
        "belong together make a good one."
    ]


@pytest.mark.parametrize("password", ["password1234", "PASSWORD1234", "correcthorsebatterystaple", "qwertyuiop123456"])
def test_a_breached_one_is_refused(password):
    assert "password_breached" in refused(password)


def test_the_list_that_comes_along_holds_more_than_a_million_in_order():
    content = OWN_LIST.read_bytes()
    count, rest = divmod(len(content), WIDTH)
    assert (count > 1_400_000, rest) == (True, 0)
    some = [content[place * WIDTH : (place + 1) * WIDTH] for place in range(0, count, 997)]
    assert some == sorted(set(some))


def load(tmp_path, settings, text: str) -> None:
    settings.BREACHED_PASSWORDS = str(tmp_path / "list.bin")
    (tmp_path / "list.txt").write_text(text)
    call_command("load_breached_passwords", tmp_path / "list.txt", verbosity=0)


def test_an_office_takes_a_list_of_words_or_of_hashes(tmp_path, settings, capsys):
    load(tmp_path, settings, "marches police\nshort\nanother long one\n")
    assert (is_breached("marches police"), is_breached("password1234")) == (True, False)
    digests = sorted(
        hashlib.sha1(word.encode()).hexdigest().upper() for word in ("first of them all", "second of them")
    )
    load(tmp_path, settings, "".join(f"{digest}:{number}\n" for number, digest in enumerate(digests, 1)))
    assert (is_breached("second of them"), is_breached("marches police")) == (True, False)
    load(tmp_path, settings, "\n".join(reversed(digests)))
    assert is_breached("first of them all")
    assert "2 breached passwords are in" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "short\n", f"{'0' * 40}:1\nno hash of any kind\n"])
def test_a_file_that_is_no_list_changes_nothing(tmp_path, settings, text):
    load(tmp_path, settings, "marches police\n")
    with pytest.raises(CommandError):
        load(tmp_path, settings, text)
    assert is_breached("marches police")
