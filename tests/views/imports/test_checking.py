"""What each row would do: corrected, left out, taken back; brought in once; shown again where it changed meanwhile."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from recommendations.domain.imports.drafts import KEPT
from recommendations.domain.inspections import inspections
from recommendations.models import SheetDraft, SheetImport, SheetRow, TrackedRecommendation, TrailEntry
from tests.conftest import AT
from tests.makers.sources import follow, from_iopc
from tests.views.form_of import fields_among
from tests.views.hooks import flashes, number_of, wrong
from tests.views.imports.upload import (
    address,
    book,
    bring_in,
    check,
    choose,
    page_of,
    press,
    row,
    rows,
    value,
    words,
)

WRONG = "31/6/2026"
SHOULD_SAY = f"What Deadline should say instead of {WRONG}"
LEAVE_EMPTY = "Leave it empty: Deadline"


def counts(answer) -> list[str]:
    return words(answer, ".app-counts a")


def outcomes(answer) -> list[str]:
    return words(answer, ".app-sheet__rows td:last-child")


def summary(answer) -> str:
    return words(answer, ".app-readsum p")[0]


def test_each_row_says_what_it_would_do_and_nothing_is_saved(office):
    answer = check(office, *rows(2))
    assert counts(answer) == [
        "2 recommendations",
        "2 new",
        "0 changed",
        "0 unchanged",
        "0 with problems",
        "0 left out",
    ]
    assert outcomes(answer)[0] == (
        "New 8 cells, 1 update HMICFRS deadline 30 June 2026 Inspection Custody in Westmarch: an unannounced visit "
        "Kind Recommendation Number 1 Recommendation The force should write down 1. Reference OP-1 "
        "Chief officer lead ACC Rowe Stage from Awaiting allocation to In progress"
    )
    assert words(answer, ".app-readsum button") == ["Bring in 2 new"]
    assert (TrackedRecommendation.objects.count(), SheetImport.objects.count()) == (0, 0)


def test_it_comes_in_whole_and_leads_to_what_it_did(office, officer):
    answer = bring_in(office, *rows(2))
    done = SheetImport.objects.get()
    assert address(answer) == done.get_absolute_url()
    assert words(answer, ".app-flash") == ["Brought in from register.xlsx: 2 new."]
    assert (done.created, done.changed, done.unchanged, done.recorded_by) == (2, 0, 0, officer)
    assert TrailEntry.objects.filter(verb="bring_in_sheet", by=officer).count() == 1
    assert set(TrackedRecommendation.objects.values_list("reference", flat=True)) == {"OP-1", "OP-2"}


def test_a_changed_row_says_from_what_to_what_and_the_same_again_nothing(office):
    bring_in(office, *rows(2))
    answer = check(office, row(1), row(2, **{"exec lead": "DCC Nair"}))
    assert outcomes(answer) == ["Unchanged", "Changed Chief officer lead from ACC Rowe to DCC Nair"]
    assert words(answer, ".app-readsum button") == ["Bring in 1 changed"]
    answer = check(office, *rows(2))
    assert "2 recommendations" in summary(answer)
    assert words(answer, ".app-readsum button") == []


def test_what_cannot_be_read_is_named_corrected_and_taken_back(office):
    answer = check(office, row(1), row(2, deadline=WRONG))
    assert summary(answer).startswith("Fix 1 problem ")
    assert words(answer, ".app-sheet__troubles tbody td")[0] == f"{WRONG} 31 June 2026 does not exist."
    assert words(answer, ".app-sheet__problem") == [f"Deadline {WRONG}: 31 June 2026 does not exist."]
    answer = press(office, answer, "fix", **{SHOULD_SAY: "31/9/2026"})
    assert words(answer, ".app-sheet__troubles tbody td")[0] == f"{WRONG} 31 September 2026 does not exist."
    assert value(answer, SHOULD_SAY) == "31/9/2026"
    answer = press(office, answer, "fix", **{SHOULD_SAY: "30/9/2026"})
    assert words(answer, ".app-readsum button") == ["Bring in 2 new"]
    assert words(answer, ".app-sheet__corrections li span") == [
        f"HMICFRS deadline: {WRONG} is read as 30/9/2026",
        f"the correction of {WRONG}",
    ]
    take_back = page_of(answer).css_first(".app-sheet__corrections button").attributes["value"]
    answer = press(office, answer, take_back)
    assert counts(answer)[4] == "1 with problems"


@pytest.mark.soak
def test_a_cell_is_left_empty(office):
    answer = press(office, check(office, row(1), row(2, deadline=WRONG)), "fix", **{LEAVE_EMPTY: "on"})
    assert words(answer, ".app-sheet__corrections li span")[0] == f"HMICFRS deadline: {WRONG} is left out"
    press(office, answer, "bring-in")
    assert TrackedRecommendation.objects.get(reference="OP-2").deadline_on is None


def test_a_correction_is_kept_when_the_session_ends(office, officer):
    answer = check(office, row(1), row(2, deadline=WRONG))
    office.logout()
    kept = press(office, answer, "fix", **{SHOULD_SAY: "30/9/2026"})
    assert kept.redirect_chain[-1][0].endswith("?next=/kept/")
    office.force_login(officer)
    kept = office.get(reverse("kept"))
    assert list(zip(words(kept, ".app-kept dt"), words(kept, ".app-kept dd"), strict=True)) == [
        ("Correction", "30/9/2026")
    ]
    form = page_of(kept).css_first("main form")
    answer = office.post(form.attributes["action"], fields_among(form.css("[name]")), follow=True)
    assert counts(answer)[1:5] == ["2 new", "0 changed", "0 unchanged", "0 with problems"]


@pytest.mark.soak
def test_what_is_right_in_another_row_is_not_corrected_there_too(office):
    """A reference that stands twice is right where it stands first; a day can be too early for one report alone."""
    later = {"report": "Vetting in Westmarch", "published": "1/8/2026"}
    answer = check(office, row(1), row(2), row(1, **{"rec no": "3"}), row(4, **later))
    assert words(answer, ".app-sheet__troubles tbody th") == ["row 4Ref", "row 5Deadline"]
    assert [words(answer, f".app-sheet__troubles {each}") for each in ("input[type=text]", "input[name^=fix]")] == [
        [],
        [],
    ]
    press(office, answer, "bring-in")
    assert SheetImport.objects.count() == 0
    answer = press(office, answer, "fix", **{"Leave this row out: Ref": "on", "Leave this row out: Deadline": "on"})
    assert words(press(office, answer, "bring-in"), ".app-flash") == ["Brought in from register.xlsx: 2 new."]


@pytest.mark.soak
def test_a_row_about_which_nothing_can_be_corrected_is_left_out(office):
    answer = check(office, row(1), row(2, ref="", **{"rec no": "", "recommendation": ""}))
    boxes = [box.attributes["type"] for box in page_of(answer).css(".app-sheet__troubles tbody input")]
    assert boxes == ["checkbox"]
    answer = press(office, answer, "fix", **{"Leave this row out": "on"})
    assert counts(answer)[0] == "1 recommendations"
    assert words(answer, ".app-sheet__corrections li span")[0] == "The whole row: row 3 is left out"
    assert words(press(office, answer, "bring-in"), ".app-flash") == ["Brought in from register.xlsx: 1 new."]


def test_each_count_leads_to_exactly_its_rows(office):
    bring_in(office, *rows(1))
    answer = check(office, row(1), row(2), row(3, deadline=WRONG), (), ("Key: red is late",))
    found = {}
    for link in page_of(answer).css(".app-counts a"):
        shown = office.get(link.attributes["href"].partition("#")[0])
        found[" ".join(link.text().split())] = words(shown, "section[aria-labelledby=rows] th[scope=row]")
    assert found == {
        "3 recommendations": ["OP-1rec 1", "OP-2rec 2", "OP-3rec 3"],
        "1 new": ["OP-2rec 2"],
        "0 changed": [],
        "1 unchanged": ["OP-1rec 1"],
        "1 with problems": ["OP-3rec 3"],
        "1 left out": ["Register, row 6"],
    }


def test_what_changed_after_it_was_shown_is_shown_again(office, officer):
    bring_in(office, *rows(2))
    answer = check(office, row(1), row(2, **{"exec lead": "DCC Nair"}))
    other = TrackedRecommendation.objects.get(reference="OP-2")
    facts = {"chief_officer_lead": "ACC Tait", "reason": "A new lead."}
    inspections.edit_tracked(tracked=other, version=other.version, by=officer, at=timezone.now(), **facts)
    again = press(office, answer, "bring-in")
    assert wrong(again) == [""]
    assert outcomes(again) == ["Unchanged", "Changed Chief officer lead from ACC Tait to DCC Nair"]
    other.refresh_from_db()
    assert (other.chief_officer_lead, SheetImport.objects.count()) == ("ACC Tait", 1)
    assert words(press(office, again, "bring-in"), ".app-flash") == ["Brought in from register.xlsx: 1 changed."]


def test_a_double_click_has_one_effect_and_leads_to_the_same_page(office):
    answer = check(office, *rows(2))
    first, second = press(office, answer, "bring-in"), press(office, answer, "bring-in")
    assert address(second) == address(first) == SheetImport.objects.get().get_absolute_url()
    assert flashes(second) == ["info"]
    assert SheetRow.objects.count() == 2


@pytest.mark.soak
def test_progress_is_told_to_whoever_brings_it_in(office, sign_in, approver):
    check(office, *rows(3))
    where = reverse("sheet_progress", args=[SheetDraft.objects.get().token])
    assert office.get(where).json() == {"done": 0, "total": 0}
    bring_in(office, *rows(3))
    where = reverse("sheet_progress", args=[SheetDraft.objects.latest("at").token])
    assert office.get(where).json() == {"done": 3, "total": 3}
    answer = sign_in(approver).get(where)
    assert (answer.status_code, answer.json()) == (404, {})


def addresses(token: str) -> list[str]:
    return [reverse("sheet_columns", args=[token]), reverse("check_sheet", args=[token])]


def test_a_draft_is_lost_to_everybody_else_and_after_a_day(office, sign_in, approver):
    choose(office, book(row(recommendation="zqdraft")))
    draft = SheetDraft.objects.get()
    other = sign_in(approver)
    for where in addresses(draft.token):
        for answer in (other.get(where), other.post(where, {"do": "bring-in"})):
            assert (answer.status_code, number_of(answer, "main form")) == (404, 0)
            assert "zqdraft" not in answer.content.decode()
    office = sign_in(draft.by)
    assert [office.get(where).status_code for where in addresses(draft.token)] == [200, 200]
    draft.at -= KEPT + datetime.timedelta(minutes=1)
    draft.save(update_fields=["at"])
    assert [office.get(where).status_code for where in addresses(draft.token)] == [404, 404]
    assert [office.get(where).status_code for where in addresses("never-was")] == [404, 404]


def test_a_press_after_it_was_lost_brings_nothing_in(office):
    answer = check(office, *rows(2))
    draft = SheetDraft.objects.get()
    draft.at = AT
    draft.save(update_fields=["at"])
    assert press(office, answer, "bring-in").status_code == 404
    assert SheetImport.objects.count() == 0


@pytest.mark.soak
def test_a_hundred_rows_a_page(office):
    answer = check(office, *rows(120))
    assert (len(outcomes(answer)), counts(answer)[1]) == (100, "120 new")
    second = office.get(address(answer), {"page": 2, "show": "created"})
    assert words(second, ".app-sheet__rows th[scope=row]")[0] == "OP-101rec 101"
    assert "?show=created&amp;page=1" in second.content.decode()


@pytest.mark.suite(0)
@pytest.mark.parametrize("number", [3, 1, 30])
def test_the_page_costs_the_same_for_one_row_as_for_thirty(office, number, django_assert_num_queries):
    answer = check(office, *rows(number))
    with django_assert_num_queries(23):
        assert office.get(address(answer)).status_code == 200


def test_a_row_from_a_death_says_that_no_person_is_named_and_its_draft_does_not_stay(office, westmarch):
    follow("coroner")
    from_iopc(westmarch, source="coroner", basis="coroner")
    of_death = {"report": "Searches of children", "published": "20/1/2026", "recommendation": "Open Bramley Lodge."}
    answer = check(office, row(1, **of_death))
    assert words(answer, ".app-sheet__troubles tbody td")[0].startswith("Open Bramley Lodge. “Open Bramley")
    (same,) = page_of(answer).css(".app-sheet__fix [name^=same-]")
    answer = press(office, answer, "fix", **{" ".join(same.parent.text().split()): "on"})
    assert words(answer, ".app-readsum button") == ["Bring in 1 new"]
    press(office, answer, "bring-in")
    assert (TrackedRecommendation.objects.count(), SheetDraft.objects.count()) == (1, 0)
