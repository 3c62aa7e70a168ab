"""A round's sheet by page: taken out, filled in, brought back; drafts for the force, answers for the office."""

import datetime

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from recommendations.domain.register import voices
from recommendations.domain.register.voices import PAST_FORECAST
from recommendations.domain.rounds import rounds
from recommendations.domain.rounds.drafts import save_drafts
from recommendations.domain.rounds.sheets import HEADINGS
from recommendations.enums import Role
from recommendations.models import RoundAnswer, RoundDraft, TrailEntry
from recommendations.periods import say
from tests.conftest import AT, PUBLISHED, make_inspection, make_person, make_tracked
from tests.makers.rounds import answered, make_round, typed
from tests.per_module import per_module
from tests.views.hooks import flashes, lacking, number_of, wrong
from tests.views.rounds.sheets import bring_in, downloaded, fill, outcomes, page_of, send, upload, words


@per_module
def asked(body, westmarch, officer):
    return make_round(westmarch, by=officer, due_on=datetime.date(2099, 1, 5))


@pytest.fixture
def lead(sign_in, force_lead):
    return sign_in(force_lead)


def counts(page) -> list[str]:
    return words(page, ".app-counts a")


def test_the_force_brings_its_sheet_back_as_drafts(lead, asked):
    first, second, third = asked.lines.all()
    book = downloaded(lead, asked)
    fill(book, 1, done="291 of 340 renewed.", forecast=datetime.date(2027, 1, 31), said_by="T/ACC Hale")
    fill(book, 2, no_change="yes")
    answer = upload(lead, asked, book)
    page = page_of(answer)
    assert outcomes(page) == [
        (first.tracked.reference, "New"),
        (second.tracked.reference, "New"),
        (third.tracked.reference, "Empty"),
    ]
    assert counts(page) == ["3 rows", "2 new", "1 empty"]
    assert RoundDraft.objects.count() == 0
    done = bring_in(lead, answer)
    facts = ("2 answers", "drafts", "Westmarch Police")
    assert (flashes(done), lacking(done, ".app-flash", *facts)) == (["success"], [])
    assert list(
        RoundDraft.objects.order_by("line").values_list("line", "done", "no_change", "forecast", "said_by")
    ) == [
        (first.pk, "291 of 340 renewed.", False, "31 January 2027", "T/ACC Hale"),
        (second.pk, "", True, "", ""),
    ]
    assert RoundAnswer.objects.count() == 0


@pytest.mark.soak
def test_the_same_sheet_again_brings_nothing_new(lead, asked):
    book = fill(downloaded(lead, asked), 1, done="Seen to.")
    bring_in(lead, upload(lead, asked, book))
    page = page_of(upload(lead, asked, book))
    assert counts(page) == ["3 rows", "1 unchanged", "2 empty"]
    assert page.css("main form button") == []


def test_a_newer_draft_stays_unless_somebody_says_so(lead, sign_in, asked, westmarch):
    line = asked.lines.first()
    book = fill(downloaded(lead, asked), 1, done="From the sheet.")
    colleague = make_person("Dana Fox", Role.FORCE_INSPECTION_LEAD, westmarch)
    save_drafts(round=asked, typed=[typed(line, done="Written meanwhile.")], by=colleague, at=AT)
    answer = upload(lead, asked, fill(book, 2, done="Second."))
    page = page_of(answer)
    assert outcomes(page)[0] == (line.tracked.reference, "With a newer draft")
    row = page.css_first("tbody tr").text()
    assert "From the sheet." in row
    assert "Written meanwhile." in row
    bring_in(lead, answer)
    assert set(RoundDraft.objects.values_list("done", flat=True)) == {"Written meanwhile.", "Second."}
    answer = upload(lead, asked, book)
    bring_in(lead, answer, use=line.pk)
    assert RoundDraft.objects.get(line=line).done == "From the sheet."


@pytest.mark.soak
def test_a_draft_that_went_out_in_the_sheet_is_changed_by_it(lead, asked, force_lead):
    line = asked.lines.first()
    values = {"done": "First words.", "ready": True, "agreed_by": "DCC Nair"}
    save_drafts(round=asked, typed=[typed(line, **values)], by=force_lead, at=AT)
    answer = upload(lead, asked, fill(downloaded(lead, asked), 1, done="Better words."))
    assert outcomes(page_of(answer))[0] == (line.tracked.reference, "New")
    bring_in(lead, answer)
    draft = RoundDraft.objects.get()
    assert (draft.done, draft.ready, draft.agreed_by) == ("Better words.", False, "")


def test_rows_that_were_added_or_taken_away_are_listed(lead, asked, eastvale):
    foreign = make_round(eastvale, lines=1, title="Vetting").lines.get()
    first, second, third = (line.tracked.reference for line in asked.lines.all())
    book = downloaded(lead, asked)
    book.active.delete_rows(4)
    book.active.append(["XX-1", *[None] * 8, "An extra one."])
    book.active.append([foreign.tracked.reference, *[None] * 8, "Another force's."])
    book.active.append([first, *[None] * 8, "Twice."])
    fill(book, 1, done="Seen to.")
    page = page_of(upload(lead, asked, book))
    assert outcomes(page) == [
        (first, "New"),
        (third, "Empty"),
        ("XX-1", "Not of this round"),
        (foreign.tracked.reference, "Not of this round"),
        (first, "With a problem"),
    ]
    assert (number_of(page, ".app-inside"), lacking(page, ".app-inside", "1 line", second)) == (1, [])
    assert number_of(page, ".app-sheet__troubles li") == 1
    assert lacking(page, ".app-sheet__troubles li", f"Row 7, {first}:", "row 3") == []


def test_what_is_wrong_is_named_by_row_and_column(lead, sign_in, asked, officer):
    book = fill(downloaded(lead, asked), 1, done="Seen to.", forecast="31/2/2027")
    fill(book, 2, done="Seen to.", no_change="yes")
    first, second, third = (line.tracked.reference for line in asked.lines.all())
    answer = upload(lead, asked, book)
    wrong = words(page_of(answer), ".app-sheet__troubles li")
    starts = (f"Row 3, {first}: Forecast: 31 February 2027", f"Row 4, {second}: No change (yes): ")
    assert [told.startswith(start) for told, start in zip(wrong, starts, strict=True)] == [True, True]
    bring_in(lead, answer)  # a draft keeps what was typed, and is named on its line
    assert list(RoundDraft.objects.order_by("line").values_list("forecast", "no_change")) == [
        ("31/2/2027", False),
        ("", True),
    ]
    office = sign_in(officer)
    answer = upload(office, asked, fill(book, 3, done="Third."))
    page = page_of(answer)
    assert words(page, ".app-sheet__troubles li") == wrong
    assert outcomes(page) == [(first, "With a problem"), (second, "With a problem"), (third, "New")]
    bring_in(office, answer)
    assert list(RoundAnswer.objects.values_list("line__tracked__reference", flat=True)) == [third]


def test_a_new_forecast_that_is_past_is_named_and_one_that_stood_goes_on(lead, sign_in, asked, force_lead, officer):
    first, second, _ = (line.tracked for line in asked.lines.all())
    day = localdate() - datetime.timedelta(days=1)
    stood = datetime.date(2026, 2, 1)
    voices.log_force_update(
        tracked=second, done="Begun.", effective_on=PUBLISHED, forecast_on=stood, by=force_lead, at=AT
    )
    book = fill(fill(downloaded(lead, asked), 1, done="Seen to.", forecast=day), 2, done="Half done.")
    told = [f"Row 3, {first}: Forecast: {PAST_FORECAST}"]
    answer = upload(lead, asked, book)
    assert words(page_of(answer), ".app-sheet__troubles li") == told
    bring_in(lead, answer)
    drafts = RoundDraft.objects.order_by("line").values_list("done", "forecast")
    assert list(drafts) == [("Seen to.", say(day)), ("Half done.", "1 February 2026")]
    page = page_of(lead.get(asked.get_absolute_url()))
    assert words(page, "[id$=-forecast_error]") == [f"Error: {PAST_FORECAST}"]
    office = sign_in(officer)
    answer = upload(office, asked, book)
    assert words(page_of(answer), ".app-sheet__troubles li") == told
    bring_in(office, answer)
    assert list(RoundAnswer.objects.values_list("done", "forecast_on")) == [("Half done.", stood)]


def test_the_office_brings_in_answers_for_those_without_an_account(sign_in, asked, officer):
    office, line = sign_in(officer), asked.lines.first()
    values = {"done": "Seen to.", "said_by": "DCC Nair", "closure_outcome": "Implemented", "closure_reason": "Done."}
    answer = upload(office, asked, fill(downloaded(office, asked), 1, **values))
    done = bring_in(office, answer)
    assert lacking(done, ".app-flash--success", "1 answer") == []
    given = RoundAnswer.objects.get()
    assert (given.line, given.done, given.said_by, given.source) == (
        line,
        "Seen to.",
        "DCC Nair",
        "from Westmarch.xlsx",
    )
    assert (given.closure_outcome, given.released_by) == ("implemented", officer)
    assert list(TrailEntry.objects.filter(verb="bring_in_answers").values_list("by_name", flat=True)) == [officer.name]


def test_a_returned_answer_does_not_come_in_unchanged(sign_in, asked, officer, force_lead):
    line = asked.lines.first()
    first = answered(line, force_lead, done="Seen to.")
    rounds.return_answer(answer=first, question="How many?", by=officer, at=AT)
    office = sign_in(officer)
    answer = upload(office, asked, fill(downloaded(office, asked), 1, done="Seen to."))
    assert outcomes(page_of(answer))[0][1] == "With a problem"
    answer = upload(office, asked, fill(downloaded(office, asked), 1, done="Twelve seen to."))
    bring_in(office, answer)
    assert RoundAnswer.objects.get(state="released").done == "Twelve seen to."


def test_what_was_answered_meanwhile_stays_out(lead, asked, force_lead):
    line = asked.lines.first()
    book = fill(downloaded(lead, asked), 1, done="From the sheet.")
    answered(line, force_lead, done="Released by hand.")
    page = page_of(upload(lead, asked, book))
    assert words(page, ".app-sheet__troubles li") == [f"Row 3, {line.tracked}: Its answer was released already."]
    assert page.css("main form button") == []


def test_what_changed_after_it_was_shown_is_shown_again(lead, asked, force_lead):
    line = asked.lines.first()
    answer = upload(lead, asked, fill(downloaded(lead, asked), 1, done="From the sheet."))
    save_drafts(round=asked, typed=[typed(line, done="Written meanwhile.")], by=force_lead, at=AT)
    again = bring_in(lead, answer)
    assert wrong(again) == [""]
    assert outcomes(page_of(again))[0][1] == "With a newer draft"
    assert RoundDraft.objects.get().done == "Written meanwhile."


def test_a_double_click_has_one_effect(sign_in, asked, officer):
    office = sign_in(officer)
    answer = upload(office, asked, fill(downloaded(office, asked), 1, done="Seen to."))
    for _ in range(2):
        assert bring_in(office, answer).status_code == 200
    assert RoundAnswer.objects.count() == 1


def test_a_closed_round_takes_no_sheet(lead, asked, officer):
    book = fill(downloaded(lead, asked), 1, done="Late.")
    answer = upload(lead, asked, book)
    rounds.close_round(round=asked, by=officer, at=AT)
    refused = bring_in(lead, answer)
    assert lacking(refused, ".govuk-error-summary, .app-flash", "7 November 2026") == []
    assert flashes(upload(lead, asked, book)) == ["warning"]
    assert RoundDraft.objects.count() == 0


@pytest.mark.suite(0, 3)
@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "a.xlsx", "empty"),
        (b"PK\x03\x04 cut short", "a.xlsx", "not"),
        (b"%PDF-1.7", "a.xlsx", "PDF"),
        (b"Name,Age\r\nAnn,7\r\nBo,9\r\n", "a.csv", "“Reference”"),
    ],
)
def test_a_hostile_or_other_file_is_refused_with_a_message(lead, asked, data, name, says):
    told = words(page_of(send(lead, asked, data, name)), ".govuk-error-message")
    assert len(told) == 1
    assert says in told[0]


def test_no_file_says_what_to_choose(lead, asked):
    answer = lead.post(reverse("bring_in_round_sheet", args=[asked.pk]), {})
    assert wrong(answer) == ["document"]


@pytest.mark.suite(0)
@pytest.mark.parametrize("lines", [3, 1])
def test_the_download_costs_the_same_for_one_line_as_for_three(
    lead, westmarch, body, officer, lines, django_assert_num_queries
):
    asked = make_round(westmarch, by=officer, lines=lines)
    lead.get(reverse("round_sheet", args=[asked.pk]))
    with django_assert_num_queries(16):
        lead.get(reverse("round_sheet", args=[asked.pk]))


def test_a_sheet_says_the_parts_the_deadline_words_and_what_the_office_asks(lead, body, westmarch, force_lead, officer):
    # wording: the inspectorate's own
    inspection = make_inspection(westmarch, title="Call handling")
    about = {"deadline_words": "With immediate effect", "deadline_kind": "immediate", "deadline_on": PUBLISHED}
    parts = ("Answer calls.", "Count them.")
    tracked = [
        make_tracked(inspection, text="The force should:", parts=parts, **about),
        make_tracked(inspection, number="2"),
    ]
    given = {"name": "November", "note": "Say how many are left.", "due_on": datetime.date(2099, 1, 5)}
    asked = rounds.ask_for_updates(force=westmarch, tracked=tracked, by=officer, at=AT, **given)
    first = asked.lines.first()
    rounds.return_answer(answer=answered(first, force_lead), question="How many calls?", by=officer, at=AT)
    sheet = downloaded(lead, asked).active
    columns = {key: list(HEADINGS).index(key) + 1 for key in ("text", "deadline_words", "deadline_on", "asks")}
    said = [[sheet.cell(row, place).value for place in columns.values()] for row in (3, 4)]
    assert said[0][0] == "The force should:\nAnswer calls.\nCount them."
    assert said[0][1] == "With immediate effect"
    assert [row[3] for row in said] == ["How many calls?\nSay how many are left.", "Say how many are left."]
