"""A column with an unheard-of name is asked about once, and known the second time; administrators retire a layout."""

import pytest
from django.urls import reverse

from recommendations.domain.imports.layouts import retire_layout
from recommendations.models import SheetDraft, SheetImport, SheetMapping, TrackedRecommendation, TrailEntry
from recommendations.periods import london_day
from tests.conftest import AT
from tests.makers.spreadsheet_file import book_file
from tests.views.hooks import flashes, number_of, wrong
from tests.views.imports.upload import DAY, HEADINGS, address, book, choose, errors, page_of, press, row, value, words

ODD = (*HEADINGS[:-1], "State of play", "Where next", "Target")
REGISTERS = "section[aria-labelledby=registers] "
DONE, NEXT = "The policy is out, and everyone has read it.", "A leaflet is written by the summer of next year."


def odd(number: int = 1, target: str = "30/9/2026") -> tuple:
    return (*row(number)[:-1], f"{DONE} {number}", f"{NEXT} {number}", target)


def chosen(office, *lines, headings=ODD, name="register.xlsx"):
    return choose(office, book(*(lines or [odd(1), odd(2)]), headings=headings), name=name)


def look_at(answer) -> dict[str, list[str]]:
    """Heading → cells shown, of the columns to look at."""
    rows = page_of(answer).css("section[aria-labelledby^=look-] tbody tr")
    return {
        " ".join(each.css_first("label").text().split()): [
            " ".join(cell.text().split()) for cell in each.css(".app-sheet__sample")
        ]
        for each in rows
    }


def page(answer):
    """What the page of columns shows."""
    return answer.context["page"]


def brought_in(office, *lines):
    """All the way, with “State of play” as the update."""
    said = {"State of play": "update", "Where next": "left-out"}
    answer = press(office, chosen(office, *lines), "check", **said)
    answer = press(office, answer, "check", **{DAY: "1/11/2026"}) if words(answer, "#words") else answer
    return press(office, answer, "bring-in")


def test_an_unheard_of_column_is_asked_about_with_its_cells_and_nothing_comes_in_before(office, body):
    answer = chosen(office, odd(1), odd(2), odd(3), odd(4))
    assert look_at(answer) == {
        "State of play": [f"{DONE} {number}" for number in (1, 2, 3)],
        "Where next": [f"{NEXT} {number}" for number in (1, 2, 3)],
    }
    answer = press(office, answer, "check")
    assert [(each, heading in each) for each, heading in zip(errors(answer), ODD[7:9], strict=True)] == [
        (each, True) for each in errors(answer)
    ]
    assert wrong(answer) == ["column-0-7", "column-0-8"]
    check = office.get(reverse("check_sheet", args=[SheetDraft.objects.get().token]))
    assert page(check).unanswered == 2
    press(office, check, "bring-in")
    assert SheetImport.objects.count() == 0


def test_it_is_known_the_second_time(office, body):
    brought_in(office)
    update = TrackedRecommendation.objects.get(reference="OP-1").updates.get()
    assert update.done == f"{DONE} 1"
    answer = chosen(office, odd(1), odd(2), odd(3), name="next.xlsx")
    layout = page(answer).layout
    assert (page(answer).read_on, layout["file"]) == (
        london_day(SheetMapping.objects.get().recorded_at),
        "register.xlsx",
    )
    assert (look_at(answer), value(answer, "State of play"), value(answer, "Where next")) == (
        {},
        "update",
        "left-out",
    )
    assert number_of(answer, "details.app-sheet__columns[open]") == 0


def test_one_press_reads_it_afresh(office, body):
    brought_in(office)
    answer = press(office, chosen(office), "afresh")
    assert not page(answer).is_kept
    assert (list(look_at(answer)), value(answer, "State of play")) == (["State of play", "Where next"], "")
    assert SheetMapping.objects.in_use().count() == 1


def test_a_new_column_of_a_known_layout_is_shown_and_the_others_stay(office, body):
    brought_in(office)
    headings = (*ODD, "Mood")
    answer = chosen(office, (*odd(1), "Fine"), (*odd(2), "Low"), headings=headings)
    assert (look_at(answer), value(answer, "State of play")) == ({"Mood": ["Fine", "Low"]}, "update")
    assert page(answer).to_look_at == 1


def test_one_press_leaves_out_what_has_no_answer(office, body):
    answer = press(office, chosen(office), "no-columns", **{"State of play": "update"})
    assert look_at(answer) == {}
    assert (value(answer, "State of play"), value(answer, "Where next")) == ("update", "left-out")


def test_words_for_days_are_asked_about_once_and_one_press_says_that_none_is_a_day(office, body):
    lines = [odd(1, "Immediate"), odd(2, "Immediate"), odd(3, "When funded"), odd(4), odd(5), odd(6)]
    answer = press(office, chosen(office, *lines), "read", **{"State of play": "update", "Where next": "left-out"})
    asked = words(answer, "section[aria-labelledby=words] tbody th label")
    assert asked == ["Immediate", "When funded", DAY]
    assert (value(answer, "Immediate"), value(answer, "When funded")) == ("none", "")
    answer = press(office, answer, "check", **{DAY: "1/11/2026", "When funded": "someday"})
    assert ["“someday”" in each for each in errors(answer)] == [True]
    answer = press(office, answer, "no-days:target_on", **{"Immediate": "", "When funded": ""})
    assert (value(answer, "Immediate"), value(answer, "When funded")) == ("none", "none")
    press(office, press(office, answer, "check"), "bring-in")
    assert SheetMapping.objects.get().answers["corrections"] == {"target_on": {"immediate": "", "when funded": ""}}
    again = chosen(office, *lines)
    assert page(again).unanswered == 1  # the day of this file's entries


def test_an_administrator_sees_what_is_kept_and_retires_it(office, body, officer, sign_in, administrator):
    brought_in(office)
    layout = SheetMapping.objects.get()
    answer = sign_in(administrator).get(reverse("layouts"))
    assert words(answer, REGISTERS + "tbody th") == ["register.xlsx"]
    cells = words(answer, REGISTERS + "tbody td")
    assert cells[0] == body.name
    assert list(zip(words(answer, "td dt"), words(answer, "td dd"), strict=True))[-3:] == [
        ("state of play", "Latest update"),
        ("where next", "left out"),
        ("target", "Target"),
    ]
    assert (cells[1].startswith("10 columns"), officer.name in cells[2]) == (True, True)
    assert DONE not in answer.content.decode()
    client = sign_in(administrator)
    answer = press(client, client.get(reverse("layouts")), "")
    assert address(answer) == reverse("layouts")
    shown = number_of(answer, REGISTERS + ".app-empty"), number_of(answer, "tbody")
    assert (flashes(answer), shown) == (["success"], (1, 0))
    assert TrailEntry.objects.filter(verb="retire_register_layout", by=administrator).count() == 1
    assert SheetMapping.objects.get().retired_at
    assert not page(chosen(sign_in(officer))).is_kept
    assert layout == SheetMapping.objects.get()


def test_a_layout_that_someone_else_retired_says_so(office, body, sign_in, administrator):
    brought_in(office)
    client = sign_in(administrator)
    shown = client.get(reverse("layouts"))
    retire_layout(layout=SheetMapping.objects.get(), by=None, at=AT)
    assert flashes(press(client, shown, "")) == ["error"]


def test_an_officer_neither_sees_nor_retires_layouts(office, body):
    brought_in(office)
    assert office.get(reverse("layouts")).status_code == 403
    answer = office.post(reverse("retire_register_layout", args=[SheetMapping.objects.get().pk]))
    assert (answer.status_code, SheetMapping.objects.get().retired_at) == (403, None)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_layout_as_for_three(
    office, body, sign_in, administrator, number, django_assert_num_queries
):
    for each in range(number):
        headings = (*HEADINGS[:-1], *(f"{letter} {chr(97 + each)}" for letter in "wxyz"))
        names = dict.fromkeys(headings[7:], "left-out")
        answer = chosen(office, (*row(each)[:-1], "Is", "It", "So", "Odd"), headings=headings)
        press(office, press(office, answer, "check", **names), "bring-in")
    assert SheetMapping.objects.in_use().count() == number
    client = sign_in(administrator)
    with django_assert_num_queries(11):
        assert client.get(reverse("layouts")).status_code == 200


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_of_columns_costs_the_same_for_one_row_as_for_thirty(office, body, number, django_assert_num_queries):
    brought_in(office)
    answer = chosen(office, *(odd(each) for each in range(1, number + 1)))
    with django_assert_num_queries(11):
        assert office.get(address(answer)).status_code == 200


def test_a_sheet_that_is_left_out_is_not_asked_about(office, body):
    content = book_file({"Register": [ODD, odd(1), odd(2)], "Contacts": [("Who", "Where"), ("Insp Rook", "Eastgate")]})
    answer = choose(office, content)
    assert value(answer, "Sheet “Contacts”") == "left-out"
    assert list(look_at(answer)) == ["State of play", "Where next"]
    answer = press(office, answer, "check", **{"State of play": "update", "Where next": "left-out"})
    assert wrong(answer) == [each for each in wrong(answer) if each.startswith("q-")]


def hide_old(sheet) -> None:
    sheet.sheet_state = "hidden" if sheet.title == "Old" else "visible"


def test_a_hidden_sheet_that_is_brought_in_is_asked_about_too(office, body):
    content = book_file({"Shown": [HEADINGS, row(9)], "Old": [ODD, odd(1), odd(2)]}, change=hide_old)
    answer = choose(office, content)
    assert (value(answer, "Sheet “Old”"), look_at(answer)) == ("left-out", {})
    answer = press(office, answer, "read", **{"Sheet “Old”": "westmarch"})
    assert list(look_at(answer)) == ["State of play", "Where next"]
