"""An export that comes back: what changed here since is asked about, chosen one by one or for all, and brought in."""

import datetime
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from recommendations.domain.inspections import inspections
from recommendations.models import SheetImport, TrackedRecommendation
from tests.conftest import make_inspection, make_many_tracked, make_tracked
from tests.views.hooks import flashes
from tests.views.imports.upload import answer, choose, errors, page_of, press, words
from tests.views.register.page import now

CONFLICTS = ".app-sheet__conflicts tbody tr"


@pytest.fixture
def rows(office, westmarch):
    """Three recommendations, each led by somebody."""
    inspection = make_inspection(westmarch, published_on=now().date() - datetime.timedelta(days=90), at=now())
    return [
        make_tracked(inspection, number=str(each), leads={"opcc_lead": "Joe Brandreth"}, at=now()) for each in (1, 2, 3)
    ]


def taken_out(client, **leads) -> bytes:
    """The register as it is taken out, with other OPCC leads typed into it (reference → name)."""
    book = load_workbook(io.BytesIO(client.get(reverse("export_register", args=["xlsx"]), {"show": "all"}).content))
    sheet, out = book["Register"], io.BytesIO()
    place = [cell.value for cell in sheet[1]].index("OPCC lead")
    for row in sheet.iter_rows(min_row=2):
        row[place].value = leads.get(row[0].value, row[place].value)
    book.save(out)
    return out.getvalue()


def lead(tracked, name: str, by) -> None:
    """Another lead, here, after the export."""
    tracked = TrackedRecommendation.objects.get(pk=tracked.pk)
    facts = {"opcc_lead": name, "reason": "A new lead."}
    inspections.edit_tracked(tracked=tracked, version=tracked.version, by=by, at=timezone.now(), **facts)


def check(client, content: bytes):
    return answer(client, choose(client, content, force=""))


def leads() -> list[str]:
    return list(TrackedRecommendation.objects.order_by("pk").values_list("opcc_lead", flat=True))


@pytest.fixture
def both_changed(office, rows, approver):
    """The page of a file in which two leads were changed that changed here too, and a third that did not."""
    file = taken_out(office, **{each.reference: f"Of the file {place}" for place, each in enumerate(rows, start=1)})
    for each in rows[:2]:
        lead(each, "Ann Rook", approver)
    return check(office, file)


def radios(page) -> list[tuple[str, bool]]:
    found = page_of(page).css(f"{CONFLICTS} input[type=radio]")
    return [(each.attributes["value"], "checked" in each.attributes) for each in found]


def held(page, number: int, side: str) -> dict[str, str]:
    """What is sent where one side is chosen in a row of the table."""
    row = page_of(page).css(CONFLICTS)[number]
    return {row.css_first("input[type=radio]").attributes["name"]: side}


def send(client, page, do: str, **sent):
    """Press a button with these radio buttons chosen."""
    form = page_of(page).css_first("main form[method=post]")
    fields = {each.attributes["name"]: each.attributes.get("value", "") for each in form.css("input[type=hidden]")}
    return client.post(form.attributes["action"], fields | sent | {"do": do}, follow=True)


def test_three_values_are_shown_and_nothing_is_chosen_yet(both_changed, approver):
    (first, second) = words(both_changed, CONFLICTS)
    assert first.startswith("WM-0001 OPCC leadRow 2 Joe Brandreth ")
    assert f"Ann Rook {approver.name}, " in first
    assert " Of the file 1 Which holds for OPCC lead of WM-0001?" in first
    assert second.startswith("WM-0002 OPCC leadRow 3 Joe Brandreth ")
    assert radios(both_changed) == [("here", False), ("file", False)] * 2
    assert words(both_changed, ".app-readsum button") == ["Bring in 1 changed"]
    assert both_changed.context["page"].undecided_count == 2
    assert errors(both_changed) == []


def test_what_nobody_chose_about_is_not_brought_in(office, both_changed):
    done = press(office, both_changed, "bring-in")
    assert words(done, ".app-flash") == ["Brought in from register.xlsx: 1 changed."]
    assert leads() == ["Ann Rook", "Ann Rook", "Of the file 3"]


def test_each_is_chosen_by_itself_and_comes_in_as_chosen(office, both_changed):
    chosen = send(office, both_changed, "choose", **held(both_changed, 1, "file"))
    assert words(chosen, ".app-readsum button") == ["Bring in 2 changed"]
    assert radios(chosen) == [("here", False), ("file", False), ("here", False), ("file", True)]
    send(office, chosen, "bring-in", **held(chosen, 1, "file"))
    assert leads() == ["Ann Rook", "Of the file 2", "Of the file 3"]


@pytest.mark.suite(1)
@pytest.mark.parametrize(
    ("button", "changed", "after"),
    [("all-here", 1, ["Ann Rook", "Ann Rook"]), ("all-file", 3, ["Of the file 1", "Of the file 2"])],
)
def test_one_button_chooses_for_all(office, both_changed, button, changed, after):
    chosen = send(office, both_changed, button)
    assert words(chosen, ".app-readsum button") == [f"Bring in {changed} changed"]
    send(office, chosen, "bring-in")
    assert leads() == [*after, "Of the file 3"]


@pytest.mark.soak
def test_choices_that_were_not_saved_are_saved_and_shown_before_anything_comes_in(office, both_changed):
    shown = send(office, both_changed, "bring-in", **held(both_changed, 0, "file"))
    assert SheetImport.objects.count() == 0
    assert flashes(shown) == ["info"]
    assert words(shown, ".app-readsum button") == ["Bring in 2 changed"]


@pytest.mark.soak
def test_where_all_that_changed_is_asked_about_nothing_would_change_until_it_is_chosen(office, rows, officer):
    file = taken_out(office, **{rows[0].reference: "Of the file"})
    lead(rows[0], "Ann Rook", officer)
    page = check(office, file)
    assert (page.context["page"].undecided_count, page.context["page"].is_done) == (1, False)
    assert words(page, ".app-readsum button") == []
    kept = send(office, page, "all-here")
    assert (kept.context["page"].undecided_count, kept.context["page"].is_done) == (0, True)


def test_what_changed_here_after_the_choice_is_asked_about_again(office, both_changed, rows, officer):
    chosen = send(office, both_changed, "all-file")
    lead(rows[0], "Di Lowe", officer)
    again = send(office, chosen, "bring-in")
    assert (SheetImport.objects.count(), leads()[0]) == (0, "Di Lowe")
    assert sum(checked for _, checked in radios(again)) == 1


@pytest.mark.soak
def test_many_are_shown_sixty_at_a_time_and_chosen_at_once(office, westmarch, officer):
    inspection = make_inspection(westmarch, published_on=now().date() - datetime.timedelta(days=90), at=now())
    rows = make_many_tracked(inspection, range(62), at=now())
    file = taken_out(office, **{each.reference: "Of the file" for each in rows})
    for each in rows:
        lead(each, "Ann Rook", officer)
    page = check(office, file)
    assert len(page_of(page).css(CONFLICTS)) == 60
    assert page.context["page"].more_conflicts == 2
    assert words(send(office, page, "all-file"), ".app-readsum button") == ["Bring in 62 changed"]


@pytest.mark.soak
def test_the_sheets_of_updates_and_actions_are_named_as_not_read(office, rows):
    chosen = choose(office, taken_out(office), force="")
    checked = answer(office, chosen)
    assert [[each.split("”")[0] for each in words(page, ".app-sheet__unread")] for page in (chosen, checked)] == [
        ["The sheet “Updates", "The sheet “Actions"],
        ["The sheet “Updates", "The sheet “Actions"],
    ]
    assert (checked.context["page"].is_done, checked.context["page"].plan.unchanged) == (True, 3)


@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [3, 1])
def test_the_page_costs_the_same_for_one_conflict_as_for_three(
    office, rows, officer, number, django_assert_num_queries
):
    file = taken_out(office, **{each.reference: "Of the file" for each in rows[:number]})
    for each in rows[:number]:
        lead(each, "Ann Rook", officer)
    page = check(office, file)
    with django_assert_num_queries(32):
        office.get(page.request["PATH_INFO"])
