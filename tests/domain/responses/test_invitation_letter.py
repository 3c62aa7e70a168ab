"""The invitation to comment, word for word: of one report and of several, inside section 55 and outside it."""

import datetime

import pytest

from recommendations.documents.responses.letter_text import plain_letter
from recommendations.domain.people import records
from recommendations.domain.responses.chief_officers import invitations
from recommendations.domain.responses.chief_officers.invitation_letter import NOTHING_LEFT, invitation_letter
from recommendations.domain.text.letters import LetterList
from recommendations.domain.writing.records import claim
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import InspectionKind
from recommendations.models import Invitation
from recommendations.trail import verb
from tests.conftest import AT, TODAY, make_inspection, make_tracked
from tests.makers.responses import make_response
from tests.per_module import per_module

DUE = datetime.date(2026, 11, 20)
STATED = datetime.date(2026, 11, 26)
FORM = "https://oversight.example/comments/4/"
LINK = "https://example.org/custody"


def change(record, **values):
    for name, value in values.items():
        setattr(record, name, value)
    return records.keep(record=record, by=None, at=AT)


@per_module
def office(body, westmarch):
    change(westmarch, chief_officer="Marian Ashgrove", address="Weir Road,\n\nAldermere\n")
    return change(
        body, holder="Alun Prosser", office_address="4 Castle Row\nAldermere", office_email="o@marches.example"
    )


@per_module
def report(westmarch):
    found = make_report(westmarch, link=LINK)
    make_tracked(found, number="1", heading="Bells")
    make_tracked(found, number="2.1", text="The force should test lights.")
    make_tracked(found, number="3", text="The Home Office should pay.", directed_to_force=False)
    return found


def make_report(force, **facts):
    return make_inspection(force, **({"published_on": datetime.date(2026, 10, 2)} | facts))


def invited(reports, body, force, by=None, due_on=DUE) -> Invitation:
    response = make_response(reports, body, by=by)
    return invitations.invite(response=response, force=force, due_on=due_on, by=by, at=AT)


def letter_of(invitation, on=TODAY):
    return invitation_letter(invitation=Invitation.objects.get(pk=invitation.pk), on=on, form_address=FORM)


def said(letter) -> list[str]:
    """The paragraphs of the letter as one reads them."""
    return ["".join(run.text for run in part.runs) for part in letter.parts if part.kind == "paragraph"]


def part(letter, kind: str):
    return next(each.rows for each in letter.parts if each.kind == kind)


def test_the_whole_letter(report, office, westmarch, officer, force_lead):
    # wording: the letter goes out in these words
    invitation = invited(report, office, westmarch, officer)
    assert plain_letter(letter_of(invitation)) == (
        "Subject: HMICFRS: Custody in Westmarch. Your comments, please, by 20 November 2026\n\n"
        "OFFICIAL\n\n"
        "Dear Chief Constable,\n\n"
        "HMICFRS published Custody in Westmarch (custody inspection) on 2 October 2026. "
        "It is at https://example.org/custody.\n\n"
        "Under section 55(4) of the Police Act 1996, we invite you to comment on it by 20 November 2026. We have to "
        "publish our comments, together with yours and any reply to them, before the end of the period of 56 days that "
        "begins with the day on which the report was published.\n\n"
        "20 November 2026: Your comments reach us. This is the day that we set; there is none in law.\n"
        "26 November 2026: The deadline for us to publish, the 56th.\n\n"
        "What we ask for\n\n"
        "For each of these 2 recommendations, please tell us what has been done, what you propose, or why nothing is "
        "proposed:\n\n"
        "1. Bells\n2.1. The force should test lights.\n\n"
        "Your comments will be published exactly as you send them, with your name and the date. Please leave out "
        "anything above OFFICIAL, and anything that could identify a member of the public. One comment may answer "
        "several of them.\n\n"
        "Callum Tranter can enter them in the form for this report, at https://oversight.example/comments/4/, or you "
        "can send a signed document to o@marches.example. If you don’t wish to comment, a line that says so is enough, "
        "and we will publish that.\n\n"
        "Yours sincerely,\n\n"
        "Alun Prosser\nPolice and Crime Commissioner for the Marches\n\n"
        "Marches OPCC\n4 Castle Row\nAldermere\no@marches.example\n"
        f"Our reference WM/R{invitation.response_id}\n"
    )


def test_its_head(report, office, westmarch, officer):
    # wording: the letter goes out in these words
    letter = letter_of(invited(report, office, westmarch, officer), on=datetime.date(2026, 11, 9))
    assert letter.title == "Invitation to comment: Custody in Westmarch"
    assert letter.sender == (
        "Police and Crime Commissioner for the Marches",
        "Marches OPCC",
        "4 Castle Row",
        "Aldermere",
        "o@marches.example",
    )
    assert letter.recipient == ("Marian Ashgrove", "Chief Constable", "Westmarch Police", "Weir Road", "Aldermere")
    assert (letter.day, letter.contact, letter.enclosures) == (datetime.date(2026, 11, 9), "Hannah Whitlock", ())


def test_what_is_not_on_record_is_left_out(westmarch, body):
    """No holder, no addresses, no name, nobody who signs in, no link, no recommendation."""
    # wording: the letter goes out in these words
    letter = letter_of(invited(make_report(westmarch), body, westmarch))
    assert letter.sender == ("Police and Crime Commissioner for the Marches", "Marches OPCC")
    assert letter.signed == ("Police and Crime Commissioner for the Marches",)
    assert letter.recipient == ("Chief Constable", "Westmarch Police")
    assert letter.contact == ""
    assert said(letter)[0] == "HMICFRS published Custody in Westmarch (custody inspection) on 2 October 2026."
    assert said(letter)[2:] == [
        "Please tell us what has been done, what you propose, or why nothing is proposed.",
        "Your comments will be published exactly as you send them, with your name and the date. Please leave out "
        "anything above OFFICIAL, and anything that could identify a member of the public.",
        "Please send us a signed document. If you don’t wish to comment, a line that says so is enough, and we will "
        "publish that.",
    ]


@pytest.mark.parametrize(
    ("facts", "last_days"),
    [
        ({"kind": InspectionKind.SUPER_COMPLAINT, "respond_by": STATED}, 1),
        ({"kind": InspectionKind.CUSTODY, "respond_by": STATED}, 1),
        ({"kind": InspectionKind.OTHER, "section_55": False}, 0),
    ],
)
def test_a_report_outside_section_55_names_the_day_that_is_stated_or_none(westmarch, body, facts, last_days):
    # wording: the letter goes out in these words
    letter = letter_of(invited(make_report(westmarch, **facts), body, westmarch))
    assert said(letter)[1] == (
        "We invite you to comment on it by 20 November 2026. We will publish our comments together with yours and any "
        "reply to them."
    )
    assert part(letter, "days") == (
        ("20 November 2026", "Your comments reach us."),
        *[("26 November 2026", "The stated last day for us to publish our response.")] * last_days,
    )
    assert "Police Act" not in plain_letter(letter)


def test_a_last_lawful_day_that_has_passed_is_a_row_before(westmarch, body):
    """Late: the days, in their order, and no word more."""
    # wording: the letter goes out in these words
    late = make_inspection(westmarch, published_on=datetime.date(2026, 9, 1))
    letter = letter_of(invited(late, body, westmarch))
    assert part(letter, "days") == (
        ("26 October 2026", "The deadline for us to publish, the 56th."),
        ("20 November 2026", "Your comments reach us. This is the day that we set; there is none in law."),
    )


def test_several_reports_are_named_with_their_own_days(westmarch, eastvale, body, report):
    # wording: the letter goes out in these words
    other = make_inspection(
        westmarch, title="Custody everywhere", short_name="All", published_on=datetime.date(2026, 10, 9)
    )
    make_tracked(other, number="1", text="Forces should test.")
    foreign = make_inspection(eastvale, title="Custody in Eastvale", published_on=datetime.date(2026, 10, 9))
    letter = letter_of(invited([report, other, foreign], body, westmarch))
    assert [each.split(" (")[0] for each in said(letter)[:2]] == [
        "HMICFRS published Custody in Westmarch",
        "HMICFRS published Custody everywhere",
    ]
    assert said(letter)[2].startswith("Under section 55(4) of the Police Act 1996, we invite you to comment on them by")
    assert part(letter, "days")[1:] == (
        ("26 November 2026", "The deadline for us to publish our response to Custody in Westmarch, the 56th."),
        ("3 December 2026", "The deadline for us to publish our response to Custody everywhere, the 56th."),
    )
    listed = next(each for each in letter.parts if each.kind == "listed")
    assert listed == LetterList(
        (
            ("Recommendation 1 (Custody 26):", "Bells"),
            ("Recommendation 2.1:", "The force should test lights."),
            ("Recommendation 1 (All):", "Forces should test."),
        ),
        hangs=False,
    )
    assert "Eastvale" not in plain_letter(letter)


@pytest.mark.parametrize(
    ("numbers", "opening"),
    [
        ([("1", "recommendation")], "For this recommendation, please"),
        ([("AFI 1", "area_for_improvement")], "For this area for improvement, please"),
        ([("1", "area_for_improvement"), ("2", "area_for_improvement")], "For each of these 2 areas for improvement,"),
        (
            [("1", "recommendation"), ("AFI 1", "area_for_improvement")],
            "For each of these 2 recommendations and areas for improvement,",
        ),
    ],
)
def test_what_is_asked_is_named_by_its_kind(westmarch, body, numbers, opening):
    # wording: the letter goes out in these words
    report = make_report(westmarch)
    for number, kind in numbers:
        make_tracked(report, number=number, kind=kind)
    assert said(letter_of(invited(report, body, westmarch)))[2].startswith(opening)


def test_two_forces_have_a_letter_each(westmarch, eastvale, body):
    both = make_inspection([westmarch, eastvale])
    make_tracked(both)
    response = make_response(both, body)
    letters = [
        letter_of(invitations.invite(response=response, force=force, due_on=DUE, by=None, at=AT))
        for force in (westmarch, eastvale)
    ]
    assert [letter.recipient[1] for letter in letters] == ["Westmarch Police", "Eastvale Police"]
    assert [letter.reference for letter in letters] == [f"WM/R{response.pk}", f"EV/R{response.pk}"]


def test_no_letter_asks_for_comments_by_a_day_that_has_passed(report, body, westmarch):
    invitation = invited(report, body, westmarch)
    with pytest.raises(Refusal) as refused:
        letter_of(invitation, on=DUE + datetime.timedelta(days=1))
    assert refused.value.code == "in-the-past"
    assert letter_of(invitation, on=DUE).day == DUE


def test_no_letter_is_about_a_report_that_was_withdrawn(report, body, westmarch):
    invitation = invited(report, body, westmarch)
    with verb("withdraw", by=None, at=AT, reason="Published by mistake.", subject=report) as act:
        claim(report, report.version)
        report.withdrawn_at, report.withdrawn_why = AT, "Published by mistake."
        act.save(report)
    with pytest.raises(Refusal) as refused:
        letter_of(invitation)
    assert refused.value.message == NOTHING_LEFT


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_one_recommendation_as_for_three(
    westmarch, body, officer, force_lead, count, django_assert_num_queries
):
    report = make_report(westmarch)
    for number in range(count):
        make_tracked(report, number=str(number + 1))
    found = Invitation.objects.select_related("response__body", "force", "recorded_by").get(
        pk=invited(report, body, westmarch, officer).pk
    )
    with django_assert_num_queries(5):
        invitation_letter(invitation=found, on=TODAY, form_address=FORM)
