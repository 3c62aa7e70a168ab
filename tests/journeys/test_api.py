"""A token made in the browser, and the script of docs/api.md that reads the register with it."""

import datetime
import os
import re
import subprocess
import sys
from textwrap import dedent

import pytest

from recommendations.domain.people.api_tokens import token_of
from tests.conftest import make_tracked
from tests.journeys.conftest import ROOT
from tests.security.door import PASSWORD


@pytest.fixture
def script(tmp_path):
    """The script, as the page of documentation has it."""
    [block] = re.findall(r"\n\n((?:    .*\n|\n)+)", (ROOT / "docs/api.md").read_text().partition("## Reading")[2])[:1]
    text = dedent(block)
    assert len([line for line in text.splitlines() if line]) <= 20
    file = tmp_path / "overdue.py"
    file.write_text(text)
    return file


def run(script, address: str, token: str) -> str:
    environment = {"PATH": os.environ["PATH"], "OVERSIGHT": address, "TOKEN": token}
    done = subprocess.run([sys.executable, script], env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_token_is_made_copied_used_and_revoked(
    page, officer, inspection, live_server, settings, script, assert_accessible_at_both
):
    settings.DEMO, settings.ORIGIN = True, live_server.url
    for number in (1, 2):
        make_tracked(inspection, number=str(number), due_on=datetime.date(2026, 6, number))
    signed_in(page, officer)
    page.goto("/you/")
    page.get_by_role("link", name="Your tokens").click()
    page.get_by_label("What the token is for").fill("Overdue")
    page.get_by_label("Read the register").check()
    assert_accessible_at_both(page)
    page.get_by_role("button", name="Make a token").click()
    page.get_by_role("button", name="Copy").wait_for()
    assert_accessible_at_both(page)
    token = page.get_by_label("Overdue").input_value()
    page.get_by_role("button", name="Copy").click()
    page.get_by_text(re.compile("Copied|Selected")).wait_for()
    lines = run(script, live_server.url, token).splitlines()
    assert [line.split("\t")[0] for line in lines] == ["WM-0001", "WM-0002", "2 overdue"]
    page.get_by_role("link", name="I have copied it").click()
    page.get_by_role("button", name="Revoke").click()
    page.get_by_text("is revoked").wait_for()
    assert token_of(token).revoked_at is not None
    page.get_by_role("link", name="How to use the API").click()
    assert_accessible_at_both(page)


def signed_in(page, person) -> None:
    """By the form: making a token asks for somebody who has just shown who they are."""
    page.goto("/account/login/")
    page.locator("input[name=login]").fill(person.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button.govuk-button").first.click()
    page.get_by_role("link", name=person.name).wait_for()
