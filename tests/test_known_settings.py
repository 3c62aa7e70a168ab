"""The list of settings names exactly those that the program reads, with the defaults that it has."""

import ast
import re

from oversight.known_settings import SETTINGS
from oversight.watch_settings import THRESHOLDS
from recommendations.sections import Section
from tests import settings_page
from tests.test_setup import ROOT

BY_A_LIBRARY = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION"}  # read by obstore
BY_MIGRATE = {"APPLICATION_DATABASE_URL", "READER_DATABASE_URL"}
# A name, and the default where it is written down as such.
READ = re.compile(r"env\.\w+\(\"([A-Z_]+)\"(?:, default=(\"[^\"]*\"|\d+|True|False|\[[^\]]*\])\))?")
READ_BY_GUNICORN = re.compile(r"environ\.get\(\"([A-Z_]+)\"(?:, (\"[^\"]*\")\))?")


def written(default: str) -> str:
    """A default of the code as the environment would have it."""
    value = ast.literal_eval(default) if default else ""
    if isinstance(value, list):
        return ",".join(value)
    return str(int(value) if isinstance(value, bool) else value)


def read_settings() -> dict[str, str]:
    """The settings that the code reads, with the default of each as the environment would have it."""
    found = {name: "{},{}".format(*usual) for name, usual in THRESHOLDS.items()}
    files = [ROOT / "oversight/settings.py", *(ROOT / "oversight").glob("*_settings.py")]
    for text in (file.read_text() for file in files):
        for name, default in [*READ.findall(text), *READ_BY_GUNICORN.findall(text)]:
            found[name] = found.get(name) or written(default)
    return found


def test_each_setting_that_is_read_is_in_the_list_once():
    names = [each.name for each in SETTINGS]
    assert sorted(names) == sorted({*read_settings(), *BY_A_LIBRARY, *BY_MIGRATE})


def test_each_default_that_is_a_plain_value_is_the_programs():
    read = read_settings()
    plain = {each.name: found[1] for each in SETTINGS if (found := re.fullmatch(r"`([^`]*)`", each.default))}
    assert len(plain) > 25
    assert {name: default for name, default in plain.items() if read[name] and read[name] != default} == {}
    assert {each.name for each in SETTINGS if not each.default and read.get(each.name)} == set()


def test_the_page_of_settings_is_current_and_whole():
    assert settings_page.PAGE.read_text() == settings_page.page(), "python -m tests.settings_page writes it"
    assert [each for _, _, settings in settings_page.SECTIONS for each in settings] == list(SETTINGS)


def test_the_setting_that_switches_sections_off_names_each():
    (setting,) = (each for each in SETTINGS if each.name == "SECTIONS_OFF")
    assert set(re.findall(r"`([^`]+)`", setting.purpose)) == {*Section}
