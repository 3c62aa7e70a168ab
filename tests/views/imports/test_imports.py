"""What was brought in: the list, each with its rows as they were; undone as one act while nothing was built on it."""

import pytest
from django.urls import reverse

from recommendations.domain.register import voices
from recommendations.models import SheetImport, TrackedRecommendation, TrailEntry
from tests.conftest import AT
from tests.views.hooks import flashes, lacking, wrong
from tests.views.imports.upload import address, bring_in, check, page_of, press, row, rows, value, words

WHY = "Why it is undone"


@pytest.fixture
def brought_in(office):
    """The page of an import of three rows."""
    return bring_in(office, *rows(3))


def undo(client, answer, reason: str):
    return press(client, answer, "", **{WHY: reason})


def test_the_list_names_file_day_person_and_counts(office, brought_in):
    answer = office.get(reverse("sheet_imports"))
    done = SheetImport.objects.get()
    assert words(answer, "tbody th a") == ["register.xlsx"]
    shown = words(answer, "tbody td")
    assert shown[1:] == ["Hannah Whitlock", "3", "0", "0", "no"]
    assert page_of(answer).css_first("tbody a").attributes["href"] == done.get_absolute_url()


def test_an_empty_list_says_how_to_begin(office):
    answer = office.get(reverse("sheet_imports"))
    assert "No spreadsheet was brought in yet" in answer.content.decode()
    assert page_of(answer).css("table") == []


def test_each_row_is_shown_as_it_was_with_what_became_of_it(office, brought_in):
    assert words(brought_in, ".app-sheet__rows tbody td:first-child") == ["row 2", "row 3", "row 4"]
    assert words(brought_in, ".app-sheet__rows tbody th") == ["OP-1", "OP-2", "OP-3"]
    first = page_of(brought_in).css_first(".app-sheet__rows tbody dl")
    assert first.css_first("dt").text() == "Ref"
    bring_in(office, row(1), row(2, **{"exec lead": "DCC Nair"}))
    latest = SheetImport.objects.first()
    assert words(office.get(latest.get_absolute_url()), ".app-counts a") == [
        "2 rows",
        "0 new",
        "1 changed",
        "1 unchanged",
    ]
    shown = office.get(latest.get_absolute_url(), {"show": "changed"})
    assert words(shown, ".app-sheet__rows tbody th") == ["OP-2"]


def test_undone_as_one_act_with_a_reason(office, officer, brought_in):
    answer = undo(office, brought_in, "")
    assert wrong(answer) == ["reason"]
    answer = undo(office, answer, "The wrong file.")
    done = SheetImport.objects.get()
    assert address(answer) == done.get_absolute_url()
    told = words(answer, ".app-flash")
    assert ("register.xlsx" in told[0], told[1].endswith(": The wrong file.")) == (True, True)
    assert (done.undone_by, done.undone_why) == (officer, "The wrong file.")
    assert TrackedRecommendation.objects.filter(withdrawn_at__isnull=True).count() == 0
    assert TrailEntry.objects.filter(verb="undo_sheet_import").count() == 1
    assert page_of(answer).css("textarea") == []
    assert words(office.get(reverse("sheet_imports")), "tbody td")[-1].endswith(", Hannah Whitlock")
    assert words(check(office, *rows(3)), ".app-readsum button") == ["Bring in 3 new"]


def test_undone_twice_is_done_once(office, brought_in):
    undo(office, brought_in, "The wrong file.")
    again = undo(office, brought_in, "The wrong file.")
    assert flashes(again)[0] == "info"
    other = office.post(reverse("undo_sheet_import", args=[SheetImport.objects.get().pk]), {"reason": "Again."})
    assert wrong(other) == [""]
    assert TrailEntry.objects.filter(verb="undo_sheet_import").count() == 1


def test_what_was_built_on_stays_and_the_reason_is_not_lost(office, officer, brought_in):
    tracked = TrackedRecommendation.objects.get(reference="OP-2")
    later = SheetImport.objects.get().recorded_at
    voices.record_assurance(tracked=tracked, view="assured", rationale="Seen.", by=officer, at=later)
    answer = undo(office, brought_in, "The wrong file.")
    assert (len(wrong(answer)), lacking(answer, ".govuk-error-summary", "Row 3: ", "assurance")) == (1, [])
    assert value(answer, WHY) == "The wrong file."
    assert SheetImport.objects.get().undone_at is None


def test_to_look_at_the_address_of_undoing_undoes_nothing(office, brought_in):
    done = SheetImport.objects.get()
    answer = office.get(reverse("undo_sheet_import", args=[done.pk]))
    assert (answer.status_code, answer.url) == (302, done.get_absolute_url())
    assert SheetImport.objects.get().undone_at is None


@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [3, 1, 30])
def test_the_page_costs_the_same_for_one_row_as_for_thirty(office, number, django_assert_num_queries):
    where = address(bring_in(office, *rows(number)))
    office.get(where)
    with django_assert_num_queries(9):
        office.get(where)


@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [3, 1])
def test_the_list_costs_the_same_for_one_import_as_for_three(office, number, django_assert_num_queries):
    for each in range(1, number + 1):
        bring_in(office, row(each))
    office.get(reverse("sheet_imports"))
    with django_assert_num_queries(7):
        office.get(reverse("sheet_imports"))
    assert SheetImport.objects.filter(recorded_at__gt=AT).count() == number
