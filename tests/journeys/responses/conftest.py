"""What the stories of responses begin with."""

import pytest


@pytest.fixture
def bring_in(westmarch, body):
    """Bring in a response as an officer, and come to its check."""

    def act(page, text):
        page.goto("/responses/add/")
        file = {"name": "response.txt", "mimeType": "text/plain", "buffer": text.encode()}
        page.get_by_label("File", exact=True).set_input_files(file)
        page.get_by_label("Force").select_option("Westmarch Police")
        page.get_by_label("Report published").fill("16 July 2026")
        page.get_by_label("Response published").fill("1 August 2026")
        page.get_by_role("button", name="Read it").click()
        page.get_by_role("heading", name="Check what was read").wait_for()
        page.wait_for_load_state()  # its script is there

    return act
