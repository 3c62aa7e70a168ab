"""A token is made at once, also where its person has to show first who they are."""

import time
from importlib import import_module

from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from recommendations.models import ApiToken
from tests.security.door import PASSWORD


def test_after_the_password_the_token_is_there(sign_in, officer, tracked, assert_accessible):
    page = sign_in(officer)
    page.goto(reverse("own_tokens"))
    cookies = {each["name"]: each["value"] for each in page.context.cookies()}
    session = import_module(settings.SESSION_ENGINE).SessionStore(cookies[settings.SESSION_COOKIE_NAME])
    session["account_authentication_methods"] = [{"method": "password", "at": time.time() - 11 * 60}]
    session.save()
    page.get_by_label("What the token is for").fill("Power BI")
    page.get_by_label("Read the register").check()
    page.get_by_role("button", name="Make a token").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Copy your token")).to_be_visible()
    assert_accessible()
    assert ApiToken.objects.count() == 1
