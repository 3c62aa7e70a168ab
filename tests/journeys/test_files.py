"""Files on a request to close, in a browser: three chosen at once, one infected; the office reads and saves one."""

import pytest
from playwright.sync_api import expect

from recommendations.domain.register.closures import request_closure
from recommendations.models import Attachment
from tests.conftest import AT
from tests.exchange.readers.clamd import EICAR, running
from tests.makers.attachments import PDF


@pytest.fixture
def scanner(settings):
    with running() as settings.CLAMD:
        yield


def chosen(name: str, content: bytes) -> dict:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def test_three_files_and_one_of_them_infected(scanner, browse, force_lead, officer, tracked, assert_accessible_at_both):
    request_closure(tracked=tracked, outcome="implemented", reason="Done.", by=force_lead, at=AT)
    page = browse(force_lead)
    page.goto(tracked.get_absolute_url())
    page.locator("summary", has_text="More about Closure requested").click()
    page.get_by_role("link", name="Attach files Closure requested").click()
    files = [chosen("Audit.pdf", PDF), chosen("eicar.txt", EICAR), chosen("Sample.csv", b"month,in time\nOctober,58\n")]
    page.locator("input[type=file]").set_input_files(files)
    page.get_by_label("Marking of Audit.pdf").select_option("OFFICIAL-SENSITIVE")
    assert_accessible_at_both(page)
    page.get_by_role("button", name="Attach", exact=True).click()
    refused = page.locator("[data-attach-files] > li").nth(1)
    expect(refused).to_contain_text("The virus scanner found Eicar-Test-Signature in this file.")
    expect(page.get_by_role("status")).to_have_text(["attached", "not attached", "attached"])
    page.get_by_role("link", name="See all files").click()
    expect(page.locator(".app-files > li")).to_have_count(2)
    office = browse(officer)
    office.goto(tracked.get_absolute_url())
    with office.expect_download() as saved:
        office.get_by_role("link", name="Audit.pdf").click()
    assert (saved.value.suggested_filename, saved.value.path().read_bytes()) == ("Audit.pdf", PDF)
    expect(office.locator(".app-files").first).to_contain_text("OFFICIAL-SENSITIVE. Callum Tranter")
    assert [each.marking for each in Attachment.objects.order_by("pk")] == ["sensitive", ""]
