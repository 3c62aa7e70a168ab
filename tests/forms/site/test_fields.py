"""Days as people type them, addresses of pages, and records by their ids."""

import datetime

import pytest
from django import forms

from recommendations import days
from recommendations.forms.documents_in.answers import AnswerForm
from recommendations.forms.force_pages.releases import PreparePageForm
from recommendations.forms.inspections.inspections import InspectionForm
from recommendations.forms.site.fields import DayField, LinkField, RecordsField, use_today
from recommendations.forms.sources.answers import AnswerStepForm
from recommendations.forms.sources.source import PublicationForm
from recommendations.models import Force

THE_DAY = datetime.date(2026, 11, 7)


class Form(forms.Form):
    day = DayField(label="Day", required=False)


@pytest.mark.parametrize(
    "typed",
    [
        "7/11/2026",
        "07/11/26",
        "7.11.26",
        "7-11-2026",
        "7 11 2026",
        "7 Nov 2026",
        "7 nov. 26",
        "7 November 2026",
        " 7th  of November, 2026 ",
        "7nov2026",
        "Saturday 7 November 2026",
        "Sat, 7 Nov 2026",
        "7 November ’26",
        "2026-11-07",
        "2026-11-7",
    ],
)
def test_a_day_is_read(typed):
    assert DayField().clean(typed) == THE_DAY


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("31 February 2026", "31 February 2026 does not exist."),
        ("31/11/26", "31 November 2026 does not exist."),
        ("29 Feb 2027", "29 February 2027 does not exist."),
        ("0/1/2026", "0 January 2026 does not exist."),
        ("7/13/2026", "There is no month 13. Enter the day first, then the month, as in 7/11/2026."),
        ("7 November", "Enter the year too, as in 7 November 2026."),
        ("30/11", "Enter the year too, as in 7 November 2026."),
        ("7/11/202", "Check the year: 202. Enter it with four digits, as in 7 November 2026."),
        ("1/1/0001", "Check the year: 0001. Enter it with four digits, as in 7 November 2026."),
        ("7/11/99999999999", "Check the year: 99999999. Enter it with four digits, as in 7 November 2026."),
        ("next week", "“next week” is not a day. Enter one like 7 November 2026."),
        ("2026", "“2026” is not a day. Enter one like 7 November 2026."),
        ("²/2/2026", "“²/2/2026” is not a day. Enter one like 7 November 2026."),
    ],
)
def test_what_cannot_be_read_says_why_and_stays(typed, message):
    form = Form({"day": typed})
    assert form.errors == {"day": [message]}
    assert form["day"].value() == typed


@pytest.mark.parametrize("typed", ["", "   ", None])
def test_nothing_is_no_day(typed):
    assert DayField(required=False).clean(typed) is None


def test_a_day_is_shown_in_words():
    assert 'value="7 Nov 2026"' in str(Form(initial={"day": THE_DAY})["day"])


def test_29_february_is_a_day_in_a_leap_year():
    assert DayField().clean("29/2/28") == datetime.date(2028, 2, 29)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("today", "2026-11-07"),
        ("Tomorrow", "2026-11-08"),
        ("yesterday", "2026-11-06"),
        ("in 3 months", "2027-02-07"),
        ("3 months", "2027-02-07"),
        ("in a fortnight", "2026-11-21"),
        ("two weeks ago", "2026-10-24"),
        ("Dec 2027", "2027-12-31"),
        ("February 2028", "2028-02-29"),
        ("end of March", "2027-03-31"),
        ("by the end of March", "2027-03-31"),
        ("end of March 2029", "2029-03-31"),
        ("31 March", "2027-03-31"),
        ("1 Dec", "2026-12-01"),
        ("end of the month", "2026-11-30"),
        ("end of next month", "2026-12-31"),
        ("the end of the quarter", "2026-12-31"),
        ("end of next quarter", "2027-03-31"),
        ("end of 2027/28", "2028-03-31"),
        ("Q2 2026/27", "2026-09-30"),
    ],
)
def test_words_are_read_as_on_the_day_of_typing(typed, day):
    with use_today(THE_DAY):
        assert DayField().clean(typed) == datetime.date.fromisoformat(day)


@pytest.mark.parametrize(
    ("typed", "day"), [("end of March", "2026-03-31"), ("7 Nov", "2026-11-07"), ("8 Nov", "2025-11-08")]
)
def test_what_is_past_and_has_no_year_is_the_last_one(typed, day):
    with use_today(THE_DAY):
        assert DayField(past=True).clean(typed) == datetime.date.fromisoformat(day)


def test_the_same_day_of_a_shorter_month_is_its_last():
    with use_today(datetime.date(2026, 11, 30)):
        assert DayField().clean("in 3 months") == datetime.date(2027, 2, 28)


@pytest.mark.parametrize(
    "typed", ["March", "next week", "in 3 months or so", "in 99999 years", "in 9000 years", "soon", "1 Dec ago"]
)
def test_other_words_are_no_day(typed):
    with use_today(THE_DAY), pytest.raises(forms.ValidationError):
        DayField().clean(typed)


def test_outside_a_request_words_that_depend_on_today_are_not_read():
    with pytest.raises(forms.ValidationError):
        DayField().clean("tomorrow")


@pytest.mark.parametrize(
    ("typed", "settled"),
    [
        ("in 3 months", "7 February 2027"),
        ("31 March", "31 March 2027"),
        ("31/3/27", "31/3/27"),
        ("soon", "soon"),
        ("in 99999 years", "in 99999 years"),
        ("", ""),
    ],
)
def test_a_text_that_waits_says_the_day_that_was_meant(typed, settled):
    assert days.resolve_relative_words(typed, today=THE_DAY) == settled


def test_what_was_read_is_said_beside_the_box():
    with use_today(THE_DAY):
        field = Form({"day": "dec 2027"})["day"]
        shown = field.as_field_group()
    assert 'data-read="2027-12-31"' in shown
    assert '<div class="app-day__read" id="id_day_read">Fri 31 Dec 2027</div>' in shown
    assert 'aria-describedby="id_day_read"' in shown


@pytest.mark.parametrize("typed", ["7 Nov 2026", "7 November 2026", "next week", ""])
def test_nothing_is_said_of_what_says_its_day_or_none(typed):
    assert "app-day__read" not in Form({"day": typed})["day"].as_field_group()


@pytest.mark.on_postgresql
def test_an_id_that_no_database_holds_is_no_choice(westmarch):
    field = RecordsField(Force.objects.all())
    assert list(field.clean([str(westmarch.pk)])) == [westmarch]
    for sent in ([str(2**63)], [str(westmarch.pk), "9" * 30]):
        with pytest.raises(forms.ValidationError, match=f"{sent[-1]} is not one of the available choices"):
            field.clean(sent)


@pytest.mark.parametrize(
    ("form", "name"),
    [
        (InspectionForm, "link"),
        (PublicationForm, "link"),
        (AnswerStepForm, "link"),
        (AnswerForm, "address"),
        (PreparePageForm, "summary_link"),
        (PreparePageForm, "custody_link"),
    ],
)
def test_the_address_of_a_page_is_one_field_with_one_message(form, name):
    field = form.base_fields[name]
    assert (type(field), field.widget.input_type, field.widget.attrs["inputmode"]) == (LinkField, "text", "url")
    assert (field.clean(""), field.clean("www.example.org/a")) == ("", "https://www.example.org/a")
    with pytest.raises(forms.ValidationError) as refused:
        field.clean("no address")
    assert refused.value.messages == ["Enter a whole address, such as https://www.example.org/report."]
