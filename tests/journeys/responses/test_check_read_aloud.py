"""Where a document is checked, what a screen reader is given: the names, the descriptions, and what is announced."""

from playwright.sync_api import expect

from tests.journeys.responses.test_check import MISREAD, line_with, word

ANNOUNCED = """() => {
  window.announced = [];
  const status = document.querySelector("[data-check-said]");
  new MutationObserver(() => window.announced.push(status.textContent)).observe(status, {childList: true});
}"""


def at(page, number: int):
    """The link that a line begins with."""
    return page.locator(f"#l{number} .app-docline__at")


def test_a_line_is_named_by_its_number_and_place_and_described_by_its_words_and_the_reason_of_a_doubt(
    browse, officer, bring_in
):
    page = browse(officer)
    bring_in(page, MISREAD)
    first = line_with(page, "Ask 1")
    expect(at(page, first)).to_have_accessible_name(f"Line {first} Narrative, not sure")
    expect(at(page, first)).to_have_accessible_description("Ask 1 It reads like a label, or like what is left out.")
    expect(at(page, first + 1)).to_have_accessible_description("Counters open on Sundays from now on.")
    expect(page.locator(f"#l{first}")).to_match_aria_snapshot(f"""
      - listitem:
        - link "Line {first} Narrative, not sure"
        - text: Ask 1
        - paragraph: It reads like a label, or like what is left out.
        - group "Read this line as":
          - button "Recommendation and 2 like it"
          - button "Part and 2 like it"
          - button "Comment and 7 like it"
          - button "Force’s words and 7 like it"
          - button "Narrative" [pressed]
          - button "Title and 2 like it"
          - button "Day and 2 like it"
          - button "Number and 2 like it"
          - button "Leave out and 2 like it"
          - button "It is right"
        - group: More
    """)


def test_without_single_letters_a_line_leads_to_its_buttons_and_what_follows_is_announced(browse, officer, bring_in):
    """A screen reader that keeps letters and arrows for itself leaves Tab, Enter and the buttons: they are enough."""
    page = browse(officer)
    bring_in(page, MISREAD)
    page.evaluate(ANNOUNCED)
    keys, first, focused = page.keyboard, line_with(page, "Ask 1"), page.locator(":focus")

    def choose(number: int, name: str) -> None:
        at(page, number).focus()
        keys.press("Enter")
        expect(focused).to_have_accessible_name("Narrative")
        page.locator(f"#l{number}").get_by_role("button", name=name).focus()
        keys.press("Enter")
        expect(word(page, number)).to_contain_text("by you")
        expect(focused).to_have_accessible_name(f"Line {number} {word(page, number).inner_text()}")

    choose(first, "Number")
    choose(first + 1, "Recommendation")
    choose(first + 2, "Comment")
    assert [words for words in page.evaluate("announced") if "not sure" in words] == [
        "2 more read the same way. 3 lines not sure.",
        "3 more read the same way. 5 lines not sure.",
        "2 more read the same way. 2 lines not sure.",
    ]
    at(page, first).focus()
    expect(page.locator("[data-check-said]")).to_have_text("A mark takes 2 more like it.")


def test_lines_that_are_chosen_together_are_announced_and_escape_leads_back_to_the_line(browse, officer, bring_in):
    page = browse(officer)
    bring_in(page, MISREAD)
    first, status = line_with(page, "Ask 1"), page.locator("[data-check-said]")
    at(page, first).focus()
    page.keyboard.press("Shift+ArrowDown")
    expect(status).to_have_text(f"Lines {first} to {first + 1} are chosen.")
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_role("button")
    page.keyboard.press("Escape")
    expect(at(page, first + 1)).to_be_focused()
