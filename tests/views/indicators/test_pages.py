"""The pages of indicators: adding one, entering and pasting values, undoing them, and what a force may do."""

import csv
import datetime
import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from recommendations.domain.indicators.facts import ended_periods
from recommendations.domain.indicators.queries import values_of
from recommendations.domain.indicators.values import NewValue, record_sheet
from recommendations.domain.writing.records import WITHDRAWN
from recommendations.models import Indicator, IndicatorSheet, IndicatorValue
from tests.conftest import AT, make_inspection, make_tracked
from tests.makers.indicators import make_indicator, make_value, make_values
from tests.makers.panels import held, make_channel, make_member
from tests.makers.rechecks import make_closed

LIST, ADD = reverse("indicators"), reverse("add_indicator")
DAY = datetime.timedelta(days=1)
NEW = {"name": "Searches", "definition": "Each.", "source": "Custody", "unit": "number", "every": "month"}
NEW |= {"better": "down"}


@pytest.fixture
def office(sign_in, officer, body):
    return sign_in(officer)


@pytest.fixture
def record(westmarch):
    return make_tracked(make_inspection(westmarch))


def sheet_url(force) -> str:
    return reverse("indicator_sheet", args=[force.slug])


def test_an_office_without_any_is_told_how_to_begin_and_adds_one_of_a_recommendation(office, record):
    assert ADD in office.get(LIST).text
    page = office.get(f"{ADD}?recommendation={record}")
    assert page.context["form"]["tracked"].value() == record.reference
    wrong = office.post(f"{ADD}?recommendation={record}", NEW | {"target": "lots", "tracked": "WM-9999"})
    assert (wrong.status_code, set(wrong.context["form"].errors)) == (422, {"target", "tracked"})
    assert wrong.context["form"]["name"].value() == "Searches"
    sent = NEW | {"target": "10", "target_on": "31/3/2027", "tracked": record.reference.lower()}
    answer = office.post(f"{ADD}?recommendation={record}", sent)
    made = Indicator.objects.get()
    assert (answer.url, made.target, made.links.get().tracked) == (made.get_absolute_url(), Decimal(10), record)
    assert office.get(f"{record.get_absolute_url()}?tab=indicators").context["tab"].number == 1


def test_numbers_of_a_unit_that_there_is_not_are_no_error_of_ours(office, record):
    wrong = office.post(f"{ADD}?recommendation={record}", NEW | {"unit": "%s%s%n", "baseline": "3", "target": "10"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["unit"])
    assert wrong.context["form"]["target"].value() == "10"


def test_a_value_is_entered_corrected_and_withdrawn(office, record):
    indicator = make_indicator(record)
    to = reverse("record_indicator_value", args=[indicator.pk])
    wrong = office.post(to, {"period": "2026-04-01", "value": "62%", "said_by": "Custody"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["value"])
    assert wrong.context["form"]["value"].value() == "62%"
    for value in ("41", "1,040"):
        assert office.post(to, {"period": "2026-04-01", "value": value, "said_by": "Custody"}).status_code == 302
    page = office.get(indicator.get_absolute_url())
    (period,) = page.context["lines"]
    assert [(line.words, line.state) for line in period.values] == [("1,040", ""), ("41", "Corrected")]
    row = IndicatorValue.objects.order_by("-pk").first()
    assert row
    office.post(reverse("withdraw_indicator_value", args=[row.pk]), {"reason": "Ten times too many."})
    assert office.get(indicator.get_absolute_url()).context["row"].facts.sentence == "41 in April 2026."


def test_many_periods_without_a_value_are_one_line_and_one_dash_where_they_are_close(office, record):
    indicator = make_indicator(record)
    make_value(indicator, 12, datetime.date(1950, 1, 1))
    make_values(indicator, 41, None, 40)
    page = office.get(indicator.get_absolute_url())
    names = [each.name for each in page.context["lines"]]
    assert names == ["June 2026", "May 2026", "April 2026", "February 1950 until March 2026", "January 1950"]
    assert [each.is_gap for each in page.context["lines"]] == [False, True, False, True, False]
    assert page.text.count(">–</text>") < 250


def test_thirty_five_years_cost_what_one_month_does(office, record, officer, django_assert_num_queries):
    short, long = make_indicator(record), make_indicator(record, name="Long")
    make_value(short, 41)
    periods = ended_periods(long.every, datetime.date(1991, 5, 1), datetime.date(2026, 5, 1))
    values = [NewValue(long, each, Decimal(12)) for each in periods]
    record_sheet(force=record.force, values=values, said_by="Pack", name="Pasted", by=officer, at=AT)
    office.get(short.get_absolute_url())
    with django_assert_num_queries(14) as first:
        office.get(short.get_absolute_url())
    with django_assert_num_queries(len(first)):
        page = office.get(long.get_absolute_url())
    assert (len(page.context["lines"]), len(page.content) < 500_000) == (420, True)


def test_whoever_presses_withdraw_twice_or_second_is_answered_in_words(office, record):
    address = reverse("withdraw_indicator", args=[make_indicator(record).pk])
    form = office.get(address).context["form"]
    sent = {"reason": "Wrong.", "version": form["version"].value(), "once": form["once"].value()}
    assert [office.post(address, sent).url for _ in range(2)] == [LIST] * 2
    late = office.post(address, sent | {"once": "", "version": 2})
    assert (late.status_code, late.context["form"].non_field_errors()) == (422, [WITHDRAWN])


def test_a_sheet_that_is_sent_twice_is_saved_once(office, record, westmarch):
    text = f"Indicator\tApr 2026\n{make_indicator(record).name}\t41"
    form = office.post(sheet_url(westmarch), {"text": text, "said_by": "Pack"}).context["form"]
    sent = {"text": text, "said_by": "Pack", "seen": form["seen"].value(), "save": "1"}
    again = sent | {"once": "a-token"}
    assert [office.post(sheet_url(westmarch), again).url for _ in range(2)] == [LIST] * 2
    known = office.post(sheet_url(westmarch), sent).context["form"]
    assert (len(known.non_field_errors()), IndicatorValue.objects.count()) == (1, 1)


def test_a_sheet_is_shown_first_saved_once_it_is_right_and_undone(office, record, westmarch):
    indicator = make_indicator(record)
    make_values(indicator, 41, 40)
    cells = "Indicator\tApr 2026\tMay 2026\tJun 2026\n{}\t41\t38\t{}"
    wrong = cells.format(indicator.name, "3 days")
    page = office.post(sheet_url(westmarch), {"text": wrong, "said_by": "Pack"})
    assert (page.status_code, [each.cell for each in page.context["form"].sheet.wrong]) == (422, ["D2"])
    right = {"text": cells.format(indicator.name, "36"), "said_by": "Pack"}
    # What was not shown is not saved.
    page = office.post(sheet_url(westmarch), right | {"save": "1"})
    assert (page.status_code, IndicatorSheet.objects.count()) == (200, 0)
    assert page.context["form"].changes.rows == [(indicator, 1, 1, 1)]
    seen = page.context["form"]["seen"].value()
    assert office.post(sheet_url(westmarch), right | {"seen": seen, "save": "1"}).url == LIST
    sheet = IndicatorSheet.objects.get()
    assert sheet.values.count() == 2
    undo, once = reverse("undo_indicator_sheet", args=[sheet.pk]), {"reason": "Last year’s.", "once": "first"}
    twice = [office.post(undo, once) for _ in range(2)]
    assert [int(each) for each in values_of([indicator])[indicator.pk].values()] == [41, 40]
    # Back, and once more: nothing is offered.
    for again in (*twice, office.get(undo), office.post(undo, {"reason": "Again."})):
        assert (again.status_code, again.url) == (302, sheet_url(westmarch))
    levels = [each.level_tag for each in office.get(sheet_url(westmarch)).context["messages"]]
    assert levels[-4:] == ["success", "info", "error", "error"]


def test_what_is_new_is_shown_by_indicator_and_period_and_a_share_for_a_percentage_is_asked_about(
    office, record, westmarch
):
    answered, searches = make_indicator(record, name="Answered", unit="percent"), make_indicator(record)
    make_value(answered, 88)
    text = f"Indicator\tMay 2026\tApr 2026\tJun 2026\n{searches}\t0.5\t3\t41\nAnswered\t0.92\t0.9\t94"
    page = office.post(sheet_url(westmarch), {"text": text, "said_by": "Pack"})
    changes = page.context["form"].changes
    assert [(each.name, each.rows) for each in changes.new_facts] == [
        ("Answered", [("May 2026", "0.92%"), ("June 2026", "94%")]),
        (searches.name, [("April 2026", "3"), ("May 2026", "0.5"), ("June 2026", "41")]),
    ]
    (doubt,) = changes.doubted
    assert (doubt.indicator, [str(each.value) for each in doubt.values]) == (answered, ["0.92", "0.9"])
    assert "If that is 92%, write 92." in page.text
    assert "Save 6 values" in page.text  # it is asked, not refused


def test_shares_alone_are_not_asked_about(office, record, westmarch):
    make_indicator(record, name="Answered", unit="percent")
    page = office.post(sheet_url(westmarch), {"text": "Indicator\tApr 2026\nAnswered\t0.92", "said_by": "Pack"})
    assert page.context["form"].changes.doubted == ()


def test_a_file_is_read_into_the_box(office, record, westmarch):
    indicator = make_indicator(record)
    file = SimpleUploadedFile("pack.csv", f"Month,{indicator.name}\nApr 2026,41\n".encode(), "text/csv")
    page = office.post(sheet_url(westmarch), {"document": file, "said_by": "Pack", "text": ""})
    form = page.context["form"]
    assert (form["text"].value(), form["name"].value()) == (f"Month\t{indicator.name}\nApr 2026\t41", "pack.csv")
    assert form.can_save


def test_a_lead_sees_their_own_and_enters_values_where_the_office_lets_them(sign_in, force_lead, record, eastvale):
    own, let = make_indicator(record), make_indicator(record, name="Let", force_enters=True, hides_small=True)
    other = make_indicator(force=eastvale)
    make_value(own, 3)
    client = sign_in(force_lead)
    shown = [row.shown.indicator for group in client.get(LIST).context["forces"] for row in group.rows]
    assert shown == [let, own]
    assert client.get(other.get_absolute_url()).status_code == 404
    assert (client.get(own.get_absolute_url()).context["form"], client.get(ADD).status_code) == (None, 403)
    value = {"period": "2026-04-01", "value": "4", "said_by": force_lead.name}
    to = reverse("record_indicator_value", args=[let.pk])
    assert client.post(to, value).status_code == 302
    refused = client.post(reverse("record_indicator_value", args=[own.pk]), value)
    assert IndicatorValue.objects.filter(indicator=own).count() == 1
    assert refused.status_code == 422


def test_small_numbers_are_hidden_but_from_who_enters_them(sign_in, officer, force_lead, record):
    indicator = make_indicator(record, hides_small=True)
    make_values(indicator, 41, 3)
    office = sign_in(officer).get(indicator.get_absolute_url())
    assert [line.words for period in office.context["lines"] for line in period.values] == ["3", "41"]
    assert office.context["row"].facts.points[-1].is_hidden
    lead = sign_in(force_lead)
    lines = lead.get(indicator.get_absolute_url()).context["lines"]
    assert [line.words for period in lines for line in period.values] == ["fewer than 5", "41"]
    rows = list(
        csv.DictReader(io.StringIO(lead.get(reverse("indicator_csv", args=[indicator.pk])).text.lstrip("\ufeff")))
    )
    assert [row["Value"] for row in rows] == ["41", "fewer than 5"]


def test_the_first_page_leads_to_what_became_worse(office, record, officer, approver):
    indicator, other = make_indicator(record), make_indicator(record, name="Another")
    for each in (indicator, other):
        make_values(each, 41, 12, first=datetime.date(2026, 7, 1))
    make_closed(record, by=officer, decided_by=approver, at=AT - 65 * DAY)
    make_value(indicator, 19, datetime.date(2026, 9, 1))
    items = [item for item in office.get(reverse("home")).context["items"] if item.url.startswith(LIST)]
    assert [(item.number, item.url) for item in items] == [(1, f"{LIST}?show=worse")]
    (group,) = office.get(items[0].url).context["forces"]
    assert [(row.shown.indicator, str(record) in row.worse) for row in group.rows] == [(indicator, True)]


def test_attendance_is_listed_and_counted_from_meetings(office, westmarch):
    panel = make_channel(westmarch)
    make_member(panel, of_force=True)
    held(panel, datetime.date(2026, 8, 4))
    held(panel, datetime.date(2026, 10, 6))
    (group,) = office.get(LIST).context["forces"]
    assert (group.rows, group.attendance.gaps) == ([], 1)
    page = office.get(reverse("attendance_indicator", args=[westmarch.slug]))
    assert [each.value for each in page.context["chart"].facts.points] == ["100", None, "100"]
    assert not IndicatorValue.on_file.exists()


def test_the_list_costs_the_same_for_one_as_for_three(office, record, django_assert_num_queries):
    def add(name):
        make_values(make_indicator(record, name=name), 41, 30)

    add("One")
    office.get(LIST)
    with django_assert_num_queries(11) as first:
        office.get(LIST)
    for name in ("Two", "Three"):
        add(name)
    with django_assert_num_queries(len(first)):
        office.get(LIST)
