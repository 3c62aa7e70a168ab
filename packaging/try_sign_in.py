"""Sign in through an invitation's link in Chromium, including the second factor: try_sign_in.py ORIGIN LINK."""

import base64
import hmac
import re
import sys
import time
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "four words of nothing at all"
ADDRESS = "ada@example.org"


def code_for(secret: str) -> str:
    """The current code of an authenticator for a secret (RFC 6238)."""
    moment = (int(time.time()) // 30).to_bytes(8)
    digest = hmac.digest(base64.b32decode(secret), moment, "sha1")
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4]) & 0x7FFFFFFF) % 1_000_000:06d}"


def come_in(page: Page, link: str) -> None:
    """From the link to the administrator's home page."""
    page.goto(link)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password again").fill(PASSWORD)
    page.get_by_role("button", name="Set up account").click()
    page.get_by_label("Email").fill(ADDRESS)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Authenticator code").fill(code_for(page.locator("code").inner_text()))
    page.get_by_role("button", name="Use this app").click()


def main(origin: str, link: str) -> None:
    """Sign in, and open the page of people's access, which only administrators see."""
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--host-resolver-rules=MAP oversight.example.org 127.0.0.1"]
        browser = playwright.chromium.launch(executable_path=ROOT / "scripts/chromium.sh", args=arguments)
        page = browser.new_context(ignore_https_errors=True).new_page()
        come_in(page, link)
        page.goto(f"{origin}/security/people/")
        expect(page.get_by_role("heading", level=1)).to_have_text("People")
        expect(page.get_by_text(re.compile("Ada Rowe")).first).to_be_visible()
        page.screenshot(path=ROOT / "var/try/signed-in.png")
        browser.close()
    print("Signed in as the administrator, with a password and a second factor.")


if __name__ == "__main__":
    main(*sys.argv[1:])
