"""The letter that goes with a copy, word for word: to whom, in time and late, of a first version and a correction."""

import datetime

import pytest

from recommendations.documents.responses.letter_text import plain_letter
from recommendations.domain.inspections.inspections import NewRecommendation
from recommendations.domain.people import records
from recommendations.domain.responses import imported, publishing
from recommendations.domain.responses.covering_letter import covering_letter
from recommendations.domain.responses.draft import approval_workflow
from recommendations.domain.responses.imported import NewComment, PublishedResponse
from recommendations.domain.writing.refusals import Refusal
from recommendations.enums import InspectionKind, RecipientKind
from recommendations.models import Recipient, Response, ResponseVersion
from tests.conftest import AT, TODAY, make_inspection, make_tracked
from tests.makers.responses import LATER, make_published, publish, write
from tests.per_module import per_module

PUBLISHED = datetime.date(2026, 10, 2)
ADDRESS = "https://oversight.example/published/2026/custody-in-westmarch/"
LAW = "Under section 55(6) of the Police Act 1996, we send you a copy"


def change(record, **values):
    for name, value in values.items():
        setattr(record, name, value)
    return records.keep(record=record, by=None, at=AT)


def make_recipient(kind=RecipientKind.HOME_SECRETARY, **facts) -> Recipient:
    facts = {"name": "The Home Secretary", "address": "2 Marsham Street,\nLondon", "email": "h@example.org"} | facts
    return records.keep(record=Recipient(kind=kind, **facts), by=None, at=AT)


def make_response(westmarch, body, officer, approver, **facts) -> Response:
    report = make_inspection(westmarch, **({"published_on": PUBLISHED} | facts))
    make_tracked(report)
    return make_published(report, body, by=officer, approver=approver)


@per_module
def response(westmarch, body, officer, approver):
    return make_response(westmarch, body, officer, approver)


@per_module
def home_secretary():
    return make_recipient()


def letter_of(response, recipient, on=TODAY, address=ADDRESS):
    version = ResponseVersion.objects.filter(response=response).first()
    return covering_letter(version=version, recipient=recipient, on=on, address=address)


def said(letter) -> list[str]:
    return ["".join(run.text for run in part.runs) for part in letter.parts]


def test_the_whole_letter(response, home_secretary, body):
    # wording: the letter goes out in these words
    change(body, holder="Alun Prosser", office_address="4 Castle Row\nAldermere", office_email="o@marches.example")
    assert plain_letter(letter_of(response, home_secretary)) == (
        "Subject: HMICFRS: Custody in Westmarch (custody inspection). Our response\n\n"
        "OFFICIAL\n\n"
        "Dear Home Secretary,\n\n"
        "Under section 55(6) of the Police Act 1996, we send you a copy of our response to the report by HMICFRS, "
        "Custody in Westmarch (custody inspection), of 2 October 2026.\n\n"
        "We published it on 7 November 2026, the 37th of 56 days. It is at "
        "https://oversight.example/published/2026/custody-in-westmarch/.\n\n"
        "It holds our comments and the chief officer’s comments as submitted.\n\n"
        "Attached:\n"
        "- custody-in-westmarch-version-1.pdf: the response as PDF\n"
        "- custody-in-westmarch-version-1.txt: the response as plain text\n\n"
        "Yours sincerely,\n\n"
        "Alun Prosser\nPolice and Crime Commissioner for the Marches\n\n"
        "Marches OPCC\n4 Castle Row\nAldermere\no@marches.example\n"
        f"Our reference R{response.pk}/1\n"
    )


def test_its_head(response, home_secretary):
    # wording: the letter goes out in these words
    letter = letter_of(response, home_secretary, on=datetime.date(2026, 11, 9))
    assert letter.title == "Copy of a response: Custody in Westmarch"
    assert letter.recipient == ("The Home Secretary", "2 Marsham Street", "London")
    assert (letter.day, letter.contact) == (datetime.date(2026, 11, 9), "Hannah Whitlock")


@pytest.mark.parametrize(
    ("kind", "greeting", "law"),
    [
        (RecipientKind.HOME_SECRETARY, "Dear Home Secretary,", True),
        (RecipientKind.INSPECTORATE, "Dear colleagues,", True),
        (RecipientKind.OTHER, "Dear colleagues,", False),
    ],
)
def test_the_law_is_named_to_those_whom_it_names(response, kind, greeting, law):
    # wording: the letter goes out in these words
    letter = letter_of(response, make_recipient(kind))
    assert letter.greeting == greeting
    assert said(letter)[0].startswith(LAW if law else "We send you a copy of our response to the report by HMICFRS,")


def test_late_is_said_with_the_days_and_no_word_more(westmarch, body, officer, approver, home_secretary):
    # wording: the letter goes out in these words
    late = make_response(westmarch, body, officer, approver, published_on=datetime.date(2026, 9, 1))
    assert said(letter_of(late, home_secretary))[1] == (
        "We published it on 7 November 2026, the 68th day; the deadline was 26 October 2026, the 56th. "
        f"It is at {ADDRESS}."
    )


def test_outside_section_55_no_day_is_counted(westmarch, body, officer, approver, home_secretary):
    # wording: the letter goes out in these words
    facts = {"kind": InspectionKind.SUPER_COMPLAINT, "respond_by": datetime.date(2026, 10, 26)}
    letter = letter_of(make_response(westmarch, body, officer, approver, **facts), home_secretary)
    assert said(letter)[:2] == [
        "We send you a copy of our response to the report by HMICFRS, Custody in Westmarch (super-complaint report), "
        "of 2 October 2026.",
        f"We published it on 7 November 2026. It is at {ADDRESS}.",
    ]


def test_a_kind_that_is_corrected_later_counts_no_day_that_was_not_known(
    westmarch, body, officer, approver, home_secretary
):
    facts = {"kind": InspectionKind.SUPER_COMPLAINT, "published_on": PUBLISHED, "respond_by": TODAY}
    report = make_inspection(westmarch, **facts)
    make_tracked(report)
    change(report, respond_by=None)
    made = make_published(report, body, by=officer, approver=approver)
    change(report, kind=InspectionKind.CUSTODY)
    letter = letter_of(made, home_secretary)
    assert said(letter)[0].startswith(LAW)
    assert said(letter)[1] == f"We published it on 7 November 2026. It is at {ADDRESS}."


def test_a_correction_names_the_version_that_it_replaces(response, home_secretary, officer, approver):
    # wording: the letter goes out in these words
    publishing.correct(response=response, by=officer, at=LATER)
    draft = Response.objects.get(pk=response.pk)
    assert letter_of(draft, home_secretary).reference == f"R{response.pk}/1"
    write(draft, "correction", text="A sum\nin the narrative.", by=officer, at=LATER)
    write(draft, "reply", text="We thank the force.", by=officer, at=LATER)
    approval_workflow.submit(response=Response.objects.get(pk=response.pk), by=officer, at=LATER)
    approval_workflow.approve(response=Response.objects.get(pk=response.pk), by=approver, at=LATER)
    publish(Response.objects.get(pk=response.pk), by=officer, at=LATER + datetime.timedelta(days=30))
    letter = letter_of(response, home_secretary)
    assert letter.reference == f"R{response.pk}/2"
    assert letter.subject == "HMICFRS: Custody in Westmarch (custody inspection). Our response, version 2"
    assert said(letter)[1:] == [
        f"We published version 2 on 7 December 2026. It is at {ADDRESS}.",
        "It replaces version 1, which we published on 7 November 2026. It corrects: A sum in the narrative.",
        "It holds our comments, the chief officer’s comments as submitted and our reply to them.",
    ]
    assert letter.enclosures == (
        "custody-in-westmarch-version-2.pdf: the response as PDF",
        "custody-in-westmarch-version-2.txt: the response as plain text",
    )


@pytest.mark.parametrize(("source_name", "enclosed"), [("prevent.docx", "prevent.docx"), ("", "The response")])
def test_what_was_published_elsewhere_is_enclosed_as_it_came(westmarch, body, home_secretary, source_name, enclosed):
    published = PublishedResponse(
        title="Custody",
        short_name="Cus",
        kind=InspectionKind.CUSTODY,
        body=body,
        body_name=body.name,
        published_on=PUBLISHED,
        responded_on=TODAY,
        recommendations=(NewRecommendation(number="1", text="The force should test."),),
        comments=(NewComment("We will watch.", (0,)),),
        source_name=source_name,
        source_text="A response.",
    )
    made = imported.record_published(published=published, force=westmarch, by=None, at=AT)
    letter = letter_of(made, home_secretary, address="")
    assert (letter.enclosures, letter.contact) == ((enclosed,), "")
    assert said(letter)[1:] == ["We published it on 7 November 2026, the 37th of 56 days.", "It holds our comments."]


def test_a_withdrawn_response_is_sent_to_nobody(response, home_secretary, approver):
    publishing.withdraw_response(response=response, reason="Wrong report.", by=approver, at=LATER)
    with pytest.raises(Refusal) as refused:
        letter_of(Response.objects.get(pk=response.pk), home_secretary)
    assert refused.value.code == "withdrawn"


def test_a_recipient_that_gets_no_more_copies_gets_no_letter(response):
    ended = make_recipient(name="The old address", until=TODAY)
    assert letter_of(response, ended).recipient[0] == "The old address"
    with pytest.raises(Refusal) as refused:
        letter_of(response, ended, on=TODAY + datetime.timedelta(days=1))
    assert refused.value.code == "after-end"
