"""What was read wrongly is put right on the document itself, by keys alone, by touch, without scripts, and saved."""

import re

import pytest
from playwright.sync_api import expect

from recommendations.models import DocumentDraft, Recommendation, Response
from tests.views.documents_in.responses.test_marking import ALIKE

ANSWERED = ALIKE.replace("from now on.", "from now on.\n\nWe pay for the first year.").replace(
    "at each of them.", "at each of them.\n\nWe have seen the first of them."
)
MISREAD = ANSWERED.replace("counters\n", "counters (thematic inspection)\n", 1).replace(
    "what is missing.", "what is missing.\n\nWe read the answers each quarter."
)


def word(page, number: int):
    """What a line is taken for, in words."""
    return page.locator(f"#l{number} .app-docmark__word")


def line_with(page, words: str) -> int:
    return int(page.locator(".app-docline", has_text=words).first.get_attribute("data-line"))


def saved() -> list[tuple[str, str, list[str]]]:
    """What was saved: the number, text and comments of each recommendation."""
    return [
        (each.number, each.text, [answer.comment.text for answer in each.answers.all()])
        for each in Recommendation.objects.in_order()
    ]


PUT_RIGHT = [
    ("1", "Counters open on Sundays from now on.", ["We pay for the first year."]),
    ("2", "Signs are put up at each of them.", ["We have seen the first of them."]),
    ("3", "Each of them is asked what is missing.", ["We read the answers each quarter."]),
]


def test_a_misread_document_is_put_right_by_keys_alone(browse, officer, bring_in, assert_accessible):
    page = browse(officer)
    bring_in(page, MISREAD)
    expect(page.locator(".app-docline--now .app-docline__at")).to_be_focused()
    assert page.evaluate("scrollY") == 0
    assert_accessible(page)
    first = line_with(page, "Ask 1")
    keys = page.keyboard
    page.locator(f"#l{first} .app-docline__at").focus()
    keys.press("u")
    expect(word(page, first)).to_contain_text("by you")
    keys.press("ArrowDown")
    keys.press("r")
    keys.press("ArrowDown")
    keys.press("c")
    expect(page.get_by_role("heading", name="Recommendation 3")).to_be_visible()
    expect(page.locator("#saved").get_by_text("We read the answers each quarter.")).to_be_visible()
    expect(page.locator(".app-docline--like")).not_to_have_count(0)
    assert_accessible(page)
    undo_and_redo(page, first + 2)
    assert Response.objects.count() == 0
    page.get_by_role("button", name="Save response").first.focus()
    keys.press("Enter")
    page.wait_for_url(re.compile(r"/inspections/\d+/$"))
    assert (saved(), DocumentDraft.objects.count()) == (PUT_RIGHT, 0)


def test_the_keys_work_from_the_start_on_a_line_that_is_seen(browse, officer, bring_in):
    page = browse(officer)
    bring_in(page, MISREAD)
    line = page.locator(".app-docline--now")
    number = int(line.get_attribute("data-line"))
    expect(line.locator(".app-docline__at")).to_be_focused()
    page.set_viewport_size({"width": 1280, "height": 200})
    page.reload()
    expect(line.locator(".app-docline__at")).to_be_focused()
    expect(line).not_to_be_in_viewport()
    page.keyboard.press("x")  # leads to it
    expect(line).to_be_in_viewport()
    expect(word(page, number)).not_to_contain_text("by you")
    page.keyboard.press("x")
    expect(word(page, number)).to_contain_text("by you")


def undo_and_redo(page, number: int) -> None:
    """By keys, from wherever the focus is; a reload keeps what is done."""
    expect(word(page, number)).to_contain_text("by you")
    page.keyboard.press("Control+z")
    expect(word(page, number)).not_to_contain_text("by you")
    page.reload()
    expect(word(page, number)).not_to_contain_text("by you")
    page.locator(f"#l{number} .app-docline__at").focus()
    page.keyboard.press("Control+Shift+z")
    expect(word(page, number)).to_contain_text("by you")


@pytest.fixture
def hold():
    """Hold the answers to marks: what is called then lets the next one go on."""

    def act(page):
        held = []
        page.route(
            re.compile("/check|/documents|/responses"),
            lambda route: held.append(route) if route.request.method == "POST" else route.continue_(),
        )

        def release():
            for _ in range(500):
                if held:
                    return held.pop(0).continue_()
                page.wait_for_timeout(20)
            raise AssertionError("Nothing was sent.")

        return release

    return act


def test_keys_that_are_pressed_while_an_answer_is_under_way_are_all_kept_in_order(browse, officer, bring_in, hold):
    page = browse(officer)
    bring_in(page, MISREAD)
    release = hold(page)
    first = line_with(page, "Ask 1")
    page.locator(f"#l{first} .app-docline__at").focus()
    for key in ("u", "ArrowDown", "r", "ArrowDown", "c"):
        page.keyboard.press(key)
    for _ in range(2):
        release()
    expect(word(page, first + 1)).to_contain_text("by you")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("x")
    for _ in range(2):
        release()
    expect(word(page, first + 3)).to_contain_text("by you")
    assert DocumentDraft.objects.get().steps == [
        [{"id": first, "role": "number"}],
        [{"id": first + 1, "role": "recommendation"}],
        [{"id": first + 2, "role": "comment"}],
        [{"id": first + 3, "role": "nothing"}],
    ]


def test_an_answer_leaves_the_lines_that_are_chosen(browse, officer, bring_in, hold):
    page = browse(officer)
    bring_in(page, MISREAD)
    release = hold(page)
    first = line_with(page, "Ask 1")
    page.locator(f"#l{first - 1} .app-docline__at").focus()
    page.keyboard.press("n")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Shift+ArrowDown")
    chosen = page.locator(".app-docline--taken")
    expect(chosen).to_have_count(3)
    release()
    expect(word(page, first - 1)).to_contain_text("by you")
    expect(chosen).to_have_count(3)
    page.keyboard.press("x")
    release()
    expect(page.get_by_role("button", name=f"Undo lines {first} to {first + 2}")).to_be_visible()
    expect(chosen).to_have_count(3)
    assert DocumentDraft.objects.get().steps[-1] == [{"id": first, "to": first + 2, "role": "nothing"}]
    page.keyboard.press("ArrowUp")
    expect(chosen).to_have_count(0)


def test_an_answer_leaves_the_focus_on_a_button_and_in_the_field_that_is_typed_in(browse, officer, bring_in, hold):
    page = browse(officer)
    bring_in(page, MISREAD)
    release = hold(page)
    page.locator("#l3 .app-docline__at").focus()
    page.keyboard.press("x")
    page.locator("#l4 .app-docline__at").focus()
    page.keyboard.press("x")
    save = page.locator("#check-bar [form=save]")
    save.focus()
    release()
    expect(word(page, 3)).to_contain_text("by you")
    expect(save).to_be_focused()
    edit = page.get_by_role("link", name="Edit these")
    edit.focus()
    release()
    expect(page.get_by_role("button", name="Undo line 4")).to_be_visible()
    expect(edit).to_be_focused()
    edit.press("Enter")
    page.get_by_label("Short name").focus()
    page.keyboard.type("Counters 26")
    page.keyboard.press("Tab")
    after = page.locator(f"#saved [name={page.locator(':focus').get_attribute('name')}]")
    bar = page.locator("#check-bar > *").element_handle()
    release()
    bar.wait_for_element_state("hidden")  # another is in its place
    expect(after).to_be_focused()


def test_an_answer_that_comes_while_a_button_is_held_down_waits_for_its_release(browse, officer, bring_in, hold):
    page = browse(officer)
    bring_in(page, ANSWERED)
    release = hold(page)
    page.locator("#l3 .app-docline__at").focus()
    page.keyboard.press("x")
    page.locator("#check-bar [form=save]").hover()
    page.mouse.down()
    with page.expect_response(lambda response: response.request.method == "POST"):
        release()
    page.wait_for_timeout(200)  # it could be drawn
    page.mouse.up()
    release()
    page.wait_for_url(re.compile(r"/inspections/\d+/$"))


def test_letters_do_nothing_where_they_are_switched_off_or_no_line_has_the_focus(browse, officer, bring_in):
    page = browse(officer)
    bring_in(page, MISREAD)
    first = line_with(page, "Ask 1")
    was = word(page, first).inner_text()
    page.get_by_role("link", name="Edit these").focus()
    page.keyboard.press("u")
    page.get_by_role("button", name="Keyboard shortcuts").click()
    page.get_by_label("Use shortcuts of one character").uncheck()
    page.keyboard.press("Escape")
    page.locator(f"#l{first} .app-docline__at").focus()
    page.keyboard.press("u")
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"#l{first + 1} .app-docline__at")).to_be_focused()
    expect(word(page, first)).to_have_text(was)
    assert DocumentDraft.objects.get().steps == []
    page.locator(f"#l{first} .app-docline__at").focus()
    page.get_by_role("button", name="Number", exact=True).press("Enter")
    expect(word(page, first)).to_contain_text("by you")


def test_the_same_by_touch_on_a_phone(browse, officer, bring_in, assert_accessible):
    page = browse(officer, has_touch=True)
    page.set_viewport_size({"width": 375, "height": 812})
    bring_in(page, MISREAD)
    first = line_with(page, "Ask 1")
    for place, name in enumerate(("Number", "Recommendation", "Comment")):
        page.locator(f"#l{first + place} .app-docline__text").tap()
        button = page.locator(f"#l{first + place}").get_by_role("button", name=name).first
        assert button.bounding_box()["height"] >= 44
        button.tap()
        expect(word(page, first + place)).to_contain_text("by you")
    assert_accessible(page)
    page.get_by_role("button", name="As it will be saved").tap()
    expect(page.get_by_role("heading", name="Recommendation 3")).to_be_visible()
    page.locator("#save").get_by_role("button", name="Save response").tap()
    page.wait_for_url(re.compile(r"/inspections/\d+/$"))
    assert saved() == PUT_RIGHT


def test_the_same_without_scripts(browse, officer, bring_in):
    page = browse(officer, java_script_enabled=False)
    bring_in(page, MISREAD)
    first = line_with(page, "Ask 1")
    for place, name in enumerate(("Number", "Recommendation", "Comment")):
        page.locator(f"#l{first + place} .app-docline__at").click()
        page.locator(f"#l{first + place}").get_by_role("button", name=name).first.click()
        assert page.url.endswith(f"#l{first + place}")
        expect(word(page, first + place)).to_contain_text("by you")
    page.get_by_role("link", name="Edit Recommendation 3").click()
    page.get_by_label("Number").fill("3a")
    page.get_by_role("button", name="Keep these").click()
    page.get_by_text("You changed the number.").wait_for()
    page.get_by_role("button", name="Save response").first.click()
    page.wait_for_url(re.compile(r"/inspections/\d+/$"))
    assert [number for number, _, _ in saved()] == ["1", "2", "3a"]


def test_what_is_typed_stays_while_lines_are_marked(browse, officer, bring_in, assert_accessible):
    page = browse(officer)
    bring_in(page, MISREAD)
    page.get_by_role("link", name="Edit these").click()
    page.get_by_label("Short name").fill("Counters 26")
    page.locator("#l3 .app-docline__at").focus()
    page.keyboard.press("x")
    expect(word(page, 3)).to_contain_text("by you")
    expect(page.get_by_label("Short name")).to_have_value("Counters 26")
    assert_accessible(page)
    page.get_by_role("button", name="Keep these").click()
    expect(page.get_by_label("Short name")).to_have_count(0)
    assert DocumentDraft.objects.get().typed["short_name"] == "Counters 26"


def test_a_second_tab_is_told_and_its_mark_is_applied(browse, officer, bring_in):
    page = browse(officer)
    bring_in(page, MISREAD)
    other = page.context.new_page()
    other.goto(page.url)
    other.locator("#l3 .app-docline__at").focus()
    other.keyboard.press("x")
    expect(word(other, 3)).to_contain_text("by you")
    page.locator("#l2 .app-docline__at").focus()
    page.keyboard.press("n")
    expect(page.locator("[data-check-said]")).to_contain_text("in another tab")
    for place in (2, 3):
        expect(word(page, place)).to_contain_text("by you")


def test_one_that_asks_for_nothing_is_asked_about(browse, officer, bring_in, assert_accessible):
    page = browse(officer)
    bring_in(page, "\n\n".join(MISREAD.split("\n\n")[:3]))
    expect(page.get_by_text("No recommendation found")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="It has none: save").first.click()
    page.wait_for_url(re.compile(r"/inspections/\d+/$"))
    assert (Response.objects.count(), saved()) == (1, [])


@pytest.mark.soak
@pytest.mark.sqlite_alone
def test_three_hundred_pages_are_opened_and_marked(browse, officer, bring_in):
    page = browse(officer)
    paragraphs = (f"What was seen on day {day}, in place {place}." for day in range(300) for place in range(15))
    bring_in(page, MISREAD + "\n\n" + "\n\n".join(paragraphs))
    assert page.locator(".app-docline").count() < 300
    folds = page.get_by_role("link", name=re.compile("^Lines "))
    number = folds.count()
    folds.last.click()
    expect(folds).to_have_count(number - 1)
    last = page.locator(".app-docline").last
    last.locator(".app-docline__at").focus()
    page.keyboard.press("x")
    expect(last.locator(".app-docmark__word")).to_contain_text("by you")
